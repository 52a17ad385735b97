"""Two regions in four months, small enough to know every figure, as a momentopname and as a publication.

Belongs here: literal tables in the shape of the marts. Amsterdam (ZK02) is the region of the user in most tests; figures of
Groningen (ZK09) that only Groningen and the landelijke tafel may see hold GEHEIM.
"""

import json
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

from pipelines.blokken.gegevens import Bron
from pipelines.blokken.opmaak import clusters, regios
from pipelines.blokken.samenvatting import REDENEN
from tests.scherm import behoeftewereld, ketenwereld

STROMEN = ("aangemeld", "intakes", "gestart", "uitval", "uitval_exclusie", "bemiddeld_gelukt", "bemiddeld_mislukt")
MAANDEN = [date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)]
GEHEIM = 7654321
MIJN, ANDER = "ZK02", "ZK09"


def _cellen():
    for regio in regios():
        for maand in MAANDEN:
            for cluster in clusters():
                yield regio, maand, cluster


def _getal(regio: str, gewoon: int) -> int | None:
    """Amsterdam has ordinary figures, Groningen the secret, the other regions delivered nothing."""
    return {MIJN: gewoon, ANDER: GEHEIM}.get(regio)


def marts() -> dict[str, pd.DataFrame]:
    """The tables as the warehouse has them."""
    stroom, capaciteit, wacht, nodig = [], [], [], []
    for regio, maand, cluster in _cellen():
        geleverd = regio in (MIJN, ANDER)
        n = _getal(regio, 40)
        basis = {"maand": maand, "iza_regio": regio, "cluster": cluster}
        status = "voorlopig" if maand >= MAANDEN[2] else "definitief"
        nul = None if n is None else 0
        stroom.append(
            {
                **basis,
                "stand_begin": n,
                "instroom_nieuw": n,
                "instroom_terugkeer": nul,
                "instroom": n,
                "doorstroom_in": nul,
                "doorstroom_uit": nul,
                "uitstroom": n,
                "stand_eind": n,
                "personen": n,
                "status": status,
                "uitstroom_bepaald": maand < MAANDEN[3],
                "uitstroom_bepaald_vanaf": date(2026, 11, 1),
                "aanloop": False,
                "geleverd": geleverd,
            }
        )
        dagen = {k: _getal(regio, 5) for k in REDENEN}
        capaciteit.append(
            {
                **basis,
                "capaciteit_type": "ambulante_plek" if cluster == "outreachend" else "bed",
                "operationeel": n,
                "gesloten_personeel": nul,
                "beschikbare_dagen": _getal(regio, 1000),
                "bezette_dagen": _getal(regio, 900),
                "uitgestelde_dagen": _getal(regio, 30),
                **dagen,
                "bezettingsgraad": None if n is None else 0.9,
                "aandeel_uitgesteld": None if n is None else 1 / 30,
                "vrij_te_spelen": None if n is None else 1.0,
                "geleverd": geleverd,
            }
        )
        for fase in ("aanmelding", "behandeling", "totaal"):
            wacht.append(
                {
                    **basis,
                    "fase": fase,
                    "wachtplekken": n,
                    "unieke_wachtenden": n,
                    "gemiddeld_weken": None if n is None else 12.0,
                    "mediaan_weken": None if n is None else 10.0,
                    "p90_weken": None if n is None else 20.0,
                    "boven_treeknorm": _getal(regio, 20),
                    "aandeel_boven_treeknorm": None if n is None else 0.5,
                    **dict.fromkeys(STROMEN, n),
                    "doelwachtrij": n,
                    "extra_capaciteit_per_week": None if n is None else 1.5,
                    "geleverd": geleverd,
                }
            )
        nodig.append(
            {
                **basis,
                "maanden_basis": 4,
                "capaciteit_type": "bed",
                "bezet": None if n is None else 30.0,
                "onvervuld": None if n is None else 2.0,
                "uitgesteld": None if n is None else 1.0,
                "beschikbaar": n,
                "benodigd": _getal(regio, 44),
                "kans_vol": None if n is None else 0.1,
                "tekort": _getal(regio, 4),
                "geleverd": geleverd,
            }
        )
    wacht += [
        {**rij, "cluster": "niet_cruciaal"} for rij in wacht if rij["iza_regio"] == MIJN and rij["cluster"] == "acuut"
    ]
    aanbieder = [
        {
            "maand": MAANDEN[3],
            "iza_regio": r,
            "agb_vestiging": agb,
            "cluster": "acuut",
            "wachtplekken": _getal(r, 40),
            "unieke_wachtenden": 1,
            "boven_treeknorm": _getal(r, 20),
            **dict.fromkeys(STROMEN, 1),
            "aanmeldpauze": False,
            "rang_in_regio": 1,
        }
        for r, agb in ((MIJN, "06000001"), (ANDER, "06000009"))
    ]
    tabellen = {
        "stroom_maand": pd.DataFrame(stroom),
        "capaciteit_maand": pd.DataFrame(capaciteit),
        "wachttijd_maand": pd.DataFrame(wacht),
        "benodigde_capaciteit": pd.DataFrame(nodig),
    }
    wie = (MIJN, ANDER, GEHEIM)
    afgeleid = {naam: df for mart, delen in tabellen.items() for naam, df in _afgeleid(mart, delen).items()}
    return (
        tabellen
        | afgeleid
        | ketenwereld.marts(MAANDEN, clusters())
        | {
            "verandering": _veranderingen(tabellen),
            "capaciteit_balans": behoeftewereld.balans(MAANDEN, *wie),
            "behoefte_inwoners": behoeftewereld.inwoners(MAANDEN, *wie),
            "herkomst_bestemming": behoeftewereld.herkomst(MAANDEN, *wie),
            "voorziening_maand": behoeftewereld.voorzieningen(MAANDEN, *wie),
            "hic_maand": behoeftewereld.hic(MAANDEN, *wie),
            "voorziening_land": behoeftewereld.voorzieningen_land(MAANDEN),
            "meerjarenbeeld": behoeftewereld.meerjarenbeeld(*wie),
            "wachttijd_open_regio": behoeftewereld.wachttijd_open_regio(MIJN, ANDER),
            "brandpunt": _brandpunten(),
            "aanbieder_wachttijd": pd.DataFrame(aanbieder),
            "doorstroom_matrix_jaar": pd.DataFrame(
                [
                    {
                        "maand": MAANDEN[3],
                        "van_elders": True,
                        "van_cluster": "acuut",
                        "naar_regio": n,
                        "naar_cluster": "klinisch",
                        "aantal": _getal(n, 3),
                        "maanden": 1,
                    }
                    for n in (MIJN, ANDER)
                ]
            ),
            "herkomst_bestemming_jaar": pd.DataFrame(
                [
                    {
                        "maand": MAANDEN[3],
                        "woonregio": MIJN,
                        "iza_regio": r,
                        "verblijfsdagen": _getal(r, 12),
                        "contacten": 3,
                        "afstand_km": 3.4 if r == MIJN else 145.2,
                        **dict.fromkeys(
                            (
                                f"{k}_deel_van_{w}"
                                for k in ("verblijfsdagen", "contacten")
                                for w in ("aanbieders", "inwoners")
                            ),
                            1.0,
                        ),
                    }
                    for r in (MIJN, ANDER)
                ]
            ),
            "definitie_verschuiving_jaar": pd.DataFrame(
                [
                    {
                        "versie_van": "hhm-2023",
                        "versie_naar": "voorstel-alternatief",
                        "maand": MAANDEN[3],
                        "iza_regio": r,
                        "cluster_van": "outreachend",
                        "cluster_naar": "acuut",
                        **{
                            f"{maat}{deel}": _getal(r, 12)
                            for maat in ("prestaties", "verblijfsdagen", "bedrag")
                            for deel in ("", "_geheel", "_verschoven")
                        },
                        **dict.fromkeys(
                            ("prestaties_deel_verschoven", "verblijfsdagen_deel_verschoven", "bedrag_deel_verschoven"),
                            1.0,
                        ),
                    }
                    for r in (MIJN, ANDER)
                ]
            ),
            "zpm_mismatch": pd.DataFrame(
                [
                    {
                        "maand": MAANDEN[3],
                        "iza_regio": r,
                        "agb_vestiging": agb,
                        "code": "ZPM-01",
                        "cluster": None,
                        "aantal": _getal(r, 12),
                        "waarde_a": None,
                        "waarde_b": None,
                        "afwijking": None,
                    }
                    for r, agb in ((MIJN, "06000001"), (ANDER, "06000009"))
                ]
                + [
                    {
                        "maand": MAANDEN[1],
                        "iza_regio": r,
                        "agb_vestiging": None,
                        "code": "ZPM-13",
                        "cluster": "acuut",
                        "aantal": _getal(r, 3),
                        "waarde_a": 30.0,
                        "waarde_b": 26.5,
                        "afwijking": 3.5 / 30,
                    }
                    for r in (MIJN, ANDER)
                ]
            ),
            "zpm_mismatch_totaal": pd.DataFrame(
                [
                    {
                        "maand": MAANDEN[3],
                        "iza_regio": r,
                        "code": "ZPM-01",
                        "vestigingen": 1,
                        "gevallen": 1,
                        "aantal": _getal(r, 12),
                    }
                    for r in (MIJN, ANDER)
                ]
                + [
                    {
                        "maand": MAANDEN[1],
                        "iza_regio": MIJN,
                        "code": "ZPM-13",
                        "vestigingen": 0,
                        "gevallen": 1,
                        "aantal": 3,
                    }
                ]
            ),
            "volledigheid_schatting": pd.DataFrame(
                [{"prestatiemaand": m, "gezien": 100, "geschat_eind": 125.0, "volledigheid": 0.8} for m in MAANDEN]
            ),
        }
    )


