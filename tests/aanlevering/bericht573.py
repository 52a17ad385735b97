"""Writer of 573 test messages from declaraties rows: the standard as the mapping file knows it, in its own words.

Belongs here: XML of a message. Does not belong here: anything of the reader; a test that shares code with what it tests
shows nothing.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from xml.sax.saxutils import escape

NAAMRUIMTE = "http://ei.vektis.nl/declaratiebericht573"

HEADER = {
    "Berichtcode": "573",
    "Berichtversie": "1",
    "Berichtsubversie": "0",
    "Berichtsoort": "P",
    "Verzender": "06290300",
    "VerzenderRol": "1",
    "Ontvanger": "3311",
    "OntvangerRol": "3",
    "Verzenddatum": "2024-06-03",
    "Referentienummer": "B1",
}


def rij(**waarden: str | None) -> dict[str, str | None]:
    """A D row of declaraties, with ``bsn`` and ``geboortedatum`` as a message has them; override at will."""
    return {
        "declaratie_id": "N1",
        "debet_credit": "D",
        "gerelateerd_declaratie_id": None,
        "bsn": "123456782",
        "geboortedatum": "1949-04-05",
        "agb_onderneming": "06290300",
        "agb_vestiging": "06290304",
        "zorgtrajectnummer": "T22-1",
        "prestatiecode": "XCO0897",
        "begindatum": "2024-05-14",
        "bedrag": "480.38",
        "zorgvraagtype": "12",
        "zorglabel": "ZL07",
        "privacyverklaring": "N",
        "verwijzing_type": "01",
        "verwijsdatum": "2023-09-30",
        **waarden,
    }


def bericht(
    rijen: Iterable[dict],
    *,
    header: dict | None = None,
    naamruimte: str | None = NAAMRUIMTE,
    totaal: str | None = None,
    extra: str = "",
) -> bytes:
    """A whole message; ``header`` overrides Header elements (None leaves one out), ``extra`` goes in every debet prestatie."""
    return "".join(stukken(list(rijen), header=header, naamruimte=naamruimte, totaal=totaal, extra=extra)).encode()


def stukken(
    rijen: list[dict],
    *,
    header: dict | None = None,
    naamruimte: str | None = NAAMRUIMTE,
    totaal: str | None = None,
    extra: str = "",
) -> Iterator[str]:
    """The same in pieces, one per Verzekerde."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<Bericht xmlns="{naamruimte}">\n' if naamruimte else "<Bericht>\n"
    yield _klasse("Header", {**HEADER, **(header or {})})
    eerste = rijen[0] if rijen else {"agb_onderneming": "06290300", "agb_vestiging": "06290304"}
    yield "<DeclaratieContext>" + _klasse(
        "Declarant", {"Zorgaanbiedercode": eerste["agb_onderneming"], "ZorgaanbiederSoort": "1"}
    )
    if eerste["agb_vestiging"] != eerste["agb_onderneming"]:
        yield _klasse("Zorgaanbieder", {"Zorgaanbiedercode": eerste["agb_vestiging"], "ZorgaanbiederSoort": "1"})
    yield _elementen(
        {
            "Factuurnummer": "F-1",
            "Factuurdatum": "2024-06-01",
            "Valutacode": "EUR",
            "BegindatumDeclaratieperiode": "2024-05-01",
            "EinddatumDeclaratieperiode": "2024-05-31",
        }
    )
    yield "</DeclaratieContext>\n"
    yield _overzicht(rijen, totaal)
    for (bsn, geboortedatum), prestaties in groupby(rijen, key=lambda r: (r["bsn"], r["geboortedatum"])):
        yield verzekerde(bsn, geboortedatum, prestaties, extra)
    yield "</Bericht>\n"


def verzekerde(bsn: str | None, geboortedatum: str | None, prestaties: Iterable[dict], extra: str = "") -> str:
    delen = "".join(_debet(p, extra) if p["debet_credit"] == "D" else _credit(p) for p in prestaties)
    persoon = _elementen(
        {"BSN": bsn, "UzoviNummer": "3311", "PatientIdentificatienummer": "P1", "Geboortedatum": geboortedatum}
    )
    return f"<Verzekerde>{persoon}{delen}</Verzekerde>\n"


