"""One region in one month: how full, who waits, where outflow sticks, how much lacks, how sure (for the regiotafel)."""

from datetime import date

import pandas as pd
import streamlit as st

from pipelines.scherm import blok, grafiek, opmaak, samenvatting
from pipelines.scherm.blok import Blok
from pipelines.scherm.gegevens import Gegevens
from pipelines.scherm.grafiek import Band, Reeks, Staaf, Stroom
from pipelines.scherm.metrieken import (
    AFGESCHERMD,
    BEKEND,
    LEEG,
    ONBEKEND,
    TOESTANDEN,
    Cijfer,
    afgeschermd,
    definitie,
    laatste_maand,
    maanden,
    metrieken,
    stand,
)
from pipelines.scherm.opmaak import ALLE, getal, h
from pipelines.scherm.paginas import kiezen
from pipelines.scherm.samenvatting import REDENEN, declaratiejaar, herkomst

ONDERWERPEN = {
    "overzicht": "Overzicht",
    "stroom": "In- en uitstroom",
    "uitgesteld": "Niet weg kunnen",
    "wachten": "Wachten",
    "herkomst": "Herkomst",
    "capaciteit": "Capaciteit",
    "aanbieders": "Aanbieders",
}
FASEN = {
    "aanmelding": "Aanmelding tot intake",
    "behandeling": "Intake tot behandeling",
    "totaal": "Aanmelding tot behandeling",
}


def pagina(g: Gegevens) -> None:
    opties = (
        [g.wie.iza_regio, *[r for r in opmaak.regios() if r != g.wie.iza_regio]]
        if g.wie.iza_regio
        else list(opmaak.regios())
    )
    st.title("Regio")
    links, rechts = st.columns([3, 2])
    with links:
        regio = kiezen.keuze("Regio", "regio", opties, opties[0], opmaak.regio)
    met_cijfers = maanden(g)
    if not met_cijfers:
        st.info("Er zijn nog geen cijfers die u mag zien.")
        return
    with rechts:
        maand = kiezen.keuze(
            "Maand", "maand", met_cijfers[::-1], laatste_maand(g, regio), kiezen.maandtekst, kiezen.maandcode
        )
    if g.wie.rol == "regio" and regio != g.wie.iza_regio and g.bron.publicatie is None:
        st.info(
            f"Van {opmaak.regio(regio)} ziet u alleen de openbare versie, en die is er nog niet. Uw eigen regio is {opmaak.regio(g.wie.iza_regio)}."
        )
        return
    deel = kiezen.onderwerp("onderwerp", ONDERWERPEN)
    _TOON[deel](g, regio, maand)


def _overzicht(g: Gegevens, regio: str, maand: date) -> None:
    blok.html(in_het_kort(g, regio, maand), "kort")
    blok.toon(zes_clusters(g, regio, maand))


def in_het_kort(g: Gegevens, regio: str, maand: date) -> str:
    """The sentences of the summary with what is uncertain, as HTML."""
    punten = samenvatting.kernpunten(g, regio, maand)
    regels = "".join(f"<li><strong>{h(k.kop)}:</strong> {h(k.tekst)}</li>" for k in punten)
    onzeker = "".join(
        f"<li><strong>{h(k.kop)}:</strong> {h(k.tekst)}</li>" for k in samenvatting.zekerheid(g, regio, maand)
    )
    leeg = "" if regels else "<p>Over deze maand is niets geleverd.</p>"
    return (
        f'<div class="kort"><h2>{h(opmaak.regio(regio))} in {opmaak.maand(maand)}</h2>{leeg}<ul>{regels}</ul>'
        f'<p style="margin:.5rem 0 0"><strong>Hoe zeker is dit?</strong></p><ul>{onzeker}</ul></div>'
    )


_KOLOMMEN = (
    "bezettingsgraad",
    "stand_eind",
    "instroom",
    "doorstroom_in",
    "doorstroom_uit",
    "uitstroom",
    "wachtplekken",
    "boven_treeknorm",
    "tekort",
)


def zes_clusters(g: Gegevens, regio: str, maand: date) -> Blok:
    """The table with nine figures for each of the six clusters, their trend and their change in three months."""
    koppen = "".join(f"<th scope=col>{h(metrieken()[c].naam)}</th>" for c in _KOLOMMEN)
    regels, lang, alle_cijfers = [], [], []
    for cluster in [*opmaak.clusters(), ALLE]:
        cellen = []
        for code in _KOLOMMEN:
            s = stand(g, code)
            c = s.bij(maand, regio, cluster)
            alle_cijfers.append(c)
            cellen.append(_cel(g, code, regio, cluster, maand, c))
            lang.append(
                {
                    "Maand": pd.Timestamp(maand),
                    "Regio": opmaak.regio(regio),
                    "Cluster": opmaak.cluster(cluster),
                    "Cijfer": s.metriek.naam,
                    "Waarde": c.waarde,
                    "Eenheid": s.metriek.eenheid,
                    "Toestand": TOESTANDEN[c.toestand],
                    "Voorlopig": c.voorlopig,
                }
            )
        dik = ' style="border-top:2px solid #55636f"' if cluster == ALLE else ""
        regels.append(f'<tr{dik}><th scope="row">{h(opmaak.cluster(cluster))}</th>{"".join(cellen)}</tr>')
    inhoud = f'<table class="overzicht"><thead><tr><th scope="col">Cluster</th>{koppen}</tr></thead><tbody>{"".join(regels)}</tbody></table>'
    return Blok(
        f"zes-clusters-{regio}-{maand:%Y-%m}",
        "De zes clusters in één oogopslag",
        "Lijntje: de laatste 12 maanden. Daaronder het verschil met drie maanden eerder. ▲ is boven de norm, of een tekort.",
        herkomst(g, "alles", alle_cijfers, maand),
        None,
        [],
        [],
        definities={metrieken()[c].naam: metrieken()[c].definitie() for c in _KOLOMMEN},
        data=pd.DataFrame(lang),
        inhoud=inhoud + blok.legenda(),
    )


