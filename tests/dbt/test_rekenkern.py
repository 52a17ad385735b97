"""Single models on literal input, held against published outcomes: chain-ladder, Erlang-B, rules and codes as data."""

import shutil
from datetime import date

import duckdb
import pytest

from tests.dbt.wereld import dbt

# Taylor en Ashe (1983), cumulatief; uitkomsten van de chain-ladder in Mack (1993)
DRIEHOEK = [
    [357848, 1124788, 1735330, 2218270, 2745596, 3319994, 3466336, 3606286, 3833515, 3901463],
    [352118, 1236139, 2170033, 3353322, 3799067, 4120063, 4647867, 4914039, 5339085],
    [290507, 1292306, 2218525, 3235179, 3985995, 4132918, 4628910, 4909315],
    [310608, 1418858, 2195047, 3757447, 4029929, 4381982, 4588268],
    [443160, 1136350, 2128333, 2897821, 3402672, 3873311],
    [396132, 1333217, 2180715, 2985752, 3691712],
    [440832, 1288463, 2419861, 3483130],
    [359480, 1421128, 2864498],
    [376686, 1363294],
    [344014],
]
UITEINDELIJK = [3901463, 5433719, 5378826, 5297906, 4858200, 5111171, 5660771, 6784799, 5642266, 4969825]

# Erlang-B-tabel bij 5% blokkering: de grootste belasting die n plaatsen aankunnen, naar beneden en naar boven afgerond
ERLANG = [(0.0526, 1), (0.0527, 2), (6.21, 10), (6.22, 11), (15.2, 20), (15.3, 21), (95.2, 100), (95.3, 101)]

REGELS = """
    ('derde', 1, 'opgesomd', 'Zvw', 'verblijfsdag', null, null, 'beveiligd', 'eenduidig', 'test'),
    ('derde', 1, 'opgesomd', 'Zvw', 'consult|groepsconsult', '4|6', null, 'beveiligd', 'eenduidig', 'test'),
    ('derde', 2, 'hic', null, null, null, 'J', 'acuut', 'eenduidig', 'test')
"""


def vul(w):
    for dag in ("2024-01-04", "2024-01-05", "2024-01-31", "2024-02-01"):
        w.declaratie("ZK22", "geldig", dag, "GELDIG", declaratie_id=f"geldig {dag}")


