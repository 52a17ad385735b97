"""Why a cell of a metric shows no figure, in words that are true for that cell.

Belongs here: the words, from the rules of publication and from the row itself. Does not belong here: which cells are withheld
(``publicatie``), and the states (``cijfer``). Whether a withheld cell is itself small or protects another is told to nobody.
"""

from functools import cache

import pandas as pd

from pipelines.blokken import opmaak
from pipelines.fundament import seeds
from pipelines.publicatie import regels
from pipelines.publicatie.instellingen import PublicatieInstellingen
from pipelines.publicatie.regels import TOTAAL

TELLING = (
    "afgeschermd: het aantal is kleiner dan {drempel}, of een ander aantal dat dat is zou ermee uit te rekenen zijn"
)


@cache
def _woorden() -> dict[tuple[str, str], str]:
    return {(r["mart"], r["kolom"]): opmaak.in_zin(r["naam"]) for r in seeds.lees("metriek")}


def naam(mart: str, kolom: str) -> str:
    """A column as a reader knows it, inside a sentence."""
    return _woorden().get((mart, kolom)) or opmaak.leesbaar(kolom)


@cache
def achtergehouden(mart: str, kolom: str, weg: str) -> str:
    """Why a column of a row was withheld; ``weg``: all that was withheld in that row, as onderdrukte_kolommen."""
    regel = {k.naam: k for k in regels.lees().tabellen[mart].kolommen}.get(kolom)
    basis = [k for k in (regel.basis if regel else ()) if k in weg.split()]
    if basis and regel.soort == "afgeleid":
        dicht = "dat aantal is" if len(basis) == 1 else "die aantallen zijn"
        return f"afgeschermd: berust op {opmaak.opsom(naam(mart, k) for k in basis)}, en {dicht} hier afgeschermd"
    return TELLING.format(drempel=PublicatieInstellingen().drempel)


def zonder_basis(df: pd.DataFrame, mart: str, basis: str) -> pd.Series:
    """Per row, where the basis of a share or mean is zero, that there is none; else nothing."""
    if not basis or basis not in df:
        return pd.Series("", index=df.index)
    nul = pd.to_numeric(df[basis]).astype("Float64").eq(0).fillna(False).astype(bool)
    return nul.map({True: f"niet te berekenen: er zijn hier geen {naam(mart, basis)}", False: ""})


def redenen(df: pd.DataFrame, mart: str, kolom: str, basis: str, afgeschermd: pd.Series) -> pd.Series:
    """Per row the words where there is no figure; empty where the state says it all."""
    uit = zonder_basis(df, mart, basis)
    if not afgeschermd.any():
        return uit
    weg = df.loc[afgeschermd, "onderdrukte_kolommen"].astype(str)
    return uit.mask(afgeschermd, weg.map(lambda w: achtergehouden(mart, kolom, w)))


def besluitreden(mart: str) -> str:
    """Why a table is not public, as decided; without where else to look, which is said in names of tables."""
    besluit = regels.lees().tabellen.get(mart.removesuffix(TOTAAL))
    return opmaak.leesbaar(besluit.reden).split(". ")[0] if besluit else ""


def openbare_kolommen(mart: str, is_totaal: bool) -> frozenset[str]:
    """The columns of a table of which the public version holds a figure, of regions or of their totals."""
    besluit = regels.lees().tabellen.get(mart.removesuffix(TOTAAL))
    if besluit is None or not besluit.publiek:
        return frozenset()
    return frozenset(k.naam for k in besluit.kolommen if k.totaal or not is_totaal)


def niet_openbaar(mart: str, kolom: str, is_totaal: bool, is_gepubliceerd: bool) -> str:
    """Why a reader who sees the public version alone has no row of a metric."""
    besluit = regels.lees().tabellen.get(mart.removesuffix(TOTAAL))
    if besluit is None or not besluit.publiek:
        return "niet openbaar" + (f": {uit}" if (uit := besluitreden(mart)) else "")
    if not is_gepubliceerd:
        return "nog niet te zien: er is nog geen openbare versie"
    if kolom not in openbare_kolommen(mart, is_totaal):
        return "niet openbaar: dit totaal is samen met de delen te herleiden tot kleine aantallen"
    return "niet openbaar: van deze regio en maand staat er niets in de openbare versie"
