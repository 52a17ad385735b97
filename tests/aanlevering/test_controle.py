"""``ggz controleer``: the verdict of the intake, before anything is sent."""

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from pipelines.aanlevering.controle import keuren
from pipelines.aanlevering.opslag import opslagpad
from pipelines.aanlevering.pseudoniem import is_bsn
from pipelines.bediening.ggz import ggz
from tests.aanlevering.bericht573 import bericht, rij
from tests.aanlevering.conftest import AFDELING, DECLARATIE, csv_tekst

VOORBEELD = Path(__file__).parents[1] / "voorbeeld"
BSN = next(str(n) for n in range(604813000, 604814000) if is_bsn(str(n)))


def _per_rij(map_: Path) -> tuple[dict, dict]:
    """By file its verdict, and by file and row what is wrong with it."""
    rijen = {}

    def toon(verdict, gekeurd):
        for r in gekeurd.select(["rijnummer", "codes", "regels", "controleregels"]).to_pylist():
            if r["codes"] or r["controleregels"]:
                rijen[Path(verdict.pad).name, r["rijnummer"]] = (r["codes"], r["regels"], r["controleregels"])

    verdicten = {Path(v.pad).name: v for v in keuren.controleer(keuren.bestanden([map_]), toon=toon)}
    return verdicten, {k: r for k, r in rijen.items() if not verdicten[k[0]].weigeringen}


def _van_inname(instellingen, register: dict) -> dict:
    rijen = {}
    for lev in register.values():
        for r in pq.read_table(opslagpad(instellingen, lev)).to_pylist() if lev.code is None else ():
            if r["codes"] or r["controleregels"]:
                rijen[lev.bestand, r["rijnummer"]] = (r["codes"], r["regels"], r["controleregels"])
    return rijen


def _gelijk(verdicten: dict, register: dict) -> None:
    assert verdicten.keys() == register.keys()
    for bestand, lev in register.items():
        v = verdicten[bestand]
        assert [c for c, _ in v.weigeringen] == ([lev.code] if lev.code else []), bestand
        assert (v.gelezen, v.afgekeurd) == (lev.rijen_gelezen, lev.rijen_met_code), bestand
        assert v.gemengde_decimalen == lev.gemengde_decimalen


def test_op_de_voorbeeldleveringen_is_het_oordeel_dat_van_de_inname_en_van_de_referentie(instellingen, neem_in):
    (instellingen.data / "landing").symlink_to(VOORBEELD / "landing")
    verdicten, rijen = _per_rij(VOORBEELD / "landing")
    register = neem_in()
    _gelijk(verdicten, register)
    assert rijen == _van_inname(instellingen, register)
    with (VOORBEELD / "verwacht" / "kwaliteit.afgekeurde_rij.csv").open(encoding="utf-8", newline="") as invoer:
        referentie = {
            (r["bestand"], int(r["rijnummer"])): set(r["codes"].split(",")) - {"A04"} for r in csv.DictReader(invoer)
        }
    referentie = {k: c for k, c in referentie.items() if c}
    assert referentie == {k: set(codes.split(",")) for k, (codes, _, _) in rijen.items() if codes}


def test_ook_van_leveringen_met_gebreken_en_van_berichten_is_het_oordeel_dat_van_de_inname(
    instellingen, lever, neem_in, monkeypatch
):
    monkeypatch.setenv("GGZ_PSEUDONIEM_SLEUTEL", "s" * 32)
    heel = bericht([rij(bsn=b, declaratie_id=f"N{b}") for b in (BSN, "123456789")])
    lever("declaraties_2024-06_ZK02_3311_v01.xml", heel)
    lever("declaraties_2024-06_ZK02_3312_v01.xml", heel[:-100])
    lever("declaraties_2024-01_ZK02_3311_v01.csv", csv_tekst(DECLARATIE, {**DECLARATIE, "patient_pseudoniem": BSN}))
    lever("bedden_2024-01_ZK02_06290000_v01.csv", csv_tekst({**AFDELING, "maand": "2024-02"}))
    lever("bedden_2024-02_ZK02_06290000_v01.csv", "")
    lever("bedden_2024-03_ZK02_06290000_v01.csv", csv_tekst({"maand": "2024-03"}))
    lever("bedden_2024-04_ZK99_06290000_v01.csv", csv_tekst(AFDELING))
    lever("bedden/2024-01/ZK03/bedden_2024-05_ZK03_06290000_v01.csv", csv_tekst(AFDELING))
    lever("bedden/2024-01/ZK02/bedden januari.csv", csv_tekst(AFDELING))
    lever("bedden_2024-06_ZK02_06290000_v01.ods", "x")
    verdicten, rijen = _per_rij(instellingen.landing)
    register = neem_in()
    _gelijk(verdicten, register)
    assert {c for v in verdicten.values() for c, _ in v.weigeringen} == {"B01", "B02", "B03", "B04"}
    assert rijen == _van_inname(instellingen, register)
    assert any("A06" in codes for codes, _, _ in rijen.values() if codes)


