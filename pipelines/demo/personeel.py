"""Staff of one region, read from its bedden: where wards are closed for lack of staff, the vacancies are.

Belongs here: the table `personeel` without defects. Does not belong here: files, or injected defects.
"""

import numpy as np
import pandas as pd

from pipelines.demo.parameters import Parameters
from pipelines.demo.toeval import stroom
from pipelines.demo.trajecten import Tijdvak

PERSONEEL = [
    "maand", "agb_onderneming", "agb_vestiging", "bedtype", "functie", "fte_formatie", "fte_bezet", "fte_vacature", "fte_extern",
    "verzuim_aandeel", "anw_diensten", "anw_ingevuld",
]  # fmt: skip


def maak_personeel(
    parameters: Parameters, tijdvak: Tijdvak, bedden: pd.DataFrame, regio: int, seed: int
) -> pd.DataFrame:
    """`personeel` of a region, all months."""
    p, rng = parameters["personeel"], stroom(seed, 8, regio)
    tabel = _formatie(p, bedden).merge(_functies(p), on="soort_team")
    if parameters.regios[regio] in parameters["voorziening"]["krap"]:
        tabel.loc[tabel["bedtype"] == "CRISISDIENST", "dicht"] = p["crisis_krap"]
    aantal = len(tabel)
    formatie = np.round(tabel["fte"] * tabel["aandeel"], 2)
    gat = p["vacature"] + tabel["dicht"] * tabel["gewicht"] + rng.normal(0, 0.01, aantal)
    vacature = np.round(formatie * gat.clip(0, 0.9), 2)
    tabel["fte_formatie"], tabel["fte_vacature"] = formatie, vacature
    tabel["fte_bezet"] = np.round((formatie - vacature) * rng.uniform(0.98, 1.01, aantal), 2)
    tabel["fte_extern"] = np.round(vacature * rng.uniform(0, p["extern"], aantal), 2)
    verzuim = np.round(rng.uniform(*p["verzuim"], aantal), 3)
    tabel["verzuim_aandeel"] = np.where(rng.random(aantal) < p["verzuim_leeg"], np.nan, verzuim)
    dagen = tabel["maand"].map(dict(zip(tijdvak.maanden, tijdvak.dagen, strict=True)))
    diensten = (tabel["functie"].map(p["anw_per_dag"]) * dagen).where(tabel["bedtype"] == "CRISISDIENST")
    ingevuld = rng.binomial(diensten.fillna(0).astype(int), (1 - gat * p["anw_open"]).clip(0, 1))
    tabel["anw_diensten"], tabel["anw_ingevuld"] = diensten, np.where(diensten.isna(), np.nan, ingevuld)
    return tabel.sort_values(["maand", "agb_vestiging", "bedtype", "functie"], ignore_index=True)[PERSONEEL]


def _formatie(p: dict, bedden: pd.DataFrame) -> pd.DataFrame:
    """Per month, vestiging and bedtype: fte that the erkende places ask for, and the share of them that lack of staff closed."""
    zvw = bedden[bedden["wet"] == "Zvw"]
    norm = zvw["bedtype"].map(p["fte_per_plaats"]).fillna(p["fte_per_bed"])
    norm = norm.where((zvw["capaciteit_type"] == "bed") | (zvw["bedtype"] != "TOPGGZ"), p["fte_per_plaats"]["FACT"])
    dicht = zvw["gesloten"].where(zvw["reden_sluiting"] == "personeel", 0)
    team = zvw.assign(fte=norm * zvw["erkend"], dicht=norm * dicht)
    sleutel = ["maand", "agb_onderneming", "agb_vestiging", "bedtype"]
    som = team.groupby(sleutel, as_index=False)[["fte", "dicht"]].sum()
    som = som[som["fte"] > 0]
    som["dicht"] = som["dicht"] / som["fte"]
    return som.assign(soort_team=np.where(som["bedtype"].isin(["FACT", "IHT", "CRISISDIENST"]), "ambulant", "klinisch"))


def _functies(p: dict) -> pd.DataFrame:
    """Per kind of team: share of the formatie of each functie, and how much of a closed place its vacancies explain."""
    return pd.DataFrame(
        [
            (soort, functie, aandeel, p["gewicht"].get(functie, 0.5))
            for soort, functies in p["functies"].items()
            for functie, aandeel in functies.items()
        ],
        columns=["soort_team", "functie", "aandeel", "gewicht"],
    )
