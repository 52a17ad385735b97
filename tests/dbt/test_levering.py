"""Deliveries that are taken in and still not right, or taken back. Region ZK25."""

from datetime import date

MAAND = "2023-11"


def vul(w):
    for versie in (1, 2):
        w.rij(
            "bedden",
            MAAND,
            "ZK25",
            leverancier="0001",
            versie=versie,
            agb_vestiging="90250000",
            afdeling_id="A",
            erkend=versie,
        )
    w.leveringen[f"bedden_{MAAND}_ZK25_0001_v02.csv"]["ingetrokken"] = "verkeerde regio (Ans, 2024-01-01)"
    w.rij("bedden", "2015-01", "ZK25", leverancier="0004", agb_vestiging="90250001", afdeling_id="B", erkend=1)
    w.leveringen["bedden_2015-01_ZK25_0004_v01.csv"]["ingetrokken"] = "verkeerde maand (Ans, 2024-01-01)"
    w.rij("hic_monitor", MAAND, "ZK25", leverancier="0002", agb_vestiging="90250000", eenheid_id="H", codes="A05")
    bestand = w.levering("wachtlijst", MAAND, "ZK25", "0003")
    w.leveringen[bestand]["gemengde_decimalen"] = "bedrag"


def test_een_ingetrokken_levering_telt_niet_en_een_lagere_versie_weer_wel(marts):
    assert marts.execute(
        "select versie, status, rijen_geaccepteerd from kwaliteit.aanlevering where iza_regio = 'ZK25' and leverancier = '0001' order by 1"
    ).fetchall() == [(1, "actief", 1), (2, "ingetrokken", 1)]
    assert marts.execute("select erkend from staging.stg_bedden where iza_regio = 'ZK25'").fetchall() == [(1,)]


def test_een_ingetrokken_levering_van_een_verkeerde_maand_laat_geen_maanden_achter(marts):
    assert marts.sql("select min(maand) > date '2015-01-01' from intermediate.int_maand").fetchone() == (True,)
    assert marts.sql("select min(maand) > date '2015-01-01' from marts.capaciteit_maand").fetchone() == (True,)


def test_een_levering_zonder_aanvaarde_rij_is_niet_geleverd_en_wordt_gemeld(marts):
    assert marts.execute(
        "select code, bron, omvang from kwaliteit.levering_opvallend where iza_regio = 'ZK25' order by 1"
    ).fetchall() == [
        ("LEV-01", "hic_monitor", 1),
        ("LEV-02", "wachtlijst", 1),
        ("LEV-03", "bedden", 1),
        ("LEV-03", "bedden", 1),
    ]
    assert marts.execute(
        "select count(*) from intermediate.int_geleverd where iza_regio = 'ZK25' and bron = 'hic_monitor' and maand = ?",
        [date(2023, 11, 1)],
    ).fetchone() == (0,)
