"""Deliveries as a whole: what is taken in, what is refused (B01..B05), and what a second run does."""

import gzip
import io
import json
import os
import sqlite3
from datetime import UTC, datetime

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.aanlevering import geldigheid, inname
from pipelines.aanlevering import naam as namen
from pipelines.aanlevering.register import Register
from tests.aanlevering.conftest import AFDELING, DECLARATIE, HIC, csv_tekst

NAAM = "hic_monitor_2024-01_ZK02_06290000_v01.csv"
EEN = csv_tekst(HIC)


def parquet(tabel: pa.Table) -> bytes:
    pq.write_table(tabel, buffer := io.BytesIO())
    return buffer.getvalue()


def xlsx(*rijen: list) -> bytes:
    werkmap = openpyxl.Workbook()
    for rij in rijen:
        werkmap.active.append(rij)
    werkmap.save(buffer := io.BytesIO())
    return buffer.getvalue()


def test_een_levering_wordt_ingenomen_met_haar_naam_in_het_register(lever, neem_in):
    lever(NAAM, EEN)
    levering = neem_in()[NAAM]
    assert (levering.code, levering.rijen_gelezen, levering.rijen_met_code) == (None, 1, 0)
    assert (levering.bron, levering.maand, levering.iza_regio, levering.leverancier, levering.versie) == (
        "hic_monitor",
        "2024-01",
        "ZK02",
        "06290000",
        1,
    )


def test_een_nulmelding_is_een_aangenomen_levering_van_nul_rijen(lever, neem_in):
    lever(NAAM, EEN.splitlines()[0])
    assert (neem_in()[NAAM].code, neem_in()[NAAM].rijen_gelezen) == (None, 0)


@pytest.mark.parametrize(
    "naam",
    [
        "hic_monitor_2024-01_ZK02_06290000_v00.csv",
        "hic_monitor_2024-13_ZK02_06290000_v01.csv",
        "hic_monitor_2024-01_ZK2_06290000_v01.csv",
        "hic_monitor_2024-01_ZK02_062900_v01.csv",
        "hic_monitor_2024-01_ZK02_06290000_v1.csv",
        "hic_monitor_2024-01_ZK02_06290000_v01",
        "hic_monitor_2024-01_ZK02_06290000_V01.csv",
        "ziekenhuis_2024-01_ZK02_06290000_v01.csv",
    ],
)
def test_een_naam_die_niet_past_is_b03_zonder_bron_tot_versie(lever, neem_in, naam):
    lever(f"hic_monitor/2024-01/ZK02/{naam}", EEN)
    levering = neem_in()[naam]
    assert levering.code == "B03"
    assert (levering.bron, levering.maand, levering.iza_regio, levering.leverancier, levering.versie) == (None,) * 5


@pytest.mark.parametrize(
    "map", ["bedden/2024-01/ZK02", "hic_monitor/2024-02/ZK02", "hic_monitor/2024-01/ZK09", "hic_monitor", "."]
)
def test_een_bestand_in_de_verkeerde_map_is_b03(lever, neem_in, map):
    lever(f"{map}/{NAAM}", EEN)
    assert neem_in()[NAAM].code == "B03"


def test_een_regio_die_niet_bestaat_is_b03(lever, neem_in):
    naam = NAAM.replace("ZK02", "ZK05")
    lever(naam, EEN)
    assert neem_in()[naam].code == "B03"


def test_een_rij_van_een_andere_maand_maakt_de_levering_b03(lever, neem_in):
    lever(NAAM, csv_tekst(HIC, HIC | {"maand": "2024-02", "eenheid_id": "H2"}))
    assert (neem_in()[NAAM].code, neem_in()[NAAM].rijen_gelezen) == ("B03", 0)


def test_een_slecht_gevormde_maand_is_a02_op_haar_rij(lever, neem_in, rijen):
    lever(NAAM, csv_tekst(HIC, HIC | {"maand": "januari", "eenheid_id": "H2"}))
    assert [r["codes"] for r in rijen(neem_in()[NAAM])] == [None, "A02"]


