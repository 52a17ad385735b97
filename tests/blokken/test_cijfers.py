"""Figures keep their state: zero, unknown, withheld, provisional and not computable stay apart (issue: Schermen, 5)."""

from datetime import date

import pytest

from pipelines.blokken import blok, gegevens, grafiek, opmaak, samenvatting, uitvoer
from pipelines.blokken.cijfer import AANLOOP, AFGESCHERMD, BEKEND, LEEG, NOG_NIET, ONBEKEND, Cijfer, cel
from pipelines.blokken.gebruiker import Gebruiker
from pipelines.blokken.grafiek import Reeks, Staaf
from pipelines.blokken.grafiek.kaart import klassen
from pipelines.blokken.grafiek.letters import breedte_van, pas_in
from pipelines.blokken.metrieken import alle_metrieken, metrieken, stand
from pipelines.blokken.opmaak import ALLE, LANDELIJK
from pipelines.blokken.uitvoer import Herkomst
from tests.scherm.schermwereld import ANDER, MAANDEN, MIJN

LANDELIJKE = Gebruiker("Lo", "landelijk")


@pytest.fixture
def g(opname):
    return gegevens.voor(opname, LANDELIJKE)


def test_een_regio_die_niet_leverde_is_onbekend_en_geen_nul(g):
    assert stand(g, "instroom").bij(MAANDEN[3], "ZK01", "acuut").toestand == ONBEKEND


def test_de_zes_clusters_samen_en_het_land_staan_in_de_totalen_van_de_mart(g):
    zes = stand(g, "wachtplekken").bij(MAANDEN[3], MIJN, ALLE)
    land = stand(g, "wachtplekken").bij(MAANDEN[3], LANDELIJK, "acuut")
    assert (zes.waarde, zes.van_regios()) == (6 * 40, "")
    assert (land.waarde, land.van_regios()) == (40 + 7654321, "2 van 31")


def test_het_land_is_voorlopig_zolang_een_regio_die_leverde_dat_is(g):
    assert stand(g, "instroom").bij(MAANDEN[3], LANDELIJK, "acuut").voorlopig
    assert not stand(g, "instroom").bij(MAANDEN[0], LANDELIJK, "acuut").voorlopig


def test_meer_plaatsen_dan_nodig_heet_over_en_geen_negatief_tekort():
    assert [metrieken()["tekort"].schrijf(x) for x in (3.0, 0.0, -5.0)] == ["3 te kort", "0", "5 over"]


def test_een_cluster_zonder_bedden_heeft_geen_bezetting_van_bedden_en_is_niet_onbekend(g):
    assert stand(g, "bezetting_bedden").bij(MAANDEN[3], MIJN, "outreachend").toestand == LEEG
    assert stand(g, "bezetting_ambulant").bij(MAANDEN[3], MIJN, "outreachend").waarde == pytest.approx(0.9)


def test_een_verandering_is_die_van_de_mart_en_zonder_vergelijking_is_er_geen(g):
    s = stand(g, "wachtplekken")
    assert (s.verandering(MAANDEN[3], MIJN, ALLE), s.zelfde_regios(MAANDEN[3], LANDELIJK, ALLE)) == (0.0, 2)
    assert s.verandering(MAANDEN[0], MIJN, ALLE) is None


def test_een_som_met_een_afgeschermd_deel_is_afgeschermd(publicatie):
    g = gegevens.voor(publicatie, Gebruiker("Ans", "regio", MIJN))
    assert stand(g, "wachtplekken").bij(MAANDEN[3], ANDER, ALLE).toestand == AFGESCHERMD


def test_elke_toestand_ziet_er_anders_uit_ook_zonder_kleur_en_voor_wie_luistert():
    uit = [
        blok.cijfer(c, opmaak.getal)
        for c in (
            Cijfer(0.0, BEKEND),
            Cijfer(0.0, BEKEND, True),
            *[Cijfer(None, t) for t in (ONBEKEND, AFGESCHERMD, LEEG)],
        )
    ]
    assert len(set(uit)) == 5
    assert (
        uit[0] == "0" and "voorlopig" in uit[1] and "niet geleverd" in uit[2] and "te klein of niet openbaar" in uit[3]
    )


