-- depends_on: {{ ref('stroom_maand_totaal') }}, {{ ref('capaciteit_maand_totaal') }}, {{ ref('wachttijd_maand_totaal') }}, {{ ref('benodigde_capaciteit_totaal') }}
{{ metriek_rijen('_totaal') }}
