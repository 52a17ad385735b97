"""A scenario: the knobs that someone turns, and what that does per region and cluster over the months ahead.

Belongs here: the form of a scenario file, its judgement, and the table ``doorrekening.scenario_resultaat``. Does not belong
here: the model (``model``) and where results are kept (``opslag``).
"""

from pathlib import Path
from typing import Annotated

import duckdb
import numpy as np
import pandas as pd
import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from pipelines.analyse.aannames import aannames
from pipelines.analyse.erlang import benodigde_plaatsen
from pipelines.analyse.model import GEEN_BEDDEN, GEEN_PLAATSEN, Plan, Uitkomst, schat, speel
from pipelines.analyse.waarneming import CEL, LANDELIJK, Waarneming, lees

EENHEDEN = {
    "benodigde_capaciteit": "plaatsen",
    "tekort": "plaatsen",
    "bezetting": "bezette plaatsen",
    "bezettingsgraad": "aandeel",
    "wachtlijst": "wachtplekken",
    "wacht_weken": "weken",
}
_VRAAG = ("benodigde_capaciteit", "tekort")
_TELLER = {"bezettingsgraad": "bezetting", "wacht_weken": "wachtdagen"}  # of a ratio: what must be known for it
_NOEMER_NUL = {"bezettingsgraad": GEEN_PLAATSEN, "wacht_weken": "niemand_van_lijst"}
GEEN_CELLEN = "geen_cellen"
DAGEN_PER_WEEK = 7

KNOPPEN = ("instroom_procent", "duur_procent", "uitgestelde_dagen_procent", "extra_plaatsen", "heropenen_procent")


class ScenarioFout(ValueError):
    """A scenario that cannot be used; the text names file and field, in Dutch."""


class Maatregel(BaseModel):
    """One knob, for some or all cells, from some month on. Percentages are changes: -25 is a quarter less."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    instroom_procent: float | None = Field(None, ge=-100, le=400)
    duur_procent: float | None = Field(None, gt=-100, le=400)
    uitgestelde_dagen_procent: float | None = Field(None, ge=-100, le=400)
    extra_plaatsen: int | None = Field(None, ge=-100_000, le=100_000, description="per region and cluster")
    heropenen_procent: float | None = Field(None, ge=0, le=100, description="of the places now closed")
    regios: list[str] | None = Field(None, min_length=1)
    clusters: list[str] | None = Field(None, min_length=1)
    vanaf_maand: int = Field(1, ge=1, description="1 is the first month ahead")
    bron: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3)]

    @model_validator(mode="after")
    def _een_knop(self):
        if sum(getattr(self, knop) is not None for knop in KNOPPEN) != 1:
            raise ValueError("geef precies een knop: " + ", ".join(KNOPPEN))
        return self


class Scenario(BaseModel):
    """A scenario file. ``naam`` is its key in ``doorrekening.scenario_resultaat``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    naam: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
    titel: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3)]
    toelichting: str = ""
    seed: int = Field(default_factory=lambda: aannames().seed, ge=0)
    herhalingen: int = Field(default_factory=lambda: aannames().herhalingen, ge=2, le=1000)
    definitie: str | None = None
    maatregelen: list[Maatregel] = []


BASIS = Scenario(naam="basis", titel="Ongewijzigd beleid", toelichting="De stand van nu, zonder maatregelen.")

_MELDINGEN = {
    "missing": "ontbreekt",
    "extra_forbidden": "onbekend veld",
    "string_pattern_mismatch": "alleen kleine letters, cijfers en koppeltekens (ten hoogste 60)",
    "string_too_short": "te kort",
    "string_type": "moet tekst zijn",
    "list_type": "moet een lijst zijn",
    "too_short": "mag niet leeg zijn",
    "model_type": "moet een blok met velden zijn",
    "int_type": "moet een geheel getal zijn",
    "int_parsing": "moet een geheel getal zijn",
    "int_from_float": "moet een geheel getal zijn",
    "float_type": "moet een getal zijn",
    "float_parsing": "moet een getal zijn",
    "greater_than": "moet groter zijn dan {gt}",
    "greater_than_equal": "moet ten minste {ge} zijn",
    "less_than_equal": "mag ten hoogste {le} zijn",
    "value_error": "{error}",
}


