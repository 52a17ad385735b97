"""The first view of a region: what stands out in sentences, and the six clusters at a glance."""

from datetime import date

import pandas as pd

from pipelines.blokken import beweging, blok, grafiek, opmaak, samenvatting
from pipelines.blokken.blok import Blok
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.metrieken import metrieken, stand
from pipelines.blokken.naast_elkaar import KERN, naast_anderen
from pipelines.blokken.opmaak import ALLE, LANDELIJK, h
from pipelines.fundament.maand import schrijf
from pipelines.scherm import plaats

_KOLOMMEN = (
    "bezetting_bedden",
    "bezetting_ambulant",
    "stand_eind",
    "instroom",
    "doorstroom_in",
    "doorstroom_uit",
    "uitstroom",
    "wachtplekken",
    "boven_treeknorm",
    "tekort",
)


def toon(g: Gegevens, regio: str, maand: date) -> None:
    plaats.html(in_het_kort(g, regio, maand), "kort")
    plaats.blok(zes_clusters(g, regio, maand))
    if regio != LANDELIJK:
        plaats.blok(naast_anderen(g, regio, [], ALLE, maand, KERN))


def in_het_kort(g: Gegevens, regio: str, maand: date) -> str:
    """The sentences of the summary with what is uncertain, as HTML."""
    punten = blok.punten(samenvatting.kernpunten(g, regio, maand))
    return (
        f'<div class="kort"><h2>{h(opmaak.regio(regio))} in {opmaak.maand(maand)}</h2>'
        f"{punten or '<p>Over deze maand is niets geleverd.</p>'}"
        f'<p class="vraag"><strong>Hoe zeker is dit?</strong></p>{blok.punten(samenvatting.zekerheid(g, regio, maand))}{_gemis(g, regio, maand)}</div>'
    )


def _gemis(g: Gegevens, regio: str, maand: date) -> str:
    """The way to the page on what these figures lack, where there is one for this reader."""
    if not g.heeft("gemis"):
        return ""
    adres = f"datakwaliteit?kwaliteit_onderwerp=gemis&amp;gemisregio={h(regio)}&amp;gemismaand={schrijf(maand)}"
    return f'<p><a href="{adres}" target="_self">Wat er aan deze cijfers ontbreekt, het zwaarste eerst</a></p>'


def zes_clusters(g: Gegevens, regio: str, maand: date) -> Blok:
    """The table with ten figures for each of the six clusters, their trend and their change in three months."""
    dekking = samenvatting.dekking(g, regio, maand)
    koppen = "".join(f"<th scope=col>{h(metrieken()[c].naam)}</th>" for c in _KOLOMMEN)
    rijen = [*opmaak.clusters(), ALLE]
    regels = "".join(
        f'<tr{" class=samen" if cluster == ALLE else ""}><th scope="row">{h(opmaak.cluster(cluster))}</th>'
        f"{''.join(_cel(g, code, regio, cluster, maand) for code in _KOLOMMEN)}</tr>"
        for cluster in rijen
    )
    return Blok(
        f"zes-clusters-{regio}-{maand:%Y-%m}",
        "De zes clusters in één oogopslag",
        f"Lijntje: de laatste 12 maanden. Daaronder het verschil met drie maanden eerder{', over de regio’s die aan beide kanten leverden' if regio == LANDELIJK else ''}. ▲ is boven de norm, of een tekort; rood is slechter dan het cijfer van maand tot maand gewoonlijk beweegt.{dekking}",
        samenvatting.herkomst(g, "alles", [stand(g, k).bij(maand, regio, c) for c in rijen for k in _KOLOMMEN], maand),
        definities={metrieken()[c].naam: metrieken()[c].definitie() for c in _KOLOMMEN},
        data=pd.DataFrame([stand(g, k).regel(maand, regio, c) for c in rijen for k in _KOLOMMEN]),
        inhoud=f'<table class="overzicht"><thead><tr><th scope="col">Cluster</th>{koppen}</tr></thead><tbody>{regels}</tbody></table>'
        + blok.legenda(),
    )


def _cel(g: Gegevens, code: str, regio: str, cluster: str, maand: date) -> str:
    s = stand(g, code)
    m, c = s.metriek, s.bij(maand, regio, cluster)
    vonk = grafiek.vonk(s.reeks(regio, cluster, maand, 12), 78, 24) if c.bekend else ""
    d = s.verandering(maand, regio, cluster)
    boven = m.boven(c)
    ten = ""
    if d is not None:
        slechter = " slechter" if beweging.verslechterde(g, m, regio, cluster, maand, d) else ""
        ten = f'<div class="ten{slechter}">{h(m.schrijf_verschil(d))}</div>'
    klasse = ' class="boven-norm"' if boven else ""
    return (
        f'<td{klasse}><span class="etiket">{h(m.naam)}</span>'
        f'<span class="w">{blok.cijfer(c, lambda x: m.schrijf(x, kort=True))}</span>{vonk}{ten}</td>'
    )
