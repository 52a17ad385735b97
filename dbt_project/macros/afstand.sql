{# Afstand over de grote cirkel tussen twee punten in graden (haversine), in km. #}
{% macro afstand_km(lon_van, lat_van, lon_naar, lat_naar) -%}
    2 * {{ norm('aardstraal_km') }} * asin(sqrt(
        power(sin(radians({{ lat_naar }} - {{ lat_van }}) / 2), 2)
        + cos(radians({{ lat_van }})) * cos(radians({{ lat_naar }}))
        * power(sin(radians({{ lon_naar }} - {{ lon_van }}) / 2), 2)
    ))
{%- endmacro %}
