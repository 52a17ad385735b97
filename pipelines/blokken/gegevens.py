"""All figures that a screen or report may read, for one user: the only place where a role and a region decide what is seen.

Belongs here: which source serves a table, and the rows of it that a user may see (spec 5.2). Does not belong here: what a
figure means (``metrieken``) and how it looks.

Every question goes through ``Gegevens``, which is made on the server for the user who signed in. A page hands it a region from
a URL or a widget, but no region that it is handed widens what it returns. Where a publication stands, a user reads the file of
the own audience and no other. What is in no publication (quality, scenarios), and everything before the first one, comes from
the momentopname, row by row for who may see it.
"""

import json
import threading
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

import duckdb
import pandas as pd

from pipelines.blokken import momentopname
from pipelines.blokken.gebruiker import Gebruiker
from pipelines.fundament.nederlands import moment
from pipelines.kwaliteit import oordeel
from pipelines.kwaliteit.bevinding import Bevindingen
from pipelines.publicatie import herziening, regels
from pipelines.publicatie.regels import TOTAAL
from pipelines.publicatie.vintage import publicaties
from pipelines.settings import Instellingen
from pipelines.warehouse import verbinding


class GeenGegevens(Exception):
    """There is nothing to show yet; the message says what to do, in Dutch."""


class NietToegestaan(Exception):
    """Asked for what the role of the user does not allow."""


@dataclass(frozen=True)
class Bron:
    """A frozen state of the figures. ``publicatie``: folder of a vintage, with a file per audience; ``opname``: the private copy."""

    vintage: str
    moment: datetime
    publicatie: Path | None
    opname: Path | None

    def omschrijving(self) -> str:
        return (
            f"publicatie {self.vintage}"
            if self.publicatie
            else f"momentopname van {self.vintage} (nog geen publicatie)"
        )


def nieuwste(instellingen: Instellingen, vintage: str | None = None) -> Bron:
    """The newest state to read, or the publication named. Raises GeenGegevens before the first build."""
    opname = momentopname.actueel(instellingen)
    nummers = publicaties(instellingen)
    if nummers:
        nummer = vintage if vintage in nummers else nummers[-1]
        map_ = instellingen.publicaties / nummer
        opschrift = json.loads((map_ / "manifest.json").read_text(encoding="utf-8"))
        return Bron(nummer, datetime.fromisoformat(opschrift["moment"]), map_, opname)
    if opname is None:
        raise GeenGegevens(
            "Er zijn nog geen cijfers. Draai eerst `ggz run`, of `ggz demo` voor voorbeeldgegevens; wordt er nu gerekend, wacht dan tot dat klaar is."
        )
    gemaakt = datetime.fromtimestamp(opname.stat().st_mtime)
    return Bron(moment(gemaakt), gemaakt, None, opname)


def vintages(instellingen: Instellingen) -> list[str]:
    """Numbers of the publications in place, oldest first."""
    return publicaties(instellingen)


def voor(bron: Bron, wie: Gebruiker) -> "Gegevens":
    """The figures of a state for a user; users who see the same share what was computed, each under their own name."""
    eigen = copy(_voor(bron, replace(wie, naam="")))
    eigen.wie = wie
    return eigen


@lru_cache(maxsize=48)
def _voor(bron: Bron, wie: Gebruiker) -> "Gegevens":
    return Gegevens(bron, wie)


