"""Files of a steward -> the rows of a version, and what is wrong with their form, by row.

Belongs here: columns, allowed values, and what rows of one rule must share. Does not belong here: what the rules do together
(``toets``). What a rule may ask is what ``seeds/cluster_regel.csv`` has a column for.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pipelines import contract
from pipelines.fundament import seeds
from pipelines.referentie import werkblad
from pipelines.referentie.werkblad import Onbruikbaar
from pipelines.warehouse.definities import BEDTYPE, REGEL, ZORGVORM, kolommen, meegeleverd

RIJ = "rij"
"""Beside its columns a row carries its number in the file (the header is 1), as text."""
VERPLICHT = {
    REGEL: ("versie", "volgorde", "regel", "cluster", "zekerheid"),
    BEDTYPE: ("bedtype", "cluster"),
    ZORGVORM: ("zorgvorm", "cluster"),
}
UITKOMST = ("regel", "cluster", "zekerheid", "alternatief", "mismatch")
JA_NEE = ("heeft_hic", "heeft_iht", "heeft_mpu", "heeft_topggz", "traject_setting8")
VORM_VERSIE = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")


@dataclass(frozen=True)
class Definitie:
    """A version as read: per table its rows (texts by column, and ``RIJ``), and the faults in their form."""

    versie: str
    tabellen: dict[str, list[dict[str, str]]]
    fouten: list[str] = field(default_factory=list)

    @property
    def regels(self) -> list[dict[str, str]]:
        return self.tabellen[REGEL]


def lees(regels: Path, bedtypen: Path | None = None, zorgvormen: Path | None = None) -> Definitie:
    """The version in these files (csv or xlsx); `Onbruikbaar` when one is no such table or the rules are not of one version."""
    fouten: list[str] = []
    tabellen = {REGEL: _tabel(regels, REGEL)}
    versies = {rij["versie"] for rij in tabellen[REGEL]}
    if len(versies) != 1 or not VORM_VERSIE.fullmatch(versie := versies.pop()):
        raise Onbruikbaar(
            f"{regels.name}: noem in kolom versie op elke rij dezelfde naam, van kleine letters, cijfers en streepjes"
        )
    if versie in meegeleverd():
        raise Onbruikbaar(f"{regels.name}: versie {versie} is meegeleverd en blijft zoals zij is; kies een andere naam")
    for tabel, bestand in ((BEDTYPE, bedtypen), (ZORGVORM, zorgvormen)):
        tabellen[tabel] = _tabel(bestand, tabel) if bestand else []
    fouten += _fouten_in_regels(tabellen[REGEL])
    for tabel in (BEDTYPE, ZORGVORM):
        fouten += _fouten_in_kaart(tabel, tabellen[tabel], versie)
        for rij in tabellen[tabel]:
            rij["versie"] = versie
    return Definitie(versie, tabellen, fouten)


def _tabel(bestand: Path, tabel: str) -> list[dict[str, str]]:
    """The rows of one file, lists between | without spaces; every column of the seed is there."""
    blad = next(iter(werkblad.lees_bladen(bestand).values()), [])
    kop = [cel.strip() for cel in blad[0]] if blad else []
    while kop and not kop[-1]:
        kop.pop()
    bekend = kolommen(tabel)
    if onbekend := [k for k in kop if k not in bekend]:
        raise Onbruikbaar(f"{bestand.name}: kolom {onbekend[0] or '(leeg)'} ken ik niet; kies uit {', '.join(bekend)}")
    if ontbreekt := [k for k in VERPLICHT[tabel] if k not in kop]:
        raise Onbruikbaar(f"{bestand.name}: kolom {ontbreekt[0]} ontbreekt")
    rijen = []
    for nummer, cellen in enumerate(blad[1:], 2):
        if any(cel.strip() for cel in cellen):
            waarden = dict(zip(kop, cellen, strict=False))
            rij = {k: "|".join(deel.strip() for deel in waarden.get(k, "").split("|")) for k in bekend}
            rijen.append({**rij, RIJ: str(nummer)})
    if not rijen:
        raise Onbruikbaar(f"{bestand.name}: er staan geen rijen onder de kop")
    return rijen


@cache
def _toegestaan() -> dict[str, set[str]]:
    """Per condition the values that a prestatie can have; the lists themselves are the contract's and the seeds'."""
    waarden = {
        regel.kolom: {str(w) for w in regel.kwargs["value_set"]}
        for regel in contract.lees("declaraties").regels
        if regel.kolom in ("wet", "zorgvraagtype") and "value_set" in regel.kwargs
    }
    for kolom in ("acuut_binnen_budget", "prestatietype", "setting", "verzorgingsgraad"):
        waarden[kolom] = {rij[kolom] for rij in seeds.lees("zpm_prestatie")} - {""}
    return waarden


@cache
def _uitkomsten() -> set[str]:
    return {rij["cluster"] for rij in seeds.lees("cluster")}


def _fouten_in_regels(rijen: list[dict[str, str]]) -> list[str]:
    fouten = [f"rij {rij[RIJ]}: {wat}" for rij in rijen for wat in (*_fouten_in_eisen(rij), *_fouten_in_uitkomst(rij))]
    eerste: dict[str, dict[str, str]] = {}
    genoemd: dict[str, dict[str, str]] = {}
    for rij in rijen:
        if (ook := genoemd.setdefault(rij["regel"], rij))["volgorde"] != rij["volgorde"]:
            fouten.append(f"rij {rij[RIJ]}: regel {rij['regel']} staat ook op rij {ook[RIJ]}, met een andere volgorde")
        zelfde = eerste.setdefault(rij["volgorde"], rij)
        anders = [k for k in UITKOMST if rij[k] != zelfde[k]]
        if anders:
            fouten.append(
                f"rij {rij[RIJ]}: volgorde {rij['volgorde']} staat ook op rij {zelfde[RIJ]}, met een andere {anders[0]}; rijen met één "
                "volgorde zijn alternatieve voorwaarden van één regel"
            )
    return fouten


def _fouten_in_eisen(rij: dict[str, str]) -> Iterable[str]:
    if not rij["volgorde"].isdecimal():
        yield f"volgorde {rij['volgorde'] or '(leeg)'} is geen geheel getal"
    for kolom, mogelijk in _toegestaan().items():
        for deel in rij[kolom].split("|") if rij[kolom] else []:
            if deel not in mogelijk:
                yield f"{kolom} {deel or '(leeg)'} bestaat niet; kies uit {', '.join(sorted(mogelijk, key=_als_getal))}"
    for kolom in JA_NEE:
        if rij[kolom] not in ("", "J", "N"):
            yield f"{kolom} is {rij[kolom]}; schrijf J of N, of laat de cel leeg"
    if rij["beveiligingsniveau_vanaf"] and not rij["beveiligingsniveau_vanaf"].isdecimal():
        yield f"beveiligingsniveau_vanaf {rij['beveiligingsniveau_vanaf']} is geen geheel getal"
    for deel in rij["agb_vestiging_begint"].split("|") if rij["agb_vestiging_begint"] else []:
        if not re.fullmatch(r"[0-9]{1,8}", deel):
            yield f"agb_vestiging_begint {deel or '(leeg)'} is geen begin van een AGB-code (1 tot 8 cijfers)"


def _fouten_in_uitkomst(rij: dict[str, str]) -> Iterable[str]:
    if not rij["regel"]:
        yield "de regel heeft geen naam"
    if rij["cluster"] not in _uitkomsten():
        yield f"cluster {rij['cluster'] or '(leeg)'} bestaat niet; kies uit {', '.join(sorted(_uitkomsten()))}"
    if rij["zekerheid"] == "meerduidig":
        if rij["alternatief"] not in _uitkomsten() - {rij["cluster"]}:
            yield "een meerduidige regel noemt als alternatief een ander cluster"
    elif rij["zekerheid"] != "eenduidig":
        yield f"zekerheid is {rij['zekerheid'] or '(leeg)'}; schrijf eenduidig of meerduidig"
    elif rij["alternatief"]:
        yield f"alternatief {rij['alternatief']} hoort alleen bij een meerduidige regel"
    if rij["mismatch"] and rij["mismatch"] not in {r["code"] for r in seeds.lees("kwaliteit_code")}:
        yield f"mismatch {rij['mismatch']} is geen code van seeds/kwaliteit_code.csv"


def _fouten_in_kaart(tabel: str, rijen: list[dict[str, str]], versie: str) -> list[str]:
    """A map may place what is known otherwise; it does not make a bedtype or zorgvorm known."""
    sleutel = VERPLICHT[tabel][0]
    bekend = [rij for rij in seeds.lees(tabel) if not rij["versie"]]
    lijsten: dict[str, set[str]] = {
        "versie": {"", versie},
        sleutel: {r[sleutel] for r in bekend},
        "cluster": _uitkomsten(),
    }
    for kolom in bekend[0].keys() - {"versie", sleutel, "cluster", "bron"}:
        lijsten[kolom] = {"", *(r[kolom] for r in bekend)}
    fouten, gezien = [], {}
    for rij in rijen:
        plek = f"{tabel}, rij {rij[RIJ]}"
        fouten += [
            f"{plek}: {kolom} {rij[kolom] or '(leeg)'} bestaat niet; kies uit {', '.join(sorted(mogelijk - {''}))}"
            for kolom, mogelijk in lijsten.items()
            if rij[kolom] not in mogelijk
        ]
        if (eerder := gezien.setdefault(rij[sleutel], rij[RIJ])) != rij[RIJ]:
            fouten.append(f"{plek}: {rij[sleutel]} staat ook op rij {eerder}")
    return fouten


def _als_getal(tekst: str) -> tuple[int, str]:
    return (int(tekst) if tekst.isdecimal() else 0, tekst)
