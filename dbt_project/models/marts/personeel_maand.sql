{%- set fte = ['fte_formatie', 'fte_bezet', 'fte_vacature', 'fte_extern'] -%}

with personeel as (
    select * from {{ ref('stg_personeel') }}
),

-- personeel noemt geen wet: Zvw (spec 1.9)
clusters as (
    select * from {{ ref('int_bedtype_cluster') }} where is_standaard
),

sommen as (
    select
        personeel.maand,
        personeel.iza_regio,
        clusters.cluster,
        personeel.functie,
        {%- for kolom in fte %}
        cast(sum(cast(personeel.{{ kolom }} as decimal(18, 6))) as double) as {{ kolom }},
        {%- endfor %}
        cast(sum(personeel.anw_diensten) as bigint) as anw_diensten,
        cast(sum(personeel.anw_ingevuld) as bigint) as anw_ingevuld
    from personeel
    inner join clusters on personeel.bedtype = clusters.bedtype
    group by personeel.maand, personeel.iza_regio, clusters.cluster, personeel.functie
)

select
    maand,
    iza_regio,
    cluster,
    functie,
    {%- for kolom in fte %}
    {{ kolom }},
    {%- endfor %}
    anw_diensten,
    anw_ingevuld,
    {{ verhouding('fte_vacature', 'fte_formatie') }} as aandeel_vacature,
    {{ verhouding('anw_ingevuld', 'anw_diensten') }} as anw_dekking
from sommen
