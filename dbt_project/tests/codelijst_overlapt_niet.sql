-- Eén prestatiecode geldt op elke dag hooguit één keer: anders telt een declaratie dubbel.
with codelijst as (
    select
        prestatiecode,
        omschrijving,
        coalesce(geldig_van, date '0001-01-01') as geldig_van,
        coalesce(geldig_tot, date '9999-12-31') as geldig_tot,
        row_number() over (partition by prestatiecode order by geldig_van, geldig_tot, omschrijving) as volgnummer
    from {{ ref('zpm_prestatie') }}
)

select eerste.prestatiecode, eerste.geldig_van, tweede.geldig_van as ook_geldig_van
from codelijst as eerste
inner join codelijst as tweede
    on eerste.prestatiecode = tweede.prestatiecode
    and eerste.volgnummer < tweede.volgnummer
    and eerste.geldig_van <= tweede.geldig_tot
    and tweede.geldig_van <= eerste.geldig_tot
