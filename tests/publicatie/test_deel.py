"""National tables that give parts of a figure of another public table: they fall with it, and add up to it where it is shown."""

from dataclasses import replace

import pandas as pd
import pytest

from pipelines.publicatie.onthulling.lezer import Eis
from pipelines.publicatie.publiek import bescherm
from pipelines.publicatie.regels import lees
from pipelines.publicatie.tabellen import Stand

EIS, REGELS = Eis(), lees()
MAAND = pd.Timestamp("2026-01-01")


def stroom(acuut: int, klinisch: int, *weg: str) -> Stand:
    """stroom_maand of the country, of which the outflow of the clusters ``weg`` is withheld."""
    df = pd.DataFrame(
        {"maand": MAAND, "iza_regio": "NL", "cluster": ["acuut", "klinisch"], "uitstroom": [acuut, klinisch]}
    )
    dicht = df["cluster"].isin(weg)
    openbaar = df.assign(
        uitstroom=df["uitstroom"].mask(dicht), onderdrukte_kolommen=dicht.map({True: "uitstroom", False: None})
    )
    return Stand(df, openbaar)


def bestemmingen(acuut: dict[str, int], klinisch: dict[str, int]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"maand": MAAND, "iza_regio": "NL", "cluster": c, "vervolg": v, "aantal": n, "regios_geleverd": 31}
            for c, delen in (("acuut", acuut), ("klinisch", klinisch))
            for v, n in delen.items()
        ]
    )


def openbaar(df: pd.DataFrame, basis: Stand, eerder=()) -> pd.Series:
    uit = bescherm(
        REGELS.tabellen["uitstroom_bestemming_land"],
        df,
        None,
        list(eerder),
        REGELS,
        EIS,
        basis={"stroom_maand": basis},
    )
    return uit.tabel.set_index(["cluster", "vervolg"])["aantal"], uit


DF = bestemmingen({"wlz": 20, "wmo": 0, "geen": 30}, {"wlz": 3, "wmo": 15, "wfz": 40, "geen": 42})


def test_a_figure_that_is_withheld_takes_its_parts_along_and_no_others():
    aantal, uit = openbaar(DF, stroom(50, 100, "acuut"))
    assert aantal["acuut"].isna().all(), "the parts would add up to it"
    assert aantal["klinisch", "geen"] == 42
    assert uit.verslag["vervallen"] == 3
    assert set(uit.tabel["regios_geleverd"]) == {31}
    assert set(uit.tabel.loc[uit.tabel["cluster"] == "acuut", "onderdrukte_kolommen"]) == {"aantal"}


def test_one_small_part_of_a_figure_that_is_shown_needs_a_second_to_hide_behind():
    aantal, uit = openbaar(DF, stroom(50, 100))
    assert aantal["acuut"].tolist() == [20, 0, 30]
    assert pd.isna(aantal["klinisch", "wlz"])
    assert aantal["klinisch"].isna().sum() == 2, "100 less all others would be the 3"
    assert set(uit.cellen["tabel"]) == {"uitstroom_bestemming_land"}


def test_a_figure_that_is_shown_elsewhere_is_never_chosen_to_be_withheld():
    aantal, uit = openbaar(bestemmingen({"geen": 50}, {"wlz": 3, "geen": 97}), stroom(50, 100))
    assert aantal["klinisch"].isna().all()
    assert aantal["acuut", "geen"] == 50


def test_parts_that_do_not_add_up_to_the_figure_are_withheld():
    aantal, _ = openbaar(DF, stroom(51, 100))
    assert aantal["acuut"].isna().all() and aantal["klinisch"].notna().any()


def test_what_an_earlier_publication_showed_of_the_parts_counts():
    toen, uit = openbaar(DF, stroom(50, 100))
    eerder = Stand(DF, uit.tabel, {"stroom_maand": stroom(50, 100)})
    nu, _ = openbaar(DF, stroom(50, 100), [eerder])
    assert nu.isna().equals(toen.isna())


def test_what_went_whole_in_an_earlier_publication_is_not_held_against_this_one():
    """A reader does not know of how many parts the figure then was made: only a proof that does would find them too narrow."""
    klein = bestemmingen({"geen": 50}, {"wlz": 3, "wmo": 2, "wfz": 1, "geen": 4})
    toen, uit = openbaar(klein, stroom(50, 10))
    assert toen["klinisch"].isna().all() and uit.verslag["vervallen"] == 4
    eerder = Stand(klein, uit.tabel, {"stroom_maand": stroom(50, 10)}, uit.cellen)
    nu, _ = openbaar(klein, stroom(50, 10), [eerder])
    assert nu["klinisch"].isna().all()


@pytest.mark.parametrize(
    ("dicht", "te_zien"), [(pd.Timestamp("2025-03-01"), False), (pd.Timestamp("2025-01-01"), True)]
)
def test_a_mean_of_twelve_months_falls_with_each_of_them(dicht, te_zien):
    tabel = REGELS.tabellen["benodigde_capaciteit_land"]
    verbanden = tuple(v for v in tabel.verbanden if v.links == "bezet")
    tabel = replace(tabel, verbanden=verbanden, kolommen=tuple(k for k in tabel.kolommen if k.naam == "bezet"))
    plek = {"iza_regio": "NL", "cluster": "klinisch", "capaciteit_type": "bed"}
    maanden = pd.date_range("2025-01-01", "2026-01-01", freq="MS")
    waar = pd.DataFrame({"maand": maanden, "bezette_dagen": 300.0}).assign(**plek)
    weg = waar["maand"] == dicht
    basis = Stand(waar, waar.assign(onderdrukte_kolommen=weg.map({True: "bezette_dagen", False: None})))
    uit = bescherm(
        tabel,
        pd.DataFrame([{"maand": MAAND, "bezet": 12.3} | plek]),
        None,
        [],
        REGELS,
        EIS,
        basis={"capaciteit_maand": basis},
    )
    assert uit.tabel["bezet"].notna().tolist() == [te_zien]


def test_parts_that_cannot_hide_behind_a_figure_that_is_shown_go_all_of_them():
    aantal, uit = openbaar(bestemmingen({"wlz": 4, "geen": 6}, {"geen": 100}), stroom(10, 100))
    assert aantal["acuut"].isna().all(), "10 less at least 1 leaves 1..9 for each"
    assert aantal["klinisch", "geen"] == 100
    assert (uit.verslag["vervallen"], len(uit.cellen)) == (2, 0)


def test_what_goes_takes_along_what_is_in_a_relation_with_it_in_its_row():
    tabel = REGELS.tabellen["exclusie_land"]
    plek = {"maand": MAAND, "iza_regio": "NL", "cluster": "klinisch"}
    waar = pd.DataFrame([plek | {"fase": "totaal", "uitval_exclusie": 44}])
    weg = Stand(waar, waar.assign(uitval_exclusie=None, onderdrukte_kolommen="uitval_exclusie"))
    delen = [{"aantal": 30, "na_intake": 0}, {"aantal": 14, "na_intake": 12}]
    df = pd.DataFrame([plek | d | {"exclusiecriterium": str(n), "regios_geleverd": 31} for n, d in enumerate(delen)])
    uit = bescherm(tabel, df, None, [], REGELS, EIS, basis={"wachttijd_maand": weg})
    assert uit.tabel[["aantal", "na_intake"]].isna().all(axis=None), (
        "12 after an intake says that the 44 is at least 12"
    )