def _roep(*argumenten) -> tuple[int, str]:
    uitkomst = CliRunner().invoke(ggz, ["controleer", *map(str, argumenten)])
    return uitkomst.exit_code, uitkomst.output


@pytest.fixture
def met_bsn(tmp_path) -> Path:
    pad = tmp_path / "declaraties_2024-01_ZK02_3311_v01.csv"
    fout = {
        **DECLARATIE,
        "declaratie_id": "D2",
        "patient_pseudoniem": BSN,
        "zorgtrajectnummer": f"T-{BSN}",
        "wet": "Awbz",
    }
    naam = {**DECLARATIE, "declaratie_id": "Dvan Jansen", "patient_pseudoniem": "Jansen", "bedrag": BSN, "wet": "Awbz"}
    pad.write_text(csv_tekst(DECLARATIE, fout, naam))
    return pad


def test_nergens_staat_een_bsn_of_een_a06_waarde_en_de_foute_cel_is_gemerkt(met_bsn, tmp_path, monkeypatch):
    monkeypatch.delenv("GGZ_PSEUDONIEM_SLEUTEL", raising=False)
    doel = tmp_path / "uit.xlsx"
    status, tekst = _roep(met_bsn, "--xlsx", doel)
    assert status == 1
    assert (
        "A06" in tekst
        and "2 van 3 rijen afgekeurd" in tekst
        and "rij 2, 3" in tekst
        and "doen: pseudonimiseer" in tekst
    )
    _, als_json = _roep(met_bsn, "--json")
    blad = load_workbook(doel)["1 rijen"]
    cellen = [str(c.value) for r in blad.iter_rows() for c in r] + [
        c.comment.text for r in blad.iter_rows() for c in r if c.comment
    ]
    for uit in (tekst, als_json, " ".join(cellen)):
        assert BSN not in uit and "Jansen" not in uit
    koppen = [c.value for c in blad[1]]
    wet = blad.cell(2, koppen.index("wet") + 1)
    assert wet.value == "Awbz" and wet.fill.fgColor.rgb.endswith("FFC7CE") and "A03: wet is Zvw" in wet.comment.text
    assert not blad.cell(2, koppen.index("bedrag") + 1).comment


def test_json_zegt_per_regel_de_rijen(met_bsn):
    status, tekst = _roep(met_bsn, "--json")
    (bestand,) = json.loads(tekst[: tekst.rindex("}") + 1])["bestanden"]
    assert status == 1 and bestand["oordeel"] == "rijen afgekeurd"
    assert {r["regel"]: r["rijen"] for r in bestand["regels"]}["wet_in_set"] == [2, 3]


def test_een_bestand_met_een_verkeerde_naam_wordt_met_bron_toch_op_inhoud_gecontroleerd(tmp_path):
    pad = tmp_path / "onze bedden.csv"
    pad.write_text(csv_tekst(AFDELING, {**AFDELING, "wet": "Awbz"}))
    status, tekst = _roep(pad)
    assert status == 1 and "met --bron NAAM" in tekst and "A03" not in tekst
    status, tekst = _roep(pad, "--bron", "bedden")
    assert status == 1 and "B03" in tekst and "1 van 2 rijen afgekeurd" in tekst and "over 2024-01" in tekst


def test_de_status_zegt_goed_of_verkeerd_gebruikt(tmp_path):
    pad = tmp_path / "bedden_2024-01_ZK02_06290000_v01.csv"
    pad.write_text(csv_tekst(AFDELING))
    assert _roep(pad)[0] == 0
    assert _roep(tmp_path / "weg.csv")[0] == 2
    assert _roep(pad, "--bron", "bedjes")[0] == 2
    assert _roep(pad, "--xlsx", tmp_path / "weg" / "uit.xlsx")[0] == 2
    assert {p.name for p in tmp_path.iterdir()} == {pad.name}
