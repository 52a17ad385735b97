"""What claims and beds say of the same care where they disagree (ZPM-13), to stand beside the figure that it touches."""

from collections.abc import Callable
from datetime import date

import pandas as pd

from pipelines.blokken import opmaak
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.opmaak import LANDELIJK, getal, h

CODE = "ZPM-13"
Noot = Callable[[bool], str]


def botsingen(g: Gegevens, gebied: str, maand: date) -> dict[str, Noot]:
    """Per cluster of a region a note as HTML, with or without a link, for the newest month up to ``maand`` that could be compared.

    Claims come late: the month compared is often before that of the figures. The country has no such comparison.
    """
    vergeleken = None if gebied == LANDELIJK else _laatst_vergeleken(g, gebied, maand)
    if vergeleken is None:
        return {}
    df = g.tabel("zpm_mismatch", code=CODE, iza_regio=gebied, maand=vergeleken)
    return {r["cluster"]: _noot(r, gebied, vergeleken) for r in df.to_dict("records")}


def _laatst_vergeleken(g: Gegevens, gebied: str, maand: date) -> date | None:
    stroom, bedden = (g.tabel(t, iza_regio=gebied) for t in ("stroom_maand", "capaciteit_maand"))
    if stroom.empty or bedden.empty:
        return None
    kan = stroom[(stroom["status"] == "definitief") & stroom["geleverd"].astype(bool)]
    met_bedden = set(pd.to_datetime(bedden.loc[bedden["geleverd"].astype(bool), "maand"]).dt.date)
    return max((m for m in pd.to_datetime(kan["maand"]).dt.date if m <= maand and m in met_bedden), default=None)


def _noot(rij: dict, gebied: str, maand: date) -> Noot:
    tekst = (
        f"Declaraties en bedden spreken elkaar tegen ({CODE}): in {opmaak.maand(maand)} waren volgens declaraties {getal(rij['waarde_b'])} mensen in zorg, "
        f"en volgens de beddenopgave {getal(rij['waarde_a'])} plaatsen in gebruik (bedden en ambulant samen). Het cijfer hier komt uit de beddenopgave."
    )
    link = f' <a href="datakwaliteit?kwaliteit_onderwerp=zpm&amp;zpmregio={h(gebied)}" target="_self">Meer over deze botsing</a>'
    return lambda met_link: f'<span class="merk let">Let op</span> {h(tekst)}{link if met_link else ""}'
