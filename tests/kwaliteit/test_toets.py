"""Great Expectations and the refusal name the same rows, whatever is delivered; where they do not, the run stops."""

import re
from datetime import date
from decimal import Decimal

import openpyxl
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
from pipelines.kwaliteit.verwachting import verwachting
from pipelines.settings import Instellingen
from tests.aanlevering.conftest import DECLARATIE, HIC, RIJ, WACHTPLEK, csv_tekst

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
        "2024-02-30",
        "0000-01-01",
        "1,5",
        "007",
        "9" * 16,
        "x" * 41,
        "kliniek",
        "KLINIEK",
        "XCO0001",
        "C",
        "Zvw",
    ]
)


@pytest.mark.parametrize(("bron", "goed"), RIJ.items())
@settings(
    max_examples=2, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_de_suite_vindt_op_elke_regel_precies_de_rijen_die_de_inname_afkeurt(bron, goed, data, tmp_path_factory):
    vervangen = st.dictionaries(st.sampled_from([k for k in goed if k != "maand"]), CELLEN, max_size=4)
    rijen = [{**goed, **wissel} for wissel in data.draw(st.lists(vervangen, min_size=60, max_size=60))]
    instellingen = Instellingen(data=tmp_path_factory.mktemp("data"))
    pad = instellingen.landing / bron / "2024-01" / "ZK20" / f"{bron}_2024-01_ZK20_06290000_v01.csv"
    pad.parent.mkdir(parents=True)
    pad.write_text(csv_tekst(*rijen))
    leveringen = neem_in(instellingen, bron).leveringen

    uitkomst = toets(instellingen, bron, leveringen)

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

    uitkomst = toets(instellingen, bron, [levering])

    assert uitkomst.verschillen == {} and not any(uitkomst.afgekeurd.values())


def _vervals(instellingen, **kolommen) -> pa.Table:
    """Puts other verdicts in the one stored delivery; returns what stood there."""
    with Register(instellingen.register) as register:
        (levering,) = register.leveringen()
    opslag = opslagpad(instellingen, levering)
    tabel = vervalst = pq.read_table(opslag)
    for naam, waarden in kolommen.items():
        plaats = tabel.schema.get_field_index(naam)
        vervalst = vervalst.set_column(plaats, naam, pa.array(waarden, tabel.schema.field(naam).type))
    pq.write_table(vervalst, opslag)
    return tabel


def test_een_afkeuring_die_great_expectations_niet_ziet_stopt_de_run_tot_zij_hersteld_is(instellingen, lever):
    lever("hic_monitor_2024-01_ZK20_06290000_v01.csv", csv_tekst(HIC, {**HIC, "eenheid_id": "H2"}))
    tabel = _vervals(instellingen, regels=[["capaciteit_verplicht"], None])
    with Register(instellingen.register) as register:
        opslag = opslagpad(instellingen, register.leveringen()[0])

    eerste = resultaat.na_inname(instellingen, "run1", "hic_monitor")
    tweede = resultaat.na_inname(instellingen, "run2", "hic_monitor")
    pq.write_table(tabel, opslag)
    derde = resultaat.na_inname(instellingen, "run3", "hic_monitor")

    assert eerste.verschillen == tweede.verschillen == {"hic_monitor: capaciteit_verplicht": (0, 1, 0)}
    assert [eerste.sluit, tweede.sluit, derde.sluit] == [False, False, True]


@pytest.mark.parametrize(
    ("regels", "codes", "aantallen"),
    [
        ([None, None], [None, None], (1, 0, 0)),  # the refusal let the row pass
        ([None, ["capaciteit_between"]], [None, "A05"], (1, 1, 0)),  # as many rows, but another one
        ([["capaciteit_between"]] * 2, ["A05"] * 2, (1, 2, 1)),
    ],
)
def test_de_twee_worden_rij_voor_rij_vergeleken(instellingen, lever, regels, codes, aantallen):
    lever(
        "hic_monitor_2024-01_ZK20_06290000_v01.csv", csv_tekst({**HIC, "capaciteit": "-1"}, {**HIC, "eenheid_id": "H2"})
    )
    _vervals(instellingen, regels=regels, codes=codes)

    uitkomst = resultaat.na_inname(instellingen, "run1", "hic_monitor")

    assert uitkomst.verschillen == {"hic_monitor: capaciteit_between": aantallen}


def test_great_expectations_oordeelt_over_de_cel_en_niet_over_de_waarde_die_de_inname_ervan_maakte(instellingen, lever):
    lever(
        "declaraties_2024-01_ZK20_3311_v01.csv",
        csv_tekst({**DECLARATIE, "begindatum": "2024-02-30"}, {**DECLARATIE, "declaratie_id": "D2", "bedrag": "1e3"}),
    )
    # as if the intake had read both, and made a value of them
    _vervals(
        instellingen,
        begindatum=[date(2024, 1, 30)] * 2,
        bedrag=[Decimal("1.00")] * 2,
        vormfout=[None] * 2,
        regels=[None] * 2,
        codes=[None] * 2,
    )

    uitkomst = resultaat.na_inname(instellingen, "run1", "declaraties")

    assert uitkomst.verschillen == {"declaraties: begindatum_vorm": (1, 0, 0), "declaraties: bedrag_vorm": (1, 0, 0)}


def test_een_voorwaarde_over_een_buurcel_van_verkeerde_vorm_zegt_niets(instellingen, lever):
    einde = {**WACHTPLEK, "einddatum": "2024-01-20"}
    lever(
        "wachtlijst_2024-01_ZK20_06290000_v01.csv",
        csv_tekst(
            {**einde, "wachtplek_id": "W1"},  # no reden_einde
            {**einde, "wachtplek_id": "W2", "einddatum": "morgen"},
            {**WACHTPLEK, "wachtplek_id": "W3", "exclusiecriterium": "middelen"},
            {**WACHTPLEK, "wachtplek_id": "W4", "exclusiecriterium": "middelen", "reden_einde": "exclusie"},
        ),
    )
    with Register(instellingen.register) as register:
        uitkomst = toets(instellingen, "wachtlijst", register.leveringen())

    assert uitkomst.verschillen == {}
    assert +uitkomst.verwacht == {"reden_bij_einde": 1, "einddatum_vorm": 1, "criterium_zonder_exclusie": 1}


def test_een_datumcel_in_een_tekstkolom_en_een_cel_na_de_laatste_kolom_ziet_de_suite_ook(instellingen):
    boek = openpyxl.Workbook()
    boek.active.append([*WACHTPLEK, ""])
    boek.active.append([*({**WACHTPLEK, "hoofddiagnosegroep": date(2024, 1, 5)}).values(), ""])
    boek.active.append([*({**WACHTPLEK, "wachtplek_id": "W2"}).values(), "extra"])
    pad = instellingen.landing / "wachtlijst" / "2024-01" / "ZK20" / "wachtlijst_2024-01_ZK20_06290000_v01.xlsx"
    pad.parent.mkdir(parents=True)
    boek.save(pad)
    leveringen = neem_in(instellingen, "wachtlijst").leveringen

    uitkomst = toets(instellingen, "wachtlijst", leveringen)

    assert uitkomst.verschillen == {}
    assert +uitkomst.verwacht == {"hoofddiagnosegroep_vorm": 1, "cel_na_laatste_kolom": 1}


def test_bewaard_zijn_de_cellen_die_hun_waarde_niet_teruggeeft_en_niet_wat_is_gewist(instellingen, lever):
    lever(
        "declaraties_2024-01_ZK20_3311_v01.csv",
        csv_tekst(
            DECLARATIE,
            {**DECLARATIE, "declaratie_id": "D2", "bedrag": "100,5", "geboortejaar": "01980"},
            {**DECLARATIE, "declaratie_id": "D3", "privacyverklaring": "J"},
            {
                **DECLARATIE,
                "declaratie_id": "D4",
                "patient_pseudoniem": "123456782",
                "bedrag": "veel",
                "zorglabel": "nr 123456782",
            },
        ),
    )
    with Register(instellingen.register) as register:
        rijen = pq.read_table(opslagpad(instellingen, register.leveringen()[0])).to_pylist()

    assert [rij["cellen"] and dict(rij["cellen"]) for rij in rijen] == [
        None,
        {"geboortejaar": "01980", "bedrag": "100,5"},
        None,
        {"patient_pseudoniem": "", "bedrag": "veel", "zorglabel": "nr (verwijderd: A06)"},
    ]


@pytest.mark.parametrize("bron", contract.bronnen())
def test_een_suite_bestaat_uit_verwachtingen_van_great_expectations_zelf_en_geen_regel_kent_het_oordeel_van_de_inname(
    bron,
):
    grens = contract.lees(bron)
    for regel in grens.regels:
        assert type(verwachting(regel, grens)).__module__.startswith("great_expectations."), regel.naam
        assert not {"vormfout", "regels", "codes"} & set(re.findall(r"\w+", f"{regel.als} {regel.fout_als}")), (
            regel.naam
        )


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
        uitkomst = toets(instellingen, "wachtlijst", register.leveringen())

    assert uitkomst.verschillen == {}
    assert +uitkomst.verwacht == {"patient_pseudoniem_vorm": 1}
    assert {regel for _, regel in uitkomst.afgekeurd} == {"patient_pseudoniem_vorm", "bemiddeling_in_set"}
