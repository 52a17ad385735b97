"""Vintages: numbered, frozen states of the marts, put in place in one step.

Belongs here: numbering, freezing, `actueel`, the manifest, who gets which rows, retention. Does not belong here: what is
withheld (``publiek``), file formats (``export``), comparison (``herziening``).

Under ``<GGZ_DATA>/publicaties``: one read-only folder per vintage, with a folder per audience, ``manifest.json`` and
``onthulling/`` (the public tables with the truth beside them, for the audit of later publications: as secret as landelijk);
``actueel`` is a link to the newest. A reader opens files that nobody writes to again, so it never waits and never sees half.
"""

import hashlib
import json
import logging
import os
import re
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from multiprocessing import get_context
from pathlib import Path

import duckdb
import pandas as pd

from pipelines.fundament import seeds
from pipelines.fundament.kind import sterf_met_ouder
from pipelines.fundament.slot import schrijfslot
from pipelines.publicatie import export, herziening, publiek, tegenproef, verbanden
from pipelines.publicatie.instellingen import PublicatieInstellingen
from pipelines.publicatie.regels import Regels, Tabel, lees
from pipelines.publicatie.tabellen import Stand
from pipelines.settings import Instellingen
from pipelines.warehouse import verbinding
from pipelines.warehouse.dbt import codehash

logger = logging.getLogger("ggz.publicatie")
NUMMER = re.compile(r"(\d{4}-\d{2})_r(\d+)")
EIGEN_SOORT = {"onderdrukt": "VARCHAR", "onderdrukte_kolommen": "VARCHAR"}
INHOUD = "onthulling/inhoud.json"
Cijfers = tuple[pd.DataFrame, pd.DataFrame | None]
"""The rows of a table, and its totals."""
AANLEVERING = "bron, maand, iza_regio, leverancier, versie, bestand, sha256, status"


class NietsTePubliceren(Exception):
    """The warehouse has no finished marts yet."""


@dataclass(frozen=True)
class Publicatie:
    """Outcome of ``publiceer``: which vintage is current, and whether it was made now."""

    nummer: str
    map: Path
    nieuw: bool
    seconden: float


def publicaties(instellingen: Instellingen) -> list[str]:
    """Numbers of the vintages in place, oldest first."""
    if not instellingen.publicaties.is_dir():
        return []
    gevonden = [NUMMER.fullmatch(p.name) for p in instellingen.publicaties.iterdir() if (p / "manifest.json").is_file()]
    return [
        m[0]
        for m in sorted((m for m in gevonden if m), key=lambda m: (_volgnummer(instellingen, m[0]), m[1], int(m[2])))
    ]


def manifest(instellingen: Instellingen, nummer: str) -> dict:
    return json.loads((instellingen.publicaties / nummer / "manifest.json").read_text(encoding="utf-8"))


def _volgnummer(instellingen: Instellingen, nummer: str) -> int:
    """How many were made before: the clock may have gone back, and so may the last month when a delivery was withdrawn."""
    return manifest(instellingen, nummer).get("volgnummer", 0)


