"""The control rules of berichtcode 573 (VC.., and our own BSN): which of them a message or a prestatie breaks.

Belongs here: when a rule is broken. Does not belong here: what that costs a row; that stands in ``seeds/gds801_oordeel.csv``, with
its reason. Rules on the form of a single value are the contract's, not ours.

Every function gives the codes of the broken rules. ``waarden`` are the fields of a class as the mapping names them, as text;
absent where the element is absent or empty.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from pipelines.aanlevering.readers.gds801_mapping import Mapping
from pipelines.fundament import seeds

_BEDRAG = re.compile(r"([0-9]{1,15})(?:[.,]([0-9]{1,2}))?", re.ASCII)
_DATUM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


@cache
def oordelen() -> dict[str, dict[str, str]]:
    """By rule: ``oordeel`` (geweigerd, gesignaleerd, informatief), ``code`` of the refusal (spec 1.7), ``inhoud`` and ``reden``."""
    return {rij["regel"]: rij for rij in seeds.lees("gds801_oordeel")}


@dataclass(frozen=True)
class Kop:
    """What the rules and the rows need of Header and DeclaratieContext."""

    productie: bool
    dji: bool
    verblijf: bool
    wet: str
    agb_onderneming: str | None
    agb_vestiging: str | None


def centen(bedrag: str | None) -> int | None:
    """A bedrag in eurocents, or None when it is no bedrag."""
    passend = _BEDRAG.fullmatch(bedrag or "")
    return int(passend[1]) * 100 + int((passend[2] or "").ljust(2, "0")) if passend else None


def is_datum(tekst: str | None) -> bool:
    """Of the form jjjj-mm-dd; two such texts compare as dates do."""
    return bool(tekst and _DATUM.fullmatch(tekst))


def is_dag(tekst: str | None) -> bool:
    """A date that exists, not only of that form."""
    try:
        return is_datum(tekst) and bool(date.fromisoformat(tekst))
    except ValueError:
        return False


def van_bericht(kop: Kop, context: dict[str, str], mapping: Mapping) -> list[str]:
    """Rules on Header and DeclaratieContext."""
    codes, gebroken = mapping.codes, []
    if not kop.productie:
        gebroken.append("VC001")
    periode = context.get("begindatum_periode")
    if kop.productie and is_datum(periode) and periode < codes["periode_vanaf"]:
        gebroken.append("VC098")
    factuurdatum = context.get("factuurdatum")
    sepa = set(context.get("factuurnummer", "")) <= set(codes["sepa_tekens"])
    if is_datum(factuurdatum) and factuurdatum >= codes["sepa_vanaf"] and not sepa:
        gebroken.append("VC171")
    return gebroken


def van_totaal(overzicht: dict[str, str], som_centen: int) -> list[str]:
    """VC016: the total of the message against the sum of its prestaties (debet less credit), in eurocents."""
    totaal = centen(overzicht.get("totaal"))
    if totaal is not None and overzicht.get("totaal_debet_credit") == "C":
        totaal = -totaal
    return [] if totaal == som_centen else ["VC016"]


def van_credit(waarden: dict, mapping: Mapping) -> list[str]:
    """Rules on a CreditPrestatie."""
    gebroken = []
    if _te_laat(waarden.get("begindatum"), mapping):
        gebroken.append("VC173")
    if waarden.get("codelijst") != mapping.prestatiecodelijst:
        gebroken.append("VC081")
    return gebroken


def van_verzekerde(persoon: dict, kop: Kop) -> list[str]:
    """Rules on the Verzekerde of a DebetPrestatie; BSN is our own: what the standard leaves out for some receivers we cannot miss."""
    gebroken = []
    if "bsn" not in persoon:
        gebroken.append("BSN")
    if kop.dji or kop.verblijf:
        if "bsn" in persoon:
            gebroken.append("VC017")
    elif "bsn" not in persoon and "verzekerdennummer" not in persoon:
        gebroken.append("VC018")
    return gebroken


def van_debet(waarden: dict, kop: Kop, mapping: Mapping) -> list[str]:
    """Rules on a DebetPrestatie."""
    gebroken = []
    zpm = waarden.get("codelijst") == mapping.prestatiecodelijst
    if _te_laat(waarden.get("begindatum"), mapping):
        gebroken.append("VC172")
    if not zpm:
        gebroken.append("VC069")
    elif kop.verblijf:
        gebroken.append("VC070")
    if zpm and "zorgtrajectnummer" not in waarden:
        gebroken.append("VC040")
    if kop.dji and "plaatsingsbesluit" not in waarden:
        gebroken.append("VC041")
    if "aantal" in waarden and centen(waarden["aantal"]) != 100:
        gebroken.append("VC093")
    if zpm and "einddatum" in waarden:
        gebroken.append("VC094")
    if any(kenmerk.get("codelijst") != mapping.codes["zorglabel"] for kenmerk in waarden.get("kenmerken", ())):
        gebroken.append("VC061")
    if "diagnosen" in waarden:
        gebroken += _van_diagnosen(waarden, kop, mapping)
    if "verwijzing_type" in waarden:
        gebroken += _van_verwijzing(waarden, kop)
    if "zorgaanbieders" in waarden:
        gebroken += _van_zorgaanbieders(waarden["zorgaanbieders"], zpm=zpm)
    return gebroken


def _te_laat(begindatum: str | None, mapping: Mapping) -> bool:
    return is_dag(begindatum) and begindatum >= mapping.begindatum_voor


def _van_diagnosen(waarden: dict, kop: Kop, mapping: Mapping) -> list[str]:
    codes, gebroken = mapping.codes, []
    lijsten = [diagnose["codelijst"] for diagnose in waarden["diagnosen"] if "codelijst" in diagnose]
    privacy, begindatum = mapping.waarden["privacy"].get(waarden.get("privacy")), waarden.get("begindatum")
    if privacy == "J" and is_dag(begindatum):
        if begindatum >= codes["diagnose_verboden_bij_privacy_vanaf"]:
            gebroken.append("VC160")
        elif set(lijsten) & set(codes["diagnose_verboden_bij_privacy"]):
            gebroken.append("VC043")
    elif privacy == "N" and set(lijsten) - set(codes["diagnose_lijsten"]):
        gebroken.append("VC045")
    if {"029", "033"} <= set(lijsten):
        gebroken.append("VC099")
    if set(lijsten) - set(codes["diagnose_dji"] if kop.dji else codes["diagnose_niet_dji"]):
        gebroken.append("VC100" if kop.dji else "VC101")
    if len(lijsten) > len(set(lijsten)):
        gebroken.append("VC103")
    return gebroken


def _van_verwijzing(waarden: dict, kop: Kop) -> list[str]:
    soort, gebroken = waarden["verwijzing_type"], []
    verwijzers = [z for z in waarden.get("zorgaanbieders", ()) if z.get("rol") == "03"]
    if kop.dji and soort != "06":
        gebroken.append("VC106")
    code = "verwijzer_code" in waarden or waarden.get("verwijzer") or any("code" in z for z in verwijzers)
    if soort in ("01", "02") and not code:
        gebroken.append("VC107")
    if soort in ("04", "05", "06") and ("verwijzer" in waarden or "verwijsdatum" in waarden):
        gebroken.append("VC108")
    if soort == "07" and "verwijzer_specificatie" not in waarden and not any("specificatie" in z for z in verwijzers):
        gebroken.append("VC109")
    return gebroken


def _van_zorgaanbieders(zorgaanbieders: list[dict], *, zpm: bool) -> list[str]:
    gebroken = []
    for zorgaanbieder in zorgaanbieders:
        beroep, rol, soort = (zorgaanbieder.get(veld) for veld in ("beroep", "rol", "soort"))
        if zpm and (beroep or "specificatie" in zorgaanbieder) and "naam" not in zorgaanbieder:
            gebroken.append("VC064")
        if beroep and not zpm:
            gebroken.append("VC067")
        if rol == "01" and "code" in zorgaanbieder and soort not in ("1", "3"):
            gebroken.append("VC104")
        if rol == "02" and soort != "3":
            gebroken.append("VC105")
    return gebroken
