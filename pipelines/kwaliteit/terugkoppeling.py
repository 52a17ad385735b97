"""What goes back to a supplier: a workbook and a page with its own refused rows, findings and score.

Belongs here: asking for what is the supplier's own (``terugkoppeling.sql``) and writing it down. Does not belong here: anything of
another supplier but the anonymous middle of the scores, nor a value of a row: a row is named by file and number.
"""

import html
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import xlsxwriter

from pipelines import contract
from pipelines.fundament import sql
from pipelines.fundament.maand import is_maand
from pipelines.fundament.nederlands import getal, procent
from pipelines.kwaliteit import lezer
from pipelines.settings import Instellingen
from pipelines.warehouse import verbinding

_VRAAG = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
_STIJL = (Path(__file__).parent / "site" / "datadocs.css").read_text(encoding="utf-8")


class GeenTerugkoppeling(Exception):
    """There is nothing to send back; the message says why."""


@dataclass(frozen=True)
class Deel:
    """A part of the report: its title, what it says when empty, and per column of the query its heading."""

    tabel: str
    titel: str
    leeg: str
    koppen: dict[str, str]


DELEN = (
    Deel(
        "leveringen",
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
        "afgekeurd",
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
        "signalen",
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
        "mismatches",
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
        "scores",
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
    ),
)
_AANDELEN = ("dekking", "geldigheid", "tijdigheid")


def schrijf(instellingen: Instellingen, leverancier: str, maand: str, map_: Path) -> tuple[Path, Path]:
    """Writes workbook and page of ``leverancier`` over aanlevermaand ``maand`` (jjjj-mm) in ``map_``, and returns their paths.

    Raises GeenTerugkoppeling for a supplier or month that is not known, or when the warehouse cannot be read.
    """
    inhoud = verzamel(instellingen, leverancier, maand)
    map_.mkdir(parents=True, exist_ok=True)
    stam = map_ / f"terugkoppeling_{maand}_{leverancier}"
    werkboek, pagina = stam.with_suffix(".xlsx"), stam.with_suffix(".html")
    titel = f"Terugkoppeling {maand}, leverancier {leverancier}"
    _werkboek(werkboek, titel, inhoud)
    pagina.write_text(_pagina(titel, inhoud), encoding="utf-8")
    return werkboek, pagina


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
        _zet_vraag_klaar(con, leverancier, maand)
        con.execute(_VRAAG)
        inhoud = {
            deel.tabel: con.execute(f"SELECT {', '.join(map(sql.naam, deel.koppen))} FROM temp.{deel.tabel}")
            .to_arrow_table()
            .to_pylist()
            for deel in DELEN
        }
    if not inhoud["leveringen"] and not any(rij["maand"] == maand for rij in inhoud["scores"]):
        raise GeenTerugkoppeling(
            f"over {maand} is er niets van leverancier {leverancier}; bekend is {bekend[0]} tot en met {bekend[1]}"
        )
    return inhoud


def _zet_vraag_klaar(con: duckdb.DuckDBPyConnection, leverancier: str, maand: str) -> None:
    con.execute(
        "CREATE TEMP TABLE vraag AS SELECT ?::VARCHAR AS leverancier, ?::VARCHAR AS maand, ?::DATE AS maand_datum",
        [leverancier, maand, date(int(maand[:4]), int(maand[5:]), 1)],
    )
    con.register(
        "regel",
        pa.Table.from_pylist(
            [
                {"bron": bron, "regel": r.naam, "code": r.code, "kolom": r.kolom, "uitleg": r.uitleg}
                for bron in contract.bronnen()
                for r in contract.lees(bron).regels
            ]
        ),
    )
    con.execute(
        "CREATE TEMP TABLE geraakt AS "
        + " UNION ALL ".join(
            f"SELECT '{bron}' AS bron, rij.bestand, rij.rijnummer, unnest(rij.regels) AS regel FROM aanlevering.{bron} AS rij "
            f"SEMI JOIN (SELECT bestand FROM aanlevering.levering JOIN vraag USING (leverancier, maand)) AS eigen ON rij.bestand = eigen.bestand "
            f"WHERE rij.codes IS NOT NULL"
            for bron in contract.bronnen()
        )
    )


def _cel(kolom: str, waarde: object) -> str:
    if waarde is None:
        return ""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
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
                    if isinstance(waarde, bool):
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
