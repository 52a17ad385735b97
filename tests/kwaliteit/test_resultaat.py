"""Every delivery and rule of every run has a result, passes too; what is kept is not tested again."""

import re

import duckdb

from pipelines.kwaliteit import kerncijfers, overdracht, resultaat
from tests.aanlevering.conftest import HIC, WACHTPLEK, csv_tekst

V01 = "hic_monitor_2024-01_ZK20_06290000_v01.csv"
BSN = "123456782"


def _resultaten(instellingen, vraag: str) -> list[tuple]:
    with duckdb.connect() as con:
        overdracht.zet_klaar(instellingen, con)
        return con.execute(f"SELECT {vraag}").fetchall()


def test_een_levering_krijgt_een_uitkomst_per_regel_met_haar_aantallen(instellingen, lever):
    lever(
        V01,
        csv_tekst(HIC, {**HIC, "eenheid_id": "H2", "capaciteit": "-1"}, {**HIC, "eenheid_id": "H3", "capaciteit": ""}),
    )
    resultaat.na_inname(instellingen, "run1", "hic_monitor")

    assert _resultaten(
        instellingen,
        "expectation, kolom, ernst, geslaagd, aantal_onverwacht, aantal FROM toetsing.resultaat "
        "WHERE suite = 'hic_monitor' AND kolom = 'capaciteit' ORDER BY ALL",
    ) == [
        ("capaciteit_between", "capaciteit", "blokkerend", False, 1, 3),
        ("capaciteit_verplicht", "capaciteit", "blokkerend", False, 1, 3),
        ("capaciteit_vorm", "capaciteit", "blokkerend", True, 0, 3),
    ]
    assert _resultaten(
        instellingen,
        "run, bron, maand, iza_regio, leverancier, expectation, geslaagd FROM toetsing.resultaat "
        "WHERE suite = 'aanlevering' ORDER BY ALL",
    ) == [
        ("run1", "hic_monitor", "2024-01", "ZK20", "06290000", code, True)
        for code in ("B01", "B02", "B03", "B04", "B05")
    ]


def test_een_geweigerde_levering_heeft_alleen_haar_code(instellingen, lever):
    lever(V01, "maand;agb_vestiging\n2024-01;06290001\n")
    resultaat.na_inname(instellingen, "run1", "hic_monitor")

    assert _resultaten(
        instellingen, "suite, expectation, geslaagd, aantal_onverwacht, aantal, ernst FROM toetsing.resultaat"
    ) == [("aanlevering", "B02", False, 1, 1, "blokkerend")]


def test_een_bestand_zonder_goede_naam_staat_erin_zonder_bron(instellingen, lever):
    from pipelines.aanlevering.inname import verdwaald

    (instellingen.landing / "hic_monitor").mkdir(parents=True)
    (instellingen.landing / "hic_monitor" / "maart.csv").write_text("x")
    verdwaald(instellingen)
    resultaat.na_verdwaald(instellingen, "run1")

    assert _resultaten(instellingen, "bron, maand, expectation, geslaagd FROM toetsing.resultaat") == [
        (None, None, "B03", False)
    ]


def test_wat_getoetst_is_wordt_niet_nog_eens_getoetst_en_wat_verloren_ging_wel(instellingen, lever):
    lever(V01, csv_tekst(HIC))
    eerste = resultaat.na_inname(instellingen, "run1", "hic_monitor")
    tweede = resultaat.na_inname(instellingen, "run2", "hic_monitor")
    (instellingen.data / "kwaliteit" / "resultaat" / "inname" / "hic_monitor" / "run1.parquet").unlink()
    derde = resultaat.na_inname(instellingen, "run3", "hic_monitor")

    assert [len(u.leveringen) for u in (eerste, tweede, derde)] == [1, 0, 1]


def test_uitkomsten_van_eerdere_runs_blijven_staan(instellingen, lever):
    lever(V01, csv_tekst(HIC))
    resultaat.na_inname(instellingen, "run1", "hic_monitor")
    lever("hic_monitor_2024-02_ZK20_06290000_v01.csv", csv_tekst({**HIC, "maand": "2024-02"}))
    resultaat.na_inname(instellingen, "run2", "hic_monitor")

    assert _resultaten(instellingen, "run, maand, count(*) FROM toetsing.resultaat GROUP BY ALL ORDER BY ALL") == [
        ("run1", "2024-01", 49),
        ("run1", None, 1),
        ("run2", "2024-02", 49),
        ("run2", None, 1),
    ]


