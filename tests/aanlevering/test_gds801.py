"""Reader of berichtcode 573: which element becomes which column, what is refused, what is reported, and that no BSN leaks."""

import csv
import gzip
import io
import re

import pytest
import yaml

from pipelines import contract
from pipelines.aanlevering.fouten import Geweigerd
from pipelines.aanlevering.pseudoniem import Pseudonimiseerder, SleutelOntbreekt
from pipelines.aanlevering.readers import gds801, gds801_mapping, gds801_regels
from pipelines.settings import PROJECT
from tests.aanlevering.bericht573 import NAAMRUIMTE, bericht, rij, verzekerde

BSN = "123456782"
PSEUDONIEM = "87168feb74bb20d2ceed6eca7cb3b049fa398db35ed0bd096faca87c5a81b14a"
C_RIJ = {"declaratie_id": "N2", "debet_credit": "C", "gerelateerd_declaratie_id": "N0"}


@pytest.fixture(autouse=True)
def _sleutel(monkeypatch):
    monkeypatch.setenv("GGZ_PSEUDONIEM_SLEUTEL", "een sleutel van precies 32 bytes")


def lees(xml: bytes, **opties) -> list[dict]:
    """Rows of a message, without what is empty."""
    batches = gds801.lees(io.BytesIO(xml), contract.lees("declaraties"), **opties)
    return [{k: v for k, v in r.items() if v is not None} for batch in batches for r in batch.to_pylist()]


def codes(xml: bytes) -> list[str]:
    return [code for r in lees(xml) for code in r.get("_codes", [])]


def signalen(xml: bytes) -> list[str]:
    return [code for r in lees(xml) for code in r.get("_signalen", [])]


# --- what becomes of it


def test_debet_prestatie_becomes_a_d_row():
    assert lees(bericht([rij()])) == [
        {
            "declaratie_id": "N1",
            "debet_credit": "D",
            "patient_pseudoniem": PSEUDONIEM,
            "geboortejaar": "1949",
            "agb_onderneming": "06290300",
            "agb_vestiging": "06290304",
            "wet": "Zvw",
            "zorgtrajectnummer": "T22-1",
            "prestatiecode": "XCO0897",
            "begindatum": "2024-05-14",
            "bedrag": "480.38",
            "zorgvraagtype": "12",
            "zorglabel": "ZL07",
            "privacyverklaring": "N",
            "verwijzing_type": "01",
            "verwijsdatum": "2023-09-30",
            "rijnummer": 1,
        }
    ]


def test_credit_prestatie_becomes_a_c_row_that_leaves_the_rest_to_its_d_row():
    assert lees(bericht([rij(**C_RIJ)])) == [
        {
            "declaratie_id": "N2",
            "debet_credit": "C",
            "gerelateerd_declaratie_id": "N0",
            "patient_pseudoniem": PSEUDONIEM,
            "geboortejaar": "1949",
            "agb_onderneming": "06290300",
            "agb_vestiging": "06290304",
            "wet": "Zvw",
            "begindatum": "2024-05-14",
            "rijnummer": 1,
        }
    ]


def test_columns_come_in_the_order_of_the_contract():
    batch = next(gds801.lees(io.BytesIO(bericht([rij()])), contract.lees("declaraties")))
    kolommen = [k.naam for k in contract.lees("declaraties").kolommen]
    assert batch.schema.names == [*kolommen, "rijnummer", "_vormfout", "_codes", "_signalen"]


@pytest.mark.parametrize(
    ("ontvanger", "rol", "wet"),
    [
        ("3311", "3", "Zvw"),
        ("5501", "5", "Wlz"),
        ("5501", "05", "Wlz"),
        ("9992", "4", "Wfz"),
        ("9992", "5", "Wfz"),
        ("3311", "2", "Zvw"),
    ],
)
def test_wet_follows_from_the_receiver(ontvanger, rol, wet):
    assert lees(bericht([rij()], header={"Ontvanger": ontvanger, "OntvangerRol": rol}))[0]["wet"] == wet


def test_vestiging_is_the_declarant_where_the_message_names_no_zorgaanbieder():
    assert lees(bericht([rij(agb_vestiging="06290300")]))[0]["agb_vestiging"] == "06290300"


def test_zorgtraject_may_hold_its_number_itself():
    xml = bericht([rij()]).replace(b"<Zorgtrajectnummer>T22-1</Zorgtrajectnummer>", b"T22-1")
    assert lees(xml)[0]["zorgtrajectnummer"] == "T22-1"


def test_only_lists_031_and_001_give_zorgvraagtype_and_zorglabel():
    xml = bericht([rij()]).replace(b"<DiagnoseCodelijstCode>031", b"<DiagnoseCodelijstCode>029")
    uit = lees(xml.replace(b"<ApkCodelijstCode>001", b"<ApkCodelijstCode>002"))[0]
    assert "zorgvraagtype" not in uit
    assert "zorglabel" not in uit


