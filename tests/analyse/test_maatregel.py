"""Scenario files: judged by the published schema, with words that a user can act on."""

import json

import pytest
from jsonschema import Draft202012Validator

from pipelines.analyse.maatregel import SCHEMA, Maatregel, ScenarioFout, als_inhoud, knoppen, lees_bestand, maak
from pipelines.fundament import seeds
from pipelines.settings import PROJECT


@pytest.mark.parametrize("bestand", sorted((PROJECT / "scenarios").glob("*.yaml")), ids=lambda b: b.stem)
def test_every_example_can_be_read_and_is_named_as_its_file(bestand):
    scenario = lees_bestand(bestand)
    assert scenario.naam == bestand.stem
    assert maak(als_inhoud(scenario), "terug") == scenario


@pytest.mark.parametrize(
    "tekst, melding",
    [
        ("naam: x\n  titel: [", "geen geldige YAML (regel 2)"),
        ("naam: proef", "titel: ontbreekt; Het scenario in woorden"),
        ("naam: Proef 1\ntitel: Proef", "naam: alleen kleine letters, cijfers en koppeltekens"),
        ("naam: basis\ntitel: Proef", "naam: 'basis' is het ongewijzigde beleid; kies een andere naam"),
        ("naam: proef\ntitel: Proef\nsnelheid: 3", "snelheid: onbekend veld; kies uit naam, titel"),
        ("naam: proef\ntitel: Proef\nseed: veel", "seed: moet een geheel getal zijn (staat er nu: 'veel')"),
        ("naam: proef\ntitel: Proef\nmaatregelen: 3", "maatregelen: moet een lijst zijn"),
        ("naam: proef\ntitel: Proef\nmaatregelen: [3]", "maatregelen[1]: moet een blok met velden zijn"),
        (
            "naam: proef\ntitel: Proef\nmaatregelen: [{bron: test, duur_procent: -100}]",
            "maatregelen[1].duur_procent: moet groter zijn dan -100 (staat er nu: -100)",
        ),
        (
            "naam: proef\ntitel: Proef\nmaatregelen: [{bron: test, heropenen_procent: 101}]",
            "maatregelen[1].heropenen_procent: mag ten hoogste 100 zijn (staat er nu: 101)",
        ),
        ("naam: proef\ntitel: Proef\nmaatregelen: [{instroom_procent: -25}]", "maatregelen[1].bron: ontbreekt"),
        (
            "naam: proef\ntitel: Proef\nmaatregelen: [{bron: test, duur_procnt: -25, duur_procent: 1}]",
            "maatregelen[1].duur_procnt: onbekend veld; bedoelt u duur_procent?",
        ),
        ("naam: proef\ntitel: Proef\nmaatregelen: [{bron: test}]", "maatregelen[1]: geef precies één knop"),
        (
            "naam: proef\ntitel: Proef\nmaatregelen: [{bron: test, wachtlijst_weken: 5}]",
            "maatregelen[1].maanden: ontbreekt; hoort bij wachtlijst_weken",
        ),
        (
            "naam: proef\ntitel: Proef\nmaatregelen: [{bron: test, duur_procent: 1, clusters: [kliniek]}]",
            "maatregelen[1].clusters[1]: onbekend; kies uit acuut",
        ),
        (
            "naam: proef\ntitel: Proef\nmaatregelen: [{bron: test, duur_procent: 1, regios: [Utrecht]}]",
            "maatregelen[1].regios[1]: moet een code van een IZA-regio zijn, zoals ZK02",
        ),
        (
            "naam: proef\ntitel: Proef\nmaatregelen: [{bron: test, duur_procent: 1, regios: []}]",
            "maatregelen[1].regios: mag niet leeg zijn",
        ),
        ("", "bestand: moet een blok met velden zijn"),
    ],
)
def test_a_fault_names_file_and_field_and_what_is_right_in_dutch(tmp_path, tekst, melding):
    bestand = tmp_path / "fout.yaml"
    bestand.write_text(tekst)
    with pytest.raises(ScenarioFout) as fout:
        lees_bestand(bestand)
    assert str(fout.value).startswith(f"{bestand}: {melding}")


def test_two_knobs_in_one_measure_are_named(tmp_path):
    with pytest.raises(ScenarioFout, match="er staan er nu 2: duur_procent, extra_plaatsen"):
        maak(
            {"naam": "p", "titel": "Proef", "maatregelen": [{"bron": "test", "duur_procent": 1, "extra_plaatsen": 1}]},
            "x",
        )


def test_all_faults_of_a_file_are_told_at_once(tmp_path):
    bestand = tmp_path / "fout.yaml"
    bestand.write_text("naam: proef\nseed: -1\nkleur: rood")
    with pytest.raises(ScenarioFout) as fout:
        lees_bestand(bestand)
    assert len(str(fout.value).splitlines()) == 3


def test_the_schema_is_itself_a_schema_and_knows_the_clusters_and_every_field():
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    velden = schema["$defs"]["maatregel"]["properties"]
    clusters = {rij["cluster"] for rij in seeds.lees("cluster") if rij["is_cluster"] == "J"}
    assert set(velden["clusters"]["items"]["enum"]) == clusters
    assert set(velden) == set(Maatregel.__dataclass_fields__)
    assert all(veld["description"] for veld in (*velden.values(), *schema["properties"].values()))


def test_the_guide_has_every_knob_as_the_schema_has_it():
    gids = (PROJECT / "docs" / "scenarios.md").read_text(encoding="utf-8")
    rijen = [f"| `{naam}` | {deel['description']} | {deel['x-formule']} |" for naam, deel in knoppen().items()]
    assert [rij for rij in rijen if rij not in gids] == []


def test_a_measure_in_words_says_what_how_much_where_and_from_when():
    assert (
        Maatregel("test", extra_plaatsen=4, capaciteit_type="bed", clusters=("acuut",), vanaf_maand=3).in_woorden
        == "Extra plaatsen: +4 plaatsen per regio (acuut; bedden), vanaf maand 3"
    )
    assert Maatregel("test", wachtlijst_weken=4.5, maanden=6).in_woorden == (
        "Gemiddelde wachttijd omlaag: 4,5 weken binnen 6 maanden"
    )
