"""Facilities apart, the HIC-monitor, and what claims and beds say of the same care (spec 3.13, 3.14, ZPM-13). ZK23, ZK24; 2022."""

from datetime import date

import pytest

MAART = "2022-03"
WEKEN = ("2022-02-25", "2022-03-04", "2022-03-11", "2022-03-18", "2022-03-25", "2022-04-01")


def vul(w):
    for regio in ("ZK23", "ZK24"):
        w.levering("declaraties", "2022-07", regio)  # maart en april zijn definitief, mei niet
    for maand in (MAART, "2022-05"):
        w.levering("declaraties", maand, "ZK23")
    # beveiligd: vijf in zorg bij het begin van maart, vier aan het eind
    for nummer in range(4):
        w.zorg("ZK23", f"beveiligd {nummer}", "beveiligd", *WEKEN, aanlevermaand="2022-04")
    w.zorg("ZK23", "beveiligd 4", "beveiligd", *WEKEN[:2], aanlevermaand="2022-04")
    w.zorg("ZK23", "outreachend", "outreachend", "2022-02-25", "2022-04-01", aanlevermaand="2022-04")
    w.zorg("ZK23", "hic", "acuut", "2022-03-01", "2022-03-02", aanlevermaand="2022-04", agb_vestiging="hic")

    def afdeling(bedtype, maand=MAART, regio="ZK23", vestiging="v", **kolommen):
        naam = f"a{len(w.rijen['bedden'])}"
        w.rij("bedden", maand, regio, agb_vestiging=vestiging, afdeling_id=naam, bedtype=bedtype, **kolommen)

    afdeling("BEVEILIGD", bezette_dagen=155)
    afdeling("KLINIEK", bezette_dagen=100)
    afdeling("PAAZ", bezette_dagen=56, capaciteit_type="ambulante_plek")
    afdeling("FACT", bezette_dagen=24, capaciteit_type="ambulante_plek")
    afdeling("KLINIEK", "2022-05", bezette_dagen=310)
    afdeling("HIC", vestiging="hic", operationeel=3, bezette_dagen=50)
    # ZK24 leverde over maart geen declaraties
    afdeling("LIZ", regio="ZK24", wet="Wlz", operationeel=5, bezette_dagen=31, uitgesteld_woning=62)
    afdeling("LIZ", regio="ZK24", wet="Wlz", operationeel=2)
    afdeling("KIB", regio="ZK24", beveiligingsniveau=3, operationeel=4, beschikbare_dagen=124, bezette_dagen=93)
    afdeling("KIB", regio="ZK24", beveiligingsniveau=3, operationeel=1, wet="Wfz")

    def eenheid(naam, soort="HIC", **kolommen):
        w.rij("hic_monitor", MAART, "ZK23", agb_vestiging="hic", eenheid_id=naam, eenheid_type=soort, **kolommen)

    eenheid(
        "1",
        capaciteit=4,
        bezette_dagen=62,
        opnames=10,
        ontslagen=8,
        opnames_buiten_regio=5,
        heropnames_30d=2,
        separaties=3,
        separatie_uren=7.75,
        gedwongen_medicatie=1,
        uitgestelde_dagen=31,
        modelgetrouwheid=3.2,
    )
    eenheid("2")
    for naam, score in (("3", 3.1), ("4", 3.0), ("5", 2.9)):
        eenheid(naam, "IHT", modelgetrouwheid=score)


def bevinding(marts, regio="ZK23"):
    return marts.execute(
        "select maand, cluster, agb_vestiging, aantal, waarde_a, waarde_b, afwijking from marts.zpm_mismatch "
        "where code = 'ZPM-13' and iza_regio = ? and cluster <> 'acuut' order by cluster",
        [regio],
    ).fetchall()


def test_13_meldt_meer_dan_tien_procent_verschil_over_alle_soorten_plaatsen(marts):
    """Klinisch 156 dagen in twee soorten plaatsen, en niemand volgens declaraties; beveiligd 5 tegenover 4,5 is precies een tiende."""
    assert bevinding(marts) == [
        (date(2022, 3, 1), "klinisch", None, 6, pytest.approx(156 / 31), 0.0, 1.0),
        (date(2022, 3, 1), "outreachend", None, 1, pytest.approx(24 / 31), 1.0, pytest.approx(24 / 31 - 1)),
    ]


