{{ config(materialized='table') }}

{{ dubbele_rijen('hic_monitor', ['rijen.maand', 'rijen.agb_vestiging', 'rijen.eenheid_id']) }}
