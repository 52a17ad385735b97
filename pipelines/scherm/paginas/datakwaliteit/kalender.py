"""Who delivered what, what came late, and what was refused."""

from collections import defaultdict
from datetime import date

import pandas as pd
import streamlit as st

from pipelines.blokken import blok, opmaak
from pipelines.blokken.blok import Blok
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.metrieken import definitie
from pipelines.blokken.opmaak import getal, h
from pipelines.fundament import seeds
from pipelines.fundament.maand import schrijf, zonder_gaten
from pipelines.fundament.nederlands import telwoord
from pipelines.scherm import plaats
from pipelines.scherm.paginas import kiezen
from pipelines.scherm.paginas.datakwaliteit import keuzes

MAANDEN = 18
ALLE = "alle"
_TEKEN = {
    "geleverd": "✓",
    "vervangen": "✓²",
    "te_laat": "L",
    "deels": "½",
    "geweigerd": "✕",
    "ontbreekt": "",
    "nog_niet": "…",
    "niemand": "–",
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
    "niemand": "een maand waarin niemand deze bron leverde",
    "niet_verwacht": "niet verwacht",
}
_ZWAARST = ("geweigerd", "ontbreekt", "deels", "te_laat", "nog_niet", "vervangen", "geleverd")


def toon(g: Gegevens) -> None:
    links, rechts = st.columns(2)
    with links:
        bronnen = {ALLE: "Alle bronnen", **keuzes.REGIONAAL}
        bron = kiezen.keuze("Bron", "bron", list(bronnen), ALLE, bronnen.get)
    with rechts:
        regio = keuzes.regio("kalenderregio", g.tabel("aanlevering"))
    plaats.blok(alle_bronnen(g, regio) if bron == ALLE else kalender(g, bron, regio))
    plaats.blok(geweigerd(g, regio))


def kalender(g: Gegevens, bron: str, regio: str) -> Blok:
    """Months across, regions down (or the suppliers of one region): what came in, and what did not."""
    verwacht = g.tabel("verwachte_levering")
    leveringen = verwacht[verwacht["bron"] == bron]
    leveringen = leveringen.assign(leverancier=leveringen["leverancier"].fillna("nog geen leverancier"))
    leveringen = leveringen.sort_values("leverancier")
    maanden, leeg = _maanden(verwacht, bron)
    if regio == ALLE:
        sleutel, rijnamen = "iza_regio", list(opmaak.regios()) if g.wie.ziet_alles else [g.wie.iza_regio]
        stand = g.tabel("verwachte_levering_regio", bron=bron)
    else:
        stand = leveringen = leveringen[leveringen["iza_regio"] == regio]
        sleutel, rijnamen = "leverancier", sorted(leveringen["leverancier"].unique())
    staten = {(r[sleutel], r["maand"].date()): _staat(r) for r in stand.to_dict("records")}
    teksten = _toelichtingen(leveringen.to_dict("records"), sleutel)
    regels, data = [], []
    for naam in rijnamen:
        cellen = []
        for maand in maanden:
            staat = staten.get((naam, maand), "niemand" if maand in leeg else "niet_verwacht")
            cellen.append(_vakje(staat, "\n".join(teksten[naam, maand][:8])))
            data.append(_regel_uit(bron, maand, opmaak.regio(naam), staat, "\n".join(teksten[naam, maand])))
        regels.append(f'<tr><th scope="row">{h(opmaak.regio(naam))}</th>{"".join(cellen)}</tr>')
    return Blok(
        f"kalender-{bron}-{regio}",
        f"Wie leverde wat: {keuzes.BRONNEN[bron].lower()}",
        "Aanlevermaanden van links naar rechts; wijs een vakje aan voor de leveranciers.",
        keuzes.herkomst(g, "register van aanleveringen"),
        definities={"Aanlevering": definitie("aanlevering")},
        data=pd.DataFrame(data),
        inhoud=_raster("Regio" if regio == ALLE else "Leverancier", maanden, regels, leeg),
    )


