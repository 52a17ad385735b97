with gebieden as (
    select * from {{ ref('int_gebied') }}
),

wegen as (
    select
        int_wachtweg.maand,
        gebieden.gebied as iza_regio,
        int_wachtweg.stap,
        int_wachtweg.uitkomst,
        int_wachtweg.exclusiecriterium,
        int_wachtweg.wachtplekken
    from {{ ref('int_wachtweg') }} as int_wachtweg
    inner join gebieden on int_wachtweg.iza_regio = gebieden.iza_regio
),

sommen as (
    {{ jaarsom('wegen', ['iza_regio', 'stap', 'uitkomst', 'exclusiecriterium'], {'wachtplekken': true}) }}
)

select
    *,
    cast(sum(wachtplekken) over (partition by maand, iza_regio) as bigint) as wachtplekken_geheel,
    cast(sum(wachtplekken) over (partition by maand, iza_regio, stap) as bigint) as wachtplekken_stap,
    cast(sum(wachtplekken) over (partition by maand, iza_regio, uitkomst, exclusiecriterium) as bigint)
        as wachtplekken_uitkomst
from sommen
