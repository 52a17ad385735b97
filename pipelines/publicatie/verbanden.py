"""The relations that the tables to publish turn out to have, beside those that somebody listed.

Belongs here: looking in every public table and between them (``onthulling.vinden`` sees the numbers), which of what is found already
follows from publicatie_verband.csv, what of the rest the audit takes along, and what blocks the publication. Does not belong here: how
a relation becomes equations (``tabellen``).

A found relation follows from the listed ones when it also holds in a world drawn by lot in which nothing but those holds.
"""

import itertools
import logging
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from pipelines.fundament.nederlands import procent, telwoord
from pipelines.publicatie.onthulling import vinden
from pipelines.publicatie.publiek import AuditGezakt
from pipelines.publicatie.regels import TOEN, Regels, Tabel, Verband
from pipelines.publicatie.tabellen import Cellen, termen_van

logger = logging.getLogger("ggz.publicatie")
MAAND, VERHOUDING = "maand", "verhouding"
JAAR = 12
LABELS = 6
"""Of a key with more values than this only the sum of all and its totals are laid beside another table."""
SNEDEN = 60
VERMELD, GEWEIGERD, TOEGEVOEGD, OPEN = "vermeld", "geweigerd", "toegevoegd", "open"
RUIM = 1e-4
"""How near to nought a relation must be, as a share of its terms, in a world that was solved for."""
SEED, WEIGERING = "seeds/publicatie_verband.csv", "seeds/publicatie_verband_geweigerd.csv"


@dataclass(frozen=True)
class Vondst:
    """A relation of ``tabel`` that holds in ``aandeel`` of ``rijen``, and what comes of it: ``vermeld`` (listed, or it follows from what
    is), ``geweigerd``, ``toegevoegd`` (the audit takes it along) or ``open``."""

    tabel: str
    verband: Verband
    rijen: int
    aandeel: float
    uitkomst: str = OPEN

    def __str__(self) -> str:
        v = self.verband
        return f"{self.tabel},{v.soort},{v.links},{v.rechts}"


def vul_aan(
    tabellen: list[Tabel],
    cijfers: Mapping[str, tuple[pd.DataFrame, pd.DataFrame | None]],
    regels: Regels,
    werkers: Executor,
    blokkeer: bool = False,
) -> tuple[list[Tabel], list[dict]]:
    """The tables with the relations that were found beside the listed ones, and what was found, for the manifest.

    ``cijfers``: the public tables, each with its totals. What the audit cannot take along and nobody refused is told and named; with
    ``blokkeer`` it raises AuditGezakt.
    """
    publiek = [t for t in tabellen if t.naam in cijfers]
    waar = {naam: pd.concat([los, som], ignore_index=True) for naam, (los, som) in cijfers.items()}
    werk = [werkers.submit(in_tabel, t, waar[t.naam], regels) for t in publiek]
    vondsten = [*tussen_tabellen(publiek, waar, regels), *(v for w in werk for v in w.result())]
    open_ = [v for v in vondsten if v.uitkomst == OPEN]
    if open_ and blokkeer:
        raise AuditGezakt(_wat_te_doen(open_))
    for v in open_:
        logger.warning("Verband gevonden waarmee de proef niet kan rekenen (docs/onthulling.md): %s", v)
    erbij: dict[str, list[Verband]] = {}
    for v in vondsten:
        if v.uitkomst == TOEGEVOEGD:
            logger.warning("Verband gevonden dat niet in de lijst staat; de publicatie houdt er rekening mee: %s", v)
            erbij.setdefault(v.tabel, []).append(v.verband)
    return [_met(t, erbij.get(t.naam, [])) for t in tabellen], [_regel(v) for v in vondsten]


def _met(t: Tabel, erbij: Sequence[Verband]) -> Tabel:
    """The table with these relations too; a ratio makes its column fall with both its counts."""
    basis: dict[str, list[str]] = {}
    for v in erbij:
        if v.soort == VERHOUDING:
            basis.setdefault(v.links, []).extend(n for n in v.rechts.split(" / ") if n in t.van_soort("telling"))
    kolommen = tuple(replace(k, basis=tuple(dict.fromkeys((*k.basis, *basis.get(k.naam, ()))))) for k in t.kolommen)
    verbanden = tuple(v for v in erbij if v.soort != VERHOUDING)
    return replace(t, kolommen=kolommen, verbanden=(*t.verbanden, *verbanden))


def _regel(v: Vondst) -> dict:
    return {
        "tabel": v.tabel,
        "soort": v.verband.soort,
        "links": v.verband.links,
        "rechts": v.verband.rechts,
        "rijen": v.rijen,
        "aandeel": round(v.aandeel, 4),
        "uitkomst": v.uitkomst,
    }


