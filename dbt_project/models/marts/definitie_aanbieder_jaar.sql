{%- set maten = {'prestaties': true, 'verblijfsdagen': true, 'contacten': true} -%}

with verplaatst as (
    select * from {{ ref('int_versiepaar_verplaatst') }}
),

alles as (
    select maand, iza_regio, agb_vestiging, sum(prestaties) as prestaties
    from {{ ref('int_kenmerk_telling') }}
    group by maand, iza_regio, agb_vestiging
),

sommen as (
    {{ jaarsom('verplaatst', ['versie_van', 'versie_naar', 'iza_regio', 'agb_vestiging'], maten) }}
),

gehelen as (
    {{ jaarsom('alles', ['iza_regio', 'agb_vestiging'], {'prestaties': true}) }}
)

select
    sommen.*,
    gehelen.prestaties as prestaties_geheel,
    {{ verhouding('sommen.prestaties', 'gehelen.prestaties') }} as deel_verplaatst
from sommen
inner join gehelen
    on sommen.maand = gehelen.maand
    and sommen.iza_regio = gehelen.iza_regio
    and sommen.agb_vestiging = gehelen.agb_vestiging
