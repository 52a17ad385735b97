"""Downloads: a table as csv, xlsx or parquet that carries where it comes from, how old it is and what its signs mean.

Belongs here: file formats. Does not belong here: what is in the table, which the page has already from ``gegevens``.
"""

import io
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

MIME = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}


@dataclass(frozen=True)
class Herkomst:
    """What every download and drawing tells of itself: lines such as ``Bron: ...``. ``tabel``: where its columns are described, if
    it comes from one."""

    regels: tuple[str, ...]
    tabel: str = ""


def csv(df: pd.DataFrame, titel: str, herkomst: Herkomst) -> bytes:
    """Semicolons and decimal commas, as Dutch Excel opens it; the lines on source stand above, after a #."""
    kop = "".join(f"# {regel}\r\n" for regel in (titel, *herkomst.regels))
    return ("\ufeff" + kop + df.map(_veilig).to_csv(index=False, sep=";", decimal=",", lineterminator="\r\n")).encode(
        "utf-8"
    )


def xlsx(df: pd.DataFrame, titel: str, herkomst: Herkomst) -> bytes:
    """A sheet with the figures and a sheet with their source."""
    doel = io.BytesIO()
    with xlsxwriter.Workbook(
        doel, {"in_memory": True, "default_date_format": "mmm yyyy", "nan_inf_to_errors": False}
    ) as boek:
        vet = boek.add_format({"bold": True, "bg_color": "#EEF2F5", "text_wrap": True, "valign": "top"})
        blad = boek.add_worksheet("Cijfers")
        blad.write_row(0, 0, [str(k) for k in df.columns], vet)
        for i, rij in enumerate(df.itertuples(index=False), start=1):
            for j, waarde in enumerate(rij):
                _schrijf(blad, i, j, waarde)
        for j, kolom in enumerate(df.columns):
            blad.set_column(j, j, min(max(12, len(str(kolom)) + 2), 34))
        blad.freeze_panes(1, 0)
        uitleg = boek.add_worksheet("Herkomst")
        uitleg.set_column(0, 0, 120)
        for i, regel in enumerate((titel, *herkomst.regels)):
            uitleg.write_string(i, 0, regel, vet if i == 0 else None)
    return doel.getvalue()


def parquet(df: pd.DataFrame, titel: str, herkomst: Herkomst) -> bytes:
    """The table with its types; title and source stand in the metadata of the file."""
    tabel = pa.Table.from_pandas(df, preserve_index=False)
    tabel = tabel.replace_schema_metadata({"titel": titel, "herkomst": "\n".join(herkomst.regels)})
    doel = io.BytesIO()
    pq.write_table(tabel, doel)
    return doel.getvalue()


def _schrijf(blad: xlsxwriter.worksheet.Worksheet, rij: int, kolom: int, waarde: object) -> None:
    if waarde is None or waarde is pd.NA or waarde is pd.NaT or (isinstance(waarde, float) and pd.isna(waarde)):
        return
    if isinstance(waarde, pd.Timestamp):
        blad.write_datetime(rij, kolom, waarde.to_pydatetime())
    elif isinstance(waarde, bool):
        blad.write_string(rij, kolom, "ja" if waarde else "nee")
    elif isinstance(waarde, str):
        # text from a delivery stays text: no formula, no link
        blad.write_string(rij, kolom, waarde)
    else:
        blad.write_number(rij, kolom, float(waarde))


def _veilig(waarde: object) -> object:
    """Text that a spreadsheet would take for a formula is marked as text."""
    return "'" + waarde if isinstance(waarde, str) and waarde[:1] in ("=", "+", "-", "@") else waarde
