"""The end of a run on the terminal, in ten lines: what came in, what was wrong, three figures that matter and the real ones, where to
look. A later run adds what was solved and what opened again.

Belongs here: these lines. Does not belong here: the long lists, which go to the log of the run (``verslag``) and ``ggz status``.
"""

import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

import duckdb
from rich.console import Console

from pipelines.aanlevering.register import Levering
from pipelines.bediening.woorden import regel
from pipelines.fundament.nederlands import getal, maand, telwoord
from pipelines.kwaliteit import eigenaar, melding, verandering
from pipelines.settings import Instellingen

WEINIG = 3  # refused deliveries that are still named one by one

_IN_ZORG = (
    "SELECT maand, regios_geleverd, personen FROM marts.stroom_maand_totaal "
    "WHERE iza_regio = 'NL' AND cluster = 'zes_clusters' AND uitstroom_bepaald AND personen IS NOT NULL ORDER BY maand DESC LIMIT 1"
)
_WACHT = (
    "SELECT maand, regios_geleverd, personen, gemiddeld_weken FROM marts.wachtreis_maand "
    "WHERE iza_regio = 'NL' AND gemiddeld_weken IS NOT NULL ORDER BY maand DESC LIMIT 1"
)
_NODIG = (
    "SELECT maand, regios_geleverd, benodigd, beschikbaar FROM marts.benodigde_capaciteit_totaal WHERE iza_regio = 'NL' "
    "AND cluster = 'klinisch' AND capaciteit_type = 'bed' AND benodigd IS NOT NULL ORDER BY maand DESC LIMIT 1"
)

_ECHT = (
    "SELECT naam, gemiddeld_totaal_weken, year(maand) FROM marts.wachttijd_open_regio JOIN referentie.iza_regio USING (iza_regio) "
    "WHERE type_zorg = 'SGGZ' AND gemiddeld_totaal_weken IS NOT NULL ORDER BY gemiddeld_totaal_weken, naam"
)


def toon_leveringen(scherm: Console, beoordeeld: Iterable[Levering]) -> None:
    """What came in and what was wrong with it; a few refused deliveries with their reason, more as a number."""
    ingenomen = [lev for lev in beoordeeld if lev.code is None and not lev.ingetrokken]
    geweigerd = sorted((lev for lev in beoordeeld if lev.code is not None), key=lambda lev: lev.pad)
    gelezen, afgekeurd = (
        sum(getattr(lev, kolom) for lev in ingenomen) for kolom in ("rijen_gelezen", "rijen_met_code")
    )
    regel(scherm, ("\nIngenomen   ", "bold"), f"{_aantal(len(ingenomen), 'levering')} met {_aantal(gelezen, 'rij')}")
    if geweigerd or afgekeurd:
        mis = f"{_aantal(len(geweigerd), 'levering')} geweigerd, {_aantal(afgekeurd, 'rij')} afgekeurd"
        regel(scherm, ("Mis         ", "bold"), f"{mis}. Welke en waarom: ggz status, en het log hieronder")
    for lev in geweigerd if len(geweigerd) <= WEINIG else ():
        regel(scherm, "  ", (lev.code, "red"), f" {lev.pad}: {lev.toelichting}")


def toon_cijfers(scherm: Console, con: duckdb.DuckDBPyConnection) -> None:
    """Three figures of the country, each of its newest month and of the regions that delivered it."""
    for wat, sql, woorden in (
        ("In zorg     ", _IN_ZORG, lambda mensen: f"{getal(mensen)} mensen in de zes clusters"),
        ("Wachten     ", _WACHT, lambda mensen, weken: f"{getal(mensen)} mensen, gemiddeld {getal(weken, 1)} weken"),
        ("Klinisch    ", _NODIG, lambda nodig, er: f"{getal(nodig)} bedden nodig, {getal(er)} beschikbaar"),
    ):
        if gevonden := con.execute(sql).fetchone():
            wanneer, regios, *cijfers = gevonden
            regel(scherm, (wat, "bold"), f"{woorden(*cijfers)} ({maand(wanneer)}, {_aantal(regios, 'regio')})")


def toon_veranderd(scherm: Console, instellingen: Instellingen) -> None:
    """What changed in the findings since the previous run, by severity and owner."""
    try:
        telling = verandering.leg_vast(instellingen)
    except eigenaar.EigenaarFout as fout:
        regel(scherm, ("Eigenaren   ", "bold"), f"niet te gebruiken: {fout}")
        return
    for soort, woorden in verandering.in_woorden(telling):
        if soort != verandering.NIEUW and woorden == verandering.GEEN:
            continue
        regel(scherm, (soort.capitalize().ljust(12), "bold"), f"bevindingen: {woorden}")


def toon_gemeld(scherm: Console, instellingen: Instellingen) -> None:
    """Tells the owners what is new; says to whom, and where that did not go. Whatever happens, the run has succeeded."""
    try:
        gemeld = melding.verstuur(instellingen)
    except (ValueError, OSError) as fout:  # settings or a template that cannot be used
        regel(scherm, ("Niet gemeld ", "bold"), f"{fout}")
        return
    for m in gemeld:
        wat = telwoord(m.aantal, "bevinding", "bevindingen")
        if m.fout is None:
            regel(scherm, ("Gemeld      ", "bold"), f"{wat} aan {m.eigenaar} ({m.contact})")
        else:
            regel(scherm, ("Niet gemeld ", "bold yellow"), f"{wat} aan {m.eigenaar} ({m.contact}): {m.fout}")


def toon_waar(scherm: Console, instellingen: Instellingen, logbestand: Path | None = None) -> None:
    """Where to look, the screens first."""
    ggz = "ggz" if shutil.which("ggz") else os.path.relpath(sys.argv[0])
    regel(scherm, ("Schermen    ", "bold"), (f"{ggz} scherm", "green"), ", en dan in de browser http://127.0.0.1:8501")
    for wat, waar in (
        ("Publicatie  ", instellingen.publicaties / "actueel"),
        ("Log         ", logbestand),
    ):
        if waar and waar.exists():
            regel(scherm, (wat, "bold"), str(waar))


def toon_echt(scherm: Console, con: duckdb.DuckDBPyConnection) -> None:
    """The real waiting times of 2018 in one line: the region with the shortest and the one with the longest."""
    regios = con.execute(_ECHT).fetchall()
    if regios:
        (kort, minst, jaar), (lang, meest, _) = regios[0], regios[-1]
        wachten = f"wachten van {getal(minst, 1)} weken in {kort} tot {getal(meest, 1)} in {lang}"
        regel(scherm, (f"Echt ({jaar}) ", "bold"), f"specialistische ggz, {_aantal(len(regios), 'regio')}: {wachten}")


_MEERVOUD = {"levering": "leveringen", "rij": "rijen", "regio": "regio's"}


def _aantal(n: int, wat: str) -> str:
    return telwoord(n, wat, _MEERVOUD[wat])
