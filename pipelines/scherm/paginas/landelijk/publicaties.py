"""What changed between two publications, and why."""

import re
from datetime import date

import streamlit as st

from pipelines.blokken import blok, opmaak
from pipelines.blokken.blok import Blok
from pipelines.blokken.cijfer import ONBEKEND, TEKENS
from pipelines.blokken.gegevens import Gegevens, NietToegestaan, nieuwste, vintages, voor
from pipelines.blokken.metrieken import maanden
from pipelines.blokken.opmaak import getal, h
from pipelines.blokken.samenvatting import herkomst
from pipelines.fundament.nederlands import telwoord
from pipelines.scherm import plaats
from pipelines.scherm.paginas import kiezen
from pipelines.settings import Instellingen

MEESTE = 200  # changed figures on the page; the download holds them all
_NAMEN = {
    "stroom_maand": "Instroom, doorstroom en uitstroom",
    "capaciteit_maand": "Bedden en bezetting",
    "wachttijd_maand": "Wachtlijsten",
    "aanbieder_wachttijd": "Wachtlijsten per aanbieder",
    "wachttijd_retrospectief": "Wachttijd uit declaraties",
    "wachttijd_open": "Open wachttijden",
    "herkomst_bestemming": "Herkomst van patiënten",
    "doorstroom_matrix": "Doorstroom van en naar",
    "definitie_verschuiving": "Verschuiving bij een andere definitie",
    "zpm_mismatch": "Botsingen met de definitie",
    "volledigheid": "Volledigheid van declaraties",
    "volledigheid_schatting": "Geschatte volledigheid",
}


def toon(g: Gegevens) -> None:
    nummers = vintages(Instellingen())
    if len(nummers) < 2:
        st.info("Publicaties vergelijken kan zodra er twee zijn.")
        if nummers:
            plaats.html(blok.tabel(["Publicatie"], [[h(n)] for n in reversed(nummers)]), "nummers")
        return
    a, b = st.columns(2)
    with a:
        oud = kiezen.keuze("Van publicatie", "oud", nummers[:-1][::-1], nummers[-2], str)
    with b:
        later = nummers[nummers.index(oud) :][:0:-1]
        nieuw = kiezen.keuze("Naar publicatie", "nieuw", later, later[0], str)
    plaats.blok(herzieningblok(g, oud, nieuw))


def herzieningblok(g: Gegevens, oud: str, nieuw: str) -> Blok:
    """How many cells changed between two publications, per table and cause, and by how much."""
    titel = f"Wat veranderde van {oud} naar {nieuw}?"
    try:
        df = g.herziening(Instellingen(), oud, nieuw)
    except NietToegestaan as fout:
        return Blok.leeg("herziening", titel, herkomst(g, "herziening"), h(fout))
    erbij = _nieuwe_maanden(g, oud, nieuw)
    if df.empty:
        waarom = f"{erbij}Geen enkel cijfer dat in beide staat is veranderd."
        return Blok.leeg("herziening", titel, herkomst(g, "herziening"), waarom)
    per = (
        df.groupby(["tabel", "oorzaak"])
        .agg(cellen=("sleutel", "size"), regios=("iza_regio", "nunique"))
        .reset_index()
        .sort_values("cellen", ascending=False)
    )
    rijen = [
        [h(_NAMEN.get(r.tabel, opmaak.woord(r.tabel))), h(r.oorzaak), getal(r.cellen), getal(r.regios)]
        for r in per.itertuples()
    ]
    voorbeeld = [
        [
            h(_NAMEN.get(r.tabel, opmaak.woord(r.tabel))),
            h(", ".join(_woord(deel) for deel in r.sleutel.split("|"))),
            h(opmaak.woord(r.kolom)),
            h(_waarde(r.waarde_oud)),
            h(_waarde(r.waarde_nieuw)),
            h(r.oorzaak),
        ]
        for r in df.head(MEESTE).itertuples()
    ]
    inhoud = blok.tabel(["Tabel", "Oorzaak", "Gewijzigde cijfers", "Regio's"], rijen, links=2)
    inhoud += f"<details><summary>De eerste {len(voorbeeld)} gewijzigde cijfers</summary>{blok.tabel(['Tabel', 'Cel', 'Cijfer', 'Was', 'Is', 'Oorzaak'], voorbeeld, links=6)}</details>"
    return Blok(
        f"herziening-{oud}-{nieuw}",
        titel,
        f"{erbij}{telwoord(len(df), 'cijfer kreeg', 'cijfers kregen')} een andere waarde.",
        herkomst(g, "herziening"),
        data=df,
        inhoud=inhoud,
    )


def _nieuwe_maanden(g: Gegevens, oud: str, nieuw: str) -> str:
    """The months that came with the newer of two publications, as a sentence."""
    toen, nu = (maanden(voor(nieuwste(Instellingen(), nummer), g.wie)) for nummer in (oud, nieuw))
    erbij = [opmaak.maand(m) for m in nu if m not in toen]
    return f"Nieuw: {opmaak.opsom(erbij)}. " if erbij else ""


def _woord(deel: str) -> str:
    """A part of the key of a figure: a month, a region or a code."""
    if re.fullmatch(r"\d{4}-\d\d-01", deel):
        return opmaak.maand_kort(date.fromisoformat(deel))
    return opmaak.regio(deel) if deel in opmaak.regios() else deel.replace("_", " ")


def _waarde(tekst: str | None) -> str:
    """A figure of a publication, which is kept as text."""
    try:
        x = float(tekst)
    except (TypeError, ValueError):
        return tekst or TEKENS[ONBEKEND]
    return getal(x, 0 if x.is_integer() else 2)
