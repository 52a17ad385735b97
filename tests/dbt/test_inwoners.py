"""Care by where people live, and how far it is (spec 3.12, 3.7). Regions ZK08 and ZK31; 2022."""

import pytest

AUGUSTUS, SEPTEMBER = "2022-08-01", "2022-09-01"
AMSTERDAM, GRONINGEN, LEEUWARDEN, WEESP = "GM0363", "GM0014", "GM0080", "GM0457"


def vul(w):
    def zorg(persoon, dag, gemeente, geboortejaar, cluster="beveiligd"):
        w.declaratie(
            "ZK08", persoon, dag, cluster, aanlevermaand="2022-08", gemeente_code=gemeente, geboortejaar=geboortejaar
        )

    # wie het vroegst ophield te leveren bepaalt wat voor het land definitief is
    w.levering("declaraties", "2022-01", "ZK31")
    w.levering("declaraties", "2022-05", "ZK31")
    # 32 jaar, ook als een regel 26 zegt; verhuist in de maand, en telt dan in twee woonregio's
    zorg("verhuist", "2022-08-01", AMSTERDAM, 1990)
    zorg("verhuist", "2022-08-02", AMSTERDAM, 1996)
    zorg("verhuist", "2022-08-20", GRONINGEN, 1990)
    zorg("zonder gemeente", "2022-08-03", None, 1990)
    zorg("dichtbij", "2022-08-04", LEEUWARDEN, 1957)
    # een gemeente die in maart 2022 is opgegaan, en een contact
    zorg("weesp", "2022-08-05", WEESP, 2007, "outreachend")
    # niet cruciaal telt nergens
    zorg("ambulant", "2022-08-05", LEEUWARDEN, 1990, "niet_cruciaal")

    def plek(nummer, gemeente, **kolommen):
        w.rij(
            "wachtlijst",
            "2022-09",
            "ZK08",
            agb_vestiging="90800000",
            wachtplek_id=nummer,
            patient_pseudoniem="a" * 64,
            zorgvorm="beveiligde_opname",
            aanmelddatum="2022-09-01",
            gemeente_code=gemeente,
            **kolommen,
        )

    w.levering("hic_monitor", "2025-01", "ZK08")
    plek("1", AMSTERDAM)
    plek("2", AMSTERDAM)
    plek("3", "GM9999")
    plek("4", AMSTERDAM, einddatum="2022-09-30", reden_einde="teruggetrokken")


def inwoners(marts, kolommen, woonregio, maand=AUGUSTUS, cluster="beveiligd"):
    return marts.execute(
        f"select {kolommen} from marts.behoefte_inwoners where woonregio = ? and maand = ? and cluster = ?",
        [woonregio, maand, cluster],
    ).fetchone()


def test_zorg_telt_waar_iemand_woont_ook_wie_verhuist_en_wie_onbekend_is(marts):
    kolommen = "patienten, verblijfsdagen, contacten, patienten_elders"
    assert inwoners(marts, kolommen, "ZK02") == (1, 2, 0, 1)
    assert inwoners(marts, kolommen, "ZK09") == (1, 1, 0, 1)
    assert inwoners(marts, kolommen, "ZK08") == (1, 1, 0, 0)
    assert inwoners(marts, kolommen, "onbekend") == (1, 1, 0, None)
    assert inwoners(marts, kolommen, "ZK33") == (0, 0, 0, 0)


def test_opgegane_gemeente_houdt_haar_woonregio(marts):
    assert inwoners(marts, "patienten, verblijfsdagen, contacten", "ZK02", cluster="outreachend") == (1, 0, 1)


def test_per_honderdduizend_inwoners_van_het_jaar(marts):
    assert inwoners(marts, "inwoners, patienten_per_100k, verblijfsdagen_per_100k", "ZK02") == (
        935221,
        pytest.approx(100000 / 935221),
        pytest.approx(200000 / 935221),
    )


def test_na_het_laatste_jaar_van_de_bevolking_geldt_dat_jaar(marts):
    assert inwoners(marts, "inwoners", "ZK02", "2025-01-01") == (964275,)


