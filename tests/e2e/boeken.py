"""What the guides ask a reader to type: commands in ``sh`` blocks, and questions in SQL with the head of the answer that is shown."""

import re
from pathlib import Path

from pipelines.settings import PROJECT

DOCS = PROJECT / "docs"
GIDSEN = [DOCS / "index.md", *sorted((DOCS / "gids").glob("*.md"))]
# what would start a server, or take minutes: only that it is there
ALLEEN_UITLEG = {
    "ggz scherm": "a server",
    "ggz demo": "minutes; what it does is what the data of these tests is made with",
}
_OPDRACHTEN = re.compile(r"^```sh\n(.*?)^```$", re.M | re.S)
_VRAGEN = re.compile(r"^### (.+?)\n\n```sql\n(.*?)^```\n\n\| (.+?) \|$", re.M | re.S)


def opdrachten() -> list[str]:
    """Every command, once."""
    blokken = (blok for pad in GIDSEN for blok in _OPDRACHTEN.findall(pad.read_text(encoding="utf-8")))
    return list(dict.fromkeys(regel for blok in blokken for regel in blok.splitlines() if regel))


def vragen() -> dict[str, tuple[str, list[str]]]:
    """Per question its SQL and the columns of the answer in the guide."""
    tekst = Path(DOCS / "gids" / "regio.md").read_text(encoding="utf-8")
    return {titel: (sql, kop.split(" | ")) for titel, sql, kop in _VRAGEN.findall(tekst)}
