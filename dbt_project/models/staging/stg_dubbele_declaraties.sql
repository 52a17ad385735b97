{{ config(materialized='table') }}

{{ dubbele_rijen('declaraties', ['leveringen.leverancier', 'rijen.declaratie_id']) }}
