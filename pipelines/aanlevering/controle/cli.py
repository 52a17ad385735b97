"""The command ``ggz controleer``: the verdict in words, as JSON, and as a status.

Belongs here: what stands on the command line. Does not belong here: judging (``keuren``).
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from pipelines import contract
from pipelines.aanlevering.controle import keuren, woorden
from pipelines.aanlevering.controle.keuren import Verdict
from pipelines.aanlevering.controle.werkboek import Werkboek

UITLEG = "Meer over een code: ggz uitleg CODE."


@click.command("controleer", options_metavar="[OPTIES]", short_help="Controleer bestanden voor u ze aanlevert.")
@click.argument("paden", metavar="BESTAND...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--bron", metavar="NAAM", help="Wat erin staat, voor een bestand waarvan de naam niet klopt; zoals bedden."
)
@click.option("--json", "als_json", is_flag=True, help="Toon het oordeel als JSON.")
@click.option(
    "--xlsx",
    "werkboek",
    metavar="UIT",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Schrijf de afgekeurde rijen naar dit werkboek, met de foute cellen gemerkt.",
)
def commando(paden: tuple[Path, ...], bron: str | None, als_json: bool, werkboek: Path | None) -> None:
    """Controleer bestanden, of alle bestanden in een map, met de regels van de inname. Er wordt niets bewaard of ingenomen.

    Status 0 als alles goed is, 1 als een bestand of rij wordt geweigerd, 2 als de opdracht niet klopt.
    """
    if bron is not None and bron not in contract.bronnen():
        raise click.UsageError(f"{bron!r} is geen bron; kies uit {', '.join(contract.bronnen())}.")
    te_zien = list(keuren.bestanden(paden))
    if not te_zien:
        raise click.UsageError("in de map staat geen bestand.")
    if werkboek is not None and (werkboek.suffix != ".xlsx" or not werkboek.parent.is_dir()):
        raise click.UsageError(f"{werkboek} kan geen werkboek worden: kies een naam op .xlsx in een map die bestaat.")
    if werkboek is not None and werkboek.resolve() in {b.pad.resolve() for b in te_zien}:
        raise click.UsageError(f"{werkboek} is zelf een van de te controleren bestanden; kies een andere naam.")
    boek = Werkboek() if werkboek else None
    verdicten = keuren.controleer(te_zien, bron, boek.onthoud if boek else lambda *_: None)
    click.echo(_json(verdicten) if als_json else "\n".join(_woorden(verdicten)))
    if boek:
        boek.schrijf(werkboek, verdicten)
        click.echo(f"Werkboek: {werkboek}", err=True)
    sys.exit(0 if all(v.goed for v in verdicten) else 1)


@click.command("uitleg", options_metavar="", short_help="Leg een code uit, zoals A03 of ZPM-05.")
@click.argument("code")
def uitleg(code: str) -> None:
    """Leg een code uit: wat zij betekent, een voorbeeld, wat te doen is en wat zij met de cijfers doet."""
    from rich.console import Console
    from rich.markdown import Markdown

    from pipelines.contract import uitleg as paginas

    try:
        gevonden = paginas.lees(code.upper())
    except KeyError:
        raise click.UsageError(f"{code!r} is geen code; A03 en ZPM-05 zijn het wel.") from None
    Console().print(f"[bold]{gevonden.titel}[/]\n", Markdown(gevonden.tekst), highlight=False)


def _json(verdicten: list) -> str:
    return json.dumps(
        {
            "bestanden": [
                {
                    "bestand": v.pad,
                    "oordeel": v.oordeel,
                    "bron": v.naam and v.naam.bron,
                    "maand": v.naam and v.naam.maand,
                    "geweigerd_om": [{"code": c, "toelichting": t} for c, t in v.weigeringen],
                    "gestoord": v.gestoord,
                    "rijen_gelezen": v.gelezen,
                    "rijen_afgekeurd": v.afgekeurd,
                    "gemengde_decimalen": v.gemengde_decimalen,
                    "regels": [asdict(b) for b in v.breuken.values()],
                }
                for v in verdicten
            ],
            "niet_getoetst": woorden.NIET_TE_ZIEN,
        },
        ensure_ascii=False,
        indent=1,
    )


def _woorden(verdicten: list[Verdict]) -> list[str]:
    uit = [regel for v in verdicten for regel in _van_bestand(v)]
    goed = sum(v.goed for v in verdicten)
    return [*uit, "", f"Bestanden: {len(verdicten)}, waarvan goed: {goed}.", woorden.RIJ, woorden.NIET_TE_ZIEN, UITLEG]


def _van_bestand(v: Verdict) -> list[str]:
    als = f" (als {v.naam.bron} over {v.naam.maand})" if v.naam else ""
    rijen = f", {v.afgekeurd} van {v.gelezen} rijen afgekeurd" if v.gelezen else ""
    uit = [f"{v.pad}: {v.oordeel.upper()}{als}{rijen}"]
    uit += [f"  {zin}" for zin in woorden.over_het_geheel(v, "met --bron NAAM gebeurt dat wel")]
    for code, uitleg, aantal, eerste, doen in woorden.per_regel(v):
        uit.append(f"  {code} {uitleg}: dat is niet zo in {aantal} (rij {eerste})")
        uit += [f"      doen: {doen}"] if doen else []
    return uit
