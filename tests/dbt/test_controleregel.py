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
