"""CBS areas per year: the newest region of every gemeente that ever was, and the history behind it."""

import shutil

import pytest
from click.testing import CliRunner

from pipelines.referentie import cli, gebieden, versie
from pipelines.referentie.werkblad import Onbruikbaar
from pipelines.settings import PROJECT

KOP = "Regio's;Gemeentecode (code);Zorgkantoorregio's/Code (code);Veiligheidsregio's/Code (code)\n"


@pytest.fixture
def seeds(tmp_path, monkeypatch):
    doel = tmp_path / "seeds"
    doel.mkdir()
    monkeypatch.setattr(gebieden, "TABEL", doel / "gemeente_iza_regio.csv")
    monkeypatch.setattr(gebieden, "HISTORIE", doel / "gemeente_iza_regio_jaar.csv")
    gebieden.TABEL.write_text(
        "gemeente_code,gemeente_naam,iza_regio,veiligheidsregio,herkomst\n"
        "GM0003,Appingedam,ZK09,VR01,voorbeeld\nGM0014,Groningen,ZK09,VR01,voorbeeld\n",
        encoding="utf-8",
    )
    return doel


@pytest.fixture
def cbs(tmp_path):
    def maak(inhoud, naam="86247NED.csv"):
        bestand = tmp_path / naam
        bestand.write_text(KOP + inhoud, encoding="utf-8")
        return bestand

    return maak


def pas_toe(bestand, seeds, jaar=None):
    return gebieden.pas_toe(gebieden.stel_voor(bestand, jaar), bestand, seeds.parent / "archief")


def test_year_follows_from_the_table_number_in_the_name(cbs, seeds):
    assert gebieden.stel_voor(cbs("Groningen;GM0014;ZK09;VR01\n")).jaar == 2026


def test_gemeente_moves_to_its_new_region_and_others_stay(cbs, seeds):
    voorstel = gebieden.stel_voor(cbs("Groningen;GM0014  ;ZK06;VR01\n"))
    assert voorstel.verschil.gewijzigd[("GM0014",)]["iza_regio"] == ("ZK09", "ZK06")
    assert voorstel.verschil.vervallen == {}
    assert [(r["gemeente_code"], r["iza_regio"]) for r in voorstel.rijen] == [("GM0003", "ZK09"), ("GM0014", "ZK06")]


def test_gemeente_that_merged_away_keeps_its_last_region(cbs, seeds):
    pas_toe(cbs("Bedum;GM0005;ZK09;VR01\nHet Hogeland;GM1966;ZK09;VR01\n"), seeds, 2018)
    pas_toe(cbs("Het Hogeland;GM1966;ZK06;VR01\n"), seeds, 2025)
    rijen = {r["gemeente_code"]: r["iza_regio"] for r in versie.lees(gebieden.TABEL)}
    assert (rijen["GM0005"], rijen["GM1966"]) == ("ZK09", "ZK06")


def test_history_tells_the_region_of_each_year(cbs, seeds):
    pas_toe(cbs("Groningen;GM0014;ZK06;VR01\n"), seeds, 2025)
    pas_toe(cbs("Groningen;GM0014;ZK09;VR01\n"), seeds, 2018)
    historie = versie.lees(gebieden.HISTORIE)
    assert [(r["jaar"], r["iza_regio"]) for r in historie] == [("2018", "ZK09"), ("2025", "ZK06")]
    assert {r["gemeente_code"]: r["iza_regio"] for r in versie.lees(gebieden.TABEL)}["GM0014"] == "ZK06"


def test_year_that_is_loaded_again_takes_the_place_of_itself(cbs, seeds):
    pas_toe(cbs("Groningen;GM0014;ZK06;VR01\n"), seeds, 2025)
    pas_toe(cbs("Groningen;GM0014;ZK08;VR01\n"), seeds, 2025)
    assert [r["iza_regio"] for r in versie.lees(gebieden.HISTORIE)] == ["ZK08"]


def test_region_of_before_becomes_that_of_now(cbs, seeds):
    assert gebieden.stel_voor(cbs("Delft;GM0503;ZK15;VR15\n")).rijen[-1]["iza_regio"] == "ZK33"


