"""The findings, heaviest first; one opened: its course, the rows behind it and the judgement (stewards only)."""

from datetime import date

import pandas as pd
import streamlit as st

from pipelines import contract
from pipelines.blokken import blok, opmaak
from pipelines.blokken.blok import Blok
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.opmaak import getal, h
from pipelines.contract import uitleg
from pipelines.fundament.nederlands import telwoord
from pipelines.kwaliteit.bevinding import ERNST
from pipelines.kwaliteit.oordeel import OordeelFout
from pipelines.scherm import plaats
from pipelines.scherm.paginas import kiezen
from pipelines.scherm.paginas.datakwaliteit import keuzes
from pipelines.settings import Instellingen

_TEKEN = {"blokkerend": "✕", "waarschuwing": "▲", "informatie": "i"}
_ERNST = {ernst: f"{teken} {ERNST[ernst]}" for ernst, teken in _TEKEN.items()}
_OORDELEN = {
    "geaccepteerd": "Accepteren",
    "teruggemeld": "Teruggemeld aan de leverancier",
    "opgelost": "Opgelost",
}
MEESTE = 150  # findings on a page; the download holds them all


def toon(g: Gegevens) -> None:
    alle = g.bevindingen(Instellingen())
    if not alle:
        st.info("Er zijn geen bevindingen, of de laatste verwerking heeft ze nog niet gemaakt.")
        return
    keur, soort = _gekeurd(alle)
    boven_de_lijst = st.container()  # where the eye is when one is opened
    gekozen = plaats.blok(lijst(g, keur))
    if gekozen:
        st.session_state["bevinding"] = gekozen
    per_id = {x["bevinding"]: x for x in alle}
    huidig = st.session_state.get("bevinding") or st.query_params.get("bevinding")
    if huidig in per_id:
        st.query_params["bevinding"] = huidig
        with boven_de_lijst:
            _een(g, per_id[huidig])
    if g.wie.is_steward and soort != "alles" and len(keur) > 1:
        with st.container(key="vak-samen"):
            _oordeel(g, keur, f"Eén oordeel over de {len(keur)} bevindingen van deze soort in de lijst")


def _gekeurd(alle: list[dict]) -> tuple[list[dict], str]:
    """The findings that the choices above the list leave, and the kind that was chosen."""
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
    return [
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
    ], code


def lijst(g: Gegevens, bevindingen: list[dict]) -> Blok:
    """The findings, heaviest first; the id is the button that opens one."""
    kop = ["Ernst", "Wat", "Waar", "Laatste maand", "Omvang", "Status", ""]
    regels = []
    for x in bevindingen[:MEESTE]:
        wat = "; ".join(f"{k.lower()}: {v}" if k != "Wat" else v for k, v in regel_of_fout(x))
        knop = f'<button class="knop" type="button" data-kies="{h(x["bevinding"])}" aria-label="Bekijk {h(x["code"])} {h(_waar(x))}">Bekijk</button>'
        regels.append(
            f'<tr><td class="heel">{h(_ERNST[x["ernst"]])}</td><td data-kop=""><strong>{h(x["titel"])}</strong> ({h(x["code"])})<div class="onder">{h(wat)}</div></td><td data-kop="Waar">{h(_waar(x))}</td><td class="heel" data-kop="Laatste maand">{h(opmaak.aanlevermaand(x["laatste_maand"]))}</td><td class="g" data-kop="Omvang">{getal(x["omvang"])}</td><td data-kop="Status">{h(x["status"])}</td><td data-kop="">{knop}</td></tr>'
        )
    koppen = "".join(
        f'<th scope="col"{" class=g" if k == "Omvang" else ""}>{k or "<span class=teken>Openen</span>"}</th>'
        for k in kop
    )
    inhoud = (
        f'<div class="rol" tabindex="0" role="region" aria-label="Bevindingen"><table class="stapel"><thead><tr>{koppen}</tr></thead><tbody>{"".join(regels)}</tbody></table></div>'
        if regels
        else "<p>Niets dat hieraan voldoet.</p>"
    )
    onder = f"{telwoord(len(bevindingen), 'bevinding', 'bevindingen')}." + (
        f" De eerste {MEESTE} staan hieronder; de download bevat ze alle." if len(bevindingen) > MEESTE else ""
    )
    return Blok(
        "bevindingen",
        "Bevindingen",
        onder,
        keuzes.herkomst(g, "laatste verwerking"),
        data=pd.DataFrame(bevindingen) if bevindingen else None,
        inhoud=inhoud,
    )


