"""The waiter's way (spec 3.16) as plain loops over rows, to hold the SQL against.

Belongs here: one slow, literal reading of the text. Does not belong here: the rows, and the tests.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from statistics import quantiles

GAT = timedelta(90)
ZES = {"fact", "crisis", "klinische_opname"}  # the zorgvormen of the six clusters that the tests use


def laatste_dag(maand: date) -> date:
    return (maand.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)


def is_open(rij: dict, dag: date) -> bool:
    return not any(rij[k] and rij[k] <= dag for k in ("startdatum_behandeling", "einddatum"))


def sleutel(rij: dict) -> tuple:
    return rij["agb_vestiging"], rij["wachtplek_id"], rij["patient_pseudoniem"]


def _eind(plek: dict, geleverd: set[tuple[date, str]]) -> date | None:
    bekend = [plek[k] for k in ("startdatum_behandeling", "einddatum") if plek[k]]
    if bekend:
        return min(bekend)
    later = any(maand > plek["maand"] for maand, regio in geleverd if regio == plek["iza_regio"])
    return laatste_dag(plek["maand"]) if later else None


def reizen(rijen: Iterable[dict], geleverd: set[tuple[date, str]]) -> list[list[dict]]:
    """The journeys, each a list of places (the latest row of each, with its ``eind``) in order."""
    laatste: dict[tuple, dict] = {}
    for rij in sorted(rijen, key=lambda r: r["maand"]):
        laatste[sleutel(rij)] = rij
    per_persoon = defaultdict(list)
    for plek in laatste.values():
        per_persoon[plek["patient_pseudoniem"]].append(plek | {"eind": _eind(plek, geleverd)})
    alle: list[list[dict]] = []
    for plekken in per_persoon.values():
        reis: list[dict] = []
        for plek in sorted(plekken, key=lambda p: (p["aanmelddatum"], p["agb_vestiging"], p["wachtplek_id"])):
            voorbij = all(p["eind"] for p in reis) and all(plek["aanmelddatum"] > p["eind"] + GAT for p in reis)
            begonnen = any(
                p["startdatum_behandeling"] and p["startdatum_behandeling"] <= plek["aanmelddatum"] for p in reis
            )
            if not reis or voorbij or begonnen:
                reis = []
                alle.append(reis)
            reis.append(plek)
    return alle


def wachtreis_maand(rijen: list[dict], geleverd: set[tuple[date, str]]) -> dict[tuple[date, str], tuple]:
    """(maand, gebied) -> personen, wachtplekken, personen_meer_plekken, gemiddeld, mediaan, p90, boven_treeknorm, doorverwezen."""
    reis_van = {sleutel(plek): reis for reis in reizen(rijen, geleverd) for plek in reis}
    uit = {}
    for maand in {m for m, _ in geleverd}:
        dag = laatste_dag(maand)
        lijst = [r for r in rijen if r["maand"] == maand and is_open(r, dag)]
        zes = [r for r in lijst if r["zorgvorm"] in ZES]
        for gebied in [regio for m, regio in geleverd if m == maand] + ["NL"]:
            hier = [r for r in zes if gebied in ("NL", r["iza_regio"])]
            wachtenden = []
            for persoon in {r["patient_pseudoniem"] for r in hier}:
                eigen = [r for r in hier if r["patient_pseudoniem"] == persoon]
                meer = sum(r["patient_pseudoniem"] == persoon for r in zes) > 1
                wachtenden.append((*_wachtende(eigen, reis_van, lijst, dag), meer))
            dagen = [(dag - sinds).days for sinds, _, _ in wachtenden]
            uit[maand, gebied] = (
                len(wachtenden),
                len(hier),
                sum(meer for _, _, meer in wachtenden),
                *_weken(dagen),
                sum(d > 98 for d in dagen),
                sum(verwezen for _, verwezen, _ in wachtenden),
            )
    return uit


def _wachtende(eigen: list[dict], reis_van: dict, lijst: list[dict], dag: date) -> tuple[date, bool]:
    """Since when a person waits, and whether referred on, from the open places of one row."""
    sinds = [(min(reis_van[sleutel(r)][0]["aanmelddatum"], r["aanmelddatum"]), r) for r in eigen]
    eerste = min(s for s, _ in sinds)
    open_nu = {sleutel(r) for r in lijst}
    for _, rij in (paar for paar in sinds if paar[0] == eerste):
        reis = reis_van[sleutel(rij)]
        laatste = max(i for i, plek in enumerate(reis) if sleutel(plek) in {sleutel(r) for r in eigen})
        for plek in reis[:laatste]:
            voorbij = plek["eind"] and plek["eind"] <= dag and not plek["startdatum_behandeling"]
            if voorbij and sleutel(plek) not in open_nu:
                return eerste, True
    return eerste, False


def _weken(dagen: list[int]) -> tuple[float | None, float | None, float | None]:
    if not dagen:
        return None, None, None
    delen = quantiles(dagen, n=10, method="inclusive") if len(dagen) > 1 else dagen * 9
    return sum(dagen) / 7 / len(dagen), delen[4] / 7, delen[8] / 7