VLAGGEN = ("uitstroom_bepaald", "uitstroom_bepaald_vanaf", "aanloop")
TEKST = (*VLAGGEN, "maand", "iza_regio", "cluster", "capaciteit_type", "fase", "status", "geleverd", "maanden_basis")


def _afgeleid(mart: str, df: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The totals of a mart: counts of both regions or six clusters added up; shares and weeks are the same everywhere."""
    vast = [k for k in df if k in ("capaciteit_type", "fase")]
    getallen = [k for k in df if k not in TEKST]
    delen = df.assign(**{k: pd.to_numeric(df[k]) for k in getallen})
    zes = delen[delen["cluster"].isin(clusters())].assign(cluster="zes_clusters")
    land = [deel.assign(iza_regio="NL") for deel in (delen, zes)]
    groep = pd.concat([zes, *land]).groupby(["maand", "iza_regio", "cluster", *vast], sort=False)
    uit = groep[getallen].sum(min_count=1)
    verhoudingen = [
        "bezettingsgraad",
        "aandeel_uitgesteld",
        "gemiddeld_weken",
        "mediaan_weken",
        "aandeel_boven_treeknorm",
    ]
    for k in (k for k in verhoudingen if k in uit):
        uit[k] = groep[k].max()
    if "status" in df:
        uit["status"] = groep["status"].max()
    for k in (k for k in VLAGGEN if k in df):
        uit[k] = groep[k].max()
    geleverd = pd.concat([zes, *land]).assign(regio=pd.concat([zes, delen, zes])["iza_regio"].to_numpy())
    sleutel = ["maand", "iza_regio", "cluster", *vast]
    uit["regios"] = geleverd.groupby(sleutel)["regio"].nunique()
    uit["regios_geleverd"] = geleverd[geleverd["geleverd"]].groupby(sleutel)["regio"].nunique()
    uit = uit.fillna({"regios_geleverd": 0}).reset_index()
    if mart == "benodigde_capaciteit":
        uit = uit.rename(columns={"tekort": "tekort_som"})
    totaal = {f"{mart}_totaal": uit}
    if mart != "stroom_maand":
        return totaal
    rijen = pd.concat([df[df["maand"] == MAANDEN[3]], uit[uit["maand"] == MAANDEN[3]]], ignore_index=True)
    return totaal | {"stroom_maand_jaar": rijen.assign(maanden=4, geleverd=True).dropna(subset=["instroom"])}


def _veranderingen(tabellen: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Nothing changed in three months, in the regions that delivered."""
    return pd.DataFrame(
        [
            {
                "code": code,
                "maand": MAANDEN[3],
                "maanden_terug": 3,
                "iza_regio": r,
                "cluster": c,
                "verschil": v,
                "regios": n,
            }
            for code in ("wachtplekken", "tekort", "gemiddeld_weken")
            for r, v, n in ((MIJN, 0.0, 1), (ANDER, float(GEHEIM), 1), ("NL", float(GEHEIM), 2))
            for c in [*clusters(), "zes_clusters"]
        ]
    )


def _brandpunten() -> pd.DataFrame:
    """Everybody waits 12 weeks on average, where 5 is the goal."""
    return pd.DataFrame(
        [
            {
                "maand": MAANDEN[3],
                "iza_regio": r,
                "cluster": c,
                "code": "gemiddeld_weken",
                "waarde": 12.0,
                "norm": 5.0,
                "rang": i,
            }
            for r in (MIJN, ANDER, "NL")
            for i, c in enumerate(clusters(), 1)
        ]
    )


def kwaliteit() -> dict[str, pd.DataFrame]:
    moment = pd.Timestamp("2026-09-05 08:00")
    aanlevering = [
        {
            "bron": "wachtlijst",
            "maand": f"{m:%Y-%m}",
            "iza_regio": r,
            "leverancier": f"0600000{r[-1]}",
            "versie": 1,
            "bestand": f"wachtlijst_{m:%Y-%m}_{r}_0600000{r[-1]}_v01.csv",
            "sha256": "0" * 64,
            "status": "actief",
            "code": None,
            "toelichting": None,
            "rijen_gelezen": 40,
            "rijen_geaccepteerd": 39,
            "rijen_afgekeurd": 1,
            "moment": moment,
        }
        for m in MAANDEN
        for r in (MIJN, ANDER)
    ]
    rijen = [
        {
            "bron": "wachtlijst",
            "maand": f"{MAANDEN[3]:%Y-%m}",
            "iza_regio": r,
            "leverancier": f"0600000{r[-1]}",
            "bestand": "x.csv",
            "rijnummer": 7,
            "codes": "A03",
            "rij": json.dumps({"zorgvorm": GEHEIM}),
        }
        for r in (MIJN, ANDER)
    ]
    per_leverancier = [
        {
            "maand": pd.Timestamp(m),
            "bron": "wachtlijst",
            "iza_regio": r,
            "leverancier": f"0600000{r[-1]}",
            "verwacht": True,
            "termijn": date(2026, 9, 10),
            "ontvangen": True,
            "ontvangen_op": date(2026, 9, 5),
            "versies": 1,
            "versie": 1,
            "rijen_geaccepteerd": 39,
            "rijen_afgekeurd": 1,
            "open_weigeringen": 0,
            "status": "op_tijd",
        }
        for m in MAANDEN
        for r in (MIJN, ANDER)
    ]
    per_regio = [
        {"verwacht": 1, "ontvangen": 1, "status": "geleverd", "rijen_gelezen": 40}
        | {k: r[k] for k in ("maand", "bron", "iza_regio", "versies", "open_weigeringen", "rijen_afgekeurd")}
        for r in per_leverancier
    ]
    # one of two suppliers of beds of Amsterdam in the last month
    bedden = {"bron": "bedden", "verwacht": 2, "status": "deels", "rijen_afgekeurd": 0}
    per_regio += [r | bedden for r in per_regio if (r["iza_regio"], r["maand"].date()) == (MIJN, MAANDEN[3])]
    return {
        "aanlevering": pd.DataFrame(aanlevering),
        "afgekeurde_rij": pd.DataFrame(rijen),
        "open_weigering": pd.DataFrame(aanlevering).iloc[:0],
        "verwachte_levering": pd.DataFrame(per_leverancier),
        "verwachte_levering_regio": pd.DataFrame(per_regio),
        "hic_naast_elkaar": behoeftewereld.hic_naast_elkaar(MAANDEN, MIJN, ANDER, GEHEIM),
    }


def openbaar(tabellen: dict[str, pd.DataFrame], regio: str | None) -> dict[str, pd.DataFrame]:
    """What a publication holds for the tafel of a region, or for everybody: of another region every count withheld."""
    uit = {}
    publiek = ("stroom_maand", "capaciteit_maand", "wachttijd_maand")
    for naam in (*publiek, *(f"{n}_totaal" for n in publiek)):
        df = tabellen[naam].copy()
        vreemd = (df["iza_regio"] != regio) & (df["geleverd"] if "geleverd" in df else df["regios_geleverd"] > 0)
        tellingen = [k for k in df.columns if k not in (*TEKST, "regios", "regios_geleverd")]
        df[tellingen] = df[tellingen].astype("Float64")
        df.loc[vreemd, tellingen] = pd.NA
        df["onderdrukt"] = vreemd.map({True: "achtergehouden", False: None})
        df["onderdrukte_kolommen"] = vreemd.map({True: " ".join(tellingen), False: None})
        uit[naam] = df
    for naam in ("wachttijd_open_regio", "voorziening_land"):
        uit[naam] = tabellen[naam]
    # care of inhabitants is the same for every region: what is of another is withheld, also from the region where they live
    for naam, vreemd in (("behoefte_inwoners", "woonregio"), ("herkomst_bestemming", "iza_regio")):
        df = tabellen[naam].copy()
        weg = df[vreemd] == ANDER if naam == "behoefte_inwoners" or regio != ANDER else pd.Series(False, index=df.index)
        tellingen = [
            k for k in ("patienten", "verblijfsdagen", "contacten", "wachtplekken", "unieke_wachtenden") if k in df
        ]
        tellingen += [k for k in df if k.endswith("_per_100k")]
        df[tellingen] = df[tellingen].astype("Float64")
        df.loc[weg, tellingen] = pd.NA
        uit[naam] = df.assign(onderdrukte_kolommen=weg.map({True: " ".join(tellingen), False: None}))
    for naam in (
        "benodigde_capaciteit",
        "benodigde_capaciteit_totaal",
        "capaciteit_balans",
        "voorziening_maand",
        "hic_maand",
        "stroom_maand_jaar",
        "verandering",
        "brandpunt",
        "aanbieder_wachttijd",
        "herkomst_bestemming_jaar",
        "definitie_verschuiving_jaar",
        "zpm_mismatch_totaal",
        "zpm_mismatch",
        *(n for n in ketenwereld.marts(MAANDEN, clusters()) if n not in ("definitie", "definitie_wijziging")),
    ):
        if regio:
            uit[naam] = tabellen[naam][tabellen[naam]["iza_regio"] == regio]
    land = tabellen["benodigde_capaciteit_totaal"]
    land = land[(land["iza_regio"] == "NL") & land["cluster"].isin(clusters())]
    uit["benodigde_capaciteit_totaal"] = pd.concat([uit.get("benodigde_capaciteit_totaal"), land])
    return uit


def schrijf(pad: Path, schemas: dict[str, dict[str, pd.DataFrame]]) -> Path:
    pad.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(pad)) as con:
        for schema, tabellen in schemas.items():
            con.execute(f"CREATE SCHEMA {schema}")
            for naam, df in tabellen.items():
                con.register("df", df)
                con.execute(f'CREATE TABLE {schema}."{naam}" AS SELECT * FROM df')
                con.unregister("df")
    return pad