@pytest.mark.parametrize(
    ("xml_waarde", "waarde"), [("true", "J"), ("1", "J"), ("Ja", "J"), ("false", "N"), ("Nee", "N"), ("x", "x")]
)
def test_privacy_code_becomes_j_or_n_and_anything_else_stays_for_the_contract_to_judge(xml_waarde, waarde):
    xml = bericht([rij()]).replace(b"<PrivacyCode>false", f"<PrivacyCode>{xml_waarde}".encode())
    assert lees(xml)[0]["privacyverklaring"] == waarde


def test_values_are_trimmed_and_entities_and_cdata_are_read():
    xml = bericht([rij(declaratie_id="A&B <1>")]).replace(b"XCO0897", b"\n  <![CDATA[XCO]]><!-- commentaar -->0897\t")
    uit = lees(xml)[0]
    assert (uit["declaratie_id"], uit["prestatiecode"]) == ("A&B <1>", "XCO0897")


def test_prestatie_without_debet_or_credit_is_a_row_too():
    xml = bericht([rij()]).replace(b"</Verzekerde>", b"<Prestatie></Prestatie></Verzekerde>")
    assert [r.get("declaratie_id") for r in lees(xml)] == ["N1", None]


def test_message_without_verzekerden_has_no_rows():
    assert lees(bericht([])) == []


def test_row_numbers_run_on_over_batches():
    rijen = [rij(declaratie_id=f"N{n:05d}") for n in range(500)]
    batches = list(gds801.lees(io.BytesIO(bericht(rijen)), contract.lees("declaraties"), rijen_per_batch=100))
    assert len(batches) > 1
    assert [n for b in batches for n in b.column("rijnummer").to_pylist()] == list(range(1, 501))
    assert [n for b in batches for n in b.column("declaratie_id").to_pylist()] == [r["declaratie_id"] for r in rijen]


def test_message_of_megabytes_comes_as_it_went_in():
    rijen = [rij(declaratie_id=f"N{n:06d}", bsn=BSN if n % 3 else "111222333") for n in range(3000)]
    uit = lees(bericht(rijen))
    assert [r["declaratie_id"] for r in uit] == [r["declaratie_id"] for r in rijen]
    assert {r["patient_pseudoniem"] for r in uit[::3]} == {
        Pseudonimiseerder(b"een sleutel van precies 32 bytes").van_bsn("111222333")
    }


# --- namespaces


@pytest.mark.parametrize("naamruimte", [NAAMRUIMTE, None, "urn:andere-uitgave"])
def test_namespace_of_the_root_is_that_of_the_message(naamruimte):
    assert lees(bericht([rij()], naamruimte=naamruimte)) == lees(bericht([rij()]))


def test_prefix_reads_as_the_default_namespace_does():
    xml = (
        re.sub(rb"<(/?)(\w)", rb"<\1g:\2", bericht([rij()])).replace(b"xmlns=", b"xmlns:g=").replace(b"?g:xml", b"?xml")
    )
    assert lees(xml) == lees(bericht([rij()]))


def test_unqualified_elements_below_a_qualified_root_are_the_messages_own():
    xml = bericht([rij()]).replace(
        f'<Bericht xmlns="{NAAMRUIMTE}">'.encode(), f'<g:Bericht xmlns:g="{NAAMRUIMTE}">'.encode()
    )
    assert lees(xml.replace(b"</Bericht>", b"</g:Bericht>")) == lees(bericht([rij()]))


def test_element_of_another_namespace_is_not_ours():
    vreemd = '<x:Prestatiecode xmlns:x="urn:vreemd">XCO0001</x:Prestatiecode><x:Prestatie xmlns:x="urn:vreemd"/>'
    assert lees(bericht([rij()], extra=vreemd)) == lees(bericht([rij()]))


@pytest.mark.parametrize("bedrag", ["-5.00", "x"])
def test_amount_of_a_credit_is_no_part_of_its_row(bedrag):
    heel = re.sub(rb"(?<=<ToegekendBedragInclBtwFinancieel>)[^<]+", bedrag.encode(), bericht([rij(**C_RIJ)]))
    assert "bedrag" not in lees(heel)[0]


@pytest.mark.parametrize("dag", ["1980-02-30", "1980-13-01", "1980-00-00"])
def test_day_of_birth_that_does_not_exist_gives_no_year(dag):
    heel = re.sub(rb"(?<=<Geboortedatum>)[^<]+", dag.encode(), bericht([rij()]))
    (uit,) = lees(heel)
    assert not str(uit["geboortejaar"]).startswith("1980")


# --- BSN


NUMMER = b"<UzoviNummer>3311</UzoviNummer><Verzekerdennummer>77</Verzekerdennummer>"


