{{ config(materialized='view') }}

select *
from {{ ref('int_versie_zorgdag') }}
where versie = {{ standaardversie() }}