def _cel(g: Gegevens, code: str, regio: str, cluster: str, maand: date, c: Cijfer) -> str:
    s = stand(g, code)
    m = s.metriek
    vonk = grafiek.vonk(s.reeks(regio, cluster, maand, 12), 78, 24) if c.bekend else ""
    d = samenvatting.verandering(g, code, regio, cluster, maand)
    boven = c.bekend and ((m.norm is not None and c.waarde > m.norm) or (m.tekort and c.waarde > 0))
    ten = ""
    if d is not None:
        tekst = f"{opmaak.verschil(100 * d)} procentpunt" if m.soort == "aandeel" else opmaak.verschil(d)
        slechter = " slechter" if d * m.ongunstig > 0 and boven else ""
        ten = f'<div class="ten{slechter}">{h(tekst)}</div>'
    klasse = ' class="boven-norm"' if boven else ""
    return (
        f'<td{klasse}><span class="etiket">{h(m.naam)}</span><span class="w">{blok.cijfer(c, lambda x: m.schrijf(x, kort=True))}</span>'
        f"{vonk}{ten}</td>"
    )


def _cluster_keuze(sleutel: str, standaard: str = ALLE) -> str:
    opties = ([ALLE] if standaard == ALLE else []) + opmaak.clusters()
    return kiezen.keuze("Cluster", sleutel, opties, standaard, opmaak.cluster)


def _grootste(g: Gegevens, code: str, regio: str, maand: date) -> str:
    """The cluster to begin with: where the figure is highest."""
    return max(opmaak.clusters(), key=lambda c: stand(g, code).bij(maand, regio, c).waarde or 0)


def lijnblok(
    g: Gegevens,
    sleutel: str,
    titel: str,
    onder: str,
    codes: list[str],
    regio: str,
    cluster: str,
    maand: date,
    breed: int = 540,
) -> Blok:
    """Lines of one or more metrics of a region and cluster over the last two years."""
    standen = [stand(g, c) for c in codes]
    reeksen = [
        Reeks(s.metriek.naam, s.reeks(regio, cluster, maand), grafiek.KLEUREN[i], grafiek.STREPEN[i])
        for i, s in enumerate(standen)
    ]
    reeksen = [r for r in reeksen if r.punten]
    m = standen[0].metriek
    if not reeksen:
        return Blok(
            sleutel,
            titel,
            onder,
            herkomst(g, m.tabel),
            None,
            [],
            [],
            inhoud="<p>Dit is van deze regio niet te tonen.</p>",
        )
    punten = [p for r in reeksen for p in r.punten]
    normen = [(f"{m.normnaam} {m.schrijf(m.norm)}", m.norm)] if m.norm is not None else []
    rijen = [
        [h(opmaak.maand_kort(reeksen[0].punten[i].maand)), *[blok.cijfer(r.punten[i], m.schrijf) for r in reeksen]]
        for i in range(len(reeksen[0].punten))
    ][::-1]
    data = pd.DataFrame(
        [
            {
                "Maand": pd.Timestamp(p.maand),
                "Regio": opmaak.regio(regio),
                "Cluster": opmaak.cluster(cluster),
                "Cijfer": r.naam,
                "Waarde": p.waarde,
                "Toestand": TOESTANDEN[p.toestand],
                "Voorlopig": p.voorlopig,
            }
            for r in reeksen
            for p in r.punten
        ]
    )
    return Blok(
        sleutel,
        titel,
        onder,
        herkomst(g, m.tabel, punten),
        lambda b, k: grafiek.lijn(reeksen, m.schrijf if m.soort != "aandeel" else opmaak.procent, b, titel, k, normen),
        ["Maand", *[r.naam for r in reeksen]],
        rijen,
        {s.metriek.naam: s.metriek.definitie() for s in standen},
        data,
        breed=breed,
    )


def _stroom(g: Gegevens, regio: str, maand: date) -> None:
    periode = st.segmented_control(
        "Periode",
        [1, 12],
        format_func={1: "Deze maand", 12: "Laatste 12 maanden"}.get,
        default=12,
        key="periode",
        required=True,
    )
    blok.toon(sankeyblok(g, regio, maand, periode))
    cluster = _cluster_keuze("cluster")
    naam = opmaak.cluster(cluster).lower() if cluster == ALLE else opmaak.cluster(cluster)
    links, rechts = st.columns(2)
    with links:
        blok.toon(
            lijnblok(
                g,
                f"instroom-uitstroom-{regio}-{cluster}",
                f"Instroom en uitstroom, {naam}",
                "Episodes per maand.",
                ["instroom", "uitstroom"],
                regio,
                cluster,
                maand,
            )
        )
    with rechts:
        blok.toon(
            lijnblok(
                g,
                f"stand-{regio}-{cluster}",
                f"In zorg aan het einde van de maand, {naam}",
                "Lopende episodes.",
                ["stand_eind"],
                regio,
                cluster,
                maand,
            )
        )
    blok.toon(doorstroomblok(g, regio, maand, periode))


