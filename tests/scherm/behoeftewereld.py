"""The tables of need, inhabitants, facilities and years ahead of the world of the screens (``schermwereld``), literally."""

from datetime import date

import pandas as pd

from pipelines.blokken.opmaak import clusters, regios

INWONERS_MIJN = 1_000_000


def balans(maanden: list[date], mijn: str, ander: str, geheim: int) -> pd.DataFrame:
    """Amsterdam lacks four beds in each cluster and Groningen has the secret over; the country counts both."""
    vast = {
        "onvervuld": 2.0,
        "uitgesteld": 1.0,
        "benodigd_tijdig": 43,
        "gesloten_personeel": 3,
        "gesloten_verbouwing": 1,
    }
    per = {
        mijn: {
            "bezet": 30.0,
            "benodigd": 44,
            "beschikbaar": 40,
            "te_kort": 4,
            "over": 0,
            "te_kort_tijdig": 3,
            "over_tijdig": 0,
        },
        ander: {
            "bezet": geheim,
            "benodigd": geheim,
            "beschikbaar": geheim,
            "te_kort": 0,
            "over": geheim,
            "te_kort_tijdig": 0,
        }
        | {"over_tijdig": geheim},
        "NL": {
            "bezet": geheim + 30.0,
            "benodigd": geheim + 44,
            "beschikbaar": geheim + 40,
            "te_kort": 4,
            "over": geheim,
        }
        | {"te_kort_tijdig": 3, "over_tijdig": geheim},
    }
    kolommen = [*per["NL"], *vast, "belasting", "belasting_tijdig", "erkend", "gesloten_financieel", "gesloten_overig"]
    rijen = []
    for gebied in [*regios(), "NL"]:
        geleverd = gebied in per
        cijfers = per[gebied] | vast | {"belasting": 32.0, "belasting_tijdig": 31.0, "erkend": 44} if geleverd else {}
        cijfers |= {"gesloten_financieel": 0, "gesloten_overig": 0} if geleverd else {}
        regios_ = 31 if gebied == "NL" else 1
        rijen += [
            {
                "maand": maand,
                "iza_regio": gebied,
                "cluster": cluster,
                "capaciteit_type": "bed",
                **{k: cijfers.get(k) for k in kolommen},
                "regios_te_kort": int(gebied in ("NL", mijn)),
                "regios_over": int(gebied in ("NL", ander)),
                "regios_wachtlijst": 2 if gebied == "NL" else int(geleverd),
                "regios_geleverd": 2 if gebied == "NL" else int(geleverd),
                "regios": regios_,
                "maanden_basis": 4 if geleverd else 0,
                "bezettingsnorm": 0.85,
            }
            for maand in maanden
            for cluster in clusters()
        ]
    return pd.DataFrame(rijen)


def meerjarenbeeld(mijn: str, ander: str, geheim: int) -> pd.DataFrame:
    """A measured year below what was agreed, a year that is expected, and one without a forecast."""
    leeg = dict.fromkeys(("belasting_laag", "belasting_hoog", "maanden_onder_afspraak", "reden"))
    rijen = []
    for gebied, n in ((mijn, 40), (ander, geheim)):
        vast = {"iza_regio": gebied, "cluster": "klinisch", "capaciteit_type": "bed", "regios": 1}
        rijen += [
            leeg
            | vast
            | {"jaar": 2026, "soort": "waargenomen", "maanden": 8, "bezet": 30.5, "belasting": 32.0, "benodigd": 44.0}
            | {"beschikbaar": n, "afgesproken": 45.0, "verschil_afspraak": -5.0, "tekort_bij_afspraak": -1.0}
            | {"maanden_onder_afspraak": "2026-05, 2026-06"},
            leeg
            | vast
            | {
                "jaar": 2027,
                "soort": "verwacht",
                "maanden": 12,
                "belasting": 33.0,
                "belasting_laag": 28.0,
                "belasting_hoog": 38.5,
            }
            | {"benodigd": 46.0, "afgesproken": 45.0, "tekort_bij_afspraak": 1.0},
            leeg | vast | {"jaar": 2028, "soort": "verwacht", "maanden": 0, "reden": "verder_dan_historie"},
        ]
    return pd.DataFrame(rijen)


