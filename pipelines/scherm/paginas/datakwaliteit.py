"""What was delivered and what is wrong with it: a steward works down the findings, others see how sure the figures are."""

import tempfile
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import streamlit as st

from pipelines.aanlevering.stand import termijn
from pipelines.kwaliteit.oordeel import OordeelFout
from pipelines.scherm import blok, grafiek, momentopname, opmaak
from pipelines.scherm.blok import Blok
from pipelines.scherm.cijfer import BEKEND, LEEG, Cijfer
from pipelines.scherm.gegevens import Gegevens
from pipelines.scherm.metrieken import definitie
from pipelines.scherm.opmaak import getal, h
from pipelines.scherm.paginas import kiezen
from pipelines.scherm.samenvatting import herkomst
from pipelines.scherm.uitvoer import Herkomst
from pipelines.settings import Instellingen

ONDERWERPEN = {
    "kalender": "Aanleveringen",
    "bevindingen": "Bevindingen",
    "zpm": "Definitie (ZPM)",
    "leveranciers": "Leveranciers",
}
BRONNEN = {
    "declaraties": "Declaraties",
    "bedden": "Bedden",
    "wachtlijst": "Wachtlijst",
    "hic_monitor": "HIC-monitor",
}
_TEKEN = {"geleverd": "✓", "vervangen": "✓²", "laat": "L", "geweigerd": "✕", "ontbreekt": "", "deels": "½"}
_UITLEG = {
    "geleverd": "geleverd",
    "vervangen": "geleverd, met een hogere versie vervangen",
    "laat": "geleverd na de uiterste dag",
    "deels": "een deel van de leveranciers leverde",
    "geweigerd": "alleen geweigerde bestanden",
    "ontbreekt": "niets geleverd",
}
_ERNST = {"blokkerend": "✕ blokkerend", "waarschuwing": "▲ waarschuwing", "informatie": "i informatie"}
_OORDELEN = {
    "geaccepteerd": "Accepteren, met een reden",
    "teruggemeld": "Teruggemeld aan de leverancier",
    "opgelost": "Opgelost",
}
MEESTE = 150  # findings on a page; the download holds them all


def pagina(g: Gegevens, naam: str) -> None:
    st.title("Datakwaliteit")
    if not g.heeft("aanlevering"):
        st.info("Over de aanleveringen is er voor uw rol niets te tonen, of er is nog niets ingenomen.")
        return
    deel = kiezen.onderwerp("kwaliteit_onderwerp", ONDERWERPEN)
    if deel == "bevindingen":
        _bevindingen(g, naam)
    else:
        {"kalender": _kalender, "zpm": _zpm, "leveranciers": _leveranciers}[deel](g)


def _bron(g: Gegevens, wat: str) -> Herkomst:
    return Herkomst((f"Bron: {wat}", f"Stand: {g.bron.moment:%d-%m-%Y}", f"Zicht: {g.wie.omschrijving()}"))


def _kalender(g: Gegevens) -> None:
    df = g.tabel("aanlevering")
    links, rechts = st.columns(2)
    with links:
        bron = kiezen.keuze("Bron", "bron", list(BRONNEN), "declaraties", BRONNEN.get)
    with rechts:
        regio = _regiokeuze("kalenderregio", df)
    blok.toon(kalender(g, df, bron, regio))
    blok.toon(geweigerd(g, df, regio))


def _regiokeuze(naam: str, df: pd.DataFrame) -> str:
    """A region of which there are rows, or all of them."""
    opties = ["alle", *[r for r in opmaak.regios() if r in set(df["iza_regio"])]]
    return kiezen.keuze("Regio", naam, opties, "alle", lambda r: "Alle regio's" if r == "alle" else opmaak.regio(r))


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
                    "Bron": BRONNEN[bron],
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
        f"Wie leverde wat: {BRONNEN[bron].lower()}",
        "Aanlevermaanden van links naar rechts; wijs een vakje aan voor de leveranciers.",
        _bron(g, "register van aanleveringen"),
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
    codes = {r["code"]: r["titel"] for r in opmaak.seed("kwaliteit_code")}
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
        _bron(g, "register van aanleveringen"),
        data=deel,
        inhoud=inhoud,
    )


