"""What a finding says, and one judgement on many."""

from types import SimpleNamespace

from pipelines.kwaliteit.oordeel import OordeelFout
from pipelines.scherm.paginas.datakwaliteit import bevindingen


def test_een_regel_is_een_regel_en_de_fout_een_fout():
    b = {"code": "A05", "bron": "bedden", "omvang": 1, "toelichting": "beveiligingsniveau ligt van 0 tot en met 4"}
    regel = ("Regel", "beveiligingsniveau ligt van 0 tot en met 4")
    assert bevindingen.regel_of_fout(b) == [regel, ("Fout", "1 rij houdt zich daar niet aan")]
    assert bevindingen.regel_of_fout(b | {"omvang": 3})[1] == ("Fout", "3 rijen houden zich daar niet aan")
    assert bevindingen.regel_of_fout(b | {"code": "W04", "toelichting": "te vol"}) == [("Wat", "te vol")]


def test_een_oordeel_geldt_voor_alle_bevindingen_van_de_lijst():
    vast = []

    def beoordeel(_, b, status, reden, tot):
        if b["bevinding"] == "c":
            raise OordeelFout("de reden ontbreekt")
        vast.append((b["bevinding"], status, reden, tot))

    g = SimpleNamespace(beoordeel=beoordeel)
    assert bevindingen.leg_vast(g, [{"bevinding": "a"}, {"bevinding": "b"}], "opgelost", "hersteld", None) is None
    assert vast == [("a", "opgelost", "hersteld", None), ("b", "opgelost", "hersteld", None)]
    deels = bevindingen.leg_vast(g, [{"bevinding": "a"}, {"bevinding": "c"}], "opgelost", "", None)
    assert deels == "Vastgelegd voor 1, daarna niet meer: de reden ontbreekt."
