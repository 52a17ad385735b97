"""What a change of definition would move from where to where."""

from datetime import date

import pandas as pd
import streamlit as st

from pipelines.blokken import blok, grafiek, opmaak
from pipelines.blokken.blok import Blok
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.metrieken import definitie
from pipelines.blokken.opmaak import LANDELIJK, getal, h, procent
from pipelines.blokken.samenvatting import declaratiejaar, herkomst
from pipelines.fundament import seeds
from pipelines.scherm import plaats
from pipelines.scherm.paginas import kiezen
from pipelines.scherm.paginas.landelijk import keuzes

_MATEN = {"prestaties": "Prestaties", "verblijfsdagen": "Verblijfsdagen", "bedrag": "Bedrag (euro)"}


def toon(g: Gegevens) -> None:
    df = g.tabel("definitie_verschuiving_jaar")
    if df.empty:
        st.info(
            "De verschuiving tussen definities is er voor de landelijke tafel, en voor een regiotafel over de eigen regio."
        )
        return
    a, b, c, d = st.columns(4)
    with a:
        versies = sorted(df["versie_naar"].unique())
        versie = kiezen.keuze("Als deze versie gold", "versie", versies, versies[0], str)
    with b:
        gebieden = ([LANDELIJK] if LANDELIJK in set(df["iza_regio"]) else []) + [
            r for r in opmaak.regios() if r in set(df["iza_regio"])
        ]
        gebied = kiezen.keuze("Gebied", "gebied", gebieden, gebieden[0], opmaak.regio)
    with c:
        maat = kiezen.keuze("Gemeten in", "maat", list(_MATEN), "prestaties", _MATEN.get)
    with d:
        maand = keuzes.maand(g)
    plaats.blok(verschuiving(g, df, versie, gebied, maat, maand))


def verschuiving(g: Gegevens, df: pd.DataFrame, versie: str, gebied: str, maat: str, maand: date) -> Blok:
    """What moves where, as a matrix of the twelve months up to ``maand``; the diagonal stays where it is."""
    df = df[
        (df["versie_naar"] == versie) & (df["iza_regio"] == gebied) & (pd.to_datetime(df["maand"]).dt.date == maand)
    ]
    cel = {(r["cluster_van"], r["cluster_naar"]): float(r[maat]) for r in df.to_dict("records")}
    uitkomsten = [r["cluster"] for r in seeds.lees("cluster")]
    van, naar = ([c for c in uitkomsten if any(c == paar[i] for paar in cel)] for i in (0, 1))
    hoogste = max((w for (v, n), w in cel.items() if v != n), default=0)
    rijen = []
    for v in van:
        cellen = [h(opmaak.cluster(v))]
        for n in naar:
            w = cel.get((v, n), 0)
            if w == 0:
                cellen.append('<span style="color:#55636f">0</span>')
            elif v == n:
                cellen.append(f'<span style="color:#55636f" title="blijft">{getal(w)}</span>')
            else:
                cellen.append(
                    f'<strong style="background:{grafiek.TRAP[int(w == hoogste)]};padding:.1rem .35rem;border-radius:3px">{getal(w)}&nbsp;▶</strong>'
                )
        rijen.append(cellen)
    eerste = df.to_dict("records")[0] if len(df) else None
    onder = ""
    if eerste:
        deel = eerste[f"{maat}_deel_verschoven"]
        onder = f"{getal(eerste[f'{maat}_verschoven'])} van {getal(eerste[f'{maat}_geheel'])} ({procent(deel if opmaak.bekend(deel) else 0, 1)}) zou verschuiven. Rijen: nu ({h(eerste['versie_van'])}); kolommen: {h(versie)}. Vet met ▶ verandert, het meest donkerst; grijs blijft."
    return Blok(
        f"verschuiving-{versie}-{gebied}-{maand:%Y-%m}",
        f"Wat gaat waarheen? {_MATEN[maat]}, 12 maanden tot en met {opmaak.maand(maand)}",
        onder,
        herkomst(g, "definitie_verschuiving", declaratiejaar(g, gebied, maand)),
        definities={"Verschuiving": definitie("definitie_verschuiving")},
        data=df,
        inhoud=blok.tabel(["Van \\ naar", *[opmaak.cluster(c) for c in naar]], rijen),
    )
