"""Where patients come from, and where inhabitants are treated, as bars."""

from collections.abc import Mapping
from datetime import date

from pipelines.blokken import blok, grafiek, opmaak
from pipelines.blokken.blok import Blok
from pipelines.blokken.cijfer import BEKEND, LEEG, Cijfer, cel
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.grafiek import Staaf
from pipelines.blokken.metrieken import definitie
from pipelines.blokken.opmaak import getal, h
from pipelines.blokken.samenvatting import declaratiejaar, herkomst

MEESTE = 12


_MATEN = {"verblijfsdagen": "Verblijfsdagen", "contacten": "Contacten"}


def woonregios(g: Gegevens, regio: str, maand: date) -> Blok:
    titel = f"Waar komen patiënten in {opmaak.regio(regio)} vandaan?"
    return _verdeling(g, "van-buiten", titel, "iza_regio", "woonregio", regio, maand)


def elders(g: Gegevens, regio: str, maand: date) -> Blok:
    titel = f"Waar worden inwoners van {opmaak.regio(regio)} behandeld?"
    return _verdeling(g, "naar-buiten", titel, "woonregio", "iza_regio", regio, maand)


def _verdeling(g: Gegevens, sleutel: str, titel: str, vast: str, over: str, regio: str, maand: date) -> Blok:
    """Care of which the column ``vast`` is the region, divided over the regions in the column ``over``."""
    df = g.tabel("herkomst_bestemming_jaar", **{vast: regio}, maand=maand)
    if df.empty:
        return Blok.leeg(
            f"{sleutel}-{regio}", titel, herkomst(g, "herkomst_bestemming"), "Geen zorg bekend in deze periode."
        )
    per = {r[over]: r for r in df.sort_values(["verblijfsdagen", "contacten"], ascending=False).to_dict("records")}
    buiten = [r for r in per if r != regio]
    staven = [Staaf(opmaak.regio(r), Cijfer(float(per[r]["verblijfsdagen"]), BEKEND)) for r in buiten[:MEESTE]]
    deel = "deel_van_aanbieders" if vast == "iza_regio" else "deel_van_inwoners"
    binnen = {k: cel(per[regio], f"{k}_{deel}") if regio in per else Cijfer(0.0, BEKEND) for k in _MATEN}
    zin = opmaak.opsom(f"{opmaak.procent(c.waarde)} van de {k}" for k, c in binnen.items() if c.bekend)
    rest = (
        ""
        if not buiten
        else f" Hieronder de verblijfsdagen {'in de regio’s met de meeste' if len(buiten) > MEESTE else 'elders'}."
    )
    return Blok(
        f"{sleutel}-{regio}-{maand:%Y-%m}",
        titel,
        f"12 maanden tot en met {opmaak.maand(maand)}: {zin or 'niets'} bleef binnen de regio.{rest}",
        herkomst(g, "herkomst_bestemming", declaratiejaar(g, regio, maand)),
        (lambda b, k: grafiek.staven(staven, getal, min(b, 520), titel, k)) if staven else None,
        ["Regio", *_MATEN.values(), "Afstand (km)"],
        [
            [h(opmaak.regio(r)), *[getal(per[r][k]) for k in _MATEN], blok.cijfer(_afstand(per[r]), getal)]
            for r in [regio, *buiten]
            if r in per
        ],
        {
            "Bovenregionaal": definitie("herkomst_bestemming", "bovenregionaal") or definitie("herkomst_bestemming"),
            "Afstand": definitie("herkomst_bestemming_jaar", "afstand_km"),
        },
        df,
        breed=520,
    )


def _afstand(rij: Mapping) -> Cijfer:
    if opmaak.bekend(rij["afstand_km"]):
        return Cijfer(float(rij["afstand_km"]), BEKEND)
    return Cijfer(None, LEEG, waarom="niet te berekenen: van geen patiënt heeft de woongemeente een punt op de kaart")
