"""Need, years ahead, inhabitants and facilities: what the pages say is what stands in the state that is read, in words true for it."""

import html
import re

import duckdb
import pytest

from pipelines.blokken import blok, capaciteit, gegevens, grafiek, inwoners, meerjaren, metrieken, opmaak, voorziening
from pipelines.blokken.cijfer import AFGESCHERMD, BEKEND, LEEG, ONBEKEND, Cijfer
from pipelines.blokken.gebruiker import Gebruiker
from pipelines.blokken.grafiek import Trede
from pipelines.blokken.openbaar import echte_wachttijd
from pipelines.rapport.inhoud import Kwartaal, rapport
from pipelines.scherm.paginas.datakwaliteit import zpm
from tests.scherm.schermwereld import ANDER, GEHEIM, MAANDEN, MIJN

AMSTERDAM, PUBLIEK = Gebruiker("Ans", "regio", MIJN), Gebruiker("lezer", "publiek")
LANDELIJKE, STEWARD = Gebruiker("Lo", "landelijk"), Gebruiker("Sam", "steward")
NU = MAANDEN[3]


@pytest.fixture
def g(publicatie):
    return gegevens.voor(publicatie, LANDELIJKE)


def tekst(b: blok.Blok) -> str:
    """What somebody reads of a block, without drawing."""
    kaal = re.sub(r"<svg.*?</svg>", " ", b.als_html(), flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", kaal)).split())


def vraag(publicatie, wie: str, sql: str, *waarden):
    """A figure straight from the file of an audience."""
    with duckdb.connect(str(publicatie.publicatie / wie / f"{wie}.duckdb"), read_only=True) as con:
        return con.execute(sql, waarden).fetchall()


def test_capaciteit_zegt_per_cluster_in_een_zin_wat_in_de_publicatie_staat(g, publicatie):
    uit = tekst(capaciteit.balans(g, MIJN, NU))
    rijen = vraag(
        publicatie,
        "landelijk",
        "SELECT cluster, format('{} plaatsen in gebruik van {}; {} nodig voor wie nu wordt geweigerd of in de rij blijft; {} komt vrij als de "
        "uitstroom op tijd is. Bij de norm van {}% zijn er {} nodig: {} te kort. Met uitstroom op tijd {}: {} te kort.', bezet::int, beschikbaar::int, "
        "onvervuld::int, uitgesteld::int, (100 * bezettingsnorm)::int, benodigd::int, (benodigd - beschikbaar)::int, benodigd_tijdig::int, "
        "(benodigd_tijdig - beschikbaar)::int) "
        "FROM marts.capaciteit_balans WHERE iza_regio = ? AND maand = ?",
        MIJN,
        NU,
    )
    assert len(rijen) == 6
    for cluster, zin in rijen:
        assert f"{opmaak.cluster(cluster)}, bedden 4 te kort {zin}" in uit


def test_wat_over_is_heet_over_en_staat_nergens_als_negatief_tekort(g):
    uit = capaciteit.balans(g, ANDER, NU).als_html()
    assert f"{opmaak.getal(GEHEIM)} over" in uit and "te kort in" not in uit
    assert not re.search(r"[−-]\s?[\d.]+ (te kort|over)", uit)


def test_van_het_land_staan_tekort_en_over_apart_met_hoeveel_regios(g):
    uit = tekst(capaciteit.balans(g, opmaak.LANDELIJK, NU))
    assert f"4 te kort in 1 regio en {opmaak.getal(GEHEIM)} over in 1 regio" in uit
    assert "Plaatsen in Nederland (2 van 31 regio’s leverden over deze maand)" in uit and "2 van 31 regio's" in uit


def test_wat_ontbreekt_zegt_welke_levering_er_niet_is(g):
    uit = tekst(capaciteit.balans(g, "ZK01", NU))
    assert "Onbekend: in dit venster is geen beddenopgave geleverd." in uit
    rij = g.tabel("capaciteit_balans", iza_regio=MIJN, maand=NU).to_dict("records")[0]
    zonder = rij | {"beschikbaar": None, "te_kort": None, "over": None}
    assert "is onbekend, want over deze maand is geen beddenopgave geleverd" in capaciteit.zin(zonder)
    c = capaciteit.cijfer(rij | {"onvervuld": None, "regios_wachtlijst": 0}, "onvervuld")
    assert (c.toestand, c.waarom) == (ONBEKEND, "onbekend: in dit venster is geen wachtlijst geleverd")
    c = capaciteit.cijfer(rij | {"onvervuld": None}, "onvervuld")
    assert c.toestand == LEEG and "te weinig opnames" in blok.cijfer(c, opmaak.getal)


def test_waarom_plaatsen_gesloten_zijn_staat_erbij(g):
    b = capaciteit.balans(g, MIJN, NU)
    assert "3 personeelstekort en 1 verbouwing" in tekst(b)
    assert "Gesloten: personeelstekort" in b.als_html() and "Gesloten: geld" not in b.als_html()


def test_een_andere_regio_is_er_voor_een_regiotafel_niet_en_dat_staat_er(publicatie):
    uit = tekst(capaciteit.balans(gegevens.voor(publicatie, AMSTERDAM), ANDER, NU))
    assert "Dit is niet openbaar: van Groningen ziet uw rol alleen de openbare versie" in uit


def test_van_het_land_ziet_iedereen_wat_nodig_is_wat_er_is_en_wat_te_kort_is(publicatie):
    uit = tekst(capaciteit.balans(gegevens.voor(publicatie, PUBLIEK), opmaak.LANDELIJK, NU))
    land = [opmaak.getal(GEHEIM + n) for n in (44, 40, 4)]
    assert f"Klinisch, bedden {' '.join(land)} 2 van 31" in uit and "Geweigerd of in de rij" not in uit


def test_declaraties_en_bedden_die_botsen_staan_bij_het_cijfer_van_het_cluster_dat_zij_raken(g):
    uit = capaciteit.balans(g, MIJN, NU).als_html()
    assert uit.count("ZPM-13") == 1
    kaart = re.search(r"<h4>Acuut.*?</div></div>.*?</div>", uit, re.S)[0]
    assert "in juni 2026 waren volgens declaraties 26 mensen in zorg" in kaart and "30 plaatsen in gebruik" in kaart
    assert f'href="datakwaliteit?kwaliteit_onderwerp=zpm&amp;zpmregio={MIJN}"' in kaart
    assert "datakwaliteit" not in capaciteit.balans(g, MIJN, NU, met_link=False).als_html()
    # in mei was er geen bevinding, en juni is van later
    assert "ZPM-13" not in capaciteit.balans(g, MIJN, MAANDEN[0]).als_html()


def test_een_botsing_zonder_vestiging_telt_op_de_pagina_over_de_definitie_als_cluster(g):
    """ZPM-13 waits for the claims: of July and August it says nothing yet."""
    alle = g.tabel("zpm_mismatch_totaal", iza_regio=MIJN)
    rij = next(r for r in zpm.zpm(g, alle, MIJN).rijen if "ZPM-13" in r[0])
    assert rij[1] == "1" and "nog niet getoetst" in rij[2]


def test_meerjarenbeeld_zet_een_jaar_op_een_regel_en_noemt_de_maanden_onder_de_afspraak(g):
    uit = tekst(meerjaren.meerjarenbeeld(g, MIJN, ["klinisch"]))
    assert "2026 8 maanden 30,5 gemeten jaar 44 40 45 5 onder 1 over" in uit
    assert "2027 verwachting nog niet 33 28 tot 38,5 46 nog niet 45 nog niet 1 te kort" in uit
    assert "Maanden met minder plaatsen dan afgesproken: 2026: mei en jun." in uit
    assert "Jaren die nog komen zijn een voorspelling" in uit
    assert "Voor 2028 is er geen voorspelling en geen afspraak." in uit and "verder vooruit dan er historie is" in uit


def test_een_waterval_legt_elke_stap_op_de_vorige_en_tekent_niet_wat_onbekend_is():
    treden = [
        Trede("In gebruik", Cijfer(10.0, BEKEND)),
        Trede("Erbij", Cijfer(4.0, BEKEND), "erbij"),
        Trede("Eraf", Cijfer(2.0, BEKEND), "eraf"),
        Trede("Nodig", Cijfer(20.0, BEKEND), "norm"),
        Trede("Onbekend", Cijfer(None, ONBEKEND), "erbij"),
    ]
    beeld = grafiek.waterval(treden, opmaak.getal, 400, "Klinisch", "k")
    vakken = re.findall(r'<rect x="([\d.]+)" y="\d+" width="([\d.]+)" height="15"', beeld)
    (nul, tien), (begin, vier), (later, twee), (_, twintig) = [(float(x), float(b)) for x, b in vakken]
    assert begin == pytest.approx(nul + tien, abs=0.2) and later == pytest.approx(begin + vier - twee, abs=0.2)
    assert twintig == pytest.approx(2 * tien, abs=0.2)
    assert "+ 4" in beeld and "− 2" in beeld and "url(#k-onbekend)" in beeld


def test_inwoners_in_zinnen_en_naast_wat_hun_leeftijd_verklaart(g, publicatie):
    uit = tekst(inwoners.inwoners(g, MIJN, NU))
    ((zin,),) = vraag(
        publicatie,
        "landelijk",
        "SELECT format('Klinisch: {} inwoners in zorg, {} per 100.000; naar leeftijd waren er {} te verwachten, dus {} keer zo veel als verwacht; {} van hen "
        "(ook) in een andere regio, gemiddeld {} km van huis.', patienten::int, replace(printf('%.1f', 1e5 * patienten / inwoners), '.', ','), "
        "replace(printf('%.1f', verwacht_patienten), '.', ','), replace(printf('%.2f', patienten / verwacht_patienten), '.', ','), patienten_elders::int, "
        "round(afstand_elders_km)::int) FROM marts.behoefte_inwoners WHERE woonregio = ? AND maand = ? AND cluster = 'klinisch'",
        MIJN,
        NU,
    )
    assert zin in uit
    assert "De regio telt 1.000.000 inwoners (CBS)" in uit and "2 van 31 regio's" in uit and "Wat dit niet zegt." in uit


def test_een_regiotafel_ziet_haar_inwoners_en_van_elders_alleen_wat_openbaar_is(publicatie):
    g = gegevens.voor(publicatie, AMSTERDAM)
    assert "40 inwoners in zorg" in tekst(inwoners.inwoners(g, MIJN, NU))
    uit = inwoners.behandeld(g, MIJN, "klinisch", NU).als_html()
    assert "Amsterdam" in uit and "Groningen" in uit and "afgeschermd: te klein of niet openbaar" in uit
    assert str(GEHEIM) not in uit.replace(".", "")


def test_wie_alleen_rijen_van_de_eigen_regio_heeft_leest_dat_elders_er_niet_bij_staat(opname):
    uit = tekst(inwoners.behandeld(gegevens.voor(opname, AMSTERDAM), MIJN, "klinisch", NU))
    assert "Amsterdam" in uit and "ziet uw rol alleen in de openbare versie" in uit


def test_zonder_publicatie_zegt_de_pagina_waarom_een_regiotafel_er_niets_ziet(opname):
    g = gegevens.voor(opname, PUBLIEK)
    assert "ziet daarvan de openbare versie, en daar staat het nog niet in" in tekst(inwoners.inwoners(g, MIJN, NU))
    assert "alleen in de openbare versie" in tekst(inwoners.behandeld(g, MIJN, "klinisch", NU))


@pytest.mark.parametrize(
    ("kolom", "wijzig", "toestand", "waarom"),
    [
        ("wachtplekken", {"wachtplekken": None}, ONBEKEND, "geen enkele regio leverde over deze maand een wachtlijst"),
        ("patienten", {"patienten": None, "regios_geleverd": 0}, ONBEKEND, "leverde over deze maand declaraties"),
        ("verhouding", {"verhouding": None}, LEEG, "in het hele land kreeg niemand deze zorg"),
        ("verhouding", {"verhouding": None, "woonregio": "onbekend"}, LEEG, "van deze mensen is de woonregio onbekend"),
        ("afstand_elders_km", {"afstand_elders_km": None}, LEEG, "niemand werd elders behandeld"),
        ("patienten", {"patienten": None, "onderdrukte_kolommen": "patienten"}, AFGESCHERMD, ""),
    ],
)
def test_waarom_een_cijfer_van_inwoners_ontbreekt_is_waar_voor_die_cel(g, kolom, wijzig, toestand, waarom):
    rij = g.tabel("behoefte_inwoners", woonregio=MIJN, maand=NU, cluster="klinisch").to_dict("records")[0]
    c = inwoners.cijfer(rij | wijzig, kolom)
    assert c.toestand == toestand and waarom in c.waarom


def test_een_publicatie_van_voor_een_tabel_zegt_dat_zij_er_niet_in_staat(g):
    waarom = metrieken.waarom_niets(g, "bestaat_nog_niet", MIJN, NU)
    assert waarom == "Dit staat niet in publicatie 2026-08_r1; de volgende verwerking zet het erin."
    assert (
        metrieken.waarom_niets(g, "hic_maand", "ZK01", NU)
        == f"Over augustus 2026 is van {opmaak.regio('ZK01')} niets geleverd."
    )


def test_de_ranglijst_van_inwoners_gaat_van_hoog_naar_laag(g):
    rijen = [rij[0] for rij in inwoners.ranglijst(g, "klinisch", "patienten_per_100k", NU).rijen]
    assert rijen[:2] == ["Groningen", "Amsterdam"] and len(rijen) == 31


def test_de_kaart_van_inwoners_heeft_31_regios_en_geen_knoppen(g):
    beeld = inwoners.kaart(g, "klinisch", "patienten_per_100k", NU, MIJN).teken(400, "k")
    assert beeld.count("data-tip=") == 31 and 'role="button"' not in beeld and 'role="img"' in beeld


def test_voorzieningen_staan_per_bedtype_en_wet_en_wat_buiten_de_clusters_valt_zegt_dat(g):
    uit = tekst(voorziening.voorzieningen(g, MIJN, NU))
    assert "HIC: high & intensive care Zvw bedden Acuut 1 12 12 0 0 90% 6 1,0" in uit
    assert "Beschermd wonen Wmo bedden telt niet mee 1 25 25 0 0 90% 6 1,0" in uit
    assert "Wat dit niet zegt." in uit


@pytest.mark.parametrize("wie", [AMSTERDAM, LANDELIJKE, PUBLIEK], ids=["regio", "landelijk", "publiek"])
def test_elke_rol_ziet_de_voorzieningen_van_het_land_en_over_hoeveel_regios(publicatie, wie):
    blok = voorziening.voorzieningen(gegevens.voor(publicatie, wie), opmaak.LANDELIJK, NU)
    uit = tekst(blok)
    assert "HIC: high & intensive care Zvw bedden Acuut 400 380 20 9 90% 31" in uit
    assert "29 van 31 regio" in str(blok.herkomst)


def test_de_hic_monitor_zegt_waar_geen_noemer_is(g):
    uit = tekst(voorziening.hicmonitor(g, MIJN, NU))
    assert "Separaties per 1.000 bezette dagen 10,0" in uit and "Opnames van buiten de regio 25%" in uit
    assert "Heropnames binnen 30 dagen, van de ontslagen n.v.t. niet te berekenen: er waren geen ontslagen" in uit


def test_dezelfde_hic_in_drie_bronnen_is_er_alleen_voor_stewards(publicatie):
    uit = tekst(voorziening.naast_elkaar(gegevens.voor(publicatie, STEWARD), MIJN, NU))
    assert "06000002 12 10 300 279 ? onbekend: deze bron is over deze maand niet geleverd" in uit
    assert "06000002 12 10 300 279 250" in tekst(
        voorziening.naast_elkaar(gegevens.voor(publicatie, STEWARD), MIJN, MAANDEN[0])
    )
    for wie in (AMSTERDAM, LANDELIJKE, PUBLIEK):
        assert not gegevens.voor(publicatie, wie).heeft("hic_naast_elkaar")


@pytest.mark.parametrize("wie", [AMSTERDAM, LANDELIJKE, PUBLIEK], ids=["regio", "landelijk", "publiek"])
def test_echte_wachttijden_van_2018_zijn_er_voor_iedereen_en_heten_echt_en_van_2018(publicatie, wie):
    b = echte_wachttijd(gegevens.voor(publicatie, wie), [MIJN], NU)
    assert b.titel == "Echte wachttijden van 2018, Amsterdam"
    assert "Amsterdam specialistische ggz 9,8 30 4 2" in tekst(b) and "in 2018 (open data van de NZa)" in tekst(b)


@pytest.mark.parametrize(("gebied", "wie"), [(MIJN, AMSTERDAM), ("NL", LANDELIJKE)], ids=["regio", "land"])
def test_het_rapport_heeft_de_zin_de_waterval_en_de_jaren_vooruit(publicatie, gebied, wie):
    uit = rapport(gegevens.voor(publicatie, wie), gebied, Kwartaal(2026, 3))
    assert "Nodig en beschikbaar in augustus 2026" in uit and "te kort" in uit and "Geweigerd of in de rij" in uit
    assert "Jaren vooruit en wat is afgesproken" in uit and "href" not in uit
