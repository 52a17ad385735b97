"""What goes back to a supplier: a workbook, a page and a letter with its own refused rows, findings and score.

Belongs here: asking for what is the supplier's own and writing it down. Does not belong here: what that is (the models
``terugkoppeling_*`` of dbt: of another supplier no more than the anonymous middle of the scores), nor a value of a row.
"""

import html
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import xlsxwriter

from pipelines.fundament import sql
from pipelines.fundament.maand import is_maand
from pipelines.fundament.nederlands import datum, getal, procent
from pipelines.kwaliteit import brief, lezer
from pipelines.settings import Instellingen
from pipelines.warehouse import verbinding

_STIJL = (Path(__file__).parent / "site" / "datadocs.css").read_text(encoding="utf-8")


class GeenTerugkoppeling(Exception):
    """There is nothing to send back; the message says why."""


@dataclass(frozen=True)
class Deel:
    """A part of the report: the table of schema ``kwaliteit`` that it is of, its title, what it says when empty, and per column its
    heading. ``eerder``: months before are in it too, the newest first of each bron."""

    tabel: str
    titel: str
    leeg: str
    koppen: dict[str, str]
    eerder: bool = False


DELEN = (
    Deel(
        "aanlevering",
        "Aanleveringen",
        "Er is niets aangeleverd.",
        {
            "bron": "bron",
            "iza_regio": "regio",
            "bestand": "bestand",
            "status": "status",
            "code": "code",
            "toelichting": "toelichting",
            "rijen_gelezen": "rijen gelezen",
            "rijen_geaccepteerd": "geaccepteerd",
            "rijen_afgekeurd": "afgekeurd",
        },
    ),
    Deel(
        "terugkoppeling_regel",
        "Wat te herstellen",
        "Er is niets te herstellen.",
        {
            "bron": "bron",
            "code": "code",
            "titel": "wat er mis is",
            "kolom": "kolom",
            "eis": "regel",
            "rijen": "rijen",
            "voorbeeld_bestand": "bijvoorbeeld in bestand",
            "voorbeeld_rij": "rij",
            "actie": "wat te doen",
        },
    ),
    Deel(
        "terugkoppeling_afgekeurd",
        "Afgekeurde rijen",
        "Er zijn geen rijen afgekeurd.",
        {
            "bron": "bron",
            "iza_regio": "regio",
            "bestand": "bestand",
            "rijnummer": "rij",
            "code": "code",
            "titel": "wat er mis is",
            "kolom": "kolom",
            "eis": "regel",
            "actie": "wat te doen",
        },
    ),
    Deel(
        "terugkoppeling_signaal",
        "Signalen",
        "Er zijn geen signalen.",
        {
            "bron": "bron",
            "iza_regio": "regio",
            "bestand": "bestand",
            "code": "code",
            "titel": "signaal",
            "rijen": "rijen",
            "actie": "wat te doen",
        },
    ),
    Deel(
        "terugkoppeling_mismatch",
        "Bevindingen over de definitie",
        "Er zijn geen bevindingen over de definitie.",
        {
            "code": "code",
            "titel": "bevinding",
            "iza_regio": "regio",
            "agb_vestiging": "vestiging",
            "cluster": "cluster",
            "aantal": "aantal",
            "waarde_a": "waarde a",
            "waarde_b": "waarde b",
            "met_gegevens_van_anderen": "cijfer berust ook op anderen",
            "actie": "vervolg",
        },
    ),
    Deel(
        "terugkoppeling_termijn",
        "Termijnen",
        "Er werd niets verwacht.",
        {
            "bron": "bron",
            "iza_regio": "regio",
            "status": "status",
            "termijn": "laatste dag",
            "ontvangen_op": "ontvangen op",
            "open_weigeringen": "geweigerd en niet hersteld",
            "herstel_voor": "herstel graag voor",
            "volgende_maand": "volgende maand",
            "volgende_termijn": "laatste dag daarvan",
        },
    ),
    Deel(
        "terugkoppeling_score",
        "Score",
        "Er is nog geen score.",
        {
            "bron": "bron",
            "maand": "maand",
            "verwachte_leveringen": "verwacht",
            "leveringen": "geleverd",
            "rijen_gelezen": "rijen",
            "dekking": "dekking",
            "geldigheid": "geldigheid",
            "tijdigheid": "tijdigheid",
            "score": "score",
            "kwart1": "anderen: 25%",
            "mediaan": "anderen: midden",
            "kwart3": "anderen: 75%",
        },
        eerder=True,
    ),
)
_AANDELEN = ("dekking", "geldigheid", "tijdigheid")


def schrijf(instellingen: Instellingen, leverancier: str, maand: str, map_: Path) -> tuple[Path, Path, Path]:
    """Writes workbook, page and letter of ``leverancier`` over aanlevermaand ``maand`` (jjjj-mm) in ``map_``, and returns their paths.

    Raises GeenTerugkoppeling for a supplier or month that is not known, or when the warehouse cannot be read.
    """
    inhoud = verzamel(instellingen, leverancier, maand)
    map_.mkdir(parents=True, exist_ok=True)
    stam = map_ / f"terugkoppeling_{maand}_{leverancier}"
    werkboek, pagina, bij_brief = (stam.with_suffix(soort) for soort in (".xlsx", ".html", ".docx"))
    titel = f"Terugkoppeling {maand}, leverancier {leverancier}"
    _werkboek(werkboek, titel, inhoud)
    pagina.write_text(_pagina(titel, inhoud), encoding="utf-8")
    brief.schrijf(bij_brief, leverancier, maand, inhoud)
    return werkboek, pagina, bij_brief


