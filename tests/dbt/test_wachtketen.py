"""Refusals, mediation and who leads the transfer (spec 3.16), weight and consultation (3.18). Regions ZK26 and ZK27, with lists of
2024, when no other module mediates."""

import pytest

from tests.dbt.wereld import pseudoniem


def vul(w):
    def plek(id_, maand="2024-12", regio="ZK26", patient=None, **kolommen):
        w.rij(
            "wachtlijst",
            maand,
            regio,
            wachtplek_id=id_,
            patient_pseudoniem=pseudoniem(patient or id_),
            **({"agb_vestiging": "90260000", "aanmelddatum": f"{maand}-01"} | kolommen),
        )

    def exclusie(id_, **kolommen):
        plek(id_, **{"einddatum": "2024-12-10", "reden_einde": "exclusie"} | kolommen)

    exclusie("zonder criterium")
    exclusie("leeftijd", exclusiecriterium="leeftijd")
    exclusie("na intake", exclusiecriterium="leeftijd", intakedatum="2024-12-10")  # op de dag zelf is na de intake
    exclusie("intake erna", exclusiecriterium="leeftijd", intakedatum="2024-12-11")
    exclusie("vorige maand", aanmelddatum="2024-11-01", einddatum="2024-11-30")
    exclusie("ambulant", zorgvorm="ambulant")
    plek("teruggetrokken", einddatum="2024-12-10", reden_einde="teruggetrokken")

    plek("net te vroeg", maand="2023-12", bemiddeling="mislukt")
    plek("elf maanden terug", maand="2024-01", patient="x", bemiddeling="mislukt")
    plek("later gelukt", maand="2024-02", patient="y", bemiddeling="mislukt")
    plek("later gelukt", maand="2024-05", patient="y", bemiddeling="gelukt")
    plek("nog eens", maand="2024-06", patient="y", bemiddeling="mislukt", zorgvorm="ambulant")
    plek("x elders", maand="2024-07", regio="ZK27", patient="x", bemiddeling="gelukt")
    plek("gevraagd", maand="2024-08", bemiddeling="gevraagd")
    w.levering("wachtlijst", "2024-12", "ZK27")
    for maand in ("2024-03", "2024-04", "2024-09", "2024-11"):  # een vol jaar
        w.levering("wachtlijst", maand, "ZK26")

    def open_plek(id_, aanmeld, vestiging, patient=None, **kolommen):
        plek(id_, maand="2024-10", aanmelddatum=aanmeld, agb_vestiging=vestiging, patient=patient, **kolommen)

    def bed(maand, regio, vestiging, onderneming, afdeling="a"):
        w.rij("bedden", maand, regio, agb_vestiging=vestiging, afdeling_id=afdeling, agb_onderneming=onderneming)

    bed("2024-08", "ZK26", "90260001", "06000009")
    bed("2024-09", "ZK27", "90260001", "06000003")  # in een andere regio
    bed("2024-09", "ZK27", "90260001", "06000002", "b")  # de laagste van die maand
    bed("2024-11", "ZK26", "90260001", "06000001")  # van na de maand
    bed("2024-10", "ZK26", "90260002", "06000008")
    open_plek("98 dagen", "2024-07-25", "90260001", "p")
    open_plek("99 dagen", "2024-07-24", "90260001", "p")
    open_plek("op de lijst", "2024-07-24", "90260002", agb_onderneming="06000007")
    open_plek("alleen vestiging", "2024-07-23", "90260003")
    open_plek("ook daar", "2024-10-31", "90260003")
    open_plek("niet cruciaal", "2024-01-01", "90260002", zorgvorm="ambulant")
    open_plek("gelijk", "2024-07-24", "90260004", agb_onderneming="06000001")
    open_plek("na intake", "2024-10-01", "90260005", intakedatum="2024-10-02", zorgvorm="ambulant")

    def zorg(patient, prestatie, dag="2024-03-01", **kolommen):
        w.declaratie("ZK26", patient, dag, prestatie, **kolommen)

    zorg("z1", "klinisch", zorgvraagtype=12)
    zorg("z1", "klinisch", "2024-03-02", zorgvraagtype=12)
    zorg("z2", "klinisch", zorgvraagtype=12)
    zorg("z2", "klinisch", "2024-04-01", zorgvraagtype=12)
    zorg("z3", "klinisch")
    zorg("z3", "niet_cruciaal", zorgvraagtype=12)
    zorg("z4", "XOV0005")
    zorg("z4", "XOV0005", "2024-03-02", wet="Wlz")
    zorg("z4", "XOV0007")
    zorg("z4", "XOV0004")
    w.credit("ZK26", w.declaratie("ZK26", "z5", "2024-03-01", "XOV0005"))


