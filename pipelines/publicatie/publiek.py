"""The public version: tables in which withheld cells are NULL and say so, and the report of what was withheld.

Belongs here: running disclosure control over the public tables, and writing its outcome into them. Does not belong here: the
choice itself (``onthulling``) or files (``export``).
"""

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.publicatie.onthulling.beveilig import OPENBAAR, Lek, Uitkomst, beveilig, primair
from pipelines.publicatie.onthulling.lezer import GETOOND, PRIMAIR, SECUNDAIR, Eis
from pipelines.publicatie.onthulling.stelsel import Stelsel, verenig
from pipelines.publicatie.regels import REGIOS, Regels, Tabel
from pipelines.publicatie.tabellen import Cellen, Stand

logger = logging.getLogger("ggz.publicatie")
WOORD = {PRIMAIR: "primair", SECUNDAIR: "secundair"}
ACHTERGEHOUDEN = "achtergehouden"
RONDES = 10
MERKEN = ("onderdrukt", "onderdrukte_kolommen")


class AuditGezakt(Exception):
    """The publication gives something away and is not put in place; the message says which cells."""


@dataclass
class Beveiligd:
    """One public table and its totals, protected; ``cellen`` is the audit: one row per withheld cell of this publication."""

    tabel: pd.DataFrame
    totaal: pd.DataFrame | None
    cellen: pd.DataFrame
    verslag: dict


def bescherm(
    tabel: Tabel,
    waar: pd.DataFrame,
    totaal: pd.DataFrame | None,
    eerder: list[Stand],
    regels: Regels,
    eis: Eis,
    tafels_lezen_mee: bool = False,
    basis: Mapping[str, Stand] | None = None,
) -> Beveiligd:
    """Withholds what must be, proves it, and raises AuditGezakt when a cell can still be derived.

    ``basis``: the other tables of this publication that the verbanden of ``tabel`` name, already protected.
    """
    begin = time.monotonic()
    geheel = waar if totaal is None else pd.concat([waar, totaal], ignore_index=True)
    eerder = [e.met(tabel.van_soort("telling")) for e in eerder]
    oud = [Cellen(tabel, e.waar, regels, eis.drempel, e.basis, e.vervallen(tabel)) for e in eerder]
    vervallen = None
    for _ in range(RONDES):
        nu = Cellen(tabel, geheel, regels, eis.drempel, basis, vervallen)
        stelsel, plaats, uitkomst = _kies(nu, oud, eerder, eis, tafels_lezen_mee)
        # parts of a figure that is shown may have nothing to hide behind: then all parts of it go
        vervallen = nu.vervallen.copy()
        open_ = np.isin(plaats[0][: nu.echt], [lek.cel for lek in uitkomst.lekken])
        if not tabel.berust_op or not open_.any():
            break
        vervallen[nu.rij[open_], nu.kolom[open_]] = True
    # what an earlier publication lets a tafel work out beside its own figures cannot be taken back: it is counted
    weten = [lek for lek in uitkomst.lekken if eerder and lek.wie != OPENBAAR]
    if lekken := [lek for lek in uitkomst.lekken if lek not in weten]:
        raise AuditGezakt(_lekken(stelsel.cel, lekken, tabel))
    nu_status, laag, hoog = (x[plaats[0]] for x in (uitkomst.status, uitkomst.laag, uitkomst.hoog))
    gemerkt = _vul_in(tabel, geheel, nu, nu_status)
    cel = stelsel.cel.iloc[plaats[0]].assign(
        onderdrukt=[WOORD.get(s) for s in nu_status], ten_minste_van=laag, ten_minste_tot=hoog
    )
    verslag = _verslag(nu, nu_status) | {
        "krap_voor_wie_merken_kent": len(uitkomst.krap),
        "weet_een_tafel_door_eerdere": len({lek.cel for lek in weten}),
        "seconden": round(time.monotonic() - begin, 1),
    }
    logger.debug("%s: %s", tabel.naam, verslag)
    n, eigen = len(waar), {k.naam for k in tabel.kolommen}
    return Beveiligd(
        gemerkt.iloc[:n].drop(columns=[c for c in REGIOS if c not in eigen], errors="ignore"),
        None if totaal is None else gemerkt.iloc[n:].reset_index(drop=True).reindex(columns=[*totaal, *MERKEN]),
        cel.loc[
            cel["onderdrukt"].notna(), ["tabel", "sleutel", "kolom", "onderdrukt", "ten_minste_van", "ten_minste_tot"]
        ],
        verslag,
    )


