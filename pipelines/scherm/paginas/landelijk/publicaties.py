"""What changed between two publications, and why."""

import streamlit as st

from pipelines.scherm import blok, opmaak
from pipelines.scherm.blok import Blok
from pipelines.scherm.gegevens import Gegevens, vintages
from pipelines.scherm.metrieken import definitie
from pipelines.scherm.opmaak import getal, h
from pipelines.scherm.paginas import kiezen
from pipelines.scherm.samenvatting import herkomst
from pipelines.settings import Instellingen


def toon(g: Gegevens) -> None:
    nummers = vintages(Instellingen())
    if len(nummers) < 2 or not g.wie.ziet_alles:
        st.info(
            "Publicaties vergelijken kan zodra er twee zijn."
            if g.wie.ziet_alles
            else "Publicaties vergelijken is er voor de landelijke tafel; herzieningen staan ook bij elke openbare publicatie."
        )
        if nummers:
            blok.html(blok.tabel(["Publicatie"], [[h(n)] for n in reversed(nummers)]), "nummers")
        return
    a, b = st.columns(2)
    with a:
        oud = kiezen.keuze("Van publicatie", "oud", nummers[:-1][::-1], nummers[-2], str)
    with b:
        later = nummers[nummers.index(oud) + 1 :][::-1]
        nieuw = kiezen.keuze("Naar publicatie", "nieuw", later, later[0], str)
    blok.toon(herzieningblok(g, oud, nieuw))


def herzieningblok(g: Gegevens, oud: str, nieuw: str) -> Blok:
    """How many cells changed between two publications, per table and cause, and by how much."""
    df = g.herziening(Instellingen(), oud, nieuw)
    titel = f"Wat veranderde van {oud} naar {nieuw}?"
    if df.empty:
        waarom = "Geen enkel cijfer dat in beide staat is veranderd."
        return Blok.leeg("herziening", titel, herkomst(g, "herziening"), waarom)
    per = (
        df.groupby(["tabel", "oorzaak"])
        .agg(cellen=("sleutel", "size"), regios=("iza_regio", "nunique"))
        .reset_index()
        .sort_values("cellen", ascending=False)
    )
    rijen = [
        [h(definitie(r.tabel) or r.tabel), h(r.oorzaak), getal(r.cellen), getal(r.regios)] for r in per.itertuples()
    ]
    voorbeeld = [
        [
            h(r.tabel),
            h(r.sleutel.replace("|", ", ")),
            h(opmaak.woord(r.kolom)),
            h(r.waarde_oud),
            h(r.waarde_nieuw),
            h(r.oorzaak),
        ]
        for r in df.head(200).itertuples()
    ]
    inhoud = blok.tabel(["Tabel", "Oorzaak", "Gewijzigde cijfers", "Regio's"], rijen, links=2)
    inhoud += f"<details><summary>De eerste {len(voorbeeld)} gewijzigde cijfers</summary>{blok.tabel(['Tabel', 'Cel', 'Cijfer', 'Was', 'Is', 'Oorzaak'], voorbeeld, links=6)}</details>"
    return Blok(
        f"herziening-{oud}-{nieuw}",
        titel,
        f"{getal(len(df))} cijfers kregen een andere waarde.",
        herkomst(g, "herziening"),
        data=df,
        inhoud=inhoud,
    )
