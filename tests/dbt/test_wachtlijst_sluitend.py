"""Whether a waiting list adds up (PL-06 .. PL-10). Region ZK30, supplier 06300000, lists of 2024-01 to 2024-04."""

import pytest

VAST = {"agb_vestiging": "90300000", "leverancier": "06300000"}


def vul(w):
    def plek(id_, maanden, **kolommen):
        for maand in maanden:
            w.rij(
                "wachtlijst",
                f"2024-{maand:02d}",
                "ZK30",
                **VAST,
                wachtplek_id=id_,
                patient_pseudoniem=id_ * 4,
                **kolommen,
            )

    plek("blijft", [1, 2, 3, 4], aanmelddatum="2024-01-10")
    plek("start", [1], aanmelddatum="2024-01-11")
    plek("start", [2], aanmelddatum="2024-01-11", intakedatum="2024-02-01", startdatum_behandeling="2024-02-02")
    plek("valt uit", [2], aanmelddatum="2024-02-03", einddatum="2024-02-20", reden_einde="overleden")
    plek("zonder reden", [2], aanmelddatum="2024-02-03", einddatum="2024-02-20")
    plek("komt te laat", [2, 3, 4], aanmelddatum="2024-01-20")
    plek("verdwijnt", [1], aanmelddatum="2024-01-12")
    plek("weg en terug", [1, 3, 4], aanmelddatum="2024-01-13")
    plek("dicht en open", [2], aanmelddatum="2024-02-03", einddatum="2024-02-29", reden_einde="onbekend")
    plek("dicht en open", [3, 4], aanmelddatum="2024-02-03")
    plek("dicht en nog genoemd", [2, 3], aanmelddatum="2024-02-03", einddatum="2024-02-29", reden_einde="onbekend")
    plek("een jaar", [4], aanmelddatum="2023-04-30")
    plek("net geen jaar", [4], aanmelddatum="2023-05-01")
    plek("intake van later", [4], aanmelddatum="2023-04-01", intakedatum="2024-01-15")
    plek("intake die nog komt", [4], aanmelddatum="2023-04-01", intakedatum="2024-06-01")
    plek("1900", [4], aanmelddatum="1900-01-01", intakedatum="2024-04-01")
    plek("9999", [4], aanmelddatum="2024-04-01", einddatum="9999-12-31")
    plek("voor de geboorte", [4], aanmelddatum="2024-04-01", geboortejaar=2025)
    plek("in het geboortejaar", [4], aanmelddatum="2024-04-01", geboortejaar=2024)
    w.levering("wachtlijst", "2024-06", "ZK30", VAST["leverancier"])


def sluitend(marts, kolommen, maand):
    return marts.execute(
        f"select {kolommen} from kwaliteit.wachtlijst_sluitend where iza_regio = 'ZK30' and maand = ?",
        [f"2024-{maand}-01"],
    ).fetchone()


def test_wat_overblijft_van_vorige_maand_erbij_en_eraf_is_onverklaard(marts):
    kolommen = "wachtplekken_vorige, aangemeld, gestart, uitval, wachtplekken, onverklaard"
    # verdwijnt en weg zijn 2, een einde zonder reden 1, min wie te laat op de lijst kwam
    assert sluitend(marts, kolommen, "02") == (4, 4, 1, 3, 2, 2)


def test_zonder_lijst_van_de_maand_ervoor_is_er_niets_naast_te_leggen(marts):
    kolommen = "vorige_geleverd, wachtplekken_vorige, onverklaard, verdwenen, herrezen, wachtplekken"
    assert sluitend(marts, kolommen, "01") == (False, None, None, None, None, 4)
    assert sluitend(marts, kolommen, "06") == (False, None, None, None, None, 0)
    assert sluitend(marts, kolommen, "05") is None


def test_verdwenen_zonder_einde_en_weer_opgedoken(marts):
    assert sluitend(marts, "verdwenen, herrezen", "02") == (2, 0)
    assert sluitend(marts, "verdwenen, herrezen", "03") == (
        0,
        2,
    )  # wie dicht blijft en nog genoemd wordt, herrijst niet
    assert sluitend(marts, "verdwenen, herrezen", "04") == (0, 0)


def test_stilstand_is_twaalf_maanden_zonder_aanmelding_of_intake(marts):
    assert sluitend(marts, "zonder_beweging", "04") == (2,)  # een jaar, en de intake die nog komt


def test_plaatshouders_en_een_aanmelding_voor_de_geboorte(marts):
    assert sluitend(marts, "met_plaatshouder", "04") == (3,)


@pytest.mark.parametrize(
    "code, maand, afwijkend, omvang",
    [("PL-06", "02", True, 2), ("PL-07", "02", True, 2), ("PL-07", "04", False, 0), ("PL-10", "04", True, 3)],
)
def test_elke_meting_staat_in_plausibiliteit_ook_als_er_niets_is(marts, code, maand, afwijkend, omvang):
    assert marts.execute(
        "select afwijkend, omvang from kwaliteit.plausibiliteit_wachtlijst where iza_regio = 'ZK30' and code = ? and maand = ?",
        [code, f"2024-{maand}-01"],
    ).fetchone() == (afwijkend, omvang)
