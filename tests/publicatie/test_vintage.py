"""Vintages: frozen, numbered, put in place at once, and for each audience what it may see."""

import json
import os
import re
import shlex
import subprocess
import sys
from dataclasses import replace

import duckdb
import pandas as pd
import pytest

from pipelines.fundament.slot import schrijfslot
from pipelines.publicatie import herziening, verbanden, vintage
from pipelines.publicatie.instellingen import PublicatieInstellingen
from pipelines.publicatie.publiek import AuditGezakt
from pipelines.publicatie.regels import Verband
from pipelines.settings import Instellingen
from tests.publicatie.conftest import PSEUDONIEM, lever

SNEL = PublicatieInstellingen(formaten_landelijk=(), formaten_regio=(), formaten_publiek=())
ALLES = PublicatieInstellingen()


def lees(map_, publiek, vraag):
    with duckdb.connect(str(map_ / publiek / f"{publiek}.duckdb"), read_only=True) as con:
        con.execute("SET search_path = 'marts'")
        return con.execute(vraag).fetchall()


def verander(instellingen, *opdrachten):
    with duckdb.connect(str(instellingen.warehouse)) as con:
        for opdracht in opdrachten:
            con.execute(opdracht)


def test_first_publication_of_a_month_is_r1_and_actueel_points_to_it(instellingen):
    p = vintage.publiceer(instellingen, SNEL)
    assert (p.nummer, p.nieuw) == ("2026-09_r1", True)
    assert os.readlink(instellingen.publicaties / "actueel") == "2026-09_r1"


def test_nothing_is_published_again_when_the_marts_did_not_change(instellingen):
    vintage.publiceer(instellingen, SNEL)
    assert vintage.publiceer(instellingen, SNEL).nieuw is False
    assert vintage.publicaties(instellingen) == ["2026-09_r1"]


def test_a_restatement_is_r2_and_the_first_stays_readable(instellingen):
    vintage.publiceer(instellingen, SNEL)
    verander(
        instellingen,
        "UPDATE marts.stroom_maand SET personen = personen - 1 WHERE cluster = 'acuut' AND iza_regio = 'ZK02'",
    )
    tweede = vintage.publiceer(instellingen, SNEL)
    assert tweede.nummer == "2026-09_r2"
    vraag = "SELECT personen FROM stroom_maand WHERE maand = '2026-09-01' AND iza_regio = 'ZK02' AND cluster = 'acuut'"
    assert lees(instellingen.publicaties / "2026-09_r1", "landelijk", vraag) == [(242,)]
    assert lees(instellingen.publicaties / "actueel", "landelijk", vraag) == [(241,)]


def test_a_failing_check_of_somebody_else_keeps_the_previous_publication_in_place(instellingen):
    eerste = vintage.publiceer(instellingen, SNEL)
    verander(instellingen, "UPDATE marts.stroom_maand SET personen = personen - 1 WHERE geleverd")
    tegen = "import pathlib, sys; m = pathlib.Path(sys.argv[1]); print(len(list(m.glob('*/*.duckdb'))), 'bestanden'); sys.exit(3)"
    keuze = SNEL.model_copy(update={"tegenproef": shlex.join([sys.executable, "-c", tegen])})
    with pytest.raises(AuditGezakt, match=r"(?s)status 3.*[1-9] bestanden"):
        vintage.publiceer(instellingen, keuze)
    assert vintage.publicaties(instellingen) == ["2026-09_r1"]
    assert (instellingen.publicaties / "actueel").resolve() == eerste.map
    with pytest.raises(AuditGezakt, match="/is/er/niet"):
        vintage.publiceer(instellingen, SNEL.model_copy(update={"tegenproef": "/is/er/niet --nu"}))
    door = shlex.join([sys.executable, "-c", "import sys; sys.exit(not open(sys.argv[1] + '/manifest.json'))"])
    assert vintage.publiceer(instellingen, SNEL.model_copy(update={"tegenproef": door})).nummer == "2026-09_r2"


