{#- voorlopig zolang een regio die leverde dat is; te bepalen als elk deel dat is -#}
{%- set extra = {
    'status': "case when max(case when delen.geleverd then delen.status end) = 'definitief' then 'definitief' else 'voorlopig' end",
    'uitstroom_bepaald': "coalesce(min(case when not delen.geleverd then null when delen.uitstroom_bepaald then 1 else 0 end) = 1, false)",
    'uitstroom_bepaald_vanaf': 'max(delen.uitstroom_bepaald_vanaf)',
    'aanloop': "coalesce(max(case when not delen.geleverd then null when delen.aanloop then 1 else 0 end) = 1, false)"
} -%}

with sommen as (
    {{ totalen('stroom_maand', extra=extra) }}
),

personen as (
    select * from {{ ref('int_stroom_personen') }}
)

select
    sommen.*,
    case when sommen.regios_geleverd > 0 then coalesce(personen.personen, 0) end as personen
from sommen
left join personen
    on sommen.maand = personen.maand and sommen.iza_regio = personen.gebied and sommen.cluster = personen.groep
