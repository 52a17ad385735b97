"""The providers: which region has which aanbieder, vestigingen and kinds of care, and where people of a region go.

Belongs here: the fixed map of who offers what. Does not belong here: patients, or figures per month.
AGB-codes are made up in the shape of real ones and stand for nobody.
"""

from dataclasses import dataclass

import numpy as np

from pipelines.demo.parameters import SOORTEN, Parameters

# role of a vestiging -> kinds of care, with the share of the region's patients of that kind that it treats
ROLLEN = {
    "centrum": {"crisis": 1.0, "hic": 1.0, "iht": 1.0, "klinisch": 0.2, "fact": 0.5, "forensisch": 1.0},
    "kliniek": {"klinisch": 0.6, "beveiligd": 1.0, "topklinisch": 1.0, "topambulant": 1.0, "wlz": 1.0},
    "wijk": {"fact": 0.5, "ambulant": 0.35},
    "praktijk": {"ambulant": 0.6},
    "ziekenhuis": {"klinisch": 0.2, "mpu": 1.0, "ambulant": 0.05},
    "woonvorm": {"wmo": 1.0},
}


@dataclass(frozen=True)
class Vestiging:
    agb: str
    onderneming: str
    regio: str
    rol: str
    zorg: dict[str, float]


class Stelsel:
    """All vestigingen, and per kind of care the chance that someone of region i is treated in region j."""

    def __init__(self, parameters: Parameters):
        self.parameters = parameters
        self.regios = parameters.regios
        self.vestigingen = [v for regio in self.regios for v in _vestigingen(parameters, regio)]
        self._van_regio = {r: [i for i, v in enumerate(self.vestigingen) if v.regio == r] for r in self.regios}
        self.regio_van_vestiging = np.array([self.regios.index(v.regio) for v in self.vestigingen])
        elders = {soort: self._elders(soort) for soort in SOORTEN}
        self.elders = {soort: np.cumsum(kans, axis=1) for soort, kans in elders.items()}
        self.bestemming = {soort: self._bestemming(soort, kans) for soort, kans in elders.items()}

    def biedt(self, regio: str, soort: str) -> bool:
        return any(v.regio == regio and soort in v.zorg for v in self.vestigingen)

    def van_regio(self, regio: str) -> list[int]:
        """Numbers of the vestigingen of a region."""
        return self._van_regio[regio]

    def met_zorg(self, regio: str, soort: str) -> tuple[np.ndarray, np.ndarray]:
        """Numbers of the vestigingen of a region that offer this care, and their cumulative shares."""
        nummers = [i for i in self.van_regio(regio) if soort in self.vestigingen[i].zorg]
        deel = np.array([self.vestigingen[i].zorg[soort] for i in nummers])
        return np.array(nummers, dtype=np.int32), np.cumsum(deel / deel.sum())

    def andere(self, soort: str) -> np.ndarray:
        """(vestiging,): another vestiging of its region with this care, -1 where there is none."""
        ander = np.full(len(self.vestigingen), -1, dtype=np.int16)
        for regio in self.regios:
            nummers, _ = self.met_zorg(regio, soort)
            ander[nummers] = np.roll(nummers, -1) if len(nummers) > 1 else -1
        return ander

    def _elders(self, soort: str) -> np.ndarray:
        """(regio, regio): chances of who goes to another region, near and large ones more often."""
        plaats = self.parameters["regio"]
        km = np.array([[_afstand_km(plaats[a], plaats[b]) for b in self.regios] for a in self.regios])
        inwoners = np.array([plaats[r]["inwoners"] for r in self.regios])
        biedt = np.array([self.biedt(r, soort) for r in self.regios])
        elders = np.exp(-km / self.parameters["reis_km"]) * inwoners * biedt
        np.fill_diagonal(elders, 0.0)
        return elders / elders.sum(axis=1, keepdims=True)

    def _bestemming(self, soort: str, elders: np.ndarray) -> np.ndarray:
        """(regio, regio): cumulative chances per region of residence."""
        biedt = np.array([self.biedt(r, soort) for r in self.regios])
        buiten = np.where(biedt, self.parameters["zorg"][soort]["buiten"], 1.0)
        matrix = elders * buiten[:, None]
        matrix[np.diag_indices(len(self.regios))] = 1 - buiten
        return np.cumsum(matrix, axis=1)


def _vestigingen(parameters: Parameters, regio: str) -> list[Vestiging]:
    voorziening = parameters["voorziening"]
    ontbreekt = {
        soort
        for soort, aanwezig in {
            "hic": regio not in voorziening["zonder_hic"],
            "iht": regio not in voorziening["zonder_hic"],
            "beveiligd": regio in voorziening["beveiligd"],
            "topklinisch": regio in voorziening["topggz"],
            "topambulant": regio in voorziening["topggz"],
            "mpu": regio in voorziening["mpu"],
        }.items()
        if not aanwezig
    }
    nummer = regio[2:]
    plaatsen = {
        "centrum": ("0690", 1), "kliniek": ("0690", 2), "wijk": ("0690", 3), "praktijk": ("0694", 1), "woonvorm": ("7200", 1)
    }  # fmt: skip
    if regio in voorziening["ziekenhuis"]:
        plaatsen["ziekenhuis"] = ("5400", 51)  # seeds/agb_zorgsoort.csv: 54 is PUK/PAAZ, 72 beschermd wonen (RIBW)
    gevonden = []
    for rol, (begin, volgnummer) in plaatsen.items():
        zorg = {soort: deel for soort, deel in ROLLEN[rol].items() if soort not in ontbreekt}
        if rol == "wijk" and parameters["regio"][regio]["inwoners"] >= voorziening["wijkteams_los_vanaf"]:
            begin = "0691"  # a provider of its own
        agb = f"{begin}{nummer}{volgnummer:02d}"
        onderneming = f"{agb[:6]}{50 if rol == 'ziekenhuis' else 0:02d}"
        gevonden.append(Vestiging(agb, onderneming, regio, rol, zorg))
    return gevonden


def _afstand_km(a: dict, b: dict) -> float:
    breedte = (a["breedte"] - b["breedte"]) * 111.2
    lengte = (a["lengte"] - b["lengte"]) * 111.2 * np.cos(np.radians(52.2))
    return float(np.hypot(breedte, lengte))