def _wat_te_doen(open_: list[Vondst]) -> str:
    regels = "\n".join(
        f"  {v}  (gaat op in {procent(v.aandeel, 1)} van {telwoord(v.rijen, 'rij', 'rijen')})" for v in open_
    )
    return (
        f"{telwoord(len(open_), 'verband is', 'verbanden zijn')} gevonden, niet in {SEED}, en de proef kan er niet zelf mee rekenen:\n{regels}\n"
        f"Er is niets gepubliceerd. Zet elk in {SEED} in een vorm waarmee de proef rekent, "
        f"of weiger het met deze vier kolommen, een reden en de datum in {WEIGERING}."
    )


def in_tabel(t: Tabel, df: pd.DataFrame, regels: Regels) -> list[Vondst]:
    """What holds in one table: between its columns and those of the month before, and over the values of its keys."""
    if not len(df) or not t.van_soort("telling"):
        return []
    werelden = _Werelden(t, df, regels)
    return [
        v if v.uitkomst != OPEN else replace(v, uitkomst=_zonder_oplossing(t, v))
        for v in (*_in_de_rij(t, df, werelden), *_over_waarden(t, df, werelden), *_verhoudingen(t, df))
    ]


def _zonder_oplossing(t: Tabel, v: Vondst) -> str:
    if v.verband in t.geweigerd:
        return GEWEIGERD
    return TOEGEVOEGD if v.verband.soort == VERHOUDING else OPEN


class _Werelden:
    """Two drawn worlds of a table: one in which the listed relations hold, one in which the refused ones do too. Made when asked for."""

    def __init__(self, t: Tabel, df: pd.DataFrame, regels: Regels):
        self.t, self.df, self.regels = t, df, regels
        self.gemaakt: dict[bool, pd.DataFrame] = {}

    def oordeel(self, rest, vast: bool = True) -> str:
        """``rest``: from the table to per row whether the relation holds, of the rows that say something. ``vast``: the audit can take
        it along."""
        for geweigerd, woord in ((False, VERMELD), (True, GEWEIGERD)):
            if geweigerd and not self.t.geweigerd:
                break
            if rest(self._wereld(geweigerd)).mean() > vinden.AANDEEL:
                return woord
        return TOEGEVOEGD if vast else OPEN

    def _wereld(self, geweigerd: bool) -> pd.DataFrame:
        if geweigerd not in self.gemaakt:
            tellingen = self.t.van_soort("telling")
            extra = [replace(v, gevonden=True) for v in self.t.geweigerd if geweigerd and v.soort == "rij"]
            verbanden = [v for v in (*self.t.verbanden, *extra) if not v.andere_tabel and _kent(v, tellingen)]
            self.gemaakt[geweigerd] = wereld(replace(self.t, verbanden=tuple(verbanden)), self.df, self.regels)
        return self.gemaakt[geweigerd]


def _kent(v: Verband, tellingen: list[str]) -> bool:
    """Whether the table has the columns of the relation."""
    namen = [v.links, *(naam for naam, _ in termen_van(v.rechts))] if v.soort in ("rij", "hoogstens") else [v.links]
    return {n.removesuffix(TOEN) for n in namen} <= set(tellingen)


def wereld(t: Tabel, df: pd.DataFrame, regels: Regels) -> pd.DataFrame:
    """The table with counts drawn by lot that keep all its equations, and nothing else but by chance. A true 0 stays 0: it is shown."""
    from scipy.sparse.linalg import lsmr  # slow to load, and seldom the first to need it

    cellen = Cellen(t, df, regels)
    gelijk = cellen.stelsel().gelijk
    x = np.random.default_rng(1).normal(size=gelijk.shape[1]) * 100
    x[cellen.waarde == 0] = 0
    vrij = np.flatnonzero(cellen.waarde)
    gelijk = gelijk[:, vrij]
    if gelijk.nnz:
        x[vrij] -= lsmr(gelijk, gelijk @ x[vrij], atol=1e-8, btol=1e-8, maxiter=2000)[0]
    raster = np.full(cellen.nummer.shape, np.nan)
    raster[cellen.rij, cellen.kolom] = x[: cellen.echt]
    return df.assign(**dict(zip(cellen.tellingen, raster.T, strict=True)))


def _getallen(df: pd.DataFrame, kolommen: Sequence[str]) -> np.ndarray:
    return df[list(kolommen)].to_numpy(float, na_value=np.nan)


