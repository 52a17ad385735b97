"""Episodes (spec 3.1): each boundary of gap, window and tie. Persons of region ZK01 and ZK02, peildatum 2025-06-30."""

from datetime import date, timedelta

import pytest

from tests.dbt.wereld import prestatiecode, pseudoniem

GATEN = {"acuut": 14, "outreachend": 90, "klinisch": 7, "beveiligd": 7, "hoogspecialistisch_ggz": 30}
A, B = "ZK01", "ZK02"


def plus(dag, dagen):
    return (date.fromisoformat(dag) + timedelta(dagen)).isoformat()


def vul(w):
    for cluster, gat in GATEN.items():
        w.zorg(A, f"gat precies {cluster}", cluster, "2024-01-01", plus("2024-01-01", gat))
        w.zorg(A, f"gat erover {cluster}", cluster, "2024-01-01", plus("2024-01-01", gat + 1))
        w.zorg(A, f"open {cluster}", cluster, plus("2025-06-30", -gat))
        w.zorg(A, f"dicht {cluster}", cluster, plus("2025-06-30", -gat - 1))
    w.rij("bedden", "2024-01", A, agb_vestiging="90190000", afdeling_id="mpu", bedtype="MPU")
    for naam, dag in (("mpu precies", "2024-01-08"), ("mpu erover", "2024-01-09")):
        w.declaratie(A, naam, "2024-01-01", "hoogspecialistisch_ggz", agb_vestiging="90190000")
        w.declaratie(A, naam, dag, "hoogspecialistisch_ggz", agb_vestiging="90190000")

    w.zorg(A, "zelfde dag", "klinisch", "2024-03-01", "2024-03-01")
    w.zorg(A, "alleen overig", "overig", "2024-03-01")
    w.declaratie(A, "groep", "2024-03-01", prestatiecode(prestatietype="groepsconsult", setting="4"))

    w.zorg(A, "venster 30", "klinisch", "2024-01-10")
    w.zorg(A, "venster 30", "outreachend", plus("2024-01-10", 30))
    w.zorg(A, "venster 31", "klinisch", "2024-01-10")
    w.zorg(A, "venster 31", "outreachend", plus("2024-01-10", 31))
    w.zorg(A, "terug 365", "klinisch", "2023-01-10", plus("2023-01-10", 365))
    w.zorg(A, "terug 366", "klinisch", "2023-01-10", plus("2023-01-10", 366))
    w.zorg(A, "zelfde begin", "klinisch", "2024-01-10")
    w.zorg(A, "zelfde begin", "beveiligd", "2024-01-10")
    w.zorg(A, "andere regio", "klinisch", "2024-01-10")
    w.zorg(B, "andere regio", "klinisch", "2024-01-12")

    # doorstroom in: wie het laatst eindigde wint; open is het laatst; dan laatste begin, laagste cluster, laagste regio
    w.zorg(A, "in laatste eind", "klinisch", "2024-01-05")
    w.zorg(A, "in laatste eind", "beveiligd", "2024-01-03", "2024-01-06")
    w.zorg(A, "in laatste eind", "acuut", "2024-01-20")
    w.zorg(A, "in open", "outreachend", *[plus("2024-01-01", 90 * i) for i in range(7)])
    w.zorg(A, "in open", "klinisch", "2024-01-05")
    w.zorg(A, "in open", "acuut", "2024-01-07")
    w.zorg(A, "in gelijk eind", "klinisch", "2024-01-03", "2024-01-06")
    w.zorg(A, "in gelijk eind", "beveiligd", "2024-01-05", "2024-01-06")
    w.zorg(A, "in gelijk eind", "acuut", "2024-01-20")
    w.zorg(A, "in gelijk cluster", "klinisch", "2024-01-06")
    w.zorg(A, "in gelijk cluster", "beveiligd", "2024-01-06")
    w.zorg(A, "in gelijk cluster", "acuut", "2024-01-20")
    w.zorg(B, "in gelijk regio", "klinisch", "2024-01-06")
    w.zorg(A, "in gelijk regio", "klinisch", "2024-01-06")
    w.zorg(A, "in gelijk regio", "acuut", "2024-01-20")

    # doorstroom uit: wie het eerst begint wint, en wat al liep begint op de einddatum; dan laatste eind, cluster, regio
    w.zorg(A, "uit liep al", "klinisch", "2024-01-10")
    w.zorg(A, "uit liep al", "outreachend", "2023-12-01", "2024-02-01")
    w.zorg(A, "uit liep al", "acuut", "2024-01-10", "2024-01-12")
    w.zorg(A, "uit eerste", "klinisch", "2024-01-10")
    w.zorg(A, "uit eerste", "outreachend", "2024-01-13", "2024-03-01")
    w.zorg(A, "uit eerste", "acuut", "2024-01-12")
    w.zorg(A, "uit 30", "klinisch", "2024-01-10")
    w.zorg(A, "uit 30", "acuut", plus("2024-01-10", 30))
    w.zorg(A, "uit 31", "klinisch", "2024-01-10")
    w.zorg(A, "uit 31", "acuut", plus("2024-01-10", 31))
    w.zorg(A, "uit even lang", "klinisch", "2024-01-10")
    w.zorg(A, "uit even lang", "acuut", "2024-01-05", "2024-01-10")
    w.zorg(A, "uit gelijk cluster", "klinisch", "2024-01-10")
    w.zorg(A, "uit gelijk cluster", "beveiligd", "2024-01-12")
    w.zorg(A, "uit gelijk cluster", "acuut", "2024-01-12")
    w.zorg(A, "uit gelijk regio", "klinisch", "2024-01-10")
    w.zorg(B, "uit gelijk regio", "acuut", "2024-01-12")
    w.zorg(A, "uit gelijk regio", "acuut", "2024-01-12")
    w.zorg(A, "uit open laatst", "klinisch", "2025-06-10")
    w.zorg(A, "uit open laatst", "beveiligd", "2025-06-12", "2025-06-18", "2025-06-22")
    w.zorg(A, "uit open laatst", "outreachend", "2025-06-12")

    for naam, dag, prestatie, wet in (
        ("wlz 90", plus("2024-01-10", 90), "klinisch", "Wlz"),
        ("wlz 91", plus("2024-01-10", 91), "klinisch", "Wlz"),
        ("wlz dag zelf", "2024-01-10", "overig", "Wlz"),
        ("wlz overig", "2024-01-11", "overig", "Wlz"),
        ("ggz 90", plus("2024-01-10", 90), "niet_cruciaal", "Zvw"),
        ("ggz 91", plus("2024-01-10", 91), "niet_cruciaal", "Zvw"),
        ("ggz overig", "2024-01-11", "overig", "Zvw"),
        ("wmo", "2024-01-11", "klinisch", "Wmo"),
        ("wfz", "2024-01-11", "overig", "Wfz"),
        ("jeugdwet", "2024-01-11", "klinisch", "Jeugdwet"),
    ):
        w.zorg(A, naam, "klinisch", "2024-01-10")
        w.declaratie(B, naam, dag, prestatie, wet=wet)
    voorrang = ("Zvw", "Wfz", "Wmo", "Wlz")
    for lengte in (2, 3, 4):
        naam = f"voorrang {voorrang[lengte - 1]}"
        w.zorg(A, naam, "klinisch", "2024-01-10")
        for dag, wet in enumerate(voorrang[:lengte], start=11):
            w.declaratie(A, naam, f"2024-01-{dag}", "niet_cruciaal", wet=wet)


