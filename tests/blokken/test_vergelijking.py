"""Regions beside each other: what chance explains, per whom, and why a cell is hidden (issue: Schermen, 13)."""

from datetime import date

import pandas as pd
import pytest

from pipelines.blokken import blok, gegevens, grafiek, kaart, naast_elkaar, verloop, voorziening, waarom, wachten
from pipelines.blokken.cijfer import AFGESCHERMD, BEKEND, ONBEKEND, Cijfer
from pipelines.blokken.gebruiker import Gebruiker
from pipelines.blokken.metrieken import stand
from pipelines.blokken.opmaak import LANDELIJK
from pipelines.blokken.vergelijking import reeksen, vergelijk
from tests.scherm.schermwereld import ANDER, MAANDEN, MIJN, schrijf

NU, EERDER = date(2026, 8, 1), date(2026, 6, 1)
# region -> places above the norm, places, inhabitants; the last delivered nothing
REGIOS = {
    "ZK01": (6, 9, 100_000),
    "ZK02": (600, 1000, 500_000),
    "ZK03": (40, 100, 200_000),
    "ZK04": (None, None, 9_000_000),
}
REGIOS |= dict.fromkeys(("ZK06", "ZK07"), (50, 100, 200000))


@pytest.fixture(scope="module")
def bron(tmp_path_factory) -> gegevens.Bron:
    """Two months with one between them that nobody has a row of."""
    rijen, inwoners = [], []
    for maand in (EERDER, NU):
        for r, (boven, plekken, n) in REGIOS.items():
            rijen.append(_rij(maand, r, boven, plekken) | {"geleverd": plekken is not None})
            inwoners.append({"maand": maand, "woonregio": r, "cluster": "acuut", "inwoners": n})
    land = [_rij(m, LANDELIJK, 796, 1409) | {"regios_geleverd": 5, "regios": 6} for m in (EERDER, NU)]
    marts = {"wachttijd_maand": rijen, "wachttijd_maand_totaal": land, "behoefte_inwoners": inwoners}
    marts["verandering"] = [
        {"code": "", "maand": NU, "maanden_terug": 3, "iza_regio": "", "cluster": "", "verschil": 0, "regios": 0}
    ]
    pad = tmp_path_factory.mktemp("vergelijking") / "opname.duckdb"
    schrijf(pad, {"marts": {naam: pd.DataFrame(df) for naam, df in marts.items()}})
    return gegevens.Bron("x", pd.Timestamp(NU).to_pydatetime(), None, pad)


def _rij(maand: date, regio: str, boven: int | None, plekken: int | None) -> dict:
    deel = None if plekken is None else boven / plekken
    basis = {"maand": maand, "iza_regio": regio, "cluster": "acuut", "fase": "totaal"}
    return basis | {"wachtplekken": plekken, "boven_treeknorm": boven, "aandeel_boven_treeknorm": deel}


@pytest.fixture(scope="module")
def g(bron) -> gegevens.Gegevens:
    return gegevens.voor(bron, Gebruiker("Lo", "landelijk"))


def test_zes_van_negen_staat_niet_boven_zeshonderd_van_duizend(g):
    per = vergelijk(g, ("aandeel_boven_treeknorm",), "acuut", NU)["aandeel_boven_treeknorm"].per
    klein, groot = per["ZK01"], per["ZK02"]
    assert klein.cijfer.waarde > groot.cijfer.waarde and klein.afstand < groot.afstand
    assert (klein.oordeel, groot.oordeel, per["ZK03"].oordeel) == (0, 1, -1)
    # Wilson, 95%: 6 of 9 and 600 of 1,000 (Newcombe 1998 gives the method)
    assert (klein.laag, klein.hoog) == pytest.approx((0.354, 0.879), abs=0.001)
    assert (groot.laag, groot.hoog) == pytest.approx((0.569, 0.630), abs=0.001)
    rang = kaart.ranglijst(g, stand(g, "aandeel_boven_treeknorm"), "acuut", NU, "ZK01")
    namen = [rij[0] for rij in rang.rijen]
    assert namen.index("Amsterdam") < namen.index("Amstelland en De Meerlanden") < namen.index("Nederland")
    assert "hoger" in rang.als_html()


