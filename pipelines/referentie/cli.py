"""``ggz codelijst`` and ``ggz gebieden``: show what an official table would change, and apply it when told to.

Belongs here: the words on the screen. Does not belong here: reading and judging the tables.
"""

from pathlib import Path

import click

from pipelines.referentie import bevolking as inwoners
from pipelines.referentie import codelijst as lijst
from pipelines.referentie import gebieden as indeling
from pipelines.referentie.versie import Verschil
from pipelines.referentie.werkblad import Onbruikbaar
from pipelines.settings import Instellingen

VOORBEELDEN = 10
"""Rows shown of each kind of change."""


@click.group()
def codelijst() -> None:
    """De officiële codelijst van de NZa in plaats van de voorbeeldlijst."""


@codelijst.command("laad")
@click.argument("bestand", type=click.Path(path_type=Path))
@click.option(
    "--toepassen", is_flag=True, help="Vervang de lijst; zonder dit wordt alleen getoond wat er zou veranderen."
)
@click.option(
    "--met-onbekende-codes", is_flag=True, help="Ook als rijen van aanleveringen daardoor worden geweigerd (A03)."
)
def laad_codelijst(bestand: Path, toepassen: bool, met_onbekende_codes: bool) -> None:
    """Lees het NZa-werkboek, toon wat er verandert en pas het desgevraagd toe."""
    instellingen = Instellingen()
    try:
        voorstel = lijst.stel_voor(bestand, instellingen.opslag)
    except Onbruikbaar as fout:
        raise click.ClickException(str(fout)) from fout
    click.echo(f"{len(voorstel.rijen)} prestaties gelezen uit {bestand.name}")
    _toon_lijst("tabbladen zonder een kolom die daar mag ontbreken", voorstel.afwezig)
    _toon_lijst("rijen weggelaten: één cel tekst, geen prestatiecode", voorstel.voetnoten)
    _toon(voorstel.verschil)
    _toon_lijst("codes van aanleveringen staan er niet in, of gelden niet op hun begindatum", voorstel.onbekend)
    _toon_lijst(
        "codes van geweigerde rijen waren onbekend en blijven het",
        [f"{code} ({aantal} rijen)" for code, aantal in voorstel.blijft_onbekend],
    )
    _weiger(voorstel.fouten, lijst.MAPPING)
    if voorstel.onbekend and toepassen and not met_onbekende_codes:
        raise click.ClickException(
            "niet toegepast: rijen met deze codes zouden worden geweigerd. Klopt dat, geef dan --met-onbekende-codes"
        )
    if toepassen:
        _meld(lijst.pas_toe(voorstel, bestand, instellingen.data / "referentie" / "zpm_prestatie"))
    else:
        click.echo("Niets gewijzigd; met --toepassen wel.")


@click.group()
def gebieden() -> None:
    """De gemeenten, hun regio en hun inwoners, uit tabellen van het CBS."""


@gebieden.command("laad")
@click.argument("bestand", type=click.Path(path_type=Path))
@click.option(
    "--jaar",
    type=click.IntRange(2015, 2100),
    help="Jaar van de indeling, als naam en titel van het bestand het niet zeggen.",
)
@click.option(
    "--toepassen", is_flag=True, help="Vervang de indeling; zonder dit wordt alleen getoond wat er zou veranderen."
)
@click.option(
    "--met-verdwenen-gemeenten", is_flag=True, help="Ook als veel bekende gemeenten niet in het bestand staan."
)
def laad_gebieden(bestand: Path, jaar: int | None, toepassen: bool, met_verdwenen_gemeenten: bool) -> None:
    """Lees een CBS-tabel, toon wat er verandert en pas haar desgevraagd toe."""
    try:
        voorstel = indeling.stel_voor(bestand, jaar)
    except Onbruikbaar as fout:
        raise click.ClickException(str(fout)) from fout
    click.echo(f"{voorstel.gemeenten} gemeenten van {voorstel.jaar} gelezen uit {bestand.name}")
    if voorstel.afwezig:
        click.echo(voorstel.afwezig)
    _toon_lijst("rijen overgeslagen: geen gemeentecode (GM en vier cijfers)", voorstel.overgeslagen)
    _toon_lijst(
        f"van de {voorstel.bekend} bekende gemeenten ({voorstel.vergeleken_met}) staan er niet in; zij houden hun laatste regio",
        voorstel.verdwenen,
    )
    click.echo("wat er verandert per jaar, en in de indeling van nu:")
    _toon(voorstel.verschil_historie)
    _toon(voorstel.verschil)
    _weiger(voorstel.fouten, indeling.MAPPING)
    if voorstel.te_veel_verdwenen and toepassen and not met_verdwenen_gemeenten:
        raise click.ClickException(
            f"niet toegepast: {len(voorstel.verdwenen)} van de {voorstel.bekend} bekende gemeenten staan er niet in, meer dan "
            f"hoogste_deel_verdwenen in {indeling.MAPPING}. Is het bestand toch volledig, geef dan --met-verdwenen-gemeenten"
        )
    if toepassen:
        _meld(indeling.pas_toe(voorstel, bestand, Instellingen().data / "referentie"))
    else:
        click.echo("Niets gewijzigd; met --toepassen wel.")


