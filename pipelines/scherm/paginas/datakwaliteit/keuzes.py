"""The sources in words, the region chosen among them, and the line under a figure that says where it is from."""

import pandas as pd

from pipelines import contract
from pipelines.blokken import opmaak
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.uitvoer import Herkomst
from pipelines.fundament.nederlands import datum
from pipelines.scherm.paginas import kiezen

BRONNEN = {bron: contract.lees(bron).naam for bron in contract.bronnen()}
REGIONAAL = {bron: BRONNEN[bron] for bron in contract.mappen() if contract.lees(bron).regio is None}


def herkomst(g: Gegevens, wat: str) -> Herkomst:
    return Herkomst((f"Bron: {wat}", f"Stand: {datum(g.bron.moment)}", f"Zicht: {g.wie.omschrijving()}"))


def regio(naam: str, df: pd.DataFrame) -> str:
    """A region of which there are rows, or all of them."""
    opties = ["alle", *opmaak.gebieden_van(df)]
    return kiezen.keuze("Regio", naam, opties, "alle", lambda r: "Alle regio's" if r == "alle" else opmaak.regio(r))
