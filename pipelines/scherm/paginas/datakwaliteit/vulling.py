"""How the columns of a supplier are filled in a month, against its own past (``kwaliteit.vulling``)."""

from datetime import date

import pandas as pd
import streamlit as st

from pipelines import contract
from pipelines.blokken import blok, grafiek, opmaak
from pipelines.blokken.blok import Blok
from pipelines.blokken.cijfer import BEKEND, Cijfer
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.opmaak import getal, h
from pipelines.fundament.maand import schrijf
from pipelines.fundament.nederlands import telwoord
from pipelines.scherm import plaats
from pipelines.scherm.paginas import kiezen
from pipelines.scherm.paginas.datakwaliteit import keuzes


def toon(g: Gegevens) -> None:
    if not g.heeft("vulling"):
        st.info("Hoe leveranciers hun kolommen vullen is er voor de landelijke tafel en stewards.")
        return
    wie = g.bereken("SELECT DISTINCT bron, leverancier FROM vulling", ["vulling"])
    a, b, c = st.columns(3)
    with a:
        gemeten = set(wie["bron"])
        bronnen = [bron for bron in keuzes.BRONNEN if bron in gemeten]
        bron = kiezen.keuze("Bron", "vullingbron", bronnen, bronnen[0], keuzes.BRONNEN.get)
    with b:
        leveranciers = sorted(wie.loc[wie["bron"] == bron, "leverancier"])
        leverancier = kiezen.keuze("Leverancier", "vullingleverancier", leveranciers, leveranciers[0], str)
    df = g.tabel("vulling", bron=bron, leverancier=leverancier)
    with c:
        maanden = sorted(df["maand"].dt.date.unique(), reverse=True)
        maand = kiezen.keuze("Maand", "vullingmaand", maanden, maanden[0], opmaak.maand, schrijf)
    plaats.blok(vulling(g, df, bron, leverancier, maand))


def vulling(g: Gegevens, df: pd.DataFrame, bron: str, leverancier: str, maand: date) -> Blok:
    """Every column of one supplier in one month: filled, empty, placeholder, unreadable, distinct values, and its course."""
    betekenis = {k.naam: k.betekenis for k in contract.lees(bron).kolommen}
    nu = df[df["maand"].dt.date == maand].sort_values("plek")
    rijen = []
    for r in nu.itertuples():
        verloop = df[df["kolom"] == r.kolom].sort_values("maand")["aandeel_gevuld"]
        punten = [Cijfer(float(x), BEKEND) for x in verloop[-12:]]
        rijen.append(
            [
                f'<strong>{h(r.kolom)}</strong><div class="onder">{h(betekenis.get(r.kolom, ""))}</div>',
                ("▲ " if r.afwijkend else "") + opmaak.procent(r.aandeel_gevuld),
                "–" if pd.isna(r.aandeel_ervoor) else opmaak.procent(r.aandeel_ervoor),
                *(getal(n) for n in (r.leeg, r.plaatshouder, r.onleesbaar, r.verschillend)),
                grafiek.vonk(punten),
            ]
        )
    kop = ["Kolom", "Gevuld", "Ervoor", "Leeg", "Plaatshouder", "Onleesbaar", "Verschillende waarden", "Verloop"]
    anders = len(nu[nu["afwijkend"]])
    return Blok(
        "vulling",
        f"Hoe {leverancier} de kolommen vult",
        f"{keuzes.BRONNEN[bron]}, {opmaak.maand(maand)}, {telwoord(int(nu['rijen'].max()), 'rij', 'rijen')}. "
        f"{telwoord(anders, 'kolom is', 'kolommen zijn')} anders gevuld dan in de maanden ervoor (▲). Een plaatshouder is een waarde "
        "die een lege cel vult, zoals 1900-01-01.",
        keuzes.herkomst(g, "aanleveringen zoals gelezen, ook afgekeurde rijen"),
        data=df.drop(columns="plek").sort_values(["maand", "kolom"]),
        inhoud=blok.tabel(kop, rijen, links=1),
    )
