"""A small world of deliveries, written straight into schema ``aanlevering``, and dbt run on it.

Belongs here: how a literal row becomes a source row, and how dbt is started. Does not belong here: which rows (each test
module says its own in ``vul``) and reading files (``tests/aanlevering``).
"""

import csv
import hashlib
from collections import defaultdict
from datetime import date, datetime
from pathlib import Path

import duckdb

from pipelines import contract
from pipelines.contract.overdracht import BRON, LEVERING, REGEL, alle_rijen, oordeelkolommen, regels
from pipelines.kwaliteit import overdracht
from pipelines.settings import PROJECT, Instellingen
from pipelines.warehouse import definities
from pipelines.warehouse.dbt import draai as dbt

DBT = PROJECT / "dbt_project"
# wat een rij moet hebben om geaccepteerd te worden; een test noemt alleen wat ertoe doet
GEWOON = {
    "declaraties": {
        "debet_credit": "D",
        "geboortejaar": 1980,
        "gemeente_code": "GM0363",
        "agb_onderneming": "06290000",
        "wet": "Zvw",
        "zorgtrajectnummer": "T1",
        "bedrag": 100,
        "privacyverklaring": "N",
    },
    "hic_monitor": {
        "eenheid_type": "HIC",
        "capaciteit": 0,
        "bezette_dagen": 0,
        "opnames": 0,
        "ontslagen": 0,
        "opnames_buiten_regio": 0,
        "heropnames_30d": 0,
        "separaties": 0,
        "separatie_uren": 0,
        "gedwongen_medicatie": 0,
        "uitgestelde_dagen": 0,
    },
    "wachtlijst": {
        "gemeente_code": "GM0363",
        "zorgvorm": "fact",
        "voorkeursaanbieder": "N",
        "bemiddeling": "geen",
        "aanmeldpauze": "N",
    },
    "bedden": {
        "agb_onderneming": "06290000",
        "bedtype": "KLINIEK",
        "capaciteit_type": "bed",
        "wet": "Zvw",
        "beveiligingsniveau": 0,
        "erkend": 0,
        "operationeel": 0,
        "gesloten": 0,
        "beschikbare_dagen": 0,
        "bezette_dagen": 0,
        "opnames": 0,
        "ontslagen": 0,
        "uitgesteld_beschermd_wonen": 0,
        "uitgesteld_wlz": 0,
        "uitgesteld_forensisch": 0,
        "uitgesteld_woning": 0,
        "uitgesteld_andere_ggz": 0,
        "uitgesteld_overig": 0,
        "uitgesteld_aantal": 0,
    },
    "wachttijden_open": {
        "type_aanbieder": "Instelling",
        "groep": "N.v.t.",
        "circuit": "Volwassenen",
        "type_zorg": "SGGZ",
        "aanmeldstop": False,
        "behandelstop": False,
    },
    "verzekerden": {},
}


def pseudoniem(naam: str) -> str:
    """The pseudonym of a person in a test: 64 hexadecimal digits."""
    return hashlib.sha256(naam.encode()).hexdigest()


def prestatiecode(**kenmerken: str) -> str:
    """The first code of the example list with these columns."""
    with open(PROJECT / "seeds" / "zpm_prestatie.csv", encoding="utf-8") as bestand:
        return next(
            rij["prestatiecode"]
            for rij in csv.DictReader(bestand)
            if all(rij[kolom] == waarde for kolom, waarde in kenmerken.items())
        )


def consult(setting: int) -> str:
    return prestatiecode(prestatietype="consult", setting=str(setting))


def verblijf(graad: str, beveiliging: int = 0) -> str:
    return prestatiecode(
        prestatietype="verblijfsdag",
        verzorgingsgraad=graad,
        beveiligingsniveau=str(beveiliging),
        acuut_binnen_budget="N",
    )


# een prestatie die op een gewone vestiging zeker in het cluster valt
ZORG = {
    "acuut": verblijf("H"),
    "outreachend": consult(4),
    "klinisch": verblijf("A"),
    "beveiligd": verblijf("A", 2),
    "hoogspecialistisch_ggz": consult(8),
    "niet_cruciaal": consult(1),
    "overig": prestatiecode(prestatietype="overig"),
}


