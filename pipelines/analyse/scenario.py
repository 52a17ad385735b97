"""A scenario played: what its measures do per region, cluster and kind of place over the months ahead
(``doorrekening.scenario_resultaat``), and what each of them contributes (``doorrekening.scenario_bijdrage``).

Belongs here: from a scenario to these two tables. Does not belong here: the form of a scenario file (``maatregel``), the model of
the queue (``model``) and of the need (``behoefte``), and where results are kept (``opslag``).
"""

from collections.abc import Sequence

import duckdb
import numpy as np
import pandas as pd

from pipelines.analyse import behoefte
from pipelines.analyse.aannames import aannames
from pipelines.analyse.maatregel import BASIS, Maatregel, Scenario, ScenarioFout
from pipelines.analyse.model import GEEN_PLAATSEN, GEEN_WACHTLIJST, Uitkomst, plaatsen_in_rij, schat, speel
from pipelines.analyse.plan import DAGEN_PER_WEEK, Plan, maak_plan
from pipelines.analyse.waarneming import LANDELIJK, PLAATS, Waarneming, lees

VRAAG = {
    "belasting": "plaatsen",
    "onvervuld": "plaatsen",
    "benodigde_capaciteit": "plaatsen",
    "plaatsen": "plaatsen",
    "tekort": "plaatsen",
}
"""What follows from 3.4 alone: an expectation without a simulation, from the observed month on."""
WACHTRIJ = {
    "bezetting": "bezette plaatsen",
    "bezettingsgraad": "aandeel",
    "wachtlijst": "wachtplekken",
    "wacht_weken": "weken",
}
EENHEDEN = VRAAG | WACHTRIJ
_TELLER = {"bezettingsgraad": "bezetting", "wacht_weken": "wachtdagen"}  # of a ratio: what must be known for it
_NOEMER_NUL = {"bezettingsgraad": GEEN_PLAATSEN, "wacht_weken": "niemand_van_lijst"}
GEEN_CELLEN, NIET_GELEVERD = "geen_cellen", "maand_niet_geleverd"
BIJDRAGE_STAP_MAANDEN = 6


def reken(bron: duckdb.DuckDBPyConnection | Waarneming, scenario: Scenario = BASIS, threads: int = 1) -> pd.DataFrame:
    """Simulates one scenario.

    Returns a row per maand x (iza_regio, and NL for the country) x cluster x capaciteit_type x metriek with midden, laag and hoog.
    What follows from load and need (``VRAAG``) begins with the last month that was observed, as the mart has it; its midden is
    the outcome of the formulas, that of the queue a median. A cell that cannot be computed has rows with ``reden`` and without
    figures; NL counts the ``cellen`` that can. The same scenario, seed and data give the same rows. Raises ScenarioFout for a
    region, cluster or definition that is unknown.
    """
    w = _onder_definitie(bron, scenario)
    s = schat(w, w.tot)
    plan = maak_plan(s, scenario.maatregelen, w.tot)
    uitkomst = speel(s, plan, scenario.herhalingen, scenario.seed, threads)
    return pd.concat([_vraag(s, plan, uitkomst, w.norm), _wachtrij(s, plan, uitkomst)], ignore_index=True).assign(
        scenario=scenario.naam,
        titel=scenario.titel,
        definitie_versie=w.versie,
        herhalingen=scenario.herhalingen,
        seed=scenario.seed,
        gegevens_tot=w.tot.to_timestamp(),
    )


