"""Where people go: what they wait for beside the free places of that kind, what followed, how long they stayed, who came back.

Belongs here: the marts ``bestemming_capaciteit``, ``uitstroom_bestemming`` and ``verblijfsduur``. Does not belong here: days that
somebody stayed too long, by reason (``uitgesteld``).
"""

from datetime import date

from pipelines.blokken import blok, grafiek, opmaak
from pipelines.blokken.blok import Blok
from pipelines.blokken.cijfer import BEKEND, LEEG, ONBEKEND, Cijfer, cel
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.grafiek import Staaf
from pipelines.blokken.metrieken import definitie, maanden, stand, waarom_niets
from pipelines.blokken.opmaak import ALLE, LANDELIJK, getal, h, procent
from pipelines.blokken.samenvatting import declaratiejaar, herkomst

_BESTEMMINGEN = {
    "beschermd_wonen": "Beschermd wonen",
    "wlz": "Een plek in de Wlz",
    "forensisch": "Een forensische plek",
    "woning": "Een eigen woning",
    "andere_ggz": "Andere ggz",
    "overig": "Iets anders",
}


def bestemmingblok(g: Gegevens, regio: str, maand: date) -> Blok:
    """What those who could leave wait for, beside the places of that kind in the region that stand free."""
    df = g.tabel("bestemming_capaciteit", iza_regio=regio, maand=maand)
    titel, bron = "Waarop wordt gewacht, en is daar plaats?", herkomst(g, "bestemming_capaciteit")
    if df.empty:
        return Blok.leeg(f"bestemming-{regio}", titel, bron, h(waarom_niets(g, "bestemming_capaciteit", regio, maand)))
    per = {r["bestemming"]: r | {"geleverd": True} for r in df.to_dict("records")}
    namen = {"uitgesteld": "Wachten erop", "operationeel": "Plaatsen", "bezet": "In gebruik", "vrij": "Vrij"}
    rijen, staven, cijfers = [], [], []
    for code, naam in _BESTEMMINGEN.items():
        van = {k: cel(per.get(code), k) for k in namen}
        cijfers.extend(van.values())
        rijen.append([h(naam), *[blok.cijfer(c, lambda x: getal(x, 1)) for c in van.values()]])
        staven.append(Staaf(f"{naam}: wacht", van["uitgesteld"], nadruk=True))
        if van["operationeel"].bekend:
            staven.append(Staaf(f"{naam}: vrij", van["vrij"]))
    return Blok(
        f"bestemming-{regio}-{maand:%Y-%m}",
        titel,
        f"{opmaak.maand(maand).capitalize()}, in plaatsen per dag: wie weg kan en niet weg komt (Zvw), en wat er van die soort in "
        f"{h(opmaak.regio(regio))} is opgegeven.",
        herkomst(g, "bestemming_capaciteit", cijfers, maand),
        lambda b, k: grafiek.staven(staven, lambda x: getal(x, 1), min(b, 760), titel, k, hoogte=26),
        definities={naam: definitie("bestemming_capaciteit", k) for k, naam in namen.items()},
        data=df,
        inhoud=f"{blok.tabel(['Waarop', *namen.values()], rijen)}"
        '<p class="onder">n.v.t. bij plaatsen: van deze soort is in de regio niets opgegeven, of een opgave van plaatsen bestaat er '
        "niet voor (een woning). Dat is iets anders dan nul vrij.</p>",
    )


_VERVOLG = {"wlz": "Wlz", "wmo": "Wmo", "wfz": "Wfz", "ggz_niet_cruciaal": "Ggz, niet cruciaal", "geen": "Geen vervolg"}


