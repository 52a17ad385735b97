"""The report to a supplier as a letter that can be sent as it is (docx).

Belongs here: words and layout. Does not belong here: what is the supplier's own (``terugkoppeling``), nor a value of a row.
"""

from datetime import date
from pathlib import Path

import docx

from pipelines import contract
from pipelines.contract import uitleg
from pipelines.fundament import seeds
from pipelines.fundament.nederlands import datum, getal, telwoord
from pipelines.fundament.nederlands import maand as maand_voluit

Inhoud = dict[str, list[dict]]


def schrijf(pad: Path, leverancier: str, maand: str, inhoud: Inhoud) -> None:
    """Writes the letter about aanlevermaand ``maand`` (jjjj-mm), of the parts that ``terugkoppeling.verzamel`` gives."""
    brief = docx.Document()
    brief.core_properties.author = "Capaciteitsmonitor cruciale ggz"
    brief.core_properties.title = f"Terugkoppeling {maand}, leverancier {leverancier}"
    brief.core_properties.language = "nl-NL"
    brief.add_heading(f"Uw aanleveringen over {_maand(maand)}", 0)
    brief.add_paragraph(f"Aan leverancier {leverancier}\n{datum(date.today())}")
    for alinea in _aanhef(inhoud, maand):
        brief.add_paragraph(alinea)
    _hoofdstuk(brief, "Wat er nog niet is", _ontbreekt(inhoud))
    _hoofdstuk(brief, "Wat wij niet konden lezen", _geweigerd(inhoud))
    _regels(brief, inhoud["terugkoppeling_regel"])
    _hoofdstuk(brief, "Wat meetelt, met een vraag", _signalen(inhoud))
    _hoofdstuk(brief, "Tot wanneer", _termijnen(inhoud))
    brief.add_paragraph(
        "Elke rij staat met bestand en rijnummer in het werkboek bij deze brief; rij 1 is de eerste rij onder de kop, lege rijen tellen "
        "niet mee. Waarden van rijen staan er niet in. Controleer een bestand voor u het stuurt met: ggz controleer BESTAND. "
        "Lever altijd het hele bestand aan, onder een hoger versienummer."
    )
    brief.save(pad)


def _aanhef(inhoud: Inhoud, maand: str) -> list[str]:
    leveringen = [r for r in inhoud["aanlevering"] if r["status"] == "actief"]
    if not inhoud["aanlevering"]:
        return [f"Over {_maand(maand)} ontvingen wij niets van u."]
    wat = telwoord(len(leveringen), "aanlevering telt", "aanleveringen tellen")
    geen = not any(inhoud[deel] for deel in ("terugkoppeling_regel", "terugkoppeling_signaal")) and not _geweigerd(
        inhoud
    )
    return [f"Dank voor uw aanleveringen. {wat} mee."] + (["Wij vonden er niets aan te herstellen."] if geen else [])


def _ontbreekt(inhoud: Inhoud) -> list[str]:
    return [
        f"{_bron(r)} voor {_regio(r)}: niet aangeleverd, terwijl de laatste dag {datum(r['termijn'])} was. Is er niets te melden, stuur dan "
        "een bestand met alleen de kop."
        for r in inhoud["terugkoppeling_termijn"]
        if r["status"] == "ontbreekt"
    ]


def _geweigerd(inhoud: Inhoud) -> list[str]:
    return [
        f"{r['bestand']}: {r['toelichting']}. {uitleg.lees(r['code']).leverancier}"
        for r in inhoud["aanlevering"]
        if r["status"] == "geweigerd"
    ]


def _regels(brief, regels: list[dict]) -> None:
    """Per rule that rows break: how many, one of them as an example, and the remedy."""
    if not regels:
        return
    brief.add_heading("Rijen die niet meetellen", 1)
    brief.add_paragraph(
        "Deze rijen tellen in geen enkel cijfer mee tot u het bestand met een hogere versie opnieuw aanlevert. Een rij kan meer regels breken."
    )
    for r in sorted(regels, key=lambda r: (r["bron"], r["code"], r["eis"])):
        alinea = brief.add_paragraph(style="List Number")
        alinea.add_run(f"{_bron(r)}: {r['eis']}.").bold = True
        is_fout = r["code"] == "A04"  # what it says is what is wrong, and not what is asked
        alinea.add_run(
            f" Dat is {'zo' if is_fout else 'niet zo'} in {telwoord(r['rijen'], 'rij', 'rijen')}, zoals rij {getal(r['voorbeeld_rij'])} van "
            f"{r['voorbeeld_bestand']}. {_doen(r)} ({r['code']}: {r['titel'].lower()})"
        )


def _signalen(inhoud: Inhoud) -> list[str]:
    """Per signal in how many files it is, and the one with most rows."""
    per_signaal: dict[str, list[dict]] = {}
    for r in inhoud["terugkoppeling_signaal"]:
        per_signaal.setdefault(r["titel"], []).append(r)
    return [
        f"{titel}: in {telwoord(len(rijen), 'bestand', 'bestanden')}, het meest in {meest['bestand']} "
        f"({telwoord(meest['rijen'], 'rij', 'rijen')}). {_doen(meest)}"
        for titel, rijen in per_signaal.items()
        for meest in [max(rijen, key=lambda r: r["rijen"])]
    ]


def _termijnen(inhoud: Inhoud) -> list[str]:
    termijnen = inhoud["terugkoppeling_termijn"]
    if not termijnen:
        return []
    eerste = termijnen[0]
    te_doen = inhoud["terugkoppeling_regel"] or _geweigerd(inhoud) or _ontbreekt(inhoud)
    uit = [f"Wat hierboven staat ontvangen wij graag voor {datum(eerste['herstel_voor'])}."] if te_doen else []
    if eerste["volgende_termijn"] >= date.today():
        wat = _maand(eerste["volgende_maand"])
        uit.append(f"Uw aanleveringen over {wat} ontvangen wij graag uiterlijk op {datum(eerste['volgende_termijn'])}.")
    return uit


def _hoofdstuk(brief, kop: str, regels: list[str]) -> None:
    if regels:
        brief.add_heading(kop, 1)
        for regel in regels:
            brief.add_paragraph(regel, style="List Bullet")


def _doen(r: dict) -> str:
    try:
        return uitleg.lees(r["code"]).leverancier
    except KeyError:  # a rule of a message has no page of its own
        return f"{r['actie'][0].upper()}{r['actie'][1:]}."


def _maand(tekst: str) -> str:
    return maand_voluit(date.fromisoformat(f"{tekst}-01"))


def _bron(r: dict) -> str:
    return contract.lees(r["bron"]).naam


def _regio(r: dict) -> str:
    return next((x["naam"] for x in seeds.lees("iza_regio") if x["iza_regio"] == r["iza_regio"]), r["iza_regio"])
