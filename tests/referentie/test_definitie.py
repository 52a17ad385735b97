"""``ggz definitie``: a steward's version is judged before anything is built, kept in the settings, and taken out again."""

import json

import duckdb
import pytest
from click.testing import CliRunner

from pipelines.bediening.ggz import ggz
from pipelines.fundament import seeds
from pipelines.referentie.definitie import lezen, toets
from pipelines.referentie.werkblad import Onbruikbaar
from pipelines.warehouse.definities import REGEL, kolommen, meegeleverd

KOP = "versie,volgorde,regel,wet,prestatietype,setting,verzorgingsgraad,heeft_hic,zorgvraagtype,agb_vestiging_begint,cluster,zekerheid,alternatief\n"
REST = "eigen,99,rest,,,,,,,,onbepaald,eenduidig,\n"


@pytest.fixture
def ronde(tmp_path, monkeypatch):
    """Writes a csv of rules (below ``KOP``) and runs ``ggz definitie`` in a data root of its own."""
    monkeypatch.setenv("GGZ_DATA", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()

    def _ronde(opdracht, *argumenten, regels=""):
        if regels:
            (tmp_path / "regels.csv").write_text(KOP + regels, encoding="utf-8")
            argumenten = (str(tmp_path / "regels.csv"), *argumenten)
        return CliRunner().invoke(ggz, ["definitie", opdracht, *argumenten])

    return _ronde


@pytest.fixture
def oordeel(tmp_path):
    """The judgement on these rules, with no warehouse yet."""

    def _oordeel(regels):
        (tmp_path / "regels.csv").write_text(KOP + regels, encoding="utf-8")
        return toets.beoordeel(lezen.lees(tmp_path / "regels.csv"), tmp_path / "geen.duckdb")

    return _oordeel


def test_een_gezonde_versie_wordt_opgenomen_en_weer_weggehaald(ronde, tmp_path):
    regels = "eigen,10,opname,,verblijfsdag,,,,,,klinisch,eenduidig,\n" + REST
    assert ronde("neem-op", "--omschrijving", "alleen opnames", regels=regels).exit_code == 0
    bewaard = json.loads((tmp_path / "data/instellingen/definities/eigen.json").read_text())
    assert [(r["volgorde"], r["prestatietype"], r["cluster"]) for r in bewaard["cluster_regel"]] == [
        ("10", "verblijfsdag", "klinisch"),
        ("99", "", "onbepaald"),
    ]
    assert "eigen                 opgenomen     2 regels  alleen opnames\n" in ronde("lijst").output
    assert ronde("verwijder", "eigen").exit_code == 0
    assert "eigen " not in ronde("lijst").output


def test_toets_wijzigt_niets(ronde, tmp_path):
    assert "Niets gewijzigd" in ronde("toets", regels=REST).output
    assert not (tmp_path / "data/instellingen").exists()


def test_een_versie_met_fouten_wordt_niet_opgenomen(ronde, tmp_path):
    uitkomst = ronde("neem-op", regels="eigen,10,opname,,verblijfsdag,,,,,,kliniek,eenduidig,\n" + REST)
    assert uitkomst.exit_code == 1
    assert "rij 2: cluster kliniek bestaat niet; kies uit acuut, beveiligd," in uitkomst.output
    assert not (tmp_path / "data/instellingen").exists()


def test_een_meegeleverde_versie_blijft_zoals_zij_is(ronde):
    assert (
        "versie hhm-2023 is meegeleverd en blijft zoals zij is"
        in ronde("neem-op", regels=REST.replace("eigen", "hhm-2023")).output
    )
    assert "versie hhm-2023 is meegeleverd en blijft" in ronde("verwijder", "hhm-2023").output
    assert "versie onbekend is niet opgenomen" in ronde("verwijder", "onbekend").output


@pytest.mark.parametrize(
    ("rij", "fout"),
    [
        ("eigen,tien,a,,,,,,,,acuut,eenduidig,", "rij 2: volgorde tien is geen geheel getal"),
        ("eigen,10,a,ZVW,,,,,,,acuut,eenduidig,", "rij 2: wet ZVW bestaat niet; kies uit Jeugdwet, Wfz, Wlz, Wmo, Zvw"),
        ("eigen,10,a,,,9,,,,,acuut,eenduidig,", "rij 2: setting 9 bestaat niet; kies uit 1, 2, 3, 4, 5, 6, 7, 8"),
        ("eigen,10,a,,,,,ja,,,acuut,eenduidig,", "rij 2: heeft_hic is ja; schrijf J of N, of laat de cel leeg"),
        ("eigen,10,a,,,,,,8|9,,acuut,eenduidig,", "rij 2: zorgvraagtype 9 bestaat niet; kies uit 1, 2, 3,"),
        ("eigen,10,a,,,,,,,54x,acuut,eenduidig,", "rij 2: agb_vestiging_begint 54x is geen begin van een AGB-code"),
        ("eigen,10,,,,,,,,,acuut,eenduidig,", "rij 2: de regel heeft geen naam"),
        ("eigen,10,a,,,,,,,,acuut,zeker,", "rij 2: zekerheid is zeker; schrijf eenduidig of meerduidig"),
        ("eigen,10,a,,,,,,,,acuut,meerduidig,acuut", "rij 2: een meerduidige regel noemt als alternatief een ander"),
        ("eigen,10,a,,,,,,,,acuut,eenduidig,klinisch", "rij 2: alternatief klinisch hoort alleen bij een meerduidige"),
        ("eigen,10,rest,Zvw,,,,,,,acuut,eenduidig,", "rij 3: regel rest staat ook op rij 2, met een andere volgorde"),
        ("eigen,99,anders,Zvw,,,,,,,acuut,eenduidig,", "rij 3: volgorde 99 staat ook op rij 2, met een andere regel"),
    ],
)
def test_een_fout_in_een_cel_noemt_haar_rij_en_wat_er_wel_mag(oordeel, rij, fout):
    (gevonden,) = oordeel(f"{rij}\n{REST}").fouten
    assert gevonden.startswith(fout)


@pytest.mark.parametrize(
    ("tekst", "melding"),
    [
        ("versie,volgorde\n", "kolom regel ontbreekt"),
        (KOP.replace("setting", "seting"), "kolom seting ken ik niet; kies uit versie, volgorde"),
        (KOP, "er staan geen rijen onder de kop"),
        (KOP + REST + REST.replace("eigen", "ander"), "noem in kolom versie op elke rij dezelfde naam"),
    ],
)
def test_een_bestand_dat_geen_regels_van_een_versie_bevat_is_onbruikbaar(tmp_path, tekst, melding):
    (tmp_path / "regels.csv").write_text(tekst, encoding="utf-8")
    with pytest.raises(Onbruikbaar, match=melding):
        lezen.lees(tmp_path / "regels.csv")


def test_een_kaart_plaatst_alleen_wat_bekend_is(tmp_path):
    (tmp_path / "regels.csv").write_text(KOP + REST, encoding="utf-8")
    (tmp_path / "bedden.csv").write_text("bedtype,cluster\nHIC,klinisch\nPAAS,klinisch\nHIC,acuut\n", encoding="utf-8")
    gelezen = lezen.lees(tmp_path / "regels.csv", tmp_path / "bedden.csv")
    assert [fout.split(";")[0] for fout in gelezen.fouten] == [
        "bedtype_cluster, rij 3: bedtype PAAS bestaat niet",
        "bedtype_cluster, rij 4: HIC staat ook op rij 2",
    ]
    assert {rij["versie"] for rij in gelezen.tabellen["bedtype_cluster"]} == {"eigen"}


def test_een_regel_die_achter_een_ruimere_staat_wordt_nooit_bereikt(oordeel):
    gevonden = oordeel(
        "eigen,10,opname,,verblijfsdag,,,,,,klinisch,eenduidig,\n"
        "eigen,20,opname_hic,,verblijfsdag,,F|G,J,,,acuut,eenduidig,\n"
        "eigen,30,onmogelijk,,verblijfsdag,4,,,,,acuut,eenduidig,\n" + REST
    )
    assert gevonden.onbereikt == [
        "rij 3 (opname_hic, volgorde 20): alles wat erop past, valt al onder volgorde 10",
        "rij 4 (onmogelijk, volgorde 30): geen prestatie kan aan al haar eisen voldoen",
    ]


def test_een_langer_begin_achter_een_korter_wordt_nooit_bereikt_en_ervoor_wel(oordeel):
    kort, lang = (
        "eigen,{},zkh,,,,,,,54,acuut,eenduidig,\n",
        "eigen,{},paaz,,,,,,,5401|5402,klinisch,eenduidig,\n",
    )
    assert len(oordeel(kort.format(10) + lang.format(20) + REST).onbereikt) == 1
    assert oordeel(lang.format(10) + kort.format(20) + REST).onbereikt == []


def test_zonder_een_regel_voor_de_rest_krijgt_niet_elke_code_een_plaats(oordeel):
    fouten = oordeel("eigen,10,opname,,verblijfsdag,,,,,,klinisch,eenduidig,\n").fouten
    assert fouten[0].startswith("geen regel voor Jeugdwet, Wfz, Wlz, Wmo, Zvw, consult, setting 1 (")
    assert fouten[-1] == "sluit de regels af met een regel zonder eisen die onbepaald geeft"


def test_regels_die_deels_hetzelfde_raken_met_een_andere_uitkomst_worden_genoemd(oordeel):
    gevonden = oordeel(
        "eigen,10,hic,,,,,J,,,acuut,eenduidig,\n"
        "eigen,20,opname,,verblijfsdag,,,,,,klinisch,eenduidig,\n"
        "eigen,30,opname_h,,verblijfsdag,,H,,,,klinisch,eenduidig,\n" + REST
    )
    assert gevonden.overlap == ["hic (10) gaat voor opname (20), opname_h (30)"]


@pytest.mark.parametrize("versie", meegeleverd())
def test_elke_meegeleverde_versie_doorstaat_de_toets(tmp_path, versie):
    rijen = [{**rij, "versie": "eigen"} for rij in seeds.lees(REGEL) if rij["versie"] == versie]
    regels = "\n".join(";".join(rij[k] for k in kolommen(REGEL)) for rij in rijen)
    (tmp_path / "regels.csv").write_text(
        ";".join(kolommen(REGEL)) + "\n" + regels.replace("; ", ", "), encoding="utf-8"
    )
    gevonden = toets.beoordeel(lezen.lees(tmp_path / "regels.csv"), tmp_path / "geen.duckdb")
    assert (gevonden.fouten, gevonden.onbereikt) == ([], [])
    assert gevonden.zonder_plaats == ["Zvw, consult (1 code, zoals XCO9001): rest"]


def test_prestaties_van_de_laatste_twaalf_maanden_zeggen_welke_regels_niets_raken(tmp_path):
    with duckdb.connect(str(tmp_path / "wh.duckdb")) as con:
        con.execute(
            "create schema intermediate; create schema referentie;"
            "create table referentie.norm as select 'venster_maanden' as norm, 12 as waarde;"
            "create table intermediate.int_maand as select i + 1 as volgnummer, (date '2024-01-01' + to_months(i::int))::date "
            "as maand from range(14) t(i);"
            "create table intermediate.int_kenmerk (kenmerken varchar, wet varchar, prestatietype varchar, setting int, "
            "verzorgingsgraad varchar, beveiligingsniveau int, acuut_binnen_budget varchar, heeft_hic boolean, heeft_iht boolean, "
            "heeft_mpu boolean, heeft_topggz boolean, traject_setting8 boolean, zorgvraagtype int, agb_vestiging_begint varchar);"
            "insert into intermediate.int_kenmerk values "
            "('a', 'Zvw', 'verblijfsdag', null, 'A', 0, 'N', false, false, false, false, false, 5, null),"
            "('b', 'Zvw', 'consult', 1, null, null, 'N', false, false, false, false, false, null, null);"
            "create table intermediate.int_kenmerk_telling (maand date, agb_vestiging varchar, kenmerken varchar, prestaties int);"
            "insert into intermediate.int_kenmerk_telling values ('2025-01-01', '54000001', 'a', 3), "
            "('2025-02-01', '06000001', 'a', 4), ('2024-02-01', '54000001', 'a', 100), ('2025-01-01', '54000001', 'b', 1)"
        )
    (tmp_path / "regels.csv").write_text(
        KOP + "eigen,10,zkh,,verblijfsdag,,,,5,54,acuut,eenduidig,\n"
        "eigen,20,zkh_anders,,verblijfsdag,,,,6,54,klinisch,eenduidig,\n"
        "eigen,30,opname,,verblijfsdag,,,,,,klinisch,eenduidig,\n" + REST,
        encoding="utf-8",
    )
    gevonden = toets.beoordeel(lezen.lees(tmp_path / "regels.csv"), tmp_path / "wh.duckdb")
    assert gevonden.ongebruikt == ["rij 3 (zkh_anders, volgorde 20)"]
    assert gevonden.rest == ["1: Zvw, consult, setting 1"]
    assert gevonden.gebruik == "Gelegd naast 8 prestaties, van 2024-03 tot en met 2025-02."
