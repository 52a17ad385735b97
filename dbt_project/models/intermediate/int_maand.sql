with recursive aangeleverd as (
    select actief.maand
    from {{ ref('int_actief') }} as actief
    inner join {{ source('aanlevering', 'bron') }} as bronnen on actief.bron = bronnen.bron
    where bronnen.verplicht
),

prestatiemaanden as (
    select distinct maand from {{ ref('int_prestatie_kenmerk') }}
),

bekend as (
    select maand from aangeleverd
    union all
    select maand from prestatiemaanden
),

grenzen as (
    select min(maand) as eerste, max(maand) as laatste from bekend
),

maanden as (
    select eerste as maand, laatste, 1 as volgnummer
    from grenzen
    where eerste is not null

    union all

    select {{ maanden_later('maand', 1) }} as maand, laatste, volgnummer + 1 as volgnummer
    from maanden
    where maand < laatste
)

select
    maand,
    volgnummer,
    {{ laatste_dag_van('maand') }} as laatste_dag,
    {{ dagen_tussen('maand', maanden_later('maand', 1)) }} as dagen
from maanden
