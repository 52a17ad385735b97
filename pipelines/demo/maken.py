"""The order of the work: national spells first, then region by region all files of a region, then the ground truth.

Belongs here: which rows go into which delivery. Does not belong here: how rows are made (the other modules).
"""

import shutil
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from pipelines.demo import gebreken, register
from pipelines.demo.capaciteit import Capaciteit
from pipelines.demo.declaraties import Codelijst, Declaraties, Regels, Regeltabel
from pipelines.demo.gebreken import maak_plan
from pipelines.demo.lijstgebreken import Lijstgebrek
from pipelines.demo.parameters import NUMMER, Parameters
from pipelines.demo.personeel import maak_personeel
from pipelines.demo.populatie import Populatie
from pipelines.demo.schrijven import SCHEMAS, Naam, kies_formaat, schrijf
from pipelines.demo.stelsel import Stelsel
from pipelines.demo.toeval import stroom
from pipelines.demo.trajecten import Tijdvak, Zorg, maak_zorg
from pipelines.demo.waarheid import (
    OVERBEZET,
    Nettoregels,
    Regiobeeld,
    Waarheid,
    met_bedden,
    mismatches,
    wachtplek_mismatch,
)
from pipelines.demo.wachtlijst import Wachtlijst
from pipelines.fundament import seeds
from pipelines.fundament.nederlands import getal

NULMELDER = "0909"  # an insurer with nobody in care in the region


@dataclass
class Samenvatting:
    """What was written: deliveries and rows per source, and how often each code must be found."""

    landing: Path
    waarheid: Path
    maanden: list[str]
    schaal: float
    leveringen: dict[str, int] = field(default_factory=dict)
    rijen: dict[str, int] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)


def maak(
    uit: Path,
    schaal: float = 1.0,
    maanden: int = 24,
    seed: int = 1,
    laatste_maand: str = "2026-10",
    voortgang: Callable[[str], None] = lambda regel: None,
    draden: int = 2,
) -> Samenvatting:
    """Writes synthetic deliveries under ``uit/landing``, the ground truth under ``uit/demo_waarheid``, and ``aanbieders.csv`` and
    ``afspraken/demo.csv``.

    `schaal` 1.0 is the size of the nation; `maanden` (at least 6) end with `laatste_maand`. The same arguments give the same
    bytes; `draden` (threads) change nothing but the time. Deliveries of an earlier demo in ``uit`` are removed first.
    Raises ValueError on arguments that make no demo.
    """
    if not 0 < schaal <= 2:
        raise ValueError(f"demo-data: schaal moet boven 0 en hoogstens 2 zijn, gevraagd is {schaal}")
    werk = _Werk(Path(uit), schaal, maanden, seed, laatste_maand)
    werk.ruim_op()
    voortgang(f"{getal(len(werk.zorg))} zorgperioden van {getal(len(werk.woonregio))} personen")
    alles = Waarheid()
    with ThreadPoolExecutor(draden) as pool:
        for regio, deel in zip(
            werk.parameters.regios, pool.map(werk.regio, range(len(werk.parameters.regios))), strict=True
        ):
            alles.voeg_toe(deel)
            voortgang(f"{regio}: {getal(sum(levering[6] for levering in deel.leveringen))} rijen")
    register.schrijf_aanbieders(werk.uit, werk.stelsel)
    register.schrijf_afspraken(werk.uit, werk.parameters, werk.plaatsen, werk.tijdvak.maanden[-1])
    map_ = Path(uit) / "demo_waarheid"
    alles.schrijf(map_)
    return _vat_samen(alles, Path(uit) / "landing", map_, werk.tijdvak.maanden, schaal)


def _vat_samen(alles: Waarheid, landing: Path, map_: Path, maanden: list[str], schaal: float) -> Samenvatting:
    samenvatting = Samenvatting(landing, map_, maanden, schaal)
    samenvatting.leveringen = dict(Counter(levering[0] for levering in alles.leveringen))
    for levering in alles.leveringen:
        samenvatting.rijen[levering[0]] = samenvatting.rijen.get(levering[0], 0) + levering[6]
    codes = Counter(levering[-1] for levering in alles.leveringen if levering[-1])
    codes.update(rij[0] for rij in alles.rijen)
    codes.update(rij[0] for rij in alles.zpm)
    samenvatting.codes = dict(sorted(codes.items()))
    return samenvatting


