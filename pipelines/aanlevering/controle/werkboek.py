"""The refused rows of a check as a workbook, the cells that are wrong marked and explained.

Belongs here: sheets and cells. Does not belong here: judging (``keuren``). Cells are those that the intake would keep: without A06
values; a person is not shown at all, nor what may be a BSN.
"""

import io
import json
from pathlib import Path

import pyarrow as pa
import xlsxwriter

from pipelines import contract
from pipelines.aanlevering.pseudoniem import lijkt_op_bsn

RIJEN_MAX = 5000  # per file
VERBORGEN = "(niet getoond)"
OPTIES = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class Werkboek:
    """Remembers the first refused rows of every file, and writes them down."""

    def __init__(self) -> None:
        self._rijen: dict[int, list[dict]] = {}

    def onthoud(self, verdict, gekeurd: pa.Table) -> None:
        rijen = self._rijen.setdefault(id(verdict), [])
        afgekeurd = gekeurd.select(["rijnummer", "codes", "regels", "controleregels", "rij"])
        afgekeurd = afgekeurd.filter(afgekeurd.column("codes").is_valid())
        rijen += afgekeurd.slice(0, RIJEN_MAX - len(rijen)).to_pylist()

    def schrijf(self, pad: Path | io.BytesIO, verdicten: list) -> None:
        with xlsxwriter.Workbook(pad, OPTIES) as boek:
            vet = boek.add_format({"bold": True})
            fout = boek.add_format({"bg_color": "#FFC7CE"})
            _overzicht(boek, vet, verdicten)
            for nummer, v in enumerate(verdicten, start=1):
                rijen = self._rijen.get(id(v), [])
                if rijen and v.afgekeurd:
                    _blad(boek.add_worksheet(f"{nummer} rijen"), v, rijen, vet, fout)


def _overzicht(boek: xlsxwriter.Workbook, vet, verdicten: list) -> None:
    blad, regels = boek.add_worksheet("Bestanden"), boek.add_worksheet("Regels")
    blad.write_row(0, 0, ["nr", "bestand", "oordeel", "waarom", "rijen gelezen", "rijen afgekeurd"], vet)
    regels.write_row(0, 0, ["nr", "code", "soort", "kolom", "regel", "rijen", "eerste rijen", "wat te doen"], vet)
    plek = 1
    for nummer, v in enumerate(verdicten, start=1):
        waarom = "; ".join([f"{c} {t}" for c, t in v.weigeringen] + ([v.gestoord] if v.gestoord else []))
        blad.write_row(nummer, 0, [nummer, v.pad, v.oordeel, waarom, v.gelezen, v.afgekeurd])
        for b in v.breuken.values():
            soort = "afgekeurd" if b.keurt_af else "signaal"
            eerste = ", ".join(map(str, b.rijen[:20]))
            regels.write_row(plek, 0, [nummer, b.code, soort, b.kolom, b.uitleg, b.aantal, eerste, b.doen])
            plek += 1
    for b in (blad, regels):
        b.freeze_panes(1, 0)
        b.autofit(max_width=480)


def _blad(blad, verdict, rijen: list[dict], vet, fout) -> None:
    kolommen = contract.lees(verdict.naam.bron).kolommen
    plaats = {k.naam: i for i, k in enumerate(kolommen, start=2)}
    regel_van = {b.regel: b for b in verdict.breuken.values()}
    blad.write_row(0, 0, ["rij", "wat er mis is", *(k.kop for k in kolommen)], vet)
    blad.freeze_panes(1, 2)
    for nummer, rij in enumerate(rijen, start=1):
        namen = [*(rij["regels"] or ()), *(rij["controleregels"].split(",") if rij["controleregels"] else ())]
        breuken = [regel_van[naam] for naam in namen if naam in regel_van]
        mis = {}
        for b in breuken:
            mis.setdefault(b.kolom, []).append(f"{b.code}: {b.uitleg}")
        blad.write_number(nummer, 0, rij["rijnummer"])
        blad.write_string(nummer, 1, "; ".join(f"{b.code}: {b.uitleg}" for b in breuken))
        cellen = json.loads(rij["rij"])
        for k in kolommen:
            tekst = _te_tonen(cellen.get(k.naam), k)
            blad.write(nummer, plaats[k.naam], tekst, fout if k.naam in mis else None)
            if k.naam in mis:
                blad.write_comment(nummer, plaats[k.naam], "\n".join(mis[k.naam]))
    if verdict.afgekeurd > len(rijen):
        blad.write_string(len(rijen) + 1, 1, f"alleen de eerste {len(rijen)} van {verdict.afgekeurd} afgekeurde rijen")


def _te_tonen(cel: str | None, kolom: contract.Kolom) -> str:
    if cel is None:
        return ""
    return VERBORGEN if kolom.type == "pseudoniem" or kolom.bsn_toegestaan or lijkt_op_bsn(cel) else cel