def rijen(marts, tabel, kolommen, regio="ZK26", maand="2024-12-01"):
    return marts.execute(
        f"select {kolommen} from marts.{tabel} where iza_regio = ? and maand = ? order by all", [regio, maand]
    ).fetchall()


def test_weigering_naar_criterium_en_na_een_intake(marts):
    assert rijen(marts, "exclusie_maand", '"cluster", exclusiecriterium, aantal, na_intake') == [
        ("niet_cruciaal", "onbekend", 1, 0),
        ("outreachend", "leeftijd", 3, 1),
        ("outreachend", "onbekend", 1, 0),
    ]


@pytest.mark.parametrize(
    "regio, maand, verwacht",
    [
        ("ZK26", "2024-12-01", (2, 1, 0.5)),  # x in januari, y een keer gelukt; niet 2023-12
        ("ZK27", "2024-12-01", (1, 0, 0.0)),  # alleen wat de eigen regio zegt
        ("NL", "2024-12-01", (2, 0, 0.0)),  # x is elders gelukt
        ("ZK26", "2024-02-01", (3, 3, 1.0)),
    ],
)
def test_bemiddeling_telt_personen_over_twaalf_maanden(marts, regio, maand, verwacht):
    assert rijen(marts, "bemiddeling_jaar", "personen, mislukt, aandeel_mislukt", regio, maand) == [verwacht]


def test_geen_bemiddeling_is_nul_en_geen_aandeel_en_niet_geleverd_geen_rij(marts):
    assert rijen(marts, "wachtreis_maand", "personen, gemiddeld_weken, doorverwezen", "ZK27") == [(0, None, 0)]
    assert rijen(marts, "bemiddeling_jaar", "personen", "ZK27", "2024-11-01") == []
    assert rijen(marts, "wachtreis_maand", "personen", "ZK27", "2024-11-01") == []


def test_wie_het_transfermechanisme_leidt(marts):
    assert rijen(
        marts,
        "transfermechanisme",
        "rang, aanbieder, wachtplekken, unieke_wachtenden, boven_treeknorm, round(overschrijding_weken * 7)",
        maand="2024-10-01",
    ) == [
        (1, "90260003", 2, 2, 1, 2.0),  # meeste dagen boven de norm
        (2, "06000001", 1, 1, 1, 1.0),  # dan de laagste code
        (3, "06000002", 2, 1, 1, 1.0),
        (4, "06000007", 1, 1, 1, 1.0),
    ]


def test_zwaarte_telt_patienten_per_maand_en_zorgvraagtype(marts):
    kolommen = '"cluster", zorgvraagtype, patienten, prestaties, verblijfsdagen'
    assert rijen(marts, "zorgzwaarte", kolommen, maand="2024-03-01") == [
        ("klinisch", 12, 2, 3, 3),
        ("klinisch", None, 1, 1, 1),
    ]
    assert rijen(marts, "zorgzwaarte", kolommen, maand="2024-04-01") == [("klinisch", 12, 1, 1, 1)]


