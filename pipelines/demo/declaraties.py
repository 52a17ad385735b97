"""Spells of one region become claims: verblijfsdagen, consults, how late they come in, and which are taken back.

Belongs here: prestaties and their deliveries as columns. Does not belong here: files and formats, or injected defects.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from pipelines.demo.parameters import ACUUT, MET_BED, NUMMER, SOORTEN, Parameters, kansen
from pipelines.demo.populatie import Populatie, nummertekst
from pipelines.demo.stelsel import Stelsel
from pipelines.demo.toeval import kies, stroom, uniform
from pipelines.demo.trajecten import Tijdvak, Zorg
from pipelines.demo.wachten import op_lijst, wacht_dagen
from pipelines.fundament import seeds

EERSTE_DATUM = int(np.datetime64("2022-01-01", "D").astype(int))
SCHEMA = pa.schema(
    [
        ("declaratie_id", pa.string()),
        ("debet_credit", pa.string()),
        ("gerelateerd_declaratie_id", pa.string()),
        ("patient_pseudoniem", pa.string()),
        ("geboortejaar", pa.int32()),
        ("gemeente_code", pa.string()),
        ("agb_onderneming", pa.string()),
        ("agb_vestiging", pa.string()),
        ("wet", pa.string()),
        ("zorgtrajectnummer", pa.string()),
        ("prestatiecode", pa.string()),
        ("begindatum", pa.date32()),
        ("bedrag", pa.decimal128(12, 2)),
        ("zorgvraagtype", pa.int16()),
        ("zorglabel", pa.string()),
        ("privacyverklaring", pa.string()),
        ("verwijzing_type", pa.string()),
        ("verwijsdatum", pa.date32()),
    ]
)


class Codelijst:
    """`zpm_prestatie` as arrays, and lookups by kenmerk. `setting` and `niveau` are 0 where empty."""

    def __init__(self, parameters: Parameters, seed: int):
        rijen = seeds.lees("zpm_prestatie")
        self.code = [rij["prestatiecode"] for rij in rijen]
        self.type = np.array([rij["prestatietype"] for rij in rijen])
        self.setting = np.array([int(rij["setting"] or 0) for rij in rijen])
        self.graad = np.array([rij["verzorgingsgraad"] for rij in rijen])
        self.niveau = np.array([int(rij["beveiligingsniveau"] or 0) for rij in rijen])
        self.acuut = np.array([rij["acuut_binnen_budget"] == "J" for rij in rijen])
        laag, hoog = np.array([parameters["prestatie"]["bedrag_eur"][t] for t in self.type]).T
        u = uniform(seed, 40, np.arange(len(rijen)))
        self.tarief_eur = laag + (hoog - laag) * u

    def met(self, type_: str, *, setting: int = 0, graad: str = "", niveau: int = 0, acuut: bool = False) -> np.ndarray:
        """Numbers of the codes with these kenmerken; XCO9001, which no rule places, is never among them."""
        welke = (self.type == type_) & (self.setting == setting) & (self.graad == graad)
        welke &= (self.niveau == niveau) & (self.acuut == acuut)
        return np.array([i for i in np.flatnonzero(welke) if not self.code[i].startswith("XCO9")], dtype=np.int16)

    def nummer(self, code: str) -> int:
        return self.code.index(code)


@dataclass
class Regels:
    """Claim lines of a region, one row per line. `traject` is a position in the spells of the region, `levering` the month
    of delivery, `verwijst` the line that a C line cancels (-1), `netto`: a D line that no delivered C line cancels."""

    traject: np.ndarray
    code: np.ndarray
    dag: np.ndarray
    levering: np.ndarray
    credit: np.ndarray
    verwijst: np.ndarray
    netto: np.ndarray
    factor: np.ndarray

    def __len__(self) -> int:
        return len(self.traject)


class Declaraties:
    """Makes the claims of one region from its spells."""

    def __init__(
        self,
        parameters: Parameters,
        stelsel: Stelsel,
        tijdvak: Tijdvak,
        codes: Codelijst,
        populatie: Populatie,
        seed: int,
    ):
        self.parameters, self.stelsel, self.tijdvak = parameters, stelsel, tijdvak
        self.codes, self.populatie, self.seed = codes, populatie, seed

    def regels(self, regio: int, zorg: Zorg, sleutel: np.ndarray, extra: list[tuple], geleverd: np.ndarray) -> Regels:
        """Lines of all spells of a region. `sleutel` numbers the spells nationally; `extra` holds (spell, code, days) of
        lines on top; `geleverd` (month,) says in which months the region delivers claims. Sorted by delivery and spell."""
        rng = stroom(self.seed, 4, regio)
        traject, code, dag = self._prestaties(regio, zorg, rng)
        traject = np.concatenate([traject, *[np.full(len(d), t, np.int32) for t, _, d in extra]])
        code = np.concatenate([code, *[np.full(len(d), c, np.int16) for _, c, d in extra]])
        gewoon = len(dag)
        dag = np.concatenate([dag, *[np.asarray(d, np.int32) for _, _, d in extra]])
        maand = self.tijdvak.maand_van(dag).astype(np.int32)
        vertraging = self._vertraging(sleutel[traject], code, maand, rng)
        vertraging[gewoon:] = 0
        levering = _eerstvolgende(geleverd)[np.minimum(maand + vertraging, len(geleverd))]
        return self._met_credits(traject, code, dag, levering, gewoon, geleverd, rng)

    def _prestaties(self, regio: int, zorg: Zorg, rng) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        acuut = {"crisis"}
        if self.stelsel.regios[regio] not in self.parameters["voorziening"]["iht_in_setting_4"]:
            acuut.add("iht")
        van = np.maximum(zorg.van, self.tijdvak.begin)
        tot = np.minimum(zorg.tot, self.tijdvak.einde)
        delen = []
        for nummer, soort in enumerate(SOORTEN):
            welke = np.flatnonzero((zorg.soort == nummer) & (tot > van)).astype(np.int32)
            if soort in MET_BED:
                delen.append(self._verblijf(soort, zorg, welke, van, tot, rng))
            if soort in self.parameters["prestatie"]["contact_dagen"]:
                delen.append(self._contacten(soort, soort in acuut, welke, van, tot, rng))
        return tuple(np.concatenate(kolom) for kolom in zip(*delen, strict=True))

    def _verblijf(
        self, soort: str, zorg: Zorg, welke: np.ndarray, van, tot, rng
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        instelling = self.parameters["prestatie"]
        graden, cumulatief = kansen(instelling["verzorgingsgraad"][soort])
        graad = kies(cumulatief, rng.random(len(welke)))
        niveaus, niveau_cumulatief = kansen(instelling["beveiligingsniveau"] if soort == "beveiligd" else {0: 1.0})
        niveau = kies(niveau_cumulatief, rng.random(len(welke)))
        tabel = np.array([[self.codes.met("verblijfsdag", graad=g, niveau=n)[0] for n in niveaus] for g in graden])
        code = tabel[graad, niveau]
        aantal = (tot - van)[welke]
        traject = np.repeat(welke, aantal)
        volgnummer = np.arange(len(traject)) - np.repeat(np.cumsum(aantal) - aantal, aantal)
        dag = (van[traject] + volgnummer).astype(np.int32)
        dagcode = np.repeat(code, aantal)
        if soort in instelling["acute_dagen_aandeel"]:
            acuut = (zorg.vorige[welke] == NUMMER["crisis"]) & (
                rng.random(len(welke)) < instelling["acute_dagen_aandeel"][soort]
            )
            acute_code = self.codes.met("verblijfsdag", graad="H" if soort == "hic" else "E", acuut=True)[0]
            dagcode[np.repeat(acuut, aantal) & (dag - zorg.van[traject] < instelling["acute_dagen"])] = acute_code
        return traject, dagcode, dag

    def _contacten(
        self, soort: str, binnen_budget: bool, welke: np.ndarray, van, tot, rng
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Contacts spread over the spell: one in each stretch of equal length, the first on the first day."""
        instelling = self.parameters["prestatie"]
        duur = (tot - van)[welke]
        aantal = np.maximum(1, np.floor(duur / instelling["contact_dagen"][soort] + rng.random(len(welke)))).astype(
            np.int32
        )
        traject = np.repeat(welke, aantal)
        volgnummer = np.arange(len(traject)) - np.repeat(np.cumsum(aantal) - aantal, aantal)
        plek = np.where(volgnummer == 0, 0.0, (volgnummer + rng.random(len(traject))) / np.repeat(aantal, aantal))
        dag = (van[traject] + np.floor(plek * np.repeat(duur, aantal))).astype(np.int32)
        if soort not in ACUUT:
            weekdag = (dag + 3) % 7  # Monday is 0; ambulatory work rests at the weekend
            dag = np.clip(
                dag + np.where(weekdag == 5, -1, np.where(weekdag == 6, 1, 0)), van[traject], tot[traject] - 1
            ).astype(np.int32)
        if binnen_budget:
            keus = self.codes.met("consult", acuut=True)
            code = keus[rng.integers(len(keus), size=len(traject))]
        else:
            code = self._consultcode(soort, welke, traject, aantal, rng)
        if soort in ACUUT:
            return traject, code, dag
        maand = dag.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12 + 1
        vervalt = np.array([0.0] + [self.parameters["consult_vervalt"].get(m, 0.0) for m in range(1, 13)])[maand]
        blijft = (volgnummer == 0) | (rng.random(len(traject)) >= vervalt)
        return traject[blijft], code[blijft], dag[blijft]

    def _consultcode(self, soort: str, welke, traject, aantal, rng) -> np.ndarray:
        instelling = self.parameters["prestatie"]
        settings, cumulatief = kansen(instelling["setting"][soort])
        setting = np.repeat(kies(cumulatief, rng.random(len(welke))), aantal)
        groep = rng.random(len(traject)) < instelling["groepsconsult"].get(soort, 0.0)
        code = np.empty(len(traject), dtype=np.int16)
        u = rng.random(len(traject))
        for nummer, waarde in enumerate(settings):
            for is_groep, type_ in ((False, "consult"), (True, "groepsconsult")):
                hier = (setting == nummer) & (groep == is_groep)
                keus = self.codes.met(type_, setting=waarde)
                code[hier] = keus[(u[hier] * len(keus)).astype(np.int32)]
        rest = rng.random(len(traject)) < instelling["overig_of_toeslag"].get(soort, 0.0)
        rest[np.cumsum(aantal) - aantal] = False
        keus = np.concatenate([self.codes.met("overig"), self.codes.met("toeslag")])
        code[rest] = keus[(u[rest] * len(keus)).astype(np.int32)]
        return code

    def _vertraging(self, sleutel: np.ndarray, code: np.ndarray, maand: np.ndarray, rng) -> np.ndarray:
        """Months between care and delivery. The days of a stay in one month travel together, and at most 3 months late:
        bed figures and claims can then be compared once a month is definitief."""
        instelling = self.parameters["declaratie"]
        los = kies(np.cumsum(instelling["vertraging_consult"]), rng.random(len(code)))
        samen = kies(
            np.cumsum(instelling["vertraging_verblijf"]), uniform(self.seed, 41, sleutel.astype(np.int64) * 512 + maand)
        )
        return np.where(self.codes.type[code] == "verblijfsdag", samen, los)

    def _met_credits(self, traject, code, dag, levering, gewoon: int, geleverd, rng) -> Regels:
        """Adds C lines, and D lines that declare the same care again at another price; drops what is not delivered in time."""
        instelling = self.parameters["declaratie"]
        maanden = len(geleverd)
        kandidaat = np.flatnonzero((rng.random(len(traject)) < instelling["credit_aandeel"]) & (levering < maanden))
        kandidaat = kandidaat[kandidaat < gewoon]
        na = 1 + kies(np.cumsum(instelling["credit_na_maanden"]), rng.random(len(kandidaat)))
        terug = _eerstvolgende(geleverd)[np.minimum(levering[kandidaat] + na, maanden)]
        opnieuw = rng.random(len(kandidaat)) < instelling["opnieuw_gedeclareerd"]
        kandidaat, terug, opnieuw = (kolom[terug < maanden] for kolom in (kandidaat, terug, opnieuw))
        opnieuw |= self.codes.type[code[kandidaat]] == "verblijfsdag"
        herhaald, herhaald_levering = kandidaat[opnieuw], terug[opnieuw]
        bron = np.concatenate([np.arange(len(traject)), kandidaat, herhaald])
        soort = np.repeat([0, 1, 2], [len(traject), len(kandidaat), len(herhaald)])
        alle = np.concatenate([levering, terug, herhaald_levering])
        netto = soort != 1
        netto[kandidaat] = False
        verwijst = np.where(soort == 1, bron, -1)
        factor = np.where(soort == 2, 0.9, 1.0)
        volgorde = np.lexsort((soort, dag[bron], traject[bron], alle))
        volgorde = volgorde[alle[volgorde] < maanden]
        plaats = np.full(len(bron), -1, dtype=np.int64)
        plaats[volgorde] = np.arange(len(volgorde))
        bron, verwijst = bron[volgorde], verwijst[volgorde]
        return Regels(
            traject[bron], code[bron], dag[bron], alle[volgorde].astype(np.int8), soort[volgorde] == 1,
            np.where(verwijst >= 0, plaats[verwijst], -1), netto[volgorde], factor[volgorde],
        )  # fmt: skip


