{%- set tellingen = [
    'bezette_dagen', 'opnames', 'ontslagen', 'opnames_buiten_regio', 'heropnames_30d', 'separaties', 'gedwongen_medicatie',
    'uitgestelde_dagen'
] -%}

with sommen as (
    {{ land('hic_maand', 'hic_monitor', ['eenheid_type'], vrij=['eenheden', 'capaciteit'], tellingen=tellingen) }}
),

maanden as (
    select * from {{ ref('int_maand') }}
)

select
    sommen.*,
    {{ verhouding('sommen.bezette_dagen', 'sommen.capaciteit * maanden.dagen') }} as bezettingsgraad,
    {{ verhouding('sommen.separaties * 1000', 'sommen.bezette_dagen') }} as separaties_per_1000_dagen
from sommen
inner join maanden on sommen.maand = maanden.maand