@pytest.fixture(scope="module")
def kern(warehouse, tmp_path_factory):
    """A copy of the warehouse with other input, on which only these models have run again."""
    kopie = tmp_path_factory.mktemp("kern") / "warehouse.duckdb"
    shutil.copy(warehouse, kopie)
    with duckdb.connect(str(kopie)) as con:
        con.execute("delete from marts.volledigheid")
        con.executemany(
            "insert into marts.volledigheid values (?, ?, ?, ?)",
            [
                (date(2020, 1 + i, 1), date(2020 + (i + k) // 12, 1 + (i + k) % 12, 1), waarde, k)
                for i, rij in enumerate(DRIEHOEK)
                for k, waarde in enumerate(rij)
            ],
        )
        con.execute("delete from intermediate.int_behoefte")
        con.execute("delete from intermediate.int_behoefte_gebied")
        con.executemany(
            "insert into intermediate.int_behoefte (maand, iza_regio, cel, capaciteit_type, belasting, belasting_tijdig, "
            "beschikbaar) values ('2025-01-01', ?, 'acuut', 'bed', ?, 0, ?)",
            [(f"R{i}", a, 0) for i, (a, _) in enumerate(ERLANG)]
            + [("R-groot", 5000.0, 4000), ("R-klein", 10.0, 1000000000000)],
        )
        con.execute(
            "insert into referentie.cluster_regel (versie, volgorde, regel, wet, prestatietype, setting, heeft_hic, "
            f"cluster, zekerheid, bron) values {REGELS}"
        )
        con.execute(
            "insert into referentie.bedtype_cluster values ('derde', 'HIC', 'beveiligd', 'test'), "
            "('derde', 'NIEUW', 'acuut', 'test'), ('vierde', 'KIB', 'acuut', 'test')"
        )
        con.execute(
            "insert into referentie.zpm_prestatie values "
            "('GELDIG', 'oud', 'consult', 1, null, null, 'N', null, '2024-01-04', 'test'), "
            "('GELDIG', 'nieuw', 'verblijfsdag', null, 'H', 0, 'N', '2024-01-05', '2024-01-31', 'test')"
        )
    dbt(
        kopie,
        "run",
        "--select",
        "volledigheid_schatting",
        "int_belasting",
        "int_erlang_b",
        "int_benodigd",
        "int_prestatiecode",
        "int_cluster_toewijzing",
        "int_bedtype_cluster",
        "definitie_verschuiving",
    )
    with duckdb.connect(str(kopie), read_only=True) as con:
        yield con


def test_chain_ladder_geeft_de_driehoek_van_taylor_en_ashe(kern):
    schatting = kern.sql(
        "select gezien, geschat_eind, volledigheid from marts.volledigheid_schatting order by prestatiemaand"
    ).fetchall()
    assert [s[0] for s in schatting] == [rij[-1] for rij in DRIEHOEK]
    assert [s[1] for s in schatting] == pytest.approx(UITEINDELIJK, abs=0.6)
    assert schatting[9][2] == pytest.approx(344014 / 4969825, rel=1e-6)


@pytest.mark.parametrize("belasting, plaatsen", ERLANG)
def test_erlang_b_geeft_de_plaatsen_van_de_gepubliceerde_tabel(kern, belasting, plaatsen):
    assert kern.execute(
        "select min(plaatsen) from intermediate.int_erlang_b where belasting = ? and kans_vol <= 0.05", [belasting]
    ).fetchone() == (plaatsen,)


def test_erlang_b_volgt_de_bekende_waarden_bij_tien_erlang(kern):
    kansen = dict(kern.sql("select plaatsen, kans_vol from intermediate.int_erlang_b where belasting = 10").fetchall())
    assert kansen[0] == 1.0
    assert kansen[10] == pytest.approx(0.214582, abs=1e-6)
    assert kansen[15] == pytest.approx(0.036497, abs=1e-6)


def test_erlang_b_blijft_stabiel_bij_duizenden_plaatsen(kern):
    laatste, kans = kern.sql(
        "select max(plaatsen), min(kans_vol) from intermediate.int_erlang_b where belasting = 5000"
    ).fetchone()
    assert 4700 < laatste < 5000 and 0.0499 < kans <= 0.05


def test_erlang_b_houdt_op_waar_de_kans_nul_is_hoeveel_plaatsen_er_ook_zijn_opgegeven(kern):
    plaatsen, kans = kern.sql(
        "select max(plaatsen), min(kans_vol) from intermediate.int_erlang_b where belasting = 10"
    ).fetchone()
    assert plaatsen < 1000 and kans == 0


def derde(kern, cluster_van):
    return {
        c
        for (c,) in kern.execute(
            "select distinct cluster_naar from marts.definitie_verschuiving where "
            "versie_naar = 'derde' and cluster_van = ?",
            [cluster_van],
        ).fetchall()
    }


def test_derde_versie_is_alleen_rijen_en_gelijke_volgorde_is_of(kern):
    assert derde(kern, "outreachend") == {"beveiligd"}
    assert kern.sql(
        "select distinct cluster from intermediate.int_cluster_toewijzing where versie = 'derde' and regel = 'hic'"
    ).fetchall() == [("acuut",)]


def test_derde_versie_heeft_haar_eigen_kaart_van_rijen(kern):
    kaart = {
        (versie, bedtype): cluster
        for versie, bedtype, cluster in kern.sql(
            "select versie, bedtype, cluster from intermediate.int_bedtype_cluster"
        ).fetchall()
    }
    assert kaart["derde", "HIC"] == "beveiligd" and kaart["hhm-2023", "HIC"] == "acuut"
    assert kaart["derde", "KIB"] == "beveiligd"  # de kaart van een versie zonder regels telt nergens
    assert (kaart["derde", "NIEUW"], kaart["hhm-2023", "NIEUW"]) == ("acuut", "onbepaald")


def test_prestatie_zonder_regel_is_onbepaald_en_een_bevinding(kern):
    assert kern.sql(
        "select distinct cluster, mismatch from intermediate.int_cluster_toewijzing where versie = 'derde' "
        "and volgorde is null"
    ).fetchall() == [("onbepaald", "ZPM-09")]


def test_prestatie_krijgt_de_kenmerken_van_haar_begindatum(kern):
    assert kern.sql(
        "select declaratie_id, prestatietype from intermediate.int_netto_prestatie "
        "where prestatiecode = 'GELDIG' order by 1"
    ).fetchall() == [
        ("geldig 2024-01-04", "consult"),
        ("geldig 2024-01-05", "verblijfsdag"),
        ("geldig 2024-01-31", "verblijfsdag"),
    ]