def test_verwacht_is_het_landelijke_gebruik_van_elke_leeftijdsgroep(marts):
    """Twee patiënten van 25 tot en met 44 in 31 regio's, en een van 65 of ouder: 32 is het jaar min het laagste geboortejaar."""
    verwacht, verhouding = inwoners(marts, "verwacht_patienten, verhouding", "ZK02")
    deel_65 = marts.execute(
        "select sum(b.inwoners) filter (where g.iza_regio = 'ZK02') / sum(b.inwoners) from referentie.bevolking as b "
        "join referentie.gemeente_iza_regio as g using (gemeente_code) where b.jaar = 2022 and b.leeftijd_van = 65"
    ).fetchone()[0]
    assert verwacht == pytest.approx(2 * 332914 / 4396650 + deel_65)
    assert verhouding == pytest.approx(1 / verwacht)
    # wie van onbekend waar komt, telt niet mee en heeft niets te verwachten
    assert inwoners(
        marts, "inwoners, patienten_per_100k, wachtplekken_per_100k, verwacht_patienten, verhouding", "onbekend"
    ) == (None, None, None, None, None)


def test_zonder_gebruik_in_het_land_is_er_niets_te_verwachten(marts):
    assert inwoners(
        marts, "patienten, verwacht_patienten, verhouding", "ZK02", cluster="hoogspecialistisch_ziekenhuis"
    ) == (0, 0.0, None)


def test_claims_zijn_leeg_waar_geen_regio_leverde_en_de_lijst_volgt_de_lijst(marts):
    kolommen = "regios_geleverd, patienten, patienten_elders, verwacht_patienten, verhouding, inwoners"
    assert inwoners(marts, kolommen, "ZK02", SEPTEMBER) == (0, None, None, None, None, 935221)
    assert inwoners(marts, "regios_geleverd, wachtplekken, unieke_wachtenden", "ZK02") == (1, None, None)


def test_wachtplekken_tellen_waar_iemand_woont(marts):
    kolommen = "wachtplekken, unieke_wachtenden, wachtplekken_per_100k"
    assert inwoners(marts, kolommen, "ZK02", SEPTEMBER) == (2, 1, pytest.approx(200000 / 935221))
    assert inwoners(marts, kolommen, "onbekend", SEPTEMBER) == (1, 1, None)
    assert inwoners(marts, kolommen, "ZK33", SEPTEMBER) == (0, 0, 0.0)


def test_definitief_is_een_maand_die_het_voor_elke_regio_met_een_peildatum_is(marts):
    """ZK31 leverde voor het laatst in mei 2022: 28 februari ligt er negentig dagen voor, 31 maart niet."""
    assert inwoners(marts, "status", "ZK02", "2022-02-01") == ("definitief",)
    assert inwoners(marts, "status", "ZK02", "2022-03-01") == ("voorlopig",)


def test_afstand_is_die_van_de_gemeente_naar_het_midden_van_de_regio(marts):
    def rij(woonregio):
        return marts.execute(
            "select round(afstand_km, 2)::double, bovenregionaal from marts.herkomst_bestemming where iza_regio = 'ZK08' "
            "and maand = ? and woonregio = ? and cluster = 'beveiligd'",
            [AUGUSTUS, woonregio],
        ).fetchone()

    # met de cosinusregel op de bol nagerekend
    assert rij("ZK02") == (pytest.approx(105.63), True)
    assert rij("ZK09") == (pytest.approx(49.27), True)
    assert rij("onbekend") == (None, None)


def test_de_afstand_van_wie_elders_zorg_kreeg_is_naar_patienten_gewogen(marts):
    gewogen = marts.execute(
        "select sum(patienten * afstand_km) / sum(patienten) from marts.herkomst_bestemming where afstand_km is not null "
        "and maand = ? and woonregio = 'ZK02' and iza_regio <> woonregio and cluster = 'beveiligd'",
        [AUGUSTUS],
    ).fetchone()[0]
    assert inwoners(marts, "afstand_elders_km", "ZK02") == (pytest.approx(float(gewogen)),)
    assert inwoners(marts, "round(afstand_elders_km, 2)", "ZK09") == (pytest.approx(49.27),)
    # thuis behandeld, van onbekend waar, en zonder declaraties
    assert inwoners(marts, "afstand_elders_km", "ZK08") == inwoners(marts, "afstand_elders_km", "onbekend") == (None,)
    assert inwoners(marts, "afstand_elders_km", "ZK09", SEPTEMBER) == (None,)


def test_de_afstand_van_een_jaar_staat_per_paar_van_regios(marts):
    def jaar(woonregio):
        return marts.execute(
            "select afstand_km from marts.herkomst_bestemming_jaar where iza_regio = 'ZK08' and maand = ? and woonregio = ?",
            [AUGUSTUS, woonregio],
        ).fetchone()

    assert jaar("ZK09") == (pytest.approx(49.27, abs=0.01),)
    assert jaar("onbekend") == (None,)
