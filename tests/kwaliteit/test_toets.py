"""Great Expectations and the refusal count the same, on any rows; where they do not, the run stops."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipelines import contract
from pipelines.aanlevering.inname import neem_in
from pipelines.aanlevering.opslag import opslagpad
from pipelines.aanlevering.register import Register
from pipelines.kwaliteit import resultaat
from pipelines.kwaliteit.toets import toets
from pipelines.settings import Instellingen
from tests.aanlevering.conftest import HIC, WACHTPLEK, csv_tekst

CELLEN = st.sampled_from(
    [
        "",
        "0",
        "-1",
        "3",
        "9",
        "1.5",
        "99",
        "X",
        "J",
        "HIC",
        "IHT",
        "fact",
        "gestart",
        "exclusie",
        "2024-01-15",
        "2024-13-01",
        "2025-01-01",
        "2024-01",
        "06290001",
        "GM0363",
        "GM9",
        "b" * 64,
        "123456782",
    ]
)


@pytest.mark.parametrize(("bron", "goed"), [("hic_monitor", HIC), ("wachtlijst", WACHTPLEK)])
@settings(
    max_examples=3, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_de_suite_telt_op_elke_regel_precies_wat_de_inname_afkeurt(bron, goed, data, tmp_path_factory):
    vervangen = st.dictionaries(st.sampled_from([k for k in goed if k != "maand"]), CELLEN, max_size=4)
    rijen = [{**goed, **wissel} for wissel in data.draw(st.lists(vervangen, min_size=60, max_size=60))]
    instellingen = Instellingen(data=tmp_path_factory.mktemp("data"))
    pad = instellingen.landing / bron / "2024-01" / "ZK20" / f"{bron}_2024-01_ZK20_06290000_v01.csv"
    pad.parent.mkdir(parents=True)
    pad.write_text(csv_tekst(*rijen))
    leveringen = neem_in(instellingen, bron).leveringen

    uitkomst = toets(instellingen, bron, "run", leveringen)

    assert uitkomst.rijen == {pad.name: 60}
    assert uitkomst.verschillen == {}
    assert (sum(uitkomst.afgekeurd.values()) > 0) == any(lev.rijen_met_code for lev in leveringen)


@pytest.mark.parametrize("bron", ["declaraties", "hic_monitor", "wachtlijst", "bedden"])
def test_een_nulmelding_doorstaat_de_toets(instellingen, bron):
    pad = instellingen.landing / bron / "2024-01" / "ZK20" / f"{bron}_2024-01_ZK20_06290000_v01.csv"
    pad.parent.mkdir(parents=True)
    pad.write_text(";".join(kolom.kop for kolom in contract.lees(bron).kolommen) + "\n")
    (levering,) = neem_in(instellingen, bron).leveringen
    assert (levering.code, levering.rijen_gelezen) == (None, 0)

    uitkomst = toets(instellingen, bron, "run", [levering])

    assert uitkomst.verschillen == {} and not any(uitkomst.afgekeurd.values())


def test_een_afkeuring_die_great_expectations_niet_ziet_stopt_de_run_tot_zij_hersteld_is(instellingen, lever):
    lever("hic_monitor_2024-01_ZK20_06290000_v01.csv", csv_tekst(HIC, {**HIC, "eenheid_id": "H2"}))
    with Register(instellingen.register) as register:
        (levering,) = register.leveringen()
    opslag = opslagpad(instellingen, levering)
    tabel = pq.read_table(opslag)
    vervalst = tabel.set_column(
        tabel.schema.get_field_index("regels"),
        "regels",
        pa.array([["capaciteit_verplicht"], None], pa.list_(pa.string())),
    )
    pq.write_table(vervalst, opslag)

    eerste = resultaat.na_inname(instellingen, "run1", "hic_monitor")
    tweede = resultaat.na_inname(instellingen, "run2", "hic_monitor")
    pq.write_table(tabel, opslag)
    derde = resultaat.na_inname(instellingen, "run3", "hic_monitor")

    assert eerste.verschillen == tweede.verschillen == {"hic_monitor: capaciteit_verplicht": (0, 1)}
    assert [eerste.sluit, tweede.sluit, derde.sluit] == [False, False, True]


def test_een_gelezen_rij_die_niet_bewaard_is_stopt_de_run(instellingen, lever):
    lever("hic_monitor_2024-01_ZK20_06290000_v01.csv", csv_tekst(HIC, {**HIC, "eenheid_id": "H2"}))
    with Register(instellingen.register) as register:
        (levering,) = register.leveringen()
    opslag = opslagpad(instellingen, levering)
    pq.write_table(pq.read_table(opslag).slice(0, 1), opslag)

    uitkomst = resultaat.na_inname(instellingen, "run1", "hic_monitor")

    assert uitkomst.onvolledig == {"hic_monitor_2024-01_ZK20_06290000_v01.csv": (2, 1)}
    assert not uitkomst.sluit


def test_een_rij_waaruit_een_a06_waarde_is_gewist_telt_voor_great_expectations_alleen_als_a06(instellingen, lever):
    lever(
        "wachtlijst_2024-01_ZK20_06290000_v01.csv",
        csv_tekst({**WACHTPLEK, "patient_pseudoniem": "123456782", "wachtplek_id": "123456782", "bemiddeling": "X"}),
    )
    with Register(instellingen.register) as register:
        uitkomst = toets(instellingen, "wachtlijst", "run", register.leveringen())

    assert uitkomst.verschillen == {}
    assert {regel: n for regel, n in uitkomst.verwacht.items() if n} == {"patient_pseudoniem_vorm": 1}
    assert {regel for _, regel in uitkomst.afgekeurd} == {"patient_pseudoniem_vorm", "bemiddeling_in_set"}