def publiceer(instellingen: Instellingen, keuzes: PublicatieInstellingen | None = None) -> Publicatie:
    """Freezes the marts as they are; when nothing changed since the newest vintage, says which that is.

    Takes the write lock: the warehouse stands still meanwhile. Raises AuditGezakt when a withheld cell could still be derived, or
    the command of ``tegenproef`` fails: then nothing is put in place.
    """
    keuzes, begin = keuzes or PublicatieInstellingen(), time.monotonic()
    wortel = instellingen.publicaties
    wortel.mkdir(parents=True, exist_ok=True)
    with schrijfslot(instellingen, "publiceren"):
        for rest in wortel.glob(".bouw-*"):
            _verwijder(rest)
        with _warehouse(instellingen) as con:
            regels = lees()
            tabellen = _aanwezig(con, regels)
            vingerafdruk = _vingerafdruk(con, tabellen, keuzes)
            bestaand = publicaties(instellingen)
            if bestaand and json.loads((wortel / bestaand[-1] / INHOUD).read_text(encoding="utf-8")) == vingerafdruk:
                _wijs_aan(wortel, bestaand[-1])
                return Publicatie(bestaand[-1], wortel / bestaand[-1], False, time.monotonic() - begin)
            nummer = _volgend_nummer(con, bestaand)
            bouw = wortel / f".bouw-{nummer}"
            eerdere = [wortel / n for n in bestaand[::-1][: keuzes.vorige][::-1]]
            opschrift = _manifest(con, nummer, keuzes, tabellen)
            opschrift["volgnummer"] = 1 + (_volgnummer(instellingen, bestaand[-1]) if bestaand else 0)
            with _werkers(instellingen.threads) as werkers:
                cijfers = _cijfers(con, tabellen)
                tabellen, opschrift["verbanden"] = verbanden.vul_aan(
                    tabellen, cijfers, regels, werkers, keuzes.onbekend_verband_blokkeert
                )
                opschrift["onthulling"] = _bouw(
                    con, bouw, opschrift, tabellen, cijfers, regels, keuzes, eerdere, werkers
                )
            opschrift["seconden"] = round(time.monotonic() - begin, 1)
            # not in the manifest: a hash over few unknown figures can be found by trying
            _schrijf_json(bouw / INHOUD, vingerafdruk)
            _schrijf_json(bouw / "manifest.json", opschrift)
        if keuzes.tegenproef:
            tegenproef.beproef(keuzes.tegenproef, bouw)
        _bevries(bouw)
        bouw.rename(wortel / nummer)
        _wijs_aan(wortel, nummer)
        if keuzes.bewaren:
            for oud in publicaties(instellingen)[: -keuzes.bewaren]:
                _verwijder(wortel / oud)
    return Publicatie(nummer, wortel / nummer, True, time.monotonic() - begin)


def _werkers(aantal: int) -> Executor:
    # as many workers as cores: in each, linear algebra in threads would wait for the threads of the others
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    return ProcessPoolExecutor(aantal, get_context("spawn"), _begin_werker, (os.getpid(),))


def _begin_werker(ouder: int) -> None:
    sterf_met_ouder(ouder)
    # HiGHS writes remarks of its own to standard output, whatever its options say
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _warehouse(instellingen: Instellingen) -> duckdb.DuckDBPyConnection:
    if not instellingen.warehouse.is_file():
        raise NietsTePubliceren(f"{instellingen.warehouse} bestaat niet; draai eerst ggz run.")
    con = duckdb.connect(config={"memory_limit": instellingen.geheugen, "threads": instellingen.threads})
    verbinding.koppel(con, instellingen.warehouse, "wh")
    return con


def _aanwezig(con: duckdb.DuckDBPyConnection, regels: Regels) -> list[Tabel]:
    """The tables of the rules that stand, with the columns that stand."""
    staat: dict[str, set[str]] = {}
    for tabel, kolom in con.execute(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_catalog = 'wh' AND table_schema = 'marts'"
    ).fetchall():
        staat.setdefault(tabel, set()).add(kolom)
    if "stroom_maand" not in staat:
        raise NietsTePubliceren("Het warehouse heeft nog geen marts; draai eerst ggz run.")
    return [
        replace(t, kolommen=tuple(k for k in t.kolommen if k.naam in staat[naam]))
        for naam, t in regels.tabellen.items()
        if naam in staat
    ]


def _vingerafdruk(con: duckdb.DuckDBPyConnection, tabellen: list[Tabel], keuzes: PublicatieInstellingen) -> dict:
    """What a publication says: per table the number of rows and a hash over them in any order, the rules and the settings."""
    uit = {}
    for naam in (n for t in tabellen for n in (t.naam, *([t.naam_totaal] if t.totalen else []))):
        aantal, som = con.execute(f'SELECT count(*), sum(hash(t)::HUGEINT) FROM wh.marts."{naam}" AS t').fetchone()
        uit[naam] = f"{aantal}:{som}"
    regels = hashlib.sha256(b"".join(p.read_bytes() for p in sorted(seeds.MAP.glob("publicatie_*.csv"))))
    return {"tabellen": uit, "regels": regels.hexdigest(), "instellingen": keuzes.inhoud()}


def _volgend_nummer(con: duckdb.DuckDBPyConnection, bestaand: list[str]) -> str:
    """Month = the last month of the skeleton; r1, r2, .. within it."""
    laatste: date | None = con.execute("SELECT max(maand) FROM wh.marts.stroom_maand").fetchone()[0]
    if laatste is None:
        raise NietsTePubliceren("stroom_maand is leeg: er is nog niets aangeleverd.")
    maand = f"{laatste:%Y-%m}"
    return f"{maand}_r{1 + max((int(m[2]) for m in map(NUMMER.fullmatch, bestaand) if m[1] == maand), default=0)}"


