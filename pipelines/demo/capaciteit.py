"""Beds, places and HIC units of one region, read from the spells, so that they agree with the claims.

Belongs here: the tables `bedden` and `hic_monitor` without defects. Does not belong here: files, or injected defects.
"""

import numpy as np
import pandas as pd

from pipelines.demo.parameters import NUMMER, Parameters, kansen
from pipelines.demo.stelsel import Stelsel
from pipelines.demo.toeval import kies, stroom, uniform
from pipelines.demo.trajecten import Tijdvak, Zorg

# role of a vestiging -> its kinds of afdeling: bedtype, kind of care, capaciteit_type, share of that care, beveiligingsniveau
AFDELINGEN = {
    "centrum": [
        ("HIC", "hic", "bed", 1.0, 0),
        ("IHT", "iht", "ambulante_plek", 0.85, 0),
        ("ACUTE_DAGBEHANDELING", "iht", "ambulante_plek", 0.15, 0),
        ("CRISISDIENST", "crisis", "ambulante_plek", 1.0, 0),
        ("KLINIEK", "klinisch", "bed", 1.0, 0),
        ("FACT", "fact", "ambulante_plek", 1.0, 0),
    ],
    "kliniek": [
        ("KLINIEK", "klinisch", "bed", 1.0, 0),
        ("KIB", "beveiligd", "bed", 0.4, 1),
        ("BEVEILIGD", "beveiligd", "bed", 0.6, 2),
        ("TOPGGZ", "topklinisch", "bed", 1.0, 0),
        ("TOPGGZ", "topambulant", "ambulante_plek", 1.0, 0),
    ],
    "wijk": [("FACT", "fact", "ambulante_plek", 1.0, 0)],
    "praktijk": [],
    "ziekenhuis": [
        ("PAAZ", "klinisch", "bed", 0.75, 0),
        ("PUK", "klinisch", "bed", 0.25, 0),
        ("MPU", "mpu", "bed", 1.0, 0),
    ],
}
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

    def __init__(self, parameters: Parameters, stelsel: Stelsel, tijdvak: Tijdvak, woonregio: np.ndarray, seed: int):
        self.parameters, self.stelsel, self.tijdvak = parameters, stelsel, tijdvak
        self.woonregio, self.seed = woonregio, seed

    def tabellen(self, regio: int, zorg: Zorg) -> tuple[pd.DataFrame, pd.DataFrame]:
        """`bedden` and `hic_monitor` of a region, all months."""
        rng = stroom(self.seed, 6, regio)
        bedden, hic = [], []
        for nummer in self.stelsel.van_regio(self.stelsel.regios[regio]):
            vestiging = self.stelsel.vestigingen[nummer]
            for bedtype, soort, type_, deel, niveau in AFDELINGEN[vestiging.rol]:
                if soort not in vestiging.zorg:
                    continue
                welke = (zorg.vestiging == nummer) & (zorg.soort == NUMMER[soort])
                tabel = self._afdelingen(zorg.neem(welke), vestiging, bedtype, soort, type_, deel, niveau, rng)
                bedden.append(tabel)
                if bedtype in ("HIC", "IHT"):
                    hic.append(self._eenheden(tabel, zorg.neem(welke), regio, deel, rng))
            bedden += self._zonder_declaraties(vestiging, rng)
        alle = pd.concat(bedden, ignore_index=True)
        eenheden = pd.concat(hic, ignore_index=True) if hic else pd.DataFrame(columns=HIC)
        sorteer = ["maand", "agb_vestiging"]
        return (
            alle.sort_values([*sorteer, "afdeling_id"], ignore_index=True)[BEDDEN],
            eenheden.sort_values([*sorteer, "eenheid_id"], ignore_index=True)[HIC],
        )

    def dagen_in_zorg(self, zorg: Zorg) -> np.ndarray:
        """(maand,) days in care of these spells: for a kind of care with a bed the same as its verblijfsdagen."""
        tot_grens = [np.clip(g - zorg.van, 0, zorg.tot - zorg.van).sum() for g in self.tijdvak.grens]
        return np.diff(np.array(tot_grens, dtype=np.int64))

    def _per_maand(self, dag: np.ndarray) -> np.ndarray:
        return np.histogram(dag, bins=np.append(self.tijdvak.grens, self.tijdvak.einde + 10**6))[0][:-1]

    def _afdelingen(self, zorg: Zorg, vestiging, bedtype, soort, type_, deel, niveau, rng) -> pd.DataFrame:
        p, dagen = self.parameters["capaciteit"], self.tijdvak.dagen.astype(np.int64)
        bezet = self.dagen_in_zorg(zorg)
        groepen = [d for d in AFDELINGEN[vestiging.rol] if d[1] == soort and d[2] == type_]
        kop = sum(d[3] for d in groepen[: [d[0] for d in groepen].index(bedtype)])
        bezet = np.round(bezet * (kop + deel)).astype(np.int64) - np.round(bezet * kop).astype(np.int64)
        ruis = np.where(bezet >= 100, np.round(bezet * rng.uniform(-p["ruis"], p["ruis"], len(bezet))), 0)
        bezet = bezet + ruis.astype(np.int64)
        plaatsen = max(
            1,
            int(np.ceil(bezet.sum() / dagen.sum() / p["doelbezetting"].get(soort, 0.9))),
            int(np.ceil((bezet / dagen).max())),
        )
        per = (
            p["units_per_hic"]
            if bedtype == "HIC"
            else p["bedden_per_afdeling"]
            if type_ == "bed"
            else p["plekken_per_team"]
        )
        aantal = int(np.ceil(plaatsen / per))
        erkend = np.repeat(verdeel(np.array([plaatsen]), np.ones((aantal, 1))), len(dagen), axis=1)
        bezet = verdeel(bezet, erkend)
        operationeel = np.maximum(np.ceil(bezet / dagen).astype(np.int64), erkend - self._dicht(erkend, rng))
        begint = self._per_maand(zorg.van[(zorg.van > self.tijdvak.begin) | zorg.extern])
        opnames = verdeel(np.round(begint * deel).astype(np.int64), erkend)
        ontslagen = verdeel(np.round(self._per_maand(zorg.tot) * deel).astype(np.int64), erkend)
        namen = [f"{bedtype[:4]}{'A' if type_ != 'bed' else ''}{i + 1:02d}" for i in range(aantal)]
        tabel = self._rijen(vestiging, namen, bedtype, type_, niveau, erkend, operationeel, bezet, rng)
        tabel["opnames"], tabel["ontslagen"] = opnames.ravel(), ontslagen.ravel()
        return self._uitgesteld(tabel, soort, rng)

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
        self, vestiging, namen, bedtype, type_, niveau, erkend, operationeel, bezet, rng, wet="Zvw"
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
                "bedtype": bedtype,
                "capaciteit_type": type_,
                "wet": wet,
                "beveiligingsniveau": niveau,
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

    def _zonder_declaraties(self, vestiging, rng) -> list[pd.DataFrame]:
        """Afdelingen without Zvw claims: an empty ward, and LIZ, which the Wlz pays."""
        regio, maanden = vestiging.regio, len(self.tijdvak.maanden)
        if vestiging.rol != "kliniek":
            return []
        tabellen = []
        if regio in self.parameters["voorziening"]["leegstaand"]:
            vol = np.full((1, maanden), 12)
            leeg = self._rijen(vestiging, ["LEEG01"], "KLINIEK", "bed", 0, vol, vol // 2, vol * 0, rng)
            tabellen.append(self._uitgesteld(leeg, "leegstaand", rng))
        if regio in self.parameters["voorziening"]["beveiligd"]:
            bedden = np.full((1, maanden), self.parameters["capaciteit"]["liz_bedden_per_regio"])
            bezet = np.round(bedden * self.tijdvak.dagen * rng.uniform(0.88, 0.97, maanden)).astype(np.int64)
            liz = self._rijen(vestiging, ["LIZ01"], "LIZ", "bed", 0, bedden, bedden, bezet, rng, wet="Wlz")
            tabellen.append(self._uitgesteld(liz, "klinisch", rng))
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
        cijfer = np.repeat(np.round(rng.uniform(*p["modelgetrouwheid"], afdelingen), 1), maanden)
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
                "audit_datum": f"{int(self.tijdvak.maanden[0][:4]) - 1}-11-{10 + regio % 15}",
            }
        )
        return tabel
