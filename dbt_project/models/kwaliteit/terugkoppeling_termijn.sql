{{ config(materialized='view') }}

-- de dag van herstel telt vanaf vandaag: een verslag wordt verstuurd op de dag dat het wordt gemaakt
select
    leverancier,
    {{ maandtekst('maand') }} as maand,
    bron,
    iza_regio,
    status,
    termijn,
    ontvangen_op,
    open_weigeringen,
    {{ dagen_later(vandaag(), norm_kwaliteit('herstel_dagen')) }} as herstel_voor,
    {{ maandtekst(maanden_later('maand', 1)) }} as volgende_maand,
    {{ dagen_later(maanden_later('maand', 2), norm_kwaliteit('uiterste_dag') ~ ' - 1') }} as volgende_termijn
from {{ ref('verwachte_levering') }}
where leverancier is not null
