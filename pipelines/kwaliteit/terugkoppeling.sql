-- Wat één leverancier over één aanlevermaand terugkrijgt: alleen wat uit zijn eigen aanleveringen komt.
-- Hiervoor staan klaar: vraag (leverancier, maand VARCHAR, maand_datum DATE), geraakt (bron, bestand, rijnummer, regel) en regel.

CREATE TEMP TABLE leveringen AS
SELECT aanlevering.*
FROM kwaliteit.aanlevering AS aanlevering
INNER JOIN vraag ON aanlevering.leverancier = vraag.leverancier AND aanlevering.maand = vraag.maand
ORDER BY aanlevering.bron, aanlevering.iza_regio, aanlevering.bestand;

CREATE TEMP TABLE afgekeurd AS
SELECT
    rij.bron, rij.iza_regio, rij.bestand, rij.rijnummer, regel.code, nullif(regel.kolom, '') AS kolom,
    regel.uitleg AS eis, code.titel, code.actie
FROM geraakt
INNER JOIN leveringen ON geraakt.bestand = leveringen.bestand AND leveringen.status = 'actief'
INNER JOIN kwaliteit.afgekeurde_rij AS rij ON geraakt.bestand = rij.bestand AND geraakt.rijnummer = rij.rijnummer
INNER JOIN regel ON geraakt.bron = regel.bron AND geraakt.regel = regel.regel
INNER JOIN referentie.kwaliteit_code AS code ON regel.code = code.code
UNION ALL
SELECT
    rij.bron, rij.iza_regio, rij.bestand, rij.rijnummer, code.code, NULL AS kolom, code.uitleg AS eis, code.titel, code.actie
FROM kwaliteit.afgekeurde_rij AS rij
INNER JOIN leveringen ON rij.bestand = leveringen.bestand AND leveringen.status = 'actief'
INNER JOIN referentie.kwaliteit_code AS code ON code.code = 'A04'
WHERE rij.codes LIKE '%A04%'
UNION ALL
SELECT
    rij.bron, rij.iza_regio, rij.bestand, rij.rijnummer, oordeel.code, NULL AS kolom,
    oordeel.regel || ' ' || oordeel.inhoud AS eis, code.titel, code.actie
FROM kwaliteit.afgekeurde_rij AS rij
INNER JOIN leveringen ON rij.bestand = leveringen.bestand AND leveringen.status = 'actief'
INNER JOIN aanlevering.declaraties AS declaratie ON rij.bestand = declaratie.bestand AND rij.rijnummer = declaratie.rijnummer
INNER JOIN referentie.gds801_oordeel AS oordeel
    ON oordeel.oordeel = 'geweigerd' AND list_contains(string_split(declaratie.controleregels, ','), oordeel.regel)
INNER JOIN referentie.kwaliteit_code AS code ON code.code = 'GDS-01'
ORDER BY ALL;

CREATE TEMP TABLE signalen AS
SELECT signaal.bron, signaal.iza_regio, signaal.bestand, signaal.code, code.titel, code.actie, count(*) AS rijen
FROM kwaliteit.signaal AS signaal
INNER JOIN leveringen ON signaal.bestand = leveringen.bestand
INNER JOIN referentie.kwaliteit_code AS code ON signaal.code = code.code
GROUP BY ALL
UNION ALL
SELECT
    gebroken.bron, gebroken.iza_regio, gebroken.bestand, code.code, code.titel || ': ' || gebroken.regel || ' ' || gebroken.inhoud AS titel,
    code.actie, gebroken.rijen
FROM kwaliteit.controleregel AS gebroken
INNER JOIN leveringen ON gebroken.bestand = leveringen.bestand
INNER JOIN referentie.kwaliteit_code AS code
    ON code.code = CASE gebroken.oordeel WHEN 'gesignaleerd' THEN 'GDS-02' WHEN 'informatief' THEN 'GDS-03' END
ORDER BY ALL;

