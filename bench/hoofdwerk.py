"""The main job by hand, four times: bare DuckDB (the limit), and as a careful analyst writes it in polars, pandas and Spark.

    python bench/hoofdwerk.py {duckdb|polars|pandas|spark} DATA UIT.parquet

Reads the stored rows under DATA (what ``ggz run`` keeps of deliveries): net care days, cluster, episodes (a gap of 14 days ends one), and
per month, region and cluster the persons and the episodes that begin and end. No refusals, tests, flow kinds or other marts. The
answer is written to UIT, so that the four can be compared cell by cell. Memory: each keeps to 8 GB where it can be told to.
"""

import sys
from pathlib import Path

GEHEUGEN_GB = 8
SEEDS = Path(__file__).parent.parent / "seeds"
SLEUTEL = ["maand", "iza_regio", "cluster"]

# what differs between the engines is written {so}
SQL = """
WITH credit AS (SELECT DISTINCT leverancier, gerelateerd_declaratie_id AS declaratie_id FROM declaraties WHERE debet_credit = 'C'),
mpu AS (
  SELECT agb_vestiging, maand FROM hic WHERE eenheid_type = 'MPU' UNION SELECT agb_vestiging, maand FROM bedden WHERE bedtype = 'MPU'
),
zorgdag AS (
  SELECT DISTINCT d.patient_pseudoniem, d.iza_regio, d.begindatum, CASE
    WHEN z.acuut_binnen_budget = 'J' OR z.verzorgingsgraad = 'H' THEN 'acuut'
    WHEN z.beveiligingsniveau >= 2 OR z.setting = 6 THEN 'beveiligd'
    WHEN z.setting = 8 AND m.maand IS NOT NULL THEN 'hoogspecialistisch_ziekenhuis'
    WHEN z.setting = 8 THEN 'hoogspecialistisch_ggz' WHEN z.setting = 4 THEN 'outreachend'
    WHEN z.prestatietype = 'verblijfsdag' OR z.setting = 5 THEN 'klinisch' END AS cluster
  FROM declaraties d JOIN zpm z ON d.prestatiecode = z.prestatiecode
  LEFT JOIN credit c ON c.leverancier = d.leverancier AND c.declaratie_id = d.declaratie_id
  LEFT JOIN mpu m ON m.agb_vestiging = d.agb_vestiging AND m.maand = {maandtekst}
  WHERE c.declaratie_id IS NULL AND d.wet = 'Zvw' AND d.debet_credit = 'D'
    AND z.prestatietype IN ('verblijfsdag', 'consult', 'groepsconsult')
),
gemerkt AS (
  SELECT *, CASE WHEN {dagen} <= 14 THEN 0 ELSE 1 END AS nieuw
  FROM (SELECT *, lag(begindatum) OVER (PARTITION BY patient_pseudoniem, iza_regio, cluster ORDER BY begindatum) AS vorige
        FROM zorgdag WHERE cluster IS NOT NULL) AS met_vorige
),
genummerd AS (
  SELECT *, sum(nieuw) OVER (PARTITION BY patient_pseudoniem, iza_regio, cluster ORDER BY begindatum) AS nr FROM gemerkt
),
episode AS (
  SELECT iza_regio, cluster, min(begindatum) AS van, max(begindatum) AS tot
  FROM genummerd GROUP BY patient_pseudoniem, iza_regio, cluster, nr
)
SELECT maand, iza_regio, cluster, CAST(sum(personen) AS BIGINT) AS personen, CAST(sum(begonnen) AS BIGINT) AS begonnen,
  CAST(sum(geeindigd) AS BIGINT) AS geeindigd
FROM (
  SELECT {maand_begin} AS maand, iza_regio, cluster, count(DISTINCT patient_pseudoniem) AS personen, 0 AS begonnen, 0 AS geeindigd
  FROM zorgdag WHERE cluster IS NOT NULL GROUP BY 1, 2, 3
  UNION ALL SELECT {maand_van}, iza_regio, cluster, 0, count(*), 0 FROM episode GROUP BY 1, 2, 3
  UNION ALL SELECT {maand_tot}, iza_regio, cluster, 0, 0, count(*) FROM episode GROUP BY 1, 2, 3
) AS delen GROUP BY maand, iza_regio, cluster
"""
KOLOMMEN = {
    "declaraties": [
        *(
            "bestand",
            "declaratie_id",
            "debet_credit",
            "gerelateerd_declaratie_id",
            "patient_pseudoniem",
            "agb_vestiging",
        ),
        *("wet", "prestatiecode", "begindatum", "codes"),
    ],
    "hic_monitor": ["agb_vestiging", "maand", "eenheid_type", "codes"],
    "bedden": ["agb_vestiging", "maand", "bedtype", "codes"],
}


def bestanden(data: Path, bron: str) -> list[str]:
    """The stored parquet files of a source."""
    return sorted(map(str, (data / "aanlevering" / bron).rglob("*.parquet")))


