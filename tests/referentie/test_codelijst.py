"""The NZa workbook in the place of the example list: read, judged, shown, applied, kept."""

import re
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from click.testing import CliRunner

from pipelines.referentie import cli, codelijst, versie
from pipelines.referentie.werkblad import Onbruikbaar

KOP = ["Prestatiecode", "Omschrijving", "Setting", "Verzorgingsgraad", "Beveiligingsniveau", "Begindatum", "Einddatum"]
BLADEN = {
    "Prestatie": [
        KOP,
        ["CO0001", "Consult", "", "", "", "01-01-2022", ""],
        ["VD0008", "Verblijfsdag A", "", "", "", "01-01-2022", ""],
        ["OV0001", "ECT", "", "", "", "20220101", "99991231"],
        ["TC0001", "Tolk", "", "", "", "01-01-2022", "31-12-2023"],
        ["GC0001", "Groepsconsult", "", "", "", "01-01-2022", ""],
    ],
    "Consult": [["Codelijst zorgprestatiemodel"], [], KOP, ["CO0001", "", "S04", "", "", "", ""]],
    "Groepsconsult": [KOP, ["GC0001", "", "Outreachend", "", "", "", ""]],
    "Verblijfsdag": [KOP, ["VD0008", "", "", "a", "2", "", ""]],
    "Overige Prestaties": [KOP, ["OV0001", "", "", "", "", "", ""]],
    "Toeslag consult": [KOP, ["TC0001", "", "", "", "", "", ""]],
    "Toeslag verblijfsdag": [KOP],
}


LEEG = Path("geen-opslag")


def opslag(tmp_path: Path, rijen: list[tuple]) -> Path:
    """A store with one delivery of these (prestatiecode, begindatum, codes)."""
    doel = tmp_path / "data" / "aanlevering" / "declaraties" / "2024-05" / "ZK09"
    doel.mkdir(parents=True, exist_ok=True)
    codes, dagen, oordelen = zip(*rijen, strict=True)
    pq.write_table(
        pa.table(
            {
                "prestatiecode": codes,
                "begindatum": [dag and date.fromisoformat(dag) for dag in dagen],
                "codes": pa.array(oordelen, pa.string()),
            }
        ),
        doel / "x.parquet",
    )
    return tmp_path / "data" / "aanlevering"


@pytest.fixture
def werkboek(tmp_path):
    def maak(**bladen):
        bestand = tmp_path / "codelijst.xlsx"
        with xlsxwriter.Workbook(bestand) as boek:
            for naam, rijen in {**BLADEN, **bladen}.items():
                if rijen is None:
                    continue
                blad = boek.add_worksheet(naam)
                for nummer, rij in enumerate(rijen):
                    blad.write_row(nummer, 0, rij)
        return bestand

    return maak


@pytest.fixture
def tabel(tmp_path, monkeypatch):
    doel = tmp_path / "zpm_prestatie.csv"
    doel.write_text(
        ",".join(codelijst.KOLOMMEN) + "\nXCO0001,Voorbeeld,consult,1,,,N,2022-01-01,,voorbeeld\n", encoding="utf-8"
    )
    monkeypatch.setattr(codelijst, "TABEL", doel)
    return doel


def rij_van(voorstel, code):
    return next(rij for rij in voorstel.rijen if rij["prestatiecode"] == code)


def test_every_tab_gives_its_prestatietype_and_its_own_columns(werkboek, tabel):
    voorstel = codelijst.stel_voor(werkboek(), LEEG)
    assert voorstel.fouten == []
    assert [
        (r["prestatiecode"], r["prestatietype"], r["setting"], r["verzorgingsgraad"], r["beveiligingsniveau"])
        for r in voorstel.rijen
    ] == [
        ("CO0001", "consult", "4", "", ""),
        ("GC0001", "groepsconsult", "4", "", ""),
        ("OV0001", "overig", "", "", ""),
        ("TC0001", "toeslag", "", "", ""),
        ("VD0008", "verblijfsdag", "", "A", "2"),
    ]


def test_tab_prestatie_fills_what_another_tab_leaves_out(werkboek, tabel):
    voorstel = codelijst.stel_voor(werkboek(), LEEG)
    assert rij_van(voorstel, "TC0001") == {
        "prestatiecode": "TC0001",
        "omschrijving": "Tolk",
        "prestatietype": "toeslag",
        "setting": "",
        "verzorgingsgraad": "",
        "beveiligingsniveau": "",
        "acuut_binnen_budget": "N",
        "geldig_van": "2022-01-01",
        "geldig_tot": "2023-12-31",
        "herkomst": "NZa: codelijst.xlsx",
    }
    assert rij_van(voorstel, "OV0001")["geldig_tot"] == ""


