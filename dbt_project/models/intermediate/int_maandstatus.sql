with maanden as (
    select * from {{ ref('int_maand') }}
),

regios as (
    select * from {{ ref('iza_regio') }}
),

peildatums as (
    select * from {{ ref('int_peildatum') }}
),

geleverd as (
    select * from {{ ref('int_geleverd') }} where bron = 'declaraties'
),

schattingen as (
    select * from {{ ref('volledigheid_schatting') }}
)

select
    maanden.maand,
    regios.iza_regio,
    peildatums.peildatum,
    geleverd.maand is not null as geleverd,
    case
        when {{ dagen_later('maanden.laatste_dag', episode_parameter('definitief_na_dagen')) }} <= peildatums.peildatum
            then 'definitief'
        -- nog binnen de termijn waarin declaraties binnenkomen, of een regio die nog nooit leverde
        else 'voorlopig'
    end as status,
    schattingen.volledigheid
from maanden
cross join regios
left join peildatums on regios.iza_regio = peildatums.iza_regio
left join geleverd on maanden.maand = geleverd.maand and regios.iza_regio = geleverd.iza_regio
left join schattingen on maanden.maand = schattingen.prestatiemaand
