"""All regions beside each other (for the landelijke tafel and its analysts).

Belongs here: the choice of subject. Each subject is a function ``toon`` in a module of its own.
"""

import streamlit as st

from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.metrieken import maanden
from pipelines.scherm import plaats
from pipelines.scherm.paginas import kiezen
from pipelines.scherm.paginas.landelijk import (
    capaciteit,
    definities,
    gepubliceerd,
    inwoners,
    kaart,
    overzicht,
    publicaties,
    scenarios,
    veelvoud,
    voorzieningen,
    wachten,
)

ONDERWERPEN = {
    "kaart": ("Kaart en ranglijst", kaart),
    "overzicht": ("Nederland in het kort", overzicht),
    "wachten": ("Wachten", wachten),
    "capaciteit": ("Capaciteit", capaciteit),
    "voorzieningen": ("Voorzieningen en HIC", voorzieningen),
    "inwoners": ("Inwoners", inwoners),
    "scenarios": ("Scenario's", scenarios),
    "veelvoud": ("Regio's naast elkaar", veelvoud),
    "gepubliceerd": ("Naast gepubliceerde cijfers", gepubliceerd),
    "definities": ("Definities", definities),
    "publicaties": ("Publicaties vergelijken", publicaties),
}


def pagina(g: Gegevens) -> None:
    st.title("Landelijk")
    if not maanden(g):
        st.info("Er zijn nog geen cijfers die u mag zien.")
        return
    deel = kiezen.onderwerp("landelijk_onderwerp", {code: naam for code, (naam, _) in ONDERWERPEN.items()})
    ONDERWERPEN[deel][1].toon(g)
    plaats.zegt_niet(f"landelijk-{deel}")
