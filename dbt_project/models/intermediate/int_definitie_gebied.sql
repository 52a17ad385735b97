-- definitie_effect, met het land en de zes clusters samen erbij. Personen tellen over clusters en regio's niet op; een tekort wel:
-- wat de een over heeft helpt een ander niet.
with effecten as (
    select * from {{ ref('definitie_effect') }}
),

gebieden as (
    select * from {{ ref('int_gebied') }}
),

groepen as (
    select * from {{ ref('int_clustergroep') }} where groep <> 'zes_clusters_en_niet_cruciaal'
),

stromen as (
    select maand, iza_regio, cluster, status, uitstroom_bepaald, uitstroom_bepaald_vanaf, aanloop
    from {{ ref('stroom_maand') }}
    union all
    select maand, iza_regio, cluster, status, uitstroom_bepaald, uitstroom_bepaald_vanaf, aanloop
    from {{ ref('stroom_maand_totaal') }}
),

sommen as (
    select
        effecten.versie,
        effecten.maand,
        gebieden.gebied as iza_regio,
        groepen.groep as cluster,
        {%- for cijfer in definitiecijfers() %}
        {%- if cijfer.kolom == 'personen' %}
        case when count(*) = 1 then max(effecten.personen) end as personen,
        {%- elif cijfer.kolom == 'tekort' %}
        case
            when count(*) = 1 then max(effecten.tekort)
            else cast(sum(case when effecten.tekort > 0 then effecten.tekort when effecten.tekort <= 0 then 0 end) as bigint)
        end as tekort,
        {%- else %}
        {{ som_van('effecten.' ~ cijfer.kolom, cijfer.is_heel) }} as {{ cijfer.kolom }},
        {%- endif %}
        {%- endfor %}
        {%- for bron in definitiecijfers() | map(attribute='bron') | unique %}
        count(distinct case when effecten.geleverd_{{ bron }} then effecten.iza_regio end) as regios_{{ bron }},
        {%- endfor %}
        count(distinct effecten.iza_regio) as regios
    from effecten
    inner join gebieden on effecten.iza_regio = gebieden.iza_regio
    inner join groepen on effecten.cluster = groepen.cluster
    group by effecten.versie, effecten.maand, gebieden.gebied, groepen.groep
)

select
    sommen.*,
    stromen.status,
    stromen.uitstroom_bepaald,
    stromen.uitstroom_bepaald_vanaf,
    stromen.aanloop
from sommen
inner join stromen
    on sommen.maand = stromen.maand and sommen.iza_regio = stromen.iza_regio and sommen.cluster = stromen.cluster
