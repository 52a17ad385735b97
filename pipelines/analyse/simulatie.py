"""The queue itself: people arrive, wait for a place, stay and leave, day by day, for many cells and repetitions.

Belongs here: the stochastic process in numpy. Does not belong here: where its parameters come from (``model``), what a
scenario changes (``scenario``), and any table.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Proces:
    """Parameters of the process. Arrays broadcast to (cel, herhaling); those of a month have the month as first axis.

    aankomst      people a day that join the list, per month (maand, cel, herhaling)
    ligduur       mean stay in days, at least 1, per month (maand, cel, herhaling)
    plaatsen      places, per month (maand, cel, herhaling)
    variatie2     squared coefficient of variation of the stay; 1 or less is exponential (cel, herhaling)
    uitval        chance per day that someone on the list gives up, per month (maand, cel, herhaling)
    vulduur       mean days between a place and a person being free for each other and the start (cel, herhaling)
    bezetting     people in a place at the start (cel, herhaling)
    wachtlijst    people on the list at the start (cel, herhaling)
    """

    aankomst: np.ndarray
    ligduur: np.ndarray
    plaatsen: np.ndarray
    variatie2: np.ndarray
    uitval: np.ndarray
    vulduur: np.ndarray
    bezetting: np.ndarray
    wachtlijst: np.ndarray


@dataclass(frozen=True)
class Verloop:
    """Outcome per (maand, cel, herhaling)."""

    bezetting: np.ndarray  # mean places in use over the days of the month
    wachtlijst: np.ndarray  # people on the list at the end of the month
    wachtdagen: np.ndarray  # days waited in the month, over all people on the list
    van_lijst: np.ndarray  # people that left the list in the month, by start or uitval


def aandeel_kort(variatie2, ligduur):
    """Share of short stays in the two-phase stay (hyperexponential with balanced means) of that variation and mean.

    Balanced means: short and long stayers fill as many places, so a population in equilibrium is half short, half long.
    The share is bounded so that a short stay lasts a day or more. Source: Whitt (1982), Operations Research 30,
    125-147.
    """
    meer = np.maximum(variatie2, 1.0)
    return np.minimum((1 + np.sqrt((meer - 1) / (meer + 1))) / 2, np.maximum(ligduur / 2, 0.5))


def simuleer(proces: Proces, dagen_per_maand, rng: np.random.Generator) -> Verloop:
    """Runs the process in steps of a day.

    The chances per day are chosen so that mean stay, mean refill time and mean patience are exact, not approximated by
    the step.
    """
    vorm = np.broadcast_shapes(
        proces.aankomst.shape[1:], proces.ligduur.shape[1:], proces.plaatsen.shape[1:], proces.uitval.shape[1:],
        proces.vulduur.shape, proces.variatie2.shape, proces.bezetting.shape, proces.wachtlijst.shape,
    )  # fmt: skip
    uit = Verloop(*(np.zeros((len(dagen_per_maand), *vorm)) for _ in range(4)))
    kort = rng.binomial(np.broadcast_to(proces.bezetting, vorm).astype(np.int64), 0.5)
    lang = proces.bezetting - kort
    wachtend = np.broadcast_to(proces.wachtlijst, vorm).astype(np.int64)
    kans_gevuld = np.broadcast_to(1 / (1 + proces.vulduur), vorm)
    for maand, dagen in enumerate(dagen_per_maand):
        aankomst = np.broadcast_to(proces.aankomst[maand], vorm)
        plaatsen, ligduur, uitval = proces.plaatsen[maand], proces.ligduur[maand], proces.uitval[maand]
        deel_kort = aandeel_kort(proces.variatie2, ligduur)
        kans_kort_weg = np.minimum(2 * deel_kort / ligduur, 1)
        kans_lang_weg = np.minimum(2 * (1 - deel_kort) / ligduur, 1)
        bezet_dagen, wacht_dagen, van_lijst = (np.zeros(vorm, dtype=np.int64) for _ in range(3))
        for _ in range(dagen):
            kort = kort - rng.binomial(kort, kans_kort_weg)
            lang = lang - rng.binomial(lang, kans_lang_weg)
            wachtend = wachtend + rng.poisson(aankomst)
            opgegeven = rng.binomial(wachtend, uitval)
            wachtend = wachtend - opgegeven
            mogelijk = np.minimum(wachtend, np.maximum(plaatsen - kort - lang, 0))
            gestart = rng.binomial(mogelijk, kans_gevuld)
            gestart_lang = rng.binomial(gestart, 1 - deel_kort)
            kort, lang, wachtend = kort + gestart - gestart_lang, lang + gestart_lang, wachtend - gestart
            bezet_dagen += kort + lang
            wacht_dagen += wachtend
            van_lijst += gestart + opgegeven
        uit.bezetting[maand] = bezet_dagen / dagen
        uit.wachtlijst[maand] = wachtend
        uit.wachtdagen[maand] = wacht_dagen
        uit.van_lijst[maand] = van_lijst
    return uit
