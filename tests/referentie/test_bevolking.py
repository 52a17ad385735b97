"""CBS inhabitants per gemeente and age: a year comes in, in the place of itself, or is refused in words."""

import pytest
from click.testing import CliRunner

from pipelines.referentie import bevolking, cli, versie
from pipelines.referentie.werkblad import Onbruikbaar

STATLINE = (
    "WijkenEnBuurten;Codering_3;k_0Tot15Jaar_8;k_15Tot25Jaar_9;k_25Tot45Jaar_10;k_45Tot65Jaar_11;k_65JaarOfOuder_12\n"
)
KWB = "gwb_code;recs;a_inw;a_00_14;a_15_24;a_25_44;a_45_64;a_65_oo\n"


@pytest.fixture
def seed(tmp_path, monkeypatch):
    tabel = tmp_path / "seeds" / "bevolking.csv"
    tabel.parent.mkdir()
    tabel.write_text(
        "jaar,gemeente_code,leeftijd_van,leeftijd_tot,inwoners\n2023,GM0014,0,14,100\n2024,GM0014,0,14,7\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(bevolking, "TABEL", tabel)
    return tabel


def bestand(tmp_path, inhoud, naam="kwb-2024.csv"):
    pad = tmp_path / naam
    pad.write_text(inhoud, encoding="utf-8")
    return pad


@pytest.mark.parametrize(
    "inhoud",
    [
        STATLINE + "NL00;NL00;9;9;9;9;9\nGM0014;GM0014    ;10;20;30;40;50\nWK001400;WK001400;1;1;1;1;1\n",
        KWB + "NL00;Land;9;9;9;9;9;9\nGM0014;Gemeente;150;10;20;30;40;50\nBU00140000;Buurt;5;1;1;1;1;1\n",
    ],
)
def test_year_takes_the_place_of_itself_and_other_years_stay(tmp_path, seed, inhoud):
    bron = bestand(tmp_path, inhoud)
    voorstel = bevolking.stel_voor(bron)
    assert (voorstel.jaar, voorstel.gemeenten, voorstel.inwoners) == (2024, 1, 150)
    bevolking.pas_toe(voorstel, bron, tmp_path / "archief")
    assert [tuple(rij.values()) for rij in versie.lees(seed)] == [
        ("2023", "GM0014", "0", "14", "100"),
        ("2024", "GM0014", "0", "14", "10"),
        ("2024", "GM0014", "15", "24", "20"),
        ("2024", "GM0014", "25", "44", "30"),
        ("2024", "GM0014", "45", "64", "40"),
        ("2024", "GM0014", "65", "", "50"),
    ]


@pytest.mark.parametrize(
    ("rij", "fout"),
    [
        ("GM0014;Gemeente;1;1;1;.;1;1\n", "is geen aantal: ."),
        ("GM0014;Gemeente;1;1;1;1;1;1\nGM0014;Gemeente;1;1;1;1;1;1\n", "meer dan één keer"),
        ("GM0014;Gemeente;1;1;1;1;1;1\nGM9999;Gemeente;1;1;1;1;1;1\n", "ligt in geen regio"),
        ("GM0034;Gemeente;1;1;1;1;1;1\n", "ontbreken: GM0014"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_applied(tmp_path, seed, rij, fout):
    voor = seed.read_bytes()
    uit = CliRunner().invoke(cli.gebieden, ["bevolking", str(bestand(tmp_path, KWB + rij)), "--toepassen"])
    assert uit.exit_code == 1 and fout in uit.output
    assert seed.read_bytes() == voor


def test_year_is_told_by_the_file_or_given(tmp_path, seed):
    rij = KWB + "GM0014;Gemeente;1;1;1;1;1;1\n"
    assert bevolking.stel_voor(bestand(tmp_path, rij, "inwoners.csv"), 2025).jaar == 2025
    with pytest.raises(Onbruikbaar, match="blijkt geen jaar"):
        bevolking.stel_voor(bestand(tmp_path, rij, "inwoners.csv"))
    with pytest.raises(Onbruikbaar, match="volgens --jaar van 2023"):
        bevolking.stel_voor(bestand(tmp_path, rij), 2023)


def test_a_file_without_a_gemeente_is_no_such_table(tmp_path, seed):
    with pytest.raises(Onbruikbaar, match="geen enkele gemeente"):
        bevolking.stel_voor(bestand(tmp_path, KWB + "NL00;Land;9;9;9;9;9;9\n"))
