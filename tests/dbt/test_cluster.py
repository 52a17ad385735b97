"""From prestatie to cluster (spec 2.3): every rule of the four shipped versions. Region ZK12, May 2024; ZK10 for what only
two of them ask (zorgvraagtype, begin of the AGB code)."""

import pytest

from tests.dbt.wereld import consult, prestatiecode, verblijf

BUDGET = prestatiecode(prestatietype="consult", setting="", acuut_binnen_budget="J")
BUDGET_VERBLIJF = prestatiecode(prestatietype="verblijfsdag", acuut_binnen_budget="J")
GROEP4, GROEP5 = (prestatiecode(prestatietype="groepsconsult", setting=s) for s in "45")
TOESLAG, ZONDER_SETTING = prestatiecode(prestatietype="toeslag"), "XCO9001"
GEWOON, HIC, IHT, MPU = "90120000", "90120001", "90120002", "90120003"

# regel, prestatiecode, vestiging, wet -> cluster nu, cluster in het voorstel, bevinding
GEVALLEN = [
    (10, consult(4), GEWOON, "Wlz", "buiten_afbakening", "buiten_afbakening", None),
    (10, BUDGET, GEWOON, "Wfz", "buiten_afbakening", "buiten_afbakening", None),
    (10, verblijf("A"), GEWOON, "Jeugdwet", "buiten_afbakening", "buiten_afbakening", None),
    (10, verblijf("H"), GEWOON, "Wmo", "buiten_afbakening", "buiten_afbakening", None),
    (20, BUDGET, GEWOON, "Zvw", "acuut", "acuut", None),
    (20, BUDGET_VERBLIJF, MPU, "Zvw", "acuut", "acuut", None),
    (25, TOESLAG, GEWOON, "Zvw", "niet_cruciaal", "niet_cruciaal", None),
    (30, verblijf("H"), MPU, "Zvw", "acuut", "acuut", None),
    (40, verblijf("G", 2), HIC, "Zvw", "beveiligd", "beveiligd", None),
    (45, consult(6), GEWOON, "Zvw", "beveiligd", "beveiligd", None),
    (50, consult(7), GEWOON, "Zvw", "buiten_afbakening", "buiten_afbakening", None),
    (60, consult(8), MPU, "Zvw", "hoogspecialistisch_ziekenhuis", "hoogspecialistisch_ziekenhuis", None),
    (61, consult(8), HIC, "Zvw", "hoogspecialistisch_ggz", "hoogspecialistisch_ggz", None),
    (70, consult(4), IHT, "Zvw", "outreachend", "acuut", "ZPM-02"),
    (70, GROEP4, IHT, "Zvw", "outreachend", "acuut", "ZPM-02"),
    (71, consult(4), HIC, "Zvw", "outreachend", "outreachend", None),
    (80, verblijf("A"), MPU, "Zvw", "klinisch", "hoogspecialistisch_ziekenhuis", "ZPM-04"),
    (80, GROEP5, MPU, "Zvw", "klinisch", "hoogspecialistisch_ziekenhuis", "ZPM-04"),
    (81, verblijf("F"), HIC, "Zvw", "klinisch", "acuut", "ZPM-01"),
    (81, verblijf("G"), HIC, "Zvw", "klinisch", "acuut", "ZPM-01"),
    (83, verblijf("E"), HIC, "Zvw", "klinisch", "klinisch", None),
    (83, verblijf("F"), IHT, "Zvw", "klinisch", "klinisch", None),
    (83, consult(5), HIC, "Zvw", "klinisch", "klinisch", None),
    (90, consult(1), IHT, "Zvw", "niet_cruciaal", "niet_cruciaal", None),
    (90, consult(3), MPU, "Zvw", "niet_cruciaal", "niet_cruciaal", None),
    (99, ZONDER_SETTING, MPU, "Zvw", "onbepaald", "onbepaald", "ZPM-09"),
]