_STROMEN = {
    "instroom_nieuw": ("Nieuw", None),
    "instroom_terugkeer": ("Terug binnen een jaar", None),
    "doorstroom_in": ("Uit ander cluster of andere regio", None),
    "uitstroom": (None, "Uitstroom"),
    "doorstroom_uit": (None, "Naar ander cluster of andere regio"),
}


def sankeyblok(g: Gegevens, regio: str, maand: date, periode: int) -> Blok:
    """Who came in and went out of each cluster, in a month or a year."""
    van_tot = _venster(maand, periode)
    df = g.tabel("stroom_maand", iza_regio=regio, maand=van_tot)
    df = df[df["cluster"].isin(opmaak.clusters())] if len(df) else df
    stromen, rijen, cijfers = [], [], []
    for cluster in opmaak.clusters():
        deel = df[df["cluster"] == cluster] if len(df) else df
        cellen = [h(opmaak.cluster(cluster))]
        for kolom, (van, naar) in _STROMEN.items():
            c = _som_cijfer(deel, kolom)
            cijfers.append(c)
            cellen.append(blok.cijfer(c, getal))
            if c.bekend:
                naam = opmaak.cluster(cluster)
                stromen.append(Stroom(van or naam, naar or naam, c.waarde))
        rijen.append(cellen)
    links = [v for v, _ in _STROMEN.values() if v]
    rechts = [n for _, n in _STROMEN.values() if n]
    midden = [opmaak.cluster(c) for c in opmaak.clusters()]
    kleuren = dict(zip(midden, grafiek.VULLING, strict=False))
    wanneer = (
        f"in {opmaak.maand(maand)}"
        if periode == 1
        else f"in de {len(van_tot)} maanden tot en met {opmaak.maand(maand)}"
    )
    ontbreekt = sorted(
        {m for m in van_tot if not len(df) or not df.loc[pd.to_datetime(df["maand"]).dt.date == m, "geleverd"].any()}
    )
    onder = "Begonnen episodes links, beëindigde rechts; de breedte is het aantal."
    if ontbreekt:
        onder += f" Zonder {', '.join(opmaak.maand_kort(m) for m in ontbreekt)}: niet geleverd."
    data = df[["maand", "iza_regio", "cluster", *_STROMEN, "status", "geleverd"]].copy() if len(df) else None
    return Blok(
        f"stroom-{regio}-{maand:%Y-%m}-{periode}",
        f"Van instroom naar uitstroom {wanneer}",
        onder,
        herkomst(g, "stroom_maand", cijfers, maand),
        lambda b, k: grafiek.sankey([links, midden, rechts], stromen, b, f"Stroom {wanneer}", kleuren),
        ["Cluster", "Nieuw", "Terug binnen een jaar", "Doorstroom in", "Uitstroom", "Doorstroom uit"],
        rijen,
        {
            metrieken()[c].naam: metrieken()[c].definitie()
            for c in ("instroom", "doorstroom_in", "doorstroom_uit", "uitstroom")
        },
        data,
        breed=1080,
    )


def _venster(maand: date, aantal: int) -> list[date]:
    return [(pd.Timestamp(maand) - pd.DateOffset(months=i)).date() for i in range(aantal - 1, -1, -1)]


def _som_cijfer(df: pd.DataFrame, kolom: str) -> Cijfer:
    """Sum over rows of which at least one is known; withheld where a part is withheld."""
    if df.empty:
        return Cijfer(None, ONBEKEND)
    if afgeschermd(df, kolom).any():
        return Cijfer(None, AFGESCHERMD)
    som = df[kolom].astype(float).sum(min_count=1)
    if pd.isna(som):
        return Cijfer(None, ONBEKEND)
    return Cijfer(float(som), BEKEND, bool("status" in df and (df["status"] == "voorlopig").any()))


def doorstroomblok(g: Gegevens, regio: str, maand: date, periode: int) -> Blok:
    """From which cluster and region people came on to a cluster of this region."""
    df = g.tabel("doorstroom_matrix", naar_regio=regio, maand=_venster(maand, periode))
    naar = opmaak.clusters()
    rijen = []
    herkomsten = [(f"{opmaak.cluster(c)}, deze regio", c, True) for c in naar] + [
        (f"{opmaak.cluster(c)}, andere regio", c, False) for c in naar
    ]
    for naam, van, hier in herkomsten:
        deel = df[(df["van_cluster"] == van) & ((df["van_regio"] == regio) == hier)] if len(df) else df
        tellingen = [int(deel.loc[deel["naar_cluster"] == c, "aantal"].sum()) if len(deel) else 0 for c in naar]
        if any(tellingen):
            top = max(tellingen)
            rijen.append(
                [
                    h(naam),
                    *[f'<span style="font-weight:{700 if t == top else 400}">{getal(t)}</span>' for t in tellingen],
                ]
            )
    inhoud = (
        blok.tabel(["Van \\ naar", *[opmaak.cluster(c) for c in naar]], rijen)
        if rijen
        else "<p>Geen doorstroom in deze periode.</p>"
    )
    data = (
        df.assign(van_regio=df["van_regio"].map(opmaak.regio), naar_regio=df["naar_regio"].map(opmaak.regio))
        if len(df)
        else None
    )
    return Blok(
        f"doorstroom-{regio}-{maand:%Y-%m}-{periode}",
        "Waar komt de doorstroom vandaan?",
        "Episodes die begonnen binnen 30 dagen na, of tijdens, zorg in een ander cluster of een andere regio.",
        herkomst(g, "doorstroom_matrix", declaratiejaar(g, regio, maand, periode), maand),
        None,
        [],
        [],
        {"Doorstroom": definitie("doorstroom_matrix", "aantal") or definitie("doorstroom_matrix")},
        data,
        inhoud=inhoud,
    )


