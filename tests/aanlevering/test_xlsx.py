"""What workbooks of the world hold: each cell is read as it is stored, or named as what it is."""

import pytest

from pipelines import contract
from pipelines.aanlevering import readers
from pipelines.aanlevering.fouten import Geweigerd
from pipelines.aanlevering.readers import xlsx_blad
from tests.aanlevering.werkmap import HOOFD, RELATIES, blad, delen, inpakken, relaties, werkboek

KOP = ["eenheid_id", "bezette_dagen", "separatie_uren", "audit_datum"]
CONTRACT = contract.lees("hic_monitor")
STIJLEN = (
    f'<styleSheet xmlns="{HOOFD}"><numFmts><numFmt numFmtId="164" formatCode="Standaard"/><numFmt numFmtId="165" formatCode="dd-mm-jjjj"/>'
    '<numFmt numFmtId="166" formatCode="[Red]0&quot; dagen&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="46"/></cellXfs></styleSheet>'
)


@pytest.fixture
def lees(tmp_path):
    """Rows of a workbook, filled cells only."""

    def _lees(delen_: dict) -> list[dict]:
        pad = tmp_path / "x.xlsx"
        pad.write_bytes(delen_ if isinstance(delen_, bytes) else inpakken(delen_))
        rijen = [rij for deel in readers.open_tabel(pad, "xlsx", CONTRACT).delen for rij in deel.to_pylist()]
        return [{k: v for k, v in rij.items() if v is not None and k != "rijnummer"} for rij in rijen]

    return _lees


def _cel(lees, xml: str, kolom: str = "bezette_dagen", **delen_: str):
    """Text of a cell, and whether its kind fits."""
    (rij,) = lees(delen([["eenheid_id", kolom], ["H1", xml]]) | delen_)
    return rij.get(kolom), "_vormfout" not in rij


def _met_stijlen(rijen: list[list[str]], **werkmap: str) -> dict[str, str]:
    rels = relaties(worksheet_1="worksheets/sheet1.xml", styles_1="styles.xml")
    return delen(rijen) | {"xl/_rels/workbook.xml.rels": rels, "xl/styles.xml": STIJLEN} | werkmap


def test_een_verkeerde_maat_van_het_blad_telt_niet(lees):
    rijen = [KOP, ["H1", '<c r="{r}"><v>1</v></c>'], ["H2", '<c r="{r}"><v>2</v></c>']]
    assert [r["bezette_dagen"] for r in lees(delen(rijen, maat='<dimension ref="A1:D1"/>'))] == ["1", "2"]


@pytest.mark.parametrize(
    "xml",
    [
        '<c r="{r}" t="e"><v>#N/A</v></c>',
        "<c r='{r}' t='e'><v>#N/A</v></c>",
        '<c\n t = "e"\tr="{r}"><f>1/0</f><v>#N/A</v></c>',
    ],
)
def test_een_foutcel_is_gevuld_hoe_zij_ook_is_geschreven(lees, xml):
    assert _cel(lees, xml, "audit_datum") == ("#N/A", False)


def test_een_foutcel_zonder_tekst_is_ook_gevuld(lees):
    assert _cel(lees, '<c r="{r}" t="e"/>') == ("#FOUT!", False)


@pytest.mark.parametrize(
    "xml", ['<c r="{r}"><f>1+1</f></c>', '<c r="{r}"><f>1+1</f><v></v></c>', '<c r="{r}" t="str"><f>A1</f></c>']
)
def test_een_formule_zonder_waarde_zegt_dat_het_bestand_moet_worden_doorgerekend(lees, xml):
    tekst, past = _cel(lees, xml)
    assert "doorgerekend en opgeslagen" in tekst and not past


def test_een_formule_die_een_lege_tekst_geeft_is_leeg_en_een_met_waarde_telt(lees):
    assert _cel(lees, '<c r="{r}" t="str"><f>IF(1,"")</f><v></v></c>') == (None, True)
    assert _cel(lees, '<c r="{r}"><f>3*4</f><v>12</v></c>') == ("12", True)