def _kies(
    nu: Cellen, oud: list[Cellen], eerder: list[Stand], eis: Eis, tafels_lezen_mee: bool
) -> tuple[Stelsel, list[np.ndarray], Uitkomst]:
    """What is withheld of the cells ``nu``, beside all earlier publications; the system, and where the cells of each stand in it."""
    stelsel, plaats = verenig([c.stelsel() for c in (nu, *oud)])
    status = primair(stelsel, eis)
    vast = np.zeros(len(stelsel), bool)
    toen_achtergehouden = np.zeros(len(stelsel), bool)
    for cellen, e, waar_in in zip(oud, eerder, plaats[1:], strict=True):
        dicht = _achtergehouden(cellen, e.openbaar)
        vast[waar_in[~dicht]] = True
        toen_achtergehouden[waar_in[dicht]] = True
    # what was withheld and did not change stays withheld; what was shown and did not change is known
    status = np.where((status == GETOOND) & toen_achtergehouden & ~vast, SECUNDAIR, status)
    for cellen, waar_in in zip((nu, *oud), plaats, strict=True):
        vast[waar_in[cellen.bekend]] = True
    vast &= status == GETOOND
    tafels = tuple(sorted(set(stelsel.cel["regio"]) - {""})) if tafels_lezen_mee else ()
    return stelsel, plaats, beveilig(stelsel, eis, status, vast, tafels)


def _achtergehouden(cellen: Cellen, openbaar: pd.DataFrame) -> np.ndarray:
    """Per cell of an earlier publication: was it withheld then? ``openbaar`` has the rows of ``cellen.df``, in that order."""
    dicht = openbaar[cellen.tellingen].isna().to_numpy(bool)[cellen.rij, cellen.kolom]
    return np.r_[dicht, ~cellen.bekend[cellen.echt :]]


def _vul_in(tabel: Tabel, geheel: pd.DataFrame, cellen: Cellen, status: np.ndarray) -> pd.DataFrame:
    """The table with withheld cells NULL; a derived column goes with its base, and is rounded so that it does not give it away."""
    bekend = [*tabel.sleutel, *(k.naam for k in tabel.kolommen)]
    uit = geheel[[*bekend, *(c for c in REGIOS if c in geheel and c not in bekend)]].copy()
    merk = pd.DataFrame(GETOOND, index=uit.index, columns=[k.naam for k in tabel.kolommen])
    raster = merk[cellen.tellingen].to_numpy().copy()
    raster[cellen.rij, cellen.kolom] = status[: cellen.echt]
    raster[cellen.vervallen] = SECUNDAIR
    merk[cellen.tellingen] = raster
    for kolom in tabel.kolommen:
        if kolom.soort == "afgeleid":
            weg = (merk[list(kolom.basis)] != GETOOND).any(axis=1) & uit[kolom.naam].notna()
            merk.loc[weg, kolom.naam] = SECUNDAIR
            uit[kolom.naam] = pd.to_numeric(uit[kolom.naam]).round(kolom.decimalen)
    # a column without persons in it (a yes or no) is never withheld, and could not hold an empty cell
    for kolom in merk.columns[(merk != GETOOND).any()]:
        uit.loc[merk[kolom] != GETOOND, kolom] = pd.NA
    # one word, whatever the reason: that a cell is primary says that it is small
    uit["onderdrukt"] = np.where((merk != GETOOND).any(axis=1), ACHTERGEHOUDEN, None)
    uit["onderdrukte_kolommen"] = _lijst(merk)
    return uit


def _lijst(merk: pd.DataFrame) -> np.ndarray:
    """Per row the withheld columns, or None. Not which of them is the primary one: that would narrow the others."""
    tekst = np.full(len(merk), "", object)
    for kolom in merk:
        tekst = np.where(merk[kolom] != GETOOND, tekst + f" {kolom}", tekst)
    return np.array([t.strip() or None for t in tekst], object)


def _verslag(cellen: Cellen, status: np.ndarray) -> dict:
    """Cells withheld by kind, beside two other rules: primary alone, and whole rows with a small count (the naive rule)."""
    status, waarde = status[: cellen.echt], cellen.waarde[: cellen.echt]
    klein = np.zeros(len(cellen.df), bool)
    klein[cellen.rij[status == PRIMAIR]] = True
    return {
        "cellen": len(status),
        "nul": int((waarde == 0).sum()),
        "primair": int((status == PRIMAIR).sum()),
        "secundair": int((status == SECUNDAIR).sum()),
        "vervallen": int(cellen.vervallen.sum()),
        "hele_rijen": int((klein[cellen.rij] & (waarde > 0)).sum()),
    }


def _lekken(cel: pd.DataFrame, lekken: list[Lek], tabel: Tabel) -> str:
    """Which cells of ``tabel`` somebody can derive, and who; the first twenty one by one."""
    regels = [
        f"  {r.tabel} {r.sleutel} {r.kolom}: {_lezer(lek.wie)} leidt af {lek.laag:.0f}..{lek.hoog:.0f}"
        for lek in lekken[:20]
        for r in [cel.iloc[lek.cel]]
    ]
    meer = f"\n  en nog {len(lekken) - 20}" if len(lekken) > 20 else ""
    aantal = len({lek.cel for lek in lekken})
    return f"{aantal} cellen van {tabel.naam} zijn nog af te leiden:\n" + "\n".join(regels) + meer


def _lezer(wie: str) -> str:
    return "een lezer van de openbare versie" if wie == OPENBAAR else f"de regiotafel {wie} met haar eigen cijfers"
