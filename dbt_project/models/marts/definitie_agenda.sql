with venster as (
    select *
    from {{ ref('int_maand') }}
    where volgnummer > (select max(volgnummer) from {{ ref('int_maand') }}) - {{ norm('venster_maanden') }}
),

zorgdagen as (
    select int_twijfel_zorgdag.*
    from {{ ref('int_twijfel_zorgdag') }} as int_twijfel_zorgdag
    inner join venster on int_twijfel_zorgdag.maand = venster.maand
),

gebieden as (
    select * from {{ ref('int_gebied') }}
),

registraties as (
    select * from {{ ref('twijfel_registratie') }}
),

grenzen as (
    select min(maand) as maand_van, max(maand) as maand_tot from venster
),

gewichten as (
    select
        gebieden.gebied as iza_regio,
        zorgdagen.twijfel,
        zorgdagen.cluster,
        zorgdagen.alternatief,
        {{ twijfelgewicht('zorgdagen') }}
    from zorgdagen
    inner join gebieden on zorgdagen.iza_regio = gebieden.iza_regio
    group by gebieden.gebied, zorgdagen.twijfel, zorgdagen.cluster, zorgdagen.alternatief
)

select
    gewichten.iza_regio,
    row_number() over (
        partition by gewichten.iza_regio
        order by gewichten.personen desc, gewichten.zorgdagen desc, gewichten.twijfel, gewichten.cluster, gewichten.alternatief
    ) as rang,
    gewichten.twijfel,
    gewichten.cluster,
    gewichten.alternatief,
    grenzen.maand_van,
    grenzen.maand_tot,
    gewichten.personen,
    gewichten.zorgdagen,
    gewichten.verblijfsdagen,
    gewichten.prestaties,
    gewichten.bedrag,
    registraties.registratie
from gewichten
cross join grenzen
left join registraties on gewichten.twijfel = registraties.twijfel