@pytest.mark.parametrize(
    ("getal", "kolom", "tekst", "past"),
    [
        ("1234567890123456", "eenheid_id", "1234567890123456", True),
        ("1234567890123457", "eenheid_id", "1234567890123457", True),
        ("1.234567890123457E+15", "eenheid_id", "1234567890123457", True),
        ("9007199254740992", "eenheid_id", "9007199254740992", True),  # 2^53
        ("9007199254740993", "eenheid_id", "9007199254740990", False),
        ("-0", "eenheid_id", "0", True),
        ("007", "eenheid_id", "7", True),
        ("2.5", "separatie_uren", "2.5", True),
        (".5", "separatie_uren", "0.5", True),
        ("0.30000000000000004", "separatie_uren", "0.3", True),
        ("12,5", "separatie_uren", "12,5", False),
        ("NaN", "separatie_uren", "NaN", False),
        ("1e9999", "separatie_uren", "1e9999", False),
    ],
)
def test_een_getal_is_zijn_cijfers(lees, getal, kolom, tekst, past):
    rijen = lees(delen([["modelgetrouwheid", kolom], ["3", f'<c r="{{r}}"><v>{getal}</v></c>']]))
    assert (rijen[0][kolom], "_vormfout" not in rijen[0]) == (tekst, past)


@pytest.mark.parametrize(
    ("stijl", "getal", "tekst", "past"),
    [
        (1, "45306", "2024-01-15", True),
        (3, "45306", "2024-01-15", True),  # a Dutch format code
        (1, "45306.5", "2024-01-15 12:00:00", False),
        (1, "45305.9999999999", "2024-01-15", True),  # a rounding of midnight
        (1, "1", "1900-01-01", True),
        (1, "60", "60", False),  # 29 February 1900, which never was
        (1, "61", "1900-03-01", True),
        (1, "-1", "-1", False),
        (1, "9999999", "9999999", False),
        (2, "45306", "45306", True),  # Standaard is no date
        (4, "45306", "45306", True),
        (5, "0.5", "0.5", False),
        (9, "45306", "45306", True),  # a style that is not there
    ],
)
def test_een_datum_is_wat_de_opmaak_een_datum_noemt(lees, stijl, getal, tekst, past):
    (rij,) = lees(_met_stijlen([["eenheid_id", "audit_datum"], ["H1", f'<c r="{{r}}" s="{stijl}"><v>{getal}</v></c>']]))
    assert (rij["audit_datum"], "_vormfout" not in rij) == (tekst, past)


def test_een_werkmap_van_een_mac_telt_dagen_vanaf_1904(lees):
    werkmap = werkboek("worksheet_1").replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    rijen = [["eenheid_id", "audit_datum"], ["H1", '<c r="{r}" s="1"><v>43844</v></c>']]
    assert lees(_met_stijlen(rijen, **{"xl/workbook.xml": werkmap}))[0]["audit_datum"] == "2024-01-15"


@pytest.mark.parametrize(
    ("xml", "past"), [("2024-01-15", True), ("2024-01-15T00:00:00", True), ("2024-01-15T09:00:00", False)]
)
def test_een_datum_in_tekst(lees, xml, past):
    assert _cel(lees, f'<c r="{{r}}" t="d"><v>{xml}</v></c>', "audit_datum")[1] is past


def test_een_datum_in_een_tekstkolom_past_niet(lees):
    (rij,) = lees(_met_stijlen([["eenheid_id", "bezette_dagen"], ['<c r="{r}" s="1"><v>45306</v></c>', "1"]]))
    assert (rij["eenheid_id"], rij["_vormfout"]) == ("2024-01-15", ["eenheid_id"])


def test_gedeelde_teksten_met_opmaak_en_zonder_uitspraak(lees):
    teksten = (
        f'<sst xmlns="{HOOFD}"><si><t> H1 </t></si><si><r><t>H</t></r><r><t>2</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si>'
        "<si><t>H_x0033_</t></si></sst>"
    )
    rels = relaties(worksheet_1="worksheets/sheet1.xml", sharedStrings_1="teksten.xml")
    rijen = [["eenheid_id"], *[[f'<c r="{{r}}" t="s"><v>{n}</v></c>'] for n in range(3)]]
    boek = delen(rijen) | {"xl/_rels/workbook.xml.rels": rels, "xl/teksten.xml": teksten}
    assert [r["eenheid_id"] for r in lees(boek)] == ["H1", "H2", "H3"]
    with pytest.raises(Geweigerd, match="B01"):
        lees(boek | {"xl/worksheets/sheet1.xml": blad([["eenheid_id"], ['<c r="{r}" t="s"><v>3</v></c>']])})


def test_het_blad_wordt_gevonden_door_de_verwijzingen_van_de_werkmap(lees):
    goed, fout = blad([["eenheid_id"], ["goed"]]), blad([["eenheid_id"], ["fout"]])
    boek = {
        "_rels\\.rels": relaties(officeDocument_1="/boek/Werkmap.xml"),
        "boek/werkmap.xml": werkboek("worksheet_2", "worksheet_1"),
        "boek/_rels/WERKMAP.xml.rels": relaties(worksheet_1="bladen/1.xml", worksheet_2="..\\Blad%202.xml"),
        "BLAD 2.XML": goed,
        "boek/bladen/1.xml": fout,
        "xl/worksheets/sheet1.xml": fout,
    }
    assert lees(boek) == [{"eenheid_id": "goed"}]