def test_consultatie_is_van_elke_wet_en_zonder_wat_is_gecrediteerd(marts):
    assert rijen(marts, "consultatie_maand", "prestatiecode, prestaties, patienten", maand="2024-03-01") == [
        ("XOV0005", 2, 1),
        ("XOV0007", 1, 1),
    ]


def kerncijfer(marts, maat):
    return dict(
        marts.execute(
            "select maand::varchar, waarde from kwaliteit.kerncijfer_wachtlijst where maat = ? and waarde is not null",
            [maat],
        ).fetchall()
    )


def test_naast_gepubliceerde_bemiddeling_staan_personen_over_een_vol_jaar(marts):
    assert kerncijfer(marts, "bemiddeld")["2024-12-01"] == 2
    assert kerncijfer(marts, "aandeel_bemiddeling_mislukt")["2024-12-01"] == 0
    assert "2024-08-01" not in kerncijfer(marts, "bemiddeld")  # 2023-08 is er niet


def test_naast_gepubliceerd_boven_de_treeknorm_staat_elke_plek_aan_de_norm_van_haar_eigen_fase(marts):
    fasen = marts.sql(
        "select sum(boven_treeknorm) / sum(wachtplekken) from marts.wachttijd_maand "
        "where maand = '2024-10-01' and fase in ('aanmelding', 'behandeling')"
    ).fetchone()[0]
    assert kerncijfer(marts, "aandeel_boven_fasenorm")["2024-10-01"] == pytest.approx(fasen)
    assert kerncijfer(marts, "aandeel_boven_14_weken")["2024-10-01"] < fasen


def test_naast_gepubliceerde_cijfers_staan_de_totalen_van_de_marts(marts):
    verschillend = marts.sql("""
        with totaal as (
            select 'wachtplekken' as maat, maand, cast(wachtplekken as double) as waarde
            from marts.wachttijd_maand_totaal
            where iza_regio = 'NL' and cluster = 'zes_clusters_en_niet_cruciaal' and fase = 'totaal'
            union all
            select 'klinisch_langer_dan_jaar', maand, sum(langer_dan_jaar)
            from marts.verblijfsduur
            where iza_regio = 'NL' and cluster in ('klinisch', 'beveiligd') and uitstroom_bepaald
                and maand > (select min(maand) + interval 11 months from marts.verblijfsduur)
            group by maand
        )
        select * from totaal
        full join (select maat, maand, waarde from kwaliteit.kerncijfer_meting where maat in (select maat from totaal)) as hier
            using (maat, maand)
        where totaal.waarde is distinct from hier.waarde
    """).fetchall()
    assert verschillend == []


def test_op_meer_lijsten_is_in_de_zes_clusters_hetzelfde_als_in_de_reizen(marts):
    twee = marts.sql("""
        select reizen.personen, reizen.personen_meer_plekken, plekken.unieke_wachtenden, plekken.op_meer_lijsten
        from marts.wachtreis_maand as reizen
        join intermediate.int_wachtplek_totaal as plekken
            on reizen.maand = plekken.maand and plekken.gebied = 'NL' and plekken.groep = 'zes_clusters' and plekken.fase = 'totaal'
        where reizen.iza_regio = 'NL'
    """).fetchall()
    assert any(meer for _, meer, _, _ in twee)
    assert [paar for paar in twee if paar[:2] != paar[2:]] == []


def test_elk_gepubliceerd_cijfer_staat_naast_een_maat_die_er_is_of_zegt_waarom_niet(marts):
    maten = {maat for (maat,) in marts.sql("select distinct maat from kwaliteit.kerncijfer_meting").fetchall()}
    gekoppeld = {
        maat for (maat,) in marts.sql("select maat from referentie.kerncijfer_maat where maat is not null").fetchall()
    }
    assert gekoppeld - maten <= {"uitgaven", "klinisch_langer_dan_jaar"}  # vragen meer dan een jaar
    assert {"wachtplekken", "aandeel_boven_fasenorm", "bemiddeld"} <= gekoppeld