def _waar(b: dict) -> str:
    delen = [
        BRONNEN.get(b["bron"], b["bron"]),
        opmaak.regio(b["iza_regio"]) if b["iza_regio"] else None,
        f"leverancier {b['leverancier']}" if b["leverancier"] else None,
        f"vestiging {b['agb_vestiging']}" if b["agb_vestiging"] else None,
        opmaak.cluster(b["oorzaak"]) if b["oorzaak"] in opmaak.clusters() else None,
    ]
    return ", ".join(d for d in delen if d)


def _bevindingen(g: Gegevens, naam: str) -> None:
    alle = g.bevindingen(Instellingen())
    if not alle:
        st.info("Er zijn geen bevindingen, of de laatste run heeft ze nog niet gemaakt.")
        return
    a, b, c, d = st.columns(4)
    with a:
        status = kiezen.keuze(
            "Status",
            "bevindingstatus",
            ["vraagt aandacht", "alles", *sorted({x["status"] for x in alle})],
            "vraagt aandacht",
            str.capitalize,
        )
    with b:
        ernst = kiezen.keuze("Ernst", "ernst", ["alles", *_ERNST], "alles", lambda e: _ERNST.get(e, "Alles"))
    with c:
        titels = {x["code"]: x["titel"] for x in alle}
        code = kiezen.keuze(
            "Soort",
            "code",
            ["alles", *sorted(titels, key=titels.get)],
            "alles",
            lambda k: f"{titels[k]} ({k})" if k in titels else "Alles",
        )
    with d:
        leveranciers = sorted({x["leverancier"] for x in alle if x["leverancier"]})
        leverancier = kiezen.keuze(
            "Leverancier", "leverancier", ["alles", *leveranciers], "alles", lambda k: "Alle" if k == "alles" else k
        )
    keur = [
        x
        for x in alle
        if (
            status == "alles"
            or x["status"] == status
            or (status == "vraagt aandacht" and x["status"] in ("open", "heropend"))
        )
        and ernst in ("alles", x["ernst"])
        and code in ("alles", x["code"])
        and leverancier in ("alles", x["leverancier"])
    ]
    gekozen = blok.toon(lijst(g, keur))
    if gekozen:
        st.session_state["bevinding"] = gekozen
    per_id = {x["bevinding"]: x for x in alle}
    huidig = st.session_state.get("bevinding") or st.query_params.get("bevinding")
    if huidig in per_id:
        st.query_params["bevinding"] = huidig
        _een(g, per_id[huidig], naam)


def lijst(g: Gegevens, bevindingen: list[dict]) -> Blok:
    """The findings, heaviest first; the id is the button that opens one."""
    kop = ["Ernst", "Wat", "Waar", "Laatste maand", "Omvang", "Status", ""]
    regels = []
    for x in bevindingen[:MEESTE]:
        knop = f'<button class="knop" type="button" data-kies="{h(x["bevinding"])}" aria-label="Bekijk {h(x["code"])} {h(_waar(x))}">Bekijk</button>'
        regels.append(
            f'<tr><td class="heel">{h(_ERNST[x["ernst"]])}</td><td><strong>{h(x["titel"])}</strong> ({h(x["code"])})<div class="onder">{h(opmaak.leesbaar(x["toelichting"]))}</div></td><td>{h(_waar(x))}</td><td class="heel">{h(opmaak.aanlevermaand(x["laatste_maand"]))}</td><td class="g">{getal(x["omvang"])}</td><td>{h(x["status"])}</td><td>{knop}</td></tr>'
        )
    koppen = "".join(
        f'<th scope="col"{" class=g" if k == "Omvang" else ""}>{k or "<span class=teken>Openen</span>"}</th>'
        for k in kop
    )
    inhoud = (
        f'<div class="rol" tabindex="0" role="region" aria-label="Bevindingen"><table><thead><tr>{koppen}</tr></thead><tbody>{"".join(regels)}</tbody></table></div>'
        if regels
        else "<p>Niets dat hieraan voldoet.</p>"
    )
    onder = f"{getal(len(bevindingen))} bevindingen." + (
        f" De eerste {MEESTE} staan hieronder; de download bevat ze alle." if len(bevindingen) > MEESTE else ""
    )
    return Blok(
        "bevindingen",
        "Bevindingen",
        onder,
        _bron(g, "laatste run van de toetsen"),
        data=pd.DataFrame(bevindingen) if bevindingen else None,
        inhoud=inhoud,
    )