def _uitgesteld(g: Gegevens, regio: str, maand: date) -> None:
    cluster = _cluster_keuze("cluster")
    links, rechts = st.columns([3, 2])
    with links:
        blok.toon(redenenblok(g, regio, cluster, maand))
    with rechts:
        blok.toon(redennu(g, regio, cluster, maand))
    blok.toon(
        lijnblok(
            g,
            f"aandeel-uitgesteld-{regio}-{cluster}",
            "Deel van de bezette dagen dat iemand weg kon",
            "Uitgestelde dagen gedeeld door bezette dagen.",
            ["aandeel_uitgesteld"],
            regio,
            cluster,
            maand,
            breed=1080,
        )
    )


def _per_maand(df: pd.DataFrame, kolom: str, venster: list[date]) -> list[Cijfer]:
    dagen = pd.to_datetime(df["maand"]).dt.date if len(df) else None
    return [_som_cijfer(df[dagen == m], kolom) if dagen is not None else Cijfer(None, ONBEKEND) for m in venster]


def _capaciteit_rijen(g: Gegevens, regio: str, cluster: str) -> pd.DataFrame:
    df = g.tabel("capaciteit_maand", iza_regio=regio)
    return df[df["cluster"].isin(opmaak.clusters() if cluster == ALLE else [cluster])] if len(df) else df


def redenenblok(g: Gegevens, regio: str, cluster: str, maand: date) -> Blok:
    """Days that somebody lay where they need not, by what they waited for, month by month."""
    venster = [m for m in maanden(g) if m <= maand][-24:]
    df = _capaciteit_rijen(g, regio, cluster)
    per = {kolom: _per_maand(df, kolom, venster) for kolom in REDENEN}
    samen = _per_maand(df, "uitgestelde_dagen", venster)
    lagen = [(naam, [c.waarde for c in per[kolom]]) for kolom, naam in REDENEN.items()]
    rijen = [
        [h(opmaak.maand_kort(m)), *[blok.cijfer(per[k][i], getal) for k in REDENEN], blok.cijfer(samen[i], getal)]
        for i, m in enumerate(venster)
    ][::-1]
    data = pd.DataFrame(
        [
            {
                "Maand": pd.Timestamp(m),
                "Regio": opmaak.regio(regio),
                "Cluster": opmaak.cluster(cluster),
                **{n: per[k][i].waarde for k, n in REDENEN.items()},
                "Toestand": TOESTANDEN[samen[i].toestand],
            }
            for i, m in enumerate(venster)
        ]
    )
    return Blok(
        f"uitgesteld-{regio}-{cluster}",
        f"Wie weg kan maar niet weg komt, {opmaak.cluster(cluster).lower()}",
        "Uitgestelde dagen per maand, naar waar iemand op wacht.",
        herkomst(g, "capaciteit_maand", samen),
        lambda b, k: grafiek.stapel(
            venster, lagen, getal, b, "Uitgestelde dagen naar reden", k, [c.toestand for c in samen]
        ),
        ["Maand", *REDENEN.values(), "Samen"],
        rijen,
        {
            "Uitgestelde dagen": metrieken()["uitgestelde_dagen"].definitie(),
            "Vrij te spelen": metrieken()["vrij_te_spelen"].definitie(),
        },
        data,
        breed=640,
    )


def redennu(g: Gegevens, regio: str, cluster: str, maand: date) -> Blok:
    """The same for one month, largest first, and the places that it would free."""
    df = _capaciteit_rijen(g, regio, cluster)
    nu = {naam: _per_maand(df, kolom, [maand])[0] for kolom, naam in REDENEN.items()}
    staven = sorted((Staaf(n, c) for n, c in nu.items()), key=lambda s: -(s.cijfer.waarde if s.cijfer.bekend else -1))
    vrij = stand(g, "vrij_te_spelen").bij(maand, regio, cluster)
    onder = f"Dagen in {opmaak.maand(maand)}."
    if vrij.bekend:
        onder += f" Samen zo veel als {getal(vrij.waarde, 1)} plaatsen die de hele maand bezet zijn."
    rijen = [[h(s.naam), blok.cijfer(s.cijfer, getal)] for s in staven]
    return Blok(
        f"redenen-{regio}-{cluster}-{maand:%Y-%m}",
        "Waarop wordt gewacht?",
        onder,
        herkomst(g, "capaciteit_maand", list(nu.values()), maand),
        lambda b, k: grafiek.staven(staven, getal, min(b, 420), "Uitgestelde dagen naar reden", k, hoogte=30),
        ["Reden", "Dagen"],
        rijen,
        breed=420,
    )


