"""One file, one folder or one moment never stops the rest: what cannot be looked at now is named, and looked at again."""

import errno
import os
from dataclasses import replace
from pathlib import Path, PurePosixPath

import duckdb
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from pipelines.aanlevering import geldigheid, inname, landing, leesproces, lezing
from pipelines.aanlevering.cli import levering as opdracht
from pipelines.aanlevering.opslag import opslagpad, ruim_beschadigde
from pipelines.aanlevering.register import Register
from pipelines.warehouse import bronnen
from tests.aanlevering.conftest import HIC, beschadig, csv_tekst

EEN, TWEE = "hic_monitor_2024-01_ZK02_06290001_v01.csv", "hic_monitor_2024-01_ZK02_06290002_v01.csv"
TEKST = csv_tekst(HIC)


@pytest.fixture
def neem(instellingen):
    return lambda: inname.neem_in(instellingen, "hic_monitor")


@pytest.fixture
def stand(instellingen):
    """Code of every delivery, and whether it counts."""

    def _stand() -> dict[str, tuple[str | None, bool]]:
        with Register(instellingen.register) as register:
            return {lev.bestand: (lev.code, lev.ingetrokken is None) for lev in register.leveringen()}

    return _stand


def test_verborgen_mappen_en_uploads_tellen_niet_en_een_upload_wordt_genoemd(lever, instellingen):
    lever(EEN, TEKST)
    map_ = "hic_monitor/2024-01/ZK02"
    for naam in (
        ".x/a.csv",
        f"{map_}/.a.csv",
        f"{map_}/~a.csv",
        f"{map_}/b.csv.PART",
        f"{map_}/c.filepart",
        f"{map_}/d.crdownload",
    ):
        lever(naam, "x")
    gezien = landing.kijk(instellingen.landing)
    assert gezien.paden == (PurePosixPath(map_, EEN),)
    assert gezien.later == {
        PurePosixPath(map_, n): landing.UPLOAD for n in ("b.csv.PART", "c.filepart", "d.crdownload")
    }


def test_een_map_die_een_verwijzing_is_wordt_gevolgd_maar_nooit_rond(lever, instellingen):
    plek = lever(EEN, TEKST).parent
    (plek.parent / "ZK09").symlink_to(plek)
    (plek / "rond").symlink_to(instellingen.landing)
    (plek / "nergens.csv").symlink_to(plek / "er is niets")
    assert {p.parts[2] for p in landing.kijk(instellingen.landing).paden} == {"ZK02", "ZK09"}


def test_een_bestand_dat_net_is_gewijzigd_wacht_als_daarom_is_gevraagd(lever, instellingen, stand, monkeypatch):
    pad = lever(EEN, TEKST)
    monkeypatch.setenv("GGZ_RUST", "60")
    met_rust = type(instellingen)(data=instellingen.data)
    uitkomst = inname.neem_in(met_rust, "hic_monitor")
    assert (stand(), list(uitkomst.later.values())) == ({}, [landing.JONG])
    os.utime(pad, (pad.stat().st_atime, pad.stat().st_mtime - 61))
    inname.neem_in(met_rust, "hic_monitor")
    assert stand() == {EEN: (None, True)}


def test_een_map_die_niet_te_lezen_is_houdt_de_andere_niet_tegen_en_is_niet_weg(
    lever, neem, stand, monkeypatch, instellingen
):
    dicht = lever(EEN, TEKST).parent
    lever("hic_monitor_2024-02_ZK02_06290001_v01.csv", csv_tekst(HIC | {"maand": "2024-02"}))
    neem()
    scandir = os.scandir

    def geweigerd(pad):
        if Path(pad) == dicht:
            raise PermissionError(errno.EACCES, "dicht")
        return scandir(pad)

    monkeypatch.setattr(landing.os, "scandir", geweigerd)
    uitkomst = neem()
    assert list(uitkomst.later) == ["hic_monitor/2024-01/ZK02"]
    assert set(stand().values()) == {(None, True)}


