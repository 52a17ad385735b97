"""How the deliveries stand: delivered, refused, missing and late, per region and bron."""

from datetime import date

from pipelines.aanlevering import stand
from pipelines.aanlevering.register import Levering


def _levering(
    bron="bedden", maand="2024-01", regio="ZK02", versie=1, code=None, moment="2024-02-05", leverancier="0629"
):
    bestand = f"{bron}_{maand}_{regio}_{leverancier}_v{versie:02d}.csv"
    return Levering(bestand, f"{bestand}{code}", bestand, bron, maand, regio, leverancier, versie, code, moment=moment)


def test_een_maand_die_een_andere_regio_wel_leverde_ontbreekt():
    standen = stand.bepaal([_levering(), _levering(maand="2024-02", moment="2024-03-05"), _levering(regio="ZK09")])
    assert standen["ZK02", "bedden"].ontbreekt == set()
    assert standen["ZK09", "bedden"].geleverd == {"2024-01"}
    assert standen["ZK09", "bedden"].ontbreekt == {"2024-02"}


def test_maanden_voor_de_eerste_van_een_bron_ontbreken_niet():
    standen = stand.bepaal([_levering(), _levering("wachtlijst", "2024-02", moment="2024-03-05")])
    assert standen["ZK02", "wachtlijst"].ontbreekt == set()
    assert standen["ZK02", "bedden"].ontbreekt == {"2024-02"}


def test_de_tiende_is_op_tijd_en_de_elfde_te_laat():
    assert stand.termijn("2023-12") == date(2024, 1, 10)
    op_tijd = _levering(moment="2024-02-10T23:59:00")
    te_laat = _levering(regio="ZK09", moment="2024-02-11T00:01:00")
    standen = stand.bepaal([op_tijd, te_laat])
    assert standen["ZK02", "bedden"].te_laat == set()
    assert standen["ZK09", "bedden"].te_laat == {"2024-01"}


def test_wat_er_was_voor_de_eerste_inname_is_niet_te_laat():
    standen = stand.bepaal([_levering(moment="2024-06-01"), _levering(maand="2024-05", moment="2024-06-01")])
    assert standen["ZK02", "bedden"].te_laat == set()


def test_een_geweigerde_levering_staat_open_tot_die_versie_of_een_hogere_is_ingenomen():
    geweigerd = _levering(versie=2, code="B02")
    assert stand.bepaal([_levering(), geweigerd])["ZK02", "bedden"].geweigerd == [geweigerd]
    assert stand.bepaal([geweigerd, _levering(versie=3)])["ZK02", "bedden"].geweigerd == []
    assert stand.bepaal([geweigerd, _levering(versie=2)])["ZK02", "bedden"].geweigerd == []


def test_een_nulmelding_telt_als_geleverd():
    assert stand.bepaal([_levering()])["ZK02", "bedden"].geleverd == {"2024-01"}
