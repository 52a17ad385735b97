"""Two versions of the definition side by side, and first of all what the talk about definitions should be about."""

from datetime import date

import pandas as pd
import streamlit as st

from pipelines.blokken import blok, grafiek, opmaak
from pipelines.blokken import definities as blokken
from pipelines.blokken.blok import Blok
from pipelines.blokken.definities import Paar
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.metrieken import definitie
from pipelines.blokken.opmaak import getal, h, procent
from pipelines.blokken.samenvatting import declaratiejaar, herkomst
from pipelines.fundament import seeds
from pipelines.scherm import plaats
from pipelines.scherm.paginas import kiezen
from pipelines.scherm.paginas.landelijk import keuzes

_MATEN = {"prestaties": "Prestaties", "verblijfsdagen": "Verblijfsdagen", "bedrag": "Bedrag (euro)"}


def toon(g: Gegevens) -> None:
    gebieden = _gebieden(g)
    if not gebieden:
        st.info("Definities naast elkaar zijn er voor de landelijke tafel, en voor een regiotafel over de eigen regio.")
        return
    links, rechts = st.columns(2)
    with links:
        gebied = kiezen.keuze("Gebied", "gebied", gebieden, gebieden[0], opmaak.regio)
    with rechts:
        maand = keuzes.maand(g)
    plaats.blok(blokken.agendablok(g, gebied))
    paar = _paar(blokken.paren(g, maand))
    plaats.blok(blokken.wijzigingblok(g, paar))
    plaats.blok(blokken.naast_elkaar(g, paar, gebied, maand))
    _verplaatst(g, paar, gebied, maand)
    _per_regio(g, paar, gebied, maand)


def _gebieden(g: Gegevens) -> list[str]:
    """The country, where this user may see it, and the regions of which something may be seen."""
    if not g.heeft("definitie_verschil"):
        return []
    return opmaak.gebieden_van(g.bereken("SELECT DISTINCT iza_regio FROM definitie_verschil", ["definitie_verschil"]))


def _paar(paren: list[Paar]) -> Paar:
    links, rechts = st.columns(2)
    with links:
        eerste = list(dict.fromkeys(p.van for p in paren))
        van = kiezen.keuze("Van versie", "versie_van", eerste, eerste[0], str)
    with rechts:
        tweede = [p.naar for p in paren if p.van == van]
        naar = kiezen.keuze("Naar versie", "versie", tweede, tweede[0], str)
    return Paar(van, naar)


def _verplaatst(g: Gegevens, paar: Paar, gebied: str, maand: date) -> None:
    """What moves, by rule, and whom it touches; in money only against the default."""
    maat = kiezen.keuze("Gemeten in", "maat", list(blokken.MATEN), "prestaties", blokken.MATEN.get)
    plaats.blok(blokken.verplaatsingblok(g, paar, gebied, maat, maand))
    plaats.blok(blokken.geraakt(g, paar, gebied, maand))
    df = g.tabel("definitie_verschuiving_jaar", **paar.filters, iza_regio=gebied, maand=maand)
    if len(df):
        plaats.blok(verschuiving(g, df, paar.naar, gebied, "bedrag", maand))


def _per_regio(g: Gegevens, paar: Paar, gebied: str, maand: date) -> None:
    links, rechts = st.columns(2)
    with links:
        codes = list(blokken.CIJFERS)
        code = kiezen.keuze("Cijfer", "definitiecijfer", codes, codes[0], lambda k: blokken.CIJFERS[k].naam)
    with rechts:
        cluster = kiezen.keuze(
            "Cluster", "definitiecluster", [*opmaak.clusters(), opmaak.ALLE], "klinisch", opmaak.cluster
        )
    links, rechts = st.columns(2)
    with links:
        plaats.blok(blokken.per_regio(g, paar, code, cluster, maand))
    with rechts:
        plaats.blok(blokken.verloopblok(g, paar, gebied, cluster, code, maand))


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
        onder = f"{getal(eerste[f'{maat}_verschoven'])} van {getal(eerste[f'{maat}_geheel'])} ({procent(deel if opmaak.bekend(deel) else 0, 1)}) zou verschuiven. Rijen: nu ({h(eerste['versie_van'])}); kolommen: {h(versie)}. Vet met ▶ verandert, het meeste is het donkerst; grijs blijft."
    return Blok(
        f"verschuiving-{versie}-{gebied}-{maand:%Y-%m}",
        f"Wat gaat waarheen? {_MATEN[maat]}, 12 maanden tot en met {opmaak.maand(maand)}",
        onder,
        herkomst(g, "definitie_verschuiving", declaratiejaar(g, gebied, maand)),
        definities={"Verschuiving": definitie("definitie_verschuiving")},
        data=df,
        inhoud=blok.tabel(["Van \\ naar", *[opmaak.cluster(c) for c in naar]], rijen),
    )