def test_rows_that_are_no_gemeente_are_passed_by(cbs, seeds):
    voorstel = gebieden.stel_voor(cbs("Nederland;NL01;;\nGroningen;GM0014;ZK09;VR01\nBron: CBS;;;\n"))
    assert len(voorstel.historie) == 1
    assert voorstel.fouten == []


@pytest.mark.parametrize(
    ("inhoud", "fout"),
    [
        ("Groningen;GM0014;ZK05;VR01\n", "ZK05 staat niet in"),
        ("Groningen;GM0014;;VR01\n", "(leeg) staat niet in"),
        ("Groningen;GM0014;ZK09;VR01\nGroningen;GM0014;ZK09;VR01\n", "meer dan één keer"),
    ],
)
def test_table_with_errors_is_not_applied(cbs, seeds, inhoud, fout):
    voorstel = gebieden.stel_voor(cbs(inhoud))
    assert fout in voorstel.fouten[0]
    with pytest.raises(ValueError):
        gebieden.pas_toe(voorstel, cbs(inhoud), seeds.parent / "archief")


def test_file_of_an_unknown_year_or_without_gemeenten_is_unusable(cbs, seeds):
    with pytest.raises(Onbruikbaar, match="geen jaar"):
        gebieden.stel_voor(cbs("Groningen;GM0014;ZK09;VR01\n", naam="gebieden.csv"))
    with pytest.raises(Onbruikbaar, match="geen enkele gemeente"):
        gebieden.stel_voor(cbs("Nederland;NL01;;\n"))


def test_command_shows_and_applies(cbs, seeds, monkeypatch, tmp_path):
    monkeypatch.setenv("GGZ_DATA", str(tmp_path / "data"))
    bestand = str(cbs("Groningen;GM0014;ZK06;VR01\n"))
    getoond = CliRunner().invoke(cli.gebieden, ["laad", bestand])
    assert "iza_regio: ZK09 -> ZK06" in getoond.output
    assert "ZK06" not in gebieden.TABEL.read_text(encoding="utf-8")
    assert CliRunner().invoke(cli.gebieden, ["laad", bestand, "--toepassen"]).exit_code == 0
    assert "ZK06" in gebieden.TABEL.read_text(encoding="utf-8")
    assert len(list((tmp_path / "data" / "referentie" / "gemeente_iza_regio").glob("v0*.csv"))) == 2


def test_year_that_changes_only_the_past_is_shown_and_applied(cbs, seeds, monkeypatch, tmp_path):
    monkeypatch.setenv("GGZ_DATA", str(tmp_path / "data"))
    pas_toe(cbs("Groningen;GM0014;ZK09;VR01\n"), seeds, 2025)
    vroeger = str(cbs("Groningen;GM0014;ZK06;VR01\n", naam="gebieden.csv"))
    getoond = CliRunner().invoke(cli.gebieden, ["laad", vroeger, "--jaar", "2018"])
    assert "nieuw 1, vervallen 0, gewijzigd 0\n  + GM0014 2018\nnieuw 0, vervallen 0, gewijzigd 0" in getoond.output
    toegepast = CliRunner().invoke(cli.gebieden, ["laad", vroeger, "--jaar", "2018", "--toepassen"])
    assert "Toegepast" in toegepast.output
    assert [(r["jaar"], r["iza_regio"]) for r in versie.lees(gebieden.HISTORIE)] == [("2018", "ZK06"), ("2025", "ZK09")]
    assert (
        "Er was niets te wijzigen"
        in CliRunner().invoke(cli.gebieden, ["laad", vroeger, "--jaar", "2018", "--toepassen"]).output
    )


def test_loading_the_seed_itself_as_a_year_changes_no_region(tmp_path, seeds):
    shutil.copy(PROJECT / "seeds" / "gemeente_iza_regio.csv", gebieden.TABEL)
    rijen = versie.lees(gebieden.TABEL)
    bestand = tmp_path / "86247NED.csv"
    bestand.write_text(
        KOP
        + "".join(
            f"{r['gemeente_naam']};{r['gemeente_code']};{r['iza_regio']};{r['veiligheidsregio']}\n" for r in rijen
        ),
        encoding="utf-8",
    )
    verschil = gebieden.stel_voor(bestand).verschil
    assert not verschil.nieuw
    assert not verschil.vervallen
    assert {kolom for kolommen in verschil.gewijzigd.values() for kolom in kolommen} == {"herkomst"}