def test_a_relation_that_nobody_listed_or_refused_keeps_the_previous_publication_in_place(instellingen, monkeypatch):
    eerste = vintage.publiceer(instellingen, SNEL)
    assert vintage.manifest(instellingen, eerste.nummer)["verbanden"] == [], "eight rows say nothing"
    verander(instellingen, "UPDATE marts.stroom_maand SET personen = personen - 1 WHERE geleverd")
    vondst = verbanden.Vondst("stroom_maand", Verband("gelijk_aan hic_land", "uitstroom", "ontslagen"), 300, 0.97)
    monkeypatch.setattr(verbanden, "tussen_tabellen", lambda *_: [vondst])
    with pytest.raises(
        AuditGezakt, match=r"(?s)stroom_maand,gelijk_aan hic_land,uitstroom,ontslagen .*97,0% van 300 rijen"
    ):
        vintage.publiceer(instellingen, SNEL.model_copy(update={"onbekend_verband_blokkeert": True}))
    assert (instellingen.publicaties / "actueel").resolve() == eerste.map
    tweede = vintage.publiceer(instellingen, SNEL).nummer
    assert [v["uitkomst"] for v in vintage.manifest(instellingen, tweede)["verbanden"]] == ["open"], "told, not held up"
    verander(instellingen, "UPDATE marts.stroom_maand SET personen = personen - 1 WHERE geleverd")
    monkeypatch.setattr(verbanden, "tussen_tabellen", lambda *_: [replace(vondst, uitkomst=verbanden.GEWEIGERD)])
    derde = vintage.publiceer(instellingen, SNEL).nummer
    assert [v["uitkomst"] for v in vintage.manifest(instellingen, derde)["verbanden"]] == ["geweigerd"]


def test_retention_keeps_the_newest(instellingen):
    vintage.publiceer(instellingen, SNEL)
    verander(instellingen, "UPDATE marts.stroom_maand SET personen = personen - 1 WHERE geleverd")
    vintage.publiceer(instellingen, SNEL.model_copy(update={"bewaren": 1}))
    assert vintage.publicaties(instellingen) == ["2026-09_r2"]


def test_files_of_a_vintage_are_read_only(instellingen):
    p = vintage.publiceer(instellingen, SNEL)
    assert {f.stat().st_mode & 0o222 for f in p.map.rglob("*") if f.is_file()} == {0}


def test_an_actueel_that_points_nowhere_is_put_right(instellingen):
    eerste = vintage.publiceer(instellingen)
    link = instellingen.publicaties / "actueel"
    link.unlink()
    link.symlink_to("2026-08_r9")
    weer = vintage.publiceer(instellingen)
    assert not weer.nieuw and link.resolve() == eerste.map


@pytest.mark.parametrize("naam", ["map 'x' [y]", 'een "map" met spatie', "m%20a;p$"])
def test_a_data_root_with_quotes_brackets_and_spaces_is_published_from(instellingen, tmp_path, naam):
    vreemd = Instellingen(data=tmp_path / naam)
    vreemd.data.mkdir()
    instellingen.warehouse.rename(vreemd.warehouse)
    uit = vintage.publiceer(vreemd)
    assert lees(uit.map, "publiek", "SELECT count(*) FROM marts.stroom_maand") == [(8,)]


def test_a_data_root_in_which_nothing_can_be_kept_says_so_before_anything_runs(tmp_path):
    assert "vraagteken" in Instellingen(data=tmp_path / "wat?").bezwaar
    assert Instellingen(data=tmp_path / "map 'x' [y]").bezwaar is None


@pytest.mark.parametrize("masker", [0o022, 0o027, 0o000])
def test_what_is_not_public_is_closed_to_others_and_the_rest_follows_the_umask(instellingen, masker):
    eerder = os.umask(masker)
    try:
        p = vintage.publiceer(instellingen, SNEL)
    finally:
        os.umask(eerder)
    rechten = {pad.relative_to(p.map).as_posix(): pad.stat().st_mode & 0o777 for pad in p.map.rglob("*")}
    for map_ in ("landelijk", "ZK02", "onthulling"):
        assert {wat: oct(mag) for wat, mag in rechten.items() if wat.split("/")[0] == map_ and mag & 0o007} == {}
    assert rechten["publiek/publiek.duckdb"] == rechten["manifest.json"] == 0o444 & ~masker
    assert rechten["publiek"] == 0o555 & ~masker


