"""One small demo, and the pipeline run over it once, for all tests of the demo data."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from pipelines import contract
from pipelines.aanlevering.inname import neem_in, verdwaald
from pipelines.demo import Samenvatting, maak
from pipelines.settings import Instellingen
from pipelines.warehouse import verbinding
from pipelines.warehouse.bronnen import zet_klaar
from pipelines.warehouse.dbt import draai

SCHAAL, MAANDEN = 0.004, 6
MODELLEN = (
    "zpm_mismatch",
    "signaal",
    "afgekeurde_rij",
    "aanlevering",
    "episode",
    "capaciteit_maand",
    "bestemming_capaciteit",
    "stroom_maand",
    "personeel_gesloten",
    "personeel_maand",
    "benodigde_capaciteit",
)


@dataclass(frozen=True)
class Demo:
    samenvatting: Samenvatting
    data: Path

    def waarheid(self, tabel: str) -> Path:
        return self.samenvatting.waarheid / f"{tabel}.csv"


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> Demo:
    data = tmp_path_factory.mktemp("demo")
    return Demo(maak(data, schaal=SCHAAL, maanden=MAANDEN), data)


@pytest.fixture(scope="session")
def warehouse(demo):
    """Read-only connection to the warehouse that the pipeline makes of the demo."""
    instellingen = Instellingen(data=demo.data)
    for bron in contract.mappen():
        neem_in(instellingen, bron)
    verdwaald(instellingen)
    with verbinding.schrijf(instellingen.warehouse) as con:
        zet_klaar(instellingen, con)
    gekozen = [f"+{model}" for model in MODELLEN]
    draai(instellingen.warehouse, "build", "--exclude-resource-type", "test", "unit_test", "--select", *gekozen)
    with verbinding.lees(instellingen.warehouse) as con:
        yield con