def test_een_lijn_breekt_waar_niets_bekend_is_en_streept_wat_voorlopig_is():
    punten = [
        Cijfer(w, BEKEND if w is not None else ONBEKEND, m >= MAANDEN[3], m)
        for w, m in zip([1.0, None, 2.0, 3.0], MAANDEN, strict=True)
    ]
    beeld = grafiek.lijn([Reeks("Instroom", punten)], opmaak.getal, 400, "Instroom", "x")
    assert beeld.count("<polyline") == 1 and 'stroke-dasharray="3 3"' in beeld and "url(#x-onbekend)" in beeld


def test_een_staaf_onder_nul_heeft_geen_lengte():
    beeld = grafiek.staven(
        [Staaf("Klinisch", Cijfer(-5.0, BEKEND)), Staaf("Acuut", Cijfer(3.0, BEKEND))], opmaak.getal, 400, "Tekort", "x"
    )
    assert 'width="0.0"' in beeld and "−5" in beeld


def test_de_kaart_heeft_31_regios_die_met_het_toetsenbord_te_kiezen_zijn():
    beeld = grafiek.kaart({r: Cijfer(1.0, BEKEND) for r in opmaak.regios()}, opmaak.getal, "Kaart", "k")
    assert beeld.count('role="button"') == 31 and beeld.count("data-kies") == 31


def test_de_klassen_van_de_kaart_overlappen_niet():
    gevonden = klassen([float(w) for w in (1, 2, 2, 3, 5, 8, 13, 21, 34)])
    assert gevonden == [(1, 2), (3, 3), (5, 8), (13, 21), (34, 34)]
    assert klassen([]) == [] and klassen([0.9]) == [(0.9, 0.9)]


def test_de_klassen_van_de_kaart_overlappen_ook_niet_zoals_zij_er_staan():
    gevonden = klassen([1.91, 2.24, 2.21, 2.23, 2.5, 2.6], lambda w: opmaak.getal(w, 1))
    assert gevonden == [(1.91, 2.24), (2.5, 2.5), (2.6, 2.6)]


def test_een_naam_wordt_afgekapt_waar_zij_niet_past_en_niet_eerder():
    breed = breedte_van("Hoogspecialistisch ggz")
    assert 100 < breed < 130 and breedte_van("Hoogspecialistisch ggz", vet=True) > breed
    assert pas_in("Hoogspecialistisch ggz", breed) == "Hoogspecialistisch ggz"
    krap = pas_in("Hoogspecialistisch ggz", breed - 1)
    assert krap.endswith("…") and breedte_van(krap) <= breed - 1


def test_getallen_en_maanden_zijn_nederlands():
    assert opmaak.getal(1234567.891, 1) == "1.234.567,9"
    assert opmaak.getal(-0.4) == "0"
    assert opmaak.getal(-12) == "−12"
    assert opmaak.procent(0.853, 1) == "85,3%"
    assert opmaak.maand(date(2026, 3, 1)) == "maart 2026"
    assert opmaak.cluster("hoogspecialistisch_ggz") == "Hoogspecialistisch ggz"


def test_tekst_uit_een_levering_wordt_geen_html_en_geen_formule(g):
    import pandas as pd

    assert opmaak.h("<script>") == "&lt;script&gt;"
    df = pd.DataFrame({"Bestand": ['=HYPERLINK("x")'], "Waarde": [1.5]})
    tekst = uitvoer.csv(df, "Titel", Herkomst(("Bron: x", "Stand: y"))).decode("utf-8-sig")
    assert tekst.splitlines()[:3] == ["# Titel", "# Bron: x", "# Stand: y"]
    assert "'=HYPERLINK" in tekst and "1,5" in tekst


