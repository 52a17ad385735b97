"""Beds, places and HIC units of one region, read from the spells, so that they agree with the claims.

Belongs here: the tables `bedden` and `hic_monitor` without defects. Does not belong here: files, or injected defects.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.ndimage import maximum_filter1d

from pipelines.demo.parameters import NUMMER, Parameters, kansen
from pipelines.demo.stelsel import Stelsel, Vestiging
from pipelines.demo.toeval import kies, stroom, uniform
from pipelines.demo.trajecten import Tijdvak, Zorg


class Afdeling(NamedTuple):
    """A kind of afdeling of a vestiging: `deel` is its share of that kind of care there."""

    bedtype: str
    soort: str
    capaciteit_type: str
    deel: float
    beveiligingsniveau: int = 0
    wet: str = "Zvw"


AFDELINGEN = {
    "centrum": [
        Afdeling("HIC", "hic", "bed", 1.0),
        Afdeling("IHT", "iht", "ambulante_plek", 0.85),
        Afdeling("ACUTE_DAGBEHANDELING", "iht", "ambulante_plek", 0.15),
        Afdeling("CRISISDIENST", "crisis", "ambulante_plek", 1.0),
        Afdeling("KLINIEK", "klinisch", "bed", 1.0),
        Afdeling("FACT", "fact", "ambulante_plek", 1.0),
    ],
    "kliniek": [
        Afdeling("KLINIEK", "klinisch", "bed", 1.0),
        Afdeling("KIB", "beveiligd", "bed", 0.4, beveiligingsniveau=1),
        Afdeling("BEVEILIGD", "beveiligd", "bed", 0.6, beveiligingsniveau=2),
        Afdeling("TOPGGZ", "topklinisch", "bed", 1.0),
        Afdeling("TOPGGZ", "topambulant", "ambulante_plek", 1.0),
    ],
    "wijk": [Afdeling("FACT", "fact", "ambulante_plek", 1.0)],
    "praktijk": [],
    "ziekenhuis": [
        Afdeling("PAAZ", "klinisch", "bed", 0.75),
        Afdeling("PUK", "klinisch", "bed", 0.25),
        Afdeling("MPU", "mpu", "bed", 1.0),
    ],
    "woonvorm": [Afdeling("BESCHERMD_WONEN", "wmo", "bed", 1.0, wet="Wmo")],
}  # by the role of the vestiging
UITGESTELD = [
    f"uitgesteld_{reden}" for reden in ("beschermd_wonen", "wlz", "forensisch", "woning", "andere_ggz", "overig")
]
BEDDEN = [
    "maand", "agb_onderneming", "agb_vestiging", "afdeling_id", "bedtype", "capaciteit_type", "wet", "beveiligingsniveau",
    "erkend", "operationeel", "gesloten", "reden_sluiting", "beschikbare_dagen", "bezette_dagen", "opnames", "ontslagen",
    *UITGESTELD, "uitgesteld_aantal",
]  # fmt: skip
HIC = [
    "maand", "agb_vestiging", "eenheid_id", "eenheid_type", "capaciteit", "bezette_dagen", "opnames", "ontslagen",
    "opnames_buiten_regio", "heropnames_30d", "separaties", "separatie_uren", "gedwongen_medicatie", "uitgestelde_dagen",
    "modelgetrouwheid", "audit_datum",
]  # fmt: skip


def verdeel(totaal: np.ndarray, deel: np.ndarray) -> np.ndarray:
    """(afdeling, maand) whole numbers that sum to `totaal` (maand,), in proportion to `deel` (afdeling, maand)."""
    gewicht = np.cumsum(deel, axis=0) / np.maximum(deel.sum(axis=0), 1e-9)
    grens = np.round(totaal * gewicht).astype(np.int64)
    return np.diff(grens, axis=0, prepend=0)


class Capaciteit:
    """Makes the tables of one region. Months are columns of the arrays inside, rows of the tables that come out."""

    def __init__(
        self,
        parameters: Parameters,
        stelsel: Stelsel,
        tijdvak: Tijdvak,
        woonregio: np.ndarray,
        schaal: float,
        seed: int,
    ):
        self.parameters, self.stelsel, self.tijdvak = parameters, stelsel, tijdvak
        self.woonregio, self.schaal, self.seed = woonregio, schaal, seed

    def tabellen(self, regio: int, zorg: Zorg) -> tuple[pd.DataFrame, pd.DataFrame]:
        """`bedden` and `hic_monitor` of a region, all months."""
        rng = stroom(self.seed, 6, regio)
        bedden, hic = [], []
        for nummer in self.stelsel.van_regio(self.stelsel.regios[regio]):
            vestiging = self.stelsel.vestigingen[nummer]
            for afdeling in AFDELINGEN[vestiging.rol]:
                if afdeling.soort not in vestiging.zorg:
                    continue
                hier = zorg.neem((zorg.vestiging == nummer) & (zorg.soort == NUMMER[afdeling.soort]))
                tabel = self._afdelingen(hier, vestiging, afdeling, rng)
                bedden.append(tabel)
                if afdeling.bedtype in ("HIC", "IHT"):
                    hic.append(self._eenheden(tabel, hier, regio, afdeling.deel, rng))
            bedden += self._zonder_declaraties(vestiging, rng)
        alle = pd.concat(bedden, ignore_index=True)
        eenheden = pd.concat(hic, ignore_index=True) if hic else pd.DataFrame(columns=HIC)
        sorteer = ["maand", "agb_vestiging"]
        return (
            alle.sort_values([*sorteer, "afdeling_id"], ignore_index=True)[BEDDEN],
            eenheden.sort_values([*sorteer, "eenheid_id"], ignore_index=True)[HIC],
        )

    def dagen_in_zorg(self, zorg: Zorg, eraf: int = 0) -> np.ndarray:
        """(maand,) days in care of these spells less `eraf` at the end: with 0 the same as verblijfsdagen, where there is a bed."""
        tot_grens = [np.clip(g - zorg.van, 0, zorg.tot - eraf - zorg.van).sum() for g in self.tijdvak.grens]
        return np.diff(np.array(tot_grens, dtype=np.int64))

    def _per_maand(self, dag: np.ndarray) -> np.ndarray:
        return np.histogram(dag, bins=np.append(self.tijdvak.grens, self.tijdvak.einde + 10**6))[0][:-1]

    def _afdelingen(self, zorg: Zorg, vestiging: Vestiging, afdeling: Afdeling, rng) -> pd.DataFrame:
        p, dagen = self.parameters["capaciteit"], self.tijdvak.dagen.astype(np.int64)
        bezet = self._bezet(zorg, vestiging, afdeling, rng)
        plaatsen = self._plaatsen(bezet, vestiging, afdeling)
        bed = afdeling.capaciteit_type == "bed"
        per = p["bedden_per_afdeling"] if bed else p["plekken_per_team"]
        aantal = int(np.ceil(plaatsen / (p["units_per_hic"] if afdeling.bedtype == "HIC" else per)))
        erkend = np.repeat(verdeel(np.array([plaatsen]), np.ones((aantal, 1))), len(dagen), axis=1)
        bezet = verdeel(bezet, erkend)
        vol = np.ceil(bezet / dagen).astype(np.int64)
        krap = self._krap(vestiging, afdeling)
        if krap:
            operationeel = np.minimum(erkend, maximum_filter1d(vol, p["venster_krap_maanden"], axis=1, mode="nearest"))
        else:
            operationeel = np.maximum(vol, erkend - self._dicht(erkend, rng))
        begint = self._per_maand(zorg.van[(zorg.van > self.tijdvak.begin) | zorg.extern])
        opnames = verdeel(np.round(begint * afdeling.deel).astype(np.int64), erkend)
        ontslagen = verdeel(np.round(self._per_maand(zorg.tot) * afdeling.deel).astype(np.int64), erkend)
        namen = [f"{afdeling.bedtype[:4]}{'' if bed else 'A'}{i + 1:02d}" for i in range(aantal)]
        tabel = self._rijen(vestiging, namen, afdeling, erkend, operationeel, bezet, rng)
        if krap:
            tabel["reden_sluiting"] = np.where(tabel["gesloten"] > 0, "personeel", None)
        tabel["opnames"], tabel["ontslagen"] = opnames.ravel(), ontslagen.ravel()
        return self._uitgesteld(tabel, afdeling.soort, rng)

    def _bezet(self, zorg: Zorg, vestiging: Vestiging, afdeling: Afdeling, rng) -> np.ndarray:
        """(maand,) occupied days of this kind of afdeling: its share of the days in care, and a little counting noise."""
        groepen = [a for a in AFDELINGEN[vestiging.rol] if a[1:3] == afdeling[1:3]]
        kop = sum(a.deel for a in groepen[: groepen.index(afdeling)])
        # a place outside a bed is free again on the last day of care, a bed is not
        bezet = self.dagen_in_zorg(zorg, 0 if afdeling.capaciteit_type == "bed" else 1)
        bezet = np.round(bezet * (kop + afdeling.deel)).astype(np.int64) - np.round(bezet * kop).astype(np.int64)
        ruis = self.parameters["capaciteit"]["ruis"]
        afwijking = np.where(bezet >= 100, np.round(bezet * rng.uniform(-ruis, ruis, len(bezet))), 0)
        return bezet + afwijking.astype(np.int64)

    def _krap(self, vestiging: Vestiging, afdeling: Afdeling) -> bool:
        """Wards of this region run full; a crisisdienst always keeps room, and a woonvorm is full everywhere."""
        krap = vestiging.regio in self.parameters["voorziening"]["krap"] and afdeling.soort != "crisis"
        return krap or afdeling.soort == "wmo"

    def _plaatsen(self, bezet: np.ndarray, vestiging: Vestiging, afdeling: Afdeling) -> int:
        """Erkende places: what the mean month needs at the target, and the busiest month at least."""
        p = self.parameters["capaciteit"]
        doel = p["doelbezetting"].get(afdeling.soort, 0.9)
        if vestiging.regio in self.parameters["voorziening"]["ruim"] and afdeling.soort != "wmo":
            doel = min(doel, p["doelbezetting_ruim"])
        drukste = (bezet / self.tijdvak.dagen).max() / (p["erkend_krap"] if self._krap(vestiging, afdeling) else 1.0)
        return max(1, int(np.ceil(bezet.sum() / self.tijdvak.dagen.sum() / doel)), int(np.ceil(drukste)))

    def _dicht(self, erkend: np.ndarray, rng) -> np.ndarray:
        """(afdeling, maand) beds closed in a stretch of months, for some of the afdelingen."""
        p = self.parameters["capaciteit"]
        afdelingen, maanden = erkend.shape
        begin = rng.integers(0, maanden, afdelingen)
        duur = rng.integers(3, 10, afdelingen) * (rng.random(afdelingen) < p["gesloten_kans"])
        nu = np.arange(maanden)
        in_periode = (nu >= begin[:, None]) & (nu < (begin + duur)[:, None])
        return np.where(in_periode, np.ceil(erkend * p["gesloten_aandeel"]).astype(np.int64), 0)

    def _rijen(
        self, vestiging: Vestiging, namen: list[str], afdeling: Afdeling, erkend, operationeel, bezet, rng
    ) -> pd.DataFrame:
        redenen, cumulatief = kansen(self.parameters["capaciteit"]["reden_sluiting"])
        reden = np.array(redenen, dtype=object)[kies(cumulatief, rng.random(len(namen)))]
        gesloten = erkend - operationeel
        maanden = len(self.tijdvak.maanden)
        return pd.DataFrame(
            {
                "maand": np.tile(self.tijdvak.maanden, len(namen)),
                "agb_onderneming": vestiging.onderneming,
                "agb_vestiging": vestiging.agb,
                "afdeling_id": np.repeat(namen, maanden),
                "bedtype": afdeling.bedtype,
                "capaciteit_type": afdeling.capaciteit_type,
                "wet": afdeling.wet,
                "beveiligingsniveau": afdeling.beveiligingsniveau,
                "erkend": erkend.ravel(),
                "operationeel": operationeel.ravel(),
                "gesloten": gesloten.ravel(),
                "reden_sluiting": np.where(gesloten.ravel() > 0, np.repeat(reden, maanden), None),
                "beschikbare_dagen": (operationeel * self.tijdvak.dagen).ravel(),
                "bezette_dagen": bezet.ravel(),
                "opnames": 0,
                "ontslagen": 0,
            }
        )

    def _uitgesteld(self, tabel: pd.DataFrame, soort: str, rng) -> pd.DataFrame:
        """Days of patients who are ready to leave, by what they wait for; the share differs per vestiging."""
        p = self.parameters["capaciteit"]
        vestiging = np.array([int(tabel["agb_vestiging"].iloc[0])])
        aandeel = p["uitgesteld_aandeel"].get(soort, 0.0) * (0.5 + 1.1 * uniform(self.seed, 50, vestiging)[0])
        totaal = rng.binomial(tabel["bezette_dagen"].to_numpy(), min(aandeel, 0.5))
        redenen = rng.multinomial(totaal, p["uitgesteld_reden"])
        for nummer, kolom in enumerate(UITGESTELD):
            tabel[kolom] = redenen[:, nummer]
        dagen = np.tile(self.tijdvak.dagen, len(tabel) // len(self.tijdvak.dagen))
        tabel["uitgesteld_aantal"] = np.minimum(rng.poisson(totaal / dagen), tabel["operationeel"])
        return tabel

    def _zonder_declaraties(self, vestiging: Vestiging, rng) -> list[pd.DataFrame]:
        """Afdelingen without claims: an empty ward, and those that another law pays (LIZ, forensisch)."""
        p, maanden = self.parameters["capaciteit"], len(self.tijdvak.maanden)
        if vestiging.rol != "kliniek":
            return []
        tabellen = []
        if vestiging.regio in self.parameters["voorziening"]["leegstaand"]:
            erkend = np.full((1, maanden), max(2, round(p["leegstaande_bedden"] * self.schaal)))
            leegstaand = Afdeling("KLINIEK", "leegstaand", "bed", 0.0)
            leeg = self._rijen(vestiging, ["LEEG01"], leegstaand, erkend, erkend // 2, erkend * 0, rng)
            tabellen.append(self._uitgesteld(leeg, "leegstaand", rng))
        if vestiging.regio in self.parameters["voorziening"]["beveiligd"]:
            for bedtype, soort in p["buiten_zvw"].items():
                bedden = np.full((1, maanden), max(2, round(soort["bedden"] * self.schaal)))
                bezet = np.round(bedden * self.tijdvak.dagen * rng.uniform(*soort["bezet"], maanden)).astype(np.int64)
                afdeling = Afdeling(bedtype, "", "bed", 0.0, soort["niveau"], soort["wet"])
                naam = f"{bedtype[:4]}{soort['wet'].upper()}"
                tabel = self._rijen(vestiging, [naam], afdeling, bedden, bedden, bezet, rng)
                tabellen.append(self._uitgesteld(tabel, "klinisch", rng))
        return tabellen

    def _eenheden(self, bedden: pd.DataFrame, zorg: Zorg, regio: int, deel: float, rng) -> pd.DataFrame:
        """One unit or team per afdeling of HIC or IHT: the same capacity, and for HIC the bed days of the claims."""
        p = self.parameters["capaciteit"]
        maanden = len(self.tijdvak.maanden)
        afdelingen = len(bedden) // maanden
        vorm = (afdelingen, maanden)
        is_hic = bedden["bedtype"].iloc[0] == "HIC"
        capaciteit = bedden["operationeel"].to_numpy().reshape(vorm)
        opnames = bedden["opnames"].to_numpy()
        buiten = zorg.extern | (zorg.van > self.tijdvak.begin)
        buiten &= self.woonregio[zorg.persoon] != regio
        van_buiten = np.round(self._per_maand(zorg.van[buiten]) * deel).astype(np.int64)
        separaties = rng.poisson(opnames * (p["separaties_per_opname"] if is_hic else 0.0))
        cijfer = np.round(rng.uniform(*p["modelgetrouwheid"], afdelingen), 1)
        cijfer = np.repeat(np.where(rng.random(afdelingen) < p["zonder_audit"], np.nan, cijfer), maanden)
        tabel = pd.DataFrame(
            {
                "maand": bedden["maand"],
                "agb_vestiging": bedden["agb_vestiging"],
                "eenheid_id": bedden["afdeling_id"],
                "eenheid_type": bedden["bedtype"],
                "capaciteit": bedden["operationeel"],
                "bezette_dagen": verdeel(self.dagen_in_zorg(zorg), capaciteit).ravel()
                if is_hic
                else bedden["bezette_dagen"],
                "opnames": opnames,
                "ontslagen": bedden["ontslagen"],
                "opnames_buiten_regio": np.minimum(verdeel(van_buiten, capaciteit).ravel(), opnames),
                "heropnames_30d": rng.binomial(opnames, p["heropname_30d"][bedden["bedtype"].iloc[0]]),
                "separaties": separaties,
                "separatie_uren": np.round(separaties * rng.uniform(0.4, 1.6, len(bedden)) * p["separatie_uren"], 1),
                "gedwongen_medicatie": rng.poisson(opnames * (p["gedwongen_medicatie_per_opname"] if is_hic else 0.0)),
                "uitgestelde_dagen": bedden[UITGESTELD].sum(axis=1),
                "modelgetrouwheid": cijfer,
                "audit_datum": np.where(
                    np.isnan(cijfer), None, f"{int(self.tijdvak.maanden[0][:4]) - 1}-11-{10 + regio % 15}"
                ),
            }
        )
        return tabel
