"""The ground truth: what must be found in the demo deliveries, and nothing else.

Belongs here: the list of defects per row and delivery, and the definition mismatches (4.3) that the care of the generator
implies. Computed apart from the pipeline, from the generator's own arrays, so that the two can be held against each other.
Does not belong here: making defects.
"""

import csv
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from pipelines.demo.declaraties import Codelijst
from pipelines.demo.schrijven import Naam
from pipelines.demo.trajecten import Tijdvak

# the norms stand here once more on purpose: a ground truth that read them where the pipeline does would share its mistakes
MARGE = 0.10  # ZPM-05 and 06: difference as a share of the larger (spec 4.3)
DEFINITIEF_NA_DAGEN = 90  # spec 2.4
OVERBEZET = 1.10  # W04 (spec 1.7)
EPA = [
    0,
    5,
    6,
    7,
    8,
    *range(10, 18),
]  # ZPM-14: zorgvraagtype of people with ernstige psychische aandoeningen; 0 is none
MAX_GAT_DAGEN = {
    "acuut": 14, "outreachend": 90, "klinisch": 7, "beveiligd": 7, "hoogspecialistisch_ggz": 30,
    "hoogspecialistisch_ziekenhuis": 7,
}  # fmt: skip
CLUSTERS = list(MAX_GAT_DAGEN)
NOOIT = np.iinfo(np.int64).max
KOLOMMEN = {
    "leveringen": ["bron", "bestand", "maand", "iza_regio", "leverancier", "versie", "rijen", "status", "code"],
    "rijen": ["code", "bron", "bestand", "rijnummer"],
    "wachtlijst": ["soort", "maand", "iza_regio", "agb_vestiging", "wachtplek_id"],
    "zpm": ["code", "maand", "iza_regio", "agb_vestiging", "cluster", "aantal", "waarde_a", "waarde_b", "ingebracht"],
}


@dataclass
class Waarheid:
    """Rows of the four tables; one per region, put together in the order of the regions."""

    leveringen: list[tuple] = field(default_factory=list)
    rijen: list[tuple] = field(default_factory=list)
    zpm: list[tuple] = field(default_factory=list)
    wachtlijst: list[tuple] = field(default_factory=list)

    def levering(self, naam: Naam, bestand: str, rijen: int, code: str = "", status: str = "") -> None:
        status = status or ("geweigerd" if code else "actief")
        self.leveringen.append(
            (naam.bron, bestand, naam.maand, naam.regio, naam.leverancier, naam.versie, rijen, status, code)
        )

    def rij(self, code: str, bron: str, bestand: str, nummers) -> None:
        """Rows (numbers from 1) of one file with this code."""
        self.rijen += [(code, bron, bestand, int(nummer)) for nummer in nummers]

    def voeg_toe(self, ander: "Waarheid") -> None:
        self.leveringen += ander.leveringen
        self.rijen += ander.rijen
        self.zpm += ander.zpm
        self.wachtlijst += ander.wachtlijst

    def schrijf(self, map_: Path) -> None:
        """A csv file per table, sorted."""
        map_.mkdir(parents=True, exist_ok=True)
        for naam, kolommen in KOLOMMEN.items():
            with (map_ / f"{naam}.csv").open("w", encoding="utf-8", newline="") as uitvoer:
                schrijver = csv.writer(uitvoer, lineterminator="\n")
                schrijver.writerow(kolommen)
                schrijver.writerows(sorted(getattr(self, naam), key=lambda rij: tuple(map(str, rij[:4])) + rij[4:5]))


