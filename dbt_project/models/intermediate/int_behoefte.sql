{%- set min_opnames = norm('min_opnames') -%}

with maanden as (
    select * from {{ ref('int_capaciteit_cel_maand') }}
),

vensters as (
    select * from {{ ref('int_capaciteit_venster') }}
),

landelijk as (
    select maand, cel, sum(bezette_dagen) as bezette_dagen, sum(opnames) as opnames
    from vensters
    group by maand, cel
),

-- in gebruik, en hoe lang iemand blijft: bij te weinig opnames zoals in alle regio's samen
in_gebruik as (
    select
        vensters.*,
        {{ verhouding('vensters.bezette_dagen', 'vensters.dagen') }} as bezet,
        {{ verhouding('vensters.uitgestelde_dagen', 'vensters.dagen') }} as uitgesteld,
        {{ verhouding('vensters.opnames', 'vensters.dagen') }} as opnames_per_dag,
        vensters.opnames < {{ min_opnames }} as verblijfsduur_landelijk,
        case
            when vensters.opnames >= {{ min_opnames }} then {{ verhouding('vensters.bezette_dagen', 'vensters.opnames') }}
            when landelijk.opnames >= {{ min_opnames }} then {{ verhouding('landelijk.bezette_dagen', 'landelijk.opnames') }}
            -- ook landelijk te weinig opnames: de duur is onbekend
        end as verblijfsduur_dagen
    from vensters
    inner join landelijk on vensters.maand = landelijk.maand and vensters.cel = landelijk.cel
),

-- standen en geen stromen: een plek die van de lijst verdwijnt, wacht niet meer
met_wachtlijst as (
    select
        in_gebruik.*,
        case
            when in_gebruik.laatste_peildag is null then null
            when in_gebruik.laatste_peildag = in_gebruik.eerste_peildag then 0
            else greatest(0, {{ verhouding(
                'laatste.wachtplekken - eerste.wachtplekken',
                dagen_tussen('in_gebruik.eerste_peildag', 'in_gebruik.laatste_peildag')
            ) }})
        end as groei_per_dag,
        {{ verhouding('in_gebruik.uitval_exclusie', 'in_gebruik.dagen_wachtlijst') }} as geweigerd_per_dag,
        case
            when in_gebruik.laatste_peildag is null then null
            when laatste.wachtplekken = 0 then 1
            -- plekken zijn geen personen
            else {{ verhouding('laatste.unieke_wachtenden', 'laatste.wachtplekken') }}
        end as aandeel_uniek
    from in_gebruik
    left join maanden as eerste
        on in_gebruik.eerste_peildag = eerste.laatste_dag
        and in_gebruik.iza_regio = eerste.iza_regio and in_gebruik.cel = eerste.cel
    left join maanden as laatste
        on in_gebruik.laatste_peildag = laatste.laatste_dag
        and in_gebruik.iza_regio = laatste.iza_regio and in_gebruik.cel = laatste.cel
),

met_onvervuld as (
    select
        *,
        (groei_per_dag + geweigerd_per_dag) * aandeel_uniek * verblijfsduur_dagen as onvervuld
    from met_wachtlijst
)

select
    maanden.maand,
    maanden.iza_regio,
    maanden.cel,
    maanden.cluster,
    maanden.capaciteit_type,
    coalesce(met_onvervuld.maanden_basis, 0) as maanden_basis,
    met_onvervuld.dagen,
    met_onvervuld.dagen_wachtlijst,
    met_onvervuld.bezet,
    met_onvervuld.uitgesteld,
    met_onvervuld.opnames_per_dag,
    met_onvervuld.verblijfsduur_dagen,
    met_onvervuld.verblijfsduur_landelijk,
    cast(met_onvervuld.groei_per_dag as double) as groei_per_dag,
    met_onvervuld.geweigerd_per_dag,
    cast(met_onvervuld.aandeel_uniek as double) as aandeel_uniek,
    met_onvervuld.onvervuld,
    met_onvervuld.bezet + coalesce(met_onvervuld.onvervuld, 0) as belasting,
    case
        when met_onvervuld.bezet + coalesce(met_onvervuld.onvervuld, 0) < met_onvervuld.uitgesteld then 0
        else met_onvervuld.bezet + coalesce(met_onvervuld.onvervuld, 0) - met_onvervuld.uitgesteld
    end as belasting_tijdig,
    case when maanden.geleverd then maanden.operationeel end as beschikbaar,
    case when maanden.geleverd then maanden.erkend end as erkend,
    maanden.geleverd
from maanden
left join met_onvervuld
    on maanden.maand = met_onvervuld.maand
    and maanden.iza_regio = met_onvervuld.iza_regio
    and maanden.cel = met_onvervuld.cel
