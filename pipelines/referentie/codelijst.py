"""The official code list of the NZa (*Codelijst Prestatie en Hulptabellen*) -> ``seeds/zpm_prestatie.csv`` (spec 2.2).

Belongs here: which tab and column becomes which column of the seed, and what a list must hold. Tab and column names stand in
``codelijst.yaml``. Does not belong here: the rules that give a prestatie its cluster (``seeds/cluster_regel.csv``).
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa
import yaml

from pipelines.referentie import versie, werkblad
from pipelines.referentie.versie import Verschil
from pipelines.referentie.werkblad import Onbruikbaar
from pipelines.settings import PROJECT

TABEL = PROJECT / "seeds" / "zpm_prestatie.csv"
SLEUTEL = ("prestatiecode", "geldig_van")
KOLOMMEN = (
    "prestatiecode",
    "omschrijving",
    "prestatietype",
    "setting",
    "verzorgingsgraad",
    "beveiligingsniveau",
    "acuut_binnen_budget",
    "geldig_van",
    "geldig_tot",
    "herkomst",
)


@dataclass(frozen=True)
class Voorstel:
    """A list as read from a workbook, and what applying it would mean.

    ``fouten`` make it unusable. ``onbekend``: codes of accepted rows that it does not hold on their begindatum; those rows would
    be refused (A03).
    """

    rijen: list[dict[str, str]]
    fouten: list[str]
    onbekend: list[str]
    verschil: Verschil


def stel_voor(bestand: Path, opslag: Path) -> Voorstel:
    """Read and validate a workbook beside the seed it would replace and the rows in ``opslag`` (the store of deliveries).

    Changes nothing. `Onbruikbaar` when it is no code list.
    """
    rijen, fouten = _lees(bestand)
    return Voorstel(
        rijen=rijen,
        fouten=fouten + _periodefouten(rijen),
        onbekend=_onbekend(opslag, rijen),
        verschil=versie.vergelijk(versie.lees(TABEL), rijen, SLEUTEL),
    )


def pas_toe(voorstel: Voorstel, bestand: Path, archief: Path) -> Path | None:
    """Make the list the seed, and keep it in ``archief``; None when nothing changes. ValueError when it has errors."""
    if voorstel.fouten:
        raise ValueError("een codelijst met fouten wordt niet toegepast")
    return versie.pas_toe(TABEL, voorstel.rijen, archief, bestand.name)


def _onbekend(opslag: Path, rijen: list[dict[str, str]]) -> list[str]:
    """The prestatiecodes of accepted rows in the store for which the list has no period on their begindatum."""
    if not any(opslag.glob("declaraties/**/*.parquet")):
        return []
    lijst = pa.table({naam: [rij[naam] for rij in rijen] for naam in ("prestatiecode", "geldig_van", "geldig_tot")})
    with duckdb.connect() as con:
        con.register("lijst", lijst)
        gevonden = con.execute(
            """
            SELECT DISTINCT prestatiecode FROM read_parquet(?, union_by_name = true) AS rij
            WHERE codes IS NULL AND prestatiecode IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM lijst WHERE lijst.prestatiecode = rij.prestatiecode AND rij.begindatum >= lijst.geldig_van::DATE
                AND rij.begindatum <= coalesce(try_cast(lijst.geldig_tot AS DATE), DATE '9999-12-31'))
            ORDER BY prestatiecode""",
            [str(opslag / "declaraties" / "**" / "*.parquet")],
        ).fetchall()
    return [code for (code,) in gevonden]


@cache
def _mapping() -> dict:
    return yaml.safe_load((Path(__file__).parent / "codelijst.yaml").read_text(encoding="utf-8"))


def _lees(bestand: Path) -> tuple[list[dict[str, str]], list[str]]:
    mapping, bladen = _mapping(), werkblad.lees_bladen(bestand)
    ontbreekt = [blad for blad in (mapping["tabblad_prestatie"], *mapping["tabbladen"]) if blad not in bladen]
    if ontbreekt:
        raise Onbruikbaar(
            f"{bestand.name}: tabblad {', '.join(ontbreekt)} ontbreekt. Heet het anders, pas dan "
            "pipelines/referentie/codelijst.yaml aan"
        )
    alle = werkblad.kies(
        bladen[mapping["tabblad_prestatie"]], mapping["kolommen"], f"tabblad {mapping['tabblad_prestatie']}"
    )
    algemeen = {rij["prestatiecode"]: rij for rij in alle if rij["prestatiecode"]}
    rijen, fouten = [], []
    for blad, prestatietype in mapping["tabbladen"].items():
        for nummer, ruw in enumerate(werkblad.kies(bladen[blad], mapping["kolommen"], f"tabblad {blad}"), start=1):
            if not ruw["prestatiecode"]:
                fouten.append(f"tabblad {blad}, rij {nummer}: geen prestatiecode")
                continue
            aangevuld = {
                naam: waarde or algemeen.get(ruw["prestatiecode"], {}).get(naam, "") for naam, waarde in ruw.items()
            }
            rij, problemen = _rij(aangevuld, prestatietype, bestand.name)
            rijen.append(rij)
            fouten += [f"tabblad {blad}, prestatiecode {rij['prestatiecode']}: {probleem}" for probleem in problemen]
    fouten += [
        f"tabblad {mapping['tabblad_prestatie']}: prestatiecode {code} staat in geen ander tabblad"
        for code in sorted(algemeen.keys() - {rij["prestatiecode"] for rij in rijen})
    ]
    if not rijen:
        raise Onbruikbaar(f"{bestand.name} bevat geen enkele prestatie")
    return sorted(rijen, key=lambda rij: tuple(rij[naam] for naam in SLEUTEL)), fouten


def _rij(ruw: dict[str, str], prestatietype: str, bestand: str) -> tuple[dict[str, str], list[str]]:
    mapping, problemen = _mapping(), []
    consult, verblijf = prestatietype in ("consult", "groepsconsult"), prestatietype == "verblijfsdag"

    def datum(naam: str) -> str:
        try:
            return werkblad.datum(ruw[naam], mapping["datumvormen"], mapping["open_einde"])
        except ValueError:
            problemen.append(f"{naam} is geen datum")
            return ""

    beveiliging = (
        "0" if ruw["beveiligingsniveau"].casefold() in mapping["zonder_beveiliging"] else ruw["beveiligingsniveau"]
    )
    rij = {
        "prestatiecode": ruw["prestatiecode"],
        "omschrijving": ruw["omschrijving"],
        "prestatietype": prestatietype,
        "setting": _setting(ruw["setting"]) if consult else "",
        "verzorgingsgraad": ruw["verzorgingsgraad"].upper() if verblijf else "",
        "beveiligingsniveau": beveiliging if verblijf else "",
        "acuut_binnen_budget": _acuut(ruw),
        "geldig_van": datum("geldig_van") or mapping["geldig_van_zonder_datum"].isoformat(),
        "geldig_tot": datum("geldig_tot"),
        "herkomst": f"NZa: {bestand}",
    }
    if rij["setting"] is None:
        problemen.append("setting is niet 1..8 en geen omschrijving uit seeds/zpm_setting.csv")
        rij["setting"] = ""
    if verblijf and rij["verzorgingsgraad"] not in mapping["verzorgingsgraden"]:
        problemen.append(f"verzorgingsgraad is niet {', '.join(mapping['verzorgingsgraden'])}")
    if verblijf and rij["beveiligingsniveau"] not in mapping["beveiligingsniveaus"]:
        problemen.append(f"beveiligingsniveau is niet {', '.join(mapping['beveiligingsniveaus'])}")
    if rij["geldig_tot"] and rij["geldig_tot"] < rij["geldig_van"]:
        problemen.append("geldig_tot ligt voor geldig_van")
    return rij, problemen


def _setting(tekst: str) -> str | None:
    """The number of a setting written as 4, 04, S04 or its omschrijving; empty stays empty (acute ggz within the budget)."""
    if not tekst:
        return ""
    if nummer := re.fullmatch(r"S?0?([1-8])", tekst, re.IGNORECASE):
        return nummer[1]
    return next(
        (
            rij["nr"]
            for rij in versie.lees(PROJECT / "seeds" / "zpm_setting.csv")
            if rij["omschrijving"].casefold() == tekst.casefold()
        ),
        None,
    )


def _acuut(ruw: dict[str, str]) -> str:
    mapping = _mapping()
    if ruw["acuut_binnen_budget"]:
        return "J" if ruw["acuut_binnen_budget"].casefold() in [ja.casefold() for ja in mapping["acuut_ja"]] else "N"
    return "J" if mapping["acuut_in_omschrijving"] in ruw["omschrijving"].casefold() else "N"


def _periodefouten(rijen: list[dict[str, str]]) -> list[str]:
    """Codes with two periods that share a day."""
    per_code = defaultdict(list)
    for rij in rijen:
        per_code[rij["prestatiecode"]].append((rij["geldig_van"], rij["geldig_tot"] or "9999-12-31"))
    return [
        f"prestatiecode {code}: perioden overlappen (vanaf {volgende[0]})"
        for code, perioden in per_code.items()
        for vorige, volgende in zip(sorted(perioden), sorted(perioden)[1:], strict=False)
        if volgende[0] <= vorige[1]
    ]
