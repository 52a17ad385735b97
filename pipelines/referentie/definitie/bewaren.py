"""Keeping a judged version in the settings of the data root, where the next run finds it, and taking it out.

Belongs here: the file of a version, written in one step. Does not belong here: what is in it (``lezen``) and whether it should be
(``toets``).
"""

import json
from pathlib import Path

from pipelines.fundament import schrijven, seeds
from pipelines.referentie.definitie.lezen import RIJ, Definitie
from pipelines.referentie.werkblad import Onbruikbaar
from pipelines.settings import Instellingen
from pipelines.warehouse import definities
from pipelines.warehouse.definities import REGEL, VERSIE


def neem_op(instellingen: Instellingen, definitie: Definitie, omschrijving: str, bron: str) -> Path:
    """Keeps the version, in the place of one with that name; returns the file."""
    tabellen = {
        tabel: [{k: waarde for k, waarde in rij.items() if k != RIJ} for rij in rijen]
        for tabel, rijen in definitie.tabellen.items()
    }
    tabellen[VERSIE] = [
        {"versie": definitie.versie, "standaard": "N", "omschrijving": omschrijving, "bron": bron},
    ]
    bestand = definities.bestand(instellingen, definitie.versie)
    schrijven.schrijf(bestand, json.dumps(tabellen, ensure_ascii=False, indent=1))
    return bestand


def verwijder(instellingen: Instellingen, versie: str) -> None:
    """Takes a version out of the settings; `Onbruikbaar` when it is not one that was taken in."""
    bestand = definities.bestand(instellingen, versie)
    if versie not in definities.eigen(instellingen):
        reden = "is meegeleverd en blijft" if versie in definities.meegeleverd() else "is niet opgenomen"
        raise Onbruikbaar(f"versie {versie} {reden}; ggz definitie lijst toont wat er is")
    bestand.unlink()


def lijst(instellingen: Instellingen) -> list[tuple[str, str, int, str]]:
    """Every version that the next run computes: name, where it comes from, how many rules, and its description."""
    meegeleverd = seeds.lees(REGEL)
    omschrijving = {rij["versie"]: rij for rij in seeds.lees(VERSIE)}
    versies = [
        (
            versie,
            "standaard" if omschrijving.get(versie, {}).get("standaard") == "J" else "meegeleverd",
            len({rij["volgorde"] for rij in meegeleverd if rij["versie"] == versie}),
            omschrijving.get(versie, {}).get("omschrijving", ""),
        )
        for versie in definities.meegeleverd()
    ]
    for versie, tabellen in definities.eigen(instellingen).items():
        if versie not in definities.meegeleverd():
            regels = len({rij["volgorde"] for rij in tabellen[REGEL]})
            versies.append((versie, "opgenomen", regels, tabellen[VERSIE][0]["omschrijving"]))
    return versies
