"""Publication in Dagster: the last step, when everything stands and was checked.

Belongs here: how it appears in the lineage. Does not belong here: freezing, withholding and its audit (``vintage``).
"""

import logging

import dagster as dg

from pipelines.analyse.assets import analyses
from pipelines.settings import Instellingen
from pipelines.warehouse.assets import dbt_modellen, nog_eens

logger = logging.getLogger("ggz.publicatie")


@dg.asset(
    key=["publicatie", "actueel"],
    deps=[dbt_modellen, analyses, ["kwaliteit", "resultaat"]],
    group_name="publicatie",
    kinds={"python", "duckdb"},
    description="Bevroren stand van de marts per publiek, met geheimhouding en de audit daarop. Zakt de audit, dan blijft de "
    "vorige publicatie staan.",
)
def publicatie(context: dg.AssetExecutionContext) -> None:
    from pipelines.publicatie.vintage import (  # takes time that a run without news need not spend
        NietsTePubliceren,
        publiceer,
    )

    try:
        with nog_eens(context):
            uitkomst = publiceer(Instellingen())
    except NietsTePubliceren as reden:
        logger.info("Niet gepubliceerd: %s", reden)
        return
    logger.info("Publicatie %s%s", uitkomst.nummer, "" if uitkomst.nieuw else " (ongewijzigd)")
    context.add_output_metadata({"publicatie": uitkomst.nummer, "nieuw": uitkomst.nieuw})