def opname(map_: Path) -> Bron:
    """A state before the first publication."""
    pad = schrijf(map_ / "opname.duckdb", {"marts": marts(), "kwaliteit": kwaliteit()})
    return Bron("01-09-2026 08:00", pd.Timestamp("2026-09-01 08:00").to_pydatetime(), None, pad)


def publicatie(map_: Path) -> Bron:
    """The same state with a publication: a file for the country, for Amsterdam and for everybody."""
    tabellen = marts()
    vintage = map_ / "2026-08_r1"
    schrijf(vintage / "landelijk" / "landelijk.duckdb", {"marts": tabellen})
    schrijf(vintage / MIJN / f"{MIJN}.duckdb", {"marts": openbaar(tabellen, MIJN)})
    schrijf(vintage / "publiek" / "publiek.duckdb", {"marts": openbaar(tabellen, None)})
    oud = opname(map_)
    return Bron("2026-08_r1", oud.moment, vintage, oud.opname)


def dataroot(map_: Path) -> Path:
    """The publication and the private copy where the application looks for them."""
    bron = publicatie(map_ / "publicaties")
    (bron.publicatie / "manifest.json").write_text(json.dumps({"moment": bron.moment.isoformat()}), encoding="utf-8")
    (map_ / "scherm").mkdir()
    bron.opname.rename(map_ / "scherm" / "momentopname-0-0.duckdb")
    return map_
