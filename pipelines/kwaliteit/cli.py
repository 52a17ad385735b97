"""``ggz bevinding`` and ``ggz terugkoppeling``: a steward's work on the terminal.

Belongs here: arguments, and what was found as readable text. Does not belong here: finding, judging or writing reports.
"""

import getpass
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from pipelines.fundament.nederlands import telwoord
from pipelines.kwaliteit.bevinding import ERNST
from pipelines.settings import Instellingen

STATUSSEN = ("open", "heropend", "geaccepteerd", "teruggemeld", "opgelost", "voorbij")
OORDELEN = ("geaccepteerd", "teruggemeld", "opgelost")
MEESTE = 40  # lines on the terminal; --alles shows the rest


@click.group(
    "bevinding",
    subcommand_metavar="OPDRACHT [OPTIES]",
    options_metavar="",
    short_help="Bekijk en beoordeel bevindingen.",
)
def bevinding() -> None:
    """Bevindingen over de aanleveringen en de definitie, met het oordeel van de steward."""


@bevinding.command("lijst", options_metavar="[OPTIES]", short_help="Toon de bevindingen.")
@click.option(
    "--status",
    type=click.Choice(STATUSSEN),
    help="Alleen deze status; standaard wat om een oordeel vraagt (open en heropend).",
)
@click.option("--code", metavar="CODE", help="Alleen deze code, zoals A03 of ZPM-05.")
@click.option("--regio", "iza_regio", metavar="ZKnn", help="Alleen deze IZA-regio.")
@click.option("--leverancier", metavar="AGB/UZOVI", help="Alleen deze leverancier.")
@click.option("--nieuw", is_flag=True, help="Alleen wat de laatste run nieuw of heropend vond.")
@click.option(
    "--sinds",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="jjjj-mm-dd",
    help="Alleen wat sinds deze dag nieuw of heropend is.",
)
@click.option("--alles", is_flag=True, help=f"Ook voorbij de eerste {MEESTE}, en elke status.")
def lijst(
    status: str | None,
    code: str | None,
    iza_regio: str | None,
    leverancier: str | None,
    nieuw: bool,
    sinds: datetime | None,
    alles: bool,
) -> None:
    """Toon de bevindingen: de zwaarste eerst."""
    if nieuw and sinds:
        raise click.UsageError("--nieuw gaat niet samen met --sinds.")
    gevraagd = {"status": status, "code": code, "iza_regio": iza_regio, "leverancier": leverancier}
    with _bevindingen() as open_:
        rijen = open_.lijst({kolom: waarde for kolom, waarde in gevraagd.items() if waarde})
    if nieuw or sinds:
        from pipelines.kwaliteit import verandering

        gezien = verandering.gezien(Instellingen().register, sinds.date() if sinds else None)
        rijen = [r for r in rijen if r["bevinding"] in gezien]
    if not status and not alles:
        rijen = [r for r in rijen if r["status"] in ("open", "heropend")]
    if not rijen:
        click.echo("0 bevindingen die hieraan voldoen.")
        return
    tabel = Table(
        *(Column(k, no_wrap=True) for k in ("kenmerk", "code")),
        "wat",
        "waar",
        Column("maand", no_wrap=True),
        Column("omvang", justify="right"),
        Column("status", no_wrap=True),
    )
    for r in rijen if alles else rijen[:MEESTE]:
        tabel.add_row(
            r["bevinding"],
            r["code"],
            escape(r["titel"]),
            escape(_waar(r)),
            r["laatste_maand"] or "",
            str(r["omvang"]),
            r["status"],
        )
    Console().print(tabel)
    if len(rijen) > MEESTE and not alles:
        click.echo(f"De eerste {MEESTE} van {len(rijen)}; --alles toont ze alle.")
    click.echo(f"{telwoord(len(rijen), 'bevinding', 'bevindingen')}. Meer over een: ggz bevinding toon KENMERK")


@bevinding.command("toon", options_metavar="", short_help="Toon één bevinding.")
@click.argument("kenmerk")
def toon(kenmerk: str) -> None:
    """Toon één bevinding: wat, waar, hoe groot per maand, en elk oordeel erover."""
    with _bevindingen() as open_:
        r = _een(open_, kenmerk)
        maanden, oordelen = open_.maanden(kenmerk), open_.oordelen(kenmerk)
    scherm = Console()
    scherm.print(
        f"[bold]{r['code']} {escape(r['titel'])}[/] ({ERNST[r['ernst']]}), status [bold]{r['status']}[/]",
        highlight=False,
    )
    if r["heropend_omdat"]:
        scherm.print(f"Heropend: {r['heropend_omdat']}", highlight=False)
    scherm.print(
        f"Waar: {escape(_waar(r))}\nWat: {escape(r['toelichting'])}\nDoen: {escape(r['actie'])}\nUitleg: ggz uitleg {r['code']}",
        highlight=False,
    )
    tabel = Table("maand", "omvang", "toelichting")
    for m in maanden:
        tabel.add_row(m["maand"] or "", str(m["omvang"]), escape(m["toelichting"] or ""))
    scherm.print(tabel)
    for o in oordelen:
        tot = f", tot en met {o['einddatum']}" if o["einddatum"] else ""
        scherm.print(
            f"{o['moment']:%Y-%m-%d} {escape(o['auteur'])}: {o['status']}{tot} (omvang {o['omvang']}). "
            f"{escape(o['reden'] or '')}",
            highlight=False,
        )


