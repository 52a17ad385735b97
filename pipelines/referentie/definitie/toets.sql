-- Wat de regels van één versie doen met elke prestatie die er kan zijn. Hiervoor staan klaar: regel (rij, volgorde, eisen, uitkomst),
-- code (de codelijst met haar kenmerken), wet, zorgvraagtype, agb (AGB-codes die verschillen in wat een regel van hun begin vraagt), en per
-- kenmerk van een vestiging of traject een tabel met de waarden die voor deze regels verschil maken.
CREATE TABLE begint AS
SELECT agb.agb_vestiging, string_agg(DISTINCT regel.agb_vestiging_begint, ';') AS agb_vestiging_begint
FROM agb
LEFT JOIN regel ON {begint_met}
GROUP BY agb.agb_vestiging;

CREATE TABLE kenmerk AS
SELECT DISTINCT prestatietype, setting, verzorgingsgraad, beveiligingsniveau, acuut_binnen_budget FROM code;

-- elke combinatie van kenmerken die voor deze regels verschil maakt
CREATE TABLE combinatie AS
SELECT row_number() OVER () AS nummer, *
FROM wet
CROSS JOIN kenmerk
CROSS JOIN heeft_hic
CROSS JOIN heeft_iht
CROSS JOIN heeft_mpu
CROSS JOIN heeft_topggz
CROSS JOIN traject_setting8
CROSS JOIN zorgvraagtype
CROSS JOIN (SELECT DISTINCT agb_vestiging_begint FROM begint);

CREATE TABLE past AS
SELECT DISTINCT combinatie.nummer, regel.rij, regel.volgorde
FROM combinatie
INNER JOIN regel ON {past_bij_regel};

CREATE TABLE eerste AS
SELECT nummer, min(volgorde) AS volgorde FROM past GROUP BY nummer;

-- per rij: hoeveel combinaties passen, en van hoeveel zij de eerste regel is; en welke regels de andere al namen
CREATE TABLE bereik AS
SELECT
    regel.rij, count(past.nummer) AS passend, count(CASE WHEN past.volgorde = eerste.volgorde THEN 1 END) AS eerste,
    list_sort(list_distinct(list(eerste.volgorde))) AS eerder
FROM regel
LEFT JOIN past ON regel.rij = past.rij
LEFT JOIN eerste ON past.nummer = eerste.nummer
GROUP BY regel.rij;

CREATE TABLE uitkomst AS
SELECT DISTINCT volgorde, regel, cluster FROM regel;

-- wat bij minstens één combinatie geen regel vindt, of alleen een regel die onbepaald zegt
CREATE TABLE zonder_plaats AS
WITH nergens AS (
    SELECT DISTINCT
        combinatie.prestatietype, combinatie.setting, combinatie.verzorgingsgraad, combinatie.beveiligingsniveau,
        combinatie.acuut_binnen_budget, combinatie.wet, uitkomst.regel
    FROM combinatie
    LEFT JOIN eerste ON combinatie.nummer = eerste.nummer
    LEFT JOIN uitkomst ON eerste.volgorde = uitkomst.volgorde
    WHERE uitkomst.cluster IS NULL OR uitkomst.cluster = 'onbepaald'
)

SELECT
    nergens.prestatietype, nergens.setting, nergens.verzorgingsgraad, nergens.regel,
    string_agg(DISTINCT nergens.wet, ', ' ORDER BY nergens.wet) AS wetten,
    count(DISTINCT code.prestatiecode) AS codes, min(code.prestatiecode) AS voorbeeld
FROM nergens
INNER JOIN code
    ON code.prestatietype IS NOT DISTINCT FROM nergens.prestatietype
    AND code.setting IS NOT DISTINCT FROM nergens.setting
    AND code.verzorgingsgraad IS NOT DISTINCT FROM nergens.verzorgingsgraad
    AND code.beveiligingsniveau IS NOT DISTINCT FROM nergens.beveiligingsniveau
    AND code.acuut_binnen_budget IS NOT DISTINCT FROM nergens.acuut_binnen_budget
GROUP BY nergens.prestatietype, nergens.setting, nergens.verzorgingsgraad, nergens.regel;

-- twee regels met een andere uitkomst die deels dezelfde combinaties raken: daar beslist de volgorde
CREATE TABLE overlap AS
WITH raakt AS (
    SELECT DISTINCT nummer, volgorde FROM past
),

omvang AS (
    SELECT volgorde, count(*) AS combinaties FROM raakt GROUP BY volgorde
),

beide AS (
    SELECT eerder.volgorde AS eerder, later.volgorde AS later, count(*) AS combinaties
    FROM raakt AS eerder
    INNER JOIN raakt AS later ON eerder.nummer = later.nummer AND eerder.volgorde < later.volgorde
    GROUP BY ALL
)

SELECT eerder.volgorde AS eerder, later.volgorde AS later, eerder.regel AS eerder_regel, later.regel AS later_regel
FROM beide
INNER JOIN uitkomst AS eerder ON beide.eerder = eerder.volgorde
INNER JOIN uitkomst AS later ON beide.later = later.volgorde
INNER JOIN omvang AS omvang_eerder ON beide.eerder = omvang_eerder.volgorde
INNER JOIN omvang AS omvang_later ON beide.later = omvang_later.volgorde
WHERE eerder.cluster <> later.cluster
    AND beide.combinaties < omvang_eerder.combinaties AND beide.combinaties < omvang_later.combinaties;
