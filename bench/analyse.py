"""Time and memory of the analyses at national size: 31 regions x 6 clusters.

    python bench/analyse.py [WAREHOUSE.duckdb]

Without a warehouse it measures on made-up cells (no medical meaning): 36 months of history, 10 to 1,500 places and a
list of about as many people in each of 186 cells. One line per part: seconds on the clock and
of the processor (the machine may be shared), rows, and the peak memory of the process so far.
"""

import resource
import sys
import time

import duckdb
import numpy as np
import pandas as pd

from pipelines.analyse import kalibratie, scenario, vooruitblik
from pipelines.analyse.waarneming import Waarneming, lees

CLUSTERS = tuple("acuut beveiligd hoogspecialistisch_ggz hoogspecialistisch_ziekenhuis klinisch outreachend".split())
THREADS = 2


def verzonnen(maanden: int = 36) -> Waarneming:
    """National observations with a fixed seed."""
    rng = np.random.default_rng(1)
    periode = pd.period_range("2023-01", periods=maanden, freq="M")
    rijen = []
    for regio in range(1, 32):
        for cluster in CLUSTERS:
            plaatsen, ligduur = int(rng.integers(10, 1500)), float(rng.uniform(15, 400))
            bezet = 0.9 * plaatsen
            start = bezet / ligduur
            for maand in periode:
                dagen = maand.days_in_month
                rijen.append({
                    "maand": maand, "iza_regio": f"ZK{regio:02d}", "cluster": cluster,
                    "geleverd": True, "definitief": True,
                    "instroom": rng.poisson(0.8 * start * dagen), "aankomsten": rng.poisson(start * dagen),
                    "plaatsen": float(plaatsen), "gesloten": 5.0, "bezette_dagen": bezet * dagen,
                    "uitgestelde_dagen": 0.1 * bezet * dagen, "opnames": float(rng.poisson(start * dagen)),
                    "ontslagen": float(rng.poisson(start * dagen)), "aankomsten_per_dag": start,
                    "gemiddelde_duur_dagen": ligduur, "wachtplekken": float(rng.poisson(plaatsen)),
                    "uitval": float(rng.poisson(0.03 * plaatsen)),
                })  # fmt: skip
    alles = pd.DataFrame(rijen)
    return Waarneming(
        stroom=alles[["maand", "iza_regio", "cluster", "instroom", "aankomsten", "geleverd", "definitief"]],
        capaciteit=alles,
        vraag=alles[["maand", "iza_regio", "cluster", "aankomsten_per_dag", "gemiddelde_duur_dagen"]],
        wachtlijst=alles,
        duurspreiding=pd.DataFrame({"cluster": CLUSTERS, "variatie2": 2.0}),
        verschuiving=pd.DataFrame(columns=["versie_van", "versie_naar"]),
        kans_vol=0.05,
        max_gat_dagen=pd.Series(30.0, index=CLUSTERS),
    )


def meet(naam: str, werk) -> None:
    begin, rekentijd = time.perf_counter(), time.process_time()
    uit = werk()
    piek = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    duur, rekentijd = time.perf_counter() - begin, time.process_time() - rekentijd
    print(f"{naam:<26} {duur:7.1f} s {rekentijd:7.1f} s rekentijd {len(uit):>7,} rijen {piek:5.0f} MB", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        with duckdb.connect(sys.argv[1], read_only=True) as verbinding:
            w = lees(verbinding)
    else:
        w = verzonnen()
    honderd = scenario.BASIS.model_copy(update={"herhalingen": 100})
    meet("scenario, 100 herhalingen", lambda: scenario.reken(w, honderd, THREADS))
    meet("kalibratie", lambda: kalibratie.reken(w, THREADS))
    meet("vooruitblik", lambda: vooruitblik.reken(w))
