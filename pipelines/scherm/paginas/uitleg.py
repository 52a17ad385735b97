"""What the signs and figures mean: the legend, and every definition as it stands with the dbt models."""

import streamlit as st

from pipelines.blokken import blok, opmaak
from pipelines.blokken.metrieken import metrieken
from pipelines.blokken.opmaak import h
from pipelines.fundament import seeds
from pipelines.fundament.nederlands import kort
from pipelines.publicatie import beschrijving
from pipelines.scherm import plaats


def pagina() -> None:
    st.title("Uitleg")
    if (tabel := st.query_params.get("tabel")) in beschrijving.tabellen():
        with st.container(key="vak-tabel"):
            plaats.html(tabel_uitleg(tabel), f"tabel-{tabel}")
    with st.container(key="vak-legenda"):
        plaats.html(f"<h2>Hoe zeker is een cijfer?</h2>{blok.legenda()}", "legenda")
    with st.container(key="vak-clusters"):
        rijen = [[h(opmaak.cluster(r["cluster"])), h(r["omschrijving"]), h(r["niveau"])] for r in seeds.lees("cluster")]
        plaats.html(
            "<h2>De zes clusters, en wat erbuiten valt</h2>"
            + blok.tabel(["Cluster", "Wat eronder valt", "Niveau"], rijen, links=3),
            "clusters",
        )
    with st.container(key="vak-definities"):
        regels = [
            [
                h(m.naam),
                h(m.definitie() or "nog zonder omschrijving"),
                f'<a href="uitleg?tabel={h(m.mart)}" target="_self"><code>{h(m.mart)}.{h(m.kolom)}</code></a>',
            ]
            for m in metrieken().values()
        ]
        plaats.html(
            "<h2>Definities</h2>" + blok.tabel(["Cijfer", "Definitie", "Waar het staat"], regels, links=3), "definities"
        )
    with st.container(key="vak-normen"):
        normen = [
            [h(r["omschrijving"]), h(r["bron"]), kort(float(r["waarde"])), h(r["eenheid"])]
            for r in seeds.lees("norm")
            if float(r["waarde"]) > 1e-6
        ]
        normen += [[h(r["omschrijving"]), h(r["bron"]), r["treeknorm_dagen"], "dagen"] for r in seeds.lees("wachtfase")]
        plaats.html("<h2>Normen</h2>" + blok.tabel(["Norm", "Bron", "Waarde", "Eenheid"], normen, links=2), "normen")


def tabel_uitleg(naam: str) -> str:
    """A table of the warehouse: what it is, which tables it is made of, and every column of it."""
    wat, kolommen = beschrijving.tabellen()[naam]
    van = [t for t in beschrijving.herkomst(naam) if t in beschrijving.tabellen()]
    uit = ", ".join(f'<a href="uitleg?tabel={h(t)}" target="_self"><code>{h(t)}</code></a>' for t in van)
    rijen = [[f"<code>{h(k)}</code>", h(opmaak.leesbaar(betekenis))] for k, betekenis in kolommen.items()]
    return (
        f"<h2>Tabel <code>{h(naam)}</code></h2><p>{h(opmaak.leesbaar(wat))}</p>"
        + (f"<p>Uit: {uit}.</p>" if uit else "")
        + blok.tabel(["Kolom", "Betekenis"], rijen, links=2)
    )
