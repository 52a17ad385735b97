"""The attacker on a whole publication: every public table beside every other, months and all.

    make aanval                                        # the newest publication under GGZ_DATA, for the public and each tafel
    make aanval AANVAL="--cellen 0 --lezer publiek"    # so many withheld cells of each table (200; 0 is all), and for whom

As a step before every publication, which it then blocks: GGZ_PUBLICATIE_TEGENPROEF="python -m tests.publicatie.aanval.heel --cellen 0".

He has the public files. How such tables hang together he learns from tables of which everything is seen (those of the landelijke tafel):
labels that are the sum of others, tables that add up to another, columns and columns of the month before that depend on each other,
and columns that are one count by another (shares, rates).
What follows for the withheld cells he computes with HiGHS, and is then scored against the truth. Nothing of the product is used but the
bounds that it promises. Exit status 1 where a cell is opened.
"""

import argparse
import itertools
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import duckdb
import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import linprog, nnls

from pipelines.settings import Instellingen

DREMPEL, SPANWIJDTE = 10, 10
MAAND, MERK = "maand", "onderdrukte_kolommen"
GEEN_TELLING = {"regios", "regios_geleverd", "regios_wachtlijst", "rang", "jaar", "inwoners", "maanden_basis", "dagen"}
GEEN_SLEUTEL = {MERK, "onderdrukt", "status"}
TERMEN = 7  # of a relation between columns, at most
RUIM = 1e-6

Cel = tuple[str, tuple, str]  # table, key, column


class Verband(NamedTuple):
    """``som`` over cells, each with its factor, is nought."""

    factoren: tuple[tuple[Cel, float], ...]


class Tabel(NamedTuple):
    naam: str
    sleutel: list[str]
    tellingen: list[str]
    waar: pd.DataFrame  # indexed by key
    openbaar: pd.DataFrame
    aandelen: list[str]  # shares, means and rates


class Aandeel(NamedTuple):
    """``kolom`` is ``factor`` x ``teller`` / ``noemer``, shown to ``half`` above or below."""

    kolom: str
    teller: str
    noemer: str
    factor: float
    half: float


def lees(waar: Path, openbaar: Path) -> list[Tabel]:
    """The public tables, those of totals under the table they are totals of; keys are what is text, a day or the same for everybody."""
    uit = []
    with duckdb.connect(str(waar), read_only=True) as w, duckdb.connect(str(openbaar), read_only=True) as o:
        namen = [
            r[0] for r in o.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'marts'").fetchall()
        ]
        for naam in sorted(n for n in namen if not n.endswith("_totaal")):
            delen = [n for n in (naam, f"{naam}_totaal") if n in namen]
            echt, publiek = (
                pd.concat([con.execute(f'SELECT * FROM marts."{n}"').df() for n in delen], ignore_index=True)
                for con in (w, o)
            )
            sleutel = [k for k in publiek if k in echt and k not in GEEN_SLEUTEL and _is_sleutel(publiek[k])]
            for d in (echt, publiek):
                d[sleutel] = d[sleutel].astype(object).where(d[sleutel].notna(), "leeg")
            for k in sleutel[::-1]:  # what says nothing more about a row is no part of its key
                if len(sleutel) > 1 and not echt.duplicated([x for x in sleutel if x != k]).any():
                    sleutel = [x for x in sleutel if x != k]
            tellingen = [
                k for k in publiek if k in echt and k not in GEEN_TELLING | GEEN_SLEUTEL and _is_telling(echt[k])
            ]
            if (
                MERK not in publiek
                or not tellingen
                or publiek.duplicated(sleutel).any()
                or echt.duplicated(sleutel).any()
            ):
                continue
            echt, publiek = (d.set_index(sleutel) for d in (echt, publiek))
            mee = echt.index.intersection(publiek.index)
            aandelen = [
                k for k in publiek if k in echt and pd.api.types.is_float_dtype(publiek[k]) and k not in tellingen
            ]
            uit.append(Tabel(naam, sleutel, tellingen, echt.loc[mee], publiek.loc[mee], aandelen))
    return uit


