"""A scenario made on the screen: knobs as sliders, kept as the same file as ``ggz scenario`` reads, and computed beside the screen.

Belongs here: the form and how far a request is. Does not belong here: what a knob is (the schema) and computing (``analyse``).
"""

import re

import streamlit as st

from pipelines.analyse import aanvraag
from pipelines.analyse.aannames import aannames
from pipelines.analyse.maatregel import ScenarioFout, knoppen, maak
from pipelines.blokken import opmaak
from pipelines.blokken.capaciteit import SOORTEN
from pipelines.blokken.gegevens import Gegevens
from pipelines.settings import Instellingen

# how far a slider goes (from, to, where it stands): the schema allows more than anybody would turn by hand
_BEREIK = {
    "instroom_procent": (-50, 50, -10),
    "duur_procent": (-50, 50, -10),
    "uitgestelde_dagen_procent": (-100, 50, -50),
    "geweigerd_procent": (-100, 50, -50),
    "extra_plaatsen": (-50, 200, 10),
    "heropenen_procent": (0, 100, 100),
    "wachtlijst_weken": (1, 26, 5),
}
_MAATREGELEN = "scenario_maatregelen"
MEESTE = 5  # requests on the page, the newest


def toon(g: Gegevens) -> None:
    """The form and the queue; only for who may see outcomes."""
    if g.wie.rol == "publiek":
        return
    with st.container(key="scherm-scenario"), st.expander("Zelf een scenario maken"):
        _formulier()
    _wachtrij()


def _formulier() -> None:
    maatregelen = st.session_state.setdefault(_MAATREGELEN, [])
    knop = st.selectbox(
        "Knop", list(knoppen()), format_func=lambda k: knoppen()[k]["title"], key="nieuw_knop", help="Wat verandert er?"
    )
    st.caption(knoppen()[knop]["description"].replace("`", ""))
    laag, hoog, begin = _BEREIK[knop]
    eenheid = knoppen()[knop]["x-eenheid"].strip()
    regel = {knop: st.slider(f"Hoeveel ({eenheid})", laag, hoog, begin, key=f"nieuw_waarde_{knop}")}
    horizon = aannames().horizon_maanden
    if knop == "wachtlijst_weken":
        regel["maanden"] = st.slider("Binnen hoeveel maanden?", 1, horizon, 12, key="nieuw_maanden")
    links, rechts = st.columns(2)
    with links:
        clusters = st.multiselect(
            "Clusters", opmaak.clusters(), format_func=opmaak.cluster, key="nieuw_clusters", placeholder="Alle clusters"
        )
        soort = st.selectbox(
            "Soort plaats",
            [None, *SOORTEN],
            format_func=lambda s: SOORTEN[s].capitalize() if s else "Beide",
            key="nieuw_soort",
        )
    with rechts:
        regios = st.multiselect(
            "Regio's", list(opmaak.regios()), format_func=opmaak.regio, key="nieuw_regios", placeholder="Alle regio's"
        )
        vanaf = st.slider("Vanaf welke maand vooruit?", 1, horizon, 1, key="nieuw_vanaf")
    bron = st.text_input(
        "Waar komt dit getal vandaan?", key="nieuw_bron", placeholder="publicatie, afspraak of werkaanname"
    )
    keuzes = {
        "clusters": clusters,
        "regios": regios,
        "capaciteit_type": soort,
        "vanaf_maand": vanaf,
        "bron": bron.strip(),
    }
    regel |= {naam: waarde for naam, waarde in keuzes.items() if waarde}
    if st.button("Voeg deze maatregel toe", key="nieuw_erbij") and _geldig([regel], "maatregel"):
        maatregelen.append(regel)
    _aanvragen(maatregelen)


def _aanvragen(maatregelen: list[dict]) -> None:
    """The measures so far, and the button that asks for them to be computed."""
    if not maatregelen:
        return
    gekozen = maak({"naam": "concept", "titel": "Concept", "maatregelen": maatregelen}, "concept").maatregelen
    st.markdown("**Maatregelen, in deze volgorde**")
    for nummer, maatregel in enumerate(gekozen):
        tekst, weg = st.columns([6, 1])
        tekst.write(maatregel.in_woorden)
        if weg.button("Haal weg", key=f"nieuw_weg_{nummer}"):
            maatregelen.pop(nummer)
            st.rerun()
    titel = st.text_input("Titel van het scenario", key="nieuw_titel").strip()
    naam = re.sub(r"[^a-z0-9]+", "-", titel.lower()).strip("-")[:60].strip("-")
    if st.button("Reken door", type="primary", key="nieuw_reken"):
        scenario = _geldig(maatregelen, titel, naam)
        if scenario:
            aanvraag.vraag_aan(Instellingen(), scenario)
            aanvraag.start(Instellingen())
            st.session_state[_MAATREGELEN] = []
            st.rerun()


def _geldig(maatregelen: list[dict], titel: str, naam: str = "concept"):
    """The scenario of these measures; where it has a fault the page says which, and there is none."""
    try:
        return maak({"naam": naam, "titel": titel, "maatregelen": maatregelen}, "Scenario")
    except ScenarioFout as fout:
        st.error(str(fout))
        return None


def _wachtrij() -> None:
    """How far each request is; while one is under way it is looked at again every two seconds."""
    bezig = any(s.bezig for s in aanvraag.stand(Instellingen()))
    if bezig:
        aanvraag.hervat(Instellingen())
    st.fragment(_toon_wachtrij, run_every=2 if bezig else None)()


def _toon_wachtrij() -> None:
    alle = aanvraag.stand(Instellingen())[:MEESTE]
    bezig = {s.naam for s in alle if s.bezig}
    klaar = st.session_state.get("scenario_bezig", set()).difference(bezig)
    st.session_state["scenario_bezig"] = bezig
    for s in alle:
        if s.bezig:
            deel = aanvraag.STAPPEN.index(s.stap) / (len(aanvraag.STAPPEN) - 1)
            st.progress(deel, f"{s.titel}: {s.stap} ({s.sinds})")
        elif s.stap == aanvraag.MISLUKT:
            st.error(f"{s.titel}: mislukt ({s.sinds}). {s.melding}")
        else:
            st.caption(f"{s.titel}: klaar ({s.sinds}), en te zien in de grafieken hierboven.")
    if klaar:
        st.rerun()
