"""Two versions of the definition side by side: what differs, what that moves and by which rule, and what deserves a talk first.

Belongs here: saying and drawing the marts ``definitie_*``. Does not belong here: choosing the versions (``scherm``, ``rapport``)
and the differences themselves, which stand in ``definitie_verschil``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from pipelines.blokken import aanbieder, blok, grafiek, opmaak
from pipelines.blokken.blok import Blok
from pipelines.blokken.cijfer import BEKEND, LEEG, ONBEKEND, WACHT_OP, Cijfer, geldt
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.grafiek import Reeks, Stroom
from pipelines.blokken.metrieken import alle_metrieken, definitie, waarom_niets
from pipelines.blokken.opmaak import ALLE, LANDELIJK, getal, h, procent
from pipelines.blokken.samenvatting import declaratiejaar, herkomst
from pipelines.fundament import seeds

MEESTE_VESTIGINGEN = 25
MATEN = {"prestaties": "Prestaties", "verblijfsdagen": "Verblijfsdagen", "contacten": "Contacten"}


@dataclass(frozen=True)
class Maat:
    """One figure that a definition moves: its columns in ``definitie_verschil`` are ``<code>_van``, ``_naar`` and ``_verschil``."""

    code: str
    naam: str
    eenheid: str
    bron: str
    decimalen: int = 0

    def schrijf(self, x: float) -> str:
        return getal(x, self.decimalen)


CIJFERS = {
    m.code: m
    for m in (
        Maat("stand_eind", "In zorg, einde maand", "episodes", "declaraties"),
        Maat("personen", "Personen met zorg", "personen", "declaraties"),
        Maat("instroom", "Instroom", "episodes", "declaraties"),
        Maat("doorstroom_in", "Doorstroom in", "episodes", "declaraties"),
        Maat("doorstroom_uit", "Doorstroom uit", "episodes", "declaraties"),
        Maat("uitstroom", "Uitstroom", "episodes", "declaraties"),
        Maat("verblijfsdagen", "Verblijfsdagen", "dagen", "declaraties"),
        Maat("contacten", "Contacten", "contacten", "declaraties"),
        Maat("operationeel", "Plaatsen in bedrijf", "plaatsen", "bedden"),
        Maat("bezet", "Plaatsen in gebruik", "plaatsen, gemiddeld", "bedden", 1),
        Maat("uitgestelde_dagen", "Uitgestelde dagen", "dagen", "bedden"),
        Maat("wachtplekken", "Wachtplekken", "plekken", "wachtlijst"),
        Maat("benodigd", "Nodig", "plaatsen", "bedden"),
        Maat("beschikbaar", "Beschikbaar", "plaatsen", "bedden"),
        Maat("tekort", "Tekort", "plaatsen", "bedden"),
    )
}


@dataclass(frozen=True)
class Paar:
    """Two versions to set side by side; the difference is what ``naar`` has more than ``van``."""

    van: str
    naar: str

    @property
    def filters(self) -> dict[str, str]:
        return {"versie_van": self.van, "versie_naar": self.naar}

    def __str__(self) -> str:
        return f"{self.van}-{self.naar}"


def standaard() -> str:
    """The version that the marts compute with."""
    return next(r["versie"] for r in seeds.lees("definitie_versie") if r["standaard"] == "J")


def paren(g: Gegevens, maand: date) -> list[Paar]:
    """Every pair of versions that was built; the default goes first."""
    df = g.tabel("definitie_verschil", maand=maand, cluster=ALLE)
    gevonden = df[["versie_van", "versie_naar"]].drop_duplicates() if len(df) else df
    alle = [Paar(r.versie_van, r.versie_naar) for r in gevonden.itertuples()]
    return sorted(alle, key=lambda p: (p.van != standaard(), p.van, p.naar))


def cijfer(rij: Mapping | None, maat: Maat, kant: str) -> Cijfer:
    """A figure of one of both versions (``van``, ``naar``) or their difference (``verschil``), with how well it is known."""
    if rij is None:
        return Cijfer(None, ONBEKEND)
    waarde, geleverd = rij[f"{maat.code}_{kant}"], int(rij[f"regios_{maat.bron}"])
    if pd.isna(waarde):
        return Cijfer(None, LEEG if geleverd else ONBEKEND)
    m = alle_metrieken().get(maat.code)
    voorwaarde = m.voorwaarde if m and maat.bron == "declaraties" else ""
    if not geldt(voorwaarde, rij):
        return Cijfer(None, WACHT_OP[voorwaarde], vanaf=pd.Timestamp(rij["uitstroom_bepaald_vanaf"]).date())
    voorlopig = maat.bron == "declaraties" and rij["status"] == "voorlopig"
    return Cijfer(float(waarde), BEKEND, voorlopig, regios=(geleverd, int(rij["regios"])))


def agendablok(g: Gegevens, gebied: str) -> Blok:
    """The rules that decide doubtfully, by what hangs on them: what the talk about definitions should begin with."""
    df = g.tabel("definitie_agenda", iza_regio=gebied)
    titel = "Waarover moet het gesprek gaan?"
    if df.empty:
        waarom = "Van dit gebied is geen agenda te tonen: er hangt niets aan een twijfel, of zij is niet voor uw rol."
        return Blok.leeg(f"agenda-{gebied}", titel, herkomst(g, "definitie_agenda"), waarom)
    df = df.sort_values("rang")
    rijen = [
        [
            f"{r['rang']}. {_bevinding(r['twijfel'], gebied)}",
            h(
                opmaak.cluster(r["cluster"])
                + (f" of {_laag(r['alternatief'])}" if opmaak.bekend(r["alternatief"]) else "")
            ),
            getal(r["personen"]),
            getal(r["zorgdagen"]),
            getal(float(r["bedrag"])),
            h(opmaak.zin(r["registratie"])) if opmaak.bekend(r["registratie"]) else "nog niet vastgelegd",
        ]
        for r in df.to_dict("records")
    ]
    eerste, laatste = (pd.Timestamp(df[k].iloc[0]).date() for k in ("maand_van", "maand_tot"))
    kop = ["Twijfel", "Nu, of anders", "Personen", "Zorgdagen", "Euro", "Welke registratie neemt de twijfel weg?"]
    return Blok(
        f"agenda-{gebied}",
        titel,
        f"Regels van de standaarddefinitie die niet zeker beslissen, zwaarste eerst: wat eraan hangt in {opmaak.regio(gebied)}, "
        f"{opmaak.maand(eerste)} tot en met {opmaak.maand(laatste)}. Een persoon telt per twijfel één keer, en kan aan meer twijfels hangen.",
        herkomst(g, "definitie_agenda", declaratiejaar(g, gebied, laatste)),
        definities={
            "Personen": definitie("definitie_agenda", "personen"),
            "Zorgdagen": definitie("definitie_agenda", "zorgdagen"),
            "Euro": definitie("definitie_agenda", "bedrag"),
        },
        data=df,
        inhoud=f'<div class="laatste-tekst">{blok.tabel(kop, rijen, links=2)}</div>',
    )


def _laag(cluster: str) -> str:
    return opmaak.in_zin(opmaak.cluster(cluster))


def _bevinding(code: str, gebied: str) -> str:
    """The finding in words, linked to where it stands month by month."""
    titel = next((r["titel"] for r in seeds.lees("kwaliteit_code") if r["code"] == code), None)
    if titel is None:  # a rule that doubts without a code of its own
        return h(_regel(code))
    return f'{h(titel)} (<a class="heel" href="datakwaliteit?kwaliteit_onderwerp=zpm&amp;zpmregio={h(gebied)}">{h(code)}</a>)'


def wijzigingblok(g: Gegevens, paar: Paar) -> Blok:
    """What each version of a pair does otherwise than the default, in sentences."""
    titel, bron = "Wat doet zij anders?", herkomst(g, "definitie_wijziging")
    df = g.tabel("definitie_wijziging", versie=[paar.van, paar.naar])
    if df.empty:
        waarom = "Deze versies plaatsen alles gelijk, of hun regels zijn niet voor uw rol."
        return Blok.leeg(f"wijziging-{paar}", titel, bron, waarom)
    namen = {r["versie"]: r["omschrijving"] for r in g.tabel("definitie").to_dict("records")}
    delen = []
    for versie in (paar.van, paar.naar):
        eigen = df[df["versie"] == versie].sort_values(["onderdeel", "volgorde", "naam"], ascending=[False, True, True])
        if len(eigen):
            zinnen = "".join(f"<li>{h(_wijziging(r))}</li>" for r in eigen.to_dict("records"))
            delen.append(f"<p><strong>{h(versie)}</strong>: {h(namen.get(versie) or '')}.</p><ul>{zinnen}</ul>")
    return Blok(
        f"wijziging-{paar}",
        titel,
        "Ten opzichte van de standaard; al het andere beslist zij gelijk. De eerste regel die past wint.",
        bron,
        definities={"Wijziging": definitie("definitie_wijziging", "wijziging")},
        data=df,
        inhoud="".join(delen),
    )


def _wijziging(r: Mapping) -> str:
    naar, was = (None if pd.isna(r[k]) else _laag(r[k]) for k in ("cluster", "cluster_standaard"))
    if r["onderdeel"] != "regel":
        return f"{opmaak.woord(r['onderdeel'])} {r['naam'].replace('_', ' ')} valt onder {naar} en niet onder {was}."
    naam = f"Regel “{opmaak.in_zin(opmaak.woord(r['naam']))}” ({eisen(r['eisen'])})"
    return {
        "nieuw": f"{naam} is nieuw en plaatst in {naar}.",
        "vervallen": f"{naam} vervalt; zij plaatste in {was}.",
        "andere_uitkomst": f"{naam} plaatst in {naar} en niet in {was}.",
        "andere_eisen": f"{naam} stelt andere eisen en plaatst in {naar}.",
        "andere_zekerheid": f"{naam} plaatst even zeker of minder zeker in {naar}.",
    }[r["wijziging"]]


_EISEN = (
    (r"heeft_(\w+) J", lambda m: f"vestiging met {opmaak.woord(m[1])}"),
    (r"heeft_(\w+) N", lambda m: f"vestiging zonder {opmaak.woord(m[1])}"),
    (r"traject_setting8 J", lambda m: "traject met een consult in setting 8"),
    (r"agb_vestiging_begint", lambda m: "AGB-code van de vestiging begint met"),
    (r"prestatietype ", lambda m: ""),
    (r"\|", lambda m: ", "),
)


def eisen(tekst: str | None) -> str:
    """What a rule asks of a prestatie, in words."""
    if not opmaak.bekend(tekst):
        return "alles wat over is"
    for patroon, woorden in _EISEN:
        tekst = re.sub(patroon, woorden, tekst)
    return opmaak.leesbaar(tekst)


def naast_elkaar(g: Gegevens, paar: Paar, gebied: str, maand: date) -> Blok:
    """Every figure that a definition moves, per cluster: both versions, and the difference with its sign."""
    df = g.tabel("definitie_verschil", **paar.filters, iza_regio=gebied, maand=maand)
    titel = f"{paar.naar} naast {paar.van}, {opmaak.regio(gebied)}"
    if df.empty:
        return Blok.leeg(
            f"naast-{paar}",
            titel,
            herkomst(g, "definitie_verschil"),
            h(waarom_niets(g, "definitie_verschil", gebied, maand)),
        )
    per = {r["cluster"]: r for r in df.to_dict("records")}
    kolommen = [*opmaak.clusters(), ALLE]
    rijen, alle = [], []
    for maat in CIJFERS.values():
        van = [cijfer(per.get(c), maat, "van") for c in kolommen]
        alle.extend(van)
        # persons do not add up: of the country there is no such figure
        if any(c.bekend or c.toestand != LEEG for c in van):
            rijen.append([h(f"{maat.naam} ({maat.eenheid})"), *[_cel(per.get(c), maat) for c in kolommen]])
    kop = ["Cijfer", *[opmaak.cluster(c) for c in kolommen]]
    return Blok(
        f"naast-{paar}-{gebied}-{maand:%Y-%m}",
        titel,
        f"{opmaak.maand(maand).capitalize()}. Links van de pijl {h(paar.van)}, rechts {h(paar.naar)}; eronder het verschil. "
        "Een totaal van tekort telt op wat elke regio en elk cluster tekortkomt."
        f"{' Personen tellen niet op, en staan er daarom alleen per regio en cluster.' if gebied == LANDELIJK else ''}",
        herkomst(g, "definitie_verschil", alle, maand),
        definities={m.naam: definitie("definitie_verschil", f"{m.code}_van") for m in CIJFERS.values()},
        data=df,
        inhoud=f'<div class="vol">{blok.tabel(kop, rijen)}</div>{blok.legenda()}',
    )


def _cel(rij: Mapping | None, maat: Maat) -> str:
    van, naar, verschil = (cijfer(rij, maat, kant) for kant in ("van", "naar", "verschil"))
    if not van.bekend:
        return blok.cijfer(van, maat.schrijf)
    if not verschil.waarde:
        return f'{blok.cijfer(van, maat.schrijf)}<div class="ten">gelijk</div>'
    beide = f"{blok.cijfer(van, maat.schrijf)}&nbsp;→&nbsp;{blok.cijfer(naar, maat.schrijf)}"
    return f'{beide}<div class="ten"><strong>{h(opmaak.verschil(verschil.waarde, maat.decimalen))}</strong></div>'


def per_regio(g: Gegevens, paar: Paar, code: str, cluster: str, maand: date) -> Blok:
    """One figure of one cluster in every region that may be seen: the largest difference first, the country at the top."""
    maat = CIJFERS[code]
    df = g.tabel("definitie_verschil", **paar.filters, cluster=cluster, maand=maand)
    titel = f"{maat.naam} per regio, {_laag(cluster)}"
    if df.empty:
        return Blok.leeg(f"regios-{paar}", titel, herkomst(g, "definitie_verschil"), "Niets te tonen.")
    records = df.to_dict("records")
    verschillen = {r["iza_regio"]: cijfer(r, maat, "verschil") for r in records}
    grootte = lambda r: abs(verschillen[r["iza_regio"]].waarde or 0)  # noqa: E731
    records.sort(key=lambda r: (r["iza_regio"] != LANDELIJK, -grootte(r), opmaak.regio(r["iza_regio"])))
    rijen = []
    for r in records:
        van, naar = (cijfer(r, maat, kant) for kant in ("van", "naar"))
        c = verschillen[r["iza_regio"]]
        teken = blok.cijfer(c, lambda x: opmaak.verschil(x, maat.decimalen) if x else "gelijk")
        rijen.append([h(opmaak.regio(r["iza_regio"])), *[blok.cijfer(x, maat.schrijf) for x in (van, naar)], teken])
    return Blok(
        f"regios-{paar}-{code}-{cluster}-{maand:%Y-%m}",
        titel,
        f"{opmaak.maand(maand).capitalize()}, {maat.eenheid}. Grootste verschil eerst.",
        herkomst(g, "definitie_verschil", list(verschillen.values()), maand),
        definities={maat.naam: definitie("definitie_verschil", f"{code}_van")},
        data=df,
        inhoud=blok.tabel(["Regio", paar.van, paar.naar, "Verschil"], rijen),
    )


def verloopblok(g: Gegevens, paar: Paar, gebied: str, cluster: str, code: str, maand: date) -> Blok:
    """One figure over the last two years, a line per version."""
    maat = CIJFERS[code]
    df = g.tabel("definitie_verschil", **paar.filters, iza_regio=gebied, cluster=cluster)
    titel = f"{maat.naam}, {_laag(cluster)}, {opmaak.regio(gebied)}"
    per = {pd.Timestamp(r["maand"]).date(): r for r in df.to_dict("records")}
    tijd = [m for m in sorted(per) if m <= maand][-24:]
    if not tijd:
        return Blok.leeg(f"verloop-{paar}-{code}", titel, herkomst(g, "definitie_verschil"), "Niets te tonen.")
    reeksen = [
        Reeks(
            naam, [replace(cijfer(per[m], maat, kant), maand=m) for m in tijd], grafiek.KLEUREN[i], grafiek.STREPEN[i]
        )
        for i, (naam, kant) in enumerate(((paar.van, "van"), (paar.naar, "naar")))
    ]
    return Blok(
        f"verloop-{paar}-{code}-{gebied}-{cluster}",
        titel,
        f"Per maand, {maat.eenheid}, onder beide versies.",
        herkomst(g, "definitie_verschil", [c for r in reeksen for c in r.punten]),
        lambda b, k: grafiek.lijn(reeksen, maat.schrijf, b, titel, k),
        ["Maand", *[r.naam for r in reeksen]],
        [
            [h(opmaak.maand_kort(m)), *[blok.cijfer(r.punten[i], maat.schrijf) for r in reeksen]]
            for i, m in enumerate(tijd)
        ][::-1],
        {maat.naam: definitie("definitie_verschil", f"{code}_van")},
        df,
        breed=540,
    )


def verplaatsingblok(g: Gegevens, paar: Paar, gebied: str, maat: str, maand: date) -> Blok:
    """What goes from which cluster to which, and by which rule, in the twelve months up to ``maand``."""
    df = g.tabel("definitie_verplaatsing_jaar", **paar.filters, iza_regio=gebied, maand=maand)
    titel = f"Wat gaat waarheen, en door welke regel? {MATEN[maat]}, {opmaak.regio(gebied)}"
    bron = herkomst(g, "definitie_verplaatsing_jaar", declaratiejaar(g, gebied, maand))
    if df.empty or not df[maat].any():
        waarom = f"Tussen deze twee versies verschuiven hier geen {opmaak.in_zin(MATEN[maat])}."
        return Blok.leeg(f"verplaatst-{paar}-{gebied}", titel, bron, waarom)
    records = df[df[maat] > 0].sort_values(maat, ascending=False).to_dict("records")
    uitkomsten = [r["cluster"] for r in seeds.lees("cluster")]
    links = [opmaak.cluster(c) for c in uitkomsten]
    rechts = {c: f"→ {opmaak.cluster(c)}" for c in uitkomsten}
    regels = list(dict.fromkeys(_regel(r["regel_naar"]) for r in records))
    stromen = [Stroom(opmaak.cluster(r["cluster_van"]), _regel(r["regel_naar"]), float(r[maat])) for r in records]
    stromen += [Stroom(_regel(r["regel_naar"]), rechts[r["cluster_naar"]], float(r[maat])) for r in records]
    kleur = dict(zip(uitkomsten, grafiek.VULLING, strict=False))
    kleuren = {naam: k for c, k in kleur.items() for naam in (opmaak.cluster(c), rechts[c])}
    return Blok(
        f"verplaatst-{paar}-{gebied}-{maat}-{maand:%Y-%m}",
        titel,
        f"12 maanden tot en met {opmaak.maand(maand)}. Links waar het onder {h(paar.van)} valt, rechts waar onder {h(paar.naar)}; "
        "in het midden de regel die het daar plaatst. Wat niet verschuift staat er niet in.",
        bron,
        lambda b, k: grafiek.sankey([links, regels, list(rechts.values())], stromen, b, titel, kleuren, {}),
        ["Van", "Regel nu", "Regel straks", "Naar", *MATEN.values(), "Vestigingen"],
        [
            [
                h(opmaak.cluster(r["cluster_van"])),
                h(opmaak.woord(r["regel_van"])),
                h(opmaak.woord(r["regel_naar"])),
                h(opmaak.cluster(r["cluster_naar"])),
                *[getal(r[k]) for k in (*MATEN, "vestigingen")],
            ]
            for r in records
        ],
        {"Verplaatsing": definitie("definitie_verplaatsing_jaar")},
        df,
        links=4,
        breed=1080,
    )


def _regel(code: str) -> str:
    return f"regel {opmaak.in_zin(opmaak.woord(code))}"


def geraakt(g: Gegevens, paar: Paar, gebied: str, maand: date) -> Blok:
    """The providers of which prestaties would fall elsewhere, those with most first."""
    waar = {} if gebied == LANDELIJK else {"iza_regio": gebied}
    df = g.tabel("definitie_aanbieder_jaar", **paar.filters, maand=maand, **waar)
    titel, bron = (
        "Welke aanbieders raakt het?",
        herkomst(g, "definitie_aanbieder_jaar", declaratiejaar(g, gebied, maand)),
    )
    if df.empty:
        waarom = "Geen aanbieder wordt geraakt, of dit is niet voor uw rol."
        return Blok.leeg(f"geraakt-{paar}-{gebied}", titel, bron, waarom)
    df = df.sort_values(["prestaties", "agb_vestiging"], ascending=[False, True])
    df.insert(0, "naam", [aanbieder.naam(agb) for agb in df["agb_vestiging"]])
    rijen = [
        [
            h(aanbieder.met_code(r["agb_vestiging"])),
            h(opmaak.regio(r["iza_regio"])),
            *[getal(r[k]) for k in MATEN],
            procent(r["deel_verplaatst"], 1),
        ]
        for r in df.head(MEESTE_VESTIGINGEN).to_dict("records")
    ]
    meer = f" Hier de {MEESTE_VESTIGINGEN} met de meeste; de download heeft ze alle {getal(len(df))}."
    return Blok(
        f"geraakt-{paar}-{gebied}-{maand:%Y-%m}",
        titel,
        f"Vestigingen met prestaties die onder {h(paar.naar)} anders vallen dan onder {h(paar.van)}, 12 maanden tot en met "
        f"{opmaak.maand(maand)}.{meer if len(df) > MEESTE_VESTIGINGEN else ''}",
        bron,
        definities={"Deel van alle prestaties": definitie("definitie_aanbieder_jaar", "deel_verplaatst")},
        data=df,
        inhoud=blok.tabel(["Vestiging", "Regio", *MATEN.values(), "Deel van alle prestaties"], rijen, links=2),
    )