def _is_sleutel(kolom: pd.Series) -> bool:
    soort = kolom.dtype
    return (
        pd.api.types.is_string_dtype(soort)
        or pd.api.types.is_datetime64_any_dtype(soort)
        or pd.api.types.is_object_dtype(soort)
    )


def _is_telling(kolom: pd.Series) -> bool:
    return pd.api.types.is_integer_dtype(kolom) and not pd.api.types.is_bool_dtype(kolom)


def verbanden(tabellen: list[Tabel]) -> list[Verband]:
    uit = []
    for t in tabellen:
        uit += [v for k in t.tellingen for as_ in t.sleutel if as_ != MAAND for v in _optelling(t, k, as_)]
        uit += _tussen_kolommen(t)
    return uit + _tussen_tabellen(tabellen)


def _optelling(t: Tabel, kolom: str, as_: str) -> list[Verband]:
    """Labels of an axis that are the sum of other labels, wherever that can be seen."""
    if len(t.sleutel) == 1:
        return []
    breed = t.waar[kolom].astype(float).unstack(as_)
    vol = breed.dropna()
    labels, uit = list(breed.columns), []
    if len(vol) < 4 or len(labels) < 3:
        return []
    for label in labels:
        anderen = [x for x in labels if x != label]
        factor, rest = nnls(vol[anderen].to_numpy(), vol[label].to_numpy())
        delen = [x for x, f in zip(anderen, factor, strict=True) if f > 0.5]
        if rest > RUIM or len(delen) < 2 or not np.allclose(factor, np.round(factor)) or not vol[label].any():
            continue
        plek = list(breed.index.names)
        for groep in breed.index:
            waar = dict(zip(plek, _als_sleutel(groep), strict=True))
            cellen = [(t.naam, tuple((waar | {as_: x})[s] for s in t.sleutel), kolom) for x in (label, *delen)]
            uit.append(Verband(tuple(zip(cellen, [1.0] + [-1.0] * len(delen), strict=True))))
    return uit


def _tussen_kolommen(t: Tabel) -> list[Verband]:
    """Columns that depend on each other and on those of the month before, in every row that is seen whole."""
    breed = t.waar[t.tellingen].astype(float)
    if MAAND in t.sleutel:
        toen = breed.reset_index()
        toen[MAAND] = toen[MAAND] + pd.DateOffset(months=1)
        breed = breed.join(toen.set_index(t.sleutel).add_suffix(" toen"), how="left")
    vol = breed.dropna().to_numpy()
    if len(vol) < 30:
        return []
    _, s, v = np.linalg.svd(vol, full_matrices=True)
    rang = int((s > s[0] * 1e-9).sum()) if len(s) else 0
    uit = []
    for rij in _gereduceerd(v[rang:]):
        namen = [(k, f) for k, f in zip(breed.columns, rij, strict=True) if abs(f) > 1e-7]
        heel = np.allclose([abs(f) for _, f in namen], 1, atol=1e-6)
        if 2 <= len(namen) <= TERMEN and heel and any(not k.endswith(" toen") for k, _ in namen):
            uit += [v for sleutel in t.waar.index if (v := _op_rij(t, sleutel, namen))]
    return uit


def _op_rij(t: Tabel, sleutel: object, namen: list[tuple[str, float]]) -> Verband | None:
    sleutel = _als_sleutel(sleutel)
    vorige = tuple(x - pd.DateOffset(months=1) if s == MAAND else x for s, x in zip(t.sleutel, sleutel, strict=True))
    if any(k.endswith(" toen") for k, _ in namen) and vorige not in t.waar.index:
        return None
    plaats = lambda k: (t.naam, vorige if k.endswith(" toen") else sleutel, k.removesuffix(" toen"))  # noqa: E731
    return Verband(tuple((plaats(k), round(f)) for k, f in namen))


