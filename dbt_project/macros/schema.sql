{# De schemanaam is de naam van de laag, zonder voorvoegsel: gebruikers lezen marts.stroom_maand. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name | trim if custom_schema_name else target.schema }}
{%- endmacro %}