@pytest.mark.parametrize("fout", [OSError(errno.EIO, "x"), PermissionError(errno.EACCES, "x"), MemoryError()])
def test_wat_aan_ons_ligt_is_geen_oordeel_en_wordt_opnieuw_geprobeerd(
    lever, neem, stand, monkeypatch, instellingen, fout
):
    lever(EEN, TEKST)
    lever(TWEE, TEKST)
    lees = leesproces.lees

    def stuk(instellingen, pad, naam):
        return lezing.lees(pad, naam) if pad.name == EEN else lees(instellingen, pad, naam)

    def open_tabel(*_):
        raise fout

    monkeypatch.setattr(leesproces, "lees", stuk)
    monkeypatch.setattr(lezing.readers, "open_tabel", open_tabel)
    uitkomst = neem()
    assert stand() == {TWEE: (None, True)}
    with Register(instellingen.register) as register:
        assert register.storingen() == uitkomst.storingen != {}
    monkeypatch.undo()
    neem()
    assert stand() == {EEN: (None, True), TWEE: (None, True)}
    with Register(instellingen.register) as register:
        assert register.storingen() == {}


def test_een_bestand_dat_verandert_of_verdwijnt_tijdens_het_lezen_wacht(lever, neem, stand, monkeypatch):
    pad, ander = lever(EEN, TEKST), lever(TWEE, TEKST)
    lees = leesproces.lees

    def tussendoor(instellingen, bestand, naam):
        yield from lees(instellingen, bestand, naam)
        if bestand.name == EEN:
            pad.write_text(TEKST + "x")
        else:
            ander.unlink()

    monkeypatch.setattr(leesproces, "lees", tussendoor)
    assert len(neem().storingen) == 2
    assert stand() == {}
    monkeypatch.undo()
    pad.write_text(TEKST)
    neem()
    assert stand() == {EEN: (None, True)}


