"""Tables that are kept up to date are those of a build of everything: after any series of deliveries, replacements, credits, doubles,
withdrawals and killed builds."""

import shutil
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipelines.aanlevering.register import Register
from pipelines.contract.overdracht import LEVERING
from pipelines.settings import Instellingen
from pipelines.warehouse import bijwerken, dbt
from pipelines.warehouse.bronnen import zet_klaar

# what is made of claims; every table that is kept up to date is above one of these
UITKOMSTEN = (
    "episode",
    "consultatie_maand",
    "int_versie_stroom",
    "int_kenmerk_telling",
    "int_patient_maand",
    "int_traject_begin",
    "vulling_meting",
)
MAANDEN = (date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1))
REGIO = {"06290001": "ZK09", "06290002": "ZK20"}
# consults of setting 4 (an IHT changes their cluster) and 8 (changes that of a whole traject), a stay and one that is no care day
CODES = ("XCO0385", "XCO0897", "XVD0001", "XOV0001")
PERSONEN = tuple("abcd")


@dataclass(frozen=True)
class Geleverd:
    """A delivery as the register knows it, with its rows."""

    bron: str
    maand: date
    leverancier: str
    versie: int
    rijen: tuple[dict, ...]
    ingetrokken: bool = False

    @property
    def bestand(self) -> str:
        return f"{self.bron}_{self.maand:%Y-%m}_{REGIO[self.leverancier]}_{self.leverancier}_v{self.versie:02d}.csv"


@dataclass
class Wereld:
    """What was delivered so far, by name of file."""

    leveringen: dict[str, Geleverd] = field(default_factory=dict)

    def lever(self, bron: str, maand: date, leverancier: str, rijen: tuple[dict, ...]) -> None:
        eerdere = [
            lev
            for lev in self.leveringen.values()
            if (lev.bron, lev.maand, lev.leverancier) == (bron, maand, leverancier)
        ]
        nieuw = Geleverd(bron, maand, leverancier, len(eerdere) + 1, rijen)
        self.leveringen[nieuw.bestand] = nieuw

    def keer_om(self, nummer: int) -> None:
        """Withdraws a delivery, or lets a withdrawn one count again."""
        bestand = sorted(self.leveringen)[nummer % len(self.leveringen)]
        levering = self.leveringen[bestand]
        self.leveringen[bestand] = replace(levering, ingetrokken=not levering.ingetrokken)

    def zet(self, con: duckdb.DuckDBPyConnection) -> None:
        """Puts them where dbt reads deliveries."""
        _vul(con, "levering", [self._regel(lev) for lev in self.leveringen.values()])
        for bron in ("declaraties", "hic_monitor"):
            rijen = [
                {"bestand": lev.bestand, "rijnummer": nr, "aanlevermaand_eind": lev.maand + timedelta(27)} | rij
                for lev in self.leveringen.values()
                if lev.bron == bron
                for nr, rij in enumerate(lev.rijen, 1)
            ]
            _vul(con, bron, rijen)

    @staticmethod
    def _regel(levering: Geleverd) -> dict:
        vast = dict.fromkeys(LEVERING) | {"rijen_gelezen": len(levering.rijen), "versie": levering.versie}
        return vast | {
            "bestand": levering.bestand,
            "sha256": levering.bestand,
            "bron": levering.bron,
            "maand": f"{levering.maand:%Y-%m}",
            "iza_regio": REGIO[levering.leverancier],
            "leverancier": levering.leverancier,
            "ingetrokken": "door de toets" if levering.ingetrokken else None,
        }


def _vul(con: duckdb.DuckDBPyConnection, tabel: str, rijen: list[dict]) -> None:
    con.execute(f"DELETE FROM aanlevering.{tabel}")
    if rijen:
        con.register("nieuw", pa.Table.from_pylist(rijen))
        con.execute(f"INSERT INTO aanlevering.{tabel} BY NAME SELECT * FROM nieuw")
        con.unregister("nieuw")


def _bouw(data: Path, knopen: list[str], bij: bool) -> None:
    instellingen = Instellingen(data=data)
    mis = [u for u in dbt.bouw(instellingen, knopen, bij) if u.status not in ("success", "pass")]
    assert not mis, mis


@pytest.fixture(scope="module")
def knopen() -> list[str]:
    """The models that the outcomes are made of, in the order in which they can be built."""
    manifest, gezien = dbt.manifest(), []

    def voeg_toe(naam: str) -> None:
        knoop = manifest["nodes"].get(naam)
        if knoop is None or naam in gezien or knoop["resource_type"] != "model":
            return
        for ouder in knoop["depends_on"]["nodes"]:
            voeg_toe(ouder)
        gezien.append(naam)

    for uitkomst in UITKOMSTEN:
        voeg_toe(f"model.cruciale_ggz.{uitkomst}")
    return gezien


