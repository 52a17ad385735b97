-- depends_on: {{ source('aanlevering', 'rij') }}
{%- set actief = "(select bestand, aanlevermaand, leverancier from " ~ ref('stg_levering') ~ " where status = 'actief')" %}
{{ vulling_per_kolom(actief, ref('plaatshouder')) }}