def _manifest(con, nummer: str, keuzes: PublicatieInstellingen, tabellen: list[Tabel]) -> dict:
    leveringen = con.execute(f"SELECT {AANLEVERING} FROM wh.kwaliteit.aanlevering ORDER BY bestand, sha256").fetchdf()
    definitie = con.execute(
        "SELECT versie FROM wh.referentie.definitie_versie WHERE standaard = 'J' OR standaard::VARCHAR = 'true'"
    ).fetchone()
    regels = con.execute(
        "SELECT md5(string_agg(r::VARCHAR, '|' ORDER BY r::VARCHAR)) FROM wh.referentie.cluster_regel AS r"
    ).fetchone()
    return {
        "publicatie": nummer,
        "moment": datetime.now(UTC).isoformat(timespec="microseconds"),
        "code": codehash(),
        "regels": herziening.regelstand(),
        "definitie": {"versie": definitie[0] if definitie else None, "regels_md5": regels[0]},
        "instellingen": keuzes.model_dump(mode="json"),
        "niet_openbaar": {t.naam: t.reden for t in tabellen if not t.publiek},
        "aanleveringen": json.loads(leveringen.to_json(orient="records")),
    }


def _bouw(
    con,
    bouw: Path,
    opschrift: dict,
    tabellen: list[Tabel],
    cijfers: dict[str, Cijfers],
    regels: Regels,
    keuzes: PublicatieInstellingen,
    eerdere: list[Path],
    werkers: Executor,
) -> dict:
    """Writes every audience under ``bouw``; returns the report of disclosure control per table.

    The linear programmes of a table and the files of a region are each on their own, and go to ``werkers``.
    """
    for schema in ("openbaar", "regio"):
        con.execute(f"CREATE SCHEMA {schema}")
    bouw.mkdir(mode=0o700)  # until it is frozen nobody else looks in
    (bouw / "onthulling").mkdir()
    verslag, standen = {}, {}
    vroeger: dict[Path, dict[str, Stand]] = {p: {} for p in eerdere}
    # what gives parts of the figures of other tables comes after those
    for beurt in ([t for t in tabellen if not t.berust_op], [t for t in tabellen if t.berust_op]):
        bezig = []
        for t in (t for t in beurt if t.publiek):
            waar, som = cijfers[t.naam]
            if keuzes.afronden_op:
                # seldom asked for, and scipy.optimize is slow to load
                from pipelines.publicatie.afronding import rond_af

                tabel, totaal, verslag[t.naam] = rond_af(t, waar, som, regels, keuzes.afronden_op)
                _openbaar(con, t, tabel, totaal)
            else:
                eerder = [stand for p, gelezen in vroeger.items() if (stand := _eerder(p, t, gelezen))]
                vraag = (t, waar, som, eerder, regels, keuzes.eis, keuzes.tafels_lezen_mee)
                basis = {naam: standen[naam] for naam in t.berust_op & standen.keys()}
                bezig.append((t, _samen(waar, som), werkers.submit(publiek.bescherm, *vraag, basis)))
        for t, geheel, werk in bezig:
            b = werk.result()
            verslag[t.naam] = b.verslag
            _openbaar(con, t, b.tabel, b.totaal)
            standen[t.naam] = Stand(geheel, _samen(b.tabel, b.totaal))
            for wat, frame in (("audit", b.cellen), ("waar", geheel), ("openbaar", standen[t.naam].openbaar)):
                frame.to_parquet(bouw / "onthulling" / f"{t.naam}_{wat}.parquet")
    if eerdere:
        _tabel(
            con,
            "landelijk.herziening",
            "FROM verschil",
            verschil=herziening.vergelijk(eerdere[-1], con, opschrift, tabellen),
        )
    _schrijf_publieken(con, bouw, opschrift, tabellen, keuzes, werkers)
    return verslag


def _cijfers(con, tabellen: list[Tabel]) -> dict[str, Cijfers]:
    """Copies every mart into the schema landelijk; of the public ones what is in them."""
    con.execute("CREATE SCHEMA landelijk")
    uit = {}
    for t in tabellen:
        gelezen = _landelijk(con, t)
        if t.publiek:
            uit[t.naam] = gelezen
    return uit