def test_row_without_bsn_is_refused_with_the_reason():
    assert codes(bericht([rij(bsn=None)], header={"Ontvanger": "9992", "OntvangerRol": "4"})) == ["A01", "BSN"]
    assert codes(bericht([rij(bsn=None)], header={"Ontvanger": "7125"})) == ["A01", "BSN"]
    assert codes(bericht([rij(bsn=None)])) == ["A01", "BSN", "VC018"]
    assert codes(bericht([rij(bsn=None)]).replace(b"<UzoviNummer>3311</UzoviNummer>", NUMMER)) == ["A01", "BSN"]


@pytest.mark.parametrize("ontvanger", ["9992", "7125"])
def test_bsn_where_the_standard_has_none_is_reported_and_the_row_counts(ontvanger):
    xml = bericht([rij()], header={"Ontvanger": ontvanger})
    assert codes(xml) == []
    assert "VC017" in signalen(xml)
    assert "VC017" not in signalen(bericht([rij(bsn=None)], header={"Ontvanger": ontvanger}))


@pytest.mark.parametrize("wie", [None, "111222333", "123456789"])
def test_bsn_in_a_reference_is_replaced_whoever_the_row_is_of_so_that_a_credit_finds_its_debet(wie):
    debet, credit = lees(
        bericht(
            [
                rij(declaratie_id=f"N-{BSN}"),
                rij(bsn=wie, declaratie_id=f"C-{BSN}", debet_credit="C", gerelateerd_declaratie_id=f"N-{BSN}"),
            ]
        )
    )
    assert debet["declaratie_id"] == credit["gerelateerd_declaratie_id"] == f"N-{PSEUDONIEM[:9]}"
    assert BSN not in str(credit)


def test_bsn_in_any_field_of_a_row_without_one_is_replaced():
    uit = lees(bericht([rij(bsn=None, zorgtrajectnummer=BSN, zorglabel=f"ZL/{BSN}")]))[0]
    assert (uit["zorgtrajectnummer"], uit["zorglabel"]) == (PSEUDONIEM[:9], f"ZL/{PSEUDONIEM[:9]}")


def test_bsn_of_someone_else_is_replaced_but_for_the_number_of_a_zorgtraject_and_an_amount():
    velden = {"zorgtrajectnummer": BSN, "zorglabel": f"ZL/{BSN}", "prestatiecode": BSN, "bedrag": f"{BSN}.00"}
    uit = lees(bericht([rij(bsn="111222333", **velden)]))[0]
    assert (uit["zorglabel"], uit["prestatiecode"]) == (f"ZL/{PSEUDONIEM[:9]}", PSEUDONIEM[:9])
    assert (uit["zorgtrajectnummer"], uit["bedrag"]) == (BSN, f"{BSN}.00")


def test_pseudonym_in_which_nine_digits_look_like_a_bsn_stays_whole(monkeypatch):
    toevallig = f"a{BSN}" + "b" * 54
    monkeypatch.setattr(Pseudonimiseerder, "van_bsn", lambda *_: toevallig)
    assert lees(bericht([rij()]))[0]["patient_pseudoniem"] == toevallig


@pytest.mark.parametrize("nummer", ["N0000001", "N-123456789", f"N-{BSN}0", f"1{BSN}", "000000000"])
def test_reference_that_holds_no_bsn_stays_as_it_is(nummer):
    assert lees(bericht([rij(bsn="111222333", declaratie_id=nummer)]))[0]["declaratie_id"] == nummer


def test_reference_with_a_bsn_needs_a_key_too(monkeypatch):
    monkeypatch.delenv("GGZ_PSEUDONIEM_SLEUTEL")
    with pytest.raises(SleutelOntbreekt) as fout:
        lees(bericht([rij(bsn=None, **{**C_RIJ, "gerelateerd_declaratie_id": f"N-{BSN}"})]))
    assert BSN not in str(fout.value)


def test_c_row_needs_no_bsn():
    assert codes(bericht([rij(bsn=None, **C_RIJ)])) == []


def test_bsn_that_fails_the_11_proef_does_not_get_past_the_door():
    uit = lees(bericht([rij(bsn="123456789")]))[0]
    assert uit["patient_pseudoniem"] == "(geen geldig BSN)"
    assert "123456789" not in str(uit)


def test_geboortedatum_does_not_get_past_the_door():
    assert "1949-04-05" not in str(lees(bericht([rij()])))
    assert lees(bericht([rij(geboortedatum="5 april 1949")]))[0]["geboortejaar"] == "(geen datum)"


def test_without_a_key_the_message_is_refused(monkeypatch):
    monkeypatch.delenv("GGZ_PSEUDONIEM_SLEUTEL")
    with pytest.raises(SleutelOntbreekt) as fout:
        lees(bericht([rij()]))
    assert BSN not in str(fout.value)


def test_message_without_bsns_needs_no_key(monkeypatch):
    monkeypatch.delenv("GGZ_PSEUDONIEM_SLEUTEL")
    assert lees(bericht([rij(bsn=None, **C_RIJ)]))[0]["debet_credit"] == "C"