def lees_bestand(bestand: Path) -> Scenario:
    """Reads and judges one scenario file; raises ScenarioFout with every fault in it."""
    try:
        inhoud = yaml.safe_load(bestand.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as fout:
        raise ScenarioFout(f"{bestand}: niet te lezen ({fout})") from fout
    except yaml.YAMLError as fout:
        plek = getattr(fout, "problem_mark", None)
        raise ScenarioFout(f"{bestand}: geen geldige YAML" + (f" (regel {plek.line + 1})" if plek else "")) from fout
    try:
        return Scenario.model_validate(inhoud)
    except ValidationError as fouten:
        regels = [f"{bestand}: {_veld(f['loc'])}: {_melding(f)}" for f in fouten.errors()]
        raise ScenarioFout("\n".join(regels)) from fouten


def _veld(plek: tuple) -> str:
    """maatregelen[2].duur_procent, with counting from 1 as people do."""
    tekst = "".join(f"[{deel + 1}]" if isinstance(deel, int) else f".{deel}" for deel in plek)
    return tekst.lstrip(".") or "bestand"


def _melding(fout: dict) -> str:
    tekst = _MELDINGEN.get(fout["type"], fout["msg"]).format(**fout.get("ctx", {}))
    return (
        tekst
        if fout["type"] in ("missing", "model_type", "value_error")
        else f"{tekst} (staat er nu: {fout['input']!r})"
    )


def reken(bron: duckdb.DuckDBPyConnection | Waarneming, scenario: Scenario = BASIS, threads: int = 1) -> pd.DataFrame:
    """Simulates one scenario.

    Returns a row per maand x (iza_regio, and NL for the country) x cluster x metriek with midden (median), laag and
    hoog. A cell that cannot be simulated has rows with ``reden`` and without figures; NL counts the ``cellen`` that
    can. The same scenario, seed and data give the same rows. Raises ScenarioFout for a region, cluster or definition
    that is unknown.
    """
    w = bron if isinstance(bron, Waarneming) else lees(bron)
    _controleer(scenario, w)
    w = w.onder(scenario.definitie)
    s = schat(w, w.tot)
    plan = maak_plan(s, scenario, w.tot)
    uitkomst = speel(s, plan, scenario.herhalingen, scenario.seed, threads)
    return _tabel(s, plan, uitkomst, w.norm["blokkeringsnorm"]).assign(
        scenario=scenario.naam,
        titel=scenario.titel,
        definitie_versie=w.versie,
        herhalingen=scenario.herhalingen,
        seed=scenario.seed,
        gegevens_tot=w.tot.to_timestamp(),
    )


def _controleer(scenario: Scenario, w: Waarneming) -> None:
    bekend = {
        naam: set(w.cellen.get_level_values(kolom))
        for naam, kolom in (("regios", "iza_regio"), ("clusters", "cluster"))
    }
    for nummer, maatregel in enumerate(scenario.maatregelen, 1):
        for naam, waarden in bekend.items():
            if vreemd := sorted(set(getattr(maatregel, naam) or []) - waarden):
                raise ScenarioFout(f"{scenario.naam}: maatregelen[{nummer}].{naam}: onbekend: {', '.join(vreemd)}")
        if maatregel.vanaf_maand > aannames().horizon_maanden:
            raise ScenarioFout(
                f"{scenario.naam}: maatregelen[{nummer}].vanaf_maand: ten hoogste {aannames().horizon_maanden}"
            )
    if scenario.definitie and scenario.definitie not in {w.versie, *w.andere}:
        raise ScenarioFout(f"{scenario.naam}: definitie: onbekende versie {scenario.definitie!r}")


def maak_plan(s: pd.DataFrame, scenario: Scenario, tot: pd.Period) -> Plan:
    """The measures as factors and places per month and cell, over the horizon that begins after ``tot``."""
    maanden = pd.period_range(tot + 1, periods=aannames().horizon_maanden, freq="M")
    instroom, ligduur, zorgduur = (np.ones((len(maanden), len(s))) for _ in range(3))
    plaatsen = np.tile(s["plaatsen_nu"].to_numpy(float), (len(maanden), 1))
    regio, groep = (s.index.get_level_values(k) for k in CEL)
    for m in scenario.maatregelen:
        waar = (regio.isin(m.regios) if m.regios else True) & (
            groep.isin(m.clusters) if m.clusters else np.full(len(s), True)
        )
        vak = np.ix_(np.arange(len(maanden)) + 1 >= m.vanaf_maand, waar)
        eigen = s[waar]
        if m.instroom_procent is not None:
            instroom[vak] *= 1 + m.instroom_procent / 100 * eigen["instroom_aandeel"].to_numpy()
        if m.duur_procent is not None:
            ligduur[vak] *= 1 + m.duur_procent / 100
            zorgduur[vak] *= 1 + m.duur_procent / 100
        if m.uitgestelde_dagen_procent is not None:
            korter = 1 + m.uitgestelde_dagen_procent / 100 * eigen["uitgesteld"].fillna(0).to_numpy()
            ligduur[vak] *= korter
            zorgduur[vak] *= korter
        if m.extra_plaatsen is not None:
            plaatsen[vak] += m.extra_plaatsen
        if m.heropenen_procent is not None:
            plaatsen[vak] += np.rint(eigen["gesloten_nu"].fillna(0).to_numpy() * m.heropenen_procent / 100)
    return Plan(maanden, instroom, ligduur, zorgduur, np.maximum(plaatsen, 0))


def _tabel(s: pd.DataFrame, plan: Plan, uitkomst: Uitkomst, kans_vol: float) -> pd.DataFrame:
    """Medians and intervals per cell, and of the sums over the regions per cluster (NL)."""
    per_cel = _tellers(s, plan, uitkomst, kans_vol)
    clusters = s.index.get_level_values("cluster").to_numpy()
    land = pd.MultiIndex.from_product([[LANDELIJK], np.unique(clusters)], names=CEL)
    lid = (clusters[None, :] == land.get_level_values("cluster").to_numpy()[:, None]).astype(float)
    per_land = {naam: np.einsum("kc,mcr->mkr", lid, np.nan_to_num(x)) for naam, x in per_cel.items()}
    delen = []
    for metriek in EENHEDEN:
        bekend = ~np.isnan(per_cel[_TELLER.get(metriek, metriek)][0, :, 0])
        vraag = s["reden_vraag"] if metriek in _VRAAG else s["reden_wachtrij"]
        reden = np.where(bekend, None, vraag.fillna(GEEN_BEDDEN))
        delen.append(_rijen(metriek, plan.maanden, s.index, _waarden(metriek, per_cel), reden, np.ones(len(s))))
        telt = lid @ bekend
        waarden = np.where(telt[None, :, None] > 0, _waarden(metriek, per_land), np.nan)
        delen.append(_rijen(metriek, plan.maanden, land, waarden, np.where(telt > 0, None, GEEN_CELLEN), telt))
    return pd.concat(delen, ignore_index=True)


def _tellers(s: pd.DataFrame, plan: Plan, uitkomst: Uitkomst, kans_vol: float) -> dict[str, np.ndarray]:
    """What adds up over regions, per (maand, cel, herhaling); NaN where it is not known."""
    nodig = benodigde_plaatsen(uitkomst.belasting, kans_vol)
    plaatsen = np.broadcast_to(plan.plaatsen[:, :, None], nodig.shape)
    kan = s["reden_wachtrij"].isna().to_numpy()[None, :, None]
    rij = {naam: np.where(kan, x, np.nan) for naam, x in {**vars(uitkomst.verloop), "plaatsen": plaatsen}.items()}
    return {"benodigde_capaciteit": nodig, "tekort": nodig - plaatsen, **rij}


def _waarden(metriek: str, tellers: dict[str, np.ndarray]) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        if metriek == "bezettingsgraad":
            return tellers["bezetting"] / tellers["plaatsen"]
        if metriek == "wacht_weken":  # Little's law: days waited per person that leaves the list
            return tellers["wachtdagen"] / tellers["van_lijst"] / DAGEN_PER_WEEK
    return tellers[metriek]


def _rijen(metriek: str, maanden: pd.PeriodIndex, cellen: pd.MultiIndex, waarden, reden, telt) -> pd.DataFrame:
    """Rows of one metriek, the months outermost; ``waarden`` is (maand, cel, herhaling), the rest per cel."""
    staart = (1 - aannames().interval) / 2
    eindig = np.where(np.isfinite(waarden), waarden, np.nan)
    vol = ~np.isnan(eindig).all(axis=2)
    grenzen = np.full((3, *vol.shape), np.nan)
    grenzen[:, vol] = np.nanquantile(eindig[vol], [staart, 0.5, 1 - staart], axis=1)
    redenen = np.tile(reden, (len(maanden), 1))
    redenen[~vol & (redenen == None)] = _NOEMER_NUL.get(metriek)  # noqa: E711  elementwise
    return pd.DataFrame({
        "maand": np.repeat(maanden.to_timestamp(), len(cellen)),
        "iza_regio": np.tile(cellen.get_level_values("iza_regio"), len(maanden)),
        "cluster": np.tile(cellen.get_level_values("cluster"), len(maanden)),
        "metriek": metriek,
        "laag": grenzen[0].ravel(),
        "midden": grenzen[1].ravel(),
        "hoog": grenzen[2].ravel(),
        "eenheid": EENHEDEN[metriek],
        "reden": redenen.ravel(),
        "cellen": np.tile(telt.astype(int), len(maanden)),
    })  # fmt: skip
