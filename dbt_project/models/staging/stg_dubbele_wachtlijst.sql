{{ config(materialized='table') }}

{{ dubbele_rijen('wachtlijst', ['rijen.maand', 'rijen.agb_vestiging', 'rijen.wachtplek_id']) }}
