with patienten as (
    select * from {{ ref('int_patient_maand') }}
),

afstanden as (
    select * from {{ ref('int_afstand') }}
),

statussen as (
    select * from {{ ref('int_maandstatus') }}
),

tellingen as (
    select
        patienten.maand,
        coalesce(patienten.woonregio, 'onbekend') as woonregio,
        patienten.iza_regio,
        patienten.cluster,
        cast(sum(patienten.verblijfsdagen) as bigint) as verblijfsdagen,
        cast(sum(patienten.contacten) as bigint) as contacten,
        count(distinct patienten.patient_nr) as patienten,
        patienten.woonregio <> patienten.iza_regio as bovenregionaal,
        {{ gemiddelde('afstanden.afstand_km') }} as afstand_km
    from patienten
    left join afstanden
        on patienten.gemeente_code = afstanden.gemeente_code and patienten.iza_regio = afstanden.iza_regio
    group by patienten.maand, patienten.woonregio, patienten.iza_regio, patienten.cluster
)

select
    tellingen.*,
    statussen.status,
    statussen.volledigheid
from tellingen
inner join statussen
    on tellingen.maand = statussen.maand
    and tellingen.iza_regio = statussen.iza_regio
