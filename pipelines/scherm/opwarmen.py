"""Loads before the first visit what every visit needs: modules, the newest state and the figures of the first page.

Belongs here: order of loading. It changes nothing: without it the first page is only slower.
"""

from pipelines.blokken import gegevens, metrieken
from pipelines.blokken.gebruiker import Gebruiker
from pipelines.publicatie import beschrijving
from pipelines.settings import Instellingen


def alles(demonstratie: bool) -> None:
    """For who sees every region: the first page of a demonstration, and of most who sign in first."""
    import streamlit  # noqa: F401 - the first page waits for it otherwise

    from pipelines.scherm.paginas import datakwaliteit, landelijk, regio, uitleg  # noqa: F401

    beschrijving.tabellen()
    try:
        bron = gegevens.nieuwste(Instellingen())
    except gegevens.GeenGegevens:
        return
    for rol in ("steward", "landelijk") if demonstratie else ("landelijk",):
        g = gegevens.voor(bron, Gebruiker("", rol))
        for code in metrieken.metrieken():
            metrieken.stand(g, code)