def _wachten(g: Gegevens, regio: str, maand: date) -> None:
    cluster = _cluster_keuze("cluster_wacht", _grootste(g, "wachtplekken", regio, maand))
    links, rechts = st.columns([3, 2])
    with links:
        blok.toon(wachtlijn(g, regio, cluster, maand))
    with rechts:
        blok.toon(fasen(g, regio, cluster, maand))
    blok.toon(wachtclusters(g, regio, maand))
    blok.toon(
        lijnblok(
            g,
            f"wachtplekken-{regio}-{cluster}",
            f"Wachtplekken, {opmaak.cluster(cluster).lower()}",
            "Open wachtplekken aan het einde van de maand; één persoon kan er meer hebben.",
            ["wachtplekken", "boven_treeknorm"],
            regio,
            cluster,
            maand,
            breed=1080,
        )
    )


def wachtlijn(g: Gegevens, regio: str, cluster: str, maand: date) -> Blok:
    """Mean wait per phase over time, against the Treeknorm and the IZA goal."""
    df = g.tabel("wachttijd_maand", iza_regio=regio, cluster=cluster)
    venster = [m for m in maanden(g) if m <= maand][-24:]
    reeksen = []
    for i, (fase, naam) in enumerate(FASEN.items()):
        deel = df[df["fase"] == fase] if len(df) else df
        reeksen.append(
            Reeks(
                naam,
                _met_maand(_wachtcijfers(deel, "gemiddeld_weken", venster), venster),
                grafiek.KLEUREN[i],
                grafiek.STREPEN[i],
            )
        )
    weken = lambda x: getal(x, 1)  # noqa: E731
    doel, tree = opmaak.norm("doelwachttijd_weken"), opmaak.treeknorm_weken("totaal")
    normen = [(f"IZA-doel {getal(doel)} weken", doel), (f"Treeknorm {getal(tree)} weken", tree)]
    rijen = [
        [h(opmaak.maand_kort(m)), *[blok.cijfer(r.punten[i], weken) for r in reeksen]] for i, m in enumerate(venster)
    ][::-1]
    data = df if len(df) else None
    return Blok(
        f"wachttijd-{regio}-{cluster}",
        f"Gemiddelde wachttijd per fase, {opmaak.cluster(cluster).lower()}",
        "Weken dat wie nu wacht al wacht.",
        herkomst(g, "wachttijd_maand", [p for r in reeksen for p in r.punten]),
        lambda b, k: grafiek.lijn(
            reeksen,
            lambda x: getal(x, 0) if x == int(x) else weken(x),
            b,
            "Gemiddelde wachttijd per fase",
            k,
            normen,
            hoogte=290,
        ),
        ["Maand", *FASEN.values()],
        rijen,
        {
            "Gemiddelde wachttijd": definitie("wachttijd_maand", "gemiddeld_weken"),
            "Fase": definitie("wachttijd_maand", "fase"),
        },
        data,
        breed=640,
    )


def _wachtcijfers(df: pd.DataFrame, kolom: str, venster: list[date]) -> list[Cijfer]:
    per = {pd.Timestamp(r["maand"]).date(): r for r in df.to_dict("records")}
    uit = []
    for m in venster:
        r = per.get(m)
        if r is None or (not r["geleverd"] and pd.isna(r[kolom])):
            uit.append(Cijfer(None, ONBEKEND, False, m))
        elif pd.isna(r[kolom]):
            uit.append(
                Cijfer(None, AFGESCHERMD if kolom in str(r.get("onderdrukte_kolommen")).split() else LEEG, False, m)
            )
        else:
            uit.append(Cijfer(float(r[kolom]), BEKEND, False, m))
    return uit


def _met_maand(cijfers: list[Cijfer], venster: list[date]) -> list[Cijfer]:
    return [Cijfer(c.waarde, c.toestand, c.voorlopig, m) for c, m in zip(cijfers, venster, strict=True)]


def fasen(g: Gegevens, regio: str, cluster: str, maand: date) -> Blok:
    """Share above the Treeknorm of each phase."""
    df = g.tabel("wachttijd_maand", iza_regio=regio, cluster=cluster, maand=maand)
    staven, rijen = [], []
    for fase, naam in FASEN.items():
        deel = df[df["fase"] == fase] if len(df) else df
        per = {
            k: _wachtcijfers(deel, k, [maand])[0]
            for k in (
                "wachtplekken",
                "unieke_wachtenden",
                "gemiddeld_weken",
                "mediaan_weken",
                "p90_weken",
                "boven_treeknorm",
                "aandeel_boven_treeknorm",
            )
        }
        staven.append(Staaf(naam, per["aandeel_boven_treeknorm"]))
        weken = lambda x: getal(x, 1)  # noqa: E731
        rijen.append(
            [
                f"{h(naam)} (norm {getal(opmaak.treeknorm_weken(fase))} weken)",
                blok.cijfer(per["wachtplekken"], getal),
                blok.cijfer(per["unieke_wachtenden"], getal),
                *[blok.cijfer(per[k], weken) for k in ("gemiddeld_weken", "mediaan_weken", "p90_weken")],
                blok.cijfer(per["boven_treeknorm"], getal),
            ]
        )
    return Blok(
        f"fasen-{regio}-{cluster}-{maand:%Y-%m}",
        "Boven de Treeknorm, per fase",
        f"Deel van de wachtplekken in {opmaak.maand(maand)}.",
        herkomst(g, "wachttijd_maand", [s.cijfer for s in staven], maand),
        lambda b, k: grafiek.staven(staven, opmaak.procent, min(b, 420), "Aandeel boven de Treeknorm", k, hoogte=34),
        ["Fase", "Wachtplekken", "Personen", "Gemiddeld (weken)", "Mediaan", "9 van de 10 binnen", "Boven norm"],
        rijen,
        {
            n: definitie("wachttijd_maand", k)
            for n, k in (("Boven Treeknorm", "boven_treeknorm"), ("Unieke wachtenden", "unieke_wachtenden"))
        },
        tabel_open=False,
        breed=420,
    )


