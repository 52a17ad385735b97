"""The figures of the monitor beside those that others published."""

from datetime import date

import pandas as pd
import streamlit as st

from pipelines.scherm import blok, opmaak
from pipelines.scherm.blok import Blok
from pipelines.scherm.gegevens import Gegevens
from pipelines.scherm.metrieken import definitie
from pipelines.scherm.opmaak import getal, h, procent
from pipelines.scherm.paginas.landelijk import keuzes
from pipelines.scherm.samenvatting import herkomst


def toon(g: Gegevens) -> None:
    if not g.wie.ziet_alles:
        st.info("De vergelijking telt alle regio's op, ook kleine aantallen; zij is er voor de landelijke tafel.")
        return
    maand = keuzes.maand(g)
    blok.toon(naast_kerncijfers(g, maand))
    blok.toon(naast_nza(g))


def naast_kerncijfers(g: Gegevens, maand: date) -> Blok:
    """Published national totals beside what the deliveries add up to, with their ratio and known differences."""
    eigen = _eigen_totalen(g, maand)
    rijen, data, bron = [], [], ""
    for k in opmaak.seed("kerncijfers"):
        naam, verschil = _KERNCIJFERS[k["kerncijfer"]]
        gepubliceerd, ons = float(k["waarde"]), eigen.get(k["kerncijfer"])
        verhouding = ons / gepubliceerd if ons is not None else None
        bron = bron if k["bron"] == "idem" else k["bron"]
        toelichting = [bron + (f" ({k['opmerking']})" if k["opmerking"] else ""), verschil[:1].upper() + verschil[1:]]
        rijen.append(
            [
                h(naam),
                _schrijf(gepubliceerd, k["eenheid"]),
                h(opmaak.datum(date.fromisoformat(k["peildatum"]))),
                _schrijf(ons, k["eenheid"]) if ons is not None else "–",
                procent(verhouding) if verhouding is not None else "–",
                h(". ".join(toelichting) + "."),
            ]
        )
        data.append(
            {
                "Kerncijfer": naam,
                "Eenheid": k["eenheid"],
                "Gepubliceerd": gepubliceerd,
                "Peildatum": k["peildatum"],
                "Monitor": ons,
                "Verhouding": verhouding,
                "Bron": bron,
                "Verschil": verschil,
            }
        )
    kop = ["Kerncijfer", "Gepubliceerd", "Peildatum", f"Monitor, {opmaak.maand_kort(maand)}", "Verhouding"]
    tabel = blok.tabel([*kop, "Bron en verschil van definitie"], rijen)
    return Blok(
        "kerncijfers",
        "Naast gepubliceerde cijfers",
        "De monitor telt wat is aangeleverd: een demonstratie op een deel van het land geeft een verhouding ver onder de 100%.",
        herkomst(g, "alles"),
        data=pd.DataFrame(data),
        inhoud=f'<div class="laatste-tekst">{tabel}</div>',
    )


def _schrijf(x: float, eenheid: str) -> str:
    if eenheid.startswith("euro"):
        return f"€ {getal(x / 1e6)} miljoen"
    if eenheid.startswith("weken"):
        return f"{getal(x, 1)} weken"
    return procent(x, 1) if "aandeel" in eenheid else getal(x)


_NIET_TE_BEREKENEN = "niet uit de aanleveringen te berekenen"
_KERNCIJFERS = {
    "wachtplekken_volwassenen_curatief": (
        "Wachtplekken volwassenen",
        "de monitor telt alle wachtplekken in de aangeleverde lijsten, ook buiten de zes clusters",
    ),
    "aandeel_boven_14_weken": ("Aandeel boven 14 weken", "zelfde norm: 14 weken in totaal"),
    "aandeel_boven_treeknorm": (
        "Aandeel boven de Treeknorm",
        "de monitor rekent 14 weken in totaal; gepubliceerd kan per fase zijn",
    ),
    "aandeel_boven_treeknorm_aanmelding": ("Boven de Treeknorm, wacht op aanmeldgesprek", "zelfde norm: 4 weken"),
    "aandeel_boven_treeknorm_behandeling": ("Boven de Treeknorm, wacht op behandeling", "zelfde norm: 10 weken"),
    "wachtenden": (
        "Wachtenden",
        "de monitor telt personen per regio en cluster: wie in twee clusters wacht telt dubbel",
    ),
    "zorgbemiddeling": (
        "Bemiddelde cliënten per jaar",
        "de monitor telt geslaagde en mislukte bemiddeling in 12 maanden",
    ),
    "zorgbemiddeling_mislukt": ("Bemiddeling niet gelukt", "zelfde noemer: alle bemiddelingen in 12 maanden"),
    "personen_op_meer_lijsten": ("Personen op meer wachtlijsten", _NIET_TE_BEREKENEN),
    "clienten_ggz_zvw_wlz": ("Cliënten in de ggz, Zvw en Wlz", _NIET_TE_BEREKENEN),
    "klinisch_langer_dan_jaar": ("Langer dan een jaar opgenomen", _NIET_TE_BEREKENEN),
    "beschermd_wonen": ("Mensen in beschermd wonen", _NIET_TE_BEREKENEN),
    "acute_ggz_personen": ("Mensen in de acute ggz", _NIET_TE_BEREKENEN),
    "uitgaven_curatieve_ggz": (
        "Uitgaven curatieve ggz",
        "de monitor telt netto gedeclareerde bedragen van 12 maanden, ook van andere wetten",
    ),
    "iza_doel_wachttijd_weken": ("IZA-doel gemiddelde wachttijd", "de monitor rekent over wie nu wacht"),
}


