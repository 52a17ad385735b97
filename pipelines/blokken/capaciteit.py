"""Needed against available places per cluster."""

from datetime import date

from pipelines.blokken import blok, grafiek, opmaak
from pipelines.blokken.blok import Blok
from pipelines.blokken.cijfer import ONBEKEND, Cijfer, cel
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.grafiek import Staaf
from pipelines.blokken.metrieken import definitie, metrieken, zonder_rij
from pipelines.blokken.opmaak import getal, h
from pipelines.blokken.samenvatting import herkomst


def nodig(g: Gegevens, regio: str, maand: date) -> Blok:
    """Needed against available places per cluster, by both norms."""
    df = g.tabel("benodigde_capaciteit", iza_regio=regio, maand=maand)
    per_cluster = {r["cluster"]: r for r in df.to_dict("records")}
    bezetting, weigeren = opmaak.procent(opmaak.norm("bezettingsnorm")), opmaak.procent(opmaak.norm("blokkeringsnorm"))
    kolommen = {
        "aankomsten_per_dag": ("Aankomsten per dag", 2),
        "gemiddelde_duur_dagen": ("Gemiddelde duur (dagen)", 0),
        "belasting": ("Belasting (erlang)", 1),
        "benodigd_bezetting": (f"Nodig bij {bezetting} bezetting", 0),
        "benodigd_erlang": (f"Nodig bij {weigeren} weigeren", 0),
        "beschikbaar": ("Beschikbaar", 0),
        "tekort": ("Tekort", 0),
        "kans_vol": ("Kans op vol", None),
    }
    rijen, staven, cijfers = [], [], []
    for cluster in opmaak.clusters():
        per = {k: _cijfer(g, per_cluster.get(cluster), k, regio) for k in kolommen}
        rijen.append(
            [
                h(opmaak.cluster(cluster)),
                *[
                    blok.cijfer(per[k], metrieken()["tekort"].schrijf if k == "tekort" else schrijver(d))
                    for k, (_, d) in kolommen.items()
                ],
            ]
        )
        staven.append(Staaf(opmaak.cluster(cluster), per["beschikbaar"], nodig=per["benodigd_erlang"]))
        cijfers.extend(per.values())
    tabel = blok.tabel(["Cluster", *[n for n, _ in kolommen.values()]], rijen)
    return Blok(
        f"nodig-{regio}-{maand:%Y-%m}",
        f"Nodige en beschikbare capaciteit in {opmaak.maand(maand)}",
        "Uit aankomsten en duur van de laatste 12 maanden. Waar er meer zijn dan nodig staat ruimte.",
        herkomst(g, "benodigde_capaciteit", cijfers, maand),
        lambda b, k: grafiek.staven(staven, getal, min(b, 760), "Beschikbare en nodige plaatsen", k, hoogte=28),
        definities={n: definitie("benodigde_capaciteit", k) for k, (n, _) in kolommen.items()},
        data=df,
        inhoud=f'{tabel}<p class="vraag"><strong>Beschikbare plaatsen</strong>; het streepje is wat nodig is om hooguit {weigeren} te weigeren, wat ontbreekt is omlijnd.</p>',
    )


def schrijver(decimalen: int | None):
    return opmaak.procent if decimalen is None else lambda x: getal(x, decimalen)


def _cijfer(g: Gegevens, rij: dict | None, kolom: str, regio: str) -> Cijfer:
    """What follows from available places is unknown, not incomputable, where the beds were not delivered."""
    if not rij:
        return Cijfer(None, zonder_rij(g, regio))
    c = cel(rij, kolom)
    if kolom == "beschikbaar":
        return Cijfer(c.waarde, c.toestand if c.bekend else ONBEKEND)
    zonder_bedden = kolom in ("tekort", "kans_vol") and cel(rij, "beschikbaar").waarde is None
    return Cijfer(None, ONBEKEND) if zonder_bedden else c
