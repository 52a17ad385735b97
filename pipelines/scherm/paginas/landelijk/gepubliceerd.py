"""The figures of the monitor beside those that others published; both stand in the warehouse."""

import pandas as pd
import streamlit as st

from pipelines.blokken import blok, opmaak
from pipelines.blokken.blok import Blok
from pipelines.blokken.cijfer import BEKEND, LEEG, Cijfer
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.metrieken import definitie, eerste_keus
from pipelines.blokken.openbaar import echte_wachttijd
from pipelines.blokken.opmaak import getal, h, procent
from pipelines.blokken.samenvatting import herkomst
from pipelines.scherm import plaats

_NAMEN = {
    "wachtplekken_volwassenen_curatief": "Wachtplekken volwassenen",
    "aandeel_boven_treeknorm": "Aandeel boven de Treeknorm",
    "aandeel_boven_treeknorm_aanmelding": "Boven de Treeknorm, wacht op aanmeldgesprek",
    "aandeel_boven_treeknorm_behandeling": "Boven de Treeknorm, wacht op behandeling",
    "personen_op_meer_lijsten": "Personen op meer wachtlijsten",
    "clienten_ggz_zvw_wlz": "Cliënten in de ggz, Zvw en Wlz",
    "klinisch_langer_dan_jaar": "Langer dan een jaar opgenomen",
    "zorgbemiddeling": "Bemiddelde cliënten per jaar",
    "zorgbemiddeling_mislukt": "Bemiddeling niet gelukt",
    "acute_ggz_personen": "Mensen in de acute ggz",
    "iza_doel_wachttijd_weken": "IZA-doel gemiddelde wachttijd",
}


def toon(g: Gegevens) -> None:
    if g.wie.ziet_alles:
        plaats.blok(naast_kerncijfers(g))
    else:
        st.info("De vergelijking telt alle regio's op, ook kleine aantallen; zij is er voor de landelijke tafel.")
    plaats.blok(naast_nza(g))
    plaats.blok(echte_wachttijd(g, list(opmaak.regios()), eerste_keus(g, opmaak.LANDELIJK, ["wachtplekken"])))


def naast_kerncijfers(g: Gegevens) -> Blok:
    """Published national totals beside the newest month of which all regions delivered, with ratio and known difference."""
    df = g.tabel("kerncijfer_vergelijking")
    titel, bron = "Naast gepubliceerde cijfers", herkomst(g, "kerncijfer_vergelijking")
    if df.empty:
        return Blok.leeg("kerncijfers", titel, bron, "De laatste run heeft nog geen vergelijking gemaakt.")
    bronnen = df["bron"].where(df["bron"] != "idem").ffill()
    rijen = [
        [*_cijfers(r), h(f"{b}. {opmaak.zin(r['definitieverschil'])}")]
        for r, b in zip(df.to_dict("records"), bronnen, strict=True)
    ]
    kop = [
        "Kerncijfer",
        "Gepubliceerd",
        "Peildatum",
        "Monitor",
        "Maand",
        "Verhouding",
        "Bron en verschil van definitie",
    ]
    return Blok(
        "kerncijfers",
        titel,
        "De monitor telt wat is aangeleverd: een demonstratie op een deel van het land geeft een verhouding ver onder de 100%.",
        bron,
        definities={"Kerncijfers": definitie("kerncijfer_vergelijking")},
        data=df.assign(bron=bronnen),
        inhoud=f'<div class="laatste-tekst">{blok.tabel(kop, rijen, klasse="stapel")}</div>',
    )


def _cijfers(r: dict) -> list[str]:
    def schrijf(x: float) -> str:
        if r["eenheid"].startswith("euro"):
            return f"€ {opmaak.miljoen(x)}"
        if r["eenheid"].startswith("weken"):
            return f"{getal(x, 1)} weken"
        return procent(x, 1) if "aandeel" in r["eenheid"] else getal(x)

    ons, verhouding = (Cijfer(None, LEEG) if pd.isna(r[k]) else Cijfer(r[k], BEKEND) for k in ("waarde", "verhouding"))
    return [
        h(_NAMEN.get(r["kerncijfer"], opmaak.woord(r["kerncijfer"]))),
        schrijf(r["gepubliceerd"]),
        h(opmaak.datum(r["peildatum"])),
        blok.cijfer(ons, schrijf),
        opmaak.maand_kort(r["maand"]) + ("" if r["landelijk"] else ", niet alle regio's") if ons.bekend else "",
        blok.cijfer(verhouding, procent),
    ]


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
            cellen += [_weken(r[f"{fase}_weken"]), _weken(r[f"nza_{fase}_weken"])]
            cellen.append(_weken(r[f"verschil_{fase}_weken"], opmaak.verschil))
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
