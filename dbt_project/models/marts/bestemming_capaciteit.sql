{%- set bestemmingen = ['beschermd_wonen', 'wlz', 'forensisch', 'woning', 'andere_ggz', 'overig'] -%}

with geleverd as (
    select * from {{ ref('int_geleverd') }} where bron = 'bedden'
),

maanden as (
    select * from {{ ref('int_maand') }}
),

bedden as (
    select
        *,
        case
            when bedtype = 'BESCHERMD_WONEN' then 'beschermd_wonen'
            when wet = 'Wlz' then 'wlz'
            when wet = 'Wfz' then 'forensisch'
            -- een plaats die geen bestemming van de zes is
        end as bestemming
    from {{ ref('stg_bedden') }}
),

cellen as (
    {%- for bestemming in bestemmingen %}
    select geleverd.maand, geleverd.iza_regio, maanden.dagen, '{{ bestemming }}' as bestemming
    from geleverd
    inner join maanden on geleverd.maand = maanden.maand
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

-- wie klaar is om te gaan, naar waar op wordt gewacht: van alle afdelingen onder de Zvw
wachtenden as (
    {%- for bestemming in bestemmingen %}
    select maand, iza_regio, '{{ bestemming }}' as bestemming, sum(uitgesteld_{{ bestemming }}) as uitgestelde_dagen
    from bedden
    where wet = 'Zvw'
    group by maand, iza_regio
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

plaatsen as (
    select
        maand,
        iza_regio,
        bestemming,
        sum(operationeel) as operationeel,
        sum(bezette_dagen) as bezette_dagen
    from bedden
    where bestemming is not null
    group by maand, iza_regio, bestemming
),

met_bezet as (
    select
        cellen.maand,
        cellen.iza_regio,
        cellen.bestemming,
        {{ verhouding('coalesce(wachtenden.uitgestelde_dagen, 0)', 'cellen.dagen') }} as uitgesteld,
        cast(plaatsen.operationeel as bigint) as operationeel,
        {{ verhouding('plaatsen.bezette_dagen', 'cellen.dagen') }} as bezet
    from cellen
    left join wachtenden
        on cellen.maand = wachtenden.maand and cellen.iza_regio = wachtenden.iza_regio
        and cellen.bestemming = wachtenden.bestemming
    left join plaatsen
        on cellen.maand = plaatsen.maand and cellen.iza_regio = plaatsen.iza_regio
        and cellen.bestemming = plaatsen.bestemming
)

select
    *,
    operationeel - bezet as vrij
from met_bezet
