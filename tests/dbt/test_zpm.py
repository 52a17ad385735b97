"""Definition mismatches (spec 4.3). Regions ZK18 (all delivered, peildatum 2025-06-30) and ZK19 (no claims delivered)."""

from tests.dbt.wereld import ZORG, consult, prestatiecode, pseudoniem, verblijf

M, VROEG = "2025-03", "2025-04"  # maart is definitief op 2025-06-30, april nog niet


def vul(w):
    for maand in (M, VROEG, "2025-06"):
        w.levering("declaraties", maand, "ZK18")
    for bron in ("hic_monitor", "bedden", "wachtlijst"):
        for regio in ("ZK18", "ZK19"):
            w.levering(bron, M, regio)
    w.levering("hic_monitor", VROEG, "ZK18")

    def dagen(vestiging, aantal, code=ZORG["acuut"], maand=M, **kolommen):
        for nummer in range(aantal):
            w.declaratie(
                "ZK18",
                f"zpm {vestiging} {nummer}",
                f"{maand}-01",
                code,
                aanlevermaand="2025-06",
                agb_vestiging=vestiging,
                **kolommen,
            )

    def hic(vestiging, bezet, capaciteit=1, regio="ZK18", maand=M):
        w.rij(
            "hic_monitor",
            maand,
            regio,
            agb_vestiging=vestiging,
            eenheid_id="h",
            bezette_dagen=bezet,
            capaciteit=capaciteit,
        )

    def bed(vestiging, regio="ZK18", **kolommen):
        w.rij("bedden", M, regio, agb_vestiging=vestiging, afdeling_id=f"a{len(w.rijen['bedden'])}", **kolommen)

    hic("v5 precies", 10)
    dagen("v5 precies", 9)
    bed("v5 precies", bedtype="HIC", operationeel=1, bezette_dagen=9)
    hic("v5 erover", 10)
    dagen("v5 erover", 8, prestatiecode(prestatietype="verblijfsdag", verzorgingsgraad="H", acuut_binnen_budget="J"))
    bed("v5 erover", bedtype="HIC", operationeel=1, bezette_dagen=8)
    hic("v5 wlz", 4)
    dagen("v5 wlz", 4, wet="Wlz")
    bed("v5 wlz", bedtype="HIC", operationeel=1, wet="Wlz", bezette_dagen=99)
    hic("v5 vroeg", 10, maand=VROEG)
    dagen("v8", 2)  # H zonder HIC: ook 05 met a = 0
    bed("v6", bezette_dagen=30)
    bed("v6 plek", capaciteit_type="ambulante_plek", bezette_dagen=30)
    hic("v7 ongelijk", 0, 4)
    bed("v7 ongelijk", bedtype="HIC", operationeel=3, capaciteit_type="ambulante_plek", wet="Wlz")
    bed("v7 ongelijk", bedtype="HIC", operationeel=2)
    hic("v7 alleen monitor", 0, 0)
    bed("v7 alleen bedden", bedtype="HIC", operationeel=2)
    hic("v19", 10, 1, "ZK19")
    bed("v19", "ZK19", bedtype="HIC", operationeel=1, bezette_dagen=50)

    def plek(id_, vestiging, zorgvorm, **kolommen):
        w.rij(
            "wachtlijst",
            M,
            "ZK18",
            wachtplek_id=id_,
            patient_pseudoniem=pseudoniem("w"),
            agb_vestiging=vestiging,
            zorgvorm=zorgvorm,
            aanmelddatum="2025-01-01",
            **kolommen,
        )

    plek("1", "v10", "klinische_opname")
    plek("2", "v10", "klinische_opname")
    plek("3", "v10", "crisis")
    plek("4", "v10", "ambulant")
    plek("5", "v10", "fact", einddatum="2025-03-31", reden_einde="overleden")
    plek("6", "v10 elders", "klinische_opname")
    plek("7", "v10 wlz", "klinische_opname")
    bed("v10 elders", "ZK19", bedtype="PAAZ")
    bed("v10 wlz", bedtype="PAAZ", wet="Wlz")

    bed("v11", bedtype="LIZ")
    bed("v11", beveiligingsniveau=4, bedtype="KIB")
    bed("v11", bedtype="LIZ", wet="Wlz")
    bed("v11", bedtype="KIB", beveiligingsniveau=3)

    dagen("v12", 3, consult(8), wet="Wlz")
    dagen("v12", 1, prestatiecode(prestatietype="groepsconsult", setting="8"))  # telt niet mee
    dagen("v12 topggz", 1, consult(8))
    bed("v12 topggz", "ZK19", bedtype="TOPGGZ", wet="Wlz")

    # setting 4: 4 en 18 liggen net buiten de lijst, 5 en 17 erin, leeg zegt niets; een H met 4 is geen outreachende zorg
    for aantal, zorgvraagtype in ((3, 4), (2, 18), (1, 5), (1, 17), (1, None)):
        dagen("v14", aantal, consult(4), zorgvraagtype=zorgvraagtype, wet="Zvw")
    dagen("v14", 1, consult(4), zorgvraagtype=4, wet="Wlz")
    dagen("v14", 1, verblijf("A"), zorgvraagtype=4)
    dagen("v14 iht", 1, consult(4), zorgvraagtype=1)
    w.rij("hic_monitor", M, "ZK19", agb_vestiging="v14 iht", eenheid_id="i", eenheid_type="IHT")


