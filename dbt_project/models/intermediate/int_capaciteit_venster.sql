with maanden as (
    select * from {{ ref('int_capaciteit_cel_maand') }}
)

-- enkel de maanden van het venster waarvoor bedden is geleverd; wie er geen heeft, heeft hier geen rij
select
    maanden.maand,
    maanden.iza_regio,
    maanden.cel,
    count(*) as maanden_basis,
    cast(sum(venster.dagen) as bigint) as dagen,
    cast(sum(venster.bezette_dagen) as bigint) as bezette_dagen,
    cast(sum(venster.uitgestelde_dagen) as bigint) as uitgestelde_dagen,
    cast(sum(venster.opnames) as bigint) as opnames,
    cast(sum(case when venster.geleverd_wachtlijst then venster.dagen else 0 end) as bigint) as dagen_wachtlijst,
    cast(sum(case when venster.geleverd_wachtlijst then venster.uitval_exclusie end) as bigint) as uitval_exclusie,
    min(case when venster.geleverd_wachtlijst then venster.laatste_dag end) as eerste_peildag,
    max(case when venster.geleverd_wachtlijst then venster.laatste_dag end) as laatste_peildag
from maanden
inner join maanden as venster
    on maanden.iza_regio = venster.iza_regio
    and maanden.cel = venster.cel
    and venster.volgnummer <= maanden.volgnummer
    and venster.volgnummer > maanden.volgnummer - {{ norm('venster_maanden') }}
    and venster.geleverd
group by maanden.maand, maanden.iza_regio, maanden.cel