def alle_bronnen(g: Gegevens, regio: str) -> Blok:
    """Months across, sources down: the heaviest state of any region (or of the one chosen), and of how many."""
    regio = regio if regio != ALLE or g.wie.ziet_alles else g.wie.iza_regio
    stand = g.tabel("verwachte_levering_regio", **({} if regio == ALLE else {"iza_regio": regio}))
    per = defaultdict(lambda: defaultdict(list))
    for r in stand.to_dict("records"):
        per[r["bron"], r["maand"].date()][_staat(r)].append(r["iza_regio"])
    verwacht = g.tabel("verwachte_levering")
    maanden, _ = _maanden(verwacht)
    waar = "alle regio's" if regio == ALLE else opmaak.regio(regio)
    regels, data = [], []
    for bron, naam in keuzes.REGIONAAL.items():
        _, leeg = _maanden(verwacht, bron)
        cellen = []
        for maand in maanden:
            staten = per[bron, maand]
            staat = next((k for k in _ZWAARST if staten[k]), "niemand" if maand in leeg else "niet_verwacht")
            tekst = "\n".join(f"{_UITLEG[k]}: {_wie(staten[k])}" for k in _ZWAARST if staten[k])
            cellen.append(_vakje(staat, tekst, len(staten[staat]) if regio == ALLE else 0))
            data.append(_regel_uit(bron, maand, waar, staat, tekst))
        regels.append(f'<tr><th scope="row">{h(naam)}</th>{"".join(cellen)}</tr>')
    return Blok(
        f"kalender-{ALLE}-{regio}",
        f"Wie leverde wat: alle bronnen, {waar}",
        "Elk vakje toont wat er het meest aan schort"
        + (", met het aantal regio's waarvoor dat geldt" if regio == ALLE else "")
        + ". Wijs een vakje aan, of kies een bron, om te zien wie.",
        keuzes.herkomst(g, "register van aanleveringen"),
        definities={"Aanlevering": definitie("aanlevering")},
        data=pd.DataFrame(data),
        inhoud=_raster("Bron", maanden, regels, set()),
    )


def _maanden(verwacht: pd.DataFrame, bron: str | None = None) -> tuple[list[date], set[date]]:
    """Every month of the calendar, from the first delivery to the last of any source, and those in which nobody
    delivered this source or owed it."""
    alle = verwacht[verwacht["bron"].isin(list(keuzes.REGIONAAL))]
    eigen = alle if bron is None else alle[alle["bron"] == bron]
    if eigen.empty:
        return [], set()
    maanden = zonder_gaten([eigen["maand"].min(), alle["maand"].max()], MAANDEN)
    return maanden, set(maanden) - set(eigen["maand"].dt.date)


def _vakje(staat: str, tekst: str, aantal: int = 0) -> str:
    teken = f"{_TEKEN[staat]} {aantal}" if aantal and staat not in ("geleverd", "vervangen") else _TEKEN[staat]
    return (
        f'<td class="k-{staat}" data-tip="{h(tekst or _UITLEG[staat])}"><span aria-hidden="true">{teken.strip()}</span>'
        f'<span class="teken">{_UITLEG[staat]}</span></td>'
    )


def _regel_uit(bron: str, maand: date, waar: str, staat: str, tekst: str) -> dict:
    """A box of the calendar as a row of the download."""
    return {
        "Bron": keuzes.BRONNEN[bron],
        "Maand": schrijf(maand),
        "Regio of leverancier": waar,
        "Toestand": _UITLEG[staat],
        "Toelichting": tekst,
    }


def _wie(codes: list[str]) -> str:
    namen = [opmaak.regio(c) for c in codes]
    return opmaak.opsom(namen) if len(namen) <= 6 else f"{len(namen)} regio's"


def _raster(eerste: str, maanden: list[date], regels: list[str], leeg: set[date]) -> str:
    """The calendar as a table, with what each sign means under it; a month of nobody is marked at its head."""
    kop = "".join(
        f'<th scope="col"{" class=k-niemand" if m in leeg else ""}>{opmaak.maand_kort(m).replace(" 20", "<br>")}'
        f"{'<br>niets' if m in leeg else ''}</th>"
        for m in maanden
    )
    uitleg = " ".join(
        f'<span><span class="k-{k}" style="padding:0 .5rem;border:1px solid #55636f">{_TEKEN[k] or "&ensp;"}</span>&ensp;{v}</span>'
        for k, v in _UITLEG.items()
    )
    return f'<div class="rol" style="max-height:none" tabindex="0" role="region" aria-label="Kalender"><table class="kalender"><thead><tr><th scope="col">{eerste}</th>{kop}</tr></thead><tbody>{"".join(regels)}</tbody></table></div><p class="legenda" style="margin-top:.5rem">{uitleg}</p>'


def _staat(rij: dict) -> str:
    """The state that is drawn: the model's, and whether a higher version has come since."""
    in_orde = rij["status"] in ("geleverd", "op_tijd")
    return "vervangen" if in_orde and rij["versies"] > 1 else "geleverd" if in_orde else rij["status"]


def _toelichtingen(leveringen: list[dict], sleutel: str) -> dict[tuple[str, date], list[str]]:
    """Who is behind each box of the calendar, a line per supplier."""
    teksten = defaultdict(list)
    for r in leveringen:
        teksten[r[sleutel], r["maand"].date()].append(_regel(r))
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
        f"{telwoord(len(deel), 'bestand is', 'bestanden zijn')} niet ingenomen, en er kwam nog niets voor in de plaats.",
        keuzes.herkomst(g, "register van aanleveringen"),
        data=deel,
        inhoud=inhoud,
    )
