-- depends_on: {{ ref('stroom_maand') }}, {{ ref('capaciteit_maand') }}, {{ ref('wachttijd_maand') }}, {{ ref('benodigde_capaciteit') }}
{{ metriek_rijen() }}
