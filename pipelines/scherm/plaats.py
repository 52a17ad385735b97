"""Puts blocks on a page of Streamlit: in a frame of their own, with clicks that come back and files to download.

Belongs here: what needs Streamlit to show a block. Does not belong here: what is in it (``pipelines.blokken``).
"""

from pathlib import Path

import pandas as pd
import streamlit as st

from pipelines.blokken import blok as blokken
from pipelines.blokken import niet, uitvoer
from pipelines.blokken.blok import Blok
from pipelines.blokken.uitvoer import Herkomst

MIDDELEN = Path(__file__).parent / "middelen"

_beeld = st.components.v2.component(
    "ggz_beeld",
    html='<div class="ggz-plek"></div>',
    css=(blokken.MIDDELEN / "stijl.css").read_text(encoding="utf-8"),
    js=(MIDDELEN / "beeld.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def html(inhoud: str, sleutel: str) -> str | None:
    """Puts HTML made by this package on the page; returns what a click on a shape chose, if anything."""
    uitkomst = _beeld(key=sleutel, data={"html": inhoud}, on_gekozen_change=lambda: None)
    return getattr(uitkomst, "gekozen", None)


def blok(b: Blok) -> str | None:
    """Puts a figure in a frame of its own; returns what was chosen by a click in it."""
    with st.container(key=f"vak-{b.sleutel}"):
        gekozen = html(b.als_html(), f"beeld-{b.sleutel}")
        if b.data is not None and len(b.data):
            laad(b.sleutel, b.titel, b.data, b.herkomst)
    return gekozen


def zegt_niet(pagina: str) -> None:
    """What the figures of a page do not say, below them."""
    if tekst := niet.zegt_niet(pagina):
        html(tekst, f"niet-{pagina}")


def laad(sleutel: str, titel: str, df: pd.DataFrame, herkomst: Herkomst) -> None:
    """Links to the table as Excel, csv and parquet, made when asked for."""
    soorten = (
        ("Excel (xlsx)", "xlsx", uitvoer.xlsx),
        ("Tekst (csv)", "csv", uitvoer.csv),
        ("Parquet", "parquet", uitvoer.parquet),
    )
    with st.container(key=f"laad-{sleutel}", horizontal=True):
        for naam, ext, maak in soorten:
            st.download_button(
                naam,
                lambda maak=maak: maak(df, titel, herkomst),
                f"{sleutel}.{ext}",
                key=f"{ext}-{sleutel}",
                type="tertiary",
                on_click="ignore",
                mime=uitvoer.MIME[ext],
            )
