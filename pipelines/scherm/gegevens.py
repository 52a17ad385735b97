"""All figures that a screen or report may read, for one user: the only place where a role and a region decide what is seen.

Belongs here: which source serves a table, and the rows of it that a user may see (spec 5.2). Does not belong here: what a
figure means (``metrieken``) and how it looks.

Every question goes through ``Gegevens``, which is made on the server for the user who signed in. A page hands it a region from
a URL or a widget, but no region that it is handed widens what it returns.
"""

import threading
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import duckdb
import pandas as pd

from pipelines.publicatie import regels
from pipelines.scherm import momentopname
from pipelines.scherm.toegang import Gebruiker
from pipelines.settings import Instellingen

# Tables beside those of seeds/publicatie_tabel.csv: the columns that say whose rows they are; none of them is public.
EIGEN_REGIO = {
    "scenario_resultaat": ("iza_regio",),
    "scenario_kalibratie": ("iza_regio",),
    "vooruitblik": ("iza_regio",),
    "aanlevering": ("iza_regio",),
    "resultaat": ("iza_regio",),
    "bevinding": ("iza_regio",),
    "score": ("iza_regio",),
}
# Row level, pseudonymised: for stewards, who mend deliveries (spec 5.2).
ALLEEN_STEWARD = {"afgekeurde_rij", "signaal", "oordeel"}


class GeenGegevens(Exception):
    """There is nothing to show yet; the message says what to do, in Dutch."""


@dataclass(frozen=True)
class Bron:
    """A frozen state of the figures: ``volledig`` unsuppressed, ``publiek`` after disclosure control where one stands."""

    vintage: str
    moment: datetime
    volledig: Path
    publiek: Path | None = None

    @property
    def is_publicatie(self) -> bool:
        return self.publiek is not None

    def omschrijving(self) -> str:
        return f"publicatie {self.vintage}" if self.is_publicatie else f"momentopname {self.vintage} (nog geen publicatie)"


def nieuwste(instellingen: Instellingen) -> Bron:
    """The newest state to read. Raises GeenGegevens before the first build."""
    opname = momentopname.actueel(instellingen)
    if opname is None:
        raise GeenGegevens(
            "Er zijn nog geen cijfers. Draai eerst `ggz run`; wordt er nu een run gedraaid, wacht dan tot die klaar is."
        )
    gemaakt = datetime.fromtimestamp(opname.stat().st_mtime)
    return Bron(f"{gemaakt:%Y-%m-%d %H:%M}", gemaakt, opname)


def voor(bron: Bron, wie: Gebruiker) -> "Gegevens":
    """The figures of a state for a user; users who see the same share what was computed."""
    return _voor(bron, replace(wie, naam=""))


@lru_cache(maxsize=48)
def _voor(bron: Bron, wie: Gebruiker) -> "Gegevens":
    return Gegevens(bron, wie)


class Gegevens:
    """What ``wie`` may see of ``bron``. Safe to use from several threads; each call is one query."""

    def __init__(self, bron: Bron, wie: Gebruiker):
        self.bron, self.wie = bron, wie
        self._con = duckdb.connect(config={"threads": 2, "autoinstall_known_extensions": False})
        self._con.execute(f"ATTACH '{bron.volledig}' AS volledig (READ_ONLY)")
        if bron.publiek:
            self._con.execute(f"ATTACH '{bron.publiek}' AS publiek (READ_ONLY)")
        rijen = self._con.execute("SELECT database_name, schema_name, table_name FROM duckdb_tables()").fetchall()
        self._tabellen = {(bestand, tabel): f"{bestand}.{schema}.{tabel}" for bestand, schema, tabel in rijen}
        self._slot = threading.Lock()

    def heeft(self, tabel: str) -> bool:
        """Whether this user may see anything of a table that stands."""
        return self._zicht(tabel) is not None

    def tabel(self, tabel: str, **gelijk: object) -> pd.DataFrame:
        """Rows of a table that this user may see, where every named column equals the value, or is in the tuple of values.

        A table that is not there, or of which nothing may be seen, gives an empty frame without columns.
        """
        zicht = self._zicht(tabel)
        if zicht is None:
            return pd.DataFrame()
        sql, waarden = zicht
        voorwaarden = []
        for kolom, waarde in gelijk.items():
            voorwaarden.append(f'"{kolom}" IN (SELECT unnest(?))')
            waarden.append(list(waarde) if isinstance(waarde, (tuple, list, set)) else [waarde])
        waar = f" WHERE {' AND '.join(voorwaarden)}" if voorwaarden else ""
        with self._slot:
            return self._con.execute(f"SELECT * FROM ({sql}){waar}", waarden).df()

    def _zicht(self, tabel: str) -> tuple[str, list] | None:
        """SQL of the rows that this user may see, with its values."""
        volledig = self._tabellen.get(("volledig", tabel))
        gepubliceerd = regels.lees().tabellen.get(tabel)
        publiek = self._tabellen.get(("publiek", tabel)) if gepubliceerd and gepubliceerd.publiek else None
        if tabel in ALLEEN_STEWARD:
            return (f"SELECT * FROM {volledig}", []) if volledig and self.wie.is_steward else None
        eigen = gepubliceerd.eigen_regio if gepubliceerd else EIGEN_REGIO.get(tabel)
        if eigen is None or not (volledig or publiek):
            return None
        if self.wie.ziet_alles:
            return f"SELECT * FROM {volledig or publiek}", []
        if self.wie.rol != "regio" or not eigen or not volledig:
            return (f"SELECT * FROM {publiek}", []) if publiek else None
        van_mij = " OR ".join(f'coalesce("{kolom}" = ?, false)' for kolom in eigen)
        mijn = [self.wie.iza_regio] * len(eigen)
        if publiek is None:
            return f"SELECT * FROM {volledig} WHERE {van_mij}", mijn
        return (
            f"SELECT * FROM {volledig} WHERE {van_mij} UNION ALL BY NAME SELECT * FROM {publiek} WHERE NOT ({van_mij})",
            mijn + mijn,
        )