def test_13_telt_in_het_totaal_de_clusters_van_een_regio_want_zij_noemt_geen_vestiging(marts):
    clusters = marts.execute(
        "select count(*) from marts.zpm_mismatch where code = 'ZPM-13' and iza_regio = 'ZK23' and maand = '2022-03-01'"
    ).fetchone()[0]
    assert clusters >= 2
    assert marts.execute(
        "select vestigingen, gevallen from marts.zpm_mismatch_totaal where code = 'ZPM-13' and iza_regio = 'ZK23' and maand = '2022-03-01'"
    ).fetchone() == (0, clusters)


def test_13_vraagt_dat_beide_bronnen_zijn_geleverd(marts):
    assert bevinding(marts, "ZK24") == []


def test_voorziening_houdt_bedtype_wet_en_niveau_apart(marts):
    assert marts.execute(
        "select bedtype, wet, beveiligingsniveau, cluster, afdelingen, vestigingen, operationeel, bezettingsgraad, "
        "aandeel_uitgesteld, vrij_te_spelen from marts.voorziening_maand where iza_regio = 'ZK24' order by 1, 2"
    ).fetchall() == [
        ("KIB", "Wfz", 3, "buiten_afbakening", 1, 1, 1, None, None, 0.0),
        ("KIB", "Zvw", 3, "beveiligd", 1, 1, 4, 0.75, 0.0, 0.0),
        ("LIZ", "Wlz", 0, "buiten_afbakening", 2, 1, 7, None, 2.0, 2.0),
    ]


def hic(marts, soort, kolommen):
    return marts.execute(
        f"select {kolommen} from marts.hic_maand where iza_regio = 'ZK23' and maand = ? and eenheid_type = ?",
        [f"{MAART}-01", soort],
    ).fetchone()


def test_hic_monitor_is_een_bron_van_cijfers(marts):
    assert hic(
        marts,
        "HIC",
        "eenheden, capaciteit, bezettingsgraad, aandeel_uitgesteld, aandeel_buiten_regio, aandeel_heropname_30d",
    ) == (2, 4, 0.5, 0.5, 0.5, 0.25)
    assert hic(
        marts, "HIC", "separaties_per_1000_dagen, separatie_uren_per_1000_dagen, gedwongen_medicatie_per_1000_dagen"
    ) == pytest.approx((3000 / 62, 125.0, 1000 / 62))


def test_zonder_noemer_is_een_verhouding_leeg(marts):
    assert hic(
        marts,
        "IHT",
        "eenheden, bezettingsgraad, aandeel_uitgesteld, aandeel_buiten_regio, aandeel_heropname_30d, "
        "separaties_per_1000_dagen, separatie_uren_per_1000_dagen, gedwongen_medicatie_per_1000_dagen",
    ) == (3, None, None, None, None, None, None, None)


def test_certificaat_volgt_de_modelgetrouwheid(marts):
    kolommen = "gecertificeerd, voorlopig_gecertificeerd, niet_gecertificeerd, zonder_score"
    assert hic(marts, "HIC", kolommen) == (1, 0, 0, 1)
    assert hic(marts, "IHT", kolommen) == (0, 2, 1, 0)


def test_monitor_bedden_en_dagen_h_staan_per_vestiging_naast_elkaar(marts):
    assert marts.execute(
        "select agb_vestiging, monitor_capaciteit, bedden_operationeel, monitor_bezette_dagen, bedden_bezette_dagen, "
        "verblijfsdagen_h, geleverd_hic_monitor, geleverd_bedden, geleverd_declaraties, declaraties_status "
        "from kwaliteit.hic_naast_elkaar where iza_regio = 'ZK23'"
    ).fetchall() == [("hic", 4, 3, 62, 50, 2, True, True, True, "definitief")]
