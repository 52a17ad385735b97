"""A data root may have any name that a file system and Dagster can keep."""

import pytest

from pipelines import contract
from pipelines.aanlevering import inname
from pipelines.aanlevering.register import Register
from pipelines.settings import Instellingen
from pipelines.warehouse import bronnen, verbinding
from tests.aanlevering.conftest import HIC, csv_tekst


@pytest.mark.parametrize("naam", ["map 'x' [y]", 'een "map" met * en {a,b}', "m%20a;p$"])
def test_een_datamap_met_aanhalingstekens_haken_en_spaties_wordt_ingenomen_en_gelezen(tmp_path, naam):
    instellingen = Instellingen(data=tmp_path / naam)
    bestand = instellingen.landing / "hic_monitor/2024-01/ZK02/hic_monitor_2024-01_ZK02_06290001_v01.csv"
    bestand.parent.mkdir(parents=True)
    bestand.write_text(csv_tekst(HIC))
    for bron in contract.mappen():
        inname.neem_in(instellingen, bron)
    with Register(instellingen.register) as register:
        (levering,) = register.leveringen()
    assert (levering.code, levering.rijen_gelezen) == (None, 1)
    with verbinding.schrijf(instellingen.warehouse) as con:
        bronnen.zet_klaar(instellingen, con)
        assert con.execute("SELECT agb_vestiging FROM aanlevering.hic_monitor").fetchall() == [("06290001",)]
