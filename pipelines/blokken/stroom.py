"""In- and outflow of a region as a Sankey diagram, and where people that came on came from."""

from datetime import date

from pipelines.blokken import blok, grafiek, opmaak
from pipelines.blokken.blok import Blok
from pipelines.blokken.cijfer import ONBEKEND, Cijfer, cel
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.grafiek import Stroom
from pipelines.blokken.metrieken import alle_metrieken, definitie, metrieken, van_gebied
from pipelines.blokken.opmaak import ALLE, getal, h
from pipelines.blokken.samenvatting import declaratiejaar, herkomst

# per column of the mart the name on the left and on the right; None is the cluster itself
_STROMEN = {
    "instroom_nieuw": ("Nieuw", None),
    "instroom_terugkeer": ("Terug binnen een jaar", None),
    "doorstroom_in": ("Doorstroom in", None),
    "uitstroom": (None, "Uitstroom"),
    "doorstroom_uit": (None, "Doorstroom uit"),
}


def sankeyblok(g: Gegevens, regio: str, maand: date, periode: int) -> Blok:
    """Who came in and went out of each cluster, in a month or a year."""
    wanneer = (
        f"in {opmaak.maand(maand)}" if periode == 1 else f"in de {periode} maanden tot en met {opmaak.maand(maand)}"
    )
    df = g.tabel("stroom_maand" if periode == 1 else "stroom_maand_jaar", iza_regio=regio, maand=maand)
    titel = f"Van instroom naar uitstroom {wanneer}"
    if df.empty:
        waarom = (
            "Van een andere regio staan alleen maandcijfers in de openbare versie."
            if periode > 1
            else "Niets te tonen."
        )
        return Blok.leeg(f"stroom-{regio}", titel, herkomst(g, "stroom_maand"), waarom)
    records = {r["cluster"]: r for r in df.to_dict("records")}
    stromen, rijen, cijfers = [], [], []
    for cluster in opmaak.clusters():
        naam = opmaak.cluster(cluster)
        per = {kolom: _cel(records.get(cluster), kolom, periode) for kolom in _STROMEN}
        stromen += [
            Stroom(van or naam, naar or naam, per[k].waarde) for k, (van, naar) in _STROMEN.items() if per[k].bekend
        ]
        rijen.append([h(naam), *[blok.cijfer(c, getal) for c in per.values()]])
        cijfers.extend(per.values())
    samen = _samen(g, regio, maand, records.get(ALLE), periode)
    links = [v for v, _ in _STROMEN.values() if v]
    rechts = [n for _, n in _STROMEN.values() if n]
    midden = [opmaak.cluster(c) for c in opmaak.clusters()]
    kleuren = dict(zip(midden, grafiek.VULLING, strict=False))
    onder = "Begonnen episodes links, beëindigde rechts; de breedte is het aantal. Doorstroom is van of naar een ander cluster of een andere regio."
    if periode > 1:
        onder += f" Over {next(iter(records.values()))['maanden']} van de {periode} maanden: die waarvan in- en uitstroom van elk cluster te bepalen zijn."
    definities = ("instroom", "doorstroom_in", "doorstroom_uit", "uitstroom")
    return Blok(
        f"stroom-{regio}-{maand:%Y-%m}-{periode}",
        titel,
        onder,
        herkomst(g, "stroom_maand", cijfers, maand),
        lambda b, k: grafiek.sankey([links, midden, rechts], stromen, b, f"Stroom {wanneer}", kleuren, samen),
        ["Cluster", "Nieuw", "Terug binnen een jaar", "Doorstroom in", "Uitstroom", "Doorstroom uit"],
        rijen,
        {metrieken()[c].naam: metrieken()[c].definitie() for c in definities},
        df,
        breed=1080,
    )


def _cel(rij: dict | None, kolom: str, periode: int) -> Cijfer:
    """A year leaves out the months that cannot be told; of a month it is said."""
    if periode > 1:
        return cel({"geleverd": True} | rij, kolom) if rij else Cijfer(None, ONBEKEND)
    return cel(rij, kolom, voorwaarde=alle_metrieken()[kolom].voorwaarde)


def _samen(g: Gegevens, regio: str, maand: date, rij: dict | None, periode: int) -> dict[str, float]:
    """The six clusters together, by the name of the flow."""
    if rij is None:
        df = van_gebied(g, "stroom_maand", regio, ALLE, maand=maand)
        rij = df.to_dict("records")[0] if len(df) else None
    per = {van or naar: _cel(rij, kolom, periode) for kolom, (van, naar) in _STROMEN.items() if rij}
    return {naam: c.waarde for naam, c in per.items() if c.bekend}


def doorstroomblok(g: Gegevens, regio: str, maand: date) -> Blok:
    """From which cluster and region people came on to a cluster of this region, in the year up to ``maand``."""
    df = g.tabel("doorstroom_matrix_jaar", naar_regio=regio, maand=maand)
    aantallen = {(r["van_cluster"], r["van_elders"], r["naar_cluster"]): r["aantal"] for r in df.to_dict("records")}
    naar = opmaak.clusters()
    rijen = []
    for van, elders in [(c, False) for c in naar] + [(c, True) for c in naar]:
        tellingen = [aantallen.get((van, elders, c), 0) for c in naar]
        if any(tellingen):
            top = max(tellingen)
            naam = f"{opmaak.cluster(van)}, {'andere' if elders else 'deze'} regio"
            rijen.append([h(naam), *[f"<strong>{getal(t)}</strong>" if t == top else getal(t) for t in tellingen]])
    kop = ["Van \\ naar", *[opmaak.cluster(c) for c in naar]]
    return Blok(
        f"doorstroom-{regio}-{maand:%Y-%m}",
        f"Waar komt de doorstroom vandaan? 12 maanden tot en met {opmaak.maand(maand)}",
        "Episodes die begonnen binnen 30 dagen na, of tijdens, zorg in een ander cluster of een andere regio.",
        herkomst(g, "doorstroom_matrix", declaratiejaar(g, regio, maand), maand),
        definities={"Doorstroom": definitie("doorstroom_matrix", "aantal") or definitie("doorstroom_matrix")},
        data=df,
        inhoud=blok.tabel(kop, rijen) if rijen else "<p>Geen doorstroom in deze periode, of niet voor u te zien.</p>",
    )
