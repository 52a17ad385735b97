"""All regions beside each other: map, ranking, definitions, publications (for the landelijke tafel and its analysts)."""

from datetime import date

import pandas as pd
import streamlit as st

from pipelines.scherm import blok, grafiek, opmaak
from pipelines.scherm.blok import Blok
from pipelines.scherm.gegevens import Gegevens, vintages
from pipelines.scherm.grafiek import Reeks, Staaf
from pipelines.scherm.metrieken import TOESTANDEN, Stand, definitie, laatste_maand, maanden, metrieken, stand
from pipelines.scherm.opmaak import ALLE, LANDELIJK, getal, h, procent
from pipelines.scherm.paginas import kiezen, regio
from pipelines.scherm.samenvatting import declaratiejaar, herkomst
from pipelines.settings import Instellingen

ONDERWERPEN = {
    "kaart": "Kaart en ranglijst",
    "overzicht": "Nederland in het kort",
    "veelvoud": "Regio's naast elkaar",
    "gepubliceerd": "Naast gepubliceerde cijfers",
    "definities": "Andere definitie",
    "publicaties": "Publicaties vergelijken",
}


def pagina(g: Gegevens) -> None:
    st.title("Landelijk")
    if not maanden(g):
        st.info("Er zijn nog geen cijfers die u mag zien.")
        return
    deel = kiezen.onderwerp("landelijk_onderwerp", ONDERWERPEN)
    _TOON[deel](g)


def _maand(g: Gegevens) -> date:
    return kiezen.keuze(
        "Maand", "landelijk_maand", maanden(g)[::-1], laatste_maand(g, LANDELIJK), opmaak.maand, kiezen.maandcode
    )


def _kies(g: Gegevens) -> tuple[Stand, str, date]:
    """Metric, cluster and month."""
    a, b, c = st.columns(3)
    with a:
        code = kiezen.keuze(
            "Cijfer", "cijfer", list(metrieken()), "aandeel_boven_treeknorm", lambda k: metrieken()[k].naam
        )
    with b:
        clusters = ([ALLE] if metrieken()[code].optelbaar else []) + opmaak.clusters()
        cluster = kiezen.keuze("Cluster", "landelijk_cluster", clusters, clusters[0], opmaak.cluster)
    with c:
        maand = _maand(g)
    return stand(g, code), cluster, maand


def _kaart(g: Gegevens) -> None:
    s, cluster, maand = _kies(g)
    if st.session_state.get("kaartregio") not in opmaak.regios():
        st.session_state["kaartregio"] = g.wie.iza_regio or next(iter(opmaak.regios()))
    links, rechts = st.columns([5, 6])
    with links:
        gekozen = blok.toon(kaartblok(g, s, cluster, maand, st.session_state["kaartregio"]))
    with rechts:
        gekozen = blok.toon(ranglijst(g, s, cluster, maand, st.session_state["kaartregio"])) or gekozen
    if gekozen in opmaak.regios() and gekozen != st.session_state["kaartregio"]:
        st.session_state["kaartregio"] = gekozen
        st.rerun()
    blok.toon(naast_nederland(g, s, cluster, maand, st.session_state["kaartregio"]))


def _titel(s: Stand, cluster: str, maand: date) -> str:
    return f"{s.metriek.naam}, {opmaak.cluster(cluster).lower()}, {opmaak.maand(maand)}"


def _regiodata(s: Stand, cluster: str, maand: date) -> pd.DataFrame:
    m = s.metriek
    rijen = []
    for code in [LANDELIJK, *opmaak.regios()]:
        c = s.bij(maand, code, cluster)
        rijen.append(
            {
                "Maand": pd.Timestamp(maand),
                "Regio": opmaak.regio(code),
                "Cluster": opmaak.cluster(cluster),
                "Cijfer": m.naam,
                "Waarde": c.waarde,
                "Eenheid": m.eenheid,
                "Toestand": TOESTANDEN[c.toestand],
                "Voorlopig": c.voorlopig,
            }
        )
    return pd.DataFrame(rijen)


def kaartblok(g: Gegevens, s: Stand, cluster: str, maand: date, gekozen: str) -> Blok:
    per = {r: s.bij(maand, r, cluster) for r in opmaak.regios()}
    titel = _titel(s, cluster, maand)
    rijen = [[h(opmaak.regio(r)), blok.cijfer(c, s.schrijf)] for r, c in per.items()]
    return Blok(
        f"kaart-{s.metriek.code}-{cluster}-{maand:%Y-%m}",
        titel,
        "Donkerder is hoger. Klik op een regio voor het verloop hieronder.",
        herkomst(g, s.metriek.tabel, list(per.values()), maand),
        lambda b, k: grafiek.kaart(per, s.schrijf, titel, k, gekozen),
        ["Regio", s.metriek.naam],
        rijen,
        {s.metriek.naam: s.metriek.definitie()},
        _regiodata(s, cluster, maand),
        breed=400,
    )