def _een(g: Gegevens, b: dict, naam: str) -> None:
    maanden, oordelen = g.verloop(Instellingen(), b["bevinding"])
    with st.container(key="vak-bevinding"):
        heropend = (
            f'<p><span class="merk let">Heropend: {h(b["heropend_omdat"])}</span></p>' if b["heropend_omdat"] else ""
        )
        regels = [
            [h(opmaak.aanlevermaand(m["maand"])), getal(m["omvang"]), h(opmaak.leesbaar(m["toelichting"] or ""))]
            for m in maanden[::-1]
        ]
        eerder = "".join(
            f"<li>{h(opmaak.datum(o['moment']))}, {h(o['auteur'])}: <strong>{h(o['status'])}</strong>{' tot ' + h(opmaak.datum(o['einddatum'])) if o['einddatum'] else ''}. {h(o['reden'] or '')}</li>"
            for o in oordelen
        )
        blok.html(
            f'<h2>{h(b["titel"])} ({h(b["code"])})</h2><p class="onder">{h(_waar(b))} · {h(_ERNST[b["ernst"]])} · status {h(b["status"])}</p>{heropend}'
            f"<p><strong>Wat:</strong> {h(opmaak.leesbaar(b['toelichting']))}</p><p><strong>Doen:</strong> {h(b['actie'])}</p>"
            + (f"<p><strong>Oordelen</strong></p><ul>{eerder}</ul>" if eerder else "<p>Nog geen oordeel.</p>")
            + f"<details open><summary>Omvang per maand</summary><div class=laatste-tekst>{blok.tabel(['Maand', 'Omvang', 'Toelichting'], regels)}</div></details>",
            "bevinding",
        )
        if g.wie.is_steward:
            _rijen(g, b)
            _oordeel(g, b, naam)


def _rijen(g: Gegevens, b: dict) -> None:
    """The refused or flagged rows behind a finding; for stewards."""
    tabel = "signaal" if b["code"].startswith("W") else "afgekeurde_rij" if b["code"].startswith("A") else None
    if tabel is None or not b["bron"]:
        return
    df = g.tabel(tabel, bron=b["bron"], iza_regio=b["iza_regio"], leverancier=b["leverancier"])
    kolom = "code" if tabel == "signaal" else "codes"
    df = df[df[kolom].str.contains(b["code"], regex=False)] if len(df) else df
    if df.empty:
        return
    kop = ["Bestand", "Rij", "Codes"] + (["Rij zoals geleverd"] if "rij" in df else [])
    rijen = [
        [h(r.bestand), getal(r.rijnummer), h(getattr(r, kolom))] + ([f"<code>{h(r.rij)}</code>"] if "rij" in df else [])
        for r in df.head(50).itertuples()
    ]
    blok.html(
        f"<details><summary>De rijen erachter ({getal(len(df))}, gepseudonimiseerd)</summary>{blok.tabel(kop, rijen, links=4)}</details>",
        "rijen",
    )
    blok.laad(
        f"rijen-{b['bevinding']}",
        f"Rijen achter {b['code']}",
        df,
        _bron(g, f"aanleveringen {b['bron']}, alleen voor stewards"),
    )


