with versies as (
    select * from {{ ref('int_versie') }}
),

regels as (
    select * from {{ ref('int_versie_regel') }}
),

standaardregels as (
    select * from regels where versie = {{ standaardversie() }}
),

-- elke regel die een andere versie of de standaard heeft
paren as (
    select versies.versie, regels.regel
    from versies
    inner join regels on versies.versie = regels.versie
    where not versies.is_standaard
    union
    select versies.versie, standaardregels.regel
    from versies
    cross join standaardregels
    where not versies.is_standaard
),

regelwijzigingen as (
    select
        paren.versie,
        'regel' as onderdeel,
        paren.regel as naam,
        coalesce(eigen.volgorde, standaard.volgorde) as volgorde,
        case
            when standaard.regel is null then 'nieuw'
            when eigen.regel is null then 'vervallen'
            when eigen.cluster <> standaard.cluster then 'andere_uitkomst'
            when eigen.eisen <> standaard.eisen then 'andere_eisen'
            when eigen.zekerheid <> standaard.zekerheid then 'andere_zekerheid'
            -- dezelfde regel, hooguit op een andere plaats
            else 'gelijk'
        end as wijziging,
        coalesce(eigen.eisen, standaard.eisen) as eisen,
        standaard.cluster as cluster_standaard,
        eigen.cluster
    from paren
    left join regels as eigen on paren.versie = eigen.versie and paren.regel = eigen.regel
    left join standaardregels as standaard on paren.regel = standaard.regel
)
{% for kaart, sleutel in [('int_bedtype_cluster', 'bedtype'), ('int_zorgvorm_cluster', 'zorgvorm')] %}
, {{ sleutel }}wijzigingen as (
    select
        eigen.versie,
        '{{ sleutel }}' as onderdeel,
        eigen.{{ sleutel }} as naam,
        cast(null as integer) as volgorde,
        'andere_uitkomst' as wijziging,
        cast(null as string) as eisen,
        standaard.cluster as cluster_standaard,
        eigen.cluster
    from {{ ref(kaart) }} as eigen
    inner join {{ ref(kaart) }} as standaard
        on eigen.{{ sleutel }} = standaard.{{ sleutel }} and standaard.is_standaard
    where eigen.cluster <> standaard.cluster
)
{%- endfor %}

select * from regelwijzigingen where wijziging <> 'gelijk'
union all
select * from bedtypewijzigingen
union all
select * from zorgvormwijzigingen
