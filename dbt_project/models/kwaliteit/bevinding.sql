{#-
  Wanneer een beoordeelde bevinding weer opengaat staat alleen hier. Ook wie na de run een oordeel velt leest deze vraag
  (pipelines/kwaliteit/bevinding.py): gebruik daarom geen andere macro's dan ref.
-#}
with bevindingen as (
    select * from {{ ref('bevinding_basis') }}
),

oordelen as (
    select
        *,
        row_number() over (partition by bevinding order by volgnummer desc) as volgorde
    from {{ ref('oordeel') }}
),

normen as (
    select
        max(case when norm = 'heropen_aandeel' then waarde end) as aandeel,
        max(case when norm = 'heropen_minimum' then waarde end) as minimum
    from {{ ref('kwaliteit_norm') }}
),

beoordeeld as (
    select
        bevindingen.*,
        oordelen.volgnummer as oordeel_volgnummer,
        oordelen.status as oordeel,
        oordelen.auteur,
        oordelen.moment as oordeel_moment,
        oordelen.reden,
        oordelen.einddatum,
        oordelen.omvang as omvang_bij_oordeel,
        oordelen.maand as maand_bij_oordeel,
        case
            when oordelen.einddatum < current_date then 'de einddatum is voorbij'
            when abs(bevindingen.omvang - oordelen.omvang) > greatest(normen.aandeel * oordelen.omvang, normen.minimum - 1)
                then 'de omvang ging van ' || cast(oordelen.omvang as varchar) || ' naar ' || cast(bevindingen.omvang as varchar)
            when oordelen.status = 'opgelost' and bevindingen.laatste_maand > oordelen.maand
                then 'opnieuw gezien in ' || bevindingen.laatste_maand
            -- er is geen oordeel, of het geldt nog
            else null
        end as heropend_omdat
    from bevindingen
    cross join normen
    left join oordelen on bevindingen.bevinding = oordelen.bevinding and oordelen.volgorde = 1
)

select
    *,
    case
        when not actueel then 'voorbij'
        when oordeel is null then 'open'
        when heropend_omdat is not null then 'heropend'
        -- geaccepteerd, teruggemeld of opgelost
        else oordeel
    end as status
from beoordeeld
