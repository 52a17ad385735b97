"""Everything that a definition moves (spec 3.15). Region ZK27, and all care of the other modules for the comparisons."""

import json
import shutil

import duckdb
import pytest

from pipelines.fundament import schrijven, seeds
from pipelines.settings import Instellingen
from pipelines.warehouse import definities
from tests.dbt.wereld import consult, dbt

FACT = consult(4)
# per versie: maand -> stand_begin, instroom, uitstroom, stand_eind, personen
KOLOMMEN = "stand_begin, instroom, uitstroom, stand_eind, personen"


def vul(w):
    for maand in ("2024-01", "2024-02", "2024-03", "2024-05", "2024-12"):
        w.levering("declaraties", maand, "ZK27")
    # gaten van 70 en 71 dagen: samen een episode; zonder de middelste zorgdag een gat van 141, dus twee
    for dag, zorgvraagtype in (("2024-01-10", 6), ("2024-03-20", 4), ("2024-05-30", 6)):
        w.declaratie("ZK27", "wisselt", dag, FACT, zorgvraagtype=zorgvraagtype, aanlevermaand="2024-12")
    w.declaratie("ZK27", "nooit epa", "2024-01-10", FACT, zorgvraagtype=4, aanlevermaand="2024-12")
    # onder voorstel-ziekenhuis gaat PAAZ naar hoogspecialistisch_ziekenhuis, en nemen de bedden hun gebruik mee
    w.rij(
        "bedden",
        "2024-05",
        "ZK27",
        agb_vestiging="54270000",
        afdeling_id="p",
        bedtype="PAAZ",
        operationeel=10,
        bezette_dagen=310,
    )
    w.rij("bedden", "2024-05", "ZK27", agb_vestiging="06270000", afdeling_id="k", operationeel=4, bezette_dagen=62)
    w.declaratie("ZK27", "blijft", "2024-01-10", FACT, zorgvraagtype=5, aanlevermaand="2024-12")


@pytest.fixture(scope="module")
def omgekeerd(warehouse, tmp_path_factory):
    """The same deliveries with another version as the default, and hhm-2023 taken in by a steward under another name."""
    kopie = tmp_path_factory.mktemp("omgekeerd") / "warehouse.duckdb"
    shutil.copy(warehouse, kopie)
    with duckdb.connect(str(kopie)) as con:
        con.execute(
            "update referentie.definitie_versie set standaard = case versie when 'voorstel-epa' then 'J' else 'N' end"
        )
        regels = [{**rij, "versie": "zelfde"} for rij in seeds.lees("cluster_regel") if rij["versie"] == "hhm-2023"]
        instellingen = Instellingen(data=kopie.parent)
        schrijven.schrijf(definities.bestand(instellingen, "zelfde"), json.dumps({"cluster_regel": regels}))
        definities.zet_klaar(instellingen, con)
    dbt(kopie, "run", "--select", "int_versie+,+definitie_effect", "definitie")
    with duckdb.connect(str(kopie), read_only=True) as con:
        yield con


def outreachend(marts, versie):
    return {
        maand: rij
        for maand, *rij in marts.execute(
            f"select strftime(maand, '%Y-%m'), {KOLOMMEN} from marts.definitie_effect where versie = ? and "
            "iza_regio = 'ZK27' and cluster = 'outreachend' and maand between '2024-01-01' and '2024-05-01'",
            [versie],
        ).fetchall()
    }


def test_episoden_zijn_per_versie_opnieuw_gevormd(marts):
    nu, epa = outreachend(marts, "hhm-2023"), outreachend(marts, "voorstel-epa")
    assert nu["2024-01"] == [0, 3, 2, 1, 3] and epa["2024-01"] == [0, 2, 2, 0, 2]
    assert nu["2024-03"] == [1, 0, 0, 1, 1] and epa["2024-03"] == [0, 0, 0, 0, 0]
    assert nu["2024-05"] == [1, 0, 1, 0, 1] and epa["2024-05"] == [0, 1, 1, 0, 1]


def test_wat_niet_is_geleverd_is_in_elke_versie_leeg(marts):
    for versie in ("hhm-2023", "voorstel-epa"):
        assert outreachend(marts, versie)["2024-04"] == [None] * 5


