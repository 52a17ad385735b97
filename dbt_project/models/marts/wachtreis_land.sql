select
    maand,
    iza_regio,
    personen,
    wachtplekken,
    personen_meer_plekken,
    gemiddeld_weken,
    mediaan_weken,
    p90_weken,
    boven_treeknorm,
    doorverwezen,
    regios_geleverd
from {{ ref('wachtreis_maand') }}
where iza_regio = 'NL'
