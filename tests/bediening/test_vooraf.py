"""What a run says before it starts: files with their months, reasons, size, and what such a run took."""

from pathlib import PurePosixPath

from pipelines.bediening import vooraf
from pipelines.bediening.vooraf import Werk
from pipelines.settings import Instellingen


def _werk(bestanden=None, redenen=(), tabellen=0) -> Werk:
    return Werk(bestanden or {}, redenen, tabellen, 2 * tabellen)


def test_wat_er_te_doen_is_staat_per_bron_met_de_maanden_en_de_reden(tmp_path):
    paden = [PurePosixPath(f"bedden/2024-0{m}/ZK02/x.csv") for m in (1, 3, 3)]
    werk = _werk({"bedden": paden, "wachtlijst": []}, ("de code is gewijzigd",), 1)
    assert list(vooraf.in_woorden(werk, Instellingen(data=tmp_path))) == [
        "bedden: 3 bestanden nieuw, gewijzigd of verdwenen (2 maanden van 2024-01 tot en met 2024-03)",
        "wachtlijst: wat al is ingenomen wordt opnieuw getoetst",
        "ook omdat de code is gewijzigd",
        "te bouwen: 1 tabel en 2 toetsen",
    ]


def test_een_run_als_deze_duurde_wat_de_meest_gelijkende_duurde(tmp_path):
    instellingen = Instellingen(data=tmp_path)
    assert vooraf.verwacht(instellingen, _werk(tabellen=9)) is None
    for tabellen, seconden in ((240, 90), (10, 12), (240, 100)):
        vooraf.onthoud(instellingen, _werk(tabellen=tabellen), seconden)
    assert vooraf.verwacht(instellingen, _werk(tabellen=9)) == 12
    assert vooraf.verwacht(instellingen, _werk(tabellen=200)) == 100  # of two alike the newest
    assert list(vooraf.in_woorden(_werk(tabellen=9), instellingen))[-1].endswith("een run als deze duurde 12 s")


def test_de_eerste_keer_wordt_alles_gebouwd_en_is_er_niets_om_opnieuw_te_toetsen(tmp_path):
    (tmp_path / "landing").mkdir()
    werk = vooraf.bedenk(Instellingen(data=tmp_path))
    assert (werk.bestanden, werk.redenen, werk.niets) == ({}, (), False)
    assert werk.tabellen > 200 and werk.toetsen > 300
