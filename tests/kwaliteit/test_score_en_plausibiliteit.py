"""Score and plausibility as dbt computes them, on a few literal deliveries."""

from datetime import date

import duckdb
import pytest

from pipelines.settings import PROJECT
from tests.kwaliteit.conftest import zet_leveringen

# what only plausibility reads
BIJ_PLAUSIBILITEIT = f"""
ALTER TABLE staging.stg_declaraties ADD COLUMN bestand VARCHAR;
ALTER TABLE staging.stg_declaraties ADD COLUMN debet_credit VARCHAR;
ALTER TABLE staging.stg_declaraties ADD COLUMN verwijsdatum DATE;
ALTER TABLE marts.stroom_maand ADD COLUMN personen BIGINT;
ALTER TABLE marts.stroom_maand ADD COLUMN status VARCHAR;
ALTER TABLE marts.stroom_maand ADD COLUMN geleverd BOOLEAN;
CREATE TABLE marts.wachttijd_maand (maand DATE, iza_regio VARCHAR, "cluster" VARCHAR, fase VARCHAR, wachtplekken BIGINT, geleverd BOOLEAN);
CREATE TABLE marts.capaciteit_maand (maand DATE, iza_regio VARCHAR, "cluster" VARCHAR, capaciteit_type VARCHAR, bezette_dagen BIGINT,
  geleverd BOOLEAN);
CREATE TABLE kwaliteit.plausibiliteit_wachtlijst (code VARCHAR, bron VARCHAR, maand DATE, iza_regio VARCHAR, leverancier VARCHAR,
  onderwerp VARCHAR, waarde DOUBLE, verwacht DOUBLE, grens_onder DOUBLE, grens_boven DOUBLE, maanden_basis INTEGER, afwijkend BOOLEAN,
  omvang BIGINT);
CREATE TABLE referentie.plausibiliteit_drempel AS SELECT * FROM read_csv('{PROJECT / "seeds" / "plausibiliteit_drempel.csv"}');
"""

SCORE = "SELECT maand, dekking, geldigheid, tijdigheid, round(score, 6) FROM kwaliteit.score WHERE leverancier = '06290000' ORDER BY maand"


def _levering(
    maand: str,
    rijen: int = 100,
    goed: int | None = None,
    leverancier: str = "06290000",
    regio: str = "ZK20",
    moment: str = "2024-01-01",
    status: str = "actief",
    bron: str = "wachtlijst",
) -> str:
    bestand = f"{bron}_{maand}_{regio}_{leverancier}_{status}.csv"
    goed = rijen if goed is None else goed
    return f"('{bron}', '{maand}', '{regio}', '{leverancier}', 1, '{bestand}', 'x', '{status}', NULL, NULL, {rijen}, {goed}, {rijen - goed}, '{moment}')"


@pytest.fixture
def bouw(instellingen, leeg_warehouse, dbt_run):
    """Builds the models of score and plausibility on these deliveries; returns what a query then gives."""

    def _bouw(modellen: list[str], vraag: str, *leveringen: str, extra: str = "") -> list[tuple]:
        zet_leveringen(instellingen.warehouse, leveringen)
        with duckdb.connect(str(instellingen.warehouse)) as con:
            con.execute(BIJ_PLAUSIBILITEIT)
            con.execute(extra)
        dbt_run("open_weigering", "verschuldigde_levering", "verwachte_levering", *modellen)
        with duckdb.connect(str(instellingen.warehouse), read_only=True) as con:
            return con.execute(vraag).fetchall()

    return _bouw


PLAUSIBILITEIT = [
    "plausibiliteit_meting",
    "plausibiliteit_verleden",
    "plausibiliteit_afwezig",
    "plausibiliteit_xmr",
    "plausibiliteit_afkeuring",
    "plausibiliteit",
]


def test_de_score_is_het_gewogen_gemiddelde_van_wat_bekend_is(bouw):
    maanden = bouw(
        ["score"],
        SCORE,
        # januari: bij de eerste inname al aanwezig, dus niet bekend wanneer het kwam; vier regio's
        *(_levering("2024-01", 250, regio=regio, moment="2024-02-20") for regio in ("ZK01", "ZK02", "ZK20", "ZK31")),
        # februari: drie van de vier, 994 van 1000 goed, een na de 10e van maart
        _levering("2024-02", 500, 494, regio="ZK01", moment="2024-03-10"),
        _levering("2024-02", 250, regio="ZK02", moment="2024-03-11"),
        _levering("2024-02", 250, regio="ZK20", moment="2024-03-01"),
        # maart: niets, terwijl een ander wel leverde
        _levering("2024-03", leverancier="06290999", moment="2024-03-20"),
    )

    assert maanden == [
        (date(2024, 1, 1), 1.0, 1.0, None, 100.0),
        (
            date(2024, 2, 1),
            0.75,
            0.994,
            pytest.approx(2 / 3),
            pytest.approx(100 * (0.3 + 0.3976 + 0.2 * 2 / 3), abs=1e-5),
        ),
        (date(2024, 3, 1), 0.0, None, None, 0.0),
    ]


