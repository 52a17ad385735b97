{{ config(materialized='table') }}
-- depends_on: {{ source('beheer', 'geraakt') }}

/*
  Het oordeel A04 (spec 1.7): van de rijen met één sleutel blijft de eerste. Rijen zonder andere code gaan voor, dan
  aanlevermaand, iza_regio, leverancier, rijnummer. Eerst tellen en dan pas rangschikken: landelijk zijn er tientallen
  miljoenen sleutels en bijna geen dubbele. Wordt de tabel bijgewerkt, dan kan alleen dubbel zijn wat in een gewijzigde levering
  staat of al dubbel was.
*/
with leveringen as (
    select
        leveringen.bestand,
        leveringen.aanlevermaand,
        leveringen.iza_regio,
        leveringen.leverancier,
        case
            -- een vervangen aanlevering wordt op zichzelf beoordeeld
            when leveringen.status <> 'actief' or bronnen.uniek_binnen = 'bestand' then leveringen.bestand
            when bronnen.uniek_binnen = 'leverancier' then leveringen.leverancier
            -- alle actieve aanleveringen van de bron samen
            else ''
        end as binnen
    from {{ ref('stg_levering') }} as leveringen
    inner join {{ source('aanlevering', 'bron') }} as bronnen on leveringen.bron = bronnen.bron
    where leveringen.code is null
),

{%- if wordt_bijgewerkt() %}

kandidaten as (
    select bron, sleutel
    from {{ source('aanlevering', 'rij') }}
    where bestand in ({{ geraakte_leveringen() }})
    union
    select bron, sleutel from {{ this }}
),
{%- endif %}

vaker as (
    select rijen.bron, leveringen.binnen, rijen.sleutel
    from {{ source('aanlevering', 'rij') }} as rijen
    inner join leveringen on rijen.bestand = leveringen.bestand
    {%- if wordt_bijgewerkt() %}
    inner join kandidaten on rijen.bron = kandidaten.bron and rijen.sleutel = kandidaten.sleutel
    {%- endif %}
    where rijen.sleutel is not null
    group by rijen.bron, leveringen.binnen, rijen.sleutel
    having count(*) > 1
),

rangen as (
    select
        rijen.bestand,
        rijen.rijnummer,
        rijen.codes,
        rijen.bron,
        rijen.sleutel,
        row_number() over (
            partition by rijen.bron, leveringen.binnen, rijen.sleutel
            order by
                case when rijen.codes is null then 0 else 1 end,
                leveringen.aanlevermaand, leveringen.iza_regio, leveringen.leverancier, rijen.rijnummer
        ) as rang
    from {{ source('aanlevering', 'rij') }} as rijen
    inner join leveringen on rijen.bestand = leveringen.bestand
    inner join vaker
        on rijen.bron = vaker.bron
        and leveringen.binnen = vaker.binnen
        and rijen.sleutel = vaker.sleutel
)

select
    bestand,
    rijnummer,
    codes,
    bron,
    sleutel
from rangen
where rang > 1
