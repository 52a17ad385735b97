with zorgdagen as (
    select * from {{ ref('int_versie_zorgdag') }}
),

patienten as (
    select * from {{ ref('int_patient') }}
),

peildatums as (
    select * from {{ ref('int_peildatum') }}
),

clusters as (
    select
        cluster.cluster,
        cluster.volgorde as cluster_volgorde,
        episode_parameter.waarde as max_gat_dagen
    from {{ ref('cluster') }} as cluster
    inner join {{ ref('episode_parameter') }} as episode_parameter
        on cluster.cluster = episode_parameter.cluster
        and episode_parameter.parameter = 'max_gat_dagen'
),

met_vorige as (
    select
        *,
        lag(zorgdag) over (partition by versie, patient_nr, iza_regio, cluster order by zorgdag) as vorige_zorgdag
    from zorgdagen
),

met_nummer as (
    select
        met_vorige.*,
        clusters.cluster_volgorde,
        clusters.max_gat_dagen,
        sum(
            case
                when {{ dagen_tussen('met_vorige.vorige_zorgdag', 'met_vorige.zorgdag') }} <= clusters.max_gat_dagen
                    then 0
                -- de eerste zorgdag, of na een te groot gat
                else 1
            end
        ) over (
            partition by met_vorige.versie, met_vorige.patient_nr, met_vorige.iza_regio, met_vorige.cluster
            order by met_vorige.zorgdag
            rows unbounded preceding
        ) as episode_nr
    from met_vorige
    inner join clusters on met_vorige.cluster = clusters.cluster
),

episodes as (
    select
        versie,
        patient_nr,
        iza_regio,
        cluster,
        cluster_volgorde,
        max_gat_dagen,
        min(zorgdag) as begindatum,
        max(zorgdag) as laatste_zorgdag,
        count(*) as zorgdagen
    from met_nummer
    group by versie, patient_nr, iza_regio, cluster, cluster_volgorde, max_gat_dagen, episode_nr
),

met_open as (
    select
        episodes.*,
        patienten.patient_pseudoniem,
        {{ dagen_later('episodes.laatste_zorgdag', 'episodes.max_gat_dagen') }} >= peildatums.peildatum as is_open
    from episodes
    inner join patienten on episodes.patient_nr = patienten.patient_nr
    inner join peildatums on episodes.iza_regio = peildatums.iza_regio
)

select
    versie,
    {{ dbt.hash("patient_pseudoniem || '|' || iza_regio || '|' || cluster || '|' || cast(begindatum as string)") }} as episode_id,
    patient_nr,
    patient_pseudoniem,
    iza_regio,
    cluster,
    cluster_volgorde,
    begindatum,
    laatste_zorgdag,
    zorgdagen,
    is_open,
    case when not is_open then laatste_zorgdag end as einddatum,
    -- om te vergelijken: een open episode eindigt na elke andere
    case when is_open then date '9999-12-31' else laatste_zorgdag end as einde_of_open
from met_open