def test_per_inwoner_telt_van_het_land_alleen_wie_in_een_regio_woont_die_leverde(g):
    sp = vergelijk(g, ("wachtplekken",), "acuut", NU)["wachtplekken"]
    assert sp.per["ZK02"].cijfer.waarde == pytest.approx(200.0)
    assert sp.per[LANDELIJK].cijfer.waarde == pytest.approx(1409 / 1_200_000 * 100_000)
    assert sp.per["ZK04"].cijfer.toestand == ONBEKEND
    assert (sp.regios, sp.laagste, sp.midden, sp.hoogste) == (5, 9.0, 50.0, 200.0)
    # Byar, 95%: 100 of 200,000 is 81 to 122 events
    assert (sp.per["ZK03"].laag, sp.per["ZK03"].hoog) == pytest.approx((40.7, 60.8), abs=0.1)


def test_een_maand_zonder_rij_is_een_gat_en_alle_regios_hebben_een_schaal(g):
    rij = reeksen(g, "wachtplekken", "acuut", NU)["ZK02"]
    assert [(c.maand.month, c.toestand) for c in rij] == [(6, BEKEND), (7, ONBEKEND), (8, BEKEND)]
    b = naast_elkaar.veelvoud(g, stand(g, "wachtplekken"), "acuut", NU, ["ZK02", "ZK03"])
    assert "Alle regio's op één schaal, van nul tot 200,0" in b.onder and b.kop[1:] == [
        "jun 2026",
        "jul 2026",
        "aug 2026",
    ]
    hoog, laag = grafiek.vonk(rij, 100, 40), grafiek.vonk(rij, 100, 40, hoogste=400.0)
    assert "<polyline" not in hoog and hoog != laag


def test_een_regiotafel_ziet_zichzelf_naast_anderen_en_waarom_die_niet_te_zien_zijn(publicatie):
    g = gegevens.voor(publicatie, Gebruiker("Ans", "regio", MIJN))
    b = naast_elkaar.naast_anderen(g, MIJN, [ANDER], "acuut", MAANDEN[2])
    assert [rij[0] for rij in b.rijen if rij[0].startswith("Bezetting bedden")]
    assert "Groningen en Nederland: afgeschermd: het aantal is kleiner dan 10" in b.inhoud
    assert "niet openbaar: het lopend gemiddelde van 12 maanden" in b.inhoud
    assert "29 regio's: onbekend: niet geleverd" in b.inhoud


def test_waarom_een_cel_niet_te_zien_is_klopt_voor_die_cel():
    weg = "wachtplekken gemiddeld_weken"
    assert waarom.achtergehouden("wachttijd_maand", "gemiddeld_weken", weg) == (
        "afgeschermd: berust op wachtplekken, en dat aantal is hier afgeschermd"
    )
    assert "kleiner dan 10, of een ander aantal" in waarom.achtergehouden("wachttijd_maand", "wachtplekken", weg)
    nul = pd.DataFrame({"wachtplekken": [0, 12]})
    assert list(waarom.zonder_basis(nul, "wachttijd_maand", "wachtplekken")) == [
        "niet te berekenen: er zijn hier geen wachtplekken",
        "",
    ]
    assert "nog geen openbare versie" in waarom.niet_openbaar("wachttijd_maand", "wachtplekken", False, False)
    assert waarom.niet_openbaar("benodigde_capaciteit", "tekort", False, True).startswith("niet openbaar: het lopend")


def test_een_verborgen_cijfer_zegt_in_de_tabel_zijn_eigen_reden(publicatie):
    c = stand(gegevens.voor(publicatie, Gebruiker("Ans", "regio", MIJN)), "gemiddeld_weken").bij(
        MAANDEN[3], ANDER, "acuut"
    )
    assert c.toestand == AFGESCHERMD and "berust op wachtplekken en boven Treeknorm" in blok.cijfer(c, str)


