"""Needed against available places per cluster."""

from datetime import date

from pipelines.blokken import blok, grafiek, opmaak
from pipelines.blokken.blok import Blok
from pipelines.blokken.cijfer import LEEG, ONBEKEND, Cijfer, cel
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.grafiek import Staaf
from pipelines.blokken.metrieken import definitie, metrieken, zonder_rij
from pipelines.blokken.opmaak import getal, h
from pipelines.blokken.samenvatting import herkomst

SOORTEN = {"bed": "bedden", "ambulante_plek": "ambulante plaatsen"}


def nodig(g: Gegevens, regio: str, maand: date) -> Blok:
    """Needed against available places, per cluster and kind of place."""
    df = g.tabel("benodigde_capaciteit", iza_regio=regio, maand=maand)
    per_cel = {(r["cluster"], r["capaciteit_type"]): r for r in df.to_dict("records")}
    kolommen = {
        "bezet": ("In gebruik", 1),
        "onvervuld": ("Geweigerd of in de rij", 1),
        "uitgesteld": ("Kan al weg", 1),
        "benodigd": ("Nodig", 0),
        "beschikbaar": ("Beschikbaar", 0),
        "tekort": ("Tekort", 0),
    }
    rijen, staven, cijfers = [], [], []
    bekend = [(c, s) for c in opmaak.clusters() for s in SOORTEN if (c, s) in per_cel]
    for cluster, soort in bekend or [(c, "bed") for c in opmaak.clusters()]:
        naam = f"{opmaak.cluster(cluster)} ({SOORTEN[soort]})"
        per = {k: _cijfer(g, per_cel.get((cluster, soort)), k, regio) for k in kolommen}
        rijen.append(
            [
                h(naam),
                *[
                    blok.cijfer(per[k], metrieken()["tekort"].schrijf if k == "tekort" else schrijver(d))
                    for k, (_, d) in kolommen.items()
                ],
            ]
        )
        staven.append(Staaf(naam, per["beschikbaar"], nodig=per["benodigd"]))
        cijfers.extend(per.values())
    tabel = blok.tabel(["Cluster", *[n for n, _ in kolommen.values()]], rijen)
    return Blok(
        f"nodig-{regio}-{maand:%Y-%m}",
        f"Nodige en beschikbare capaciteit in {opmaak.maand(maand)}",
        "Uit bedden en wachtlijst van de laatste 12 maanden. Waar er meer zijn dan nodig staat ruimte.",
        herkomst(g, "benodigde_capaciteit", cijfers, maand),
        lambda b, k: grafiek.staven(staven, getal, min(b, 760), "Beschikbare en nodige plaatsen", k, hoogte=28),
        definities={n: definitie("benodigde_capaciteit", k) for k, (n, _) in kolommen.items()},
        data=df,
        inhoud=f'{tabel}<p class="vraag"><strong>Beschikbare plaatsen</strong>; het streepje is wat nodig is, wat ontbreekt is omlijnd.</p>',
    )


def schrijver(decimalen: int | None):
    return opmaak.procent if decimalen is None else lambda x: getal(x, decimalen)


def _cijfer(g: Gegevens, rij: dict | None, kolom: str, regio: str) -> Cijfer:
    """What rests on beds is unknown, not incomputable, where they were not delivered."""
    if not rij:
        return Cijfer(None, zonder_rij(g, regio))
    c = cel(rij, kolom)
    return Cijfer(None, ONBEKEND) if kolom != "onvervuld" and c.toestand == LEEG else c
