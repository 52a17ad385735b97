"""Waiting lists (spec 3.5) and waits from claims (3.6). Regions ZK10 and ZK11, January 2025 (last day 2025-01-31)."""

import pytest

from tests.dbt.wereld import consult, pseudoniem


def vul(w):
    def plek(id_, patient, **kolommen):
        w.rij(
            "wachtlijst",
            "2025-01",
            "ZK10",
            wachtplek_id=id_,
            patient_pseudoniem=pseudoniem(patient),
            **({"agb_vestiging": "90100000"} | kolommen),
        )

    plek("98", "a", aanmelddatum="2024-10-25")  # 98 dagen: niet erboven
    plek("99", "a", aanmelddatum="2024-10-24")  # 99 dagen
    plek("intake op de dag", "b", aanmelddatum="2025-01-01", intakedatum="2025-01-31")
    plek("intake erna", "b", aanmelddatum="2025-01-03", intakedatum="2025-02-01")  # 28 dagen in aanmelding
    plek("einde op de dag", "c", aanmelddatum="2025-01-02", einddatum="2025-01-31", reden_einde="exclusie")
    plek("einde erna", "d", aanmelddatum="2025-01-02", einddatum="2025-02-01", reden_einde="overleden")  # 29 dagen
    plek(
        "gestart",
        "e",
        aanmelddatum="2024-01-02",
        intakedatum="2025-01-02",
        startdatum_behandeling="2025-01-03",
        einddatum="2025-01-03",
        reden_einde="gestart",
        bemiddeling="gelukt",
    )
    plek(
        "start straks",
        "f",
        aanmelddatum="2024-11-01",
        intakedatum="2024-11-22",
        startdatum_behandeling="2025-02-03",
        bemiddeling="mislukt",
    )  # 70 dagen in behandeling
    plek(
        "elders", "g", aanmelddatum="2025-01-05", einddatum="2025-01-06", reden_einde="elders_gestart", aanmeldpauze="J"
    )
    plek("pauze", "h", agb_vestiging="90100001", aanmelddatum="2024-01-01")
    plek("pauze 2", "h", agb_vestiging="90100001", aanmelddatum="2024-01-01", zorgvorm="ambulant")
    w.levering("wachtlijst", "2025-03", "ZK10")

    def traject(patient, dag, verwezen, prestatie="klinisch", **kolommen):
        w.declaratie("ZK11", patient, dag, prestatie, aanlevermaand="2025-01", verwijsdatum=verwezen, **kolommen)

    traject("98 dagen", "2024-12-02", "2024-08-26")
    traject("99 dagen", "2024-12-02", "2024-08-25")
    traject("later telt niet", "2024-12-02", None)
    traject("later telt niet", "2024-12-03", "2024-12-01")
    traject("cluster beslist", "2024-11-02", "2024-10-01", "klinisch", zorgtrajectnummer="T2")
    traject("cluster beslist", "2024-11-02", "2024-10-31", "acuut", zorgtrajectnummer="T2")
    traject("id beslist", "2024-10-02", "2024-10-01", "klinisch", declaratie_id="zz2")
    traject("id beslist", "2024-10-02", "2024-09-02", "klinisch", declaratie_id="zz1")
    traject("overig is geen begin", "2024-09-01", "2024-01-01", "overig")
    traject("overig is geen begin", "2024-09-30", "2024-09-30", "niet_cruciaal")
    traject("buiten telt niet mee", "2024-08-01", "2024-01-01", "klinisch", wet="Wlz")
    traject("buiten telt niet mee", "2024-08-02", "2024-01-01", "klinisch")
    traject("gelijk met buiten", "2024-07-01", "2024-06-30", consult(7))
    traject("gelijk met buiten", "2024-07-01", "2024-06-29", "niet_cruciaal")


def wacht(marts, fase, kolommen, maand="2025-01-01", cluster="outreachend"):
    return marts.execute(
        f"select {kolommen} from marts.wachttijd_maand where iza_regio = 'ZK10' and maand = ? "
        "and cluster = ? and fase = ?",
        [maand, cluster, fase],
    ).fetchone()


def test_open_plekken_per_fase_en_strikt_boven_de_norm(marts):
    kolommen = "wachtplekken, unieke_wachtenden, boven_treeknorm"
    assert wacht(marts, "aanmelding", kolommen) == (5, 4, 4)  # 98, 99, 29 en pauze; 28 dagen is niet erboven
    assert wacht(marts, "behandeling", kolommen) == (2, 2, 0)  # 0 en precies 70 dagen
    assert wacht(marts, "totaal", kolommen) == (7, 5, 2)