def _met_toen(t: Tabel, df: pd.DataFrame, kolommen: list[str], is_totaal: np.ndarray) -> pd.DataFrame:
    """Rows that are no total, and have a month before: the columns of both."""
    rijen = df.loc[~is_totaal, [*t.sleutel, *kolommen]]
    toen = rijen.assign(**{MAAND: rijen[MAAND] + pd.DateOffset(months=1)})
    return rijen.merge(toen, on=list(t.sleutel), suffixes=("", TOEN))


def _totalen(t: Tabel, sleutel: str, regels: Regels) -> list[str]:
    """Values of a key that add up others."""
    eigen = [v.soort.split()[-1] for v in t.verbanden if sleutel in v.soort.split()[:-1]]
    return [*eigen, *(x.waarde for x in regels.totalen.get(sleutel, ()))]


def _is_totaal(t: Tabel, df: pd.DataFrame, regels: Regels) -> np.ndarray:
    nee = np.zeros(len(df), bool)
    return np.logical_or.reduce([nee, *(df[s].isin(_totalen(t, s, regels)).to_numpy() for s in t.totalen)])


def _in_de_rij(t: Tabel, df: pd.DataFrame, werelden: _Werelden) -> Iterator[Vondst]:
    """Looks at the counts, at them with each other column beside them (often empty, so one at a time), and with the month before."""
    tellingen = t.van_soort("telling")
    erbij = [k.naam for k in t.kolommen if k.soort != "telling" and _is_getal(df[k.naam])]
    blikken = [(tellingen, lambda d: d), *(([*tellingen, k], lambda d: d) for k in erbij)]
    if MAAND in t.sleutel:
        totaal = _is_totaal(t, df, werelden.regels)
        met_toen = [*tellingen, *(k + TOEN for k in tellingen)]
        blikken.append((met_toen, lambda d: _met_toen(t, d, tellingen, totaal)))
    for namen, blik in blikken:
        waar = _getallen(blik(df), namen)
        for som in vinden.sommen(waar):
            mee = [n for n, f in zip(namen, som.factoren, strict=True) if f]
            van_deze_blik = set(mee) - set(tellingen)
            if (len(namen) > len(tellingen) and not van_deze_blik) or set(mee) == van_deze_blik:
                continue
            verband = Verband("rij", *_als_som(namen, som.factoren), gevonden=True)
            if set(mee) & set(erbij):
                uitkomst = VERMELD if _valt_mee(t, mee) else OPEN
            else:
                uitkomst = werelden.oordeel(_rest(blik, namen, waar, som.factoren))
            yield Vondst(t.naam, verband, som.rijen, som.aandeel, uitkomst)
    waar, bekend = _getallen(df, tellingen), _hoogstens_bekend(t)
    for a, b, n in vinden.delen_van(waar):
        paar = tellingen[a], tellingen[b]
        verband = Verband("hoogstens", *paar, gevonden=True)
        uitkomst = VERMELD if paar in bekend else GEWEIGERD if verband in t.geweigerd else TOEGEVOEGD
        yield Vondst(t.naam, verband, n, 1.0, uitkomst)


def _rest(blik, namen: list[str], waar: np.ndarray, factoren: np.ndarray):
    """From a world to where the relation holds in it, of the rows that say something in the true table."""
    rijen = vinden.zegt_iets(waar, factoren) & ~np.isnan(waar).any(axis=1)

    def klopt(df: pd.DataFrame) -> np.ndarray:
        x = _getallen(blik(df), namen)[rijen]
        return np.abs(x @ factoren) <= RUIM * (np.abs(x) @ np.abs(factoren))

    return klopt


def _als_som(namen: Sequence[str], factoren: np.ndarray) -> tuple[str, str]:
    """The first column, and what it is: a sum of the others."""
    eerste, *rest = np.flatnonzero(factoren)
    rest = sorted(rest, key=lambda k: factoren[k] * factoren[eerste] > 0)
    delen = [f"{'-' if factoren[k] * factoren[eerste] > 0 else '+'} {namen[k]}" for k in rest]
    return str(namen[eerste]), " ".join(delen).removeprefix("+ ")


def _valt_mee(t: Tabel, mee: list[str]) -> bool:
    """Whether a count in a sum with a derived column takes that column along when it is withheld."""
    basis = [set(k.basis) for k in t.kolommen if k.naam in mee and k.soort == "afgeleid"]
    return all(any(naam in b for b in basis) for naam in mee if naam in t.van_soort("telling"))