def _oordeel(g: Gegevens, b: dict, naam: str) -> None:
    with st.form(f"oordeel-{b['bevinding']}", border=False):
        st.markdown("**Oordeel vastleggen**")
        status = st.radio("Oordeel", list(_OORDELEN), format_func=_OORDELEN.get, horizontal=True)
        reden = st.text_area(
            "Reden", max_chars=1000, help="Verplicht bij accepteren. Zet hier geen gegevens van personen."
        )
        tot = st.date_input(
            "Accepteren tot en met",
            value=date.today() + timedelta(days=180),
            min_value=date.today(),
            format="DD-MM-YYYY",
        )
        if st.form_submit_button("Vastleggen", type="primary"):
            try:
                g.beoordeel(Instellingen(), b, status, naam, reden, tot if status == "geaccepteerd" else None)
            except OordeelFout as fout:
                st.error(f"Niet vastgelegd: {fout}.")
                return
            st.rerun()


def _zpm(g: Gegevens) -> None:
    df = g.tabel("zpm_mismatch")
    if df.empty:
        st.info("Er zijn geen bevindingen over de definitie die u mag zien.")
        return
    regio = _regiokeuze("zpmregio", df)
    blok.toon(zpm(g, df if regio == "alle" else df[df["iza_regio"] == regio], regio))


def zpm(g: Gegevens, df: pd.DataFrame, regio: str) -> Blok:
    """Per code: at how many locations definition and registration clash, month by month."""
    maanden = sorted(pd.to_datetime(df["maand"]).dt.date.unique())[-24:]
    dagen = pd.to_datetime(df["maand"]).dt.date
    titels = {r["code"]: r["titel"] for r in opmaak.seed("kwaliteit_code")}
    codes = sorted(df["code"].unique())
    per = df.groupby([dagen, "code"])["agb_vestiging"].nunique()
    aantal = df.groupby([dagen, "code"])["aantal"].sum()
    stroom = g.tabel("stroom_maand")
    definitief = set(pd.to_datetime(stroom.loc[stroom["status"] == "definitief", "maand"]).dt.date)
    delen, regels = [], {}
    for c in codes:
        punten = [_zpmcijfer(c, float(per.get((m, c), 0)), m, definitief) for m in maanden]
        regels[c] = punten
        delen.append(
            f'<div><div class="naam">{h(titels.get(c, ""))} ({h(c)})</div><div class="w">{blok.cijfer(punten[-1], getal)}</div>{grafiek.vonk(punten, 150, 44)}</div>'
        )
    rijen = [
        [
            h(f"{titels.get(c, '')} ({c})"),
            *[blok.cijfer(p, getal) for p in regels[c][-6:]],
            getal(aantal.get((maanden[-1], c), 0)),
        ]
        for c in codes
    ]
    kop = ["Bevinding", *[opmaak.maand_kort(m) for m in maanden[-6:]], f"Omvang {opmaak.maand_kort(maanden[-1])}"]
    return Blok(
        f"zpm-{regio}",
        "Waar definitie en registratie botsen",
        f"Aantal vestigingen, tot en met {opmaak.maand(maanden[-1])}. Wat op declaraties wacht (ZPM-05 en ZPM-06) wordt pas getoetst als een maand definitief is.",
        herkomst(g, "zpm_mismatch"),
        None,
        kop,
        rijen,
        {
            titels[c]: next(r["uitleg"] for r in opmaak.seed("kwaliteit_code") if r["code"] == c)
            for c in codes
            if c in titels
        },
        data=df,
        inhoud=f'<div class="veelvoud ruim">{"".join(delen)}</div>',
        tabel_open=True,
    )


