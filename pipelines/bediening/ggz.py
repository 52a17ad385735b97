"""The command ``ggz``: options, progress and words for the operator; each command is one call.

Belongs here: what stands on the command line. Does not belong here: any work, nor an import that takes time before a
command needs it.
"""

import gettext
import importlib
import os
import sys
from collections.abc import Callable
from pathlib import Path

import click

# click words its own messages through gettext; who works with these figures reads Dutch, whatever the terminal is set to
os.environ["LANGUAGE"] = "nl"
gettext.bindtextdomain("ggz", Path(__file__).parent / "locale")
gettext.textdomain("ggz")


LAATSTE_MAAND = "2026-10"  # of a demo


class Maand(click.ParamType):
    name = "jjjj-mm"

    def convert(self, value, param, ctx):
        from pipelines.fundament.maand import is_maand

        if not is_maand(value):
            self.fail(f"{value!r} is geen maand; schrijf jjjj-mm, zoals 2026-09.", param, ctx)
        return value


class Regio(click.ParamType):
    name = "regio"

    def convert(self, value, param, ctx):
        from pipelines.aanlevering.assets import IZA_REGIOS

        if value not in IZA_REGIOS:
            self.fail(f"{value!r} is geen IZA-regio; zie seeds/iza_regio.csv.", param, ctx)
        return value


class Bron(click.ParamType):
    name = "bron"

    def convert(self, value, param, ctx):
        from pipelines import contract

        if value not in contract.mappen():
            self.fail(f"{value!r} is geen bron; kies uit {', '.join(contract.mappen())}.", param, ctx)
        return value


# Commands that live with their own subject: module, name in it, and one line for the overview.
ELDERS = {
    "controleer": ("pipelines.aanlevering.controle.cli", "commando", "Controleer bestanden voor u ze aanlevert."),
    "uitleg": ("pipelines.aanlevering.controle.cli", "uitleg", "Leg een code uit, zoals A03 of ZPM-05."),
    "publicaties": ("pipelines.publicatie.cli", "publicaties", "Toon de publicaties, of vergelijk er twee."),
    "sql": ("pipelines.publicatie.cli", "sql", "Stel een vraag in SQL aan de actuele publicatie."),
    "levering": ("pipelines.aanlevering.cli", "levering", "Trek een levering in, of herstel haar."),
    "bevinding": ("pipelines.kwaliteit.cli", "bevinding", "Bekijk en beoordeel bevindingen."),
    "proef": ("pipelines.kwaliteit.cli", "proef", "Bekijk wat gewijzigde regels doen voor zij gelden."),
    "terugkoppeling": ("pipelines.kwaliteit.cli", "terugkoppeling", "Maak het verslag voor één leverancier."),
    "scenario": ("pipelines.analyse.cli", "commando", "Reken een scenario door."),
    "scherm": ("pipelines.scherm.cli", "commando", "Start de schermen in de browser."),
    "rapport": ("pipelines.rapport.cli", "commando", "Maak de kwartaalrapportage van een regio of het land."),
    "codelijst": ("pipelines.referentie.cli", "codelijst", "Laad de officiële codelijst van de NZa."),
    "definitie": (
        "pipelines.referentie.definitie.cli",
        "definitie",
        "Toets een versie van de definitie en neem haar op.",
    ),
    "gebieden": ("pipelines.referentie.cli", "gebieden", "Laad de gemeenten, hun regio en hun inwoners van het CBS."),
}


