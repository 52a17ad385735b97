"""What a tafel must know of a region in a month, in sentences: for the Regio page and for the quarterly report.

Belongs here: choosing what stands out and saying it. Does not belong here: figures (``metrieken``) and layout.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from pipelines import contract
from pipelines.blokken import opmaak
from pipelines.blokken.cijfer import AANLOOP, AFGESCHERMD, NOG_NIET, ONBEKEND, Cijfer, cel, uitleg
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.metrieken import WIJZERS, alle_metrieken, metrieken, stand, van_gebied
from pipelines.blokken.opmaak import ALLE, LANDELIJK, getal, procent
from pipelines.blokken.uitvoer import Herkomst
from pipelines.publicatie import beschrijving

BRON_VAN = {
    "alles": "declaraties, beddenopgave en wachtlijsten",
    "wachttijd_retrospectief": "declaraties",
    "stroom_maand": "declaraties",
    "doorstroom_matrix": "declaraties",
    "herkomst_bestemming": "declaraties",
    "capaciteit_maand": "beddenopgave van aanbieders",
    "wachttijd_maand": "wachtlijsten van aanbieders",
    "aanbieder_wachttijd": "wachtlijsten van aanbieders",
    "benodigde_capaciteit": "beddenopgave en wachtlijsten van aanbieders",
    "capaciteit_balans": "beddenopgave en wachtlijsten van aanbieders",
    "definitie_verschuiving": "declaraties",
    "behoefte_inwoners": "declaraties en wachtlijsten van alle regio's van behandeling, inwoners volgens het CBS",
    "voorziening_maand": "beddenopgave van aanbieders",
    "hic_maand": "HIC-monitor",
    "hic_naast_elkaar": "HIC-monitor, beddenopgave en declaraties",
    "meerjarenbeeld": "beddenopgave en wachtlijsten, een voorspelling daarvan, en de afspraken van de tafels",
    "wachttijd_open_regio": "wachttijden op websites van aanbieders in 2018 (open data van de NZa)",
    "definitie_agenda": "declaraties",
    "definitie_verplaatsing_jaar": "declaraties",
    "definitie_aanbieder_jaar": "declaraties",
    "definitie_verschil": "declaraties, beddenopgave en wachtlijsten",
    "definitie_wijziging": "de regels van de versies",
    "zpm_mismatch": "declaraties, bedden, HIC-monitor en wachtlijsten",
    "wachtreis_maand": "wachtlijsten van aanbieders",
    "wachtweg_jaar": "wachtlijsten van aanbieders",
    "bemiddeling_jaar": "wachtlijsten van aanbieders",
    "exclusie_maand": "wachtlijsten van aanbieders",
    "exclusie_jaar": "wachtlijsten van aanbieders",
    "transfermechanisme": "wachtlijsten van aanbieders, en de beddenopgave voor wie bij welke onderneming hoort",
    "bestemming_capaciteit": "beddenopgave van aanbieders",
    "uitstroom_bestemming": "declaraties",
    "verblijfsduur": "declaraties",
    "wachttijd_open": "wachttijden op websites van aanbieders (open data)",
    "kerncijfer_vergelijking": "aanleveringen, en publicaties van anderen",
    "herziening": "publicaties van de monitor",
    "scenario_resultaat": "berekening en simulatie op bedden en wachtlijsten",
    "scenario_bijdrage": "berekening op bedden en wachtlijsten",
}
REDENEN = {k: m.naam for k, m in alle_metrieken().items() if k.startswith("uitgesteld_") and k != "uitgesteld_aantal"}
_IN_AFWACHTING = {
    "uitgesteld_wlz": "een plek in de Wlz",
    "uitgesteld_forensisch": "een forensische plek",
    "uitgesteld_woning": "een eigen woning",
    "uitgesteld_overig": "iets anders",
}
BEZETTING = {"bezetting_bedden": "bedden", "bezetting_ambulant": "ambulante plaatsen"}
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
            f"Status: {status}{f' ({opmaak.maand(maand)})' if maand else ''}{_regios(bekend)}",
            f"Zicht: {_EIGEN_ZICHT[g.wie.rol]} ({g.wie.omschrijving()})",
            "Leeg betekent: onbekend of afgeschermd, zie de kolom Toestand; 0 is echt nul.",
        ),
        tabel if beschrijving.tabel(tabel) else "",
    )


def _regios(cijfers: Sequence[Cijfer]) -> str:
    """Of how many regions the totals among these figures are: the fewest and the most."""
    totalen = sorted(c.regios for c in cijfers if c.van_regios())
    if not totalen:
        return ""
    (minst, _), (meest, alle) = totalen[0], totalen[-1]
    return f"; {meest if minst == meest else f'{minst} tot {meest}'} van {alle} regio's"


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
    """Judged per kind of place: beds that are full are not less full beside empty ambulatory places."""
    per = {
        f"{_cl(cluster)} ({soort})": (c.waarde, metrieken()[code].norm)
        for code, soort in BEZETTING.items()
        for cluster, c in _per_cluster(g, code, regio, maand).items()
    }
    if not per:
        return None
    volste = sorted(per, key=lambda naam: -per[naam][0])
    boven = [naam for naam in volste if per[naam][0] > per[naam][1]]
    norm = opmaak.opsom(dict.fromkeys(procent(n) for _, n in per.values()))
    if not boven:
        waarde, eigen = per[volste[0]]
        return Kern(
            "Bezetting", f"Niets zit boven de norm van {norm}; het volst is {volste[0]}, {_naast(waarde, eigen)}."
        )
    opsom = opmaak.opsom(f"{naam} {_naast(*per[naam])}" for naam in boven[:3])
    meer = f"; {len(boven)} van {len(per)} in totaal" if len(boven) > 3 else ""
    return Kern("Bezetting", f"Boven de norm van {norm}: {opsom}{meer}.", True)


def _naast(x: float, norm: float) -> str:
    """A share beside its norm, with a decimal where they would read the same."""
    return procent(x, 1) if procent(x) == procent(norm) else procent(x)


def _wachten(g: Gegevens, regio: str, maand: date) -> Kern | None:
    aantal, boven, aandeel, gemiddeld, mediaan = (
        stand(g, code).bij(maand, regio, ALLE)
        for code in ("wachtplekken", "boven_treeknorm", "aandeel_boven_treeknorm", "gemiddeld_weken", "mediaan_weken")
    )
    if not aantal.bekend:
        return None
    tekst = f"{getal(aantal.waarde)} wachtplekken" + _sinds(g, "wachtplekken", regio, maand)
    if boven.bekend and aandeel.bekend:
        tekst += f"; {getal(boven.waarde)} ({procent(aandeel.waarde)}) wachten langer dan de Treeknorm van 14 weken"
    doel = opmaak.norm("doelwachttijd_weken")
    if gemiddeld.bekend:
        midden = f" (de helft korter dan {getal(mediaan.waarde, 1)})" if mediaan.bekend else ""
        tekst += f". Gemiddeld {getal(gemiddeld.waarde, 1)} weken{midden}, het IZA-doel is {getal(doel)}"
    return Kern("Wachten", tekst + f".{_dekking(aantal)}", gemiddeld.bekend and gemiddeld.waarde > doel)


def _uitstroom(g: Gegevens, regio: str, maand: date) -> Kern | None:
    dagen, vrij = (
        stand(g, "uitgestelde_dagen").bij(maand, regio, ALLE),
        stand(g, "vrij_te_spelen").bij(maand, regio, ALLE),
    )
    if not dagen.bekend:
        return None
    if dagen.waarde == 0:
        return Kern("Uitstroom", f"Geen uitgestelde dagen op bedden gemeld.{_dekking(dagen)}")
    tekst = f"{getal(dagen.waarde)} dagen lag er iemand op een bed die weg kon"
    reden = _grootste_reden(g, regio, maand)
    if reden:
        tekst += f", waarvan {getal(reden[1])} in afwachting van {reden[0]}"
    if vrij.bekend:
        tekst += f". Tijdige uitstroom speelt {getal(vrij.waarde, 1)} bedden vrij"
    return Kern("Uitstroom", tekst + f".{_dekking(dagen)}", vrij.bekend and vrij.waarde >= 1)


def _grootste_reden(g: Gegevens, regio: str, maand: date) -> tuple[str, float] | None:
    """What most days of beds were waited for, in words, and how many."""
    df = van_gebied(g, "capaciteit_maand", regio, ALLE, maand=maand, capaciteit_type="bed")
    if df.empty:
        return None
    per = {k: c.waarde for k in REDENEN if (c := cel(df.to_dict("records")[0], k)).bekend}
    reden = max(per, key=per.get, default=None)
    return (_IN_AFWACHTING.get(reden, opmaak.in_zin(REDENEN[reden])), per[reden]) if reden and per[reden] else None


def _tekort(g: Gegevens, regio: str, maand: date) -> Kern | None:
    per, samen = _per_cluster(g, "tekort", regio, maand), stand(g, "tekort").bij(maand, regio, ALLE)
    if not per or not samen.bekend:
        return None
    kort = sorted((c for c in per if per[c].waarde > 0), key=lambda c: -per[c].waarde)
    if not kort:
        zin = "In geen cluster waarvan het te berekenen is, zijn er bedden te kort."
        return Kern("Bedden over of te kort", f"{zin}{_dekking(samen)}")
    opsom = opmaak.opsom(f"{_cl(c)} {getal(per[c].waarde)}" for c in kort[:3])
    woord = "bed" if samen.waarde == 1 else "bedden"
    tekst = (
        f"{getal(samen.waarde)} {woord} te kort voor wat nodig is: {opsom}. Wat elders over is, is er niet afgetrokken."
    )
    return Kern("Bedden over of te kort", f"{tekst}{_dekking(samen)}", True)


def dekking(g: Gegevens, regio: str, maand: date) -> str:
    """Of how many regions each source is in the figures of the country; nothing for a region."""
    delen = {metrieken()[code].bron: stand(g, code).bij(maand, regio, ALLE).van_regios() for code in WIJZERS}
    return (
        f" Geleverd: {opmaak.opsom(f'{bron} {n} regio’s' for bron, n in delen.items() if n)}."
        if any(delen.values())
        else ""
    )


def _dekking(c: Cijfer) -> str:
    """Which regions a total rests on, in a sentence; nothing where it is of one."""
    return f" Dit gaat over {c.van_regios()} regio's." if c.van_regios() else ""


def zekerheid(g: Gegevens, regio: str, maand: date) -> list[Kern]:
    """What is uncertain about the figures of this month."""
    uit = []
    stroom = stand(g, "instroom").bij(maand, regio, ALLE)
    if stroom.toestand == ONBEKEND:
        uit.append(
            Kern(
                "Declaraties",
                f"Over {opmaak.maand(maand)} zijn geen declaraties geleverd: instroom en uitstroom zijn onbekend.",
                True,
            )
        )
    elif stroom.voorlopig:
        uit.append(
            Kern(
                "Voorlopig",
                f"Declaraties komen maanden later binnen; over {opmaak.maand(maand)} is de stroom voorlopig{_volledig(g, maand)}.",
            )
        )
    uitstroom = stand(g, "uitstroom").bij(maand, regio, ALLE)
    if uitstroom.toestand == NOG_NIET:
        uit.append(Kern("Uitstroom", f"Uitstroom en stand van alle clusters samen: {uitleg(uitstroom)}."))
    if stroom.toestand == AANLOOP:
        uit.append(Kern("Instroom", f"Instroom van alle clusters samen: {uitleg(stroom)}."))
    for code, bron in (("bezetting_bedden", "beddenopgave"), ("wachtplekken", "wachtlijst")):
        if stand(g, code).bij(maand, regio, ALLE).toestand == ONBEKEND:
            uit.append(Kern(bron.capitalize(), f"Over {opmaak.maand(maand)} is geen {bron} geleverd.", True))
    if any(stand(g, code).bij(maand, regio, c).toestand == AFGESCHERMD for code in WIJZERS for c in opmaak.clusters()):
        uit.append(Kern("Afgeschermd", "Kleine aantallen van deze regio zijn niet openbaar."))
    uit.extend(_leveringen(g, regio, maand))
    if not uit:
        uit.append(Kern("Definitief", f"Alle bronnen zijn geleverd en {opmaak.maand(maand)} is definitief."))
    return uit


def _leveringen(g: Gegevens, regio: str, maand: date) -> list[Kern]:
    """What deliveries lack of which there are some: suppliers, regions, and rows that were refused."""
    df = g.tabel("verwachte_levering_regio", maand=maand, **({} if regio == LANDELIJK else {"iza_regio": regio}))
    bronnen = [metrieken()[code].bron for code in WIJZERS]
    rijen = [r for r in df.to_dict("records") if r["bron"] in bronnen]
    if regio == LANDELIJK:
        return _leveringen_van_het_land(g, maand, [r for r in rijen if r["status"] == "deels"])
    uit = []
    for r in rijen:
        naam = _bron(r["bron"])
        if r["status"] == "deels":
            zin = f"{r['ontvangen']} van {r['verwacht']} leveranciers leverden over {opmaak.maand(maand)}: wat ontbreekt telt niet mee."
            uit.append(Kern(naam, zin, True))
        if r["ontvangen"] and r["rijen_afgekeurd"]:
            zin = f"Geweigerd en niet meegeteld: {getal(r['rijen_afgekeurd'])} van {getal(r['rijen_gelezen'])} rijen."
            uit.append(Kern(naam, zin))
    return uit


def _leveringen_van_het_land(g: Gegevens, maand: date, deels: Sequence[Mapping]) -> list[Kern]:
    uit = []
    for code in WIJZERS:
        bron, c = metrieken()[code].bron, stand(g, code).bij(maand, LANDELIJK, ALLE)
        regios = [opmaak.regio(r["iza_regio"]) for r in deels if r["bron"] == bron]
        if c.regios and c.regios[0] < c.regios[1]:
            uit.append(Kern(_bron(bron), f"{c.van_regios()} regio's leverden over {opmaak.maand(maand)}.", True))
        if regios:
            uit.append(Kern(_bron(bron), f"Niet elke leverancier leverde in {opmaak.opsom(regios)}."))
    return uit


def _bron(bron: str) -> str:
    return contract.lees(bron).naam


def volledigheid(g: Gegevens, maand: date) -> float | None:
    """Estimated share of the claims of a month that is in, for the country; None where more was withdrawn than is still to come (a
    share above 1 is no share)."""
    df = g.tabel("volledigheid_schatting")
    if df.empty:
        return None
    rij = df[pd.to_datetime(df["prestatiemaand"]).dt.date == maand]
    deel = float(rij["volledigheid"].iloc[0]) if len(rij) and pd.notna(rij["volledigheid"].iloc[0]) else None
    return deel if deel is not None and deel <= 1 else None


def _volledig(g: Gegevens, maand: date) -> str:
    deel = volledigheid(g, maand)
    return f"; landelijk is naar schatting {procent(deel)} van de prestaties binnen" if deel is not None else ""


def _sinds(g: Gegevens, code: str, regio: str, maand: date) -> str:
    s = stand(g, code)
    d, regios = s.verandering(maand, regio, ALLE), s.zelfde_regios(maand, regio, ALLE)
    if d is None:
        return ""
    over = f", over dezelfde {regios} regio's" if regios > 1 else ""
    return f" ({opmaak.verschil(d)} in drie maanden{over})" if d else f" (evenveel als drie maanden eerder{over})"


def _cl(code: str) -> str:
    return opmaak.in_zin(opmaak.cluster(code))
