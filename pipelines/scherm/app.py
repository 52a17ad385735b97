"""The application that Streamlit runs: who signs in, which state is read, which page is shown.

Belongs here: sign-in, frame and navigation. Started by ``ggz scherm``, which settles address and settings.
"""

from datetime import UTC, datetime

import streamlit as st

from pipelines.blokken import gegevens, opmaak
from pipelines.blokken.gebruiker import Gebruiker
from pipelines.scherm import plaats, toegang
from pipelines.scherm.paginas import aanleveren, datakwaliteit, landelijk, meenemen, regio, uitleg
from pipelines.scherm.toegang import GeenToegang, SchermInstellingen
from pipelines.settings import Instellingen


def _demonstratie() -> Gebruiker:
    """Without an identity provider: on this machine alone, and with a free choice of whose eyes to look through."""
    if st.get_option("server.address") not in toegang.LOKAAL:
        st.error("Zonder inlogvoorziening (OIDC) draait de capaciteitsmonitor alleen op 127.0.0.1. Zie docs/scherm.md.")
        st.stop()
    opties = [Gebruiker("demonstratie", r) for r in ("steward", "landelijk")]
    opties += [Gebruiker("demonstratie", "regio", r) for r in opmaak.regios()] + [Gebruiker("demonstratie", "publiek")]
    links, rechts = st.columns([5, 3], vertical_alignment="bottom")
    links.html(
        '<p class="ggz-balk" role="note"><strong>Demonstratie</strong>: zonder inloggen, alleen op deze computer. Kies zelf door wiens ogen u kijkt.</p>'
    )
    with rechts:
        return st.selectbox(
            "Bekijk als", opties, format_func=Gebruiker.omschrijving, key="bekijk_als", on_change=_andere_ogen
        )


def _andere_ogen() -> None:
    """Who looks through other eyes begins with the region of those."""
    st.session_state.pop("regio", None)
    st.query_params.pop("regio", None)


def _bewaak(einde: datetime) -> None:
    """Signs out who stayed too long: at once, or at the moment that the session ends, also where nobody clicks."""
    if einde <= datetime.now(UTC):
        st.logout()
        st.stop()
    st.fragment(lambda: einde <= datetime.now(UTC) and st.rerun(), run_every=einde - datetime.now(UTC))()


def _ingelogd(instellingen: SchermInstellingen) -> Gebruiker:
    if not st.user.is_logged_in:
        st.title("Capaciteitsmonitor cruciale ggz")
        st.write("Log in met het account van uw organisatie.")
        st.button("Inloggen", on_click=st.login, type="primary")
        st.stop()
    claims = st.user.to_dict()
    _bewaak(toegang.einde(claims, instellingen))
    try:
        wie = toegang.gebruiker(claims, instellingen)
    except GeenToegang as fout:
        st.error(str(fout))
        st.button("Uitloggen", on_click=st.logout)
        st.stop()
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", key="wie"):
        st.html(f'<p class="ggz-wie">{opmaak.h(wie.naam)} · {opmaak.h(wie.omschrijving())}</p>', width="content")
        st.button("Uitloggen", on_click=st.logout)
    return wie


def _heeft_oidc() -> bool:
    try:
        return "auth" in st.secrets
    except FileNotFoundError:
        return False


def main() -> None:
    st.set_page_config(
        "Capaciteitsmonitor cruciale ggz",
        page_icon=str(plaats.MIDDELEN / "merk.svg"),
        layout="wide",
    )
    st.html(plaats.MIDDELEN / "pagina.css")
    paginas = st.navigation(
        [
            st.Page(
                lambda: regio.pagina(g), title="Regio", url_path="regio", icon=":material/location_on:", default=True
            ),
            st.Page(lambda: landelijk.pagina(g), title="Landelijk", url_path="landelijk", icon=":material/map:"),
            st.Page(
                lambda: datakwaliteit.pagina(g),
                title="Datakwaliteit",
                url_path="datakwaliteit",
                icon=":material/fact_check:",
            ),
            st.Page(lambda: meenemen.pagina(g), title="Meenemen", url_path="meenemen", icon=":material/download:"),
            st.Page(aanleveren.pagina, title="Aanleveren", url_path="aanleveren", icon=":material/upload_file:"),
            st.Page(uitleg.pagina, title="Uitleg", url_path="uitleg", icon=":material/help:"),
        ],
        position="top",
    )
    wie = _ingelogd(SchermInstellingen()) if _heeft_oidc() else _demonstratie()
    if paginas.url_path == "aanleveren":  # says nothing of figures, and needs none
        paginas.run()
        return
    try:
        g = gegevens.voor(gegevens.nieuwste(Instellingen()), wie)
    except gegevens.GeenGegevens as fout:
        st.info(str(fout))
        st.stop()
    paginas.run()
    voet = f"Capaciteitsmonitor cruciale ggz · {g.bron.omschrijving()} · u kijkt als {wie.omschrijving()}"
    plaats.html(f'<p class="bron">{opmaak.h(voet)}</p>', "voet")


main()
