"""Stay and return (spec 3.19). Regions ZK28 (by chance) and ZK29 (literal), peildatum 2025-06-30, window from 2024-07-01.

lifelines asks for a pandas before 3 and can be no dependency: its figures are literals here (version 0.30.3). The same estimator
stands in statsmodels, which is one, and is held against the whole table.
"""

from datetime import date, timedelta
from random import Random

import numpy as np
import pytest
from statsmodels.duration.survfunc import SurvfuncRight

VAN, TOT = date(2024, 7, 1), date(2025, 6, 30)
KLINISCH = {
    "begon eerder": ("2024-05-01", "2024-08-01"),
    "begon net eerder": ("2024-06-20", "2024-07-05"),
    "tien dagen": ("2024-07-10", "2024-07-19"),
    "twintig dagen": ("2024-07-10", "2024-07-29"),
    "lang": ("2024-09-01", "2024-12-01"),
    "nog in zorg": ("2025-01-01", "2025-06-25"),
    "voor het venster": ("2024-05-01", "2024-06-15"),
    "eindigt op de eerste dag": ("2024-06-25", "2024-07-01"),
    "366 dagen": ("2024-06-29", "2025-06-30"),
    "365 dagen": ("2024-06-30", "2025-06-30"),
}


def dagen(van: str, tot: str) -> list[str]:
    """Care days that make one klinische episode: at most a week apart."""
    begin, eind = date.fromisoformat(van), date.fromisoformat(tot)
    return [(begin + timedelta(d)).isoformat() for d in range(0, (eind - begin).days, 7)] + [tot]


def vul(w):
    for naam, (van, tot) in KLINISCH.items():
        w.zorg("ZK29", f"verblijf {naam}", "klinisch", *dagen(van, tot))
    toeval = Random(1)
    for nummer in range(60):
        begin = date(2024, 1, 1) + timedelta(toeval.randrange(540))
        eind = min(begin + timedelta(toeval.choice([0, 1, 5, 9, 20, 20, 60, 200])), TOT)
        w.zorg("ZK28", f"verblijf {nummer}", "klinisch", *dagen(begin.isoformat(), eind.isoformat()))

    def acuut(naam, *dagen_, regio="ZK29"):
        w.zorg(regio, f"terug {naam}", "acuut", *dagen_)

    acuut("na 30", "2025-01-10", "2025-02-09")
    acuut("na 31", "2025-01-10", "2025-02-10")
    acuut("elders", "2025-01-10")
    acuut("elders", "2025-01-20", regio="ZK28")
    acuut("ander cluster", "2025-01-10")
    w.zorg("ZK29", "terug ander cluster", "outreachend", "2025-01-11")
    acuut("net 30 dagen geleden", "2025-05-31")
    acuut("nog geen 30 dagen geleden", "2025-06-01")
    acuut("voor het venster", "2024-06-30")


def cel(marts, kolommen, cluster, regio="ZK29", maand="2025-06-01"):
    return marts.execute(
        f'select {kolommen} from marts.verblijfsduur where iza_regio = ? and maand = ? and "cluster" = ?',
        [regio, maand, cluster],
    ).fetchone()


def test_overleving_is_die_van_lifelines(marts):
    assert marts.sql(
        "select dagen, round(blijft, 6) from intermediate.int_verblijfstafel where maand = '2025-06-01' "
        "and gebied = 'ZK29' and \"cluster\" = 'klinisch' and eindes > 0 order by dagen"
    ).fetchall() == [(7, 0.857143), (10, 0.714286), (16, 0.595238), (20, 0.47619), (92, 0.380952), (93, 0.285714)]


def test_mediaan_is_de_eerste_dag_waarop_hooguit_de_helft_er_nog_is_en_p90_is_niet_bereikt(marts):
    assert cel(marts, "episodes, mediaan_dagen, p90_dagen", "klinisch") == (9, 20, None)


def test_langer_dan_een_jaar_is_meer_dan_365_dagen_en_een_deel_van_de_stand(marts):
    assert cel(marts, "langer_dan_jaar, aandeel_langer_dan_jaar", "klinisch") == (1, pytest.approx(1 / 3))


def test_terug_in_hetzelfde_cluster_in_welke_regio_ook_waar_de_termijn_voorbij_is(marts):
    assert cel(marts, "eindes_30d, terug_binnen_30d, eindes_90d, terug_binnen_90d", "acuut") == (
        7,
        pytest.approx(2 / 7),
        6,
        pytest.approx(3 / 6),
    )


def test_binnen_het_gat_van_een_cluster_is_terugkomen_dezelfde_episode(marts):
    assert cel(marts, "eindes_90d, terug_binnen_90d", "outreachend") == (0, None)


def test_niet_geleverd_is_leeg(marts):
    assert cel(marts, "episodes, mediaan_dagen, langer_dan_jaar, eindes_30d, geleverd", "klinisch", maand="2025-05-01") == (
        None, None, None, None, False,
    )  # fmt: skip


@pytest.mark.parametrize("regio", ["ZK28", "NL"])
def test_overleving_is_die_van_statsmodels(marts, regio):
    leverden = "select iza_regio from marts.stroom_maand where maand = '2025-06-01' and geleverd"
    episodes = marts.execute(
        f"select begindatum, einddatum from intermediate.int_episode where \"cluster\" = 'klinisch' "
        f"and begindatum <= $1 and coalesce(einddatum, $1) >= $2 and iza_regio in ({leverden}) and $3 in ('NL', iza_regio)",
        [TOT, VAN, regio],
    ).fetchall()
    duur = np.array([(min(eind or TOT, TOT) - begin).days + 1 for begin, eind in episodes])
    einde = np.array([int(eind is not None and eind <= TOT) for _, eind in episodes])
    instap = np.array([max((VAN - begin).days, 0) for begin, _ in episodes])
    verwacht = SurvfuncRight(duur, einde, entry=instap)
    tafel = marts.execute(
        "select dagen, deelnemers, blijft from intermediate.int_verblijfstafel where maand = '2025-06-01' "
        "and gebied = ? and \"cluster\" = 'klinisch' and eindes > 0 order by dagen",
        [regio],
    ).fetchall()
    assert len(tafel) > 5
    assert [rij[0] for rij in tafel] == list(verwacht.surv_times)
    assert [rij[1] for rij in tafel] == list(verwacht.n_risk)
    assert [rij[2] for rij in tafel] == pytest.approx(list(verwacht.surv_prob))
    # as lifelines has it: at most half is left, and not less than half
    helft = next(
        dag for dag, blijft in zip(verwacht.surv_times, verwacht.surv_prob, strict=True) if blijft < 0.5 + 1e-9
    )
    assert cel(marts, "episodes, mediaan_dagen", "klinisch", regio) == (len(episodes), helft)
