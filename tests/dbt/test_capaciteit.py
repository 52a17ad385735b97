"""Capacity (spec 3.3). Region ZK07; year 2025."""


def vul(w):
    w.rij(
        "bedden",
        "2025-02",
        "ZK07",
        agb_vestiging="90070000",
        afdeling_id="a",
        erkend=12,
        operationeel=10,
        gesloten=2,
        reden_sluiting="personeel",
        beschikbare_dagen=280,
        bezette_dagen=140,
        opnames=3,
        ontslagen=4,
        uitgesteld_wlz=7,
        uitgesteld_woning=7,
        uitgesteld_aantal=1,
    )
    w.rij(
        "bedden",
        "2025-02",
        "ZK07",
        agb_vestiging="90070000",
        afdeling_id="b",
        bedtype="PAAZ",
        erkend=3,
        operationeel=0,
        gesloten=3,
        reden_sluiting="verbouwing",
    )
    w.rij("bedden", "2025-02", "ZK07", agb_vestiging="90070000", afdeling_id="wlz", wet="Wlz", operationeel=50)
    w.rij(
        "bedden",
        "2025-02",
        "ZK07",
        agb_vestiging="90070000",
        afdeling_id="leeg",
        bedtype="HIC",
        operationeel=5,
        beschikbare_dagen=140,
    )
    w.rij(
        "bedden",
        "2025-02",
        "ZK07",
        agb_vestiging="90070000",
        afdeling_id="fact",
        bedtype="FACT",
        capaciteit_type="ambulante_plek",
        operationeel=100,
    )
    w.zorg("ZK07", "bed", "klinisch", "2025-02-01", "2025-02-02", aanlevermaand="2025-02")
    w.levering("declaraties", "2025-03", "ZK07")
    w.levering("bedden", "2025-04", "ZK07")


def capaciteit(marts, maand, cluster, type_, kolommen):
    return marts.execute(
        f"select {kolommen} from marts.capaciteit_maand where iza_regio = 'ZK07' and maand = ? "
        "and cluster = ? and capaciteit_type = ?",
        [maand, cluster, type_],
    ).fetchone()


def test_sommen_en_verhoudingen_van_een_cluster(marts):
    assert capaciteit(
        marts,
        "2025-02-01",
        "klinisch",
        "bed",
        """erkend, operationeel, gesloten, gesloten_personeel,
        beschikbare_dagen, bezette_dagen, opnames, ontslagen, uitgestelde_dagen, uitgesteld_wlz, uitgesteld_woning,
        uitgesteld_aantal, bezettingsgraad, aandeel_uitgesteld, vrij_te_spelen, verblijfsdagen_declaraties, geleverd""",
    ) == (15, 10, 5, 2, 280, 140, 3, 4, 14, 7, 7, 1, 0.5, 0.1, 0.5, 2, True)


def test_lege_afdeling_telt_als_nul_bezet_en_zonder_dagen_is_de_graad_leeg(marts):
    assert capaciteit(marts, "2025-02-01", "acuut", "bed", "bezettingsgraad, aandeel_uitgesteld") == (0.0, None)
    assert capaciteit(marts, "2025-02-01", "beveiligd", "bed", "bezettingsgraad, operationeel") == (None, 0)


def test_verblijfsdagen_volgen_declaraties_en_plaatsen_volgen_bedden(marts):
    assert capaciteit(marts, "2025-03-01", "klinisch", "bed", "operationeel, verblijfsdagen_declaraties, geleverd") == (
        None,
        0,
        False,
    )
    assert capaciteit(marts, "2025-04-01", "klinisch", "bed", "operationeel, verblijfsdagen_declaraties, geleverd") == (
        0,
        None,
        True,
    )


def test_ambulante_plek_is_een_eigen_rij_zonder_verblijfsdagen(marts):
    assert capaciteit(
        marts, "2025-02-01", "outreachend", "ambulante_plek", "operationeel, verblijfsdagen_declaraties"
    ) == (100, None)
    assert capaciteit(marts, "2025-02-01", "outreachend", "bed", "1") is None