def test_wat_de_bouw_laat_zien_komt_bij_de_uitkomsten_van_alle_runs(instellingen, lever):
    assert _resultaten(instellingen, "count(*) FROM toetsing.resultaat") == [(0,)]
    lever(V01, csv_tekst(HIC))
    resultaat.na_inname(instellingen, "run1", "hic_monitor")
    with duckdb.connect() as con:
        con.execute(
            "CREATE SCHEMA kwaliteit; CREATE TABLE kwaliteit.resultaat_bouw AS SELECT 'zpm' AS suite, 'ZPM-07' AS expectation, 2::BIGINT AS "
            "aantal_onverwacht, false AS geslaagd"
        )
        for run in ("run1", "run2"):
            resultaat.na_bouw(instellingen, con, run)
    assert _resultaten(
        instellingen,
        "run, suite = 'zpm', sum(aantal_onverwacht)::INT FROM toetsing.resultaat GROUP BY ALL ORDER BY ALL",
    ) == [("run1", False, 0), ("run1", True, 2), ("run2", True, 2)]


def test_de_site_vraagt_niets_van_buiten_en_bevat_geen_waarde_van_een_rij(instellingen, lever):
    lever(
        "wachtlijst_2024-01_ZK20_06290000_v01.csv",
        csv_tekst(WACHTPLEK, {**WACHTPLEK, "wachtplek_id": "W2", "patient_pseudoniem": BSN}),
    )
    uitkomst = resultaat.na_inname(instellingen, "run1", "wachtlijst")
    with duckdb.connect() as con:
        con.execute(
            "CREATE SCHEMA kwaliteit; CREATE TABLE kwaliteit.kerncijfer_vergelijking AS SELECT 'wachtenden' AS kerncijfer, 84000.0 AS "
            "gepubliceerd, DATE '2022-12-31' AS peildatum, 'NZa' AS bron, 42000.0 AS waarde, DATE '2026-10-01' AS maand, 0.5 AS verhouding, "
            "'plekken <> personen' AS definitieverschil, 'wachtenden' AS eenheid"
        )
        kerncijfers.na_bouw(instellingen, con)
    paginas = {
        p.relative_to(instellingen.datadocs).as_posix(): p.read_text() for p in instellingen.datadocs.rglob("*.html")
    }

    assert uitkomst.overtredingen == {"wachtlijst: patient_pseudoniem_vorm": 1}
    assert sorted(p for p in paginas if not p.startswith("codes/")) == [
        "index.html",
        "kerncijfers.html",
        "suites/wachtlijst.html",
        "uitslagen/wachtlijst/run1.html",
    ]
    vorm = "patient_pseudoniem heeft de vorm van een pseudoniem (64 kleine hexadecimale tekens)"
    assert (
        f'<td><a href="../../codes/A06.html">A06</a></td><td>{vorm}</td><td>2</td><td>1</td><td>50,00%</td><td>1 van 1</td>'
        in paginas["uitslagen/wachtlijst/run1.html"]
    )
    assert (
        "<td>84.000 wachtenden</td><td>2022-12-31</td><td>NZa</td><td>42.000</td><td>2026-10</td><td>0,5</td><td>plekken &lt;&gt; personen</td>"
        in (paginas["kerncijfers.html"])
    )
    for naam, tekst in paginas.items():
        assert re.findall(r'(?:src|href)="(?:https?:)?//[^"]*"', tekst) == [], naam
        for verwijzing in re.findall(r'(?:src|href)="([^"#]+)"', tekst):
            assert ((instellingen.datadocs / naam).parent / verwijzing).exists(), (naam, verwijzing)
    bewaard = [
        p.read_bytes() for p in instellingen.data.rglob("*") if p.is_file() and instellingen.landing not in p.parents
    ]
    assert not any(BSN.encode() in inhoud for inhoud in bewaard)
