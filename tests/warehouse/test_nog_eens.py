"""A warehouse that another program keeps open: a scheduled step is tried again, who waits for ``ggz run`` hears it at once."""

from types import SimpleNamespace

import dagster as dg
import pytest

from pipelines.fundament.kind import VAN_GGZ
from pipelines.warehouse.assets import NOG_EENS, nog_eens
from pipelines.warehouse.verbinding import NietTeOpenen


def _in(tags: dict[str, str]) -> SimpleNamespace:
    return SimpleNamespace(run=SimpleNamespace(tags=tags))


def test_een_bezet_warehouse_is_voor_een_geplande_run_een_reden_om_het_later_nog_eens_te_proberen():
    with pytest.raises(dg.RetryRequested) as gevraagd, nog_eens(_in({})):
        raise NietTeOpenen("warehouse.duckdb is geopend door een ander programma")
    assert gevraagd.value.max_retries == NOG_EENS


def test_wie_op_ggz_run_wacht_hoort_het_meteen():
    with pytest.raises(NietTeOpenen), nog_eens(_in({VAN_GGZ: "123"})):
        raise NietTeOpenen("warehouse.duckdb is geopend door een ander programma")


def test_wat_niet_overgaat_wordt_niet_nog_eens_geprobeerd():
    with pytest.raises(ValueError, match="kapot"), nog_eens(_in({})):
        raise ValueError("kapot")


def test_dagster_draait_de_stap_opnieuw_tot_het_warehouse_vrij_is(monkeypatch):
    monkeypatch.setattr("pipelines.warehouse.assets.WACHT_S", 0)
    pogingen = []

    @dg.asset
    def stap(context: dg.AssetExecutionContext) -> None:
        pogingen.append(context.retry_number)
        with nog_eens(context):
            if len(pogingen) < 3:
                raise NietTeOpenen("bezet")

    assert dg.materialize([stap]).success
    assert pogingen == [0, 1, 2]
