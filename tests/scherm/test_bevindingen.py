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


def test_een_oordeel_geldt_voor_alle_bevindingen_van_de_lijst_of_voor_geen():
    vast = []

    def beoordeel(_, rijen, status, reden, tot):
        if not reden:
            raise OordeelFout("een oordeel vraagt een reden")
        vast.append(([b["bevinding"] for b in rijen], status, reden, tot))

    g = SimpleNamespace(beoordeel=beoordeel)
    assert bevindingen.leg_vast(g, [{"bevinding": "a"}, {"bevinding": "b"}], "opgelost", "hersteld", None) is None
    assert vast == [(["a", "b"], "opgelost", "hersteld", None)]
    niet = bevindingen.leg_vast(g, [{"bevinding": "a"}], "opgelost", "", None)
    assert niet == "Niet vastgelegd: een oordeel vraagt een reden."


def test_wie_oordeelt_houdt_het_oordeel_voor_ogen_dat_er_stond_toen_het_formulier_werd_gevuld():
    nu = [{"bevinding": "a", "oordeel_volgnummer": 7}, {"bevinding": "b", "oordeel_volgnummer": 8}]
    assert [b["oordeel_volgnummer"] for b in bevindingen.gezien(nu, {"a": None})] == [None, 8]
