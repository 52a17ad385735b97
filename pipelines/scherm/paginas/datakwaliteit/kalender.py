"""Who delivered what, what came late, and what was refused."""

from collections import defaultdict

import pandas as pd
import streamlit as st

from pipelines.blokken import blok, opmaak
from pipelines.blokken.blok import Blok
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.metrieken import definitie
from pipelines.blokken.opmaak import getal, h
from pipelines.fundament import seeds
from pipelines.scherm import plaats
from pipelines.scherm.paginas import kiezen
from pipelines.scherm.paginas.datakwaliteit import keuzes

MAANDEN = 18
_TEKEN = {
    "geleverd": "✓",
    "vervangen": "✓²",
    "te_laat": "L",
    "deels": "½",
    "geweigerd": "✕",
    "ontbreekt": "",
    "nog_niet": "…",
    "niet_verwacht": "",
}
_UITLEG = {
    "geleverd": "geleverd",
    "vervangen": "geleverd, met een hogere versie vervangen",
    "te_laat": "geleverd na de uiterste dag",
    "deels": "een deel van de leveranciers leverde",
    "geweigerd": "alleen geweigerde bestanden",
    "ontbreekt": "niets geleverd",
    "nog_niet": "de termijn loopt nog",
    "niet_verwacht": "niet verwacht",
}


def toon(g: Gegevens) -> None:
    links, rechts = st.columns(2)
    with links:
        bron = kiezen.keuze("Bron", "bron", list(keuzes.REGIONAAL), "declaraties", keuzes.REGIONAAL.get)
    with rechts:
        regio = keuzes.regio("kalenderregio", g.tabel("aanlevering"))
    plaats.blok(kalender(g, bron, regio))
    plaats.blok(geweigerd(g, regio))


def kalender(g: Gegevens, bron: str, regio: str) -> Blok:
    """Months across, regions down (or the suppliers of one region): what came in, and what did not."""
    leveringen = g.tabel("verwachte_levering", bron=bron)
    leveringen = leveringen.assign(leverancier=leveringen["leverancier"].fillna("nog geen leverancier"))
    leveringen = leveringen.sort_values("leverancier")
    maanden = sorted(leveringen["maand"].unique())[-MAANDEN:]
    if regio == "alle":
        sleutel, rijnamen = "iza_regio", list(opmaak.regios()) if g.wie.ziet_alles else [g.wie.iza_regio]
        stand = g.tabel("verwachte_levering_regio", bron=bron)
    else:
        stand = leveringen = leveringen[leveringen["iza_regio"] == regio]
        sleutel, rijnamen = "leverancier", sorted(leveringen["leverancier"].unique())
    staten = {(r[sleutel], r["maand"]): _staat(r) for r in stand.to_dict("records")}
    teksten = _toelichtingen(leveringen.to_dict("records"), sleutel)
    regels, data = [], []
    for naam in rijnamen:
        cellen = []
        for maand in maanden:
            staat, tekst = staten.get((naam, maand), "niet_verwacht"), "\n".join(teksten[naam, maand][:8])
            cellen.append(
                f'<td class="k-{staat}" data-tip="{h(tekst or _UITLEG[staat])}"><span aria-hidden="true">{_TEKEN[staat]}</span><span class="teken">{_UITLEG[staat]}</span></td>'
            )
            data.append(
                {
                    "Bron": keuzes.BRONNEN[bron],
                    "Maand": f"{maand:%Y-%m}",
                    "Regio of leverancier": opmaak.regio(naam),
                    "Toestand": _UITLEG[staat],
                    "Toelichting": tekst,
                }
            )
        regels.append(f'<tr><th scope="row">{h(opmaak.regio(naam))}</th>{"".join(cellen)}</tr>')
    return Blok(
        f"kalender-{bron}-{regio}",
        f"Wie leverde wat: {keuzes.BRONNEN[bron].lower()}",
        "Aanlevermaanden van links naar rechts; wijs een vakje aan voor de leveranciers.",
        keuzes.herkomst(g, "register van aanleveringen"),
        definities={"Aanlevering": definitie("aanlevering")},
        data=pd.DataFrame(data),
        inhoud=_raster("Regio" if regio == "alle" else "Leverancier", maanden, regels),
    )


def _raster(eerste: str, maanden: list[pd.Timestamp], regels: list[str]) -> str:
    """The calendar as a table, with what each sign means under it."""
    kop = "".join(f'<th scope="col">{opmaak.maand_kort(m).replace(" 20", "<br>")}</th>' for m in maanden)
    uitleg = " ".join(
        f'<span><span class="k-{k}" style="padding:0 .5rem;border:1px solid #55636f">{_TEKEN[k] or "&ensp;"}</span>&ensp;{v}</span>'
        for k, v in _UITLEG.items()
    )
    return f'<div class="rol" style="max-height:none" tabindex="0" role="region" aria-label="Kalender"><table class="kalender"><thead><tr><th scope="col">{eerste}</th>{kop}</tr></thead><tbody>{"".join(regels)}</tbody></table></div><p class="legenda" style="margin-top:.5rem">{uitleg}</p>'


def _staat(rij: dict) -> str:
    """The state that is drawn: the model's, and whether a higher version has come since."""
    in_orde = rij["status"] in ("geleverd", "op_tijd")
    return "vervangen" if in_orde and rij["versies"] > 1 else "geleverd" if in_orde else rij["status"]


def _toelichtingen(leveringen: list[dict], sleutel: str) -> dict[tuple[str, pd.Timestamp], list[str]]:
    """Who is behind each box of the calendar, a line per supplier."""
    teksten = defaultdict(list)
    for r in leveringen:
        teksten[r[sleutel], r["maand"]].append(_regel(r))
    return teksten


def _regel(r: dict) -> str:
    delen = []
    if r["ontvangen"]:
        goed, fout = getal(r["rijen_geaccepteerd"]), getal(r["rijen_afgekeurd"])
        delen.append(f"versie {r['versie']:.0f}, {goed} rijen goed, {fout} afgekeurd")
    if r["status"] == "te_laat":
        delen.append(f"kwam op {opmaak.datum(r['ontvangen_op'])}, uiterlijk was {opmaak.datum(r['termijn'])}")
    if r["status"] in ("ontbreekt", "nog_niet"):
        nog = "nog niets" if r["status"] == "nog_niet" else "niets"
        delen.append(f"{nog} geleverd, uiterlijk {opmaak.datum(r['termijn'])}")
    if r["open_weigeringen"]:
        delen.append(f"{r['open_weigeringen']} geweigerd en niet hersteld")
    return f"{r['leverancier']}: {'; '.join(delen)}"


def geweigerd(g: Gegevens, regio: str) -> Blok:
    """Refused files that nothing has mended yet, newest first."""
    deel = g.tabel("open_weigering", **({} if regio == "alle" else {"iza_regio": regio}))
    deel = deel.sort_values("moment", ascending=False)
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
        else "<p>Er staat niets open.</p>"
    )
    return Blok(
        f"geweigerd-{regio}",
        "Geweigerd en nog niet hersteld",
        f"{getal(len(deel))} bestanden zijn niet ingenomen, en er kwam nog niets voor in de plaats.",
        keuzes.herkomst(g, "register van aanleveringen"),
        data=deel,
        inhoud=inhoud,
    )