def test_persoonsgegevens_after_a_prestatie_refuse_the_message():
    xml = bericht([rij(bsn=None)]).replace(b"</Prestatie>\n", f"</Prestatie><BSN>{BSN}</BSN>\n".encode())
    geweigerd(xml, "B01", "na een Prestatie")


@pytest.mark.parametrize("plek", [b"<BSN>", b"<Prestatie>"])
def test_verzekerde_with_two_bsns_refuses_the_message(plek):
    geweigerd(bericht([rij()]).replace(plek, b"<BSN>111222333</BSN>" + plek), "B01", "twee keer")


# --- control rules


def debet(voor: bytes, na: bytes, **waarden) -> bytes:
    """A message with one debet prestatie in which one piece is replaced."""
    xml = bericht([rij(**waarden)])
    assert voor in xml
    return xml.replace(voor, na, 1)


EENDJE = b"</AanvullendePrestatiegegevens>"
DIAGNOSE = b"<Diagnose><DiagnoseCodelijstCode>%s</DiagnoseCodelijstCode><Diagnosecode>5</Diagnosecode></Diagnose>"
ZORGAANBIEDER = b"</Zorgaanbieder><AanvullendePrestatiegegevens>"


@pytest.mark.parametrize(
    ("voor", "na", "verwacht"),
    [
        (b"<Berichtsoort>P", b"<Berichtsoort>T", "VC001"),
        (b"<Bedrag>480.38", b"<Bedrag>480.39", "VC016"),
        (b"<Bedrag>480.38</Bedrag><DebetCreditCode>D", b"<Bedrag>480.38</Bedrag><DebetCreditCode>C", "VC016"),
        (b"<ApkCodelijstCode>001", b"<ApkCodelijstCode>002", "VC061"),
        (b"<PrestatieCodelijstCode>071", b"<PrestatieCodelijstCode>083", "VC069"),
        (b"<Aantal>1</Aantal>", b"<Aantal>1</Aantal><Einddatum>2024-05-15</Einddatum>", "VC094"),
        (b"<BegindatumDeclaratieperiode>2024-05-01", b"<BegindatumDeclaratieperiode>2021-12-31", "VC098"),
        (b"<DiagnoseCodelijstCode>031", b"<DiagnoseCodelijstCode>030", "VC101"),
        (EENDJE, DIAGNOSE % b"031" + EENDJE, "VC103"),
        (ZORGAANBIEDER, b"<BeroepZorgverlener>9</BeroepZorgverlener>" + ZORGAANBIEDER, "VC064"),
        (
            b"<ZorgaanbiederSoort>3</ZorgaanbiederSoort><ZorgaanbiederRol>02",
            b"<ZorgaanbiederSoort>2</ZorgaanbiederSoort><ZorgaanbiederRol>02",
            "VC105",
        ),
        (
            b"<ZorgaanbiederSoort>3</ZorgaanbiederSoort><ZorgaanbiederRol>02",
            b"<ZorgaanbiederSoort>2</ZorgaanbiederSoort><ZorgaanbiederRol>01",
            "VC104",
        ),
        (b"<Verwijzer><Zorgaanbiedercode>01000001</Zorgaanbiedercode>", b"<Verwijzer>", "VC107"),
        (b"<TypeVerwijzingcode>01", b"<TypeVerwijzingcode>04", "VC108"),
        (b"<TypeVerwijzingcode>01", b"<TypeVerwijzingcode>07", "VC109"),
        (
            b"<Factuurnummer>F-1</Factuurnummer><Factuurdatum>2024-06-01",
            b"<Factuurnummer>F_1</Factuurnummer><Factuurdatum>2026-01-01",
            "VC171",
        ),
    ],
)
def test_broken_rule_is_reported_and_the_row_counts(voor, na, verwacht):
    xml = debet(voor, na)
    assert signalen(xml) == [verwacht]
    assert codes(xml) == []


@pytest.mark.parametrize(
    ("voor", "na", "verwacht"),
    [
        (b"<Zorgtraject><Zorgtrajectnummer>T22-1</Zorgtrajectnummer></Zorgtraject>", b"", ["A01", "VC040"]),
        (b"<Aantal>1<", b"<Aantal>2<", ["A05", "VC093"]),
        (b"<Begindatum>2024-05-14", b"<Begindatum>2027-01-01", ["A05", "VC172"]),
    ],
)
def test_broken_rule_that_costs_the_row_comes_with_the_code_of_the_refusal(voor, na, verwacht):
    assert codes(debet(voor, na)) == verwacht


def test_last_day_of_version_1_0_is_accepted():
    assert codes(debet(b"<Begindatum>2024-05-14", b"<Begindatum>2026-12-31")) == []


