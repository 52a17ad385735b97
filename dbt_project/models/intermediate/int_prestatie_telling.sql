{{ config(materialized='view') }}

with tellingen as (
    select * from {{ ref('int_kenmerk_telling') }}
),

kenmerken as (
    select * from {{ ref('int_kenmerk') }}
),

toewijzingen as (
    select * from {{ ref('int_cluster_toewijzing') }} where is_standaard
)

select
    tellingen.*,
    {%- for kolom in kenmerkkolommen() %}
    kenmerken.{{ kolom }},
    {%- endfor %}
    toewijzingen.regel,
    toewijzingen.cluster,
    toewijzingen.mismatch
from tellingen
inner join kenmerken on tellingen.kenmerken = kenmerken.kenmerken
inner join toewijzingen on tellingen.kenmerken = toewijzingen.kenmerken