def test_het_eerste_zichtbare_werkblad_telt(lees):
    boek = delen([["eenheid_id"], ["goed"]]) | {"xl/anders.xml": blad([["eenheid_id"], ["fout"]])}
    verborgen = boek | {
        "xl/workbook.xml": werkboek("worksheet_2", "worksheet_1", staat=' state="hidden"'),
        "xl/_rels/workbook.xml.rels": relaties(worksheet_1="worksheets/sheet1.xml", worksheet_2="anders.xml"),
    }
    grafiek = boek | {
        "xl/workbook.xml": werkboek("chartsheet_1", "worksheet_1"),
        "xl/_rels/workbook.xml.rels": relaties(worksheet_1="worksheets/sheet1.xml", chartsheet_1="anders.xml"),
    }
    assert lees(verborgen) == lees(grafiek) == [{"eenheid_id": "goed"}]


def test_de_strikte_vorm_met_voorvoegsels(lees):
    strikt = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    xml = (
        f'<x:worksheet xmlns:x="{strikt}"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>eenheid_id</x:t></x:is></x:c></x:row>'
        '<x:row><x:c t="inlineStr"><x:is><x:t>H1</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>'
    )
    boek = delen([]) | {"xl/worksheets/sheet1.xml": xml}
    boek = {k: v.replace(RELATIES, "http://purl.oclc.org/ooxml/officeDocument/relationships") for k, v in boek.items()}
    assert lees(boek) == [{"eenheid_id": "H1"}]


def test_een_losse_cel_aan_de_rand_kost_geen_geheugen_en_een_lege_telt_niet(lees):
    ver = '<row r="20000"><c r="A20000" t="inlineStr"><is><t>H2</t></is></c><c r="XFD20000" t="inlineStr"><is><t> </t></is></c></row>'
    boek = delen([["eenheid_id"], ["H1"]])
    boek["xl/worksheets/sheet1.xml"] = boek["xl/worksheets/sheet1.xml"].replace("</sheetData>", ver + "</sheetData>")
    assert lees(boek) == [{"eenheid_id": "H1"}, {"eenheid_id": "H2"}]
    boek["xl/worksheets/sheet1.xml"] = boek["xl/worksheets/sheet1.xml"].replace("<t> </t>", "<t>x</t>")
    assert lees(boek)[1] == {"eenheid_id": "H2", "_vormfout": [""]}


@pytest.mark.parametrize(
    "boek",
    [
        b"\xd0\xcf\x11\xe0" + bytes(600),
        b"PK\x05\x06" + bytes(18),
        delen([]) | {"xl/workbook.xml": werkboek()},
        delen([]) | {"xl/worksheets/sheet1.xml": '<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'},
        delen([]) | {"xl/worksheets/sheet1.xml": "<worksheet><sheetData>"},
        delen([]) | {"XL/WORKSHEETS/SHEET1.XML": "<worksheet/>"},
        delen([["eenheid_id"], ['<c r="XFE1"><v>1</v></c>']]),
        delen([["eenheid_id"], ['<c r="1"><v>1</v></c>']]),
        {k: v for k, v in delen([]).items() if "sheet1" not in k},
    ],
)
def test_wat_geen_werkmap_is_wordt_geweigerd(lees, boek):
    with pytest.raises(Geweigerd, match="B01"):
        lees(boek)


def test_een_blad_zonder_cellen_is_leeg_en_een_met_alleen_een_kop_een_nulmelding(lees):
    with pytest.raises(Geweigerd, match="B04"):
        lees(delen([[], [" "]]))
    assert lees(delen([KOP])) == []


def test_te_veel_cellen_of_een_te_lange_cel_is_geen_werkmap(lees, monkeypatch):
    monkeypatch.setattr(xlsx_blad, "CELLEN_MAX", 3)
    assert len(lees(delen([["eenheid_id"], ["1"], ["2"]]))) == 2
    with pytest.raises(Geweigerd, match="csv of parquet"):
        lees(delen([["eenheid_id"], ["1"], ["2"], ["3"]]))
    monkeypatch.setattr(xlsx_blad, "TEKST_TEKENS_MAX", 10)
    with pytest.raises(Geweigerd, match="te lang"):
        lees(delen([["eenheid_id"], ["x" * 11]]))
