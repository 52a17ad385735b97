"""``ggz controleer`` gives the verdict of the intake on every file of the demo, row by row."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.aanlevering.controle import keuren
from pipelines.aanlevering.opslag import opslagpad
from pipelines.aanlevering.register import Register
from pipelines.settings import Instellingen

OORDEEL = ["rijnummer", "codes", "regels"]
PAS_BIJ_DE_INNAME = "B05"  # the file alone does not tell that this version came before with another content


def test_controleer_en_inname_zijn_het_over_elk_bestand_van_de_demo_eens(demo, warehouse):
    instellingen = Instellingen(data=demo.data)
    gekeurd: dict[str, list[pa.Table]] = {}
    verdicten = keuren.controleer(
        keuren.bestanden([instellingen.landing]),
        toon=lambda v, rijen: gekeurd.setdefault(v.pad, []).append(rijen.select(OORDEEL)),
    )
    with Register(instellingen.register) as register:
        ingenomen = {str(instellingen.landing / lev.pad): lev for lev in register.leveringen()}

    assert {v.pad for v in verdicten} == set(ingenomen) and len(verdicten) > 100
    for v in verdicten:
        lev = ingenomen[v.pad]
        if lev.code == PAS_BIJ_DE_INNAME:
            continue
        assert [code for code, _ in v.weigeringen] == ([lev.code] if lev.code else []), Path(v.pad).name
        if lev.code is None:
            bewaard = pq.read_table(opslagpad(instellingen, lev), columns=OORDEEL, partitioning=None)
            gezien = pa.concat_tables(gekeurd[v.pad]).cast(bewaard.schema)
            assert gezien.equals(bewaard), Path(v.pad).name
