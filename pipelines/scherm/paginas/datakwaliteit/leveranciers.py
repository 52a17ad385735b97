"""Score of each supplier and source, and the report that a steward sends back to one supplier."""

import tempfile
from collections import defaultdict
from pathlib import Path

import pandas as pd
import streamlit as st

from pipelines.blokken import blok, grafiek, momentopname, opmaak
from pipelines.blokken.blok import Blok
from pipelines.blokken.cijfer import BEKEND, Cijfer
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.metrieken import definitie
from pipelines.blokken.opmaak import getal, h
from pipelines.scherm import plaats
from pipelines.scherm.paginas import kiezen
from pipelines.scherm.paginas.datakwaliteit import keuzes
from pipelines.settings import Instellingen


def toon(g: Gegevens) -> None:
    df = g.tabel("score")
    if len(df):
        plaats.blok(scores(g, df))
    else:
        st.info("Scores van leveranciers gaan over regio's heen en zijn er voor de landelijke tafel en stewards.")
    if g.wie.is_steward:
        _terugkoppeling(g)


def scores(g: Gegevens, df: pd.DataFrame) -> Blok:
    """The newest score of each supplier and source, lowest first, with its course."""
    df = df.sort_values("maand")
    laatste = df.drop_duplicates(["bron", "leverancier"], keep="last").sort_values("score")
    aandeel = lambda x: "–" if pd.isna(x) else opmaak.procent(x)  # noqa: E731
    scores_van = defaultdict(list)
    for r in df[df["score"].notna()].itertuples():
        scores_van[r.bron, r.leverancier].append(Cijfer(float(r.score), BEKEND))
    rijen = []
    for r in laatste.head(200).itertuples():
        punten = scores_van[r.bron, r.leverancier][-12:]
        rijen.append(
            [
                h(r.leverancier),
                h(keuzes.BRONNEN.get(r.bron, r.bron)),
                aandeel(r.dekking),
                aandeel(r.geldigheid),
                aandeel(r.tijdigheid),
                "–" if pd.isna(r.score) else getal(r.score),
                grafiek.vonk(punten),
            ]
        )
    kop = ["Leverancier", "Bron", "Dekking", "Geldigheid", "Tijdigheid", "Score (0-100)", "Verloop"]
    return Blok(
        "scores",
        "Score per leverancier en bron",
        "De laagste eerst. Dekking: geleverd van wat verwacht was; geldigheid: rijen goed; tijdigheid: op tijd.",
        keuzes.herkomst(g, "register en toetsen"),
        definities={"Score": definitie("score")},
        data=df,
        inhoud=blok.tabel(kop, rijen, links=2),
    )


def _terugkoppeling(g: Gegevens) -> None:
    df = g.tabel("aanlevering")
    df = df[df["leverancier"].notna()]
    with st.container(key="vak-terugkoppeling"):
        plaats.html(
            "<h3>Verslag voor een leverancier</h3><p class=onder>Alleen zijn eigen afgekeurde rijen, bevindingen en score.</p>",
            "terugkop",
        )
        a, b = st.columns(2)
        with a:
            leverancier = kiezen.keuze(
                "Leverancier",
                "verslagleverancier",
                sorted(df["leverancier"].unique()),
                sorted(df["leverancier"].unique())[0],
                str,
            )
        with b:
            maanden = sorted(df.loc[df["leverancier"] == leverancier, "maand"].unique())[::-1]
            maand = kiezen.keuze("Aanlevermaand", "verslagmaand", maanden, maanden[0], opmaak.aanlevermaand)
        if st.button("Maak het verslag"):
            st.session_state["verslag"] = _maak_verslag(leverancier, maand)
        for bestand, inhoud in st.session_state.get("verslag", {}).items():
            st.download_button(f"Download {bestand}", inhoud, bestand, key=f"verslag-{bestand}", on_click="ignore")


def _maak_verslag(leverancier: str, maand: str) -> dict[str, bytes]:
    from pipelines.kwaliteit import terugkoppeling

    instellingen = Instellingen()
    try:
        with momentopname.zonder_schrijver(instellingen), tempfile.TemporaryDirectory() as map_:
            return {
                p.name: p.read_bytes() for p in terugkoppeling.schrijf(instellingen, leverancier, maand, Path(map_))
            }
    except (momentopname.Bezet, terugkoppeling.GeenTerugkoppeling) as fout:
        st.error(str(fout))
        return {}
