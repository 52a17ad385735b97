with prestaties as (
    select * from {{ ref('int_prestatie_kenmerk') }}
),

toewijzingen as (
    select * from {{ ref('int_cluster_toewijzing') }}
),

-- een nummer per verschuiving: groeperen op vier namen is duurder
verschuivingen as (
    select
        van.kenmerken,
        van.versie as versie_van,
        naar.versie as versie_naar,
        van.cluster as cluster_van,
        naar.cluster as cluster_naar,
        dense_rank() over (order by naar.versie, van.cluster, naar.cluster) as nummer
    from toewijzingen as van
    inner join toewijzingen as naar
        on van.kenmerken = naar.kenmerken
        and not naar.is_standaard
    where van.is_standaard
),

soorten as (
    select distinct nummer, versie_van, versie_naar, cluster_van, cluster_naar from verschuivingen
),

statussen as (
    select * from {{ ref('int_maandstatus') }}
),

-- eerst per patiënt: dat is goedkoper dan verschillende patiënten tellen
per_patient as (
    select
        verschuivingen.nummer,
        prestaties.maand,
        prestaties.iza_regio,
        prestaties.patient_nr,
        count(*) as prestaties,
        sum(case when prestaties.is_verblijfsdag then 1 else 0 end) as verblijfsdagen,
        sum(prestaties.bedrag) as bedrag
    from prestaties
    inner join verschuivingen on prestaties.kenmerken = verschuivingen.kenmerken
    group by verschuivingen.nummer, prestaties.maand, prestaties.iza_regio, prestaties.patient_nr
),

tellingen as (
    select
        nummer,
        maand,
        iza_regio,
        cast(sum(prestaties) as bigint) as prestaties,
        count(*) as patienten,
        cast(sum(verblijfsdagen) as bigint) as verblijfsdagen,
        sum(bedrag) as bedrag
    from per_patient
    group by nummer, maand, iza_regio
)

select
    soorten.versie_van,
    soorten.versie_naar,
    tellingen.maand,
    tellingen.iza_regio,
    soorten.cluster_van,
    soorten.cluster_naar,
    tellingen.prestaties,
    tellingen.patienten,
    tellingen.verblijfsdagen,
    tellingen.bedrag,
    statussen.status,
    statussen.volledigheid
from tellingen
inner join soorten on tellingen.nummer = soorten.nummer
inner join statussen
    on tellingen.maand = statussen.maand
    and tellingen.iza_regio = statussen.iza_regio
