with bronnen as (
    select * from {{ ref('int_geleverd') }}
),

statussen as (
    select * from {{ ref('int_maandstatus') }}
),

opgaven as (
    select
        maand, iza_regio, agb_vestiging,
        capaciteit as monitor_capaciteit, bezette_dagen as monitor_bezette_dagen,
        null as bedden_operationeel, null as bedden_bezette_dagen, null as verblijfsdagen_h
    from {{ ref('stg_hic_monitor') }}
    where eenheid_type = 'HIC'
    union all
    select maand, iza_regio, agb_vestiging, null, null, operationeel, bezette_dagen, null
    from {{ ref('stg_bedden') }}
    where bedtype = 'HIC'
    union all
    select maand, iza_regio, agb_vestiging, null, null, null, null, prestaties
    from {{ ref('int_prestatie_telling') }}
    where prestatietype = 'verblijfsdag' and verzorgingsgraad = 'H'
),

-- leeg is een bron die de vestiging niet noemt; nul is er wel, en leeg
vestigingen as (
    select
        maand,
        iza_regio,
        agb_vestiging
        {%- for kolom in ['monitor_capaciteit', 'bedden_operationeel', 'monitor_bezette_dagen', 'bedden_bezette_dagen', 'verblijfsdagen_h'] %},
        cast(sum({{ kolom }}) as bigint) as {{ kolom }}
        {%- endfor %}
    from opgaven
    group by maand, iza_regio, agb_vestiging
),

geleverd as (
    select
        maand,
        iza_regio,
        max(case when bron = 'hic_monitor' then 1 else 0 end) = 1 as geleverd_hic_monitor,
        max(case when bron = 'bedden' then 1 else 0 end) = 1 as geleverd_bedden,
        max(case when bron = 'declaraties' then 1 else 0 end) = 1 as geleverd_declaraties
    from bronnen
    group by maand, iza_regio
)

select
    vestigingen.*,
    coalesce(geleverd.geleverd_hic_monitor, false) as geleverd_hic_monitor,
    coalesce(geleverd.geleverd_bedden, false) as geleverd_bedden,
    coalesce(geleverd.geleverd_declaraties, false) as geleverd_declaraties,
    statussen.status as declaraties_status
from vestigingen
inner join statussen on vestigingen.maand = statussen.maand and vestigingen.iza_regio = statussen.iza_regio
left join geleverd on vestigingen.maand = geleverd.maand and vestigingen.iza_regio = geleverd.iza_regio
