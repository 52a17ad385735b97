"""A landing area of a few literal files, and what the intake makes of them."""

from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipelines import contract
from pipelines.aanlevering import inname
from pipelines.aanlevering.opslag import opslagpad
from pipelines.aanlevering.register import Levering, Register
from pipelines.settings import Instellingen

PSEUDONIEM = "a" * 64

DECLARATIE = {
    "declaratie_id": "D1",
    "debet_credit": "D",
    "gerelateerd_declaratie_id": "",
    "patient_pseudoniem": PSEUDONIEM,
    "geboortejaar": "1980",
    "gemeente_code": "GM0363",
    "agb_onderneming": "06290000",
    "agb_vestiging": "06290001",
    "wet": "Zvw",
    "zorgtrajectnummer": "T1",
    "prestatiecode": "XCO0001",
    "begindatum": "2024-01-15",
    "bedrag": "100.50",
    "zorgvraagtype": "5",
    "zorglabel": "",
    "privacyverklaring": "N",
    "verwijzing_type": "01",
    "verwijsdatum": "2023-12-01",
}
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
    "patient_pseudoniem": PSEUDONIEM,
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
AFDELING = {
    "maand": "2024-01",
    "agb_onderneming": "06290000",
    "agb_vestiging": "06290001",
    "afdeling_id": "A1",
    "bedtype": "KLINIEK",
    "capaciteit_type": "bed",
    "wet": "Zvw",
    "beveiligingsniveau": "0",
    "erkend": "10",
    "operationeel": "8",
    "gesloten": "2",
    "reden_sluiting": "personeel",
    "beschikbare_dagen": "248",
    "bezette_dagen": "200",
    "opnames": "5",
    "ontslagen": "5",
    "uitgesteld_beschermd_wonen": "0",
    "uitgesteld_wlz": "0",
    "uitgesteld_forensisch": "0",
    "uitgesteld_woning": "0",
    "uitgesteld_andere_ggz": "0",
    "uitgesteld_overig": "0",
    "uitgesteld_aantal": "0",
}
PERSONEEL = {
    "maand": "2024-01",
    "agb_onderneming": "06290000",
    "agb_vestiging": "06290001",
    "bedtype": "KLINIEK",
    "functie": "psychiater",
    "fte_formatie": "4,5",
    "fte_bezet": "3,5",
    "fte_vacature": "1",
    "fte_extern": "0",
    "verzuim_aandeel": "0,08",
    "anw_diensten": "31",
    "anw_ingevuld": "29",
}
RIJ = {
    "declaraties": DECLARATIE,
    "hic_monitor": HIC,
    "wachtlijst": WACHTPLEK,
    "bedden": AFDELING,
    "personeel": PERSONEEL,
}


def csv_tekst(*rijen: dict[str, str], scheiding: str = ";") -> str:
    """The rows as csv, with the columns of the first."""
    regels = [list(rijen[0])] + [[rij.get(kolom, "") for kolom in rijen[0]] for rij in rijen]
    return "".join(scheiding.join(regel) + "\n" for regel in regels)


def beschadig(pad: Path, kolom: str, plek: slice, inhoud: bytes) -> None:
    """Overwrites a part of what the stored file at ``pad`` holds of this column, as a bad disk does."""
    groep = pq.read_metadata(pad).row_group(0)
    stuk = next(s for s in map(groep.column, range(groep.num_columns)) if s.path_in_schema == kolom)
    begin = stuk.dictionary_page_offset or stuk.data_page_offset
    heel = bytearray(pad.read_bytes())
    deel = heel[begin : begin + stuk.total_compressed_size]
    deel[plek] = inhoud
    heel[begin : begin + stuk.total_compressed_size] = deel
    pad.write_bytes(heel)


@pytest.fixture
def instellingen(tmp_path: Path) -> Instellingen:
    return Instellingen(data=tmp_path)


@pytest.fixture
def lever(instellingen: Instellingen) -> Callable[[str, str | bytes], Path]:
    """Puts a file in the landing area, at its place when only its name is given."""

    def _lever(naam: str, inhoud: str | bytes) -> Path:
        if "/" not in naam:
            bron, maand, regio = naam.rsplit("_", 4)[:3]
            naam = f"{bron}/{maand}/{regio}/{naam}"
        pad = instellingen.landing / naam
        pad.parent.mkdir(parents=True, exist_ok=True)
        pad.write_bytes(inhoud.encode() if isinstance(inhoud, str) else inhoud)
        return pad

    return _lever


@pytest.fixture
def neem_in(instellingen: Instellingen) -> Callable[[], dict[str, Levering]]:
    """Takes in all that is new; the whole register by file name."""

    def _neem_in() -> dict[str, Levering]:
        inname.verdwaald(instellingen)
        for bron in contract.mappen():
            inname.neem_in(instellingen, bron)
        with Register(instellingen.register) as register:
            return {levering.bestand: levering for levering in register.leveringen()}

    return _neem_in


@pytest.fixture
def rijen(instellingen: Instellingen) -> Callable[[Levering], list[dict]]:
    """The rows of a delivery as stored."""
    return lambda levering: pq.read_table(opslagpad(instellingen, levering)).to_pylist()