def _zpmcijfer(code: str, waarde: float, maand: date, definitief: set[date]) -> Cijfer:
    """ZPM-05 and ZPM-06 wait for the claims: of a month that is not definitief they say nothing yet."""
    if code in ("ZPM-05", "ZPM-06") and maand not in definitief:
        return Cijfer(None, LEEG, False, maand)
    return Cijfer(waarde, BEKEND, False, maand)


def _leveranciers(g: Gegevens) -> None:
    df = g.tabel("score")
    if len(df):
        blok.toon(scores(g, df))
    else:
        st.info("Scores van leveranciers gaan over regio's heen en zijn er voor de landelijke tafel en stewards.")
    if g.wie.is_steward:
        _terugkoppeling(g)


def scores(g: Gegevens, df: pd.DataFrame) -> Blok:
    """The newest score of each supplier and source, lowest first, with its course."""
    df = df.sort_values("maand")
    laatste = df.groupby(["bron", "leverancier"]).tail(1).sort_values("score")
    aandeel = lambda x: "–" if pd.isna(x) else opmaak.procent(x)  # noqa: E731
    scores_van = defaultdict(list)
    for r in df[df["score"].notna()].itertuples():
        scores_van[r.bron, r.leverancier].append(Cijfer(float(r.score), BEKEND))
    rijen = []
    for r in laatste.head(200).itertuples():
        punten = scores_van[r.bron, r.leverancier][-12:]
        rijen.append(
            [
                h(r.leverancier),
                h(BRONNEN.get(r.bron, r.bron)),
                aandeel(r.dekking),
                aandeel(r.geldigheid),
                aandeel(r.tijdigheid),
                "–" if pd.isna(r.score) else getal(r.score),
                grafiek.vonk(punten),
            ]
        )
    kop = ["Leverancier", "Bron", "Dekking", "Geldigheid", "Tijdigheid", "Score (0-100)", "Verloop"]
    return Blok(
        "scores",
        "Score per leverancier en bron",
        "De laagste eerst. Dekking: geleverd van wat verwacht was; geldigheid: rijen goed; tijdigheid: op tijd.",
        _bron(g, "register en toetsen"),
        definities={"Score": definitie("score")},
        data=df,
        inhoud=blok.tabel(kop, rijen, links=2),
    )


def _terugkoppeling(g: Gegevens) -> None:
    df = g.tabel("aanlevering")
    df = df[df["leverancier"].notna()]
    with st.container(key="vak-terugkoppeling"):
        blok.html(
            "<h3>Verslag voor een leverancier</h3><p class=onder>Alleen zijn eigen afgekeurde rijen, bevindingen en score.</p>",
            "terugkop",
        )
        a, b = st.columns(2)
        with a:
            leverancier = kiezen.keuze(
                "Leverancier",
                "verslagleverancier",
                sorted(df["leverancier"].unique()),
                sorted(df["leverancier"].unique())[0],
                str,
            )
        with b:
            maanden = sorted(df.loc[df["leverancier"] == leverancier, "maand"].unique())[::-1]
            maand = kiezen.keuze("Aanlevermaand", "verslagmaand", maanden, maanden[0], opmaak.aanlevermaand)
        if st.button("Maak het verslag"):
            st.session_state["verslag"] = _maak_verslag(leverancier, maand)
        for bestand, inhoud in st.session_state.get("verslag", {}).items():
            st.download_button(f"Download {bestand}", inhoud, bestand, key=f"verslag-{bestand}", on_click="ignore")


def _maak_verslag(leverancier: str, maand: str) -> dict[str, bytes]:
    from pipelines.kwaliteit import terugkoppeling

    instellingen = Instellingen()
    try:
        with momentopname.zonder_schrijver(instellingen), tempfile.TemporaryDirectory() as map_:
            return {
                p.name: p.read_bytes() for p in terugkoppeling.schrijf(instellingen, leverancier, maand, Path(map_))
            }
    except (momentopname.Bezet, terugkoppeling.GeenTerugkoppeling) as fout:
        st.error(str(fout))
        return {}
