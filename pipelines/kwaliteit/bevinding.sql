-- Bevindingen: wat er mis is, met een kenmerk dat over runs gelijk blijft (zelfde regel, plaats en oorzaak).
-- Eén rij per bevinding en maand. Hiervoor staan klaar: geraakt (bron, bestand, regel, aantal) en regel (bron, regel, code, uitleg).
CREATE OR REPLACE TABLE kwaliteit.bevinding_maand AS
WITH leveringen AS (
    SELECT * FROM kwaliteit.aanlevering
),

actief AS (
    SELECT * FROM leveringen WHERE status = 'actief'
),

hoogste_versies AS (
    SELECT bron, maand, iza_regio, leverancier, max(versie) AS versie
    FROM leveringen
    WHERE status <> 'geweigerd'
    GROUP BY bron, maand, iza_regio, leverancier
),

-- een weigering is voorbij zodra die versie (bij B05: een hogere) alsnog is ingenomen
weigeringen AS (
    SELECT
        leveringen.code, leveringen.bron, leveringen.maand, leveringen.iza_regio, leveringen.leverancier,
        NULL AS agb_vestiging,
        CASE WHEN leveringen.bron IS NULL THEN leveringen.bestand END AS oorzaak,
        1 AS omvang, leveringen.bestand || ': ' || leveringen.toelichting AS toelichting
    FROM leveringen
    LEFT JOIN hoogste_versies
        ON leveringen.bron = hoogste_versies.bron AND leveringen.maand = hoogste_versies.maand
        AND leveringen.iza_regio = hoogste_versies.iza_regio AND leveringen.leverancier = hoogste_versies.leverancier
    WHERE leveringen.status = 'geweigerd'
        AND CASE
            WHEN leveringen.code = 'B05' THEN coalesce(hoogste_versies.versie <= leveringen.versie, true)
            -- B01..B04
            ELSE coalesce(hoogste_versies.versie < leveringen.versie, true)
        END
),

afkeuringen AS (
    SELECT
        regel.code, actief.bron, actief.maand, actief.iza_regio, actief.leverancier,
        NULL AS agb_vestiging, geraakt.regel AS oorzaak, geraakt.aantal AS omvang, regel.uitleg AS toelichting
    FROM geraakt
    INNER JOIN actief ON geraakt.bestand = actief.bestand
    INNER JOIN regel ON geraakt.bron = regel.bron AND geraakt.regel = regel.regel
),

dubbelen AS (
    SELECT
        'A04' AS code, actief.bron, actief.maand, actief.iza_regio, actief.leverancier,
        NULL AS agb_vestiging, 'sleutel_uniek' AS oorzaak, count(*) AS omvang, 'de sleutel van de rij staat al op een andere rij' AS toelichting
    FROM kwaliteit.afgekeurde_rij AS rij
    INNER JOIN actief ON rij.bestand = actief.bestand
    WHERE rij.codes LIKE '%A04%'
    GROUP BY actief.bron, actief.maand, actief.iza_regio, actief.leverancier
),

signalen AS (
    SELECT
        code, bron, maand, iza_regio, leverancier, NULL AS agb_vestiging, NULL AS oorzaak, count(*) AS omvang, NULL AS toelichting
    FROM kwaliteit.signaal
    GROUP BY code, bron, maand, iza_regio, leverancier
),

controleregels AS (
    SELECT
        CASE oordeel WHEN 'geweigerd' THEN 'GDS-01' WHEN 'gesignaleerd' THEN 'GDS-02' WHEN 'informatief' THEN 'GDS-03' END AS code,
        bron, maand, iza_regio, leverancier, NULL AS agb_vestiging, regel AS oorzaak, rijen AS omvang,
        regel || ' ' || inhoud || '; ' || reden AS toelichting
    FROM kwaliteit.controleregel
),

mismatches AS (
    SELECT
        code, NULL AS bron, strftime(maand, '%Y-%m') AS maand, iza_regio, NULL AS leverancier, agb_vestiging,
        "cluster" AS oorzaak, aantal AS omvang,
        CASE WHEN code IN ('ZPM-05', 'ZPM-06', 'ZPM-07')
            THEN coalesce(waarde_a::VARCHAR, 'niets') || ' tegenover ' || coalesce(waarde_b::VARCHAR, 'niets') END AS toelichting
    FROM marts.zpm_mismatch
),

