"""``ggz scherm``: starts the web application.

Belongs here: address, port and the settings of Streamlit. Does not belong here: anything on a page.
"""

import os
from pathlib import Path
from threading import Thread

import click

APP = Path(__file__).parent / "app.py"


@click.command("scherm", short_help="Start de schermen in de browser.", options_metavar="[OPTIES]")
@click.option(
    "--poort", type=click.IntRange(1, 65535), default=8501, show_default=True, help="Poort om op te luisteren."
)
@click.option(
    "--adres", default="127.0.0.1", show_default=True, help="Alleen met een inlogvoorziening iets anders dan 127.0.0.1."
)
def commando(poort: int, adres: str) -> None:
    """Start de schermen; stop met Ctrl-C.

    Zonder inlogvoorziening (GGZ_SCHERM_GEHEIMEN, zie docs/scherm.md) in demonstratie, alleen op deze computer.
    """
    from pipelines.scherm.toegang import LOKAAL, SchermInstellingen

    geheimen = SchermInstellingen().geheimen
    if geheimen is None and adres not in LOKAAL:
        raise click.UsageError(
            "zonder inlogvoorziening alleen op 127.0.0.1; zet GGZ_SCHERM_GEHEIMEN, zie docs/scherm.md"
        )
    if geheimen is not None and not geheimen.is_file():
        raise click.UsageError(f"GGZ_SCHERM_GEHEIMEN wijst naar {geheimen}, en dat bestand is er niet")
    _start(adres, poort, geheimen)


def _start(adres: str, poort: int, geheimen: Path | None) -> None:
    """Runs Streamlit in this process, with what the pages need loaded before the first visitor comes."""
    # read by Streamlit when it is imported
    os.environ["STREAMLIT_BROWSER_GATHER_USAGE_STATS"] = "false"
    from streamlit.web import bootstrap

    from pipelines.blokken import gegevens
    from pipelines.scherm import opwarmen
    from pipelines.settings import Instellingen

    try:
        gegevens.nieuwste(Instellingen())
    except gegevens.GeenGegevens as fout:
        click.echo(str(fout), err=True)
    Thread(target=opwarmen.alles, args=[geheimen is None], daemon=True).start()
    click.echo(f"De schermen staan op http://{adres}:{poort} (stop met Ctrl-C)")
    opties = _opties(adres, poort, geheimen)
    bootstrap.load_config_options(opties)
    if geheimen:
        bootstrap.run_asgi_app(str(APP), "pipelines.scherm.server:app", [], opties)
    else:
        bootstrap.run(str(APP), False, [], opties)


def _opties(adres: str, poort: int, geheimen: Path | None) -> dict[str, object]:
    """Settings of Streamlit, with ``_`` for the dots, as it takes them from a command line."""
    from pipelines.scherm.paginas.aanleveren import MEGABYTES

    opties = {
        "server_address": adres,
        "server_port": poort,
        "server_headless": True,
        "server_fileWatcherType": "none",
        "server_maxUploadSize": MEGABYTES,
        "browser_gatherUsageStats": False,
        "client_toolbarMode": "minimal",
        # Streamlit walks all of memory after every click, a tenth of a second; Python collects by itself
        "runner_postScriptGC": False,
        "client_showErrorDetails": "none",
        "theme_base": "light",
        "theme_primaryColor": "#01689b",
        "theme_textColor": "#1b2a38",
        "theme_linkColor": "#01689b",
        "theme_borderColor": "#8c99a3",
        "theme_baseRadius": "small",
    }
    if geheimen:
        opties["secrets_files"] = [str(geheimen)]
    return opties