@pytest.mark.parametrize(
    "naam",
    [
        NAAM.replace(".csv", ".CSV"),
        NAAM.replace(".csv", ".xml"),
        NAAM.replace(".csv", ".xlsx.gz"),
        NAAM.replace(".csv", ".txt"),
    ],
)
def test_een_extensie_die_niet_mag_is_b01(lever, neem_in, naam):
    lever(naam, EEN)
    assert neem_in()[naam].code == "B01"


@pytest.mark.parametrize(
    ("extensie", "inhoud"),
    [
        ("csv", "maand;agb_vestiging\n2024-01;caf\xe9\n".encode("latin-1")),
        ("csv", EEN.encode("utf-16")),
        ("csv", EEN.encode("utf-16-le")),
        ("csv", EEN + '2024-01;06290001;"H2;HIC'),
        ("csv.gz", EEN.encode()),
        ("csv.gz", gzip.compress(EEN.encode())[:-12]),
        ("parquet", EEN.encode()),
        ("xlsx", EEN.encode()),
        ("xlsx", parquet(pa.table({"maand": ["2024-01"]}))),
    ],
)
def test_een_onleesbaar_bestand_is_b01(lever, neem_in, extensie, inhoud):
    naam = NAAM.replace("csv", extensie)
    lever(naam, inhoud)
    assert neem_in()[naam].code == "B01"


@pytest.mark.parametrize(
    ("extensie", "inhoud"),
    [
        ("csv", b""),
        ("csv", b"\xef\xbb\xbf"),
        ("csv", b"\n \n;;;\n"),
        ("csv.gz", b""),
        ("csv.gz", gzip.compress(b"")),
        ("parquet", b""),
        ("xlsx", b""),
        ("xlsx", xlsx()),
        ("xlsx", xlsx([" ", None])),
        ("parquet", parquet(pa.table({}))),
    ],
)
def test_niets_te_lezen_is_b04(lever, neem_in, extensie, inhoud):
    naam = NAAM.replace("csv", extensie)
    lever(naam, inhoud)
    assert neem_in()[naam].code == "B04"


def test_een_leeg_xml_bestand_is_b04(lever, neem_in):
    naam = "declaraties_2024-01_ZK02_0403_v01.xml"
    lever(naam, b"")
    assert neem_in()[naam].code == "B04"


def test_een_ontbrekende_verplichte_kolom_is_b02(lever, neem_in):
    lever(NAAM, csv_tekst({k: v for k, v in HIC.items() if k != "capaciteit"}))
    levering = neem_in()[NAAM]
    assert levering.code == "B02" and "capaciteit" in levering.toelichting


def test_een_optionele_of_voorwaardelijke_kolom_mag_ontbreken(lever, neem_in, rijen):
    naam = NAAM.replace("hic_monitor", "bedden")
    lever(
        naam, csv_tekst({k: v for k, v in AFDELING.items() if k != "reden_sluiting"} | {"erkend": "8", "gesloten": "0"})
    )
    levering = neem_in()[naam]
    assert levering.code is None and rijen(levering)[0]["codes"] is None


def test_b01_gaat_voor_b02_en_b02_voor_b03_op_inhoud(lever, neem_in):
    zonder = csv_tekst({k: v for k, v in HIC.items() if k != "capaciteit"} | {"maand": "2024-02"})
    lever(NAAM, zonder + '"open')
    assert neem_in()[NAAM].code == "B01"
    lever(NAAM.replace("v01", "v02"), zonder)
    assert neem_in()[NAAM.replace("v01", "v02")].code == "B02"


def test_dezelfde_versie_met_andere_inhoud_is_b05_en_gaat_voor_b01(lever, neem_in):
    lever(NAAM, EEN)
    lever(NAAM.replace(".csv", ".parquet"), b"geen parquet")
    register = neem_in()
    assert (register[NAAM].code, register[NAAM.replace(".csv", ".parquet")].code) == (None, "B05")


def test_een_gewijzigd_bestand_onder_dezelfde_versie_is_b05_en_de_eerste_blijft(lever, neem_in, instellingen, rijen):
    lever(NAAM, EEN)
    eerste = neem_in()[NAAM]
    lever(NAAM, csv_tekst(HIC | {"capaciteit": "7"}))
    neem_in()
    with sqlite3.connect(instellingen.register) as con:
        assert sorted(con.execute("SELECT code FROM levering").fetchall(), key=str) == [("B05",), (None,)]
    assert rijen(eerste)[0]["capaciteit"] == 6


