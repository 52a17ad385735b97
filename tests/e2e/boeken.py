"""What the documentation asks a reader to type: commands in ``sh`` blocks, and questions in SQL with their answers.

python -m tests.e2e.boeken DATA     writes the answers that the data of these tests gives into the guide
"""

import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb

from pipelines.settings import PROJECT

DOCS = PROJECT / "docs"
GIDSEN = [DOCS / "index.md", *sorted((DOCS / "gids").glob("*.md"))]
BOEKEN = list(dict.fromkeys([PROJECT / "README.md", *GIDSEN, *sorted(DOCS.rglob("*.md"))]))
VRAGEN = DOCS / "gids" / "regio.md"
# How a command begins that no test can run, and why. Of those of this project that they exist is tested.
NIET_TE_DRAAIEN = {
    "make demo": "minutes; the data of these tests is made by the same commands, smaller",
    "make test": "it runs these tests",
    "ggz demo": "as make demo",
    "ggz run --alles": "it makes the data of these tests",
    "ggz scherm": "a server; tests/scherm starts it",
    "ggz codelijst laad": "a file of the NZa that is not here; tests/referentie makes one of that form",
    "ggz gebieden": "files of the CBS that are not here; tests/referentie makes some of that form",
    "make spark": "minutes, and Java; tests/dbt/test_spark.py does the same",
    "python -m pipelines.warehouse.spark ": "as make spark",
    "dbt run": "a cluster",
    "pip install ": "network; tests/aanlevering/test_controle_wiel.py takes the wheel",
    "uvx ": "as pip install",
    "sudo ": "changes the machine",
    "docker ": "a container engine",
    "curl ": "a server",
}
_BLOK = re.compile(r"^```sh\n(.*?)^```$", re.M | re.S)
_GEWONE_CODE = re.compile(r"^```\w*\n.*?^```$", re.M | re.S)
_OPDRACHT = re.compile(
    r"^(?:    |\t)?\$? ?((?:sudo|docker|git|pip|uvx?|make|ggz|\.venv/bin/\w+|python|dbt|tar|cp) .*)$", re.M
)
_INGEBED = re.compile(r"`((?:ggz|make|python -m) [a-z][^`]*)`")
_STATUS = re.compile(r"\s+# status (\d)\b.*$")
_VRAAG = re.compile(r"^### (.+?)\n\n```sql\n(.*?)^```\n\n((?:\|[^\n]*\|\n)+)", re.M | re.S)


def opdrachten() -> dict[str, int]:
    """Every command of the documentation that a test can run, once, with the exit status that it should have."""
    return {regel: status for regel, status in _alle().items() if not regel.startswith(tuple(NIET_TE_DRAAIEN))}


def uitzonderingen() -> dict[str, bool]:
    """Per way to begin of ``NIET_TE_DRAAIEN`` whether the documentation has a command like that."""
    return {begin: any(regel.startswith(begin) for regel in _alle()) for begin in NIET_TE_DRAAIEN}


def _alle() -> dict[str, int]:
    gevonden = {}
    for pad in BOEKEN:
        for blok in _BLOK.findall(pad.read_text(encoding="utf-8")):
            for regel in filter(None, blok.splitlines()):
                status = _STATUS.search(regel)
                gevonden[_STATUS.sub("", regel).split("  #")[0].rstrip().removeprefix(".venv/bin/")] = (
                    int(status[1]) if status else 0
                )
    return gevonden


def buiten_een_blok() -> list[tuple[str, str]]:
    """Commands that stand as code in another form than a ``sh`` block: no test would run them."""
    return [
        (pad.name, regel)
        for pad in BOEKEN
        for tekst in [_BLOK.sub("", pad.read_text(encoding="utf-8"))]
        for deel in [*_GEWONE_CODE.findall(tekst), *re.findall(r"^(?:    |\t).*$", _GEWONE_CODE.sub("", tekst), re.M)]
        for regel in _OPDRACHT.findall(deel)
    ]


def ingebed() -> list[str]:
    """Every command of this project that is named in a sentence or a table, once."""
    teksten = (_BLOK.sub("", pad.read_text(encoding="utf-8")) for pad in BOEKEN)
    return list(dict.fromkeys(regel for tekst in teksten for regel in _INGEBED.findall(tekst)))


def vragen() -> dict[str, tuple[str, str]]:
    """Per question its SQL and the answer in the guide (a table in Markdown)."""
    return {titel: (sql, antwoord) for titel, sql, antwoord in _VRAAG.findall(VRAGEN.read_text(encoding="utf-8"))}


def antwoord(data: Path, sql: str) -> str:
    """What region ZK02 gets from the publication, as a table in Markdown with the figures as a Dutch reader writes them."""
    with duckdb.connect(str(data / "publicaties" / "actueel" / "ZK02" / "ZK02.duckdb"), read_only=True) as con:
        con.execute("SET schema = 'marts'")
        gevraagd = con.execute(sql)
        kop = [kolom[0] for kolom in gevraagd.description]
        rijen = [[_cel(waarde) for waarde in rij] for rij in gevraagd.fetchall()]
    return "".join(f"| {' | '.join(rij)} |\n" for rij in [kop, *rijen]).replace("|\n", f"|\n|{'---|' * len(kop)}\n", 1)


def _cel(waarde: object) -> str:
    if isinstance(waarde, float):
        return f"{waarde:.2f}".replace(".", ",")
    return "" if waarde is None else waarde.isoformat() if isinstance(waarde, date) else str(waarde)


def _met_antwoorden(tekst: str, data: Path) -> Iterator[str]:
    einde = 0
    for vraag in _VRAAG.finditer(tekst):
        yield tekst[einde : vraag.start(3)] + antwoord(data, vraag[2])
        einde = vraag.end()
    yield tekst[einde:]


if __name__ == "__main__":
    VRAGEN.write_text("".join(_met_antwoorden(VRAGEN.read_text(encoding="utf-8"), Path(sys.argv[1]))), encoding="utf-8")
