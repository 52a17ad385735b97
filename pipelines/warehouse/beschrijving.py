"""The tables of the warehouse written down: what each is, what it is made of, and what its columns mean, from dbt's own descriptions.

python -m pipelines.warehouse.beschrijving     after a change of a model or its description
"""

from collections.abc import Iterator

from pipelines.settings import PROJECT
from pipelines.warehouse.dbt import manifest

BOEK = PROJECT / "docs" / "tabellen.md"
LAGEN = {
    "marts": "Cijfers, per regio, cluster en maand: wat een publicatie en `ggz sql` tonen",
    "kwaliteit": "Aanleveringen, bevindingen en wat er aan de cijfers ontbreekt",
    "staging": "Rijen van een bron, getypeerd; wat is afgekeurd staat er niet in",
    "referentie": "Normen, vensters, indelingen en regels, elke rij met haar herkomst: de bestanden van `seeds/`",
}


def boek() -> str:
    """The tables of ``LAGEN`` (Markdown, Dutch), each with its direct origin and its columns."""
    delen = [
        "# Tabellen\n\nGemaakt uit de beschrijvingen van dbt (`dbt_project/models/`, `seeds/`) met `python -m pipelines.warehouse.beschrijving`; "
        "wijzig het daar. Wat een leverancier aanlevert staat in het [gegevenswoordenboek](gegevenswoordenboek.md).\n"
    ]
    for laag, wat in LAGEN.items():
        delen.append(f"\n## {laag}\n\n{wat}.\n")
        for model in _modellen(laag):
            delen.append(f"\n### {model['name']}\n\n{_tekst(model['description'])}\n\n")
            if van := list(_herkomst(model)):
                delen.append(f"Uit: {', '.join(van)}.\n\n")
            delen.append("| kolom | betekenis |\n|---|---|\n")
            delen += [f"| {k['name']} | {_tekst(k['description'])} |\n" for k in model["columns"].values()]
    return "".join(delen)


def _modellen(laag: str) -> list[dict]:
    knopen = manifest()["nodes"].values()
    tabellen = (k for k in knopen if k["resource_type"] in ("model", "seed") and k["schema"] == laag)
    return sorted(tabellen, key=lambda k: k["name"])


def _herkomst(model: dict) -> Iterator[str]:
    """The tables that it reads; those that stand in this book as a link."""
    bekend = manifest()["nodes"] | manifest()["sources"]
    for ouder in sorted((bekend[o] for o in model["depends_on"].get("nodes", [])), key=lambda k: k["name"]):
        naam = ouder["name"]
        yield f"[{naam}](#{naam})" if ouder["schema"] in LAGEN else f"`{naam}`"


def _tekst(tekst: str) -> str:
    return " ".join(tekst.split()).replace("|", "\\|")


if __name__ == "__main__":
    BOEK.write_text(boek(), encoding="utf-8")
    print(f"{BOEK.relative_to(PROJECT)} geschreven")
