"""Text cells become typed, judged rows: the contract and its suite as one SQL statement (A01, A02, A03, A05, A06, W02).

A rule is written once, in the contract or in ``expectations/``. Here it becomes a condition that refuses; in
``pipelines.kwaliteit.toets`` the same rule runs in Great Expectations.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import duckdb
import pyarrow as pa

from pipelines.aanlevering import pseudoniem
from pipelines.contract import Contract, Kolom, Regel, bronnen, lees
from pipelines.fundament import seeds
from pipelines.fundament.sql import letterlijk

MINIMUM_VERWIJDEREN = 4  # characters; a shorter A06 value is no name or number, and would erase half of the row
VERDACHT = "(verwijderd: lijkt een BSN)"
A06 = "(verwijderd: A06)"
GELDIG = ("geldig_van", "geldig_tot")  # dates in a code list, empty = no bound


@dataclass(frozen=True)
class Keuring:
    """The statement that judges rows of one bron."""

    contract: Contract

    @staticmethod
    def verbinding(ook: Iterable[str] = ()) -> duckdb.DuckDBPyConnection:
        """An engine in memory with the code lists that rules refer to, and these; it never writes to disk."""
        con = duckdb.connect(config={"threads": 2, "temp_directory": ""})
        con.execute("SET enable_progress_bar = false")
        Keuring.zet_referentie_klaar(con, ook)
        elfproef = " + ".join(
            f"{gewicht} * try_cast(t[{plek}] AS INTEGER)" for plek, gewicht in enumerate(pseudoniem.GEWICHTEN, start=1)
        )
        con.execute(
            f"CREATE MACRO lijkt_bsn(t) AS CASE WHEN regexp_full_match(t, '[0-9]{{9}}') THEN ({elfproef}) % 11 = 0 ELSE false END"
        )
        return con

    @staticmethod
    def zet_referentie_klaar(con: duckdb.DuckDBPyConnection, ook: Iterable[str] = ()) -> None:
        """Schema ``referentie`` with the code lists that rules refer to, and these."""
        con.execute("CREATE SCHEMA referentie")
        for tabel in sorted({t for bron in bronnen() for t in lees(bron).codelijsten} | set(ook)):
            cellen = con.read_csv(str(seeds.pad(tabel)), all_varchar=True, header=True)
            kolommen = [f"try_cast({k} AS DATE) AS {k}" if k in GELDIG else k for k in cellen.columns]
            cellen.project(", ".join(kolommen)).create(f"referentie.{tabel}")

    def keur(self, con: duckdb.DuckDBPyConnection, leveringen: list[tuple[str, date, pa.Table]]) -> pa.Table:
        """Rows of (bestand, last day of the aanlevermaand, text cells), in that order, as they are stored.

        Typed columns of the contract, ``bestand``, ``rijnummer``, ``aanlevermaand_eind``, ``uit_bericht``, ``vormfout``,
        ``regels`` (names of the rules a row breaks), ``codes``, ``controleregels`` (rules of ``gds801_oordeel`` that a 573 message breaks),
        ``rij`` (the row as delivered, JSON, without A06 values), ``cellen`` (map of column to text: the cells as delivered that are not
        the text of their value) and per value that the contract erases its ``merk``. A cell of ``cellen`` without text was filled with
        what is no text, or with an A06 value, or stood beyond the last column ("").
        """
        koppen = pa.table(
            {
                "levering": pa.array(range(len(leveringen)), pa.int32()),
                "bestand": [b for b, _, _ in leveringen],
                "uit_bericht": [".xml" in b for b, _, _ in leveringen],
                "aanlevermaand_eind": pa.array([eind for _, eind, _ in leveringen], pa.date32()),
            }
        )
        cellen = pa.concat_tables(
            [
                t.append_column("levering", pa.repeat(pa.scalar(i, pa.int32()), t.num_rows))
                for i, (_, _, t) in enumerate(leveringen)
            ],
            promote_options="default",
        )
        for oordeel in ("_codes", "_signalen"):  # only a 573 message has them
            if oordeel not in cellen.column_names:
                cellen = cellen.append_column(oordeel, pa.nulls(cellen.num_rows, pa.list_(pa.string())))
        con.register("koppen", koppen)
        con.register("cellen", cellen)
        try:
            return con.execute(self.sql).to_arrow_table()
        finally:
            con.unregister("koppen")
            con.unregister("cellen")

    @property
    def sql(self) -> str:
        kolommen = self.contract.kolommen
        teksten = ",\n".join(f'    "{k.naam}" AS "{k.naam}__tekst"' for k in kolommen)
        typen = ",\n".join(f'    {self._getypeerd(k)} AS "{k.naam}"' for k in kolommen)
        namen = ", ".join(f'"{k.naam}"' for k in kolommen)
        fout = {
            k.naam: f'("{k.naam}" IS NULL AND "{k.naam}__tekst" IS NOT NULL{self._niet_leeg(k)})'
            for k in kolommen
            if k.type != "vlag"
        }
        vorm = ", ".join(f"CASE WHEN {f} THEN '{n}' END" for n, f in fout.items())
        overtollig = "CASE WHEN list_contains(_vormfout, '') THEN '' END"
        regels = self.contract.regels
        toetsen = ",\n".join(f"    {voorwaarde(r, self.contract)} AS fout_{i}" for i, r in enumerate(regels))
        fouten = [f"fout_{i}" for i in range(len(regels))]
        geraakt = ", ".join(f"CASE WHEN {f} THEN '{r.naam}' END" for f, r in zip(fouten, regels, strict=True))
        codes = ", ".join(f"CASE WHEN {f} THEN '{r.code}' END" for f, r in zip(fouten, regels, strict=True))
        return f"""