def test_publications_are_in_order_of_making_whatever_clock_and_last_month_say(instellingen, monkeypatch):
    vintage.publiceer(instellingen, SNEL)

    class Terug(vintage.datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(2020, 1, 1, tzinfo=tz)

    monkeypatch.setattr(vintage, "datetime", Terug)  # the clock was set back
    verander(instellingen, "UPDATE marts.stroom_maand SET personen = personen - 1 WHERE geleverd")
    vintage.publiceer(instellingen, SNEL)
    verander(instellingen, "DELETE FROM marts.stroom_maand WHERE maand = '2026-09-01'")  # that month was withdrawn
    assert vintage.publiceer(instellingen, SNEL).nummer == "2026-08_r1"
    assert vintage.publicaties(instellingen) == ["2026-09_r1", "2026-09_r2", "2026-08_r1"]
    assert vintage.publiceer(instellingen, SNEL).nieuw is False


def test_public_version_withholds_the_small_count_and_what_gives_it_away(instellingen):
    p = vintage.publiceer(instellingen, SNEL)
    rij = lees(p.map, "publiek", "SELECT instroom_nieuw, doorstroom_in, onderdrukt, onderdrukte_kolommen FROM stroom_maand "
               "WHERE maand = '2026-08-01' AND iza_regio = 'ZK01' AND cluster = 'acuut'")[0]  # fmt: skip
    assert rij[:3] == (None, 0, "achtergehouden")
    assert "instroom_nieuw" in rij[3].split() and len(rij[3].split()) > 1


def test_the_totals_are_those_of_the_mart_and_the_public_ones_hold_no_distinct_persons(instellingen):
    p = vintage.publiceer(instellingen, SNEL)
    land = "FROM stroom_maand_totaal WHERE iza_regio = 'NL' AND cluster = 'zes_clusters' AND maand = '2026-08-01'"
    assert lees(p.map, "landelijk", f"SELECT stand_eind, personen, regios_geleverd {land}") == [(604, 255, 2)]
    kolommen = [r[0] for r in lees(p.map, "publiek", "DESCRIBE stroom_maand_totaal")]
    assert "personen" not in kolommen
    assert kolommen[-4:] == ["regios_geleverd", "regios", "onderdrukt", "onderdrukte_kolommen"]


def test_unknown_stays_unknown_and_carries_no_mark(instellingen):
    p = vintage.publiceer(instellingen, SNEL)
    assert lees(
        p.map, "publiek", "SELECT DISTINCT stand_eind, geleverd, onderdrukt FROM stroom_maand WHERE NOT geleverd"
    ) == [(None, False, None)]


def test_a_region_sees_its_own_small_count_and_not_that_of_another(instellingen):
    p = vintage.publiceer(instellingen, SNEL)
    vraag = "SELECT instroom_nieuw FROM stroom_maand WHERE maand = '2026-08-01' AND iza_regio = 'ZK01' AND cluster = 'acuut'"
    assert lees(p.map, "ZK01", vraag) == [(3,)]
    assert lees(p.map, "ZK02", vraag) == [(None,)]
    assert lees(p.map, "landelijk", vraag) == [(3,)]


def test_suppliers_are_for_their_own_region_and_never_public(instellingen):
    p = vintage.publiceer(instellingen, SNEL)
    assert lees(p.map, "ZK02", "SELECT wachtplekken FROM aanbieder_wachttijd") == [(3,)]
    assert lees(p.map, "ZK01", "SELECT count(*) FROM aanbieder_wachttijd") == [(0,)]
    assert "aanbieder_wachttijd" not in [r[0] for r in lees(p.map, "publiek", "SHOW TABLES")]


def test_record_level_data_is_in_no_file_of_any_audience(instellingen):
    p = vintage.publiceer(instellingen, ALLES)
    bestanden = [f for f in p.map.rglob("*") if f.is_file()]
    assert len(bestanden) > 20
    assert not [f for f in bestanden if "episode" in f.name]
    for f in bestanden:
        assert PSEUDONIEM.encode() not in f.read_bytes(), f
    for publiek in ("landelijk", "publiek", "ZK01"):
        assert (
            lees(p.map, publiek, "SELECT table_name FROM duckdb_columns() WHERE column_name LIKE '%pseudoniem%'") == []
        )


def test_every_format_holds_the_same_figures(instellingen):
    p = vintage.publiceer(instellingen, ALLES)
    vraag = "SELECT sum(stand_eind) FROM stroom_maand"
    verwacht = lees(p.map, "publiek", vraag)[0][0]
    csv = pd.read_csv(p.map / "publiek" / "csv" / "stroom_maand.csv")
    blad = pd.read_excel(p.map / "publiek" / "publiek.xlsx", sheet_name="stroom_maand", na_values=["x"])
    assert csv["stand_eind"].sum() == verwacht == blad["stand_eind"].sum()
    assert pd.read_parquet(p.map / "publiek" / "parquet" / "stroom_maand.parquet")["stand_eind"].sum() == verwacht
    pakket = json.loads((p.map / "publiek" / "csv" / "datapackage.json").read_text())
    velden = next(r for r in pakket["resources"] if r["name"] == "stroom_maand")["schema"]["fields"]
    assert [v["name"] for v in velden] == list(csv.columns)
    assert all(v["description"] for v in velden)


def test_a_publication_that_fails_its_audit_is_not_put_in_place(instellingen, monkeypatch):
    # a choice that withholds small counts alone: primary suppression as it is often done
    from pipelines.publicatie import publiek
    from pipelines.publicatie.onthulling.beveilig import audit

    monkeypatch.setattr(
        publiek, "beveilig", lambda stelsel, eis, status, vast, tafels: audit(stelsel, status, eis, tafels)
    )
    with pytest.raises(
        AuditGezakt, match=r"ZK01\|acuut instroom_nieuw: een lezer van de openbare versie leidt af 3..3"
    ):
        vintage.publiceer(instellingen, SNEL)
    assert vintage.publicaties(instellingen) == []
    assert not (instellingen.publicaties / "actueel").exists()


def test_publishing_waits_for_who_writes(instellingen):
    opdracht = "from pipelines.publicatie.vintage import publiceer\nfrom pipelines.settings import Instellingen\npubliceer(Instellingen())"
    with schrijfslot(instellingen, "een ander"):
        publiceren = subprocess.Popen([sys.executable, "-c", opdracht], env={**os.environ, "GGZ_DATA": str(instellingen.data)},
                                      stderr=subprocess.PIPE, text=True)  # fmt: skip
        assert "een ander" in publiceren.stderr.readline()
        assert vintage.publicaties(instellingen) == []
    publiceren.communicate()
    assert (publiceren.returncode, vintage.publicaties(instellingen)) == (0, ["2026-09_r1"])


LEZER = """
import os, sys, time
import duckdb
actueel, klaar = sys.argv[1:]
gezien, langste = [], 0.0
while not os.path.exists(klaar):
    begin = time.monotonic()
    with duckdb.connect(f"{actueel}/landelijk/landelijk.duckdb", read_only=True) as con:
        staat = con.execute("SELECT count(*), list(DISTINCT personen) FROM marts.stroom_maand WHERE geleverd").fetchone()
    langste = max(langste, time.monotonic() - begin)
    assert staat[0] == 6 and len(staat[1]) == 1, staat
    gezien.append(staat[1][0])
print(sorted(set(gezien)), len(gezien), langste < 5)
"""


def test_a_reader_in_a_loop_sees_whole_vintages_while_runs_write_and_publish(instellingen, tmp_path):
    klaar = tmp_path / "klaar"

    def nieuwe_stand(personen):
        verander(instellingen, f"UPDATE marts.stroom_maand SET personen = {personen} WHERE geleverd")
        vintage.publiceer(instellingen, SNEL)

    nieuwe_stand(11)
    lezer = subprocess.Popen([sys.executable, "-c", LEZER, instellingen.publicaties / "actueel", klaar], stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, text=True)  # fmt: skip
    for personen in (12, 13, 14):
        nieuwe_stand(personen)
    klaar.touch()
    uit, fout = lezer.communicate(timeout=60)
    assert fout == ""
    gezien, aantal, vlot = re.fullmatch(r"(\[.*\]) (\d+) (True|False)\n", uit).groups()
    assert set(json.loads(gezien)) <= {11, 12, 13, 14} and len(json.loads(gezien)) > 1
    assert int(aantal) > 10 and vlot == "True"


def test_a_run_killed_while_publishing_leaves_nothing_and_the_next_one_publishes(instellingen):
    code = (
        "import os\nfrom pipelines.publicatie import vintage\nfrom pipelines.settings import Instellingen\n"
        "vintage._bevries = lambda map_: os.kill(os.getpid(), 9)\nvintage.publiceer(Instellingen())"
    )
    klaar = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "GGZ_DATA": str(instellingen.data)}, check=False
    )
    assert klaar.returncode == -9
    assert vintage.publicaties(instellingen) == []
    assert vintage.publiceer(instellingen, SNEL).nummer == "2026-09_r1"
    assert not list(instellingen.publicaties.glob(".bouw-*"))


