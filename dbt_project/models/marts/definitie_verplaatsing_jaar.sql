{%- set maten = {'prestaties': true, 'verblijfsdagen': true, 'contacten': true} -%}
{%- set sleutel = ['versie_van', 'versie_naar', 'iza_regio', 'regel_van', 'cluster_van', 'regel_naar', 'cluster_naar'] -%}

with gebieden as (
    select * from {{ ref('int_gebied') }}
),

leden as (
    select
        verplaatst.versie_van,
        verplaatst.versie_naar,
        verplaatst.maand,
        gebieden.gebied as iza_regio,
        verplaatst.agb_vestiging,
        verplaatst.regel_van,
        verplaatst.cluster_van,
        verplaatst.regel_naar,
        verplaatst.cluster_naar
        {%- for maat in maten %},
        verplaatst.{{ maat }}
        {%- endfor %}
    from {{ ref('int_versiepaar_verplaatst') }} as verplaatst
    inner join gebieden on verplaatst.iza_regio = gebieden.iza_regio
)

{{ jaarsom('leden', sleutel, maten, {'vestigingen': 'count(distinct leden.agb_vestiging)'}) }}