def _gereduceerd(m: np.ndarray) -> np.ndarray:
    """The reduced row echelon form: the relations that have the fewest columns each."""
    m, rij = m.copy(), 0
    for kolom in range(m.shape[1]):
        if rij == len(m):
            break
        beste = rij + int(np.argmax(np.abs(m[rij:, kolom])))
        if abs(m[beste, kolom]) < 1e-7:
            continue
        m[[rij, beste]] = m[[beste, rij]]
        m[rij] /= m[rij, kolom]
        anderen = np.arange(len(m)) != rij
        m[anderen] -= np.outer(m[anderen, kolom], m[rij])
        rij += 1
    return m[:rij]


def _tussen_tabellen(tabellen: list[Tabel]) -> list[Verband]:
    """A column of a table, of all or of those with one label, that another table adds up to."""
    uit = []
    for a, b in itertools.permutations(tabellen, 2):
        for deel, label in _sneden(a, b):
            rest = [s for s in b.sleutel if s not in deel]
            fijn = b.waar if rest else b.waar.reorder_levels(deel) if len(deel) > 1 else b.waar
            sommen = fijn.groupby(level=deel, observed=True)[b.tellingen].sum(min_count=1).astype(float)
            heel = a.waar if label is None else a.waar.xs(label[1], level=label[0])
            heel = heel.reorder_levels(deel) if len(deel) > 1 else heel
            samen = heel[a.tellingen].astype(float).add_suffix("|heel").join(sommen.add_suffix("|som"), how="inner")
            for ka, kb in itertools.product(a.tellingen, b.tellingen):
                x, y = samen[f"{ka}|heel"], samen[f"{kb}|som"]
                gezien = x.notna() & y.notna()
                if gezien.sum() > 3 and x[gezien].nunique() > 3 and (x[gezien] == y[gezien]).all():
                    uit += _gelijk(a, ka, label, b, kb, deel)
    return uit


def _sneden(a: Tabel, b: Tabel) -> list[tuple[list[str], tuple[str, object] | None]]:
    """By which key a table can be laid beside another that is as fine or finer: its own, or all but one of which a label is chosen."""
    uit = [(list(a.sleutel), None)] if set(a.sleutel) <= set(b.sleutel) else []
    for s in a.sleutel:
        deel = [x for x in a.sleutel if x != s]
        labels = a.waar.index.get_level_values(s).unique() if len(a.sleutel) > 1 else []
        if deel and set(deel) <= set(b.sleutel) and s not in b.sleutel and len(labels) <= 40:
            uit += [(deel, (s, label)) for label in labels]
    return uit


def _gelijk(a: Tabel, ka: str, label: tuple[str, object] | None, b: Tabel, kb: str, deel: list[str]) -> list[Verband]:
    """For each value of the shared key: the whole is the sum of the parts."""
    groepen = []
    for t, k, teken, alleen in ((a, ka, 1.0, label), (b, kb, -1.0, None)):
        plek, per = [t.sleutel.index(s) for s in deel], defaultdict(list)
        for sleutel in map(_als_sleutel, t.waar.index):
            if alleen is None or sleutel[t.sleutel.index(alleen[0])] == alleen[1]:
                per[tuple(sleutel[p] for p in plek)].append(((t.naam, sleutel, k), teken))
        groepen.append(per)
    return [Verband((*groepen[0][g], *groepen[1][g])) for g in groepen[0].keys() & groepen[1].keys()]


def _als_sleutel(x: object) -> tuple:
    return x if isinstance(x, tuple) else (x,)


