"""One row at a time: every rule of 1.2 to 1.5 and 1.7 that refuses it, by its code."""

import json

import pytest

from tests.aanlevering.conftest import AFDELING, DECLARATIE, HIC, PSEUDONIEM, RIJ, WACHTPLEK, csv_tekst


@pytest.fixture
def codes(lever, neem_in, rijen):
    """Codes of one row of a bron, its usual cells replaced by ``anders``."""

    def _codes(bron: str, **anders: str) -> str | None:
        naam = f"{bron}_2024-01_ZK02_06290000_v01.csv"
        lever(naam, csv_tekst(RIJ[bron] | anders))
        return rijen(neem_in()[naam])[0]["codes"]

    return _codes


@pytest.mark.parametrize("bron", RIJ)
def test_een_gewone_rij_heeft_geen_code(codes, bron):
    assert codes(bron) is None


@pytest.mark.parametrize(
    ("bron", "kolom"),
    [
        (bron, kolom)
        for bron, optioneel in {
            "declaraties": {
                "gerelateerd_declaratie_id",
                "gemeente_code",
                "zorgvraagtype",
                "zorglabel",
                "verwijzing_type",
                "verwijsdatum",
            },
            "hic_monitor": {"modelgetrouwheid", "audit_datum"},
            "wachtlijst": {
                "gemeente_code",
                "hoofddiagnosegroep",
                "intakedatum",
                "startdatum_behandeling",
                "einddatum",
                "reden_einde",
                "exclusiecriterium",
            },
            "bedden": {"reden_sluiting"},
            "personeel": {"verzuim_aandeel", "anw_diensten", "anw_ingevuld"},
        }.items()
        for kolom in RIJ[bron]
        if kolom not in optioneel
    ],
)
def test_een_lege_verplichte_cel_is_a01(codes, bron, kolom):
    assert codes(bron, **{kolom: " "}) == "A01"


@pytest.mark.parametrize(
    ("anders", "verwacht"),
    [
        ({"debet_credit": "X"}, "A03"),
        ({"debet_credit": "C"}, "A01"),
        ({"debet_credit": "C", "gerelateerd_declaratie_id": "D0"}, None),
        ({"gerelateerd_declaratie_id": "D0"}, None),
        ({"declaratie_id": "x" * 40}, None),
        ({"declaratie_id": "x" * 41}, "A02"),
        ({"patient_pseudoniem": "A" * 64}, "A06"),
        ({"patient_pseudoniem": "a" * 63}, "A06"),
        ({"patient_pseudoniem": "123456789"}, "A06"),
        ({"geboortejaar": "1900"}, None),
        ({"geboortejaar": "1899"}, "A05"),
        ({"geboortejaar": "2024"}, None),
        ({"geboortejaar": "2025"}, "A05"),
        ({"geboortejaar": "1980.0"}, "A02"),
        ({"geboortejaar": "+1980"}, "A02"),
        ({"geboortejaar": "0001980"}, None),
        ({"geboortejaar": "9" * 15}, "A05"),
        ({"geboortejaar": "9" * 16}, "A02"),
        ({"geboortejaar": "2025", "begindatum": "2025-02-01"}, "A05"),
        ({"gemeente_code": ""}, None),
        ({"gemeente_code": "GM9999"}, None),
        ({"gemeente_code": "0363"}, "A02"),
        ({"agb_vestiging": "6290001"}, "A02"),
        ({"wet": "zvw"}, "A03"),
        ({"zorgtrajectnummer": "x" * 20}, None),
        ({"zorgtrajectnummer": "x" * 21}, "A02"),
        ({"prestatiecode": "XXX"}, "A03"),
        ({"prestatiecode": "XXX", "begindatum": "gisteren"}, "A02,A03"),
        ({"begindatum": "gisteren"}, "A02"),
        ({"begindatum": ""}, "A01"),
        ({"begindatum": "2022-01-01", "verwijsdatum": ""}, None),
        ({"begindatum": "2021-12-31", "verwijsdatum": ""}, "A03,A05"),
        ({"begindatum": "2024-01-31"}, None),
        ({"begindatum": "2024-02-01"}, "A05"),
        ({"begindatum": "2024-02-30"}, "A02"),
        ({"begindatum": "15-01-2024"}, "A02"),
        ({"begindatum": "2024-1-15"}, "A02"),
        ({"bedrag": "0"}, None),
        ({"bedrag": "100,5"}, None),
        ({"bedrag": "-0.01"}, "A05"),
        ({"bedrag": "1.005"}, "A02"),
        ({"bedrag": "1.000,00"}, "A02"),
        ({"bedrag": ".50"}, "A02"),
        ({"bedrag": "5."}, "A02"),
        ({"bedrag": "1e2"}, "A02"),
        ({"bedrag": "9999999999.99"}, None),
        ({"bedrag": "10000000000"}, "A02"),
        ({"zorgvraagtype": "1"}, None),
        ({"zorgvraagtype": "21"}, None),
        ({"zorgvraagtype": "0"}, "A03"),
        ({"zorgvraagtype": "9"}, "A03"),
        ({"zorgvraagtype": "22"}, "A03"),
        ({"zorgvraagtype": "x"}, "A02"),
        ({"privacyverklaring": "j"}, "A03"),
        ({"privacyverklaring": "J"}, None),
        ({"privacyverklaring": "J", "zorgvraagtype": "9"}, "A03"),
        ({"verwijzing_type": "07"}, None),
        ({"verwijzing_type": "08"}, "A03"),
        ({"verwijzing_type": "1"}, "A03"),
        ({"verwijsdatum": "2024-01-15"}, None),
        ({"verwijsdatum": "2024-01-16"}, "A05"),
        ({"verwijsdatum": "x", "wet": "", "geboortejaar": "1"}, "A01,A02,A05"),
    ],
)
def test_declaraties(codes, anders, verwacht):
    assert codes("declaraties", **anders) == verwacht


