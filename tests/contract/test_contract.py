"""The contracts, their suites, and what is made from them."""

import re
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from pipelines import contract
from pipelines.aanlevering.keuring import Keuring, voorwaarde
from pipelines.contract.beschrijving import beschrijvingen
from pipelines.fundament.nederlands import datum, getal
from pipelines.settings import PROJECT


@pytest.mark.parametrize("pad", beschrijvingen(), ids=lambda pad: pad.name)
def test_wat_uit_de_contracten_is_gemaakt_is_bij(pad):
    assert pad.read_text(encoding="utf-8") == beschrijvingen()[pad], "draai: python -m pipelines.contract.beschrijving"


@pytest.mark.parametrize("bron", contract.bronnen())
def test_elke_regel_noemt_een_kolom_van_de_bron_en_heeft_een_eigen_naam(bron):
    grens = contract.lees(bron)
    assert {r.kolom for r in grens.regels} <= {k.naam for k in grens.kolommen} | {""}
    assert len({r.naam for r in grens.regels}) == len(grens.regels)


def test_er_is_een_suite_per_contract():
    assert {p.stem for p in (PROJECT / "expectations").glob("*.yaml")} == set(contract.bronnen())


def test_een_grens_van_de_suite_keurt_af():
    regel = next(r for r in contract.lees("bedden").regels if r.naam == "beveiligingsniveau_between")
    with Keuring.verbinding() as con:
        fout = {
            n: con.execute(
                f"SELECT {voorwaarde(regel, contract.lees('bedden'))} FROM (SELECT ? AS beveiligingsniveau) rij", [n]
            ).fetchone()[0]
            for n in (-1, 0, 4, 5, None)
        }
    assert fout == {-1: True, 0: False, 4: False, 5: True, None: False}


def test_een_onbekend_type_verwachting_noemt_de_regel():
    regel = contract.Regel(naam="x_proef", type="expect_column_mean_to_be_between", kolom="x", code="A05", uitleg="")
    with pytest.raises(ValueError, match=re.escape("x_proef")):
        voorwaarde(regel, contract.lees("bedden"))


def test_opslag_en_contract_kennen_dezelfde_typen():
    """What the statement gives is what the table of types says, in SQL and in Arrow."""
    cellen = {
        "tekst": "a", "cijfers": "01", "agb": "06290001", "gemeente": "GM0363", "pseudoniem": "a" * 64, "maand": "2024-01",
        "datum": "2024-01-31", "geheel": "-7", "decimaal": "1,5", "bedrag": "12.50", "vlag": "ja",
    }  # fmt: skip
    kolommen = [contract.Kolom(naam=t, kop=t, type=t, betekenis="", waar_bij="ja") for t in contract.TYPEN]
    proef = contract.lees("bedden").model_copy(
        update={"kolommen": tuple(kolommen), "regels": (contract.OVERTOLLIG,), "sleutel": ()}
    )
    rij = pa.table(
        {t: [cellen[t]] for t in contract.TYPEN}
        | {"rijnummer": pa.array([1]), "_vormfout": pa.array([None], pa.list_(pa.string()))}
    )
    with Keuring.verbinding() as con:
        gekeurd = Keuring(proef).keur(con, [("proef.csv", date(2024, 1, 31), rij)])
    assert {t: gekeurd.schema.field(t).type for t in cellen} == {t: v.arrow for t, v in contract.TYPEN.items()}
    assert [gekeurd[t][0].as_py() for t in cellen] == [
        "a", "01", "06290001", "GM0363", "a" * 64, "2024-01", date(2024, 1, 31), -7, 1.5, Decimal("12.50"), True,
    ]  # fmt: skip


def test_w02_is_een_regel_van_het_contract():
    (wissing,) = contract.lees("declaraties").wissen
    assert (wissing.kolom, wissing.code, wissing.merk) == ("zorgvraagtype", "W02", "zorgvraagtype_gewist")
    assert [bron for bron in contract.bronnen() if contract.lees(bron).wissen] == ["declaraties"]


def test_een_grens_die_verandert_verandert_de_tekst_die_de_leverancier_leest(tmp_path, monkeypatch):
    for bestand in contract.VERWACHTINGEN.glob("*.yaml"):
        tekst = bestand.read_text(encoding="utf-8").replace(
            "column: beveiligingsniveau, min_value: 0, max_value: 4}",
            "column: beveiligingsniveau, min_value: 0, max_value: 1}",
        )
        (tmp_path / bestand.name).write_text(tekst, encoding="utf-8")
    monkeypatch.setattr(contract, "VERWACHTINGEN", tmp_path)
    uitleg = {r.kolom: r.uitleg for r in contract.lees.__wrapped__("bedden").regels if r.type == contract.TUSSEN}
    assert uitleg["beveiligingsniveau"] == "beveiligingsniveau ligt van 0 tot en met 1"
    assert uitleg["erkend"] == "erkend ligt van 0 tot en met 1.000.000"


def _geschreven(waarde: float | str) -> set[str]:
    """How a text may write a bound: a year without a point, a day in words, with dashes, or as the year it begins."""
    if isinstance(waarde, str) and waarde[:4].isdigit() and len(waarde) == 10:
        dag = date.fromisoformat(waarde)
        return {waarde, datum(dag), f"{dag:%d-%m-%Y}", *([str(dag.year)] if (dag.month, dag.day) == (1, 1) else [])}
    nul = {"nul"} if waarde == 0 else set()
    return {str(waarde)} if isinstance(waarde, str) else {getal(waarde), f"{waarde:g}"} | nul


def test_elke_regel_met_een_eigen_tekst_noemt_zijn_grenzen_en_zijn_waarden():
    for bron in contract.bronnen():
        for regel in contract.lees(bron).regels:
            genoemd = regel.kwargs.get("value_set", [])
            genoemd = [] if isinstance(genoemd, str) or len(genoemd) > 12 else genoemd
            if genoemd and ".." in regel.uitleg:  # a row of codes: its ends
                genoemd = [min(genoemd), max(genoemd)]
            if regel.type == contract.TUSSEN:
                genoemd = [regel.kwargs[k] for k in ("min_value", "max_value") if k in regel.kwargs]
            weg = [w for w in genoemd if not any(t in regel.uitleg for t in _geschreven(w))]
            assert not weg, f"{bron}, regel {regel.naam}: de tekst {regel.uitleg!r} noemt {weg} niet"
