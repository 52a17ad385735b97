"""The waiting lists of one region: who waits for the spells to come, who drops out, and who stands on two lists.

Belongs here: wachtplekken and their monthly snapshot. Does not belong here: files, or injected defects.
"""

from dataclasses import dataclass, fields

import numpy as np
import pyarrow as pa

from pipelines.demo.declaraties import EERSTE_DATUM
from pipelines.demo.parameters import NUMMER, SOORTEN, Parameters, kansen
from pipelines.demo.populatie import Populatie, nummertekst
from pipelines.demo.stelsel import Stelsel
from pipelines.demo.toeval import kies, uniform
from pipelines.demo.trajecten import Tijdvak, Zorg
from pipelines.demo.wachten import op_lijst, wacht_dagen

ZORGVORM = {
    "crisis": "crisis", "hic": "hic", "iht": "iht", "klinisch": "klinische_opname", "beveiligd": "beveiligde_opname",
    "topklinisch": "hoogspecialistisch", "topambulant": "hoogspecialistisch", "mpu": "mpu", "fact": "fact",
    "ambulant": "ambulant",
}  # fmt: skip
NOOIT = np.iinfo(np.int32).max
SCHEMA = pa.schema(
    [
        ("maand", pa.string()),
        ("wachtplek_id", pa.string()),
        ("patient_pseudoniem", pa.string()),
        ("agb_vestiging", pa.string()),
        ("gemeente_code", pa.string()),
        ("hoofddiagnosegroep", pa.string()),
        ("zorgvorm", pa.string()),
        ("aanmelddatum", pa.date32()),
        ("intakedatum", pa.date32()),
        ("startdatum_behandeling", pa.date32()),
        ("einddatum", pa.date32()),
        ("reden_einde", pa.string()),
        ("exclusiecriterium", pa.string()),
        ("voorkeursaanbieder", pa.string()),
        ("bemiddeling", pa.string()),
        ("aanmeldpauze", pa.string()),
    ]
)


@dataclass
class Plekken:
    """Wachtplekken as columns. `sleutel` numbers them, `persoon` for the pseudonym, `woont` the person whose municipality
    it is; `start` is NOOIT for who never starts, `einde` the day the place is gone."""

    sleutel: np.ndarray
    persoon: np.ndarray
    woont: np.ndarray
    vestiging: np.ndarray
    soort: np.ndarray
    aanmelding: np.ndarray
    intake: np.ndarray
    start: np.ndarray
    einde: np.ndarray
    elders: np.ndarray

    def __len__(self) -> int:
        return len(self.sleutel)

    def neem(self, welke: np.ndarray) -> "Plekken":
        return Plekken(*(getattr(self, veld.name)[welke] for veld in fields(self)))


def samen(*delen: Plekken) -> Plekken:
    return Plekken(*(np.concatenate([getattr(deel, veld.name) for deel in delen]) for veld in fields(Plekken)))


