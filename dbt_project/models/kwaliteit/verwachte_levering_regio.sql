with leveringen as (
    select * from {{ ref('verwachte_levering') }}
),

tellingen as (
    select
        maand, bron, iza_regio,
        max(termijn) as termijn,
        count(case when verwacht then 1 end) as verwacht,
        count(case when ontvangen then 1 end) as ontvangen,
        count(case when verwacht and not ontvangen then 1 end) as niet_ontvangen,
        count(case when verwacht and not ontvangen and verstreken then 1 end) as ontbrekend,
        count(case when status = 'te_laat' then 1 end) as te_laat,
        coalesce(max(versies), 0) as versies,
        cast(sum(open_weigeringen) as bigint) as open_weigeringen,
        cast(sum(rijen_gelezen) as bigint) as rijen_gelezen,
        cast(sum(rijen_afgekeurd) as bigint) as rijen_afgekeurd
    from leveringen
    group by maand, bron, iza_regio
)

select
    *,
    case
        when ontvangen > 0 and niet_ontvangen > 0 then 'deels'
        when ontvangen > 0 and te_laat > 0 then 'te_laat'
        when ontvangen > 0 then 'geleverd'
        when open_weigeringen > 0 then 'geweigerd'
        when ontbrekend > 0 then 'ontbreekt'
        -- de termijn loopt nog
        else 'nog_niet'
    end as status
from tellingen
