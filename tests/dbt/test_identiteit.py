"""Property: whatever care is delivered, the identity of spec 3.2 holds in every cell, and no episode is lost or double."""

from datetime import date, timedelta

import duckdb
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.dbt.wereld import ZORG, Wereld, bouw

MAANDEN = [f"2024-{m:02d}" for m in range(1, 13)]
REGIOS = ["ZK23", "ZK24", "ZK25"]
ZORGDAG = st.tuples(
    st.sampled_from(REGIOS),
    st.integers(0, 8),
    st.sampled_from(sorted(ZORG)),
    st.integers(0, 500),
    st.sampled_from(["Zvw", "Zvw", "Zvw", "Wlz"]),
)


@settings(
    max_examples=2,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.large_base_example,
    ],
)
@given(zorg=st.lists(ZORGDAG, min_size=150, max_size=250), geleverd=st.sets(st.sampled_from(MAANDEN), min_size=1))
def test_identiteit_geldt_voor_willekeurige_zorg_en_gaten_in_de_levering(tmp_path_factory, zorg, geleverd):
    wereld = Wereld()
    for maand in geleverd:
        wereld.levering("declaraties", maand, REGIOS[0])
    for regio in REGIOS[1:]:
        wereld.levering("declaraties", "2024-12", regio)
    for regio, persoon, soort, dag, wet in zorg:
        wereld.declaratie(
            regio,
            f"persoon {persoon}",
            (date(2022, 6, 1) + timedelta(dag)).isoformat(),
            soort,
            aanlevermaand=max(geleverd) if regio == REGIOS[0] else "2024-12",
            wet=wet,
        )
    with duckdb.connect(
        str(bouw(wereld, tmp_path_factory.mktemp("willekeurig") / "warehouse.duckdb")), read_only=True
    ) as con:
        assert con.sql("""select count(*) from intermediate.int_versie_stroom_maand
            where stand_begin + instroom + doorstroom_in - doorstroom_uit - uitstroom <> stand_eind""").fetchone() == (
            0,
        )
        assert con.sql("""select count(*) from (select stand_begin, lag(stand_eind, 1, 0) over (
            partition by versie, iza_regio, cluster order by maand) as vorige from intermediate.int_versie_stroom_maand)
            where stand_begin <> vorige""").fetchone() == (0,)
        assert (
            con.sql("""select sum(zorgdagen) = (select count(*) from intermediate.int_versie_zorgdag where versie = 'hhm-2023'),
            count(*) = (select sum(instroom + doorstroom_in) from intermediate.int_stroom_maand) from marts.episode""").fetchone()
            == (True, True)
        )
