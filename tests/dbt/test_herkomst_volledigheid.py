"""Origin and destination (3.7), completeness (3.9) and the open waiting times (3.11). Regions ZK20 and ZK21."""

import pytest

from tests.dbt.wereld import prestatiecode


def vul(w):
    def zorg(patient, prestatie, gemeente):
        w.declaratie("ZK20", patient, "2024-08-05", prestatie, gemeente_code=gemeente)

    zorg("hb 1", "klinisch", "GM0363")
    zorg("hb 1", prestatiecode(prestatietype="groepsconsult", setting="5"), "GM0363")
    zorg("hb 2", "klinisch", "GM9999")
    zorg("hb 3", "klinisch", None)
    zorg("hb 4", "overig", "GM0363")
    zorg("hb 5", "niet_cruciaal", "GM0363")

    # twee in de eerste maand, één later; één van de eerste wordt in de derde maand ingetrokken
    w.declaratie("ZK21", "v1", "2022-01-03", "klinisch", aanlevermaand="2022-01", declaratie_id="v1")
    w.declaratie("ZK21", "v2", "2022-01-03", "klinisch", aanlevermaand="2022-01", declaratie_id="v2")
    w.declaratie("ZK21", "v3", "2022-01-03", "klinisch", aanlevermaand="2022-02", declaratie_id="v3")
    w.credit("ZK21", "v1", aanlevermaand="2022-03")
    w.credit("ZK21", "v1", aanlevermaand="2022-04")
    # een intrekking die eerder kwam dan de prestatie: die telt nooit
    w.credit("ZK21", "v4", aanlevermaand="2022-05")
    w.declaratie("ZK21", "v4", "2022-06-03", "klinisch", aanlevermaand="2022-06", declaratie_id="v4")

    def open_(naam, locatie, **kolommen):
        w.rij(
            "wachttijden_open",
            "2018-02",
            "NL",
            leverancier="nza",
            ext="xlsx",
            uniek_zorgaanbieder_id="1",
            naam_zorgaanbieder=naam,
            vestigingslocatie=locatie,
            peildatum="2018-03-01",
            **({"gemeentecodes": "0363", "hoofddiagnosegroep": "Angststoornissen"} | kolommen),
        )

    open_("P", "noord", aanmeldwachttijd_weken=4, behandelwachttijd_weken=2)
    open_("P", "noord", aanmeldwachttijd_weken=8, behandelwachttijd_weken=None)
    open_("P", "zuid", aanmeldwachttijd_weken=10, behandelwachttijd_weken=5, datum_actualisatie_website="2018-01-01")
    open_("Q", "oud", aanmeldwachttijd_weken=90, behandelwachttijd_weken=90, datum_actualisatie_website="2017-12-31")
    open_("Q", "stop", aanmeldstop=True, behandelstop=True)
    open_("Q", "elders", gemeentecodes=None, aanmeldwachttijd_weken=1)
    open_("P", "jeugd", circuit="Jeugd", aanmeldwachttijd_weken=70)

    def in_regio(locatie, totaal, **kolommen):
        weken = {"aanmeldwachttijd_weken": totaal and totaal - 1, "behandelwachttijd_weken": totaal and 1}
        open_("R", locatie, **{"gemeentecodes": "0014", "hoofddiagnosegroep": "Eetstoornissen"} | weken | kolommen)

    in_regio("veel groepen", 10)
    in_regio("veel groepen", 12, circuit="Ouderen")
    in_regio("veel groepen", 14, aanmeldstop=True)
    in_regio("een groep", 18)
    in_regio("precies", 14)
    in_regio("onbekend", None)
    in_regio("jeugd", 90, circuit="Jeugd")
    in_regio("forensisch", 90, circuit="Forensisch")
    in_regio("oud", 90, datum_actualisatie_website="2017-12-31")
    in_regio("veel groepen", 4, type_zorg="BGGZ")


def herkomst(marts, woonregio):
    return marts.execute(
        "select cluster, verblijfsdagen, contacten, patienten, bovenregionaal from marts.herkomst_bestemming "
        "where iza_regio = 'ZK20' and woonregio = ?",
        [woonregio],
    ).fetchall()


def test_herkomst_telt_dagen_contacten_en_verschillende_patienten(marts):
    (woonregio,) = marts.sql(
        "select iza_regio from referentie.gemeente_iza_regio where gemeente_code = 'GM0363'"
    ).fetchone()
    assert herkomst(marts, woonregio) == [("klinisch", 1, 1, 1, True)]


def test_onbekende_woonregio_is_een_rij_zonder_oordeel(marts):
    assert herkomst(marts, "onbekend") == [("klinisch", 2, 0, 2, None)]


def driehoek(marts, prestatiemaand):
    return marts.execute(
        "select prestaties_cumulatief from marts.volledigheid where prestatiemaand = ? order by aanlevermaand",
        [prestatiemaand],
    ).fetchall()


def test_driehoek_telt_laat_binnengekomen_en_de_eerste_intrekking(marts):
    assert [n for (n,) in driehoek(marts, "2022-01-01")[:5]] == [2, 3, 2, 2, 2]
    assert marts.sql(
        "select min(ontwikkelmaand), max(aanlevermaand)::varchar from marts.volledigheid "
        "where prestatiemaand = '2022-01-01'"
    ).fetchone() == (0, "2025-06-01")


def test_maand_met_alleen_ingetrokken_zorg_is_een_rij_van_nul(marts):
    assert driehoek(marts, "2022-06-01")[0] == (0,)
    assert marts.sql(
        "select gezien, geschat_eind, volledigheid from marts.volledigheid_schatting "
        "where prestatiemaand = '2022-06-01'"
    ).fetchone() == (0, 0.0, None)


def test_open_wachttijden_per_locatie_zonder_verouderde_websites(marts):
    (regio,) = marts.sql(
        "select iza_regio from referentie.gemeente_zorgkantoor_2018 where gemeente_code = 'GM0363'"
    ).fetchone()
    assert marts.execute(
        "select locaties, gemiddeld_aanmeld_weken, gemiddeld_behandel_weken, gemiddeld_totaal_weken, "
        "boven_treeknorm, stops from marts.wachttijd_open where iza_regio = ? and circuit = 'Volwassenen'",
        [regio],
    ).fetchall() == [(3, 8.0, 3.5, 10.5, 1, 1)]
    assert marts.sql("select locaties from marts.wachttijd_open where iza_regio = 'onbekend'").fetchall() == [(1,)]


def test_vergelijking_met_de_nza_middelt_per_locatie_dan_per_aanbieder_zonder_jeugd(marts):
    """P: (6 + 10) / 2 = 8, Q: 1; samen 4,5."""
    assert marts.sql(
        "select aanmeld_weken, nza_aanmeld_weken, locaties_aanmeld from marts.wachttijd_open_vergelijking "
        "where nza_groep = 'Angststoornissen'"
    ).fetchall() == [(4.5, 8.0, 3)]


def test_open_wachttijden_per_regio_middelen_eerst_elke_locatie_over_al_haar_rijen(marts):
    (regio,) = marts.sql(
        "select iza_regio from referentie.gemeente_zorgkantoor_2018 where gemeente_code = 'GM0014'"
    ).fetchone()
    assert marts.execute(
        "select type_zorg, locaties, gemiddeld_totaal_weken, boven_treeknorm, stops from marts.wachttijd_open_regio "
        "where iza_regio = ? order by type_zorg",
        [regio],
    ).fetchall() == [("BGGZ", 1, 4.0, 0, 0), ("SGGZ", 4, pytest.approx((12 + 18 + 14) / 3), 1, 1)]
