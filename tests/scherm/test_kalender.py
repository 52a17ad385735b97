"""The calendar of deliveries shows what the warehouse says of who owes what, for those who may see it."""

from datetime import datetime
from types import SimpleNamespace

import pandas as pd

from pipelines.blokken import capaciteit, gegevens
from pipelines.blokken.gebruiker import Gebruiker
from pipelines.fundament.nederlands import telwoord
from pipelines.scherm.paginas.datakwaliteit import kalender
from tests.scherm.schermwereld import ANDER, MIJN


def _rij(**velden) -> dict:
    return {
        "leverancier": "06000002",
        "verwacht": True,
        "termijn": pd.Timestamp("2026-09-10"),
        "ontvangen": False,
        "ontvangen_op": pd.NaT,
        "versies": 0,
        "versie": float("nan"),
        "open_weigeringen": 0,
    } | velden


def test_een_vakje_zegt_wie_wat_verschuldigd_is_en_tot_wanneer():
    kwam = {"ontvangen": True, "versie": 1.0, "rijen_geaccepteerd": 1200, "rijen_afgekeurd": 3}
    assert kalender._regel(_rij(status="ontbreekt")) == "06000002: niets geleverd, uiterlijk 10 september 2026"
    assert kalender._regel(_rij(status="nog_niet")) == "06000002: nog niets geleverd, uiterlijk 10 september 2026"
    assert kalender._regel(_rij(status="te_laat", ontvangen_op=pd.Timestamp("2026-09-11"), **kwam)) == (
        "06000002: versie 1, 1.200 rijen goed, 3 afgekeurd; kwam op 11 september 2026, uiterlijk was 10 september 2026"
    )
    assert kalender._regel(_rij(status="op_tijd", open_weigeringen=1, **kwam)) == (
        "06000002: versie 1, 1.200 rijen goed, 3 afgekeurd; 1 geweigerd en niet hersteld"
    )


def test_de_regiotafel_ziet_alleen_haar_eigen_regio(opname):
    alles = kalender.kalender(gegevens.voor(opname, Gebruiker("Lo", "landelijk")), "wachtlijst", "alle").data
    eigen = kalender.kalender(gegevens.voor(opname, Gebruiker("Ro", "regio", MIJN)), "wachtlijst", "alle").data
    ander = kalender.kalender(gegevens.voor(opname, Gebruiker("Ro", "regio", MIJN)), "wachtlijst", ANDER).data
    assert len(set(alles["Regio of leverancier"])) == 31
    assert set(alles["Toestand"]) == {"geleverd", "niet verwacht"}
    assert set(eigen["Regio of leverancier"]) == {"Amsterdam"} and set(eigen["Toestand"]) == {"geleverd"}
    assert len(ander) == 0


def _levert(maand: str, bron: str = "declaraties", iza_regio: str = MIJN, status: str = "geleverd") -> dict:
    vast = {"ontvangen": status == "geleverd", "rijen_geaccepteerd": 1, "rijen_afgekeurd": 0, "bron": bron}
    return _rij(maand=pd.Timestamp(maand), iza_regio=iza_regio, status=status, **vast) | {"versies": 1, "versie": 1.0}


def _gegevens(*rijen: dict) -> SimpleNamespace:
    """All that a calendar asks of the figures, made of the same rows per supplier and per region."""

    def tabel(naam: str, **waar: str) -> pd.DataFrame:
        return pd.DataFrame([r for r in rijen if all(r[k] == v for k, v in waar.items())], columns=list(rijen[0]))

    bron = SimpleNamespace(moment=datetime(2026, 10, 1))
    return SimpleNamespace(tabel=tabel, wie=Gebruiker("Lo", "landelijk"), bron=bron)


def test_een_maand_waarin_niemand_leverde_is_een_kolom_en_gemerkt():
    g = _gegevens(_levert("2026-04-01"), _levert("2026-06-01"))
    blok = kalender.kalender(g, "declaraties", "alle")
    eigen = blok.data[blok.data["Regio of leverancier"] == "Amsterdam"]
    assert list(zip(eigen["Maand"], eigen["Toestand"], strict=True)) == [
        ("2026-04", "geleverd"),
        ("2026-05", "een maand waarin niemand deze bron leverde"),
        ("2026-06", "geleverd"),
    ]
    assert '<th scope="col" class=k-niemand>mei<br>26<br>niets</th>' in blok.inhoud
    assert blok.inhoud.count('<td class="k-niemand"') == 31


def test_een_bron_die_ophield_houdt_de_maanden_van_de_andere():
    g = _gegevens(_levert("2026-04-01"), _levert("2026-04-01", "bedden"), _levert("2026-06-01", "bedden"))
    assert list(kalender.kalender(g, "declaraties", "alle").data["Maand"].unique()) == ["2026-04", "2026-05", "2026-06"]


def test_de_kalender_van_alle_bronnen_toont_wat_er_het_meest_aan_schort():
    g = _gegevens(
        _levert("2026-04-01"),
        _levert("2026-04-01", iza_regio=ANDER, status="ontbreekt"),
        _levert("2026-04-01", "bedden"),
    )
    df = kalender.alle_bronnen(g, "alle").data.set_index("Bron")
    assert df.loc["Declaraties", "Toestand"] == "niets geleverd"
    assert df.loc["Declaraties", "Toelichting"] == "niets geleverd: Groningen\ngeleverd: Amsterdam"
    assert kalender.alle_bronnen(g, MIJN).data.set_index("Bron").loc["Declaraties", "Toestand"] == "geleverd"


def test_een_bestand_is_en_twee_bestanden_zijn():
    assert telwoord(1, "bestand is", "bestanden zijn") == "1 bestand is"
    assert telwoord(1200, "bestand is", "bestanden zijn") == "1.200 bestanden zijn"


def test_capaciteit_begint_met_een_cluster_dat_plaatsen_heeft(monkeypatch):
    waarden = {("tekort", "acuut"): 5.0, ("tekort", "klinisch"): -2.0, ("operationeel", "klinisch"): 10.0}
    bij = lambda code: lambda maand, gebied, c: SimpleNamespace(waarde=waarden.get((code, c)))  # noqa: E731
    monkeypatch.setattr(capaciteit, "stand", lambda g, code: SimpleNamespace(bij=bij(code)))
    assert capaciteit.meest_te_kort(None, MIJN, datetime(2026, 8, 1)) == "klinisch"