@bevinding.command("beoordeel", options_metavar="[OPTIES]", short_help="Leg een oordeel vast.")
@click.argument("kenmerken", metavar="KENMERK...", nargs=-1, required=True)
@click.option("--status", type=click.Choice(OORDELEN), required=True, help="Het oordeel.")
@click.option("--reden", help="Waarom; altijd verplicht.")
@click.option(
    "--tot",
    "einddatum",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="jjjj-mm-dd",
    help="Einddatum; verplicht bij geaccepteerd.",
)
@click.option("--auteur", default=getpass.getuser, show_default="de aangemelde gebruiker", help="Wie oordeelt.")
def beoordeel(
    kenmerken: tuple[str, ...], status: str, reden: str | None, einddatum: datetime | None, auteur: str
) -> None:
    """Leg een oordeel vast over een of meer bevindingen: over alle, of bij een fout over geen. Het blijft bij de bevinding staan, ook als het warehouse opnieuw wordt gebouwd, en gaat weer open
    als de omvang verandert, na de einddatum, of als iets dat is opgelost terugkomt."""
    from pipelines.kwaliteit import oordeel

    with _bevindingen() as open_:
        bevindingen = [_een(open_, kenmerk) for kenmerk in kenmerken]
    tot = einddatum.date() if einddatum else None
    try:
        oordeel.beoordeel(Instellingen().register, bevindingen, status, auteur, reden, tot)
    except oordeel.OordeelFout as fout:
        raise click.ClickException(str(fout)) from fout
    for r in bevindingen:
        click.echo(f"{r['bevinding']} ({r['code']}, {_waar(r)}): {status} door {auteur}")


@click.command("proef", options_metavar="[OPTIES]", short_help="Bekijk wat gewijzigde regels doen voor zij gelden.")
@click.argument("suite", metavar="BRON.yaml", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--xlsx", type=click.Path(dir_okay=False, path_type=Path), help="Schrijf de rijen erachter naar dit werkboek."
)
def proef(suite: Path, xlsx: Path | None) -> None:
    """Leg gewijzigde regels (een bestand zoals expectations/BRON.yaml) naast wat is ingenomen: welke rijen zij meer of minder afkeuren, per
    leverancier en maand, en wat dat scheelt. Geen aanlevering wordt gelezen en er verandert niets."""
    from pipelines.kwaliteit import proef as proeven

    try:
        uitkomst = proeven.beproef(Instellingen(), suite)
    except proeven.ProefFout as fout:
        raise click.ClickException(str(fout)) from fout
    scherm = Console()
    for deel in (uitkomst.regels, uitkomst.leveranciers, uitkomst.totaal):
        tabel = Table(*(Column(k, justify="right" if i > 2 else "left") for i, k in enumerate(deel.koppen)))
        for rij in deel.rijen[:MEESTE]:
            tabel.add_row(*(escape(proeven.als_tekst(cel)) for cel in rij))
        scherm.print(f"\n[bold]{deel.titel}[/]", tabel if deel.rijen else deel.leeg, highlight=False)
        if len(deel.rijen) > MEESTE:
            click.echo(f"De eerste {MEESTE} van {len(deel.rijen)}; het werkboek bevat ze alle.")
    click.echo(f"\n{uitkomst.slotzin}")
    if xlsx:
        proeven.schrijf(uitkomst, xlsx)
        click.echo(f"Werkboek: {xlsx}")


@click.command("terugkoppeling", options_metavar="[OPTIES]", short_help="Maak het verslag voor één leverancier.")
@click.option(
    "--leverancier", required=True, metavar="AGB/UZOVI", help="Voor wie: AGB (8 cijfers) of UZOVI (4 cijfers)."
)
@click.option("--maand", required=True, metavar="jjjj-mm", help="De aanlevermaand.")
@click.option(
    "--uit", type=click.Path(file_okay=False, path_type=Path), help="Map; standaard terugkoppeling/ onder GGZ_DATA."
)
def terugkoppeling(leverancier: str, maand: str, uit: Path | None) -> None:
    """Maak een brief, een werkboek en een pagina voor één leverancier: alleen zijn eigen afgekeurde rijen, bevindingen en score."""
    from pipelines.kwaliteit import terugkoppeling as verslag

    instellingen = Instellingen()
    try:
        paden = verslag.schrijf(instellingen, leverancier, maand, uit or instellingen.data / "terugkoppeling")
    except verslag.GeenTerugkoppeling as fout:
        raise click.ClickException(str(fout)) from fout
    click.echo("\n".join(str(pad) for pad in paden))


def _bevindingen():
    from pipelines.kwaliteit.bevinding import Bevindingen
    from pipelines.warehouse.verbinding import NietTeOpenen

    instellingen = Instellingen()
    try:
        return Bevindingen(instellingen.warehouse, instellingen.register)
    except NietTeOpenen as fout:
        raise click.ClickException(str(fout)) from fout


def _een(open_, kenmerk: str) -> dict:
    gevonden = open_.lijst({"bevinding": kenmerk})
    if not gevonden:
        raise click.ClickException(f"er is geen bevinding {kenmerk}; ggz bevinding lijst --alles toont ze alle")
    return gevonden[0]


def _waar(r: dict) -> str:
    return ", ".join(str(r[k]) for k in ("bron", "iza_regio", "leverancier", "agb_vestiging", "oorzaak") if r[k])
