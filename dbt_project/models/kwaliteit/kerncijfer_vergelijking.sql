with gepubliceerd as (
    select * from {{ ref('kerncijfers') }}
),

maten as (
    select * from {{ ref('kerncijfer_maat') }}
),

metingen as (
    select
        *,
        -- liefst de laatste maand die landelijk is
        row_number() over (partition by maat order by case when landelijk then 0 else 1 end, maand desc) as volgorde
    from {{ ref('kerncijfer_meting') }}
)

select
    gepubliceerd.kerncijfer,
    cast(gepubliceerd.peildatum as date) as peildatum,
    cast(gepubliceerd.waarde as double) as gepubliceerd,
    gepubliceerd.eenheid,
    gepubliceerd.bron,
    maten.maat,
    metingen.maand,
    metingen.waarde,
    coalesce(metingen.landelijk, false) as landelijk,
    case
        when metingen.landelijk then {{ verhouding('metingen.waarde', 'gepubliceerd.waarde') }}
    end as verhouding,
    maten.definitieverschil
from gepubliceerd
left join maten on gepubliceerd.kerncijfer = maten.kerncijfer
left join metingen on maten.maat = metingen.maat and metingen.volgorde = 1
