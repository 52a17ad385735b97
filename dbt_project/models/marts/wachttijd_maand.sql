with plekken as (
    select * from {{ ref('int_wachtplek_fase') }}
),

aanbieders as (
    select * from {{ ref('aanbieder_wachttijd') }}
),

cellen as (
    select * from {{ ref('int_wachtskelet') }}
),

standen as (
    select
        maand,
        iza_regio,
        cluster,
        fase,
        count(*) as wachtplekken,
        count(distinct patient_pseudoniem) as unieke_wachtenden,
        sum(wacht_dagen) as wacht_dagen,
        {{ verhouding('sum(wacht_dagen)', '7 * count(*)') }} as gemiddeld_weken,
        {{ kwantiel('wacht_dagen', 0.5) }} / 7 as mediaan_weken,
        {{ kwantiel('wacht_dagen', 0.9) }} / 7 as p90_weken,
        sum(case when is_boven_treeknorm then 1 else 0 end) as boven_treeknorm
    from plekken
    group by maand, iza_regio, cluster, fase
),

stromen as (
    select
        maand,
        iza_regio,
        cluster
        {%- for kolom in wachtstromen() %},
        sum({{ kolom }}) as {{ kolom }}
        {%- endfor %}
    from aanbieders
    group by maand, iza_regio, cluster
),

gevuld as (
    select
        cellen.*,
        case when cellen.geleverd then coalesce(standen.wachtplekken, 0) end as wachtplekken,
        case when cellen.geleverd then coalesce(standen.unieke_wachtenden, 0) end as unieke_wachtenden,
        case when cellen.geleverd then cast(coalesce(standen.wacht_dagen, 0) as bigint) end as wacht_dagen,
        standen.gemiddeld_weken,
        standen.mediaan_weken,
        standen.p90_weken,
        case when cellen.geleverd then cast(coalesce(standen.boven_treeknorm, 0) as bigint) end as boven_treeknorm
        {%- for kolom in wachtstromen() %},
        case
            when cellen.geleverd and cellen.fase = 'totaal' then cast(coalesce(stromen.{{ kolom }}, 0) as bigint)
        end as {{ kolom }}
        {%- endfor %}
    from cellen
    left join standen
        on cellen.maand = standen.maand and cellen.iza_regio = standen.iza_regio
        and cellen.cluster = standen.cluster and cellen.fase = standen.fase
    left join stromen
        on cellen.maand = stromen.maand and cellen.iza_regio = stromen.iza_regio and cellen.cluster = stromen.cluster
),

met_doel as (
    select
        *,
        {{ verhouding('gestart * 7 * ' ~ norm('doelwachttijd_weken'), 'dagen') }} as doelwachtrij
    from gevuld
)

select
    maand,
    iza_regio,
    cluster,
    fase,
    wachtplekken,
    unieke_wachtenden,
    wacht_dagen,
    gemiddeld_weken,
    mediaan_weken,
    p90_weken,
    boven_treeknorm,
    {{ verhouding('boven_treeknorm', 'wachtplekken') }} as aandeel_boven_treeknorm,
    {%- for kolom in wachtstromen() %}
    {{ kolom }},
    {%- endfor %}
    doelwachtrij,
    case
        when doelwachtrij is null then null
        else greatest(
            cast(0 as double),
            (wachtplekken - doelwachtrij) / cast({{ norm('afbouwtermijn_weken') }} as double)
            + {{ verhouding('(aangemeld - uitval - gestart) * 7', 'dagen') }}
        )
    end as extra_capaciteit_per_week,
    geleverd
from met_doel
