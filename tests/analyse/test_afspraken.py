"""What was agreed, read from the files as users keep them."""

import pytest

from pipelines.analyse.afspraken import lees

KOP = "iza_regio,cluster,capaciteit_type,jaar,plaatsen,partijen,bron,vastgesteld_op\n"


@pytest.fixture
def afspraken(tmp_path):
    """Writes files (name -> text or bytes) and reads them."""

    def _lees(**bestanden):
        for naam, inhoud in bestanden.items():
            pad = tmp_path / f"{naam}.csv"
            pad.write_bytes(inhoud if isinstance(inhoud, bytes) else inhoud.encode("utf-8"))
        alle, fouten = lees(tmp_path, {"ZK01", "ZK02"}, {"klinisch", "acuut"})
        return alle[["iza_regio", "jaar", "plaatsen"]].values.tolist(), fouten

    return _lees


def test_the_last_agreed_counts_and_every_spelling_of_csv_is_read(afspraken):
    assert afspraken(
        a=KOP
        + "ZK01,klinisch,bed,2026,10,GGZ en zorgkantoor,plan,2025-06-01\nZK01,klinisch,bed,2026,12,x,y,2025-05-01\n",
        b="﻿" + KOP.replace(",", ";") + "\nZK02; klinisch ;bed;2026;0;x;y;2025-06-01\n;;;;;;;\n",
    ) == ([["ZK01", 2026, 10], ["ZK02", 2026, 0]], [])


@pytest.mark.parametrize(
    "rij, waarom",
    [
        ("ZK09,klinisch,bed,2026,1,x,y,2025-06-01", "iza_regio ZK09 bestaat niet"),
        ("ZK01,kliniek,bed,2026,1,x,y,2025-06-01", "cluster kliniek bestaat niet"),
        ("ZK01,klinisch,,2026,1,x,y,2025-06-01", "capaciteit_type (leeg) bestaat niet"),
        ("ZK01,klinisch,bed,2026,-1,x,y,2025-06-01", "plaatsen -1 is geen geheel getal van nul of meer"),
        ("ZK01,klinisch,bed,26,1,x,y,2025-06-01", "jaar 26 ligt niet tussen 2015 en 2100"),
        ("ZK01,klinisch,bed,2026,1,x,y,1-6-2025", "vastgesteld_op 1-6-2025 is geen datum (jjjj-mm-dd)"),
        ("ZK02,klinisch,bed,2026,9,x,y,2025-06-01", "dezelfde afspraak met dezelfde datum staat al in a.csv, rij 1"),
        ("ZK01,klinisch", "capaciteit_type (leeg) bestaat niet"),
    ],
)
def test_a_bad_row_is_named_and_the_rest_counts(afspraken, rij, waarom):
    goed = "ZK02,klinisch,bed,2026,5,x,y,2025-06-01\n"
    assert afspraken(a=KOP + goed + rij + "\n") == (
        [["ZK02", 2026, 5]],
        [f"a.csv, rij 2: {waarom}; de rij telt niet mee"],
    )


@pytest.mark.parametrize(
    "inhoud, waarom",
    [
        (b"", "is leeg; de eerste regel hoort de namen van de kolommen te hebben"),
        (KOP.replace("jaar,", "").encode(), "mist de kolom jaar; niets van het bestand telt mee"),
        (b"\xff\xfe\x00", "is geen tekst in UTF-8; bewaar het als csv (UTF-8)"),
    ],
)
def test_a_file_that_is_no_table_is_named_and_the_others_count(afspraken, inhoud, waarom):
    goed = KOP + "ZK01,klinisch,bed,2026,5,x,y,2025-06-01\n"
    assert afspraken(stuk=inhoud, goed=goed) == ([["ZK01", 2026, 5]], [f"stuk.csv: {waarom}"])


def test_no_folder_is_no_agreement(tmp_path):
    alle, fouten = lees(tmp_path / "niet", set(), set())
    assert len(alle) == 0 and fouten == []