def inwoners(maanden: list[date], mijn: str, ander: str, geheim: int) -> pd.DataFrame:
    """Care of the inhabitants of every region, as if two regions of treatment delivered claims."""
    rijen = []
    for woonregio in [*regios(), "onbekend"]:
        bekend = woonregio != "onbekend"
        n = {mijn: 40, ander: geheim}.get(woonregio, 20)
        per_100k = {mijn: 4.0, ander: float(geheim)}.get(woonregio, 2.0)
        rijen += [
            {
                "maand": maand,
                "woonregio": woonregio,
                "cluster": cluster,
                "patienten": n,
                "verblijfsdagen": n,
                "contacten": n,
                "patienten_elders": 12 if bekend else None,
                "afstand_elders_km": 41.4 if bekend else None,
                "wachtplekken": n,
                "unieke_wachtenden": n,
                "inwoners": INWONERS_MIJN if bekend else None,
                "patienten_per_100k": per_100k if bekend else None,
                "verblijfsdagen_per_100k": per_100k if bekend else None,
                "wachtplekken_per_100k": per_100k if bekend else None,
                "verwacht_patienten": 32.0 if bekend else None,
                "verhouding": 1.25 if bekend else None,
                "regios_geleverd": 2,
                "status": "voorlopig" if maand >= maanden[2] else "definitief",
            }
            for maand in maanden
            for cluster in clusters()
        ]
    return pd.DataFrame(rijen)


def herkomst(maanden: list[date], mijn: str, ander: str, geheim: int) -> pd.DataFrame:
    """Inhabitants of both regions, treated in both."""
    return pd.DataFrame(
        [
            {
                "maand": maand,
                "woonregio": woonregio,
                "iza_regio": iza_regio,
                "cluster": cluster,
                "verblijfsdagen": geheim if iza_regio == ander else 300,
                "contacten": geheim if iza_regio == ander else 90,
                "patienten": geheim if iza_regio == ander else 28,
                "bovenregionaal": woonregio != iza_regio,
                "afstand_km": 145.2 if woonregio != iza_regio else 3.4,
                "status": "voorlopig" if maand >= maanden[2] else "definitief",
            }
            for maand in maanden
            for cluster in clusters()
            for woonregio in (mijn, ander)
            for iza_regio in (mijn, ander)
        ]
    )


_GEEN_UITSTEL = {
    f"uitgesteld_{k}": 0 for k in ("beschermd_wonen", "wlz", "forensisch", "woning", "andere_ggz", "overig", "aantal")
}


def voorzieningen_land(maanden: list[date]) -> pd.DataFrame:
    """The HIC of the country; the public may see its places and not who is in them."""
    tellingen = ("bezette_dagen", "opnames", "ontslagen", "uitgestelde_dagen", *_GEEN_UITSTEL)
    plek = {"iza_regio": "NL", "bedtype": "HIC", "wet": "Zvw", "beveiligingsniveau": 0, "capaciteit_type": "bed"}
    vast = {
        "cluster": "acuut",
        "erkend": 400,
        "operationeel": 380,
        "gesloten": 20,
        "gesloten_personeel": 9,
        "beschikbare_dagen": 11780,
    }
    return pd.DataFrame(
        [
            {"maand": m} | plek | vast | dict.fromkeys(tellingen, 31) | {"regios_geleverd": 29, "bezettingsgraad": 0.9}
            for m in maanden
        ]
    )


