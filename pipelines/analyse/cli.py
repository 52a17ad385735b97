"""``ggz scenario``: one scenario from a file, shown beside unchanged policy.

Belongs here: arguments, and the outcome as readable text. Does not belong here: computing or keeping it.
"""

import shutil
from pathlib import Path

import click
import duckdb
import pandas as pd
from rich.console import Console
from rich.table import Table

from pipelines.analyse import kalibratie, maatregel, opslag, scenario, waarneming
from pipelines.fundament.nederlands import getal, verschil
from pipelines.settings import Instellingen, van_project
from pipelines.warehouse import verbinding

VOORBEELDEN = van_project("scenarios")
_GETOOND = {"benodigde_capaciteit": 0, "tekort": 0, "bezettingsgraad": 2, "wachtlijst": 0, "wacht_weken": 1}
_SOORT = waarneming.PLAATS[1:]


@click.command("scenario")
@click.argument("bestand", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--voorbeelden", is_flag=True, help="Toon de voorbeeldscenario's en waar ze staan.")
@click.option(
    "--kalibratie", "toon_kalibratie", is_flag=True, help="Toon hoe goed het model de laatste 12 maanden nabootst."
)
def commando(bestand: Path | None, voorbeelden: bool, toon_kalibratie: bool) -> None:
    """Reken een scenario door: BESTAND is een YAML-bestand met maatregelen (zie docs/scenarios.md).

    Het resultaat staat daarna in <GGZ_DATA>/analyse; de volgende `ggz run` neemt het op in doorrekening.scenario_resultaat en
    rekent het opnieuw door zodra er nieuwe gegevens zijn.
    """
    if voorbeelden:
        return _toon_voorbeelden()
    if toon_kalibratie:
        return _toon_kalibratie(kalibratie.reken(_waarneming(), Instellingen().threads))
    if bestand is None:
        raise click.UsageError("geef een BESTAND.yaml, --voorbeelden of --kalibratie")
    instellingen = Instellingen()
    map_ = instellingen.data / "analyse"
    try:
        gevraagd = maatregel.lees_bestand(bestand)
        w = _waarneming()
        basis, *_ = opslag.reken_scenario(w, maatregel.BASIS, map_, instellingen.threads)
        uitkomst, bijdrage, _ = opslag.reken_scenario(w, gevraagd, map_, instellingen.threads)
    except maatregel.ScenarioFout as fout:
        raise click.ClickException(str(fout)) from fout
    bewaard = map_ / "scenarios" / f"{gevraagd.naam}.yaml"
    bewaard.parent.mkdir(parents=True, exist_ok=True)
    if not (bewaard.exists() and bewaard.samefile(bestand)):
        shutil.copyfile(bestand, bewaard)
    _toon(gevraagd, pd.read_parquet(basis), pd.read_parquet(uitkomst))
    _toon_bijdragen(pd.read_parquet(bijdrage))
    click.echo(f"Alle regio's en maanden: {uitkomst}\nDe volgende `ggz run` zet dit op de pagina Scenario's.")


def _waarneming() -> waarneming.Waarneming:
    try:
        with verbinding.lees(Instellingen().warehouse) as con:
            return waarneming.lees(con)
    except verbinding.NietTeOpenen as fout:
        raise click.ClickException(str(fout)) from fout
    except duckdb.CatalogException as fout:
        raise click.ClickException(
            f"er is nog niet alles om mee te rekenen: draai eerst `ggz run --alles` ({fout})"
        ) from fout


def _toon_voorbeelden() -> None:
    for bestand in sorted(VOORBEELDEN.glob("*.yaml")):
        click.echo(f"{bestand}\n    {maatregel.lees_bestand(bestand).titel}")
    click.echo(f"\nAlle velden en knoppen: {maatregel.SCHEMA} (JSON Schema), uitgelegd in docs/scenarios.md.")
    click.echo("Reken er een door: ggz scenario BESTAND.yaml (kopieer en wijzig het voor een eigen scenario).")


def _toon(gevraagd: maatregel.Scenario, basis: pd.DataFrame, uitkomst: pd.DataFrame) -> None:
    """The country per cluster and kind of place in the last month: unchanged policy against the scenario."""
    laatste = uitkomst["maand"].max()
    tabel = Table(
        title=f"{gevraagd.titel}: Nederland in {laatste:%Y-%m}, ongewijzigd beleid -> scenario (90%-interval)"
    )
    tabel.add_column("cluster, soort plaats", no_wrap=True)
    for metriek in _GETOOND:
        tabel.add_column(f"{metriek} ({scenario.EENHEDEN[metriek]})", justify="right")
    b, u = (
        f[(f["iza_regio"] == waarneming.LANDELIJK) & (f["maand"] == laatste)].set_index(
            [*_SOORT, "metriek"], drop=False
        )
        for f in (basis, uitkomst)
    )
    for soort in dict.fromkeys(u.index.droplevel("metriek")):
        cellen = [
            _cel(b.loc[(*soort, metriek)], u.loc[(*soort, metriek)], cijfers) for metriek, cijfers in _GETOOND.items()
        ]
        tabel.add_row(", ".join(soort), *cellen)
    Console().print(tabel)


def _toon_bijdragen(bijdrage: pd.DataFrame) -> None:
    """What each measure adds to need and shortage in the country, one after the other and alone; rows without any effect left out."""
    if bijdrage.empty:
        return
    laatste = bijdrage["maand"].max()
    land = bijdrage[(bijdrage["iza_regio"] == waarneming.LANDELIJK) & (bijdrage["maand"] == laatste)]
    metrieken = {"benodigde_capaciteit": getal, "tekort": _over_of_te_kort}
    tabel = Table(
        title=f"Wat elke maatregel bijdraagt: Nederland in {laatste:%Y-%m}, in plaatsen (op volgorde / alleen)"
    )
    tabel.add_column("cluster, soort plaats", no_wrap=True)
    tabel.add_column("maatregel")
    for metriek in metrieken:
        tabel.add_column(metriek, justify="right")
    for soort, deel in land.groupby(_SOORT):
        per = deel.set_index(["metriek", "volgorde"])
        if per.loc[list(metrieken), ["op_volgorde", "alleen"]].eq(0).all(axis=None):
            continue
        begin, eind = (
            [schrijf(per.loc[metriek, kolom].iloc[0]) for metriek, schrijf in metrieken.items()]
            for kolom in ("ongewijzigd", "samen")
        )
        tabel.add_row(", ".join(soort), "ongewijzigd beleid", *begin)
        for nummer, naam in deel.drop_duplicates("volgorde").set_index("volgorde")["maatregel"].items():
            rijen = [per.loc[(m, nummer)] for m in metrieken]
            if any(r["op_volgorde"] or r["alleen"] for r in rijen):
                tabel.add_row("", naam, *(f"{verschil(r['op_volgorde'])} / {verschil(r['alleen'])}" for r in rijen))
        tabel.add_row("", "samen", *eind, end_section=True)
    Console().print(tabel)


def _cel(basis: pd.Series, uitkomst: pd.Series, cijfers: int) -> str:
    if pd.isna(uitkomst["midden"]):
        return f"onbekend: {uitkomst['reden']}"
    schrijf = _over_of_te_kort if uitkomst["metriek"] == "tekort" else lambda x: getal(x, cijfers)
    voor, midden, laag, hoog = (schrijf(x) for x in (basis["midden"], *uitkomst[["midden", "laag", "hoog"]]))
    return f"{voor} -> {midden} ({laag} - {hoog})"


def _over_of_te_kort(x: float) -> str:
    """A shortage in words: nobody reads the sign of one as meant."""
    return f"{getal(abs(x))} {'te kort' if x > 0 else 'over'}" if round(x) else "0"


def _toon_kalibratie(k: pd.DataFrame) -> None:
    kolommen = {"waargenomen": 1, "gesimuleerd": 1, "mae": 1, "bias": 1, "dekking": 2}
    for (vorm, metriek), deel in k.groupby(["vorm", "metriek"]):
        tabel = Table(title=f"{metriek}, {vorm}: laatste 12 maanden, gemiddeld per regio en maand")
        tabel.add_column("cluster, soort plaats", no_wrap=True)
        for naam in ("cellen", *kolommen):
            tabel.add_column(naam, justify="right")
        for rij in deel.to_dict("records"):
            tabel.add_row(
                ", ".join(rij[n] for n in _SOORT), str(rij["cellen"]), *(getal(rij[n], c) for n, c in kolommen.items())
            )
        Console().print(tabel)
