"""The analyses in Dagster: scenarios, their calibration and the multi-year view, after the marts that they read.

Belongs here: how they appear in the lineage. Does not belong here: computing and keeping them (``opslag``).
"""

import logging
from collections.abc import Iterator

import dagster as dg

from pipelines.analyse.opslag import TABELLEN, laad, ververs
from pipelines.analyse.waarneming import lees
from pipelines.fundament.slot import schrijfslot
from pipelines.settings import Instellingen
from pipelines.warehouse import verbinding
from pipelines.warehouse.assets import nog_eens

logger = logging.getLogger("ggz.analyse")

MARTS = ("definitie", "definitie_effect", "definitie_capaciteit", "stroom_maand", "episode")
OMSCHRIJVING = {
    "scenario_resultaat": "Wat ongewijzigd beleid en elk bewaard scenario de komende 36 maanden doen, met interval.",
    "scenario_bijdrage": "Wat elke maatregel van een bewaard scenario bijdraagt, op volgorde en alleen.",
    "scenario_kalibratie": "Hoe goed het model van de scenario's de laatste 12 maanden nabootst.",
    "vooruitblik": "Verwachte aankomsten en belasting 1 tot 5 jaar vooruit, waar de toets beter is dan vorig jaar herhalen.",
    "meerjarenbeeld": "Per jaar wat er in gebruik, nodig en beschikbaar was, wat er wordt verwacht en wat er is afgesproken.",
}


@dg.multi_asset(
    name="analyse",
    specs=[
        dg.AssetSpec(
            [schema, tabel],
            deps=[["marts", mart] for mart in MARTS],
            group_name="analyse",
            kinds={"python", "duckdb"},
            description=OMSCHRIJVING[tabel],
        )
        for tabel, schema in TABELLEN.items()
    ],
)
def analyses(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult]:
    instellingen = Instellingen()
    map_ = instellingen.data / "analyse"
    with nog_eens(context), schrijfslot(instellingen, "doorrekenen van scenario's en vooruitblik"):
        # computing takes a while: readers are let in meanwhile
        with verbinding.schrijf(instellingen.warehouse) as con:
            w = lees(con)
        if w.behoefte.empty:
            verslag = {"berekend": [], "ongewijzigd": [], "fouten": []}
            logger.info("Nog geen maand om door te rekenen")
        else:
            verslag = ververs(w, map_, instellingen.threads)
            with verbinding.schrijf(instellingen.warehouse) as con:
                laad(con, map_)
    for fout in verslag["fouten"]:
        logger.warning("Overgeslagen: %s", fout)
    logger.info("Analyses: %d berekend, %d ongewijzigd", len(verslag["berekend"]), len(verslag["ongewijzigd"]))
    for tabel, schema in TABELLEN.items():
        yield dg.MaterializeResult(asset_key=[schema, tabel], metadata={k: ", ".join(v) for k, v in verslag.items()})
