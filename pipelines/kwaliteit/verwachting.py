"""A rule of a contract as an expectation of Great Expectations, on the cells as they were delivered.

Belongs here: what a rule asks of the engine, and of which columns. Does not belong here: the rules (``pipelines.contract``) and
running them (``toets``). Importing this module loads Great Expectations, which takes seconds: import it where a suite is run.
"""

import great_expectations.expectations as gxe
from great_expectations.expectations.row_conditions import Column

from pipelines.contract import GEVULD, Contract, Regel
from pipelines.fundament import seeds

RIJ = ("bestand", "rijnummer")
GEWIST = "gewist"


def tekst(kolom: str) -> str:
    """The column that holds the cells of ``kolom`` as delivered; its values are in the column of its own name."""
    return f"{kolom}__tekst"


def wel(regel: Regel) -> str:
    """The column that is 1 where ``als`` of the rule holds."""
    return f"{regel.naam}__als"


def afgekeurd(regel: Regel) -> str:
    """The column that is 1 where the refusal says that the row breaks the rule."""
    return f"{regel.naam}__afgekeurd"


def verwachting(regel: Regel, grens: Contract, alleen_afgekeurd: bool = False) -> gxe.Expectation:
    """The expectation of a rule, about all rows or only those that the refusal says break it.

    Of a row from which a value was erased only A06 can still be seen.
    """
    merken = [afgekeurd(regel)] if alleen_afgekeurd else []
    merken += [wel(regel)] if regel.als else []
    eisen = {**dict.fromkeys(merken, 1), **({} if regel.code == "A06" else {GEWIST: 0})}
    meta = {"regel": regel.naam}
    if regel.fout_als is not None:
        return gxe.UnexpectedRowsExpectation(unexpected_rows_query=_rijen(regel, grens, eisen), meta=meta)
    soort = getattr(gxe, "".join(deel.capitalize() for deel in regel.type.split("_")))
    voorwaarde = None
    for kolom, waarde in eisen.items():
        eis = Column(kolom) == waarde
        voorwaarde = eis if voorwaarde is None else voorwaarde & eis
    if regel.vorm and regel.type == GEVULD:  # of its value, where there is a text
        eis = Column(tekst(regel.kolom)).is_not_null()
        voorwaarde = eis if voorwaarde is None else voorwaarde & eis
    return soort(**_kwargs(regel), row_condition=voorwaarde, meta=meta)


def _kwargs(regel: Regel) -> dict:
    kwargs = dict(regel.kwargs)
    if regel.lijst:
        kwargs["value_set"] = sorted({rij[regel.kolom] for rij in seeds.lees(regel.lijst)})
    if "column_A" in kwargs:
        kwargs["ignore_row_if"] = "either_value_is_missing"
    elif (regel.type == GEVULD) != regel.vorm:  # a cell is filled where it has a text; a form is of the text
        kwargs["column"] = tekst(regel.kolom)
    return kwargs


def _rijen(regel: Regel, grens: Contract, eisen: dict[str, int]) -> str:
    """The query of the rows that break a rule in SQL; it selects what names a row, and no value of it."""
    waar = [f"({regel.fout_als})", *(f'rij."{kolom}" = {waarde}' for kolom, waarde in eisen.items())]
    waar += [
        f'(rij."{tekst(k)}" IS NULL OR rij."{k}" IS NOT NULL)' for k in regel.gevraagd(k.naam for k in grens.kolommen)
    ]
    voorwaarden = " AND ".join(waar).replace("{", "{{").replace("}", "}}")
    return f"SELECT {', '.join(RIJ)} FROM (SELECT * FROM {{batch}}) AS rij WHERE {voorwaarden}"
