with leveringen as (
    select * from {{ ref('aanlevering') }} where status = 'actief'
),

lege_verwijsdatums as (
    select
        bestand,
        count(*) as basis,
        count(case when verwijsdatum is null then 1 end) as aantal
    from {{ ref('stg_declaraties') }}
    where debet_credit = 'D'
    group by bestand
),

onbekende_woonregios as (
    select bestand, count(*) as aantal
    from {{ ref('signaal') }}
    where code = 'W03'
    group by bestand
),

metingen as (
    select
        'PL-01' as code, bestand, bron, maand, iza_regio, leverancier,
        rijen_geaccepteerd as basis, rijen_geaccepteerd as aantal, cast(rijen_geaccepteerd as double) as waarde
    from leveringen
    union all
    select
        'PL-02' as code, leveringen.bestand, leveringen.bron, leveringen.maand, leveringen.iza_regio, leveringen.leverancier,
        leeg.basis, leeg.aantal, {{ verhouding('leeg.aantal', 'leeg.basis') }} as waarde
    from leveringen
    inner join lege_verwijsdatums as leeg on leveringen.bestand = leeg.bestand
    union all
    select
        'PL-03' as code, leveringen.bestand, leveringen.bron, leveringen.maand, leveringen.iza_regio, leveringen.leverancier,
        leveringen.rijen_geaccepteerd as basis, coalesce(onbekend.aantal, 0) as aantal,
        {{ verhouding('coalesce(onbekend.aantal, 0)', 'leveringen.rijen_geaccepteerd') }} as waarde
    from leveringen
    left join onbekende_woonregios as onbekend on leveringen.bestand = onbekend.bestand
    where leveringen.rijen_geaccepteerd > 0
)

-- alleen waarvoor een drempel is gesteld
select
    metingen.code,
    metingen.bron,
    cast(metingen.maand || '-01' as date) as maand,
    metingen.iza_regio,
    metingen.leverancier,
    metingen.basis,
    metingen.aantal,
    metingen.waarde,
    drempels.venster_maanden,
    drempels.minimum_maanden,
    drempels.soort,
    drempels.drempel,
    drempels.ondergrens
from metingen
inner join {{ ref('plausibiliteit_drempel') }} as drempels
    on metingen.code = drempels.code and metingen.bron = drempels.bron