def test_een_werkboek_draagt_bron_en_stand(g):
    import io

    import openpyxl
    import pandas as pd

    boek = openpyxl.load_workbook(
        io.BytesIO(
            uitvoer.xlsx(
                pd.DataFrame({"Waarde": [1.5, None], "Regio": ["Arnhem", "Twente"]}),
                "Titel",
                Herkomst(("Bron: x", "Stand: y", "Status: voorlopig")),
            )
        )
    )
    assert [r[0].value for r in boek["Herkomst"]] == ["Titel", "Bron: x", "Stand: y", "Status: voorlopig"]
    assert [[c.value for c in r] for r in boek["Cijfers"]] == [["Waarde", "Regio"], [1.5, "Arnhem"], [None, "Twente"]]


def test_de_samenvatting_noemt_wat_boven_de_norm_ligt_en_wat_onzeker_is(g):
    kern = {k.kop: k for k in samenvatting.kernpunten(g, MIJN, MAANDEN[3])}
    assert "85%" in kern["Bezetting"].tekst and kern["Bezetting"].let_op
    assert kern["Wachten"].tekst.startswith("240 wachtplekken (evenveel als drie maanden eerder); 120 (50%)")
    assert kern["Uitstroom"].tekst.startswith(
        "150 dagen lag er iemand op een bed die weg kon, waarvan 25 in afwachting van beschermd wonen"
    )
    assert kern["Bedden over of te kort"].tekst.startswith("24 bedden te kort")
    assert "80% van de prestaties" in samenvatting.zekerheid(g, MIJN, MAANDEN[3])[0].tekst
    assert [k.tekst for k in samenvatting.zekerheid(g, MIJN, MAANDEN[0])] == [
        "Geweigerd en niet meegeteld: 1 van 40 rijen."
    ]
    assert {k.kop for k in samenvatting.zekerheid(g, "ZK01", MAANDEN[3])} == {
        "Declaraties",
        "Beddenopgave",
        "Wachtlijst",
    }


def test_hoe_zeker_het_is_noemt_een_leverancier_die_ontbreekt_en_hoeveel_regios_het_land_telt(g):
    mijn = [k.tekst for k in samenvatting.zekerheid(g, MIJN, MAANDEN[3]) if k.kop == "Bedden"]
    assert mijn == ["1 van 2 leveranciers leverden over augustus 2026: wat ontbreekt telt niet mee."]
    land = [k.tekst for k in samenvatting.zekerheid(g, LANDELIJK, MAANDEN[3]) if k.kop == "Bedden"]
    assert land == [
        "2 van 31 regio's leverden over augustus 2026.",
        "Niet elke leverancier leverde in Amsterdam.",
    ]


def test_wat_onder_een_totaal_staat_en_wat_de_aanwijzer_zegt_noemt_de_regios(g):
    land = stand(g, "wachtplekken").reeks(LANDELIJK, "acuut")
    assert "2 van 31 regio's" in samenvatting.herkomst(g, "wachttijd_maand", land).regels[2]
    assert "(2 van 31 regio&#x27;s)" in grafiek.lijn([Reeks("Nederland", land)], opmaak.getal, 400, "x", "x")


def test_uitstroom_van_een_maand_die_nog_niet_te_bepalen_is_wordt_niet_getoond_en_zegt_vanaf_wanneer(g):
    c = stand(g, "uitstroom").bij(MAANDEN[3], MIJN, ALLE)
    assert (c.waarde, c.toestand) == (None, NOG_NIET)
    assert "nog niet te bepalen, vanaf de declaraties van november 2026" in blok.cijfer(c, opmaak.getal)
    assert stand(g, "uitstroom").bij(MAANDEN[2], MIJN, ALLE).waarde == 6 * 40
    assert stand(g, "instroom").bij(MAANDEN[3], MIJN, ALLE).waarde == 6 * 40


def test_instroom_van_de_aanloop_van_een_reeks_wordt_niet_getoond():
    rij = {"instroom": 424, "geleverd": True, "aanloop": True, "uitstroom_bepaald_vanaf": date(2026, 2, 1)}
    assert cel(rij, "instroom", voorwaarde="not aanloop").toestand == AANLOOP
    assert cel(rij | {"aanloop": False}, "instroom", voorwaarde="not aanloop").waarde == 424
    assert {alle_metrieken()[k].voorwaarde for k in ("instroom", "instroom_nieuw", "doorstroom_in")} == {"not aanloop"}
