"""CBS *Gebieden in Nederland*, a table per year -> which region a gemeente lies in, now and in earlier years.

Belongs here: reading a year into the history (``seeds/gemeente_iza_regio_jaar.csv``: one row per gemeente per year), and the
table of today that follows from it (``seeds/gemeente_iza_regio.csv``: one row per gemeente that ever was, in its latest known
region). Does not belong here: the list of regions (``seeds/iza_regio.csv``).

A gemeente that merged away keeps its row: deliveries over earlier months, and late ones that still use the old code, find it.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from pipelines.referentie import versie, werkblad
from pipelines.referentie.versie import Verschil
from pipelines.referentie.werkblad import Onbruikbaar
from pipelines.settings import PROJECT

SEEDS = PROJECT / "seeds"
TABEL, HISTORIE = SEEDS / "gemeente_iza_regio.csv", SEEDS / "gemeente_iza_regio_jaar.csv"


@dataclass(frozen=True)
class Voorstel:
    """A year as read, and what applying it would mean: ``rijen`` of today's table, ``historie`` with this year in it.

    ``verschil`` is what changes in today's table, ``verschil_historie`` what changes in the years.
    """

    jaar: int
    rijen: list[dict[str, str]]
    historie: list[dict[str, str]]
    fouten: list[str]
    verschil: Verschil
    verschil_historie: Verschil


def stel_voor(bestand: Path, jaar: int | None = None) -> Voorstel:
    """Read and validate a year beside the seeds it would change; changes nothing.

    ``jaar``: where the file name holds no table number of ``seeds/cbs_gebieden_tabellen.csv`` (86247NED) that tells it.
    `Onbruikbaar` when the file is no such table, or its year is unknown.
    """
    jaar = jaar or _jaar(bestand)
    gelezen, fouten = _lees(bestand)
    oud, jaren = versie.lees(TABEL), versie.lees(HISTORIE)
    historie = sorted(
        [*(rij for rij in jaren if rij["jaar"] != str(jaar)), *({"jaar": str(jaar), **rij} for rij in gelezen)],
        key=lambda rij: (rij["gemeente_code"], rij["jaar"]),
    )
    rijen = _van_nu(oud, historie)
    return Voorstel(
        jaar,
        rijen,
        historie,
        fouten,
        versie.vergelijk(oud, rijen, ("gemeente_code",)),
        versie.vergelijk(jaren, historie, ("gemeente_code", "jaar")),
    )


def pas_toe(voorstel: Voorstel, bestand: Path, archief: Path) -> Path | None:
    """Make it the seeds, history first, and keep both in ``archief``; None when neither changes."""
    if voorstel.fouten:
        raise ValueError("een gebiedsindeling met fouten wordt niet toegepast")
    historie = versie.pas_toe(HISTORIE, voorstel.historie, archief / HISTORIE.stem, bestand.name)
    return versie.pas_toe(TABEL, voorstel.rijen, archief / TABEL.stem, bestand.name) or historie


@cache
def _mapping() -> dict:
    return yaml.safe_load((Path(__file__).parent / "gebieden.yaml").read_text(encoding="utf-8"))


def _jaar(bestand: Path) -> int:
    for rij in versie.lees(SEEDS / "cbs_gebieden_tabellen.csv"):
        if rij["tabel"] in bestand.name:
            return int(rij["jaar"])
    raise Onbruikbaar(
        f"uit de naam {bestand.name} blijkt geen jaar: noem het (--jaar), of geef het bestand het CBS-tabelnummer"
    )


def _lees(bestand: Path) -> tuple[list[dict[str, str]], list[str]]:
    mapping, regios = _mapping(), {rij["iza_regio"] for rij in versie.lees(SEEDS / "iza_regio.csv")}
    bladen = werkblad.lees_bladen(bestand)
    ruw = werkblad.kies(next(iter(bladen.values()), []), mapping["kolommen"], bestand.name)
    rijen, fouten, gezien = [], [], set()
    for rij in ruw:
        code, regio = rij["gemeente_code"], mapping["vervangen"].get(rij["iza_regio"], rij["iza_regio"])
        if not re.fullmatch(mapping["gemeente_vorm"], code):
            continue  # a table also has rows for the country and footnotes below it
        if regio not in regios:
            fouten.append(f"{code}: regio {regio or '(leeg)'} staat niet in seeds/iza_regio.csv")
        if code in gezien:
            fouten.append(f"{code} staat er meer dan één keer in")
        gezien.add(code)
        rijen.append({**rij, "iza_regio": regio, "herkomst": f"CBS: {bestand.name}"})
    if not rijen:
        raise Onbruikbaar(f"{bestand.name} bevat geen enkele gemeente (GM en vier cijfers)")
    return rijen, fouten


def _van_nu(oud: list[dict[str, str]], historie: list[dict[str, str]]) -> list[dict[str, str]]:
    """Every gemeente in the latest region known of it; what only the table of before knows, stays."""
    laatst = {rij["gemeente_code"]: rij for rij in oud}
    for rij in historie:  # by gemeente, then by year
        laatst[rij["gemeente_code"]] = {naam: waarde for naam, waarde in rij.items() if naam != "jaar"}
    return [laatst[code] for code in sorted(laatst)]
