{{ config(materialized='view') }}

-- elk paar één keer: de standaard gaat voorop, dan de naam
with versies as (
    select
        *,
        row_number() over (order by case when is_standaard then 0 else 1 end, versie) as volgnummer
    from {{ ref('int_versie') }}
)

select
    van.versie as versie_van,
    naar.versie as versie_naar
from versies as van
inner join versies as naar on van.volgnummer < naar.volgnummer
