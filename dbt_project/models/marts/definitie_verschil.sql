with gebieden as (
    select * from {{ ref('int_definitie_gebied') }}
),

paren as (
    select * from {{ ref('int_versiepaar') }}
)

select
    paren.versie_van,
    paren.versie_naar,
    van.maand,
    van.iza_regio,
    van.cluster,
    {%- for cijfer in definitiecijfers() %}
    van.{{ cijfer.kolom }} as {{ cijfer.kolom }}_van,
    naar.{{ cijfer.kolom }} as {{ cijfer.kolom }}_naar,
    {%- if cijfer.is_heel %}
    naar.{{ cijfer.kolom }} - van.{{ cijfer.kolom }} as {{ cijfer.kolom }}_verschil,
    {%- else %}
    cast(cast(naar.{{ cijfer.kolom }} as decimal(28, 9)) - cast(van.{{ cijfer.kolom }} as decimal(28, 9)) as double)
        as {{ cijfer.kolom }}_verschil,
    {%- endif %}
    {%- endfor %}
    van.status,
    van.uitstroom_bepaald,
    van.uitstroom_bepaald_vanaf,
    van.aanloop,
    van.regios_declaraties,
    van.regios_bedden,
    van.regios_wachtlijst,
    van.regios
from paren
inner join gebieden as van on paren.versie_van = van.versie
inner join gebieden as naar
    on paren.versie_naar = naar.versie
    and van.maand = naar.maand
    and van.iza_regio = naar.iza_regio
    and van.cluster = naar.cluster