def test_weken_zijn_gemiddeld_en_lineair_geinterpoleerd(marts):
    gemiddeld, mediaan, p90, aandeel = wacht(
        marts, "behandeling", "gemiddeld_weken, mediaan_weken, p90_weken, aandeel_boven_treeknorm"
    )
    assert (gemiddeld, mediaan, p90, aandeel) == pytest.approx((5.0, 5.0, 9.0, 0.0))


def test_stroomkolommen_tellen_ook_gesloten_plekken_en_alleen_op_totaal(marts):
    kolommen = "aangemeld, intakes, gestart, uitval, uitval_exclusie, bemiddeld_gelukt, bemiddeld_mislukt"
    assert wacht(marts, "totaal", kolommen) == (5, 2, 1, 2, 1, 1, 1)
    assert wacht(marts, "aanmelding", kolommen + ", doelwachtrij, extra_capaciteit_per_week") == (None,) * 9


def test_doelwachtrij_en_extra_capaciteit(marts):
    doel, extra = wacht(marts, "totaal", "doelwachtrij, extra_capaciteit_per_week")
    assert doel == pytest.approx(1 / (31 / 7) * 5)
    assert extra == pytest.approx((7 - doel) / 26 + (5 - 2 - 1) / (31 / 7))


def test_geleverd_zonder_rijen_is_nul_en_zonder_gemiddelde(marts):
    assert wacht(
        marts,
        "totaal",
        "wachtplekken, boven_treeknorm, gestart, doelwachtrij, extra_capaciteit_per_week, "
        "gemiddeld_weken, p90_weken, aandeel_boven_treeknorm, geleverd",
        "2025-03-01",
    ) == (0, 0, 0, 0.0, 0.0, None, None, None, True)


def test_niet_geleverd_is_leeg(marts):
    assert wacht(
        marts, "totaal", "wachtplekken, unieke_wachtenden, aangemeld, doelwachtrij, geleverd", "2025-02-01"
    ) == (None, None, None, None, False)


def test_niet_cruciaal_is_een_rij(marts):
    assert wacht(marts, "totaal", "wachtplekken", cluster="niet_cruciaal") == (1,)


def test_aanbieders_met_rang_en_aanmeldpauze(marts):
    assert marts.sql(
        "select agb_vestiging, wachtplekken, unieke_wachtenden, boven_treeknorm, aangemeld, uitval, "
        "rang_in_regio, aanmeldpauze from marts.aanbieder_wachttijd where iza_regio = 'ZK10' "
        "and cluster = 'outreachend' order by rang_in_regio"
    ).fetchall() == [("90100000", 6, 4, 1, 5, 2, 1, True), ("90100001", 1, 1, 1, 0, 0, 2, False)]


def retrospectief(marts, maand, cluster, kolommen="trajecten, zonder_verwijsdatum, boven_treeknorm"):
    return marts.execute(
        f"select {kolommen} from marts.wachttijd_retrospectief where iza_regio = 'ZK11' and maand = ? and cluster = ?",
        [maand, cluster],
    ).fetchone()


def test_wachttijd_van_verwijzing_tot_eerste_prestatie(marts):
    assert retrospectief(marts, "2024-12-01", "klinisch") == (2, 1, 1)
    assert retrospectief(marts, "2024-12-01", "klinisch", "gemiddeld_weken, mediaan_weken") == pytest.approx(
        (98.5 / 7,) * 2
    )


def test_op_een_dag_gaat_het_laagste_cluster_voor_dan_de_laagste_declaratie(marts):
    assert retrospectief(marts, "2024-11-01", "acuut", "gemiddeld_weken") == pytest.approx((2 / 7,))
    assert retrospectief(marts, "2024-11-01", "klinisch") is None
    assert retrospectief(marts, "2024-10-01", "klinisch", "gemiddeld_weken") == pytest.approx((30 / 7,))
    assert retrospectief(marts, "2024-07-01", "niet_cruciaal", "gemiddeld_weken") == pytest.approx((2 / 7,))


def test_overige_prestatie_begint_geen_traject_en_buiten_afbakening_valt_weg(marts):
    assert retrospectief(marts, "2024-09-01", "niet_cruciaal") == (1, 0, 0)
    assert retrospectief(marts, "2024-08-01", "klinisch") is None
