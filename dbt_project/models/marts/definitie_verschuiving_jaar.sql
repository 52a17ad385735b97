{%- set maten = {'prestaties': true, 'verblijfsdagen': true, 'bedrag': false} -%}

with verschuivingen as (
    select * from {{ ref('definitie_verschuiving') }}
),

gebieden as (
    select * from {{ ref('int_gebied') }}
),

leden as (
    select
        verschuivingen.maand,
        verschuivingen.versie_van,
        verschuivingen.versie_naar,
        gebieden.gebied as iza_regio,
        verschuivingen.cluster_van,
        verschuivingen.cluster_naar
        {%- for maat in maten %},
        verschuivingen.{{ maat }}
        {%- endfor %}
    from verschuivingen
    inner join gebieden on verschuivingen.iza_regio = gebieden.iza_regio
),

sommen as (
    {{ jaarsom('leden', ['versie_van', 'versie_naar', 'iza_regio', 'cluster_van', 'cluster_naar'], maten) }}
),

met_geheel as (
    select
        *
        {%- for maat in maten %},
        cast(sum(cast({{ maat }} as decimal(28, 2))) over venster as double) as {{ maat }}_geheel,
        cast(sum(cast(case when cluster_van <> cluster_naar then {{ maat }} else 0 end as decimal(28, 2))) over venster as double)
            as {{ maat }}_verschoven
        {%- endfor %}
    from sommen
    window venster as (partition by versie_van, versie_naar, maand, iza_regio)
)

select
    *
    {%- for maat in maten %},
    {{ verhouding(maat ~ '_verschoven', maat ~ '_geheel') }} as {{ maat }}_deel_verschoven
    {%- endfor %}
from met_geheel
