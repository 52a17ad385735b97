with stappen as (
    select
        maand,
        naar_regio,
        naar_cluster,
        van_cluster,
        van_regio <> naar_regio as van_elders,
        aantal
    from {{ ref('doorstroom_matrix') }}
)

{{ jaarsom('stappen', ['naar_regio', 'naar_cluster', 'van_cluster', 'van_elders'], {'aantal': true}) }}
