"""What the figures of a region lack in a month, the heaviest first. Suppliers 9641 and 9642."""

from datetime import date

from tests.dbt.wereld import pseudoniem

A05 = {"codes": "A05", "regels": ["operationeel_between"], "rij": "{}"}
A03 = {"codes": "A03", "regels": ["bemiddeling_in_set"], "rij": "{}"}


def vul(w):
    plek = {"leverancier": "9641", "agb_vestiging": "96410000", "erkend": 10}
    w.rij("bedden", "2024-01", "ZK32", afdeling_id="A", operationeel=10, **plek)
    w.rij("bedden", "2024-01", "ZK32", afdeling_id="B", operationeel=4, **plek, **A05)
    wacht = {"leverancier": "9642", "agb_vestiging": "96420000", "patient_pseudoniem": pseudoniem("gemis")}
    w.rij("wachtlijst", "2024-01", "ZK32", wachtplek_id="G1", **wacht, **A03)
    w.rij("wachtlijst", "2024-01", "ZK32", wachtplek_id="G2", **wacht, **A03)


def test_een_regio_mist_afgekeurde_rijen_en_wat_er_niet_is_naar_de_laatste_levering_ervoor(marts):
    rijen = marts.execute(
        "select maand, soort, bron, reden, geschat_uit, rijen, personen, plaatsen from kwaliteit.gemis "
        "where leverancier in ('9641', '9642') and maand <= '2024-02-01' and soort <> 'kanttekening' order by maand, volgorde"
    ).fetchall()
    januari, februari = date(2024, 1, 1), date(2024, 2, 1)
    assert rijen == [
        (januari, "rijen", "bedden", "afgekeurd", None, 1, None, 4),
        (januari, "rijen", "wachtlijst", "afgekeurd", None, 2, 1, None),
        (februari, "levering", "bedden", "ontbreekt", januari, 2, None, 14),
        (februari, "levering", "wachtlijst", "ontbreekt", januari, 2, 1, None),
    ]
