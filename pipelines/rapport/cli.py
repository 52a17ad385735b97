"""``ggz rapport``: the quarterly report of a region or the country.

Belongs here: arguments and where the files go. Does not belong here: what the report says.
"""

from pathlib import Path

import click

from pipelines.settings import Instellingen


@click.command("rapport", short_help="Maak de kwartaalrapportage van een regio.", options_metavar="[OPTIES]")
@click.option("--regio", default="NL", show_default=True, metavar="ZKnn", help="De IZA-regio, of NL voor het land.")
@click.option("--kwartaal", required=True, metavar="jjjjKn", help="Zoals 2026K3.")
@click.option(
    "--uit",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="MAP",
    help="Standaard rapporten/ onder GGZ_DATA.",
)
@click.option(
    "--definitie",
    metavar="VERSIE",
    help="Een andere versie van de definitie dan de standaard; zie ggz definitie lijst.",
)
@click.option("--zonder-pdf", is_flag=True, help="Maak alleen de HTML.")
def commando(regio: str, kwartaal: str, uit: Path | None, definitie: str | None, zonder_pdf: bool) -> None:
    """Maak de kwartaalrapportage (HTML en PDF): twee pagina's hoofdzaken en een bijlage.

    Voor een regio met de cijfers van de eigen regiotafel, voor het land met die van de landelijke tafel. Met --definitie staan de
    cijfers er onder die versie naast de standaard, en noemt het rapport wat er onder die versie niet is.
    """
    from pipelines.blokken import gegevens, opmaak
    from pipelines.blokken.gebruiker import Gebruiker
    from pipelines.rapport import inhoud, onder_definitie
    from pipelines.rapport.druk import GeenBrowser, pdf
    from pipelines.rapport.inhoud import GeenRapport, Kwartaal
    from pipelines.rapport.onder_definitie import OnbekendeVersie

    if regio != opmaak.LANDELIJK and regio not in opmaak.regios():
        raise click.BadParameter(
            f"{regio!r} is geen IZA-regio; schrijf ZK en twee cijfers, of NL", param_hint="--regio"
        )
    wie = Gebruiker("rapport", "landelijk") if regio == opmaak.LANDELIJK else Gebruiker("rapport", "regio", regio)
    instellingen = Instellingen()
    map_ = uit or instellingen.data / "rapporten"
    try:
        g, k = gegevens.voor(gegevens.nieuwste(instellingen), wie), Kwartaal.lees(kwartaal)
        paar = onder_definitie.paar(g, definitie) if definitie else None
        tekst = onder_definitie.rapport(g, regio, k, paar) if paar else inhoud.rapport(g, regio, k)
        map_.mkdir(parents=True, exist_ok=True)
        onder = f"_{paar.naar}" if paar else ""
        html = map_ / f"kwartaalrapportage_{kwartaal.upper()}_{regio}{onder}.html"
        html.write_text(tekst, encoding="utf-8")
        click.echo(str(html))
        if not zonder_pdf:
            doel = html.with_name(f"{html.stem}.pdf")  # a version may have a dot in its name
            pdf(html, doel, onder_definitie.opschrift(paar) if paar else "")
            click.echo(str(doel))
    except OnbekendeVersie as fout:
        raise click.BadParameter(str(fout), param_hint="--definitie") from fout
    except (GeenRapport, GeenBrowser, ValueError, gegevens.GeenGegevens) as fout:
        raise click.ClickException(str(fout)) from fout
