{{ config(materialized=als_bij_te_werken(), per='persoon') }}

with zorgdagen as (
    select * from {{ ref('int_versie_zorgdag') }} as alle where {{ alleen_geraakt('persoon', 'alle') }}
),

patienten as (
    select * from {{ ref('int_patient') }}
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
)

select
    episodes.versie,
    {{ dbt.hash("patienten.patient_pseudoniem || '|' || episodes.iza_regio || '|' || episodes.cluster || '|' || cast(episodes.begindatum as string)") }}
        as episode_id,
    episodes.patient_nr,
    patienten.patient_pseudoniem,
    episodes.iza_regio,
    episodes.cluster,
    episodes.cluster_volgorde,
    episodes.max_gat_dagen,
    episodes.begindatum,
    episodes.laatste_zorgdag,
    episodes.zorgdagen
from episodes
inner join patienten on episodes.patient_nr = patienten.patient_nr
