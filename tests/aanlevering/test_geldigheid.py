"""What a verdict depends on: the rules are found through imports and the contract, and the key has a place of its own."""

import sqlite3
from pathlib import Path

from pipelines.aanlevering import geldigheid
from pipelines.aanlevering.register import Levering, Register
from pipelines.settings import PROJECT


def test_wat_oordeelt_volgt_uit_imports():
    paden = {str(pad.relative_to(PROJECT)) for pad in geldigheid.oordelende_bestanden()}
    assert {
        "pipelines/aanlevering/keuring.py",
        "pipelines/aanlevering/pseudoniem.py",
        "pipelines/aanlevering/readers/csv.py",
        "pipelines/aanlevering/readers/gds801_regels.py",  # imported by gds801, not by readers
        "pipelines/aanlevering/readers/gds801_mapping_v1_0.yaml",
        "pipelines/contract/typen.py",
        "seeds/gds801_oordeel.csv",
        "seeds/iza_regio.csv",
    } <= paden
    assert not {"pipelines/aanlevering/assets.py", "pipelines/aanlevering/stand.py"} & paden


def test_een_andere_codelijst_leest_alleen_de_bronnen_die_haar_opzoeken(monkeypatch):
    voor = {bron: geldigheid.regelhash.__wrapped__(bron) for bron in ("bedden", "hic_monitor")}
    lees = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda pad: lees(pad) + (b"x" if pad.stem == "bedtype_cluster" else b""))
    na = {bron: geldigheid.regelhash.__wrapped__(bron) for bron in voor}
    assert na["bedden"] != voor["bedden"] and na["hic_monitor"] == voor["hic_monitor"]


def test_een_register_van_eerder_krijgt_de_kolommen_die_erbij_kwamen(tmp_path):
    pad = tmp_path / "register.sqlite"
    with sqlite3.connect(pad) as con:
        con.execute("CREATE TABLE levering (bestand TEXT, sha256 TEXT, moment TEXT, PRIMARY KEY (bestand, sha256))")
        con.execute("INSERT INTO levering VALUES ('a.csv', 'x', '2026-01-01')")
    with Register(pad) as register:
        assert register.leveringen() == [
            Levering("a.csv", "x", None, moment="2026-01-01", rijen_gelezen=None, rijen_met_code=None)
        ]
