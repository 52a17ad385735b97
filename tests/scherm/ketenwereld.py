"""The marts on definitions and on the whole chain for the small world of ``schermwereld``: Amsterdam and Groningen, literal.

Belongs here: rows in the shape of those marts. ``_getal`` gives Amsterdam an ordinary figure and Groningen the secret.
"""

from datetime import date

import pandas as pd

MIJN, ANDER, LAND = "ZK02", "ZK09", "NL"
GEHEIM = 7654321
VERSIES = ("hhm-2023", "voorstel-epa")
MAAND = date(2026, 8, 1)
MATEN = {
    "stand_eind": 40, "personen": 40, "instroom": 40, "doorstroom_in": 0, "doorstroom_uit": 0, "uitstroom": 40,
    "verblijfsdagen": 100, "contacten": 200, "operationeel": 40, "bezet": 30.5, "uitgestelde_dagen": 30, "wachtplekken": 40,
    "benodigd": 44, "beschikbaar": 40, "tekort": 4,
}  # fmt: skip


def _getal(regio: str, gewoon: float) -> float:
    return gewoon if regio == MIJN else GEHEIM


def marts(maanden: list[date], clusters: list[str]) -> dict[str, pd.DataFrame]:
    """Every mart of this module, by its name."""
    return _definities(maanden, clusters) | _wachten() | _uitstroom(clusters)


def _definities(maanden: list[date], clusters: list[str]) -> dict[str, pd.DataFrame]:
    verschil = []
    for maand in maanden:
        for regio in (MIJN, ANDER, LAND):
            for cluster in (*clusters, "zes_clusters"):
                rij = {
                    "versie_van": VERSIES[0],
                    "versie_naar": VERSIES[1],
                    "maand": maand,
                    "iza_regio": regio,
                    "cluster": cluster,
                }
                # under the other version outreachend loses 15 of everything that comes from claims
                anders = -15 if cluster == "outreachend" else 0
                for i, (k, n) in enumerate(MATEN.items()):
                    eraf = anders if i < 8 else 0
                    leeg = k == "personen" and (regio == LAND or cluster == "zes_clusters")
                    rij |= {
                        f"{k}_van": None if leeg else _getal(regio, n),
                        f"{k}_naar": None if leeg else _getal(regio, n + eraf),
                        f"{k}_verschil": None if leeg else eraf,
                    }
                verschil.append(
                    rij
                    | {
                        "status": "voorlopig" if maand >= maanden[2] else "definitief",
                        "uitstroom_bepaald": maand < maanden[3],
                        "uitstroom_bepaald_vanaf": date(2026, 11, 1),
                        "aanloop": False,
                        "regios_declaraties": 2 if regio == LAND else 1,
                        "regios_bedden": 2 if regio == LAND else 1,
                        "regios_wachtlijst": 2 if regio == LAND else 1,
                        "regios": 31 if regio == LAND else 1,
                    }
                )
    paar = {"versie_van": VERSIES[0], "versie_naar": VERSIES[1], "maand": MAAND}
    return {
        "definitie_verschil": pd.DataFrame(verschil),
        "definitie": pd.DataFrame(
            [
                {
                    "versie": v,
                    "is_standaard": v == VERSIES[0],
                    "is_opgenomen": False,
                    "regels": 17,
                    "omschrijving": "proef",
                    "bron": "proef",
                }
                for v in VERSIES
            ]
        ),
        "definitie_wijziging": pd.DataFrame(
            [
                {
                    "versie": VERSIES[1],
                    "onderdeel": "regel",
                    "naam": "setting_4_overig",
                    "volgorde": 72,
                    "wijziging": "nieuw",
                    "eisen": "prestatietype consult|groepsconsult, setting 4, heeft_mpu J",
                    "cluster_standaard": None,
                    "cluster": "niet_cruciaal",
                },
                {
                    "versie": VERSIES[1],
                    "onderdeel": "bedtype",
                    "naam": "PAAZ",
                    "volgorde": None,
                    "wijziging": "andere_uitkomst",
                    "eisen": None,
                    "cluster_standaard": "klinisch",
                    "cluster": "hoogspecialistisch_ziekenhuis",
                },
            ]
        ),
        "definitie_agenda": pd.DataFrame(
            [
                {
                    "iza_regio": r,
                    "rang": rang,
                    "twijfel": code,
                    "cluster": "outreachend",
                    "alternatief": alternatief,
                    "maand_van": date(2025, 9, 1),
                    "maand_tot": MAAND,
                    "personen": _getal(r, personen),
                    "zorgdagen": 3 * personen,
                    "verblijfsdagen": 0,
                    "prestaties": 3 * personen,
                    "bedrag": 1234.5,
                    "registratie": "een eigen prestatie" if code == "ZPM-02" else None,
                }
                for r in (MIJN, ANDER, LAND)
                for rang, code, alternatief, personen in ((2, "ZPM-14", None, 11), (1, "ZPM-02", "acuut", 22))
            ]
        ),
        "definitie_verplaatsing_jaar": pd.DataFrame(
            [
                paar
                | {
                    "iza_regio": r,
                    "regel_van": "setting_4",
                    "cluster_van": "outreachend",
                    "regel_naar": "setting_4_overig",
                    "cluster_naar": "niet_cruciaal",
                    "prestaties": _getal(r, 12),
                    "verblijfsdagen": 0,
                    "contacten": 12,
                    "vestigingen": 1,
                    "maanden": 12,
                }
                for r in (MIJN, ANDER, LAND)
            ]
        ),
        "definitie_aanbieder_jaar": pd.DataFrame(
            [
                paar
                | {
                    "iza_regio": r,
                    "agb_vestiging": agb,
                    "prestaties": _getal(r, 12),
                    "verblijfsdagen": 0,
                    "contacten": 12,
                    "maanden": 12,
                    "prestaties_geheel": 48,
                    "deel_verplaatst": 0.25,
                }
                for r, agb in ((MIJN, "06000001"), (ANDER, "06000009"))
            ]
        ),
    }