@dataclass
class Regiobeeld:
    """What one region delivered, as the mismatches see it: net claims per line, and the accepted rows of the other sources."""

    regio: str
    vestigingen: list  # of the whole country, by number
    eigen: list[int]  # numbers of the vestigingen of the region
    tijdvak: Tijdvak
    geleverd: dict[str, np.ndarray]  # source -> (month,) delivered
    bedden: pd.DataFrame
    hic: pd.DataFrame
    ingebracht: set[tuple[str, int]]  # code and month of what was put in on purpose
    bedtype_cluster: dict[str, str]
    iht_in_setting_4: bool  # IHT is claimed as outreaching care on purpose

    def __post_init__(self) -> None:
        nummer = {maand: i for i, maand in enumerate(self.tijdvak.maanden)}
        plaats = {self.vestigingen[v].agb: v for v in self.eigen}
        for tabel, bron in ((self.bedden, "bedden"), (self.hic, "hic_monitor")):
            tabel["m"] = tabel["maand"].map(nummer).astype(int)
            tabel["v"] = tabel["agb_vestiging"].map(plaats).astype(int)
            tabel["geleverd"] = self.geleverd[bron][tabel["m"]]
        self.bedden["cluster"] = self.bedden["bedtype"].map(self.bedtype_cluster)
        self.bedden = self.bedden[self.bedden["geleverd"]]
        self.hic = self.hic[self.hic["geleverd"]]

    def heeft(self, tabel: pd.DataFrame, kolom: str, waarde: str) -> np.ndarray:
        """(vestiging, maand): has a row of this type."""
        kenmerk = np.zeros((len(self.vestigingen), len(self.tijdvak.maanden)), dtype=bool)
        rijen = tabel[tabel[kolom] == waarde]
        kenmerk[rijen["v"], rijen["m"]] = True
        return kenmerk

    @property
    def peildatum(self) -> int:
        """Last day of the last month in which claims were delivered; the day before the demo where none were."""
        geleverd = np.flatnonzero(self.geleverd["declaraties"])
        return int(self.tijdvak.grens[geleverd[-1] + 1 if len(geleverd) else 0]) - 1

    @property
    def definitief(self) -> np.ndarray:
        """(maand,): old enough for the region's peildatum."""
        return self.tijdvak.grens[1:] - 1 + DEFINITIEF_NA_DAGEN <= self.peildatum


@dataclass
class Nettoregels:
    """The net claims of a region, one row per line. `vestiging` is its number, `zorgvraagtype` 0 where empty or erased."""

    traject: np.ndarray
    persoon: np.ndarray
    vestiging: np.ndarray
    maand: np.ndarray
    dag: np.ndarray
    code: np.ndarray
    zvw: np.ndarray
    zorgvraagtype: np.ndarray


def mismatches(beeld: Regiobeeld, regels: Nettoregels, codes: Codelijst) -> list[tuple]:
    """All mismatches of a region in which claims or beds have a part: every code but ZPM-10."""
    maand, v = regels.maand, regels.vestiging
    type_, setting = codes.type[regels.code], codes.setting[regels.code]
    verblijf = type_ == "verblijfsdag"
    consult8 = (type_ == "consult") & (setting == 8)
    heeft = {
        "HIC": beeld.heeft(beeld.hic, "eenheid_type", "HIC"),
        "IHT": beeld.heeft(beeld.hic, "eenheid_type", "IHT"),
        "MPU": beeld.heeft(beeld.bedden, "bedtype", "MPU"),
        "TOPGGZ": beeld.heeft(beeld.bedden, "bedtype", "TOPGGZ"),
    }
    cluster, plaats = _regel(codes, regels, {k: h[v, maand] for k, h in heeft.items()}, consult8)
    gevonden = []
    for nummer, naam in ((1, "ZPM-01"), (2, "ZPM-02"), (3, "ZPM-03"), (4, "ZPM-04"), (9, "ZPM-09")):
        gevonden += _geteld(beeld, naam, v[plaats == nummer], maand[plaats == nummer])
    h_dagen = _tel(beeld, v, maand, verblijf & (codes.graad[regels.code] == "H"))
    zvw_dagen = _tel(beeld, v, maand, verblijf & regels.zvw)
    met_hic = beeld.geleverd["declaraties"] & beeld.geleverd["hic_monitor"]
    met_bedden = beeld.geleverd["declaraties"] & beeld.geleverd["bedden"]
    gevonden += _bedden_en_hic(beeld, h_dagen, zvw_dagen, met_hic, met_bedden)
    gevonden += _cellen(beeld, "ZPM-08", h_dagen * ~heeft["HIC"] * met_hic)
    zonder_top = ~(heeft["MPU"] | heeft["TOPGGZ"]) * met_bedden
    gevonden += _cellen(beeld, "ZPM-12", _tel(beeld, v, maand, consult8) * zonder_top)
    geen_epa = (cluster == CLUSTERS.index("outreachend")) & ~np.isin(regels.zorgvraagtype, EPA)
    gevonden += _cellen(beeld, "ZPM-14", _tel(beeld, v, maand, geen_epa))
    zorgdag = verblijf | (type_ == "consult") | (type_ == "groepsconsult")
    return gevonden + _stand(beeld, regels, np.where(zorgdag, cluster, -1), met_bedden & beeld.definitief)


