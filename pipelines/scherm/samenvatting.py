"""What a tafel must know of a region in a month, in sentences: for the Regio page and for the quarterly report.

Belongs here: choosing what stands out and saying it. Does not belong here: figures (``metrieken``) and layout.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from pipelines.scherm import opmaak
from pipelines.scherm.cijfer import AFGESCHERMD, ONBEKEND, Cijfer
from pipelines.scherm.gegevens import Gegevens
from pipelines.scherm.metrieken import stand
from pipelines.scherm.opmaak import ALLE, LANDELIJK, getal, procent
from pipelines.scherm.uitvoer import Herkomst

BRON_VAN = {
    "alles": "declaraties, beddenopgave en wachtlijsten",
    "stroom_maand": "declaraties",
    "doorstroom_matrix": "declaraties",
    "herkomst_bestemming": "declaraties",
    "capaciteit_maand": "beddenopgave van aanbieders",
    "wachttijd_maand": "wachtlijsten van aanbieders",
    "aanbieder_wachttijd": "wachtlijsten van aanbieders",
    "benodigde_capaciteit": "declaraties en beddenopgave",
    "definitie_verschuiving": "declaraties",
    "zpm_mismatch": "declaraties, bedden, HIC-monitor en wachtlijsten",
    "wachttijd_open": "wachttijden op websites van aanbieders (open data)",
    "kerncijfer_vergelijking": "aanleveringen, en publicaties van anderen",
    "herziening": "publicaties van de monitor",
    "scenario_resultaat": "simulatie op declaraties, bedden en wachtlijsten",
}
REDENEN = {
    "uitgesteld_beschermd_wonen": "Beschermd wonen",
    "uitgesteld_wlz": "Plek in de Wlz",
    "uitgesteld_forensisch": "Forensische plek",
    "uitgesteld_woning": "Eigen woning",
    "uitgesteld_andere_ggz": "Andere ggz",
    "uitgesteld_overig": "Overig",
}
_EIGEN_ZICHT = {
    "landelijk": "alle regio's",
    "steward": "alle regio's",
    "regio": "eigen regio, niet openbaar",
    "publiek": "openbare versie",
}


def herkomst(g: Gegevens, tabel: str, cijfers: Sequence[Cijfer] = (), maand: date | None = None) -> Herkomst:
    """Source, vintage and status of what is shown, for under a figure and in its downloads."""
    bekend = [c for c in cijfers if c.bekend]
    if not cijfers:
        status = "niet van toepassing"
    elif not bekend:
        status = "niet geleverd" if any(c.toestand == ONBEKEND for c in cijfers) else "geen cijfers"
    elif any(c.voorlopig for c in bekend):
        status = "voorlopig" if all(c.voorlopig for c in bekend) else "deels voorlopig"
    else:
        status = "definitief"
    return Herkomst(
        (
            f"Bron: {BRON_VAN.get(tabel, tabel)}",
            f"Stand: {g.stand(tabel)}",
            f"Status: {status}" + (f" ({opmaak.maand(maand)})" if maand else ""),
            f"Zicht: {_EIGEN_ZICHT[g.wie.rol]} ({g.wie.omschrijving()})",
            "Leeg betekent: onbekend of afgeschermd, zie de kolom Toestand; 0 is echt nul.",
        )
    )


def declaratiejaar(g: Gegevens, regio: str, maand: date, maanden: int = 12) -> list[Cijfer]:
    """What tells whether claims up to a month are provisional, for figures that carry no status of their own."""
    return stand(g, "instroom").reeks(regio, ALLE, maand, maanden)


@dataclass(frozen=True)
class Kern:
    """One thing that stands out: ``kop`` in a word, ``tekst`` in a sentence; ``let_op`` where it is beyond its norm."""

    kop: str
    tekst: str
    let_op: bool = False


def kernpunten(g: Gegevens, regio: str, maand: date) -> list[Kern]:
    """How full, who waits, where outflow sticks, what lacks: one sentence each, left out where nothing is known."""
    delen = (_bezetting, _wachten, _uitstroom, _tekort)
    return [k for deel in delen if (k := deel(g, regio, maand))]


def _per_cluster(g: Gegevens, code: str, regio: str, maand: date) -> dict[str, Cijfer]:
    gevonden = {c: stand(g, code).bij(maand, regio, c) for c in opmaak.clusters()}
    return {c: x for c, x in gevonden.items() if x.bekend}


def _bezetting(g: Gegevens, regio: str, maand: date) -> Kern | None:
    per = _per_cluster(g, "bezettingsgraad", regio, maand)
    if not per:
        return None
    norm = opmaak.norm("bezettingsnorm")
    boven = sorted((c for c in per if per[c].waarde > norm), key=lambda c: -per[c].waarde)
    if not boven:
        hoogste = max(per, key=lambda c: per[c].waarde)
        return Kern(
            "Bezetting",
            f"Geen cluster zit boven de norm van {procent(norm)}; het volst is {_cl(hoogste)} ({_naast(per[hoogste].waarde, norm)}).",
        )
    opsom = _en([f"{_cl(c)} ({_naast(per[c].waarde, norm)})" for c in boven[:3]])
    meer = f"; {len(boven)} van de {len(per)} clusters samen" if len(boven) > 3 else ""
    return Kern("Bezetting", f"Boven de norm van {procent(norm)}: {opsom}{meer}.", True)


def _naast(x: float, norm: float) -> str:
    """A share beside its norm, with a decimal where they would read the same."""
    return procent(x, 1) if procent(x) == procent(norm) else procent(x)


def _wachten(g: Gegevens, regio: str, maand: date) -> Kern | None:
    aantal, boven = (
        stand(g, "wachtplekken").bij(maand, regio, ALLE),
        stand(g, "boven_treeknorm").bij(maand, regio, ALLE),
    )
    if not aantal.bekend:
        return None
    tekst = f"{getal(aantal.waarde)} wachtplekken" + _sinds(g, "wachtplekken", regio, maand)
    if boven.bekend and aantal.waarde:
        tekst += f"; {getal(boven.waarde)} ({procent(boven.waarde / aantal.waarde)}) wachten langer dan de Treeknorm van 14 weken"
    gemiddeld, doel = stand(g, "gemiddeld_weken").bij(maand, regio, ALLE), opmaak.norm("doelwachttijd_weken")
    if gemiddeld.bekend:
        tekst += f". Gemiddeld {getal(gemiddeld.waarde, 1)} weken, het IZA-doel is {getal(doel)}"
    return Kern("Wachten", tekst + ".", gemiddeld.bekend and gemiddeld.waarde > doel)


def _uitstroom(g: Gegevens, regio: str, maand: date) -> Kern | None:
    dagen, vrij = (
        stand(g, "uitgestelde_dagen").bij(maand, regio, ALLE),
        stand(g, "vrij_te_spelen").bij(maand, regio, ALLE),
    )
    if not dagen.bekend:
        return None
    if dagen.waarde == 0:
        return Kern("Uitstroom", "Geen uitgestelde dagen gemeld.")
    tekst = f"{getal(dagen.waarde)} dagen lag er iemand die weg kon"
    reden = _grootste_reden(g, regio, maand)
    if reden:
        tekst += f", het meest in afwachting van {reden[0][:1].lower() + reden[0][1:] if reden[0] != 'Plek in de Wlz' else 'een plek in de Wlz'} ({procent(reden[1])})"
    if vrij.bekend:
        tekst += f". Tijdige uitstroom speelt {getal(vrij.waarde, 1)} plaatsen vrij"
    return Kern("Uitstroom", tekst + ".", vrij.bekend and vrij.waarde >= 1)


def _grootste_reden(g: Gegevens, regio: str, maand: date) -> tuple[str, float] | None:
    df = g.tabel("capaciteit_maand", maand=maand, **({} if regio == LANDELIJK else {"iza_regio": regio}))
    df = df[df["cluster"].isin(opmaak.clusters()) & df["iza_regio"].isin(opmaak.regios())] if len(df) else df
    if df.empty:
        return None
    som = df[list(REDENEN)].sum(min_count=1).dropna()
    return (REDENEN[som.idxmax()], som.max() / som.sum()) if len(som) and som.sum() > 0 else None


def _tekort(g: Gegevens, regio: str, maand: date) -> Kern | None:
    per = _per_cluster(g, "tekort", regio, maand)
    if not per:
        return None
    kort = sorted((c for c in per if per[c].waarde > 0), key=lambda c: -per[c].waarde)
    if not kort:
        return Kern("Tekort", "In geen cluster waarvan het te berekenen is, is er een tekort aan plaatsen.")
    som = sum(per[c].waarde for c in kort)
    opsom = _en([f"{_cl(c)} {getal(per[c].waarde)}" for c in kort[:3]])
    return Kern(
        "Tekort",
        f"{getal(som)} {'plaats' if som == 1 else 'plaatsen'} te weinig om hooguit {procent(opmaak.norm('blokkeringsnorm'))} te moeten weigeren: {opsom}.",
        True,
    )


def zekerheid(g: Gegevens, regio: str, maand: date) -> list[Kern]:
    """What is uncertain about the figures of this month."""
    uit = []
    stroom = stand(g, "instroom").bij(maand, regio, ALLE)
    if stroom.toestand == ONBEKEND:
        uit.append(
            Kern(
                "Declaraties",
                f"Over {opmaak.maand(maand)} zijn geen declaraties geleverd: instroom, uitstroom en tekort zijn onbekend.",
                True,
            )
        )
    elif stroom.voorlopig:
        uit.append(
            Kern(
                "Voorlopig",
                f"Declaraties komen maanden later binnen; over {opmaak.maand(maand)} zijn stroom en tekort voorlopig{_volledig(g, maand)}.",
            )
        )
    for code, bron in (("bezettingsgraad", "beddenopgave"), ("wachtplekken", "wachtlijst")):
        if stand(g, code).bij(maand, regio, ALLE).toestand == ONBEKEND:
            uit.append(Kern(bron.capitalize(), f"Over {opmaak.maand(maand)} is geen {bron} geleverd.", True))
    if any(
        stand(g, code).bij(maand, regio, c).toestand == AFGESCHERMD
        for code in ("instroom", "bezettingsgraad", "wachtplekken")
        for c in opmaak.clusters()
    ):
        uit.append(Kern("Afgeschermd", "Kleine aantallen van deze regio zijn niet openbaar."))
    if not uit:
        uit.append(Kern("Definitief", f"Alle bronnen zijn geleverd en {opmaak.maand(maand)} is definitief."))
    return uit


def volledigheid(g: Gegevens, maand: date) -> float | None:
    """Estimated share of the claims of a month that is in, for the country."""
    df = g.tabel("volledigheid_schatting")
    if df.empty:
        return None
    rij = df[pd.to_datetime(df["prestatiemaand"]).dt.date == maand]
    return float(rij["volledigheid"].iloc[0]) if len(rij) and pd.notna(rij["volledigheid"].iloc[0]) else None


def _volledig(g: Gegevens, maand: date) -> str:
    deel = volledigheid(g, maand)
    return f"; landelijk is naar schatting {procent(deel)} van de prestaties binnen" if deel is not None else ""


def verandering(g: Gegevens, code: str, regio: str, cluster: str, maand: date, maanden: int = 3) -> float | None:
    """Change against so many months before; None where either is not known."""
    nu = stand(g, code).bij(maand, regio, cluster)
    toen = stand(g, code).bij((pd.Timestamp(maand) - pd.DateOffset(months=maanden)).date(), regio, cluster)
    return nu.waarde - toen.waarde if nu.bekend and toen.bekend else None


def _sinds(g: Gegevens, code: str, regio: str, maand: date) -> str:
    d = verandering(g, code, regio, ALLE, maand)
    if d is None:
        return ""
    return f" ({opmaak.verschil(d)} in drie maanden)" if d else " (evenveel als drie maanden eerder)"


def _cl(code: str) -> str:
    return opmaak.in_zin(opmaak.cluster(code))


def _en(delen: Sequence[str]) -> str:
    return delen[0] if len(delen) == 1 else ", ".join(delen[:-1]) + " en " + delen[-1]
