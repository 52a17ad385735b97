"""Every figure leads to its entry in the dictionary: the table it comes from, with all of its columns."""

import re

import pytest

from pipelines.blokken import gegevens, kaart
from pipelines.blokken.gebruiker import Gebruiker
from pipelines.blokken.metrieken import metrieken, stand
from pipelines.blokken.opmaak import ALLE
from pipelines.blokken.samenvatting import BRON_VAN, herkomst
from pipelines.publicatie import beschrijving
from pipelines.scherm.paginas.regio import overzicht
from pipelines.scherm.paginas.uitleg import tabel_uitleg
from tests.scherm.schermwereld import MAANDEN, MIJN


@pytest.mark.parametrize(
    "tabel", sorted({m.mart for m in metrieken().values()} | set(BRON_VAN) & set(beschrijving.tabellen()))
)
def test_van_elke_tabel_staan_alle_kolommen_en_waar_zij_uit_komt(tabel):
    html = tabel_uitleg(tabel)
    _, kolommen = beschrijving.tabellen()[tabel]
    assert kolommen and all(f"<code>{k}</code>" in html for k in kolommen)
    links = re.findall(r'uitleg\?tabel=(\w+)"', html)
    assert set(links) <= set(beschrijving.tabellen())
    assert links or not set(beschrijving.herkomst(tabel)) & set(beschrijving.tabellen())


def test_een_figuur_wijst_naar_de_tabel_waar_zij_uit_komt(opname):
    g = gegevens.voor(opname, Gebruiker("r", "regio", MIJN))
    assert herkomst(g, "wachttijd_maand").tabel == "wachttijd_maand"
    assert herkomst(g, "alles").tabel == ""
    assert 'href="uitleg"' in overzicht.zes_clusters(g, MIJN, MAANDEN[3]).als_html()


def test_ook_een_figuur_zonder_eigen_omschrijving_wijst_naar_haar_tabel(opname):
    g = gegevens.voor(opname, Gebruiker("r", "landelijk"))
    lijst = kaart.ranglijst(g, stand(g, "wachtplekken"), ALLE, MAANDEN[3], "")
    assert not lijst.definities
    assert 'href="uitleg?tabel=wachttijd_maand"' in lijst.als_html()