def duckdb(data: Path, uit: Path) -> None:
    import duckdb

    con = duckdb.connect(
        str(uit.with_suffix(".duckdb")),
        config={"threads": 2, "memory_limit": f"{GEHEUGEN_GB}GB", "preserve_insertion_order": False},
    )
    namen = {"declaraties": "declaraties", "hic_monitor": "hic", "bedden": "bedden"}
    for bron, naam in namen.items():
        rijen = con.read_parquet(bestanden(data, bron)).filter("codes IS NULL")
        if bron == "declaraties":
            rijen = rijen.project(
                "*, split_part(bestand, '_', 3) AS iza_regio, split_part(bestand, '_', 4) AS leverancier"
            )
        rijen.create_view(naam)
    con.read_csv(str(SEEDS / "zpm_prestatie.csv")).create_view("zpm")
    vraag = SQL.format(
        maandtekst="strftime(d.begindatum, '%Y-%m')",
        dagen="begindatum - vorige",
        maand_begin="date_trunc('month', begindatum)::DATE",
        maand_van="date_trunc('month', van)::DATE",
        maand_tot="date_trunc('month', tot)::DATE",
    )
    con.sql(vraag).write_parquet(str(uit))


def polars(data: Path, uit: Path) -> None:
    import polars as pl

    def lees(bron: str) -> pl.LazyFrame:
        return pl.scan_parquet(bestanden(data, bron)).select(KOLOMMEN[bron]).filter(pl.col("codes").is_null())

    delen = pl.col("bestand").str.split("_")
    declaraties = lees("declaraties").with_columns(iza_regio=delen.list.get(2), leverancier=delen.list.get(3))
    zpm = pl.scan_csv(SEEDS / "zpm_prestatie.csv", infer_schema_length=None)
    credit = (
        declaraties.filter(pl.col("debet_credit") == "C")
        .select("leverancier", declaratie_id="gerelateerd_declaratie_id")
        .unique()
    )
    mpu = pl.concat(
        [
            lees("hic_monitor").filter(pl.col("eenheid_type") == "MPU").select("agb_vestiging", "maand"),
            lees("bedden").filter(pl.col("bedtype") == "MPU").select("agb_vestiging", "maand"),
        ]
    ).unique()
    cluster = (
        pl.when((pl.col("acuut_binnen_budget") == "J") | (pl.col("verzorgingsgraad") == "H"))
        .then(pl.lit("acuut"))
        .when((pl.col("beveiligingsniveau") >= 2) | (pl.col("setting") == 6))
        .then(pl.lit("beveiligd"))
        .when((pl.col("setting") == 8) & pl.col("mpu"))
        .then(pl.lit("hoogspecialistisch_ziekenhuis"))
        .when(pl.col("setting") == 8)
        .then(pl.lit("hoogspecialistisch_ggz"))
        .when(pl.col("setting") == 4)
        .then(pl.lit("outreachend"))
        .when((pl.col("prestatietype") == "verblijfsdag") | (pl.col("setting") == 5))
        .then(pl.lit("klinisch"))
    )
    groep = ["patient_pseudoniem", "iza_regio", "cluster"]
    zorgdag = (
        declaraties.filter((pl.col("wet") == "Zvw") & (pl.col("debet_credit") == "D"))
        .join(
            zpm.filter(pl.col("prestatietype").is_in(["verblijfsdag", "consult", "groepsconsult"])), on="prestatiecode"
        )
        .join(credit, on=["leverancier", "declaratie_id"], how="anti")
        .with_columns(maand=pl.col("begindatum").dt.strftime("%Y-%m"))
        .join(mpu.with_columns(mpu=True), on=["agb_vestiging", "maand"], how="left")
        .select("patient_pseudoniem", "iza_regio", "begindatum", cluster=cluster)
        .filter(pl.col("cluster").is_not_null())
        .unique()
        .sort(*groep, "begindatum")
        .collect(engine="streaming")
        .lazy()
    )
    begin = (pl.col("begindatum") - pl.col("begindatum").shift()).over(groep).dt.total_days()
    episode = (
        zorgdag.with_columns(nr=(begin.is_null() | (begin > 14)).cum_sum().over(groep))
        .group_by(*groep, "nr")
        .agg(van=pl.col("begindatum").min(), tot=pl.col("begindatum").max())
    )
    maand = pl.col("begindatum").dt.truncate("1mo").alias("maand")
    personen = zorgdag.group_by(maand, "iza_regio", "cluster").agg(personen=pl.col("patient_pseudoniem").n_unique())
    telling = [
        episode.group_by(pl.col(dag).dt.truncate("1mo").alias("maand"), "iza_regio", "cluster").agg(
            pl.len().alias(naam)
        )
        for dag, naam in (("van", "begonnen"), ("tot", "geeindigd"))
    ]
    for deel in telling:
        personen = personen.join(deel, on=SLEUTEL, how="left")
    personen.fill_null(0).collect(engine="streaming").write_parquet(uit)


