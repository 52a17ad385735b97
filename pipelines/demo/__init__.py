"""Synthetic national deliveries with their ground truth: ``maak`` writes ``landing/`` and ``demo_waarheid/``.

Belongs here, in the way of the data: parameters -> trajecten (who is in care where, when) -> declaraties, capaciteit and wachtlijst (three
views on the same spells, so that the sources agree) -> gebreken (what goes wrong) -> schrijven (files) and waarheid (what
must be found). Does not belong here: anything of the pipeline that takes the deliveries in.
"""

from pipelines.demo.maken import Samenvatting, maak

__all__ = ["Samenvatting", "maak"]
