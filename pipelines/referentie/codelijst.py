"""The official code list of the NZa (*Codelijst Prestatie en Hulptabellen*) -> ``seeds/zpm_prestatie.csv`` (spec 2.2).

Belongs here: which tab and column becomes which column of the seed, and what a list must hold. Tab and column names stand in
``codelijst.yaml``. Does not belong here: the rules that give a prestatie its cluster (``seeds/cluster_regel.csv``).
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path

import duckdb
import pyarrow as pa
import yaml

from pipelines.fundament import seeds
from pipelines.referentie import versie, werkblad
from pipelines.referentie.versie import Verschil
from pipelines.referentie.werkblad import Onbruikbaar, Rij

MAPPING = Path(__file__).parent / "codelijst.yaml"
TABEL = seeds.pad("zpm_prestatie")
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

    ``fouten`` make it unusable; ``afwezig`` (columns) and ``voetnoten`` (rows left out) are remarks on the reading. ``onbekend``:
    codes of accepted rows that it does not hold on their begindatum; those rows would be refused (A03). ``blijft_onbekend``:
    codes of refused rows that neither it nor the list of now holds, with their number of rows.
    """

    rijen: list[dict[str, str]]
    fouten: list[str]
    afwezig: list[str]
    voetnoten: list[str]
    onbekend: list[str]
    blijft_onbekend: list[tuple[str, int]]
    verschil: Verschil


@dataclass
class _Lezing:
    """What reading the tabs gives, tab by tab: rows of the seed, each with its place in the workbook, and remarks."""

    rijen: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    fouten: list[str] = field(default_factory=list)
    afwezig: list[str] = field(default_factory=list)
    voetnoten: list[str] = field(default_factory=list)


def stel_voor(bestand: Path, opslag: Path) -> Voorstel:
    """Read and validate a workbook beside the seed it would replace and the rows in ``opslag`` (the store of deliveries).

    Changes nothing. `Onbruikbaar` when it is no code list.
    """
    lezing, nu = _lees(bestand), versie.lees(TABEL)
    rijen = sorted((rij for _, rij in lezing.rijen), key=lambda rij: tuple(rij[naam] for naam in SLEUTEL))
    onbekend, blijft_onbekend = _onbekend(opslag, rijen, nu)
    return Voorstel(
        rijen=rijen,
        fouten=lezing.fouten,
        afwezig=lezing.afwezig,
        voetnoten=lezing.voetnoten,
        onbekend=onbekend,
        blijft_onbekend=blijft_onbekend,
        verschil=versie.vergelijk(nu, rijen, SLEUTEL),
    )


def pas_toe(voorstel: Voorstel, bestand: Path, archief: Path) -> Path | None:
    """Make the list the seed, and keep it in ``archief``; None when nothing changes. ValueError when it has errors."""
    if voorstel.fouten:
        raise ValueError("een codelijst met fouten wordt niet toegepast")
    return versie.pas_toe(TABEL, voorstel.rijen, archief, bestand.name)


def _onbekend(
    opslag: Path, rijen: list[dict[str, str]], nu: list[dict[str, str]]
) -> tuple[list[str], list[tuple[str, int]]]:
    """The prestatiecodes in the store without a period on their begindatum (none at all, for a row without one).

    First those of accepted rows, then those of refused rows that the list of ``nu`` does not hold either, with their rows.
    """
    if not any(opslag.glob("declaraties/**/*.parquet")):
        return [], []
    perioden = pa.schema([(kolom, pa.string()) for kolom in ("prestatiecode", "geldig_van", "geldig_tot")])
    with duckdb.connect() as con:
        for naam, lijst in (("straks", rijen), ("nu", nu)):
            con.register(naam, pa.Table.from_pylist(lijst, schema=perioden))
        gevonden = con.execute(
            f"""
            SELECT prestatiecode, codes IS NULL AS aanvaard, count(*)
            FROM read_parquet(?, union_by_name = true) AS rij
            WHERE prestatiecode IS NOT NULL AND {_zonder_periode("straks")}
                AND (codes IS NULL OR {_zonder_periode("nu")})
            GROUP BY ALL ORDER BY prestatiecode""",
            [str(opslag / "declaraties" / "**" / "*.parquet")],
        ).fetchall()
    return (
        [code for code, aanvaard, _ in gevonden if aanvaard],
        [(code, aantal) for code, aanvaard, aantal in gevonden if not aanvaard],
    )