def pandas(data: Path, uit: Path) -> None:
    import numpy as np
    import pandas as pd
    import pyarrow.dataset as ds

    def lees(bron: str) -> pd.DataFrame:
        rijen = ds.dataset(bestanden(data, bron), format="parquet")
        velden = [k for k in KOLOMMEN[bron] if k != "codes"]
        return rijen.to_table(columns=velden, filter=ds.field("codes").is_null()).to_pandas()

    d = lees("declaraties")
    delen = d.pop("bestand").astype("category")
    namen = delen.cat.categories.str.split("_")
    d["iza_regio"], d["leverancier"] = (namen.str[i].to_numpy()[delen.cat.codes] for i in (2, 3))
    credit = d.loc[d.debet_credit == "C", ["leverancier", "gerelateerd_declaratie_id"]].drop_duplicates()
    credit.columns = ["leverancier", "declaratie_id"]
    zpm = pd.read_csv(SEEDS / "zpm_prestatie.csv", dtype={"prestatiecode": str})
    hic, bedden = lees("hic_monitor"), lees("bedden")
    mpu = pd.concat([hic[hic.eenheid_type == "MPU"], bedden[bedden.bedtype == "MPU"]])[["agb_vestiging", "maand"]]
    mpu = mpu.drop_duplicates().assign(mpu=True)
    d = d[(d.wet == "Zvw") & (d.debet_credit == "D")].drop(columns="gerelateerd_declaratie_id")
    d = d.merge(zpm[zpm.prestatietype.isin(["verblijfsdag", "consult", "groepsconsult"])], on="prestatiecode")
    d = d.merge(credit.assign(gecrediteerd=True), on=["leverancier", "declaratie_id"], how="left")
    d = d[d.gecrediteerd.isna()]
    d["begindatum"] = pd.to_datetime(d.begindatum)
    d["maand"] = d.begindatum.dt.strftime("%Y-%m")
    d = d.merge(mpu, on=["agb_vestiging", "maand"], how="left")
    gevallen = {
        "acuut": (d.acuut_binnen_budget == "J") | (d.verzorgingsgraad == "H"),
        "beveiligd": (d.beveiligingsniveau >= 2) | (d.setting == 6),
        "hoogspecialistisch_ziekenhuis": (d.setting == 8) & d.mpu.notna(),
        "hoogspecialistisch_ggz": d.setting == 8,
        "outreachend": d.setting == 4,
        "klinisch": (d.prestatietype == "verblijfsdag") | (d.setting == 5),
    }
    d["cluster"] = np.select(list(gevallen.values()), list(gevallen), default="")
    groep = ["patient_pseudoniem", "iza_regio", "cluster"]
    dag = d.loc[d.cluster != "", [*groep, "begindatum"]].drop_duplicates().sort_values([*groep, "begindatum"])
    del d
    gat = dag.groupby(groep, sort=False).begindatum.diff().dt.days
    dag["nr"] = (~(gat <= 14)).cumsum()
    episode = dag.groupby([*groep, "nr"], sort=False).begindatum.agg(["min", "max"]).reset_index()
    dag["maand"] = dag.begindatum.dt.to_period("M").dt.to_timestamp()
    antwoord = dag.groupby(SLEUTEL).patient_pseudoniem.nunique().rename("personen").to_frame()
    for rand, naam in (("min", "begonnen"), ("max", "geeindigd")):
        episode["maand"] = episode[rand].dt.to_period("M").dt.to_timestamp()
        antwoord[naam] = episode.groupby(SLEUTEL).size()
    antwoord.fillna(0).astype("int64").reset_index().to_parquet(uit)


def spark(data: Path, uit: Path) -> None:
    from pyspark.sql import SparkSession
    from pyspark.sql import functions as f

    sessie = (
        SparkSession.builder.master("local[2]")
        .config("spark.driver.memory", f"{GEHEUGEN_GB - 2}g")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "16")
        .config("spark.local.dir", str(uit.parent))
        .getOrCreate()
    )
    for bron, naam in (("declaraties", "declaraties"), ("hic_monitor", "hic"), ("bedden", "bedden")):
        rijen = sessie.read.parquet(*bestanden(data, bron)).select(KOLOMMEN[bron]).where("codes IS NULL")
        if bron == "declaraties":
            delen = f.split("bestand", "_")
            rijen = rijen.withColumn("iza_regio", delen[2]).withColumn("leverancier", delen[3])
        rijen.createOrReplaceTempView(naam)
    sessie.read.csv(str(SEEDS / "zpm_prestatie.csv"), header=True, inferSchema=True).createOrReplaceTempView("zpm")
    vraag = SQL.format(
        maandtekst="date_format(d.begindatum, 'yyyy-MM')",
        dagen="datediff(begindatum, vorige)",
        maand_begin="trunc(begindatum, 'MM')",
        maand_van="trunc(van, 'MM')",
        maand_tot="trunc(tot, 'MM')",
    )
    sessie.sql(vraag).toPandas().to_parquet(uit)
    sessie.stop()


PEERS = {peer.__name__: peer for peer in (duckdb, polars, pandas, spark)}

if __name__ == "__main__":
    PEERS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
