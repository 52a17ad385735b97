"""A small literal warehouse for the analyses: the marts that they read, and nothing else."""

import duckdb
import pandas as pd
import pytest
import yaml

from pipelines.analyse import aannames

SOORTEN = {("acuut", "bed"), ("klinisch", "bed")}


def vul_warehouse(verbinding, maanden=24, regios=("ZK01",), voorlopig=3, cellen=None, laatste="2025-12"):
    """Fills ``verbinding`` with constant months for each region x cluster.

    Per cell beds alone: 10 places, 8 in use of which 2 by who could leave, 0.4 admissions a day (so a stay of 20 days), a list
    of 12, nobody refused, so a load of 8. ``cellen`` overrides: {(regio, cluster): {"gesloten": 3, ..}}, or with the kind of
    place as a third of the key, which makes it one more; a figure may be a function of the month's number.
    """
    periode = pd.period_range(end=laatste, periods=maanden, freq="M")
    rijen = []
    for regio in regios:
        for cluster, soort in sorted(SOORTEN | {sleutel[1:] for sleutel in cellen or () if len(sleutel) == 3}):
            eigen = (cellen or {}).get((regio, cluster) if soort == "bed" else (regio, cluster, soort), {})
            for nummer, maand in enumerate(periode):
                dagen = maand.days_in_month
                rij = {
                    "maand": maand.to_timestamp().date(), "iza_regio": regio, "cluster": cluster, "capaciteit_type": soort, "geleverd": True,
                    "status": "voorlopig" if nummer >= maanden - voorlopig else "definitief",
                    "instroom": 9, "doorstroom_in": 3, "operationeel": 10, "gesloten": 0, "bezette_dagen": 8 * dagen,
                    "uitgestelde_dagen": 2 * dagen, "opnames": 0.4 * dagen, "ontslagen": 0.4 * dagen,
                    "wachtplekken": 12, "uitval": 0, "aanloop": False, "bezet": 8.0, "uitgesteld": 2.0,
                    "opnames_per_dag": 0.4, "verblijfsduur_dagen": 20.0, "geweigerd_per_dag": 0.0, "aandeel_uniek": 1.0,
                    "onvervuld": 0.0, "belasting": 8.0, "benodigd": 13,
                }  # fmt: skip
                rij |= {k: x(nummer) if callable(x) else x for k, x in eigen.items()}
                rijen.append(rij)
    alles = pd.DataFrame(rijen)
    verbinding.register("alles", alles)
    verbinding.execute("create schema marts; create schema referentie")
    verbinding.execute(
        """
        create table marts.definitie as select 'oud' as versie, true as is_standaard;
        create table marts.definitie_effect as
            select 'oud' as versie, maand, iza_regio, cluster, instroom, doorstroom_in, status,
                   geleverd as geleverd_declaraties from alles where capaciteit_type = 'bed';
        create table marts.stroom_maand as
            select maand, iza_regio, cluster, aanloop from alles where capaciteit_type = 'bed';
        create table marts.definitie_capaciteit as
            select 'oud' as versie, maand, iza_regio, cluster, capaciteit_type, operationeel, gesloten, bezette_dagen,
                   uitgestelde_dagen, opnames, ontslagen, geleverd as geleverd_bedden, wachtplekken, uitval,
                   geleverd as geleverd_wachtlijst, 365 as dagen, bezet, uitgesteld, opnames_per_dag, verblijfsduur_dagen,
                   geweigerd_per_dag, aandeel_uniek, onvervuld, belasting, benodigd,
                   case when geleverd then operationeel end as beschikbaar from alles;
        create table marts.episode as
            select 'klinisch' as cluster, date '2025-01-01' as begindatum, date '2025-01-20' as einddatum;
        create table referentie.norm as
            select * from (values ('blokkeringsnorm', 0.05), ('bezettingsnorm_bed', 0.85),
                ('bezettingsnorm_ambulante_plek', 0.95), ('ceil_marge', 1e-9)) as t(norm, waarde);
        """
    )
    verbinding.unregister("alles")
    return verbinding


@pytest.fixture
def vul():
    """A function that fills a connection with such a warehouse."""
    return vul_warehouse


@pytest.fixture
def klein(tmp_path, monkeypatch):
    """A few runs over a few months, where figures do not matter."""
    inhoud = yaml.safe_load(aannames.BESTAND.read_text(encoding="utf-8"))
    inhoud["herhalingen"]["waarde"], inhoud["horizon_maanden"]["waarde"] = 2, 2
    bestand = tmp_path / "aannames.yaml"
    bestand.write_text(yaml.safe_dump(inhoud))
    monkeypatch.setattr(aannames, "BESTAND", bestand)
    aannames.aannames.cache_clear()
    yield
    aannames.aannames.cache_clear()


@pytest.fixture
def warehouse():
    """A function that makes such a warehouse in memory."""
    verbindingen = []

    def maak(**wensen):
        verbindingen.append(duckdb.connect())
        return vul_warehouse(verbindingen[-1], **wensen)

    yield maak
    for verbinding in verbindingen:
        verbinding.close()
