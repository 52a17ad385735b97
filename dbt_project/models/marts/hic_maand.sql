{%- set sommen = [
    'capaciteit', 'bezette_dagen', 'opnames', 'ontslagen', 'opnames_buiten_regio', 'heropnames_30d', 'separaties',
    'gedwongen_medicatie', 'uitgestelde_dagen'
] -%}

with eenheden as (
    select * from {{ ref('stg_hic_monitor') }}
),

maanden as (
    select * from {{ ref('int_maand') }}
),

tellingen as (
    select
        maand,
        iza_regio,
        eenheid_type,
        count(*) as eenheden,
        {%- for kolom in sommen %}
        cast(sum({{ kolom }}) as bigint) as {{ kolom }},
        {%- endfor %}
        sum(separatie_uren) as separatie_uren,
        count(case when modelgetrouwheid >= {{ norm('hic_certificaat_vanaf') }} then 1 end) as gecertificeerd,
        count(case
            when modelgetrouwheid >= {{ norm('hic_voorlopig_vanaf') }} and modelgetrouwheid < {{ norm('hic_certificaat_vanaf') }}
                then 1
        end) as voorlopig_gecertificeerd,
        count(case when modelgetrouwheid < {{ norm('hic_voorlopig_vanaf') }} then 1 end) as niet_gecertificeerd,
        count(case when modelgetrouwheid is null then 1 end) as zonder_score
    from eenheden
    group by maand, iza_regio, eenheid_type
)

select
    tellingen.*,
    {{ verhouding('tellingen.bezette_dagen', 'tellingen.capaciteit * maanden.dagen') }} as bezettingsgraad,
    {{ verhouding('tellingen.uitgestelde_dagen', 'tellingen.bezette_dagen') }} as aandeel_uitgesteld,
    {{ verhouding('tellingen.opnames_buiten_regio', 'tellingen.opnames') }} as aandeel_buiten_regio,
    {{ verhouding('tellingen.heropnames_30d', 'tellingen.ontslagen') }} as aandeel_heropname_30d,
    {%- for kolom in ['separaties', 'separatie_uren', 'gedwongen_medicatie'] %}
    {{ verhouding('tellingen.' ~ kolom ~ ' * 1000', 'tellingen.bezette_dagen') }} as {{ kolom }}_per_1000_dagen
    {{- ',' if not loop.last }}
    {%- endfor %}
from tellingen
inner join maanden on tellingen.maand = maanden.maand
