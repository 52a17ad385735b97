"""``ggz definitie``: the words on the screen. Does not belong here: reading, judging and keeping a version."""

from pathlib import Path

import click

from pipelines.referentie.definitie import bewaren, lezen, toets
from pipelines.referentie.definitie.lezen import Definitie
from pipelines.referentie.definitie.toets import Oordeel
from pipelines.referentie.werkblad import Onbruikbaar
from pipelines.settings import Instellingen

REGELS = 15
"""Lines shown of each kind of finding."""
BESTAND = click.Path(path_type=Path)


def _bestanden(opdracht):
    """The files of a version: rules, and maps where it has its own."""
    for decorator in (
        click.option("--zorgvormen", type=BESTAND, metavar="KAART", help="Eigen kaart van zorgvorm naar cluster."),
        click.option("--bedtypen", type=BESTAND, metavar="KAART", help="Eigen kaart van bedtype naar cluster."),
        click.argument("bestand", type=BESTAND),
    ):
        opdracht = decorator(opdracht)
    return opdracht


@click.group()
def definitie() -> None:
    """Andere versies van de definitie: bekijk ze, toets er een, neem haar op of haal haar weg."""


@definitie.command("lijst")
def toon_lijst() -> None:
    """Toon de versies waarmee de volgende run rekent."""
    versies = bewaren.lijst(Instellingen())
    breedte = max(len(versie) for versie, *_ in versies)
    for versie, herkomst, regels, omschrijving in versies:
        click.echo(f"{versie:<{breedte}}  {herkomst:<11}  {regels:>2} regels  {omschrijving}".rstrip())


@definitie.command("toets")
@_bestanden
def toets_versie(bestand: Path, bedtypen: Path | None, zorgvormen: Path | None) -> None:
    """Zeg wat er aan de regels mis is en wat zij doen, voordat er iets mee wordt gebouwd."""
    _beoordeel(bestand, bedtypen, zorgvormen)
    click.echo("Niets gewijzigd; ggz definitie neem-op neemt haar op.")


@definitie.command("neem-op")
@_bestanden
@click.option("--omschrijving", metavar="TEKST", default="", help="Wat deze versie anders doet, in één zin.")
def neem_op(bestand: Path, bedtypen: Path | None, zorgvormen: Path | None, omschrijving: str) -> None:
    """Toets de regels en neem de versie op in de instellingen; de volgende run rekent haar mee."""
    versie = _beoordeel(bestand, bedtypen, zorgvormen)
    bewaard = bewaren.neem_op(Instellingen(), versie, omschrijving, f"opgenomen uit {bestand.name}")
    click.echo(f"Opgenomen als {versie.versie}, bewaard in {bewaard}. De volgende ggz run rekent haar mee.")


@definitie.command("verwijder")
@click.argument("versie")
def verwijder(versie: str) -> None:
    """Haal een opgenomen versie weg; de volgende run rekent haar niet meer mee."""
    try:
        bewaren.verwijder(Instellingen(), versie)
    except Onbruikbaar as fout:
        raise click.ClickException(str(fout)) from fout
    click.echo(f"Versie {versie} is weggehaald. Uit de cijfers verdwijnt zij bij de volgende ggz run.")


def _beoordeel(bestand: Path, bedtypen: Path | None, zorgvormen: Path | None) -> Definitie:
    """The version in these files, once its judgement is shown; stops with a message when it has faults."""
    try:
        versie = lezen.lees(bestand, bedtypen, zorgvormen)
    except Onbruikbaar as fout:
        raise click.ClickException(str(fout)) from fout
    oordeel = toets.beoordeel(versie, Instellingen().warehouse)
    if oordeel.fouten:
        _toon(f"Fouten in {bestand.name}", oordeel.fouten)
        raise click.ClickException("de versie is zo niet te gebruiken; verbeter de regels. De kop is rij 1")
    click.echo(f"Versie {versie.versie}: {len({rij['volgorde'] for rij in versie.regels})} regels")
    _toon_oordeel(oordeel)
    return versie


def _toon_oordeel(oordeel: Oordeel) -> None:
    _toon("Regels die nooit worden bereikt", oordeel.onbereikt, "Elke regel wordt bereikt.")
    _toon("Wat onbepaald kan worden", oordeel.zonder_plaats, "Elke code krijgt een plaats.")
    _toon(
        "Regels met een andere uitkomst die deels hetzelfde raken; de volgorde beslist",
        oordeel.overlap,
        "Geen regels die deels hetzelfde raken met een andere uitkomst.",
    )
    click.echo(oordeel.gebruik)
    _toon("Regels waar geen enkele prestatie op past", oordeel.ongebruikt)
    _toon("Prestaties die onbepaald worden", oordeel.rest)


def _toon(kop: str, regels: list[str], geen: str = "") -> None:
    if not regels and geen:
        click.echo(geen)
    if regels:
        click.echo(f"{kop} ({len(regels)}):")
    for regel in regels[:REGELS]:
        click.echo(f"  {regel}")
    if len(regels) > REGELS:
        click.echo(f"  .. en nog {len(regels) - REGELS}")