def bijdragen(bron: duckdb.DuckDBPyConnection | Waarneming, scenario: Scenario) -> pd.DataFrame:
    """What each measure contributes to load, unmet need, need, places and shortage, every half year ahead.

    ``op_volgorde``: what a measure adds to those before it; these add up to ``samen`` - ``ongewijzigd``. ``alleen``: what it would
    do without the others.
    """
    w = _onder_definitie(bron, scenario)
    s = schat(w, w.tot)
    maatregelen = scenario.maatregelen
    stappen = [_verwacht(s, w, maatregelen[:n]) for n in range(len(maatregelen) + 1)]
    delen = []
    for nummer, maatregel in enumerate(maatregelen, 1):
        alleen = _verwacht(s, w, [maatregel])
        for metriek in VRAAG:
            deel = stappen[0][["maand", *PLAATS]].assign(
                metriek=metriek,
                eenheid=VRAAG[metriek],
                volgorde=nummer,
                maatregel=maatregel.in_woorden,
                op_volgorde=stappen[nummer][metriek] - stappen[nummer - 1][metriek],
                alleen=alleen[metriek] - stappen[0][metriek],
                ongewijzigd=stappen[0][metriek],
                samen=stappen[-1][metriek],
            )
            delen.append(deel.dropna(subset=["ongewijzigd", "samen"]))
    vast = {"scenario": scenario.naam, "titel": scenario.titel, "definitie_versie": w.versie}
    return (pd.concat(delen, ignore_index=True) if delen else _GEEN_BIJDRAGE.copy()).assign(**vast)


_GEEN_BIJDRAGE = pd.DataFrame({
    "maand": pd.Series(dtype="datetime64[s]"),
    **{naam: pd.Series(dtype=str) for naam in (*PLAATS, "metriek", "eenheid")},
    "volgorde": pd.Series(dtype=int),
    "maatregel": pd.Series(dtype=str),
    **{naam: pd.Series(dtype=float) for naam in ("op_volgorde", "alleen", "ongewijzigd", "samen")},
})  # fmt: skip


def _onder_definitie(bron: duckdb.DuckDBPyConnection | Waarneming, scenario: Scenario) -> Waarneming:
    """What was observed, as the definition of the scenario counts it."""
    w = bron if isinstance(bron, Waarneming) else lees(bron)
    if scenario.definitie and scenario.definitie not in {w.versie, *w.andere}:
        bekend = ", ".join(sorted({w.versie or "", *w.andere} - {""}))
        raise ScenarioFout(f"{scenario.naam}: definitie: onbekende versie {scenario.definitie!r}; kies uit {bekend}")
    w = w.onder(scenario.definitie)
    _controleer(scenario, w)
    return w


def _controleer(scenario: Scenario, w: Waarneming) -> None:
    """What the form of a file cannot tell: places and months that do not exist here."""
    for nummer, maatregel in enumerate(scenario.maatregelen, 1):
        waar = f"{scenario.naam}: maatregelen[{nummer}]"
        for naam, waarden in zip(("regios", "clusters"), w.namen, strict=True):
            if vreemd := sorted(set(getattr(maatregel, naam) or ()) - waarden):
                raise ScenarioFout(
                    f"{waar}.{naam}: onbekend: {', '.join(vreemd)}; kies uit {', '.join(sorted(waarden))}"
                )
        if maatregel.vanaf_maand > aannames().horizon_maanden:
            raise ScenarioFout(
                f"{waar}.vanaf_maand: ten hoogste {aannames().horizon_maanden}: zo ver vooruit wordt gerekend"
            )
        if maatregel.knop == "extra_plaatsen" and not maatregel.capaciteit_type:
            soorten = w.plaatsen.droplevel("iza_regio").unique().to_frame(index=False).groupby("cluster").size()
            beide = soorten[soorten > 1].index
            if dubbel := sorted(set(maatregel.clusters or w.namen[1]) & set(beide)):
                raise ScenarioFout(
                    f"{waar}.capaciteit_type: ontbreekt; {', '.join(dubbel)} heeft bedden en ambulante plekken: "
                    "schrijf capaciteit_type: bed of capaciteit_type: ambulante_plek"
                )


