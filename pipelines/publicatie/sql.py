"""Questions in SQL on a published copy: read-only, shut off from files and network, with limits on memory and time.

Belongs here: the shut box. Does not belong here: who may use which copy (file permissions of the audience folders).
"""

import threading
from pathlib import Path

import duckdb

from pipelines.fundament.nederlands import kort

DICHT = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "allow_unsigned_extensions": "false",
    "temp_directory": "",
    "threads": "2",
}


class VraagGeweigerd(Exception):
    """The question is not a single SELECT, asks for something that is shut, or takes too long or too much memory."""


def stel(bestand: Path, vraag: str, seconden: float, geheugen: str) -> tuple[list[str], list[tuple]]:
    """Column names and rows of one SELECT on ``bestand``. Raises VraagGeweigerd."""
    con = duckdb.connect(str(bestand), read_only=True, config=DICHT | {"memory_limit": geheugen})
    try:
        con.execute("SET search_path = 'marts'")
        con.execute("SET lock_configuration = true")
        opdrachten = con.extract_statements(vraag)
        if len(opdrachten) != 1 or opdrachten[0].type != duckdb.StatementType.SELECT:
            raise VraagGeweigerd("Stel een enkele SELECT; andere opdrachten zijn hier niet mogelijk.")
        wekker = threading.Timer(seconden, con.interrupt)
        wekker.start()
        try:
            uitkomst = con.execute(opdrachten[0])
            return [k[0] for k in uitkomst.description], uitkomst.fetchall()
        finally:
            wekker.cancel()
    except duckdb.InterruptException as fout:
        raise VraagGeweigerd(f"De vraag duurde langer dan {kort(seconden)} seconden.") from fout
    except duckdb.Error as fout:
        raise VraagGeweigerd(str(fout)) from fout
    finally:
        con.close()
