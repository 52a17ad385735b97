"""What the operator is told of the deliveries of a run."""

import io

from rich.console import Console

from pipelines.bediening import verslag
from pipelines.bediening.uitvoering import leveringen
from tests.aanlevering.bericht573 import bericht, rij

BESTAND = "declaraties_2024-05_ZK02_0101_v01.xml"


def _samenvatting(instellingen, eerder: set) -> str:
    tekst = io.StringIO()
    verslag._toon_leveringen(Console(file=tekst, width=300), instellingen, leveringen(instellingen) - eerder)
    return tekst.getvalue()


def test_a_delivery_that_was_refused_for_lack_of_a_key_is_named_when_it_is_taken_in(
    lever, neem_in, instellingen, monkeypatch
):
    monkeypatch.delenv("GGZ_PSEUDONIEM_SLEUTEL", raising=False)
    lever(BESTAND, bericht([rij(), rij(declaratie_id="N2", bsn=None)]).decode())
    neem_in()
    assert "B01" in _samenvatting(instellingen, set())
    eerder = leveringen(instellingen)
    assert "0 ingenomen (0 rijen), 0 geweigerd" in _samenvatting(instellingen, eerder)
    monkeypatch.setenv("GGZ_PSEUDONIEM_SLEUTEL", "een sleutel van precies 32 bytes")
    neem_in()
    tekst = _samenvatting(instellingen, eerder)
    assert "1 ingenomen (2 rijen), 0 geweigerd" in tekst
    assert f"A01 1 keer: BSN de Verzekerde heeft een BSN (eigen regel van dit systeem) (zoals {BESTAND} rij 2)" in tekst
