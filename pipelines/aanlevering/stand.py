"""How the deliveries stand, per region and bron: delivered, refused, missing and late.

Belongs here: judging the register against what was to be expected. Does not belong here: showing it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from pipelines.aanlevering.register import Levering
from pipelines.fundament import seeds
from pipelines.fundament.maand import eerste_dag, reeks, verschuif

UITERSTE_DAG = next(int(rij["waarde"]) for rij in seeds.lees("kwaliteit_norm") if rij["norm"] == "uiterste_dag")


@dataclass
class Stand:
    """One bron of one region; months as jjjj-mm."""

    geleverd: set[str] = field(default_factory=set)
    te_laat: set[str] = field(default_factory=set)
    ontbreekt: set[str] = field(default_factory=set)
    geweigerd: list[Levering] = field(default_factory=list)


def termijn(maand: str) -> date:
    """The last day on which a delivery of ``maand`` is in time."""
    return verschuif(eerste_dag(maand), 1).replace(day=UITERSTE_DAG)


def bepaal(leveringen: Iterable[Levering]) -> dict[tuple[str, str], Stand]:
    """Per (iza_regio, bron) how it stands.

    Expected are the months from the first that this bron delivered anywhere to the latest of any bron. Lateness is judged
    only where the term lies after the first delivery ever registered: of before, the day of arrival is not known. A refused
    delivery counts until a delivery of the same supplier and month has been taken in with that version or a higher one.
    """
    bekend = [lev for lev in leveringen if lev.bron and lev.maand and lev.iza_regio]
    ingenomen = [lev for lev in bekend if lev.code is None]
    hoogste = defaultdict(int)
    eerste = {}
    for lev in ingenomen:
        hoogste[_serie(lev)] = max(hoogste[_serie(lev)], lev.versie)
        sleutel = (lev.iza_regio, lev.bron, lev.maand)
        eerste[sleutel] = min(eerste.get(sleutel, lev.moment), lev.moment)
    begin = min((lev.moment for lev in bekend), default="")[:10]

    standen: dict[tuple[str, str], Stand] = defaultdict(Stand)
    for (regio, bron, maand), moment in eerste.items():
        stand = standen[regio, bron]
        stand.geleverd.add(maand)
        if termijn(maand).isoformat() >= begin and moment[:10] > termijn(maand).isoformat():
            stand.te_laat.add(maand)
    for lev in bekend:
        if lev.code is not None and hoogste[_serie(lev)] < lev.versie:
            standen[lev.iza_regio, lev.bron].geweigerd.append(lev)
    laatste = max((lev.maand for lev in ingenomen), default="")
    for bron in {lev.bron for lev in ingenomen}:
        van = min(lev.maand for lev in ingenomen if lev.bron == bron)
        verwacht = set(reeks(van, laatste))
        for regio in {lev.iza_regio for lev in bekend}:
            standen[regio, bron].ontbreekt = verwacht - standen[regio, bron].geleverd
    return dict(standen)


def _serie(lev: Levering) -> tuple:
    return lev.bron, lev.maand, lev.iza_regio, lev.leverancier
