"""What the analyses read from the warehouse, as frames per month, region and cluster.

Belongs here: the queries on the marts, and nothing else of the warehouse. Does not belong here: a judgement on what was
read.
"""

from dataclasses import dataclass

import duckdb
import pandas as pd

CEL = ["iza_regio", "cluster"]
PLAATS = [*CEL, "capaciteit_type"]  # a kind of place in a cell
LANDELIJK = "NL"  # the country, in the place of a region

_STROOM = """
    select maand, iza_regio, cluster, instroom::double as instroom, (instroom + doorstroom_in)::double as aankomsten,
           geleverd, status = 'definitief' and geleverd as definitief
    from marts.stroom_maand order by iza_regio, cluster, maand
"""
_CAPACITEIT = """
    select maand, iza_regio, cluster, sum(operationeel)::double as plaatsen, sum(gesloten)::double as gesloten,
           sum(bezette_dagen)::double as bezette_dagen, sum(uitgestelde_dagen)::double as uitgestelde_dagen,
           sum(opnames)::double as opnames, sum(ontslagen)::double as ontslagen
    from marts.capaciteit_maand where geleverd group by all order by iza_regio, cluster, maand
"""
# by Little's law: arrivals x stay is the load; over the kinds of places of a cluster both add up
_VRAAG = """
    select maand, iza_regio, cluster, sum(belasting / nullif(verblijfsduur_dagen, 0))::double as aankomsten_per_dag,
           (sum(case when verblijfsduur_dagen > 0 then belasting end)
               / nullif(sum(belasting / nullif(verblijfsduur_dagen, 0)), 0))::double as gemiddelde_duur_dagen
    from marts.benodigde_capaciteit where geleverd group by all order by iza_regio, cluster, maand
"""
_BEHOEFTE = """
    select maand, iza_regio, cluster, capaciteit_type, bezet::double as bezet, belasting::double as belasting,
           benodigd::double as benodigd, beschikbaar::double as beschikbaar
    from marts.benodigde_capaciteit where geleverd order by iza_regio, cluster, capaciteit_type, maand
"""
_WACHTLIJST = """
    select maand, iza_regio, cluster, wachtplekken::double as wachtplekken, uitval::double as uitval
    from marts.wachttijd_maand where geleverd and fase = 'totaal' order by iza_regio, cluster, maand
"""
# the spread of the stay is taken nationally: a single cell holds too few ended episodes for it
_DUURSPREIDING = """
    select cluster, coalesce(var_pop(duur) / avg(duur) ^ 2, 1)::double as variatie2
    from (
        select cluster, date_diff('day', begindatum, einddatum) + 1 as duur from marts.episode
        where einddatum is not null
    )
    group by cluster order by cluster
"""
_VERSCHUIVING = """
    select versie_van, versie_naar, maand, iza_regio, cluster_van, cluster_naar, sum(prestaties)::double as prestaties
    from marts.definitie_verschuiving group by all order by all
"""
_NORM = "select norm, waarde::double as waarde from referentie.norm order by norm"
_GAT = """
    select cluster, waarde::double as dagen from referentie.episode_parameter
    where parameter = 'max_gat_dagen' order by cluster
"""


@dataclass(frozen=True)
class Waarneming:
    """One frame per subject; ``maand`` is a month ``Period`` everywhere. A row exists only where the source was
    delivered, but in ``stroom``, which holds the whole skeleton and says so in ``geleverd``."""

    stroom: pd.DataFrame
    capaciteit: pd.DataFrame
    vraag: pd.DataFrame
    behoefte: pd.DataFrame
    wachtlijst: pd.DataFrame
    duurspreiding: pd.DataFrame
    verschuiving: pd.DataFrame
    norm: pd.Series
    max_gat_dagen: pd.Series

    @property
    def cellen(self) -> pd.MultiIndex:
        """Every (iza_regio, cluster) of the skeleton, in order."""
        return pd.MultiIndex.from_frame(self.stroom[CEL].drop_duplicates().sort_values(CEL))

    @property
    def namen(self) -> tuple[set[str], set[str]]:
        """The regions and the clusters."""
        regios, clusters = (set(self.cellen.get_level_values(naam)) for naam in CEL)
        return regios, clusters

    @property
    def tot(self) -> pd.Period:
        """The last month of the skeleton."""
        return self.stroom["maand"].max()

    def definitief(self) -> pd.DataFrame:
        return self.stroom[self.stroom["definitief"].astype(bool)]


def lees(verbinding: duckdb.DuckDBPyConnection) -> Waarneming:
    """Reads the marts of a warehouse; a read-only connection is enough."""

    def tabel(sql: str) -> pd.DataFrame:
        frame = verbinding.execute(sql).df()
        if "maand" in frame:
            frame["maand"] = pd.PeriodIndex(frame["maand"], freq="M")
        return frame

    return Waarneming(
        stroom=tabel(_STROOM),
        capaciteit=tabel(_CAPACITEIT),
        vraag=tabel(_VRAAG),
        behoefte=tabel(_BEHOEFTE),
        wachtlijst=tabel(_WACHTLIJST),
        duurspreiding=tabel(_DUURSPREIDING),
        verschuiving=tabel(_VERSCHUIVING),
        norm=tabel(_NORM).set_index("norm")["waarde"],
        max_gat_dagen=tabel(_GAT).set_index("cluster")["dagen"],
    )