def vul(w):
    # de kenmerken gelden in de maand, ongeacht regio, leverancier, wet of capaciteit 0
    w.rij("hic_monitor", "2024-05", "ZK13", leverancier="3311", agb_vestiging=HIC, eenheid_id="h")
    w.rij("hic_monitor", "2024-05", "ZK12", agb_vestiging=IHT, eenheid_id="i", eenheid_type="IHT")
    w.rij("bedden", "2024-05", "ZK12", agb_vestiging=MPU, afdeling_id="m", bedtype="MPU", wet="Wlz")
    for nummer, (_, code, vestiging, wet, *_rest) in enumerate(GEVALLEN):
        w.declaratie(
            "ZK12",
            f"regel {nummer}",
            "2024-05-15",
            code,
            declaratie_id=f"regel {nummer}",
            agb_vestiging=vestiging,
            wet=wet,
            zorgtrajectnummer=f"R{nummer}",
        )
    for nummer, (code, vestiging, zorgvraagtype, *_rest) in enumerate(EIGEN_EISEN):
        naam = f"eis {nummer}"
        w.declaratie(
            "ZK10",
            naam,
            "2024-05-15",
            code,
            declaratie_id=naam,
            agb_vestiging=vestiging,
            zorgvraagtype=zorgvraagtype,
            zorgtrajectnummer=naam,
        )
    w.declaratie("ZK12", "maand erna", "2024-06-01", verblijf("A"), declaratie_id="maand erna", agb_vestiging=MPU)

    def traject(naam, prestatie, dag="2024-05-20", **kolommen):
        w.declaratie(
            "ZK12", naam, dag, prestatie, declaratie_id=f"{naam} {prestatie}", zorgtrajectnummer="T8", **kolommen
        )

    groep8 = prestatiecode(prestatietype="groepsconsult", setting="8")
    for naam in ("s8", "s8 wlz", "s8 groep", "s8 andere maand", "s8 ander traject", "s8 ingetrokken"):
        traject(naam, verblijf("B"))
    traject("s8", consult(8))
    traject("s8 wlz", consult(8), wet="Wlz")
    traject("s8 groep", groep8)
    traject("s8 andere maand", consult(8), "2024-06-01")
    traject("s8 ander traject", consult(8), agb_onderneming="06290009")
    traject("s8 ingetrokken", consult(8))
    w.credit("ZK12", f"s8 ingetrokken {consult(8)}")


ZIEKENHUIS, GEEN_ZIEKENHUIS = "54120000", "05412000"  # de tweede heeft 54 alleen in het midden
# prestatiecode, vestiging, zorgvraagtype, versie -> regel, cluster
EIGEN_EISEN = [
    (consult(4), GEWOON, 5, "voorstel-epa", "setting_4_epa", "outreachend"),
    (GROEP4, GEWOON, 17, "voorstel-epa", "setting_4_epa", "outreachend"),
    (consult(4), GEWOON, 4, "voorstel-epa", "setting_4_overig", "niet_cruciaal"),
    (consult(4), GEWOON, 1, "voorstel-epa", "setting_4_overig", "niet_cruciaal"),  # 1 is niet 10 of 11
    (consult(4), GEWOON, 18, "voorstel-epa", "setting_4_overig", "niet_cruciaal"),
    (consult(4), GEWOON, None, "voorstel-epa", "setting_4_overig", "niet_cruciaal"),
    (consult(4), IHT, 4, "voorstel-epa", "setting_4_iht", "outreachend"),
    (consult(4), GEWOON, None, "hhm-2023", "setting_4", "outreachend"),
    (verblijf("A"), ZIEKENHUIS, 5, "voorstel-ziekenhuis", "klinisch_ziekenhuis", "hoogspecialistisch_ziekenhuis"),
    (GROEP5, ZIEKENHUIS, None, "voorstel-ziekenhuis", "klinisch_ziekenhuis", "hoogspecialistisch_ziekenhuis"),
    (verblijf("H"), ZIEKENHUIS, None, "voorstel-ziekenhuis", "verblijf_h", "acuut"),
    (verblijf("A"), GEEN_ZIEKENHUIS, None, "voorstel-ziekenhuis", "klinisch", "klinisch"),
    (verblijf("A"), ZIEKENHUIS, None, "hhm-2023", "klinisch", "klinisch"),
    (consult(4), ZIEKENHUIS, None, "voorstel-ziekenhuis", "setting_4", "outreachend"),
]


