with gemeenten as (
    select * from {{ ref('gemeente_iza_regio') }}
),

historie as (
    select
        gemeente_code,
        jaar,
        iza_regio,
        lag(iza_regio) over (partition by gemeente_code order by jaar) as vorige_regio
    from {{ ref('gemeente_iza_regio_jaar') }}
),

-- alleen de jaren waarin een gemeente van regio wisselt, en haar eerste bekende jaar
wisselingen as (
    select
        gemeente_code,
        jaar,
        iza_regio,
        vorige_regio,
        lead(jaar) over (partition by gemeente_code order by jaar) as volgend_jaar
    from historie
    where vorige_regio is null or vorige_regio <> iza_regio
),

-- de laatst bekende regio is die van gemeente_iza_regio, en geldt door: ook voor een gemeente die is opgegaan in een andere
perioden as (
    select
        gemeenten.gemeente_code,
        case when wisselingen.volgend_jaar is null then gemeenten.iza_regio else wisselingen.iza_regio end as iza_regio,
        -- van voor het eerste bekende jaar is niets anders bekend
        case when wisselingen.vorige_regio is not null then wisselingen.jaar end as vanaf_jaar,
        wisselingen.volgend_jaar - 1 as tot_en_met_jaar
    from gemeenten
    left join wisselingen on gemeenten.gemeente_code = wisselingen.gemeente_code
)

select
    gemeente_code,
    iza_regio,
    coalesce(cast(cast(vanaf_jaar as string) || '-01-01' as date), date '0001-01-01') as geldig_van,
    coalesce(cast(cast(tot_en_met_jaar as string) || '-12-31' as date), date '9999-12-31') as geldig_tot
from perioden
