"""What the analyses read from the warehouse, as frames per month, region, cluster and kind of place.

Belongs here: the queries on the marts, and nothing else of the warehouse. Does not belong here: a judgement on what was
read.
"""

from dataclasses import dataclass, field, replace

import duckdb
import pandas as pd

CEL = ["iza_regio", "cluster"]
PLAATS = [*CEL, "capaciteit_type"]  # a kind of place in a cell
LANDELIJK = "NL"  # the country, in the place of a region

# per version of the definition: the rows of the default are those of the other marts.
# a month of the run-in is no month of arrivals: whoever was in care already seems to arrive then
_STROOM = """
    select effect.versie, effect.maand, effect.iza_regio, effect.cluster, effect.instroom::double as instroom,
           (effect.instroom + effect.doorstroom_in)::double as aankomsten,
           effect.status = 'definitief' and effect.geleverd_declaraties and not coalesce(stroom.aanloop, false)
               as bruikbaar
    from marts.definitie_effect as effect
    left join marts.stroom_maand as stroom using (maand, iza_regio, cluster)
    order by effect.iza_regio, effect.cluster, effect.maand
"""
_CAPACITEIT = """
    select versie, maand, iza_regio, cluster, capaciteit_type, operationeel::double as plaatsen,
           gesloten::double as gesloten, bezette_dagen::double as bezette_dagen,
           uitgestelde_dagen::double as uitgestelde_dagen, opnames::double as opnames, ontslagen::double as ontslagen
    from marts.definitie_capaciteit where geleverd_bedden order by iza_regio, cluster, capaciteit_type, maand
"""
_WACHTLIJST = """
    select versie, maand, iza_regio, cluster, capaciteit_type, wachtplekken::double as wachtplekken,
           uitval::double as uitval
    from marts.definitie_capaciteit where geleverd_wachtlijst order by iza_regio, cluster, capaciteit_type, maand
"""
_BEHOEFTE = """
    select versie, maand, iza_regio, cluster, capaciteit_type, geleverd_bedden as geleverd, dagen::double as dagen,
           bezet::double as bezet, uitgesteld::double as uitgesteld, opnames_per_dag::double as opnames_per_dag,
           verblijfsduur_dagen::double as verblijfsduur_dagen, geweigerd_per_dag::double as geweigerd_per_dag,
           aandeel_uniek::double as aandeel_uniek, onvervuld::double as onvervuld, belasting::double as belasting,
           benodigd::double as benodigd, beschikbaar::double as beschikbaar
    from marts.definitie_capaciteit order by iza_regio, cluster, capaciteit_type, maand
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


@dataclass(frozen=True)
class Waarneming:
    """One frame per subject; ``maand`` is a month ``Period`` everywhere. A row exists only where the source was delivered, but
    in ``stroom`` and ``behoefte``, which hold the whole skeleton. ``andere``: what was observed as every other version of the
    definition counts it.

    stroom        arrivals (episodes begun) per cell; ``bruikbaar``: delivered, definitief, and not of the run-in
    capaciteit    places and their use per kind of place
    wachtlijst    open places on the list and uitval per kind of place
    behoefte      load and need per kind of place, as in ``benodigde_capaciteit``
    """

    stroom: pd.DataFrame
    capaciteit: pd.DataFrame
    wachtlijst: pd.DataFrame
    behoefte: pd.DataFrame
    duurspreiding: pd.DataFrame
    norm: pd.Series
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
    def plaatsen(self) -> pd.MultiIndex:
        """Every (iza_regio, cluster, capaciteit_type) of the skeleton, in order."""
        return pd.MultiIndex.from_frame(self.behoefte[PLAATS].drop_duplicates().sort_values(PLAATS))

    @property
    def namen(self) -> tuple[set[str], set[str]]:
        """The regions and the clusters."""
        regios, clusters = (set(self.cellen.get_level_values(naam)) for naam in CEL)
        return regios, clusters

    @property
    def tot(self) -> pd.Period:
        """The last month of the skeleton."""
        return self.stroom["maand"].max()


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
        "wachtlijst": tabel(_WACHTLIJST),
        "behoefte": tabel(_BEHOEFTE),
    }

    def van(versie: str | None) -> dict[str, pd.DataFrame]:
        return {
            naam: frame[frame["versie"] == versie].drop(columns="versie").reset_index(drop=True)
            for naam, frame in frames.items()
        }

    w = Waarneming(
        **van(standaard),
        duurspreiding=tabel(_DUURSPREIDING),
        norm=tabel(_NORM).set_index("norm")["waarde"],
        versie=standaard,
    )
    versies = sorted(set(frames["stroom"]["versie"]) - {standaard})
    return replace(w, andere={versie: replace(w, **van(versie), versie=versie) for versie in versies})
