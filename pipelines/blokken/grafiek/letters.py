"""How wide a text is, measured with the typeface of the screens and the report.

Belongs here: measuring, and shortening a text to a width. Does not belong here: drawing.
"""

from functools import cache
from pathlib import Path

from PIL import ImageFont

BESTAND = Path(__file__).parents[1] / "middelen" / "SourceSans3VF-Upright.woff2"
GROOTTE = 13


@cache
def _letter(grootte: float, vet: bool) -> ImageFont.FreeTypeFont:
    letter = ImageFont.truetype(BESTAND, grootte)
    letter.set_variation_by_name("Bold" if vet else "Regular")
    return letter


@cache
def breedte_van(tekst: str, grootte: float = GROOTTE, vet: bool = False) -> float:
    """Width of a line of text in pixels."""
    return _letter(grootte, vet).getlength(tekst)


def pas_in(tekst: str, breedte: float, vet: bool = False) -> str:
    """The text, or as much of it as fits with an ellipsis."""
    if breedte_van(tekst, vet=vet) <= breedte:
        return tekst
    einde = next((n for n in range(len(tekst) - 1, 0, -1) if breedte_van(f"{tekst[:n]}…", vet=vet) <= breedte), 1)
    return f"{tekst[:einde]}…"


def kort(naam: str) -> str:
    """A name for a narrow drawing."""
    return naam.replace("Hoogspecialistisch", "Hoogspec.")