def _eerstvolgende(geleverd: np.ndarray) -> np.ndarray:
    """(months + 1,): the first month from here on in which is delivered; the number of months where there is none."""
    volgende = np.full(len(geleverd) + 1, len(geleverd), dtype=np.int32)
    for maand in range(len(geleverd) - 1, -1, -1):
        volgende[maand] = maand if geleverd[maand] else volgende[maand + 1]
    return volgende


class Regeltabel:
    """The contract columns of the claims of one region, cut out per delivery."""

    def __init__(self, maker: Declaraties, regio: int, zorg: Zorg, sleutel: np.ndarray, regels: Regels):
        self.maker, self.zorg, self.sleutel, self.regels = maker, zorg, sleutel, regels
        self.regio = maker.stelsel.regios[regio]
        self.privacy = maker.populatie.privacy(zorg.persoon)
        self.gemeente, gemeente_onbekend = maker.populatie.gemeente(zorg.persoon)
        self.w03 = gemeente_onbekend[regels.traject]
        self.w02 = self._gewiste_zorgvraag()

    def _gewiste_zorgvraag(self) -> np.ndarray:
        """A few D lines with privacyverklaring J and a zorgvraagtype all the same (W02)."""
        regels, gevuld = self.regels, self.zorgvraagtype.is_valid().to_numpy(zero_copy_only=False)
        kandidaat = np.flatnonzero(gevuld[regels.traject] & ~regels.credit)
        gekozen = np.zeros(len(regels), dtype=bool)
        rng = stroom(self.maker.seed, 5, self.maker.stelsel.regios.index(self.regio))
        gekozen[rng.choice(kandidaat, size=min(len(kandidaat), 2 + len(kandidaat) // 20_000), replace=False)] = True
        return gekozen

    @cached_property
    def zorgvraagtype(self) -> pa.Array:
        p, seed, soort = self.maker.parameters["declaratie"], self.maker.seed, self.zorg.soort
        u = uniform(seed, 42, self.sleutel)
        waarde = np.zeros(len(soort), dtype=np.int16)
        groepen = {"acuut": np.isin(soort, [NUMMER[s] for s in ACUUT])}
        groepen |= {naam: soort == NUMMER[naam] for naam in ("ambulant", "fact")}
        groepen["cruciaal"] = ~np.any(list(groepen.values()), axis=0)
        for naam, welke in groepen.items():
            typen, cumulatief = kansen(p["zorgvraagtype"][naam])
            waarde[welke] = np.array(typen)[kies(cumulatief, u[welke])]
        leeg = self.privacy | (uniform(seed, 43, self.sleutel) < p["zorgvraagtype_leeg"])
        return pa.array(waarde, mask=leeg)

    @cached_property
    def verwijsdatum(self) -> pa.Array:
        """Waiting before care: over the list since aanmelding, else some days. Unknown for who was in care on the first day."""
        m, zorg = self.maker, self.zorg
        intake, start = wacht_dagen(m.parameters, m.tijdvak, m.seed, self.sleutel, zorg)
        lijst = zorg.extern & op_lijst(m.parameters, m.seed, self.sleutel, zorg.soort)
        los = np.floor(
            -m.parameters["declaratie"]["korte_wacht_dagen"] * np.log1p(-uniform(m.seed, 44, self.sleutel))
        ).astype(np.int32)
        acuut = np.isin(zorg.soort, [NUMMER[s] for s in ACUUT])
        dagen = np.where(lijst, intake + start + los // 3, np.where(acuut, np.minimum(los, 1), los))
        datum = zorg.van - dagen
        leeg = uniform(m.seed, 45, self.sleutel) < m.parameters["declaratie"]["verwijsdatum_leeg"]
        leeg |= (~zorg.extern & (zorg.vorige < 0) & (zorg.van == m.tijdvak.begin)) | (datum < EERSTE_DATUM)
        return pa.array(datum, mask=leeg).cast(pa.int32()).cast(pa.date32())

    @cached_property
    def _per_traject(self) -> dict[str, pa.Array]:
        m, zorg = self.maker, self.zorg
        persoon = zorg.persoon
        wfz = (zorg.soort == NUMMER["forensisch"]) & (
            uniform(m.seed, 46, self.sleutel) < m.parameters["prestatie"]["wfz_aandeel_forensisch"]
        )
        wet = np.select([zorg.soort == NUMMER["wlz"], wfz, zorg.soort == NUMMER["wmo"]], [1, 2, 3], default=0)
        vestigingen = m.stelsel.vestigingen
        u = uniform(m.seed, 47, self.sleutel)
        p = m.parameters["declaratie"]
        typen, cumulatief = kansen(p["verwijzing_type"])
        label = pa.array(p["zorglabel"])
        v = uniform(m.seed, 48, self.sleutel)
        return {
            "patient_pseudoniem": m.populatie.pseudoniem(persoon),
            "geboortejaar": pa.array(m.populatie.geboortejaar(persoon), pa.int32()),
            "gemeente_code": self.gemeente,
            "agb_onderneming": pa.array([x.onderneming for x in vestigingen]).take(pa.array(zorg.vestiging)),
            "agb_vestiging": pa.array([x.agb for x in vestigingen]).take(pa.array(zorg.vestiging)),
            "wet": pa.array(["Zvw", "Wlz", "Wfz", "Wmo"]).take(pa.array(wet)),
            "zorgtrajectnummer": nummertekst("T", self.sleutel, 9),
            "zorgvraagtype": self.zorgvraagtype,
            "zorglabel": label.take(pa.array((v * 16).astype(np.int8) % len(label), mask=v > p["zorglabel_gevuld"])),
            "verwijzing_type": pa.array(typen).take(
                pa.array(kies(cumulatief, u), mask=u > 1 - p["verwijzing_type_leeg"])
            ),
            "verwijsdatum": self.verwijsdatum,
        }

    @property
    def wet_is_zvw(self) -> np.ndarray:
        """(spell,): claimed under the Zvw."""
        return pa.compute.equal(self._per_traject["wet"], "Zvw").to_numpy(zero_copy_only=False)

    def knip(self, welke: np.ndarray) -> pa.Table:
        """The lines with these positions as a delivery, in this order."""
        r, m = self.regels, self.maker
        traject = pa.array(r.traject[welke])
        kolommen = {naam: waarde.take(traject) for naam, waarde in self._per_traject.items()}
        verwijst = r.verwijst[welke]
        gerelateerd = nummertekst(self.regio + "-", np.maximum(verwijst, 0), 9)
        jaren = (r.dag[welke] - EERSTE_DATUM) // 365
        eur = m.codes.tarief_eur[r.code[welke]] * (1 + m.parameters["prestatie"]["index_per_jaar"]) ** jaren
        # a C line repeats the amount of the line it cancels
        factor = np.where(verwijst >= 0, r.factor[verwijst], r.factor[welke])
        privacy = self.privacy[r.traject[welke]] | self.w02[welke]
        kolommen |= {
            "declaratie_id": nummertekst(self.regio + "-", welke, 9),
            "debet_credit": pa.array(["D", "C"]).take(pa.array(r.credit[welke].astype(np.int8))),
            "gerelateerd_declaratie_id": pa.compute.if_else(
                pa.array(verwijst >= 0), gerelateerd, pa.scalar(None, pa.string())
            ),
            "prestatiecode": pa.array(m.codes.code).take(pa.array(r.code[welke])),
            "begindatum": pa.array(r.dag[welke]).cast(pa.date32()),
            "bedrag": centen(np.round(eur * factor * 100).astype(np.int64)),
            "privacyverklaring": pa.array(["N", "J"]).take(pa.array(privacy.astype(np.int8))),
        }
        return pa.table([kolommen[naam] for naam in SCHEMA.names], schema=SCHEMA)


def centen(bedrag: np.ndarray) -> pa.Array:
    """(n,) int64 cents -> decimal(12,2), through its 16-byte form."""
    woorden = np.zeros((len(bedrag), 2), dtype="<i8")
    woorden[:, 0] = bedrag
    return pa.Decimal128Array.from_buffers(pa.decimal128(12, 2), len(bedrag), [None, pa.py_buffer(woorden)])