def wachtclusters(g: Gegevens, regio: str, maand: date) -> Blok:
    """All clusters: what came in, what started, and the starts needed to get to the IZA goal in half a year."""
    df = g.tabel("wachttijd_maand", iza_regio=regio, fase="totaal", maand=maand)
    kolommen = {
        "aangemeld": "Aangemeld",
        "intakes": "Intakes",
        "gestart": "Gestart",
        "uitval": "Uitval",
        "uitval_exclusie": "waarvan exclusie",
        "bemiddeld_gelukt": "Bemiddeld",
        "bemiddeld_mislukt": "Bemiddeling mislukt",
        "wachtplekken": "Wachtplekken",
        "doelwachtrij": "Doelwachtrij",
        "extra_capaciteit_per_week": "Extra starts per week",
    }
    rijen, cijfers = [], []
    for cluster in [*opmaak.clusters(), "niet_cruciaal"]:
        deel = df[df["cluster"] == cluster] if len(df) else df
        per = [_wachtcijfers(deel, k, [maand])[0] for k in kolommen]
        cijfers += per
        rijen.append(
            [
                h(opmaak.cluster(cluster)),
                *[
                    blok.cijfer(c, lambda x, k=k: getal(x, 1 if k.startswith(("doel", "extra")) else 0))
                    for c, k in zip(per, kolommen, strict=True)
                ],
            ]
        )
    return Blok(
        f"wachtstromen-{regio}-{maand:%Y-%m}",
        "Aanmelden, starten en wat er nodig is",
        f"Per cluster in {opmaak.maand(maand)}; extra starts brengen de gemiddelde wachttijd in 26 weken naar het IZA-doel.",
        herkomst(g, "wachttijd_maand", cijfers, maand),
        None,
        [],
        [],
        {n: definitie("wachttijd_maand", k) for k, n in kolommen.items()},
        df if len(df) else None,
        inhoud=blok.tabel(["Cluster", *kolommen.values()], rijen),
    )


def _herkomst(g: Gegevens, regio: str, maand: date) -> None:
    links, rechts = st.columns(2)
    with links:
        blok.toon(woonregios(g, regio, maand))
    with rechts:
        if g.wie.ziet_alles:
            blok.toon(elders(g, regio, maand))
        else:
            st.info(
                "Waar inwoners van uw regio elders worden behandeld, staat in cijfers van andere regio's; die kleine aantallen ziet alleen de landelijke tafel."
            )


def woonregios(g: Gegevens, regio: str, maand: date) -> Blok:
    df = g.tabel("herkomst_bestemming", iza_regio=regio, maand=_venster(maand, 12))
    return _herkomstblok(
        g, df, "woonregio", regio, maand, f"Waar komen patiënten in {opmaak.regio(regio)} vandaan?", "van-buiten"
    )


def elders(g: Gegevens, regio: str, maand: date) -> Blok:
    df = g.tabel("herkomst_bestemming", woonregio=regio, maand=_venster(maand, 12))
    return _herkomstblok(
        g, df, "iza_regio", regio, maand, f"Waar worden inwoners van {opmaak.regio(regio)} behandeld?", "naar-buiten"
    )


def _herkomstblok(g: Gegevens, df: pd.DataFrame, kant: str, regio: str, maand: date, titel: str, sleutel: str) -> Blok:
    if df.empty:
        return Blok(
            f"{sleutel}-{regio}",
            titel,
            "",
            herkomst(g, "herkomst_bestemming"),
            None,
            [],
            [],
            inhoud="<p>Geen zorg bekend in deze periode.</p>",
        )
    per = df.groupby(kant)[["verblijfsdagen", "contacten"]].sum().sum(axis=1, min_count=1)
    dagen = df.groupby(kant)[["verblijfsdagen", "contacten"]].sum()
    totaal, hier = per.sum(), per.get(regio, 0)
    buiten = per.drop(index=[regio], errors="ignore").sort_values(ascending=False)
    staven = [Staaf(opmaak.regio(r), Cijfer(float(w), BEKEND)) for r, w in buiten.head(12).items()]
    rijen = [
        [h(opmaak.regio(r)), getal(dagen.loc[r, "verblijfsdagen"]), getal(dagen.loc[r, "contacten"])]
        for r in [regio, *buiten.index]
        if r in dagen.index
    ]
    return Blok(
        f"{sleutel}-{regio}-{maand:%Y-%m}",
        titel,
        f"Laatste 12 maanden: {opmaak.procent(hier / totaal if totaal else 0)} van de verblijfsdagen en contacten bleef binnen de regio. Hieronder de rest.",
        herkomst(g, "herkomst_bestemming", declaratiejaar(g, regio, maand)),
        lambda b, k: (
            grafiek.staven(staven, getal, min(b, 520), titel, k) if staven else "<p>Alles bleef binnen de regio.</p>"
        ),
        ["Regio", "Verblijfsdagen", "Contacten"],
        rijen,
        {"Bovenregionaal": definitie("herkomst_bestemming", "bovenregionaal") or definitie("herkomst_bestemming")},
        df.assign(woonregio=df["woonregio"].map(opmaak.regio), iza_regio=df["iza_regio"].map(opmaak.regio)),
        breed=520,
    )


