"""People who wait: how many and how long since their first referral, which way their places went, and who was mediated.

Belongs here: the marts on persons and their journey. Does not belong here: places per phase against the Treeknorm (``wachten``),
and providers (``transfer``).
"""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from pipelines.blokken import blok, grafiek, opmaak
from pipelines.blokken.blok import Blok
from pipelines.blokken.cijfer import cel, per_maand
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.grafiek import Reeks, Stroom
from pipelines.blokken.metrieken import definitie, maanden, waarom_niets
from pipelines.blokken.opmaak import LANDELIJK, getal, h, procent
from pipelines.blokken.samenvatting import herkomst
from pipelines.fundament import seeds

_PERSONEN = {
    "personen": ("Mensen die wachten", 0),
    "wachtplekken": ("Hun wachtplekken", 0),
    "personen_meer_plekken": ("Staan op meer lijsten", 0),
    "doorverwezen": ("Zijn al eens doorverwezen", 0),
    "boven_treeknorm": ("Wachten langer dan 14 weken", 0),
    "gemiddeld_weken": ("Weken gewacht, gemiddeld", 1),
    "mediaan_weken": ("Weken gewacht, de helft korter dan", 1),
    "p90_weken": ("Weken gewacht, 9 van de 10 korter dan", 1),
}
_TEGELS = {
    "personen": "elke persoon telt één keer, ook op meer lijsten",
    "gemiddeld_weken": "sinds de eerste aanmelding van hun reis",
    "boven_treeknorm": "personen, sinds die eerste aanmelding",
    "doorverwezen": "een eerdere plek eindigde zonder behandeling",
}


def wachtendenblok(g: Gegevens, regio: str, maand: date) -> Blok:
    """How many people wait and how long they have been on their way; beside the country where it may be seen."""
    gebieden = [regio, LANDELIJK]
    df = g.tabel("wachtreis_maand", iza_regio=gebieden)
    titel, onder = (
        f"Wie wacht er in {opmaak.regio(regio)}?",
        f"Stand einde {opmaak.maand(maand)}, de zes clusters samen.",
    )
    bron = herkomst(g, "wachtreis_maand")
    records = [r | {"geleverd": True} for r in df.to_dict("records")]
    per = {r["iza_regio"]: r for r in records if pd.Timestamp(r["maand"]).date() == maand}
    if regio not in per:
        return Blok.leeg(f"wachtenden-{regio}", titel, bron, h(waarom_niets(g, "wachtreis_maand", regio, maand)))
    nu = {k: cel(per[regio], k) for k in _PERSONEN}
    tegels = "".join(
        blok.tegel(_PERSONEN[k][0], blok.cijfer(nu[k], _schrijf(k)), h(uitleg)) for k, uitleg in _TEGELS.items()
    )
    naast = [gebied for gebied in gebieden if gebied in per]
    rijen = [
        [h(naam), *[blok.cijfer(cel(per[gebied], k), _schrijf(k)) for gebied in naast]]
        for k, (naam, _) in _PERSONEN.items()
    ]
    venster = [m for m in maanden(g) if m <= maand][-24:]
    eigen = [r for r in records if r["iza_regio"] == regio]
    reeksen = [
        Reeks(_PERSONEN[k][0], per_maand(eigen, k, venster), grafiek.KLEUREN[i], grafiek.STREPEN[i])
        for i, k in enumerate(("personen", "wachtplekken", "boven_treeknorm"))
    ]
    over = f" Het land: {getal(per[LANDELIJK]['regios_geleverd'])} regio's die leverden." if LANDELIJK in per else ""
    return Blok(
        f"wachtenden-{regio}-{maand:%Y-%m}",
        titel,
        f"{onder} Wie in twee regio's wacht telt in elk van beide, en in het land één keer.{over}",
        herkomst(g, "wachtreis_maand", list(nu.values()), maand),
        lambda b, k: grafiek.lijn(reeksen, getal, b, titel, k),
        ["Personen", *[opmaak.regio(gebied) for gebied in naast]],
        rijen,
        {naam: definitie("wachtreis_maand", k) for k, (naam, _) in _PERSONEN.items()},
        df,
        breed=1080,
        inhoud=f'<div class="tegels">{tegels}</div>',
    )


def _schrijf(kolom: str):
    return lambda x: getal(x, _PERSONEN[kolom][1])


_STAPPEN = {"intake": "Intake", "geen_intake": "Geen intake"}
_UITKOMSTEN = {
    "gestart": "In behandeling",
    "wacht": "Wacht nog",
    "doorverwezen": "Doorverwezen",
    "elders_gestart": "Elders in behandeling",
    "geweigerd": "Geweigerd",
    "gestopt": "Gestopt",
    "verdwenen": "Van de lijst verdwenen",
}
_KLEUR = {
    "gestart": "#009e73",
    "wacht": "#e69f00",
    "doorverwezen": "#cc79a7",
    "elders_gestart": "#56b4e9",
    "geweigerd": "#d55e00",
}


