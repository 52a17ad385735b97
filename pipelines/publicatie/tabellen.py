"""Tables to publish, marts and their totals, as a system of cells for disclosure control.

Belongs here: translating the relations that every reader knows (totals, publicatie_verband.csv) into equations. Does not belong
here: the totals themselves (marts `<naam>_totaal`), and what is withheld.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy import sparse

from pipelines.publicatie.onthulling.stelsel import Stelsel
from pipelines.publicatie.regels import TOEN, Regels, Tabel, Verband

TOENAME = "toename van"
"""How the audit names a difference between two published cells; no column begins so."""


@dataclass(frozen=True)
class Stand:
    """One table in one publication: the true figures with totals, and the same rows as the public sees them. ``basis``: the
    other tables of that publication that its verbanden name. ``audit``: the withheld cells that its proof was about (sleutel, kolom);
    what is withheld and not in there went whole (``vervallen``), so that no reader knows of how many parts a figure is made."""

    waar: pd.DataFrame
    openbaar: pd.DataFrame
    basis: Mapping[str, "Stand"] = field(default_factory=dict)
    audit: pd.DataFrame | None = None

    def met(self, kolommen: list[str]) -> "Stand":
        """Also with columns that were not published then: unknown, and nothing to compare with."""
        waar, openbaar = (
            df.reindex(columns=df.columns.union(kolommen, sort=False)) for df in (self.waar, self.openbaar)
        )
        return Stand(waar, openbaar, self.basis, self.audit)

    def vervallen(self, tabel: Tabel) -> np.ndarray | None:
        """Per row and counted column: withheld without a proof; None where that is not known."""
        if self.audit is None:
            return None
        sleutel, kolommen = pd.Series(sleutels(self.waar, tabel)), tabel.van_soort("telling")
        weg = (self.openbaar[kolommen].isna() & self.waar[kolommen].notna()).to_numpy(bool, copy=True)
        for nummer, kolom in enumerate(kolommen):
            weg[:, nummer] &= ~sleutel.isin(self.audit.loc[self.audit["kolom"] == kolom, "sleutel"]).to_numpy()
        return weg

    def is_achtergehouden(self, kolom: str) -> np.ndarray:
        """Per row."""
        return self.openbaar["onderdrukte_kolommen"].fillna("").str.split().map(lambda weg: kolom in weg).to_numpy(bool)


def sleutels(df: pd.DataFrame, tabel: Tabel) -> np.ndarray:
    """Per row its key as one text, parts joined by `|`; a date as jjjj-mm-dd, nothing where a part is empty."""
    delen = [df[s].astype(str).where(df[s].notna(), "") for s in tabel.sleutel]
    return delen[0].str.cat(delen[1:], sep="|").to_numpy(object)


class Cellen:
    """Cell numbers of one table (rows x counted columns, -1 where NULL), and its relations as a sparse matrix."""

    def __init__(
        self,
        tabel: Tabel,
        df: pd.DataFrame,
        regels: Regels,
        klein: int = 0,
        basis: Mapping[str, Stand] | None = None,
        vervallen: np.ndarray | None = None,
    ):
        """``df``: the mart, followed by its totals, index 0 .. n-1.

        ``klein``: also the differences below it that nobody publishes but a reader can take (the relation `toename`). They stand
        after the cells of the table, of which there are ``echt``, and so do figures of ``basis`` that its cells are parts of:
        those are ``bekend``. What is part of a figure that is withheld there is no cell but ``vervallen``: it goes whole, with
        what is given here to go (rows x counted columns).
        """
        self.tabel, self.df, self.regels, self.basis = tabel, df, regels, basis or {}
        self.tellingen = tabel.van_soort("telling")
        self.koppelingen = {v: self._koppel(v) for v in tabel.verbanden if v.andere_tabel in self.basis}
        waarden = df[self.tellingen].to_numpy(float, na_value=np.nan)
        vervalt = self._verval(waarden)
        self.vervallen = ~np.isnan(waarden) & self._sleep_mee(vervalt if vervallen is None else vervalt | vervallen)
        waarden = np.where(self.vervallen, np.nan, waarden)
        self.nummer = np.full(waarden.shape, -1)
        self.nummer[~np.isnan(waarden)] = np.arange((~np.isnan(waarden)).sum())
        self.rij, self.kolom = np.nonzero(~np.isnan(waarden))
        self.waarde = waarden[self.rij, self.kolom]
        self.echt, self.klein = len(self.waarde), klein
        self.erbij: list[tuple[int, str, str]] = []  # row, table and column of each cell after ``echt``
        self.tripletten = {"gelijk": [], "hoogstens": []}
        self.aantal = {"gelijk": 0, "hoogstens": 0}
        self.sommen = [np.array([], int)]
        self._verbind()

    def stelsel(self) -> Stelsel:
        df, t = self.df, self.tabel
        kosten = np.ones(len(df))
        for dimensie in t.totalen:
            for totaal in self.regels.totalen[dimensie]:
                kosten = np.where(df[dimensie] == totaal.waarde, kosten * totaal.kosten, kosten)
        sleutel = sleutels(df, t)
        maand = pd.to_datetime(df[t.sleutel[0]])
        regio = df[t.eigen_regio[0]].to_numpy() if t.eigen_regio else np.full(len(df), "")
        regio = np.where(regio == self.regels.totalen["iza_regio"][0].waarde, "", regio)
        rij = np.r_[self.rij, np.array([r for r, _, _ in self.erbij], int)]
        cel = pd.DataFrame(
            {
                "tabel": [t.naam] * self.echt + [tabel for _, tabel, _ in self.erbij],
                "sleutel": sleutel[rij],
                "kolom": [*np.array(self.tellingen, object)[self.kolom], *(naam for *_, naam in self.erbij)],
                "waarde": self.waarde,
                "maand": (maand.dt.year * 12 + maand.dt.month).to_numpy()[rij],
                "regio": regio[rij],
                "kosten": kosten[rij],
            }
        )
        return Stelsel(cel, self._matrix("gelijk"), self._matrix("hoogstens"), np.concatenate(self.sommen))

    @property
    def bekend(self) -> np.ndarray:
        """Per cell: a figure of another table, that is shown there."""
        return np.r_[np.zeros(self.echt, bool), [tabel != self.tabel.naam for _, tabel, _ in self.erbij]].astype(bool)

    def _matrix(self, soort: str) -> sparse.csr_matrix:
        delen = self.tripletten[soort]
        vorm = (self.aantal[soort], len(self.waarde))
        if not delen:
            return sparse.csr_matrix(vorm)
        rij, cel, factor = (np.concatenate(x) for x in zip(*delen, strict=True))
        return sparse.csr_matrix((factor, (rij, cel)), shape=vorm)

    def _voeg_toe(self, soort: str, groep: np.ndarray, cel: np.ndarray, factor: np.ndarray) -> None:
        """Relations, one per value of ``groep``: sum of factor * cell is 0 (or at most 0)."""
        nummer, uniek = pd.factorize(groep)
        self.tripletten[soort].append((nummer + self.aantal[soort], cel, np.asarray(factor, float)))
        self.aantal[soort] += len(uniek)

    def _van(self, kolom: str) -> np.ndarray:
        if kolom.endswith(TOEN):
            return self._eerder(kolom.removesuffix(TOEN), "maand", 1)
        return self.nummer[:, self.tellingen.index(kolom)]

    def _verbind(self) -> None:
        for dimensie in self.tabel.totalen:
            for totaal in self.regels.totalen[dimensie]:
                for kolom in self.tabel.kolommen:
                    if kolom.totaal and kolom.soort == "telling":
                        self._optelling(dimensie, totaal.waarde, totaal.delen, kolom.naam)
        for v in self.tabel.verbanden:
            soort, *label = v.soort.split()
            if v.andere_tabel:
                if v.telt_op and v in self.koppelingen:
                    self._deel_van(v)
            elif soort == "rij":
                self._rijverband("gelijk", v)
            elif soort == "hoogstens":
                self._rijverband("hoogstens", v)
            elif soort == "vorige_maand":
                self._vorige_maand(v.links, v.rechts)
            elif soort == "toename":
                self._toename(v.links, v.rechts)
            elif soort == "verenigd":
                self._vereniging(*label, v.rechts.split(), v.links)
            elif label:
                self._optelling(soort, label[0], v.rechts.split(), v.links, v.gevonden)
            else:
                raise ValueError(f"publicatie_verband.csv: onbekende soort {v.soort!r} bij {self.tabel.naam}")

    def _optelling(self, dimensie: str, totaal: str, delen: Sequence[str], kolom: str, gevonden: bool = False) -> None:
        """The cell where ``dimensie`` is ``totaal`` is the sum of those of ``delen`` (none: of all other values), all else equal."""
        nummer = self._van(kolom)
        rest = [s for s in self.tabel.sleutel if s != dimensie]
        groep = self.df.groupby(rest, sort=False, dropna=False).ngroup().to_numpy()
        is_totaal = (self.df[dimensie] == totaal).to_numpy() & (nummer >= 0)
        is_deel = (self.df[dimensie].isin(delen) if delen else self.df[dimensie] != totaal).to_numpy() & (nummer >= 0)
        is_deel &= np.isin(groep, groep[is_totaal])
        if gevonden:
            waarde = np.where(is_totaal | is_deel, self.waarde[nummer], 0) * np.where(is_totaal, 1, -1)
            mis = np.abs(np.bincount(groep, waarde)) > 1e-6
            is_totaal, is_deel = is_totaal & ~mis[groep], is_deel & ~mis[groep]
        waar = np.flatnonzero(is_totaal | is_deel)
        eerste = self.aantal["gelijk"]
        self._voeg_toe("gelijk", groep[waar], nummer[waar], np.where(is_totaal[waar], 1, -1))
        self.sommen.append(np.arange(eerste, self.aantal["gelijk"]))

    def _vereniging(self, dimensie: str, totaal: str, delen: list[str], kolom: str) -> None:
        """The cell where ``dimensie`` is ``totaal`` is at least each of ``delen`` and at most all of them together, all else equal."""
        rest = [s for s in self.tabel.sleutel if s != dimensie]
        lijst = self.df[rest].assign(waarde=self.df[dimensie], cel=self._van(kolom))
        breed = lijst[lijst["waarde"].isin([totaal, *delen]) & (lijst["cel"] >= 0)].pivot(
            index=rest, columns="waarde", values="cel"
        )
        nummers = breed.dropna().reindex(columns=[totaal, *delen]).dropna(axis=1).astype(int)
        if nummers.shape[1] <= len(delen):
            return
        n, (geheel, *stukken) = len(nummers), nummers.to_numpy().T
        for stuk in stukken:
            self._voeg_toe("hoogstens", np.tile(np.arange(n), 2), np.r_[stuk, geheel], np.repeat([1.0, -1.0], n))
        factoren = np.repeat([1.0] + [-1.0] * len(stukken), n)
        self._voeg_toe(
            "hoogstens", np.tile(np.arange(n), 1 + len(stukken)), np.concatenate([geheel, *stukken]), factoren
        )

    def _rijverband(self, soort: str, v: Verband) -> None:
        """``links`` = (or <=) a sum of columns of the same row, or of the month before it, where all of them are known."""
        termen = [(v.links, 1.0), *termen_van(v.rechts)]
        # of a total with the month before that only follows, where the same regions delivered
        if any(naam.endswith(TOEN) or self._zonder_totaal(naam) for naam, _ in termen):
            rijen = ~self._is_totaalrij()
        else:
            rijen = np.ones(len(self.df), bool)
        nummers = np.column_stack([self._van(naam) for naam, _ in termen])
        rijen = np.flatnonzero(rijen & (nummers >= 0).all(axis=1))
        if v.gevonden:
            rest = self.waarde[nummers[rijen]] @ np.array([factor for _, factor in termen])
            rijen = rijen[(np.abs(rest) if soort == "gelijk" else rest) <= 1e-6]
        for i, (_, factor) in enumerate(termen):
            self.tripletten[soort].append(
                (np.arange(len(rijen)) + self.aantal[soort], nummers[rijen, i], np.full(len(rijen), factor))
            )
        self.aantal[soort] += len(rijen)

    def _zonder_totaal(self, kolom: str) -> bool:
        return not next(k for k in self.tabel.kolommen if k.naam == kolom).totaal

    def _is_totaalrij(self) -> np.ndarray:
        waar = np.zeros(len(self.df), bool)
        for d in self.tabel.totalen:
            waar |= self.df[d].isin([totaal.waarde for totaal in self.regels.totalen[d]]).to_numpy()
        return waar

    def _toename(self, kolom: str, langs: str) -> None:
        """What a figure that only grows gained since the step before along ``langs`` is a count too, which nobody may read off."""
        vorige, nu = self._eerder(kolom, langs, 1), self._van(kolom)
        paar = np.flatnonzero((vorige >= 0) & (nu >= 0))
        groei = self.waarde[nu[paar]] - self.waarde[vorige[paar]]
        smal = (groei > 0) & (groei < self.klein)
        paar, groei = paar[smal], groei[smal]
        if not len(paar):
            return
        nieuw = len(self.waarde) + np.arange(len(paar))
        self.erbij += [(int(rij), self.tabel.naam, f"{TOENAME} {kolom}") for rij in paar]
        self.waarde = np.r_[self.waarde, groei]
        n = np.arange(len(paar))
        self._voeg_toe(
            "gelijk", np.tile(n, 3), np.r_[nu[paar], vorige[paar], nieuw], np.repeat([1.0, -1.0, -1.0], len(n))
        )

    def _koppel(self, v: Verband) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Rows that give parts of the same figure of the other table: per row the number of its group, and per group whether that
        figure is withheld there and what it is (NaN where unknown)."""
        ander, opties, kolommen = self.basis[v.andere_tabel], dict(v.opties), v.rechts.split()
        maanden = int(opties.pop("venster", 1))
        rechts = ander.waar[[*self.regels.tabellen[v.andere_tabel].sleutel]].assign(
            weg=np.logical_or.reduce([ander.is_achtergehouden(k) for k in kolommen]),
            waarde=ander.waar[kolommen].astype(float).sum(axis=1, min_count=1),
            maand=pd.to_datetime(ander.waar["maand"]),
        )
        for kolom, waarde in opties.items():
            rechts = rechts[rechts[kolom] == waarde].drop(columns=kolom)
        rechts = pd.concat(rechts.assign(maand=rechts["maand"] + pd.DateOffset(months=n)) for n in range(maanden))
        samen = [s for s in self.tabel.sleutel if s in rechts.columns]
        links = self.df[samen].assign(maand=pd.to_datetime(self.df["maand"]))
        groep = links.groupby(samen, sort=False).ngroup().to_numpy()
        paren = links.assign(groep=groep).drop_duplicates("groep").merge(rechts, on=samen)
        per_groep = paren.groupby("groep").agg(weg=("weg", "any"), waarde=("waarde", lambda w: w.sum(min_count=1)))
        per_groep = per_groep.reindex(range(groep.max(initial=-1) + 1))
        return groep, per_groep["weg"].eq(True).to_numpy(), per_groep["waarde"].to_numpy(float)

    def _verval(self, waarden: np.ndarray) -> np.ndarray:
        """Per row and counted column: part of a figure that is withheld in another table, or that its parts do not add up to."""
        vervalt = np.zeros(waarden.shape, bool)
        for v, (groep, weg, hoort) in self.koppelingen.items():
            for kolom in map(self.tellingen.index, v.links.split()):
                som = np.bincount(groep, np.nan_to_num(waarden[:, kolom]), len(hoort))
                klopt = np.isnan(hoort) | (np.abs(hoort - som) < 1e-6) | (not v.telt_op)
                vervalt[:, kolom] |= (weg | ~klopt)[groep]
        return vervalt

    def _sleep_mee(self, vervalt: np.ndarray) -> np.ndarray:
        """All that goes with it: the other parts of the same figure, and what stands in a relation with it in the same row."""
        rijen = [
            [
                self.tellingen.index(k)
                for k in (v.links, *(naam for naam, _ in termen_van(v.rechts)))
                if not k.endswith(TOEN)
            ]
            for v in self.tabel.verbanden
            if v.soort in ("rij", "hoogstens")
        ]
        delen = [(self.tellingen.index(v.links), groep) for v, (groep, *_) in self.koppelingen.items() if v.telt_op]
        voor = -1
        while (nu := int(vervalt.sum())) > voor:
            voor = nu
            for kolommen in rijen:
                vervalt[np.ix_(vervalt[:, kolommen].any(axis=1), kolommen)] = True
            for kolom, groep in delen:
                vervalt[np.isin(groep, groep[vervalt[:, kolom]]), kolom] = True
        return vervalt

    def _deel_van(self, v: Verband) -> None:
        """The cells of ``v.links`` in a group add up to a figure of the other table."""
        groep, _, hoort = self.koppelingen[v]
        nummer = self._van(v.links)
        rijen = np.flatnonzero((nummer >= 0) & ~np.isnan(hoort[groep]))
        if not len(rijen):
            return
        groepen, eerste = np.unique(groep[rijen], return_index=True)
        nieuw = len(self.waarde) + np.arange(len(groepen))
        self.erbij += [(int(rij), v.andere_tabel, v.rechts) for rij in rijen[eerste]]
        self.waarde = np.r_[self.waarde, hoort[groepen]]
        self._voeg_toe(
            "gelijk",
            np.r_[groep[rijen], groepen],
            np.r_[nummer[rijen], nieuw],
            np.r_[np.full(len(rijen), -1.0), np.ones(len(groepen))],
        )

    def _eerder(self, kolom: str, langs: str, maanden: int) -> np.ndarray:
        """Per row the cell of ``kolom`` in the row that is ``maanden`` earlier along the date ``langs``, all else equal; -1 without."""
        rest = [s for s in self.tabel.sleutel if s != langs]
        maand = pd.to_datetime(self.df[langs])
        nu = self.df[rest].assign(stap=maand.dt.year * 12 + maand.dt.month)
        toen = nu.assign(stap=nu["stap"] + maanden, cel=self._van(kolom))
        return nu.merge(toen, on=[*rest, "stap"], how="left")["cel"].fillna(-1).astype(int).to_numpy()

    def _vorige_maand(self, nu: str, toen: str) -> None:
        """``nu`` of a month is ``toen`` of the month before; for totals that only follows, where the same regions delivered."""
        rest = [s for s in self.tabel.sleutel if s != "maand"]
        maand = pd.to_datetime(self.df["maand"])
        links = self.df[rest].assign(maand=maand.dt.year * 12 + maand.dt.month, cel=self._van(nu))
        rechts = links.assign(maand=links["maand"] + 1, cel=self._van(toen))
        paar = links[~self._is_totaalrij() & (links["cel"] >= 0)].merge(
            rechts[rechts["cel"] >= 0], on=[*rest, "maand"], suffixes=("", "_toen")
        )
        n = np.arange(len(paar))
        self._voeg_toe(
            "gelijk",
            np.r_[n, n],
            np.r_[paar["cel"].to_numpy(), paar["cel_toen"].to_numpy()],
            np.r_[np.ones(len(n)), -np.ones(len(n))],
        )


def termen_van(som: str) -> list[tuple[str, float]]:
    """The columns of a sum such as `a + b - c`, brought to the other side of the equation: each with its factor."""
    woorden = som.split()
    return [
        (naam, 1.0 if teken == "-" else -1.0) for teken, naam in zip(["+", *woorden[1::2]], woorden[::2], strict=True)
    ]
