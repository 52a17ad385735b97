"""Expectations of Great Expectations that count and show nothing: all rules of a suite in one scan, no value of a row in a report.

Belongs here: what an expectation asks of the engine. Does not belong here: the rules (``pipelines.contract``). Importing this
module loads Great Expectations, which takes seconds: import it where a suite is run, not at the top.
"""

import great_expectations.expectations as gxe

from pipelines.contract import Regel


class _Telt:
    """Leaves out the query for examples of wrong values, one per rule; the counts of all rules are one statement."""

    def get_validation_dependencies(self, *args, **kwargs):
        nodig = super().get_validation_dependencies(*args, **kwargs)
        for naam in [n for n in nodig.get_metric_names() if n.endswith(".unexpected_values")]:
            nodig.remove_metric_configuration(naam)
        return nodig

    def _validate(self, metrics, *args, **kwargs):
        geteld = f"{self.map_metric}.unexpected_count"
        zonder_waarden = {
            **metrics,
            f"{self.map_metric}.unexpected_values": [],
            geteld: metrics[geteld] or 0,
        }  # sum of no rows
        return super()._validate(zonder_waarden, *args, **kwargs)


class WaardeInLijst(_Telt, gxe.ExpectColumnValuesToBeInSet):
    """A code list."""


class WaardeTussen(_Telt, gxe.ExpectColumnValuesToBeBetween):
    """A bound."""


class RegelNietGeraakt(_Telt, gxe.ExpectColumnValuesToBeNull):
    """A rule written in SQL: its column in the view is filled where a row breaks it."""


_SOORT = {"expect_column_values_to_be_in_set": WaardeInLijst, "expect_column_values_to_be_between": WaardeTussen}


def verwachting(regel: Regel) -> gxe.Expectation:
    """The rule as an expectation, with its code and its explanation in Dutch."""
    kenmerken = {"meta": {"regel": regel.naam, "code": regel.code}, "description": f"{regel.code} · {regel.uitleg}"}
    if regel.fout_als is not None:
        return RegelNietGeraakt(column=regel.naam, **kenmerken)
    return _SOORT[regel.type](**regel.kwargs, **kenmerken)
