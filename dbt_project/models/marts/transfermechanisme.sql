with open_plekken as (
    select wachtplekken.*
    from {{ ref('int_wachtplek') }} as wachtplekken
    inner join {{ ref('cluster') }} as clusters
        on wachtplekken.cluster = clusters.cluster and clusters.is_cluster = 'J'
    where wachtplekken.is_open
),

fasen as (
    select * from {{ ref('wachtfase') }} where fase = 'totaal'
),

vestigingen as (
    select distinct maand, agb_vestiging from open_plekken
),

bedden as (
    select agb_vestiging, maand, min(agb_onderneming) as agb_onderneming
    from {{ ref('stg_bedden') }}
    group by agb_vestiging, maand
),

-- van wie een vestiging is, volgens de laatste beddenlijst tot en met de maand
ondernemingen as (
    select
        vestigingen.maand,
        vestigingen.agb_vestiging,
        bedden.agb_onderneming,
        row_number() over (
            partition by vestigingen.maand, vestigingen.agb_vestiging order by bedden.maand desc
        ) as rang
    from vestigingen
    inner join bedden
        on vestigingen.agb_vestiging = bedden.agb_vestiging
        and bedden.maand <= vestigingen.maand
),

plekken as (
    select
        open_plekken.maand,
        open_plekken.iza_regio,
        coalesce(open_plekken.agb_onderneming, ondernemingen.agb_onderneming, open_plekken.agb_vestiging) as aanbieder,
        open_plekken.patient_pseudoniem,
        greatest(0, open_plekken.wacht_totaal_dagen - fasen.treeknorm_dagen) as overschrijding_dagen
    from open_plekken
    cross join fasen
    left join ondernemingen
        on open_plekken.maand = ondernemingen.maand
        and open_plekken.agb_vestiging = ondernemingen.agb_vestiging
        and ondernemingen.rang = 1
),

aanbieders as (
    select
        maand,
        iza_regio,
        aanbieder,
        count(*) as wachtplekken,
        count(distinct patient_pseudoniem) as unieke_wachtenden,
        count(case when overschrijding_dagen > 0 then 1 end) as boven_treeknorm,
        sum(overschrijding_dagen) as overschrijding_dagen
    from plekken
    group by maand, iza_regio, aanbieder
)

select
    maand,
    iza_regio,
    aanbieder,
    wachtplekken,
    unieke_wachtenden,
    boven_treeknorm,
    {{ verhouding('overschrijding_dagen', '7') }} as overschrijding_weken,
    row_number() over (
        partition by maand, iza_regio order by boven_treeknorm desc, overschrijding_dagen desc, aanbieder
    ) as rang
from aanbieders
