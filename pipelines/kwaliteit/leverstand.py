"""Who owes what, as the last build of the warehouse says it (``kwaliteit.verwachte_levering``), and what came in since.

Belongs here: reading it. Does not belong here: what is expected, when it is late and when a refusal is mended (dbt), nor words.
"""

from dataclasses import dataclass

from pipelines.aanlevering.register import Levering, Register
from pipelines.kwaliteit import lezer
from pipelines.settings import Instellingen
from pipelines.warehouse import bouw


@dataclass(frozen=True)
class Leverstand:
    """Rows of ``kwaliteit.verwachte_levering_regio`` and ``kwaliteit.open_weigering``, as dicts, in order of region, bron and month.

    ``sindsdien``: deliveries of the register that the warehouse does not hold yet. ``verstreken``: whether a term has passed
    since it was built.
    """

    regios: list[dict]
    weigeringen: list[dict]
    sindsdien: list[Levering]
    verstreken: bool


def lees(instellingen: Instellingen) -> Leverstand:
    """How the deliveries stand; ``NietTeOpenen`` where there is no warehouse that says so, or a run writes it."""
    with Register(instellingen.register) as register:
        leveringen = register.leveringen()
    with lezer.lees(instellingen.warehouse) as con:
        regios, weigeringen = (
            con.execute(f"SELECT * FROM kwaliteit.{tabel} ORDER BY {volgorde}").to_arrow_table().to_pylist()
            for tabel, volgorde in (
                ("verwachte_levering_regio", "iza_regio, bron, maand"),
                ("open_weigering", "bron, maand, iza_regio, bestand"),
            )
        )
        bekend = set(con.execute("SELECT bestand, sha256, code FROM kwaliteit.aanlevering").fetchall())
        verstreken = bouw.termijn_verstreken(con)
    sindsdien = [lev for lev in leveringen if (lev.bestand, lev.sha256, lev.code) not in bekend]
    return Leverstand(regios, weigeringen, sindsdien, verstreken)