def aandelen(t: Tabel) -> list[Aandeel]:
    """Which columns are one count by another, in 95% of what is seen whole."""
    heel = [k for k in t.waar if _is_telling(t.waar[k])]
    uit = []
    for kolom in t.aandelen:
        half = _half(t.openbaar[kolom].dropna())
        for teller, noemer in itertools.permutations(heel, 2):
            s, a, b = (t.waar[k].astype(float) for k in (kolom, teller, noemer))
            gezien = (s > 0) & (a > 0) & (b > 0)
            if gezien.sum() < 30 or a[gezien].nunique() < 4 or b[gezien].nunique() < 4:
                continue
            s, a, b = s[gezien], a[gezien], b[gezien]
            factor = float((s * b / a).median())
            if (np.abs(s - factor * a / b) <= half + 1e-6 * s).mean() >= 0.95:
                uit.append(Aandeel(kolom, teller, noemer, factor, half))
    return uit


def _half(getoond: pd.Series) -> float:
    """Half of the last digit that is shown."""
    for cijfers in range(7):
        if np.allclose(getoond, getoond.round(cijfers), rtol=0, atol=1e-9):
            return 0.5 * 10**-cijfers
    return 1e-9


def uit_aandelen(t: Tabel, alle: list[Aandeel]) -> set[Cel]:
    """Withheld cells that a share that is shown opens, with the other count of it."""
    uit = set()
    for v in alle:
        if v.teller not in t.openbaar:
            continue
        for sleutel, rij in t.openbaar[t.openbaar[v.kolom].notna()].iterrows():
            weg, s = str(rij[MERK]).split(), float(rij[v.kolom])
            laag, hoog = max(s - v.half, 0), s + v.half
            # what is in no public table, such as inhabitants, stands elsewhere for everybody
            a, b = (np.nan if k in weg else t.waar.at[sleutel, k] for k in (v.teller, v.noemer))
            if v.teller in weg and pd.notna(b) and _is_open(laag * b / v.factor, hoog * b / v.factor):
                uit.add((t.naam, _als_sleutel(sleutel), v.teller))
            if v.noemer in weg and pd.notna(a) and laag > 0 and _is_open(v.factor * a / hoog, v.factor * a / laag):
                uit.add((t.naam, _als_sleutel(sleutel), v.noemer))
    return uit


class Stelsel:
    """What is withheld and how it hangs together. ``minst``: what a withheld cell of a table is at least, as the documentation says."""

    def __init__(self, tabellen: list[Tabel], alle: list[Verband]):
        self.waarde: dict[Cel, float] = {}
        self.waarheid: dict[Cel, float] = {}
        for t in tabellen:
            for k in t.tellingen:
                for sleutel, publiek, merk in zip(t.openbaar.index, t.openbaar[k], t.openbaar[MERK], strict=True):
                    cel = (t.naam, _als_sleutel(sleutel), k)
                    if pd.notna(publiek):
                        self.waarde[cel] = float(publiek)
                    elif k in str(merk).split() and pd.notna(t.waar.at[sleutel, k]):
                        self.waarheid[cel] = float(t.waar.at[sleutel, k])
        self.cellen = list(self.waarheid)
        self.nummer = {cel: n for n, cel in enumerate(self.cellen)}
        rijen, rechts = [], []
        for v in alle:
            onbekend = [(self.nummer[c], f) for c, f in v.factoren if c in self.nummer]
            if onbekend and all(c in self.nummer or c in self.waarde for c, _ in v.factoren):
                rijen.append(onbekend)
                rechts.append(-sum(f * self.waarde[c] for c, f in v.factoren if c in self.waarde))
        i = [n for n, rij in enumerate(rijen) for _ in rij]
        j, x = [c for rij in rijen for c, _ in rij], [f for rij in rijen for _, f in rij]
        self.a = sparse.csr_matrix((x, (i, j)), (len(rijen), len(self.cellen)))
        self.b = np.array(rechts)
        echt = np.array([self.waarheid[c] for c in self.cellen])
        klopt = np.abs(self.a @ echt - self.b) < 0.5  # a relation that does not hold here too is none
        self.a, self.b = self.a[klopt], self.b[klopt]
        laagst = pd.Series(echt).groupby([c[0] for c in self.cellen]).min().clip(upper=1)
        self.minst = np.array([laagst[c[0]] for c in self.cellen])
        _, self.deel = sparse.csgraph.connected_components(self.a.T @ self.a, directed=False)

    def grenzen(self, n: int) -> tuple[float, float]:
        """The lowest and highest value of a withheld cell."""
        mee = np.flatnonzero(self.deel == self.deel[n])
        a = self.a[:, mee]
        vol = np.flatnonzero(np.diff(a.indptr))
        if not len(vol):
            return float(self.minst[n]), np.inf
        doel = (mee == n).astype(float)
        uit = []
        for teken in (1, -1):
            los = linprog(
                teken * doel, A_eq=a[vol], b_eq=self.b[vol], bounds=[(m, None) for m in self.minst[mee]], method="highs"
            )
            uit.append(teken * los.fun if los.status == 0 else teken * -np.inf)
        return uit[0], uit[1]