@pytest.mark.parametrize("slecht", [b"", b"\xff", b"maand\n2024-01\n"])
def test_een_geweigerde_versie_mag_opnieuw_komen(lever, neem_in, slecht):
    lever(NAAM, slecht)
    assert neem_in()[NAAM].code in ("B01", "B02", "B04")
    lever(NAAM.replace(".csv", ".csv.gz"), gzip.compress(EEN.encode()))
    assert neem_in()[NAAM.replace(".csv", ".csv.gz")].code is None


def test_bestanden_met_punt_of_tilde_vooraan_tellen_niet(lever, neem_in):
    lever(f"hic_monitor/2024-01/ZK02/.{NAAM}", EEN)
    lever(f"hic_monitor/2024-01/ZK02/~{NAAM}", EEN)
    assert neem_in() == {}


def test_een_slechte_levering_houdt_de_goede_niet_tegen(lever, neem_in):
    lever(NAAM.replace("06290000", "06280000"), b"\xff")
    lever(NAAM, EEN)
    assert neem_in()[NAAM].code is None


def test_een_tweede_run_zonder_nieuws_doet_niets(lever, neem_in, instellingen):
    lever(NAAM, EEN)
    lever(NAAM.replace("v01", "v02"), b"\xff")
    neem_in()
    assert not inname.neem_in(instellingen, "hic_monitor").gewijzigd


def test_een_verplaatst_bestand_wordt_alsnog_ingenomen(lever, neem_in):
    verkeerd = lever(f"bedden/2024-01/ZK02/{NAAM}", EEN)
    assert neem_in()[NAAM].code == "B03"
    verkeerd.unlink()
    lever(NAAM, EEN)
    assert neem_in()[NAAM].code is None


def test_gewijzigde_regels_beoordelen_een_levering_opnieuw(lever, neem_in, instellingen, monkeypatch):
    lever(NAAM, EEN)
    neem_in()
    with sqlite3.connect(instellingen.register) as con:
        con.execute("UPDATE levering SET moment = '2024-02-09T08:00:00+00:00'")
    monkeypatch.setattr(geldigheid, "regelhash", lambda bron: "andere regels")
    opnieuw = inname.neem_in(instellingen, "hic_monitor").leveringen
    assert [(lev.bestand, lev.moment) for lev in opnieuw] == [(NAAM, "2024-02-09T08:00:00+00:00")]


def test_alleen_de_gekozen_partities_worden_ingenomen(lever, instellingen):
    lever(NAAM, EEN)
    lever(NAAM.replace("ZK02", "ZK09"), EEN)
    gekozen = inname.neem_in(instellingen, "hic_monitor", [("2024-01", "ZK09")])
    assert [lev.iza_regio for lev in gekozen.leveringen] == ["ZK09"]


