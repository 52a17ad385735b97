"""The lives of patients in care: spells of one kind of care at one vestiging, one after another, readmissions included.

Belongs here: who is in which kind of care from when to when, and where. Does not belong here: claims, beds or lists, which
are all read from these spells, so that the sources agree with one another.
Days are whole numbers: days since 1970-01-01.
"""

from dataclasses import dataclass, fields

import numpy as np

from pipelines.demo.parameters import ACUUT, NUMMER, SOORTEN, Parameters
from pipelines.demo.stelsel import Stelsel
from pipelines.demo.toeval import kies, stroom, uniform

FACT = NUMMER["fact"]


@dataclass
class Tijdvak:
    """The months of the demo: `grens[i]` is the first day of month i, `grens[-1]` the day after the last."""

    maanden: list[str]
    grens: np.ndarray

    @classmethod
    def tot_en_met(cls, laatste_maand: str, aantal: int) -> "Tijdvak":
        laatste = np.datetime64(laatste_maand, "M")
        reeks = np.arange(laatste - aantal + 1, laatste + 2)
        return cls([str(m) for m in reeks[:-1]], reeks.astype("datetime64[D]").astype(np.int64).astype(np.int32))

    @property
    def begin(self) -> int:
        return int(self.grens[0])

    @property
    def einde(self) -> int:
        return int(self.grens[-1])

    @property
    def dagen(self) -> np.ndarray:
        return np.diff(self.grens)

    def maand_van(self, dag: np.ndarray) -> np.ndarray:
        """(n,) int8: number of the month in which a day falls."""
        tabel = np.repeat(np.arange(len(self.maanden), dtype=np.int8), self.dagen)
        return tabel[dag - self.begin]


@dataclass
class Zorg:
    """Spells as columns of equal length. `tot` is the day after the last; `vorige` the kind before (-1: none);
    `extern`: came from outside care; `naast_fact`: an admission of someone who stays in FACT."""

    persoon: np.ndarray
    soort: np.ndarray
    van: np.ndarray
    tot: np.ndarray
    vorige: np.ndarray
    extern: np.ndarray
    naast_fact: np.ndarray
    regio: np.ndarray
    vestiging: np.ndarray

    def __len__(self) -> int:
        return len(self.persoon)

    def neem(self, welke: np.ndarray) -> "Zorg":
        return Zorg(*(getattr(self, veld.name)[welke] for veld in fields(self)))


def maak_zorg(
    parameters: Parameters, stelsel: Stelsel, tijdvak: Tijdvak, schaal: float, seed: int
) -> tuple[Zorg, np.ndarray]:
    """All spells, sorted by region of treatment, and the region of residence per person (person = position)."""
    rng = stroom(seed, 1)
    horizon = tijdvak.einde + parameters["wachtlijst"]["horizon_dagen"]
    golf, woonregio = _begin(parameters, tijdvak, schaal, horizon, rng)
    delen = []
    while len(golf["persoon"]):
        golf["tot"] = golf["van"] + _duur(parameters, golf["soort"], golf.pop("uit_stand"), rng)
        delen.append(golf)
        golf = _vervolg(parameters, golf, tijdvak.einde, rng)
    kolom = {naam: np.concatenate([deel[naam] for deel in delen]) for naam in delen[0]}
    regio, vestiging = _plaats(stelsel, kolom, woonregio, seed, rng)
    zorg = Zorg(**kolom, regio=regio, vestiging=vestiging)
    return zorg.neem(np.lexsort((zorg.van, zorg.persoon, zorg.regio))), woonregio


def _begin(parameters: Parameters, tijdvak: Tijdvak, schaal: float, horizon: int, rng) -> tuple[dict, np.ndarray]:
    """Who is in care on the first day, and who arrives after it. Arrivals past the last day only serve the waiting lists."""
    inwoners = np.array([parameters["regio"][r]["inwoners"] for r in parameters.regios], dtype=float)
    deel = inwoners * np.exp(rng.normal(0, parameters["regio_spreiding"], len(inwoners)))
    per_regio = np.outer(deel / deel.sum(), parameters.schaal_per_soort(schaal))
    dagen = np.arange(tijdvak.begin, horizon)
    groei = (1 + parameters["groei_per_jaar"]) ** ((dagen - tijdvak.begin) / 365)
    maand = dagen.astype("datetime64[D]").astype("datetime64[M]").astype(int) % 12
    kolommen: dict[str, list] = {"soort": [], "van": [], "extern": [], "woonregio": [], "uit_stand": []}
    for nummer, soort in enumerate(SOORTEN):
        gewicht = np.array(parameters["seizoen"]["acuut" if soort in ACUUT else "overig"])[maand] * groei
        stand = rng.poisson(parameters.per_soort("stand")[nummer] * per_regio[:, nummer])
        verwacht = parameters.aankomst_extern[nummer] * per_regio[:, nummer] * gewicht.sum()
        komt = rng.poisson(verwacht)
        eerste_dag = kies(np.cumsum(gewicht / gewicht.sum()), rng.random(komt.sum())) + tijdvak.begin
        kolommen["soort"].append(np.full(stand.sum() + komt.sum(), nummer, dtype=np.int8))
        kolommen["van"].append(np.concatenate([np.full(stand.sum(), tijdvak.begin), eerste_dag]))
        kolommen["uit_stand"].append(np.repeat([True, False], [stand.sum(), komt.sum()]))
        kolommen["extern"].append(np.repeat([False, True], [stand.sum(), komt.sum()]))
        kolommen["woonregio"].append(
            np.concatenate([np.repeat(np.arange(len(stand)), stand), np.repeat(np.arange(len(komt)), komt)])
        )
    golf = {naam: np.concatenate(delen) for naam, delen in kolommen.items()}
    woonregio = golf.pop("woonregio").astype(np.int8)
    aantal = len(woonregio)
    golf |= {
        "persoon": np.arange(aantal, dtype=np.int32),
        "van": golf["van"].astype(np.int32),
        "vorige": np.full(aantal, -1, dtype=np.int8),
        "naast_fact": np.zeros(aantal, dtype=bool),
    }
    return golf, woonregio


