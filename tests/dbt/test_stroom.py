"""Flow per month (spec 3.2): last days, status, NULL against zero. Regions ZK03 to ZK06 and ZK33."""

import pytest


def vul(w):
    w.levering("declaraties", "2025-01", "ZK03")
    w.levering("declaraties", "2025-02", "ZK03")
    w.levering("declaraties", "2025-06", "ZK03")
    w.zorg("ZK03", "laatste dag", "klinisch", "2025-01-31", aanlevermaand="2025-02")
    w.zorg("ZK03", "loopt door", "klinisch", "2025-01-30", "2025-02-01", aanlevermaand="2025-02")
    w.zorg("ZK03", "twee dagen", "klinisch", "2025-02-10", "2025-02-11", aanlevermaand="2025-02")
    w.levering("declaraties", "2025-02", "ZK04")


def stroom(marts, maand, regio, kolommen, cluster="klinisch"):
    return marts.execute(
        f"select {kolommen} from marts.stroom_maand where maand = ? and iza_regio = ? and cluster = ?",
        [maand, regio, cluster],
    ).fetchone()


def test_begin_en_einde_op_de_laatste_dag_tellen_in_die_maand(marts):
    kolommen = "stand_begin, instroom_nieuw, instroom_terugkeer, instroom, uitstroom, stand_eind, personen"
    assert stroom(marts, "2025-01-01", "ZK03", kolommen) == (0, 2, 0, 2, 1, 1, 2)
    assert stroom(marts, "2025-02-01", "ZK03", kolommen) == (1, 1, 0, 1, 2, 0, 2)


def test_geleverde_maand_zonder_zorg_is_nul(marts):
    assert stroom(marts, "2025-06-01", "ZK03", "stand_begin, instroom, stand_eind, personen, geleverd") == (
        0,
        0,
        0,
        0,
        True,
    )


def test_niet_geleverde_maand_is_leeg_met_status(marts):
    assert stroom(marts, "2025-05-01", "ZK03", "stand_begin, instroom, stand_eind, personen, status, geleverd") == (
        None,
        None,
        None,
        None,
        "voorlopig",
        False,
    )


@pytest.mark.parametrize("maand, status", [("2024-11-01", "definitief"), ("2024-12-01", "voorlopig")])
def test_definitief_vanaf_negentig_dagen_na_de_laatste_dag(marts, maand, status):
    """2024-11-30 + 90 dagen is precies de peildatum van ZK04, 2025-02-28."""
    assert stroom(marts, maand, "ZK04", "status") == (status,)


def test_regio_die_nooit_leverde_is_voorlopig(marts):
    assert stroom(marts, "2022-06-01", "ZK33", "status, geleverd, stand_eind") == ("voorlopig", False, None)


@pytest.mark.parametrize(
    "cluster, laatste_bepaald, eerste_zonder_aanloop",
    [
        # peildatum 2025-06-30, eerste prestatie in januari 2025; gaten van 7, 30 en 90 dagen
        ("klinisch", "2025-05-01", "2025-02-01"),
        # 31 mei + 30 dagen is de peildatum zelf: nog niet te bepalen
        ("hoogspecialistisch_ggz", "2025-04-01", "2025-02-01"),
        # 1 januari + 90 dagen is 1 april: dan is de aanloop voorbij
        ("outreachend", "2025-03-01", "2025-04-01"),
    ],
)
def test_uitstroom_is_te_bepalen_tot_het_gat_voor_de_peildatum_en_aanloop_duurt_een_gat(
    marts, cluster, laatste_bepaald, eerste_zonder_aanloop
):
    assert marts.execute(
        "select max(maand) filter (where uitstroom_bepaald)::varchar, min(maand) filter (where not aanloop)::varchar, "
        "count(*) filter (where uitstroom_bepaald is null or aanloop is null) "
        "from marts.stroom_maand where iza_regio = 'ZK03' and cluster = ?",
        [cluster],
    ).fetchone() == (laatste_bepaald, eerste_zonder_aanloop, 0)


@pytest.mark.parametrize("regio", ["ZK04", "ZK33"])
def test_zonder_prestatie_of_peildatum_is_er_geen_aanloop_en_niets_bepaald(marts, regio):
    assert marts.execute(
        "select count(*) from marts.stroom_maand where iza_regio = ? and (uitstroom_bepaald or aanloop)", [regio]
    ).fetchone() == (0,)


def test_skelet_heeft_elke_maand_regio_en_cluster(marts):
    assert marts.sql("select count(*) = count(distinct maand) * 31 * 6 from marts.stroom_maand").fetchone() == (True,)


def test_identiteit_geldt_in_elke_cel_voordat_niet_geleverd_leeg_wordt(marts):
    assert marts.sql(
        "select count(*) from intermediate.int_stroom_maand where "
        "stand_begin + instroom + doorstroom_in - doorstroom_uit - uitstroom <> stand_eind"
    ).fetchone() == (0,)