class Groep(click.Group):
    """Loads the commands of ``ELDERS`` only when one of them is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*super().list_commands(ctx), *ELDERS]

    def get_command(self, ctx: click.Context, naam: str) -> click.Command | None:
        if naam not in ELDERS:
            return super().get_command(ctx, naam)
        module, attribuut, _ = ELDERS[naam]
        commando = getattr(importlib.import_module(module), attribuut)
        commando.options_metavar = "[OPTIES]"
        if isinstance(commando, click.Group):
            commando.subcommand_metavar = "OPDRACHT [OPTIES]"
        return commando

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        eigen = [(naam, self.commands[naam].get_short_help_str(70)) for naam in super().list_commands(ctx)]
        with formatter.section("Opdrachten"):
            formatter.write_dl(eigen + [(naam, uitleg) for naam, (_, _, uitleg) in ELDERS.items()])


@click.group(
    cls=Groep,
    subcommand_metavar="OPDRACHT [OPTIES]",
    options_metavar="",
    help="Capaciteitsmonitor cruciale ggz: van aanleveringen naar cijfers per IZA-regio en cluster.",
    epilog="Alle gegevens staan onder GGZ_DATA (standaard data/).",
)
def ggz() -> None:
    from pipelines.settings import Instellingen

    if bezwaar := Instellingen().bezwaar:
        raise click.UsageError(bezwaar)


def _omvang(schaal: float, maanden: int) -> Callable:
    """The options that say how large a demo is, with what it is where nothing is said."""
    return lambda doe: click.option(
        "--schaal",
        type=click.FloatRange(min=0, min_open=True, max=2),
        default=schaal,
        show_default=True,
        help="1.0 is heel Nederland.",
    )(
        click.option(
            "--maanden",
            type=click.IntRange(min=6),
            metavar="AANTAL",
            default=maanden,
            show_default=True,
            help="Hoeveel maanden historie.",
        )(doe)
    )


@ggz.command("demo-data", options_metavar="[OPTIES]", short_help="Maak synthetische aanleveringen.")
@click.option(
    "--uit", type=click.Path(path_type=Path), metavar="MAP", help="Map waarin landing/ komt; standaard GGZ_DATA."
)
@_omvang(1.0, 24)
@click.option("--seed", type=int, metavar="GETAL", default=1, show_default=True, help="Zelfde seed, zelfde bytes.")
@click.option(
    "--laatste-maand",
    type=Maand(),
    metavar="jjjj-mm",
    default=LAATSTE_MAAND,
    show_default=True,
    help="Laatste aanlevermaand.",
)
def demo_data(uit: Path | None, schaal: float, maanden: int, seed: int, laatste_maand: str) -> None:
    """Maak synthetische aanleveringen van de vier bronnen voor alle regio's, met een lijst van de ingebouwde gebreken."""
    from pipelines.bediening.verslag import maak_demo

    sys.exit(maak_demo(uit, schaal, maanden, seed, laatste_maand))


@ggz.command(options_metavar="[OPTIES]", short_help="Alles in een keer met voorbeeldgegevens: maak ze en draai ze.")
@_omvang(0.05, 12)
def demo(schaal: float, maanden: int) -> None:
    """Maak synthetische aanleveringen, leg de echte wachttijden van de NZa (2018) ernaast, en draai de hele pijplijn."""
    from pipelines.bediening.verslag import draai_demo

    sys.exit(draai_demo(schaal, maanden, LAATSTE_MAAND))


@ggz.command(options_metavar="[OPTIES]", short_help="Neem in wat nieuw is, bouw, toets en publiceer.")
@click.option("--alles", is_flag=True, help="Kijk in heel landing (de standaard).")
@click.option("--maand", type=Maand(), metavar="jjjj-mm", help="Neem alleen deze aanlevermaand in.")
@click.option("--regio", type=Regio(), metavar="ZKnn", help="Neem alleen deze IZA-regio in.")
@click.option("--bron", type=Bron(), metavar="NAAM", help="Neem alleen deze bron in, zoals bedden.")
@click.option("--proef", is_flag=True, help="Zeg wat er te doen is en waarom, en doe niets.")
def run(alles: bool, maand: str | None, regio: str | None, bron: str | None, proef: bool) -> None:
    """Neem in wat nieuw is, bouw het warehouse, toets en publiceer: hetzelfde als de maandelijkse run.

    Status 0 als alles goed is, ook als er aanleveringen zijn geweigerd; 1 als een toets zakt die de bouw tegenhoudt.
    """
    if alles and (maand or regio or bron):
        raise click.UsageError("--alles gaat niet samen met --maand, --regio of --bron.")
    if proef and (maand or regio or bron):
        raise click.UsageError("--proef kijkt in heel landing, en gaat niet samen met --maand, --regio of --bron.")
    from pipelines.bediening.verslag import draai_met_verslag, toon_werk

    sys.exit(toon_werk() if proef else draai_met_verslag(bron, maand, regio))


@ggz.command(options_metavar="[OPTIES]", short_help="Toon wat er geleverd, geweigerd, laat of afwezig is.")
def status() -> None:
    """Toon per regio en bron wat er is geleverd, geweigerd, te laat is of ontbreekt."""
    from pipelines.bediening.leverstand import toon_status

    sys.exit(toon_status())


def main() -> None:
    try:
        ggz.main(prog_name="ggz")
    except Exception as fout:
        from pipelines.bediening.woorden import bewaar_fout, in_woorden, zichtbaar

        click.echo(f"Er ging iets mis: {zichtbaar(in_woorden(fout))}\n{bewaar_fout()}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
