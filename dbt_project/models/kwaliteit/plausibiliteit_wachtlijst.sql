{%- set toetsen = {
    'PL-06': 'onverklaard',
    'PL-07': 'verdwenen',
    'PL-08': 'herrezen',
    'PL-09': 'zonder_beweging',
    'PL-10': 'met_plaatshouder',
} -%}

with lijsten as (
    select * from {{ ref('wachtlijst_sluitend') }}
),

drempels as (
    select * from {{ ref('plausibiliteit_drempel') }} where bron = 'wachtlijst'
),

metingen as (
    {%- for code, kolom in toetsen.items() %}
    select
        '{{ code }}' as code,
        maand,
        iza_regio,
        leverancier,
        {{ kolom }} as aantal,
        {{ 'wachtplekken_vorige' if code == 'PL-06' else 'wachtplekken' }} as basis
    from lijsten
    where {{ kolom }} is not null
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

grenzen as (
    select
        metingen.*,
        drempels.bron,
        case
            when drempels.soort = 'sluitend' then drempels.drempel * metingen.basis
            -- aantal: de drempel zelf
            else drempels.drempel
        end as marge
    from metingen
    inner join drempels on metingen.code = drempels.code and metingen.basis >= drempels.ondergrens
)

select
    code,
    bron,
    maand,
    iza_regio,
    leverancier,
    cast(null as varchar) as onderwerp,
    cast(aantal as double) as waarde,
    cast(0 as double) as verwacht,
    cast(-1 * marge as double) as grens_onder,
    cast(marge as double) as grens_boven,
    1 as maanden_basis,
    abs(aantal) > marge as afwijkend,
    cast(abs(aantal) as bigint) as omvang
from grenzen
