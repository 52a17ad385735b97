"""The quarterly report under another version of the definition: what that version moves, and what does not exist under it.

Belongs here: which figures stand under a version and saying on every page that it is not the default. Does not belong here: the
ordinary report (``inhoud``), and comparing versions (``pipelines.blokken.definities``).
"""

from datetime import date, datetime

from pipelines.blokken import blok, opmaak, samenvatting
from pipelines.blokken import definities as versies
from pipelines.blokken.definities import CIJFERS, Paar
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.metrieken import definitie, maanden
from pipelines.blokken.niet import zegt_niet
from pipelines.blokken.opmaak import ALLE, LANDELIJK, h
from pipelines.rapport.inhoud import Kwartaal, als_pagina, laatste_bekende, op_papier

_TEGELS = ("stand_eind", "instroom", "wachtplekken", "tekort")
_ALLEEN_STANDAARD = {
    "Bezettingsgraad en norm": "bedden en bezette dagen staan er per versie, beschikbare dagen niet",
    "Wachttijd in weken, Treeknorm en IZA-doel": "per versie worden wachtplekken geteld, geen wachttijden berekend",
    "Brandpunten": "die vergelijken met normen, en met cijfers die per versie ontbreken",
    "Verandering in drie maanden": "die volgt leveranciers door de tijd, onder de standaard",
    "De waterval van nodig en beschikbaar": "per versie staan alleen nodig, beschikbaar en tekort er, niet hun delen",
    "De jaren vooruit en de afspraken": "die zijn voorspeld en gemaakt onder de standaard",
    "Redenen van uitgestelde dagen": "per versie staat alleen hun som er",
    "De stroom van een jaar": "per versie staan de maanden er, en geen nieuw of terug binnen een jaar",
    "Herkomst van patiënten": "die telt de zes clusters van de standaard",
    "Wie het transfermechanisme leidt": "dat volgt uit wachttijden in de zes clusters van de standaard",
    "Personen voor meer clusters of regio's samen": "wie in twee clusters is telt in elk; per versie is er geen ontdubbeling",
}
"""What the ordinary report has and this one cannot have, and why."""


class OnbekendeVersie(Exception):
    """A version that was not built; the message lists those that were."""


def paar(g: Gegevens, versie: str) -> Paar | None:
    """The default with ``versie`` beside it; None where ``versie`` is the default. Raises OnbekendeVersie."""
    alle = versies.paren(g, maanden(g)[-1]) if maanden(g) else []
    standaard = versies.standaard()
    met_standaard = {p.naar: p for p in alle if p.van == standaard}
    if versie == standaard:
        return None
    if versie not in met_standaard:
        namen = opmaak.opsom([f"{standaard} (de standaard)", *sorted(met_standaard)])
        raise OnbekendeVersie(
            f"versie {versie!r} is niet doorgerekend. Kies uit {namen}. "
            "Een versie die met `ggz definitie neem-op` is opgenomen komt erbij met de volgende `ggz run`."
        )
    return met_standaard[versie]


def opschrift(p: Paar) -> str:
    """What stands on every page."""
    return f"Gerekend onder definitie {p.naar}. Dit is niet de standaard ({p.van})."


def rapport(g: Gegevens, regio: str, kwartaal: Kwartaal, p: Paar) -> str:
    """The report as one HTML page. Raises GeenRapport."""
    maand = laatste_bekende(g, regio, kwartaal)
    hoofd = [versies.naast_elkaar(g, p, regio, maand), versies.verplaatsingblok(g, p, regio, "prestaties", maand)]
    bijlage = [versies.geraakt(g, p, regio, maand)]
    bijlage += [versies.verloopblok(g, p, regio, ALLE, code, maand) for code in _TEGELS]
    if regio == LANDELIJK:
        bijlage += [versies.per_regio(g, p, code, ALLE, maand) for code in ("stand_eind", "wachtplekken", "tekort")]
    delen = [
        f'<p class="definitie" role="note">{h(opschrift(p))}</p>',
        _kop(g, regio, kwartaal, maand, p),
        _essentie(g, regio, maand, p),
        op_papier(versies.wijzigingblok(g, p)),
        *(op_papier(b) for b in hoofd),
        _zekerheid(g, regio, maand),
        _ontbreekt(p),
        '<section class="nieuw"><h2>Bijlage</h2>',
        *(op_papier(b) for b in bijlage),
        f'</section><section class="ggz-plek">{zegt_niet("landelijk-definities")}</section>',
        _verantwoording(g, p),
    ]
    return als_pagina(
        f"Kwartaalrapportage cruciale ggz, {opmaak.regio(regio)}, {kwartaal}, onder definitie {p.naar}", delen
    )