class Gegevens:
    """What ``wie`` may see of ``bron``. Safe to use from several threads; each call is one query. Two are equal where they show the
    same, whoever looks."""

    def __init__(self, bron: Bron, wie: Gebruiker):
        self.bron, self.wie = bron, wie
        self._con = duckdb.connect(config={"threads": 2, "autoinstall_known_extensions": False})
        self._slot = threading.Lock()
        for naam, pad in (("publicatie", self.bestand(bron.publicatie)), ("opname", bron.opname)):
            if pad is not None:
                verbinding.koppel(self._con, pad, naam)
        rijen = self._con.execute("SELECT database_name, schema_name, table_name FROM duckdb_tables()").fetchall()
        self._staat = {(bestand, tabel): f'{bestand}.{schema}."{tabel}"' for bestand, schema, tabel in rijen}

    def _wat(self) -> tuple[Bron, Gebruiker]:
        return self.bron, replace(self.wie, naam="")

    def __eq__(self, ander: object) -> bool:
        return isinstance(ander, Gegevens) and self._wat() == ander._wat()

    def __hash__(self) -> int:
        return hash(self._wat())

    def bestand(self, publicatie: Path | None) -> Path | None:
        """The one file of a publication that is made for this user."""
        if publicatie is None:
            return None
        naam = (
            self.wie.iza_regio if self.wie.rol == "regio" else "publiek" if self.wie.rol == "publiek" else "landelijk"
        )
        pad = publicatie / naam / f"{naam}.duckdb"
        # a region that never delivered has no file of its own: what it may see is what everybody may
        return pad if pad.is_file() else publicatie / "publiek" / "publiek.duckdb"

    def stand(self, tabel: str) -> str:
        """Of which state the figures of a table are, in words: what is in no publication is of the last run."""
        if self.bron.publicatie is None or ("publicatie", tabel) in self._staat or ("opname", tabel) not in self._staat:
            return self.bron.omschrijving()
        gemaakt = datetime.fromtimestamp(self.bron.opname.stat().st_mtime)
        return f"laatste verwerking, momentopname van {moment(gemaakt)} (staat in geen publicatie)"

    def heeft(self, tabel: str) -> bool:
        """Whether this user may see anything of a table that stands."""
        return self._zicht(tabel) is not None

    def tabel(self, tabel: str, **gelijk: object) -> pd.DataFrame:
        """Rows of a table that this user may see, where every named column equals the value, or is in the values.

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

    def bereken(self, vraag: str, tabellen: Sequence[str], waarden: Sequence[object] = ()) -> pd.DataFrame:
        """The answer to ``vraag``, SQL that names ``tabellen``: of each it gets the rows that this user may see, so that no answer holds
        more. Of one that may not be seen it gets no table: ask ``kolommen`` first."""
        delen, alle = [], []
        for tabel in tabellen:
            sql, eigen = self._zicht(tabel)
            delen.append(f'"{tabel}" AS ({sql})')
            alle.extend(eigen)
        with self._slot:
            return self._con.execute(f"WITH {', '.join(delen)} {vraag}", [*alle, *waarden]).df()

    def kolommen(self, tabel: str) -> frozenset[str]:
        """The columns of a table that this user may see; none where that is nothing."""
        zicht = self._zicht(tabel)
        if zicht is None:
            return frozenset()
        with self._slot:
            return frozenset(
                k[0] for k in self._con.execute(f"SELECT * FROM ({zicht[0]}) LIMIT 0", zicht[1]).description
            )

    def _zicht(self, tabel: str) -> tuple[str, list] | None:
        """SQL of the rows that this user may see, with its values; None when that is nothing."""
        basis = tabel.removesuffix(TOTAAL)
        gepubliceerd, zicht = basis in regels.lees().tabellen, regels.lees().zicht.get(basis)
        in_publicatie, in_opname = (self._staat.get((waar, tabel)) for waar in ("publicatie", "opname"))
        if gepubliceerd and in_publicatie:
            return f"SELECT * FROM {in_publicatie}", []
        if zicht is None or in_opname is None or (gepubliceerd and self.bron.publicatie):
            return None
        mag_alles = self.wie.is_steward if zicht.wie == "steward" else self.wie.ziet_alles and zicht.wie != "niemand"
        mag_alles = mag_alles or zicht.wie == "tafels" and self.wie.rol == "regio"
        if mag_alles:
            return f"SELECT * FROM {in_opname}", []
        if zicht.wie != "regio" or self.wie.rol != "regio":
            return None
        van_mij = " OR ".join(f'"{kolom}" = ?' for kolom in zicht.eigen_regio)
        return f"SELECT * FROM {in_opname} WHERE {van_mij}", [self.wie.iza_regio] * len(zicht.eigen_regio)

    def bevindingen(self, instellingen: Instellingen) -> list[dict]:
        """Findings of the last run with the judgements of now, the heaviest first; of a region only its own."""
        if self.wie.rol == "publiek" or ("opname", "bevinding_basis") not in self._staat:
            return []
        with Bevindingen(self.bron.opname, instellingen.register) as open_:
            return open_.lijst({"iza_regio": self.wie.iza_regio} if self.wie.rol == "regio" else None)

    def verloop(self, instellingen: Instellingen, bevinding: str) -> tuple[list[dict], list[dict]]:
        """Size per month, and every judgement, of a finding that this user may see."""
        if bevinding not in {b["bevinding"] for b in self.bevindingen(instellingen)}:
            raise NietToegestaan("Deze bevinding is er niet, of niet voor u.")
        with Bevindingen(self.bron.opname, instellingen.register) as open_:
            return open_.maanden(bevinding), open_.oordelen(bevinding)

    def herziening(self, instellingen: Instellingen, oud: str, nieuw: str) -> pd.DataFrame:
        """Every cell that differs between two publications as this user has them, with the cause."""
        if not {oud, nieuw} <= set(publicaties(instellingen)):
            raise NietToegestaan("Deze publicatie is er niet.")
        toen, nu = (self.bestand(instellingen.publicaties / nummer) for nummer in (oud, nieuw))
        if toen.name != nu.name:
            raise NietToegestaan(f"Van {oud} was er nog geen eigen versie: er is niets om {nieuw} naast te leggen.")
        return _vergelijk(toen, nu)

    def beoordeel(
        self, instellingen: Instellingen, bevindingen: list[dict], status: str, reden: str, einddatum: date | None
    ) -> None:
        """Keeps the judgement of a steward on each finding, under the name of who signed in. Raises OordeelFout where it lacks something or
        somebody else judged meanwhile, and then keeps none; NietToegestaan for another role."""
        if not self.wie.is_steward:
            raise NietToegestaan("Alleen een datasteward legt een oordeel vast.")
        oordeel.beoordeel(instellingen.register, bevindingen, status, self.wie.naam, reden, einddatum)


@lru_cache(maxsize=8)
def _vergelijk(oud: Path, nieuw: Path) -> pd.DataFrame:
    """The revision between the files of one audience in two publications."""
    tabellen, (map_oud, map_nieuw) = list(regels.lees().tabellen.values()), (p.parent.parent for p in (oud, nieuw))
    with duckdb.connect(config={"threads": 2}) as con:
        verbinding.koppel(con, nieuw, "nieuw")
        con.execute("USE nieuw")
        opschrift = json.loads((map_nieuw / "manifest.json").read_text(encoding="utf-8"))
        return herziening.vergelijk(map_oud, con, opschrift, tabellen, schema="marts", doelgroep=nieuw.stem)
