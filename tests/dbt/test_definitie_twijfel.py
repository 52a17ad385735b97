"""What hangs on the rules that decide doubtfully. Regions ZK28 and ZK30, May and June 2025; the world's months end in June 2025."""

from datetime import date
from decimal import Decimal

from tests.dbt.wereld import consult, verblijf

HIC, IHT = "90280001", "90280002"


def vul(w):
    w.levering("declaraties", "2025-06", "ZK28")
    for maand in ("2024-06", "2025-05", "2025-06"):
        w.rij("hic_monitor", maand, "ZK28", agb_vestiging=HIC, eenheid_id="h")
        w.rij("hic_monitor", maand, "ZK28", agb_vestiging=IHT, eenheid_id="i", eenheid_type="IHT")
    # ZPM-01: Anna twee verblijfsdagen in mei en een in juni, Bram een dag in twee regio's
    for dag in ("2025-05-10", "2025-05-11", "2025-06-01"):
        w.declaratie("ZK28", "Anna", dag, verblijf("F"), agb_vestiging=HIC)
    for regio in ("ZK28", "ZK30"):
        w.declaratie(regio, "Bram", "2025-05-10", verblijf("G"), agb_vestiging=HIC)
    # ZPM-02, met twee consulten op een dag; een daarvan buiten de doelgroep: dan ook ZPM-14
    w.declaratie("ZK28", "Cato", "2025-05-10", consult(4), agb_vestiging=IHT, zorgvraagtype=5)
    w.declaratie("ZK28", "Cato", "2025-05-10", consult(4), agb_vestiging=IHT, zorgvraagtype=4)
    # eenduidig: geen twijfel
    w.declaratie("ZK28", "Dirk", "2025-05-10", verblijf("A"))
    # buiten de laatste twaalf maanden
    w.declaratie("ZK28", "Eva", "2024-06-10", verblijf("F"), agb_vestiging=HIC)


def test_per_maand_en_regio_wat_aan_een_twijfel_hangt(marts):
    assert marts.sql(
        "select iza_regio, twijfel, cluster, alternatief, personen, zorgdagen, verblijfsdagen, prestaties, bedrag "
        "from marts.definitie_twijfel where maand = '2025-05-01' and iza_regio in ('ZK28', 'ZK30') order by 1, 2"
    ).fetchall() == [
        ("ZK28", "ZPM-01", "klinisch", "acuut", 2, 3, 3, 3, Decimal(300)),
        ("ZK28", "ZPM-02", "outreachend", "acuut", 1, 1, 0, 2, Decimal(200)),
        ("ZK28", "ZPM-14", "outreachend", "niet_cruciaal", 1, 1, 0, 1, Decimal(100)),
        ("ZK30", "ZPM-01", "klinisch", "acuut", 1, 1, 1, 1, Decimal(100)),
    ]


def test_landelijk_telt_een_persoon_een_keer_en_haar_dag_per_regio(marts):
    assert marts.sql(
        "select sum(personen), sum(zorgdagen) from marts.definitie_twijfel where maand = '2025-05-01' "
        "and iza_regio <> 'NL' and twijfel = 'ZPM-01'"
    ).fetchone() == (3, 4)
    assert marts.sql(
        "select personen, zorgdagen from marts.definitie_twijfel where maand = '2025-05-01' and iza_regio = 'NL' "
        "and twijfel = 'ZPM-01'"
    ).fetchone() == (2, 4)


def test_agenda_gaat_over_twaalf_maanden_en_zet_de_zwaarste_twijfel_vooraan(marts):
    assert marts.sql(
        "select rang, twijfel, maand_van, maand_tot, personen, zorgdagen, bedrag from marts.definitie_agenda "
        "where iza_regio = 'ZK28' order by rang"
    ).fetchall() == [
        (1, "ZPM-01", date(2024, 7, 1), date(2025, 6, 1), 2, 4, Decimal(400)),
        (2, "ZPM-02", date(2024, 7, 1), date(2025, 6, 1), 1, 1, Decimal(200)),
        (3, "ZPM-14", date(2024, 7, 1), date(2025, 6, 1), 1, 1, Decimal(100)),
    ]


def test_elke_twijfel_met_een_code_heeft_een_registratie_die_haar_wegneemt(marts):
    assert marts.sql("select count(*) from marts.definitie_agenda where registratie is null").fetchone() == (0,)
