"""How a run ends on the terminal."""

import io
from dataclasses import replace

import duckdb
from rich.console import Console

from pipelines.aanlevering.register import Levering
from pipelines.bediening import einde
from pipelines.settings import Instellingen


def _levering(nummer: int, code: str | None = None) -> Levering:
    bestand = f"bedden_2024-05_ZK02_0690020{nummer}_v01.csv"
    return Levering(
        bestand=bestand,
        sha256=f"{nummer}",
        pad=f"bedden/2024-05/ZK02/{bestand}",
        code=code,
        toelichting="verplichte kolom ontbreekt: erkend" if code else None,
        rijen_gelezen=0 if code else 1000,
        rijen_met_code=0 if code else 3,
    )


def _einde(*leveringen: Levering) -> list[str]:
    tekst = io.StringIO()
    einde.toon_leveringen(Console(file=tekst, width=20), leveringen)
    return tekst.getvalue().strip().splitlines()


def test_weinig_geweigerde_leveringen_worden_genoemd_met_hun_reden():
    ingenomen, mis, geweigerd = _einde(_levering(1), _levering(2), _levering(3, "B02"))
    assert ingenomen == "Ingenomen   2 leveringen met 2.000 rijen"
    assert mis.startswith("Mis         1 levering geweigerd, 6 rijen afgekeurd.")
    assert (
        geweigerd
        == "  B02 bedden/2024-05/ZK02/bedden_2024-05_ZK02_06900203_v01.csv: verplichte kolom ontbreekt: erkend"
    )


def test_veel_geweigerde_leveringen_zijn_een_aantal():
    _, mis = _einde(*(_levering(n, "B02") for n in range(einde.WEINIG + 1)))
    assert (
        mis
        == "Mis         4 leveringen geweigerd, 0 rijen afgekeurd. Welke en waarom: ggz status, en het log hieronder"
    )


def test_waar_niets_mis_is_staat_dat_er_niet():
    assert _einde(replace(_levering(1), rijen_met_code=0)) == ["Ingenomen   1 levering met 1.000 rijen"]


def test_een_warehouse_zonder_cijfers_van_het_land_noemt_er_geen(tmp_path):
    con = duckdb.connect()
    con.execute(
        "CREATE SCHEMA marts; CREATE SCHEMA referentie;"
        "CREATE TABLE marts.stroom_maand_totaal AS SELECT DATE '2024-05-01' AS maand, 'NL' AS iza_regio, 'zes_clusters' AS cluster, "
        "true AS uitstroom_bepaald, 12 AS personen, 1 AS regios_geleverd;"
        "CREATE TABLE marts.wachtreis_maand AS SELECT DATE '2024-06-01' AS maand, 'NL' AS iza_regio, 2 AS personen, 10.26 AS gemiddeld_weken, "
        "3 AS regios_geleverd;"
        "CREATE TABLE marts.benodigde_capaciteit_totaal AS SELECT DATE '2024-06-01' AS maand, 'NL' AS iza_regio, 'klinisch' AS cluster, "
        "'bed' AS capaciteit_type, NULL::int AS benodigd, 4 AS beschikbaar, 3 AS regios_geleverd"
    )
    tekst = io.StringIO()
    einde.toon_cijfers(Console(file=tekst, width=200), con)
    assert tekst.getvalue().splitlines() == [
        "In zorg     12 mensen in de zes clusters (mei 2024, 1 regio)",
        "Wachten     2 mensen, gemiddeld 10,3 weken (juni 2024, 3 regio's)",
    ]


def test_de_schermen_staan_voorop_en_wat_er_niet_is_wordt_niet_genoemd(tmp_path):
    tekst = io.StringIO()
    einde.toon_waar(Console(file=tekst, width=200), Instellingen(data=tmp_path), tmp_path / "geen.log")
    (regel,) = tekst.getvalue().splitlines()
    assert regel.startswith("Schermen") and "scherm, en dan in de browser" in regel