def test_een_jaar_naast_het_jaar_ervoor_heeft_een_gat_waar_een_maand_ontbreekt(tmp_path):
    eerst = [_rij(date(2025, m, 1), MIJN, 5, 10 + m) for m in range(1, 13)]
    later = [_rij(date(2026, m, 1), MIJN, 5, 20 + m) for m in range(1, 9) if m != 7]
    verschil = {"code": "wachtplekken", "maanden_terug": 12, "iza_regio": MIJN, "cluster": "acuut", "regios": 1}
    marts = {"wachttijd_maand": [r | {"geleverd": True} for r in eerst + later], "wachttijd_maand_totaal": []}
    marts["stroom_maand"] = [{"maand": date(2025, 1, 1)}]
    marts["verandering"] = [verschil | {"maand": NU, "verschil": 10.0}]
    tabellen = {naam: pd.DataFrame(rijen) for naam, rijen in marts.items() if rijen}
    opname = schrijf(tmp_path / "opname.duckdb", {"marts": tabellen})
    bron = gegevens.Bron("x", pd.Timestamp(NU).to_pydatetime(), None, opname)
    b = verloop.jaar(gegevens.voor(bron, Gebruiker("Lo", "landelijk")), "wachtplekken", MIJN, "acuut", NU)
    assert b.rijen[0] == ["aug 2026", "28", "18", "+10"]
    assert (
        b.rijen[1][0] == "jul 2026" and "niet geleverd" in b.rijen[1][1] and b.rijen[1][2:] == ["17", "niet te zeggen"]
    )
    assert b.teken(800, "x").count("<polyline") == 2  # July stands between August and the months before it
    eerder = verloop.jaar(
        gegevens.voor(bron, Gebruiker("Lo", "landelijk")), "wachtplekken", MIJN, "acuut", date(2025, 8, 1)
    )
    assert "De reeks begint in januari 2025" in eerder.inhoud


def test_de_verdeling_van_wachten_staat_naast_het_land_met_wat_boven_de_norm_is(publicatie):
    g = gegevens.voor(publicatie, Gebruiker("Ans", "regio", MIJN))
    b = wachten.wachtspreiding(g, MIJN, MAANDEN[3])
    acuut = next(rij for rij in b.rijen if rij[0] == "Acuut, Amsterdam")
    assert acuut[1:] == ["10,0", "12,0", "20,0", "20", "40"]
    beeld = b.teken(900, "x")
    assert "20 van 40 boven de Treeknorm" in beeld and "Treeknorm 14 weken" in beeld
    assert "boven de Treeknorm: afgeschermd" in beeld  # of the country the count is withheld from this reader
    assert "de helft korter dan 10, gemiddeld 12, negen van de tien korter dan 20" in beeld


def test_van_het_land_staan_fasen_en_stromen_er_ook(publicatie):
    lo = gegevens.voor(publicatie, Gebruiker("Lo", "landelijk"))
    assert "50%" in wachten.fasen(lo, LANDELIJK, "acuut", MAANDEN[3]).teken(400, "x")
    assert "niet geleverd" not in wachten.wachtclusters(lo, LANDELIJK, MAANDEN[3]).inhoud.split("Niet cruciaal")[0]
    publiek = gegevens.voor(publicatie, Gebruiker("", "publiek"))
    assert "afgeschermd" in wachten.fasen(publiek, LANDELIJK, "acuut", MAANDEN[3]).rijen[0][1]


def test_de_hic_monitor_staat_naast_het_land_en_heeft_gaten(publicatie):
    g = gegevens.voor(publicatie, Gebruiker("Lo", "landelijk"))
    b = voorziening.hicverloop(g, MIJN, MAANDEN[3])
    assert b.kop[1] == "HIC, Amsterdam" and len(b.rijen) == len(MAANDEN)


def test_buren_delen_een_grens():
    assert "ZK09" in grafiek.buren("ZK06") and "ZK02" not in grafiek.buren("ZK06")
    assert all(a in grafiek.buren(b) for a in ("ZK02", "ZK10") for b in grafiek.buren(a))


def test_een_staaf_met_marge_past_en_zegt_hoger():
    staaf = grafiek.Staaf("Klinisch", Cijfer(0.6, BEKEND), marge=(0.5, 0.9), merk="hoger")
    beeld = grafiek.staven([staaf], lambda x: f"{x}", 400, "x", "x")
    assert "0.6 hoger" in beeld and 'd="M' in beeld