def episodes(marts, naam, kolommen, cluster=None):
    filter_ = f" and cluster = '{cluster}'" if cluster else ""
    return marts.execute(
        f"select {kolommen} from marts.episode where patient_pseudoniem = ?{filter_} "
        "order by begindatum, cluster, iza_regio",
        [pseudoniem(naam)],
    ).fetchall()


@pytest.mark.parametrize("cluster", GATEN)
def test_gat_precies_op_de_grens_houdt_een_episode_en_een_dag_meer_maakt_er_twee(marts, cluster):
    assert episodes(marts, f"gat precies {cluster}", "zorgdagen") == [(2,)]
    assert episodes(marts, f"gat erover {cluster}", "zorgdagen") == [(1,), (1,)]


def test_hoogspecialistisch_ziekenhuis_heeft_een_gat_van_zeven_dagen(marts):
    assert episodes(marts, "mpu precies", "cluster, zorgdagen") == [("hoogspecialistisch_ziekenhuis", 2)]
    assert [n for (n,) in episodes(marts, "mpu erover", "zorgdagen", "hoogspecialistisch_ziekenhuis")] == [1, 1]


@pytest.mark.parametrize("cluster", GATEN)
def test_episode_is_open_tot_en_met_het_gat_voor_de_peildatum(marts, cluster):
    assert episodes(marts, f"open {cluster}", "open, einddatum, soort_uit, vervolg") == [(True, None, None, None)]
    assert episodes(marts, f"dicht {cluster}", "open, soort_uit, vervolg") == [(False, "uitstroom", "geen")]


