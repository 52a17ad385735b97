-- twee maanden zijn te vergelijken waar dezelfde leveranciers leverden
with leveringen as (
    select distinct bron, aanlevermaand, iza_regio, leverancier
    from {{ ref('stg_levering') }}
    where status = 'actief'
)

select
    bron,
    aanlevermaand as maand,
    iza_regio,
    {{ samengevoegd('leverancier', ' ') }} as leveranciers
from leveringen
group by bron, aanlevermaand, iza_regio
