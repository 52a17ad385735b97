"""The Dutch words of click: what is compiled is what is written, and click knows every one of them."""

import ast
import gettext
from importlib.util import find_spec
from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import read_po

from pipelines.settings import PROJECT

WOORDEN = PROJECT / "pipelines" / "bediening" / "locale" / "nl" / "LC_MESSAGES" / "ggz.po"


def _geschreven() -> Catalog:
    with WOORDEN.open("rb") as bestand:
        return read_po(bestand, locale="nl")


def test_de_vertaling_die_ggz_leest_is_die_van_het_po_bestand():
    """If not: pybabel compile -D ggz -d pipelines/bediening/locale"""
    with WOORDEN.with_suffix(".mo").open("rb") as bestand:
        gelezen = gettext.GNUTranslations(bestand)
    verschil = {}
    for bericht in _geschreven():
        enkel, vormen = (
            (bericht.id, [bericht.string]) if isinstance(bericht.id, str) else (bericht.id[0], bericht.string)
        )
        gevonden = (
            [gelezen.gettext(enkel)]
            if isinstance(bericht.id, str)
            else [gelezen.ngettext(*bericht.id, n) for n in (1, 2)]
        )
        if enkel and gevonden != list(vormen):
            verschil[enkel] = gevonden
    assert verschil == {}


def test_click_zegt_elk_woord_dat_vertaald_is():
    bron = Path(find_spec("click").origin).parent
    teksten = {
        knoop.value
        for module in bron.glob("*.py")
        for knoop in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(knoop, ast.Constant) and isinstance(knoop.value, str)
    }
    vertaald = {deel for b in _geschreven() for deel in ([b.id] if isinstance(b.id, str) else b.id) if deel}
    assert vertaald - teksten == set()