def test_a_reader_of_actueel_is_not_disturbed_by_a_new_publication(instellingen):
    vintage.publiceer(instellingen, SNEL)
    pad = instellingen.publicaties / "actueel" / "publiek" / "publiek.duckdb"
    with duckdb.connect(str(pad), read_only=True) as lezer:
        verander(instellingen, "UPDATE marts.stroom_maand SET personen = personen - 1 WHERE geleverd")
        vintage.publiceer(instellingen, SNEL)
        assert lezer.execute("SELECT count(*) FROM marts.stroom_maand").fetchone() == (8,)


def test_withheld_cells_stay_the_same_from_publication_to_publication_where_figures_do(instellingen):
    eerste = vintage.publiceer(instellingen, SNEL)
    verander(
        instellingen, "UPDATE marts.stroom_maand SET personen = personen - 1 WHERE maand = '2026-09-01' AND geleverd"
    )
    tweede = vintage.publiceer(instellingen, SNEL)
    vraag = "SELECT * EXCLUDE (personen) FROM stroom_maand WHERE maand = '2026-08-01' ORDER BY ALL"
    assert lees(eerste.map, "publiek", vraag) == lees(tweede.map, "publiek", vraag)


@pytest.mark.parametrize(
    ("opdracht", "levering", "oorzaak"),
    [
        (None, ("2026-10", "ZK02", 1, "bb", "actief"), "nagekomen aanlevering"),
        (
            "UPDATE kwaliteit.aanlevering SET status = 'vervangen'",
            ("2026-09", "ZK02", 2, "bb", "actief"),
            "vervangen aanlevering",
        ),
        ("UPDATE referentie.definitie_versie SET versie = 'anders'", None, "nieuwe definitie"),
        (None, ("2026-10", "ZK01", 1, "bb", "actief"), "nagekomen aanlevering (andere regio)"),
    ],
)
def test_a_changed_cell_names_its_cause(instellingen, opdracht, levering, oorzaak):
    eerste = vintage.publiceer(instellingen, SNEL)
    verander(
        instellingen,
        "UPDATE marts.stroom_maand SET personen = 241 WHERE personen = 242",
        *([opdracht] if opdracht else []),
    )
    if levering:
        with duckdb.connect(str(instellingen.warehouse)) as con:
            lever(con, *levering)
    tweede = vintage.publiceer(instellingen, SNEL)
    verschil = herziening.tussen(eerste.map, tweede.map)
    assert verschil[["kolom", "waarde_oud", "waarde_nieuw", "oorzaak"]].values.tolist() == [
        ["personen", "242", "241", oorzaak]
    ]
    assert lees(tweede.map, "landelijk", "SELECT oorzaak FROM herziening") == [(oorzaak,)]


