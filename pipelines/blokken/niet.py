"""What the figures of a page do not say, in two sentences.

Belongs here: the sentences per page. Does not belong here: those of a figure that also stands in the report, which travel with it
(``capaciteit``, ``inwoners``, ``voorziening``).
"""

from pipelines.blokken.opmaak import h

_GEEN_OORDEEL = (
    "Een plaats op de lijst is geen oordeel over de zorg: leeftijd, stad en aanbod verschillen, en een regio met een grote kliniek "
    "behandelt ook mensen van elders."
)
_AANMELDING = "Wie zich niet aanmeldde, of vooraf hoorde dat het niet kan, staat in geen van deze cijfers."
_SCENARIO = (
    "Een scenario rekent door wat u invult: het voorspelt niet of een maatregel lukt, of er personeel voor is en wat zij kost.",
    "Het begint bij het gebruik van nu, en ziet niet wie nu geen zorg krijgt en op geen lijst staat.",
)
_WACHTEN = (
    "Een wachtplek is geen persoon: wie bij twee aanbieders wacht heeft er twee, en wie elders eerder terechtkon telt mee.",
    "De wachttijd van wie nu wacht is niet die van wie straks begint: wie lang wacht telt in een momentopname zwaarder.",
)
ZEGT_NIET: dict[str, tuple[str, str]] = {
    "regio-overzicht": (
        "Een bezetting onder de norm zegt niet dat er een passende plaats vrij is: doelgroep, beveiliging en wet moeten kloppen.",
        _AANMELDING,
    ),
    "regio-vergelijken": (
        "Per 100.000 inwoners telt wie in de regio woont, terwijl een aanbieder ook mensen van elders behandelt: een regio met een "
        "grote kliniek staat dan hoog zonder dat haar inwoners meer zorg krijgen.",
        "Verder van Nederland dan toeval verklaart is geen oordeel over de zorg: leeftijd, stad en aanbod verschillen ook.",
    ),
    "regio-stroom": (
        "Stromen tellen episodes uit declaraties, geen mensen: wie twee keer begint telt twee keer.",
        "Waarom iemand vertrok en hoe het daarna ging staat niet in declaraties: meer uitstroom is geen betere zorg.",
    ),
    "regio-uitgesteld": (
        "Een vrije plaats is niet altijd een passende, en plaatsen buiten de ggz staan er alleen voor zover een aanbieder ze opgeeft.",
        "Geen vervolg betekent geen declaratie binnen 90 dagen: Wmo en Wlz zijn er alleen voor zover zij zijn aangeleverd, en terugkeer "
        "zegt niet dat het ontslag te vroeg was.",
    ),
    "regio-wachten": _WACHTEN,
    "regio-scenarios": _SCENARIO,
    "regio-aanbieders": (
        "De meeste wachtplekken boven de norm heeft vaak de grootste aanbieder: leiden is een taak, geen oordeel over wie het slecht doet.",
        "Een weigering is wat een aanbieder zo noemt; wie zonder criterium weigert staat onder “onbekend”, en wie vooraf hoort dat het niet "
        "kan staat nergens.",
    ),
    "landelijk-kaart": (
        _GEEN_OORDEEL,
        "Een verschil met Nederland waar niet “hoger” of “lager” bij staat kan toeval zijn, en een regio zonder kleur is onbekend, niet goed "
        "of slecht.",
    ),
    "landelijk-overzicht": (
        "Het land is de som van de regio's die leverden; hoeveel dat er zijn staat bij elk cijfer, en wat in de ene regio over is, is in "
        "een andere niet vanzelf te gebruiken.",
        _AANMELDING,
    ),
    "landelijk-wachten": _WACHTEN,
    "landelijk-scenarios": _SCENARIO,
    "landelijk-veelvoud": (
        "Een lijn die stijgt kan betekenen dat er meer werd aangeleverd: een regio is vergelijkbaar met zichzelf zolang dezelfde "
        "leveranciers leverden.",
        _GEEN_OORDEEL,
    ),
    "landelijk-gepubliceerd": (
        "Een verhouding ver van 100% zegt niet wie gelijk heeft: wat anders is geteld staat erachter.",
        "De wachttijden van 2018 gaan over alle specialistische ggz, niet over de zes clusters: zij laten zien hoe ver regio's uiteenlopen, "
        "niet hoe het nu is.",
    ),
    "landelijk-definities": (
        "Dit zegt niet welke versie de juiste is: er komt geen zorg en geen plaats bij of af, dezelfde prestaties, bedden en wachtplekken "
        "krijgen een andere naam.",
        "Meer episodes is niet meer mensen, en verlegt een versie alleen prestaties, dan zegt het tekort per cluster niets over die "
        "verlegde zorg.",
    ),
    "landelijk-publicaties": (
        "Een veranderd cijfer is niet altijd een fout: declaraties komen nog binnen, en leveranciers verbeteren hun opgave.",
        "De oorzaak is afgeleid uit wat tussen twee publicaties veranderde; waarom een leverancier iets anders opgaf staat er niet.",
    ),
    "datakwaliteit-kalender": (
        "Geleverd zegt dat het bestand gelezen is, niet dat alles erin staat of klopt.",
        "Een lege maand zegt niet dat er geen zorg was: wat niet is geleverd is onbekend, geen nul.",
    ),
    "datakwaliteit-gemis": (
        "Wat ontbreekt is geschat naar de vorige levering of geteld naar wat is afgekeurd: de zorg zelf kan anders zijn geweest.",
        "Wat niemand opgaf en nooit is geleverd, staat hier niet.",
    ),
    "datakwaliteit-bevindingen": (
        "Een bevinding gaat over wat is aangeleverd, niet over de zorg, en zegt niet wie de fout maakte.",
        "Wat aan elke regel voldoet kan nog onjuist zijn: een toets vindt wat niet kan, niet wat niet zo is.",
    ),
    "datakwaliteit-zpm": (
        "Een botsing zegt niet dat verkeerd is geregistreerd: de registratie kan kloppen en de definitie er niet op passen.",
        "Haar omvang is geteld in wat is aangeleverd: zorg die niet onder het zorgprestatiemodel valt, is er niet bij.",
    ),
    "datakwaliteit-vulling": (
        "Een kolom die gevuld is, is nog niet goed gevuld: ook een vaste waarde telt als gevuld.",
        "Een kolom die leeg mag zijn is geen gebrek van de leverancier; zij zegt alleen wat er niet mee te berekenen is.",
    ),
    "datakwaliteit-leveranciers": (
        "Een hoge score zegt dat een aanlevering op tijd, heel en volgens de regels is, niet dat de zorg goed is.",
        "Een onderdeel dat niet te meten is telt niet mee: twee dezelfde scores kunnen op verschillende onderdelen rusten.",
    ),
}
"""By page (``regio``, ``landelijk``, ``datakwaliteit``) and subject, in the order of the screens."""


def zegt_niet(pagina: str) -> str:
    """The two sentences of a page as HTML; nothing where a figure on it carries its own."""
    if pagina not in ZEGT_NIET:
        return ""
    regels = "".join(f"<li>{h(zin)}</li>" for zin in ZEGT_NIET[pagina])
    return f'<div class="kort"><h2>Wat dit niet zegt</h2><ul>{regels}</ul></div>'
