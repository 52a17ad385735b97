{%- set redenen = ['personeel', 'verbouwing', 'financieel', 'overig'] -%}
{%- set geheel = ['benodigd', 'benodigd_tijdig', 'beschikbaar', 'erkend'] -%}
{%- set gebroken = ['bezet', 'onvervuld', 'uitgesteld', 'belasting', 'belasting_tijdig'] -%}

with capaciteiten as (
    select * from {{ ref('benodigde_capaciteit') }}
),

bedden as (
    select * from {{ ref('int_bedden') }}
),

normen as (
    select norm, waarde from {{ ref('norm') }}
),

gebieden as (
    select * from {{ ref('int_gebied') }}
),

sluitingen as (
    select
        maand,
        iza_regio,
        cluster,
        capaciteit_type
        {%- for reden in redenen %},
        sum(case when reden_sluiting = '{{ reden }}' then gesloten else 0 end) as gesloten_{{ reden }}
        {%- endfor %}
    from bedden
    group by maand, iza_regio, cluster, capaciteit_type
),

-- het land telt alleen regio's die deze maand leverden: wat nodig is en wat er is gaan dan over dezelfde regio's
delen as (
    select
        capaciteiten.*,
        gebieden.gebied,
        gebieden.gebied = capaciteiten.iza_regio or capaciteiten.geleverd as telt_mee,
        {%- for reden in redenen %}
        case when capaciteiten.geleverd then coalesce(sluitingen.gesloten_{{ reden }}, 0) end as gesloten_{{ reden }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from capaciteiten
    inner join gebieden on capaciteiten.iza_regio = gebieden.iza_regio
    left join sluitingen
        on capaciteiten.maand = sluitingen.maand and capaciteiten.iza_regio = sluitingen.iza_regio
        and capaciteiten.cluster = sluitingen.cluster and capaciteiten.capaciteit_type = sluitingen.capaciteit_type
),

-- tekort en overschot apart: wat de ene regio over heeft, neemt het tekort van een ander niet weg
sommen as (
    select
        maand,
        gebied as iza_regio,
        cluster,
        capaciteit_type,
        {%- for kolom in gebroken %}
        {{ som('case when telt_mee then ' ~ kolom ~ ' end') }} as {{ kolom }},
        {%- endfor %}
        {%- for kolom in geheel %}
        cast(sum(case when telt_mee then {{ kolom }} end) as bigint) as {{ kolom }},
        {%- endfor %}
        {%- for reden in redenen %}
        cast(sum(gesloten_{{ reden }}) as bigint) as gesloten_{{ reden }},
        {%- endfor %}
        {%- for uitgang in ['', '_tijdig'] %}
        cast(sum(case when tekort{{ uitgang }} > 0 then tekort{{ uitgang }} when tekort{{ uitgang }} <= 0 then 0 end) as bigint)
            as te_kort{{ uitgang }},
        cast(sum(case when tekort{{ uitgang }} < 0 then -1 * tekort{{ uitgang }} when tekort{{ uitgang }} >= 0 then 0 end) as bigint)
            as over{{ uitgang }},
        {%- endfor %}
        count(case when tekort > 0 then 1 end) as regios_te_kort,
        count(case when tekort < 0 then 1 end) as regios_over,
        count(case when telt_mee and dagen_wachtlijst > 0 then 1 end) as regios_wachtlijst,
        count(case when geleverd then 1 end) as regios_geleverd,
        count(*) as regios,
        max(case when telt_mee then maanden_basis end) as maanden_basis
    from delen
    group by maand, gebied, cluster, capaciteit_type
)

select
    sommen.*,
    cast(normen.waarde as double) as bezettingsnorm
from sommen
inner join normen on 'bezettingsnorm_' || sommen.capaciteit_type = normen.norm