def _hoogstens_bekend(t: Tabel) -> set[tuple[str, str]]:
    """Pairs of columns of which the listed relations say that one is at most the other: a part of a sum, or of such a part."""
    paren = {(v.links, v.rechts) for v in t.verbanden if v.soort == "hoogstens"}
    for v in t.verbanden:
        if v.soort == "rij" and all(factor < 0 for _, factor in termen_van(v.rechts)):
            paren |= {(naam, v.links) for naam, _ in termen_van(v.rechts)}
    while erbij := {(a, d) for a, b in paren for c, d in paren if b == c} - paren:
        paren |= erbij
    return paren


def _over_waarden(t: Tabel, df: pd.DataFrame, werelden: _Werelden) -> Iterator[Vondst]:
    """Values of a key that add up to another value of it."""
    for as_ in t.sleutel:
        rest = [s for s in t.sleutel if s != as_]
        if not rest or pd.api.types.is_datetime64_any_dtype(df[as_]) or df[as_].nunique() < 2:
            continue
        for kolom in t.van_soort("telling"):

            def breed(d: pd.DataFrame, kolom=kolom, as_=as_, rest=rest) -> pd.DataFrame:
                vol = d.loc[d[kolom].notna(), [*t.sleutel, kolom]].astype({kolom: float})
                return vol.set_index([*rest, as_])[kolom].unstack(as_, fill_value=0.0)

            waar = breed(df)
            for som in vinden.sommen(waar.to_numpy()):
                verband, vast = _als_optelling(as_, kolom, waar.columns, som)
                uitkomst = werelden.oordeel(_rest(breed, list(waar.columns), waar.to_numpy(), som.factoren), vast)
                if uitkomst in (TOEGEVOEGD, OPEN) and verband in t.geweigerd:
                    uitkomst = GEWEIGERD
                yield Vondst(t.naam, verband, som.rijen, som.aandeel, uitkomst)


def _als_optelling(as_: str, kolom: str, labels: Sequence, som: vinden.Som) -> tuple[Verband, bool]:
    """As a row of the seed, and whether that is a form that the audit knows: one whole and its parts, named in one word each."""
    for teken in (1, -1):
        heel, delen = (np.flatnonzero(som.factoren == x) for x in (teken, -teken))
        if len(heel) == 1:
            woorden = [str(labels[k]) for k in (*heel, *delen)]
            tekst = all(isinstance(labels[k], str) and len(labels[k].split()) == 1 for k in (*heel, *delen))
            return Verband(f"{as_} {woorden[0]}", kolom, " ".join(woorden[1:]), gevonden=True), tekst
    links, rechts = _als_som([str(x) for x in labels], som.factoren)
    return Verband(f"{as_} {links}", kolom, rechts), False


