"""Scenarios that were asked for from the screen: a queue of files, worked off by one process of its own.

Belongs here: asking, how far each is, and working the queue off. Does not belong here: computing (``scenario``), keeping (``opslag``)
and the page that asks. Both sides know each other by files alone: what a closed screen left
undone is taken up by the next.

    analyse/aangevraagd/NAAM.yaml    asked for and not computed yet, the oldest first; after that it stands in analyse/scenarios
    analyse/aangevraagd/NAAM.json    how far it is
"""

import json
import os
import subprocess
import sys
import threading
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import yaml
from filelock import FileLock, Timeout

from pipelines.analyse import opslag, waarneming
from pipelines.analyse.maatregel import BASIS, Scenario, ScenarioFout, als_inhoud, lees_bestand
from pipelines.fundament import kind, schrijven
from pipelines.fundament.nederlands import moment
from pipelines.fundament.slot import schrijfslot
from pipelines.settings import PROJECT, Instellingen
from pipelines.warehouse import verbinding

SLOT = ".slot"
WACHT, KLAAR, MISLUKT = "wacht op zijn beurt", "klaar", "mislukt"
STAPPEN = (
    WACHT,
    "leest de cijfers",
    "rekent ongewijzigd beleid",
    "rekent het scenario",
    "zet de uitkomst klaar",
    KLAAR,
)


@dataclass(frozen=True)
class Stand:
    """How far a request is. ``stap`` is one of STAPPEN or MISLUKT; ``melding`` says, in Dutch, why it failed."""

    naam: str
    titel: str
    stap: str
    sinds: str
    melding: str = ""

    @property
    def bezig(self) -> bool:
        return self.stap not in (KLAAR, MISLUKT)


def vraag_aan(instellingen: Instellingen, scenario: Scenario) -> Path:
    """Puts a scenario in the queue; who asks again for the same name takes the place of the request before it."""
    map_ = _map(instellingen)
    tekst = yaml.safe_dump(als_inhoud(scenario), allow_unicode=True, sort_keys=False)
    bestand = map_ / f"{scenario.naam}.yaml"
    _meld(map_, scenario, WACHT)
    schrijven.schrijf(bestand, tekst)
    return bestand


def start(instellingen: Instellingen) -> None:
    """Starts a process that works the queue off, after the one that is at it already; it ends with the program that started it."""

    # a thread that lives as long as the process: the system ends a child when the thread that began it ends
    def loop() -> None:
        with (_map(instellingen) / "log.txt").open("ab") as log:
            subprocess.run(
                [sys.executable, "-m", "pipelines.analyse.aanvraag", str(os.getpid())],
                cwd=PROJECT,
                env={**os.environ, "GGZ_DATA": str(instellingen.data.resolve())},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                check=False,
            )

    threading.Thread(target=loop, name="ggz-aanvraag", daemon=True).start()


def hervat(instellingen: Instellingen) -> None:
    """Starts again where a program was closed before the queue was empty."""
    map_ = _map(instellingen)
    if not any(map_.glob("*.yaml")):
        return
    try:
        with FileLock(map_ / SLOT, timeout=0):
            pass
    except Timeout:
        return
    start(instellingen)


def stand(instellingen: Instellingen) -> list[Stand]:
    """Every request that is known, the newest first."""
    bestanden = sorted(_map(instellingen).glob("*.json"), key=lambda p: p.stat().st_mtime_ns, reverse=True)
    return [Stand(**json.loads(bestand.read_text(encoding="utf-8"))) for bestand in bestanden]


def werk_af(instellingen: Instellingen) -> None:
    """Computes everything in the queue, one after the other, and puts the outcome where the screens read."""
    map_ = _map(instellingen)
    with FileLock(map_ / SLOT):
        while wachtend := sorted(map_.glob("*.yaml"), key=lambda p: p.stat().st_mtime_ns):
            _doe(instellingen, map_, wachtend[0])


def _doe(instellingen: Instellingen, map_: Path, bestand: Path) -> None:
    analyse = map_.parent
    gevraagd = Scenario(bestand.stem, bestand.stem)
    try:
        gevraagd = lees_bestand(bestand)
        _meld(map_, gevraagd, STAPPEN[1])
        # one writer at a time: a run that is at work is waited for
        with schrijfslot(instellingen, "een scenario van het scherm"):
            with verbinding.lees(instellingen.warehouse) as con:
                w = waarneming.lees(con)
            for stap, een in zip(STAPPEN[2:4], (BASIS, gevraagd), strict=True):
                _meld(map_, gevraagd, stap)
                opslag.reken_scenario(w, een, analyse, instellingen.threads)
            _meld(map_, gevraagd, STAPPEN[4])
            with verbinding.schrijf(instellingen.warehouse) as con:
                opslag.laad(con, analyse)
            bewaard = analyse / "scenarios" / bestand.name
            bewaard.parent.mkdir(exist_ok=True)
            bestand.replace(bewaard)
        _meld(map_, gevraagd, KLAAR)
    except (ScenarioFout, verbinding.NietTeOpenen) as fout:
        bestand.unlink(missing_ok=True)
        _meld(map_, gevraagd, MISLUKT, str(fout))
    except duckdb.Error as fout:
        bestand.unlink(missing_ok=True)
        _meld(map_, gevraagd, MISLUKT, f"er is nog niet alles om mee te rekenen: draai eerst `ggz run` ({fout})")


def _map(instellingen: Instellingen) -> Path:
    map_ = instellingen.data / "analyse" / "aangevraagd"
    map_.mkdir(parents=True, exist_ok=True)
    return map_


def _meld(map_: Path, scenario: Scenario, stap: str, melding: str = "") -> None:
    nu = Stand(scenario.naam, scenario.titel, stap, moment(datetime.now()), melding)
    schrijven.schrijf(map_ / f"{scenario.naam}.json", json.dumps(asdict(nu), ensure_ascii=False))


if __name__ == "__main__":
    kind.sterf_met_ouder(int(sys.argv[1]))
    werk_af(Instellingen())
