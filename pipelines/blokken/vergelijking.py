"""Regions beside each other: each figure made comparable, how much of a difference chance explains, and the spread of all regions.

Belongs here: the question in SQL, put to what a user may see and to nothing else, so that a comparison gives nothing away.
Counts are stated per 100,000 inhabitants. Chance: Wilson's interval for shares, Byar's for counts, and for a mean wait one as
wide as its mean (seeds/metriek.csv, column ``toeval``; norm ``toeval_z``). Does not belong here: drawing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import pandas as pd

from pipelines.blokken import opmaak
from pipelines.blokken.cijfer import BEKEND, LEEG, Cijfer
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.metrieken import Metriek, metrieken, stand
from pipelines.blokken.opmaak import LANDELIJK, bekend
from pipelines.fundament.sql import letterlijk, naam
from pipelines.publicatie.regels import TOTAAL

INWONERS = "behoefte_inwoners"
PER_INWONERS = ("aantal", "plaatsen", "tekort")
"""Kinds of metrics (column ``soort``) that grow with the region: stated per 100,000 inhabitants."""

_VRAAG = """
, inwoners AS ({inwoners}), los AS ({cijfers}),
tellend AS (
    SELECT los.code, los.maand, los.iza_regio, inwoners.inwoners FROM los JOIN inwoners USING (maand, iza_regio)
    UNION ALL
    -- the country stands on the regions that delivered: so do its inhabitants
    SELECT code, maand, 'NL', CASE WHEN count(*) = count(inwoners) THEN sum(inwoners) END
    FROM los LEFT JOIN inwoners USING (maand, iza_regio) WHERE los.geleverd AND los.iza_regio <> 'NL' GROUP BY code, maand
),
gesteld AS (
    SELECT los.*, inwoners, CASE WHEN per_inwoners THEN {per} / nullif(inwoners, 0) ELSE 1 END AS factor, waarde * factor AS stand
    FROM los LEFT JOIN tellend USING (code, maand, iza_regio)
),
spreiding AS (
    SELECT code, maand, count(stand) AS regios, min(stand) AS laagste, quantile_cont(stand, 0.25) AS kwart,
        quantile_cont(stand, 0.5) AS midden, quantile_cont(stand, 0.75) AS driekwart, max(stand) AS hoogste,
        sum(stand * coalesce(basis, inwoners))
            / nullif(sum(CASE WHEN stand IS NOT NULL THEN coalesce(basis, inwoners) END), 0) AS getoond
    FROM gesteld WHERE iza_regio <> 'NL' GROUP BY code, maand
),
naast AS (
    SELECT gesteld.*, spreiding.* EXCLUDE (code, maand), land.stand IS NOT NULL AS ijk_is_land,
        coalesce(land.stand, CASE WHEN regios >= {minste} THEN spreiding.getoond END) AS ijk
    FROM gesteld LEFT JOIN spreiding USING (code, maand)
    LEFT JOIN gesteld AS land ON land.code = gesteld.code AND land.maand = gesteld.maand AND land.iza_regio = 'NL'
),
grenzen AS (
    SELECT *,
        CASE
            WHEN toeval = 'aandeel' AND basis > 0 THEN sqrt(greatest(ijk * (1 - ijk), 0) / basis)
            WHEN toeval = 'aantal' THEN sqrt(ijk * factor)
            WHEN toeval = 'gemiddelde' AND basis > 0 THEN ijk / sqrt(basis)
        END AS fout,
        CASE
            WHEN toeval = 'aandeel' AND basis > 0 THEN (stand + {z} * {z} / (2 * basis)) / (1 + {z} * {z} / basis)
            WHEN toeval = 'gemiddelde' AND basis > 0 THEN stand
        END AS hart,
        CASE
            WHEN toeval = 'aandeel' THEN {z} / (1 + {z} * {z} / basis)
                * sqrt(greatest(stand * (1 - stand), 0) / basis + {z} * {z} / (4 * basis * basis))
            ELSE {z} * stand / sqrt(basis)
        END AS half
    FROM naast
)
SELECT code, maand, iza_regio, stand, regios, laagste, kwart, midden, driekwart, hoogste, ijk_is_land,
    CASE
        WHEN toeval = 'aantal' AND waarde = 0 THEN 0
        WHEN toeval = 'aantal' THEN factor * waarde * pow(1 - 1 / (9 * waarde) - {z} / (3 * sqrt(waarde)), 3)
        WHEN hart - half < 0 THEN 0
        ELSE hart - half
    END AS laag,
    CASE
        WHEN toeval = 'aantal'
            THEN factor * (waarde + 1) * pow(1 - 1 / (9 * (waarde + 1)) + {z} / (3 * sqrt(waarde + 1)), 3)
        ELSE hart + half
    END AS hoog,
    (stand - ijk) / nullif(fout, 0) AS afstand,
    CASE WHEN afstand > {z} THEN 1 WHEN afstand < -{z} THEN -1 WHEN afstand IS NOT NULL THEN 0 END AS oordeel
