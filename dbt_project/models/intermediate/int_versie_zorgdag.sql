{{ config(materialized=als_bij_te_werken(), per='persoon') }}

with prestaties as (
    select *
    from {{ ref('int_prestatie_kenmerk') }} as alle
    where (is_verblijfsdag or is_contact) and {{ alleen_geraakt('persoon', 'alle') }}
),

clusters as (
    select * from {{ ref('cluster') }} where is_cluster = 'J'
),

toewijzingen as (
    select
        toewijzingen.versie,
        toewijzingen.is_standaard,
        toewijzingen.kenmerken,
        toewijzingen.cluster
    from {{ ref('int_cluster_toewijzing') }} as toewijzingen
    inner join clusters on toewijzingen.cluster = clusters.cluster
),

patienten as (
    select * from {{ ref('int_versie_patient') }}
),

zorg as (
    select toewijzingen.versie, prestaties.patient_nr, prestaties.iza_regio, toewijzingen.cluster, prestaties.begindatum
    from prestaties
    inner join toewijzingen on prestaties.kenmerken = toewijzingen.kenmerken
    where toewijzingen.is_standaard

    union all

    -- van een andere versie alleen wie erdoor geraakt wordt: alle anderen houden de zorgdagen van de standaard
    select toewijzingen.versie, prestaties.patient_nr, prestaties.iza_regio, toewijzingen.cluster, prestaties.begindatum
    from prestaties
    inner join patienten on prestaties.patient_nr = patienten.patient_nr
    inner join toewijzingen
        on prestaties.kenmerken = toewijzingen.kenmerken and patienten.versie = toewijzingen.versie
)

select distinct
    versie,
    patient_nr,
    iza_regio,
    cluster,
    begindatum as zorgdag
from zorg
