with bedden as (
    select * from {{ ref('int_bedden') }}
),

maanden as (
    select * from {{ ref('int_maand') }}
),

voorzieningen as (
    select
        maand,
        iza_regio,
        bedtype,
        wet,
        beveiligingsniveau,
        capaciteit_type,
        cluster,
        count(*) as afdelingen,
        count(distinct agb_vestiging) as vestigingen
        {%- for kolom in beddensommen() %},
        cast(sum({{ kolom }}) as bigint) as {{ kolom }}
        {%- endfor %}
    from bedden
    group by maand, iza_regio, bedtype, wet, beveiligingsniveau, capaciteit_type, cluster
)

select
    voorzieningen.*,
    {{ verhouding('voorzieningen.bezette_dagen', 'voorzieningen.beschikbare_dagen') }} as bezettingsgraad,
    {{ verhouding('voorzieningen.uitgestelde_dagen', 'voorzieningen.bezette_dagen') }} as aandeel_uitgesteld,
    {{ verhouding('voorzieningen.uitgestelde_dagen', 'maanden.dagen') }} as vrij_te_spelen
from voorzieningen
inner join maanden on voorzieningen.maand = maanden.maand
