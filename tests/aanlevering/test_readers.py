"""The same rows in every format of 1.1 give the same cells."""

import datetime as dt
import gzip
import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import contract
from pipelines.aanlevering import readers
from pipelines.aanlevering.fouten import Geweigerd
from pipelines.aanlevering.readers import csv as csv_lezer
from tests.aanlevering.conftest import HIC, csv_tekst

HIC_CONTRACT = contract.lees("hic_monitor")


def lees(pad: Path, formaat: str, grens: contract.Contract = HIC_CONTRACT) -> list[dict]:
    """Rows with filled cells only, without their number."""
    tabel = readers.open_tabel(pad, formaat, grens)
    rijen = [rij for deel in tabel.delen for rij in deel.to_pylist()]
    assert [r.pop("rijnummer") for r in rijen] == list(range(1, len(rijen) + 1))
    return [{k: v for k, v in rij.items() if v is not None} for rij in rijen]


def schrijf(tmp_path: Path, formaat: str, inhoud: bytes | str) -> Path:
    pad = tmp_path / f"x.{formaat}"
    pad.write_bytes(inhoud.encode() if isinstance(inhoud, str) else inhoud)
    return pad


def xlsx(*rijen: list) -> bytes:
    werkmap = openpyxl.Workbook()
    for rij in rijen:
        werkmap.active.append(rij)
    werkmap.save(buffer := io.BytesIO())
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("formaat", "inhoud"),
    [
        ("csv", csv_tekst(HIC)),
        ("csv", csv_tekst(HIC, scheiding=",")),
        ("csv", "\ufeff" + csv_tekst(HIC)),
        ("csv", csv_tekst(HIC).replace("\n", "\r\n")),
        ("csv", csv_tekst(HIC).replace("\n", "\r")),
        ("csv", "\n;;\n" + csv_tekst(HIC) + "\n  \n"),
        ("csv", csv_tekst(HIC).rstrip("\n")),
        ("csv", csv_tekst(HIC).replace("H1", ' "H1"')),
        ("csv", csv_tekst(HIC).replace(";H1;", ';" H1 ";')),
        ("csv", csv_tekst(HIC).replace("maand;", ' "maand" ;').replace("2024-01;", "2024-01 ;")),
        ("csv", csv_tekst(HIC).replace("audit_datum", 'audit_datum;"opmerking;\nvan de leverancier"')),
        ("csv.gz", gzip.compress(csv_tekst(HIC).encode())),
        ("xlsx", xlsx(list(HIC), list(HIC.values()))),
        ("xlsx", xlsx([], list(HIC), [], list(HIC.values()))),
        (
            "xlsx",
            xlsx(
                list(HIC),
                ["2024-01", "06290001", "H1", "HIC", 6, 100.0, 3, 3, 0, 0, 1, 2.5, 0, 0, 3.4, dt.date(2023, 11, 15)],
            ),
        ),
    ],
)
def test_elke_vorm_van_dezelfde_rij_geeft_dezelfde_cellen(tmp_path, formaat, inhoud):
    assert lees(schrijf(tmp_path, formaat, inhoud), formaat) == [HIC]


def test_parquet_met_typen_geeft_dezelfde_cellen(tmp_path):
    rij = (
        HIC
        | {k: int(HIC[k]) for k in ("capaciteit", "bezette_dagen")}
        | {"separatie_uren": Decimal("2.50"), "modelgetrouwheid": 3.4, "audit_datum": dt.date(2023, 11, 15)}
    )
    pq.write_table(pa.Table.from_pylist([rij]), tmp_path / "x.parquet")
    assert lees(tmp_path / "x.parquet", "parquet") == [HIC]


@pytest.mark.parametrize(
    ("cel", "kolom", "tekst", "past"),
    [
        (dt.datetime(2023, 11, 15), "audit_datum", "2023-11-15", True),
        (dt.datetime(2023, 11, 15, 9, 30), "audit_datum", "2023-11-15 09:30:00", False),
        (dt.date(2023, 11, 15), "eenheid_id", "2023-11-15", False),
        (6290001, "agb_vestiging", "6290001", True),
        (True, "eenheid_id", "WAAR", False),
        (1e20, "capaciteit", "100000000000000000000", True),
        (0.1 + 0.2, "separatie_uren", "0.3", True),
        (5.5, "capaciteit", "5.5", True),
    ],
)
def test_een_getypeerde_cel_wordt_tekst_en_meldt_of_haar_soort_past(tmp_path, cel, kolom, tekst, past):
    werkblad = lees(schrijf(tmp_path, "xlsx", xlsx([kolom], [cel])), "xlsx")
    pq.write_table(pa.table({kolom: [cel]}), tmp_path / "x.parquet")
    verwacht = [{kolom: tekst} | ({} if past else {"_vormfout": [kolom]})]
    assert werkblad == verwacht
    assert lees(tmp_path / "x.parquet", "parquet") == verwacht