@pytest.fixture(scope="module")
def leeg(tmp_path_factory, knopen) -> Path:
    """A warehouse with the seeds, in which nothing was delivered."""
    instellingen = Instellingen(data=tmp_path_factory.mktemp("leeg"))
    with Register(instellingen.register), duckdb.connect(str(instellingen.warehouse)) as con:
        zet_klaar(instellingen, con)
        for (tabel,) in con.execute(
            "SELECT view_name FROM duckdb_views() WHERE schema_name = 'aanlevering' AND view_name <> 'rij'"
        ).fetchall():
            con.execute(f"CREATE TABLE aanlevering.t AS FROM aanlevering.{tabel}")
            con.execute(f"DROP VIEW aanlevering.{tabel}")
            con.execute(f"ALTER TABLE aanlevering.t RENAME TO {tabel}")
    dbt.draai(instellingen.warehouse, "seed")
    return instellingen.data


RIJ = {
    "debet_credit": "D",
    "gerelateerd_declaratie_id": None,
    "geboortejaar": 1980,
    "gemeente_code": "GM0344",
    "agb_onderneming": "06290001",
    "agb_vestiging": "06290009",
    "wet": "Zvw",
    "zorgtrajectnummer": "t",
    "bedrag": 100.0,
    "privacyverklaring": "N",
    "verwijsdatum": date(2024, 12, 1),
    "uit_bericht": False,
    "codes": None,
}
IHT = {"maand": "2025-01", "agb_vestiging": "06290009", "eenheid_id": "e", "eenheid_type": "IHT"}


def _declaratie(draw) -> dict:
    intrekking = draw(st.integers(0, 4)) == 0
    return RIJ | {
        "declaratie_id": ("C" if intrekking else "D") + str(draw(st.integers(1, 6))),
        "debet_credit": "C" if intrekking else "D",
        "gerelateerd_declaratie_id": f"D{draw(st.integers(1, 6))}" if intrekking else None,
        "patient_pseudoniem": draw(st.sampled_from(PERSONEN)),
        "wet": draw(st.sampled_from(["Zvw", "Zvw", "Wlz"])),
        "zorgtrajectnummer": draw(st.sampled_from(["t1", "t2"])),
        "prestatiecode": draw(st.sampled_from(CODES)),
        "begindatum": draw(st.sampled_from(MAANDEN)) + timedelta(draw(st.integers(0, 25))),
        "codes": draw(st.sampled_from([None, None, None, "A05"])),
    }


@st.composite
def stappen(draw):
    """Steps, each of some changes and the number of models after which its build is killed (None: it ends)."""
    reeks = []
    for _ in range(draw(st.integers(2, 4))):
        wijzigingen = []
        for _ in range(draw(st.integers(1, 2))):
            soort = draw(st.sampled_from(["declaraties", "declaraties", "declaraties", "hic_monitor", "keer_om"]))
            maand, leverancier = draw(st.sampled_from(MAANDEN)), draw(st.sampled_from(list(REGIO)))
            if soort == "declaraties":
                rijen = tuple(_declaratie(draw) for _ in range(draw(st.integers(0, 6))))
            else:
                rijen = (IHT | {"maand": f"{maand:%Y-%m}"},)
            wijzigingen.append((soort, maand, leverancier, rijen, draw(st.integers(0, 9))))
        reeks.append((wijzigingen, draw(st.sampled_from([None, None, 5, 12, 20]))))
    return reeks


def _pas_toe(wereld: Wereld, wijzigingen: list) -> None:
    for soort, maand, leverancier, rijen, nummer in wijzigingen:
        if soort != "keer_om":
            wereld.lever(soort, maand, leverancier, rijen)
        elif wereld.leveringen:
            wereld.keer_om(nummer)


def _cijfers(data: Path, knopen: list[str]) -> dict[str, list]:
    """All rows of the models, without the number of a patient: who came first has the lowest, and it is no figure."""
    manifest, uit = dbt.manifest(), {}
    with duckdb.connect(str(Instellingen(data=data).warehouse), read_only=True) as con:
        for knoop in knopen:
            eigen = manifest["nodes"][knoop]
            if eigen["name"] in ("int_patient", "int_geraakt"):
                continue
            kolommen = [
                k
                for k, *_ in con.execute(f"DESCRIBE {eigen['schema']}.{eigen['name']}").fetchall()
                if k != "patient_nr"
            ]
            uit[eigen["name"]] = con.execute(
                f"SELECT {', '.join(kolommen)} FROM {eigen['schema']}.{eigen['name']} ORDER BY ALL"
            ).fetchall()
    return uit