def _waar(b: dict) -> str:
    delen = [
        keuzes.BRONNEN.get(b["bron"], b["bron"]),
        opmaak.regio(b["iza_regio"]) if b["iza_regio"] else None,
        f"leverancier {b['leverancier']}" if b["leverancier"] else None,
        f"vestiging {b['agb_vestiging']}" if b["agb_vestiging"] else None,
        opmaak.cluster(b["oorzaak"]) if b["oorzaak"] in opmaak.clusters() else None,
    ]
    return ", ".join(d for d in delen if d)


def _een(g: Gegevens, b: dict) -> None:
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
        wat = "".join(f"<p><strong>{k}:</strong> {h(v)}</p>" for k, v in regel_of_fout(b))
        plaats.html(
            f'<h2 tabindex="-1" data-focus>{h(b["titel"])} ({h(b["code"])})</h2><p class="onder">{h(_waar(b))} · {h(_ERNST[b["ernst"]])} · status {h(b["status"])}</p>{heropend}'
            f"{wat}<p><strong>Doen:</strong> {h(b['actie'])}</p>"
            + (f"<p><strong>Oordelen</strong></p><ul>{eerder}</ul>" if eerder else "<p>Nog geen oordeel.</p>")
            + f"<details open><summary>Omvang per maand</summary><div class=laatste-tekst>{blok.tabel(['Maand', 'Omvang', 'Toelichting'], regels)}</div></details>",
            "bevinding",
        )
        with st.expander(f"Uitleg bij {b['code']}"):
            st.markdown(uitleg.lees(b["code"]).tekst)
        if g.wie.is_steward:
            _rijen(g, b)
            _oordeel(g, [b], "Oordeel vastleggen")


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
    plaats.html(
        f"<details><summary>De rijen erachter ({getal(len(df))}, gepseudonimiseerd)</summary>{blok.tabel(kop, rijen, links=4)}</details>",
        "rijen",
    )
    plaats.laad(
        f"rijen-{b['bevinding']}",
        f"Rijen achter {b['code']}",
        df,
        keuzes.herkomst(g, f"aanleveringen {b['bron']}, alleen voor stewards"),
    )


def _oordeel(g: Gegevens, bevindingen: list[dict], kop: str) -> None:
    sleutel = f"oordeel-{bevindingen[0]['bevinding']}-{len(bevindingen)}"
    with st.form(sleutel, border=False):
        st.markdown(f"**{kop}**")
        status = st.radio("Oordeel", list(_OORDELEN), format_func=_OORDELEN.get, horizontal=True)
        reden = st.text_area("Reden (verplicht)", max_chars=1000, help="Zet hier geen gegevens van personen.")
        tot = st.date_input(
            "Geldt tot en met (verplicht bij accepteren)",
            value=None,
            min_value=date.today(),
            format="DD-MM-YYYY",
            help="Daarna gaat de bevinding weer open.",
        )
        if st.form_submit_button("Vastleggen", type="primary"):
            fout = leg_vast(g, gezien(bevindingen, st.session_state.get(f"gezien-{sleutel}", {})), status, reden, tot)
            if fout is None:
                st.rerun()
            st.error(fout)
    # a click runs the page anew: what was judged meanwhile is not what this steward saw
    st.session_state[f"gezien-{sleutel}"] = {b["bevinding"]: b["oordeel_volgnummer"] for b in bevindingen}


def gezien(bevindingen: list[dict], nummers: dict[str, int | None]) -> list[dict]:
    """The findings with the judgement that the steward had before the eyes when filling in the form."""
    return [b | {"oordeel_volgnummer": nummers.get(b["bevinding"], b["oordeel_volgnummer"])} for b in bevindingen]


def leg_vast(g: Gegevens, bevindingen: list[dict], status: str, reden: str, tot: date | None) -> str | None:
    """The same judgement on each; why it was kept on none, in words."""
    try:
        g.beoordeel(Instellingen(), bevindingen, status, reden, tot)
    except OordeelFout as fout:
        return f"Niet vastgelegd: {fout}."
    return None


def regel_of_fout(b: dict) -> list[tuple[str, str]]:
    """What a finding says: the rule that rows break, worded as a rule, and then the fault; else the remark itself."""
    tekst = opmaak.leesbaar(b["toelichting"] or "")
    regels = {r.uitleg for r in contract.lees(b["bron"]).regels} if b["bron"] in contract.bronnen() else set()
    if not b["code"].startswith("A") or b["toelichting"] not in regels:
        return [("Wat", tekst)]
    return [("Regel", tekst), ("Fout", f"{telwoord(b['omvang'], 'rij houdt', 'rijen houden')} zich daar niet aan")]