def _wachten() -> dict[str, pd.DataFrame]:
    gebieden = (MIJN, ANDER, LAND)
    personen = [
        {
            "maand": MAAND,
            "iza_regio": r,
            "personen": _getal(r, 200),
            "wachtplekken": _getal(r, 240),
            "personen_meer_plekken": 30,
            "gemiddeld_weken": 13.5,
            "mediaan_weken": 11.0,
            "p90_weken": 31.0,
            "boven_treeknorm": 90,
            "doorverwezen": 17,
            "regios_geleverd": 2 if r == LAND else None,
        }
        for r in gebieden
    ]
    # 50 aangemeld: 30 met een intake (20 in behandeling, 10 geweigerd), 20 zonder (12 wachten, 5 doorverwezen, 3 geweigerd)
    wegen = [
        {
            "maand": MAAND,
            "iza_regio": r,
            "stap": stap,
            "uitkomst": uitkomst,
            "exclusiecriterium": criterium,
            "wachtplekken": _getal(r, n),
            "maanden": 12,
            "wachtplekken_geheel": _getal(r, 50),
            "wachtplekken_stap": _getal(r, {"intake": 30, "geen_intake": 20}[stap]),
            "wachtplekken_uitkomst": _getal(r, {"geweigerd": 13}.get(uitkomst, n)),
        }
        for r in gebieden
        for stap, uitkomst, criterium, n in (
            ("intake", "gestart", None, 20),
            ("intake", "geweigerd", "agressie", 10),
            ("geen_intake", "wacht", None, 12),
            ("geen_intake", "doorverwezen", None, 5),
            ("geen_intake", "geweigerd", "agressie", 3),
        )
    ]
    leiders = [
        {
            "maand": MAAND,
            "iza_regio": r,
            "aanbieder": agb,
            "wachtplekken": 2 * _getal(r, boven),
            "unieke_wachtenden": _getal(r, boven),
            "boven_treeknorm": _getal(r, boven),
            "overschrijding_weken": 321.0,
            "rang": rang,
        }
        for r, agb, boven, rang in ((MIJN, "06000001", 20, 1), (MIJN, "06000002", 7, 2), (ANDER, "06000009", 5, 1))
    ]
    weigeringen = [
        {
            "maand": MAAND,
            "iza_regio": r,
            "agb_vestiging": agb,
            "cluster": "klinisch",
            "exclusiecriterium": "agressie",
            "aantal": _getal(r, 6),
            "na_intake": 2,
        }
        for r, agb in ((MIJN, "06000001"), (ANDER, "06000009"))
    ]
    return {
        "wachtreis_maand": pd.DataFrame(personen),
        "wachtweg_jaar": pd.DataFrame(wegen),
        "bemiddeling_jaar": pd.DataFrame(
            [
                {
                    "maand": MAAND,
                    "iza_regio": r,
                    "personen": _getal(r, 25),
                    "mislukt": 4,
                    "aandeel_mislukt": 0.16,
                    "regios_geleverd": 2,
                }
                for r in gebieden
            ]
        ),
        "transfermechanisme": pd.DataFrame(leiders),
        "exclusie_maand": pd.DataFrame(weigeringen),
        "exclusie_jaar": pd.DataFrame(
            [
                {
                    "maand": MAAND,
                    "iza_regio": r,
                    "exclusiecriterium": c,
                    "aantal": _getal(r, n),
                    "na_intake": 2,
                    "maanden": 12,
                }
                for r in gebieden
                for c, n in (("agressie", 13), ("onbekend", 4))
            ]
        ),
    }


