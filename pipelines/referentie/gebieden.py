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

from pipelines.fundament import seeds
from pipelines.referentie import versie, werkblad
from pipelines.referentie.jaar import van as van_welk_jaar
from pipelines.referentie.versie import Verschil
from pipelines.referentie.werkblad import Onbruikbaar, Tabel

MAPPING = Path(__file__).parent / "gebieden.yaml"
TABEL, HISTORIE = seeds.pad("gemeente_iza_regio"), seeds.pad("gemeente_iza_regio_jaar")


@dataclass(frozen=True)
class Voorstel:
    """A year as read, and what applying it would mean: ``rijen`` of today's table, ``historie`` with this year in it.

    ``fouten`` make it unusable; ``afwezig`` (columns, or empty) and ``overgeslagen`` (rows that are no gemeente) are remarks on
    the reading. ``verdwenen``: which of the ``bekend`` gemeenten of ``vergeleken_met`` (a year loaded before, or the table of
    now) are not among the ``gemeenten`` read. ``verschil`` is what changes in today's table, ``verschil_historie`` in the years.
    """

    jaar: int
    gemeenten: int
    rijen: list[dict[str, str]]
    historie: list[dict[str, str]]
    fouten: list[str]
    afwezig: str
    overgeslagen: list[str]
    vergeleken_met: str
    bekend: int
    verdwenen: list[str]
    verschil: Verschil
    verschil_historie: Verschil

    @property
    def te_veel_verdwenen(self) -> bool:
        """Whether more of the known gemeenten are missing than a year of mergers explains."""
        return len(self.verdwenen) > _mapping()["hoogste_deel_verdwenen"] * self.bekend


def stel_voor(bestand: Path, jaar: int | None = None) -> Voorstel:
    """Read and validate a year beside the seeds it would change; changes nothing.

    ``jaar``: where neither the file name nor the title above the table tells it. `Onbruikbaar` when the file is no such table,
    when its year is unknown, or when two of these tell another year.
    """
    blad, cellen = next(iter(werkblad.lees_bladen(bestand).items()), ("", []))
    tabel = werkblad.kies(cellen, _mapping()["kolommen"], bestand.name, MAPPING)
    tabellen = {rij["tabel"]: int(rij["jaar"]) for rij in seeds.lees("cbs_gebieden_tabellen")}
    jaar = van_welk_jaar(bestand, jaar, [blad, *tabel.boven], _mapping()["jaar_in_titel"], tabellen)
    gelezen, overgeslagen, fouten = _gemeenten(tabel, bestand)
    oud, jaren = versie.lees(TABEL), versie.lees(HISTORIE)
    vergeleken_met, bekend = _bekend(jaar, jaren, oud)
    historie = sorted(
        [*(rij for rij in jaren if rij["jaar"] != str(jaar)), *({"jaar": str(jaar), **rij} for rij in gelezen)],
        key=lambda rij: (rij["gemeente_code"], rij["jaar"]),
    )
    rijen = _van_nu(oud, historie)
    return Voorstel(
        jaar=jaar,
        gemeenten=len(gelezen),
        rijen=rijen,
        historie=historie,
        fouten=fouten,
        afwezig=tabel.afwezig,
        overgeslagen=overgeslagen,
        vergeleken_met=vergeleken_met,
        bekend=len(bekend),
        verdwenen=sorted(bekend - {rij["gemeente_code"] for rij in gelezen}),
        verschil=versie.vergelijk(oud, rijen, ("gemeente_code",)),
        verschil_historie=versie.vergelijk(jaren, historie, ("gemeente_code", "jaar")),
    )


def pas_toe(voorstel: Voorstel, bestand: Path, archief: Path) -> Path | None:
    """Make it the seeds, history first, and keep both in ``archief``; None when neither changes."""
    if voorstel.fouten:
        raise ValueError("een gebiedsindeling met fouten wordt niet toegepast")
    historie = versie.pas_toe(HISTORIE, voorstel.historie, archief / HISTORIE.stem, bestand.name)
    return versie.pas_toe(TABEL, voorstel.rijen, archief / TABEL.stem, bestand.name) or historie


@cache
def _mapping() -> dict:
    return yaml.safe_load(MAPPING.read_text(encoding="utf-8"))


def _gemeenten(tabel: Tabel, bestand: Path) -> tuple[list[dict[str, str]], list[str], list[str]]:
    """The rows of the seed, the rows passed by, and what is wrong."""
    mapping, regios = _mapping(), {rij["iza_regio"] for rij in seeds.lees("iza_regio")}
    rijen, overgeslagen, fouten, gezien = [], [], [], set()
    for ruw in tabel.rijen:
        rij, plek = ruw.waarden, f"rij {ruw.nummer}"
        code, regio = rij["gemeente_code"], mapping["vervangen"].get(rij["iza_regio"], rij["iza_regio"])
        if not re.fullmatch(mapping["gemeente_vorm"], code):  # also the country, and footnotes below the table
            overgeslagen.append(f"{plek}: {', '.join(ruw.gevuld)}")
            continue
        if regio not in regios:
            fouten.append(f"{plek}, {code}: regio {regio or '(leeg)'} staat niet in seeds/iza_regio.csv")
        if code in gezien:
            fouten.append(f"{plek}, {code} staat er meer dan één keer in")
        gezien.add(code)
        rijen.append({**rij, "iza_regio": regio, "herkomst": f"CBS: {bestand.name}"})
    if not rijen:
        raise Onbruikbaar(f"{bestand.name} bevat geen enkele gemeente (GM en vier cijfers)")
    return rijen, overgeslagen, fouten


def _bekend(jaar: int, jaren: list[dict[str, str]], nu: list[dict[str, str]]) -> tuple[str, set[str]]:
    """The gemeenten to compare a year with: of the nearest year that is loaded, or of today's table when none is."""
    geladen = {int(rij["jaar"]) for rij in jaren}
    if not geladen:
        return "de indeling van nu", {rij["gemeente_code"] for rij in nu}
    dichtst = min(geladen, key=lambda ander: (abs(ander - jaar), ander))
    return str(dichtst), {rij["gemeente_code"] for rij in jaren if rij["jaar"] == str(dichtst)}


def _van_nu(oud: list[dict[str, str]], historie: list[dict[str, str]]) -> list[dict[str, str]]:
    """Every gemeente in the latest region known of it; what only the table of before knows, stays."""
    laatst = {rij["gemeente_code"]: rij for rij in oud}
    for rij in historie:  # by gemeente, then by year
        laatst[rij["gemeente_code"]] = {naam: waarde for naam, waarde in rij.items() if naam != "jaar"}
    return [laatst[code] for code in sorted(laatst)]
