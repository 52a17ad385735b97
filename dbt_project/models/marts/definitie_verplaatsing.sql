-- wat er onder een andere versie dan de standaard verschuift
select
    versie_naar as versie,
    maand,
    iza_regio,
    agb_vestiging,
    regel_van,
    cluster_van,
    regel_naar,
    cluster_naar,
    prestaties,
    verblijfsdagen,
    contacten
from {{ ref('int_versiepaar_verplaatst') }}
where versie_van = {{ standaardversie() }}