WITH tekst AS (
  SELECT
{teksten},
    rijnummer, _vormfout, _codes, _signalen, bestand, aanlevermaand_eind, uit_bericht, levering
  FROM cellen JOIN koppen USING (levering)
),
getypeerd AS (
  SELECT *,
{typen}
  FROM tekst
),
rij AS (
  SELECT *, CASE WHEN _vormfout IS NOT NULL OR {" OR ".join(fout.values())}
      THEN list_filter([{vorm}, {overtollig}], x -> x IS NOT NULL) END AS vormfout
  FROM getypeerd
),
getoetst AS (
  SELECT *,
{toetsen}
  FROM rij
),
beoordeeld AS (
  SELECT * EXCLUDE ({", ".join(fouten)}), CASE WHEN {" OR ".join(fouten)} THEN list_filter([{geraakt}], x -> x IS NOT NULL) END AS regels,
    CASE WHEN _codes IS NOT NULL OR {" OR ".join(fouten)}
      THEN list_aggregate(list_sort(list_distinct(list_filter(
        list_concat([{codes}], coalesce(_codes, [])), x -> x LIKE 'A%'))), 'string_agg', ',') END AS codes,
    CASE WHEN _codes IS NOT NULL OR _signalen IS NOT NULL
      THEN list_aggregate(list_sort(list_distinct(list_filter(
        list_concat(coalesce(_codes, []), coalesce(_signalen, [])), x -> x NOT LIKE 'A%'))), 'string_agg', ',') END AS controleregels
  FROM getoetst
)
SELECT {self._bewaard(namen)}
FROM beoordeeld
ORDER BY levering, rijnummer"""

    def _getypeerd(self, kolom: Kolom) -> str:
        c = f'"{kolom.naam}__tekst"'
        if kolom.type == "vlag":
            return f"coalesce({c} = '{kolom.waar_bij}', false)"
        vormen = [f"regexp_full_match({c}, '{kolom.celtype.patroon}')"] if kolom.celtype.patroon else []
        vormen += [f"length({c}) <= {kolom.maximaal}"] if kolom.maximaal is not None else []
        waarde = kolom.celtype.waarde.format(c=c)
        waarde = f"CASE WHEN {' AND '.join(vormen)} THEN {waarde} END" if vormen else waarde
        return f"CASE WHEN NOT coalesce(list_contains(_vormfout, '{kolom.naam}'), false){self._niet_leeg(kolom)} THEN {waarde} END"

    @staticmethod
    def _niet_leeg(kolom: Kolom) -> str:
        return "".join(f""" AND "{kolom.naam}__tekst" <> '{tekst}'""" for tekst in kolom.leeg_bij)

    def _bewaard(self, namen: str) -> str:
        """What is stored: ``wissen`` of the contract erases values of accepted rows; an A06 value is erased wherever it stands in its row, and so is a BSN."""
        geheim = [k for k in self.contract.kolommen if k.type == "pseudoniem"]
        verdacht = self._verdacht(geheim)
        waarde = {k.naam: f'"{k.naam}"' for k in self.contract.kolommen}
        tekst = {k.naam: f'"{k.naam}__tekst"' for k in self.contract.kolommen}
        for k in geheim:
            a06, gelezen = f"list_contains(vormfout, '{k.naam}')", tekst[k.naam]
            lek = f"coalesce({a06} AND length({gelezen}) >= {MINIMUM_VERWIJDEREN}, false)"
            for t in self.contract.kolommen:
                tekst[t.naam] = (
                    f"CASE WHEN {lek} THEN replace({tekst[t.naam]}, {gelezen}, '{A06}') ELSE {tekst[t.naam]} END"
                )
                if t.celtype.sql == "VARCHAR" and t not in geheim:
                    waarde[t.naam] = (
                        f'CASE WHEN {lek} AND contains("{t.naam}", {gelezen}) THEN NULL ELSE {waarde[t.naam]} END'
                    )
            tekst[k.naam] = f"CASE WHEN {a06} THEN NULL ELSE {gelezen} END"
        for naam, is_verdacht in verdacht.items():
            tekst[naam] = f"CASE WHEN {is_verdacht} THEN '{VERDACHT}' ELSE {tekst[naam]} END"
            waarde[naam] = f"CASE WHEN {is_verdacht} THEN NULL ELSE {waarde[naam]} END"
        velden = ", ".join(f'"{naam}" := {uitdrukking}' for naam, uitdrukking in tekst.items())
        rij = f"to_json(struct_pack({velden}))::VARCHAR"
        cellen = self._cellen(tekst, waarde)
        merken = ""
        for w in self.contract.wissen:
            gewist = f'coalesce({w.als}, false) AND "{w.kolom}" IS NOT NULL AND codes IS NULL'
            waarde[w.kolom] = f"CASE WHEN {gewist} THEN NULL ELSE {waarde[w.kolom]} END"
            merken += f", {gewist} AS {w.merk}"
        ster = (
            "beoordeeld.* EXCLUDE ("
            + ", ".join(f'"{k.naam}__tekst"' for k in self.contract.kolommen)
            + ", _vormfout, _codes, _signalen, levering)"
        )
        vervang = [f'{w} AS "{naam}"' for naam, w in waarde.items() if w != f'"{naam}"']
        ster += f" REPLACE ({', '.join(vervang)})" if vervang else ""
        return f"{ster}, CASE WHEN codes IS NOT NULL THEN {rij} END AS rij, {cellen} AS cellen{merken}"

    def _cellen(self, tekst: dict[str, str], waarde: dict[str, str]) -> str:
        """The cells that their values do not give back. Of an accepted row nothing was erased; what ``wissen`` will erase stays out."""
        kolommen = [k for k in self.contract.kolommen if k.type != "vlag"]
        uit = {w.kolom: f" AND NOT coalesce({w.als}, false)" for w in self.contract.wissen}
        gewoon = {
            k.naam: f'("{k.naam}__tekst" IS DISTINCT FROM "{k.naam}"::VARCHAR{uit.get(k.naam, "")})' for k in kolommen
        }
        goed = ", ".join(
            f"CASE WHEN {anders} THEN {{'k': '{k}', 'v': \"{k}__tekst\"}} END" for k, anders in gewoon.items()
        )
        fout = ["CASE WHEN list_contains(_vormfout, '') THEN {'k': '', 'v': ''} END"]
        for k in kolommen:
            geen_tekst = (
                f"coalesce(list_contains({'vormfout' if k.type == 'pseudoniem' else '_vormfout'}, '{k.naam}'), false)"
            )
            anders = f"{geen_tekst} OR {tekst[k.naam]} IS DISTINCT FROM {waarde[k.naam]}::VARCHAR"
            cel = f"CASE WHEN {geen_tekst} THEN '' ELSE {tekst[k.naam]} END"
            fout.append(f"CASE WHEN {anders} THEN {{'k': '{k.naam}', 'v': {cel}}} END")
        return (
            f"CASE WHEN codes IS NOT NULL THEN map_from_entries(list_filter([{', '.join(fout)}], x -> x IS NOT NULL)) "
            f"WHEN {' OR '.join(gewoon.values())} THEN map_from_entries(list_filter([{goed}], x -> x IS NOT NULL)) END"
        )

    def _verdacht(self, geheim: list[Kolom]) -> dict[str, str]:
        """Per column the condition under which it holds a BSN in the wrong place, as of a row that shifted.

        That is nine digits that pass the 11-proef, in a refused row of a source about persons, where the column itself is why
        the row is refused or the pseudonym is none. The key stays: it tells which row this is.
        """
        verdacht = {}
        for k in self.contract.kolommen if geheim else ():
            if k in geheim or k.naam in self.contract.sleutel:
                continue
            regels = [r.naam for r in self.contract.regels if r.kolom == k.naam or r.code == "A06"]
            verdacht[k.naam] = (
                f'(codes IS NOT NULL AND coalesce(list_has_any(regels, {regels}), false) AND lijkt_bsn("{k.naam}__tekst"))'
            )
        return verdacht


def voorwaarde(regel: Regel, grens: Contract) -> str:
    """SQL condition on a typed row (alias ``rij``) of ``grens`` that holds where it breaks the rule; an empty cell breaks none but
    that it must be filled, an ill-formed one none but that of its form."""
    if regel.vorm:
        return f"coalesce(list_contains(vormfout, '{regel.kolom}'), false)"
    als = f" AND coalesce({regel.als}, false)" if regel.als else ""
    return f"coalesce({_breekt(regel, grens)}, false){als}"


def _breekt(regel: Regel, grens: Contract) -> str:
    k = regel.kwargs
    match regel.type:
        case "unexpected_rows_expectation":
            gevraagd = regel.gevraagd(kolom.naam for kolom in grens.kolommen)
            return f"({regel.fout_als}) AND NOT coalesce(list_has_any(vormfout, {gevraagd}::VARCHAR[]), false)"
        case "expect_column_values_to_not_be_null":
            return f"rij.\"{k['column']}\" IS NULL AND NOT coalesce(list_contains(vormfout, '{k['column']}'), false)"
        case "expect_column_values_to_be_in_set":
            lijst = (
                f'SELECT "{k["column"]}" FROM {k["value_set"]}'
                if regel.lijst
                else ", ".join(map(letterlijk, k["value_set"]))
            )
            return f'rij."{k["column"]}" NOT IN ({lijst})'
        case "expect_column_values_to_be_between":
            grenzen = {teken: k.get(f"{kant}_value") for kant, teken in (("min", "<"), ("max", ">"))}
            return " OR ".join(f'rij."{k["column"]}" {t} {letterlijk(g)}' for t, g in grenzen.items() if g is not None)
        case "expect_column_pair_values_a_to_be_greater_than_b":
            return f'rij."{k["column_A"]}" {"<" if k.get("or_equal") else "<="} rij."{k["column_B"]}"'
    raise ValueError(f"expectations: {regel.naam}: type {regel.type} kan geen rij afkeuren; zie expectations/README.md")