def _capaciteit(g: Gegevens, regio: str, maand: date) -> None:
    blok.toon(nodig(g, regio, maand))
    cluster = _cluster_keuze("cluster_capaciteit", _grootste(g, "tekort", regio, maand))
    links, rechts = st.columns(2)
    with links:
        blok.toon(
            lijnblok(
                g,
                f"nodig-tijd-{regio}-{cluster}",
                f"Nodig en beschikbaar, {opmaak.cluster(cluster).lower()}",
                "Plaatsen per maand.",
                ["benodigd_erlang", "operationeel"],
                regio,
                cluster,
                maand,
            )
        )
    with rechts:
        blok.toon(
            lijnblok(
                g,
                f"bezetting-{regio}-{cluster}",
                f"Bezetting, {opmaak.cluster(cluster).lower()}",
                "Deel van de beschikbare dagen.",
                ["bezettingsgraad"],
                regio,
                cluster,
                maand,
            )
        )
    blok.toon(scenarios(g, regio, cluster))


def nodig(g: Gegevens, regio: str, maand: date) -> Blok:
    """Needed against available places per cluster, by both norms."""
    df = g.tabel("benodigde_capaciteit", iza_regio=regio, maand=maand)
    per = {r["cluster"]: r for r in df.to_dict("records")}
    kolommen = {
        "aankomsten_per_dag": ("Aankomsten per dag", 2),
        "gemiddelde_duur_dagen": ("Gemiddelde duur (dagen)", 0),
        "belasting": ("Belasting (erlang)", 1),
        "benodigd_bezetting": (f"Nodig bij {opmaak.procent(opmaak.norm('bezettingsnorm'))} bezetting", 0),
        "benodigd_erlang": (f"Nodig bij {opmaak.procent(opmaak.norm('blokkeringsnorm'))} weigeren", 0),
        "beschikbaar": ("Beschikbaar", 0),
        "tekort": ("Tekort", 0),
        "kans_vol": ("Kans op vol", None),
    }
    rijen, staven, cijfers = [], [], []
    for cluster in opmaak.clusters():
        r = per.get(cluster)
        cellen = [h(opmaak.cluster(cluster))]
        for kolom, (_, decimalen) in kolommen.items():
            c = _nodigcijfer(r, kolom)
            cijfers.append(c)
            schrijf = opmaak.procent if decimalen is None else (lambda x, d=decimalen: getal(x, d))
            cellen.append(blok.cijfer(c, schrijf))
        rijen.append(cellen)
        staven.append(Staaf(opmaak.cluster(cluster), _nodigcijfer(r, "tekort")))
    return Blok(
        f"nodig-{regio}-{maand:%Y-%m}",
        f"Nodige en beschikbare capaciteit in {opmaak.maand(maand)}",
        "Uit aankomsten en duur van de laatste 12 maanden. Een negatief tekort is ruimte.",
        herkomst(g, "benodigde_capaciteit", cijfers, maand),
        lambda b, k: grafiek.staven(
            staven, lambda x: f"{getal(x)} plaatsen", min(b, 760), "Tekort per cluster", k, hoogte=28
        ),
        [],
        [],
        {n: definitie("benodigde_capaciteit", k) for k, (n, _) in kolommen.items()},
        df if len(df) else None,
        inhoud=blok.tabel(["Cluster", *[n for n, _ in kolommen.values()]], rijen)
        + "<p style='margin:.8rem 0 .2rem'><strong>Tekort per cluster</strong></p>",
    )


def _nodigcijfer(r: dict | None, kolom: str) -> Cijfer:
    if r is None:
        return Cijfer(None, ONBEKEND)
    if pd.isna(r[kolom]):
        return Cijfer(None, LEEG if r["geleverd"] and pd.notna(r["beschikbaar"]) else ONBEKEND)
    return Cijfer(float(r[kolom]), BEKEND, kolom != "beschikbaar" and r.get("status") == "voorlopig")


_SCENARIO_METRIEKEN = {
    "benodigde_capaciteit": ("Benodigde plaatsen", 0),
    "bezettingsgraad": ("Bezetting", None),
    "wachtlijst": ("Wachtlijst", 0),
    "wacht_weken": ("Wachttijd (weken)", 1),
}


