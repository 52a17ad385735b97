"""How long the pipeline takes by stage, and its ratio to bare DuckDB queries on the same parquet.

    python bench/pijplijn.py LANDING     a folder with landing/, such as ``ggz demo-data --uit`` makes

Works in a scratch folder beside it. Stages run as processes of their own, so that peak memory is theirs. The peer does by hand
what the main job does (net prestaties, cluster, care days, episodes, counts per month, distinct persons) in six SQL statements,
without tests, refusals, flow kinds or any other mart.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import duckdb

GGZ = str(Path(sys.executable).with_name("ggz"))

KAAL = """
CREATE TEMP TABLE credit AS SELECT DISTINCT d.leverancier, gerelateerd_declaratie_id AS declaratie_id
FROM declaraties d WHERE debet_credit = 'C';
CREATE TEMP TABLE kenmerk AS SELECT agb_vestiging, maand, bool_or(soort = 'HIC') AS hic, bool_or(soort = 'IHT') AS iht, bool_or(soort = 'MPU') AS mpu
FROM (SELECT agb_vestiging, maand, eenheid_type AS soort FROM hic UNION ALL SELECT agb_vestiging, maand, bedtype FROM bedden) GROUP BY ALL;
CREATE TEMP TABLE setting8 AS SELECT DISTINCT patient_pseudoniem, agb_onderneming, zorgtrajectnummer, date_trunc('month', begindatum) AS maand
FROM declaraties d JOIN zpm z USING (prestatiecode) WHERE z.setting = 8 AND z.prestatietype = 'consult';
CREATE TEMP TABLE zorgdag AS SELECT DISTINCT d.patient_pseudoniem, iza_regio, begindatum, CASE
    WHEN acuut_binnen_budget = 'J' THEN 'acuut' WHEN verzorgingsgraad = 'H' THEN 'acuut'
    WHEN beveiligingsniveau >= 2 OR setting = 6 THEN 'beveiligd' WHEN setting = 8 AND mpu THEN 'hoogspecialistisch_ziekenhuis'
    WHEN setting = 8 THEN 'hoogspecialistisch_ggz' WHEN setting = 4 THEN 'outreachend'
    WHEN prestatietype = 'verblijfsdag' OR setting = 5 THEN 'klinisch' END AS cluster
FROM declaraties d JOIN zpm z USING (prestatiecode) ANTI JOIN credit c USING (leverancier, declaratie_id)
LEFT JOIN kenmerk k ON k.agb_vestiging = d.agb_vestiging AND k.maand = strftime(begindatum, '%Y-%m')
LEFT JOIN setting8 s ON s.patient_pseudoniem = d.patient_pseudoniem AND s.agb_onderneming = d.agb_onderneming
  AND s.zorgtrajectnummer = d.zorgtrajectnummer AND s.maand = date_trunc('month', begindatum)
WHERE wet = 'Zvw' AND debet_credit = 'D' AND prestatietype IN ('verblijfsdag', 'consult', 'groepsconsult');
CREATE TEMP TABLE episode AS SELECT patient_pseudoniem, iza_regio, cluster, min(begindatum) AS van, max(begindatum) AS tot FROM (
  SELECT *, sum(nieuw) OVER (PARTITION BY patient_pseudoniem, iza_regio, cluster ORDER BY begindatum) AS nr FROM (
    SELECT *, CASE WHEN begindatum - lag(begindatum) OVER (PARTITION BY patient_pseudoniem, iza_regio, cluster ORDER BY begindatum) <= 14
      THEN 0 ELSE 1 END AS nieuw FROM zorgdag WHERE cluster IS NOT NULL)) GROUP BY patient_pseudoniem, iza_regio, cluster, nr;
CREATE TEMP TABLE maand AS SELECT date_trunc('month', begindatum) AS maand, iza_regio, cluster, count(DISTINCT patient_pseudoniem) AS personen
FROM zorgdag WHERE cluster IS NOT NULL GROUP BY ALL;
"""


def kaal(data: Path) -> int:
    """Runs the peer on the store under ``data``; rows of claims read."""
    con = duckdb.connect(
        str(data / "kaal.duckdb"), config={"threads": 2, "memory_limit": "16GB", "preserve_insertion_order": False}
    )
    opslag, seeds = data / "aanlevering", Path(__file__).parent.parent / "seeds"
    for naam, bron in (("declaraties", "declaraties"), ("hic", "hic_monitor"), ("bedden", "bedden")):
        con.execute(
            f"CREATE VIEW {naam} AS SELECT *, split_part(bestand, '_', -2) AS leverancier, split_part(bestand, '_', -3) AS iza_regio "
            f"FROM read_parquet('{opslag / bron}/*/*/*.parquet') WHERE codes IS NULL"
        )
    con.execute(f"CREATE VIEW zpm AS SELECT * FROM read_csv('{seeds / 'zpm_prestatie.csv'}')")
    con.execute(KAAL)
    return con.execute("SELECT count(*) FROM declaraties").fetchone()[0]


def meet(naam: str, opdracht: list[str], data: Path) -> float:
    """Runs a command as a process of its own, prints and returns its seconds."""
    begin = time.perf_counter()
    proces = subprocess.Popen(opdracht, env=os.environ | {"GGZ_DATA": str(data)}, stdout=subprocess.DEVNULL)
    _, status, gebruik = os.wait4(proces.pid, 0)
    seconden = time.perf_counter() - begin
    print(
        f"{naam:<28} {seconden:8.1f} s  cpu {gebruik.ru_utime + gebruik.ru_stime:8.1f} s  piek {gebruik.ru_maxrss / 1e6:5.2f} GB"
        f"{'' if status == 0 else '  MISLUKT'}",
        flush=True,
    )
    return seconden


def main() -> None:
    kies = argparse.ArgumentParser(description=__doc__)
    kies.add_argument("landing", type=Path)
    kies.add_argument("--kaal", action="store_true", help=argparse.SUPPRESS)
    keuze = kies.parse_args()
    if keuze.kaal:
        kaal(keuze.landing)
        return
    data = keuze.landing.resolve() / "bench"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir()
    (data / "landing").symlink_to(keuze.landing.resolve() / "landing")
    inname = (
        "from pipelines import contract; from pipelines.aanlevering.inname import neem_in; from pipelines.settings import Instellingen; "
        "[neem_in(Instellingen(), b) for b in contract.mappen()]"
    )
    meet("inname", [sys.executable, "-c", inname], data)
    bouw = meet("ggz run (bouwen, toetsen)", [GGZ, "run"], data)
    meet("ggz run (niets nieuws)", [GGZ, "run"], data)
    peer = meet("kale DuckDB-vragen", [sys.executable, __file__, "--kaal", str(data)], data)
    with duckdb.connect(str(data / "warehouse.duckdb"), read_only=True) as con:
        rijen = con.execute(
            "SELECT bron, sum(rijen_gelezen) FROM kwaliteit.aanlevering GROUP BY bron ORDER BY bron"
        ).fetchall()
    print("rijen: " + ", ".join(f"{bron} {aantal:,}" for bron, aantal in rijen))
    print(f"verhouding bouw : kaal = {bouw / peer:.1f}")


if __name__ == "__main__":
    main()
