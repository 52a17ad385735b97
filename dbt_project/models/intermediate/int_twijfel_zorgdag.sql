with prestaties as (
    select * from {{ ref('int_prestatie_kenmerk') }}
),

twijfels as (
    select * from {{ ref('int_twijfel_kenmerk') }}
)

select
    twijfels.twijfel,
    twijfels.cluster,
    twijfels.alternatief,
    prestaties.maand,
    prestaties.iza_regio,
    prestaties.patient_nr,
    prestaties.begindatum as zorgdag,
    count(*) as prestaties,
    sum(case when prestaties.is_verblijfsdag then 1 else 0 end) as verblijfsdagen,
    sum(prestaties.bedrag) as bedrag
from prestaties
inner join twijfels on prestaties.kenmerken = twijfels.kenmerken
group by
    twijfels.twijfel, twijfels.cluster, twijfels.alternatief,
    prestaties.maand, prestaties.iza_regio, prestaties.patient_nr, prestaties.begindatum
