with trajecten as (
    select *
    from {{ ref('int_traject_begin') }}
    where cluster not in ('buiten_afbakening', 'onbepaald')
),

fasen as (
    select * from {{ ref('wachtfase') }} where fase = 'totaal'
),

statussen as (
    select * from {{ ref('int_maandstatus') }}
),

wachttijden as (
    select
        trajecten.maand,
        trajecten.iza_regio,
        trajecten.cluster,
        count(trajecten.wacht_dagen) as trajecten,
        count(*) - count(trajecten.wacht_dagen) as zonder_verwijsdatum,
        {{ verhouding('sum(trajecten.wacht_dagen)', '7 * count(trajecten.wacht_dagen)') }} as gemiddeld_weken,
        {{ kwantiel('trajecten.wacht_dagen', 0.5) }} / 7 as mediaan_weken,
        {{ kwantiel('trajecten.wacht_dagen', 0.9) }} / 7 as p90_weken,
        cast(sum(case when trajecten.wacht_dagen > fasen.treeknorm_dagen then 1 else 0 end) as bigint) as boven_treeknorm
    from trajecten
    cross join fasen
    group by trajecten.maand, trajecten.iza_regio, trajecten.cluster
)

select
    wachttijden.*,
    statussen.status,
    statussen.volledigheid
from wachttijden
inner join statussen
    on wachttijden.maand = statussen.maand
    and wachttijden.iza_regio = statussen.iza_regio
