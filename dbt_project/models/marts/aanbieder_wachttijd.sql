with wachtplekken as (
    select * from {{ ref('int_wachtplek') }}
),

open_plekken as (
    select * from {{ ref('int_wachtplek_fase') }} where fase = 'totaal'
),

stromen as (
    select
        maand,
        iza_regio,
        agb_vestiging,
        cluster,
        {%- for kolom in wachtstromen() %}
        sum(case when is_{{ kolom }} then 1 else 0 end) as {{ kolom }},
        {%- endfor %}
        max(case when heeft_aanmeldpauze then 1 else 0 end) = 1 as aanmeldpauze
    from wachtplekken
    group by maand, iza_regio, agb_vestiging, cluster
),

standen as (
    select
        maand,
        iza_regio,
        agb_vestiging,
        cluster,
        count(*) as wachtplekken,
        count(distinct patient_pseudoniem) as unieke_wachtenden,
        sum(case when is_boven_treeknorm then 1 else 0 end) as boven_treeknorm
    from open_plekken
    group by maand, iza_regio, agb_vestiging, cluster
),

aanbieders as (
    select
        stromen.maand,
        stromen.iza_regio,
        stromen.agb_vestiging,
        stromen.cluster,
        coalesce(standen.wachtplekken, 0) as wachtplekken,
        coalesce(standen.unieke_wachtenden, 0) as unieke_wachtenden,
        cast(coalesce(standen.boven_treeknorm, 0) as bigint) as boven_treeknorm,
        {%- for kolom in wachtstromen() %}
        cast(stromen.{{ kolom }} as bigint) as {{ kolom }},
        {%- endfor %}
        stromen.aanmeldpauze
    from stromen
    left join standen
        on stromen.maand = standen.maand
        and stromen.iza_regio = standen.iza_regio
        and stromen.agb_vestiging = standen.agb_vestiging
        and stromen.cluster = standen.cluster
)

select
    *,
    row_number() over (
        partition by maand, iza_regio, cluster
        order by boven_treeknorm desc, wachtplekken desc, agb_vestiging
    ) as rang_in_regio
from aanbieders
