"""The waiting lists: who waits for the spells to come, who drops out, who stands on two lists, who was sent on.

Belongs here: wachtplekken and their monthly snapshot. Does not belong here: files, or injected defects.
"""

from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
import pyarrow as pa

from pipelines.demo.declaraties import EERSTE_DATUM
from pipelines.demo.parameters import NUMMER, SOORTEN, Parameters, kansen
from pipelines.demo.populatie import Populatie, nummertekst
from pipelines.demo.stelsel import Stelsel
from pipelines.demo.toeval import kies, uniform
from pipelines.demo.trajecten import Tijdvak, Zorg
from pipelines.demo.wachten import mengsel, op_lijst, wacht_dagen

ZORGVORM = {
    "crisis": "crisis", "hic": "hic", "iht": "iht", "klinisch": "klinische_opname", "beveiligd": "beveiligde_opname",
    "topklinisch": "hoogspecialistisch", "topambulant": "hoogspecialistisch", "mpu": "mpu", "fact": "fact",
    "ambulant": "ambulant",
}  # fmt: skip
NOOIT = np.iinfo(np.int32).max
REDENEN = ["gestart", "elders_gestart", "teruggetrokken", "exclusie", "overleden", "onbekend"]
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
        ("agb_onderneming", pa.string()),
        ("urgentie", pa.string()),
        ("geboortejaar", pa.int32()),
    ]
)


@dataclass
class Plekken:
    """Wachtplekken as columns. `sleutel` numbers them, `persoon` for the pseudonym, `woont` the person whose municipality
    it is; `start` is NOOIT for who never starts, `einde` the day the place is gone, `reden` why (a position in REDENEN)."""

    sleutel: np.ndarray
    persoon: np.ndarray
    woont: np.ndarray
    vestiging: np.ndarray
    soort: np.ndarray
    aanmelding: np.ndarray
    intake: np.ndarray
    start: np.ndarray
    einde: np.ndarray
    reden: np.ndarray

    def __len__(self) -> int:
        return len(self.sleutel)

    def neem(self, welke: np.ndarray) -> "Plekken":
        return Plekken(*(getattr(self, veld.name)[welke] for veld in fields(self)))


def samen(*delen: Plekken) -> Plekken:
    return Plekken(*(np.concatenate([getattr(deel, veld.name) for deel in delen]) for veld in fields(Plekken)))


