{{ config(materialized='view') }}

-- Elke wachtplek in elke momentopname naast haar vorige en haar volgende: wat er met haar gebeurde dat niet kan, of dat stilstaat.
-- Bevindingen, geen verbeteringen: de cijfers nemen de lijst zoals zij is aangeleverd.
with wachtplekken as (
    select
        *,
        {{ laatste_dag_van('maand') }} as laatste_dag,
        lag(maand) over wachtplek as vorige_maand,
        lag(is_open) over wachtplek as was_open,
        lead(maand) over wachtplek as volgende_maand
    from {{ ref('int_wachtplek') }}
    window wachtplek as (partition by agb_vestiging, wachtplek_id, patient_pseudoniem order by maand)
),

-- datums die geen dag zijn, maar een leeg veld dat gevuld moest worden
plaatshouders as (
    select cast(waarde as date) as datum from {{ ref('plaatshouder') }} where soort = 'datum'
),

met_plaatshouder as (
    select distinct wachtplekken.maand, wachtplekken.agb_vestiging, wachtplekken.wachtplek_id
    from wachtplekken
    inner join plaatshouders
        on plaatshouders.datum = wachtplekken.aanmelddatum
        or plaatshouders.datum = wachtplekken.intakedatum
        or plaatshouders.datum = wachtplekken.startdatum_behandeling
        or plaatshouders.datum = wachtplekken.einddatum
)

select
    wachtplekken.maand,
    wachtplekken.iza_regio,
    wachtplekken.leverancier,
    wachtplekken.agb_vestiging,
    wachtplekken.wachtplek_id,
    wachtplekken.vorige_maand,
    -- staat op de laatste dag open en is er de maand erna niet meer
    wachtplekken.is_open
    and coalesce(wachtplekken.volgende_maand > {{ maanden_later('wachtplekken.maand', 1) }}, true) as verdwijnt,
    -- was geëindigd en is weer open
    coalesce(wachtplekken.is_open and not wachtplekken.was_open, false) as is_heropend,
    -- sloeg een of meer maanden over
    coalesce(wachtplekken.vorige_maand < {{ maanden_later('wachtplekken.maand', -1) }}, false) as was_weg,
    wachtplekken.is_open
    and greatest(
        wachtplekken.aanmelddatum,
        case when wachtplekken.intakedatum <= wachtplekken.laatste_dag then wachtplekken.intakedatum else wachtplekken.aanmelddatum end
    ) <= {{ maanden_later('wachtplekken.laatste_dag', '-1 * ' ~ norm_kwaliteit('zonder_beweging_maanden')) }} as staat_stil,
    met_plaatshouder.maand is not null
    or coalesce(extract(year from wachtplekken.aanmelddatum) < wachtplekken.geboortejaar, false) as heeft_plaatshouder
from wachtplekken
left join met_plaatshouder
    on wachtplekken.maand = met_plaatshouder.maand
    and wachtplekken.agb_vestiging = met_plaatshouder.agb_vestiging
    and wachtplekken.wachtplek_id = met_plaatshouder.wachtplek_id
