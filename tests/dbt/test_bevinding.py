"""What is wrong becomes a finding with an id that stays, a result of the run, and a part of the supplier's report.

Suppliers 9611..9615; a supplier is a finding's place, so that other modules add none here.
"""

from datetime import date, timedelta

import pytest

from pipelines.kwaliteit.terugkoppeling import verzamel
from pipelines.settings import Instellingen
from tests.dbt.wereld import pseudoniem

HIC = {"codes": "A05", "regels": ["capaciteit_between"], "rij": "{}"}
BESTAND = "hic_monitor_2024-01_ZK32_9611_v01.csv"
A06 = {"codes": "A03,A06", "regels": ["bemiddeling_in_set", "patient_pseudoniem_vorm"], "rij": "{}"}


def vul(w):
    w.rij("hic_monitor", "2024-01", "ZK32", leverancier="9611", agb_vestiging="96110000", eenheid_id="H1", **HIC)
    w.rij("hic_monitor", "2024-01", "ZK32", leverancier="9611", agb_vestiging="96110000", eenheid_id="H2", **HIC)
    w.rij("hic_monitor", "2024-01", "ZK32", leverancier="9611", eenheid_id="H3", agb_vestiging="96110000")
    w.rij("hic_monitor", "2024-02", "ZK32", leverancier="9611", agb_vestiging="96110000", eenheid_id="H1", **HIC)
    w.rij("hic_monitor", "2024-01", "ZK32", leverancier="9612", agb_vestiging="96120000", eenheid_id="H1", **HIC)
    w.rij("hic_monitor", "2024-01", "ZK32", leverancier="9613", agb_vestiging="96130000", eenheid_id="H1", **HIC)
    w.rij("hic_monitor", "2024-01", "ZK32", leverancier="9613", eenheid_id="H1", versie=2, agb_vestiging="96130000")
    w.levering("bedden", "2024-01", "ZK32", "9613", versie=1, code="B02")
    for maand in (
        "2024-01",
        "2024-01",
        "2024-01",
        "2024-02",
    ):  # twee dubbele, van een rij die deugt en een die dat niet doet
        w.rij(
            "bedden",
            maand,
            "ZK32",
            leverancier="9614",
            agb_vestiging="96140000",
            afdeling_id="A",
            erkend=1,
            operationeel=1,
        )
    w.rij("wachtlijst", "2024-01", "ZK32", leverancier="9614", wachtplek_id="1", agb_vestiging="96140000", **A06)
    w.levering("bedden", "2024-03", "ZK32", "9615")  # a month later there is nothing to see any more
    # een HIC die de beddenopgave niet kent (ZPM-07): van 9614 in de monitor, van 9615 in de bedden
    for maand in ("2024-01", "2024-02"):
        w.rij("hic_monitor", maand, "ZK32", leverancier="9614", agb_vestiging="96150000", eenheid_id="H", capaciteit=8)
        w.rij(
            "bedden",
            maand,
            "ZK32",
            leverancier="9615",
            agb_vestiging="96150000",
            afdeling_id="B",
            bedtype="HIC",
            erkend=5,
            operationeel=5,
        )
    w.rij(
        "declaraties",
        "2024-01",
        "ZK32",
        leverancier="9615",
        declaratie_id="C1",
        debet_credit="C",
        gerelateerd_declaratie_id="weg",
        patient_pseudoniem=pseudoniem("x"),
        begindatum="2024-01-05",
        prestatiecode="XCO0001",
        agb_vestiging="96150000",
    )


def _bevindingen(marts, leverancier: str, kolommen: str) -> list[tuple]:
    """Without plausibility, and without LEV-01: these worlds hold deliveries of which every row is refused."""
    return marts.execute(
        f"select {kolommen} from kwaliteit.bevinding where leverancier = ? and code not like 'PL%' and code <> 'LEV-01' order by all",
        [leverancier],
    ).fetchall()


def test_dezelfde_regel_plaats_en_oorzaak_is_een_bevinding_met_haar_omvang_per_maand(marts):
    kolommen = "bevinding, code, oorzaak, eerste_maand, laatste_maand, omvang, omvang_totaal, status"
    assert _bevindingen(marts, "9611", kolommen) == [
        # md5 van A05|hic_monitor|ZK32|9611||capaciteit_between: blijft over runs en versies van dit systeem gelijk
        ("b4e82a225908", "A05", "capaciteit_between", "2024-01", "2024-02", 1, 3, "open")
    ]
    assert marts.execute(
        "select maand, omvang from kwaliteit.bevinding_maand where bevinding = 'b4e82a225908' order by maand"
    ).fetchall() == [("2024-01", 2), ("2024-02", 1)]


