"""What goes wrong in the demo: which delivery is missing, late, refused or replaced, which rows are bad, which sources clash.

Belongs here: the plan of defects per region, and carrying it out on tables and files. Every defect is handed to the ground truth.
Does not belong here: the care itself; nothing here takes real care away, except in a delivery that a later version replaces.
"""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import yaml

from pipelines.demo.parameters import Parameters
from pipelines.demo.schrijven import BRONNEN, DIALECTEN, SCHEMAS, Naam, als_tekst, schrijf
from pipelines.demo.toeval import stroom
from pipelines.demo.waarheid import Waarheid

PAD = Path(__file__).with_name("gebreken.yaml")
RIJEN_PER_BRON = 3  # entries of gebreken.yaml that one region takes from each list
MINSTENS_MAANDEN = 6  # below this no month is definitief early enough to compare sources in
# what a whole delivery is refused for: code, source, what is done to the file
LEVERINGEN = [
    ("B01", "wachtlijst", "latin1"),
    ("B01", "declaraties", "afgekapt_gz"),
    ("B01", "bedden", "geen_parquet"),
    ("B01", "hic_monitor", "geen_xlsx"),
    ("B01", "wachtlijst", "xml"),
    ("B02", "declaraties", "kolom_weg"),
    ("B02", "bedden", "kolom_weg"),
    ("B03", "declaraties", "regio_onbekend"),
    ("B03", "hic_monitor", "maand_in_rijen"),
    ("B03", "wachtlijst", "maand_in_naam"),
    ("B04", "hic_monitor", "nul_bytes"),
    ("B04", "bedden", "lege_regels"),
    ("B05", "declaraties", "zelfde_versie"),
    ("B05", "wachtlijst", "zelfde_versie"),
]
ZPM = [
    "ZPM-05",
    "ZPM-06",
    "ZPM-07",
    "ZPM-07-leeg",
    "ZPM-08",
    "ZPM-09",
    "ZPM-10",
    "ZPM-11-liz",
    "ZPM-11-niveau",
    "ZPM-12",
]


# what makes a bad row a row of its own: column and value
SLEUTEL = {
    "declaraties": ("declaratie_id", "FOUT-{regio}-{maand:02d}-{volgnummer}"),
    "hic_monitor": ("eenheid_id", "FOUT-{regio}-{maand:02d}-{volgnummer}"),
    "wachtlijst": ("wachtplek_id", "FOUT-{regio}-{maand:02d}-{volgnummer}"),
    "bedden": ("afdeling_id", "FOUT-{regio}-{maand:02d}-{volgnummer}"),
    "personeel": ("agb_vestiging", "0690{nummer}9{volgnummer}"),
}


@dataclass
class Plan:
    """What goes wrong in one region; months are numbers."""

    regio: str
    ontbreekt: set[tuple[str, int]] = field(default_factory=set)
    herlevering: set[tuple[str, int]] = field(default_factory=set)
    rijen: dict[tuple[str, int], list[dict]] = field(default_factory=dict)
    leveringen: dict[tuple[str, int], list[tuple[str, str]]] = field(default_factory=dict)
    zonder_goede: set[tuple[str, int]] = field(default_factory=set)
    zpm: dict[int, str] = field(default_factory=dict)
    overbezet: dict[str, int] = field(default_factory=dict)
    nulmelding: set[int] = field(default_factory=set)
    lijst: tuple[dict, int] | None = None

    def geleverd(self, bron: str, maanden: int) -> np.ndarray:
        return np.array([(bron, m) not in self.ontbreekt for m in range(maanden)])

    @property
    def mismatches(self) -> set[tuple[str, int]]:
        """Code and month of the mismatches that are put in. Days H where there is no HIC (08) also differ from the beds."""
        bewust = {(code[:6], maand) for maand, code in self.zpm.items()}
        return bewust | {
            (gevolg, maand) for code, maand in bewust if code == "ZPM-08" for gevolg in ("ZPM-05", "ZPM-06")
        }

    def versie(self, bron: str, maand: int) -> int:
        """Version of the delivery that counts: after a refused or replaced first one, the second."""
        eerder = (bron, maand) in self.herlevering
        eerder |= any(
            wijze not in ("regio_onbekend", "maand_in_naam", "zelfde_versie")
            for _, wijze in self.leveringen.get((bron, maand), [])
        )
        return 2 if eerder else 1


