with stromen as (
    select * from {{ ref('stroom_maand') }} where geleverd and status = 'definitief'
),

maanden as (
    select * from {{ ref('int_maand') }}
),

plaatsen as (
    select maand, iza_regio, cluster, sum(bezette_dagen) as bezette_dagen
    from {{ ref('capaciteit_maand') }}
    where geleverd
    group by maand, iza_regio, cluster
),

-- tweemaal de plaatsdagen van de maand, in hele getallen: zo is de grens van de tolerantie precies
vergeleken as (
    select
        stromen.maand,
        stromen.iza_regio,
        stromen.cluster,
        2 * maanden.dagen as deler,
        cast(2 * plaatsen.bezette_dagen as bigint) as in_gebruik,
        cast(maanden.dagen * (stromen.stand_begin + stromen.stand_eind) as bigint) as in_zorg
    from stromen
    inner join maanden on stromen.maand = maanden.maand
    inner join plaatsen
        on stromen.maand = plaatsen.maand and stromen.iza_regio = plaatsen.iza_regio
        and stromen.cluster = plaatsen.cluster
),

verschillen as (
    select
        *,
        abs(in_gebruik - in_zorg) as verschil,
        greatest(in_gebruik, in_zorg) as grootste
    from vergeleken
)

select
    'ZPM-13' as code,
    maand,
    iza_regio,
    cluster,
    {{ naar_boven(verhouding('verschil', 'deler')) }} as aantal,
    {{ verhouding('in_gebruik', 'deler') }} as waarde_a,
    {{ verhouding('in_zorg', 'deler') }} as waarde_b,
    {{ verhouding('in_gebruik - in_zorg', 'grootste') }} as afwijking
from verschillen
where verschil > {{ norm('zpm_tolerantie') }} * grootste
