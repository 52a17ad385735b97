"""CBS *Kerncijfers wijken en buurten* of a year -> inhabitants per gemeente and age group (``seeds/bevolking.csv``).

Belongs here: reading a year and putting it in the place of itself. Does not belong here: which region a gemeente lies in
(``gebieden``), and rates per inhabitant, which are made in SQL.

The table counts people by age. The years that were there first come from a table with whole percentages; a year that is loaded
again becomes more precise.
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

MAPPING = Path(__file__).parent / "bevolking.yaml"
TABEL = seeds.pad("bevolking")
SLEUTEL = ("jaar", "gemeente_code", "leeftijd_van")


@dataclass(frozen=True)
class Voorstel:
    """A year as read, and ``rijen``: the seed with this year in it. ``fouten`` make it unusable."""

    jaar: int
    gemeenten: int
    inwoners: int
    rijen: list[dict[str, str]]
    fouten: list[str]
    verschil: Verschil


def stel_voor(bestand: Path, genoemd: int | None = None) -> Voorstel:
    """Read and validate a year beside the seed; changes nothing. `Onbruikbaar` when the file is no such table, when its year
    is unknown, or when name, title and ``genoemd`` tell another."""
    blad, cellen = next(iter(werkblad.lees_bladen(bestand).items()), ("", []))
    tabel = werkblad.kies(cellen, _mapping()["kolommen"], bestand.name, MAPPING)
    jaar = van_welk_jaar(bestand, genoemd, [blad, *tabel.boven], _mapping()["jaar_in_titel"])
    gelezen, fouten = _gemeenten(tabel, bestand, str(jaar))
    oud = versie.lees(TABEL)
    rijen = sorted(
        [*(rij for rij in oud if rij["jaar"] != str(jaar)), *gelezen],
        key=lambda rij: (rij["jaar"], rij["gemeente_code"], int(rij["leeftijd_van"])),
    )
    return Voorstel(
        jaar=jaar,
        gemeenten=len({rij["gemeente_code"] for rij in gelezen}),
        inwoners=sum(int(rij["inwoners"]) for rij in gelezen),
        rijen=rijen,
        fouten=fouten,
        verschil=versie.vergelijk(oud, rijen, SLEUTEL),
    )


def pas_toe(voorstel: Voorstel, bestand: Path, archief: Path) -> Path | None:
    """Make it the seed and keep both versions in ``archief``; None when nothing changes."""
    if voorstel.fouten:
        raise ValueError("een bevolking met fouten wordt niet toegepast")
    return versie.pas_toe(TABEL, voorstel.rijen, archief / TABEL.stem, bestand.name)


@cache
def _mapping() -> dict:
    return yaml.safe_load(MAPPING.read_text(encoding="utf-8"))


def _gemeenten(tabel: Tabel, bestand: Path, jaar: str) -> tuple[list[dict[str, str]], list[str]]:
    """The rows of the seed, and what is wrong. Rows that are no gemeente (country, wijk, buurt) are no part of it."""
    mapping, ingedeeld = _mapping(), {rij["gemeente_code"] for rij in seeds.lees("gemeente_iza_regio")}
    rijen, fouten, gezien = [], [], set()
    for ruw in tabel.rijen:
        code = ruw.waarden["gemeente_code"].strip()
        if not re.fullmatch(mapping["gemeente_vorm"], code):
            continue
        plek = f"rij {ruw.nummer}, {code}"
        if code in gezien:
            fouten.append(f"{plek} staat er meer dan één keer in")
        if code not in ingedeeld:
            fouten.append(f"{plek} ligt in geen regio: laad eerst de gebieden van dat jaar (ggz gebieden laad)")
        gezien.add(code)
        for kolom, (van, tot) in mapping["groepen"].items():
            aantal = ruw.waarden[kolom].strip()
            if not aantal.isdecimal():
                fouten.append(f"{plek}: {mapping['kolommen'][kolom]['koppen'][0]} is geen aantal: {aantal or '(leeg)'}")
                continue
            groep = {"leeftijd_van": str(van), "leeftijd_tot": "" if tot is None else str(tot), "inwoners": aantal}
            rijen.append({"jaar": jaar, "gemeente_code": code, **groep})
    if not gezien:
        raise Onbruikbaar(f"{bestand.name} bevat geen enkele gemeente (GM en vier cijfers)")
    ontbreekt = sorted({rij["gemeente_code"] for rij in versie.lees(TABEL) if rij["jaar"] == jaar} - gezien)
    if ontbreekt:
        fouten.append(f"{len(ontbreekt)} gemeenten die van {jaar} bekend zijn ontbreken: {', '.join(ontbreekt[:5])}")
    return rijen, fouten
