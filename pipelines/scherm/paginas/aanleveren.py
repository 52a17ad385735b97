"""A supplier's check in the browser: drop files, read what the intake would say of them. Nothing is kept.

Belongs here: the page, and files that exist in memory alone. Does not belong here: judging (``aanlevering.controle``).
"""

import io
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

import streamlit as st

from pipelines import contract
from pipelines.aanlevering.controle import keuren, woorden
from pipelines.aanlevering.controle.keuren import Verdict
from pipelines.aanlevering.controle.werkboek import Werkboek
from pipelines.blokken import blok
from pipelines.blokken.opmaak import getal, h
from pipelines.fundament.nederlands import telwoord
from pipelines.scherm import plaats
from pipelines.scherm.paginas.datakwaliteit import keuzes

GEHEUGEN = Path("/dev/shm")  # a file system in memory: what is dropped here may hold a BSN, and that reaches no disk
MEGABYTES = 200
_EEN_TEGELIJK = Lock()  # a check sets a key of its own for the whole process

UITLEG = (
    "Controleer bestanden voor u ze aanlevert. U leest hier wat de inname ervan zou zeggen: dezelfde regels, voor elk formaat. "
    "Er wordt niets bewaard of ingenomen, en waarden van rijen worden niet getoond."
)
GROTER = f"Een bestand mag {MEGABYTES} MB zijn. Groter, of liever zonder browser: ggz controleer BESTAND."


class GeenGeheugen(Exception):
    """There is no file system in memory on this machine."""


def pagina() -> None:
    st.title("Aanleveren")
    st.write(UITLEG)
    keuze = [None, *contract.bronnen()]
    bron = st.selectbox(
        "Wat erin staat", keuze, format_func=lambda b: keuzes.BRONNEN.get(b, b) if b else "zegt de naam van het bestand"
    )
    gekozen = st.file_uploader("Bestanden", accept_multiple_files=True)
    st.write(GROTER)
    if not gekozen:
        st.session_state.pop("controle", None)
        return
    vraag = (bron, *(bestand.file_id for bestand in gekozen))
    if st.session_state.get("controle", (None,))[0] != vraag:
        try:
            with st.spinner("De bestanden worden gecontroleerd"):
                uitslag = controleer([(bestand.name, bestand.getbuffer()) for bestand in gekozen], bron)
        except GeenGeheugen as fout:
            st.error(str(fout))
            return
        st.session_state["controle"] = (vraag, *uitslag)
    _, verdicten, werkboek = st.session_state["controle"]
    with st.container(key="vak-controle"):
        plaats.html(als_html(verdicten), "controle")
        if any(v.afgekeurd for v in verdicten):
            st.download_button(
                "Werkboek met de foute cellen gemerkt", werkboek, "controle.xlsx", type="tertiary", on_click="ignore"
            )


def controleer(bestanden: Sequence[tuple[str, bytes]], bron: str | None) -> tuple[list[Verdict], bytes]:
    """The verdict on files (name, content) and the workbook of their refused rows. Raises GeenGeheugen where they would have to be put
    on a disk."""
    if not os.access(GEHEUGEN, os.W_OK):
        raise GeenGeheugen("Deze computer heeft geen bestandssysteem in het geheugen; gebruik ggz controleer BESTAND.")
    boek, uit = Werkboek(), io.BytesIO()
    with _EEN_TEGELIJK, tempfile.TemporaryDirectory(prefix="ggz-controle-", dir=GEHEUGEN) as map_:
        te_zien = []
        for nummer, (naam, inhoud) in enumerate(bestanden):
            pad = Path(map_, str(nummer), Path(naam).name)
            pad.parent.mkdir()
            pad.write_bytes(inhoud)
            te_zien += keuren.bestanden([pad])
        verdicten = keuren.controleer(te_zien, bron, boek.onthoud)
    for verdict, (naam, _) in zip(verdicten, bestanden, strict=True):
        verdict.pad = naam
    boek.schrijf(uit, verdicten)
    return verdicten, uit.getvalue()


def als_html(verdicten: Sequence[Verdict]) -> str:
    """The verdict per file and per rule: which rows, and what to do."""
    goed = sum(v.goed for v in verdicten)
    delen = [
        f"<p><strong>{telwoord(len(verdicten), 'bestand', 'bestanden')}, waarvan goed: {getal(goed)}.</strong></p>"
    ]
    for v in verdicten:
        rijen = f": {getal(v.afgekeurd)} van {telwoord(v.gelezen, 'rij', 'rijen')} afgekeurd" if v.gelezen else ""
        delen.append(f"<h2>{h(v.pad)}</h2><p><strong>{h(v.oordeel.capitalize())}</strong>{rijen}</p>")
        delen += [f"<p>{h(zin)}</p>" for zin in woorden.over_het_geheel(v, "kies hierboven wat erin staat")]
        if v.breuken:
            kop = ["Code", "Wat moet", "Rijen", "Eerste rijen", "Wat te doen"]
            delen.append(blok.tabel(kop, [list(map(h, rij)) for rij in woorden.per_regel(v)], links=5))
    return "".join([*delen, f"<p>{h(woorden.RIJ)} {h(woorden.NIET_TE_ZIEN)}</p>"])
