"""Where the definition of cruciale ggz and the registration (zorgprestatiemodel) clash, month by month."""

from dataclasses import replace
from datetime import date
from functools import cache

import pandas as pd
import streamlit as st
from markdown_it import MarkdownIt

from pipelines.blokken import blok, grafiek, opmaak
from pipelines.blokken.blok import Blok
from pipelines.blokken.cijfer import BEKEND, LEEG, Cijfer
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.opmaak import getal, h
from pipelines.blokken.samenvatting import herkomst
from pipelines.contract import uitleg
from pipelines.fundament import seeds
from pipelines.fundament.maand import zonder_gaten
from pipelines.scherm import plaats
from pipelines.scherm.paginas import kiezen

WACHT_OP_DECLARATIES = ("ZPM-05", "ZPM-06", "ZPM-13")


def toon(g: Gegevens) -> None:
    df = g.tabel("zpm_mismatch_totaal")
    if df.empty:
        st.info("Er zijn geen bevindingen over de definitie die u mag zien.")
        return
    gebieden = opmaak.gebieden_van(df)
    gebied = kiezen.keuze("Regio", "zpmregio", gebieden, gebieden[0], opmaak.regio)
    plaats.blok(zpm(g, df[df["iza_regio"] == gebied], gebied))
    plaats.html(_uitleg(tuple(sorted(df["code"].unique()))), "zpm-uitleg")


@cache
def _uitleg(codes: tuple[str, ...]) -> str:
    """The page on each code, to open."""
    lezer = MarkdownIt("commonmark").enable("table")
    delen = [
        f"<details><summary>{h(p.titel)}</summary>{lezer.render(p.tekst)}</details>" for p in map(uitleg.lees, codes)
    ]
    return f"<h3>Wat elke botsing betekent en wat ertegen te doen is</h3>{''.join(delen)}"


def zpm(g: Gegevens, df: pd.DataFrame, regio: str) -> Blok:
    """Per code: at how many locations definition and registration clash, month by month."""
    maanden = zonder_gaten(pd.to_datetime(df["maand"]), 24)
    dagen = pd.to_datetime(df["maand"]).dt.date
    titels = {r["code"]: r["titel"] for r in seeds.lees("kwaliteit_code")}
    codes = sorted(df["code"].unique())
    per = {(dag, r["code"]): r for dag, r in zip(dagen, df.to_dict("records"), strict=True)}
    stroom = g.tabel("stroom_maand")
    definitief = set(pd.to_datetime(stroom.loc[stroom["status"] == "definitief", "maand"]).dt.date)
    delen, regels = [], {}
    for c in codes:
        punten = [
            _zpmcijfer(
                c, float(per[m, c].get("gevallen", per[m, c]["vestigingen"])) if (m, c) in per else 0.0, m, definitief
            )
            for m in maanden
        ]
        regels[c] = punten
        delen.append(
            f'<div><div class="naam">{h(titels.get(c, ""))} ({h(c)})</div><div class="w">{blok.cijfer(punten[-1], getal)}</div>{grafiek.vonk(punten, 150, 44)}</div>'
        )
    rijen = [
        [
            h(f"{titels.get(c, '')} ({c})"),
            *[blok.cijfer(p, getal) for p in regels[c][-6:]],
            blok.cijfer(replace(regels[c][-1], waarde=_omvang(per.get((maanden[-1], c)))), getal),
        ]
        for c in codes
    ]
    kop = ["Bevinding", *[opmaak.maand_kort(m) for m in maanden[-6:]], f"Omvang {opmaak.maand_kort(maanden[-1])}"]
    return Blok(
        f"zpm-{regio}",
        "Waar definitie en registratie botsen",
        f"Aantal vestigingen, bij ZPM-13 clusters van een regio, tot en met {opmaak.maand(maanden[-1])}. Wat op declaraties wacht ({opmaak.opsom(WACHT_OP_DECLARATIES)}) wordt pas getoetst als een maand definitief is.",
        herkomst(g, "zpm_mismatch"),
        None,
        kop,
        rijen,
        {
            titels[c]: next(r["uitleg"] for r in seeds.lees("kwaliteit_code") if r["code"] == c)
            for c in codes
            if c in titels
        },
        data=df,
        inhoud=f'<div class="veelvoud ruim">{"".join(delen)}</div>',
        tabel_open=True,
    )


def _omvang(rij: dict | None) -> float:
    return float(rij["aantal"]) if rij else 0.0


def _zpmcijfer(code: str, waarde: float, maand: date, definitief: set[date]) -> Cijfer:
    """What waits for the claims says nothing yet of a month that is not definitief."""
    if code in WACHT_OP_DECLARATIES and maand not in definitief:
        return Cijfer(
            None, LEEG, False, maand, waarom="nog niet getoetst: de declaraties van deze maand zijn niet definitief"
        )
    return Cijfer(waarde, BEKEND, False, maand)