def ranglijst(g: Gegevens, s: Stand, cluster: str, maand: date, gekozen: str) -> Blok:
    """The regions from high to low, the country among them."""
    per = {r: s.bij(maand, r, cluster) for r in opmaak.regios()}
    if s.metriek.soort != "aantal" and s.bij(maand, LANDELIJK, cluster).bekend:
        per[LANDELIJK] = s.bij(maand, LANDELIJK, cluster)
    volgorde = sorted(per, key=lambda r: (not per[r].bekend, -(per[r].waarde or 0)))
    staven = [
        Staaf(opmaak.regio(r), per[r], r in (gekozen, LANDELIJK), r if r != LANDELIJK else None) for r in volgorde
    ]
    m = s.metriek
    norm = (f"{m.normnaam} {m.schrijf(m.norm, kort=True)}", m.norm) if m.norm is not None else None
    titel = f"Van hoog naar laag: {m.naam.lower()}"
    samen = s.bij(maand, LANDELIJK, cluster)
    onder = f"Nederland: {s.schrijf(samen.waarde)} {m.eenheid}." if samen.bekend else m.eenheid.capitalize() + "."
    rijen = [[h(opmaak.regio(r)), blok.cijfer(per[r], s.schrijf)] for r in volgorde]
    return Blok(
        f"rang-{m.code}-{cluster}-{maand:%Y-%m}",
        titel,
        onder,
        herkomst(g, m.tabel, list(per.values()), maand),
        lambda b, k: grafiek.staven(staven, s.schrijf, b, titel, k, norm, hoogte=20),
        ["Regio", m.naam],
        rijen,
        breed=540,
    )


def naast_nederland(g: Gegevens, s: Stand, cluster: str, maand: date, code: str) -> Blok:
    """The chosen region over time; beside the country where a mean or share can be compared."""
    reeksen = [Reeks(opmaak.regio(code), s.reeks(code, cluster, maand))]
    if s.metriek.soort != "aantal" and s.reeks(LANDELIJK, cluster, maand):
        reeksen.append(Reeks("Nederland", s.reeks(LANDELIJK, cluster, maand), grafiek.KLEUREN[4], grafiek.STREPEN[1]))
    m = s.metriek
    titel = f"{opmaak.regio(code)}: {m.naam.lower()}, {opmaak.cluster(cluster).lower()}"
    if not reeksen[0].punten:
        return Blok(
            "verloop",
            titel,
            "",
            herkomst(g, m.tabel),
            None,
            [],
            [],
            inhoud="<p>Van deze regio is hier niets te tonen.</p>",
        )
    normen = [(f"{m.normnaam} {m.schrijf(m.norm)}", m.norm)] if m.norm is not None else []
    rijen = [
        [h(opmaak.maand_kort(p.maand)), *[blok.cijfer(r.punten[i], s.schrijf) for r in reeksen]]
        for i, p in enumerate(reeksen[0].punten)
    ][::-1]
    return Blok(
        f"verloop-{m.code}-{code}-{cluster}",
        titel,
        f"{m.eenheid.capitalize()}, per maand.",
        herkomst(g, m.tabel, [p for r in reeksen for p in r.punten]),
        lambda b, k: grafiek.lijn(reeksen, opmaak.procent if m.soort == "aandeel" else s.schrijf, b, titel, k, normen),
        ["Maand", *[r.naam for r in reeksen]],
        rijen,
        breed=1080,
    )


def _overzicht(g: Gegevens) -> None:
    maand = _maand(g)
    if not stand(g, "instroom").reeks(LANDELIJK, ALLE) and not stand(g, "wachtplekken").reeks(LANDELIJK, ALLE):
        st.info("Landelijke cijfers staan in de openbare versie, en die is er nog niet.")
        return
    blok.html(regio.in_het_kort(g, LANDELIJK, maand), "kort")
    blok.toon(regio.zes_clusters(g, LANDELIJK, maand))


def _veelvoud(g: Gegevens) -> None:
    s, cluster, maand = _kies(g)
    blok.toon(veelvoud(g, s, cluster, maand))


