"""What is written down of the contracts: the data dictionary and dbt's description of its sources, both made from them.

python -m pipelines.contract.beschrijving     after a change of a contract or a suite
"""

from pathlib import Path

import yaml

from pipelines import contract
from pipelines.contract.overdracht import BRON, LEVERING, REGEL, RIJ, oordeelkolommen
from pipelines.settings import PROJECT, van_project

WOORDENBOEK = PROJECT / "docs" / "gegevenswoordenboek.md"
DBT_BRONNEN = van_project("dbt_project") / "models" / "bronnen.yml"


def woordenboek() -> str:
    """The data dictionary (Markdown, Dutch): per bron every column with its form, whether it is required, rules and meaning."""
    delen = [
        "# Gegevenswoordenboek\n\nGemaakt uit `pipelines/contract/` en `expectations/` met "
        "`python -m pipelines.contract.beschrijving`; wijzig het daar.\n"
    ]
    for bron in contract.bronnen():
        grens = contract.lees(bron)
        delen.append(
            f"\n## {bron}\n\n{grens.naam}. {grens.omschrijving} Een rij is {grens.korrel}.\n\n{_levering(grens)}\n"
        )
        delen.append(
            "\n| kolom | vorm | eenheid | verplicht | betekenis | afgekeurd tenzij |\n|---|---|---|---|---|---|\n"
        )
        for k in grens.kolommen:
            regels = [
                f"{r.uitleg} ({r.code})"
                for r in grens.regels
                if r.kolom == k.naam and not r.naam.endswith(("_verplicht", "_vorm"))
            ]
            vorm = k.type + (f", hooguit {k.maximaal} tekens" if k.maximaal else "")
            cellen = [k.kop, vorm, k.eenheid or "", "ja" if k.verplicht else "", k.betekenis, "; ".join(regels)]
            delen.append("| " + " | ".join(c.replace("|", "\\|") for c in cellen) + " |\n")
    return "".join(delen)


def _levering(grens: contract.Contract) -> str:
    wie = f"landelijk ({grens.regio}, {grens.leverancier})" if grens.regio else "elke regio"
    uniek = {"leverancier": " per leverancier", "bestand": " binnen het bestand", None: ""}[grens.uniek_binnen]
    feiten = {
        "Wie": f"{wie}; {'verplicht' if grens.verplicht else 'niet verplicht'}",
        "Ritme": grens.ritme,
        "Map": f"`{grens.map}/`",
        "Formaten": ", ".join(grens.formaten),
        "Sleutel": f"{', '.join(grens.sleutel)}{uniek}" if grens.sleutel else "geen",
    }
    return " ".join(f"{wat}: {hoe}." for wat, hoe in feiten.items())


def _tabel(naam: str, omschrijving: str, kolommen: dict[str, tuple[str, str]]) -> dict:
    velden = [{"name": k, "description": betekenis} for k, (_, betekenis) in kolommen.items()]
    return {"name": naam, "description": omschrijving, "columns": velden}


def dbt_bronnen() -> str:
    """The sources of the dbt project (YAML): every column that the intake hands over, with its meaning."""
    tabellen = [
        _tabel(
            "levering", "Elk bestand dat ooit is gezien, met zijn oordeel; één rij per bestand en inhoud.", LEVERING
        ),
        _tabel("bron", "Elke bron die een contract heeft; één rij per bron.", BRON),
        _tabel("rij", "Wat de rijen van alle bronnen gemeen hebben; één rij per gelezen rij, ook een afgekeurde.", RIJ),
        _tabel("regel", "Elke regel van contract en suite die een rij kan afkeuren; één rij per bron en regel.", REGEL),
    ]
    for bron in contract.bronnen():
        grens = contract.lees(bron)
        kolommen = {k.naam: k.betekenis + (f" ({k.eenheid})" if k.eenheid else "") for k in grens.kolommen}
        tabel = _tabel(bron, f"Alle gelezen rijen, ook afgekeurde; een rij is {grens.korrel}.", oordeelkolommen(bron))
        tabel["columns"] = [{"name": k, "description": b} for k, b in kolommen.items()] + tabel["columns"]
        tabel["config"] = {"meta": {"bron": bron, "verplicht": grens.verplicht, "kolommen": list(kolommen)}}
        tabellen.append(tabel)
    bronnen = {
        "version": 2,
        "sources": [
            {
                "name": "aanlevering",
                "schema": "aanlevering",
                "description": "Wat de inname overdraagt (pipelines/warehouse/bronnen.py).",
                "tables": tabellen,
            }
        ],
    }
    kop = "# Gemaakt met: python -m pipelines.contract.beschrijving; wijzig pipelines/contract/\n"
    return kop + yaml.safe_dump(bronnen, allow_unicode=True, sort_keys=False, width=120)


def beschrijvingen() -> dict[Path, str]:
    """Every file that is made from the contracts, with what should be in it."""
    return {WOORDENBOEK: woordenboek(), DBT_BRONNEN: dbt_bronnen()}


if __name__ == "__main__":
    for pad, inhoud in beschrijvingen().items():
        pad.write_text(inhoud, encoding="utf-8")
        print(f"{pad.relative_to(PROJECT)} geschreven")
