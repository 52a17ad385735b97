{{ config(materialized='view') }}

with prestaties as (
    select * from {{ ref('int_prestatie_kenmerk') }}
),

kenmerken as (
    select * from {{ ref('int_kenmerk') }}
),

toewijzingen as (
    select * from {{ ref('int_cluster_toewijzing') }} where is_standaard
)

select
    prestaties.*,
    {%- for kolom in kenmerkkolommen() %}
    kenmerken.{{ kolom }},
    {%- endfor %}
    toewijzingen.volgorde as regel_volgorde,
    toewijzingen.regel,
    toewijzingen.cluster,
    toewijzingen.zekerheid,
    toewijzingen.alternatief,
    toewijzingen.mismatch
from prestaties
inner join kenmerken on prestaties.kenmerken = kenmerken.kenmerken
inner join toewijzingen on prestaties.kenmerken = toewijzingen.kenmerken