FROM grenzen
"""
_INWONERS = (
    "SELECT maand, woonregio AS iza_regio, max(inwoners) AS inwoners FROM behoefte_inwoners GROUP BY maand, woonregio"
)
_GEEN = "SELECT NULL::DATE AS maand, NULL::VARCHAR AS iza_regio, NULL::BIGINT AS inwoners WHERE false"


@dataclass(frozen=True)
class Vergelijk:
    """A figure of a region as it can be compared. ``laag``, ``hoog``: the interval of chance; ``afstand``: how many standard errors it is
    from ``ijk``, the country (or, where that is withheld, the regions shown together); ``oordeel``: 1 higher than chance
    explains, -1 lower, 0 neither, None where chance plays no part."""

    cijfer: Cijfer
    laag: float | None = None
    hoog: float | None = None
    afstand: float | None = None
    oordeel: int | None = None


@dataclass(frozen=True)
class Spreiding:
    """A metric over the regions that are seen: how many, of how many; lowest, quartiles and highest. ``per``: of each region and the
    country."""

    metriek: Metriek
    per: dict[str, Vergelijk]
    regios: int
    laagste: float | None
    kwart: float | None
    midden: float | None
    driekwart: float | None
    hoogste: float | None
    ijk_is_land: bool

    @property
    def per_inwoners(self) -> bool:
        return self.metriek.soort in PER_INWONERS

    @property
    def heeft_spreiding(self) -> bool:
        return self.regios >= opmaak.norm("vergelijk_minste_regios")

    @property
    def eenheid(self) -> str:
        return f"{self.metriek.eenheid} per 100.000 inwoners" if self.per_inwoners else self.metriek.eenheid

    def schrijf(self, x: float | None) -> str:
        if not self.per_inwoners or not bekend(x):
            return self.metriek.schrijf(x)
        if self.metriek.soort == "tekort" and x:
            return f"{opmaak.getal(abs(x), 1)} {'te kort' if x > 0 else 'over'}"
        return opmaak.getal(x, 1)


@lru_cache(maxsize=256)
def vergelijk(g: Gegevens, codes: tuple[str, ...], cluster: str, maand: date) -> dict[str, Spreiding]:
    """The metrics of which this user sees anything, of every region and the country."""
    df = _antwoord(g, codes, cluster, (maand,))
    per_code = {code: df[df["code"] == code].to_dict("records") for code in codes}
    return {code: _spreiding(g, code, rijen, cluster, maand) for code, rijen in per_code.items() if rijen}


@lru_cache(maxsize=64)
def reeksen(g: Gegevens, code: str, cluster: str, tot: date) -> dict[str, list[Cijfer]]:
    """A metric as it can be compared over the last two years, of every region and the country."""
    s = stand(g, code)
    los = {r: s.reeks(r, cluster, tot) for r in (*opmaak.regios(), LANDELIJK)}
    df = _antwoord(g, (code,), cluster, tuple({c.maand for cijfers in los.values() for c in cijfers}))
    van = {(pd.Timestamp(r["maand"]).date(), r["iza_regio"]): r for r in df.to_dict("records")}
    return {r: [_van_regio(c, van.get((c.maand, r))).cijfer for c in cijfers] for r, cijfers in los.items()}


def _antwoord(g: Gegevens, codes: Sequence[str], cluster: str, maanden: Sequence[date]) -> pd.DataFrame:
    delen, tabellen = [], set()
    for m in (metrieken()[code] for code in codes):
        for tabel, kolom in ((m.mart, m.kolom), (f"{m.mart}{TOTAAL}", m.kolom_totaal)):
            if maanden and kolom in (kolommen := g.kolommen(tabel)):
                tabellen.add(tabel)
                delen.append(_cellen(m, tabel, kolom, kolommen, cluster, maanden))
    if not delen:
        return pd.DataFrame(columns=["code", "maand", "iza_regio"])
    met_inwoners = "inwoners" in g.kolommen(INWONERS)
    vraag = _VRAAG.format(
        cijfers=" UNION ALL ".join(delen),
        inwoners=_INWONERS if met_inwoners else _GEEN,
        z=opmaak.norm("toeval_z"),
        per=opmaak.norm("per_inwoners"),
        minste=opmaak.norm("vergelijk_minste_regios"),
    )
    return g.bereken(vraag, sorted(tabellen | ({INWONERS} if met_inwoners else set())))


def _cellen(m: Metriek, tabel: str, kolom: str, kolommen: frozenset[str], cluster: str, maanden: Sequence[date]) -> str:
    """A metric of months and a cluster in one table, as SQL. The sum of what regions lack is no figure of one cluster to lay them along."""
    filters = {"cluster": cluster, **m.filters}
    waar = " AND ".join(f"{naam(k)} = {letterlijk(w)}" for k, w in filters.items())
    if m.optelling == "tekort" and cluster != opmaak.ALLE and tabel.endswith(TOTAAL):
        waar = "false"
    basis = "NULL"
    if m.basis and m.basis in kolommen:
        # the days of one place hang together: what chance works on are places
        basis = naam(m.basis) + (" / day(last_day(maand))" if m.toeval == "dagen" else "")
    dagen = ", ".join(f"DATE {letterlijk(str(m))}" for m in maanden)
    geleverd = "regios_geleverd > 0" if "regios_geleverd" in kolommen else "geleverd"
    return (
        f"SELECT {letterlijk(m.code)} AS code, CAST(maand AS DATE) AS maand, iza_regio, CAST(CASE WHEN {m.voorwaarde or 'true'} THEN {naam(kolom)} END AS DOUBLE) AS waarde, "
        f"CAST({basis} AS DOUBLE) AS basis, {letterlijk('aandeel' if m.toeval == 'dagen' else m.toeval)} AS toeval, "
        f"{m.soort in PER_INWONERS} AS per_inwoners, {geleverd} AS geleverd FROM {naam(tabel)} WHERE maand IN ({dagen}) AND {waar}"
    )


def _spreiding(g: Gegevens, code: str, rijen: Sequence[dict], cluster: str, maand: date) -> Spreiding:
    s, van = stand(g, code), {r["iza_regio"]: r for r in rijen}
    per = {r: _van_regio(s.bij(maand, r, cluster), van.get(r)) for r in (*opmaak.regios(), LANDELIJK)}
    een = rijen[0]
    maten = (_getal(een[k]) for k in ("laagste", "kwart", "midden", "driekwart", "hoogste"))
    return Spreiding(
        s.metriek, per, 0 if een["regios"] is None else int(een["regios"]), *maten, bool(een["ijk_is_land"])
    )


def _van_regio(c: Cijfer, rij: dict | None) -> Vergelijk:
    if not c.bekend:
        return Vergelijk(c)
    if rij is None or not bekend(_getal(rij["stand"])):
        waarom = "niet te vergelijken: dit totaal is niet op de inwoners van de regio te stellen"
        return Vergelijk(Cijfer(None, LEEG, False, c.maand, waarom=waarom))
    oordeel = _getal(rij["oordeel"])
    return Vergelijk(
        replace(c, waarde=rij["stand"], toestand=BEKEND),
        *(_getal(rij[k]) for k in ("laag", "hoog", "afstand")),
        None if oordeel is None else int(oordeel),
    )


def _getal(x: object) -> float | None:
    return None if pd.isna(x) else float(x)