def _zonder_periode(lijst: str) -> str:
    return f"""NOT EXISTS (
                SELECT 1 FROM {lijst} AS lijst WHERE lijst.prestatiecode = rij.prestatiecode
                AND (rij.begindatum IS NULL OR rij.begindatum >= lijst.geldig_van::DATE
                    AND rij.begindatum <= coalesce(try_cast(lijst.geldig_tot AS DATE), DATE '9999-12-31')))"""


@cache
def _mapping() -> dict:
    return yaml.safe_load(MAPPING.read_text(encoding="utf-8"))


def _lees(bestand: Path) -> _Lezing:
    mapping, bladen = _mapping(), werkblad.lees_bladen(bestand)
    ontbreekt = [blad for blad in mapping["tabbladen"] if blad not in bladen]
    if ontbreekt:
        raise Onbruikbaar(
            f"{bestand.name}: tabblad {', '.join(ontbreekt)} ontbreekt. Gevonden tabbladen: {', '.join(bladen)}. "
            f"Heet het anders, pas dan {MAPPING} aan"
        )
    lezing = _Lezing()
    algemeen = _lees_blad(mapping["tabblad_prestatie"], bladen, lezing)
    perioden = defaultdict(list)
    for _, ruw in algemeen:
        perioden[ruw["prestatiecode"]].append(ruw)
    for blad in [naam for naam in mapping["tabbladen"] if naam != mapping["tabblad_prestatie"]]:
        for waar, ruw in _lees_blad(blad, bladen, lezing):
            if ruw["prestatiecode"] not in perioden and not ruw["geldig_van"]:
                lezing.fouten.append(f"{waar}: geen begindatum, ook niet op tabblad {mapping['tabblad_prestatie']}")
            for aangevuld in _vul_aan(ruw, perioden.get(ruw["prestatiecode"], [])):
                rij, problemen = _rij(aangevuld, mapping["tabbladen"][blad]["prestatietype"], bestand.name)
                lezing.rijen.append((waar, rij))
                lezing.fouten += [f"{waar}: {probleem}" for probleem in problemen]
    if not lezing.rijen:
        raise Onbruikbaar(f"{bestand.name} bevat geen enkele prestatie")
    lezing.fouten += _zonder_eigen_blad(algemeen, lezing.rijen)
    # periods that overlap on tab Prestatie do so again in every row that takes them over
    lezing.fouten += _periodefouten(algemeen) or _periodefouten(lezing.rijen)
    return lezing


def _lees_blad(blad: str, bladen: dict, lezing: _Lezing) -> list[tuple[str, dict[str, str]]]:
    """The rows of a tab that have a prestatiecode, with their place and with dates as jjjj-mm-dd."""
    mapping, rijen = _mapping(), []
    moet = mapping["tabbladen"][blad]["moet"]
    kolommen = {
        naam: {"koppen": kolom["koppen"]} if naam in moet else kolom
        for naam, kolom in mapping["kolommen"].items()
        if naam in moet or "zonder" in kolom
    }
    tabel = werkblad.kies(bladen[blad], kolommen, f"tabblad {blad}", MAPPING)
    lezing.afwezig += [tabel.afwezig] if tabel.afwezig else []
    for rij in tabel.rijen:
        plek, code = f"tabblad {blad}, rij {rij.nummer}", rij.waarden["prestatiecode"]
        waar = f"{plek}, prestatiecode {code}"
        if re.fullmatch(mapping["prestatiecode_vorm"], code):
            rijen.append((waar, rij.waarden | _datums(waar, rij.waarden, lezing)))
        elif _is_voetnoot(rij):
            lezing.voetnoten.append(f"{plek}: {rij.gevuld[0]}")
        elif code:
            lezing.fouten.append(
                f"{waar}: heeft niet de vorm van een prestatiecode ({mapping['prestatiecode_vorm']}). Verbeter de code, "
                f"of pas prestatiecode_vorm aan in {MAPPING}"
            )
        else:
            lezing.fouten.append(f"{plek}: geen prestatiecode; vul haar in of haal de rij weg")
    return rijen


def _is_voetnoot(rij: Rij) -> bool:
    """One filled cell, in the column of the code or in one that is not read: a note. Anything beside it makes it a mistake."""
    return len(rij.gevuld) == 1 and not any(cel for naam, cel in rij.waarden.items() if naam != "prestatiecode")


