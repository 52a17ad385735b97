"""Statements that pages make, each with SQL that works it out anew from the publication that its reader has.

``zin`` is what must stand on the page, with the answers of ``sql`` filled in: number, unit, regions. In SQL ``{maand}`` and ``{regio}``
are those of the page. Totals are added up from the rows of regions and clusters, not read from a table of totals, save for readers who
have no more than that.
"""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

import duckdb

from pipelines.blokken import (
    bestemming,
    capaciteit,
    inwoners,
    kaart,
    naast_elkaar,
    samenvatting,
    stroom,
    transfer,
    voorziening,
    wachten,
    wachtenden,
)
from pipelines.blokken.blok import Blok
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.metrieken import STROOM, eerste_keus, stand
from pipelines.blokken.opmaak import ALLE, LANDELIJK
from pipelines.fundament.nederlands import getal
from pipelines.scherm.paginas.datakwaliteit import gemis, zpm
from pipelines.scherm.paginas.regio import overzicht

MIJN = "ZK02"
PLEKKEN = ("wachtplekken", "bezetting_bedden")


@dataclass(frozen=True)
class Bewering:
    """``wie``: role; ``waar``: region of the page, or NL; ``codes``: what must be known of the month."""

    wie: str
    waar: str
    pagina: Callable[[Gegevens, str, date], Blok | str]
    zin: str
    sql: str
    codes: tuple[str, ...] = PLEKKEN

    def maand(self, g: Gegevens) -> date:
        return eerste_keus(g, self.waar, self.codes)

    def op_de_pagina(self, g: Gegevens) -> str:
        """What a reader reads, drawings left out."""
        b = self.pagina(g, self.waar, self.maand(g))
        zonder = re.sub(r"<(svg|style).*?</\1>", "", b if isinstance(b, str) else b.als_html(), flags=re.S)
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", zonder)).split())

    def zin_volgens_sql(self, con: duckdb.DuckDBPyConnection, maand: date) -> str:
        """The sentence, with what SQL answers."""
        antwoord = iter(con.execute(self.sql.format(maand=maand, regio=self.waar)).fetchone())
        return re.sub(r"\{(\d?)\}", lambda m: _schrijf(next(antwoord), int(m[1] or 0)), self.zin)


def staat_er(zin: str, tekst: str) -> bool:
    """Whether a text has the sentence, its numbers whole: 7 wachtplekken is not in 17 wachtplekken."""
    return re.search(rf"(?<![\d.,]){re.escape(zin)}(?!\d|[.,]\d)", tekst) is not None


def _schrijf(x: object, decimalen: int) -> str:
    return x if isinstance(x, str) else getal(float(x), decimalen)


def _kern(g: Gegevens, waar: str, maand: date) -> str:
    return " ".join(f"{k.kop}: {k.tekst}" for k in samenvatting.kernpunten(g, waar, maand))


def _rang(code: str, g: Gegevens, waar: str, maand: date) -> Blok:
    return kaart.ranglijst(g, stand(g, code), ALLE, maand, "")


def _kaart(code: str, g: Gegevens, waar: str, maand: date) -> Blok:
    return kaart.kaartblok(g, stand(g, code), ALLE, maand, "")


def _naast(g: Gegevens, waar: str, maand: date) -> Blok:
    return naast_elkaar.naast_anderen(g, waar, [], ALLE, maand)


def _fasen(g: Gegevens, waar: str, maand: date) -> Blok:
    return wachten.fasen(g, waar, "outreachend", maand)


def _sankey(g: Gegevens, waar: str, maand: date) -> Blok:
    return stroom.sankeyblok(g, waar, maand, 1)


def _gemis(g: Gegevens, waar: str, maand: date) -> Blok:
    df = g.tabel("gemis")
    return gemis.gemis(
        g, df[(df["iza_regio"] == waar) & (df["maand"].dt.date == maand) & (df["soort"] != "kanttekening")], waar, maand
    )


def _botsingen(g: Gegevens, waar: str, maand: date) -> Blok:
    df = g.tabel("zpm_mismatch_totaal")
    return zpm.zpm(g, df[df["iza_regio"] == waar], waar)