def test_bedden_van_een_eigen_kaart_verhuizen_met_hun_gebruik_en_hun_behoefte(marts):
    def bedden(versie):
        return marts.execute(
            "select cluster, operationeel, bezet, belasting, benodigd, beschikbaar, tekort from marts.definitie_effect where "
            "versie = ? and iza_regio = 'ZK27' and maand = '2024-05-01' and cluster in ('klinisch', "
            "'hoogspecialistisch_ziekenhuis') order by 1 desc",
            [versie],
        ).fetchall()

    # 12 plaatsen in gebruik: 17 bij 5% blokkering; apart 10 -> 15 en 2 -> 5
    assert bedden("hhm-2023") == [
        ("klinisch", 14, 12.0, 12.0, 17, 14, 3),
        ("hoogspecialistisch_ziekenhuis", 0, 0.0, 0.0, 0, 0, 0),
    ]
    assert bedden("voorstel-ziekenhuis") == [
        ("klinisch", 4, 2.0, 2.0, 5, 4, 1),
        ("hoogspecialistisch_ziekenhuis", 10, 10.0, 10.0, 15, 10, 5),
    ]


def cijfers(con, versie):
    return con.execute(
        "select * exclude versie from marts.definitie_effect where versie = ? order by maand, iza_regio, cluster",
        [versie],
    ).fetchall()


@pytest.mark.parametrize("versie", ["hhm-2023", "voorstel-alternatief", "voorstel-epa", "voorstel-ziekenhuis"])
def test_cijfers_van_een_versie_hangen_niet_af_van_welke_de_standaard_is(marts, omgekeerd, versie):
    """What is shared with the default is exact: computed from another default the figures are the same."""
    assert cijfers(marts, versie) == cijfers(omgekeerd, versie)


def test_gelijke_versie_onder_een_andere_naam_geeft_dezelfde_cijfers(omgekeerd):
    assert cijfers(omgekeerd, "zelfde") == cijfers(omgekeerd, "hhm-2023") != cijfers(omgekeerd, "voorstel-epa")


def test_wijziging_zegt_wat_een_versie_anders_doet(marts):
    assert marts.sql(
        "select onderdeel, naam, wijziging, eisen, cluster_standaard, cluster from marts.definitie_wijziging "
        "where versie = 'voorstel-ziekenhuis' order by onderdeel, naam"
    ).fetchall() == [
        ("bedtype", "PAAZ", "andere_uitkomst", None, "klinisch", "hoogspecialistisch_ziekenhuis"),
        ("bedtype", "PUK", "andere_uitkomst", None, "klinisch", "hoogspecialistisch_ziekenhuis"),
        (
            "regel",
            "klinisch_ziekenhuis",
            "nieuw",
            "prestatietype consult|groepsconsult, setting 5, agb_vestiging_begint 54 of "
            "prestatietype verblijfsdag, agb_vestiging_begint 54",
            None,
            "hoogspecialistisch_ziekenhuis",
        ),
    ]
    assert marts.sql(
        "select naam, wijziging, cluster_standaard, cluster from marts.definitie_wijziging "
        "where versie = 'voorstel-epa' order by naam"
    ).fetchall() == [
        ("setting_4", "vervallen", "outreachend", None),
        ("setting_4_epa", "nieuw", None, "outreachend"),
        ("setting_4_overig", "nieuw", None, "niet_cruciaal"),
    ]


def test_verplaatsing_zegt_door_welke_regel_en_bij_wie(marts):
    assert marts.sql(
        "select strftime(maand, '%Y-%m'), agb_vestiging, regel_van, regel_naar, cluster_naar, prestaties, contacten "
        "from marts.definitie_verplaatsing where versie = 'voorstel-epa' and iza_regio = 'ZK27' order by 1"
    ).fetchall() == [
        ("2024-01", "92700000", "setting_4", "setting_4_overig", "niet_cruciaal", 1, 1),
        ("2024-03", "92700000", "setting_4", "setting_4_overig", "niet_cruciaal", 1, 1),
    ]


def test_verplaatsing_telt_op_tot_wat_in_verschuiving_van_uitkomst_wisselt(marts):
    assert (
        marts.sql(
            "select versie, maand, iza_regio, cluster_van, cluster_naar, sum(prestaties) as n from marts.definitie_verplaatsing "
            "group by all order by all"
        ).fetchall()
        == marts.sql(
            "select versie_naar, maand, iza_regio, cluster_van, cluster_naar, prestaties from marts.definitie_verschuiving "
            "where cluster_van <> cluster_naar order by all"
        ).fetchall()
    )


def test_elke_versie_waarmee_is_gerekend_staat_in_definitie(omgekeerd):
    assert omgekeerd.sql(
        "select versie, is_standaard, is_opgenomen, regels from marts.definitie order by versie"
    ).fetchall() == [
        ("hhm-2023", False, False, 17),
        ("voorstel-alternatief", False, False, 17),
        ("voorstel-epa", True, False, 18),
        ("voorstel-ziekenhuis", False, False, 18),
        ("zelfde", False, True, 17),
    ]


