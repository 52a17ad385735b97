-- Elke bevinding met haar laatste oordeel (tabel oordeel staat klaar), en of zij vraagt om een nieuw.
WITH laatste AS (
    SELECT * FROM oordeel QUALIFY row_number() OVER (PARTITION BY bevinding ORDER BY volgnummer DESC) = 1
),

normen AS (
    SELECT
        max(waarde) FILTER (norm = 'heropen_aandeel') AS aandeel,
        max(waarde) FILTER (norm = 'heropen_minimum') AS minimum
    FROM referentie.kwaliteit_norm
),

beoordeeld AS (
    SELECT
        basis.*,
        laatste.status AS oordeel, laatste.auteur, laatste.moment AS oordeel_moment, laatste.reden, laatste.einddatum,
        laatste.omvang AS omvang_bij_oordeel, laatste.maand AS maand_bij_oordeel,
        CASE
            WHEN laatste.status IS NULL THEN NULL
            WHEN laatste.einddatum < current_date THEN 'de einddatum is voorbij'
            WHEN abs(basis.omvang - laatste.omvang) > greatest(normen.aandeel * laatste.omvang, normen.minimum - 1)
                THEN 'de omvang ging van ' || laatste.omvang || ' naar ' || basis.omvang
            WHEN laatste.status = 'opgelost' AND basis.laatste_maand > laatste.maand THEN 'opnieuw gezien in ' || basis.laatste_maand
            -- het oordeel geldt nog
            ELSE NULL
        END AS heropend_omdat
    FROM kwaliteit.bevinding_basis AS basis
    CROSS JOIN normen
    LEFT JOIN laatste ON basis.bevinding = laatste.bevinding
)

SELECT
    *,
    CASE
        WHEN NOT actueel THEN 'voorbij'
        WHEN oordeel IS NULL THEN 'open'
        WHEN heropend_omdat IS NOT NULL THEN 'heropend'
        -- geaccepteerd, teruggemeld of opgelost
        ELSE oordeel
    END AS status
FROM beoordeeld
ORDER BY bevinding
