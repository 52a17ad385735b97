"""A small literal warehouse for the analyses: the marts that they read, and nothing else."""

import duckdb
import pandas as pd
import pytest
import yaml

from pipelines.analyse import aannames

CLUSTERS = ("acuut", "klinisch")


def _vul(verbinding, maanden=24, regios=("ZK01",), voorlopig=3, cellen=None, laatste="2025-12"):
    """Fills ``verbinding`` with constant months for each region x cluster.

    Per cell: 10 places, 8 in use, 0.4 admissions a day (so a stay of 20 days), a list of 12.
    ``cellen`` overrides: {(regio, cluster): {"gesloten": 3, ..}}; a figure may be a function of the month's number.
    """
    periode = pd.period_range(end=laatste, periods=maanden, freq="M")
    rijen = []
    for regio in regios:
        for cluster in CLUSTERS:
            eigen = (cellen or {}).get((regio, cluster), {})
            for nummer, maand in enumerate(periode):
                dagen = maand.days_in_month
                rij = {
                    "maand": maand.to_timestamp().date(), "iza_regio": regio, "cluster": cluster, "geleverd": True,
                    "status": "voorlopig" if nummer >= maanden - voorlopig else "definitief",
                    "instroom": 9, "doorstroom_in": 3, "operationeel": 10, "gesloten": 0, "bezette_dagen": 8 * dagen,
                    "uitgestelde_dagen": 2 * dagen, "opnames": 0.4 * dagen, "ontslagen": 0.4 * dagen,
                    "aankomsten_per_dag": 0.4, "gemiddelde_duur_dagen": 20.0, "wachtplekken": 12, "uitval": 0,
                    "bezet": 8.0, "benodigd": 13,
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
                   geleverd as geleverd_declaraties, operationeel, gesloten, bezette_dagen, uitgestelde_dagen, opnames,
                   ontslagen, geleverd as geleverd_bedden, wachtplekken, uitval, geleverd as geleverd_wachtlijst,
                   aankomsten_per_dag, gemiddelde_duur_dagen as verblijfsduur_dagen from alles;
        create table marts.benodigde_capaciteit as
            select maand, iza_regio, cluster, 'bed' as capaciteit_type,
                   aankomsten_per_dag * gemiddelde_duur_dagen as belasting,
                   gemiddelde_duur_dagen as verblijfsduur_dagen, bezet, benodigd, operationeel as beschikbaar,
                   geleverd from alles;
        create table marts.episode as
            select 'klinisch' as cluster, date '2025-01-01' as begindatum, date '2025-01-20' as einddatum;
        create table referentie.norm as
            select * from (values ('blokkeringsnorm', 0.05), ('bezettingsnorm_bed', 0.85),
                ('bezettingsnorm_ambulante_plek', 0.95), ('ceil_marge', 1e-9)) as t(norm, waarde);
        create table referentie.episode_parameter as
            select * from (values ('max_gat_dagen', 'acuut', 14), ('max_gat_dagen', 'klinisch', 7))
            as t(parameter, cluster, waarde);
        """
    )
    verbinding.unregister("alles")
    return verbinding


@pytest.fixture
def vul():
    """A function that fills a connection with such a warehouse."""
    return _vul


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
        return _vul(verbindingen[-1], **wensen)

    yield maak
    for verbinding in verbindingen:
        verbinding.close()