ZES = "cluster in ('acuut', 'outreachend', 'klinisch', 'beveiligd', 'hoogspecialistisch_ggz', 'hoogspecialistisch_ziekenhuis')"
WACHT = f"from marts.wachttijd_maand where fase = 'totaal' and maand = '{{maand}}' and {ZES}"
BED = f"from marts.capaciteit_maand where capaciteit_type = 'bed' and maand = '{{maand}}' and {ZES}"
NODIG = f"from marts.benodigde_capaciteit where capaciteit_type = 'bed' and maand = '{{maand}}' and {ZES}"
VAN = " and iza_regio = '{regio}'"
DAGEN = "day(last_day(date '{maand}'))"
REGIOS = "count(distinct case when geleverd then iza_regio end)"
INWONERS = "(select max(inwoners) from marts.behoefte_inwoners where maand = '{maand}' and woonregio = '{regio}')"

_VAN_DE_REGIO = [
    (_kern, "Wachten: {} wachtplekken", f"select sum(wachtplekken) {WACHT}{VAN}"),
    (
        _kern,
        "; {} ({}%) wachten langer dan de Treeknorm van 14 weken",
        f"select sum(boven_treeknorm), 100 * sum(boven_treeknorm) / sum(wachtplekken) {WACHT}{VAN}",
    ),
    (_kern, "Gemiddeld {1} weken", f"select sum(wacht_dagen) / 7 / sum(wachtplekken) {WACHT}{VAN}"),
    (_kern, "{} dagen lag er iemand op een bed die weg kon", f"select sum(uitgestelde_dagen) {BED}{VAN}"),
    (_kern, "speelt {1} bedden vrij", f"select sum(uitgestelde_dagen) / {DAGEN} {BED}{VAN}"),
    (
        _kern,
        "waarvan {} in afwachting van",
        f"select greatest(sum(uitgesteld_beschermd_wonen), sum(uitgesteld_wlz), sum(uitgesteld_forensisch), sum(uitgesteld_woning), "
        f"sum(uitgesteld_andere_ggz), sum(uitgesteld_overig)) {BED}{VAN}",
    ),
    (
        overzicht.zes_clusters,
        "Klinisch Bezetting bedden {}%",
        f"select 100 * bezette_dagen / beschikbare_dagen {BED}{VAN} and cluster = 'klinisch'",
    ),
    (
        wachtenden.wachtendenblok,
        "Mensen die wachten {} elke persoon telt één keer",
        f"select personen from marts.wachtreis_maand where maand = '{{maand}}'{VAN}",
    ),
    (wachtenden.wachtendenblok, "Hun wachtplekken {}", f"select sum(wachtplekken) {WACHT}{VAN}"),
    (
        wachtenden.wachtendenblok,
        "Weken gewacht, gemiddeld {1} sinds de eerste aanmelding",
        f"select gemiddeld_weken from marts.wachtreis_maand where maand = '{{maand}}'{VAN}",
    ),
    (
        _fasen,
        "Aanmelding tot intake (norm 4 weken) {}",
        f"select wachtplekken {WACHT.replace('totaal', 'aanmelding')}{VAN} and cluster = 'outreachend'",
    ),
    (
        capaciteit.balans,
        "Klinisch, bedden {} {}",
        f"select abs(tekort), case when tekort > 0 then 'te kort' else 'over' end {NODIG}{VAN} and cluster = 'klinisch'",
    ),
    (
        capaciteit.balans,
        "Bij de norm van 85% zijn er {} nodig: {}",
        f"select benodigd, beschikbaar - benodigd || ' over' {NODIG}{VAN} and cluster = 'klinisch' and tekort < 0 "
        f"union all select benodigd, tekort || ' te kort' {NODIG}{VAN} and cluster = 'klinisch' and tekort > 0",
    ),
    (inwoners.inwoners, "De regio telt {} inwoners (CBS)", f"select {INWONERS}"),
    (
        inwoners.inwoners,
        "Klinisch: {} inwoners in zorg, {1} per 100.000",
        f"select patienten, 100000 * patienten / {INWONERS} from marts.behoefte_inwoners where maand = '{{maand}}' "
        "and woonregio = '{regio}' and cluster = 'klinisch'",
    ),
    (
        transfer.transferblok,
        "{} wachtplekken boven de norm van 14 weken, samen {} weken te lang",
        f"select boven_treeknorm, overschrijding_weken from marts.transfermechanisme where rang = 1 and maand = '{{maand}}'{VAN}",
    ),
    (
        bestemming.bestemmingblok,
        "Beschermd wonen {1}",
        f"select sum(uitgesteld_beschermd_wonen) / {DAGEN} from marts.capaciteit_maand where maand = '{{maand}}'{VAN}",
    ),
    (
        voorziening.voorzieningen,
        "Kliniek Zvw bedden Klinisch {} {} {}",
        "select vestigingen, erkend, operationeel from marts.voorziening_maand where bedtype = 'KLINIEK' and wet = 'Zvw' "
        f"and maand = '{{maand}}'{VAN}",
    ),
    (
        _naast,
        "Wachtplekken (wachtplekken per 100.000 inwoners) {1}",
        f"select 100000 * sum(wachtplekken) / {INWONERS} {WACHT}{VAN}",
    ),
]
_VAN_HET_LAND = [
    (_kern, "Wachten: {} wachtplekken", f"select sum(wachtplekken) {WACHT}"),
    (_kern, "Gemiddeld {1} weken", f"select sum(wacht_dagen) / 7 / sum(wachtplekken) {WACHT}"),
    (_kern, "het IZA-doel is 5. Dit gaat over {} van 31 regio's.", f"select {REGIOS} {WACHT}"),
    (_kern, "{} dagen lag er iemand op een bed die weg kon", f"select sum(uitgestelde_dagen) {BED}"),
    (_kern, "bedden vrij. Dit gaat over {} van 31 regio's.", f"select {REGIOS} {BED}"),
    (_kern, "over of te kort: {} bed", f"select sum(greatest(tekort, 0)) {NODIG}"),
    (
        partial(_rang, "aandeel_boven_treeknorm"),
        "Nederland: {1}% van de wachtplekken, over {} van 31 regio’s",
        f"select 100 * sum(boven_treeknorm) / sum(wachtplekken), {REGIOS} {WACHT}",
    ),
    (
        partial(_rang, "bezetting_bedden"),
        "Nederland: {1}% van de beschikbare dagen, over {} van 31 regio’s",
        f"select 100 * sum(bezette_dagen) / sum(beschikbare_dagen), {REGIOS} {BED}",
    ),
    (partial(_kaart, "wachtplekken"), "Amsterdam {}", f"select sum(wachtplekken) {WACHT} and iza_regio = '{MIJN}'"),
]
_STROOM = "from marts.stroom_maand where maand = '{maand}' and iza_regio = '{regio}' and cluster = 'acuut'"
_MERK = "|| case when status = 'voorlopig' then ' voorlopig' else '' end"
_STROMEN = [
    (
        overzicht.zes_clusters,
        "Stand einde maand {}",
        f"select case when uitstroom_bepaald then stand_eind {_MERK} else 'nog niet' end {_STROOM}",
    ),
    (
        _sankey,
        "Acuut {} {} {}",
        f"select instroom_nieuw {_MERK}, instroom_terugkeer {_MERK}, doorstroom_in {_MERK} {_STROOM}",
    ),
]
_OPENBAAR = [
    (
        _naast,
        "Wachtplekken : {} regio's: onbekend: niet geleverd; {} regio's: afgeschermd",
        "select count(*) filter (regios_geleverd = 0), count(*) filter (contains(onderdrukte_kolommen, 'wachtplekken')) "
        "from marts.wachttijd_maand_totaal where fase = 'totaal' and maand = '{maand}' and cluster = 'zes_clusters'",
    ),
]
_VOOR_DE_STEWARD = [
    (
        _gemis,
        "{}",
        "select case count(*) when 1 then '1 aanlevering ontbreekt' else count(*) || ' aanleveringen ontbreken' end "
        "from kwaliteit.gemis where maand = '{maand}' and soort = 'levering' and iza_regio = '{regio}'",
    ),
    (
        _botsingen,
        "Outreachende consulten bij een vestiging met een IHT-team (ZPM-02) {}",
        "select count(distinct agb_vestiging) from marts.zpm_mismatch where code = 'ZPM-02' and iza_regio = '{regio}' "
        "and maand = (select max(maand) from marts.zpm_mismatch_totaal where iza_regio = '{regio}')",
    ),
]
BEWERINGEN = [
    *(Bewering("regio", MIJN, *rest) for rest in _VAN_DE_REGIO),
    *(Bewering("regio", MIJN, *rest, codes=STROOM) for rest in _STROMEN),
    *(Bewering("landelijk", LANDELIJK, *rest) for rest in _VAN_HET_LAND),
    *(Bewering("publiek", MIJN, *rest) for rest in _OPENBAAR),
    *(Bewering("steward", MIJN, *rest) for rest in _VOOR_DE_STEWARD),
]
