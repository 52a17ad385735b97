"""Days on beds of patients who could leave and cannot, by what they wait for."""

from datetime import date

import pandas as pd

from pipelines.blokken import blok, grafiek, opmaak
from pipelines.blokken.blok import Blok
from pipelines.blokken.cijfer import TOESTANDEN, per_maand
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.grafiek import Staaf
from pipelines.blokken.metrieken import maanden, metrieken, stand, van_gebied
from pipelines.blokken.opmaak import getal, h
from pipelines.blokken.samenvatting import REDENEN, herkomst


def _rijen(g: Gegevens, regio: str, cluster: str) -> list[dict]:
    """Beds alone: whoever cannot leave keeps a bed from another."""
    return van_gebied(g, "capaciteit_maand", regio, cluster, capaciteit_type="bed").to_dict("records")


def redenenblok(g: Gegevens, regio: str, cluster: str, maand: date) -> Blok:
    """Days that somebody lay where they need not, by what they waited for, month by month."""
    venster = [m for m in maanden(g) if m <= maand][-24:]
    records = _rijen(g, regio, cluster)
    per = {naam: per_maand(records, kolom, venster) for kolom, naam in REDENEN.items()}
    samen = per_maand(records, "uitgestelde_dagen", venster)
    data = [
        {
            "Maand": pd.Timestamp(m),
            "Regio": opmaak.regio(regio),
            "Cluster": opmaak.cluster(cluster),
            **{naam: cijfers[i].waarde for naam, cijfers in per.items()},
            "Samen": samen[i].waarde,
            "Toestand": TOESTANDEN[samen[i].toestand],
        }
        for i, m in enumerate(venster)
    ]
    lagen = list(per.items())
    return Blok(
        f"uitgesteld-{regio}-{cluster}",
        f"Wie weg kan maar niet weg komt, {opmaak.in_zin(opmaak.cluster(cluster))}",
        "Uitgestelde dagen op bedden per maand, naar waar iemand op wacht.",
        herkomst(g, "capaciteit_maand", samen),
        lambda b, k: grafiek.stapel(venster, lagen, samen, getal, b, "Uitgestelde dagen naar reden", k),
        ["Maand", *per, "Samen"],
        [
            [h(opmaak.maand_kort(m)), *[blok.cijfer(c[i], getal) for c in (*per.values(), samen)]]
            for i, m in enumerate(venster)
        ][::-1],
        {
            "Uitgestelde dagen": metrieken()["uitgestelde_dagen"].definitie(),
            "Vrij te spelen": metrieken()["vrij_te_spelen"].definitie(),
        },
        pd.DataFrame(data),
        breed=640,
    )


def redennu(g: Gegevens, regio: str, cluster: str, maand: date) -> Blok:
    """The same for one month, largest first, and the places that it would free."""
    records = _rijen(g, regio, cluster)
    nu = [Staaf(naam, per_maand(records, kolom, [maand])[0]) for kolom, naam in REDENEN.items()]
    staven = sorted(nu, key=lambda s: -(s.cijfer.waarde if s.cijfer.bekend else -1))
    vrij = stand(g, "vrij_te_spelen").bij(maand, regio, cluster)
    onder = f"Dagen op bedden in {opmaak.maand(maand)}."
    if vrij.bekend:
        onder += f" Samen zo veel als {getal(vrij.waarde, 1)} bedden die de hele maand bezet zijn."
    return Blok(
        f"redenen-{regio}-{cluster}-{maand:%Y-%m}",
        "Waarop wordt gewacht?",
        onder,
        herkomst(g, "capaciteit_maand", [s.cijfer for s in nu], maand),
        lambda b, k: grafiek.staven(staven, getal, min(b, 420), "Uitgestelde dagen naar reden", k, hoogte=30),
        ["Reden", "Dagen"],
        [[h(s.naam), blok.cijfer(s.cijfer, getal)] for s in staven],
        data=pd.DataFrame(
            [
                {
                    "Maand": pd.Timestamp(maand),
                    "Regio": opmaak.regio(regio),
                    "Cluster": opmaak.cluster(cluster),
                    "Reden": s.naam,
                    "Uitgestelde dagen": s.cijfer.waarde,
                    "Toestand": TOESTANDEN[s.cijfer.toestand],
                }
                for s in staven
            ]
        ),
        breed=420,
    )
