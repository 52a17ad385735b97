"""The page on a code of quality (``docs/codes``, ``docs/zpm``): one text for terminal, screens, Data Docs and reports.

Belongs here: finding and reading a page. Does not belong here: the texts, nor how they are shown.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipelines.fundament import seeds
from pipelines.settings import van_project


@dataclass(frozen=True)
class Uitleg:
    """A page: its title, and by heading what stands under it, in Markdown without links that lead away from where it is read."""

    titel: str
    delen: dict[str, str]

    @property
    def tekst(self) -> str:
        return "\n\n".join(f"**{kop}**\n\n{inhoud}" for kop, inhoud in self.delen.items())

    @property
    def leverancier(self) -> str:
        """What the supplier does, as plain text on one line."""
        return " ".join(self.delen.get("Wat de leverancier doet", "").replace("`", "").split())


def pad(code: str) -> Path | None:
    """The page of a code, or None where that is no code of ``seeds/kwaliteit_code.csv``."""
    pagina = next((rij["pagina"] for rij in seeds.lees("kwaliteit_code") if rij["code"] == code), None)
    return van_project("docs") / pagina if pagina else None


@cache
def lees(code: str) -> Uitleg:
    """The page of a code; KeyError for what is no code."""
    bestand = pad(code)
    if bestand is None:
        raise KeyError(code)
    kop, _, rest = bestand.read_text(encoding="utf-8").removeprefix("# ").partition("\n")
    rest = re.sub(r"^\[Terug naar .*$", "", rest, flags=re.M)
    rest = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", rest)
    delen = [deel.partition("\n") for deel in re.split(r"^## ", rest, flags=re.M)[1:]]
    return Uitleg(kop, {naam: inhoud.strip() for naam, _, inhoud in delen})