def test_factuurnummer_of_before_2026_may_hold_anything():
    assert signalen(debet(b"<Factuurnummer>F-1", b"<Factuurnummer>F_1")) == []


def test_credit_of_2027_is_refused():
    assert codes(bericht([rij(**C_RIJ, begindatum="2027-01-01")])) == ["A05", "VC173"]


def test_credit_of_another_code_list_is_reported():
    assert signalen(debet(b"<PrestatieCodelijstCode>071", b"<PrestatieCodelijstCode>083", **C_RIJ)) == ["VC081"]


@pytest.mark.parametrize("volgorde", [1, -1])
def test_credit_of_a_debet_in_the_same_message_is_reported_on_the_later_of_the_two(volgorde):
    rijen = [rij(), rij(declaratie_id="N2", debet_credit="C", gerelateerd_declaratie_id="N1")][::volgorde]
    assert [r.get("_signalen") for r in lees(bericht(rijen))] == [None, ["VC102"]]


def test_credit_is_seen_as_far_back_as_the_window_and_no_further_than_twice_that(monkeypatch):
    monkeypatch.setattr(gds801, "CREDIT_VENSTER", 5)
    rijen = [rij(declaratie_id=f"N{n}") for n in range(20)]
    credits = [rij(declaratie_id=f"C{n}", debet_credit="C", gerelateerd_declaratie_id=f"N{n}") for n in (0, 19)]
    gemeld = {r["declaratie_id"]: r.get("_signalen") for r in lees(bericht([*rijen, *credits], totaal="8646.84"))}
    assert (gemeld["C0"], gemeld["C19"]) == (None, ["VC102"])


@pytest.mark.parametrize(
    ("begindatum", "lijst", "verwacht"),
    [
        ("2023-12-31", b"031", ["VC043"]),
        ("2023-12-31", b"033", []),
        ("2024-01-01", b"031", ["VC160"]),
        ("2024-01-01", b"033", ["VC160"]),
    ],
)
def test_diagnose_under_privacy_is_reported(begindatum, lijst, verwacht):
    xml = bericht([rij(privacyverklaring="J", begindatum=begindatum)])
    assert signalen(xml.replace(b"<DiagnoseCodelijstCode>031", b"<DiagnoseCodelijstCode>" + lijst)) == verwacht


def test_unknown_diagnose_list_without_privacy_is_reported():
    assert signalen(debet(b"<DiagnoseCodelijstCode>031", b"<DiagnoseCodelijstCode>040")) == ["VC045", "VC101"]


def test_lists_029_and_033_together_are_reported():
    assert signalen(debet(EENDJE, DIAGNOSE % b"029" + DIAGNOSE % b"033" + EENDJE)) == ["VC099"]


def test_rules_of_forensic_care():
    xml = bericht([rij(zorgvraagtype="12")], header={"Ontvanger": "9992", "OntvangerRol": "4"})
    assert signalen(xml) == ["VC017", "VC041", "VC100", "VC106"]


def test_receiver_7125_is_not_for_mental_health_claims():
    assert signalen(bericht([rij()], header={"Ontvanger": "7125"})) == ["VC017", "VC070"]


ZORGTRAJECT = b"<Zorgtraject><Zorgtrajectnummer>T22-1</Zorgtrajectnummer></Zorgtraject>"
ANDERE_LIJST = (b"<PrestatieCodelijstCode>071", b"<PrestatieCodelijstCode>083")
VERWIJZER = b"<Verwijzer><Zorgaanbiedercode>01000001</Zorgaanbiedercode>"
ROL_03 = b"<Zorgaanbieder><Zorgaanbiedercode>01000001</Zorgaanbiedercode><ZorgaanbiederRol>03</ZorgaanbiederRol></Zorgaanbieder>"


def test_rules_of_the_code_list_of_the_zpm_do_not_hold_for_another():
    assert codes(debet(ZORGTRAJECT, b"").replace(*ANDERE_LIJST)) == []
    einde = debet(b"<Aantal>1</Aantal>", b"<Aantal>1</Aantal><Einddatum>2024-05-15</Einddatum>")
    assert signalen(einde.replace(*ANDERE_LIJST)) == ["VC069"]


@pytest.mark.parametrize("begindatum", ["2027-02-30", "x", ""])
def test_rules_on_a_begindatum_ask_for_a_day_that_exists(begindatum):
    uit = debet(b"<Begindatum>2024-05-14", b"<Begindatum>" + begindatum.encode(), privacyverklaring="J")
    assert (codes(uit), signalen(uit)) == ([], [])


def test_diagnose_list_is_judged_where_privacy_says_nee():
    uit = debet(b"<DiagnoseCodelijstCode>031", b"<DiagnoseCodelijstCode>040")
    assert signalen(uit.replace(b"<PrivacyCode>false</PrivacyCode>", b"")) == ["VC101"]


