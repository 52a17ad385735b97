with prestaties as (
    select * from {{ ref('int_prestatie') }} where is_verblijfsdag or is_contact
),

clusters as (
    select * from {{ ref('cluster') }}
),

-- eerst de eerste dag per traject, en alleen daarvan de prestaties rangschikken: het zijn er miljoenen
eerste_dagen as (
    select patient_nr, agb_onderneming, zorgtrajectnummer, min(begindatum) as begindatum
    from prestaties
    group by patient_nr, agb_onderneming, zorgtrajectnummer
),

op_eerste_dag as (
    select
        prestaties.maand,
        prestaties.iza_regio,
        prestaties.cluster,
        prestaties.begindatum,
        prestaties.verwijsdatum,
        row_number() over (
            partition by prestaties.patient_nr, prestaties.agb_onderneming, prestaties.zorgtrajectnummer
            order by clusters.volgorde, prestaties.declaratie_id, prestaties.leverancier
        ) as rang
    from prestaties
    inner join eerste_dagen
        on prestaties.patient_nr = eerste_dagen.patient_nr
        and prestaties.agb_onderneming = eerste_dagen.agb_onderneming
        and prestaties.zorgtrajectnummer = eerste_dagen.zorgtrajectnummer
        and prestaties.begindatum = eerste_dagen.begindatum
    inner join clusters on prestaties.cluster = clusters.cluster
)

select
    maand,
    iza_regio,
    cluster,
    {{ dagen_tussen('verwijsdatum', 'begindatum') }} as wacht_dagen
from op_eerste_dag
where rang = 1