def veelvoud(g: Gegevens, s: Stand, cluster: str, maand: date) -> Blok:
    """A small line per region, each on its own scale from zero."""
    delen, rijen, alle = [], [], []
    for code, naam in opmaak.regios().items():
        punten = s.reeks(code, cluster, maand)
        nu = s.bij(maand, code, cluster)
        alle.append(nu)
        delen.append(
            f'<div><div class="naam" title="{h(naam)}">{h(naam)}</div><div class="w">{blok.cijfer(nu, s.schrijf)}</div>{grafiek.vonk(punten, 150, 44)}</div>'
        )
        rijen.append([h(naam), *[blok.cijfer(p, s.schrijf) for p in punten[-6:]]])
    kop = ["Regio", *[opmaak.maand_kort(m) for m in [x for x in maanden(g) if x <= maand][-6:]]]
    return Blok(
        f"veelvoud-{s.metriek.code}-{cluster}-{maand:%Y-%m}",
        _titel(s, cluster, maand),
        "Laatste twee jaar, elke regio op haar eigen schaal vanaf nul; het cijfer is dat van de gekozen maand.",
        herkomst(g, s.metriek.tabel, alle, maand),
        None,
        kop,
        rijen,
        {s.metriek.naam: s.metriek.definitie()},
        _regiodata(s, cluster, maand),
        inhoud=f'<div class="veelvoud">{"".join(delen)}</div>',
    )


def _gepubliceerd(g: Gegevens) -> None:
    if not g.wie.ziet_alles:
        st.info("De vergelijking telt alle regio's op, ook kleine aantallen; zij is er voor de landelijke tafel.")
        return
    maand = _maand(g)
    blok.toon(naast_kerncijfers(g, maand))
    blok.toon(naast_nza(g))


def naast_kerncijfers(g: Gegevens, maand: date) -> Blok:
    """Published national totals beside what the deliveries add up to, with their ratio and known differences."""
    eigen = _eigen_totalen(g, maand)
    rijen, data = [], []
    for k in opmaak.seed("kerncijfers"):
        gepubliceerd = float(k["waarde"])
        naam, verschil = _KERNCIJFERS.get(
            k["kerncijfer"], (opmaak.woord(k["kerncijfer"]), "niet uit de aanleveringen te berekenen")
        )
        ons = eigen.get(k["kerncijfer"])
        schrijf = procent if gepubliceerd < 1 else getal
        peildatum = opmaak.datum(date.fromisoformat(k["peildatum"]))
        rijen.append(
            [
                h(naam),
                schrijf(gepubliceerd),
                h(peildatum),
                schrijf(ons) if ons is not None else "–",
                procent(ons / gepubliceerd) if ons is not None and gepubliceerd else "–",
                h(
                    f"{k['bron']}{'; ' + k['opmerking'] if k['opmerking'] else ''}. {verschil[:1].upper()}{verschil[1:]}."
                ),
            ]
        )
        data.append(
            {
                "Kerncijfer": naam,
                "Gepubliceerd": gepubliceerd,
                "Peildatum": k["peildatum"],
                "Monitor": ons,
                "Verhouding": ons / gepubliceerd if ons is not None and gepubliceerd else None,
                "Bron": k["bron"],
                "Verschil": verschil,
            }
        )
    tabel = blok.tabel(
        [
            "Kerncijfer",
            "Gepubliceerd",
            "Peildatum",
            f"Monitor, {opmaak.maand_kort(maand)}",
            "Verhouding",
            "Bron en verschil van definitie",
        ],
        rijen,
    )
    return Blok(
        "kerncijfers",
        "Naast gepubliceerde cijfers",
        "Een demonstratie op een deel van het land geeft een verhouding onder de 100%.",
        herkomst(g, "wachttijd_maand"),
        None,
        [],
        [],
        data=pd.DataFrame(data),
        inhoud=f'<div class="laatste-tekst">{tabel}</div>',
    )


