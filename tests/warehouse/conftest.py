"""Small landings cut from the example deliveries, and the marts of a warehouse as text."""

import hashlib
import shutil
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pytest

from pipelines.settings import Instellingen

VOORBEELD = Path(__file__).parents[1] / "voorbeeld" / "landing"


@pytest.fixture(autouse=True)
def _schone_omgeving(monkeypatch):
    """Runs put their data root in the environment for dbt; each test takes it away again."""
    for naam in ("GGZ_DATA", "GGZ_WAREHOUSE", "GGZ_GEHEUGEN"):
        monkeypatch.setenv(naam, "")
        monkeypatch.delenv(naam)


def neem_over(data: Path, maanden: Iterable[str], regios: Iterable[str]) -> Path:
    """Copies the example deliveries of these months and regions into the landing area of ``data``; returns ``data``."""
    for pad in sorted(VOORBEELD.glob("*/*/*/*")):
        deel = pad.relative_to(VOORBEELD)
        if deel.parts[1] in maanden and deel.parts[2] in regios:
            doel = data / "landing" / deel
            doel.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(pad, doel)
    return data


def hoger(data: Path, patroon: str) -> None:
    """Delivers the one file that fits ``patroon`` again as version 2, with its last row left out."""
    (eerste,) = (data / "landing").glob(patroon)
    regels = eerste.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    eerste.with_name(eerste.name.replace("_v01", "_v02")).write_text("".join(regels[:-1]), encoding="utf-8")


def cijfers(instellingen: Instellingen) -> dict[str, str]:
    """Per table of marts and kwaliteit the hash of its rows as csv, in the order of all columns.

    Left out is what differs from run to run by its nature: the moment of intake, and the results that each run adds.
    """
    with duckdb.connect(str(instellingen.warehouse), read_only=True) as con:
        tabellen = con.execute(
            "SELECT table_schema || '.' || table_name FROM information_schema.tables "
            "WHERE table_schema IN ('marts', 'kwaliteit') AND table_name <> 'resultaat' ORDER BY ALL"
        ).fetchall()
        hashes = {}
        for (tabel,) in tabellen:
            kolommen = [k for k, *_ in con.execute(f"DESCRIBE {tabel}").fetchall() if k != "moment"]
            rijen = con.execute(f"SELECT {', '.join(kolommen)} FROM {tabel} ORDER BY ALL").fetchall()
            hashes[tabel] = hashlib.sha256("\n".join(map(repr, rijen)).encode()).hexdigest()
        return hashes