@gebieden.command("bevolking")
@click.argument("bestand", type=click.Path(path_type=Path))
@click.option("--jaar", type=click.IntRange(2015, 2100), help="Jaar van de tabel, als naam en titel het niet zeggen.")
@click.option("--toepassen", is_flag=True, help="Zet het jaar in de bevolking; zonder dit wordt alleen getoond.")
def laad_bevolking(bestand: Path, jaar: int | None, toepassen: bool) -> None:
    """Lees inwoners per gemeente en leeftijd uit een CBS-tabel Kerncijfers wijken en buurten."""
    try:
        voorstel = inwoners.stel_voor(bestand, jaar)
    except Onbruikbaar as fout:
        raise click.ClickException(str(fout)) from fout
    click.echo(
        f"{voorstel.gemeenten} gemeenten met {voorstel.inwoners} inwoners van {voorstel.jaar} gelezen uit {bestand.name}"
    )
    _toon(voorstel.verschil)
    _weiger(voorstel.fouten, inwoners.MAPPING)
    if toepassen:
        _meld(inwoners.pas_toe(voorstel, bestand, Instellingen().data / "referentie"))
    else:
        click.echo("Niets gewijzigd; met --toepassen wel.")


def _toon(verschil: Verschil) -> None:
    alleen_herkomst = {sleutel for sleutel, kolommen in verschil.gewijzigd.items() if set(kolommen) == {"herkomst"}}
    click.echo(
        f"nieuw {len(verschil.nieuw)}, vervallen {len(verschil.vervallen)}, gewijzigd {len(verschil.gewijzigd)}"
        + (f" (van {len(alleen_herkomst)} alleen de herkomst)" if alleen_herkomst else "")
    )
    for teken, rijen in (("+", verschil.nieuw), ("-", verschil.vervallen)):
        for sleutel in sorted(rijen)[:VOORBEELDEN]:
            click.echo(f"  {teken} {' '.join(sleutel)}")
    for sleutel in sorted(verschil.gewijzigd.keys() - alleen_herkomst)[:VOORBEELDEN]:
        kolommen = ", ".join(
            f"{naam}: {was or '(leeg)'} -> {wordt or '(leeg)'}"
            for naam, (was, wordt) in verschil.gewijzigd[sleutel].items()
        )
        click.echo(f"  ~ {' '.join(sleutel)}  {kolommen}")


def _toon_lijst(wat: str, regels: list[str]) -> None:
    if regels:
        click.echo(f"{len(regels)} {wat}:")
    for regel in regels[:VOORBEELDEN]:
        click.echo(f"  {regel}")
    if len(regels) > VOORBEELDEN:
        click.echo(f"  .. en nog {len(regels) - VOORBEELDEN}")


def _weiger(fouten: list[str], mapping: Path) -> None:
    if fouten:
        _toon_lijst("fouten", fouten)
        raise click.ClickException(f"niet toe te passen; verbeter het bestand, of de mapping {mapping}")


def _meld(bewaard: Path | None) -> None:
    click.echo(f"Toegepast; bewaard als {bewaard}" if bewaard else "Er was niets te wijzigen.")
