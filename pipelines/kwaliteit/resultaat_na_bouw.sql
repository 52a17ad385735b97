WITH levering AS (
    SELECT * FROM kwaliteit.aanlevering WHERE status <> 'geweigerd'
),

code_bron AS (
    SELECT code, ernst, titel, unnest(string_split(bronnen, '|')) AS bron FROM referentie.kwaliteit_code WHERE bronnen IS NOT NULL
),

dubbel AS (
    SELECT bestand, count(*) AS aantal FROM kwaliteit.afgekeurde_rij WHERE codes LIKE '%A04%' GROUP BY bestand
),

signaal AS (
    SELECT bestand, code, count(*) AS aantal FROM kwaliteit.signaal GROUP BY bestand, code
),

boeken AS (
    SELECT
        levering.bron, levering.maand, levering.iza_regio, levering.leverancier, 'aanlevering' AS suite,
        'gelezen_is_geaccepteerd_plus_afgekeurd' AS expectation, 'blokkerend' AS ernst,
        abs(rijen_gelezen - rijen_geaccepteerd - rijen_afgekeurd) AS aantal_onverwacht, rijen_gelezen AS aantal,
        levering.bestand AS waarneming
    FROM levering
),

sleutels AS (
    SELECT
        levering.bron, levering.maand, levering.iza_regio, levering.leverancier, levering.bron AS suite,
        'sleutel_uniek' AS expectation, code_bron.ernst,
        coalesce(dubbel.aantal, 0) AS aantal_onverwacht, levering.rijen_gelezen AS aantal,
        levering.bestand || ': A04 ' || code_bron.titel AS waarneming
    FROM levering
    INNER JOIN code_bron ON levering.bron = code_bron.bron AND code_bron.code = 'A04'
    LEFT JOIN dubbel ON levering.bestand = dubbel.bestand
),

signalen AS (
    SELECT
        levering.bron, levering.maand, levering.iza_regio, levering.leverancier, 'signaal' AS suite,
        code_bron.code AS expectation, code_bron.ernst,
        coalesce(signaal.aantal, 0) AS aantal_onverwacht, levering.rijen_geaccepteerd AS aantal,
        levering.bestand || ': ' || code_bron.titel AS waarneming
    FROM levering
    INNER JOIN code_bron ON levering.bron = code_bron.bron AND code_bron.code LIKE 'W%'
    LEFT JOIN signaal ON levering.bestand = signaal.bestand AND code_bron.code = signaal.code
    WHERE levering.status = 'actief'
),

-- alleen 573-berichten hebben controleregels
controleregels AS (
    SELECT
        levering.bron, levering.maand, levering.iza_regio, levering.leverancier, 'gds801' AS suite,
        oordeel.regel AS expectation,
        CASE oordeel.oordeel WHEN 'geweigerd' THEN 'blokkerend' WHEN 'gesignaleerd' THEN 'waarschuwing' WHEN 'informatief' THEN 'informatie' END
            AS ernst,
        coalesce(gebroken.rijen, 0) AS aantal_onverwacht, levering.rijen_gelezen AS aantal,
        levering.bestand || ': ' || oordeel.inhoud AS waarneming
    FROM levering
    CROSS JOIN referentie.gds801_oordeel AS oordeel
    LEFT JOIN kwaliteit.controleregel AS gebroken ON levering.bestand = gebroken.bestand AND oordeel.regel = gebroken.regel
    WHERE levering.status = 'actief' AND levering.bestand LIKE '%.xml%'
),

zpm AS (
    SELECT
        NULL AS bron, strftime(mismatch.maand, '%Y-%m') AS maand, mismatch.iza_regio, NULL AS leverancier, 'zpm' AS suite,
        code.code AS expectation, code.ernst,
        coalesce(sum(mismatch.aantal), 0)::BIGINT AS aantal_onverwacht, NULL AS aantal,
        count(mismatch.code) || ' bevindingen: ' || code.titel AS waarneming
    FROM referentie.kwaliteit_code AS code
    LEFT JOIN marts.zpm_mismatch AS mismatch ON code.code = mismatch.code
    WHERE code.code LIKE 'ZPM%'
    GROUP BY mismatch.maand, mismatch.iza_regio, code.code, code.ernst, code.titel
),

plausibiliteit AS (
    SELECT
        meting.bron, strftime(meting.maand, '%Y-%m') AS maand, meting.iza_regio, meting.leverancier, 'plausibiliteit' AS suite,
        meting.code AS expectation, code.ernst,
        count(CASE WHEN meting.afwijkend THEN 1 END) AS aantal_onverwacht, count(*) AS aantal,
        string_agg(CASE WHEN meting.afwijkend THEN meting.waarneming END, '; ' ORDER BY meting.waarneming) AS waarneming
    FROM kwaliteit.plausibiliteit AS meting
    INNER JOIN referentie.kwaliteit_code AS code ON meting.code = code.code
    GROUP BY meting.bron, meting.maand, meting.iza_regio, meting.leverancier, meting.code, code.ernst
),

stromen AS (
    SELECT
        'declaraties' AS bron, strftime(maand, '%Y-%m') AS maand, NULL AS iza_regio, NULL AS leverancier, 'identiteit' AS suite,
        'stand_begin_plus_stromen_is_stand_eind' AS expectation, 'blokkerend' AS ernst,
        count(CASE WHEN stand_begin + instroom + doorstroom_in - doorstroom_uit - uitstroom <> stand_eind THEN 1 END) AS aantal_onverwacht,
        count(stand_eind) AS aantal, 'marts.stroom_maand, alle regio''s en clusters' AS waarneming
    FROM marts.stroom_maand
    GROUP BY maand
)

SELECT
    bron, maand, iza_regio, leverancier, suite, expectation, NULL AS kolom, ernst,
    aantal_onverwacht = 0 AS geslaagd, aantal_onverwacht, aantal, waarneming
FROM (
    SELECT * FROM boeken
    UNION ALL
    SELECT * FROM sleutels
    UNION ALL
    SELECT * FROM signalen
    UNION ALL
    SELECT * FROM controleregels
    UNION ALL
    SELECT * FROM zpm
    UNION ALL
    SELECT * FROM plausibiliteit
    UNION ALL
    SELECT * FROM stromen
)