def vervolgblok(g: Gegevens, regio: str, maand: date) -> Blok:
    """What followed on the episodes that ended in a month, per cluster; a cell without a row is zero where claims were delivered.

    Of the newest month up to ``maand`` of which the outflow of every cluster can be told.
    """
    bepaald = [c.maand for c in stand(g, "uitstroom").reeks(regio, ALLE, maand) if c.bekend]
    maand = bepaald[-1] if bepaald else maand
    df = g.tabel("uitstroom_bestemming", iza_regio=regio, maand=maand)
    stroom = {r["cluster"]: r for r in g.tabel("stroom_maand", iza_regio=regio, maand=maand).to_dict("records")}
    titel, bron = "Waar gingen mensen heen?", herkomst(g, "uitstroom_bestemming")
    mag = g.heeft("uitstroom_bestemming") and (g.wie.ziet_alles or g.wie.iza_regio == regio)
    if not mag or not stroom:
        return Blok.leeg(f"vervolg-{regio}", titel, bron, h(waarom_niets(g, "uitstroom_bestemming", regio, maand)))
    aantal = {(r["cluster"], r["vervolg"]): float(r["aantal"]) for r in df.to_dict("records")}
    rijen, alle = [], []
    for cluster in opmaak.clusters():
        geheel = cel(stroom.get(cluster), "uitstroom", voorwaarde="uitstroom_bepaald")
        cijfers = [
            Cijfer(aantal.get((cluster, v), 0.0), BEKEND, geheel.voorlopig) if geheel.bekend else geheel
            for v in _VERVOLG
        ]
        alle.extend(cijfers)
        rijen.append([h(opmaak.cluster(cluster)), *[blok.cijfer(c, getal) for c in (*cijfers, geheel)]])
    return Blok(
        f"vervolg-{regio}-{maand:%Y-%m}",
        titel,
        f"Episodes die in {opmaak.maand(maand)} eindigden zonder vervolg in de zes clusters, naar de zorg die binnen 90 dagen volgde. "
        "Dit is de laatste maand waarvan de uitstroom van elk cluster te bepalen is.",
        herkomst(g, "uitstroom_bestemming", alle, maand),
        definities={
            "Vervolg": definitie("uitstroom_bestemming", "vervolg"),
            "Aantal": definitie("uitstroom_bestemming", "aantal"),
        },
        data=df,
        inhoud=blok.tabel(["Cluster", *_VERVOLG.values(), "Uitstroom"], rijen),
    )


JAAR = 12  # months
_VERBLIJF = {
    "episodes": ("Episodes", getal),
    "mediaan_dagen": ("Helft korter dan (dagen)", getal),
    "p90_dagen": ("9 van de 10 korter dan (dagen)", getal),
    "aandeel_langer_dan_jaar": ("Nu langer dan een jaar", lambda x: procent(x, 1)),
    "terug_binnen_30d": ("Terug binnen 30 dagen", lambda x: procent(x, 1)),
    "terug_binnen_90d": ("Terug binnen 90 dagen", lambda x: procent(x, 1)),
}


def verblijfblok(g: Gegevens, regio: str, maand: date) -> Blok:
    """How long people stay per cluster, and who comes back; beneath each region the country, where it may be seen."""
    df = g.tabel("verblijfsduur", iza_regio=[regio, LANDELIJK], maand=maand)
    titel, bron = "Hoe lang blijven mensen, en wie komt terug?", herkomst(g, "verblijfsduur")
    if df.empty:
        return Blok.leeg(f"verblijf-{regio}", titel, bron, h(waarom_niets(g, "verblijfsduur", regio, maand)))
    per = {(r["iza_regio"], r["cluster"]): r for r in df.to_dict("records")}
    # who was in care when the series began is not seen to be there longer
    kort = len([m for m in maanden(g) if m <= maand]) <= JAAR
    rijen, alle = [], []
    for cluster in opmaak.clusters():
        for gebied in (regio, LANDELIJK):
            rij = per.get((gebied, cluster))
            if rij is None:
                continue
            cijfers = [_verblijf(rij, k, kort) for k in _VERBLIJF]
            alle.extend(cijfers)
            naam = opmaak.cluster(cluster) if gebied == regio else f"{opmaak.cluster(cluster)}, Nederland"
            schrijvers = [schrijf for _, schrijf in _VERBLIJF.values()]
            rijen.append([h(naam), *[blok.cijfer(c, s) for c, s in zip(cijfers, schrijvers, strict=True)]])
    return Blok(
        f"verblijf-{regio}-{maand:%Y-%m}",
        titel,
        f"Over de 12 maanden tot en met {opmaak.maand(maand)}; wie nog in zorg is telt mee tot waar zij is (Kaplan-Meier).",
        herkomst(g, "verblijfsduur", declaratiejaar(g, regio, maand), maand),
        definities={naam: definitie("verblijfsduur", k) for k, (naam, _) in _VERBLIJF.items()},
        data=df,
        inhoud=f'<div class="vol">{blok.tabel(["Cluster", *[naam for naam, _ in _VERBLIJF.values()]], rijen)}</div>',
    )


def _verblijf(rij: dict, kolom: str, kort: bool) -> Cijfer:
    """Unknown where claims were not delivered; a median that is not reached, no return to be seen, or a year in a series that is
    no longer than that (``kort``) cannot be computed."""
    if not rij["geleverd"]:
        return Cijfer(None, ONBEKEND)
    c = cel(rij, kolom)
    return Cijfer(None, LEEG) if not c.bekend or kort and kolom == "aandeel_langer_dan_jaar" else c