def test_afgebroken_voor_het_register_wordt_overgedaan(lever, instellingen, neem_in, monkeypatch, rijen):
    lever(NAAM, EEN)
    monkeypatch.setattr(inname.Register, "schrijf", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        inname.neem_in(instellingen, "hic_monitor")
    monkeypatch.undo()
    assert len(rijen(neem_in()[NAAM])) == 1


def test_een_lege_levering_na_een_grote_partij_blijft_op_volgorde(lever, neem_in, monkeypatch):
    monkeypatch.setattr(inname.Partij, "RIJEN", 3)
    for nummer in range(5):
        rijen_ = [DECLARATIE | {"declaratie_id": f"{nummer}-{i}"} for i in range(nummer)] or [DECLARATIE]
        tekst = csv_tekst(*rijen_) if nummer else csv_tekst(DECLARATIE).splitlines()[0]
        lever(f"declaraties_2024-01_ZK02_040{nummer}_v01.csv", tekst)
    assert [lev.rijen_gelezen for lev in neem_in().values()] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("formaat", ["csv", "xlsx", "parquet"])
@pytest.mark.parametrize("teken", ["\u200b", "\u200d", "\u2060", "\ufeff"])
def test_een_onzichtbaar_teken_past_niet_en_wordt_genoemd(lever, neem_in, rijen, formaat, teken):
    naam = f"hic_monitor_2024-01_ZK02_06290001_v01.{formaat}"
    eenheden = ["H1", "H1" + teken]
    if formaat == "csv":
        lever(naam, csv_tekst(*(HIC | {"eenheid_id": e} for e in eenheden)))
    elif formaat == "xlsx":
        lever(naam, xlsx(list(HIC), *(list((HIC | {"eenheid_id": e}).values()) for e in eenheden)))
    else:
        pq.write_table(pa.Table.from_pylist([HIC | {"eenheid_id": e} for e in eenheden]), buffer := io.BytesIO())
        lever(naam, buffer.getvalue())
    goed, fout = rijen(neem_in()[naam])
    assert (goed["codes"], fout["codes"], fout["vormfout"]) == (None, "A02", ["eenheid_id"])
    assert json.loads(fout["rij"])["eenheid_id"] == f"H1[U+{ord(teken):04X}]"


def test_maanden_die_niet_kunnen_zijn_b03_en_hun_naam_staat_in_het_register(lever, neem_in, monkeypatch):
    monkeypatch.setattr(namen, "deze_maand", lambda: "2024-06")
    verwacht = {"2014-12": "B03", "2015-01": None, "2024-06": None, "2024-07": "B03", "9999-12": "B03"}
    for maand in verwacht:
        lever(f"hic_monitor_{maand}_ZK02_06290001_v01.csv", csv_tekst(HIC | {"maand": maand}))
    lever("hic_monitor/0000-01/ZK02/hic_monitor_0000-01_ZK02_06290001_v01.csv", csv_tekst(HIC))
    register = neem_in()
    assert {lev.maand: lev.code for lev in register.values()} == verwacht | {"0000-01": "B03"}
    assert {lev.leverancier for lev in register.values()} == {"06290001"}


def test_een_maand_die_moest_komen_wordt_ingenomen_als_zij_er_is(lever, neem_in, monkeypatch, instellingen):
    naam = "hic_monitor_2024-07_ZK02_06290001_v01.csv"
    lever(naam, csv_tekst(HIC | {"maand": "2024-07"}))
    monkeypatch.setattr(namen, "deze_maand", lambda: "2024-06")
    assert neem_in()[naam].code == "B03"
    assert not inname.neem_in(instellingen, "hic_monitor").gewijzigd
    monkeypatch.setattr(namen, "deze_maand", lambda: "2024-07")
    assert neem_in()[naam].code is None


def test_de_maand_van_nu_is_die_van_nederland(monkeypatch):
    class Nieuwjaar(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(2024, 12, 31, 23, 30, tzinfo=UTC).astimezone(tz)

    monkeypatch.setattr(namen, "datetime", Nieuwjaar)
    assert namen.deze_maand() == "2025-01"


def test_een_naam_die_geen_utf8_is_wordt_b03_en_houdt_de_andere_niet_tegen(lever, neem_in, instellingen):
    goed = "hic_monitor_2024-01_ZK02_06290001_v01.csv"
    plek = lever(goed, csv_tekst(HIC)).parent
    for map_, naam in ((os.fsencode(plek), b"bedden_caf\xe9.csv"), (os.fsencode(plek) + b"\xff", goed.encode())):
        os.makedirs(map_, exist_ok=True)
        with open(map_ + b"/" + naam, "wb") as bestand:
            bestand.write(b"maand\n" + naam[:5])
    register = neem_in()
    assert register["bedden_caf\\xe9.csv"].code == "B03"
    with Register(instellingen.register) as alle:
        codes = {lev.pad: lev.code for lev in alle.leveringen()}
    assert codes == {
        f"hic_monitor/2024-01/ZK02/{goed}": None,
        "hic_monitor/2024-01/ZK02/bedden_caf\\xe9.csv": "B03",
        f"hic_monitor/2024-01/ZK02\\xff/{goed}": "B03",
    }
    assert not inname.neem_in(instellingen, "hic_monitor").gewijzigd
