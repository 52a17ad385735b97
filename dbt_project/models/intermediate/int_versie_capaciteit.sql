{%- set uit_bedden = [
    'operationeel', 'gesloten', 'bezette_dagen', 'uitgestelde_dagen', 'opnames', 'ontslagen'
] -%}

with cellen as (
    select * from {{ ref('int_capaciteit_cel') }}
),

maanden as (
    select * from {{ ref('int_capaciteit_cel_maand') }}
),

behoeften as (
    select
        *,
        {{ verhouding('belasting', 'verblijfsduur_dagen') }} as aankomsten_per_dag
    from {{ ref('int_benodigde_capaciteit') }}
),

plaatsen as (
    select
        cellen.versie,
        maanden.maand,
        maanden.iza_regio,
        cellen.cluster,
        max(maanden.dagen) as dagen
        {%- for kolom in uit_bedden %},
        cast(sum(case when maanden.geleverd then maanden.{{ kolom }} end) as bigint) as {{ kolom }}
        {%- endfor %}
        {%- for kolom in ['wachtplekken', 'uitval'] %},
        cast(sum(case when maanden.geleverd_wachtlijst then maanden.{{ kolom }} end) as bigint) as {{ kolom }}
        {%- endfor %}
    from cellen
    inner join maanden on cellen.cel = maanden.cel
    group by cellen.versie, maanden.maand, maanden.iza_regio, cellen.cluster
),

nodig as (
    select
        versie,
        maand,
        iza_regio,
        cluster,
        sum(aankomsten_per_dag) as aankomsten_per_dag,
        sum(case when aankomsten_per_dag is not null then belasting end) as belasting_met_duur,
        sum(belasting) as belasting,
        cast(sum(benodigd) as bigint) as benodigd,
        cast(sum(beschikbaar) as bigint) as beschikbaar
    from behoeften
    group by versie, maand, iza_regio, cluster
)

select
    plaatsen.versie,
    plaatsen.maand,
    plaatsen.iza_regio,
    plaatsen.cluster,
    {%- for kolom in uit_bedden %}
    plaatsen.{{ kolom }},
    {%- endfor %}
    {{ verhouding('plaatsen.bezette_dagen', 'plaatsen.dagen') }} as bezet,
    plaatsen.wachtplekken,
    plaatsen.uitval,
    nodig.aankomsten_per_dag,
    -- de wet van Little: van de capaciteit_typen samen
    {{ verhouding('nodig.belasting_met_duur', 'nodig.aankomsten_per_dag') }} as verblijfsduur_dagen,
    nodig.belasting,
    nodig.benodigd,
    nodig.beschikbaar,
    nodig.benodigd - nodig.beschikbaar as tekort
from plaatsen
inner join nodig
    on plaatsen.versie = nodig.versie
    and plaatsen.maand = nodig.maand
    and plaatsen.iza_regio = nodig.iza_regio
    and plaatsen.cluster = nodig.cluster
