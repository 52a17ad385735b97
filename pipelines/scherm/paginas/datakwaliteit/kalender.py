"""Who delivered what, what came late, and what was refused."""

from collections import Counter, defaultdict
from datetime import date

import pandas as pd
import streamlit as st

from pipelines.aanlevering.stand import termijn
from pipelines.fundament import seeds
from pipelines.scherm import blok, opmaak
from pipelines.scherm.blok import Blok
from pipelines.scherm.gegevens import Gegevens
from pipelines.scherm.metrieken import definitie
from pipelines.scherm.opmaak import getal, h
from pipelines.scherm.paginas import kiezen
from pipelines.scherm.paginas.datakwaliteit import keuzes

_TEKEN = {"geleverd": "✓", "vervangen": "✓²", "laat": "L", "geweigerd": "✕", "ontbreekt": "", "deels": "½"}
_UITLEG = {
    "geleverd": "geleverd",
    "vervangen": "geleverd, met een hogere versie vervangen",
    "laat": "geleverd na de uiterste dag",
    "deels": "een deel van de leveranciers leverde",
    "geweigerd": "alleen geweigerde bestanden",
    "ontbreekt": "niets geleverd",
}


def toon(g: Gegevens) -> None:
    df = g.tabel("aanlevering")
    links, rechts = st.columns(2)
    with links:
        bron = kiezen.keuze("Bron", "bron", list(keuzes.REGIONAAL), "declaraties", keuzes.REGIONAAL.get)
    with rechts:
        regio = keuzes.regio("kalenderregio", df)
    blok.toon(kalender(g, df, bron, regio))
    blok.toon(geweigerd(g, df, regio))


def kalender(g: Gegevens, df: pd.DataFrame, bron: str, regio: str) -> Blok:
    """Months across, regions down (or the suppliers of one region): what came in, and what did not."""
    deel = df[(df["bron"] == bron) & ((regio == "alle") | (df["iza_regio"] == regio))]
    maanden = sorted(df.loc[df["bron"] == bron, "maand"].dropna().unique())[-18:]
    sleutel = "iza_regio" if regio == "alle" else "leverancier"
    rijnamen = (
        (list(opmaak.regios()) if g.wie.ziet_alles else [g.wie.iza_regio])
        if regio == "alle"
        else sorted(deel["leverancier"].dropna().unique())
    )
    verwacht = _verwacht(deel, sleutel, maanden)
    groepen, begin = defaultdict(list), df["moment"].min().date()
    for r in deel.to_dict("records"):
        groepen[r[sleutel], r["maand"]].append(r)
    regels, data = [], []
    for naam in rijnamen:
        cellen = []
        for maand in maanden:
            staat, tekst = _staat(groepen[naam, maand], verwacht[naam, maand], begin)
            cellen.append(
                f'<td class="k-{staat}" data-tip="{h(tekst)}"><span aria-hidden="true">{_TEKEN[staat]}</span><span class="teken">{_UITLEG[staat]}</span></td>'
            )
            data.append(
                {
                    "Bron": keuzes.BRONNEN[bron],
                    "Maand": maand,
                    "Regio of leverancier": opmaak.regio(naam),
                    "Toestand": _UITLEG[staat],
                    "Toelichting": tekst,
                }
            )
        regels.append(f'<tr><th scope="row">{h(opmaak.regio(naam))}</th>{"".join(cellen)}</tr>')
    kop = "".join(f'<th scope="col">{opmaak.aanlevermaand(m).replace(" 20", "<br>")}</th>' for m in maanden)
    uitleg = " ".join(
        f'<span><span class="k-{k}" style="padding:0 .5rem;border:1px solid #55636f">{_TEKEN[k] or "&ensp;"}</span>&ensp;{v}</span>'
        for k, v in _UITLEG.items()
    )
    inhoud = f'<div class="rol" style="max-height:none" tabindex="0" role="region" aria-label="Kalender"><table class="kalender"><thead><tr><th scope="col">{"Regio" if regio == "alle" else "Leverancier"}</th>{kop}</tr></thead><tbody>{"".join(regels)}</tbody></table></div><p class="legenda" style="margin-top:.5rem">{uitleg}</p>'
    return Blok(
        f"kalender-{bron}-{regio}",
        f"Wie leverde wat: {keuzes.BRONNEN[bron].lower()}",
        "Aanlevermaanden van links naar rechts; wijs een vakje aan voor de leveranciers.",
        keuzes.herkomst(g, "register van aanleveringen"),
        definities={"Aanlevering": definitie("aanlevering")},
        data=pd.DataFrame(data),
        inhoud=inhoud,
    )