@pytest.mark.parametrize(
    ("anders", "verwacht"),
    [
        ({"eenheid_type": "IHT"}, None),
        ({"eenheid_type": "FACT"}, "A03"),
        ({"capaciteit": "0"}, None),
        ({"capaciteit": "-1"}, "A05"),
        ({"bezette_dagen": "1.5"}, "A02"),
        ({"separatie_uren": "0,125"}, None),
        ({"separatie_uren": "-0.5"}, "A05"),
        ({"modelgetrouwheid": "1.0"}, None),
        ({"modelgetrouwheid": "5"}, None),
        ({"modelgetrouwheid": "5.01"}, "A05"),
        ({"modelgetrouwheid": "0,99"}, "A05"),
        ({"audit_datum": "2023"}, "A02"),
        ({"agb_vestiging": "0629000x"}, "A02"),
    ],
)
def test_hic_monitor(codes, anders, verwacht):
    assert codes("hic_monitor", **anders) == verwacht


@pytest.mark.parametrize(
    ("anders", "verwacht"),
    [
        ({"zorgvorm": "dagje_uit"}, "A03"),
        ({"aanmelddatum": "2024-01-31"}, None),
        ({"aanmelddatum": "2024-02-01"}, "A05"),
        ({"aanmelddatum": "2024-02-01", "maand": ""}, "A01"),
        ({"aanmelddatum": "2024-02-01", "maand": "2024-1"}, "A02"),
        ({"intakedatum": "2024-01-05"}, None),
        ({"intakedatum": "2024-01-04"}, "A05"),
        ({"intakedatum": "2024-03-01"}, None),
        ({"startdatum_behandeling": "2024-01-20"}, "A01"),
        ({"startdatum_behandeling": "2024-01-20", "intakedatum": "later"}, "A02"),
        ({"startdatum_behandeling": "2024-01-20", "intakedatum": "2024-01-20"}, None),
        ({"startdatum_behandeling": "2024-01-19", "intakedatum": "2024-01-20"}, "A05"),
        ({"einddatum": "2024-01-20"}, "A01"),
        ({"einddatum": "2024-01-20", "reden_einde": "gestart"}, None),
        ({"einddatum": "2024-01-04", "reden_einde": "gestart"}, "A05"),
        ({"einddatum": "x"}, "A02"),
        ({"reden_einde": "overleden"}, None),
        ({"reden_einde": "weg"}, "A03"),
        ({"reden_einde": "exclusie", "exclusiecriterium": "te complex"}, None),
        ({"reden_einde": "onbekend", "exclusiecriterium": "te complex"}, "A05"),
        ({"exclusiecriterium": "te complex"}, "A05"),
        ({"reden_einde": "weg", "exclusiecriterium": "te complex"}, "A03,A05"),
        ({"aanmelddatum": "2024-02-02", "intakedatum": "2024-02-01"}, "A05"),
        ({"voorkeursaanbieder": "ja"}, "A03"),
        ({"bemiddeling": "gevraagd"}, None),
        ({"bemiddeling": "misschien"}, "A03"),
        ({"aanmeldpauze": "0"}, "A03"),
        ({"urgentie": "subacuut", "agb_onderneming": "06290000", "geboortejaar": "2024"}, None),
        ({"urgentie": "spoed"}, "A03"),
        ({"agb_onderneming": "629"}, "A02"),
        ({"geboortejaar": "1899"}, "A05"),
        ({"geboortejaar": "2025"}, "A05"),
        ({"geboortejaar": "jong"}, "A02"),
        ({"geboortejaar": "2025", "maand": "januari"}, "A02"),
        ({"patient_pseudoniem": "Jan Jansen"}, "A06"),
    ],
)
def test_wachtlijst(codes, anders, verwacht):
    assert codes("wachtlijst", **anders) == verwacht


