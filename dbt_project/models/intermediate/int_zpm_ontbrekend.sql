with geleverd as (
    select * from {{ ref('int_geleverd') }}
),

kenmerken as (
    select * from {{ ref('int_vestiging_kenmerk') }}
),

tellingen as (
    select * from {{ ref('int_prestatie_telling') }}
),

bedden as (
    select * from {{ ref('int_bedden') }}
),

clusters as (
    select * from {{ ref('cluster') }} where is_cluster = 'J'
),

h_zonder_hic as (
    select
        tellingen.maand, tellingen.iza_regio, tellingen.agb_vestiging,
        'ZPM-08' as code, null as cluster, 'hic_monitor' as bron_a, 'declaraties' as bron_b, tellingen.prestaties as aantal
    from tellingen
    left join kenmerken
        on tellingen.maand = kenmerken.maand and tellingen.agb_vestiging = kenmerken.agb_vestiging
    where tellingen.prestatietype = 'verblijfsdag'
        and tellingen.verzorgingsgraad = 'H'
        and not coalesce(kenmerken.heeft_hic, false)
),

wachtplek_zonder_bedden as (
    select
        plekken.maand, plekken.iza_regio, plekken.agb_vestiging,
        'ZPM-10' as code, plekken.cluster, 'wachtlijst' as bron_a, 'bedden' as bron_b, plekken.wachtplekken as aantal
    from {{ ref('aanbieder_wachttijd') }} as plekken
    inner join clusters on plekken.cluster = clusters.cluster
    where plekken.wachtplekken > 0
        and not exists (
            select 1
            from bedden
            where bedden.maand = plekken.maand
                and bedden.agb_vestiging = plekken.agb_vestiging
                and bedden.cluster = plekken.cluster
        )
),

bedden_buiten_zvw as (
    select
        maand, iza_regio, agb_vestiging,
        'ZPM-11' as code, null as cluster, 'bedden' as bron_a, 'bedden' as bron_b, 1 as aantal
    from bedden
    where wet = 'Zvw' and (bedtype = 'LIZ' or beveiligingsniveau = 4)
),

setting8_zonder_topggz as (
    select
        tellingen.maand, tellingen.iza_regio, tellingen.agb_vestiging,
        'ZPM-12' as code, null as cluster, 'declaraties' as bron_a, 'bedden' as bron_b, tellingen.prestaties as aantal
    from tellingen
    left join kenmerken
        on tellingen.maand = kenmerken.maand and tellingen.agb_vestiging = kenmerken.agb_vestiging
    where tellingen.prestatietype = 'consult'
        and tellingen.setting = 8
        and not coalesce(kenmerken.heeft_topggz or kenmerken.heeft_mpu, false)
),

bevindingen as (
    select * from h_zonder_hic
    union all
    select * from wachtplek_zonder_bedden
    union all
    select * from bedden_buiten_zvw
    union all
    select * from setting8_zonder_topggz
)

select
    bevindingen.maand,
    bevindingen.iza_regio,
    bevindingen.agb_vestiging,
    bevindingen.code,
    bevindingen.cluster,
    cast(sum(bevindingen.aantal) as bigint) as aantal
from bevindingen
inner join geleverd as geleverd_a
    on bevindingen.maand = geleverd_a.maand and bevindingen.iza_regio = geleverd_a.iza_regio
    and bevindingen.bron_a = geleverd_a.bron
inner join geleverd as geleverd_b
    on bevindingen.maand = geleverd_b.maand and bevindingen.iza_regio = geleverd_b.iza_regio
    and bevindingen.bron_b = geleverd_b.bron
group by
    bevindingen.maand, bevindingen.iza_regio, bevindingen.agb_vestiging, bevindingen.code, bevindingen.cluster