def test_een_foutcel_in_een_werkblad_is_geen_lege_cel(tmp_path):
    werkmap = openpyxl.Workbook()
    werkmap.active.append(["eenheid_id", "capaciteit"])
    werkmap.active.append(["H1", "#N/A"])
    werkmap.active["B2"].data_type = "e"
    werkmap.save(tmp_path / "x.xlsx")
    assert lees(tmp_path / "x.xlsx", "xlsx") == [
        {"eenheid_id": "H1", "capaciteit": "#N/A", "_vormfout": ["capaciteit"]}
    ]


def test_een_nan_in_parquet_is_een_lege_cel(tmp_path):
    pq.write_table(pa.table({"eenheid_id": ["H1"], "capaciteit": [float("nan")]}), tmp_path / "x.parquet")
    assert lees(tmp_path / "x.parquet", "parquet") == [{"eenheid_id": "H1"}]


@pytest.mark.parametrize("eenheid", ["s", "us"])
def test_een_datum_na_het_jaar_9999_in_parquet_is_een_cel_die_niet_past(tmp_path, eenheid):
    kolommen = {kolom: pa.array([cel, cel]) for kolom, cel in HIC.items()}
    gewoon, ver = dt.datetime(2023, 11, 15), pa.scalar(10**15 if eenheid == "s" else 2**60, pa.timestamp(eenheid))
    kolommen["audit_datum"] = pa.array([gewoon, ver.value], pa.timestamp(eenheid))
    kolommen["buiten het contract"] = kolommen["audit_datum"]
    pq.write_table(pa.table(kolommen), tmp_path / "x.parquet", coerce_timestamps=None)
    eerste, tweede = lees(tmp_path / "x.parquet", "parquet")
    assert eerste == HIC and tweede["_vormfout"] == ["audit_datum"]


def test_lege_rijen_tellen_niet_en_een_rij_met_alleen_een_vreemde_kolom_wel(tmp_path):
    tabel = pa.table({"eenheid_id": ["H1", None, None], "vreemd": [None, None, 1]})
    pq.write_table(tabel, tmp_path / "x.parquet")
    assert lees(tmp_path / "x.parquet", "parquet") == [{"eenheid_id": "H1"}, {}]
    assert lees(schrijf(tmp_path, "csv", "eenheid_id;vreemd\nH1;\n;\n;1\n"), "csv") == [{"eenheid_id": "H1"}, {}]


def test_van_twee_kolommen_met_een_naam_telt_de_eerste(tmp_path):
    assert lees(schrijf(tmp_path, "csv", "eenheid_id; eenheid_id\nH1;H2\n"), "csv") == [{"eenheid_id": "H1"}]


def test_een_aanhalingsteken_in_de_kop_dat_niet_sluit_is_b01(tmp_path):
    with pytest.raises(Geweigerd, match="niet gesloten"):
        lees(schrijf(tmp_path, "csv", csv_tekst(HIC).replace("audit_datum", '"audit_datum')), "csv")


@pytest.mark.parametrize(
    "inhoud", ["eenheid_id;opnames\nH1;3;x\n", "eenheid_id;opnames;\nH1;3;x\n", 'eenheid_id;opnames\n"H1";3;;x\n']
)
def test_een_gevulde_cel_na_de_laatste_benoemde_kolom_wordt_gemeld(tmp_path, inhoud):
    assert lees(schrijf(tmp_path, "csv", inhoud), "csv") == [{"eenheid_id": "H1", "opnames": "3", "_vormfout": [""]}]


def test_een_korte_rij_wordt_aangevuld(tmp_path):
    assert lees(schrijf(tmp_path, "csv", "eenheid_id;opnames\nH1\nH2;4\n"), "csv") == [
        {"eenheid_id": "H1"},
        {"eenheid_id": "H2", "opnames": "4"},
    ]