def test_rounding_shows_multiples_of_five_that_add_up(instellingen):
    p = vintage.publiceer(instellingen, SNEL.model_copy(update={"afronden_op": 5}))
    vraag = "SELECT instroom_nieuw, instroom_terugkeer, instroom FROM stroom_maand WHERE geleverd ORDER BY ALL"
    rijen = lees(p.map, "publiek", vraag)
    assert all(n % 5 == t % 5 == i % 5 == 0 and n + t == i for n, t, i in rijen)
    assert len(rijen) == 6


def test_a_changed_rule_is_named_where_it_can_have_done_it():
    leeg = {"definitie": 1, "aanleveringen": [], "code": "a"}
    oud = leeg | {
        "regels": {"bedden: capaciteit_between": "1", "norm: max_bezetting": "1", "wachtlijst: wet_in_set": "1"}
    }
    nieuw = leeg | {"code": "b", "regels": oud["regels"] | {"bedden: capaciteit_between": "2"}}
    waarom = herziening.Oorzaken(oud, nieuw)
    assert waarom.van(["bedden"], "ZK01") == "gewijzigde regel (bedden: capaciteit_between)"
    assert waarom.van(["wachtlijst"], "ZK01") == "nieuwe code"
    norm = herziening.Oorzaken(oud, leeg | {"code": "b", "regels": oud["regels"] | {"norm: max_bezetting": "2"}})
    assert norm.van(["wachtlijst"], None) == "gewijzigde regel (norm: max_bezetting)"


def test_the_manifest_knows_every_rule_of_a_suite_and_every_row_of_a_norm():
    stand = herziening.regelstand()
    assert any(naam.startswith("bedden: ") for naam in stand) and any(naam.startswith("norm: ") for naam in stand)
    assert "zpm_prestatie" in stand  # a large table as a whole