def test_twee_prestaties_op_een_dag_zijn_een_zorgdag(marts):
    assert episodes(marts, "zelfde dag", "zorgdagen") == [(1,)]


def test_overige_prestatie_is_geen_zorgdag_en_groepsconsult_wel(marts):
    assert episodes(marts, "alleen overig", "1") == []
    assert episodes(marts, "groep", "cluster") == [("outreachend",)]


@pytest.mark.parametrize(
    "naam, cluster, soort, van",
    [
        ("venster 30", "outreachend", "doorstroom", "klinisch"),
        ("venster 31", "outreachend", "instroom_terugkeer", None),
        ("zelfde begin", "klinisch", "instroom_nieuw", None),
        ("zelfde begin", "beveiligd", "instroom_nieuw", None),
        ("in laatste eind", "acuut", "doorstroom", "beveiligd"),
        ("in open", "acuut", "doorstroom", "outreachend"),
        ("in gelijk eind", "acuut", "doorstroom", "beveiligd"),
        ("in gelijk cluster", "acuut", "doorstroom", "klinisch"),
    ],
)
def test_soort_in(marts, naam, cluster, soort, van):
    assert episodes(marts, naam, "soort_in, van_cluster", cluster)[0] == (soort, van)


def test_terugkeer_tot_en_met_365_dagen_ook_in_hetzelfde_cluster(marts):
    assert [s for (s,) in episodes(marts, "terug 365", "soort_in")] == ["instroom_nieuw", "instroom_terugkeer"]
    assert [s for (s,) in episodes(marts, "terug 366", "soort_in")] == ["instroom_nieuw", "instroom_nieuw"]


def test_zelfde_cluster_in_een_andere_regio_is_doorstroom(marts):
    assert episodes(marts, "andere regio", "iza_regio, soort_in, van_regio, soort_uit, naar_regio") == [
        (A, "instroom_nieuw", None, "doorstroom", B),
        (B, "doorstroom", A, "uitstroom", None),
    ]


def test_gelijke_kandidaten_in_gaan_naar_de_laagste_regio(marts):
    assert episodes(marts, "in gelijk regio", "soort_in, van_regio", "acuut") == [("doorstroom", A)]


@pytest.mark.parametrize(
    "naam, soort, naar",
    [
        ("uit liep al", "doorstroom", "outreachend"),  # beide beginnen op de einddatum; deze eindigt het laatst
        ("uit eerste", "doorstroom", "acuut"),
        ("uit 30", "doorstroom", "acuut"),
        ("uit 31", "uitstroom", None),
        ("uit even lang", "uitstroom", None),  # eindigt niet later
        ("uit gelijk cluster", "doorstroom", "acuut"),
        ("uit open laatst", "doorstroom", "outreachend"),  # beide beginnen gelijk; open is het laatst
    ],
)
def test_soort_uit(marts, naam, soort, naar):
    assert episodes(marts, naam, "soort_uit, naar_cluster", "klinisch") == [(soort, naar)]


def test_gelijke_kandidaten_uit_gaan_naar_de_laagste_regio(marts):
    assert episodes(marts, "uit gelijk regio", "soort_uit, naar_regio", "klinisch") == [("doorstroom", A)]


@pytest.mark.parametrize(
    "naam, vervolg",
    [
        ("wlz 90", "wlz"),
        ("wlz 91", "geen"),
        ("wlz dag zelf", "geen"),
        ("wlz overig", "wlz"),
        ("ggz 90", "ggz_niet_cruciaal"),
        ("ggz 91", "geen"),
        ("ggz overig", "ggz_niet_cruciaal"),
        ("wmo", "wmo"),
        ("wfz", "wfz"),
        ("jeugdwet", "geen"),
        ("voorrang Wfz", "wfz"),
        ("voorrang Wmo", "wmo"),
        ("voorrang Wlz", "wlz"),
    ],
)
def test_vervolg_na_uitstroom(marts, naam, vervolg):
    assert episodes(marts, naam, "soort_uit, vervolg") == [("uitstroom", vervolg)]


def test_doorstroom_matrix_telt_de_instromende_kant(marts):
    assert marts.sql(
        "select aantal from marts.doorstroom_matrix where maand = '2024-01-01' and van_regio = 'ZK01' and "
        "van_cluster = 'klinisch' and naar_regio = 'ZK02' and naar_cluster = 'klinisch'"
    ).fetchall() == [(1,)]
