with punten as (
    select * from {{ ref('gemeente_kerncijfers') }}
),

gemeenten as (
    select * from {{ ref('gemeente_iza_regio') }}
),

-- een regio heeft geen adres: haar punt is het midden van haar gemeenten, gewogen naar inwoners
middens as (
    select
        gemeenten.iza_regio,
        {{ verhouding('sum(cast(punten.lon * punten.inwoners_2024 as decimal(28, 6)))', 'sum(punten.inwoners_2024)') }} as lon,
        {{ verhouding('sum(cast(punten.lat * punten.inwoners_2024 as decimal(28, 6)))', 'sum(punten.inwoners_2024)') }} as lat
    from punten
    inner join gemeenten on punten.gemeente_code = gemeenten.gemeente_code
    group by gemeenten.iza_regio
)

select
    punten.gemeente_code,
    middens.iza_regio,
    cast({{ afstand_km('punten.lon', 'punten.lat', 'middens.lon', 'middens.lat') }} as decimal(9, 3)) as afstand_km
from punten
cross join middens
