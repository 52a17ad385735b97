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
    pas_toe(cbs("Bedum;GM0005;ZK09;VR01\nHet Hogeland;GM1966;ZK09;VR01\n", naam="gebieden.csv"), seeds, 2018)
    pas_toe(cbs("Het Hogeland;GM1966;ZK06;VR01\n", naam="gebieden.csv"), seeds, 2025)
    rijen = {r["gemeente_code"]: r["iza_regio"] for r in versie.lees(gebieden.TABEL)}
    assert (rijen["GM0005"], rijen["GM1966"]) == ("ZK09", "ZK06")


def test_history_tells_the_region_of_each_year(cbs, seeds):
    pas_toe(cbs("Groningen;GM0014;ZK06;VR01\n", naam="gebieden.csv"), seeds, 2025)
    pas_toe(cbs("Groningen;GM0014;ZK09;VR01\n", naam="gebieden.csv"), seeds, 2018)
    historie = versie.lees(gebieden.HISTORIE)
    assert [(r["jaar"], r["iza_regio"]) for r in historie] == [("2018", "ZK09"), ("2025", "ZK06")]
    assert {r["gemeente_code"]: r["iza_regio"] for r in versie.lees(gebieden.TABEL)}["GM0014"] == "ZK06"


def test_year_that_is_loaded_again_takes_the_place_of_itself(cbs, seeds):
    pas_toe(cbs("Groningen;GM0014;ZK06;VR01\n", naam="gebieden.csv"), seeds, 2025)
    pas_toe(cbs("Groningen;GM0014;ZK08;VR01\n", naam="gebieden.csv"), seeds, 2025)
    assert [r["iza_regio"] for r in versie.lees(gebieden.HISTORIE)] == ["ZK08"]


def test_region_of_before_becomes_that_of_now(cbs, seeds):
    assert gebieden.stel_voor(cbs("Delft;GM0503;ZK15;VR15\n")).rijen[-1]["iza_regio"] == "ZK33"


def test_rows_that_are_no_gemeente_are_passed_by_and_named(cbs, seeds):
    voorstel = gebieden.stel_voor(cbs("Nederland;NL01;;\nGroningen;GM0014;ZK09;VR01\nBron: CBS;;;\n"))
    assert len(voorstel.historie) == 1
    assert voorstel.fouten == []
    assert voorstel.overgeslagen == ["rij 2: Nederland, NL01", "rij 4: Bron: CBS"]


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


@pytest.mark.parametrize(
    ("naam", "titel"),
    [
        ("Gebieden_86247NED.csv", ""),
        ("Gebieden_in_Nederland_2026.csv", ""),
        ("gebieden.csv", "Gebieden in Nederland 2026\n"),
        ("gebieden.csv", "Tabel 86247NED\n"),
    ],
)
def test_year_that_the_file_tells_is_never_overruled(tmp_path, seeds, naam, titel):
    bestand = tmp_path / naam
    bestand.write_text(titel + KOP + "Groningen;GM0014;ZK09;VR01\n", encoding="utf-8")
    assert gebieden.stel_voor(bestand).jaar == gebieden.stel_voor(bestand, 2026).jaar == 2026
    with pytest.raises(Onbruikbaar, match="volgens naam of titel van 2026, volgens --jaar van 2019"):
        gebieden.stel_voor(bestand, 2019)


def test_file_that_tells_two_years_is_unusable_whatever_year_is_given(tmp_path, seeds):
    bestand = tmp_path / "86247NED.csv"
    bestand.write_text("Gebieden in Nederland 2024\n" + KOP + "Groningen;GM0014;ZK09;VR01\n", encoding="utf-8")
    for jaar in (None, 2026):
        with pytest.raises(Onbruikbaar, match="van 2024 en 2026"):
            gebieden.stel_voor(bestand, jaar)


def test_date_in_the_name_is_no_year_of_the_table(cbs, seeds):
    assert (
        gebieden.stel_voor(cbs("Groningen;GM0014;ZK09;VR01\n", naam="Gebieden in Nederland 2026-05-01.csv"), 2025).jaar
        == 2025
    )


@pytest.mark.parametrize(
    ("kop", "mist"),
    [
        ("Regio's;Gemeentecode (code);Zorgkantoor;Veiligheidsregiocode\n", "iza_regio"),
        ("Plaats;Gemeentecode (code);Zorgkantoorregiocode;Veiligheidsregiocode\n", "gemeente_naam"),
    ],
)
def test_renamed_column_stops_the_command_and_tells_where_to_name_it(tmp_path, seeds, kop, mist):
    bestand = tmp_path / "86247NED.csv"
    bestand.write_text(kop + "Groningen;GM0014;ZK09;VR01\n", encoding="utf-8")
    with pytest.raises(Onbruikbaar) as fout:
        gebieden.stel_voor(bestand)
    assert f"kolom {mist} (gezocht: " in str(fout.value)
    assert f"Gevonden kolommen: {kop.strip().replace(';', ', ')}" in str(fout.value)
    assert str(gebieden.MAPPING) in str(fout.value)