@pytest.mark.parametrize(
    "plek", [(b"<Verwijzer>.*</Verwijzer>", b"<Verwijzer>01000001</Verwijzer>"), (VERWIJZER, b"<Verwijzer>")]
)
def test_code_of_the_verwijzer_may_stand_in_three_places(plek):
    xml = re.sub(*plek, bericht([rij()]))
    if plek[0] == VERWIJZER:
        xml = xml.replace(b"<AanvullendePrestatiegegevens>", ROL_03 + b"<AanvullendePrestatiegegevens>")
    assert signalen(xml) == []


def test_total_with_a_comma_holds():
    assert signalen(bericht([rij()]).replace(b"480.38<", b"480,38<")) == []


def test_beroep_outside_the_code_list_of_the_zpm_is_reported():
    xml = debet(ZORGAANBIEDER, b"<BeroepZorgverlener>9</BeroepZorgverlener>" + ZORGAANBIEDER)
    assert signalen(xml.replace(b"<PrestatieCodelijstCode>071", b"<PrestatieCodelijstCode>083")) == ["VC069", "VC067"]


def test_message_wide_findings_stand_with_its_first_and_its_last_row():
    xml = bericht(
        [rij(), rij(declaratie_id="N2"), rij(declaratie_id="N3")], header={"Berichtsoort": "T"}, totaal="1.00"
    )
    assert [r.get("_signalen") for r in lees(xml)] == [["VC001"], None, ["VC016"]]


def test_total_of_debet_less_credit_holds():
    assert signalen(bericht([rij(bedrag="10.50"), rij(**C_RIJ, bedrag="30.25")])) == []


def test_total_that_is_no_amount_breaks_vc016():
    assert signalen(debet(b"<Bedrag>480.38", b"<Bedrag>1e999999999")) == ["VC016"]


# --- what is no 573 message


def geweigerd(xml: bytes, code: str, zegt: str) -> None:
    with pytest.raises(Geweigerd) as fout:
        lees(xml)
    assert fout.value.code == code
    assert zegt in fout.value.toelichting
    assert BSN not in str(fout.value)
    assert fout.value.__cause__ is None


@pytest.mark.parametrize("xml", [b"", b"  \n\t ", b"\xef\xbb\xbf"])
def test_message_with_nothing_in_it_is_b04(xml):
    geweigerd(xml, "B04", "leeg")


def test_version_without_a_mapping_is_refused_with_what_to_do():
    geweigerd(bericht([rij()], header={"Berichtversie": "2"}), "B01", "versie 2.0; gelezen worden: 1.0")


@pytest.mark.parametrize("versie", ["twee", "", "٢", "1234"])
def test_version_that_is_no_number_is_refused(versie):
    xml = bericht([rij()], header={"Berichtversie": versie})
    if versie:
        geweigerd(xml, "B01", "geen gehele getallen")
    else:
        assert len(lees(xml)) == 1  # an empty element says nothing: version 1.0


def test_message_that_names_no_version_is_of_the_first():
    assert len(lees(bericht([rij()], header={"Berichtversie": None, "Berichtsubversie": None}))) == 1


@pytest.mark.parametrize("berichtcode", ["574", None, BSN])
def test_other_message_is_refused(berichtcode):
    geweigerd(bericht([rij()], header={"Berichtcode": berichtcode}), "B01", "Berichtcode")


@pytest.mark.parametrize(
    "prolog",
    [
        "<!DOCTYPE Bericht>",
        '<!DOCTYPE Bericht SYSTEM "http://localhost/bericht.dtd">',
        '<!DOCTYPE Bericht [<!ENTITY b SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE Bericht [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
    ],
)
def test_doctype_is_refused(prolog):
    geweigerd(bericht([rij()]).replace(b"?>\n", b"?>\n" + prolog.encode(), 1), "B01", "DOCTYPE")


@pytest.mark.parametrize(
    ("voor", "na", "zegt"),
    [
        (b"<Bericht ", b"<Berichten ", "buitenste element"),
        (b"<Header>", b"<Kop>", "geen welgevormde XML"),
        (b"</Header>", b"</Header><Header><Berichtcode>573</Berichtcode></Header>", "één keer"),
        (b"</Bericht>", b"<Prestatie/></Bericht>", "niet op zijn plaats"),
        (b"</Bericht>", b"<DeclaratieContext/></Bericht>", "één keer"),
        (b"<Aantal>1</Aantal>", b"<Verzekerde/>", "niet op zijn plaats"),
        (b"<Aantal>1</Aantal>", b"&onbekend;", "geen welgevormde XML"),
        (b"<Aantal>1</Aantal>", b"\0", "geen welgevormde XML"),
        (b"<Aantal>1</Aantal>", b"\xe9", "geen welgevormde XML"),
        (b'encoding="UTF-8"', b'encoding="ebcdic-onbekend"', "tekencodering"),
        (b"</Bericht>\n", b"</Bericht><Bericht/>", "geen welgevormde XML"),
    ],
)
def test_message_that_is_not_built_as_the_standard_says_is_refused(voor, na, zegt):
    xml = bericht([rij()])
    assert voor in xml
    xml = xml.replace(voor, na, 1)
    geweigerd(xml.replace(b"</Bericht>", b"</Berichten>") if zegt == "buitenste element" else xml, "B01", zegt)


