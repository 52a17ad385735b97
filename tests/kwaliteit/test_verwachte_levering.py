"""Who owes what, and is it late: as dbt computes it from a few literal deliveries. Each test has a region of its own."""

from datetime import date

import duckdb
import pytest

from pipelines.settings import Instellingen
from tests.kwaliteit.conftest import draai_dbt, hand_warehouse, zet_leveringen

MODELLEN = ("open_weigering", "verschuldigde_levering", "verwachte_levering", "verwachte_levering_regio")
NU = date.today().strftime("%Y-%m")


def _levering(
    maand, regio, leverancier="0629", versie=1, moment="2024-02-05", bron="bedden", status="actief", code=None
):
    bestand = f"{bron}_{maand}_{regio}_{leverancier}_v{versie:02d}{code or ''}.csv"
    oordeel = f"'geweigerd', '{code}'" if code else f"'{status}', NULL"
    return f"('{bron}', '{maand}', '{regio}', '{leverancier}', {versie}, '{bestand}', 'x', {oordeel}, NULL, 10, 9, 1, '{moment}')"


LEVERINGEN = [
    _levering("2023-10", "ZK33", moment="2023-11-01"),  # the first ever: of what follows the day of arrival is known
    _levering("2023-09", "ZK01", moment="2023-11-20"),  # its term was before that
    _levering("2024-01", "ZK01", "0002", moment="2024-02-10 22:59:59"),  # 23:59:59 in the Netherlands
    _levering("2024-01", "ZK01", "0003", moment="2024-02-10 23:30:00"),  # the 11th, 0:30
    _levering("2024-06", "ZK01", "0002", moment="2024-07-10 21:59:59"),
    _levering("2024-06", "ZK01", "0003", moment="2024-07-10 22:00:00"),  # the 11th, 0:00 summer time
    _levering("2024-01", "ZK02"),
    _levering("2024-03", "ZK02", "0700"),
    _levering("2024-02", "ZK09", bron="wachtlijst"),
    _levering("2023-01", "ZK10"),
    _levering("2024-03", "ZK25", bron="vrijwillig"),
    _levering("2018-04", "NL", "nza", bron="wachttijden_open"),
    _levering(NU, "ZK11", moment=f"{date.today()}"),
    _levering(NU, "ZK12", code="B02"),
    _levering("2024-01", "ZK13", "0002", versie=2, code="B02"),  # mended under the same version
    _levering("2024-01", "ZK13", "0002", versie=2),
    _levering("2024-01", "ZK13", "0003", versie=2, code="B02"),  # only a lower one was taken in
    _levering("2024-01", "ZK13", "0003", versie=1),
    _levering("2024-01", "ZK13", "0004", versie=1, code="B05"),  # something else was taken in under it
    _levering("2024-01", "ZK13", "0004", versie=1),
    _levering("2024-01", "ZK13", "0005", versie=1, code="B05"),  # mended
    _levering("2024-01", "ZK13", "0005", versie=2),
    _levering("2024-01", "ZK13", "0006", code="B01"),  # nothing of it was ever taken in
    *(_levering("2024-01", regio) for regio in ("ZK20", "ZK21", "ZK22", "ZK23", "ZK24")),
    _levering("2024-01", "ZK20", "0700"),
    _levering("2024-02", "ZK20"),
    _levering("2024-02", "ZK21", moment="2024-03-20"),
    _levering("2024-02", "ZK22", code="B01"),
    _levering("2024-02", "ZK24", moment="2024-03-01", status="vervangen"),
    _levering("2024-02", "ZK24", moment="2024-03-30", versie=2),
]


@pytest.fixture(scope="module")
def con(tmp_path_factory, dbt_map):
    instellingen = Instellingen(data=tmp_path_factory.mktemp("stand"))
    hand_warehouse(instellingen.warehouse)
    zet_leveringen(instellingen.warehouse, LEVERINGEN)
    draai_dbt(instellingen, dbt_map, *MODELLEN)
    with duckdb.connect(str(instellingen.warehouse), read_only=True) as con:
        yield con


def _stand(con, kolommen: str, waar: str) -> list[tuple]:
    """Months as jjjj-mm, in order of month and supplier."""
    return con.execute(
        f"SELECT strftime(maand, '%Y-%m'), {kolommen} FROM kwaliteit.verwachte_levering WHERE {waar} ORDER BY maand, iza_regio, leverancier"
    ).fetchall()


def test_te_laat_is_na_de_tiende_in_nederland_ook_in_de_zomertijd(con):
    assert _stand(
        con, "leverancier, ontvangen_op, op_tijd, status", "iza_regio = 'ZK01' AND ontvangen AND maand > '2023-12-01'"
    ) == [
        ("2024-01", "0002", date(2024, 2, 10), True, "op_tijd"),
        ("2024-01", "0003", date(2024, 2, 11), False, "te_laat"),
        ("2024-06", "0002", date(2024, 7, 10), True, "op_tijd"),
        ("2024-06", "0003", date(2024, 7, 11), False, "te_laat"),
    ]