class _Werk:
    """What all regions share; `regio` does the work of one and touches nothing of the others."""

    def __init__(self, uit: Path, schaal: float, maanden: int, seed: int, laatste_maand: str):
        self.uit, self.landing, self.schaal, self.seed = uit, uit / "landing", schaal, seed
        self.parameters = Parameters.lees()
        self.stelsel = Stelsel(self.parameters)
        self.tijdvak = Tijdvak.tot_en_met(laatste_maand, maanden)
        self.plannen = [maak_plan(self.parameters, r, maanden, seed) for r in range(len(self.parameters.regios))]
        self.codes = Codelijst(self.parameters, seed)
        self.zorg, self.woonregio = maak_zorg(self.parameters, self.stelsel, self.tijdvak, schaal, seed)
        self.populatie = Populatie(self.parameters, self.woonregio, seed)
        self.declaraties = Declaraties(self.parameters, self.stelsel, self.tijdvak, self.codes, self.populatie, seed)
        self.capaciteit = Capaciteit(self.parameters, self.stelsel, self.tijdvak, self.woonregio, schaal, seed)
        self.wachtlijst = Wachtlijst(self.parameters, self.stelsel, self.tijdvak, self.populatie, seed)
        self.plekken = self.wachtlijst.plekken(self.zorg, np.arange(len(self.zorg), dtype=np.int64))
        self.zorgvorm_cluster = {
            rij["zorgvorm"]: rij["cluster"] for rij in seeds.lees("zorgvorm_cluster") if not rij["versie"]
        }
        self.bedtype_cluster = {
            rij["bedtype"]: rij["cluster"] for rij in seeds.lees("bedtype_cluster") if not rij["versie"]
        }

        self.plaatsen: dict[str, pd.DataFrame] = {}  # bedden of the last month, per region that is done

    def ruim_op(self) -> None:
        for bron in SCHEMAS:
            shutil.rmtree(self.landing / bron, ignore_errors=True)

    def regio(self, r: int) -> Waarheid:
        plan, waarheid = self.plannen[r], Waarheid()
        begin, einde = np.searchsorted(self.zorg.regio, [r, r + 1])
        sleutel = np.arange(begin, einde, dtype=np.int64)
        zorg = self.zorg.neem(slice(begin, einde))
        bedden, hic = self.capaciteit.tabellen(r, zorg)
        bedden, hic = gebreken.bedden_en_hic(plan, bedden, hic, self.tijdvak.maanden, self.tijdvak.dagen)
        beeld = Regiobeeld(
            plan.regio, self.stelsel.vestigingen, self.stelsel.van_regio(plan.regio), self.tijdvak,
            {bron: plan.geleverd(bron, len(self.tijdvak.maanden)) for bron in SCHEMAS}, bedden.copy(), hic.copy(),
            plan.mismatches, self.bedtype_cluster, plan.regio in self.parameters["voorziening"]["iht_in_setting_4"],
        )  # fmt: skip
        laatste = bedden[(bedden["maand"] == self.tijdvak.maanden[-1]) & (bedden["wet"] == "Zvw")]
        self.plaatsen[plan.regio] = laatste.assign(cluster=laatste["bedtype"].map(self.bedtype_cluster))
        self._kleine_bron(r, "bedden", bedden, waarheid)
        self._kleine_bron(r, "hic_monitor", hic, waarheid)
        if plan.regio not in self.parameters["personeel"]["niet_geleverd"]:
            personeel = maak_personeel(self.parameters, self.tijdvak, bedden, r, self.seed)
            self._kleine_bron(r, "personeel", personeel, waarheid)
        self._wachtlijsten(r, beeld, waarheid)
        self._claims(r, zorg, sleutel, beeld, waarheid)
        return waarheid

    # ---- one source of one region ----

    def _leverancier(self, bron: str, vestiging: int) -> str:
        """Who delivers for a vestiging: its onderneming, or the large institution for smaller ones; at small schaal for practices."""
        v = self.stelsel.vestigingen[vestiging]
        klein = self.schaal < self.parameters["declaratie"]["schaal_groot"]
        if v.rol in ("wijk", "woonvorm") or v.rol == "praktijk" and (bron != "wachtlijst" or klein):
            return f"0690{v.regio[2:]}00"
        return v.onderneming

    def _per_vestiging(self, regio: str, bron: str) -> dict[str, str]:
        """AGB of a vestiging -> who delivers for it."""
        return {self.stelsel.vestigingen[n].agb: self._leverancier(bron, n) for n in self.stelsel.van_regio(regio)}

    def _leveranciers(self, r: int, bron: str) -> list[str]:
        """Those of a region, the large institution first."""
        if bron in ("hic_monitor", "personeel"):
            return [f"0690{self.parameters.regios[r][2:]}00"]
        nummers = self.stelsel.van_regio(self.parameters.regios[r])
        return list(dict.fromkeys(self._leverancier(bron, nummer) for nummer in nummers))

    def _kleine_bron(self, r: int, bron: str, tabel: pd.DataFrame, waarheid: Waarheid) -> None:
        regio = self.parameters.regios[r]
        dagen = dict(zip(self.tijdvak.maanden, self.tijdvak.dagen, strict=True))
        kolommen = [pa.array(tabel[veld.name], from_pandas=True).cast(veld.type) for veld in SCHEMAS[bron]]
        arrow = pa.table(kolommen, schema=SCHEMAS[bron])
        w04 = np.zeros(len(tabel), dtype=bool)
        if bron != "personeel":
            maximum = (
                tabel["beschikbare_dagen"] if bron == "bedden" else tabel["capaciteit"] * tabel["maand"].map(dagen)
            )
            w04 = tabel["bezette_dagen"].to_numpy(float) > OVERBEZET * maximum.to_numpy(float)
        maand_van, wie = (
            tabel["maand"].to_numpy(str),
            tabel["agb_vestiging"].map(self._per_vestiging(regio, bron)).to_numpy(str),
        )
        for maand, naam in enumerate(self.tijdvak.maanden):
            for leverancier in self._leveranciers(r, bron):
                welke = np.flatnonzero((maand_van == naam) & (wie == leverancier))
                flags = {"W04": np.flatnonzero(w04[welke])}
                self._lever(r, Naam(bron, naam, regio, leverancier), maand, arrow.take(welke), flags, waarheid)

    def _wachtlijsten(self, r: int, beeld: Regiobeeld, waarheid: Waarheid) -> None:
        plan = self.plannen[r]
        begin, einde = np.searchsorted(self.stelsel.regio_van_vestiging[self.plekken.vestiging], [r, r + 1])
        plekken = self.plekken.neem(slice(begin, einde))
        gebrek, heeft = Lijstgebrek(), met_bedden(beeld)
        if plan.lijst:
            gebrek = Lijstgebrek.kies(*plan.lijst, plekken, self.tijdvak)
        agb = [v.agb for v in self.stelsel.vestigingen]
        waarheid.wachtlijst += gebrek.vondsten(plekken, beeld.regio, agb, self.tijdvak)
        per_vestiging = self._per_vestiging(beeld.regio, "wachtlijst")
        for maand, naam in enumerate(self.tijdvak.maanden):
            tabel, w03, open_ = self.wachtlijst.momentopname(gebrek.aanwezig(plekken, maand), maand)
            tabel = gebreken.verkeerde_zorgvorm(plan, maand, tabel, open_)
            tabel, gevuld = gebrek.vul(plekken, maand, tabel)
            if beeld.geleverd["wachtlijst"][maand]:
                rijen = tabel.filter(gevuld).select(["agb_vestiging", "wachtplek_id"]).to_pylist()
                waarheid.wachtlijst += [(gebrek.soort, naam, beeld.regio, *rij.values()) for rij in rijen]
            waarheid.zpm += wachtplek_mismatch(beeld, maand, tabel.filter(open_), self.zorgvorm_cluster, heeft)
            wie = np.array([per_vestiging[agb] for agb in tabel["agb_vestiging"].to_pylist()])
            for leverancier in self._leveranciers(r, "wachtlijst"):
                welke = np.flatnonzero(wie == leverancier)
                flags = {"W03": np.flatnonzero(w03[welke])}
                self._lever(
                    r, Naam("wachtlijst", naam, beeld.regio, leverancier), maand, tabel.take(welke), flags, waarheid
                )

    def _claims(self, r: int, zorg: Zorg, sleutel: np.ndarray, beeld: Regiobeeld, waarheid: Waarheid) -> None:
        zorg, sleutel, extra = self._met_extra(r, zorg, sleutel)
        regels = self.declaraties.regels(r, zorg, sleutel, extra, beeld.geleverd["declaraties"])
        tabel = Regeltabel(self.declaraties, r, zorg, sleutel, regels)
        waarheid.zpm += mismatches(beeld, self._netto(zorg, regels, tabel), self.codes)
        verzekeraars, aandeel = self._verzekeraars()
        wie = self.populatie.verzekeraar(zorg.persoon, aandeel)[regels.traject]
        grens = np.searchsorted(regels.levering, np.arange(len(self.tijdvak.maanden) + 1))
        for maand, naam in enumerate(self.tijdvak.maanden):
            van_maand = np.arange(grens[maand], grens[maand + 1])
            for nummer, verzekeraar in enumerate(verzekeraars):
                welke = van_maand[wie[van_maand] == nummer]
                flags = {"W02": np.flatnonzero(tabel.w02[welke]), "W03": np.flatnonzero(tabel.w03[welke])}
                self._lever(
                    r, Naam("declaraties", naam, beeld.regio, verzekeraar), maand, tabel.knip(welke), flags, waarheid
                )
            if maand in self.plannen[r].nulmelding:
                nul = Naam("declaraties", naam, beeld.regio, NULMELDER)
                if beeld.geleverd["declaraties"][maand]:
                    schrijf(nul.pad(self.landing, "csv"), gebreken.leeg("declaraties"), "csv", gebreken.DIALECTEN[0])
                    waarheid.levering(nul, nul.bestand("csv"), 0)

    def _netto(self, zorg: Zorg, regels: Regels, tabel: Regeltabel) -> Nettoregels:
        netto = np.flatnonzero(regels.netto)
        traject, dag = regels.traject[netto], regels.dag[netto]
        zorgvraag = tabel.zorgvraagtype.fill_null(0).to_numpy()[traject]
        return Nettoregels(
            traject, zorg.persoon[traject], zorg.vestiging[traject], self.tijdvak.maand_van(dag).astype(int), dag,
            regels.code[netto], tabel.wet_is_zvw[traject], np.where(tabel.w02[netto], 0, zorgvraag),
        )  # fmt: skip

    def _verzekeraars(self) -> tuple[list[str], np.ndarray]:
        p = self.parameters["declaratie"]
        aantal = len(p["verzekeraars"]) if self.schaal >= p["schaal_groot"] else p["verzekeraars_klein"]
        return p["verzekeraars"][:aantal], np.array(p["verzekeraar_aandeel"][:aantal])

    def _met_extra(self, r: int, zorg: Zorg, sleutel: np.ndarray) -> tuple[Zorg, np.ndarray, list[tuple]]:
        """Claims that clash with the other sources (ZPM-08, 09, 12), as spells of their own of patients of the region."""
        rol = {self.stelsel.vestigingen[n].rol: n for n in self.stelsel.van_regio(self.parameters.regios[r])}
        wat = {
            "ZPM-08": ("kliniek", "klinisch", self.codes.met("verblijfsdag", graad="H")[0]),
            "ZPM-09": ("praktijk", "ambulant", self.codes.nummer("XCO9001")),
            "ZPM-12": ("centrum", "topambulant", self.codes.met("consult", setting=8)[0]),
        }
        rng, extra, nieuw = stroom(self.seed, 7, r), [], []
        for maand, code in sorted(self.plannen[r].zpm.items()):
            if code not in wat:
                continue
            plaats, soort, prestatie = wat[code]
            eerste = int(self.tijdvak.grens[maand]) + 3
            extra.append((len(zorg) + len(nieuw), prestatie, np.arange(eerste, eerste + 3)))
            nieuw.append((int(rng.choice(zorg.persoon)), NUMMER[soort], eerste, eerste + 3, rol[plaats]))
        if not nieuw:
            return zorg, sleutel, []
        persoon, soorten, van, tot, vestiging = (np.array(kolom) for kolom in zip(*nieuw, strict=True))
        niet = np.zeros(len(nieuw), dtype=bool)
        erbij = Zorg(
            persoon, soorten, van, tot, niet - np.int8(1), niet, niet, niet.astype(np.int8) + np.int8(r), vestiging
        )
        alle = Zorg(
            *(np.concatenate([getattr(zorg, k), getattr(erbij, k).astype(getattr(zorg, k).dtype)]) for k in vars(erbij))
        )
        eigen_sleutel = len(self.zorg) + r * 10 + np.arange(len(nieuw))
        return alle, np.concatenate([sleutel, eigen_sleutel]), extra

    # ---- one delivery ----

    def _lever(
        self, r: int, naam: Naam, maand: int, tabel: pa.Table, flags: dict[str, np.ndarray], waarheid: Waarheid
    ) -> None:
        """Writes a delivery with all that goes wrong around it, unless it is missing."""
        plan = self.plannen[r]
        eerste = naam.leverancier in (self._verzekeraars()[0][0], self._leveranciers(r, "bedden")[0])
        if (naam.bron, maand) in plan.ontbreekt:
            if eerste and (naam.bron, maand) in plan.zonder_goede:
                gebreken.schrijf_geweigerd(plan, naam, maand, tabel, "", self.landing, waarheid)
            return
        toegevoegd, codes = gebreken.voeg_rijen_toe(plan, naam, maand, tabel) if eerste else ([], [])
        if eerste:
            naam = Naam(naam.bron, naam.maand, naam.regio, naam.leverancier, plan.versie(naam.bron, maand))
        extensie, dialect = kies_formaat(self.parameters, naam, len(tabel), bool(toegevoegd), self.seed)
        if extensie == "xlsx" and (naam.bron, maand) in plan.leveringen:
            extensie = "csv"  # so that the refused file of the same version sorts behind it
        bestand = naam.bestand(extensie)
        schrijf(naam.pad(self.landing, extensie), tabel, extensie, dialect, toegevoegd)
        waarheid.levering(naam, bestand, len(tabel) + len(toegevoegd))
        for code, plaatsen in flags.items():
            waarheid.rij(code, naam.bron, bestand, plaatsen + 1)
        for nummer, lijst in enumerate(codes, start=len(tabel) + 1):
            for code in lijst:
                waarheid.rij(code, naam.bron, bestand, [nummer])
        if eerste:
            gebreken.schrijf_geweigerd(plan, naam, maand, tabel, extensie, self.landing, waarheid)
            if (naam.bron, maand) in plan.herlevering:
                self._eerdere_versie(naam, tabel, waarheid)

    def _eerdere_versie(self, naam: Naam, tabel: pa.Table, waarheid: Waarheid) -> None:
        """The first version of a delivery that was sent again: a tenth of the rows is missing from it."""
        eerder = Naam(naam.bron, naam.maand, naam.regio, naam.leverancier, naam.versie - 1)
        deel = tabel.slice(0, len(tabel) - len(tabel) // 10)
        schrijf(eerder.pad(self.landing, "csv"), deel, "csv", gebreken.DIALECTEN[0])
        waarheid.levering(eerder, eerder.bestand("csv"), len(deel), status="vervangen")
