"""Time and memory of the analyses at national size: 31 regions x 6 clusters, 8 kinds of place.

    python bench/analyse.py [WAREHOUSE.duckdb]

Without a warehouse it measures on made-up cells (no medical meaning): 36 months of history, 10 to 1,500 places and a
list of about as many people in each of 248 cells. One line per part: seconds on the clock and
of the processor (the machine may be shared), rows, and the peak memory of the process so far.
"""

import resource
import sys
import time
from dataclasses import replace

import duckdb
import numpy as np
import pandas as pd

from pipelines.analyse import kalibratie, meerjarenbeeld, scenario, vooruitblik
from pipelines.analyse.afspraken import KOLOMMEN
from pipelines.analyse.maatregel import BASIS, lees_bestand
from pipelines.analyse.waarneming import PLAATS, Waarneming, lees
from pipelines.settings import PROJECT

SOORTEN = {
    "acuut": ("ambulante_plek", "bed"),
    "beveiligd": ("bed",),
    "hoogspecialistisch_ggz": ("ambulante_plek", "bed"),
    "hoogspecialistisch_ziekenhuis": ("bed",),
    "klinisch": ("bed",),
    "outreachend": ("ambulante_plek",),
}
NORM = {"bezettingsnorm_bed": 0.85, "bezettingsnorm_ambulante_plek": 0.95, "blokkeringsnorm": 0.05, "ceil_marge": 1e-9}
THREADS = 2


def verzonnen(maanden: int = 36) -> Waarneming:
    """National observations with a fixed seed."""
    rng = np.random.default_rng(1)
    rijen = []
    for regio in range(1, 32):
        for cluster, soorten in SOORTEN.items():
            for soort in soorten:
                plaatsen, ligduur = int(rng.integers(10, 1500)), float(rng.uniform(15, 400))
                bezet = 0.9 * plaatsen
                start = bezet / ligduur
                for maand in pd.period_range("2023-01", periods=maanden, freq="M"):
                    dagen = maand.days_in_month
                    belasting = bezet * float(rng.normal(1.05, 0.01))
                    rijen.append({
                        "maand": maand, "iza_regio": f"ZK{regio:02d}", "cluster": cluster, "capaciteit_type": soort,
                        "geleverd": True, "bruikbaar": True, "dagen": 365.0, "bezet": bezet, "uitgesteld": 0.1 * bezet,
                        "instroom": float(rng.poisson(0.8 * start * dagen)),
                        "aankomsten": float(rng.poisson(start * dagen)), "plaatsen": float(plaatsen), "gesloten": 5.0,
                        "bezette_dagen": bezet * dagen, "uitgestelde_dagen": 0.1 * bezet * dagen,
                        "opnames": float(rng.poisson(start * dagen)), "ontslagen": float(rng.poisson(start * dagen)),
                        "wachtplekken": float(rng.poisson(plaatsen)), "uitval": float(rng.poisson(0.03 * plaatsen)),
                        "opnames_per_dag": start, "verblijfsduur_dagen": ligduur, "geweigerd_per_dag": 0.01 * start,
                        "aandeel_uniek": 0.8, "onvervuld": belasting - bezet, "belasting": belasting,
                        "benodigd": 1.2 * bezet, "beschikbaar": float(plaatsen),
                    })  # fmt: skip
    alles = pd.DataFrame(rijen)
    per_cluster = alles.drop_duplicates(["maand", "iza_regio", "cluster"])
    return Waarneming(
        stroom=per_cluster[["maand", "iza_regio", "cluster", "instroom", "aankomsten", "bruikbaar"]],
        capaciteit=alles,
        wachtlijst=alles[["maand", *PLAATS, "wachtplekken", "uitval"]],
        behoefte=alles[[
            "maand", *PLAATS, "geleverd", "dagen", "bezet", "uitgesteld", "opnames_per_dag", "verblijfsduur_dagen",
            "geweigerd_per_dag", "aandeel_uniek", "onvervuld", "belasting", "benodigd", "beschikbaar",
        ]],
        duurspreiding=pd.DataFrame({"cluster": list(SOORTEN), "variatie2": 2.0}),
        norm=pd.Series(NORM),
        versie="verzonnen",
    )  # fmt: skip


def meet(naam: str, werk) -> pd.DataFrame:
    begin, rekentijd = time.perf_counter(), time.process_time()
    uit = werk()
    piek = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    duur, rekentijd = time.perf_counter() - begin, time.process_time() - rekentijd
    print(f"{naam:<26} {duur:7.1f} s {rekentijd:7.1f} s rekentijd {len(uit):>7,} rijen {piek:5.0f} MB", flush=True)
    return uit


if __name__ == "__main__":
    if len(sys.argv) > 1:
        with duckdb.connect(sys.argv[1], read_only=True) as verbinding:
            w = lees(verbinding)
    else:
        w = verzonnen()
    alles = replace(lees_bestand(PROJECT / "scenarios" / "alles-samen.yaml"), herhalingen=100)
    meet("basis, 100 herhalingen", lambda: scenario.reken(w, replace(BASIS, herhalingen=100), THREADS))
    meet("alles-samen, idem", lambda: scenario.reken(w, alles, THREADS))
    meet("bijdragen van alles-samen", lambda: scenario.bijdragen(w, alles))
    meet("kalibratie", lambda: kalibratie.reken(w, THREADS))
    vooruit = meet("vooruitblik", lambda: vooruitblik.reken(w))
    meet("meerjarenbeeld", lambda: meerjarenbeeld.reken(w, vooruit, pd.DataFrame(columns=KOLOMMEN)))