class Twee:
    """A warehouse that is kept up to date, and one that is made anew when it is compared."""

    def __init__(self, map_: Path, leeg: Path, knopen: list[str]):
        self.wereld, self.knopen, self.bij, self.alles = Wereld(), knopen, map_ / "bij", map_ / "alles"
        self.bijgewerkt = 0  # builds that kept up to date
        for data in (self.bij, self.alles):
            shutil.copytree(leeg, data)

    def stap(self, wijzigingen: list, gedood_na: int | None = None) -> None:
        """Delivers and builds; only so many models when the build is killed."""
        _pas_toe(self.wereld, wijzigingen)
        warehouse = str(Instellingen(data=self.bij).warehouse)
        with duckdb.connect(warehouse) as con:
            self.wereld.zet(con)
            con.execute("CREATE SCHEMA IF NOT EXISTS beheer")
            con.begin()
            bij = bijwerken.begin(con, alles=False)
            con.commit()
        self.bijgewerkt += bij
        _bouw(self.bij, self.knopen[:gedood_na], bij)
        if gedood_na is None:
            with duckdb.connect(warehouse) as con:
                bijwerken.voltooi(con)

    def vergelijk(self) -> dict[str, list]:
        """Builds everything anew, and returns what the tables hold; fails where they differ."""
        with duckdb.connect(str(Instellingen(data=self.alles).warehouse)) as con:
            self.wereld.zet(con)
        _bouw(self.alles, self.knopen, False)
        cijfers = _cijfers(self.bij, self.knopen)
        assert cijfers == _cijfers(self.alles, self.knopen)
        return cijfers


@pytest.fixture(scope="module")
def twee(tmp_path_factory, leeg, knopen):
    """Makes a fresh pair of warehouses; small deliveries are a large share of everything, and that must not matter here."""
    with pytest.MonkeyPatch.context() as gereedschap:
        gereedschap.setattr(bijwerken, "HOOGSTE_DEEL", 1)
        yield lambda: Twee(tmp_path_factory.mktemp("twee"), leeg, knopen)


def _d(nummer: int, wie: str, dag: date, code: str = CODES[0], **meer) -> dict:
    return (
        RIJ
        | {"declaratie_id": f"D{nummer}", "patient_pseudoniem": wie, "begindatum": dag, "prestatiecode": code}
        | meer
    )


def _c(nummer: int, van: int, wie: str, dag: date) -> dict:
    meer = {"declaratie_id": f"C{nummer}", "debet_credit": "C", "gerelateerd_declaratie_id": f"D{van}"}
    return _d(0, wie, dag) | meer


def test_elke_weg_waarlangs_een_levering_een_andere_raakt(twee):
    jan, feb, mrt = MAANDEN
    een = "06290001"
    werelden = twee()

    def lever(maand: date, *rijen: dict, bron: str = "declaraties") -> tuple:
        return (bron, maand, een, rijen, 0)

    eerste = lever(jan, _d(1, "a", jan), _d(2, "b", jan), _d(3, "c", jan, CODES[2]))
    werelden.stap([eerste, lever(feb, _d(1, "d", feb), _d(4, "a", feb))])
    voor = werelden.vergelijk()
    assert len(voor["episode"]) == 3  # the second D1 is a double

    # a credit in a delivery of March, under another name and month, takes away what January delivered; killed half-way
    werelden.stap([lever(mrt, _c(1, 2, "c", mrt))], gedood_na=12)
    werelden.stap([])
    assert "b" not in {rij[1] for rij in werelden.vergelijk()["episode"]}

    # one of a 573 message names no patient
    werelden.stap([lever(mrt, _c(1, 2, "c", mrt), _c(2, 4, None, mrt))])
    assert len(werelden.vergelijk()["episode"]) == len(voor["episode"]) - 1

    # a unit that reports itself changes the cluster of what its site did that month; a late consult that of a whole traject
    werelden.stap([lever(jan, IHT, bron="hic_monitor"), lever(mrt, _d(9, "a", jan + timedelta(3), CODES[1]))])
    werelden.vergelijk()

    # January is withdrawn: the D1 of February counts at last, the credit has nothing to take away
    werelden.stap([("keer_om", jan, een, (), 0)])
    assert {rij[1] for rij in werelden.vergelijk()["episode"]} == {"a", "d"}
    werelden.stap([("keer_om", jan, een, (), 0), lever(feb, _d(4, "a", feb))])
    werelden.vergelijk()
    assert werelden.bijgewerkt == 6


@settings(
    max_examples=2, deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(reeks=stappen())
def test_bijwerken_geeft_wat_alles_maken_geeft(reeks, twee):
    werelden = twee()
    for wijzigingen, gedood_na in [*reeks, ([], None)]:
        werelden.stap(wijzigingen, gedood_na)
    werelden.vergelijk()