def regel(marts, declaratie_id, versie="hhm-2023"):
    return marts.execute(
        "select t.volgorde, t.cluster, t.mismatch from intermediate.int_prestatie_kenmerk p join "
        "intermediate.int_cluster_toewijzing t using (kenmerken) where p.declaratie_id = ? and t.versie = ?",
        [declaratie_id, versie],
    ).fetchall()


@pytest.mark.parametrize("nummer", range(len(GEVALLEN)), ids=[f"{g[0]}-{i}" for i, g in enumerate(GEVALLEN)])
def test_eerste_regel_die_past_geeft_het_cluster(marts, nummer):
    volgorde, _, _, _, nu, voorstel, mismatch = GEVALLEN[nummer]
    assert regel(marts, f"regel {nummer}") == [(volgorde, nu, mismatch)]
    assert regel(marts, f"regel {nummer}", "voorstel-alternatief")[0][:2] == (volgorde, voorstel)


@pytest.mark.parametrize("nummer", range(len(EIGEN_EISEN)))
def test_zorgvraagtype_en_begin_van_de_agb_code_zijn_eisen_van_een_regel(marts, nummer):
    *_, versie, naam, cluster = EIGEN_EISEN[nummer]
    assert marts.execute(
        "select t.regel, t.cluster from intermediate.int_prestatie_kenmerk p join "
        "intermediate.int_cluster_toewijzing t using (kenmerken) where p.declaratie_id = ? and t.versie = ?",
        [f"eis {nummer}", versie],
    ).fetchall() == [(naam, cluster)]


def test_kaart_van_een_versie_gaat_voor_die_van_elke_versie(marts):
    assert marts.sql(
        "select versie, bedtype, cluster from intermediate.int_bedtype_cluster where bedtype in ('PAAZ', 'KLINIEK') "
        "and versie in ('hhm-2023', 'voorstel-ziekenhuis') order by 1, 2"
    ).fetchall() == [
        ("hhm-2023", "KLINIEK", "klinisch"),
        ("hhm-2023", "PAAZ", "klinisch"),
        ("voorstel-ziekenhuis", "KLINIEK", "klinisch"),
        ("voorstel-ziekenhuis", "PAAZ", "hoogspecialistisch_ziekenhuis"),
    ]


def test_kenmerk_van_een_vestiging_geldt_alleen_in_de_maand(marts):
    assert regel(marts, "maand erna") == [(83, "klinisch", None)]


@pytest.mark.parametrize(
    "naam, volgorde",
    [
        ("s8", 82),
        ("s8 wlz", 82),
        ("s8 groep", 83),
        ("s8 andere maand", 83),
        ("s8 ander traject", 83),
        ("s8 ingetrokken", 83),
    ],
)
def test_traject_met_setting_8_is_een_netto_consult_in_dezelfde_maand(marts, naam, volgorde):
    assert regel(marts, f"{naam} {verblijf('B')}")[0][0] == volgorde


def test_verschuiving_telt_wat_van_uitkomst_wisselt_en_wat_blijft(marts):
    assert marts.sql(
        "select cluster_naar, prestaties, patienten, verblijfsdagen, bedrag from marts.definitie_verschuiving "
        "where versie_naar = 'voorstel-alternatief' and iza_regio = 'ZK12' and maand = '2024-05-01' "
        "and cluster_van = 'outreachend' order by 1"
    ).fetchall() == [("acuut", 2, 2, 0, 200), ("outreachend", 1, 1, 0, 100)]
    assert marts.sql(
        "select versie_naar, prestaties from marts.definitie_verschuiving where iza_regio = 'ZK12' and cluster_van = "
        "'onbepaald' and cluster_naar = 'onbepaald' order by 1"
    ).fetchall() == [("voorstel-alternatief", 1), ("voorstel-epa", 1), ("voorstel-ziekenhuis", 1)]