plausibiliteit AS (
    SELECT
        code, bron, strftime(maand, '%Y-%m') AS maand, iza_regio, leverancier, NULL AS agb_vestiging,
        onderwerp AS oorzaak, omvang, waarneming AS toelichting
    FROM kwaliteit.plausibiliteit
    WHERE afwijkend
),

alles AS (
    SELECT * FROM weigeringen
    UNION ALL
    SELECT * FROM afkeuringen
    UNION ALL
    SELECT * FROM dubbelen
    UNION ALL
    SELECT * FROM signalen
    UNION ALL
    SELECT * FROM controleregels
    UNION ALL
    SELECT * FROM mismatches
    UNION ALL
    SELECT * FROM plausibiliteit
)

SELECT
    left(md5(concat_ws('|', code, coalesce(bron, ''), coalesce(iza_regio, ''), coalesce(leverancier, ''), coalesce(agb_vestiging, ''),
        coalesce(oorzaak, ''))), 12) AS bevinding,
    code, bron, iza_regio, leverancier, agb_vestiging, oorzaak, maand,
    sum(omvang)::BIGINT AS omvang,
    any_value(toelichting ORDER BY toelichting) AS toelichting
FROM alles
GROUP BY ALL
ORDER BY ALL;

-- Tot welke maand er iets te zien was: een bevinding van eerder is voorbij.
CREATE OR REPLACE TABLE kwaliteit.bevinding_basis AS
WITH van_leverancier AS (
    SELECT bron, iza_regio, leverancier, max(maand) AS maand
    FROM kwaliteit.aanlevering
    WHERE bron IS NOT NULL
    GROUP BY bron, iza_regio, leverancier
),

van_code AS (
    SELECT code, strftime(max(maand), '%Y-%m') AS maand
    FROM kwaliteit.plausibiliteit
    GROUP BY code
    UNION ALL
    SELECT code.code, strftime(max(status.maand), '%Y-%m') AS maand
    FROM referentie.kwaliteit_code AS code
    CROSS JOIN intermediate.int_maandstatus AS status
    WHERE code.code LIKE 'ZPM%' AND (status.status = 'definitief' OR code.code NOT IN ('ZPM-05', 'ZPM-06'))
    GROUP BY code.code
),

samengevat AS (
    SELECT
        bevinding, code, bron, iza_regio, leverancier, agb_vestiging, oorzaak,
        min(maand) AS eerste_maand, max(maand) AS laatste_maand, count(*) AS maanden,
        arg_max(omvang, coalesce(maand, '')) AS omvang, sum(omvang)::BIGINT AS omvang_totaal,
        arg_max(toelichting, coalesce(maand, '')) AS toelichting
    FROM kwaliteit.bevinding_maand
    GROUP BY ALL
)

SELECT
    samengevat.bevinding, samengevat.code, code.titel, code.ernst, samengevat.bron, samengevat.iza_regio, samengevat.leverancier,
    samengevat.agb_vestiging, samengevat.oorzaak, samengevat.eerste_maand, samengevat.laatste_maand, samengevat.maanden,
    samengevat.omvang, samengevat.omvang_totaal,
    -- wat is geweigerd of afgekeurd blijft staan tot een hogere versie het herstelt
    code.ernst = 'blokkerend'
    OR coalesce(samengevat.laatste_maand >= coalesce(van_code.maand, van_leverancier.maand), true) AS actueel,
    coalesce(samengevat.toelichting, code.uitleg) AS toelichting, code.actie, code.pagina
FROM samengevat
INNER JOIN referentie.kwaliteit_code AS code ON samengevat.code = code.code
LEFT JOIN van_code ON samengevat.code = van_code.code
LEFT JOIN van_leverancier
    ON samengevat.bron = van_leverancier.bron AND samengevat.iza_regio = van_leverancier.iza_regio
    AND samengevat.leverancier = van_leverancier.leverancier
ORDER BY samengevat.bevinding;
