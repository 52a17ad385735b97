with regels as (
    select
        *,
        concat_ws(
            ', '
            {%- for kolom in kenmerkkolommen() if kolom != 'beveiligingsniveau' %},
            case when {{ kolom }} is not null then '{{ kolom }} ' || {{ kolom }} end
            {%- endfor %},
            case
                when beveiligingsniveau_vanaf is not null
                    then 'beveiligingsniveau vanaf ' || cast(beveiligingsniveau_vanaf as string)
            end
        ) as eisen
    from {{ met_eigen('cluster_regel') }} as rijen
)

-- rijen met één volgorde zijn alternatieve voorwaarden van één regel
select
    versie,
    regel,
    volgorde,
    cluster,
    zekerheid,
    {{ samengevoegd('eisen', ' of ') }} as eisen
from regels
group by versie, regel, volgorde, cluster, zekerheid