def _overzicht(rijen: list[dict], totaal: str | None) -> str:
    centen = sum((1 if r["debet_credit"] == "D" else -1) * round(float(r["bedrag"] or 0) * 100) for r in rijen)
    bedrag = totaal or f"{abs(centen) // 100}.{abs(centen) % 100:02d}"
    return (
        "<Overzicht>"
        + _klasse("TotaalDeclaratiebedragInclBtw", {"Bedrag": bedrag, "DebetCreditCode": "C" if centen < 0 else "D"})
        + "</Overzicht>\n"
    )


def _debet(r: dict, extra: str) -> str:
    label = (
        _klasse("AanvullendPrestatieKenmerk", {"ApkCodelijstCode": "001", "ApkCode": r["zorglabel"]})
        if r["zorglabel"]
        else ""
    )
    diagnose = (
        _klasse("Diagnose", {"DiagnoseCodelijstCode": "031", "Diagnosecode": r["zorgvraagtype"]})
        if r["zorgvraagtype"]
        else ""
    )
    verwijzer = (
        _klasse("Verwijzer", {"Zorgaanbiedercode": "01000001", "ZorgaanbiederSoort": "3", "ZorgaanbiederRol": "03"})
        if r["verwijzing_type"] in ("01", "02")
        else ""
    )
    verwijzing = (
        (
            f"<Verwijzing>{_elementen({'TypeVerwijzingcode': r['verwijzing_type'], 'Verwijsdatum': r['verwijsdatum']})}"
            f"{verwijzer}</Verwijzing>"
        )
        if r["verwijzing_type"] or r["verwijsdatum"]
        else ""
    )
    traject = (
        f"<Zorgtraject><Zorgtrajectnummer>{escape(r['zorgtrajectnummer'])}</Zorgtrajectnummer></Zorgtraject>"
        if r["zorgtrajectnummer"]
        else ""
    )
    privacy = {"J": "true", "N": "false"}.get(r["privacyverklaring"], r["privacyverklaring"])
    return (
        "<Prestatie><DebetPrestatie>"
        + _elementen(
            {
                "Referentienummer": r["declaratie_id"],
                "PrestatieCodelijstCode": "071",
                "Prestatiecode": r["prestatiecode"],
                "Begindatum": r["begindatum"],
                "Aantal": "1",
                "TariefInclBtw": r["bedrag"],
                "BerekendBedragInclBtw": r["bedrag"],
                "DeclaratieBedragInclBtw": r["bedrag"],
                "Herdeclaratiecode": "01",
                "InformatieCode": "1",
                "PrivacyCode": privacy,
                "DoorsturenToegestaan": "true",
            }
        )
        + label
        + verwijzing
        + _klasse(
            "Zorgaanbieder", {"Zorgaanbiedercode": "03000001", "ZorgaanbiederSoort": "3", "ZorgaanbiederRol": "02"}
        )
        + "<AanvullendePrestatiegegevens>"
        + diagnose
        + traject
        + "</AanvullendePrestatiegegevens>"
        + extra
        + "</DebetPrestatie></Prestatie>\n"
    )


def _credit(r: dict) -> str:
    return (
        "<Prestatie><CreditPrestatie>"
        + _elementen(
            {
                "Referentienummer": r["declaratie_id"],
                "GerelateerdReferentienummer": r["gerelateerd_declaratie_id"],
                "PrestatieCodelijstCode": "071",
                "Begindatum": r["begindatum"],
                "ToegekendBedragInclBtwFinancieel": r["bedrag"],
            }
        )
        + "</CreditPrestatie></Prestatie>\n"
    )


def _klasse(naam: str, velden: dict[str, str | None]) -> str:
    return f"<{naam}>{_elementen(velden)}</{naam}>"


def _elementen(velden: dict[str, str | None]) -> str:
    return "".join(f"<{naam}>{escape(waarde)}</{naam}>" for naam, waarde in velden.items() if waarde is not None)
