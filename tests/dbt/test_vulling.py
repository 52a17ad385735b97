"""How a supplier fills its columns, against its own past. Supplier 9643."""

from datetime import date

KOLOMMEN = "rijen, gevuld, leeg, plaatshouder, onleesbaar, verschillend"


def vul(w):
    plek = {"leverancier": "9643", "agb_vestiging": "96430000", "operationeel": 1, "erkend": 1}
    for nummer in range(20):
        w.rij("bedden", "2024-01", "ZK32", afdeling_id=f"V{nummer}", reden_sluiting="brand", **plek)
    for nummer in range(20):
        leeg = {"vormfout": ["reden_sluiting"]} if nummer == 0 else {}
        reden = {"reden_sluiting": "Onbekend" if nummer == 1 else "verbouwing"} if 0 < nummer < 12 else {}
        w.rij("bedden", "2024-02", "ZK32", afdeling_id=f"V{nummer}", **plek, **reden, **leeg)


def _vulling(marts, kolom: str, maand: date, wat: str) -> tuple:
    vraag = f"select {wat} from kwaliteit.vulling where leverancier = '9643' and kolom = ? and maand = ?"
    return marts.execute(vraag, [kolom, maand]).fetchone()


def test_een_kolom_is_gevuld_leeg_een_plaatshouder_of_onleesbaar(marts):
    assert _vulling(marts, "reden_sluiting", date(2024, 1, 1), KOLOMMEN) == (20, 20, 0, 0, 0, 1)
    assert _vulling(marts, "reden_sluiting", date(2024, 2, 1), KOLOMMEN) == (20, 10, 8, 1, 1, 2)


def test_een_kolom_die_anders_wordt_gevuld_dan_ervoor_is_gemerkt(marts):
    wat = "maanden_basis, aandeel_ervoor, verschil, afwijkend"
    assert _vulling(marts, "reden_sluiting", date(2024, 1, 1), wat) == (0, None, None, False)
    assert _vulling(marts, "reden_sluiting", date(2024, 2, 1), wat) == (1, 1.0, -0.5, True)
    assert _vulling(marts, "erkend", date(2024, 2, 1), wat) == (1, 1.0, 0.0, False)