def _datums(waar: str, ruw: dict[str, str], lezing: _Lezing) -> dict[str, str]:
    datums = {}
    for naam in ("geldig_van", "geldig_tot"):
        try:
            datums[naam] = werkblad.datum(ruw[naam], _mapping()["datumvormen"])
        except ValueError:
            lezing.fouten.append(f"{waar}: {naam} is geen datum ({ruw[naam]}); schrijf jjjj-mm-dd of dd-mm-jjjj")
            datums[naam] = ""
    return datums


def _vul_aan(ruw: dict[str, str], perioden: list[dict[str, str]]) -> list[dict[str, str]]:
    """The row, filled up from tab Prestatie: once for every period there; with a date of its own, for the one that holds it."""
    dag = ruw["geldig_van"] or ruw["geldig_tot"]
    passend = [rij for rij in perioden if not dag or rij["geldig_van"] <= dag <= _einde(rij)]
    return [
        {naam: waarde or rij.get(naam, "") for naam, waarde in ruw.items()} for rij in passend or perioden[-1:] or [{}]
    ]


def _einde(rij: dict[str, str]) -> str:
    return rij["geldig_tot"] or _mapping()["open_einde"]


def _rij(ruw: dict[str, str], prestatietype: str, bestand: str) -> tuple[dict[str, str], list[str]]:
    mapping, problemen = _mapping(), []
    consult, verblijf = prestatietype in ("consult", "groepsconsult"), prestatietype == "verblijfsdag"
    beveiliging = ruw["beveiligingsniveau"] if verblijf else ""
    if verblijf and beveiliging.casefold() in mapping["zonder_beveiliging"]:
        beveiliging = "0"
    rij = {
        "prestatiecode": ruw["prestatiecode"],
        "omschrijving": ruw["omschrijving"],
        "prestatietype": prestatietype,
        "setting": _setting(ruw["setting"]) if consult else "",
        "verzorgingsgraad": ruw["verzorgingsgraad"].upper() if verblijf else "",
        "beveiligingsniveau": beveiliging,
        "acuut_binnen_budget": _acuut(ruw),
        "geldig_van": ruw["geldig_van"] or mapping["geldig_van_zonder_datum"].isoformat(),
        "geldig_tot": "" if ruw["geldig_tot"] == mapping["open_einde"] else ruw["geldig_tot"],
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
        (rij["nr"] for rij in seeds.lees("zpm_setting") if rij["omschrijving"].casefold() == tekst.casefold()),
        None,
    )


def _acuut(ruw: dict[str, str]) -> str:
    mapping = _mapping()
    if ruw["acuut_binnen_budget"]:
        return "J" if ruw["acuut_binnen_budget"].casefold() in [ja.casefold() for ja in mapping["acuut_ja"]] else "N"
    return "J" if mapping["acuut_in_omschrijving"] in ruw["omschrijving"].casefold() else "N"


def _periodefouten(rijen: list[tuple[str, dict[str, str]]]) -> list[str]:
    """Codes with two periods that share a day."""
    per_code = defaultdict(list)
    for waar, rij in rijen:
        per_code[rij["prestatiecode"]].append((rij["geldig_van"], _einde(rij), waar))
    return [
        f"perioden van één code overlappen vanaf {volgende[0]}: {vorige[2]} en {volgende[2]}; laat ze op elkaar aansluiten"
        for perioden in per_code.values()
        for vorige, volgende in pairwise(sorted(perioden))
        if volgende[0] <= vorige[1]
    ]


def _zonder_eigen_blad(
    algemeen: list[tuple[str, dict[str, str]]], rijen: list[tuple[str, dict[str, str]]]
) -> list[str]:
    """Rows of tab Prestatie of which no row of another tab shares a day."""
    per_code = defaultdict(list)
    for _, rij in rijen:
        per_code[rij["prestatiecode"]].append(rij)
    return [
        f"{waar}: staat voor deze periode op geen ander tabblad; zet haar op dat van haar soort"
        for waar, ruw in algemeen
        if not any(
            rij["geldig_van"] <= _einde(ruw) and ruw["geldig_van"] <= _einde(rij)
            for rij in per_code[ruw["prestatiecode"]]
        )
    ]