def _verwacht(s: pd.DataFrame, w: Waarneming, maatregelen: Sequence[Maatregel]) -> pd.DataFrame:
    """What follows from 3.4, per half year ahead, cell and country."""
    plan = maak_plan(s, maatregelen, w.tot)
    maanden = _met_stand(plan.maanden)
    stand = slice(BIJDRAGE_STAP_MAANDEN, None, BIJDRAGE_STAP_MAANDEN)
    eigen = {naam: x[stand] for naam, x in per_cel(s, plan, w.norm).items()}
    land, lid = _land(s)
    delen = [(s.index, eigen), (land, {naam: _som(x, lid) for naam, x in eigen.items()})]
    frames = []
    for cellen, cijfers in delen:
        sleutel = _sleutel(maanden[stand], cellen)
        frames.append(pd.DataFrame(sleutel | {naam: x.ravel() for naam, x in cijfers.items()}))
    return pd.concat(frames, ignore_index=True)


def per_cel(s: pd.DataFrame, plan: Plan, norm: pd.Series, spreiding: np.ndarray | None = None) -> dict[str, np.ndarray]:
    """Every figure of ``VRAAG`` per (maand, cel), or per (maand, cel, herhaling) where the load is spread."""
    b = behoefte.reken(s, plan)
    soort = s.index.get_level_values("capaciteit_type").to_numpy()
    vraag = {"belasting": b.belasting, "onvervuld": b.onvervuld, "plaatsen": b.plaatsen}
    if spreiding is not None:
        # what was observed is no expectation
        factor = np.concatenate([np.ones((1, *spreiding.shape)), np.tile(spreiding, (len(plan.maanden), 1, 1))])
        vraag = {naam: x[:, :, None] * (1 if naam == "plaatsen" else factor) for naam, x in vraag.items()}
        soort = soort[:, None]
    nodig = behoefte.benodigd(vraag["belasting"], soort, norm)
    return vraag | {"benodigde_capaciteit": nodig, "tekort": nodig - vraag["plaatsen"]}


def _met_stand(maanden: pd.PeriodIndex) -> pd.PeriodIndex:
    """The months ahead with the last observed one before them."""
    return pd.period_range(maanden[0] - 1, maanden[-1], freq="M")


def _land(s: pd.DataFrame) -> tuple[pd.MultiIndex, np.ndarray]:
    """The rows of the country, and which cell belongs to which of them."""
    soorten = s.index.droplevel("iza_regio")
    uniek = soorten.unique().sort_values()
    land = pd.MultiIndex.from_tuples([(LANDELIJK, *soort) for soort in uniek], names=PLAATS)
    return land, (soorten.to_numpy()[None, :] == uniek.to_numpy()[:, None]).astype(float)


def _som(cijfers: np.ndarray, lid: np.ndarray) -> np.ndarray:
    """Of the cells of the country that are known; NaN where none is."""
    return np.where(~np.isnan(cijfers) @ lid.T > 0, np.nan_to_num(cijfers) @ lid.T, np.nan)


def _vraag(s: pd.DataFrame, plan: Plan, uitkomst: Uitkomst, norm: pd.Series) -> pd.DataFrame:
    """Load and need: the outcome of the formulas, and how far it may lie from it."""
    land, lid = _land(s)
    maanden = _met_stand(plan.maanden)
    punten = per_cel(s, plan, norm)
    gespreid = per_cel(s, plan, norm, uitkomst.spreiding)
    delen = []
    for metriek in VRAAG:
        punt, wolk = punten[metriek], gespreid[metriek]
        bekend = ~np.isnan(punt)
        waarom = GEEN_WACHTLIJST if metriek == "onvervuld" else NIET_GELEVERD
        ontbreekt = np.where(s["reden_vraag"].isna(), waarom, s["reden_vraag"])
        reden = np.where(bekend, None, ontbreekt[None, :])
        delen.append(_rijen(metriek, maanden, s.index, _grenzen(wolk, punt), reden, np.ones(bekend.shape, int)))
        telt = bekend @ lid.T
        som = _som(punt, lid)
        wolk = np.where(telt[:, :, None] > 0, np.einsum("kc,mcr->mkr", lid, np.nan_to_num(wolk)), np.nan)
        delen.append(
            _rijen(metriek, maanden, land, _grenzen(wolk, som), np.where(telt > 0, None, GEEN_CELLEN), telt.astype(int))
        )
    return pd.concat(delen, ignore_index=True)


