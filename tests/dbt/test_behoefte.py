"""Needed beside available (spec 3.4). Regions ZK27 to ZK30; year 2023."""

import pytest


def afdeling(w, regio, maand, bedtype="KLINIEK", **kolommen):
    w.rij("bedden", maand, regio, agb_vestiging=f"9{regio[2:]}00000", afdeling_id=bedtype, bedtype=bedtype, **kolommen)


def plek(w, maand, nummer, persoon, **kolommen):
    w.rij(
        "wachtlijst",
        maand,
        "ZK27",
        **{
            "agb_vestiging": "92700000",
            "wachtplek_id": nummer,
            "patient_pseudoniem": persoon * 64,
            "zorgvorm": "klinische_opname",
            "aanmelddatum": "2023-01-05",
        }
        | kolommen,
    )


def vul(w):
    # ZK27: bedden over januari en maart, wachtlijst ook over februari
    afdeling(w, "ZK27", "2023-01", operationeel=10, bezette_dagen=310, opnames=10, uitgesteld_wlz=31)
    afdeling(
        w,
        "ZK27",
        "2023-03",
        operationeel=8,
        erkend=9,
        gesloten=1,
        reden_sluiting="verbouwing",
        bezette_dagen=279,
        opnames=5,
    )
    plek(w, "2023-01", "1", "a")
    for nummer in range(9):
        plek(w, "2023-02", f"{nummer}", "b")
    plek(w, "2023-03", "1", "a")
    plek(w, "2023-03", "2", "a")
    plek(w, "2023-03", "3", "c")
    plek(w, "2023-03", "4", "d", einddatum="2023-03-10", reden_einde="exclusie")
    # een andere zorgvorm van het cluster telt bij haar eigen soort plaats
    plek(w, "2023-03", "5", "e", zorgvorm="fact")
    # tot hier lopen de maanden, ook als deze module alleen draait
    w.levering("hic_monitor", "2024-03", "ZK27")
    # ZK28 tot ZK30: te weinig opnames, tot precies genoeg
    afdeling(w, "ZK28", "2023-03", "KIB", bezette_dagen=124, opnames=9)
    afdeling(w, "ZK29", "2023-03", "KIB", bezette_dagen=62, opnames=3)
    w.levering("bedden", "2023-04", "ZK29")
    afdeling(w, "ZK28", "2023-03", "HIC", bezette_dagen=31, opnames=2, uitgesteld_overig=62)
    afdeling(w, "ZK30", "2023-03", "MPU", bezette_dagen=310, opnames=10)
    afdeling(
        w, "ZK30", "2023-03", "FACT", capaciteit_type="ambulante_plek", bezette_dagen=2945, operationeel=99, opnames=1
    )
    # het zorggebied: in elk van twee regio's drie bedden in gebruik
    afdeling(w, "ZK28", "2023-03", "TOPGGZ", bezette_dagen=93, operationeel=2, erkend=2)
    afdeling(w, "ZK30", "2023-03", "TOPGGZ", bezette_dagen=93, operationeel=5, erkend=6, gesloten=1)


def cel(marts, regio, maand, kolommen, cluster="klinisch", soort="bed"):
    return marts.execute(
        f"select {kolommen} from marts.benodigde_capaciteit "
        "where iza_regio = ? and maand = ? and cluster = ? and capaciteit_type = ?",
        [regio, f"{maand}-01", cluster, soort],
    ).fetchone()


def test_gebruik_is_de_som_over_de_geleverde_maanden_van_het_venster(marts):
    assert cel(marts, "ZK27", "2023-03", "maanden_basis, dagen, bezet, uitgesteld, verblijfsduur_landelijk") == (
        2,
        62,
        9.5,
        0.5,
        False,
    )
    assert cel(marts, "ZK27", "2023-03", "opnames_per_dag, verblijfsduur_dagen") == pytest.approx((15 / 62, 589 / 15))


def test_onvervuld_telt_standen_van_de_lijst_en_weigeringen_als_personen(marts):
    assert cel(
        marts, "ZK27", "2023-03", "dagen_wachtlijst, groei_per_dag, geweigerd_per_dag, aandeel_uniek, onvervuld"
    ) == pytest.approx((62, 2 / 59, 1 / 62, 2 / 3, 1.309605), abs=1e-6)


def test_benodigd_is_de_grootste_van_bezettingsnorm_en_erlang(marts):
    assert cel(
        marts,
        "ZK27",
        "2023-03",
        "benodigd_bezetting, benodigd_erlang, benodigd, benodigd_tijdig, beschikbaar, erkend, tekort, tekort_tijdig",
    ) == (13, 16, 16, 15, 8, 9, 8, 7)
    assert cel(marts, "ZK27", "2023-03", "belasting, belasting_tijdig, kans_vol") == pytest.approx(
        (10.809605, 10.309605, 0.374654), abs=1e-6
    )


