-- Hoe vaak elke rij van de regels de eerste is bij de netto prestaties van het venster. Hiervoor staan klaar: regel, en het warehouse als wh.
CREATE TABLE venster AS
SELECT maand
FROM wh.intermediate.int_maand
WHERE volgnummer > (SELECT max(volgnummer) FROM wh.intermediate.int_maand)
    - (SELECT waarde FROM wh.referentie.norm WHERE norm = 'venster_maanden');

CREATE TABLE telling AS
SELECT tellingen.kenmerken, tellingen.agb_vestiging, sum(tellingen.prestaties)::BIGINT AS prestaties
FROM wh.intermediate.int_kenmerk_telling AS tellingen
INNER JOIN venster ON tellingen.maand = venster.maand
GROUP BY ALL;

CREATE TABLE vestiging AS
SELECT telling.agb_vestiging, string_agg(DISTINCT regel.agb_vestiging_begint, ';') AS agb_vestiging_begint
FROM (SELECT DISTINCT agb_vestiging FROM telling) AS telling
LEFT JOIN regel ON {begint_met}
GROUP BY telling.agb_vestiging;

CREATE TABLE combinatie AS
SELECT
    row_number() OVER () AS nummer, kenmerken.* EXCLUDE (agb_vestiging_begint), vestiging.agb_vestiging_begint,
    sum(telling.prestaties)::BIGINT AS prestaties
FROM telling
INNER JOIN wh.intermediate.int_kenmerk AS kenmerken ON telling.kenmerken = kenmerken.kenmerken
INNER JOIN vestiging ON telling.agb_vestiging = vestiging.agb_vestiging
GROUP BY ALL;

CREATE TABLE past AS
SELECT DISTINCT combinatie.nummer, combinatie.prestaties, regel.rij, regel.volgorde
FROM combinatie
INNER JOIN regel ON {past_bij_regel};

CREATE TABLE gebruik AS
WITH eerste AS (
    SELECT nummer, min(volgorde) AS volgorde FROM past GROUP BY nummer
),

geteld AS (
    SELECT past.rij, sum(past.prestaties)::BIGINT AS prestaties
    FROM past
    INNER JOIN eerste ON past.nummer = eerste.nummer AND past.volgorde = eerste.volgorde
    GROUP BY past.rij
)

SELECT regel.rij, coalesce(geteld.prestaties, 0) AS prestaties
FROM regel
LEFT JOIN geteld ON regel.rij = geteld.rij;

-- wat geen regel vindt, of een die onbepaald zegt
CREATE TABLE rest AS
WITH eerste AS (
    SELECT nummer, min(volgorde) AS volgorde FROM past GROUP BY nummer
),

uitkomst AS (
    SELECT DISTINCT volgorde, regel, cluster FROM regel
)

SELECT
    combinatie.wet, combinatie.prestatietype, combinatie.setting, combinatie.verzorgingsgraad,
    sum(combinatie.prestaties)::BIGINT AS prestaties
FROM combinatie
LEFT JOIN eerste ON combinatie.nummer = eerste.nummer
LEFT JOIN uitkomst ON eerste.volgorde = uitkomst.volgorde
WHERE uitkomst.cluster IS NULL OR uitkomst.cluster = 'onbepaald'
GROUP BY ALL
ORDER BY prestaties DESC;
