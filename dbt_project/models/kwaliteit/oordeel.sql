select
    volgnummer,
    bevinding,
    status,
    auteur,
    moment,
    reden,
    einddatum,
    omvang,
    maand
from {{ source('toetsing', 'oordeel') }}
