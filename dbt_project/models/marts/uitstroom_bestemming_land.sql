{#- zolang de uitstroom nog niet te bepalen is, is ook niet te zeggen waarheen zij gaat -#}
{%- set bepaald -%}
exists (
    select 1
    from {{ ref('stroom_maand') }} as stromen
    where
        stromen.maand = delen.maand
        and stromen.iza_regio = delen.iza_regio
        and stromen.cluster = delen.cluster
        and stromen.uitstroom is not null
)
{%- endset -%}

{{ land('uitstroom_bestemming', 'declaraties', ['cluster', 'vervolg'], tellingen=['aantal'], waar=bepaald) }}
