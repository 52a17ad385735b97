"""Seconds, memory and withheld cells of a whole national publication, all audiences, audit included: 31 regions, 24 months,
figures of the right order of size. Beside it what two other rules withhold: primary alone (not safe), and whole rows.

Run: .venv/bin/python bench/publicatie.py [--maanden 24] [--warehouse PAD]
Without a warehouse it makes marts by chance that keep every relation of spec 3, so that it can run before there is demo data.
"""

import argparse
import csv
import resource
import shutil
import tempfile
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from pipelines.publicatie import vintage
from pipelines.settings import Instellingen

PROJECT = Path(__file__).resolve().parent.parent
# clients in care per region, share that enters per month: an assumption of this measurement alone
CLUSTERS = {
    "acuut": (80, 1.2),
    "outreachend": (1900, 0.04),
    "klinisch": (220, 0.45),
    "beveiligd": (45, 0.15),
    "hoogspecialistisch_ggz": (110, 0.08),
    "hoogspecialistisch_ziekenhuis": (12, 0.5),
}


def marts(maanden: int = 24, seed: int = 1) -> dict[str, pd.DataFrame]:
    """stroom_maand, capaciteit_maand and wachttijd_maand of a random nation."""
    loting = np.random.default_rng(seed)
    with (PROJECT / "seeds" / "iza_regio.csv").open(encoding="utf-8") as f:
        regios = [r["iza_regio"] for r in csv.DictReader(f)]
    tijd = pd.date_range("2024-10-01", periods=maanden, freq="MS").date
    omvang = loting.lognormal(0, 0.5, len(regios))
    stroom, bedden, wacht = [], [], []
    for regio, maat in zip(regios, omvang, strict=True):
        for cluster, (stand, in_) in CLUSTERS.items():
            s = loting.poisson(stand * maat)
            for maand in tijd:
                nieuw, terug, din = loting.poisson(np.array([0.75, 0.15, 0.1]) * in_ * stand * maat)
                duit = min(loting.poisson(0.12 * in_ * max(s, 1)), s)
                uit = min(loting.poisson(0.9 * in_ * max(s, 1)), s - duit + nieuw + terug + din)
                eind = s + nieuw + terug + din - duit - uit
                personen = loting.binomial(s + nieuw + terug + din, 0.9)
                stroom.append(
                    (
                        maand,
                        regio,
                        cluster,
                        s,
                        nieuw,
                        terug,
                        nieuw + terug,
                        din,
                        duit,
                        uit,
                        eind,
                        personen,
                        "definitief",
                        True,
                    )
                )
                s = eind
                plaatsen = max(int(stand * maat), 1)
                zes = loting.poisson(np.array([3, 4, 0.5, 3, 2, 1]) * plaatsen / 20)
                bezet = loting.binomial(plaatsen * 30, 0.9)
                bedden.append(
                    (
                        maand,
                        regio,
                        cluster,
                        "bed",
                        plaatsen,
                        plaatsen,
                        0,
                        0,
                        plaatsen * 30,
                        bezet,
                        nieuw + din,
                        uit,
                        zes.sum(),
                        *zes,
                    )
                    + (
                        loting.poisson(plaatsen / 30),
                        bezet / (plaatsen * 30),
                        zes.sum() / max(bezet, 1),
                        zes.sum() / 30,
                        bezet,
                        True,
                    )
                )
        for cluster in [*CLUSTERS, "niet_cruciaal"]:
            rij = {}
            for maand in tijd:
                for fase in ("aanmelding", "behandeling"):
                    n = loting.poisson((1200 if cluster == "niet_cruciaal" else 60) * maat)
                    rij[fase] = (n, loting.binomial(n, 0.85), loting.binomial(n, 0.55))
                n = rij["aanmelding"][0] + rij["behandeling"][0]
                uniek = rij["aanmelding"][1], rij["behandeling"][1]
                rij["totaal"] = (n, int(max(uniek) + 0.9 * min(uniek)), loting.binomial(n, 0.5))
                for fase, (plekken, uniek, boven) in rij.items():
                    weken = (14.0, 12.0, 30.0, boven, boven / plekken) if plekken else (None, None, None, boven, None)
                    uitval = loting.poisson(n * 0.05)
                    stromen = (
                        *loting.poisson(n * np.array([0.25, 0.2, 0.18])),
                        uitval,
                        loting.binomial(uitval, 0.2),
                        *loting.poisson(n * np.array([0.02, 0.01])),
                        4.0,
                        1.0,
                    )
                    wacht.append(
                        (
                            maand,
                            regio,
                            cluster,
                            fase,
                            plekken,
                            uniek,
                            *weken,
                            *(stromen if fase == "totaal" else [None] * 9),
                            True,
                        )
                    )
    sleutel = ["maand", "iza_regio", "cluster"]
    return {
        "stroom_maand": pd.DataFrame(
            stroom,
            columns=sleutel
            + "stand_begin instroom_nieuw instroom_terugkeer instroom doorstroom_in doorstroom_uit uitstroom stand_eind personen status geleverd".split(),
        ),
        "capaciteit_maand": pd.DataFrame(
            bedden,
            columns=sleutel
            + "capaciteit_type erkend operationeel gesloten gesloten_personeel beschikbare_dagen bezette_dagen opnames ontslagen uitgestelde_dagen uitgesteld_beschermd_wonen uitgesteld_wlz uitgesteld_forensisch uitgesteld_woning uitgesteld_andere_ggz uitgesteld_overig uitgesteld_aantal bezettingsgraad aandeel_uitgesteld vrij_te_spelen verblijfsdagen_declaraties geleverd".split(),
        ),
        "wachttijd_maand": pd.DataFrame(
            wacht,
            columns=sleutel
            + "fase wachtplekken unieke_wachtenden gemiddeld_weken mediaan_weken p90_weken boven_treeknorm aandeel_boven_treeknorm aangemeld intakes gestart uitval uitval_exclusie bemiddeld_gelukt bemiddeld_mislukt doelwachtrij extra_capaciteit_per_week geleverd".split(),
        ),
    }


