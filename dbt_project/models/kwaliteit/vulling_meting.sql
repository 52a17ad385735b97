{{ config(materialized=als_bij_te_werken(), per='leverancier_maand') }}
-- depends_on: {{ source('aanlevering', 'rij') }}
{%- set tabellen = bronnen_met_kolommen() %}
{%- set plaatshouders = ref('plaatshouder') %}

with actief as (
    select bestand, bron, aanlevermaand as maand, leverancier from {{ ref('stg_levering') }} where status = 'actief'
),

leveringen as (
    select * from actief where {{ alleen_geraakt('leverancier_maand', 'actief') }}
),
{% for tabel in tabellen %}
breed_{{ tabel.meta.bron }} as (
    {{ vulling_breed(tabel, 'leveringen', plaatshouders) }}
),
{% endfor %}
kolommen as (
    {%- for tabel in tabellen %}
    {{ vulling_lang(tabel, 'breed_' ~ tabel.meta.bron) }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

-- er zijn er weinig: apart, want elke rij langs elke kolom leggen is duur
vormfouten as (
    {%- for tabel in tabellen %}
    select bestand, '{{ tabel.meta.bron }}' as bron, {{ uitgeklapt('vormfout') }} as kolom
    from {{ tabel.relation_name }}
    where vormfout is not null
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

onleesbaar as (
    select leveringen.maand, vormfouten.bron, leveringen.leverancier, vormfouten.kolom, count(*) as rijen
    from vormfouten
    inner join leveringen on vormfouten.bestand = leveringen.bestand
    group by leveringen.maand, vormfouten.bron, leveringen.leverancier, vormfouten.kolom
)

select
    kolommen.maand,
    kolommen.bron,
    kolommen.leverancier,
    kolommen.plek,
    kolommen.kolom,
    kolommen.rijen,
    kolommen.gevuld - kolommen.plaatshouder as gevuld,
    kolommen.plaatshouder,
    coalesce(onleesbaar.rijen, 0) as onleesbaar,
    kolommen.rijen - kolommen.gevuld - coalesce(onleesbaar.rijen, 0) as leeg,
    kolommen.verschillend
from kolommen
left join onleesbaar
    on kolommen.maand = onleesbaar.maand
    and kolommen.bron = onleesbaar.bron
    and kolommen.leverancier = onleesbaar.leverancier
    and kolommen.kolom = onleesbaar.kolom