def test_veiligheidsregio_may_be_absent_and_that_is_said(tmp_path, seeds):
    bestand = tmp_path / "86247NED.csv"
    bestand.write_text("Gemeentenaam;Gemeentecode;Zorgkantoorregiocode\nGroningen;GM0014;ZK09\n", encoding="utf-8")
    voorstel = gebieden.stel_voor(bestand)
    assert "zonder kolom veiligheidsregio" in voorstel.afwezig
    assert voorstel.rijen[-1]["veiligheidsregio"] == ""


def gemeenten(*nummers):
    return "".join(f"Gemeente {nummer};GM{nummer:04};ZK09;VR01\n" for nummer in nummers)


def test_known_gemeenten_that_are_missing_are_those_of_the_nearest_year_loaded(cbs, seeds):
    assert gebieden.stel_voor(cbs(gemeenten(14))).verdwenen == ["GM0003"]
    pas_toe(cbs(gemeenten(1, 2, 3), naam="gebieden.csv"), seeds, 2018)
    pas_toe(cbs(gemeenten(1, 2, 14), naam="gebieden.csv"), seeds, 2024)
    voorstel = gebieden.stel_voor(cbs(gemeenten(2, 14)))
    assert (voorstel.vergeleken_met, voorstel.bekend, voorstel.verdwenen) == ("2024", 3, ["GM0001"])


@pytest.mark.parametrize(("over", "te_veel"), [(range(8), False), (range(7), True)])
def test_more_than_a_fifth_of_the_known_gemeenten_missing_is_too_many(cbs, seeds, over, te_veel):
    pas_toe(cbs(gemeenten(*range(10)), naam="gebieden.csv"), seeds, 2025)
    assert gebieden.stel_voor(cbs(gemeenten(*over))).te_veel_verdwenen is te_veel


def test_command_applies_a_table_that_misses_many_gemeenten_only_when_told_to(cbs, seeds, monkeypatch, tmp_path):
    monkeypatch.setenv("GGZ_DATA", str(tmp_path / "data"))
    voor, bestand = gebieden.TABEL.read_bytes(), str(cbs("Groningen;GM0014;ZK06;VR01\nAlmere;0034;ZK21;VR25\n"))
    geweigerd = CliRunner().invoke(cli.gebieden, ["laad", bestand, "--toepassen"])
    assert (geweigerd.exit_code, gebieden.TABEL.read_bytes()) == (1, voor)
    assert "1 van de 2 bekende gemeenten (de indeling van nu) staan er niet in" in geweigerd.output
    assert "1 rijen overgeslagen: geen gemeentecode (GM en vier cijfers):\n  rij 3: Almere, 0034" in geweigerd.output
    toegepast = CliRunner().invoke(cli.gebieden, ["laad", bestand, "--toepassen", "--met-verdwenen-gemeenten"])
    assert toegepast.exit_code == 0
    assert gebieden.TABEL.read_bytes() != voor


def test_file_of_an_unknown_year_or_without_gemeenten_is_unusable(cbs, seeds):
    with pytest.raises(Onbruikbaar, match="geen jaar"):
        gebieden.stel_voor(cbs("Groningen;GM0014;ZK09;VR01\n", naam="gebieden.csv"))
    with pytest.raises(Onbruikbaar, match="geen enkele gemeente"):
        gebieden.stel_voor(cbs("Nederland;NL01;;\n"))


def test_command_shows_and_applies(cbs, seeds, monkeypatch, tmp_path):
    monkeypatch.setenv("GGZ_DATA", str(tmp_path / "data"))
    bestand = str(cbs("Appingedam;GM0003;ZK09;VR01\nGroningen;GM0014;ZK06;VR01\n"))
    getoond = CliRunner().invoke(cli.gebieden, ["laad", bestand])
    assert "2 gemeenten van 2026" in getoond.output
    assert "iza_regio: ZK09 -> ZK06" in getoond.output
    assert "ZK06" not in gebieden.TABEL.read_text(encoding="utf-8")
    assert CliRunner().invoke(cli.gebieden, ["laad", bestand, "--toepassen"]).exit_code == 0
    assert "ZK06" in gebieden.TABEL.read_text(encoding="utf-8")
    assert len(list((tmp_path / "data" / "referentie" / "gemeente_iza_regio").glob("v0*.csv"))) == 2


def test_year_that_changes_only_the_past_is_shown_and_applied(cbs, seeds, monkeypatch, tmp_path):
    monkeypatch.setenv("GGZ_DATA", str(tmp_path / "data"))
    pas_toe(cbs("Groningen;GM0014;ZK09;VR01\n", naam="gebieden.csv"), seeds, 2025)
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