def _landelijk(con, t: Tabel) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """Copies a mart and its totals into the schema landelijk; its rows, and the public columns of its totals."""
    waar = con.execute(f'FROM wh.marts."{t.naam}" ORDER BY {", ".join(t.sleutel)}').fetchdf()
    _tabel(con, f'landelijk."{t.naam}"', f'SELECT * FROM wh.marts."{t.naam}" ORDER BY ALL')
    if not t.totalen:
        return waar, None
    _tabel(con, f'landelijk."{t.naam_totaal}"', f'SELECT * FROM wh.marts."{t.naam_totaal}" ORDER BY ALL')
    velden = ", ".join(f'"{k}"' for k in t.totaalkolommen)
    return waar, con.execute(f'SELECT {velden} FROM landelijk."{t.naam_totaal}"').fetchdf()


def _samen(tabel: pd.DataFrame, totaal: pd.DataFrame | None) -> pd.DataFrame:
    return tabel if totaal is None else pd.concat([tabel, totaal], ignore_index=True)


def _schrijf_publieken(
    con, bouw: Path, opschrift: dict, tabellen: list[Tabel], keuzes: PublicatieInstellingen, werkers: Executor
) -> None:
    """The files of every audience, from the schemas landelijk and openbaar."""
    kop = {
        "Publicatie": opschrift["publicatie"],
        "Gemaakt": opschrift["moment"][:16].replace("T", " ") + " UTC",
        "Definitie": str(opschrift["definitie"]["versie"]),
    }
    geheel = {
        "landelijk": ("landelijk", "landelijke tafel en datastewards: niets achtergehouden"),
        "publiek": ("openbaar", _openbaar_kop(keuzes)),
    }
    for naam, (schema, _) in geheel.items():
        export.bewaar(con, schema, bouw / naam, naam)
    # the largest first: a region needs a fraction of them
    werk = [
        werkers.submit(export.schrijf, bouw / naam, naam, keuzes.formaten(naam), kop | {"Voor": voor})
        for naam, (_, voor) in geheel.items()
    ]
    leverden = {
        r
        for (r,) in con.execute(
            "SELECT DISTINCT iza_regio FROM wh.kwaliteit.aanlevering WHERE status = 'actief'"
        ).fetchall()
    }
    regios = [r for (r,) in con.execute("SELECT DISTINCT iza_regio FROM landelijk.stroom_maand ORDER BY 1").fetchall()]
    werk += [
        werkers.submit(_schrijf_regio, bouw, r, tabellen, keuzes.formaten(r), kop) for r in regios if r in leverden
    ]
    for klaar in werk:
        klaar.result()
    for regio in regios:
        if regio not in leverden:
            _deel_publiek(bouw, regio)


def _openbaar_kop(keuzes: PublicatieInstellingen) -> str:
    if keuzes.afronden_op:
        return f"iedereen: tellingen zijn afgerond op veelvouden van {keuzes.afronden_op}"
    return f"iedereen: tellingen van 1 tot {keuzes.drempel} en wat die zou verraden zijn achtergehouden"


def _openbaar(con, t: Tabel, tabel: pd.DataFrame, totaal: pd.DataFrame | None) -> None:
    """The public table and its totals, in the types of the true one."""
    for naam, df in ((t.naam, tabel), (t.naam_totaal, totaal)):
        if df is not None:
            soorten = EIGEN_SOORT | dict(
                con.execute(
                    "SELECT column_name, data_type FROM duckdb_columns() WHERE schema_name = 'landelijk' AND table_name = ?",
                    [naam],
                ).fetchall()
            )
            velden = ", ".join(f'"{k}"::{soorten[k]} AS "{k}"' for k in df.columns)
            _tabel(con, f'openbaar."{naam}"', f"SELECT {velden} FROM df", df=df)


def _eerder(map_: Path, t: Tabel, gelezen: dict[str, Stand]) -> Stand | None:
    """The table in an earlier publication, with those that it gave parts of; None where it was not in there.

    ``gelezen``: what was read of that publication, to which this table is added.
    """
    paden = [map_ / "onthulling" / f"{t.naam}_{wat}.parquet" for wat in ("waar", "openbaar", "audit")]
    if not all(pad.is_file() for pad in paden):
        return None
    waar, openbaar, audit = map(pd.read_parquet, paden)
    basis = {naam: gelezen[naam] for naam in t.berust_op & gelezen.keys()}
    gelezen[t.naam] = Stand(waar, openbaar, basis, audit)
    return gelezen[t.naam]


