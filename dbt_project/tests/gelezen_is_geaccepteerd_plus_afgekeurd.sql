-- Niets verdwijnt in stilte: voor elke aanlevering is gelezen = geaccepteerd + afgekeurd (spec 1.7).
select *
from {{ ref('aanlevering') }}
where rijen_geaccepteerd + rijen_afgekeurd <> rijen_gelezen