-- wie over deze maand iets over een vestiging leverde, per bron
CREATE TEMP TABLE aanwezig AS
SELECT DISTINCT 'declaraties' AS bron, stg.agb_vestiging, stg.leverancier
FROM staging.stg_declaraties AS stg
INNER JOIN vraag ON stg.begindatum BETWEEN vraag.maand_datum AND last_day(vraag.maand_datum)
UNION ALL
SELECT DISTINCT 'hic_monitor' AS bron, stg.agb_vestiging, stg.leverancier
FROM staging.stg_hic_monitor AS stg
INNER JOIN vraag ON stg.maand = vraag.maand_datum
UNION ALL
SELECT DISTINCT 'wachtlijst' AS bron, stg.agb_vestiging, stg.leverancier
FROM staging.stg_wachtlijst AS stg
INNER JOIN vraag ON stg.maand = vraag.maand_datum
UNION ALL
SELECT DISTINCT 'bedden' AS bron, stg.agb_vestiging, stg.leverancier
FROM staging.stg_bedden AS stg
INNER JOIN vraag ON stg.maand = vraag.maand_datum;

CREATE TEMP TABLE eigendom AS
SELECT
    aanwezig.bron, aanwezig.agb_vestiging,
    bool_or(aanwezig.leverancier = vraag.leverancier) AS ook_van_mij,
    bool_and(aanwezig.leverancier = vraag.leverancier) AS alleen_van_mij
FROM aanwezig, vraag
GROUP BY ALL;

-- Een cijfer uit gegevens waar ook een ander aan bijdroeg, staat er niet bij: dan alleen dat er een bevinding is.
CREATE TEMP TABLE mismatches AS
WITH bronnen AS (
    SELECT code, titel, actie, bronnen, unnest(string_split(bronnen, '|')) AS bron FROM referentie.kwaliteit_code WHERE code LIKE 'ZPM%'
),

per_bevinding AS (
    SELECT
        mismatch.code, bronnen.titel, bronnen.actie, mismatch.iza_regio, mismatch.agb_vestiging, mismatch."cluster",
        mismatch.aantal, mismatch.waarde_a, mismatch.waarde_b,
        bool_or(coalesce(eigendom.ook_van_mij, false)) AS van_mij,
        bool_and(coalesce(eigendom.alleen_van_mij, true)) AS alles_van_mij,
        bool_and(coalesce(eigendom.alleen_van_mij, true)) FILTER (bronnen.bron = split_part(bronnen.bronnen, '|', 1)) AS a_van_mij,
        bool_and(coalesce(eigendom.alleen_van_mij, true)) FILTER (bronnen.bron = split_part(bronnen.bronnen, '|', 2)) AS b_van_mij
    FROM marts.zpm_mismatch AS mismatch
    INNER JOIN vraag ON mismatch.maand = vraag.maand_datum
    INNER JOIN bronnen ON mismatch.code = bronnen.code
    LEFT JOIN eigendom ON bronnen.bron = eigendom.bron AND mismatch.agb_vestiging = eigendom.agb_vestiging
    GROUP BY ALL
)

SELECT
    code, titel, iza_regio, agb_vestiging, "cluster",
    CASE WHEN alles_van_mij THEN aantal END AS aantal,
    CASE WHEN a_van_mij THEN waarde_a END AS waarde_a,
    CASE WHEN b_van_mij THEN waarde_b END AS waarde_b,
    NOT alles_van_mij AS met_gegevens_van_anderen, actie
FROM per_bevinding
WHERE van_mij
ORDER BY ALL;

-- De eigen score naast het midden van de anderen; niet als er zo weinig anderen zijn dat het midden iemand aanwijst.
CREATE TEMP TABLE scores AS
WITH eigen AS (
    SELECT score.* FROM kwaliteit.score AS score INNER JOIN vraag ON score.leverancier = vraag.leverancier AND score.maand <= vraag.maand_datum
),

anderen AS (
    SELECT
        score.bron, score.maand, count(*) AS anderen,
        quantile_cont(score.score, 0.25) AS kwart1, median(score.score) AS mediaan, quantile_cont(score.score, 0.75) AS kwart3
    FROM kwaliteit.score AS score
    INNER JOIN vraag ON score.leverancier <> vraag.leverancier
    GROUP BY ALL
    HAVING count(*) >= (SELECT waarde FROM referentie.kwaliteit_norm WHERE norm = 'score_minimum_anderen')
)

SELECT
    eigen.bron, strftime(eigen.maand, '%Y-%m') AS maand, eigen.verwachte_leveringen, eigen.leveringen, eigen.rijen_gelezen,
    eigen.rijen_geaccepteerd, eigen.dekking, eigen.geldigheid, eigen.tijdigheid, eigen.score,
    anderen.kwart1, anderen.mediaan, anderen.kwart3
FROM eigen
LEFT JOIN anderen ON eigen.bron = anderen.bron AND eigen.maand = anderen.maand
ORDER BY eigen.bron, eigen.maand DESC;
