"""What the analyses read from the warehouse, as frames per month, region and cluster.

Belongs here: the queries on the marts, and nothing else of the warehouse. Does not belong here: a judgement on what was
read.
"""

from dataclasses import dataclass, field, replace

import duckdb
import pandas as pd

CEL = ["iza_regio", "cluster"]
PLAATS = [*CEL, "capaciteit_type"]  # a kind of place in a cell
LANDELIJK = "NL"  # the country, in the place of a region

# per version of the definition: the rows of the default are those of the other marts
_STROOM = """
    select versie, maand, iza_regio, cluster, instroom::double as instroom,
           (instroom + doorstroom_in)::double as aankomsten,
           geleverd_declaraties as geleverd, status = 'definitief' and geleverd_declaraties as definitief
    from marts.definitie_effect order by iza_regio, cluster, maand
"""
_CAPACITEIT = """
    select versie, maand, iza_regio, cluster, operationeel::double as plaatsen, gesloten::double as gesloten,
           bezette_dagen::double as bezette_dagen, uitgestelde_dagen::double as uitgestelde_dagen,
           opnames::double as opnames, ontslagen::double as ontslagen
    from marts.definitie_effect where geleverd_bedden order by iza_regio, cluster, maand
"""
# by Little's law: arrivals x stay is the load; over the kinds of places of a cluster both add up
_VRAAG = """
    select versie, maand, iza_regio, cluster, aankomsten_per_dag::double as aankomsten_per_dag,
           verblijfsduur_dagen::double as gemiddelde_duur_dagen
    from marts.definitie_effect where geleverd_bedden order by iza_regio, cluster, maand
"""
_BEHOEFTE = """
    select maand, iza_regio, cluster, capaciteit_type, bezet::double as bezet, belasting::double as belasting,
           benodigd::double as benodigd, beschikbaar::double as beschikbaar
    from marts.benodigde_capaciteit where geleverd order by iza_regio, cluster, capaciteit_type, maand
"""
_WACHTLIJST = """
    select versie, maand, iza_regio, cluster, wachtplekken::double as wachtplekken, uitval::double as uitval
    from marts.definitie_effect where geleverd_wachtlijst order by iza_regio, cluster, maand
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
_STANDAARD = "select versie from marts.definitie where is_standaard"
_NORM = "select norm, waarde::double as waarde from referentie.norm order by norm"
_GAT = """
    select cluster, waarde::double as dagen from referentie.episode_parameter
    where parameter = 'max_gat_dagen' order by cluster
"""


@dataclass(frozen=True)
class Waarneming:
    """One frame per subject; ``maand`` is a month ``Period`` everywhere. A row exists only where the source was
    delivered, but in ``stroom``, which holds the whole skeleton and says so in ``geleverd``. ``andere``: what was
    observed as every other version of the definition counts it."""

    stroom: pd.DataFrame
    capaciteit: pd.DataFrame
    vraag: pd.DataFrame
    behoefte: pd.DataFrame
    wachtlijst: pd.DataFrame
    duurspreiding: pd.DataFrame
    norm: pd.Series
    max_gat_dagen: pd.Series
    versie: str | None
    andere: dict[str, "Waarneming"] = field(default_factory=dict)

    def onder(self, versie: str | None) -> "Waarneming":
        """What was observed as a version counts it; the default's where none is named or it is not known."""
        return self.andere.get(versie, self)

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

    standaard = next(iter(verbinding.execute(_STANDAARD).fetchall()), (None,))[0]
    frames = {
        "stroom": tabel(_STROOM),
        "capaciteit": tabel(_CAPACITEIT),
        "vraag": tabel(_VRAAG),
        "wachtlijst": tabel(_WACHTLIJST),
    }

    def van(versie: str | None) -> dict[str, pd.DataFrame]:
        return {
            naam: frame[frame["versie"] == versie].drop(columns="versie").reset_index(drop=True)
            for naam, frame in frames.items()
        }

    w = Waarneming(
        **van(standaard),
        behoefte=tabel(_BEHOEFTE),
        duurspreiding=tabel(_DUURSPREIDING),
        norm=tabel(_NORM).set_index("norm")["waarde"],
        max_gat_dagen=tabel(_GAT).set_index("cluster")["dagen"],
        versie=standaard,
    )
    versies = sorted(set(frames["stroom"]["versie"]) - {standaard})
    return replace(w, andere={versie: replace(w, **van(versie), versie=versie) for versie in versies})