def scenarios(g: Gegevens, regio: str, cluster: str) -> Blok:
    """Outcomes of scenarios beside unchanged policy, with their interval."""
    df = g.tabel("scenario_resultaat", iza_regio=regio, cluster=cluster)
    if df.empty:
        inhoud = "<p>Er zijn nog geen scenario's doorgerekend. Dat kan met <code>ggz scenario BESTAND.yaml</code>; de volgende run zet de uitkomst hier neer.</p>"
        return Blok("scenario", "Scenario's", "", herkomst(g, "scenario_resultaat"), None, [], [], inhoud=inhoud)
    metriek = kiezen.keuze(
        "Wat laat het scenario zien?",
        "scenario_metriek",
        [m for m in _SCENARIO_METRIEKEN if m in set(df["metriek"])],
        "benodigde_capaciteit",
        lambda m: _SCENARIO_METRIEKEN[m][0],
    )
    naam, decimalen = _SCENARIO_METRIEKEN[metriek]
    schrijf = opmaak.procent if decimalen is None else (lambda x: getal(x, decimalen))
    deel = df[df["metriek"] == metriek].sort_values("maand")
    tijd = [m.date() for m in pd.to_datetime(deel["maand"]).drop_duplicates()]
    namen = sorted(deel["scenario"].unique(), key=lambda n: (n != "basis", n))[:6]
    reeksen, banden, rijen = [], [], []
    for i, scenario in enumerate(namen):
        per = {pd.Timestamp(r["maand"]).date(): r for r in deel[deel["scenario"] == scenario].to_dict("records")}
        titel = "Ongewijzigd beleid" if scenario == "basis" else opmaak.woord(scenario.replace("-", "_"))
        punten = [
            Cijfer(float(per[m]["midden"]), BEKEND, False, m)
            if m in per and pd.notna(per[m]["midden"])
            else Cijfer(None, LEEG, False, m)
            for m in tijd
        ]
        reeksen.append(Reeks(titel, punten, grafiek.KLEUREN[i], grafiek.STREPEN[i]))
        if len(namen) <= 3 and all(p.bekend for p in punten):
            banden.append(Band([per[m]["laag"] for m in tijd], [per[m]["hoog"] for m in tijd], grafiek.KLEUREN[i]))
        if punten and punten[-1].bekend:
            eind = per[tijd[-1]]
            rijen.append([h(titel), schrijf(eind["midden"]), f"{schrijf(eind['laag'])} – {schrijf(eind['hoog'])}"])
    return Blok(
        f"scenario-{regio}-{cluster}-{metriek}",
        f"Scenario's: {naam.lower()}, {opmaak.cluster(cluster).lower()}",
        f"Simulatie vooruit tot en met {opmaak.maand(tijd[-1])}, met een interval van 90%.",
        herkomst(g, "scenario_resultaat"),
        lambda b, k: grafiek.lijn(reeksen, schrijf, b, naam, k, banden=banden),
        ["Scenario", f"{naam} in {opmaak.maand_kort(tijd[-1])}", "Interval"],
        rijen,
        {"Scenario": definitie("scenario_resultaat", "midden")},
        deel,
        breed=1080,
    )


def _aanbieders(g: Gegevens, regio: str, maand: date) -> None:
    blok.toon(aanbiederblok(g, regio, maand))


def aanbiederblok(g: Gegevens, regio: str, maand: date) -> Blok:
    """Who has most waiting above the norm, per cluster: they lead the transfermechanisme."""
    df = g.tabel("aanbieder_wachttijd", iza_regio=regio, maand=maand)
    titel = "Wie leidt het transfermechanisme?"
    if df.empty:
        tekst = "Van deze regio en maand is geen wachtlijst per aanbieder te tonen."
        return Blok(
            f"aanbieders-{regio}", titel, "", herkomst(g, "aanbieder_wachttijd"), None, [], [], inhoud=f"<p>{tekst}</p>"
        )
    volgorde = {c: i for i, c in enumerate([*opmaak.clusters(), "niet_cruciaal"])}
    df = df.assign(_v=df["cluster"].map(volgorde)).sort_values(["_v", "rang_in_regio"])
    rijen = [
        [
            h(opmaak.cluster(r["cluster"])),
            f"{'<strong>' if r['rang_in_regio'] == 1 else ''}{h(r['agb_vestiging'])}{' (eerste)</strong>' if r['rang_in_regio'] == 1 else ''}",
            getal(r["rang_in_regio"]),
            getal(r["boven_treeknorm"]),
            getal(r["wachtplekken"]),
            getal(r["unieke_wachtenden"]),
            getal(r["aangemeld"]),
            getal(r["gestart"]),
            "ja" if r["aanmeldpauze"] else "nee",
        ]
        for r in df.to_dict("records")
    ]
    kop = [
        "Cluster",
        "Vestiging (AGB)",
        "Rang",
        "Boven Treeknorm",
        "Wachtplekken",
        "Personen",
        "Aangemeld",
        "Gestart",
        "Aanmeldpauze",
    ]
    return Blok(
        f"aanbieders-{regio}-{maand:%Y-%m}",
        titel,
        f"Per cluster in {opmaak.maand(maand)}: de vestiging met de meeste wachtplekken boven de Treeknorm staat bovenaan.",
        herkomst(g, "aanbieder_wachttijd"),
        None,
        [],
        [],
        {
            "Rang": definitie("aanbieder_wachttijd", "rang_in_regio"),
            "Aanmeldpauze": definitie("aanbieder_wachttijd", "aanmeldpauze"),
        },
        df.drop(columns="_v"),
        inhoud=blok.tabel(kop, rijen, links=2),
    )


_TOON = {
    "overzicht": _overzicht,
    "stroom": _stroom,
    "uitgesteld": _uitgesteld,
    "wachten": _wachten,
    "herkomst": _herkomst,
    "capaciteit": _capaciteit,
    "aanbieders": _aanbieders,
}