def test_van_een_termijn_voor_de_eerste_inname_is_niet_bekend_of_het_te_laat_was(con):
    assert _stand(con, "termijn, op_tijd, status", "iza_regio = 'ZK01' AND leverancier = '0629' AND ontvangen") == [
        ("2023-09", date(2023, 10, 10), None, "geleverd")
    ]


def test_een_maand_ontbreekt_vanaf_de_eerste_van_de_leverancier_en_een_regio_zonder_leverancier_telt_ook(con):
    waar = "iza_regio IN ('ZK02', 'ZK09') AND bron = 'bedden' AND maand BETWEEN '2023-12-01' AND '2024-03-01'"
    assert _stand(con, "iza_regio, leverancier, status", waar) == [
        ("2023-12", "ZK02", None, "ontbreekt"),
        ("2023-12", "ZK09", None, "ontbreekt"),
        ("2024-01", "ZK02", "0629", "op_tijd"),
        ("2024-01", "ZK09", None, "ontbreekt"),
        ("2024-02", "ZK02", "0629", "ontbreekt"),
        ("2024-02", "ZK09", None, "ontbreekt"),
        ("2024-03", "ZK02", "0629", "ontbreekt"),
        ("2024-03", "ZK02", "0700", "op_tijd"),
        ("2024-03", "ZK09", None, "ontbreekt"),
    ]


def test_wie_een_jaar_niets_leverde_is_gestopt_en_niets_meer_verschuldigd(con):
    maanden = [
        maand for maand, *_ in _stand(con, "1", "iza_regio = 'ZK10' AND leverancier = '0629' AND status = 'ontbreekt'")
    ]
    assert (len(maanden), maanden[0], maanden[-1]) == (12, "2023-02", "2024-01")


def test_een_bron_die_niet_verplicht_is_is_alleen_verschuldigd_wie_haar_leverde(con):
    waar = "bron = 'vrijwillig' AND maand <= '2024-04-01'"
    assert _stand(con, "iza_regio, status", waar) == [("2024-03", "ZK25", "op_tijd"), ("2024-04", "ZK25", "ontbreekt")]


def test_een_bron_zonder_ritme_is_niemand_verschuldigd(con):
    assert _stand(con, "verwacht, termijn, status", "bron = 'wachttijden_open'") == [
        ("2018-04", False, None, "geleverd")
    ]


def test_zolang_de_termijn_loopt_ontbreekt_er_niets(con):
    waar = f"maand = '{NU}-01' AND iza_regio IN ('ZK09', 'ZK11', 'ZK12') AND bron = 'bedden'"
    assert _stand(con, "iza_regio, leverancier, verwacht, status", waar) == [
        (NU, "ZK09", None, True, "nog_niet"),
        (NU, "ZK11", "0629", True, "op_tijd"),
        (NU, "ZK12", "0629", False, "geweigerd"),
    ]


def test_een_weigering_staat_open_tot_die_versie_is_ingenomen_en_bij_b05_tot_een_hogere(con):
    waar = "iza_regio = 'ZK13' AND open_weigeringen > 0"
    assert _stand(con, "leverancier, status, open_weigeringen", waar) == [
        ("2024-01", "0003", "op_tijd", 1),
        ("2024-01", "0004", "op_tijd", 1),
        ("2024-01", "0006", "geweigerd", 1),
    ]
    assert con.execute(
        "SELECT leverancier, code FROM kwaliteit.open_weigering WHERE iza_regio = 'ZK13' ORDER BY ALL"
    ).fetchall() == [("0003", "B02"), ("0004", "B05"), ("0006", "B01")]


def test_een_regio_is_deels_te_laat_geweigerd_of_ontbreekt(con):
    assert con.execute(
        "SELECT iza_regio, status, verwacht, ontvangen, te_laat, versies, open_weigeringen FROM kwaliteit.verwachte_levering_regio "
        "WHERE bron = 'bedden' AND maand = '2024-02-01' AND iza_regio BETWEEN 'ZK20' AND 'ZK24' ORDER BY ALL"
    ).fetchall() == [
        ("ZK20", "deels", 2, 1, 0, 1, 0),
        ("ZK21", "te_laat", 1, 1, 1, 1, 0),
        ("ZK22", "geweigerd", 1, 0, 0, 0, 1),
        ("ZK23", "ontbreekt", 1, 0, 0, 0, 0),
        ("ZK24", "geleverd", 1, 1, 0, 2, 0),
    ]
