"""A metric on the map and ranked, and the chosen region over time beside the country."""

from datetime import date

import streamlit as st

from pipelines.scherm import blok, grafiek, opmaak
from pipelines.scherm.blok import Blok
from pipelines.scherm.gegevens import Gegevens
from pipelines.scherm.grafiek import Staaf
from pipelines.scherm.metrieken import Stand
from pipelines.scherm.opmaak import LANDELIJK, h
from pipelines.scherm.paginas.landelijk import keuzes
from pipelines.scherm.paginas.verloop import verloop
from pipelines.scherm.samenvatting import herkomst


def toon(g: Gegevens) -> None:
    s, cluster, maand = keuzes.metriek_cluster_maand(g)
    if st.session_state.get("kaartregio") not in opmaak.regios():
        st.session_state["kaartregio"] = g.wie.iza_regio or _hoogste(s, cluster, maand)
    links, rechts = st.columns([5, 6])
    with links:
        gekozen = blok.toon(kaartblok(g, s, cluster, maand, st.session_state["kaartregio"]))
    with rechts:
        gekozen = blok.toon(ranglijst(g, s, cluster, maand, st.session_state["kaartregio"])) or gekozen
    if gekozen in opmaak.regios() and gekozen != st.session_state["kaartregio"]:
        st.session_state["kaartregio"] = gekozen
        st.rerun()
    blok.toon(naast_nederland(g, s, cluster, maand, st.session_state["kaartregio"]))


def _hoogste(s: Stand, cluster: str, maand: date) -> str:
    """The region to begin with: where the figure is highest."""
    return max(opmaak.regios(), key=lambda r: s.bij(maand, r, cluster).waarde or 0)


def kaartblok(g: Gegevens, s: Stand, cluster: str, maand: date, gekozen: str) -> Blok:
    per = {r: s.bij(maand, r, cluster) for r in opmaak.regios()}
    titel = keuzes.titel(s, cluster, maand)
    rijen = [[h(opmaak.regio(r)), blok.cijfer(c, s.schrijf)] for r, c in per.items()]
    return Blok(
        f"kaart-{s.metriek.code}-{cluster}-{maand:%Y-%m}",
        titel,
        'Donkerder is hoger. <span class="scherm">Klik op een regio voor het verloop hieronder.</span>',
        herkomst(g, s.metriek.mart, list(per.values()), maand),
        lambda b, k: grafiek.kaart(per, s.schrijf, titel, k, gekozen),
        ["Regio", s.metriek.naam],
        rijen,
        {s.metriek.naam: s.metriek.definitie()},
        keuzes.alle_regios(s, cluster, maand),
        breed=400,
    )


def ranglijst(g: Gegevens, s: Stand, cluster: str, maand: date, gekozen: str) -> Blok:
    """The regions from high to low, the country among them."""
    per = {r: s.bij(maand, r, cluster) for r in opmaak.regios()}
    if s.metriek.soort != "aantal" and s.bij(maand, LANDELIJK, cluster).bekend:
        per[LANDELIJK] = s.bij(maand, LANDELIJK, cluster)
    volgorde = sorted(per, key=lambda r: (not per[r].bekend, -(per[r].waarde or 0)))
    staven = [
        Staaf(opmaak.regio(r), per[r], r in (gekozen, LANDELIJK), r if r != LANDELIJK else None) for r in volgorde
    ]
    m = s.metriek
    norm = (f"{m.normnaam} {m.schrijf(m.norm, kort=True)}", m.norm) if m.norm is not None else None
    titel = f"Van hoog naar laag: {opmaak.in_zin(m.naam)}"
    samen = s.bij(maand, LANDELIJK, cluster)
    onder = (
        f"Nederland: {s.schrijf(samen.waarde)} {m.eenheid}, over {samen.van_regios()} regio’s."
        if samen.bekend
        else m.eenheid.capitalize() + "."
    )
    rijen = [[h(opmaak.regio(r)), blok.cijfer(per[r], s.schrijf)] for r in volgorde]
    return Blok(
        f"rang-{m.code}-{cluster}-{maand:%Y-%m}",
        titel,
        onder,
        herkomst(g, m.mart, list(per.values()), maand),
        lambda b, k: grafiek.staven(staven, s.schrijf, b, titel, k, norm, hoogte=20),
        ["Regio", m.naam],
        rijen,
        breed=540,
    )


def naast_nederland(g: Gegevens, s: Stand, cluster: str, maand: date, code: str) -> Blok:
    """The chosen region over time; beside the country where a mean or share can be compared."""
    m = s.metriek
    lijnen = [(opmaak.regio(code), m.code, code)]
    if m.soort != "aantal":
        lijnen.append(("Nederland", m.code, LANDELIJK))
    titel = f"{opmaak.regio(code)}: {opmaak.in_zin(m.naam)}, {opmaak.in_zin(opmaak.cluster(cluster))}"
    onder = f"{m.eenheid.capitalize()}, per maand."
    return verloop(g, f"verloop-{m.code}-{code}-{cluster}", titel, onder, lijnen, cluster, maand, 1080)