def _uitstroom(clusters: list[str]) -> dict[str, pd.DataFrame]:
    plaatsen = {"beschermd_wonen": (2.5, 10, 9.0, 1.0), "wlz": (1.0, 4, 4.5, -0.5)}
    return {
        "bestemming_capaciteit": pd.DataFrame(
            [
                {"maand": MAAND, "iza_regio": r, "bestemming": b}
                | dict(
                    zip(
                        ("uitgesteld", "operationeel", "bezet", "vrij"),
                        plaatsen.get(b, (0.5, None, None, None)),
                        strict=True,
                    )
                )
                | {"uitgesteld": _getal(r, plaatsen.get(b, (0.5,))[0])}
                for r in (MIJN, ANDER)
                for b in ("beschermd_wonen", "wlz", "forensisch", "woning", "andere_ggz", "overig")
            ]
        ),
        # of May, of which the outflow can be told
        "uitstroom_bestemming": pd.DataFrame(
            [
                {"maand": date(2026, 5, 1), "iza_regio": r, "cluster": "klinisch", "vervolg": v, "aantal": _getal(r, n)}
                for r in (MIJN, ANDER)
                for v, n in (("wlz", 15), ("geen", 25))
            ]
        ),
        "verblijfsduur": pd.DataFrame(
            [
                {
                    "maand": MAAND,
                    "iza_regio": r,
                    "cluster": c,
                    "episodes": _getal(r, 60),
                    "mediaan_dagen": None if c == "beveiligd" else 33.0,
                    "p90_dagen": None,
                    "langer_dan_jaar": 4,
                    "aandeel_langer_dan_jaar": 0.1,
                    "eindes_30d": 40,
                    "terug_binnen_30d": None if c == "outreachend" else 0.125,
                    "eindes_90d": 40,
                    "terug_binnen_90d": 0.2,
                    "uitstroom_bepaald": False,
                    "geleverd": True,
                    "regios_geleverd": 2 if r == LAND else None,
                }
                for r in (MIJN, ANDER, LAND)
                for c in clusters
            ]
        ),
    }