@pytest.mark.parametrize(
    ("anders", "verwacht"),
    [
        ({"bedtype": "STOEL"}, "A03"),
        ({"capaciteit_type": "stoel"}, "A03"),
        ({"wet": "AWBZ"}, "A03"),
        ({"beveiligingsniveau": "4"}, None),
        ({"beveiligingsniveau": "5"}, "A05"),
        ({"beveiligingsniveau": "-1"}, "A05"),
        ({"erkend": "11"}, "A05"),
        ({"erkend": "x"}, "A02"),
        ({"reden_sluiting": ""}, "A01"),
        ({"reden_sluiting": "vakantie"}, "A03"),
        ({"erkend": "8", "gesloten": "0", "reden_sluiting": ""}, None),
        ({"erkend": "8", "gesloten": "0"}, None),
        ({"erkend": "6", "gesloten": "-2", "reden_sluiting": ""}, "A05"),
        ({"gesloten": "twee", "reden_sluiting": ""}, "A02"),
        ({"uitgesteld_wlz": "-1"}, "A05"),
        ({"bezette_dagen": "9999"}, None),
    ],
)
def test_bedden(codes, anders, verwacht):
    assert codes("bedden", **anders) == verwacht


def test_een_afgekeurde_rij_bewaart_haar_waarden_behalve_een_a06(lever, neem_in, rijen):
    naam = "wachtlijst_2024-01_ZK02_06290000_v01.csv"
    lever(
        naam,
        csv_tekst(
            WACHTPLEK | {"patient_pseudoniem": "123456789", "hoofddiagnosegroep": "bsn 123456789", "zorgvorm": "x"}
        ),
    )
    rij = rijen(neem_in()[naam])[0]
    assert rij["codes"] == "A03,A06"
    assert '"zorgvorm":"x"' in rij["rij"]
    assert "123456789" not in str(rij)


@pytest.mark.parametrize("geheim", ["null", "patient_pseudoniem", 'Jan "J." Jansen', "Jan\nJansen", "Jan\\Jansen"])
def test_een_a06_waarde_wordt_uit_elke_cel_gewist_en_de_rij_blijft_leesbaar(lever, neem_in, rijen, geheim):
    naam = "declaraties_2024-01_ZK02_0403_v01.csv"
    cellen = DECLARATIE | {"patient_pseudoniem": geheim, "zorglabel": f"over {geheim} gesproken"}
    lever(naam, csv_tekst({kolom: '"' + cel.replace('"', '""') + '"' for kolom, cel in cellen.items()}))
    (rij,) = rijen(neem_in()[naam])
    bewaard = json.loads(rij["rij"])
    assert bewaard == DECLARATIE | {
        "patient_pseudoniem": None,
        "zorglabel": "over (verwijderd: A06) gesproken",
        "gerelateerd_declaratie_id": None,
    }
    assert rij["zorglabel"] is None


def test_privacy_j_wist_het_zorgvraagtype_en_telt_dat(lever, neem_in, rijen):
    naam = "declaraties_2024-01_ZK02_0403_v01.csv"
    lever(naam, csv_tekst(DECLARATIE | {"privacyverklaring": "J"}, DECLARATIE | {"declaratie_id": "D2"}))
    assert [(r["zorgvraagtype"], r["zorgvraagtype_gewist"]) for r in rijen(neem_in()[naam])] == [
        (None, True),
        (5, False),
    ]