_KERNCIJFERS = {
    "wachtplekken_volwassenen_curatief": (
        "Wachtplekken volwassenen",
        "de monitor telt alle wachtplekken in de aangeleverde lijsten, ook buiten de zes clusters",
    ),
    "aandeel_boven_14_weken": ("Aandeel boven 14 weken", "zelfde norm: 14 weken in totaal"),
    "aandeel_boven_treeknorm": (
        "Aandeel boven de Treeknorm",
        "de monitor rekent 14 weken in totaal; gepubliceerd kan per fase zijn",
    ),
    "aandeel_boven_treeknorm_aanmelding": ("Boven de Treeknorm, wacht op aanmeldgesprek", "zelfde norm: 4 weken"),
    "aandeel_boven_treeknorm_behandeling": ("Boven de Treeknorm, wacht op behandeling", "zelfde norm: 10 weken"),
    "wachtenden": (
        "Wachtenden",
        "de monitor telt personen per regio en cluster: wie in twee clusters wacht telt dubbel",
    ),
    "zorgbemiddeling": (
        "Bemiddelde cliënten per jaar",
        "de monitor telt geslaagde en mislukte bemiddeling in 12 maanden",
    ),
    "zorgbemiddeling_mislukt": ("Bemiddeling niet gelukt", "zelfde noemer: alle bemiddelingen in 12 maanden"),
    "uitgaven_curatieve_ggz": (
        "Uitgaven curatieve ggz",
        "de monitor telt netto gedeclareerde bedragen van 12 maanden, ook van andere wetten",
    ),
    "iza_doel_wachttijd_weken": ("IZA-doel gemiddelde wachttijd", "de monitor rekent over wie nu wacht"),
}


def _eigen_totalen(g: Gegevens, maand: date) -> dict[str, float]:
    """What the monitor has for each kerncijfer that it can compute."""
    regios = tuple(opmaak.regios())
    jaar = [(pd.Timestamp(maand) - pd.DateOffset(months=i)).date() for i in range(12)]
    wacht = g.tabel("wachttijd_maand", maand=maand, iza_regio=regios)
    flow = g.tabel("wachttijd_maand", maand=jaar, iza_regio=regios, fase="totaal")
    uit: dict[str, float] = {}
    if len(wacht):
        per = wacht.groupby("fase")[["wachtplekken", "boven_treeknorm", "unieke_wachtenden"]].sum()
        deel = per["boven_treeknorm"] / per["wachtplekken"].where(per["wachtplekken"] > 0)
        uit["wachtplekken_volwassenen_curatief"] = float(per.loc["totaal", "wachtplekken"])
        uit["wachtenden"] = float(per.loc["totaal", "unieke_wachtenden"])
        uit["aandeel_boven_14_weken"] = uit["aandeel_boven_treeknorm"] = float(deel["totaal"])
        uit["aandeel_boven_treeknorm_aanmelding"], uit["aandeel_boven_treeknorm_behandeling"] = (
            float(deel["aanmelding"]),
            float(deel["behandeling"]),
        )
        totaal = wacht[wacht["fase"] == "totaal"]
        uit["iza_doel_wachttijd_weken"] = float(
            (totaal["gemiddeld_weken"] * totaal["wachtplekken"]).sum() / max(totaal["wachtplekken"].sum(), 1)
        )
    if len(flow):
        gelukt, mislukt = float(flow["bemiddeld_gelukt"].sum()), float(flow["bemiddeld_mislukt"].sum())
        uit["zorgbemiddeling"] = gelukt + mislukt
        if gelukt + mislukt:
            uit["zorgbemiddeling_mislukt"] = mislukt / (gelukt + mislukt)
    bedrag = g.tabel("definitie_verschuiving", maand=jaar)
    if len(bedrag):
        eerste = bedrag[bedrag["versie_naar"] == bedrag["versie_naar"].iloc[0]]
        uit["uitgaven_curatieve_ggz"] = float(eerste["bedrag"].astype(float).sum())
    return {k: v for k, v in uit.items() if not pd.isna(v)}


def naast_nza(g: Gegevens) -> Blok:
    """Open waiting times of 2018: what the NZa published from this file, and what the monitor makes of it."""
    df = g.tabel("wachttijd_open_vergelijking")
    titel = "Open wachttijden 2018: NZa en monitor uit hetzelfde bestand"
    if df.empty:
        return Blok(
            "nza",
            titel,
            "",
            herkomst(g, "wachttijd_open"),
            None,
            [],
            [],
            inhoud="<p>Er zijn geen open wachttijden ingenomen.</p>",
        )
    kop = [opmaak.woord(k) for k in df.columns]
    rijen = [
        [
            h(v) if isinstance(v, str) else ("–" if pd.isna(v) else getal(float(v), 0 if float(v).is_integer() else 1))
            for v in rij
        ]
        for rij in df.itertuples(index=False)
    ]
    return Blok(
        "nza",
        titel,
        "De NZa verbeterde ook losse aanbieders met de hand: verwacht de meeste groepen binnen een week, niet alle gelijk.",
        herkomst(g, "wachttijd_open"),
        None,
        [],
        [],
        {"Open wachttijden": definitie("wachttijd_open_vergelijking") or definitie("wachttijd_open")},
        df,
        inhoud=blok.tabel(kop, rijen),
    )


