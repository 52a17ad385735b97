with zorgdagen as (
    select * from {{ ref('int_twijfel_zorgdag') }}
),

gebieden as (
    select * from {{ ref('int_gebied') }}
)

select
    zorgdagen.maand,
    gebieden.gebied as iza_regio,
    zorgdagen.twijfel,
    zorgdagen.cluster,
    zorgdagen.alternatief,
    {{ twijfelgewicht('zorgdagen') }}
from zorgdagen
inner join gebieden on zorgdagen.iza_regio = gebieden.iza_regio
group by
    zorgdagen.maand, gebieden.gebied, zorgdagen.twijfel, zorgdagen.cluster, zorgdagen.alternatief
