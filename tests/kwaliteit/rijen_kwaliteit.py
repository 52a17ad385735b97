"""Literal rows of deliveries, and how they become a file."""

HIC = {
    "maand": "2024-01",
    "agb_vestiging": "06290001",
    "eenheid_id": "H1",
    "eenheid_type": "HIC",
    "capaciteit": "6",
    "bezette_dagen": "100",
    "opnames": "3",
    "ontslagen": "3",
    "opnames_buiten_regio": "0",
    "heropnames_30d": "0",
    "separaties": "1",
    "separatie_uren": "2.5",
    "gedwongen_medicatie": "0",
    "uitgestelde_dagen": "0",
    "modelgetrouwheid": "3.4",
    "audit_datum": "2023-11-15",
}
WACHTPLEK = {
    "maand": "2024-01",
    "wachtplek_id": "W1",
    "patient_pseudoniem": "a" * 64,
    "agb_vestiging": "06290001",
    "gemeente_code": "GM0363",
    "hoofddiagnosegroep": "",
    "zorgvorm": "fact",
    "aanmelddatum": "2024-01-05",
    "intakedatum": "",
    "startdatum_behandeling": "",
    "einddatum": "",
    "reden_einde": "",
    "exclusiecriterium": "",
    "voorkeursaanbieder": "J",
    "bemiddeling": "geen",
    "aanmeldpauze": "N",
}


def csv_tekst(*rijen: dict[str, str]) -> str:
    """The rows as csv, with the columns of the first."""
    regels = [list(rijen[0])] + [[rij.get(kolom, "") for kolom in rijen[0]] for rij in rijen]
    return "".join(";".join(regel) + "\n" for regel in regels)
