"""The figures that the screens show: where each stands, how it adds up, how it reads, and how well it is known.

Belongs here: the list of metrics, and all figures of one by month, region and cluster. Does not belong here: access
(``gegevens``), drawing, and definitions, which come from the descriptions of the dbt models.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

import numpy as np
import pandas as pd

from pipelines.publicatie import beschrijving
from pipelines.scherm import opmaak
from pipelines.scherm.cijfer import AFGESCHERMD, BEKEND, LEEG, ONBEKEND, TEKENS, TOESTANDEN, Cijfer, afgeschermd
from pipelines.scherm.gegevens import TOTAAL, Gegevens
from pipelines.scherm.opmaak import ALLE, LANDELIJK

NIET_CRUCIAAL = "niet_cruciaal"


@dataclass(frozen=True)
class Metriek:
    """One column of a mart. ``teller`` and ``noemer``: how a share or mean adds up over regions and clusters; without them
    the column itself is summed, where ``optelbaar``. ``ongunstig``: +1 when high is bad, -1 when low is, 0 for neither."""

    code: str
    naam: str
    tabel: str
    kolom: str
    soort: str = "aantal"  # aantal, aandeel, weken
    eenheid: str = ""
    teller: str | None = None
    noemer: str | None = None
    fase: str | None = None
    optelbaar: bool = True
    tekort: bool = False
    ongunstig: int = 0
    norm: float | None = None
    normnaam: str = ""

    @property
    def delen(self) -> tuple[str, ...]:
        """The columns whose product is summed."""
        return tuple((self.teller or self.kolom).split("*"))

    def schrijf(self, x: float | None, kort: bool = False) -> str:
        if not opmaak.bekend(x):
            return TEKENS[LEEG]
        if self.soort == "aandeel":
            return opmaak.procent(x, 0 if kort else 1)
        return opmaak.getal(x, 1 if self.soort in ("weken", "plaatsen") else 0)

    def definitie(self) -> str:
        return definitie(self.tabel, self.kolom)


@cache
def metrieken() -> dict[str, Metriek]:
    norm, weken = opmaak.norm, opmaak.treeknorm_weken
    wacht = {"tabel": "wachttijd_maand", "fase": "totaal"}
    lijst = [
        Metriek(
            "bezettingsgraad",
            "Bezetting",
            "capaciteit_maand",
            "bezettingsgraad",
            "aandeel",
            "van de beschikbare dagen",
            "bezette_dagen",
            "beschikbare_dagen",
            ongunstig=1,
            norm=norm("bezettingsnorm"),
            normnaam="norm",
        ),
        Metriek("instroom", "Instroom", "stroom_maand", "instroom", eenheid="episodes"),
        Metriek("doorstroom_in", "Doorstroom in", "stroom_maand", "doorstroom_in", eenheid="episodes"),
        Metriek("doorstroom_uit", "Doorstroom uit", "stroom_maand", "doorstroom_uit", eenheid="episodes"),
        Metriek("uitstroom", "Uitstroom", "stroom_maand", "uitstroom", eenheid="episodes"),
        Metriek("stand_eind", "Stand einde maand", "stroom_maand", "stand_eind", eenheid="episodes"),
        Metriek("wachtplekken", "Wachtplekken", kolom="wachtplekken", eenheid="wachtplekken", ongunstig=1, **wacht),
        Metriek(
            "boven_treeknorm", "Boven Treeknorm", kolom="boven_treeknorm", eenheid="wachtplekken", ongunstig=1, **wacht
        ),
        Metriek(
            "aandeel_boven_treeknorm",
            "Aandeel boven Treeknorm",
            kolom="aandeel_boven_treeknorm",
            soort="aandeel",
            eenheid="van de wachtplekken",
            teller="boven_treeknorm",
            noemer="wachtplekken",
            ongunstig=1,
            **wacht,
        ),
        Metriek(
            "gemiddeld_weken",
            "Gemiddelde wachttijd",
            kolom="gemiddeld_weken",
            soort="weken",
            eenheid="weken",
            teller="gemiddeld_weken*wachtplekken",
            noemer="wachtplekken",
            ongunstig=1,
            norm=norm("doelwachttijd_weken"),
            normnaam="IZA-doel",
            **wacht,
        ),
        Metriek(
            "mediaan_weken",
            "Mediane wachttijd",
            kolom="mediaan_weken",
            soort="weken",
            eenheid="weken",
            optelbaar=False,
            ongunstig=1,
            norm=weken("totaal"),
            normnaam="Treeknorm",
            **wacht,
        ),
        Metriek(
            "extra_capaciteit_per_week",
            "Extra starts per week nodig",
            kolom="extra_capaciteit_per_week",
            soort="plaatsen",
            eenheid="starts per week",
            ongunstig=1,
            **wacht,
        ),
        Metriek(
            "uitgestelde_dagen",
            "Uitgestelde dagen",
            "capaciteit_maand",
            "uitgestelde_dagen",
            eenheid="dagen",
            ongunstig=1,
        ),
        Metriek(
            "aandeel_uitgesteld",
            "Aandeel uitgestelde dagen",
            "capaciteit_maand",
            "aandeel_uitgesteld",
            "aandeel",
            "van de bezette dagen",
            "uitgestelde_dagen",
            "bezette_dagen",
            ongunstig=1,
        ),
        Metriek(
            "vrij_te_spelen",
            "Vrij te spelen plaatsen",
            "capaciteit_maand",
            "vrij_te_spelen",
            "plaatsen",
            "plaatsen",
            ongunstig=1,
        ),
        Metriek("operationeel", "Operationele plaatsen", "capaciteit_maand", "operationeel", eenheid="plaatsen"),
        Metriek(
            "gesloten_personeel",
            "Gesloten door personeelstekort",
            "capaciteit_maand",
            "gesloten_personeel",
            eenheid="plaatsen",
            ongunstig=1,
        ),
        Metriek("benodigd_erlang", "Benodigde plaatsen", "benodigde_capaciteit", "benodigd_erlang", eenheid="plaatsen"),
        Metriek("tekort", "Tekort", "benodigde_capaciteit", "tekort", eenheid="plaatsen", tekort=True, ongunstig=1),
        Metriek(
            "kans_vol",
            "Kans op een vol cluster",
            "benodigde_capaciteit",
            "kans_vol",
            "aandeel",
            "kans",
            optelbaar=False,
            ongunstig=1,
            norm=norm("blokkeringsnorm"),
            normnaam="norm",
        ),
    ]
    return {m.code: m for m in lijst}


def definitie(tabel: str, kolom: str | None = None) -> str:
    """The description of a mart or of a column of it, as it stands with the dbt model."""
    return opmaak.leesbaar(beschrijving.kolom(tabel, kolom) if kolom else beschrijving.tabel(tabel))


def cijfers(g: Gegevens, m: Metriek) -> pd.DataFrame:
    """All figures of a metric that ``g`` shows: maand, iza_regio, cluster, waarde, toestand, voorlopig, regios.

    With the rows `alle` (over the clusters) and, for who sees every region, `NL`. ``regios``: how many regions delivered the
    figure of NL. Shortages add up where they are above zero: a surplus elsewhere takes no shortage away.
    """
    df = _rijen(g, m)
    if df.empty:
        return pd.DataFrame(columns=[*SLEUTEL, "waarde", "toestand", "voorlopig", "regios"])
    # niet_cruciaal has waiting lists but is none of the six clusters
    df = df[df["cluster"].isin([*opmaak.clusters(), ALLE]) & df["iza_regio"].isin([*opmaak.regios(), LANDELIJK])]
    delen = _cellen(m, df)
    # groups of categories are found many times faster than groups of text
    delen["iza_regio"] = pd.Categorical(delen["iza_regio"], [*opmaak.regios(), LANDELIJK])
    delen["cluster"] = pd.Categorical(delen["cluster"], [*opmaak.clusters(), ALLE])
    if delen.duplicated(SLEUTEL).any():
        delen = _som(delen, SLEUTEL, regios="max")
    if not m.optelbaar:
        return _uitkomst(m, delen)
    if g.wie.ziet_alles and not (delen["iza_regio"] == LANDELIJK).any():
        delen = pd.concat([delen, _tel_op(m, delen, "iza_regio", LANDELIJK)], ignore_index=True)
    met_totaal = set(delen.loc[delen["cluster"] == ALLE, "iza_regio"])
    zonder = delen[~delen["iza_regio"].isin(met_totaal)]
    if len(zonder):
        delen = pd.concat([delen, _tel_op(m, zonder, "cluster", ALLE)], ignore_index=True)
    return _uitkomst(m, delen)


SLEUTEL = ["maand", "iza_regio", "cluster"]


def _rijen(g: Gegevens, m: Metriek) -> pd.DataFrame:
    """Rows of the mart, with the published totals where they hold what the metric is made of."""
    filters = {"fase": m.fase} if m.fase else {}
    df, totaal = g.tabel(m.tabel, **filters), g.tabel(m.tabel + TOTAAL, **filters)
    if "cluster" in totaal and (df["cluster"] == NIET_CRUCIAAL).any():
        # the published total over clusters counts what is not cruciaal too; here `alle` is the six
        totaal = totaal[totaal["cluster"] != ALLE]
    if m.optelbaar and {*m.delen, m.noemer or m.delen[0]} <= set(totaal.columns):
        return pd.concat([df, totaal], ignore_index=True)
    return df


def _cellen(m: Metriek, df: pd.DataFrame) -> pd.DataFrame:
    """What a figure is made of, per row of the mart; capaciteit_maand has a row for each capaciteit_type."""
    cel = df[SLEUTEL].copy()
    cel["teller"] = df[list(m.delen)].astype(float).prod(axis=1, skipna=False)
    cel["noemer"] = df[m.noemer].astype(float) if m.noemer else np.nan
    cel["voorlopig"] = _voorlopig(df)
    # a row of totals has no geleverd, but tells how many regions delivered
    regios = df["regios_geleverd"] if "regios_geleverd" in df else pd.Series(np.nan, index=df.index)
    geleverd = (
        df["geleverd"].astype("boolean") if "geleverd" in df else pd.Series(True, index=df.index, dtype="boolean")
    )
    cel["geleverd"] = geleverd.fillna(regios > 0).astype(bool)
    cel["regios"] = regios.fillna(cel["geleverd"].astype(float))
    cel["afgeschermd"] = False
    for kolom in {m.kolom, *m.delen, m.noemer or m.kolom}:
        cel["afgeschermd"] |= afgeschermd(df, kolom)
    return cel


def _voorlopig(df: pd.DataFrame) -> pd.Series:
    """A total is provisional where one of its parts is; totals carry no status of their own."""
    if "status" not in df:
        return pd.Series(False, index=df.index)
    zelf = df["status"] == "voorlopig"
    van_regio = zelf.groupby([df["maand"], df["iza_regio"]]).transform("any")
    van_land = zelf.groupby(df["maand"]).transform("any")
    return van_regio.where(df["iza_regio"] != LANDELIJK, van_land).where(df["status"].isna(), zelf)


def _tel_op(m: Metriek, cel: pd.DataFrame, over: str, label: str) -> pd.DataFrame:
    if m.tekort:
        cel = cel.assign(teller=cel["teller"].clip(lower=0))
    som = _som(cel, [s for s in SLEUTEL if s != over], regios="sum" if over == "iza_regio" else "max")
    som[over] = pd.Categorical([label] * len(som), cel[over].cat.categories)
    return som


def _som(cel: pd.DataFrame, sleutel: list[str], regios: str) -> pd.DataFrame:
    # a mean rests on the parts of which both sides are known
    cel = cel.assign(noemer=cel["noemer"].where(cel["teller"].notna()))
    groep = cel.groupby(sleutel, sort=False, observed=True)
    som = groep[["teller", "noemer"]].sum(min_count=1)
    som[["voorlopig", "geleverd", "afgeschermd"]] = groep[["voorlopig", "geleverd", "afgeschermd"]].any()
    som["regios"] = groep["regios"].agg(regios)
    som.loc[som["afgeschermd"], "teller"] = np.nan
    return som.reset_index()


def _uitkomst(m: Metriek, cel: pd.DataFrame) -> pd.DataFrame:
    waarde = cel["teller"]
    if m.noemer and m.teller:
        waarde = cel["teller"] / cel["noemer"].where(cel["noemer"] != 0)
    toestand = np.select(
        [waarde.notna(), cel["afgeschermd"], ~cel["geleverd"]], [BEKEND, AFGESCHERMD, ONBEKEND], default=LEEG
    )
    uit = cel[SLEUTEL].assign(waarde=waarde, toestand=toestand, voorlopig=cel["voorlopig"], regios=cel["regios"])
    return uit.sort_values(SLEUTEL, ignore_index=True)


class Stand:
    """All figures of one metric for one user, by month, region and cluster."""

    def __init__(self, m: Metriek, df: pd.DataFrame, zonder_rij: Callable[[str], str]):
        """``zonder_rij``: why a region has no row."""
        self.metriek, self._zonder_rij = m, zonder_rij
        dagen = [d.date() for d in pd.to_datetime(df["maand"].unique())]
        plek = pd.Index(df["maand"].unique()).get_indexer(df["maand"])
        self._maand = [dagen[i] for i in plek]
        self._waarde, self._toestand, self._voorlopig = (df[k].tolist() for k in ("waarde", "toestand", "voorlopig"))
        self._rijen = df.groupby(["iza_regio", "cluster"], observed=True).indices
        self._van: dict[tuple[str, str], list[Cijfer]] = {}

    def _alle(self, iza_regio: str, cluster: str) -> list[Cijfer]:
        """Made when asked for: of the thousands of figures of a metric a page shows few."""
        sleutel = (iza_regio, cluster)
        if sleutel not in self._van:
            self._van[sleutel] = [
                Cijfer(
                    self._waarde[i] if self._toestand[i] == BEKEND else None,
                    self._toestand[i],
                    self._voorlopig[i],
                    self._maand[i],
                )
                for i in self._rijen.get(sleutel, ())
            ]
        return self._van[sleutel]

    def reeks(self, iza_regio: str, cluster: str, tot: date | None = None, maanden: int = 24) -> list[Cijfer]:
        """By month, up to and including ``tot``, the last ``maanden`` of them."""
        return [c for c in self._alle(iza_regio, cluster) if tot is None or c.maand <= tot][-maanden:]

    def bij(self, maand: date, iza_regio: str, cluster: str) -> Cijfer:
        """Where there is no row, nothing was delivered or nothing may be seen."""
        for c in reversed(self._alle(iza_regio, cluster)):
            if c.maand == maand:
                return c
        return Cijfer(None, self._zonder_rij(iza_regio), False, maand)

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
            "Toestand": TOESTANDEN[c.toestand],
            "Voorlopig": c.voorlopig,
        }


def zonder_rij(g: Gegevens, iza_regio: str) -> str:
    """Why a region has no row: what a user may see all of was not delivered, the rest is not for this user."""
    return ONBEKEND if g.wie.ziet_alles or iza_regio == g.wie.iza_regio else AFGESCHERMD


@lru_cache(maxsize=512)
def stand(g: Gegevens, code: str) -> Stand:
    m = metrieken()[code]
    return Stand(m, cijfers(g, m), lambda regio: zonder_rij(g, regio))


@lru_cache(maxsize=64)
def maanden(g: Gegevens) -> list[date]:
    """The months of the figures, from first to last."""
    df = g.tabel("stroom_maand")
    return [] if df.empty else [m.date() for m in sorted(pd.to_datetime(df["maand"]).unique())]


def laatste_maand(g: Gegevens, iza_regio: str) -> date | None:
    """The newest month of which something is known for a region, else the newest of all."""
    alle = maanden(g)
    for m in reversed(alle):
        if any(
            stand(g, code).bij(m, iza_regio, ALLE).bekend for code in ("instroom", "bezettingsgraad", "wachtplekken")
        ):
            return m
    return alle[-1] if alle else None