class Wachtlijst:
    """Makes all waiting lists of the country, since people are sent on across regions, and their snapshots."""

    def __init__(self, parameters: Parameters, stelsel: Stelsel, tijdvak: Tijdvak, populatie: Populatie, seed: int):
        self.parameters, self.stelsel, self.tijdvak = parameters, stelsel, tijdvak
        self.populatie, self.seed = populatie, seed

    def plekken(self, zorg: Zorg, sleutel: np.ndarray) -> Plekken:
        """Every wachtplek that is open on some day of the demo, by region of its vestiging. `sleutel` numbers the spells."""
        p = self.parameters["wachtlijst"]
        kan = np.isin(zorg.soort, [NUMMER[s] for s in ZORGVORM])
        welke = np.flatnonzero(zorg.extern & kan & op_lijst(self.parameters, self.seed, sleutel, zorg.soort))
        wacht = zorg.neem(welke)
        tot_intake, tot_start = wacht_dagen(self.parameters, self.tijdvak, self.seed, sleutel[welke], wacht)
        aanmelding = np.maximum(wacht.van - tot_intake - tot_start, EERSTE_DATUM).astype(np.int32)
        gestart = Plekken(
            sleutel[welke] * 16, wacht.persoon.astype(np.int64), wacht.persoon, wacht.vestiging, wacht.soort,
            aanmelding, np.maximum(wacht.van - tot_start, aanmelding), wacht.van, wacht.van,
            np.zeros(len(welke), np.int8),
        )  # fmt: skip
        bekend = samen(gestart, self._uitval(gestart, p))
        eerder = self._eerdere_lijst(bekend, p["keten"], 4)
        eerst = self._eerdere_lijst(eerder, p["keten_verder"], 8)
        alle = samen(bekend, self._tweede_lijst(gestart, p), eerder, eerst)
        alle = alle.neem(np.flatnonzero((alle.aanmelding < self.tijdvak.einde) & (alle.einde >= self.tijdvak.begin)))
        return alle.neem(np.argsort(self.stelsel.regio_van_vestiging[alle.vestiging], kind="stable"))

    def _uitval(self, gestart: Plekken, p: dict) -> Plekken:
        """People who leave the list without a start: as long on it as somebody who does start, and nobody in the claims."""
        kans = p["uitval"] / (1 - p["uitval"])
        weg = gestart.neem(np.flatnonzero(uniform(self.seed, 60, gestart.sleutel) < kans))
        schuif = (uniform(self.seed, 61, weg.sleutel) * 30).astype(np.int32)
        weg.aanmelding = np.maximum(weg.aanmelding - schuif, EERSTE_DATUM).astype(np.int32)
        self._zonder_start(weg, np.maximum(weg.intake - schuif, weg.aanmelding), weg.einde - schuif, "uitval_reden")
        weg.persoon = weg.persoon + 2**33
        weg.sleutel = weg.sleutel + 1
        return weg

    def _zonder_start(self, weg: Plekken, intake: np.ndarray, einde: np.ndarray, reden: str) -> None:
        """Makes these places end on `einde` without a start, some after an intake, for a reason drawn from `reden`."""
        p = self.parameters["wachtlijst"]
        had_intake = uniform(self.seed, 62, weg.sleutel) < p["intake_gehad_bij_uitval"]
        weg.intake = np.where(had_intake, intake, NOOIT).astype(np.int32)
        weg.einde = np.maximum(einde, np.where(had_intake, intake, weg.aanmelding)).astype(np.int32)
        weg.start = np.full(len(weg), NOOIT, np.int32)
        namen, cumulatief = kansen(p[reden])
        nummer = np.array([REDENEN.index(naam) for naam in namen], dtype=np.int8)
        weg.reden = nummer[kies(cumulatief, uniform(self.seed, 69, weg.sleutel))]

    def _eerdere_lijst(self, later: Plekken, kans: float, volgnummer: int) -> Plekken:
        """The list on which some stood before: it sent them on without treatment, some weeks before they came to the later one."""
        wie = later.neem(np.flatnonzero(uniform(self.seed, 73, later.sleutel) < kans))
        wie.vestiging = self._andere_vestiging(wie)
        wie = wie.neem(np.flatnonzero(wie.vestiging >= 0))
        wie.sleutel = wie.sleutel + volgnummer
        einde = wie.aanmelding - (uniform(self.seed, 74, wie.sleutel) * 45).astype(np.int32)
        duur = mengsel(self.parameters, "tot_intake", self.seed, 75, wie.sleutel)
        wie.aanmelding = np.maximum(einde - duur, EERSTE_DATUM).astype(np.int32)
        self._zonder_start(wie, (wie.aanmelding + np.maximum(einde, wie.aanmelding)) // 2, einde, "doorverwezen_reden")
        return wie

    def _tweede_lijst(self, gestart: Plekken, p: dict) -> Plekken:
        """The same person on the list of another vestiging for the same care, until treatment starts at the first."""
        dubbel = gestart.neem(np.flatnonzero(uniform(self.seed, 63, gestart.sleutel) < p["tweede_lijst"]))
        dubbel.vestiging = self._andere_vestiging(dubbel)
        dubbel = dubbel.neem(np.flatnonzero(dubbel.vestiging >= 0))
        later = (uniform(self.seed, 64, dubbel.sleutel) * 14).astype(np.int32)
        dubbel.aanmelding = np.minimum(dubbel.aanmelding + later, dubbel.einde).astype(np.int32)
        dubbel.intake = np.full(len(dubbel), NOOIT, np.int32)
        dubbel.start = np.full(len(dubbel), NOOIT, np.int32)
        dubbel.reden = np.full(len(dubbel), REDENEN.index("elders_gestart"), np.int8)
        dubbel.sleutel = dubbel.sleutel + 2
        return dubbel

    def _andere_vestiging(self, plekken: Plekken) -> np.ndarray:
        """Another vestiging with this care, of the region or for some of another one; -1 where the region has no other."""
        anders = np.array([self.stelsel.andere(soort) for soort in SOORTEN])[plekken.soort, plekken.vestiging]
        u = uniform(self.seed, 76, plekken.sleutel) / self.parameters["wachtlijst"]["lijst_in_andere_regio"]
        v = uniform(self.seed, 77, plekken.sleutel)
        regio = self.stelsel.regio_van_vestiging[plekken.vestiging]
        for nummer in np.unique(plekken.soort):
            soort = SOORTEN[nummer]
            weg = np.flatnonzero((plekken.soort == nummer) & (u < 1))
            naar = (u[weg, None] >= self.stelsel.elders[soort][regio[weg]]).sum(axis=1)
            for r in np.unique(naar):
                nummers, cumulatief = self.stelsel.met_zorg(self.stelsel.regios[r], soort)
                hier = weg[naar == r]
                anders[hier] = nummers[kies(cumulatief, v[hier])]
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
        groepen = pa.array(p["diagnosegroep"])
        diagnose = (uniform(self.seed, 66, deze.persoon) * len(groepen) * 1.05).astype(np.int32)
        agb, onderneming = self._vestiging
        vestiging = pa.array(deze.vestiging)
        geboortejaar = self.populatie.geboortejaar(deze.persoon).astype(np.int32)
        kolommen = {
            "maand": pa.array([self.tijdvak.maanden[maand]]).take(pa.array(np.zeros(len(deze), np.int8))),
            "wachtplek_id": nummertekst("W", deze.sleutel, 10),
            "patient_pseudoniem": self.populatie.pseudoniem(deze.persoon),
            "agb_vestiging": agb.take(vestiging),
            "gemeente_code": gemeente,
            "hoofddiagnosegroep": groepen.take(pa.array(diagnose, mask=diagnose >= len(groepen))),
            "zorgvorm": pa.array([ZORGVORM.get(s) for s in SOORTEN]).take(pa.array(deze.soort)),
            "aanmelddatum": _datum(deze.aanmelding, na),
            "intakedatum": _datum(deze.intake, na),
            "startdatum_behandeling": _datum(deze.start, na),
            "einddatum": _datum(np.where(met_einde, deze.einde, NOOIT), na),
            "reden_einde": pa.array(REDENEN).take(pa.array(deze.reden, mask=~met_einde)),
            "exclusiecriterium": self._criterium(deze, met_einde),
            "voorkeursaanbieder": self._ja(deze, 67, "voorkeursaanbieder"),
            "bemiddeling": self._bemiddeling(deze, na),
            "aanmeldpauze": self._ja(deze, 68, "aanmeldpauze"),
            "agb_onderneming": onderneming.take(vestiging),
            "urgentie": self._urgentie(deze),
            "geboortejaar": pa.array(geboortejaar, mask=uniform(self.seed, 78, deze.persoon) < p["geboortejaar_leeg"]),
        }
        return pa.table([kolommen[naam] for naam in SCHEMA.names], schema=SCHEMA), w03, ~geeindigd

    @cached_property
    def _vestiging(self) -> tuple[pa.Array, pa.Array]:
        """AGB per vestiging, and that of its onderneming, which some leave empty."""
        vestigingen = self.stelsel.vestigingen
        leeg = uniform(self.seed, 79, np.arange(len(vestigingen))) < self.parameters["wachtlijst"]["onderneming_leeg"]
        return pa.array([v.agb for v in vestigingen]), pa.array([v.onderneming for v in vestigingen], mask=leeg)

    def _ja(self, deze: Plekken, zout: int, naam: str) -> pa.Array:
        ja = uniform(self.seed, zout, deze.sleutel) < self.parameters["wachtlijst"][naam]
        return pa.array(["N", "J"]).take(pa.array(ja.astype(np.int8)))

    def _criterium(self, deze: Plekken, met_einde: np.ndarray) -> pa.Array:
        """On which criterium somebody was refused; empty for some, and for who was not refused."""
        p = self.parameters["wachtlijst"]
        lijsten = [p["exclusiecriterium"].get(ZORGVORM.get(soort), [""]) for soort in SOORTEN]
        aantal = np.array([len(lijst) for lijst in lijsten])[deze.soort]
        begin = np.cumsum([0, *map(len, lijsten)])[deze.soort]
        # the first of a list is named most often
        welke = begin + (uniform(self.seed, 81, deze.sleutel) ** 1.6 * aantal).astype(np.int32)
        leeg = ~met_einde | (deze.reden != REDENEN.index("exclusie"))
        leeg |= uniform(self.seed, 82, deze.sleutel) < p["exclusie_zonder_criterium"]
        return pa.array([naam for lijst in lijsten for naam in lijst]).take(pa.array(welke, mask=leeg))

    def _urgentie(self, deze: Plekken) -> pa.Array:
        p = self.parameters["wachtlijst"]
        acuut, subacuut = np.array([p["urgentie"].get(soort, (0.0, 0.0)) for soort in SOORTEN]).T
        u = uniform(self.seed, 83, deze.sleutel)
        stand = np.where(u < acuut[deze.soort], 0, np.where(u < (acuut + subacuut)[deze.soort], 1, 2)).astype(np.int8)
        leeg = uniform(self.seed, 84, deze.sleutel) < p["urgentie_leeg"]
        return pa.array(["acuut", "subacuut", "regulier"]).take(pa.array(stand, mask=leeg))

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


def _datum(dag: np.ndarray, na: int) -> pa.Array:
    """Dates before day `na`, empty from there on."""
    return pa.array(np.where(dag < na, dag, 0).astype(np.int32), mask=dag >= na).cast(pa.date32())
