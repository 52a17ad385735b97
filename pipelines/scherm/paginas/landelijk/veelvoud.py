"""Small multiples: a line per region."""

from datetime import date

from pipelines.blokken import blok, grafiek, opmaak
from pipelines.blokken.blok import Blok
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.kaart import alle_regios, titel_van
from pipelines.blokken.metrieken import Stand, maanden
from pipelines.blokken.opmaak import h
from pipelines.blokken.samenvatting import herkomst
from pipelines.scherm import plaats
from pipelines.scherm.paginas.landelijk import keuzes


def toon(g: Gegevens) -> None:
    s, cluster, maand = keuzes.metriek_cluster_maand(g)
    plaats.blok(veelvoud(g, s, cluster, maand))


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
        titel_van(s, cluster, maand),
        f"{_periode(g, maand)}, elke regio op haar eigen schaal vanaf nul; het cijfer is dat van de gekozen maand.",
        herkomst(g, s.metriek.mart, alle, maand),
        None,
        kop,
        rijen,
        {s.metriek.naam: s.metriek.definitie()},
        alle_regios(s, cluster, maand),
        inhoud=f'<div class="veelvoud">{"".join(delen)}</div>',
    )


def _periode(g: Gegevens, maand: date) -> str:
    """The months that the lines cover, which are fewer than two years where the figures are younger."""
    gezien = [m for m in maanden(g) if m <= maand][-24:]
    return f"{opmaak.maand(gezien[0])} tot en met {opmaak.maand(maand)}".capitalize()