def test_elk_paar_van_versies_staat_er_een_keer_en_de_standaard_gaat_voorop(marts):
    assert marts.sql(
        "select distinct versie_van, versie_naar from marts.definitie_verschil order by all"
    ).fetchall() == [
        ("hhm-2023", "voorstel-alternatief"),
        ("hhm-2023", "voorstel-epa"),
        ("hhm-2023", "voorstel-ziekenhuis"),
        ("voorstel-alternatief", "voorstel-epa"),
        ("voorstel-alternatief", "voorstel-ziekenhuis"),
        ("voorstel-epa", "voorstel-ziekenhuis"),
    ]


def test_verschil_heeft_zijn_teken_en_een_totaal_telt_regios_en_clusters_op(marts):
    def verschil(regio, cluster, maand, kolommen):
        return marts.execute(
            f"select {kolommen} from marts.definitie_verschil where versie_van = 'hhm-2023' and versie_naar = ? and "
            "iza_regio = ? and cluster = ? and maand = ?",
            ["voorstel-ziekenhuis" if "operationeel" in kolommen else "voorstel-epa", regio, cluster, maand],
        ).fetchone()

    stroom = "instroom_van, instroom_naar, instroom_verschil, personen_verschil, regios_declaraties, regios"
    assert verschil("ZK27", "outreachend", "2024-01-01", stroom) == (3, 2, -1, -1, 1, 1)
    assert verschil("ZK27", "zes_clusters", "2024-01-01", stroom) == (3, 2, -1, None, 1, 1)
    assert verschil("ZK27", "outreachend", "2024-04-01", stroom) == (None, None, None, None, 0, 1)
    bedden = "operationeel_verschil, bezet_verschil, tekort_van, tekort_naar, tekort_verschil, regios_bedden"
    assert verschil("ZK27", "klinisch", "2024-05-01", bedden) == (-10, -10.0, 3, 1, -2, 1)
    assert verschil("ZK27", "zes_clusters", "2024-05-01", bedden) == (0, 0.0, 3, 6, 3, 1)


def test_naast_elkaar_staan_de_cijfers_van_elke_versie_en_het_land_is_hun_som(marts):
    assert not marts.sql(
        "select * from marts.definitie_verschil as v "
        "join marts.definitie_effect as a on a.versie = versie_van and (a.maand, a.iza_regio, a.cluster) = (v.maand, v.iza_regio, v.cluster) "
        "join marts.definitie_effect as b on b.versie = versie_naar and (b.maand, b.iza_regio, b.cluster) = (v.maand, v.iza_regio, v.cluster) "
        "where (v.stand_eind_van, v.bezet_naar, v.tekort_naar) "
        # sums are of nine decimals
        "is distinct from (a.stand_eind, cast(cast(b.bezet as decimal(28, 9)) as double), b.tekort) "
        "or v.uitstroom_verschil is distinct from b.uitstroom - a.uitstroom"
    ).fetchall()
    som = marts.sql(
        "select versie, maand, cluster, sum(contacten) from marts.definitie_effect group by all having sum(contacten) is not null"
    ).fetchall()
    land = marts.sql(
        "select distinct versie_naar, maand, cluster, contacten_naar from marts.definitie_verschil "
        "where iza_regio = 'NL' and cluster <> 'zes_clusters' and contacten_naar is not null"
    ).fetchall()
    assert land and set(land) == {rij for rij in som if rij[0] != "hhm-2023"}


def test_verplaatsing_van_een_jaar_zegt_door_welke_regel_tussen_elke_twee_versies_en_wie_het_raakt(marts):
    assert marts.sql(
        "select versie_van, versie_naar, regel_van, cluster_van, regel_naar, cluster_naar, prestaties, contacten, vestigingen "
        "from marts.definitie_verplaatsing_jaar where iza_regio = 'ZK27' and maand = '2024-05-01' order by all"
    ).fetchall() == [
        (van, naar, *regels, 2, 2, 1)
        for van, naar, *regels in (
            ("hhm-2023", "voorstel-epa", "setting_4", "outreachend", "setting_4_overig", "niet_cruciaal"),
            ("voorstel-alternatief", "voorstel-epa", "setting_4", "outreachend", "setting_4_overig", "niet_cruciaal"),
            ("voorstel-epa", "voorstel-ziekenhuis", "setting_4_overig", "niet_cruciaal", "setting_4", "outreachend"),
        )
    ]
    # van februari 2024 tot en met januari 2025 is alleen de verlegde prestatie van maart er nog, van twee
    assert marts.sql(
        "select strftime(maand, '%Y-%m'), prestaties, prestaties_geheel, deel_verplaatst from marts.definitie_aanbieder_jaar "
        "where agb_vestiging = '92700000' and iza_regio = 'ZK27' and versie_naar = 'voorstel-epa' and versie_van = 'hhm-2023' "
        "and maand in ('2024-05-01', '2025-01-01') order by 1"
    ).fetchall() == [("2024-05", 2, 5, 0.4), ("2025-01", 1, 2, 0.5)]