def verzamel(instellingen: Instellingen, leverancier: str, maand: str) -> dict[str, list[dict]]:
    """The rows of every part, by the name of its table."""
    if not is_maand(maand):
        raise GeenTerugkoppeling(f"{maand!r} is geen maand; schrijf jjjj-mm, zoals 2026-09")
    try:
        con = lezer.lees(instellingen.warehouse)
    except verbinding.NietTeOpenen as fout:
        raise GeenTerugkoppeling(str(fout)) from fout
    with con:
        bekend = con.execute(
            "SELECT min(maand), max(maand) FROM kwaliteit.aanlevering WHERE leverancier = ?", [leverancier]
        ).fetchone()
        if bekend[0] is None:
            raise GeenTerugkoppeling(f"leverancier {leverancier} heeft nooit geleverd")
        inhoud = {deel.tabel: _rijen(con, deel, leverancier, maand) for deel in DELEN}
    if not inhoud["aanlevering"] and not any(rij["maand"] == maand for rij in inhoud["terugkoppeling_score"]):
        raise GeenTerugkoppeling(
            f"over {maand} is er niets van leverancier {leverancier}; bekend is {bekend[0]} tot en met {bekend[1]}"
        )
    return inhoud


def _rijen(con: duckdb.DuckDBPyConnection, deel: Deel, leverancier: str, maand: str) -> list[dict]:
    kolommen = ", ".join(map(sql.naam, deel.koppen))
    waar, volgorde = ("maand <= ?", "bron, maand DESC") if deel.eerder else ("maand = ?", "ALL")
    vraag = f"SELECT {kolommen} FROM kwaliteit.{deel.tabel} WHERE leverancier = ? AND {waar} ORDER BY {volgorde}"
    return con.execute(vraag, [leverancier, maand]).to_arrow_table().to_pylist()


def _cel(kolom: str, waarde: object) -> str:
    if waarde is None:
        return ""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, date):
        return datum(waarde)
    if kolom in _AANDELEN:
        return procent(waarde, 1)
    return getal(waarde, 1) if isinstance(waarde, float) else str(waarde)


def _werkboek(pad: Path, titel: str, inhoud: dict[str, list[dict]]) -> None:
    with xlsxwriter.Workbook(pad, {"strings_to_formulas": False, "strings_to_urls": False}) as boek:
        vet, aandeel, cijfer = (
            boek.add_format({"bold": True}),
            boek.add_format({"num_format": "0.0%"}),
            boek.add_format({"num_format": "0.0"}),
        )
        for deel in DELEN:
            blad = boek.add_worksheet(deel.titel)
            blad.write_string(0, 0, f"{titel}: {deel.titel.lower()}", vet)
            blad.write_row(2, 0, deel.koppen.values(), vet)
            blad.freeze_panes(3, 0)
            rijen = inhoud[deel.tabel]
            if not rijen:
                blad.write_string(3, 0, deel.leeg)
            for nummer, rij in enumerate(rijen, start=3):
                for plaats, kolom in enumerate(deel.koppen):
                    waarde = rij[kolom]
                    if isinstance(waarde, bool | date):
                        blad.write_string(nummer, plaats, _cel(kolom, waarde))
                    elif isinstance(waarde, int | float):
                        blad.write_number(
                            nummer,
                            plaats,
                            waarde,
                            aandeel if kolom in _AANDELEN else cijfer if isinstance(waarde, float) else None,
                        )
                    elif waarde is not None:
                        blad.write_string(nummer, plaats, waarde)
            blad.autofit(max_width=480)


def _pagina(titel: str, inhoud: dict[str, list[dict]]) -> str:
    delen = "".join(f"<h2>{deel.titel}</h2>{_tabel(deel, inhoud[deel.tabel])}" for deel in DELEN)
    return f"""<!DOCTYPE html>
<html lang="nl"><head><meta charset="UTF-8"><meta name="viewport" content="width=device-width, initial-scale=1.0">
<title>{html.escape(titel)}</title><style>{_STIJL}</style></head><body><main>
<h1>{html.escape(titel)}</h1>
<p>Alleen uit uw eigen aanleveringen. Rijen staan er met bestand en rijnummer (vanaf 1, zonder kop en lege rijen); waarden van rijen
staan er niet in. Herstel een rij door het hele bestand met een hoger versienummer aan te leveren. Van anderen staat er alleen het
midden van de scores, zonder naam.</p>
{delen}
</main></body></html>
"""


def _tabel(deel: Deel, rijen: list[dict]) -> str:
    if not rijen:
        return f"<p>{deel.leeg}</p>"
    kop = "".join(f"<th>{k}</th>" for k in deel.koppen.values())
    lijf = "".join(
        "<tr>" + "".join(f"<td>{html.escape(_cel(k, rij[k]))}</td>" for k in deel.koppen) + "</tr>" for rij in rijen
    )
    return f"<table><thead><tr>{kop}</tr></thead><tbody>{lijf}</tbody></table>"