def _duur(parameters: Parameters, soort: np.ndarray, uit_stand: np.ndarray, rng) -> np.ndarray:
    """Whole days in care. Of who is in care on the first day it is the rest of the stay, which weighs long stays more."""
    gemiddelde = np.empty(len(soort))
    u = rng.random(len(soort))
    for nummer, naam in enumerate(SOORTEN):
        deel, dagen = np.array(parameters["zorg"][naam]["duur"]).T
        for stand, gewicht in ((False, deel), (True, deel * dagen)):
            welke = (soort == nummer) & (uit_stand == stand)
            gemiddelde[welke] = dagen[kies(np.cumsum(gewicht / gewicht.sum()), u[welke])]
    return np.ceil(rng.exponential(gemiddelde)).clip(1, 5000).astype(np.int32)


def _vervolg(parameters: Parameters, golf: dict, einde: int, rng) -> dict:
    """The next spells: straight after, as a readmission later, or an admission beside FACT. Only those before `einde`."""
    binnen = np.flatnonzero(golf["tot"] < einde)
    soort = golf["soort"][binnen]
    cumulatief = np.cumsum(parameters.overgang, axis=1)
    volgende = (rng.random(len(binnen))[:, None] >= cumulatief[soort]).sum(axis=1)
    stopt = volgende == len(SOORTEN)
    # who was admitted out of FACT goes back to it: no second place outside a bed
    in_fact = golf["naast_fact"][binnen]
    stopt |= in_fact & ~np.isin(volgende, [NUMMER[s] for s in ("hic", "klinisch", "beveiligd", "mpu")])
    terug = stopt & ~in_fact & (rng.random(len(binnen)) < parameters.per_soort("terugkeer")[soort])
    aansluiting = np.array([parameters["aansluiting_dagen"][s] for s in SOORTEN])
    wacht = rng.geometric(1 / (1 + aansluiting[np.minimum(volgende, len(SOORTEN) - 1)])) - 1
    minimaal, gemiddeld = parameters["terugkeer_na_dagen"]
    later = minimaal + rng.exponential(gemiddeld, len(binnen)).astype(np.int32)
    hier = kies(np.cumsum(parameters.terugkeer_naar), rng.random(len(binnen)))
    door = ~stopt | terug
    ketting = {
        "soort": np.where(terug, hier, volgende)[door].astype(np.int8),
        "van": (golf["tot"][binnen] + np.where(terug, later, wacht))[door].astype(np.int32),
        "persoon": golf["persoon"][binnen][door],
        "vorige": np.where(terug, -1, soort)[door].astype(np.int8),
        "naast_fact": in_fact[door],
    }
    opname = _naast_fact(parameters, golf, einde, rng)
    nieuw = {naam: np.concatenate([ketting[naam], opname[naam]]) for naam in ketting}
    op_tijd = nieuw["van"] < einde
    nieuw = {naam: waarde[op_tijd] for naam, waarde in nieuw.items()}
    return nieuw | {"extern": np.zeros(op_tijd.sum(), bool), "uit_stand": np.zeros(op_tijd.sum(), bool)}


def _naast_fact(parameters: Parameters, golf: dict, einde: int, rng) -> dict:
    fact = np.flatnonzero((golf["soort"] == FACT) & (golf["van"] < einde))
    dagen = np.minimum(golf["tot"][fact], einde) - golf["van"][fact]
    delen = []
    for nummer in np.flatnonzero(parameters.tijdens_fact):
        keer = rng.poisson(dagen * parameters.tijdens_fact[nummer])
        wie = np.repeat(fact, keer)
        dag = golf["van"][wie] + (rng.random(len(wie)) * np.repeat(dagen, keer)).astype(np.int32)
        delen.append({"soort": np.full(len(wie), nummer, np.int8), "van": dag, "persoon": golf["persoon"][wie]})
    samen = {naam: np.concatenate([deel[naam] for deel in delen]) for naam in delen[0]}
    aantal = len(samen["persoon"])
    return samen | {"vorige": np.full(aantal, FACT, np.int8), "naast_fact": np.ones(aantal, bool)}


def _plaats(stelsel: Stelsel, kolom: dict, woonregio: np.ndarray, seed: int, rng) -> tuple[np.ndarray, np.ndarray]:
    """Region and vestiging per spell; one person keeps to one vestiging per kind of care and region."""
    thuis = woonregio[kolom["persoon"]]
    regio = thuis.copy()
    vestiging = np.empty(len(thuis), dtype=np.int16)
    reist = rng.random(len(thuis))
    kant = uniform(seed, 2, kolom["persoon"])
    for nummer, soort in enumerate(SOORTEN):
        for woont in range(len(stelsel.regios)):
            welke = np.flatnonzero((kolom["soort"] == nummer) & (thuis == woont))
            regio[welke] = kies(stelsel.bestemming[soort][woont], reist[welke])
    for nummer, soort in enumerate(SOORTEN):
        for r, naam in enumerate(stelsel.regios):
            if not stelsel.biedt(naam, soort):
                continue
            welke = np.flatnonzero((kolom["soort"] == nummer) & (regio == r))
            nummers, cumulatief = stelsel.met_zorg(naam, soort)
            vestiging[welke] = nummers[kies(cumulatief, kant[welke])]
    return regio, vestiging
