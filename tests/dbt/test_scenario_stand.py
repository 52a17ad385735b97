"""Unchanged policy begins with the mart: load, need and shortage of the scenarios, against what SQL made of the same deliveries."""

from dataclasses import replace

import numpy as np
import pandas as pd

from pipelines.analyse.maatregel import BASIS, maak
from pipelines.analyse.model import schat
from pipelines.analyse.plan import Plan
from pipelines.analyse.scenario import per_cel, reken
from pipelines.analyse.waarneming import PLAATS, lees

KOLOM = {
    "belasting": "belasting",
    "onvervuld": "onvervuld",
    "benodigde_capaciteit": "benodigd",
    "plaatsen": "beschikbaar",
    "tekort": "tekort",
}


def gelijk(a, b) -> bool:
    """To the last digit, and unknown where the other is."""
    a, b = np.asarray(a, float), np.asarray(b, float)
    return len(a) > 0 and np.array_equal(a, b, equal_nan=True)


def test_in_elke_maand_zijn_belasting_behoefte_en_tekort_die_van_de_mart(marts):
    """Per region, cluster and kind of place, and for every version of the definition."""
    w = lees(marts)
    for versie, eigen in {w.versie: w, **w.andere}.items():
        alles = marts.execute("select * from marts.definitie_capaciteit where versie = ?", [versie]).df()
        for maand in sorted(eigen.behoefte["maand"].unique()):
            s = schat(eigen, maand)
            een = pd.period_range(maand + 1, periods=1, freq="M")
            cijfers = per_cel(s, Plan.ongewijzigd(een, s["plaatsen_nu"].to_numpy(float)[None, :]), eigen.norm)
            mart = alles[alles["maand"] == maand.to_timestamp()].set_index(PLAATS).loc[s.index]
            for metriek, kolom in KOLOM.items():
                assert gelijk(cijfers[metriek][0], mart[kolom]), (versie, maand, metriek)


def test_basis_in_maand_nul_is_de_mart_en_een_versie_telt_op_tot_definitie_effect(marts):
    w = lees(marts)
    stand = w.tot.to_timestamp()

    def eerste_maand(scenario):
        uit = reken(w, scenario)
        uit = uit[(uit["maand"] == stand) & (uit["iza_regio"] != "NL")]
        return uit.pivot(index=PLAATS, columns="metriek", values="midden")

    mart = (
        marts.execute("select * from marts.benodigde_capaciteit where maand = ?", [stand.date()]).df().set_index(PLAATS)
    )
    basis = eerste_maand(replace(BASIS, herhalingen=2))
    assert all(gelijk(basis[metriek], mart.loc[basis.index, kolom]) for metriek, kolom in KOLOM.items())
    ander = eerste_maand(
        maak({"naam": "ander", "titel": "Ander", "definitie": "voorstel-ziekenhuis", "herhalingen": 2}, "x")
    )
    effect = marts.execute(
        "select iza_regio, cluster, benodigd from marts.definitie_effect where versie = 'voorstel-ziekenhuis' and maand = ?",
        [stand.date()],
    ).df().set_index(PLAATS[:2])  # fmt: skip
    som = ander["benodigde_capaciteit"].groupby(level=[0, 1]).sum(min_count=1)
    assert gelijk(som, effect.loc[som.index, "benodigd"])
