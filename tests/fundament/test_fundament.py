"""What every floor stands on. One test per promise."""

from datetime import date
from decimal import Decimal

import duckdb
import pytest

from pipelines.fundament import maand, nederlands, schrijven, seeds, sql


def test_een_naam_en_een_tekst_met_aanhalingstekens_komen_heel_door_sql(tmp_path):
    kolom, waarde = 'bed"type', "zo'n; DROP TABLE x; --"
    uitkomst = duckdb.sql(f"SELECT {sql.letterlijk(waarde)} AS {sql.naam(kolom)}")
    assert (uitkomst.columns, uitkomst.fetchone()) == ([kolom], (waarde,))
    assert sql.letterlijk(tmp_path / "'") == f"'{tmp_path}/'''"
    assert (sql.letterlijk(3), sql.letterlijk(Decimal("1.50"))) == ("3", "1.50")


def test_maanden_lopen_door_over_de_jaargrens():
    assert maand.reeks("2025-11", "2026-02") == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert maand.reeks("2026-02", "2026-01") == []
    assert maand.venster(date(2026, 1, 31), 2) == [date(2025, 12, 1), date(2026, 1, 1)]
    assert maand.verschuif(date(2026, 12, 5), 1) == date(2027, 1, 1)
    assert (maand.laatste_dag("2024-02"), maand.laatste_dag("2025-12")) == (date(2024, 2, 29), date(2025, 12, 31))


@pytest.mark.parametrize("tekst", ["2026-13", "2026-00", "2026-1", "2026-01-01", "２０２６-01", ""])
def test_wat_geen_jjjj_mm_is_is_geen_maand(tekst):
    assert not maand.is_maand(tekst)
    assert maand.is_maand("2026-09")


def test_wie_leest_vindt_het_oude_tot_het_nieuwe_heel_is(tmp_path):
    doel = tmp_path / "map" / "x.txt"
    schrijven.schrijf(doel, "één")
    with pytest.raises(ZeroDivisionError), schrijven.naast(doel) as deel:
        deel.write_text("half")
        assert doel.read_text(encoding="utf-8") == "één"
        _ = 1 / 0
    assert [p.name for p in doel.parent.iterdir()] == ["x.txt"]
    schrijven.schrijf(doel, b"twee")
    assert doel.read_bytes() == b"twee"


def test_een_map_verschijnt_met_alles_erin_of_niet(tmp_path):
    with schrijven.naast(tmp_path / "klaar") as deel:
        deel.mkdir()
        (deel / "a").write_text("a")
    assert (tmp_path / "klaar" / "a").read_text() == "a"
    with pytest.raises(ZeroDivisionError), schrijven.naast(tmp_path / "half") as deel:
        deel.mkdir()
        _ = 1 / 0
    assert [p.name for p in tmp_path.iterdir()] == ["klaar"]


def test_een_seed_is_tekst_met_lege_cellen_als_lege_tekst(tmp_path):
    (tmp_path / "s.csv").write_text('code,naam\n01,"a, b"\n02,\n', encoding="utf-8")
    assert seeds.rijen(tmp_path / "s.csv") == [{"code": "01", "naam": "a, b"}, {"code": "02", "naam": ""}]
    assert len(seeds.lees("iza_regio")) == 31


@pytest.mark.parametrize(
    ("getal", "tekst"),
    [(0.12345, "0,123"), (-2.5, "−2,5"), (3.0, "3"), (999.7, "1.000"), (41999.6, "42.000"), (0.0, "0")],
)
def test_een_kort_getal_heeft_drie_cijfers_die_iets_zeggen(getal, tekst):
    assert nederlands.kort(getal) == tekst