def test_acute_ggz_within_the_budget_is_known_by_its_omschrijving(werkboek, tabel):
    voorstel = codelijst.stel_voor(
        werkboek(Consult=[KOP, ["CO0001", "Consult acute ggz binnen budget", "", "", "", "", ""]]), LEEG
    )
    assert (rij_van(voorstel, "CO0001")["acuut_binnen_budget"], rij_van(voorstel, "CO0001")["setting"]) == ("J", "")


@pytest.mark.parametrize(
    ("blad", "rij", "fout"),
    [
        ("Consult", ["CO0001", "", "9", "", "", "", ""], "setting"),
        ("Consult", ["CO0001", "", "1", "", "", "gisteren", ""], "geldig_van is geen datum"),
        ("Consult", ["CO0001", "", "1", "", "", "2024-01-01", "2023-12-31"], "geldig_tot ligt voor geldig_van"),
        ("Consult", ["", "", "1", "", "", "", ""], "geen prestatiecode"),
        ("Verblijfsdag", ["VD0008", "", "", "Z", "2", "", ""], "verzorgingsgraad"),
        ("Verblijfsdag", ["VD0008", "", "", "A", "1", "", ""], "beveiligingsniveau"),
    ],
)
def test_row_that_fits_no_type_is_an_error(werkboek, tabel, blad, rij, fout):
    voorstel = codelijst.stel_voor(werkboek(**{blad: [KOP, rij]}), LEEG)
    assert any(fout in regel for regel in voorstel.fouten)
    with pytest.raises(ValueError):
        codelijst.pas_toe(voorstel, tabel, tabel.parent / "archief")


def periode(van, tot):
    return ["CO0001", "", "1", "", "", van, tot]


def test_periods_of_one_code_may_follow_each_other_but_share_no_day(werkboek, tabel):
    volgend = codelijst.stel_voor(
        werkboek(Consult=[KOP, periode("2022-01-01", "2022-12-31"), periode("2023-01-01", "")]), LEEG
    )
    dubbel = codelijst.stel_voor(
        werkboek(Consult=[KOP, periode("2022-01-01", "2023-01-01"), periode("2023-01-01", "")]), LEEG
    )
    assert volgend.fouten == []
    assert dubbel.fouten == [
        "perioden van één code overlappen vanaf 2023-01-01: tabblad Consult, rij 2, prestatiecode CO0001 "
        "en tabblad Consult, rij 3, prestatiecode CO0001; laat ze op elkaar aansluiten"
    ]


def algemeen(*perioden):
    """Tab Prestatie with these periods for CO0001 in the place of its own."""
    return [
        KOP,
        *(["CO0001", omschrijving, "", "", "", van, tot] for omschrijving, van, tot in perioden),
        *BLADEN["Prestatie"][2:],
    ]


def test_two_periods_on_tab_prestatie_alone_both_stay(werkboek, tabel):
    voorstel = codelijst.stel_voor(
        werkboek(Prestatie=algemeen(("Oud", "2022-01-01", "2023-12-31"), ("Nieuw", "2024-01-01", ""))), LEEG
    )
    assert voorstel.fouten == []
    assert [
        (r["omschrijving"], r["setting"], r["geldig_van"], r["geldig_tot"])
        for r in voorstel.rijen
        if r["prestatiecode"] == "CO0001"
    ] == [("Oud", "4", "2022-01-01", "2023-12-31"), ("Nieuw", "4", "2024-01-01", "")]


def test_row_with_a_date_of_its_own_is_filled_from_the_period_that_holds_it(werkboek, tabel):
    voorstel = codelijst.stel_voor(
        werkboek(
            Prestatie=algemeen(("Oud", "2022-01-01", "2023-12-31"), ("Nieuw", "2024-01-01", "")),
            Consult=[KOP, ["CO0001", "", "1", "", "", "2022-01-01", ""], ["CO0001", "", "2", "", "", "2024-01-01", ""]],
        ),
        LEEG,
    )
    assert voorstel.fouten == []
    assert [
        (r["omschrijving"], r["setting"], r["geldig_tot"]) for r in voorstel.rijen if r["prestatiecode"] == "CO0001"
    ] == [("Oud", "1", "2023-12-31"), ("Nieuw", "2", "")]


