"""Workbooks as XML, so that a test can say what no spreadsheet program would: every part is literal, and can be replaced."""

import io
import zipfile
from collections.abc import Sequence

HOOFD = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PAKKET = "http://schemas.openxmlformats.org/package/2006/relationships"


def tekst(waarde: str) -> str:
    """A cell with text, but for its place."""
    return f'<c r="{{r}}" t="inlineStr"><is><t xml:space="preserve">{waarde}</t></is></c>'


def letter(nummer: int) -> str:
    return (letter(nummer // 26 - 1) if nummer >= 26 else "") + chr(65 + nummer % 26)


def blad(rijen: Sequence[Sequence[str]], maat: str = "") -> str:
    """A sheet of cells; ``{r}`` in a cell is its place, and what is no XML is text."""
    regels = []
    for i, rij in enumerate(rijen, start=1):
        cellen = (
            (c if c.startswith("<") else tekst(c)).replace("{r}", f"{letter(k)}{i}") for k, c in enumerate(rij) if c
        )
        regels.append(f'<row r="{i}">{"".join(cellen)}</row>')
    return f'<worksheet xmlns="{HOOFD}">{maat}<sheetData>{"".join(regels)}</sheetData></worksheet>'


def relaties(**doelen: str) -> str:
    """Relations by id; the kind of each is what goes before the underscore in its id."""
    regels = (
        f'<Relationship Id="{naam}" Type="{RELATIES}/{naam.split("_")[0]}" Target="{doel}"/>'
        for naam, doel in doelen.items()
    )
    return f'<Relationships xmlns="{PAKKET}">{"".join(regels)}</Relationships>'


def werkboek(*bladen: str, staat: str = "") -> str:
    regels = (
        f'<sheet name="Blad{n}" sheetId="{n}" r:id="{rid}"{staat if n == 1 else ""}/>'
        for n, rid in enumerate(bladen, start=1)
    )
    return f'<workbook xmlns="{HOOFD}" xmlns:r="{RELATIES}"><sheets>{"".join(regels)}</sheets></workbook>'


def delen(rijen: Sequence[Sequence[str]], **blad_opties: str) -> dict[str, str]:
    """The parts of a workbook of one sheet."""
    return {
        "_rels/.rels": relaties(officeDocument_1="xl/workbook.xml"),
        "xl/workbook.xml": werkboek("worksheet_1"),
        "xl/_rels/workbook.xml.rels": relaties(worksheet_1="worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": blad(rijen, **blad_opties),
    }


def inpakken(delen_: dict[str, str | bytes]) -> bytes:
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as archief:
        for naam, inhoud in delen_.items():
            archief.writestr(naam, inhoud)
    return uit.getvalue()