def bevinding(marts, code, vestiging, regio="ZK18", kolommen="aantal, waarde_a, waarde_b, afwijking"):
    return marts.execute(
        f"select {kolommen} from marts.zpm_mismatch where code = ? and agb_vestiging = ? and iza_regio = ? "
        "order by cluster",
        [code, vestiging, regio],
    ).fetchall()


def test_05_meldt_meer_dan_tien_procent_verschil_ook_binnen_budget_en_elke_wet(marts):
    assert bevinding(marts, "ZPM-05", "v5 precies") == []
    assert bevinding(marts, "ZPM-05", "v5 erover") == [(2, 10, 8, 0.2)]
    assert bevinding(marts, "ZPM-05", "v5 wlz") == []


def test_05_wacht_tot_de_maand_definitief_is(marts):
    assert bevinding(marts, "ZPM-05", "v5 vroeg") == []


def test_h_zonder_hic_is_zowel_05_als_08(marts):
    assert bevinding(marts, "ZPM-05", "v8") == [(2, 0, 2, -1.0)]
    assert bevinding(marts, "ZPM-08", "v8") == [(2, None, None, None)]
    assert bevinding(marts, "ZPM-08", "v5 erover") == []


def test_06_vergelijkt_bedden_en_verblijfsdagen_onder_de_zvw(marts):
    assert bevinding(marts, "ZPM-06", "v6") == [(30, 30, 0, 1.0)]
    assert bevinding(marts, "ZPM-06", "v6 plek") == []
    assert bevinding(marts, "ZPM-06", "v5 precies") == []
    assert bevinding(marts, "ZPM-06", "v5 wlz") == []


def test_07_telt_elke_wet_en_meldt_een_ontbrekende_kant_ook_bij_nul(marts):
    assert bevinding(marts, "ZPM-07", "v7 ongelijk") == [(1, 4, 5, -0.2)]
    assert bevinding(marts, "ZPM-07", "v7 alleen monitor") == [(0, 0, None, None)]
    assert bevinding(marts, "ZPM-07", "v7 alleen bedden") == [(2, None, 2, None)]
    assert bevinding(marts, "ZPM-07", "v5 precies") == []


def test_vergelijking_alleen_waar_beide_bronnen_leverden(marts):
    assert bevinding(marts, "ZPM-05", "v19", "ZK19") == []
    assert bevinding(marts, "ZPM-06", "v19", "ZK19") == []


def test_10_telt_open_plekken_per_cluster_zonder_bedden_in_welke_regio_ook(marts):
    assert bevinding(marts, "ZPM-10", "v10", kolommen="cluster, aantal") == [("acuut", 1), ("klinisch", 2)]
    assert bevinding(marts, "ZPM-10", "v10 elders") == []
    assert bevinding(marts, "ZPM-10", "v10 wlz", kolommen="cluster, aantal") == [("klinisch", 1)]


def test_11_meldt_liz_en_niveau_vier_onder_de_zvw(marts):
    assert bevinding(marts, "ZPM-11", "v11") == [(2, None, None, None)]


def test_12_telt_consulten_setting_8_van_elke_wet_zonder_topggz_of_mpu(marts):
    assert bevinding(marts, "ZPM-12", "v12") == [(3, None, None, None)]
    assert bevinding(marts, "ZPM-12", "v12 topggz") == []


def test_14_telt_setting_4_met_een_zorgvraagtype_buiten_de_lijst(marts):
    assert bevinding(marts, "ZPM-14", "v14") == [(5, None, None, None)]
    assert bevinding(marts, "ZPM-14", "v14 iht") == [(1, None, None, None)]


def test_regels_leveren_01_tot_04_en_09(marts):
    """De gevallen van test_cluster in ZK12."""
    assert marts.sql(
        "select code, sum(aantal) from marts.zpm_mismatch where iza_regio = 'ZK12' and maand = '2024-05-01' "
        "and code in ('ZPM-01', 'ZPM-02', 'ZPM-03', 'ZPM-04', 'ZPM-09') group by 1 order by 1"
    ).fetchall() == [("ZPM-01", 2), ("ZPM-02", 2), ("ZPM-03", 2), ("ZPM-04", 2), ("ZPM-09", 1)]
