{{ config(materialized='view') }}

select *
from {{ ref('int_versie_episode') }}
where versie = {{ standaardversie() }}