_MATEN = {"prestaties": "Prestaties", "verblijfsdagen": "Verblijfsdagen", "bedrag": "Bedrag (euro)"}


def _definities(g: Gegevens) -> None:
    df = g.tabel("definitie_verschuiving")
    if df.empty:
        st.info(
            "De verschuiving tussen definities is er voor de landelijke tafel, en voor een regiotafel over de eigen regio."
        )
        return
    a, b, c, d = st.columns(4)
    with a:
        versies = sorted(df["versie_naar"].unique())
        versie = kiezen.keuze("Als deze versie gold", "versie", versies, versies[0], opmaak.woord)
    with b:
        gebieden = ([LANDELIJK] if g.wie.ziet_alles else []) + [r for r in opmaak.regios() if r in set(df["iza_regio"])]
        gebied = kiezen.keuze("Gebied", "gebied", gebieden, gebieden[0], opmaak.regio)
    with c:
        maat = kiezen.keuze("Gemeten in", "maat", list(_MATEN), "prestaties", _MATEN.get)
    with d:
        maand = _maand(g)
    blok.toon(verschuiving(g, df, versie, gebied, maat, maand))


def verschuiving(g: Gegevens, df: pd.DataFrame, versie: str, gebied: str, maat: str, maand: date) -> Blok:
    """What moves where, as a matrix over the twelve months up to ``maand``; the diagonal stays where it is."""
    jaar = {(pd.Timestamp(maand) - pd.DateOffset(months=i)).date() for i in range(12)}
    df = df[(df["versie_naar"] == versie) & pd.to_datetime(df["maand"]).dt.date.isin(jaar)]
    if gebied != LANDELIJK:
        df = df[df["iza_regio"] == gebied]
    m = df.assign(_w=df[maat].astype(float)).pivot_table(
        index="cluster_van", columns="cluster_naar", values="_w", aggfunc="sum"
    )
    volgorde = [r["cluster"] for r in opmaak.seed("cluster")]
    van, naar = [c for c in volgorde if c in m.index], [c for c in volgorde if c in m.columns]
    beweegt = [float(m.loc[v, n]) for v in van for n in naar if v != n and pd.notna(m.loc[v, n])]
    hoogste, totaal = max(beweegt, default=0), float(m.sum().sum())
    rijen = []
    for v in van:
        cellen = [h(opmaak.cluster(v))]
        for n in naar:
            w = m.loc[v, n]
            if pd.isna(w) or w == 0:
                cellen.append('<span style="color:#55636f">0</span>')
            elif v == n:
                cellen.append(f'<span style="color:#55636f" title="blijft">{getal(w)}</span>')
            else:
                cellen.append(
                    f'<strong style="background:{grafiek.TRAP[min(int(4 * w / hoogste), 1)]};padding:.1rem .35rem;border-radius:3px">{getal(w)} ▸</strong>'
                )
        rijen.append(cellen)
    standaard = df["versie_van"].iloc[0] if len(df) else ""
    som = sum(beweegt)
    onder = f"{getal(som)} van {getal(totaal)} ({procent(som / totaal if totaal else 0, 1)}) zou verschuiven. Rijen: nu ({h(opmaak.woord(standaard))}); kolommen: {h(opmaak.woord(versie))}. Vet met ▸ verandert, grijs blijft."
    return Blok(
        f"verschuiving-{versie}-{gebied}-{maand:%Y-%m}",
        f"Wat gaat waarheen? {_MATEN[maat]}, 12 maanden tot en met {opmaak.maand(maand)}",
        onder,
        herkomst(g, "definitie_verschuiving", declaratiejaar(g, gebied, maand)),
        None,
        [],
        [],
        {"Verschuiving": definitie("definitie_verschuiving")},
        df,
        inhoud=blok.tabel(["Van \\ naar", *[opmaak.cluster(c) for c in naar]], rijen),
    )


def _publicaties(g: Gegevens) -> None:
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
        return Blok(
            "herziening",
            titel,
            "",
            herkomst(g, "herziening"),
            None,
            [],
            [],
            inhoud="<p>Geen enkel cijfer dat in beide staat is veranderd.</p>",
        )
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
        None,
        [],
        [],
        data=df,
        inhoud=inhoud,
    )


_TOON = {
    "kaart": _kaart,
    "overzicht": _overzicht,
    "veelvoud": _veelvoud,
    "gepubliceerd": _gepubliceerd,
    "definities": _definities,
    "publicaties": _publicaties,
}