def test_verzekerde_before_the_header_is_refused():
    xml = bericht([rij()])
    kop = xml[xml.index(b"<Header>") : xml.index(b"</Header>") + 9]
    geweigerd(xml.replace(kop, b"").replace(b"</Bericht>", kop + b"</Bericht>"), "B01", "Header ontbreekt")


def test_header_must_be_there():
    geweigerd(b"<Bericht/>", "B01", "Header ontbreekt")


@pytest.mark.parametrize(
    ("voor", "na"),
    [
        (b"</Bericht>", b"<Patient>123</Patient></Bericht>"),
        (b"</Bericht>", b"<Verzekerde><BSN>111222333</BSN></Verzekerde></Bericht>"),
    ],
)
def test_message_of_which_no_prestatie_can_be_read_is_no_nulmelding(voor, na):
    geweigerd(bericht([]).replace(voor, na), "B01", "geen enkele Prestatie")


@pytest.mark.parametrize(
    ("voor", "na"),
    [
        (b"<Verzekerde>", b'<Verzekerde xmlns="urn:vreemd">'),
        (b"<Prestatie>", b'<Prestatie xmlns="urn:vreemd">'),
        (b"DebetPrestatie>", b"debetPrestatie>"),
        (b"Verzekerde>", b"VERZEKERDE>"),
    ],
)
def test_class_in_another_namespace_or_spelling_refuses_the_message(voor, na):
    goed, anders = (verzekerde(BSN, None, [rij(declaratie_id=n)]).encode() for n in ("N1", "N2"))
    assert voor in anders
    xml = bericht([]).replace(b"</Bericht>", goed + anders.replace(voor, na) + b"</Bericht>")
    geweigerd(xml, "B01", "andere naamruimte of schrijfwijze")


def test_message_that_stops_anywhere_is_refused_and_says_nothing_of_what_is_in_it():
    xml = bericht([rij()])
    for eind in range(1, len(xml) - 2):
        if xml[:eind].strip(b"\xef\xbb\xbf \n"):
            geweigerd(xml[:eind], "B01", "geen welgevormde XML")


# --- bounds: what a message can make long


@pytest.mark.parametrize(
    "lang",
    [
        b"<Aantal>" + b"1" * 3_000_000 + b"</Aantal>",
        b"<x>" * 60_000 + b"</x>" * 60_000,
        b"<x " + b" ".join(b'a%d=""' % n for n in range(300_000)) + b"/>",
        b"".join(b"<x%d/>" % n for n in range(20_000)),
        (DIAGNOSE % b"031") * 40_000,
        b"<!--" + b"-x" * 3_000_000 + b"-->",
        b'<x y="' + b"y" * 3_000_000 + b'"/>',
        b'<x xmlns="' + b"u" * 2000 + b'"/>',
    ],
)
def test_message_that_makes_something_long_is_refused(lang):
    geweigerd(debet(b"<Aantal>1</Aantal>", lang), "B01", "")


@pytest.mark.parametrize(
    ("past", "te_lang"),
    [
        (b"<x>" * 96 + b"</x>" * 96, b"<x>" * 97 + b"</x>" * 97),
        (b"<Eindtijd>" + b"1" * 65_536 + b"</Eindtijd>", b"<Aantal>" + b"1" * 65_537 + b"</Aantal>"),
        (b"<!--" + b"-x" * 500_000 + b"-->", b"<!--x-->" * 131_073),
    ],
    ids=["diepte", "veld", "prestatie"],
)
def test_bounds_of_a_message_hold_to_the_letter(past, te_lang):
    assert len(lees(debet(b"</DebetPrestatie>", past + b"</DebetPrestatie>"))) == 1
    geweigerd(debet(b"</DebetPrestatie>", te_lang + b"</DebetPrestatie>"), "B01", "")


@pytest.mark.parametrize("wit", [b" " * 70_000, b"\n" * 200_000])
def test_white_space_is_no_part_of_a_field(wit):
    xml = bericht([rij()])
    assert lees(xml.replace(b"<Aantal>1</Aantal>", wit + b"<Aantal>" + wit + b"1" + wit + b"</Aantal>")) == lees(xml)
    geweigerd(xml.replace(b"<Aantal>1</Aantal>", b"<Aantal>1" + wit + b"1</Aantal>"), "B01", "Een veld is langer")


@pytest.mark.parametrize("veld", [b"<Berichtsoort>P", b"<Declarant><Zorgaanbiedercode>06290300"])
def test_field_that_every_row_repeats_may_not_be_long(veld):
    assert len(lees(debet(veld, veld + b"x" * 190))) == 1
    geweigerd(debet(veld, veld + b"x" * 200), "B01", "Header of DeclaratieContext")


