with recursive driehoek as (
    select * from {{ ref('volledigheid') }}
),

paren as (
    select
        nu.ontwikkelmaand,
        sum(straks.prestaties_cumulatief) as straks,
        sum(nu.prestaties_cumulatief) as nu
    from driehoek as nu
    inner join driehoek as straks
        on nu.prestatiemaand = straks.prestatiemaand
        and nu.ontwikkelmaand + 1 = straks.ontwikkelmaand
    group by nu.ontwikkelmaand
),

ontwikkelmaanden as (
    select distinct ontwikkelmaand from driehoek
),

factoren as (
    select
        ontwikkelmaanden.ontwikkelmaand,
        -- de rijen van de driehoek hoeven niet aan te sluiten: oude prestatiemaanden beginnen laat
        row_number() over (order by ontwikkelmaanden.ontwikkelmaand desc) as vanaf_einde,
        coalesce({{ verhouding('paren.straks', 'paren.nu') }}, 1) as factor
    from ontwikkelmaanden
    left join paren on ontwikkelmaanden.ontwikkelmaand = paren.ontwikkelmaand
),

-- van achter naar voren vermenigvuldigd; voorbij de laatste waargenomen maand groeit er niets meer
tot_einde as (
    select ontwikkelmaand, vanaf_einde, factor as factor_tot_einde
    from factoren
    where vanaf_einde = 1

    union all

    select factoren.ontwikkelmaand, factoren.vanaf_einde, tot_einde.factor_tot_einde * factoren.factor as factor_tot_einde
    from tot_einde
    inner join factoren on tot_einde.vanaf_einde + 1 = factoren.vanaf_einde
),

laatste_aanlevermaand as (
    select max(aanlevermaand) as aanlevermaand from driehoek
),

schattingen as (
    select
        driehoek.prestatiemaand,
        driehoek.prestaties_cumulatief as gezien,
        driehoek.prestaties_cumulatief * tot_einde.factor_tot_einde as geschat_eind
    from driehoek
    inner join laatste_aanlevermaand on driehoek.aanlevermaand = laatste_aanlevermaand.aanlevermaand
    inner join tot_einde on driehoek.ontwikkelmaand = tot_einde.ontwikkelmaand
)

select
    prestatiemaand,
    gezien,
    geschat_eind,
    {{ verhouding('gezien', 'geschat_eind') }} as volledigheid
from schattingen