def _kop(g: Gegevens, regio: str, kwartaal: Kwartaal, maand: date, p: Paar) -> str:
    gemist = "" if maand == kwartaal.maanden[-1] else f" De laatste maand met cijfers is {opmaak.maand(maand)}."
    return (
        f'<header><p class="boven">Kwartaalrapportage cruciale ggz, onder definitie {h(p.naar)}</p>'
        f"<h1>{h(opmaak.regio(regio))}, {kwartaal}</h1><p>Stand einde {opmaak.maand(maand)}, naast die van de standaard "
        f"({h(p.van)}).{gemist} {h(g.bron.omschrijving().capitalize())}.</p></header>"
    )


def _essentie(g: Gegevens, regio: str, maand: date, p: Paar) -> str:
    rijen = g.tabel("definitie_verschil", **p.filters, iza_regio=regio, cluster=ALLE, maand=maand).to_dict("records")
    rij = rijen[0] if rijen else None
    tegels = []
    for code in _TEGELS:
        m = CIJFERS[code]
        van, naar, verschil = (versies.cijfer(rij, m, kant) for kant in ("van", "naar", "verschil"))
        uitleg = m.eenheid
        if verschil.bekend:
            anders = opmaak.verschil(verschil.waarde, m.decimalen) if verschil.waarde else "gelijk"
            uitleg = f"{m.eenheid}; standaard {m.schrijf(van.waarde)} ({anders})"
        tegels.append(blok.tegel(m.naam, blok.cijfer(naar, m.schrijf), h(uitleg)))
    return (
        f'<section class="ggz-plek"><h2>In het kort, onder {h(p.naar)}</h2><p class="onder">De zes clusters samen.</p>'
        f'<div class="tegels">{"".join(tegels)}</div></section>'
    )


def _zekerheid(g: Gegevens, regio: str, maand: date) -> str:
    """Deliveries and what is provisional: the same under every version."""
    return (
        '<section class="ggz-plek"><h2>Wat is onzeker</h2><p class="onder">Onder elke versie gelijk.</p>'
        f"{blok.punten(samenvatting.zekerheid(g, regio, maand))}</section>"
    )


def _ontbreekt(p: Paar) -> str:
    regels = "".join(f"<li><strong>{h(wat)}:</strong> {h(waarom)}.</li>" for wat, waarom in _ALLEEN_STANDAARD.items())
    return (
        f'<section class="ggz-plek"><h2>Wat er onder {h(p.naar)} niet is</h2><p>Deze onderdelen van de gewone rapportage '
        f"bestaan alleen onder de standaard. Zij zijn weggelaten, en niet stilzwijgend met de standaard gevuld.</p><ul>{regels}</ul></section>"
    )


def _verantwoording(g: Gegevens, p: Paar) -> str:
    regels = "".join(
        f"<p><strong>{h(m.naam)}</strong>: {h(definitie('definitie_verschil', f'{m.code}_naar'))}</p>"
        for m in CIJFERS.values()
    )
    return (
        f'<section class="nieuw ggz-plek klein"><h2>Definities en bron</h2><p>{h(opschrift(p))}</p>{regels}'
        f'<p class="bron">{h(g.bron.omschrijving().capitalize())}, gemaakt {opmaak.datum(g.bron.moment)}; rapport van '
        f"{opmaak.datum(datetime.now())}; voor {h(g.wie.omschrijving())}. Cijfers van kleine aantallen in de eigen regio zijn niet openbaar.</p></section>"
    )
