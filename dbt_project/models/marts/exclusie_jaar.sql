with gebieden as (
    select * from {{ ref('int_gebied') }}
),

weigeringen as (
    select
        exclusie_maand.maand,
        gebieden.gebied as iza_regio,
        exclusie_maand.exclusiecriterium,
        exclusie_maand.aantal,
        exclusie_maand.na_intake
    from {{ ref('exclusie_maand') }} as exclusie_maand
    inner join gebieden on exclusie_maand.iza_regio = gebieden.iza_regio
)

{{ jaarsom('weigeringen', ['iza_regio', 'exclusiecriterium'], {'aantal': true, 'na_intake': true}) }}