def _verwacht(deel: pd.DataFrame, sleutel: str, maanden: list[str]) -> Counter[tuple[str, str]]:
    """How many suppliers were to deliver: each from its first month to its last, or to now when that was recent."""
    per = deel[deel["status"] != "geweigerd"].groupby([sleutel, "leverancier"])["maand"].agg(["min", "max"])
    recent = maanden[-3:][0] if maanden else ""
    verwacht: Counter[tuple[str, str]] = Counter()
    for (naam, _), eerste, laatste in per.itertuples():
        verwacht.update((naam, m) for m in maanden if eerste <= m and (m <= laatste or laatste >= recent))
    return verwacht


def _staat(cel: list[dict], verwacht: int, begin: date) -> tuple[str, str]:
    """State of one region or supplier in a month, with who is behind it. Of months before ``begin``, the day on which the
    first delivery ever came, it is not known whether they were late."""
    actief = [r for r in cel if r["status"] == "actief"]
    regels = [
        f"{r['leverancier']}: versie {r['versie']:.0f}, {getal(r['rijen_geaccepteerd'])} rijen goed, {getal(r['rijen_afgekeurd'])} afgekeurd"
        for r in actief[:8]
    ]
    regels += [
        f"{r['leverancier']}: geweigerd, {r['code']} {r['toelichting']}" for r in cel if r["status"] == "geweigerd"
    ][:4]
    if not actief:
        return ("geweigerd", "\n".join(regels)) if cel else ("ontbreekt", "niets geleverd")
    ontbreekt = verwacht - len({r["leverancier"] for r in actief})
    if ontbreekt > 0:
        return "deels", "\n".join([*regels, f"{ontbreekt} van de {verwacht} leveranciers ontbreekt"])
    uiterlijk, eerste = termijn(cel[0]["maand"]), min(r["moment"] for r in cel).date()
    if begin <= uiterlijk < eerste:
        return "laat", "\n".join(
            [*regels, f"eerste bestand op {opmaak.datum(eerste)}, uiterlijk was {opmaak.datum(uiterlijk)}"]
        )
    return ("vervangen" if any(r["status"] == "vervangen" for r in cel) else "geleverd"), "\n".join(regels)


def geweigerd(g: Gegevens, df: pd.DataFrame, regio: str) -> Blok:
    """Refused files, newest first."""
    deel = df[(df["status"] == "geweigerd") & ((regio == "alle") | (df["iza_regio"] == regio))].sort_values(
        "moment", ascending=False
    )
    codes = {r["code"]: r["titel"] for r in seeds.lees("kwaliteit_code")}
    rijen = [
        [
            h(r.bestand),
            h(f"{r.code}: {codes.get(r.code, '')}"),
            h(r.toelichting or ""),
            h(opmaak.moment(r.moment.to_pydatetime())),
        ]
        for r in deel.head(100).itertuples()
    ]
    inhoud = (
        blok.tabel(["Bestand", "Waarom", "Toelichting", "Wanneer"], rijen, links=4)
        if rijen
        else "<p>Er is niets geweigerd.</p>"
    )
    return Blok(
        f"geweigerd-{regio}",
        "Geweigerde bestanden",
        f"{getal(len(deel))} bestanden zijn niet ingenomen.",
        keuzes.herkomst(g, "register van aanleveringen"),
        data=deel,
        inhoud=inhoud,
    )