def test_maand_zonder_bedden_houdt_de_behoefte_en_verliest_wat_plaatsen_vraagt(marts):
    assert cel(
        marts,
        "ZK27",
        "2023-02",
        "maanden_basis, bezet, groei_per_dag, benodigd_bezetting, beschikbaar, erkend, tekort, tekort_tijdig, kans_vol, geleverd",
    ) == (1, 10.0, 0.0, 12, None, None, None, None, None, False)


def test_venster_is_twaalf_maanden_en_daarna_is_alles_leeg(marts):
    assert cel(marts, "ZK27", "2023-12", "maanden_basis") == (2,)
    assert cel(marts, "ZK27", "2024-01", "maanden_basis") == (1,)
    assert cel(marts, "ZK27", "2024-02", "maanden_basis, bezet") == (1, 9.0)
    assert cel(
        marts,
        "ZK27",
        "2024-03",
        "maanden_basis, dagen, dagen_wachtlijst, bezet, verblijfsduur_landelijk, belasting, belasting_tijdig, benodigd, geleverd",
    ) == (0, None, None, None, None, None, None, None, False)


def test_bij_te_weinig_opnames_geldt_de_duur_van_alle_vensters_samen(marts):
    kolommen = "verblijfsduur_dagen, verblijfsduur_landelijk"
    assert cel(marts, "ZK28", "2023-03", kolommen, "beveiligd") == (15.5, True)
    # in april levert alleen ZK29; het venster van ZK28 telt mee
    assert cel(marts, "ZK29", "2023-04", kolommen, "beveiligd") == (15.5, True)
    assert cel(marts, "ZK30", "2023-03", kolommen, "hoogspecialistisch_ziekenhuis") == (31.0, False)


def test_zonder_duur_en_zonder_wachtlijst_is_onvervuld_leeg_en_de_belasting_het_gebruik(marts):
    assert cel(
        marts,
        "ZK28",
        "2023-03",
        "verblijfsduur_dagen, verblijfsduur_landelijk, dagen_wachtlijst, groei_per_dag, geweigerd_per_dag, "
        "aandeel_uniek, onvervuld, belasting",
        "acuut",
    ) == (None, True, 0, None, None, None, None, 1.0)


def test_tijdige_belasting_gaat_niet_onder_nul(marts):
    assert cel(marts, "ZK28", "2023-03", "uitgesteld, belasting_tijdig, benodigd_tijdig", "acuut") == (2.0, 0.0, 0)


def test_ambulante_plek_kent_geen_blokkering(marts):
    """95 in gebruik bij een norm van 95% is precies 100, hoe de deling ook afrondt."""
    assert cel(
        marts,
        "ZK30",
        "2023-03",
        "bezet, benodigd_bezetting, benodigd_erlang, benodigd, kans_vol, tekort",
        "outreachend",
        "ambulante_plek",
    ) == (95.0, 100, None, 100, None, 1)


def test_bij_belasting_nul_is_een_bed_nergens_nodig(marts):
    kolommen = "bezet, benodigd_bezetting, benodigd_erlang, benodigd, kans_vol, beschikbaar, tekort"
    assert cel(marts, "ZK29", "2023-03", kolommen) == (0.0, 0, 0, 0, 0.0, 0, 0)
    assert cel(marts, "ZK29", "2023-03", kolommen, "outreachend", "ambulante_plek") == (0.0, 0, None, 0, None, 0, 0)


def test_lijst_zonder_plekken_is_een_en_al_uniek(marts):
    assert cel(marts, "ZK27", "2023-03", "groei_per_dag, aandeel_uniek", "beveiligd") == (0.0, 1.0)
    assert cel(marts, "ZK27", "2023-03", "groei_per_dag, aandeel_uniek", "outreachend", "ambulante_plek") == (
        pytest.approx(1 / 59),
        1.0,
    )


def test_elke_zorgvorm_en_elke_afdeling_geeft_haar_cluster_een_soort_plaats(marts):
    """acuut: crisis en iht zijn ambulant, hic een bed; van hoogspecialistisch_ggz is het bed alleen een afdeling."""
    assert marts.execute(
        "select cluster, string_agg(distinct capaciteit_type order by capaciteit_type) from marts.benodigde_capaciteit "
        "where cluster in ('acuut', 'beveiligd', 'hoogspecialistisch_ggz') group by 1 order by 1"
    ).fetchall() == [
        ("acuut", "ambulante_plek,bed"),
        ("beveiligd", "bed"),
        ("hoogspecialistisch_ggz", "ambulante_plek,bed"),
    ]


def gebied(marts, maand, kolommen):
    return marts.execute(
        f"select {kolommen} from marts.benodigde_capaciteit_gebied where zorggebied = 'NL' and maand = ? "
        "and cluster = 'hoogspecialistisch_ggz' and capaciteit_type = 'bed'",
        [f"{maand}-01"],
    ).fetchone()