def aanval(tabellen: list[Tabel], alle: list[Verband], hoeveel: int, zaad: int = 1) -> pd.DataFrame:
    """Per table how many cells are withheld, tried and opened, and how many of those are small."""
    stelsel = Stelsel(tabellen, alle)
    snel = stelsel.waarheid.keys() & {cel for t in tabellen for cel in uit_aandelen(t, aandelen(t))}
    loting, per_tabel = np.random.default_rng(zaad), defaultdict(list)
    for n, cel in enumerate(stelsel.cellen):
        per_tabel[cel[0]].append(n)
    uit = []
    for naam, nummers in per_tabel.items():
        gekozen = nummers if not hoeveel or len(nummers) <= hoeveel else loting.choice(nummers, hoeveel, replace=False)
        geopend = {stelsel.cellen[n] for n in gekozen if _is_open(*stelsel.grenzen(int(n)))}
        geopend |= {cel for cel in snel if cel[0] == naam}
        klein = sum(stelsel.waarheid[cel] < DREMPEL for cel in geopend)
        uit.append((naam, len(nummers), len(gekozen), len(geopend), klein))
    return pd.DataFrame(uit, columns=["tabel", "achtergehouden", "beproefd", "geopend", "waarvan klein"])


def _is_open(laag: float, hoog: float) -> bool:
    """Pinned down further than protection asks: it must be able to be small and not small, or to differ by the span."""
    dicht = laag <= DREMPEL - 1 + RUIM and hoog >= DREMPEL - RUIM
    return not dicht and hoog - laag < SPANWIJDTE - RUIM


def main(map_: Path, hoeveel: int, wie: list[str]) -> int:
    """Attacks a publication as the public and as each tafel, who has her own figures beside it; 1 where a cell is opened."""
    print(json.loads((map_ / "manifest.json").read_text(encoding="utf-8"))["publicatie"])
    waar, alle, mis = map_ / "landelijk" / "landelijk.duckdb", None, 0
    for lezer in wie or ["publiek", *sorted(p.name for p in map_.glob("ZK*"))]:
        tabellen = lees(waar, map_ / lezer / f"{lezer}.duckdb")
        alle = verbanden(tabellen) if alle is None else alle
        uitkomst = aanval(tabellen, alle, hoeveel)
        mis += int(uitkomst["geopend"].sum())
        print(f"\n{lezer}\n{uitkomst.to_string(index=False)}", flush=True)
    return int(mis > 0)


if __name__ == "__main__":
    kies = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kies.add_argument("--cellen", type=int, default=200, help="withheld cells drawn of each table; 0 is all")
    kies.add_argument("--lezer", action="append", default=[], help="publiek or a region; all of them when left out")
    kies.add_argument("map", nargs="?", type=Path, default=Instellingen().publicaties / "actueel")
    keuze = kies.parse_args()
    sys.exit(main(keuze.map, keuze.cellen, keuze.lezer))
