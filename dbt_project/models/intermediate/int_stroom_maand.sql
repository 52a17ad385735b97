{{ config(materialized='view') }}

select *
from {{ ref('int_versie_stroom_maand') }}
where versie = {{ standaardversie() }}
