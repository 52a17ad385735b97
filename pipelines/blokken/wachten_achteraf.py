"""Waits counted back from the claims: of who began treatment in a month, how long that took since the referral.

Belongs here: the block and its words. Does not belong here: the figures, which stand in mart ``wachttijd_retrospectief``.
"""

from datetime import date

from pipelines.blokken import blok, grafiek, opmaak
from pipelines.blokken.blok import Blok
from pipelines.blokken.cijfer import Cijfer, cel
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.grafiek import Verdeling
from pipelines.blokken.metrieken import definitie, waarom_niets
from pipelines.blokken.opmaak import getal, h
from pipelines.blokken.samenvatting import herkomst

MART = "wachttijd_retrospectief"
KOLOMMEN = {
    "trajecten": "Begonnen behandelingen",
    "mediaan_weken": "Mediaan (weken)",
    "gemiddeld_weken": "Gemiddeld (weken)",
    "p90_weken": "Negen van de tien binnen (weken)",
    "boven_treeknorm": "Boven Treeknorm (behandelingen)",
    "zonder_verwijsdatum": "Zonder verwijsdatum (behandelingen)",
}


def achteraf(g: Gegevens, regio: str, maand: date) -> Blok:
    """Per cluster the wait of those who began, its spread with it."""
    sleutel, titel = (
        f"achteraf-{regio}-{maand:%Y-%m}",
        f"Wachttijd volgens de declaraties, begonnen in {opmaak.maand(maand)}",
    )
    df = g.tabel(MART, iza_regio=regio, maand=maand)
    if df.empty:
        return Blok.leeg(sleutel, titel, herkomst(g, MART), h(waarom_niets(g, MART, regio, maand)))
    per = {r["cluster"]: r for r in df.to_dict("records")}
    rijen, cijfers, staven = [], [], []
    for cluster in (c for c in opmaak.clusters() if c in per):
        cellen = {k: cel(per[cluster], k, maand) for k in KOLOMMEN}
        cijfers.extend(cellen.values())
        verdeeld = (cellen[k] for k in ("mediaan_weken", "gemiddeld_weken", "p90_weken"))
        staven.append(
            Verdeling(opmaak.cluster(cluster), *verdeeld, _boven(cellen["boven_treeknorm"], cellen["trajecten"]))
        )
        rijen.append([h(opmaak.cluster(cluster)), *[blok.cijfer(c, _schrijf(k)) for k, c in cellen.items()]])
    tree = opmaak.treeknorm_weken("totaal")
    return Blok(
        sleutel,
        titel,
        f"Van wie in {h(opmaak.regio(regio))} begon: van verwijzing tot eerste behandeling. Wie nog wacht of afhaakte telt hier niet mee; "
        "daarom is dit een ander getal dan dat van de wachtlijst.",
        herkomst(g, MART, cijfers, maand),
        lambda b, k: grafiek.spreiding(
            staven, _schrijf("weken"), b, titel, k, [(f"Treeknorm {getal(tree)} weken", tree)]
        ),
        definities={naam: definitie(MART, kolom) for kolom, naam in KOLOMMEN.items()},
        data=df,
        inhoud=blok.tabel(["Cluster", *KOLOMMEN.values()], rijen),
    )


def _boven(boven: Cijfer, alle: Cijfer) -> str:
    return f"{getal(boven.waarde)} van {getal(alle.waarde)} boven de Treeknorm" if boven.bekend and alle.bekend else ""


def _schrijf(kolom: str):
    return lambda x: getal(x, 1 if kolom.endswith("weken") else 0)
