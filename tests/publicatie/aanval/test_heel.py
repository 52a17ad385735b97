"""The attacker on whole publications finds by himself how tables hang together, and opens what was left open."""

import duckdb
import numpy as np
import pandas as pd
import pytest

from tests.publicatie.aanval import heel

MAANDEN, REGIOS = pd.date_range("2026-01-01", periods=12, freq="MS"), ["ZK01", "ZK02", "ZK03"]


def wereld() -> dict[str, pd.DataFrame]:
    """Places per region with the country; a stock with its flows; and what the country has per kind."""
    loting = np.random.default_rng(1)
    los = pd.DataFrame([(m, r) for m in MAANDEN for r in REGIOS], columns=["maand", "iza_regio"])
    los["plekken"] = loting.integers(5, 40, len(los))
    los["erbij"], los["eraf"] = loting.integers(1, 20, len(los)), loting.integers(1, 20, len(los))
    per_regio = (los["erbij"] - los["eraf"]).groupby(los["iza_regio"]).cumsum() + 200
    los["eind"] = per_regio
    los["begin"] = los["eind"] - los["erbij"] + los["eraf"]
    land = los.groupby("maand", as_index=False).sum(numeric_only=True).assign(iza_regio="NL")
    soort = land[["maand", "plekken"]].assign(deel=lambda d: d["plekken"] // 3)
    per_soort = pd.concat(
        [
            soort.assign(soort="een", aantal=soort["deel"]),
            soort.assign(soort="twee", aantal=soort["plekken"] - soort["deel"]),
        ]
    )
    graad = los[["maand", "iza_regio"]].assign(
        bezet=loting.integers(1, 40, len(los)), bedden=loting.integers(20, 60, len(los))
    )
    graad["graad"] = (graad["bezet"] / graad["bedden"]).round(4)
    return {"graad": graad, "stand": los, "stand_totaal": land, "soort": per_soort[["maand", "soort", "aantal"]]}


def schrijf(pad, tabellen, weg=()):
    """``weg``: table, number of the row and column of what is withheld."""
    with duckdb.connect(str(pad)) as con:
        con.execute("CREATE SCHEMA marts")
        for naam, df in tabellen.items():
            uit = df.reset_index(drop=True).convert_dtypes()
            merk = pd.Series([None] * len(uit), dtype=object)
            for _, rij, kolom in (w for w in weg if w[0] == naam):
                uit.loc[rij, kolom] = pd.NA
                merk[rij] = f"{merk[rij] or ''} {kolom}".strip()
            con.register("uit", uit.assign(onderdrukte_kolommen=merk))
            con.execute(f"CREATE TABLE marts.{naam} AS SELECT * FROM uit")
    return pad


@pytest.fixture
def val_aan(tmp_path):
    def _val_aan(weg):
        tabellen, map_ = wereld(), tmp_path / str(len(list(tmp_path.iterdir())))
        map_.mkdir()
        gelezen = heel.lees(schrijf(map_ / "waar.duckdb", tabellen), schrijf(map_ / "publiek.duckdb", tabellen, weg))
        uitkomst = heel.aanval(gelezen, heel.verbanden(gelezen), 0)
        return dict(zip(uitkomst["tabel"], uitkomst["geopend"], strict=True))

    return _val_aan


def test_wat_alleen_is_weggelaten_volgt_uit_het_totaal(val_aan):
    assert val_aan([("stand", 4, "plekken")]) == {"stand": 1}


def test_met_het_totaal_weggelaten_volgt_het_uit_een_andere_tabel(val_aan):
    assert val_aan([("stand", 4, "plekken"), ("stand_totaal", 1, "plekken")]) == {"stand": 2}


def test_een_stand_volgt_uit_de_maand_ervoor(val_aan):
    """Region two in March, begin and erbij withheld, and of the country too: the end of February says the begin."""
    weg = [(t, rij, k) for t, rij in (("stand", 7), ("stand_totaal", 2)) for k in ("begin", "erbij")]
    assert val_aan(weg) == {"stand": 4}


def test_wat_genoeg_is_afgeschermd_gaat_niet_open(val_aan):
    """Two regions and the country of a month, in both tables: of none is more known than that it is there."""
    weg = [
        ("stand", 3, "plekken"),
        ("stand", 4, "plekken"),
        ("stand_totaal", 1, "plekken"),
        ("soort", 1, "aantal"),
        ("soort", 13, "aantal"),
    ]
    assert val_aan(weg) == {"stand": 0, "soort": 0}


@pytest.mark.parametrize("kolom", ["bezet", "bedden"])
def test_een_getoonde_verhouding_opent_het_getal_dat_ernaast_dicht_is(val_aan, kolom):
    assert val_aan([("graad", 4, kolom)]) == {"graad": 1}
    assert val_aan([("graad", 4, kolom), ("graad", 4, "graad")]) == {"graad": 0}
