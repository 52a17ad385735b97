"""To take along: a publication by date with what is new in it, its files for who reads, and the quarterly report."""

import io
import tempfile
import zipfile
from datetime import date
from pathlib import Path

import streamlit as st

from pipelines.blokken import opmaak
from pipelines.blokken.gegevens import Gegevens, nieuwste, vintages, voor
from pipelines.blokken.metrieken import maanden
from pipelines.blokken.opmaak import LANDELIJK
from pipelines.rapport import inhoud
from pipelines.rapport.druk import GeenBrowser, pdf
from pipelines.rapport.inhoud import GeenRapport, Kwartaal
from pipelines.scherm import plaats
from pipelines.scherm.paginas import kiezen
from pipelines.scherm.paginas.landelijk.publicaties import herzieningblok
from pipelines.settings import Instellingen

_RAPPORT = "rapport_gemaakt"
_SOORTEN = (
    ("xlsx", "Werkboek (Excel)", "alle tabellen in één bestand, elk op een blad, met uitleg"),
    ("csv", "Tekst (csv, ingepakt)", "elke tabel een bestand, met een beschrijving van de kolommen"),
    ("parquet", "Parquet (ingepakt)", "elke tabel een bestand, voor wie ermee rekent"),
    ("duckdb", "DuckDB", "alle tabellen in één bestand, om in SQL te bevragen"),
)


def pagina(g: Gegevens) -> None:
    st.title("Meenemen")
    nummers = vintages(Instellingen())[::-1]
    if not nummers:
        st.info("Er is nog geen publicatie om mee te nemen; losse cijfers staan als bestand onder elke figuur.")
        return
    nummer = kiezen.keuze("Publicatie", "publicatie", nummers, nummers[0], _naam)
    gekozen = voor(nieuwste(Instellingen(), nummer), g.wie)
    _bestanden(gekozen)
    if eerder := nummers[nummers.index(nummer) :][1:]:
        plaats.blok(herzieningblok(gekozen, eerder[0], nummer))
    else:
        st.write("Dit is de eerste publicatie: er is geen eerdere om haar naast te leggen.")
    _rapport(gekozen)


def _naam(nummer: str) -> str:
    gemaakt = nieuwste(Instellingen(), nummer).moment.astimezone()
    return f"{opmaak.moment(gemaakt)} (publicatie {nummer})"


def _bestanden(g: Gegevens) -> None:
    """The files that a publication holds for this reader; what it was not made in is not there."""
    map_ = g.bestand(g.bron.publicatie).parent
    with st.container(key="vak-bestanden"):
        st.subheader("De hele publicatie")
        for soort, naam, wat in _SOORTEN:
            bron = map_ / soort if soort in ("csv", "parquet") else map_ / f"{map_.name}.{soort}"
            if bron.exists():
                links, rechts = st.columns([1, 3], vertical_alignment="center")
                ingepakt = bron.is_dir()
                links.download_button(
                    naam,
                    (lambda bron=bron: _ingepakt(bron)) if ingepakt else bron.read_bytes,
                    f"{g.bron.vintage}_{map_.name}_{soort}.zip" if ingepakt else f"{g.bron.vintage}_{bron.name}",
                    key=f"heel-{soort}",
                    on_click="ignore",
                )
                rechts.write(f"{wat[:1].upper()}{wat[1:]}.")


def _ingepakt(map_: Path) -> bytes:
    """The files of a folder as one zip."""
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as archief:
        for pad in sorted(map_.iterdir()):
            archief.write(pad, pad.name)
    return uit.getvalue()


def _rapport(g: Gegevens) -> None:
    """The quarterly report of a region or the country, made while the reader waits some seconds."""
    with st.container(key="vak-rapport"):
        st.subheader("Kwartaalrapportage")
        if g.wie.rol == "publiek":
            st.write("De rapportage is er voor de tafels.")
            return
        gebieden = [LANDELIJK, *opmaak.regios()] if g.wie.ziet_alles else [g.wie.iza_regio]
        a, b = st.columns(2)
        with a:
            gebied = kiezen.keuze("Rapport over", "rapportregio", gebieden, gebieden[0], opmaak.regio)
        with b:
            kwartalen = _kwartalen(maanden(g))
            kwartaal = kiezen.keuze("Kwartaal", "kwartaal", kwartalen, kwartalen[min(1, len(kwartalen) - 1)], _kwartaal)
        if st.button("Maak het rapport", type="primary"):
            with st.spinner("Het rapport wordt gemaakt"):
                st.session_state[_RAPPORT] = _maak(g, gebied, kwartaal)
        _klaar()


def _kwartalen(van: list[date]) -> list[str]:
    """The quarters with a month of figures, the newest first."""
    return list(dict.fromkeys(Kwartaal.van(m).code for m in reversed(van)))


def _kwartaal(code: str) -> str:
    return str(Kwartaal.lees(code))


def _maak(g: Gegevens, gebied: str, kwartaal: str) -> tuple[str, dict[str, bytes], str]:
    """Name, files by extension, and what went wrong."""
    naam = f"kwartaalrapportage_{kwartaal}_{gebied}"
    with tempfile.TemporaryDirectory(prefix="ggz-rapport-") as tijdelijk:
        html = Path(tijdelijk) / f"{naam}.html"
        try:
            html.write_text(inhoud.rapport(g, gebied, Kwartaal.lees(kwartaal)), encoding="utf-8")
            pdf(html, html.with_suffix(".pdf"))
        except GeenRapport as fout:
            return naam, {}, f"Er is geen rapport te maken: {fout}."
        except GeenBrowser:
            melding = "Hier is geen PDF te maken, omdat chromium ontbreekt; de beheerder kan het installeren."
            return naam, {"html": html.read_bytes()}, melding
        return naam, {ext: html.with_suffix(f".{ext}").read_bytes() for ext in ("pdf", "html")}, ""


def _klaar() -> None:
    if _RAPPORT not in st.session_state:
        return
    naam, bestanden, melding = st.session_state[_RAPPORT]
    if melding:
        st.warning(melding)
    with st.container(horizontal=True):
        for ext, inhoud_ in bestanden.items():
            st.download_button(f"{naam}.{ext}", inhoud_, f"{naam}.{ext}", key=f"rapport-{ext}", on_click="ignore")