def test_een_regel_zonder_einde_wordt_geweigerd_zonder_haar_in_het_geheugen_te_houden(tmp_path):
    pad = schrijf(tmp_path, "csv", "eenheid_id\n" + "x" * (csv_lezer.LANGSTE_REGEL + 2))
    with pytest.raises(Geweigerd, match="B01"):
        lees(pad, "csv")


CEL = st.text(
    st.characters(codec="utf-8", exclude_characters='"\0\r\n;,\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029'), max_size=6
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CEL, min_size=2, max_size=4), min_size=1, max_size=8))
def test_de_snelle_en_de_zorgvuldige_weg_lezen_hetzelfde(tmp_path_factory, rijen):
    pad = tmp_path_factory.mktemp("csv") / "x.csv"
    tekst = "eenheid_id;opnames;ontslagen;\n" + "".join(";".join(r + [""] * (4 - len(r))) + "\n" for r in rijen)
    pad.write_bytes(tekst.encode())
    snel = lees(pad, "csv")
    pad.write_bytes(tekst.replace("eenheid_id", '"eenheid_id"').encode())
    assert lees(pad, "csv") == snel


@pytest.mark.parametrize(
    "inhoud",
    [
        "\ufeff\ufeff" + csv_tekst(HIC),
        '\ufeff\ufeff"maand"' + csv_tekst(HIC).removeprefix("maand"),
        csv_tekst(HIC) + "\x1a",
        csv_tekst(HIC).rstrip("\n") + "\x1a\r\n",
        "sep=;\n" + csv_tekst(HIC),
        '\ufeff\n"SEP=,"\r\n' + csv_tekst(HIC, scheiding=","),
        csv_tekst(HIC).replace("eenheid_id", "eenheid\u200b_id\ufeff"),
    ],
)
def test_wat_programmas_naast_de_rijen_laten_staan_telt_niet(tmp_path, inhoud):
    assert lees(schrijf(tmp_path, "csv", inhoud), "csv") == [HIC]


def test_een_scheidingsteken_van_sep_gaat_voor_het_meest_gebruikte(tmp_path):
    tekst = "sep=;\na,b;eenheid_id\n1,2;H1\n"
    assert lees(schrijf(tmp_path, "csv", tekst), "csv") == [{"eenheid_id": "H1"}]


@pytest.mark.parametrize(
    ("inhoud", "reden"),
    [
        ("sep=\t\nmaand\n", "scheidingsteken"),
        ('maand;eenheid_id\n2024-01;"de \\"grote\\" zaal"\n', "backslash"),
        ('maand;eenheid_id\n2024-01;"maat 5\\""\n', "backslash"),
        ('"ma\\"and";eenheid_id\n', "backslash"),
    ],
)
def test_wat_geen_csv_is_wordt_geweigerd_met_de_reden(tmp_path, inhoud, reden):
    with pytest.raises(Geweigerd, match=reden):
        lees(schrijf(tmp_path, "csv", inhoud), "csv")


def test_een_backslash_zelf_is_gewoon_een_teken(tmp_path):
    tekst = 'maand;eenheid_id\n2024-01;"C:\\"\n2024-01;"a\\""b"\n'
    assert [r["eenheid_id"] for r in lees(schrijf(tmp_path, "csv", tekst), "csv")] == ["C:\\", 'a\\"b']


def test_alleen_een_teken_einde_is_een_leeg_bestand(tmp_path):
    with pytest.raises(Geweigerd, match="B04"):
        lees(schrijf(tmp_path, "csv", "\x1a"), "csv")


def test_een_archief_dat_honderden_keren_zo_groot_wordt_is_geen_tabel(tmp_path, monkeypatch):
    monkeypatch.setattr(csv_lezer, "KROMP_VANAF", 1 << 20)
    met_kop = csv_tekst(HIC).encode() + b"\n" * (3 << 20)
    with pytest.raises(Geweigerd, match="gz-archief"):
        lees(schrijf(tmp_path, "csv.gz", gzip.compress(met_kop)), "csv.gz")
    monkeypatch.setattr(csv_lezer, "LEGE_REGELS_MAX", 10)
    with pytest.raises(Geweigerd, match="lege regels"):
        lees(schrijf(tmp_path, "csv", "\n" * 11 + csv_tekst(HIC)), "csv")
