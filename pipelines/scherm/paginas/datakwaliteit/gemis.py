"""What the figures of one region lack in one month, the heaviest first (``kwaliteit.gemis``)."""

from datetime import date

import pandas as pd
import streamlit as st

from pipelines.blokken import blok, opmaak
from pipelines.blokken.blok import Blok
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.opmaak import getal, h
from pipelines.contract import uitleg
from pipelines.fundament import seeds
from pipelines.fundament.maand import schrijf
from pipelines.fundament.nederlands import telwoord
from pipelines.scherm import plaats
from pipelines.scherm.paginas import kiezen
from pipelines.scherm.paginas.datakwaliteit import keuzes

_REDEN = {
    "ontbreekt": "niet aangeleverd",
    "geweigerd": "bestand geweigerd",
    "afgekeurd": "afgekeurde rijen",
}


def toon(g: Gegevens) -> None:
    df = g.tabel("gemis")
    if df.empty:
        st.info("Aan de cijfers die u mag zien ontbreekt niets dat bekend is.")
        return
    links, rechts = st.columns(2)
    with links:
        regios = opmaak.gebieden_van(df)
        regio = kiezen.keuze("Regio", "gemisregio", regios, regios[0], opmaak.regio)
    eigen = df[df["iza_regio"] == regio]
    maanden = sorted(eigen["maand"].dt.date.unique(), reverse=True)
    with rechts:
        maand = kiezen.keuze("Maand", "gemismaand", maanden, maanden[0], opmaak.maand, schrijf)
    deel = eigen[eigen["maand"].dt.date == maand].sort_values("volgorde")
    plaats.blok(gemis(g, deel[deel["soort"] != "kanttekening"], regio, maand))
    plaats.blok(kanttekeningen(g, deel[deel["soort"] == "kanttekening"], regio, maand))


def gemis(g: Gegevens, df: pd.DataFrame, regio: str, maand: date) -> Blok:
    """What is in no figure: deliveries that are not there and rows that were refused."""
    rijen = [
        [
            h(keuzes.BRONNEN.get(r.bron, r.bron)),
            h(r.leverancier if isinstance(r.leverancier, str) else "nog geen leverancier"),
            h(_REDEN[r.reden]),
            *(_omvang(w, pd.notna(r.geschat_uit)) for w in (r.plaatsen, r.personen, r.bedrag_eur, r.rijen)),
            "" if pd.isna(r.geschat_uit) else h(f"geschat naar {opmaak.maand(r.geschat_uit.date())}"),
        ]
        for r in df.itertuples()
    ]
    kop = ["Bron", "Leverancier", "Wat", "Plaatsen", "Personen", "Euro's", "Rijen", ""]
    weg = len(df[df["soort"] == "levering"])
    return Blok(
        f"gemis-{regio}",
        f"Wat de cijfers van {opmaak.regio(regio)} missen in {opmaak.maand(maand)}",
        f"{telwoord(weg, 'aanlevering ontbreekt', 'aanleveringen ontbreken')} en van "
        f"{telwoord(len(df) - weg, 'aanlevering zijn', 'aanleveringen zijn')} rijen afgekeurd. Het zwaarste staat bovenaan: "
        "eerst plaatsen, dan personen, dan euro's. Wat ontbreekt is geschat naar de laatste aanlevering ervoor; personen kunnen "
        "in meer bronnen voorkomen, dus de regels tellen niet op.",
        keuzes.herkomst(g, "register en afgekeurde rijen"),
        data=df.drop(columns="code"),
        inhoud=blok.tabel(kop, rijen, links=3) if rijen else "<p>Er ontbreekt niets dat bekend is.</p>",
    )


def kanttekeningen(g: Gegevens, df: pd.DataFrame, regio: str, maand: date) -> Blok:
    """What is in the figures, with a warning."""
    titels = {r["code"]: r["titel"] for r in seeds.lees("kwaliteit_code")}
    rijen = [
        [
            h(f"{titels[r.code]} ({r.code})"),
            h(keuzes.BRONNEN.get(r.bron, "")),
            h(r.leverancier if isinstance(r.leverancier, str) else ""),
            h(uitleg.lees(r.code).delen.get("Wat het met de cijfers doet", "").replace("`", "")),
            getal(r.rijen),
        ]
        for r in df.itertuples()
    ]
    kop = ["Kanttekening", "Bron", "Leverancier", "Wat het met de cijfers doet", "Omvang"]
    return Blok(
        f"kanttekening-{regio}",
        "Wat meetelt met een kanttekening",
        f"{telwoord(len(df), 'waarschuwing', 'waarschuwingen')} in {opmaak.maand(maand)}. De omvang is in de eenheid van de waarschuwing: rijen, plekken of prestaties.",
        keuzes.herkomst(g, "laatste verwerking"),
        data=df.drop(columns=["reden", "geschat_uit", "personen", "plaatsen", "bedrag_eur"]),
        inhoud=blok.tabel(kop, rijen, links=4) if rijen else "<p>Er zijn geen kanttekeningen.</p>",
    )


def _omvang(waarde: float | None, geschat: bool) -> str:
    return "" if pd.isna(waarde) else f"{'± ' if geschat else ''}{getal(waarde)}"
