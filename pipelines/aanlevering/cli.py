"""The command ``ggz levering``: take back a delivery that should not count, or let it count again.

Belongs here: what stands on the command line. Does not belong here: what withdrawing means (``register``, dbt's staging).
"""

from collections.abc import Callable
from getpass import getuser

import click

from pipelines.aanlevering.register import Levering, Register
from pipelines.settings import Instellingen


@click.group(help="Trek een levering in, of herstel haar.")
def levering() -> None:
    pass


def _opties(commando: Callable) -> Callable:
    for optie in (
        click.argument("bestand"),
        click.option("--reden", required=True, metavar="TEKST", help="Waarom; blijft bewaard."),
        click.option("--auteur", default=getuser, show_default="de aangemelde gebruiker", help="Wie dit besluit."),
    ):
        commando = optie(commando)
    return commando


@levering.command(options_metavar="[OPTIES]", short_help="Laat een ingenomen levering niet meer tellen.")
@_opties
def intrekken(bestand: str, reden: str, auteur: str) -> None:
    """Laat de levering BESTAND (haar bestandsnaam) niet meer tellen. Haar rijen en haar oordeel blijven bewaard; een lagere
    versie telt weer mee. De cijfers volgen bij de volgende ggz run."""
    with Register(Instellingen().register) as register:
        gevonden = _ingenomen(register, bestand)
        if gevonden.ingetrokken:
            raise click.ClickException(f"{bestand} is al ingetrokken: {gevonden.ingetrokken}")
        register.trek_in(gevonden, auteur, reden)
    click.echo(f"{bestand} telt niet meer mee. Draai ggz run om de cijfers bij te werken.")


@levering.command(options_metavar="[OPTIES]", short_help="Laat een ingetrokken levering weer tellen.")
@_opties
def herstellen(bestand: str, reden: str, auteur: str) -> None:
    """Laat de ingetrokken levering BESTAND weer tellen, vanaf de volgende ggz run."""
    with Register(Instellingen().register) as register:
        gevonden = _ingenomen(register, bestand)
        if not gevonden.ingetrokken:
            raise click.ClickException(f"{bestand} is niet ingetrokken.")
        register.herstel(gevonden, auteur, reden)
    click.echo(f"{bestand} telt weer mee. Draai ggz run om de cijfers bij te werken.")


def _ingenomen(register: Register, bestand: str) -> Levering:
    gevonden = [lev for lev in register.leveringen() if lev.bestand == bestand and lev.code is None]
    if not gevonden:
        raise click.ClickException(
            f"Er is geen ingenomen levering {bestand}. Noem de bestandsnaam zonder map; zie ggz status."
        )
    return gevonden[0]
