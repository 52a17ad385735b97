"""Who leads the transfermechanisme, and who refuses on what criterion: providers of a region, with their names.

Belongs here: the marts ``transfermechanisme``, ``exclusie_maand`` and ``exclusie_jaar``. Does not belong here: names (``aanbieder``).
"""

from datetime import date

from pipelines.blokken import aanbieder, blok, grafiek, opmaak
from pipelines.blokken.blok import Blok
from pipelines.blokken.cijfer import BEKEND, Cijfer
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.grafiek import Staaf
from pipelines.blokken.metrieken import definitie, waarom_niets
from pipelines.blokken.opmaak import getal, h
from pipelines.blokken.samenvatting import herkomst

_KOLOMMEN = {
    "boven_treeknorm": "Boven Treeknorm",
    "overschrijding_weken": "Weken te lang, samen",
    "wachtplekken": "Wachtplekken",
    "unieke_wachtenden": "Personen",
}


def leider(g: Gegevens, regio: str, maand: date) -> str | None:
    """The sentence that names the leader of a region; None where there is no list, or nothing may be seen."""
    eerste = g.tabel("transfermechanisme", iza_regio=regio, maand=maand, rang=1).to_dict("records")
    if not eerste:
        return None
    r = eerste[0]
    if not r["boven_treeknorm"]:
        return f"In {opmaak.maand(maand)} heeft geen aanbieder in {opmaak.regio(regio)} wachtplekken boven de norm van 14 weken: er is niets te leiden."
    plekken = "wachtplek" if r["boven_treeknorm"] == 1 else "wachtplekken"
    return (
        f"In {opmaak.maand(maand)} leidt {aanbieder.naam(r['aanbieder'])} het transfermechanisme in {opmaak.regio(regio)}: "
        f"{getal(r['boven_treeknorm'])} {plekken} boven de norm van 14 weken, samen {getal(r['overschrijding_weken'])} weken te lang."
    )


def transferblok(g: Gegevens, regio: str, maand: date) -> Blok:
    """The leader in words, and the providers in the order of their excess."""
    df = g.tabel("transfermechanisme", iza_regio=regio, maand=maand)
    titel, bron = "Wie leidt het transfermechanisme?", herkomst(g, "transfermechanisme")
    zin = leider(g, regio, maand)
    if zin is None:
        return Blok.leeg(f"transfer-{regio}", titel, bron, h(waarom_niets(g, "transfermechanisme", regio, maand)))
    df = df.sort_values("rang")
    df.insert(0, "naam", [aanbieder.naam(code) for code in df["aanbieder"]])
    rijen = [
        [f"{r['rang']}. {h(aanbieder.met_code(r['aanbieder']))}", *[getal(r[k]) for k in _KOLOMMEN]]
        for r in df.to_dict("records")
    ]
    return Blok(
        f"transfer-{regio}-{maand:%Y-%m}",
        titel,
        "De aanbieder met de meeste wachtplekken boven de norm leidt, over al haar vestigingen en de zes clusters samen (Actieplan wachttijden 2021).",
        herkomst(g, "transfermechanisme", [Cijfer(float(n), BEKEND) for n in df["wachtplekken"]], maand),
        definities={naam: definitie("transfermechanisme", k) for k, naam in (_KOLOMMEN | {"rang": "Rang"}).items()},
        data=df,
        inhoud=f'<p class="kort"><strong>{h(zin)}</strong></p>{blok.tabel(["Aanbieder", *_KOLOMMEN.values()], rijen)}',
    )


def exclusieblok(g: Gegevens, regio: str, maand: date) -> Blok:
    """On what criterion people were refused in a year, and after an intake or before."""
    df = g.tabel("exclusie_jaar", iza_regio=regio, maand=maand)
    titel, bron = "Op welk criterium wordt geweigerd?", herkomst(g, "exclusie_jaar")
    if df.empty:
        mag = g.heeft("exclusie_jaar") and (g.wie.ziet_alles or g.wie.iza_regio == regio)
        geen = "In deze twaalf maanden is geen weigering gemeld, of er is geen wachtlijst geleverd."
        return Blok.leeg(
            f"exclusie-{regio}", titel, bron, geen if mag else h(waarom_niets(g, "exclusie_jaar", regio, maand))
        )
    records = df.sort_values(["aantal", "exclusiecriterium"], ascending=[False, True]).to_dict("records")
    staven = [Staaf(opmaak.woord(r["exclusiecriterium"]), Cijfer(float(r["aantal"]), BEKEND)) for r in records]
    return Blok(
        f"exclusie-{regio}-{maand:%Y-%m}",
        titel,
        f"Wachtplekken die in de 12 maanden tot en met {opmaak.maand(maand)} eindigden met een weigering, ook buiten de zes clusters.",
        herkomst(g, "exclusie_jaar", [s.cijfer for s in staven], maand),
        lambda b, k: grafiek.staven(staven, getal, min(b, 520), titel, k),
        ["Criterium", "Geweigerd", "Waarvan na een intake"],
        [[h(opmaak.woord(r["exclusiecriterium"])), getal(r["aantal"]), getal(r["na_intake"])] for r in records],
        {
            "Criterium": definitie("exclusie_jaar", "exclusiecriterium"),
            "Na intake": definitie("exclusie_jaar", "na_intake"),
        },
        df,
        breed=520,
    )


def weigeringblok(g: Gegevens, regio: str, maand: date) -> Blok:
    """Refusals by location: for the own region and the stewards alone."""
    titel, bron = "Wie weigerde, en op welk criterium?", herkomst(g, "exclusie_maand")
    if not (g.wie.is_steward or g.wie.iza_regio == regio):
        waarom = "Weigeringen per vestiging zijn er voor de eigen regiotafel en de datastewards; hiernaast staan zij voor de regio samen."
        return Blok.leeg(f"weigering-{regio}", titel, bron, waarom)
    df = g.tabel("exclusie_maand", iza_regio=regio, maand=maand)
    if df.empty:
        waarom = f"In {opmaak.maand(maand)} is geen weigering gemeld, of er is geen wachtlijst geleverd."
        return Blok.leeg(f"weigering-{regio}", titel, bron, waarom)
    df = df.sort_values(
        ["aantal", "agb_vestiging", "cluster", "exclusiecriterium"], ascending=[False, True, True, True]
    )
    df.insert(0, "naam", [aanbieder.naam(agb) for agb in df["agb_vestiging"]])
    rijen = [
        [
            h(aanbieder.met_code(r["agb_vestiging"])),
            h(opmaak.cluster(r["cluster"])),
            h(opmaak.woord(r["exclusiecriterium"])),
            getal(r["aantal"]),
            getal(r["na_intake"]),
        ]
        for r in df.to_dict("records")
    ]
    return Blok(
        f"weigering-{regio}-{maand:%Y-%m}",
        titel,
        f"Weigeringen in {opmaak.maand(maand)}, per vestiging en cluster.",
        herkomst(g, "exclusie_maand", [Cijfer(float(n), BEKEND) for n in df["aantal"]], maand),
        definities={"Weigering": definitie("exclusie_maand")},
        data=df,
        inhoud=blok.tabel(["Vestiging", "Cluster", "Criterium", "Geweigerd", "Na intake"], rijen, links=3),
    )
