"""When a source is delivered (spec 3b), and what goes by active instead. Region ZK32."""

from datetime import date


def vul(w):
    for bron, kolommen in {
        "declaraties": {"declaratie_id": "D1", "begindatum": "2025-05-01"},
        "bedden": {"agb_vestiging": "90320000", "afdeling_id": "a"},
        "wachtlijst": {"agb_vestiging": "90320000", "wachtplek_id": "W1", "aanmelddatum": "2025-05-01"},
        "hic_monitor": {"agb_vestiging": "90320000", "eenheid_id": "E1"},
    }.items():
        # april: alles afgekeurd; mei: naast een afgekeurde rij een nulmelding van een andere leverancier
        for maand in ("2025-04", "2025-05"):
            w.rij(bron, maand, "ZK32", codes="A05", **kolommen)
        w.levering(bron, "2025-05", "ZK32", "0404")
    # juni: de sleutel van de ene rij is van mei; enkel A04 is ook afgekeurd
    w.declaratie("ZK32", "geleverd", "2025-03-01", "niet_cruciaal", declaratie_id="D9", aanlevermaand="2025-03")
    w.declaratie("ZK32", "geleverd", "2025-03-01", "niet_cruciaal", declaratie_id="D9", aanlevermaand="2025-06")


def geleverd(marts, tabel, maand):
    rijen = marts.execute(
        f"select distinct geleverd from marts.{tabel} where iza_regio = 'ZK32' and maand = ?", [maand]
    ).fetchall()
    assert len(rijen) == 1
    return rijen[0][0]


def test_aanlevering_met_alleen_afgekeurde_rijen_maakt_niets_bekend(marts):
    for tabel in ("stroom_maand", "capaciteit_maand", "wachttijd_maand"):
        assert geleverd(marts, tabel, "2025-04-01") is False


def test_nulmelding_ernaast_maakt_wel_geleverd(marts):
    for tabel in ("stroom_maand", "capaciteit_maand", "wachttijd_maand"):
        assert geleverd(marts, tabel, "2025-05-01") is True


def test_hic_monitor_volgt_dezelfde_regel(marts):
    assert marts.execute(
        "select maand from intermediate.int_geleverd where bron = 'hic_monitor' and iza_regio = 'ZK32' "
        "and maand >= '2025-04-01'"
    ).fetchall() == [(date(2025, 5, 1),)]


def test_rij_met_enkel_a04_is_afgekeurd_dus_niet_geleverd(marts):
    assert geleverd(marts, "stroom_maand", "2025-03-01") is True
    assert geleverd(marts, "stroom_maand", "2025-06-01") is False


def test_peildatum_gaat_naar_actieve_aanleveringen(marts):
    assert marts.execute("select peildatum from intermediate.int_peildatum where iza_regio = 'ZK32'").fetchall() == [
        (date(2025, 6, 30),)
    ]