def _eigen_totalen(g: Gegevens, maand: date) -> dict[str, float]:
    """What the monitor has for each kerncijfer that it can compute."""
    regios = tuple(opmaak.regios())
    jaar = list(opmaak.venster(maand, 12))
    wacht = g.tabel("wachttijd_maand", maand=maand, iza_regio=regios)
    flow = g.tabel("wachttijd_maand", maand=jaar, iza_regio=regios, fase="totaal")
    uit: dict[str, float] = {}
    if len(wacht):
        per = wacht.groupby("fase")[["wachtplekken", "boven_treeknorm", "unieke_wachtenden"]].sum()
        deel = per["boven_treeknorm"] / per["wachtplekken"].where(per["wachtplekken"] > 0)
        uit["wachtplekken_volwassenen_curatief"] = float(per.loc["totaal", "wachtplekken"])
        uit["wachtenden"] = float(per.loc["totaal", "unieke_wachtenden"])
        uit["aandeel_boven_14_weken"] = uit["aandeel_boven_treeknorm"] = float(deel["totaal"])
        uit["aandeel_boven_treeknorm_aanmelding"], uit["aandeel_boven_treeknorm_behandeling"] = (
            float(deel["aanmelding"]),
            float(deel["behandeling"]),
        )
        totaal = wacht[wacht["fase"] == "totaal"]
        uit["iza_doel_wachttijd_weken"] = float(
            (totaal["gemiddeld_weken"] * totaal["wachtplekken"]).sum() / max(totaal["wachtplekken"].sum(), 1)
        )
    if len(flow):
        gelukt, mislukt = float(flow["bemiddeld_gelukt"].sum()), float(flow["bemiddeld_mislukt"].sum())
        uit["zorgbemiddeling"] = gelukt + mislukt
        if gelukt + mislukt:
            uit["zorgbemiddeling_mislukt"] = mislukt / (gelukt + mislukt)
    bedrag = g.tabel("definitie_verschuiving", maand=jaar)
    if len(bedrag):
        eerste = bedrag[bedrag["versie_naar"] == bedrag["versie_naar"].iloc[0]]
        uit["uitgaven_curatieve_ggz"] = float(eerste["bedrag"].astype(float).sum())
    return {k: v for k, v in uit.items() if not pd.isna(v)}


def naast_nza(g: Gegevens) -> Blok:
    """Open waiting times of 2018: what the NZa published from this file, and what the monitor makes of it."""
    df = g.tabel("wachttijd_open_vergelijking")
    titel = "Open wachttijden 2018: NZa en monitor uit hetzelfde bestand"
    if df.empty:
        return Blok.leeg("nza", titel, herkomst(g, "wachttijd_open"), "Er zijn geen open wachttijden ingenomen.")
    rijen = []
    for r in df.to_dict("records"):
        cellen = [h(r["nza_groep"])]
        for fase in ("aanmeld", "totaal"):
            ons, nza = r[f"{fase}_weken"], r[f"nza_{fase}_weken"]
            cellen += [_weken(ons), _weken(nza), _weken(ons - nza, opmaak.verschil)]
        rijen.append([*cellen, *[_weken(r[k], getal, 0) for k in ("locaties_totaal", "nza_locaties_totaal")]])
    kop = ["Diagnosegroep", "Aanmelding", "NZa", "Verschil", "Totaal", "NZa", "Verschil", "Locaties", "NZa"]
    return Blok(
        "nza",
        titel,
        "Weken, volgens de monitor en volgens de NZa. De NZa verbeterde ook losse aanbieders met de hand: verwacht de meeste groepen binnen een week, niet alle gelijk.",
        herkomst(g, "wachttijd_open"),
        definities={"Open wachttijden": definitie("wachttijd_open_vergelijking") or definitie("wachttijd_open")},
        data=df,
        inhoud=blok.tabel(kop, rijen),
    )


def _weken(x: float, schrijf=getal, decimalen: int = 1) -> str:
    return "–" if pd.isna(x) else schrijf(x, decimalen)
