with prestaties as (
    select * from {{ ref('int_prestatie_kenmerk') }}
),

toewijzingen as (
    select * from {{ ref('int_cluster_toewijzing') }}
),

verschuivingen as (
    select
        van.kenmerken,
        van.versie as versie_van,
        naar.versie as versie_naar,
        van.cluster as cluster_van,
        naar.cluster as cluster_naar
    from toewijzingen as van
    inner join toewijzingen as naar
        on van.kenmerken = naar.kenmerken
        and not naar.is_standaard
    where van.is_standaard
),

statussen as (
    select * from {{ ref('int_maandstatus') }}
),

tellingen as (
    select
        verschuivingen.versie_van,
        verschuivingen.versie_naar,
        prestaties.maand,
        prestaties.iza_regio,
        verschuivingen.cluster_van,
        verschuivingen.cluster_naar,
        count(*) as prestaties,
        count(distinct prestaties.patient_nr) as patienten,
        cast(sum(case when prestaties.is_verblijfsdag then 1 else 0 end) as bigint) as verblijfsdagen,
        sum(prestaties.bedrag) as bedrag
    from prestaties
    inner join verschuivingen on prestaties.kenmerken = verschuivingen.kenmerken
    group by
        verschuivingen.versie_van,
        verschuivingen.versie_naar,
        prestaties.maand,
        prestaties.iza_regio,
        verschuivingen.cluster_van,
        verschuivingen.cluster_naar
)

select
    tellingen.*,
    statussen.status,
    statussen.volledigheid
from tellingen
inner join statussen
    on tellingen.maand = statussen.maand
    and tellingen.iza_regio = statussen.iza_regio
