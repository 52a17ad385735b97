with cellen as (
    select distinct cel, cluster, capaciteit_type from {{ ref('int_capaciteit_cel') }}
),

bedtypen as (
    select distinct cellen.cel, cellen.capaciteit_type, kaart.bedtype
    from {{ ref('int_capaciteit_cel') }} as cellen
    inner join {{ ref('int_bedtype_cluster') }} as kaart
        on cellen.versie = kaart.versie and cellen.cluster = kaart.cluster
),

zorgvormen as (
    select distinct cellen.cel, kaart.zorgvorm
    from {{ ref('int_capaciteit_cel') }} as cellen
    inner join {{ ref('int_zorgvorm_cluster') }} as kaart
        on cellen.versie = kaart.versie and cellen.cluster = kaart.cluster
        and cellen.capaciteit_type = kaart.capaciteit_type
),

maanden as (
    select * from {{ ref('int_maand') }}
),

regios as (
    select * from {{ ref('iza_regio') }}
),

plaatsen as (
    select
        bedden.maand,
        bedden.iza_regio,
        bedtypen.cel,
        sum(bedden.operationeel) as operationeel,
        sum(bedden.erkend) as erkend,
        sum(bedden.bezette_dagen) as bezette_dagen,
        sum(bedden.gesloten) as gesloten,
        sum(bedden.opnames) as opnames,
        sum(bedden.ontslagen) as ontslagen,
        sum(bedden.uitgestelde_dagen) as uitgestelde_dagen
    from {{ ref('int_bedden') }} as bedden
    inner join bedtypen
        on bedden.bedtype = bedtypen.bedtype and bedden.capaciteit_type = bedtypen.capaciteit_type
    where bedden.wet = 'Zvw'
    group by bedden.maand, bedden.iza_regio, bedtypen.cel
),

wachtplekken as (
    select
        plekken.maand,
        plekken.iza_regio,
        zorgvormen.cel,
        count(case when plekken.is_open then 1 end) as wachtplekken,
        count(distinct case when plekken.is_open then plekken.patient_pseudoniem end) as unieke_wachtenden,
        count(case when plekken.is_uitval then 1 end) as uitval,
        count(case when plekken.is_uitval_exclusie then 1 end) as uitval_exclusie
    from {{ ref('int_wachtplek') }} as plekken
    inner join zorgvormen on plekken.zorgvorm = zorgvormen.zorgvorm
    group by plekken.maand, plekken.iza_regio, zorgvormen.cel
),

bedden_geleverd as (
    select * from {{ ref('int_geleverd') }} where bron = 'bedden'
),

wachtlijst_geleverd as (
    select * from {{ ref('int_geleverd') }} where bron = 'wachtlijst'
)

select
    maanden.maand,
    maanden.volgnummer,
    maanden.laatste_dag,
    maanden.dagen,
    regios.iza_regio,
    cellen.cel,
    cellen.cluster,
    cellen.capaciteit_type,
    bedden_geleverd.maand is not null as geleverd,
    wachtlijst_geleverd.maand is not null as geleverd_wachtlijst,
    {%- for kolom in ['operationeel', 'erkend', 'gesloten', 'bezette_dagen', 'opnames', 'ontslagen', 'uitgestelde_dagen'] %}
    cast(coalesce(plaatsen.{{ kolom }}, 0) as bigint) as {{ kolom }},
    {%- endfor %}
    coalesce(wachtplekken.wachtplekken, 0) as wachtplekken,
    coalesce(wachtplekken.unieke_wachtenden, 0) as unieke_wachtenden,
    coalesce(wachtplekken.uitval, 0) as uitval,
    coalesce(wachtplekken.uitval_exclusie, 0) as uitval_exclusie
from maanden
cross join regios
cross join cellen
left join plaatsen
    on maanden.maand = plaatsen.maand and regios.iza_regio = plaatsen.iza_regio and cellen.cel = plaatsen.cel
left join wachtplekken
    on maanden.maand = wachtplekken.maand and regios.iza_regio = wachtplekken.iza_regio
    and cellen.cel = wachtplekken.cel
left join bedden_geleverd
    on maanden.maand = bedden_geleverd.maand and regios.iza_regio = bedden_geleverd.iza_regio
left join wachtlijst_geleverd
    on maanden.maand = wachtlijst_geleverd.maand and regios.iza_regio = wachtlijst_geleverd.iza_regio