def voorzieningen(maanden: list[date], mijn: str, ander: str, geheim: int) -> pd.DataFrame:
    """A HIC under the Zvw and a beschermd wonen under the Wmo."""
    soorten = (("HIC", "Zvw", "acuut", 12), ("BESCHERMD_WONEN", "Wmo", "buiten_afbakening", 25))
    return pd.DataFrame(
        [
            {
                "maand": maand,
                "iza_regio": regio,
                "bedtype": bedtype,
                "wet": wet,
                "beveiligingsniveau": 0,
                "capaciteit_type": "bed",
                "cluster": cluster,
                "afdelingen": 2,
                "vestigingen": 1,
                "erkend": n,
                "operationeel": n if regio == mijn else geheim,
                "gesloten": 0,
                "gesloten_personeel": 0,
                "beschikbare_dagen": 310,
                "bezette_dagen": 279,
                "opnames": 6,
                "ontslagen": 5,
                "uitgestelde_dagen": 31,
                **_GEEN_UITSTEL,
                "bezettingsgraad": 0.9,
                "aandeel_uitgesteld": 31 / 279,
                "vrij_te_spelen": 1.0,
            }
            for maand in maanden
            for regio in (mijn, ander)
            for bedtype, wet, cluster, n in soorten
        ]
    )


def hic(maanden: list[date], mijn: str, ander: str, geheim: int) -> pd.DataFrame:
    """A HIC with a certificate, without separations in months of which nobody was discharged."""
    return pd.DataFrame(
        [
            {
                "maand": maand,
                "iza_regio": regio,
                "eenheid_type": "HIC",
                "eenheden": 1,
                "capaciteit": 12 if regio == mijn else geheim,
                "bezette_dagen": 300,
                "opnames": 20,
                "ontslagen": 0,
                "opnames_buiten_regio": 5,
                "heropnames_30d": 0,
                "separaties": 3,
                "gedwongen_medicatie": 0,
                "uitgestelde_dagen": 30,
                "separatie_uren": 14.5,
                "gecertificeerd": 1,
                "voorlopig_gecertificeerd": 0,
                "niet_gecertificeerd": 0,
                "zonder_score": 0,
                "bezettingsgraad": 0.81,
                "aandeel_uitgesteld": 0.1,
                "aandeel_buiten_regio": 0.25,
                "aandeel_heropname_30d": None,
                "separaties_per_1000_dagen": 10.0,
                "separatie_uren_per_1000_dagen": 48.3,
                "gedwongen_medicatie_per_1000_dagen": 0.0,
            }
            for maand in maanden
            for regio in (mijn, ander)
        ]
    )


def hic_naast_elkaar(maanden: list[date], mijn: str, ander: str, geheim: int) -> pd.DataFrame:
    """The same location in three sources; the claims of August are not delivered."""
    return pd.DataFrame(
        [
            {
                "maand": maand,
                "iza_regio": regio,
                "agb_vestiging": f"0600000{regio[-1]}",
                "monitor_capaciteit": 12 if regio == mijn else geheim,
                "bedden_operationeel": 10,
                "monitor_bezette_dagen": 300,
                "bedden_bezette_dagen": 279,
                "verblijfsdagen_h": 250 if maand < maanden[3] else None,
                "geleverd_hic_monitor": True,
                "geleverd_bedden": True,
                "geleverd_declaraties": maand < maanden[3],
                "declaraties_status": "voorlopig" if maand >= maanden[2] else "definitief",
            }
            for maand in maanden
            for regio in (mijn, ander)
        ]
    )


def wachttijd_open_regio(mijn: str, ander: str) -> pd.DataFrame:
    """What providers had on their websites in 2018; public for everybody."""
    return pd.DataFrame(
        [
            {
                "maand": date(2018, 2, 1),
                "iza_regio": regio,
                "type_zorg": type_zorg,
                "locaties": 30,
                "gemiddeld_totaal_weken": weken,
                "boven_treeknorm": 4,
                "stops": 2,
            }
            for regio in (mijn, ander)
            for type_zorg, weken in (("BGGZ", 6.4), ("SGGZ", 9.8))
        ]
    )