def test_kolommen_buiten_het_contract_worden_niet_bewaard(lever, neem_in, rijen):
    naam = "hic_monitor_2024-01_ZK02_06290000_v01.csv"
    lever(naam, csv_tekst(HIC | {"naam_patient": "Jan Jansen", "capaciteit": "x"}))
    assert "Jan" not in str(rijen(neem_in()[naam]))


def test_de_waarden_krijgen_hun_type(lever, neem_in, rijen):
    naam = "declaraties_2024-01_ZK02_0403_v01.csv"
    lever(naam, csv_tekst(DECLARATIE | {"bedrag": "100,5"}))
    rij = rijen(neem_in()[naam])[0]
    assert (
        str(rij["bedrag"]),
        rij["begindatum"].isoformat(),
        rij["geboortejaar"],
        rij["agb_vestiging"],
        rij["rijnummer"],
    ) == ("100.50", "2024-01-15", 1980, "06290001", 1)
    assert rij["patient_pseudoniem"] == PSEUDONIEM


@pytest.mark.parametrize(
    ("anders", "verwacht"),
    [
        ({"bedtype": "CRISISDIENST"}, None),
        ({"bedtype": "ZAAL"}, "A03"),
        ({"functie": "arts"}, "A03"),
        ({"fte_extern": "-0,1"}, "A05"),
        ({"fte_bezet": "10000"}, None),
        ({"fte_bezet": "10000.1"}, "A05"),
        ({"fte_vacature": "1.234,5"}, "A02"),
        ({"verzuim_aandeel": "1"}, None),
        ({"verzuim_aandeel": "8"}, "A05"),
        ({"anw_diensten": "", "anw_ingevuld": ""}, None),
        ({"anw_diensten": ""}, "A05"),
        ({"anw_ingevuld": ""}, "A05"),
        ({"anw_ingevuld": "x"}, "A02"),
        ({"anw_ingevuld": "31"}, None),
        ({"anw_ingevuld": "32"}, "A05"),
    ],
)
def test_personeel(codes, anders, verwacht):
    assert codes("personeel", **anders) == verwacht


def test_een_afdeling_houdt_haar_sleutel_ook_als_zij_is_afgekeurd(lever, neem_in, rijen):
    naam = "bedden_2024-01_ZK02_06290000_v01.csv"
    lever(naam, csv_tekst(AFDELING | {"wet": "AWBZ"}))
    assert rijen(neem_in()[naam])[0]["afdeling_id"] == "A1"


AANTALLEN = [
    (bron, kolom)
    for bron, kolommen in {
        "bedden": ("opnames", "ontslagen", "uitgesteld_woning"),
        "hic_monitor": ("capaciteit", "opnames", "ontslagen", "heropnames_30d", "separaties", "separatie_uren"),
    }.items()
    for kolom in kolommen
]


@pytest.mark.parametrize(("bron", "kolom"), AANTALLEN)
@pytest.mark.parametrize(("aantal", "geweigerd"), [("1000000", False), ("1000001", True), ("999999999999999", True)])
def test_een_aantal_boven_een_miljoen_is_a05(codes, bron, kolom, aantal, geweigerd):
    assert ("A05" in (codes(bron, **{kolom: aantal}) or "")) == geweigerd


@pytest.mark.parametrize(
    ("bron", "kolom", "anders", "meeste"),
    [
        ("bedden", "bezette_dagen", {"erkend": "20", "operationeel": "18"}, 62_000),
        ("bedden", "beschikbare_dagen", {"erkend": "20", "operationeel": "18"}, 62_000),
        ("bedden", "bezette_dagen", {"erkend": "2", "operationeel": "0"}, 31_000),
        ("hic_monitor", "bezette_dagen", {"capaciteit": "11"}, 34_100),
    ],
)
@pytest.mark.parametrize(("meer", "code"), [(0, None), (1, "A05"), (900_000_000_000_000, "A05")])
def test_dagen_boven_honderd_keer_de_plaatsen_maal_31_zijn_a05(codes, bron, kolom, anders, meeste, meer, code):
    assert codes(bron, **anders, **{kolom: str(meeste + meer)}) == code