def _is_getal(kolom: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(kolom) and not pd.api.types.is_bool_dtype(kolom)


def _verhoudingen(t: Tabel, df: pd.DataFrame) -> Iterator[Vondst]:
    """Derived columns that are one count by another figure, or a count by itself: withheld with it, or the count can be read off."""
    tellingen = t.van_soort("telling")
    vrij = [k.naam for k in t.kolommen if k.soort == "vrij" and _is_getal(df[k.naam])]
    x = {k: _getallen(df, [k])[:, 0] for k in (*tellingen, *vrij)} | {"1": np.ones(len(df))}
    for k in t.kolommen:
        if k.soort != "afgeleid" or not _is_getal(df[k.naam]):
            continue
        s = _getallen(df, [k.naam])[:, 0]
        for a, b in itertools.permutations(x, 2):
            nodig = {a, b} & set(tellingen)
            if nodig and a != "1" and (gevonden := vinden.vaste_factor(s, x[a], x[b])):
                verband = Verband(VERHOUDING, k.naam, f"{a} / {b}")
                yield Vondst(t.naam, verband, *gevonden[1:], VERMELD if nodig <= set(k.basis) else OPEN)


def tussen_tabellen(tabellen: list[Tabel], waar: Mapping[str, pd.DataFrame], regels: Regels) -> Iterator[Vondst]:
    """Figures that are the same in two tables, or add up to one another; or to twelve months of another table or column."""
    gesneden: dict[tuple, list[_Snede]] = {}
    for a, b in itertools.product([t for t in tabellen if len(waar[t.naam]) and MAAND in t.sleutel], repeat=2):
        samen, gezien, sneden = tuple(s for s in a.sleutel if s in b.sleutel), set(), []
        for t in (a, b):
            if (t.naam, frozenset(samen)) not in gesneden:
                gesneden[t.naam, frozenset(samen)] = _sneden(t, waar[t.naam], sorted(samen), regels)
            sneden.append(gesneden[t.naam, frozenset(samen)])
        for links, rechts in itertools.product(*sneden):
            for soort, kolom, ander, n, aandeel in _gelijk(links, rechts, a.naam < b.naam):
                if (kolom, ander, soort) not in gezien and (a, kolom) != (b, ander):
                    gezien.add((kolom, ander, soort))
                    woorden = " ".join([f"{soort} {b.naam}", *rechts.keuze, *(f"links:{x}" for x in links.keuze)])
                    verband = Verband(woorden, kolom, ander)
                    yield Vondst(a.naam, verband, n, aandeel, _koppeling(a, b, verband))


def _koppeling(a: Tabel, b: Tabel, v: Verband) -> str:
    """Whether somebody listed the two figures beside each other, or refused them."""
    for een, ander, links, rechts in ((a, b, v.links, v.rechts), (b, a, v.rechts, v.links)):
        for w in een.verbanden:
            if w.andere_tabel == ander.naam and links in w.links.split() and rechts in w.rechts.split():
                return VERMELD
    kort = (v.soort.split()[:2], v.links, v.rechts)
    return GEWEIGERD if any((w.soort.split()[:2], w.links, w.rechts) == kort for w in a.geweigerd) else OPEN


class _Snede(NamedTuple):
    """``keuze``: which rows of the table. ``maand``: the counts per shared key, ``jaar``: those of twelve months up to and including it."""

    keuze: tuple[str, ...]
    maand: pd.DataFrame
    jaar: pd.DataFrame


def _sneden(t: Tabel, df: pd.DataFrame, samen: list[str], regels: Regels) -> list[_Snede]:
    """The counts per value of the shared keys: of each value of the others, and of all that are no total together."""
    rest, tellingen = [s for s in t.sleutel if s not in samen], t.van_soort("telling")
    keuzes = []
    for s in rest:
        totalen, waarden = _totalen(t, s, regels), df[s].dropna().unique()
        apart = [w for w in waarden if w in totalen or len(waarden) <= LABELS]
        los = {w: (df[s] == w).to_numpy() for w in apart}
        keuzes.append([("", ~df[s].isin(totalen).to_numpy()), *((f"{s}={w}", rijen) for w, rijen in los.items())])
    if np.prod([len(k) for k in keuzes]) > SNEDEN:
        keuzes = [k[:1] for k in keuzes]
    uit = []
    for keus in itertools.product(*keuzes):
        rijen = np.logical_and.reduce([np.ones(len(df), bool), *(masker for _, masker in keus)])
        som = df.loc[rijen, [*samen, *tellingen]].astype(dict.fromkeys(tellingen, float))
        som = som.groupby(samen)[tellingen].sum(min_count=1)
        if len(som) >= vinden.MINSTENS:
            uit.append(_Snede(tuple(k for k, _ in keus if k), som, _jaar(som, samen)))
    return uit


def _gelijk(links: _Snede, rechts: _Snede, eerst: bool) -> Iterator[tuple[str, str, str, int, float]]:
    """Pairs of columns: ``gelijk_aan`` (once for two tables), and ``jaar_van``, a fixed factor of twelve months of the other."""
    plaats = rechts.maand.index.get_indexer(links.maand.index)
    x = links.maand.to_numpy()[plaats >= 0]
    plaats = plaats[plaats >= 0]
    if len(plaats) < vinden.MINSTENS:
        return
    if eerst:
        for i, j, n, aandeel in vinden.gelijken(x, rechts.maand.to_numpy()[plaats]):
            yield "gelijk_aan", links.maand.columns[i], rechts.maand.columns[j], n, aandeel
    y = rechts.jaar.to_numpy()[plaats]
    for i, j in vinden.evenredig(x, y):
        if gevonden := vinden.vaste_factor(x[:, i], y[:, j], np.ones(len(x)), vinden.RUIM):
            yield "jaar_van", links.maand.columns[i], rechts.maand.columns[j], *gevonden[1:]


def _jaar(df: pd.DataFrame, samen: list[str]) -> pd.DataFrame:
    """Of each month the sum of the twelve up to and including it; NaN where one of them is missing."""
    rest = [s for s in samen if s != MAAND]
    breed = df.unstack(rest) if rest else df
    breed = breed.reindex(pd.date_range(breed.index.min(), breed.index.max(), freq="MS", name=MAAND))
    jaar = breed.rolling(JAAR, min_periods=JAAR).sum()
    return (jaar.stack(rest, future_stack=True).reorder_levels(samen) if rest else jaar).reindex(df.index)