def wegblok(g: Gegevens, regio: str, maand: date) -> Blok:
    """How far the places came that were asked for in a year: intake, treatment, referred on, refused and on which criterion."""
    df = g.tabel("wachtweg_jaar", iza_regio=regio, maand=maand)
    titel, bron = "De weg van een aanmelding", herkomst(g, "wachtweg_jaar")
    if df.empty:
        return Blok.leeg(f"weg-{regio}", titel, bron, h(waarom_niets(g, "wachtweg_jaar", regio, maand)))
    records = sorted(df.to_dict("records"), key=lambda r: list(_UITKOMSTEN).index(r["uitkomst"]))
    begin = "Aangemeld"
    uitkomsten = list(dict.fromkeys(_uitkomst(r) for r in records))
    per_stap = {_STAPPEN[r["stap"]]: float(r["wachtplekken_stap"]) for r in records}
    stromen = [Stroom(begin, stap, n) for stap, n in per_stap.items()]
    stromen += [Stroom(_STAPPEN[r["stap"]], _uitkomst(r), float(r["wachtplekken"])) for r in records]
    aantallen = per_stap | {_uitkomst(r): float(r["wachtplekken_uitkomst"]) for r in records}
    aantallen[begin] = float(records[0]["wachtplekken_geheel"])
    # a band to an outcome has the colour of that outcome
    kleuren = {_uitkomst(r): _KLEUR[r["uitkomst"]] for r in records if r["uitkomst"] in _KLEUR}
    kolommen = [[begin], [s for s in _STAPPEN.values() if s in per_stap], uitkomsten]
    return Blok(
        f"weg-{regio}-{maand:%Y-%m}",
        titel,
        f"Wachtplekken die in de 12 maanden tot en met {opmaak.maand(maand)} zijn aangemeld in de zes clusters, en hoe ver zij "
        f"kwamen volgens de laatste lijst: {getal(aantallen[begin])} plekken, geen personen.",
        herkomst(g, "wachtweg_jaar", [cel(r | {"geleverd": True}, "wachtplekken") for r in records], maand),
        lambda b, k: grafiek.sankey(kolommen, stromen, b, titel, kleuren, aantallen),
        ["Stap", "Uitkomst", "Wachtplekken"],
        [[h(_STAPPEN[r["stap"]]), h(_uitkomst(r)), getal(r["wachtplekken"])] for r in records],
        {naam: definitie("wachtweg_jaar", k) for k, naam in (("stap", "Stap"), ("uitkomst", "Uitkomst"))},
        df,
        links=2,
        breed=1080,
    )


def _uitkomst(r: Mapping) -> str:
    naam = _UITKOMSTEN[r["uitkomst"]]
    return f"{naam}: {opmaak.in_zin(opmaak.woord(r['exclusiecriterium']))}" if r["uitkomst"] == "geweigerd" else naam


_BEMIDDELD = {"personen": "zorgbemiddeling", "aandeel_mislukt": "zorgbemiddeling_mislukt"}


def bemiddelingblok(g: Gegevens, regio: str, maand: date) -> Blok:
    """Who was mediated in twelve months, beside what was published, with the difference of definition."""
    df = g.tabel("bemiddeling_jaar", iza_regio=[regio, LANDELIJK], maand=maand)
    titel, bron = "Zorgbemiddeling, naast wat gepubliceerd is", herkomst(g, "bemiddeling_jaar")
    if df.empty:
        return Blok.leeg(f"bemiddeling-{regio}", titel, bron, h(waarom_niets(g, "bemiddeling_jaar", regio, maand)))
    per = {r["iza_regio"]: r | {"geleverd": True} for r in df.to_dict("records")}
    naast = [gebied for gebied in (regio, LANDELIJK) if gebied in per]
    kern = {r["kerncijfer"]: r for r in seeds.lees("kerncijfers")}
    verschil = {r["kerncijfer"]: r["definitieverschil"] for r in seeds.lees("kerncijfer_maat")}
    namen = {"personen": "Bemiddelde personen", "aandeel_mislukt": "Waarvan nergens gelukt"}
    schrijvers = {"personen": getal, "aandeel_mislukt": lambda x: procent(x, 1)}
    rijen = [
        [
            h(naam),
            *[blok.cijfer(cel(per[gebied], k), schrijvers[k]) for gebied in naast],
            h(schrijvers[k](float(kern[_BEMIDDELD[k]]["waarde"]))),
            h(opmaak.zin(verschil[_BEMIDDELD[k]])),
        ]
        for k, naam in namen.items()
    ]
    gepubliceerd = kern["zorgbemiddeling"]
    kop = [
        "12 maanden",
        *[opmaak.regio(r) for r in naast],
        f"Gepubliceerd ({gepubliceerd['peildatum'][:4]}, land)",
        "Verschil van definitie",
    ]
    return Blok(
        f"bemiddeling-{regio}-{maand:%Y-%m}",
        titel,
        f"12 maanden tot en met {opmaak.maand(maand)}. Gepubliceerd door {h(gepubliceerd['bron'])}; het is niet hetzelfde geteld.",
        herkomst(g, "bemiddeling_jaar", [cel(per[gebied], "personen") for gebied in naast], maand),
        definities={naam: definitie("bemiddeling_jaar", k) for k, naam in namen.items()},
        data=df,
        inhoud=f'<div class="laatste-tekst">{blok.tabel(kop, rijen, klasse="stapel")}</div>',
    )