def test_zorggebied_rekent_met_de_som_van_wie_leverde(marts):
    assert gebied(
        marts,
        "2023-03",
        "regios, regios_geleverd, bezet, onvervuld, belasting, beschikbaar, erkend, benodigd_bezetting, "
        "benodigd_erlang, benodigd, benodigd_tijdig, tekort, tekort_tijdig, benodigd_regionaal, samenvoegwinst",
    ) == (31, 4, 6.0, None, 6.0, 7, 8, 8, 10, 10, 10, 3, 3, 14, 4)
    assert gebied(marts, "2023-03", "kans_vol") == pytest.approx((0.185055,), abs=1e-6)


def test_zorggebied_laat_weg_wie_over_de_maand_niet_leverde(marts):
    assert gebied(marts, "2023-04", "regios_geleverd, bezet, beschikbaar, benodigd, kans_vol") == (1, 0.0, 0, 0, 0.0)
    assert gebied(
        marts, "2023-05", "regios, regios_geleverd, bezet, beschikbaar, benodigd, tekort, benodigd_regionaal"
    ) == (31, 0, None, None, None, None, None)


def test_een_kaart_van_een_andere_versie_geeft_haar_eigen_behoefte(marts):
    """voorstel-ziekenhuis telt PAAZ en PUK bij een ander cluster: de versie heeft eigen cellen, de rest deelt ze."""
    assert marts.execute(
        "select count(distinct cel) filter (where cluster in ('klinisch', 'hoogspecialistisch_ziekenhuis')), "
        "count(distinct cel) filter (where cluster = 'acuut') from intermediate.int_capaciteit_cel "
        "where capaciteit_type = 'bed' and versie in ('hhm-2023', 'voorstel-ziekenhuis')"
    ).fetchone() == (4, 1)


def balans(marts, gebied, maand, kolommen, cluster="klinisch", soort="bed"):
    return marts.execute(
        f"select {kolommen} from marts.capaciteit_balans where iza_regio = ? and maand = ? and cluster = ? and capaciteit_type = ?",
        [gebied, f"{maand}-01", cluster, soort],
    ).fetchone()


def test_de_balans_van_een_regio_is_de_behoefte_met_tekort_en_over_apart(marts):
    """Beide zijn nul of meer: een negatief tekort heet over."""
    kolommen = (
        "benodigd, benodigd_tijdig, beschikbaar, erkend, te_kort, over, te_kort_tijdig, over_tijdig, bezettingsnorm"
    )
    assert balans(marts, "ZK27", "2023-03", kolommen) == (16, 15, 8, 9, 8, 0, 7, 0, 0.85)
    assert balans(marts, "ZK27", "2023-03", "bezet, uitgesteld") == (9.5, 0.5)
    assert balans(marts, "ZK30", "2023-03", "te_kort, over", "outreachend", "ambulante_plek") == (1, 0)
    assert balans(marts, "ZK30", "2023-03", "te_kort, over, regios_te_kort, regios_over")[:2] == (0, 0)


def test_de_balans_zegt_waarom_plaatsen_gesloten_zijn(marts):
    kolommen = ", ".join(f"gesloten_{reden}" for reden in ("personeel", "verbouwing", "financieel", "overig"))
    assert balans(marts, "ZK27", "2023-03", kolommen) == (0, 1, 0, 0)
    assert balans(marts, "ZK27", "2023-02", kolommen) == (None, None, None, None)


def test_zonder_bedden_in_de_maand_houdt_de_balans_wat_nodig_is_en_weet_niet_wat_over_is(marts):
    kolommen = "bezet, benodigd_tijdig, beschikbaar, te_kort, over, regios_geleverd, regios"
    assert balans(marts, "ZK27", "2023-02", kolommen) == (10.0, 14, None, None, None, 0, 1)


def test_de_balans_van_het_land_telt_alleen_regios_die_de_maand_leverden(marts):
    """In april leverde ZK29 bedden en ZK28 niet, en van beide is de behoefte bekend."""
    met_behoefte = marts.execute(
        "select count(benodigd) filter (bezet > 0), count(*) filter (geleverd), sum(benodigd) filter (geleverd), "
        "sum(greatest(tekort, 0)), sum(greatest(-tekort, 0)) from marts.benodigde_capaciteit "
        "where maand = '2023-04-01' and cluster = 'beveiligd' and capaciteit_type = 'bed'"
    ).fetchone()
    kolommen = "regios_geleverd, benodigd, te_kort, over"
    assert balans(marts, "NL", "2023-04", kolommen, "beveiligd") == met_behoefte[1:]
    assert met_behoefte[0] > met_behoefte[1] - 1
    assert balans(marts, "NL", "2023-04", "regios", "beveiligd") == (31,)