def test_open_end_that_a_row_states_itself_goes_before_the_end_on_tab_prestatie(werkboek, tabel):
    voorstel = codelijst.stel_voor(
        werkboek(**{"Toeslag consult": [KOP, ["TC0001", "", "", "", "", "01-01-2022", "31-12-9999"]]}), LEEG
    )
    assert (voorstel.fouten, rij_van(voorstel, "TC0001")["geldig_tot"]) == ([], "")


def test_periods_that_overlap_on_tab_prestatie_are_an_error(werkboek, tabel):
    voorstel = codelijst.stel_voor(
        werkboek(
            Prestatie=algemeen(("Oud", "2022-01-01", ""), ("Nieuw", "2024-01-01", "")),
            Consult=[KOP, periode("2022-01-01", "")],
        ),
        LEEG,
    )
    assert voorstel.fouten == [
        "perioden van één code overlappen vanaf 2024-01-01: tabblad Prestatie, rij 2, prestatiecode CO0001 "
        "en tabblad Prestatie, rij 3, prestatiecode CO0001; laat ze op elkaar aansluiten"
    ]


def test_period_on_tab_prestatie_that_no_other_tab_takes_up_is_an_error(werkboek, tabel):
    voorstel = codelijst.stel_voor(
        werkboek(
            Prestatie=algemeen(("Oud", "2022-01-01", "2023-12-31"), ("Nieuw", "2024-01-01", "")),
            Consult=[KOP, periode("2022-01-01", "")],
        ),
        LEEG,
    )
    assert [
        "rij 3, prestatiecode CO0001: staat voor deze periode op geen ander tabblad" in f for f in voorstel.fouten
    ] == [True]


def test_code_in_no_tab_of_its_own_is_an_error(werkboek, tabel):
    voorstel = codelijst.stel_voor(werkboek(Groepsconsult=[KOP]), LEEG)
    assert [fout.partition(";")[0] for fout in voorstel.fouten] == [
        "tabblad Prestatie, rij 6, prestatiecode GC0001: staat voor deze periode op geen ander tabblad"
    ]


def test_code_without_a_begindatum_on_any_tab_is_an_error(werkboek, tabel):
    voorstel = codelijst.stel_voor(werkboek(Groepsconsult=[*BLADEN["Groepsconsult"], ["GC0002", "", "1"]]), LEEG)
    assert voorstel.fouten == [
        "tabblad Groepsconsult, rij 3, prestatiecode GC0002: geen begindatum, ook niet op tabblad Prestatie"
    ]


def hernoemd(blad, **namen):
    """The rows of a tab with other names in its header."""
    return [[namen.get(cel, cel) for cel in rij] if "Prestatiecode" in rij else rij for rij in BLADEN[blad]]


@pytest.mark.parametrize(
    ("blad", "kop", "kolom"),
    [
        ("Prestatie", "Begindatum", "geldig_van"),
        ("Prestatie", "Einddatum", "geldig_tot"),
        ("Prestatie", "Omschrijving", "omschrijving"),
        ("Consult", "Prestatiecode", "prestatiecode"),
        ("Consult", "Setting", "setting"),
        ("Groepsconsult", "Setting", "setting"),
        ("Verblijfsdag", "Verzorgingsgraad", "verzorgingsgraad"),
        ("Verblijfsdag", "Beveiligingsniveau", "beveiligingsniveau"),
        ("Toeslag verblijfsdag", "Prestatiecode", "prestatiecode"),
    ],
)
def test_renamed_column_stops_the_command_and_tells_where_to_name_it(werkboek, tabel, blad, kop, kolom):
    with pytest.raises(Onbruikbaar) as fout:
        codelijst.stel_voor(werkboek(**{blad: hernoemd(blad, **{kop: "Anders"})}), LEEG)
    gevonden = ", ".join("Anders" if cel == kop else cel for cel in KOP)
    assert str(fout.value).startswith(f"tabblad {blad}: geen kopregel met kolom {kolom} (gezocht: {kop} of ")
    assert f"Gevonden kolommen: {gevonden}. " in str(fout.value)
    assert str(codelijst.MAPPING) in str(fout.value)


