{%- set bronnen = ['declaraties', 'hic_monitor', 'wachtlijst', 'bedden', 'wachttijden_open', 'verzekerden'] -%}

with leveringen as (
    select * from {{ ref('stg_levering') }} where code is null
),

dubbelen as (
    {%- for bron in bronnen if heeft_sleutel(bron) %}
    select * from {{ ref('stg_dubbele_' ~ bron) }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

afgekeurd as (
    {%- for bron in bronnen %}
    select
        rijen.bestand,
        rijen.rijnummer,
        {{ codes_met_a04('rijen.codes', 'dubbelen.bestand is not null') }} as codes,
        rijen.rij
    from {{ source('aanlevering', bron) }} as rijen
    left join dubbelen
        on rijen.bestand = dubbelen.bestand
        and rijen.rijnummer = dubbelen.rijnummer
    where rijen.codes is not null
    union all
    select
        rijen.bestand,
        rijen.rijnummer,
        'A04' as codes,
        {{ rij_als_json(bron, 'rijen') }} as rij
    from {{ source('aanlevering', bron) }} as rijen
    inner join dubbelen
        on rijen.bestand = dubbelen.bestand
        and rijen.rijnummer = dubbelen.rijnummer
        and dubbelen.codes is null
    where rijen.codes is null
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select
    leveringen.bron,
    leveringen.maand,
    leveringen.iza_regio,
    leveringen.leverancier,
    afgekeurd.bestand,
    afgekeurd.rijnummer,
    afgekeurd.codes,
    afgekeurd.rij
from afgekeurd
inner join leveringen on afgekeurd.bestand = leveringen.bestand
