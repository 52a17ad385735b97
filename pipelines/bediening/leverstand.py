"""``ggz status``: what was delivered, refused, missing and late, per region and source.

Belongs here: words and tables on the terminal. Does not belong here: any judgement (``kwaliteit.verwachte_levering``).
"""

from collections import defaultdict
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from pipelines.aanlevering.naam import regios
from pipelines.aanlevering.register import Levering, Register
from pipelines.bediening.woorden import regel
from pipelines.fundament.nederlands import telwoord
from pipelines.kwaliteit import leverstand
from pipelines.settings import Instellingen
from pipelines.warehouse.verbinding import NietTeOpenen

LANDELIJK = "NL"


def toon_status() -> int:
    """Shows per region and bron what came and what did not; returns the exit status."""
    instellingen, scherm = Instellingen(), Console()
    if not instellingen.register.exists():
        regel(scherm, f"Er is nog niets ingenomen in {instellingen.data}. Begin met: ggz run")
        return 0
    try:
        stand = leverstand.lees(instellingen)
    except NietTeOpenen as reden:
        _uit_register(scherm, instellingen, str(reden))
        return 0
    _tabellen(scherm, {(r, b): _cel(rijen) for (r, b), rijen in _per_plaats(stand.regios).items()})
    _weigeringen(
        scherm,
        "Geweigerd en nog niet hersteld",
        [(w["code"], w["bestand"], w["toelichting"]) for w in stand.weigeringen],
    )
    if stand.verstreken:
        regel(
            scherm,
            ("\nEr is een termijn verstreken sinds de laatste bouw:", "yellow"),
            " wat daarna ontbreekt volgt na ggz run.",
        )
    if stand.sindsdien:
        regel(
            scherm,
            ("\nHet register is nieuwer dan het warehouse:", "yellow"),
            f" {telwoord(len(stand.sindsdien), 'aanlevering is', 'aanleveringen zijn')} nog niet meegeteld. Draai: ggz run",
        )
        _weigeringen(scherm, "Daarvan geweigerd", _geweigerd(stand.sindsdien))
    return 0


def _uit_register(scherm: Console, instellingen: Instellingen, reden: str) -> None:
    """What can be said without a warehouse: what came, not what should have come."""
    with Register(instellingen.register) as register:
        leveringen = register.leveringen()
    regel(
        scherm,
        ("Alleen uit het register:", "yellow"),
        f" {reden} Wat ontbreekt, te laat kwam of al is hersteld staat hier niet bij.",
    )
    maanden, geweigerd = defaultdict(set), defaultdict(int)
    for lev in leveringen:
        if lev.bron and lev.code is None:
            maanden[lev.iza_regio, lev.bron].add(lev.maand)
        elif lev.bron:
            geweigerd[lev.iza_regio, lev.bron] += 1
    cellen = {
        plaats: ", ".join(
            [f"{len(maanden[plaats])}", *([f"[red]{geweigerd[plaats]} geweigerd[/]"] if geweigerd[plaats] else [])]
        )
        for plaats in maanden.keys() | geweigerd.keys()
    }
    _tabellen(scherm, cellen)
    _weigeringen(scherm, "Geweigerd", _geweigerd(leveringen))


def _per_plaats(regios: Iterable[dict]) -> dict[tuple[str, str], list[dict]]:
    per_plaats = defaultdict(list)
    for rij in regios:
        per_plaats[rij["iza_regio"], rij["bron"]].append(rij)
    return per_plaats


def _cel(rijen: list[dict]) -> str:
    """One bron of one region: number of months delivered, and the months of which something is to be said."""
    delen = [f"{sum(rij['ontvangen'] > 0 for rij in rijen)}"]
    for woord, kleur, statussen in (
        ("ontbreekt", "red", ("ontbreekt", "geweigerd")),
        ("deels", "red", ("deels",)),
        ("nog niet", "dim", ("nog_niet",)),
    ):
        delen += _maanden(woord, kleur, [rij for rij in rijen if rij["status"] in statussen])
    delen += _maanden("te laat", "yellow", [rij for rij in rijen if rij["te_laat"]])
    if geweigerd := sum(rij["open_weigeringen"] for rij in rijen):
        delen.append(f"[red]{geweigerd} geweigerd[/]")
    return ", ".join(delen)


def _maanden(woord: str, kleur: str, rijen: list[dict]) -> list[str]:
    """Months in words: one or two by name, more as first..last with their number."""
    namen = [f"{rij['maand']:%Y-%m}" for rij in rijen]
    if not namen:
        return []
    reeks = " en ".join(namen) if len(namen) <= 2 else f"{namen[0]}..{namen[-1]} ({len(namen)})"
    return [f"[{kleur}]{woord} {reeks}[/]"]


def _tabellen(scherm: Console, cellen: dict[tuple[str, str], str]) -> None:
    for landelijk in (False, True):
        # a file may name a region that there is not: it is refused, and no region lacks anything
        deel = {
            p: cel for p, cel in cellen.items() if (p[0] == LANDELIJK) == landelijk and (landelijk or p[0] in regios())
        }
        bronnen = sorted({bron for _, bron in deel})
        if bronnen:
            tabel = Table("regio", *bronnen, title="Maanden geleverd per regio en bron", title_justify="left")
            for regio in sorted({regio for regio, _ in deel}):
                tabel.add_row(regio, *(deel.get((regio, bron), "0") for bron in bronnen))
            scherm.print(tabel)


def _geweigerd(leveringen: Iterable[Levering]) -> list[tuple[str, str, str]]:
    return [(lev.code, lev.pad, lev.toelichting) for lev in leveringen if lev.code]


def _weigeringen(scherm: Console, kop: str, regels: list[tuple[str, str, str]]) -> None:
    if regels:
        regel(scherm, (f"\n{kop}", "bold"))
    for code, bestand, toelichting in regels:
        regel(scherm, "  ", (code, "red"), f" {bestand}: {toelichting or ''}")
    if regels:
        regel(scherm, ("  Wat een code betekent en wat te doen is: ggz uitleg CODE", "dim"))
