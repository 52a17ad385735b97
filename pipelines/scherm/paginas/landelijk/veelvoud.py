"""Small multiples: a line per region."""

from datetime import date

from pipelines.scherm import blok, grafiek, opmaak
from pipelines.scherm.blok import Blok
from pipelines.scherm.gegevens import Gegevens
from pipelines.scherm.metrieken import Stand, maanden
from pipelines.scherm.opmaak import h
from pipelines.scherm.paginas.landelijk import keuzes
from pipelines.scherm.samenvatting import herkomst


def toon(g: Gegevens) -> None:
    s, cluster, maand = keuzes.metriek_cluster_maand(g)
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
        keuzes.titel(s, cluster, maand),
        "Laatste twee jaar, elke regio op haar eigen schaal vanaf nul; het cijfer is dat van de gekozen maand.",
        herkomst(g, s.metriek.mart, alle, maand),
        None,
        kop,
        rijen,
        {s.metriek.naam: s.metriek.definitie()},
        keuzes.alle_regios(s, cluster, maand),
        inhoud=f'<div class="veelvoud">{"".join(delen)}</div>',
    )