def test_many_junk_elements_of_few_names_are_passed_by():
    assert lees(debet(b"</Verzekerde>", b"<x><y/></x>" * 500_000 + b"</Verzekerde>")) == lees(bericht([rij()]))


# --- files


def test_gz_file_is_unpacked(tmp_path):
    pad = tmp_path / "bericht.xml.gz"
    pad.write_bytes(gzip.compress(bericht([rij()])))
    batches = list(gds801.open_tabel(pad, contract.lees("declaraties")).delen)
    assert batches[0].column("declaratie_id").to_pylist() == ["N1"]


@pytest.mark.parametrize(
    ("inhoud", "code"),
    [
        (b"", "B04"),
        (gzip.compress(b""), "B04"),
        (gzip.compress(bericht([rij()]))[:-20], "B01"),
        (bericht([rij()]), "B01"),
    ],
)
def test_gz_file_that_is_none_is_refused(tmp_path, inhoud, code):
    pad = tmp_path / "bericht.xml.gz"
    pad.write_bytes(inhoud)
    with pytest.raises(Geweigerd) as fout:
        list(gds801.lees(pad, contract.lees("declaraties")))
    assert fout.value.code == code


def test_gz_under_the_name_of_xml_is_refused(tmp_path):
    pad = tmp_path / "bericht.xml"
    pad.write_bytes(gzip.compress(bericht([rij()])))
    with pytest.raises(Geweigerd, match="B01"):
        list(gds801.lees(pad, contract.lees("declaraties")))


# --- the mapping is data


def test_new_version_of_the_message_is_a_mapping_file(tmp_path, monkeypatch):
    tekst = (gds801_mapping.MAP / "gds801_mapping_v1_0.yaml").read_text(encoding="utf-8")
    (tmp_path / "gds801_mapping_v1_0.yaml").write_text(tekst, encoding="utf-8")
    nieuw = (
        tekst.replace("versie: [1, 0]", "versie: [2, 0]")
        .replace("2027-01-01", "2099-01-01")
        .replace("[Prestatiecode, PrestatieCode]", "[ZpmCode]")
    )
    (tmp_path / "gds801_mapping_v2_0.yaml").write_text(nieuw, encoding="utf-8")
    monkeypatch.setattr(gds801_mapping, "MAP", tmp_path)
    gds801_mapping.mappings.cache_clear()
    try:
        xml = bericht([rij(begindatum="2027-06-01")], header={"Berichtversie": "2"})
        uit = lees(xml.replace(b"Prestatiecode>", b"ZpmCode>"))[0]
        assert (uit["prestatiecode"], uit.get("_codes")) == ("XCO0897", None)
        assert "prestatiecode" not in lees(xml)[0]
    finally:
        gds801_mapping.mappings.cache_clear()


def _velden(klassen: dict):
    for klasse in klassen.values():
        yield from klasse.get("velden", {}).values()
        yield from _velden(klasse.get("lijsten", {}))


def test_every_element_name_marked_as_seen_is_in_the_reference_with_its_evidence():
    mapping = yaml.safe_load((gds801_mapping.MAP / "gds801_mapping_v1_0.yaml").read_text(encoding="utf-8"))
    with (PROJECT / "seeds" / "gds801_structuur.csv").open(encoding="utf-8") as seed:
        gezien = {
            naam
            for r in csv.DictReader(seed)
            if r["evidence"].startswith("seen")
            for pad in (r["klasse"], r["element"])
            for naam in pad.split("/")
        }
    for plek in _velden(mapping["klassen"]):
        assert plek["bewijs"] in ("gezien", "aangenomen")
        if plek["bewijs"] == "gezien":
            assert set(plek["pad"].split("/")) <= gezien


def test_every_rule_of_the_reference_is_judged_with_a_reason():
    with (PROJECT / "seeds" / "gds801_controleregels.csv").open(encoding="utf-8") as seed:
        genoemd = {regel for r in csv.DictReader(seed) for regel in r["regel"].split("/")}
    oordelen = gds801_regels.oordelen()
    assert genoemd <= set(oordelen)
    for regel in oordelen.values():
        assert regel["oordeel"] in ("geweigerd", "gesignaleerd", "informatief")
        assert regel["reden"]
        assert bool(regel["code"]) == (regel["oordeel"] == "geweigerd")


def test_documented_table_is_that_of_the_seed():
    document = (PROJECT / "docs" / "gds801.md").read_text(encoding="utf-8")
    for vc, regel in gds801_regels.oordelen().items():
        code = f" ({regel['code']})" if regel["code"] else ""
        assert f"| {vc} | {regel['inhoud']} | {regel['oordeel']}{code} | {regel['reden']} |" in document
