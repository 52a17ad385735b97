"""What a verdict says in words, on the command line and on the page.

Belongs here: sentences on files and rules. Does not belong here: judging (``keuren``), and how they are laid out.
"""

from collections.abc import Iterator

from pipelines.aanlevering.controle.keuren import Breuk, Verdict
from pipelines.fundament.nederlands import telwoord

EERSTE = 5  # row numbers shown per rule
NIET_TE_ZIEN = (
    "Niet te zien aan een bestand alleen, en pas bij de inname getoetst: dubbele sleutels (A04), een versie die er al is met andere "
    "inhoud (B05), de signalen W01, W03 en W04 en de vergelijking met eerdere maanden (PL)."
)
RIJ = "Rij 1 is de eerste rij onder de kop; lege rijen tellen niet mee. Waarden van rijen worden niet getoond."


def over_het_geheel(v: Verdict, zonder_bron: str) -> Iterator[str]:
    """Why a file is refused as a whole, or what is odd about all of it. ``zonder_bron``: what to do where its name says too little."""
    if v.gestoord:
        yield f"niet te lezen: {v.gestoord}; probeer het opnieuw"
    for code, toelichting in v.weigeringen:
        yield f"{code} {toelichting}"
    if v.naam is None and any(code == "B03" for code, _ in v.weigeringen):
        yield f"De inhoud is niet bekeken: {zonder_bron}."
    if v.gemengde_decimalen:
        yield f"LEV-02 (signaal) decimalen met een komma en met een punt in: {v.gemengde_decimalen}"
    if v.gelezen and v.gelezen == v.afgekeurd:
        yield "LEV-01 elke rij is afgekeurd: de maand telt dan als niet geleverd"


def _gesorteerd(v: Verdict) -> list[Breuk]:
    """What refuses rows first, then by code."""
    return sorted(v.breuken.values(), key=lambda b: (not b.keurt_af, b.code, b.regel))


def _eerste_rijen(b: Breuk) -> str:
    return ", ".join(map(str, b.rijen[:EERSTE])) + (", .." if b.aantal > EERSTE else "")


def per_regel(v: Verdict) -> Iterator[tuple[str, str, str, str, str]]:
    """Of each rule that rows break: code, what it asks, how many rows, the first of them, what to do."""
    for b in _gesorteerd(v):
        signaal = "" if b.keurt_af else " (signaal)"
        yield b.code + signaal, b.uitleg, telwoord(b.aantal, "rij", "rijen"), _eerste_rijen(b), b.doen