class Wereld:
    """Deliveries with literal rows; every row that is not said otherwise is an ordinary, accepted one."""

    def __init__(self) -> None:
        self.leveringen: dict[str, dict] = {}
        self.rijen: dict[str, list[dict]] = defaultdict(list)

    def levering(
        self,
        bron: str,
        maand: str,
        regio: str,
        leverancier: str = "0403",
        versie: int = 1,
        *,
        ext: str = "csv",
        code: str | None = None,
        moment: datetime = datetime(2025, 7, 11),
    ) -> str:
        """Registers a delivery, with no rows yet (a nulmelding), and gives its file name."""
        bestand = f"{bron}_{maand}_{regio}_{leverancier}_v{versie:02d}.{ext}"
        self.leveringen.setdefault(
            bestand,
            {
                "bestand": bestand,
                "sha256": pseudoniem(bestand),
                "bron": bron,
                "maand": maand,
                "iza_regio": regio,
                "leverancier": leverancier,
                "versie": versie,
                "code": code,
                "rijen_gelezen": 0,
                "moment": moment,
            },
        )
        return bestand

    def rij(
        self,
        bron: str,
        maand: str,
        regio: str,
        *,
        leverancier: str = "0403",
        versie: int = 1,
        ext: str = "csv",
        **kolommen: object,
    ) -> tuple[str, int]:
        """Adds a row to a delivery (made when needed) and gives its file and row number."""
        bestand = self.levering(bron, maand, regio, leverancier, versie, ext=ext)
        self.leveringen[bestand]["rijen_gelezen"] += 1
        nummer = self.leveringen[bestand]["rijen_gelezen"]
        eigen = {"maand": maand} if "maand" in (k.naam for k in contract.lees(bron).kolommen) else {}
        self.rijen[bron].append(
            GEWOON.get(bron, {})
            | eigen
            | kolommen
            | {"bestand": bestand, "rijnummer": nummer, "uit_bericht": ".xml" in bestand}
        )
        return bestand, nummer

    def declaratie(
        self, regio: str, patient: str, dag: str, prestatie: str, *, aanlevermaand: str = "2025-06", **kolommen: object
    ) -> str:
        """One D row (``prestatie``: a cluster of ZORG or a code); gives its declaratie_id."""
        nummer = kolommen.pop("declaratie_id", f"{len(self.rijen['declaraties']):06d}")
        self.rij(
            "declaraties",
            aanlevermaand,
            regio,
            **{
                "declaratie_id": nummer,
                "patient_pseudoniem": pseudoniem(patient),
                "begindatum": dag,
                "prestatiecode": ZORG.get(prestatie, prestatie),
                "agb_vestiging": f"9{regio[2:]}00000",
            }
            | kolommen,
        )
        return nummer

    def zorg(self, regio: str, patient: str, cluster: str, *dagen: str, **kolommen: object) -> None:
        """Care days of one person in one cluster."""
        for dag in dagen:
            self.declaratie(regio, patient, dag, cluster, **kolommen)

    def credit(self, regio: str, van: str, *, aanlevermaand: str = "2025-06", **kolommen: object) -> tuple[str, int]:
        """A C row that cancels the D row ``van``."""
        return self.rij(
            "declaraties",
            aanlevermaand,
            regio,
            **{
                "declaratie_id": f"C{len(self.rijen['declaraties']):06d}",
                "debet_credit": "C",
                "gerelateerd_declaratie_id": van,
                "patient_pseudoniem": pseudoniem("credit"),
                "begindatum": date.fromisoformat(aanlevermaand + "-01").isoformat(),
                "prestatiecode": ZORG["klinisch"],
                "agb_vestiging": "90000000",
            }
            | kolommen,
        )

    def schrijf(self, warehouse: Path) -> None:
        """Makes the schemas that dbt reads in a new warehouse."""
        with duckdb.connect(str(warehouse)) as con:
            con.execute("create schema aanlevering")
            _tabel(con, "levering", {k: soort for k, (soort, _) in LEVERING.items()}, list(self.leveringen.values()))
            _tabel(
                con,
                "bron",
                {k: soort for k, (soort, _) in BRON.items()},
                [{k: getattr(contract.lees(bron), k) for k in BRON} for bron in contract.bronnen()],
            )
            _tabel(con, "regel", {k: soort for k, (soort, _) in REGEL.items()}, regels())
            for bron in contract.bronnen():
                kolommen = {kolom.naam: kolom.celtype.sql for kolom in contract.lees(bron).kolommen}
                kolommen |= {k: soort for k, (soort, _) in oordeelkolommen(bron).items()}
                _tabel(con, bron, kolommen, self.rijen[bron])
            con.execute(f"create view aanlevering.rij as {alle_rijen()}")
            overdracht.zet_klaar(Instellingen(data=warehouse.parent), con)
            definities.zet_klaar(Instellingen(data=warehouse.parent), con)


def _tabel(con: duckdb.DuckDBPyConnection, naam: str, kolommen: dict[str, str], rijen: list[dict]) -> None:
    onbekend = {kolom for rij in rijen for kolom in rij} - set(kolommen)
    assert not onbekend, f"{naam} heeft geen {onbekend}"
    con.execute(f"create table aanlevering.{naam} ({', '.join(f'{k} {soort}' for k, soort in kolommen.items())})")
    if rijen:
        con.executemany(
            f"insert into aanlevering.{naam} values ({', '.join('?' * len(kolommen))})",
            [[rij.get(kolom) for kolom in kolommen] for rij in rijen],
        )


MODELLEN = ("--select", "+path:models/marts", "+path:models/kwaliteit")


def bouw(wereld: Wereld, warehouse: Path) -> Path:
    """Builds seeds and models on this world, in a new warehouse."""
    wereld.schrijf(warehouse)
    dbt(warehouse, "build", "--exclude-resource-type", "test", "--exclude-resource-type", "unit_test", *MODELLEN)
    return warehouse