def _schrijf_regio(
    bouw: Path, regio: str, tabellen: list[Tabel], formaten: tuple[str, ...], kop: dict[str, str]
) -> None:
    """The files of one region, from those of landelijk and publiek: own rows as they are, all else as the public sees it."""
    voor = f"regiotafel {regio}: eigen regio volledig, andere regio's als openbaar; werkboek, csv en parquet bevatten de eigen regio en het land"
    with duckdb.connect(config={"threads": 1}) as con:
        verbinding.koppel(con, bouw / "landelijk" / "landelijk.duckdb", "landelijk")
        verbinding.koppel(con, bouw / "publiek" / "publiek.duckdb", "openbaar")
        con.execute("CREATE SCHEMA regio")
        for t in tabellen:
            eigen = " OR ".join(f"{k} = '{regio}'" for k in t.eigen_regio) or "false"
            for naam in (t.naam, *([t.naam_totaal] if t.totalen else [])):
                if t.publiek:
                    delen = (
                        f'SELECT * FROM landelijk.marts."{naam}" WHERE {eigen} UNION ALL BY NAME '
                        f'SELECT * FROM openbaar.marts."{naam}" WHERE NOT ({eigen})'
                    )
                elif t.eigen_regio:
                    delen = f'SELECT * FROM landelijk.marts."{naam}" WHERE {eigen}'
                else:
                    continue
                con.execute(f'CREATE VIEW regio."{naam}" AS {delen}')
        export.bewaar(con, "regio", bouw / regio, regio)
    export.schrijf(bouw / regio, regio, formaten, kop | {"Voor": voor}, f"iza_regio IN ('{regio}', 'NL')")


def _deel_publiek(bouw: Path, regio: str) -> None:
    """A region that never delivered has no figures of its own: it gets the files of the public version, the same ones."""
    for pad in sorted((bouw / "publiek").rglob("*")):
        doel = bouw / regio / pad.relative_to(bouw / "publiek")
        if pad.is_file():
            doel = doel.with_stem(regio) if pad.stem == "publiek" else doel
            doel.parent.mkdir(parents=True, exist_ok=True)
            try:
                doel.hardlink_to(pad)
            except OSError:  # a file system without links
                shutil.copyfile(pad, doel)


def _tabel(con: duckdb.DuckDBPyConnection, naam: str, vraag: str, **frames: pd.DataFrame) -> None:
    for alias, frame in frames.items():
        con.register(alias, frame)
    con.execute(f"CREATE TABLE {naam} AS {vraag}")
    for alias in frames:
        con.unregister(alias)


def _schrijf_json(pad: Path, inhoud: dict) -> None:
    pad.write_text(json.dumps(inhoud, ensure_ascii=False, indent=1, default=str), encoding="utf-8")


def _bevries(map_: Path) -> None:
    """On disk and read-only, for whom the umask lets in; into what is not public nobody else, whatever the umask says."""
    paden = sorted(map_.rglob("*"), reverse=True)
    with ThreadPoolExecutor(16) as draden:  # one by one, a thousand files wait a thousand times for a busy disk
        list(draden.map(_naar_schijf, (p for p in paden if p.is_file())))
    os.umask(masker := os.umask(0o077))
    for openbaar in (False, True):  # a file that is in both (a region that never delivered) is public
        for pad in paden:
            eigen = pad.relative_to(map_).parts
            if (eigen[0] == "publiek" or eigen == ("manifest.json",)) == openbaar:
                pad.chmod((0o555 if pad.is_dir() else 0o444) & ~(masker if openbaar else masker | 0o007))
    # a folder must be writable to be renamed on some file systems; its contents are not
    map_.chmod(0o755 & ~masker)


def _naar_schijf(pad: Path) -> None:
    with pad.open("rb") as bestand:
        os.fsync(bestand)


def _wijs_aan(wortel: Path, nummer: str) -> None:
    """``actueel`` points elsewhere in one step: readers find the old one or the new one."""
    nieuw = wortel / ".actueel"
    nieuw.unlink(missing_ok=True)
    nieuw.symlink_to(nummer)
    nieuw.replace(wortel / "actueel")


def _verwijder(map_: Path) -> None:
    for pad in _mappen(map_):
        pad.chmod(0o755)
    shutil.rmtree(map_)


def _mappen(map_: Path) -> Iterator[Path]:
    yield map_
    yield from (p for p in map_.rglob("*") if p.is_dir())