def test_een_levering_waarvan_elke_rij_is_afgekeurd_is_een_bevinding(marts):
    assert marts.execute(
        "select maand, omvang from kwaliteit.bevinding_maand where code = 'LEV-01' and leverancier = '9611' order by maand"
    ).fetchall() == [("2024-02", 1)]


def test_een_andere_leverancier_is_een_andere_bevinding_en_een_hogere_versie_zonder_de_fout_neemt_haar_weg(marts):
    assert len(_bevindingen(marts, "9612", "bevinding")) == 1
    assert _bevindingen(marts, "9613", "code, omvang") == [("B02", 1)]


def test_een_dubbele_sleutel_is_een_bevinding(marts):
    assert _bevindingen(marts, "9614", "code, oorzaak, omvang") == [
        ("A03", "bemiddeling_in_set", 1),
        ("A04", "sleutel_uniek", 2),
        ("A06", "patient_pseudoniem_vorm", 1),
    ]


def test_een_bevinding_over_de_definitie_noemt_beide_kanten_en_is_voorbij_na_een_maand_waarin_zij_er_niet_is(marts):
    assert marts.execute(
        "select code, oorzaak, maanden, omvang, toelichting, status from kwaliteit.bevinding where agb_vestiging = '96150000' order by code"
    ).fetchall() == [("ZPM-07", None, 2, 3, "8 tegenover 5", "voorbij")]


@pytest.mark.parametrize(
    ("suite", "expectation", "uitkomst"),
    [
        ("hic_monitor", "sleutel_uniek", [(True, 0, 3, "blokkerend", f"{BESTAND}: A04 Sleutel komt dubbel voor")]),
        ("signaal", "W04", [(True, 0, 1, "waarschuwing", f"{BESTAND}: Meer bezet dan beschikbaar")]),
    ],
)
def test_elke_toets_op_het_warehouse_is_een_uitkomst_ook_als_zij_slaagt(marts, suite, expectation, uitkomst):
    assert (
        marts.execute(
            "select geslaagd, aantal_onverwacht, aantal, ernst, waarneming from kwaliteit.resultaat_bouw "
            "where leverancier = '9611' and maand = '2024-01' and suite = ? and expectation = ?",
            [suite, expectation],
        ).fetchall()
        == uitkomst
    )


def test_wat_misgaat_telt_in_de_uitkomst(marts):
    assert marts.execute(
        "select leverancier, expectation, aantal_onverwacht, aantal from kwaliteit.resultaat_bouw "
        "where leverancier in ('9614', '9615') and maand = '2024-01' and expectation in ('sleutel_uniek', 'W01') and not geslaagd order by all"
    ).fetchall() == [("9614", "sleutel_uniek", 2, 3), ("9615", "W01", 1, 1)]


def test_de_leverancier_krijgt_haar_afgekeurde_rijen_met_nummer_kolom_en_code_in_woorden(warehouse):
    inhoud = verzamel(Instellingen(data=warehouse.parent), "9614", "2024-01")
    assert [
        (r["bron"], r["rijnummer"], r["code"], r["kolom"], r["titel"]) for r in inhoud["terugkoppeling_afgekeurd"]
    ] == [
        ("bedden", 2, "A04", None, "Sleutel komt dubbel voor"),
        ("bedden", 3, "A04", None, "Sleutel komt dubbel voor"),
        ("wachtlijst", 1, "A03", "bemiddeling", "Waarde staat niet in de codelijst"),
        ("wachtlijst", 1, "A06", "patient_pseudoniem", "Geen pseudoniem"),
    ]
    assert {r["bestand"].split("_")[-2] for r in inhoud["aanlevering"]} == {"9614"}
    assert [
        (r["code"], r["rijen"], r["voorbeeld_rij"]) for r in inhoud["terugkoppeling_regel"] if r["bron"] == "bedden"
    ] == [("A04", 2, 2)]
    (bedden,) = (r for r in inhoud["terugkoppeling_termijn"] if r["bron"] == "bedden")
    assert (bedden["status"], bedden["volgende_maand"], bedden["volgende_termijn"]) == (
        "geleverd",
        "2024-02",
        date(2024, 3, 10),
    )
    assert bedden["herstel_voor"] - date.today() in (timedelta(13), timedelta(14), timedelta(15))


@pytest.mark.parametrize(("leverancier", "kanten"), [("9614", (8, None)), ("9615", (None, 5))])
def test_een_cijfer_waaraan_een_ander_bijdroeg_staat_er_niet(warehouse, leverancier, kanten):
    (r,) = verzamel(Instellingen(data=warehouse.parent), leverancier, "2024-01")["terugkoppeling_mismatch"]
    assert (r["code"], r["aantal"], r["waarde_a"], r["waarde_b"], r["met_gegevens_van_anderen"]) == (
        "ZPM-07",
        None,
        *kanten,
        True,
    )