class Wachtlijst:
    """Makes the waiting lists of one region."""

    def __init__(self, parameters: Parameters, stelsel: Stelsel, tijdvak: Tijdvak, populatie: Populatie, seed: int):
        self.parameters, self.stelsel, self.tijdvak = parameters, stelsel, tijdvak
        self.populatie, self.seed = populatie, seed

    def plekken(self, zorg: Zorg, sleutel: np.ndarray) -> Plekken:
        """Every wachtplek that is open on some day of the demo. `sleutel` numbers the spells nationally."""
        p = self.parameters["wachtlijst"]
        kan = np.isin(zorg.soort, [NUMMER[s] for s in ZORGVORM])
        welke = np.flatnonzero(zorg.extern & kan & op_lijst(self.parameters, self.seed, sleutel, zorg.soort))
        tot_intake, tot_start = wacht_dagen(self.parameters, self.seed, sleutel[welke], zorg.soort[welke])
        aanmelding = np.maximum(zorg.van[welke] - tot_intake - tot_start, EERSTE_DATUM).astype(np.int32)
        aantal = len(welke)
        gestart = Plekken(
            sleutel[welke] * 4, zorg.persoon[welke].astype(np.int64), zorg.persoon[welke], zorg.vestiging[welke], zorg.soort[welke],
            aanmelding, np.maximum(zorg.van[welke] - tot_start, aanmelding), zorg.van[welke], zorg.van[welke],
            np.zeros(aantal, bool),
        )  # fmt: skip
        uitval = self._uitval(gestart, p)
        alle = samen(gestart, self._tweede_lijst(gestart, p), uitval)
        bestaat = (alle.aanmelding < self.tijdvak.einde) & (alle.einde >= self.tijdvak.begin)
        return alle.neem(np.flatnonzero(bestaat))

    def _uitval(self, gestart: Plekken, p: dict) -> Plekken:
        """People who leave the list without a start: as long on it as somebody who does start, and nobody in the claims."""
        kans = p["uitval"] / (1 - p["uitval"])
        weg = gestart.neem(np.flatnonzero(uniform(self.seed, 60, gestart.sleutel) < kans))
        schuif = (uniform(self.seed, 61, weg.sleutel) * 30).astype(np.int32)
        weg.aanmelding = np.maximum(weg.aanmelding - schuif, EERSTE_DATUM).astype(np.int32)
        had_intake = uniform(self.seed, 62, weg.sleutel) < p["intake_gehad_bij_uitval"]
        weg.intake = np.where(had_intake, np.maximum(weg.intake - schuif, weg.aanmelding), NOOIT).astype(np.int32)
        weg.einde = np.maximum(weg.einde - schuif, np.where(had_intake, weg.intake, weg.aanmelding)).astype(np.int32)
        weg.start = np.full(len(weg), NOOIT, np.int32)
        weg.persoon = weg.persoon + 2**33
        weg.sleutel = weg.sleutel + 1
        return weg

    def _tweede_lijst(self, gestart: Plekken, p: dict) -> Plekken:
        """The same person on the list of another vestiging for the same care, until treatment starts at the first."""
        dubbel = gestart.neem(np.flatnonzero(uniform(self.seed, 63, gestart.sleutel) < p["tweede_lijst"]))
        anders = self._andere_vestiging(dubbel)
        dubbel.vestiging = anders
        dubbel = dubbel.neem(np.flatnonzero(anders >= 0))
        later = (uniform(self.seed, 64, dubbel.sleutel) * 14).astype(np.int32)
        dubbel.aanmelding = np.minimum(dubbel.aanmelding + later, dubbel.einde).astype(np.int32)
        dubbel.intake = np.full(len(dubbel), NOOIT, np.int32)
        dubbel.start = np.full(len(dubbel), NOOIT, np.int32)
        dubbel.elders = np.ones(len(dubbel), bool)
        dubbel.sleutel = dubbel.sleutel + 2
        return dubbel

    def _andere_vestiging(self, plekken: Plekken) -> np.ndarray:
        """Another vestiging of the region with this care, -1 where there is none."""
        anders = np.full(len(plekken), -1, dtype=np.int16)
        for vestiging in np.unique(plekken.vestiging):
            for soort in np.unique(plekken.soort):
                nummers, _ = self.stelsel.met_zorg(self.stelsel.vestigingen[vestiging].regio, SOORTEN[soort])
                rest = nummers[nummers != vestiging]
                if len(rest):
                    anders[(plekken.vestiging == vestiging) & (plekken.soort == soort)] = rest[0]
        return anders

    def momentopname(self, plekken: Plekken, maand: int) -> tuple[pa.Table, np.ndarray, np.ndarray]:
        """The snapshot of a month; where the woonregio is unknown; and which rows are open on the last day. What lies
        after the last day is not known yet, and empty."""
        p, na = self.parameters["wachtlijst"], int(self.tijdvak.grens[maand + 1])
        welke = np.flatnonzero((plekken.aanmelding < na) & (plekken.einde >= self.tijdvak.grens[maand]))
        deze = plekken.neem(welke[np.lexsort((plekken.sleutel[welke], plekken.vestiging[welke]))])
        gestart, geeindigd = deze.start < na, deze.einde < na
        met_einde = geeindigd & ~(gestart & (uniform(self.seed, 65, deze.sleutel) < p["start_zonder_einddatum"]))
        gemeente, w03 = self.populatie.gemeente(deze.woont)
        reden = self._reden(deze, gestart)
        criteria = pa.array(p["exclusiecriterium"])
        groepen = pa.array(p["diagnosegroep"])
        diagnose = (uniform(self.seed, 66, deze.persoon) * len(groepen) * 1.05).astype(np.int32)
        vorm = pa.array([ZORGVORM.get(s) for s in SOORTEN])
        ja_nee = pa.array(["N", "J"])
        exclusie = met_einde & (reden == 3)
        kolommen = {
            "maand": pa.array([self.tijdvak.maanden[maand]]).take(pa.array(np.zeros(len(deze), np.int8))),
            "wachtplek_id": nummertekst("W", deze.sleutel, 10),
            "patient_pseudoniem": self.populatie.pseudoniem(deze.persoon),
            "agb_vestiging": pa.array([v.agb for v in self.stelsel.vestigingen]).take(pa.array(deze.vestiging)),
            "gemeente_code": gemeente,
            "hoofddiagnosegroep": groepen.take(pa.array(diagnose, mask=diagnose >= len(groepen))),
            "zorgvorm": vorm.take(pa.array(deze.soort)),
            "aanmelddatum": _datum(deze.aanmelding, na),
            "intakedatum": _datum(deze.intake, na),
            "startdatum_behandeling": _datum(deze.start, na),
            "einddatum": _datum(np.where(met_einde, deze.einde, NOOIT), na),
            "reden_einde": pa.array(REDENEN).take(pa.array(reden, mask=~met_einde)),
            "exclusiecriterium": criteria.take(pa.array(diagnose % len(criteria), mask=~exclusie)),
            "voorkeursaanbieder": ja_nee.take(
                pa.array((uniform(self.seed, 67, deze.sleutel) < p["voorkeursaanbieder"]).astype(np.int8))
            ),
            "bemiddeling": self._bemiddeling(deze, na),
            "aanmeldpauze": ja_nee.take(
                pa.array((uniform(self.seed, 68, deze.sleutel) < p["aanmeldpauze"]).astype(np.int8))
            ),
        }
        return pa.table([kolommen[naam] for naam in SCHEMA.names], schema=SCHEMA), w03, ~geeindigd

    def _reden(self, deze: Plekken, gestart: np.ndarray) -> np.ndarray:
        namen, cumulatief = kansen(self.parameters["wachtlijst"]["uitval_reden"])
        nummer = np.array([REDENEN.index(naam) for naam in namen])
        uitval = nummer[kies(cumulatief, uniform(self.seed, 69, deze.sleutel))]
        return np.where(gestart, 0, np.where(deze.elders, 1, uitval)).astype(np.int8)

    def _bemiddeling(self, deze: Plekken, na: int) -> pa.Array:
        """Asked for after four weeks at the earliest, and settled within some months."""
        p = self.parameters["wachtlijst"]
        vraagt = uniform(self.seed, 70, deze.sleutel) < p["bemiddeling"]
        gevraagd = deze.aanmelding + 28
        klaar = gevraagd + (uniform(self.seed, 71, deze.sleutel) * 60).astype(np.int32)
        mislukt = uniform(self.seed, 72, deze.sleutel) < p["bemiddeling_mislukt"]
        stand = np.where(klaar < na, np.where(mislukt, 3, 2), 1)
        vraagt &= (gevraagd < na) & (gevraagd <= deze.einde)
        return pa.array(["geen", "gevraagd", "gelukt", "mislukt"]).take(
            pa.array(np.where(vraagt, stand, 0).astype(np.int8))
        )


REDENEN = ["gestart", "elders_gestart", "teruggetrokken", "exclusie", "overleden", "onbekend"]


def _datum(dag: np.ndarray, na: int) -> pa.Array:
    """Dates before day `na`, empty from there on."""
    return pa.array(np.where(dag < na, dag, 0).astype(np.int32), mask=dag >= na).cast(pa.date32())
