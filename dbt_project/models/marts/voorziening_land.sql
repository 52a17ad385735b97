with sommen as (
    {{ land('voorziening_maand', 'bedden', ['bedtype', 'wet', 'beveiligingsniveau', 'capaciteit_type', 'cluster'], tellingen=beddensommen()) }}
)

select
    *,
    {{ verhouding('bezette_dagen', 'beschikbare_dagen') }} as bezettingsgraad
from sommen
