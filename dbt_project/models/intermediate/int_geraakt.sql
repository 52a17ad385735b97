-- Van wie, en in welke maand van zorg, declaraties anders kunnen uitpakken door de gewijzigde leveringen. Leeg als alles geheel wordt
-- gemaakt.
with geraakt as (
    {{ geraakte_leveringen() }}
),

rijen as (
    select
        rijen.bestand,
        rijen.patient_pseudoniem,
        {{ maand_van('rijen.begindatum') }} as maand,
        rijen.agb_vestiging,
        leveringen.leverancier,
        rijen.declaratie_id,
        rijen.gerelateerd_declaratie_id
    from {{ source('aanlevering', 'declaraties') }} as rijen
    inner join {{ ref('stg_levering') }} as leveringen on rijen.bestand = leveringen.bestand and leveringen.code is null
    {%- if not bijwerken() %}
    where false
    {%- endif %}
),

eigen as (
    select * from rijen where bestand in (select bestand from geraakt)
),

-- wie een declaratie intrekt, of haar kenmerk nog eens gebruikt, raakt ook de rij van een andere levering
kenmerken as (
    select leverancier, declaratie_id from eigen
    union
    select leverancier, gerelateerd_declaratie_id as declaratie_id from eigen where gerelateerd_declaratie_id is not null
),

-- wat een vestiging in een maand opgeeft, geldt voor al haar prestaties van die maand
vestigingen as (
    select agb_vestiging, maand from {{ source('aanlevering', 'hic_monitor') }} where bestand in (select bestand from geraakt)
    union
    select agb_vestiging, maand from {{ source('aanlevering', 'bedden') }} where bestand in (select bestand from geraakt)
),

-- de gemeente van wie in een 573-bericht staat, wordt ernaast geleverd
verzekerden as (
    select distinct patient as patient_pseudoniem
    from {{ source('aanlevering', 'verzekerden') }}
    where bestand in (select bestand from geraakt)
),

alle as (
    select patient_pseudoniem, maand from eigen
    union
    select rijen.patient_pseudoniem, rijen.maand
    from rijen
    inner join kenmerken on rijen.leverancier = kenmerken.leverancier and rijen.declaratie_id = kenmerken.declaratie_id
    union
    select rijen.patient_pseudoniem, rijen.maand
    from rijen
    inner join vestigingen
        on rijen.agb_vestiging = vestigingen.agb_vestiging
        and {{ maandtekst('rijen.maand') }} = vestigingen.maand
    union
    select rijen.patient_pseudoniem, rijen.maand
    from rijen
    inner join verzekerden on rijen.patient_pseudoniem = verzekerden.patient_pseudoniem
)

-- een intrekking in een 573-bericht noemt geen patiënt: die is van de rij die zij intrekt
select patient_pseudoniem, maand
from alle
where patient_pseudoniem is not null and maand is not null