@pytest.mark.parametrize(
    ("anderen", "midden"), [((61, 70, 80, 90, 99), (70, 80, 90)), ((61, 70, 80, 90), (None, None, None))]
)
def test_naast_de_eigen_score_staat_het_midden_van_ten_minste_vijf_anderen(
    instellingen, leeg_warehouse, dbt_run, anderen, midden
):
    scores = {"06290000": 60, **{f"0629090{i}": score for i, score in enumerate(anderen)}}
    with duckdb.connect(str(instellingen.warehouse)) as con:
        for leverancier, score in scores.items():
            con.execute(
                f"INSERT INTO kwaliteit.score VALUES ('2024-01-01', 'wachtlijst', '{leverancier}', 1, 1, 3, 2, 1, 1, NULL, {score})"
            )
    dbt_run("terugkoppeling_score")
    with duckdb.connect(str(instellingen.warehouse), read_only=True) as con:
        vraag = "SELECT maand, score, kwart1, mediaan, kwart3 FROM kwaliteit.terugkoppeling_score WHERE leverancier = '06290000'"
        assert con.execute(vraag).fetchall() == [("2024-01", 60, *midden)]


def test_een_nulmelding_is_geldig_en_een_hogere_versie_maakt_een_tijdige_eerste_niet_te_laat(bouw):
    assert bouw(
        ["score"],
        SCORE,
        _levering("2024-01", 0, moment="2024-02-01"),
        _levering("2024-02", 10, 5, moment="2024-03-01", status="vervangen"),
        _levering("2024-02", 10, 10, moment="2024-05-01"),
    ) == [(date(2024, 1, 1), 1.0, 1.0, 1.0, 100.0), (date(2024, 2, 1), 1.0, 1.0, 1.0, 100.0)]


def test_plausibiliteit_meldt_wat_buiten_het_eigen_verleden_valt_en_bewaart_de_rest(bouw):
    wachttijden = ", ".join(
        f"('2024-{m:02d}-01', 'ZK20', 'acuut', 'totaal', {n}, true)"
        for m, n in enumerate([20, 22, 20, 22, 20, 22, 27, 27], start=1)
    )
    uitkomst = bouw(
        PLAUSIBILITEIT,
        "SELECT code, strftime(maand, '%Y-%m'), leverancier, afwijkend, omvang, waarneming FROM kwaliteit.plausibiliteit "
        "WHERE code <> 'PL-03' ORDER BY code, maand, leverancier",
        *(_levering(f"2024-{m:02d}", rijen) for m, rijen in enumerate([100, 100, 100, 150, 58], start=1)),
        _levering("2024-01", leverancier="06290999"),
        _levering("2024-01", 100, 94, leverancier="06290888"),
        _levering("2024-01", 100, 95, leverancier="06290777"),
        _levering("2024-01", 10, 1, leverancier="06290666"),
        extra=f"INSERT INTO marts.wachttijd_maand VALUES {wachttijden}",
    )

    # een bron of levering die te klein is (minder dan 20 rijen) wordt niet beoordeeld; precies vijf procent is nog goed
    assert [rij[1:] for rij in uitkomst if rij[0] == "PL-11" and rij[2] in ("06290888", "06290777")] == [
        ("2024-01", "06290777", False, 5, "5 procent van de rijen is afgekeurd, grens 5 procent"),
        ("2024-01", "06290888", True, 6, "6 procent van de rijen is afgekeurd, grens 5 procent"),
    ]
    assert [rij for rij in uitkomst if rij[0] == "PL-01"] == [
        # 150 is 50% boven 100 en dus niet méér; 58 is meer dan de helft onder 116,67
        ("PL-01", "2024-04", "06290000", False, 50, "150 rijen, gemiddeld 100 in de maanden ervoor"),
        ("PL-01", "2024-05", "06290000", True, 59, "58 rijen, gemiddeld 117 in de maanden ervoor"),
    ]
    assert [rij[1:4] for rij in uitkomst if rij[0] == "PL-04" and rij[2] in ("06290000", "06290999")] == [
        ("2024-02", "06290000", False),
        ("2024-02", "06290999", True),
        ("2024-03", "06290000", False),
        ("2024-04", "06290000", False),
        ("2024-05", "06290000", False),
    ]
    # zeven: midden 21, gemiddelde sprong 2, dus grens 26,32; acht: midden 21,86, gemiddelde sprong 2,5, dus grens 28,51
    assert [rij[1:4] for rij in uitkomst if rij[0] == "PL-05"] == [("2024-07", None, True), ("2024-08", None, False)]
