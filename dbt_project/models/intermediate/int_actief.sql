select distinct
    bron,
    aanlevermaand as maand,
    iza_regio
from {{ ref('stg_levering') }}
where status = 'actief'