def test_opgeslagen_rijen_die_zijn_afgekapt_worden_opnieuw_gelezen(lever, neem, instellingen, rijen):
    lever(EEN, TEKST)
    (levering,) = neem().leveringen
    opslag = opslagpad(instellingen, levering)
    heel = opslag.read_bytes()
    for kapot in (heel[:-5], heel[: len(heel) // 2], b""):
        opslag.write_bytes(kapot)
        assert not geldigheid.geldt_nog(instellingen, levering)
        assert neem().gewijzigd
        assert len(rijen(levering)) == 1
    assert not neem().gewijzigd


def test_wat_uit_landing_is_verwijderd_telt_niet_meer_tot_het_terug_is(lever, neem, stand):
    pad = lever(EEN, TEKST)
    lever(TWEE, TEKST)
    neem()
    pad.unlink()
    assert [lev.bestand for lev in neem().gevolgd] == [EEN]
    assert stand() == {EEN: (None, False), TWEE: (None, True)}
    assert not neem().gewijzigd
    lever(EEN, TEKST + "2024-01")  # another content under that name does not bring it back
    (anders,) = neem().leveringen
    assert (anders.code, stand()[TWEE]) == ("B05", (None, True))
    lever(EEN, TEKST)
    assert [lev.bestand for lev in neem().gevolgd] == [EEN]
    assert not neem().gewijzigd


def test_een_landing_waarin_van_een_bron_niets_meer_staat_is_niet_leeggehaald(lever, neem, stand):
    pad = lever(EEN, TEKST)
    neem()
    pad.unlink()
    assert not neem().gewijzigd
    assert stand() == {EEN: (None, True)}


def test_een_steward_trekt_in_met_reden_en_auteur_en_een_run_haalt_dat_niet_terug(
    lever, neem, stand, monkeypatch, instellingen
):
    lever(EEN, TEKST)
    neem()
    monkeypatch.setenv("GGZ_DATA", str(instellingen.data))
    doe = CliRunner().invoke
    assert doe(opdracht, ["intrekken", EEN]).exit_code == 2  # without a reason
    assert doe(opdracht, ["intrekken", TWEE, "--reden", "x"]).exit_code == 1
    assert doe(opdracht, ["intrekken", EEN, "--reden", "verkeerde regio", "--auteur", "Ans"]).exit_code == 0
    with Register(instellingen.register) as register:
        assert register.leveringen()[0].ingetrokken.startswith("verkeerde regio (Ans, 20")
    neem()
    assert stand() == {EEN: (None, False)}
    assert doe(opdracht, ["intrekken", EEN, "--reden", "x"]).exit_code == 1
    assert doe(opdracht, ["herstellen", EEN, "--reden", "toch goed", "--auteur", "Ans"]).exit_code == 0
    assert stand() == {EEN: (None, True)}


def test_decimalen_van_beide_soorten_in_een_kolom_worden_onthouden(lever, neem_in):
    uren = [{"separatie_uren": u} for u in ("1,5", "2.5", "3")]
    lever(EEN, csv_tekst(*(HIC | u | {"eenheid_id": f"H{n}"} for n, u in enumerate(uren))))
    lever(
        TWEE, csv_tekst(*(HIC | u | {"eenheid_id": f"H{n}", "modelgetrouwheid": "3,4"} for n, u in enumerate(uren[:1])))
    )
    register = neem_in()
    assert (register[EEN].gemengde_decimalen, register[TWEE].gemengde_decimalen) == ("separatie_uren", None)


def test_zijn_ingelezen_rijen_weg_en_is_het_bestand_vervangen_dan_telt_zij_niet_meer_en_dat_staat_er(
    lever, neem, instellingen
):
    lever(EEN, TEKST)
    (levering,) = neem().leveringen
    opslag = opslagpad(instellingen, levering)
    lever(EEN, TEKST + "2024-01")  # in place: B05, and what was taken in goes on counting
    assert [lev.code for lev in neem().leveringen] == ["B05"]
    opslag.unlink()
    assert inname.nieuw(instellingen).keys() == {"hic_monitor"}
    (gevolgd,) = neem().gevolgd
    with Register(instellingen.register) as register:
        (nu,) = (lev for lev in register.leveringen() if lev.code is None)
    assert (nu.rijen_gelezen, nu.ingetrokken.startswith(geldigheid.KWIJT)) == (0, True)
    assert not neem().gewijzigd
    assert not inname.nieuw(instellingen)
    lever(EEN, TEKST)  # and back again
    neem()
    with Register(instellingen.register) as register:
        (nu,) = (lev for lev in register.leveringen() if lev.code is None)
    assert (nu.rijen_gelezen, nu.ingetrokken) == (1, None)


def test_een_bestand_dat_van_binnen_beschadigd_is_wordt_gevonden_en_opnieuw_gelezen(lever, neem, instellingen, rijen):
    for naam in (EEN, TWEE):
        lever(naam, csv_tekst(*(HIC | {"eenheid_id": f"H{n}"} for n in range(300))))
    _, levering = neem().leveringen
    opslag = opslagpad(instellingen, levering)
    beschadig(opslag, "eenheid_id", slice(-1, None), b"x")  # neither length nor end of the file tells
    assert geldigheid.geldt_nog(instellingen, levering)
    assert ruim_beschadigde(instellingen) == (TWEE,)
    assert neem().gewijzigd
    assert len(rijen(levering)) == 300
    assert ruim_beschadigde(instellingen) == ()


def test_een_kolom_die_het_contract_erbij_kreeg_is_leeg_in_wat_eerder_werd_bewaard(lever, neem, instellingen, rijen):
    lever(EEN, TEKST)
    lever(TWEE, TEKST)
    oud, nu = neem().leveringen
    opslag = opslagpad(instellingen, oud)
    pq.write_table(pq.read_table(opslag).drop(["modelgetrouwheid"]), opslag)
    with Register(instellingen.register) as register:
        register.schrijf(replace(oud, regels="van toen"))
    with duckdb.connect() as con:
        bronnen.zet_klaar(instellingen, con)
        gelezen = con.execute(
            "SELECT bestand, bezette_dagen, modelgetrouwheid FROM aanlevering.hic_monitor ORDER BY bestand"
        ).fetchall()
    assert [(b, d, m and float(m)) for b, d, m in gelezen] == [(EEN, 100, None), (TWEE, 100, 3.4)]
