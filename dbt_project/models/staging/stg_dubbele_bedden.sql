{{ config(materialized='table') }}

{{ dubbele_rijen('bedden', ['rijen.maand', 'rijen.agb_vestiging', 'rijen.afdeling_id']) }}
