"""Relations that nobody listed: what holds in the tables is found, what is chance is not, and a person can only refuse."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from pipelines.publicatie import verbanden
from pipelines.publicatie.onthulling import vinden
from pipelines.publicatie.publiek import AuditGezakt
from pipelines.publicatie.regels import Kolom, Regels, Tabel, Totaal, Verband
from pipelines.publicatie.tabellen import Cellen

MAANDEN, REGIOS = pd.date_range("2025-01-01", periods=18, freq="MS"), ["ZK01", "ZK02", "ZK03", "ZK04"]
REGELS = Regels(totalen={"iza_regio": (Totaal("NL", (), 20.0),)})
LIJST = Tabel("lijst", ("maand", "iza_regio"), ("iza_regio",), True, (), frozenset(), "")


def telling(*namen: str, soort: str = "telling", basis: tuple[str, ...] = ()) -> tuple[Kolom, ...]:
    return tuple(Kolom(n, soort, basis, True, None) for n in namen)


def tafel(zaad: int, **kolommen) -> pd.DataFrame:
    """A row per month and region; without columns of its own three counts that have nothing to do with each other."""
    loting = np.random.default_rng(zaad)
    df = pd.DataFrame([(m, r) for m in MAANDEN for r in REGIOS], columns=["maand", "iza_regio"])
    return df.assign(**{k: loting.poisson(8, len(df)) for k in "abc"}).assign(**kolommen)


def zoek(t: Tabel, df: pd.DataFrame) -> list[tuple[str, str, str, str]]:
    return [(v.verband.soort, v.verband.links, v.verband.rechts, v.uitkomst) for v in verbanden.in_tabel(t, df, REGELS)]


def vul_aan(tabellen: list[Tabel], cijfers: dict[str, pd.DataFrame]):
    with ThreadPoolExecutor(1) as werkers:
        return verbanden.vul_aan(tabellen, {n: (df, None) for n, df in cijfers.items()}, REGELS, werkers, blokkeer=True)


@pytest.mark.parametrize("zaad", range(20))
def test_kolommen_die_niets_met_elkaar_hebben_hebben_geen_verband(zaad):
    t = replace(LIJST, kolommen=(*telling("a", "b", "c"), *telling("s", soort="afgeleid")))
    df = tafel(zaad, s=np.random.default_rng(zaad).random(72))
    assert zoek(t, df) == []
    anders = replace(t, naam="anders")
    assert list(verbanden.tussen_tabellen([t, anders], {"lijst": df, "anders": tafel(zaad + 100)}, REGELS)) == []


def test_in_een_kleine_tabel_is_een_optelling_toeval():
    t = replace(LIJST, kolommen=telling("a", "b", "som"))
    df = tafel(1)
    df["som"] = df["a"] + df["b"]
    assert zoek(t, df.head(vinden.MINSTENS - 1)) == []
    assert zoek(t, df) == [("rij", "a", "som - b", "toegevoegd")]


@pytest.mark.parametrize("zaad", range(10))
@pytest.mark.parametrize(("mis", "gevonden"), [(0, True), (3, True), (8, False)])
def test_een_optelling_met_uitzonderingen_telt_zolang_zij_in_meer_dan_95_procent_opgaat(zaad, mis, gevonden):
    """Of 72 rows three are 4%, eight are 11%."""
    df = tafel(zaad)
    df["som"] = df["a"] + df["b"] + (np.random.default_rng(zaad).permutation(72) < mis)
    t = replace(LIJST, kolommen=telling("a", "b", "som", "c"))
    assert zoek(t, df) == ([("rij", "a", "som - b", "toegevoegd")] if gevonden else [])


def test_wat_vermeld_staat_of_eruit_volgt_is_niet_nieuw():
    df = tafel(1)
    df["som"] = df["a"] + df["b"]
    df["alles"] = df["som"] + df["c"]
    lijst = (Verband("rij", "som", "a + b"), Verband("rij", "alles", "a + b + c"))
    t = replace(LIJST, kolommen=telling("a", "b", "c", "som", "alles"), verbanden=lijst)
    assert {v[3] for v in zoek(t, df)} == {"vermeld"}
    zonder = replace(t, verbanden=lijst[:1])
    assert [v[3] for v in zoek(zonder, df)].count("toegevoegd") == 1


def stand(zaad: int) -> pd.DataFrame:
    df = tafel(zaad)
    df["stand"] = 100 + (df["a"] - df["b"]).groupby(df["iza_regio"]).cumsum()
    return df


def test_een_stand_is_die_van_de_maand_ervoor_met_wat_erbij_kwam_en_eraf_ging():
    t = replace(LIJST, kolommen=telling("stand", "a", "b"))
    assert zoek(t, stand(1)) == [("rij", "stand", "a + stand.toen - b", "toegevoegd")]


def test_een_mens_kan_een_verband_weigeren_hoe_hij_het_ook_opschrijft():
    t = replace(LIJST, kolommen=telling("stand", "a", "b"), geweigerd=(Verband("rij", "a", "stand - stand.toen + b"),))
    assert [v[3] for v in zoek(t, stand(1))] == ["geweigerd"]


def test_waarden_die_samen_een_andere_waarde_zijn():
    df = tafel(1)
    land = df.groupby("maand", as_index=False)[["a", "b", "c"]].sum().assign(iza_regio="NL")
    t = replace(LIJST, kolommen=telling("a"))
    geheel = pd.concat([df, land], ignore_index=True)
    # eighteen months are too few: the same over two kinds of place
    twee = pd.concat([geheel.assign(soort="bed"), geheel.assign(soort="plek", a=geheel["a"] * 2)], ignore_index=True)
    t = replace(t, sleutel=("maand", "iza_regio", "soort"))
    assert ("iza_regio NL", "a", "ZK01 ZK02 ZK03 ZK04", "toegevoegd") in zoek(t, twee)
    vermeld = replace(t, verbanden=(Verband("iza_regio NL", "a", " ".join(REGIOS)),))
    assert ("iza_regio NL", "a", "ZK01 ZK02 ZK03 ZK04", "vermeld") in zoek(vermeld, twee)


def test_een_verhouding_vervalt_met_haar_teller_en_noemer_ook_als_niemand_dat_zei():
    df = tafel(1)
    df["graad"] = df["a"] / (df["b"] + 1)
    df["b"] += 1
    open_ = replace(LIJST, kolommen=(*telling("a", "b"), *telling("graad", soort="afgeleid", basis=("a",))))
    assert zoek(open_, df) == [("verhouding", "graad", "a / b", "toegevoegd")]
    (erbij,), _ = vul_aan([open_], {"lijst": df})
    assert erbij.kolommen[-1].basis == ("a", "b") and not erbij.verbanden
    dicht = replace(LIJST, kolommen=(*telling("a", "b"), *telling("graad", soort="afgeleid", basis=("a", "b"))))
    assert zoek(dicht, df) == [("verhouding", "graad", "a / b", "vermeld")]


def test_een_deel_is_hoogstens_het_geheel_als_zij_vaak_genoeg_gelijk_zijn():
    df = tafel(1, geheel=lambda d: d["a"] + np.random.default_rng(2).integers(0, 2, 72))
    t = replace(LIJST, kolommen=telling("a", "geheel"))
    assert zoek(t, df) == [("hoogstens", "a", "geheel", "toegevoegd")]
    assert zoek(t, df.assign(geheel=df["a"] * 30 + 1)) == [], "another size is no relation"


def test_hetzelfde_getal_in_een_andere_tabel_houdt_de_publicatie_tegen_tot_iemand_het_noemt_of_weigert():
    een, ander = replace(LIJST, kolommen=telling("a")), replace(LIJST, naam="ander", kolommen=telling("aantal"))
    cijfers = {"lijst": tafel(1)[["maand", "iza_regio", "a"]], "ander": tafel(1).rename(columns={"a": "aantal"})}
    with pytest.raises(AuditGezakt, match=r"(?s)ander,gelijk_aan lijst,aantal,a .*72 rijen.*geweigerd.csv"):
        vul_aan([een, ander], cijfers)
    for w in ({"verbanden": (Verband("deel_van lijst", "aantal", "a"),)}, {"geweigerd": (Verband("gelijk_aan lijst", "aantal", "a"),)}):  # fmt: skip
        _, gevonden = vul_aan([een, replace(ander, **w)], cijfers)
        assert [v["uitkomst"] for v in gevonden] == ["vermeld" if "verbanden" in w else "geweigerd"]


def test_het_gemiddelde_van_twaalf_maanden_van_een_andere_tabel_wordt_gevonden():
    df = tafel(1, a=np.random.default_rng(1).integers(5, 90, 72))
    jaar = df.assign(gemiddeld=df.groupby("iza_regio")["a"].transform(lambda x: x.rolling(12).mean()))
    een, ander = replace(LIJST, kolommen=telling("a")), replace(LIJST, naam="ander", kolommen=telling("gemiddeld"))
    assert list(verbanden.tussen_tabellen([een, ander], {"lijst": df, "ander": jaar}, REGELS)) == []
    lang = pd.concat([df, df.assign(iza_regio=df["iza_regio"] + "b", a=df["a"] + 7)], ignore_index=True)
    jaar = lang.assign(gemiddeld=lang.groupby("iza_regio")["a"].transform(lambda x: x.rolling(12).mean()))
    (vondst,) = verbanden.tussen_tabellen([een, ander], {"lijst": lang, "ander": jaar}, REGELS)
    assert str(vondst) == "ander,jaar_van lijst,gemiddeld,a"
    zelf = replace(LIJST, kolommen=telling("a", "gemiddeld"))
    (vondst,) = verbanden.tussen_tabellen([zelf], {"lijst": jaar}, REGELS)
    assert str(vondst) == "lijst,jaar_van lijst,gemiddeld,a"


def test_een_gevonden_verband_rekent_mee_waar_het_opgaat_en_het_manifest_noemt_het():
    df = tafel(1)
    df["som"] = df["a"] + df["b"]
    df.loc[5, "som"] += 1
    t = replace(LIJST, kolommen=telling("a", "b", "som"))
    (erbij,), gevonden = vul_aan([t], {"lijst": df})
    assert gevonden == [
        {"tabel": "lijst", "soort": "rij", "links": "a", "rechts": "som - b", "rijen": 72, "aandeel": 0.9861, "uitkomst": "toegevoegd"}
    ]  # fmt: skip
    assert Cellen(erbij, df, REGELS).stelsel().gelijk.shape[0] == 71
