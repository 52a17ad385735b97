"""Where people go and what there is of it (spec 3.17). Region ZK12; bedden of 2025-02 (28 days), care of 2024."""

import pytest

from tests.dbt.wereld import pseudoniem


def vul(w):
    def afdeling(id_, maand="2025-02", **kolommen):
        w.rij("bedden", maand, "ZK12", agb_vestiging="90120000", afdeling_id=id_, **kolommen)

    afdeling("kliniek", uitgesteld_wlz=28, uitgesteld_woning=14, operationeel=9, bezette_dagen=200)
    afdeling("liz", bedtype="LIZ", uitgesteld_wlz=7)  # elk bedtype telt, onder de Zvw
    afdeling("lvb", bedtype="LIZ", wet="Wlz", uitgesteld_wlz=280, operationeel=4, bezette_dagen=140)
    afdeling("ambulant", wet="Wlz", capaciteit_type="ambulante_plek", operationeel=1)
    afdeling("wonen wmo", bedtype="BESCHERMD_WONEN", wet="Wmo", operationeel=10, bezette_dagen=252)
    afdeling("wonen wlz", bedtype="BESCHERMD_WONEN", wet="Wlz", operationeel=2, bezette_dagen=56)
    afdeling("wonen zvw", bedtype="BESCHERMD_WONEN", uitgesteld_overig=28)
    w.levering("bedden", "2025-03", "ZK12")

    for wie, vervolg in (("p", None), ("q", "Wlz"), ("r", "Wlz")):
        w.zorg("ZK12", f"uit {wie}", "klinisch", "2024-03-29", "2024-04-01")
        if vervolg:
            w.declaratie("ZK12", f"uit {wie}", "2024-04-20", "overig", wet=vervolg)
    w.zorg("ZK12", "door", "klinisch", "2024-04-01")
    w.zorg("ZK12", "door", "acuut", "2024-04-02")


def bestemmingen(marts, maand):
    return {
        rij[0]: rij[1:]
        for rij in marts.execute(
            "select bestemming, uitgesteld, operationeel, bezet, vrij from marts.bestemming_capaciteit "
            "where iza_regio = 'ZK12' and maand = ?",
            [maand],
        ).fetchall()
    }


def test_wie_wacht_naast_wat_er_van_die_bestemming_is(marts):
    assert bestemmingen(marts, "2025-02-01") == {
        "beschermd_wonen": (0.0, 12, 11.0, 1.0),  # welke wet ook
        "wlz": (1.25, 5, 5.0, 0.0),  # zonder beschermd wonen; 28 + 7 dagen onder de Zvw
        "forensisch": (0.0, None, None, None),
        "woning": (0.5, None, None, None),
        "andere_ggz": (0.0, None, None, None),
        "overig": (1.0, None, None, None),
    }


def test_een_nulmelding_geeft_nul_wachtenden_en_geen_plaatsen(marts):
    assert set(bestemmingen(marts, "2025-03-01").values()) == {(0.0, None, None, None)}
    assert len(bestemmingen(marts, "2025-03-01")) == 6


def test_niet_geleverd_heeft_geen_rij(marts):
    assert bestemmingen(marts, "2025-01-01") == {}


@pytest.mark.parametrize("maand, verwacht", [("2024-03-01", []), ("2024-04-01", [("geen", 1), ("wlz", 2)])])
def test_uitstroom_naar_vervolg_in_de_maand_van_het_einde(marts, maand, verwacht):
    assert (
        marts.execute(
            "select vervolg, aantal from marts.uitstroom_bestemming where iza_regio = 'ZK12' and cluster = 'klinisch' "
            "and maand = ? order by vervolg",
            [maand],
        ).fetchall()
        == verwacht
    )
    assert marts.execute(
        "select count(*) from marts.episode where patient_pseudoniem = ?", [pseudoniem("door")]
    ).fetchone() == (2,)