def test_column_that_may_be_absent_is_filled_from_tab_prestatie_and_named(werkboek, tabel):
    voorstel = codelijst.stel_voor(
        werkboek(**{"Toeslag consult": hernoemd("Toeslag consult", Begindatum="Start", Einddatum="Stop")}), LEEG
    )
    assert voorstel.fouten == []
    assert rij_van(voorstel, "TC0001")["geldig_tot"] == "2023-12-31"
    (gezegd,) = [regel for regel in voorstel.afwezig if regel.startswith("tabblad Toeslag consult zonder kolom")]
    assert (
        "geldig_tot (gezocht: Einddatum of Expiratiedatum of Datum einde of Geldig tot): die van tabblad Prestatie geldt"
        in gezegd
    )
    assert gezegd.endswith("Beveiligingsniveau, Start, Stop")


@pytest.mark.parametrize("plek", [["Toelichting: dit is een voetnoot"], [""] * 7 + ["Versie 3"]])
def test_footnote_is_no_prestatie_and_is_named(werkboek, tabel, plek):
    voorstel = codelijst.stel_voor(werkboek(Consult=[*BLADEN["Consult"], [], plek]), LEEG)
    assert (voorstel.fouten, len(voorstel.rijen)) == ([], 5)
    assert voorstel.voetnoten == [f"tabblad Consult, rij 6: {plek[-1]}"]


@pytest.mark.parametrize("code", ["co0001", "CO 0001", "12345", "Toelichting"])
def test_row_with_other_cells_beside_what_is_no_prestatiecode_is_an_error(werkboek, tabel, code):
    voorstel = codelijst.stel_voor(werkboek(Consult=[*BLADEN["Consult"], [code, "Consult", "1"]]), LEEG)
    assert [
        fout.startswith(f"tabblad Consult, rij 5, prestatiecode {code}: heeft niet de vorm") for fout in voorstel.fouten
    ] == [True]
    assert code not in {rij["prestatiecode"] for rij in voorstel.rijen}


def test_every_code_of_the_seed_has_the_form_of_a_prestatiecode():
    vorm = codelijst._mapping()["prestatiecode_vorm"]
    assert [
        r["prestatiecode"] for r in versie.lees(codelijst.TABEL) if not re.fullmatch(vorm, r["prestatiecode"])
    ] == []


def test_codes_of_accepted_rows_that_the_list_does_not_hold_on_their_day_are_named(werkboek, tabel, tmp_path):
    rijen = [
        ("CO0001", "2024-01-01", None),
        ("TC0001", "2023-12-31", None),
        ("XCO0001", "2024-01-01", None),
        ("XCO0002", "2024-01-01", "A03"),
        (None, "2024-01-01", None),
    ]
    assert codelijst.stel_voor(werkboek(), opslag(tmp_path, rijen)).onbekend == ["XCO0001"]
    assert codelijst.stel_voor(werkboek(), opslag(tmp_path, [*rijen, ("TC0001", "2024-01-01", None)])).onbekend == [
        "TC0001",
        "XCO0001",
    ]


def test_codes_of_refused_rows_that_no_list_holds_are_named_with_their_rows(werkboek, tabel, tmp_path):
    rijen = [
        ("ZZ0001", "2024-01-01", "A03"),
        ("ZZ0001", "2024-01-02", "A01,A03"),
        ("XCO0001", "2021-12-31", "A03"),
        ("XCO0001", "2024-01-01", "A01"),
        ("CO0001", "2024-01-01", "A03"),
        ("CO0001", None, "A01"),
        ("ZZ0002", None, "A01,A03"),
        (None, "2024-01-01", "A01"),
    ]
    voorstel = codelijst.stel_voor(werkboek(), opslag(tmp_path, rijen))
    assert (voorstel.onbekend, voorstel.blijft_onbekend) == ([], [("XCO0001", 1), ("ZZ0001", 2), ("ZZ0002", 1)])


def test_difference_is_shown_before_anything_changes(werkboek, tabel):
    voor = tabel.read_bytes()
    verschil = codelijst.stel_voor(werkboek(), LEEG).verschil
    assert set(verschil.vervallen) == {("XCO0001", "2022-01-01")}
    assert len(verschil.nieuw) == 5
    assert tabel.read_bytes() == voor


def test_applying_replaces_the_seed_and_keeps_both_versions(werkboek, tabel):
    voor, archief = tabel.read_bytes(), tabel.parent / "archief"
    bestand = werkboek()
    bewaard = codelijst.pas_toe(codelijst.stel_voor(bestand, LEEG), bestand, archief)
    assert bewaard.read_bytes() == tabel.read_bytes() != voor
    assert [(r["versie"], r["bron"], r["rijen"]) for r in versie.lees(archief / "versies.csv")] == [
        ("1", "wat er stond", "1"),
        ("2", "codelijst.xlsx", "5"),
    ]
    assert next(archief.glob("v001_*.csv")).read_bytes() == voor