def _bedden_en_hic(beeld: Regiobeeld, h_dagen, zvw_dagen, met_hic, met_bedden) -> list[tuple]:
    """ZPM-05, 06, 07 and 11."""
    hic = beeld.hic[beeld.hic["eenheid_type"] == "HIC"]
    zvw = beeld.bedden[beeld.bedden["wet"] == "Zvw"]
    bed = zvw[zvw["capaciteit_type"] == "bed"]
    verdacht = zvw[(zvw["bedtype"] == "LIZ") | (zvw["beveiligingsniveau"] == 4)]
    return [
        *_verschil(beeld, "ZPM-05", _som(beeld, hic, "bezette_dagen"), h_dagen, met_hic & beeld.definitief),
        *_verschil(beeld, "ZPM-06", _som(beeld, bed, "bezette_dagen"), zvw_dagen, met_bedden & beeld.definitief),
        *_capaciteit(beeld, hic, beeld.bedden[beeld.bedden["bedtype"] == "HIC"]),
        *_geteld(beeld, "ZPM-11", verdacht["v"].to_numpy(), verdacht["m"].to_numpy()),
    ]


def _regel(codes: Codelijst, regels: Nettoregels, heeft: dict, consult8: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Cluster (number in CLUSTERS, -1 outside) and number of the mismatch (0: none) that rule table 2.3 (default version)
    gives each net prestatie."""
    code = regels.code
    type_, setting, graad = codes.type[code], codes.setting[code], codes.graad[code]
    sleutel = regels.traject.astype(np.int64) * 1024 + regels.maand
    traject8 = np.isin(sleutel, np.unique(sleutel[consult8]))
    verblijf = type_ == "verblijfsdag"
    klinisch = verblijf | (setting == 5)
    volgorde = [
        (~regels.zvw, "", 0),
        (codes.acuut[code], "acuut", 0),
        (np.isin(type_, ["overig", "toeslag"]), "", 0),
        (verblijf & (graad == "H"), "acuut", 0),
        ((verblijf & (codes.niveau[code] >= 2)) | (setting == 6), "beveiligd", 0),
        (setting == 7, "", 0),
        ((setting == 8) & heeft["MPU"], "hoogspecialistisch_ziekenhuis", 0),
        (setting == 8, "hoogspecialistisch_ggz", 0),
        ((setting == 4) & heeft["IHT"], "outreachend", 2),
        (setting == 4, "outreachend", 0),
        (klinisch & heeft["MPU"], "klinisch", 4),
        (verblijf & np.isin(graad, ["F", "G"]) & heeft["HIC"], "klinisch", 1),
        (verblijf & traject8, "klinisch", 3),
        (klinisch, "klinisch", 0),
        (np.isin(setting, [1, 2, 3]), "", 0),
    ]
    welke = np.select([regel[0] for regel in volgorde], np.arange(len(volgorde)), default=len(volgorde))
    cluster = [CLUSTERS.index(naam) if naam else -1 for _, naam, _ in volgorde]
    return np.array([*cluster, -1])[welke], np.array([*(nummer for *_, nummer in volgorde), 9])[welke]


def _stand(beeld: Regiobeeld, regels: Nettoregels, cluster: np.ndarray, vergelijkbaar: np.ndarray) -> list[tuple]:
    """ZPM-13: people in care by the episodes of the claims, the mean of begin and end of the month, against places in use."""
    tijdvak, gevonden = beeld.tijdvak, []
    zvw = beeld.bedden[beeld.bedden["wet"] == "Zvw"]
    for nummer, naam in enumerate(CLUSTERS):
        deze = cluster == nummer
        dagen = np.unique(regels.persoon[deze].astype(np.int64) << 20 | regels.dag[deze])
        persoon, dag = dagen >> 20, dagen & (1 << 20) - 1
        begint = np.diff(persoon, prepend=-1) != 0
        begint |= np.diff(dag, prepend=0) > MAX_GAT_DAGEN[naam]
        eerste, laatste = dag[begint], dag[np.roll(begint, -1)]
        tot = np.where(laatste + MAX_GAT_DAGEN[naam] >= beeld.peildatum, NOOIT, laatste)
        eind = np.array([((eerste < na) & (tot >= na)).sum() for na in tijdvak.grens[1:]])
        stand = (np.append(0, eind[:-1]) + eind) / 2
        bezet = np.zeros(len(tijdvak.maanden))
        np.add.at(bezet, *[zvw.loc[zvw["cluster"] == naam, kolom].to_numpy() for kolom in ("m", "bezette_dagen")])
        bezet = bezet / tijdvak.dagen
        anders = (np.abs(bezet - stand) > MARGE * np.maximum(bezet, stand)) & vergelijkbaar
        bewust = naam == "acuut" and beeld.iht_in_setting_4
        gevonden += [
            ("ZPM-13", tijdvak.maanden[m], beeld.regio, "", naam, int(np.ceil(abs(bezet[m] - stand[m]) - 1e-9)))
            + (float(bezet[m]), float(stand[m]), "J" if bewust else "N")
            for m in np.flatnonzero(anders)
        ]
    return gevonden


def met_bedden(beeld: Regiobeeld) -> set[tuple[int, str, str]]:
    """(month, agb_vestiging, cluster) for which the vestiging has a row of bedden under the Zvw."""
    bedden = beeld.bedden[beeld.bedden["wet"] == "Zvw"]
    return set(zip(bedden["m"], bedden["agb_vestiging"], bedden["cluster"], strict=True))


def wachtplek_mismatch(
    beeld: Regiobeeld, maand: int, plekken: pa.Table, zorgvorm_cluster: dict, heeft: set
) -> list[tuple]:
    """ZPM-10 of a month; `plekken` are those open on the last day, `heeft` comes from `met_bedden`."""
    if not (beeld.geleverd["wachtlijst"][maand] and beeld.geleverd["bedden"][maand]):
        return []
    aantal: Counter = Counter()
    for rij in (
        plekken.group_by(["agb_vestiging", "zorgvorm"], use_threads=False).aggregate([([], "count_all")]).to_pylist()
    ):
        aantal[rij["agb_vestiging"], zorgvorm_cluster[rij["zorgvorm"]]] += rij["count_all"]
    return [
        _vondst(beeld, "ZPM-10", maand, agb, plekken, cluster)
        for (agb, cluster), plekken in aantal.items()
        if cluster != "niet_cruciaal" and (maand, agb, cluster) not in heeft
    ]


def _vondst(beeld: Regiobeeld, code: str, maand: int, agb: str, aantal: int, cluster=None, a=None, b=None) -> tuple:
    bewust = (code, maand) in beeld.ingebracht
    leeg = ["" if waarde is None else waarde for waarde in (cluster, aantal, a, b)]
    return (code, beeld.tijdvak.maanden[maand], beeld.regio, agb, *leeg, "J" if bewust else "N")


def _tel(beeld: Regiobeeld, v: np.ndarray, maand: np.ndarray, welke: np.ndarray) -> np.ndarray:
    """(vestiging, maand) numbers of lines."""
    vorm = (len(beeld.vestigingen), len(beeld.tijdvak.maanden))
    return np.bincount(v[welke].astype(np.int64) * vorm[1] + maand[welke], minlength=vorm[0] * vorm[1]).reshape(vorm)


def _som(beeld: Regiobeeld, tabel: pd.DataFrame, kolom: str) -> np.ndarray:
    """(vestiging, maand) sums of a column."""
    som = np.zeros((len(beeld.vestigingen), len(beeld.tijdvak.maanden)), dtype=np.int64)
    np.add.at(som, (tabel["v"].to_numpy(), tabel["m"].to_numpy()), tabel[kolom].to_numpy())
    return som


def _cellen(beeld: Regiobeeld, code: str, aantal: np.ndarray) -> list[tuple]:
    return [
        _vondst(beeld, code, int(m), beeld.vestigingen[v].agb, int(aantal[v, m]))
        for v, m in zip(*np.nonzero(aantal), strict=True)
    ]


def _geteld(beeld: Regiobeeld, code: str, v: np.ndarray, maand: np.ndarray) -> list[tuple]:
    return _cellen(beeld, code, _tel(beeld, v, maand, np.ones(len(v), dtype=bool)))


def _verschil(beeld: Regiobeeld, code: str, a: np.ndarray, b: np.ndarray, vergelijkbaar: np.ndarray) -> list[tuple]:
    anders = (np.abs(a - b) > MARGE * np.maximum(a, b)) & vergelijkbaar
    return [
        _vondst(
            beeld, code, int(m), beeld.vestigingen[v].agb, int(abs(a[v, m] - b[v, m])), None, int(a[v, m]), int(b[v, m])
        )
        for v, m in zip(*np.nonzero(anders), strict=True)
    ]


def _capaciteit(beeld: Regiobeeld, hic: pd.DataFrame, bedden: pd.DataFrame) -> list[tuple]:
    vergelijkbaar = beeld.geleverd["hic_monitor"] & beeld.geleverd["bedden"]
    a = hic.groupby(["v", "m"])["capaciteit"].sum().to_dict()
    b = bedden.groupby(["v", "m"])["operationeel"].sum().to_dict()
    return [
        _vondst(
            beeld,
            "ZPM-07",
            m,
            beeld.vestigingen[v].agb,
            abs(a.get((v, m), 0) - b.get((v, m), 0)),
            None,
            a.get((v, m)),
            b.get((v, m)),
        )
        for v, m in sorted(a.keys() | b.keys())
        if vergelijkbaar[m] and a.get((v, m)) != b.get((v, m))
    ]
