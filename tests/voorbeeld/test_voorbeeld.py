"""The whole pipeline on the example deliveries gives the reference figures of an independent implementation, cell by cell."""

import csv
import math
import shutil
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

MAP = Path(__file__).parent


def _lees(naam: str) -> list[dict[str, str]]:
    with (MAP / "verwacht" / f"{naam}.csv").open(encoding="utf-8", newline="") as bestand:
        return list(csv.DictReader(bestand))


SLEUTELS = {rij["tabel"]: rij["sleutel"].split() for rij in _lees("sleutel")}


LAATSTE = "2025-02"


@pytest.fixture(scope="module", params=["in een keer", "de laatste maand later"])
def warehouse(request, tmp_path_factory):
    """The example deliveries taken in, built and published by ``ggz run``, read-only; once all together, once with the last month
    arriving after the others were built and published."""
    data = tmp_path_factory.mktemp("voorbeeld")
    later = shutil.ignore_patterns(LAATSTE) if request.param == "de laatste maand later" else None
    for niet in [later, None] if later else [None]:
        shutil.copytree(MAP / "landing", data / "landing", ignore=niet, dirs_exist_ok=True)
        ggz = Path(sys.executable).with_name("ggz")
        klaar = subprocess.run(
            [ggz, "run"], env={"GGZ_DATA": str(data), "PATH": "/usr/bin:/bin"}, capture_output=True, text=True
        )
        assert klaar.returncode == 0, klaar.stdout + klaar.stderr
    if later:
        assert "tabellen met mensen bijgewerkt voor" in klaar.stdout
    with duckdb.connect(str(data / "warehouse.duckdb"), read_only=True) as con:
        yield con


@pytest.mark.parametrize("tabel", SLEUTELS)
def test_elke_cel_is_die_van_de_referentie(warehouse, tabel):
    verwachte_rijen = _lees(tabel)
    kolommen, sleutel = list(verwachte_rijen[0]), SLEUTELS[tabel]
    rijen = warehouse.execute(f"SELECT {', '.join(kolommen)} FROM {tabel}").fetchall()
    gevonden = {_als_sleutel(rij[: len(sleutel)]): rij for rij in rijen}
    verwacht = {tuple(rij[k] for k in sleutel): rij for rij in verwachte_rijen}
    assert len(gevonden) == len(rijen)
    assert gevonden.keys() == verwacht.keys()
    anders = [
        (kolom, waar, rij[kolom], is_)
        for waar, rij in verwacht.items()
        for kolom, is_ in zip(kolommen, gevonden[waar], strict=True)
        if not _gelijk(rij[kolom], is_, kolom)
    ]
    assert not anders[:5], f"{len(anders)} cellen anders"


def test_een_a06_waarde_staat_nergens_in_het_warehouse(warehouse):
    kolommen = warehouse.execute(
        "SELECT table_schema, table_name, column_name FROM information_schema.columns "
        "WHERE data_type LIKE 'VARCHAR%' OR data_type = 'JSON'"
    ).fetchall()
    waarden = [rij["waarde"] for rij in _lees("a06_waarde")]
    assert kolommen and waarden
    for schema, tabel, kolom in kolommen:
        for waarde in waarden:
            assert not warehouse.execute(
                f'SELECT count(*) FROM "{schema}"."{tabel}" WHERE contains("{kolom}"::VARCHAR, ?)', [waarde]
            ).fetchone()[0], f"{schema}.{tabel}.{kolom}"


def _als_sleutel(delen: tuple) -> tuple[str, ...]:
    return tuple(_als_tekst(deel) for deel in delen)


def _als_tekst(cel: object) -> str:
    """A value of the warehouse as it stands in the csv files: empty where it is NULL."""
    if cel is None:
        return ""
    if isinstance(cel, bool):
        return "true" if cel else "false"
    if isinstance(cel, datetime):
        cel = cel.date()
    return cel.isoformat() if isinstance(cel, date) else str(cel)


def _gelijk(wil: str, is_: object, kolom: str) -> bool:
    if kolom == "codes":
        return sorted(wil.split(",")) == sorted((is_ or "").split(","))
    if isinstance(is_, float) and wil:
        return math.isclose(float(wil), is_, rel_tol=1e-9, abs_tol=1e-12)
    if isinstance(is_, (int, Decimal)) and not isinstance(is_, bool) and wil:
        return Decimal(wil) == is_
    return wil == _als_tekst(is_)


@pytest.mark.parametrize(
    ("land", "kolom", "elders", "daar", "bij"),
    [
        ("voorziening_land", "bezette_dagen", "capaciteit_maand_totaal", "bezette_dagen", "cluster, capaciteit_type"),
        ("uitstroom_bestemming_land", "aantal", "stroom_maand_totaal", "uitstroom", "cluster"),
        (
            "exclusie_land",
            "aantal",
            "(select * from marts.wachttijd_maand_totaal where fase = 'totaal')",
            "uitval_exclusie",
            "cluster",
        ),
    ],
)
def test_delen_van_het_land_tellen_op_tot_het_land(warehouse, land, kolom, elders, daar, bij):
    bron = elders if elders.startswith("(") else f"marts.{elders}"
    paren = warehouse.execute(
        f"with delen as (select maand, {bij}, sum({kolom}) as som from marts.{land} group by all), "
        f"land as (select maand, {bij}, sum({daar}) as som from {bron} where iza_regio = 'NL' and cluster not like 'zes_%' group by all having sum({daar}) > 0) "
        f"select coalesce(delen.som, 0), land.som from land left join delen using (maand, {bij})"
    ).fetchall()
    assert len(paren) > 1
    assert [paar for paar in paren if paar[0] != paar[1]] == []


@pytest.mark.parametrize(
    ("mart", "land", "velden"),
    [
        ("hic_maand", "hic_land", "maand, eenheid_type, sum(bezette_dagen), sum(capaciteit)"),
        ("zorgzwaarte", "zorgzwaarte_land", "maand, cluster, zorgvraagtype, sum(prestaties), sum(verblijfsdagen)"),
    ],
)
def test_het_land_is_de_som_van_de_regios(warehouse, mart, land, velden):
    vraag = f"select {velden} from marts.{{}} group by all order by all"
    rijen = warehouse.execute(vraag.format(land)).fetchall()
    assert rijen and rijen == warehouse.execute(vraag.format(mart)).fetchall()


def test_het_land_heeft_nodig_wat_de_balans_zegt_en_zwijgt_waar_de_regios_wisselden(warehouse):
    assert warehouse.sql(
        "select count(*) from marts.benodigde_capaciteit_land as l join marts.capaciteit_balans as b "
        "using (maand, iza_regio, cluster, capaciteit_type) where abs(l.bezet - b.bezet) > 0.0501 or l.benodigd <> b.benodigd"
    ).fetchone() == (0,)
    regios = dict(
        warehouse.sql(
            "select maand, list(distinct iza_regio order by iza_regio) from intermediate.int_geleverd where bron = 'bedden' group by maand"
        ).fetchall()
    )
    for (maand,) in warehouse.sql("select distinct maand from marts.benodigde_capaciteit_land").fetchall():
        venster = [r for m, r in regios.items() if 0 <= (maand.year - m.year) * 12 + maand.month - m.month < 12]
        assert all(r == regios[maand] for r in venster), maand
