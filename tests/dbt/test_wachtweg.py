"""The way of an application: how far each place of the six clusters came. Region ZK13, lists of May and June 2024."""

from tests.dbt.wereld import pseudoniem


def vul(w):
    def plek(id_, maand="2024-05", patient=None, **kolommen):
        w.rij(
            "wachtlijst",
            maand,
            "ZK13",
            wachtplek_id=id_,
            agb_vestiging="90130000",
            patient_pseudoniem=pseudoniem(f"weg {patient or id_}"),
            **({"aanmelddatum": "2024-05-01"} | kolommen),
        )

    def einde(id_, reden, **kolommen):
        plek(id_, einddatum="2024-05-20", reden_einde=reden, **kolommen)

    einde("begonnen", "gestart", intakedatum="2024-05-10", startdatum_behandeling="2024-05-20")
    einde("geweigerd na intake", "exclusie", intakedatum="2024-05-10")
    einde("geweigerd", "exclusie", exclusiecriterium="agressie")
    einde("intake na het einde", "exclusie", exclusiecriterium="agressie", intakedatum="2024-05-21")
    einde("elders", "elders_gestart")
    einde("gestopt", "teruggetrokken")
    einde("eerste plek", "onbekend", patient="x")
    plek("tweede plek", "2024-06", patient="x", aanmelddatum="2024-05-25")
    # op de lijst van mei nog open; juni is geleverd en noemt haar niet meer
    plek("verdwenen", "2024-05")
    plek("geen cluster", "2024-06", zorgvorm="ambulant")
    plek("te lang geleden", "2024-06", aanmelddatum="2023-06-30")


def test_elke_aanmelding_in_de_zes_clusters_heeft_een_uitkomst_en_een_weigering_haar_criterium(marts):
    assert marts.sql(
        "select stap, uitkomst, exclusiecriterium, wachtplekken, wachtplekken_stap, wachtplekken_uitkomst, wachtplekken_geheel "
        "from marts.wachtweg_jaar where iza_regio = 'ZK13' and maand = '2024-06-01' order by stap, uitkomst"
    ).fetchall() == [
        ("geen_intake", "doorverwezen", None, 1, 7, 1, 9),
        ("geen_intake", "elders_gestart", None, 1, 7, 1, 9),
        ("geen_intake", "gestopt", None, 1, 7, 1, 9),
        ("geen_intake", "geweigerd", "agressie", 2, 7, 2, 9),
        ("geen_intake", "verdwenen", None, 1, 7, 1, 9),
        ("geen_intake", "wacht", None, 1, 7, 1, 9),
        ("intake", "gestart", None, 1, 2, 1, 9),
        ("intake", "geweigerd", "onbekend", 1, 2, 1, 9),
    ]


def test_de_weg_van_een_jaar_telt_elke_plek_een_keer_en_het_land_is_de_som_van_de_regios(marts):
    geteld = marts.sql(
        "select maand, iza_regio, sum(wachtplekken) from marts.wachtweg_jaar where iza_regio <> 'NL' group by all order by all"
    ).fetchall()
    plekken = marts.sql(
        "select t.maand, p.iza_regio, count(*) from intermediate.int_wachtreis_plek as p "
        "join referentie.cluster as c on c.cluster = p.cluster and c.is_cluster = 'J' join intermediate.int_maand as t "
        "on date_trunc('month', p.aanmelddatum) between t.maand - interval 11 month and t.maand group by all order by all"
    ).fetchall()
    assert geteld == plekken != []
    assert not marts.sql(
        "select maand, stap, uitkomst, exclusiecriterium from marts.wachtweg_jaar group by all "
        "having sum(case when iza_regio = 'NL' then wachtplekken else -wachtplekken end) <> 0"
    ).fetchall()


def test_weigeringen_van_een_jaar_tellen_op_uit_die_van_de_maanden(marts):
    assert marts.sql(
        "select iza_regio, exclusiecriterium, aantal, na_intake from marts.exclusie_jaar "
        "where iza_regio = 'ZK13' and maand = '2025-04-01' order by all"
    ).fetchall() == [("ZK13", "agressie", 2, 0), ("ZK13", "onbekend", 1, 1)]
    assert not marts.sql(
        "select * from marts.exclusie_jaar where iza_regio = 'ZK13' and maand = '2025-05-01'"
    ).fetchall()
    assert not marts.sql(
        "select j.* from marts.exclusie_jaar as j left join (select t.maand, m.exclusiecriterium, sum(m.aantal) as aantal "
        "from marts.exclusie_maand as m join intermediate.int_maand as t on m.maand between t.maand - interval 11 month and t.maand "
        "group by all) as s using (maand, exclusiecriterium) where j.iza_regio = 'NL' and j.aantal is distinct from s.aantal"
    ).fetchall()
