{{ config(materialized='table') }}

-- een verzekerde staat in elke maand opnieuw in de tabel van die maand: uniek binnen het bestand
{{ dubbele_rijen('verzekerden', ['rijen.bestand', 'rijen.patient']) }}