def test_applying_twice_changes_nothing(werkboek, tabel):
    archief, bestand = tabel.parent / "archief", werkboek()
    codelijst.pas_toe(codelijst.stel_voor(bestand, LEEG), bestand, archief)
    opnieuw = codelijst.stel_voor(bestand, LEEG)
    assert not opnieuw.verschil
    assert codelijst.pas_toe(opnieuw, bestand, archief) is None
    assert len(list(archief.glob("v*_*.csv"))) == 2


def test_seed_has_the_columns_that_it_had():
    assert tuple(versie.lees(codelijst.TABEL)[0]) == codelijst.KOLOMMEN


@pytest.mark.parametrize(
    ("bladen", "zegt"),
    [({"Verblijfsdag": None}, "tabblad Verblijfsdag ontbreekt"), ({"Consult": [["Iets", "Anders"]]}, "geen kopregel")],
)
def test_workbook_without_a_tab_or_column_is_no_code_list(werkboek, tabel, bladen, zegt):
    with pytest.raises(Onbruikbaar, match=zegt):
        codelijst.stel_voor(werkboek(**bladen), LEEG)


def test_file_that_is_no_workbook_is_no_code_list(tmp_path, tabel):
    bestand = tmp_path / "lijst.xlsx"
    bestand.write_bytes(b"geen werkboek")
    with pytest.raises(Onbruikbaar, match="niet te lezen"):
        codelijst.stel_voor(bestand, LEEG)


def test_command_shows_and_changes_nothing_until_told_to(werkboek, tabel, monkeypatch, tmp_path):
    monkeypatch.setenv("GGZ_DATA", str(tmp_path / "data"))
    voor, bestand = tabel.read_bytes(), str(werkboek())
    getoond = CliRunner().invoke(cli.codelijst, ["laad", bestand])
    assert (getoond.exit_code, tabel.read_bytes()) == (0, voor)
    assert "nieuw 5, vervallen 1, gewijzigd 0" in getoond.output
    toegepast = CliRunner().invoke(cli.codelijst, ["laad", bestand, "--toepassen"])
    assert toegepast.exit_code == 0
    assert b"CO0001" in tabel.read_bytes()


def test_command_does_not_make_rows_of_deliveries_unknown_unless_told_to(werkboek, tabel, monkeypatch, tmp_path):
    monkeypatch.setenv("GGZ_DATA", str(tmp_path / "data"))
    opslag(tmp_path, [("XCO0001", "2024-01-01", None)])
    bestand = str(werkboek())
    geweigerd = CliRunner().invoke(cli.codelijst, ["laad", bestand, "--toepassen"])
    assert geweigerd.exit_code == 1
    assert "XCO0001" in geweigerd.output
    assert CliRunner().invoke(cli.codelijst, ["laad", bestand, "--toepassen", "--met-onbekende-codes"]).exit_code == 0


def test_command_names_what_it_left_out_and_what_stays_unknown_and_applies(werkboek, tabel, monkeypatch, tmp_path):
    monkeypatch.setenv("GGZ_DATA", str(tmp_path / "data"))
    opslag(tmp_path, [("ZZ0001", "2024-01-01", "A03")])
    bestand = str(werkboek(Consult=[*BLADEN["Consult"], ["Toelichting: dit is een voetnoot"]]))
    uit = CliRunner().invoke(cli.codelijst, ["laad", bestand, "--toepassen"])
    assert uit.exit_code == 0
    assert "  tabblad Consult, rij 5: Toelichting: dit is een voetnoot\n" in uit.output
    assert "1 codes van geweigerde rijen waren onbekend en blijven het:\n  ZZ0001 (1 rijen)\n" in uit.output
    assert "  tabblad Overige Prestaties zonder kolom acuut_binnen_budget (gezocht: " in uit.output
    assert b"voetnoot" not in tabel.read_bytes()


def test_command_says_in_one_line_what_is_wrong_with_a_file(tmp_path, monkeypatch):
    monkeypatch.setenv("GGZ_DATA", str(tmp_path))
    uit = CliRunner().invoke(cli.codelijst, ["laad", str(tmp_path / "weg.xlsx")])
    assert (uit.exit_code, "bestaat niet" in uit.output) == (1, True)