@cache
def _lijsten() -> dict:
    return yaml.safe_load(PAD.read_text(encoding="utf-8"))


def maak_plan(parameters: Parameters, regio: int, maanden: int, seed: int) -> Plan:
    """Which defects a region gets: the regions take the lists of defects in turn, the months are drawn."""
    if maanden < MINSTENS_MAANDEN:
        raise ValueError(f"demo-data: minstens {MINSTENS_MAANDEN} maanden nodig, gevraagd is {maanden}")
    plan = Plan(parameters.regios[regio])
    rng = stroom(seed, 3, regio)
    laat = regio in (7, 22)
    zonder_hic = plan.regio in parameters["voorziening"]["zonder_hic"]
    # a month that is definitief for the region, also when its last delivery is missing
    kan = list(rng.permutation(maanden - 4 - laat))
    for code in (ZPM[regio % len(ZPM)], ZPM[(regio + 5) % len(ZPM)]):
        if kan and not (zonder_hic and code in ("ZPM-05", "ZPM-07")):
            plan.zpm[int(kan.pop())] = code
    vrij = [int(m) for m in rng.permutation(maanden - 1) if m not in plan.zpm]
    if laat:
        plan.ontbreekt |= {(bron, maanden - 1) for bron in SCHEMAS}
    if regio == 7:
        plan.leveringen[("bedden", maanden - 1)] = [("B01", "geen_parquet")]
        plan.zonder_goede.add(("bedden", maanden - 1))
    if regio % 4 == 1:
        plan.ontbreekt.add((BRONNEN[regio // 4 % len(BRONNEN)], vrij[0]))
    code, bron, wijze = LEVERINGEN[regio % len(LEVERINGEN)]
    if not (zonder_hic and bron == "hic_monitor"):
        plan.leveringen[(bron, vrij[1])] = [(code, wijze)]
    if regio % 3 == 0:
        plan.herlevering.add((BRONNEN[regio // 3 % len(BRONNEN)], vrij[2 % len(vrij)]))
    for bron, lijst in _lijsten()["rijen"].items():
        for i in range(RIJEN_PER_BRON):
            maand = int(rng.integers(maanden - 1))
            plan.rijen.setdefault((bron, maand), []).append(lijst[(regio * RIJEN_PER_BRON + i) % len(lijst)])
    if regio % 4 == 2:
        plan.overbezet["bedden"] = int(rng.integers(maanden - 1))
    if regio % 4 == 3:
        plan.overbezet["hic_monitor"] = int(rng.integers(maanden - 1))
    if regio % 10 == 4:
        plan.nulmelding = {int(rng.integers(maanden - 1))}
    if regio % 5 == 0:
        lijst = _lijsten()["lijst"]
        heel = [m for m in range(2, maanden - 2) if not {("wachtlijst", n) for n in (m - 1, m, m + 1)} & plan.ontbreekt]
        plan.lijst = lijst[regio // 5 % len(lijst)], int(rng.choice(heel))
    plan.herlevering -= set(plan.leveringen) | plan.ontbreekt
    return plan


def bedden_en_hic(
    plan: Plan, bedden: pd.DataFrame, hic: pd.DataFrame, maanden: list[str], dagen: np.ndarray
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The clashes ZPM-05, 06, 07 and 11 and the overfull afdelingen (W04), in copies of the tables."""
    bedden, hic = bedden.copy(), hic.copy()
    for nummer, code in plan.zpm.items():
        deze = bedden["maand"] == maanden[nummer]
        kliniek = (
            deze
            & bedden["agb_vestiging"].str.endswith("02")
            & (bedden["capaciteit_type"] == "bed")
            & (bedden["wet"] == "Zvw")
        )
        eenheid = (hic["maand"] == maanden[nummer]) & (hic["eenheid_type"] == "HIC")
        if code == "ZPM-05":
            hic.loc[eenheid, "bezette_dagen"] //= 2
        elif code == "ZPM-06":
            bedden.loc[kliniek, "bezette_dagen"] = bedden.loc[kliniek, "bezette_dagen"] * 6 // 10
        elif code == "ZPM-07":
            hic.loc[hic.index[eenheid][:1], "capaciteit"] += 3
        elif code == "ZPM-07-leeg":
            bedden = _extra_afdeling(
                bedden, kliniek, {"bedtype": "HIC", "afdeling_id": "HIC99", "beveiligingsniveau": 0}
            )
        elif code == "ZPM-11-liz":
            bedden = _extra_afdeling(
                bedden, kliniek, {"bedtype": "LIZ", "afdeling_id": "LIZ99", "beveiligingsniveau": 0}
            )
        elif code == "ZPM-11-niveau":
            bedden.loc[bedden.index[kliniek][:1], "beveiligingsniveau"] = 4
    if (nummer := plan.overbezet.get("bedden")) is not None:
        vol = bedden.index[(bedden["maand"] == maanden[nummer]) & (bedden["bedtype"] == "FACT")][:1]
        bedden.loc[vol, "beschikbare_dagen"] = (bedden.loc[vol, "bezette_dagen"] / 1.3).astype(int)
    if (nummer := plan.overbezet.get("hic_monitor")) is not None:
        vol = hic.index[(hic["maand"] == maanden[nummer]) & (hic["eenheid_type"] == "IHT")][:1]
        hic.loc[vol, "capaciteit"] = (hic.loc[vol, "bezette_dagen"] / dagen[nummer] / 1.4).astype(int)
    return bedden, hic


def _extra_afdeling(bedden: pd.DataFrame, kliniek: pd.Series, zet: dict) -> pd.DataFrame:
    """A row of an afdeling without beds or patients, at the vestiging of these rows."""
    rij = bedden[kliniek].iloc[[0]].copy()
    vast = [
        "maand",
        "agb_onderneming",
        "agb_vestiging",
        "afdeling_id",
        "bedtype",
        "capaciteit_type",
        "wet",
        "reden_sluiting",
    ]
    rij[[k for k in rij.columns if k not in vast]] = 0
    for kolom, waarde in zet.items():
        rij[kolom] = waarde
    rij["reden_sluiting"] = None
    return pd.concat([bedden, rij], ignore_index=True)


def verkeerde_zorgvorm(plan: Plan, maand: int, tabel: pa.Table, open_: np.ndarray) -> pa.Table:
    """ZPM-10: some who wait at a practice are put down for FACT, which it does not have."""
    if plan.zpm.get(maand) != "ZPM-10":
        return tabel
    vestiging = np.array(tabel["agb_vestiging"].to_pylist())
    kandidaat = np.flatnonzero(np.char.startswith(vestiging, "0694") & open_)[:5]
    vorm = tabel["zorgvorm"].to_numpy(zero_copy_only=False).astype(object)
    vorm[kandidaat] = "fact"
    plaats = tabel.schema.get_field_index("zorgvorm")
    return tabel.set_column(plaats, tabel.schema.field(plaats), pa.array(vorm, pa.string()))


def voeg_rijen_toe(plan: Plan, naam: Naam, maand: int, tabel: pa.Table) -> tuple[list[dict], list[list[str]]]:
    """Bad rows for this delivery as text, and their codes; copies of its own good rows."""
    rijen, codes = [], []
    for volgnummer, gebrek in enumerate(plan.rijen.get((naam.bron, maand), [])):
        kandidaat = len(tabel) and _sjabloon(naam.bron, tabel, volgnummer)
        if not kandidaat:
            continue
        rij = dict(kandidaat)
        if not gebrek.get("kopie"):
            kolom, waarde = SLEUTEL[naam.bron]
            rij[kolom] = waarde.format(regio=plan.regio, nummer=plan.regio[2:], maand=maand, volgnummer=volgnummer)
        rijen.append(rij | gebrek["zet"])
        codes.append(gebrek["codes"])
    return rijen, codes


def _sjabloon(bron: str, tabel: pa.Table, volgnummer: int) -> dict | None:
    """A good row to copy: for claims a D line, with a verwijsdatum before its begindatum."""
    vanaf = tabel.slice(min(volgnummer * 7, len(tabel) - 1), 200)
    for rij in als_tekst(vanaf).to_pylist():
        if bron != "declaraties" or rij["debet_credit"] == "D":
            return {kolom: waarde or "" for kolom, waarde in rij.items()}
    return None


def schrijf_geweigerd(
    plan: Plan, naam: Naam, maand: int, tabel: pa.Table, goede_extensie: str, landing: Path, waarheid: Waarheid
) -> None:
    """The refused deliveries of this source and month, beside the good one."""
    for code, wijze in plan.leveringen.get((naam.bron, maand), []):
        slecht, extensie = Naam(naam.bron, naam.maand, naam.regio, naam.leverancier, 1), "csv"
        kop = tabel.slice(0, 20)
        if wijze == "regio_onbekend":
            # a supplier of its own: two regions may draw the same month
            slecht = Naam(naam.bron, naam.maand, "ZK05", f"99{naam.regio[2:]}", 1)
        elif wijze in ("afgekapt_gz", "geen_parquet", "geen_xlsx", "xml"):
            extensie = {"afgekapt_gz": "csv.gz", "geen_parquet": "parquet", "geen_xlsx": "xlsx", "xml": "xml"}[wijze]
        elif wijze == "zelfde_versie":
            slecht, extensie = Naam(naam.bron, naam.maand, naam.regio, naam.leverancier, naam.versie), "xlsx"
            if goede_extensie == "xlsx":  # only a path behind the good one comes too late
                extensie = "xlsx.gz"
        pad = slecht.pad(landing, extensie)
        if wijze == "maand_in_naam":
            pad = pad.with_name(slecht.bestand("csv").replace(naam.maand, f"{naam.maand[:4]}-13"))
        _schrijf_slecht(pad, wijze, kop, naam.bron)
        waarheid.levering(slecht, pad.name, 0, code)


def _schrijf_slecht(pad: Path, wijze: str, kop: pa.Table, bron: str) -> None:
    pad.parent.mkdir(parents=True, exist_ok=True)
    if wijze == "nul_bytes":
        pad.write_bytes(b"")
    elif wijze == "lege_regels":
        pad.write_bytes(b"\n;;;\n\n")
    elif wijze == "latin1":
        schrijf(pad, kop, "csv", DIALECTEN[0])
        pad.write_bytes(pad.read_bytes() + "2026;caf\xe9\n".encode("latin-1"))
    elif wijze == "afgekapt_gz":
        schrijf(pad, kop, "csv.gz", DIALECTEN[0])
        pad.write_bytes(pad.read_bytes()[:-30])
    elif wijze in ("geen_parquet", "geen_xlsx", "xml"):
        schrijf(pad, kop, "csv", DIALECTEN[0])
    elif wijze == "kolom_weg":
        schrijf(pad, kop.drop_columns("agb_vestiging"), "csv", DIALECTEN[1])
    elif wijze == "maand_in_rijen":
        plaats = kop.schema.get_field_index("maand")
        schrijf(
            pad, kop.set_column(plaats, kop.schema.field(plaats), pa.array(["2022-01"] * len(kop))), "csv", DIALECTEN[0]
        )
    else:
        schrijf(pad, kop.slice(0, max(1, len(kop) - 1)), "xlsx" if wijze == "zelfde_versie" else "csv", DIALECTEN[0])


def leeg(bron: str) -> pa.Table:
    """A nulmelding: the header and no rows."""
    return SCHEMAS[bron].empty_table()
