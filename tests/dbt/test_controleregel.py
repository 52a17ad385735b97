"""Control rules of 573 messages, counted per message for a steward. Supplier 9573."""

from tests.dbt.wereld import pseudoniem

BESTAND = "declaraties_2024-02_ZK14_9573_v02.xml"


def vul(w):
    def prestatie(id_, controleregels, codes=None, versie=2):
        w.rij(
            "declaraties",
            "2024-02",
            "ZK14",
            leverancier="9573",
            versie=versie,
            ext="xml",
            declaratie_id=id_,
            codes=codes,
            controleregels=controleregels,
            patient_pseudoniem=pseudoniem(id_),
            begindatum="2024-01-05",
            prestatiecode="XCO0001",
            agb_vestiging="90140000",
            rij="{}" if codes else None,
        )

    prestatie("VC oud", "VC093", "A05", versie=1)
    prestatie("VC twee", "VC093,VC171", "A05")
    prestatie("VC een", "VC093", "A05")
    prestatie("VC telt mee", "VC016")
    prestatie("VC geen", None)


def test_een_bericht_telt_per_controleregel_zijn_rijen_met_wat_zij_kosten(marts):
    assert marts.execute(
        "select bestand, regel, oordeel, inhoud, rijen from kwaliteit.controleregel order by regel"
    ).fetchall() == [
        (BESTAND, "VC016", "gesignaleerd", "totaalbedrag = som van debet min credit", 1),
        (BESTAND, "VC093", "geweigerd", "Aantal = 1", 2),
        (BESTAND, "VC171", "informatief", "Factuurdatum vanaf 2026: Factuurnummer alleen SEPA-tekens", 1),
    ]


def test_alleen_een_geweigerde_prestatie_is_een_afgekeurde_rij(marts):
    assert marts.execute("select codes from kwaliteit.afgekeurde_rij where bestand = ?", [BESTAND]).fetchall() == [
        ("A05",),
        ("A05",),
    ]


def test_elke_controleregel_is_een_bevinding_met_de_ernst_van_haar_oordeel(marts):
    assert marts.execute(
        "select code, ernst, oorzaak, omvang, left(toelichting, 14) from kwaliteit.bevinding "
        "where leverancier = '9573' and code like 'GDS%' order by code"
    ).fetchall() == [
        ("GDS-01", "blokkerend", "VC093", 2, "VC093 Aantal ="),
        ("GDS-02", "waarschuwing", "VC016", 1, "VC016 totaalbe"),
        ("GDS-03", "informatie", "VC171", 1, "VC171 Factuurd"),
    ]


def test_elke_controleregel_van_een_bericht_is_een_uitkomst_ook_als_zij_niet_is_gebroken(marts):
    uitkomst = "select {} from kwaliteit.resultaat_bouw where suite = 'gds801' and leverancier = '9573'"
    assert marts.execute(
        uitkomst.format("expectation, ernst, geslaagd, aantal_onverwacht, aantal")
        + " and expectation in ('VC001', 'VC093') order by all"
    ).fetchall() == [("VC001", "waarschuwing", True, 0, 4), ("VC093", "blokkerend", False, 2, 4)]
    assert (
        marts.execute(uitkomst.format("count(distinct expectation)")).fetchone()
        == marts.execute("select count(*) from referentie.gds801_oordeel").fetchone()
    )


def test_de_leverancier_krijgt_rijen_en_regels_terug(marts):
    assert marts.execute(
        "select rijnummer, code, eis from kwaliteit.terugkoppeling_afgekeurd where leverancier = '9573' order by all"
    ).fetchall() == [(1, "A05", "VC093 Aantal = 1"), (2, "A05", "VC093 Aantal = 1")]
    assert marts.execute(
        "select code, titel like '%: VC%', rijen from kwaliteit.terugkoppeling_signaal "
        "where leverancier = '9573' and code like 'GDS%' order by all"
    ).fetchall() == [("GDS-02", True, 1), ("GDS-03", True, 1)]
