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
        eerdere = [lev for lev in self.leveringen.values() if (lev.bron, lev.maand, lev.leverancier) == (bron, maand, leverancier)]
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
        for (tabel,) in con.execute("SELECT view_name FROM duckdb_views() WHERE schema_name = 'aanlevering' AND view_name <> 'rij'").fetchall():
            con.execute(f"CREATE TABLE aanlevering.t AS FROM aanlevering.{tabel}")
            con.execute(f"DROP VIEW aanlevering.{tabel}")
            con.execute(f"ALTER TABLE aanlevering.t RENAME TO {tabel}")
    dbt.draai(instellingen.warehouse, "seed")
    return instellingen.data


def _declaratie(draw) -> dict:
    intrekking = draw(st.integers(0, 4)) == 0
    dag = draw(st.sampled_from(MAANDEN)) + timedelta(draw(st.integers(0, 25)))
    return {
        "declaratie_id": ("C" if intrekking else "D") + str(draw(st.integers(1, 12))),
        "debet_credit": "C" if intrekking else "D",
        "gerelateerd_declaratie_id": f"D{draw(st.integers(1, 12))}" if intrekking else None,
        "patient_pseudoniem": draw(st.sampled_from(PERSONEN)),
        "geboortejaar": 1980,
        "gemeente_code": "GM0344",
        "agb_onderneming": "06290001",
        "agb_vestiging": "06290009",
        "wet": draw(st.sampled_from(["Zvw", "Zvw", "Wlz"])),
        "zorgtrajectnummer": draw(st.sampled_from(["t1", "t2"])),
        "prestatiecode": draw(st.sampled_from(CODES)),
        "begindatum": dag,
        "bedrag": 100.0,
        "privacyverklaring": "N",
        "verwijsdatum": dag - timedelta(30),
        "uit_bericht": False,
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
                rijen = ({"maand": f"{maand:%Y-%m}", "agb_vestiging": "06290009", "eenheid_id": "e", "eenheid_type": "IHT"},)
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
            kolommen = [k for k, *_ in con.execute(f"DESCRIBE {eigen['schema']}.{eigen['name']}").fetchall() if k != "patient_nr"]
            uit[eigen["name"]] = con.execute(
                f"SELECT {', '.join(kolommen)} FROM {eigen['schema']}.{eigen['name']} ORDER BY ALL"
            ).fetchall()
    return uit


def _speel(data: Path, reeks: list, knopen: list[str]) -> Wereld:
    """Delivers and builds step by step, and once more where the last build was killed."""
    wereld, warehouse = Wereld(), Instellingen(data=data).warehouse
    for wijzigingen, gedood_na in [*reeks, ([], None)]:
        _pas_toe(wereld, wijzigingen)
        with duckdb.connect(str(warehouse)) as con:
            wereld.zet(con)
            con.execute("CREATE SCHEMA IF NOT EXISTS beheer")
            con.begin()
            bij = bijwerken.begin(con, alles=False)
            con.commit()
        _bouw(data, knopen[:gedood_na], bij)
        if gedood_na is None:
            with duckdb.connect(str(warehouse)) as con:
                bijwerken.voltooi(con)
    return wereld


@settings(max_examples=6, deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))
@given(reeks=stappen())
def test_bijwerken_geeft_wat_alles_maken_geeft(reeks, leeg, knopen, tmp_path_factory, monkeypatch_module):
    monkeypatch_module.setattr(bijwerken, "HOOGSTE_DEEL", 1)
    bij, alles = (tmp_path_factory.mktemp("warehouse") / "data" for _ in range(2))
    for data in (bij, alles):
        shutil.copytree(leeg, data)
    wereld = _speel(bij, reeks, knopen)
    with duckdb.connect(str(Instellingen(data=alles).warehouse)) as con:
        wereld.zet(con)
    _bouw(alles, knopen, False)
    assert _cijfers(bij, knopen) == _cijfers(alles, knopen)


@pytest.fixture(scope="module")
def monkeypatch_module():
    with pytest.MonkeyPatch.context() as gereedschap:
        yield gereedschap
