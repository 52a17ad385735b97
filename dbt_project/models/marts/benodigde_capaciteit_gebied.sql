with behoeften as (
    select * from {{ ref('int_behoefte_gebied') }}
),

benodigd as (
    select * from {{ ref('int_benodigd') }} where niveau = 'zorggebied'
),

zorggebieden as (
    select * from {{ ref('zorggebied') }}
),

regionaal as (
    select
        capaciteit.maand,
        zorggebieden.zorggebied,
        capaciteit.cluster,
        capaciteit.capaciteit_type,
        cast(sum(capaciteit.benodigd) as bigint) as benodigd
    from {{ ref('benodigde_capaciteit') }} as capaciteit
    inner join zorggebieden
        on capaciteit.cluster = zorggebieden.cluster and capaciteit.iza_regio = zorggebieden.iza_regio
    where capaciteit.geleverd
    group by capaciteit.maand, zorggebieden.zorggebied, capaciteit.cluster, capaciteit.capaciteit_type
)

select
    behoeften.maand,
    behoeften.zorggebied,
    behoeften.cluster,
    behoeften.capaciteit_type,
    behoeften.regios,
    behoeften.regios_geleverd,
    behoeften.bezet,
    behoeften.uitgesteld,
    behoeften.onvervuld,
    behoeften.belasting,
    behoeften.belasting_tijdig,
    benodigd.benodigd_bezetting,
    benodigd.benodigd_erlang,
    benodigd.benodigd,
    benodigd.benodigd_tijdig,
    benodigd.kans_vol,
    behoeften.beschikbaar,
    behoeften.erkend,
    benodigd.tekort,
    benodigd.tekort_tijdig,
    regionaal.benodigd as benodigd_regionaal,
    regionaal.benodigd - benodigd.benodigd as samenvoegwinst
from behoeften
left join benodigd
    on behoeften.maand = benodigd.maand and behoeften.zorggebied = benodigd.gebied and behoeften.cel = benodigd.cel
left join regionaal
    on behoeften.maand = regionaal.maand and behoeften.zorggebied = regionaal.zorggebied
    and behoeften.cluster = regionaal.cluster and behoeften.capaciteit_type = regionaal.capaciteit_type
