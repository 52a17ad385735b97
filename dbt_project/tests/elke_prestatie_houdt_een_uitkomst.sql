{{ config(meta={'dagster': {'ref': {'name': 'int_cluster_toewijzing'}}}) }}
-- Elke netto prestatie krijgt onder elke definitie precies één uitkomst: er valt er geen weg en er komt er geen bij.
with prestaties as (
    select count(*) as aantal from {{ ref('int_prestatie_kenmerk') }}
),

toegewezen as (
    select toewijzingen.versie, count(*) as aantal
    from {{ ref('int_prestatie_kenmerk') }} as prestaties
    inner join {{ ref('int_cluster_toewijzing') }} as toewijzingen
        on prestaties.kenmerken = toewijzingen.kenmerken
    group by toewijzingen.versie
)

select toegewezen.*
from toegewezen
cross join prestaties
where toegewezen.aantal <> prestaties.aantal
