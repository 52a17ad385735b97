"""The figures that the screens show: which there are (seeds/metriek.csv), and all figures of one by month, region and cluster.

Belongs here: reading the list of metrics and selecting their figures. Nothing is added up or divided here: totals and changes
stand in the marts. Does not belong here: access (``gegevens``) and drawing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

import numpy as np
import pandas as pd

from pipelines.blokken import opmaak, waarom
from pipelines.blokken.cijfer import AFGESCHERMD, BEKEND, LEEG, ONBEKEND, TEKENS, WACHT_OP, Cijfer, afgeschermd, uitleg
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.opmaak import ALLE, LANDELIJK
from pipelines.fundament import seeds
from pipelines.fundament.maand import zonder_gaten
from pipelines.publicatie import beschrijving
from pipelines.publicatie.regels import TOTAAL

NIET_CRUCIAAL = "niet_cruciaal"
KWARTAAL = int(opmaak.norm("vergelijking_kwartaal_maanden"))


@dataclass(frozen=True)
class Metriek:
    """One row of seeds/metriek.csv. ``norm`` is the value of the norm named there; ``richting``: +1 when high is bad, -1 when low
    is, 0 for neither."""

    code: str
    naam: str
    mart: str
    bron: str
    kolom: str
    fase: str
    capaciteit_type: str
    optelling: str
    voorwaarde: str
    soort: str
    eenheid: str
    toeval: str
    basis: str
    norm: float | None
    normnaam: str
    richting: int
    per_kwartaal: bool
    omschrijving: str

    @property
    def filters(self) -> dict[str, str]:
        """Which rows of the mart hold it."""
        van = {"fase": self.fase, "capaciteit_type": self.capaciteit_type}
        return {kolom: waarde for kolom, waarde in van.items() if waarde}

    @property
    def heeft_totaal(self) -> bool:
        return self.optelling != "geen"

    @property
    def kolom_totaal(self) -> str:
        return f"{self.kolom}_som" if self.optelling == "tekort" else self.kolom

    def boven(self, c: Cijfer) -> bool:
        """Whether a figure is beyond its norm, or lacks what ought to be there."""
        if not c.bekend:
            return False
        return c.waarde > self.norm if self.norm is not None else self.optelling == "tekort" and c.waarde > 0

    def schrijf(self, x: float | None, kort: bool = False) -> str:
        if not opmaak.bekend(x):
            return TEKENS[LEEG]
        if self.soort == "aandeel":
            return opmaak.procent(x, 0 if kort else 1)
        if self.soort == "tekort" and x:
            return f"{opmaak.getal(abs(x))} {'te kort' if x > 0 else 'over'}"
        return opmaak.getal(x, 1 if self.soort in ("weken", "plaatsen") else 0)

    def schrijf_verschil(self, d: float) -> str:
        """A change, with its sign: of a share in percentage points."""
        if self.soort == "aandeel":
            return f"{opmaak.procentpunt(d)} procentpunt"
        return opmaak.verschil(d, 1 if self.soort in ("weken", "plaatsen") else 0)

    def definitie(self) -> str:
        return self.omschrijving or definitie(self.mart, self.kolom)


@cache
def alle_metrieken() -> dict[str, Metriek]:
    """Every metric by its code, also those that are part of another figure."""
    return {r["code"]: _metriek(r) for r in seeds.lees("metriek")}


@cache
def metrieken() -> dict[str, Metriek]:
    """The metrics to choose from, in the order of the seed."""
    return {r["code"]: alle_metrieken()[r["code"]] for r in seeds.lees("metriek") if r["keuze"] == "J"}


def _metriek(r: dict[str, str]) -> Metriek:
    velden = (
        "code",
        "naam",
        "mart",
        "bron",
        "kolom",
        "fase",
        "capaciteit_type",
        "optelling",
        "voorwaarde",
        "soort",
        "eenheid",
        "toeval",
        "basis",
    )
    norm = (
        opmaak.treeknorm_weken(r["fase"]) if r["norm"] == "treeknorm" else opmaak.norm(r["norm"]) if r["norm"] else None
    )
    return Metriek(
        *(r[v] for v in velden), norm, r["normnaam"], int(r["richting"]), r["per_kwartaal"] == "J", r["omschrijving"]
    )


def definitie(tabel: str, kolom: str | None = None) -> str:
    """The description of a mart or of a column of it, as it stands with the dbt model."""
    return opmaak.leesbaar(beschrijving.kolom(tabel, kolom) if kolom else beschrijving.tabel(tabel))


def van_gebied(g: Gegevens, mart: str, iza_regio: str, cluster: str, **gelijk: object) -> pd.DataFrame:
    """Rows of a mart for a region or the country, and a cluster or the six together: the totals where it is a total."""
    is_totaal = iza_regio == LANDELIJK or cluster == ALLE
    return g.tabel(f"{mart}{TOTAAL}" if is_totaal else mart, iza_regio=iza_regio, cluster=cluster, **gelijk)


SLEUTEL = ["maand", "iza_regio", "cluster"]
KOLOMMEN = [*SLEUTEL, "waarde", "toestand", "voorlopig", "regios_geleverd", "regios", "vanaf", "waarom"]


def cijfers(g: Gegevens, m: Metriek) -> pd.DataFrame:
    """All figures of a metric that ``g`` shows, of regions and clusters and of their totals, as ``KOLOMMEN``."""
    delen = [_selectie(g.tabel(m.mart, **m.filters), m, m.kolom)]
    if m.heeft_totaal:
        delen.append(_selectie(g.tabel(f"{m.mart}{TOTAAL}", **m.filters), m, m.kolom_totaal))
    uit = pd.concat(delen, ignore_index=True)
    # niet_cruciaal has waiting lists but is none of the six clusters
    uit = uit[uit["cluster"].isin([*opmaak.clusters(), ALLE])]
    # groups of categories are found many times faster than groups of text
    uit["iza_regio"] = pd.Categorical(uit["iza_regio"], [*opmaak.regios(), LANDELIJK])
    uit["cluster"] = pd.Categorical(uit["cluster"], [*opmaak.clusters(), ALLE])
    return uit.sort_values(SLEUTEL, ignore_index=True)


def _selectie(df: pd.DataFrame, m: Metriek, kolom: str) -> pd.DataFrame:
    """One column of a mart, or of its totals, with how well each figure is known."""
    if kolom not in df:
        return pd.DataFrame(columns=KOLOMMEN)
    is_totaal = "regios_geleverd" in df
    geleverd = df["regios_geleverd"] > 0 if is_totaal else df["geleverd"].astype("boolean").fillna(False)
    waarde = pd.to_numeric(df[kolom]).astype("Float64").astype(float)
    wacht = waarde.notna() & ~_geldt(m.voorwaarde, df)
    dicht = afgeschermd(df, kolom)
    toestand = np.select(
        [wacht, waarde.notna(), dicht, ~geleverd.astype(bool)],
        [WACHT_OP.get(m.voorwaarde, BEKEND), BEKEND, AFGESCHERMD, ONBEKEND],
        default=LEEG,
    )
    zegt_meer = (toestand == AFGESCHERMD) | (toestand == LEEG)
    return df[SLEUTEL].assign(
        waarde=waarde,
        toestand=toestand,
        voorlopig=df["status"] == "voorlopig" if "status" in df else False,
        regios_geleverd=df["regios_geleverd"] if is_totaal else None,
        regios=df["regios"] if is_totaal else None,
        vanaf=df["uitstroom_bepaald_vanaf"] if m.voorwaarde else None,
        waarom=waarom.redenen(df, m.mart, m.kolom, m.basis, dicht).where(zegt_meer, ""),
    )


def _geldt(voorwaarde: str, df: pd.DataFrame) -> pd.Series:
    """Per row whether the condition of the metric holds."""
    if not voorwaarde:
        return pd.Series(True, index=df.index)
    *niet, kolom = voorwaarde.split()
    waar = df[kolom].astype("boolean").fillna(False).astype(bool)
    return ~waar if niet else waar


class Stand:
    """All figures of one metric for one user, by month, region and cluster."""

    def __init__(
        self,
        m: Metriek,
        df: pd.DataFrame,
        veranderingen: pd.DataFrame,
        zonder_rij: Callable[[str, str], tuple[str, str]],
    ):
        """``zonder_rij``: the state of a region and cluster without a row, and why."""
        self.metriek, self._zonder_rij = m, zonder_rij
        dagen = [d.date() for d in pd.to_datetime(df["maand"].unique())]
        plek = pd.Index(df["maand"].unique()).get_indexer(df["maand"])
        self._maand = [dagen[i] for i in plek]
        self._maanden = zonder_gaten(dagen, len(self._maand))
        self._kolom = {k: df[k].tolist() for k in KOLOMMEN[len(SLEUTEL) :]}
        self._rijen = df.groupby(["iza_regio", "cluster"], observed=True).indices
        self._clusters = set(df["cluster"])
        self._van: dict[tuple[str, str], list[Cijfer]] = {}
        self._verschil = {
            (pd.Timestamp(r.maand).date(), r.iza_regio, r.cluster): (r.verschil, r.regios)
            for r in veranderingen.itertuples()
        }

    def _alle(self, iza_regio: str, cluster: str) -> list[Cijfer]:
        """Made when asked for: of the thousands of figures of a metric a page shows few."""
        sleutel = (iza_regio, cluster)
        if sleutel not in self._van:
            self._van[sleutel] = [self._cijfer(i) for i in self._rijen.get(sleutel, ())]
        return self._van[sleutel]

    def _cijfer(self, i: int) -> Cijfer:
        k = self._kolom
        bekend = k["toestand"][i] == BEKEND
        regios = None if pd.isna(k["regios"][i]) else (int(k["regios_geleverd"][i]), int(k["regios"][i]))
        vanaf = None if pd.isna(k["vanaf"][i]) else pd.Timestamp(k["vanaf"][i]).date()
        waarde = k["waarde"][i] if bekend else None
        return Cijfer(waarde, k["toestand"][i], bool(k["voorlopig"][i]), self._maand[i], regios, vanaf, k["waarom"][i])

    def reeks(self, iza_regio: str, cluster: str, tot: date | None = None, maanden: int = 24) -> list[Cijfer]:
        """By month, up to and including ``tot``, the last ``maanden`` of them; a month without a row is a gap, not left out."""
        van = {c.maand: c for c in self._alle(iza_regio, cluster)}
        eigen = [m for m in self._maanden if van and m >= min(van) and (tot is None or m <= tot)][-maanden:]
        return [van.get(m) or self.bij(m, iza_regio, cluster) for m in eigen]

    def bij(self, maand: date, iza_regio: str, cluster: str) -> Cijfer:
        """Where there is no row, nothing was delivered or nothing may be seen; a cluster without any row does not know the figure."""
        for c in reversed(self._alle(iza_regio, cluster)):
            if c.maand == maand:
                return c
        if self._clusters and cluster not in self._clusters:
            wat = "over de clusters samen" if cluster == ALLE else "voor dit cluster"
            leeg = f"niet van toepassing: dit cijfer is er niet {wat}"
            return Cijfer(None, LEEG, False, maand, waarom=leeg)
        toestand, reden = self._zonder_rij(iza_regio, cluster)
        return Cijfer(None, toestand, False, maand, waarom=reden)

    def verandering(self, maand: date, iza_regio: str, cluster: str) -> float | None:
        """Against three months before, over the same regions and suppliers at both ends; None where that cannot be said."""
        return self._verschil.get((maand, iza_regio, cluster), (None, None))[0]

    def zelfde_regios(self, maand: date, iza_regio: str, cluster: str) -> int | None:
        """How many regions that change rests on."""
        return self._verschil.get((maand, iza_regio, cluster), (None, None))[1]

    def schrijf(self, x: float) -> str:
        return self.metriek.schrijf(x)

    def regel(self, maand: date, iza_regio: str, cluster: str) -> dict[str, object]:
        """A figure as a row of a download, in words."""
        c = self.bij(maand, iza_regio, cluster)
        return {
            "Maand": pd.Timestamp(maand),
            "Regio": opmaak.regio(iza_regio),
            "Cluster": opmaak.cluster(cluster),
            "Cijfer": self.metriek.naam,
            "Waarde": c.waarde,
            "Eenheid": self.metriek.eenheid,
            "Toestand": uitleg(c),
            "Voorlopig": c.voorlopig,
            "Regio's": c.van_regios(),
        }


def zonder_rij(g: Gegevens, m: Metriek, iza_regio: str, cluster: str) -> tuple[str, str]:
    """Why there is no row: what a user may see all of was not delivered, the rest is not for this user."""
    if g.wie.ziet_alles or iza_regio == g.wie.iza_regio:
        return ONBEKEND, ""
    is_totaal = iza_regio == LANDELIJK or cluster == ALLE
    return AFGESCHERMD, waarom.niet_openbaar(m.mart, m.kolom, is_totaal, g.bron.publicatie is not None)


def waarom_niets(g: Gegevens, tabel: str, gebied: str, maand: date) -> str:
    """The same as a sentence, for a table without any row."""
    if not (g.wie.ziet_alles or gebied == g.wie.iza_regio):
        wat = "het land" if gebied == LANDELIJK else opmaak.regio(gebied)
        uit = waarom.besluitreden(tabel)
        reden = f" De reden: {uit}." if uit else ""
        return (
            f"Dit is niet openbaar: van {wat} ziet uw rol alleen de openbare versie, en daar staat het niet in.{reden}"
        )
    if not g.heeft(tabel):
        return f"Dit staat niet in {g.bron.omschrijving()}; de volgende verwerking zet het erin."
    return f"Over {opmaak.maand(maand)} is van {opmaak.regio(gebied)} niets geleverd."


@lru_cache(maxsize=512)
def stand(g: Gegevens, code: str) -> Stand:
    m = metrieken()[code]
    veranderingen = g.tabel("verandering", code=code, maanden_terug=KWARTAAL)
    return Stand(m, cijfers(g, m), veranderingen, lambda regio, cluster: zonder_rij(g, m, regio, cluster))


@lru_cache(maxsize=64)
def maanden(g: Gegevens) -> list[date]:
    """The months of the figures, from first to last."""
    df = g.tabel("stroom_maand")
    return [] if df.empty else [m.date() for m in sorted(pd.to_datetime(df["maand"]).unique())]


WIJZERS = ("instroom", "bezetting_bedden", "wachtplekken")
"""One metric of each source: a month of which none is known has nothing to show."""


STROOM = ("instroom", "uitstroom")


def is_vast(g: Gegevens, maand: date, iza_regio: str, codes: Sequence[str]) -> bool:
    """Whether the figures of a month are all known and final."""
    gevonden = [stand(g, code).bij(maand, iza_regio, ALLE) for code in codes]
    return all(c.bekend and not c.voorlopig for c in gevonden)


def eerste_keus(g: Gegevens, iza_regio: str, codes: Sequence[str] = STROOM) -> date | None:
    """The month to open with: the newest of which what is shown is final, else the newest of which something is known.

    Of a region of which nothing final is seen, the month of the country counts, and then that of the reader's own region.
    """
    gebieden = (iza_regio, LANDELIJK, g.wie.iza_regio)
    vast = (m for gebied in gebieden for m in reversed(maanden(g)) if is_vast(g, m, gebied, codes))
    return next(vast, None) or laatste_maand(g, iza_regio)


def heeft_cijfers(g: Gegevens, maand: date, iza_regio: str) -> bool:
    return any(stand(g, code).bij(maand, iza_regio, ALLE).bekend for code in WIJZERS)


def laatste_maand(g: Gegevens, iza_regio: str) -> date | None:
    """The newest month of which something is known for a region, else the newest of all."""
    alle = maanden(g)
    return next((m for m in reversed(alle) if heeft_cijfers(g, m, iza_regio)), alle[-1] if alle else None)