def warehouse(pad: Path, maanden: int) -> None:
    """A warehouse with those marts, and as much of the rest as publication reads."""
    bron = marts(maanden)
    with duckdb.connect(str(pad)) as con:
        con.execute("CREATE SCHEMA marts; CREATE SCHEMA kwaliteit; CREATE SCHEMA referentie")
        for naam, df in bron.items():
            con.register("df", df)
            con.execute(f"CREATE TABLE marts.{naam} AS SELECT * REPLACE (maand::DATE AS maand) FROM df")
        con.execute("""CREATE TABLE kwaliteit.aanlevering AS SELECT DISTINCT 'declaraties' AS bron, strftime(maand, '%Y-%m') AS maand,
            iza_regio, '06290000' AS leverancier, 1 AS versie, iza_regio || maand AS bestand, md5(iza_regio || maand) AS sha256,
            'actief' AS status FROM marts.stroom_maand""")
        con.execute("CREATE TABLE referentie.definitie_versie AS SELECT 'meting' AS versie, 'J' AS standaard")
        con.execute("CREATE TABLE referentie.cluster_regel AS SELECT 'meting' AS versie, 10 AS volgorde")


def main() -> None:
    opties = argparse.ArgumentParser(description=__doc__)
    opties.add_argument("--maanden", type=int, default=24)
    opties.add_argument("--warehouse", type=Path, help="publish this warehouse instead of random marts")
    keuze = opties.parse_args()
    with tempfile.TemporaryDirectory() as tijdelijk:
        instellingen = Instellingen(data=Path(tijdelijk))
        if keuze.warehouse:
            shutil.copyfile(keuze.warehouse, instellingen.warehouse)
        else:
            warehouse(instellingen.warehouse, keuze.maanden)
        uitkomst = vintage.publiceer(instellingen)
        verslag = vintage.manifest(instellingen, uitkomst.nummer)["onthulling"]
        bestanden = [p for p in uitkomst.map.rglob("*") if p.is_file()]
        schijf = sum({p.stat().st_ino: p.stat().st_size for p in bestanden}.values()) / 1e6
    zelf, werkers = (resource.getrusage(wie) for wie in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    rekentijd = sum(r.ru_utime + r.ru_stime for r in (zelf, werkers))
    print(f"{uitkomst.seconden:.0f} s, {rekentijd:.0f} s rekentijd, geheugen {zelf.ru_maxrss / 1e6:.2f} GB en per werker "
          f"{werkers.ru_maxrss / 1e6:.2f} GB, {len(bestanden)} bestanden, {schijf:.0f} MB")  # fmt: skip
    for tabel, v in verslag.items():
        weg = v["primair"] + v["secundair"]
        print(f"{tabel}: {v['cellen']} cellen, {v['primair']} primair, {v['secundair']} secundair, krap {v['krap_voor_wie_merken_kent']}, "
              f"{v['seconden']} s; {weg / max(v['primair'], 1):.2f} keer primair alleen, {weg / max(v['hele_rijen'], 1):.2f} keer hele "
              f"rijen ({v['hele_rijen']})")  # fmt: skip


if __name__ == "__main__":
    main()
