"""From nothing to publication with the commands of the operator, on a corner of the demo."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import dagster as dg
import duckdb
import pytest

from pipelines.aanlevering.pseudoniem import is_bsn
from pipelines.bediening import administratie
from pipelines.blokken import gegevens
from pipelines.blokken.gebruiker import Gebruiker
from pipelines.blokken.metrieken import maanden
from pipelines.scherm.paginas.regio import ONDERWERPEN
from pipelines.settings import PROJECT, Instellingen
from tests.aanlevering.bericht573 import bericht, rij
from tests.aanlevering.spoor import sporen
from tests.e2e import beweringen, boeken

GGZ = Path(sys.executable).with_name("ggz")

# no digits of a simple fraction, such as 0.13000000000000003 or 14 / 81: shares of figures are full of them
BSNS = [str(n) for n in range(604813000, 604814000) if is_bsn(str(n))]
GEEN_BSN = next(str(n) for n in range(604813000, 604814000) if not is_bsn(str(n)))
REGIOS = ("ZK01", "ZK02", "ZK08")  # in ZK08 the demo has a delivery without a required column


def _omgeving(data: Path) -> dict[str, str]:
    return {
        **os.environ,
        "GGZ_DATA": str(data),
        "COLUMNS": "200",
        "GGZ_PSEUDONIEM_SLEUTEL": "een sleutel van precies 32 bytes",
        "PATH": f"{GGZ.parent}:{os.environ['PATH']}",
    }


def _ggz(data: Path, *argumenten: str) -> subprocess.CompletedProcess:
    return subprocess.run([GGZ, *argumenten], env=_omgeving(data), capture_output=True, text=True, check=False)


def _lever_berichten(map_: Path) -> None:
    """A 573 message with a wrong BSN in it, one that breaks off, and verzekerden with a row of which the cells are swapped."""
    heel = bericht([rij(bsn=bsn, declaratie_id=f"{bsn}-1", begindatum="2026-10-01") for bsn in (*BSNS, GEEN_BSN)])
    (map_ / "declaraties_2026-10_ZK02_7001_v01.xml").write_bytes(heel)
    (map_ / "declaraties_2026-10_ZK02_7002_v01.xml").write_bytes(heel[:-200])
    woonplaatsen = "".join(f"{bsn};GM0363\n" for bsn in BSNS)
    (map_ / "verzekerden_2026-10_ZK02_7001_v01.csv").write_text(
        f"patient;gemeente_code\n{woonplaatsen}GM0363;{BSNS[0]}\n"
    )


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """Demo deliveries of a few regions and the real NZa workbook, taken in and published by ``ggz run``."""
    data = tmp_path_factory.mktemp("e2e")
    gemaakt = _ggz(data, "demo-data", "--schaal", "0.001", "--maanden", "8")
    assert gemaakt.returncode == 0, gemaakt.stderr
    for regio in (data / "landing").glob("*/*/*"):
        if regio.name not in REGIOS:
            shutil.rmtree(regio)
    _lever_berichten(data / "landing" / "declaraties" / "2026-10" / "ZK02")
    (werkboek,) = (PROJECT / "voorbeelden" / "nza_wachttijden_2018").glob("*.xlsx")
    doel = data / "landing" / "wachttijden_open" / "2018-02" / "NL"
    doel.mkdir(parents=True)
    shutil.copyfile(werkboek, doel / werkboek.name)
    gedraaid = _ggz(data, "run", "--alles")
    (data / "uitvoer.txt").write_text(gedraaid.stdout + gedraaid.stderr)
    assert gedraaid.returncode == 0, gedraaid.stdout + gedraaid.stderr
    return data


def test_een_run_eindigt_in_hoogstens_tien_regels_met_de_schermen_als_eerste_plek_om_te_kijken(data):
    uitvoer = (data / "uitvoer.txt").read_text()
    slot = uitvoer[uitvoer.index("Ingenomen") :].splitlines()
    assert len(slot) <= 10
    woorden = [regel.split()[0] for regel in slot]
    cijfers, veranderd = ("Ingenomen", "Mis", "In", "Wachten", "Klinisch", "Echt"), ("Nieuw",)
    assert woorden == [*cijfers, *veranderd, *("Schermen", "Publicatie", "Log")]
    assert "telt niet mee (steward)" in slot[6]
    assert "ggz scherm" in slot[7]
    assert "Echt (2018) specialistische ggz, 31 regio's" in uitvoer
    assert "Traceback" not in uitvoer


def test_de_lange_lijsten_van_een_run_staan_in_haar_log(data):
    (log,) = (data / "logs").glob("run_*.log")
    tekst = log.read_text()
    assert "B02" in tekst and "verplichte kolom ontbreekt" in tekst
    assert "Afgekeurde rijen" in tekst
    assert "Totale wachttijd in 2018-02" in tekst


def test_elke_levering_in_landing_staat_in_het_register_en_elke_rij_is_aanvaard_of_afgekeurd(data):
    bestanden = {p.name for p in (data / "landing").rglob("*") if p.is_file() and "verzekerden" not in p.name}
    with duckdb.connect(str(data / "warehouse.duckdb"), read_only=True) as con:
        rijen = con.execute(
            "SELECT bestand, rijen_gelezen, rijen_geaccepteerd + rijen_afgekeurd FROM kwaliteit.aanlevering"
        ).fetchall()
    assert bestanden <= {bestand for bestand, *_ in rijen}
    assert all(gelezen == verdeeld for _, gelezen, verdeeld in rijen)


def test_geen_bsn_uit_een_bericht_staat_in_wat_de_run_heeft_geschreven(data):
    with duckdb.connect(str(data / "warehouse.duckdb"), read_only=True) as con:
        assert con.execute(
            "SELECT count(*), min(gemeente_code) FROM staging.stg_declaraties WHERE leverancier = '7001'"
        ).fetchone() == (len(BSNS), "GM0363")
    for wat in ("dagster", "logs", "datadocs", "publicaties", "kwaliteit", "aanlevering"):
        assert any(pad.is_file() for pad in (data / wat).rglob("*")), wat
    assert sporen(data, [*BSNS, GEEN_BSN]) == []


def test_dagster_kent_de_run_en_de_partities_die_hij_raakte(data):
    with administratie.instance(Instellingen(data=data)) as instance:
        assert [run.status for run in instance.get_runs()] == [dg.DagsterRunStatus.SUCCESS] * 2
        assert "ZK02|2026-10" in instance.get_materialized_partitions(dg.AssetKey(["inname", "bedden"]))
        assert instance.get_materialized_partitions(dg.AssetKey(["inname", "wachttijden_open"])) == {"2018-02"}


def test_status_toont_elke_regio_en_publicaties_de_nieuwe_stand(data):
    status = _ggz(data, "status").stdout
    assert "Maanden geleverd per regio en bron" in status
    assert all(regio in status for regio in (*REGIOS, "NL"))
    assert "2026-10_r1" in _ggz(data, "publicaties").stdout


@pytest.mark.parametrize("titel", boeken.vragen())
def test_elke_vraag_in_sql_geeft_het_antwoord_van_de_gids(data, titel):
    sql, antwoord = boeken.vragen()[titel]
    assert boeken.antwoord(data, sql) == antwoord, f"draai python -m tests.e2e.boeken {data}"


@pytest.fixture(scope="module")
def lezer(data, tmp_path_factory):
    """Runs a command as a reader would in a clone, of which nothing is written to: names of the documentation stand for what is here."""
    kloon, machine = tmp_path_factory.mktemp("kloon"), tmp_path_factory.mktemp("machine")
    for pad in PROJECT.iterdir():
        (kloon / pad.name).symlink_to(pad)
    (machine / "back-up").mkdir()
    with duckdb.connect(str(data / "warehouse.duckdb"), read_only=True) as con:
        kenmerken = [k for (k,) in con.execute("SELECT bevinding FROM kwaliteit.bevinding ORDER BY ALL").fetchall()]
    staat_voor = {
        "/srv/ggz/data": str(data),
        "/srv/ggz/terug": str(machine / "terug"),
        "/back-up": str(machine / "back-up"),
        "2026-09_r1": "2026-10_r1",
        "2026-09_r2": "2026-10_r1",
    }

    def draai(opdracht: str) -> subprocess.CompletedProcess:
        for naam, hier in staat_voor.items():
            opdracht = opdracht.replace(naam, hier)
        opdracht = re.sub(r"\b[0-9a-f]{12}\b", lambda _: kenmerken.pop(), opdracht)
        doos = {"env": _omgeving(data), "cwd": kloon, "capture_output": True, "text": True}
        return subprocess.run(["bash", "-euo", "pipefail", "-c", opdracht], check=False, **doos)

    return SimpleNamespace(draai=draai, terug=machine / "terug")


OPDRACHTEN = boeken.opdrachten()
RESERVEKOPIE = [opdracht for opdracht in OPDRACHTEN if "/back-up" in opdracht or "/srv/ggz/terug" in opdracht]


@pytest.mark.parametrize("opdracht", [opdracht for opdracht in OPDRACHTEN if opdracht not in RESERVEKOPIE])
def test_elke_opdracht_van_de_documentatie_doet_het(lezer, opdracht):
    klaar = lezer.draai(opdracht)
    assert klaar.returncode == OPDRACHTEN[opdracht], klaar.stdout[-1000:] + klaar.stderr[-1000:]
    assert "Traceback" not in klaar.stderr


def test_een_teruggezette_reservekopie_geeft_dezelfde_cijfers_en_geen_nieuwe_publicatie(data, lezer):
    """What docs/gids/beheer.md tells to keep is enough."""
    assert len(RESERVEKOPIE) == 4
    for opdracht in RESERVEKOPIE:
        klaar = lezer.draai(opdracht)
        assert klaar.returncode == 0, klaar.stdout + klaar.stderr

    def cijfers(root: Path) -> list[tuple]:
        with duckdb.connect(str(root / "warehouse.duckdb"), read_only=True) as con:
            return [
                con.execute(f"SELECT count(*), sum(hash(t)::HUGEINT) FROM marts.{tabel} AS t").fetchone()
                for tabel in ("stroom_maand", "capaciteit_maand", "wachttijd_maand", "benodigde_capaciteit")
            ]

    assert cijfers(lezer.terug) == cijfers(data)
    nummers = [sorted(p.name for p in (root / "publicaties").iterdir()) for root in (lezer.terug, data)]
    assert nummers[0] == nummers[1]


def test_een_gezakte_blokkerende_toets_geeft_status_1_en_zegt_welke(data):
    # one more row read than there is: the books of that delivery no longer balance
    with closing(sqlite3.connect(data / "register.sqlite")) as register, register:
        register.execute(
            "UPDATE levering SET rijen_gelezen = rijen_gelezen + 1 WHERE bestand = "
            "(SELECT min(bestand) FROM levering WHERE code IS NULL)"
        )
    gedraaid = _ggz(data, "run")
    assert gedraaid.returncode == 1
    assert "gelezen_is_geaccepteerd_plus_afgekeurd" in gedraaid.stdout
    assert "Traceback" not in gedraaid.stdout + gedraaid.stderr


@pytest.fixture(scope="module")
def stand_nu(data):
    """What the screens read."""
    return gegevens.nieuwste(Instellingen(data=data))


@pytest.mark.parametrize("bewering", beweringen.BEWERINGEN, ids=lambda b: f"{b.wie}: {b.zin}")
def test_wat_een_pagina_beweert_is_met_sql_na_te_rekenen(data, stand_nu, bewering):
    """From the publication of the reader; what is of the run from the warehouse."""
    g = gegevens.voor(stand_nu, Gebruiker("lezer", bewering.wie, beweringen.MIJN if bewering.wie == "regio" else None))
    map_ = {"regio": beweringen.MIJN, "publiek": "publiek"}.get(bewering.wie, "landelijk")
    bestand = stand_nu.publicatie / map_ / f"{map_}.duckdb"
    with duckdb.connect(
        str(data / "warehouse.duckdb" if bewering.wie == "steward" else bestand), read_only=True
    ) as con:
        zin = bewering.zin_volgens_sql(con, bewering.maand(g))
    pagina = bewering.op_de_pagina(g)
    assert beweringen.staat_er(zin, pagina), f"{zin!r} staat niet in {pagina!r}"


@pytest.mark.parametrize("onderwerp", ONDERWERPEN)
def test_elke_maand_van_elke_soort_regio_is_te_openen(stand_nu, onderwerp):
    """Regions with everything, one with a refused delivery and one that never delivered; who sees but the public sees one of them."""
    for rol, regios in (("landelijk", (*REGIOS, "ZK33")), ("publiek", REGIOS[:1])):
        g = gegevens.voor(stand_nu, Gebruiker("lezer", rol))
        for iza_regio in regios:
            for maand in maanden(g):
                ONDERWERPEN[onderwerp][1].toon(g, iza_regio, maand)


def test_de_lijst_van_beweringen_is_lang_en_voor_elke_rol():
    assert len(beweringen.BEWERINGEN) >= 30
    assert {b.wie for b in beweringen.BEWERINGEN} == {"regio", "landelijk", "publiek", "steward"}


def test_een_ander_getal_of_een_deel_ervan_staat_er_niet():
    assert beweringen.staat_er("7 wachtplekken", "er zijn 7 wachtplekken.")
    assert not beweringen.staat_er("7 wachtplekken", "er zijn 17 wachtplekken.")
    assert not beweringen.staat_er("gemiddeld 3", "gemiddeld 3,5 weken")
