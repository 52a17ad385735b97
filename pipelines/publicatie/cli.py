"""Commands on publications: ``ggz publicaties`` and ``ggz sql``."""

import csv
import sys

import click

from pipelines.settings import Instellingen


@click.group("publicaties", invoke_without_command=True, help="Toon de publicaties, of vergelijk er twee.")
@click.pass_context
def publicaties(ctx: click.Context) -> None:
    from pipelines.publicatie import vintage

    if ctx.invoked_subcommand:
        return
    instellingen = Instellingen()
    nummers = vintage.publicaties(instellingen)
    if not nummers:
        click.echo("Er is nog niets gepubliceerd; ggz run publiceert na een geslaagde bouw.")
    for nummer in nummers:
        m = vintage.manifest(instellingen, nummer)
        dicht = sum(t.get("primair", 0) + t.get("secundair", 0) for t in m["onthulling"].values())
        merk = " (actueel)" if nummer == nummers[-1] else ""
        click.echo(
            f"{nummer}  {m['moment'][:16].replace('T', ' ')} UTC  definitie {m['definitie']['versie']}  "
            f"{len(m['aanleveringen'])} aanleveringen  {dicht} cellen achtergehouden{merk}"
        )


@publicaties.command("vergelijk", help="Welke cellen zijn anders in B dan in A, en waardoor.")
@click.argument("a")
@click.argument("b")
@click.option("--alles", is_flag=True, help="Alle cellen als CSV in plaats van een samenvatting.")
def vergelijk(a: str, b: str, alles: bool) -> None:
    from pipelines.publicatie import herziening, vintage

    instellingen = Instellingen()
    bekend = vintage.publicaties(instellingen)
    for nummer in (a, b):
        if nummer not in bekend:
            raise click.ClickException(f"Publicatie {nummer} bestaat niet. Wel: {', '.join(bekend) or 'geen'}.")
    verschil = herziening.tussen(instellingen.publicaties / a, instellingen.publicaties / b)
    if alles:
        click.echo(verschil.to_csv(index=False), nl=False)
        return
    click.echo(f"{len(verschil)} cellen zijn anders in {b} dan in {a}.")
    for (tabel, oorzaak), aantal in verschil.groupby(["tabel", "oorzaak"], sort=True).size().items():
        click.echo(f"  {tabel:28} {aantal:7}  {oorzaak}")


@click.command(
    "sql",
    help="Stel een vraag in SQL aan de actuele publicatie, zoals die voor PUBLIEK is: publiek, landelijk of ZKnn.",
)
@click.option("--publiek", required=True, help="publiek, landelijk of een regiocode")
@click.argument("vraag")
def sql(publiek: str, vraag: str) -> None:
    from pipelines.publicatie.instellingen import PublicatieInstellingen
    from pipelines.publicatie.sql import VraagGeweigerd, stel

    actueel = Instellingen().publicaties / "actueel"
    keuzes = sorted(p.name for p in actueel.iterdir() if (p / f"{p.name}.duckdb").is_file()) if actueel.is_dir() else []
    if publiek not in keuzes:
        raise click.ClickException(f"Geen publicatie voor {publiek!r}. Wel: {', '.join(keuzes) or 'nog geen enkele'}.")
    limiet = PublicatieInstellingen()
    try:
        kop, rijen = stel(actueel / publiek / f"{publiek}.duckdb", vraag, limiet.sql_seconden, limiet.sql_geheugen)
    except VraagGeweigerd as fout:
        raise click.ClickException(str(fout)) from fout
    uit = csv.writer(sys.stdout)
    uit.writerow(kop)
    uit.writerows(rijen)