def _wachtrij(s: pd.DataFrame, plan: Plan, uitkomst: Uitkomst) -> pd.DataFrame:
    """Occupancy and list: medians and intervals per cell, and of the sums over the regions (NL)."""
    kan = s["reden_wachtrij"].isna().to_numpy()[None, :, None]
    plaatsen = np.broadcast_to(plaatsen_in_rij(s, plan)[:, :, None], uitkomst.verloop.bezetting.shape)
    eigen = {naam: np.where(kan, x, np.nan) for naam, x in {**vars(uitkomst.verloop), "plaatsen": plaatsen}.items()}
    land, lid = _land(s)
    per_land = {naam: np.einsum("kc,mcr->mkr", lid, np.nan_to_num(x)) for naam, x in eigen.items()}
    delen = []
    for metriek in WACHTRIJ:
        bekend = ~np.isnan(eigen[_TELLER.get(metriek, metriek)][:, :, 0])
        reden = np.where(bekend, None, s["reden_wachtrij"].to_numpy()[None, :])
        waarden = _waarden(metriek, eigen)
        delen.append(_rijen(metriek, plan.maanden, s.index, _grenzen(waarden), reden, np.ones(bekend.shape, int)))
        telt = bekend @ lid.T
        waarden = np.where(telt[:, :, None] > 0, _waarden(metriek, per_land), np.nan)
        reden = np.where(telt > 0, None, GEEN_CELLEN)
        delen.append(_rijen(metriek, plan.maanden, land, _grenzen(waarden), reden, telt.astype(int)))
    return pd.concat(delen, ignore_index=True)


def _waarden(metriek: str, tellers: dict[str, np.ndarray]) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        if metriek == "bezettingsgraad":
            return tellers["bezetting"] / tellers["plaatsen"]
        if metriek == "wacht_weken":  # Little's law: days waited per person that leaves the list
            return tellers["wachtdagen"] / tellers["van_lijst"] / DAGEN_PER_WEEK
    return tellers[metriek]


def _grenzen(waarden: np.ndarray, punt: np.ndarray | None = None) -> np.ndarray:
    """laag, midden and hoog per (maand, cel) of the repetitions; with ``punt`` that is the middle, and within the bounds."""
    staart = (1 - aannames().interval) / 2
    eindig = np.where(np.isfinite(waarden), waarden, np.nan)
    vol = ~np.isnan(eindig).all(axis=2)
    grenzen = np.full((3, *vol.shape), np.nan)
    grenzen[:, vol] = np.nanquantile(eindig[vol], [staart, 0.5, 1 - staart], axis=1)
    if punt is not None:
        grenzen = np.stack([np.fmin(grenzen[0], punt), punt, np.fmax(grenzen[2], punt)])
    return grenzen


def _sleutel(maanden: pd.PeriodIndex, cellen: pd.MultiIndex) -> dict[str, np.ndarray]:
    """Month and cell of every row, the months outermost."""
    return {"maand": np.repeat(maanden.to_timestamp(), len(cellen))} | {
        naam: np.tile(cellen.get_level_values(naam), len(maanden)) for naam in PLAATS
    }


def _rijen(metriek: str, maanden: pd.PeriodIndex, cellen: pd.MultiIndex, grenzen, redenen, telt) -> pd.DataFrame:
    """Rows of one metriek; ``grenzen`` is (3, maand, cel), the rest per (maand, cel)."""
    redenen = np.where(np.isnan(grenzen[1]) & pd.isna(redenen), _NOEMER_NUL.get(metriek), redenen)
    return pd.DataFrame(
        _sleutel(maanden, cellen)
        | {
            "metriek": metriek,
            "laag": grenzen[0].ravel(),
            "midden": grenzen[1].ravel(),
            "hoog": grenzen[2].ravel(),
            "eenheid": EENHEDEN[metriek],
            "reden": redenen.ravel(),
            "cellen": telt.ravel(),
        }
    )
