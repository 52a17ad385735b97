"""Every page says what its figures do not say, in two sentences: its own, or those of a figure on it."""

import pytest

from pipelines.blokken import capaciteit, inwoners, niet, voorziening
from pipelines.scherm.paginas import datakwaliteit, landelijk, regio

MET_EIGEN = {"capaciteit": capaciteit, "inwoners": inwoners, "voorzieningen": voorziening}
PAGINAS = [
    f"{familie}-{onderwerp}"
    for familie, module in (("regio", regio), ("landelijk", landelijk), ("datakwaliteit", datakwaliteit))
    for onderwerp in module.ONDERWERPEN
]


@pytest.mark.parametrize("pagina", PAGINAS)
def test_elke_pagina_heeft_twee_zinnen(pagina):
    eigen = MET_EIGEN.get(pagina.split("-")[1])
    if eigen:
        assert niet.zegt_niet(pagina) == ""
        assert eigen.NIET_GEZEGD.count(". ") == 1 and eigen.NIET_GEZEGD.endswith(".")
        return
    zinnen = niet.ZEGT_NIET[pagina]
    assert len(zinnen) == 2
    assert all(z.endswith(".") and ". " not in z for z in zinnen)
    assert niet.zegt_niet(pagina).count("<li>") == 2


def test_geen_zinnen_voor_een_pagina_die_er_niet_is():
    assert set(niet.ZEGT_NIET) <= set(PAGINAS)
