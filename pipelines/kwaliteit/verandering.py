"""What changed in the findings from run to run: new, solved, opened again. Kept in the register, which outlives the warehouse.

Belongs here: comparing with the run before and keeping what came of it. Does not belong here: what is a finding and its status
(``bevinding``), and who owns it (``eigenaar``).
"""

import sqlite3
from collections import Counter
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

from pipelines.kwaliteit import eigenaar
from pipelines.kwaliteit.bevinding import ERNST, Bevindingen
from pipelines.settings import Instellingen

NIEUW, OPGELOST, HEROPEND = "nieuw", "opgelost", "heropend"
SOORTEN = (NIEUW, OPGELOST, HEROPEND)
GEEN = "geen"
_KLAAR = ("voorbij", "opgelost")
_TABELLEN = """
CREATE TABLE IF NOT EXISTS bevinding_run (run INTEGER PRIMARY KEY AUTOINCREMENT, moment TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS bevinding_stand (bevinding TEXT PRIMARY KEY, status TEXT NOT NULL, ernst TEXT, eigenaar TEXT);
CREATE TABLE IF NOT EXISTS bevinding_verandering (
  run INTEGER NOT NULL, bevinding TEXT NOT NULL, soort TEXT NOT NULL, ernst TEXT, eigenaar TEXT, PRIMARY KEY (run, bevinding)
);
"""


def leg_vast(instellingen: Instellingen) -> Counter[tuple[str, str, str]]:
    """Compares the findings with those of the previous run and keeps what changed; counts by kind, severity and owner."""
    eigenaren = eigenaar.lees(eigenaar.pad(instellingen))
    with Bevindingen(instellingen.warehouse, instellingen.register) as open_:
        nu = {r["bevinding"]: (r["status"], r["ernst"], eigenaar.van(r, eigenaren).naam) for r in open_.lijst()}
    with closing(open_register(instellingen.register)) as con, con:
        con.execute("BEGIN IMMEDIATE")
        eerder = {b: rest for b, *rest in con.execute("SELECT bevinding, status, ernst, eigenaar FROM bevinding_stand")}
        nu = {b: ("voorbij", *rest[1:]) for b, rest in eerder.items()} | nu
        moment = datetime.now(UTC).isoformat(timespec="seconds")
        run = con.execute("INSERT INTO bevinding_run (moment) VALUES (?)", [moment]).lastrowid
        anders = []
        for bevinding, (status, ernst, wie) in nu.items():
            soort = _soort(eerder[bevinding][0] if bevinding in eerder else None, status)
            anders += [(run, bevinding, soort, ernst, wie)] if soort else []
        con.executemany("INSERT INTO bevinding_verandering VALUES (?, ?, ?, ?, ?)", anders)
        con.executemany(
            "INSERT OR REPLACE INTO bevinding_stand VALUES (?, ?, ?, ?)", [(b, *rest) for b, rest in nu.items()]
        )
    return Counter((soort, ernst, wie) for _, _, soort, ernst, wie in anders)


def _soort(eerder: str | None, nu: str) -> str | None:
    if nu in _KLAAR:
        return OPGELOST if eerder is not None and eerder not in _KLAAR else None
    if eerder is None:
        return NIEUW
    return HEROPEND if eerder in _KLAAR or (nu == "heropend" and eerder != nu) else None


def gezien(register: Path, sinds: date | None = None) -> dict[str, str]:
    """The findings that came or opened again, with which of the two: by the last run, or by all runs since a day (UTC)."""
    with closing(open_register(register)) as con:
        vanaf = "moment >= ?" if sinds else "run = (SELECT max(run) FROM bevinding_run)"
        vraag = f"SELECT bevinding, soort FROM bevinding_verandering JOIN bevinding_run USING (run) WHERE {vanaf} ORDER BY run"
        rijen = dict(con.execute(vraag, [sinds.isoformat()] if sinds else []).fetchall())
    return {bevinding: soort for bevinding, soort in rijen.items() if soort != OPGELOST}


def in_woorden(telling: Counter[tuple[str, str, str]]) -> list[tuple[str, str]]:
    """Three lines: the kind, and how many by severity and owner."""
    uit = []
    for soort in SOORTEN:
        delen = [
            f"{n} {ERNST.get(ernst, ernst)} ({wie})" for (s, ernst, wie), n in sorted(telling.items()) if s == soort
        ]
        uit.append((soort, ", ".join(delen) or GEEN))
    return uit


def open_register(pad: Path) -> sqlite3.Connection:
    pad.parent.mkdir(parents=True, exist_ok=True)
    con = sqlite3.connect(pad, timeout=60)
    con.executescript(_TABELLEN)
    return con
