"""Staff beside places closed for lack of it (spec 1.9): an optional source that no other figure waits for. Regions ZK28 to ZK31."""

from datetime import date

import pytest

MAART = "2025-03"
LATER = "2030-01"  # after every month that another source has
FUNCTIES = [
    # bedtype, functie, formatie, vacature, (diensten, ingevuld)
    ("KLINIEK", "psychiater", 4.5, 1.5, (None, None)),
    ("PAAZ", "psychiater", 1.5, 0.0, (None, None)),  # klinisch too
    ("KLINIEK", "verpleegkundige", 20, 4, (None, None)),
    ("CRISISDIENST", "spv", 0, 0.5, (31, 29)),
    ("LIZ", "agoog", 3, 1, (None, None)),  # outside what is crucial
]


def vul(w):
    for bedtype, functie, formatie, vacature, (diensten, ingevuld) in FUNCTIES:
        fte = {"fte_formatie": formatie, "fte_bezet": formatie, "fte_vacature": vacature, "fte_extern": 0}
        anw = {"anw_diensten": diensten, "anw_ingevuld": ingevuld}
        w.rij("personeel", MAART, "ZK28", agb_vestiging="90280000", bedtype=bedtype, functie=functie, **fte, **anw)
    for afdeling, gesloten, reden in (("A", 3, "personeel"), ("B", 2, "verbouwing")):
        dicht = {"erkend": 5, "operationeel": 5 - gesloten, "gesloten": gesloten, "reden_sluiting": reden}
        w.rij("bedden", MAART, "ZK28", agb_vestiging="90280000", afdeling_id=afdeling, **dicht)
    w.levering("personeel", MAART, "ZK29")  # a nulmelding, and no beds
    w.levering("personeel", LATER, "ZK29")
    w.levering("bedden", MAART, "ZK31")


def test_fte_telt_op_per_cluster_en_functie_en_een_deling_door_nul_is_onbekend(marts):
    assert marts.execute(
        "select cluster, functie, fte_formatie, fte_vacature, aandeel_vacature, anw_diensten, anw_dekking "
        "from marts.personeel_maand order by all"
    ).fetchall() == [
        ("acuut", "spv", 0, 0.5, None, 31, pytest.approx(29 / 31)),
        ("buiten_afbakening", "agoog", 3, 1, pytest.approx(1 / 3), None, None),
        ("klinisch", "psychiater", 6, 1.5, 0.25, None, None),
        ("klinisch", "verpleegkundige", 20, 4, 0.2, None, None),
    ]


def test_gesloten_om_personeel_staat_naast_de_vacatures_en_is_leeg_zonder_bedden(marts):
    assert marts.execute(
        "select iza_regio, cluster, gesloten_personeel, fte_vacature from marts.personeel_gesloten "
        "where maand = date '2025-03-01' and cluster in ('acuut', 'klinisch') order by all"
    ).fetchall() == [
        ("ZK28", "acuut", 0, 0.5),
        ("ZK28", "klinisch", 3, 5.5),
        ("ZK29", "acuut", None, 0),
        ("ZK29", "klinisch", None, 0),
    ]


def test_personeel_rekt_de_maanden_van_de_cijfers_niet_op(marts):
    later = date.fromisoformat(f"{LATER}-01")
    assert marts.execute("select max(maand) from intermediate.int_maand").fetchone()[0] < later
    assert marts.execute("select count(*) from marts.personeel_gesloten where maand = ?", [later]).fetchone() == (6,)


def test_een_regio_zonder_personeel_heeft_gewoon_haar_bedden(marts):
    vraag = "select distinct geleverd from marts.{} where iza_regio = 'ZK31' and maand = date '2025-03-01'"
    assert marts.execute(vraag.format("capaciteit_maand")).fetchall() == [(True,)]
    assert marts.execute(vraag.format("personeel_gesloten").replace("geleverd", "maand")).fetchall() == []
