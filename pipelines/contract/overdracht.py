"""What the intake hands over to the warehouse beside the columns of a contract: types and meanings of its own columns."""

from pipelines import contract

LEVERING = {
    "bestand": ("VARCHAR", "bestandsnaam"),
    "sha256": ("VARCHAR", "sha256 van het bestand zoals aangeleverd"),
    "bron": ("VARCHAR", "bron volgens de bestandsnaam; leeg als de naam niet past"),
    "maand": ("VARCHAR", "aanlevermaand, jjjj-mm"),
    "iza_regio": ("VARCHAR", "regio van de aanbieder"),
    "leverancier": ("VARCHAR", "AGB- of UZOVI-code van wie levert"),
    "versie": ("INTEGER", "versie van de aanlevering"),
    "code": ("VARCHAR", "B01..B05 als de aanlevering is geweigerd, leeg als zij is ingenomen"),
    "toelichting": ("VARCHAR", "waarom zij is geweigerd en wat te doen"),
    "rijen_gelezen": ("BIGINT", "gelezen rijen, 0 als zij is geweigerd"),
    "moment": ("TIMESTAMP", "wanneer het oordeel viel (UTC)"),
    "regels": ("VARCHAR", "kenmerk van de regels waarmee de rijen zijn gelezen"),
    "gemengde_decimalen": ("VARCHAR", "kolommen waarin decimalen met een komma en met een punt staan"),
    "ingetrokken": ("VARCHAR", "waarom een ingenomen aanlevering niet meer telt, en wie dat zei; leeg als zij telt"),
    "sleutel": (
        "VARCHAR",
        "versie van de sleutel van de pseudoniemen waarmee de rijen zijn gelezen; leeg als zij zonder sleutel zijn gelezen",
    ),
}

BRON = {
    "bron": ("VARCHAR", "soort aanlevering"),
    "naam": ("VARCHAR", "de bron in woorden"),
    "regio": ("VARCHAR", "de regio van een landelijke bron; leeg als regio's haar leveren"),
    "verplicht": ("BOOLEAN", "waar als elke regio haar levert en haar maanden maanden van de cijfers zijn"),
    "ritme": (
        "VARCHAR",
        "maandelijks: wie eens leverde, is elke maand een aanlevering verschuldigd; vrij: er is geen ritme",
    ),
    "met": ("VARCHAR", "de bron waarmee zij wordt ingenomen; leeg als zij een eigen map heeft"),
    "uniek_binnen": (
        "VARCHAR",
        "waarbinnen een sleutel één keer voorkomt: leverancier, bestand, of leeg voor alle actieve aanleveringen samen",
    ),
}

RIJ = {
    "bron": ("VARCHAR", "soort aanlevering"),
    "bestand": ("VARCHAR", "bestandsnaam van de aanlevering"),
    "rijnummer": ("BIGINT", "nummer van de gegevensrij, vanaf 1, zonder kop en lege rijen"),
    "sleutel": ("VARCHAR", "de sleutel van de rij als tekst; leeg als zij er geen houdt"),
    "regels": ("VARCHAR[]", "regels van contract en suite die de rij overtreedt"),
    "codes": ("VARCHAR", "codes waarom de rij op zichzelf is afgekeurd; leeg als zij deugt"),
    "rij": ("VARCHAR", "de rij als aangeleverd (JSON), alleen als zij op zichzelf is afgekeurd"),
}

REGEL = {
    "bron": ("VARCHAR", "soort aanlevering"),
    "regel": ("VARCHAR", "naam van de regel van contract of suite"),
    "kolom": ("VARCHAR", "kolom waarover zij gaat; leeg als zij over de hele rij gaat"),
    "code": ("VARCHAR", "code die een rij krijgt die haar breekt"),
    "uitleg": ("VARCHAR", "waaraan een rij moet voldoen, in woorden"),
}

_OORDEEL = {
    "bestand": ("VARCHAR", "bestandsnaam van de aanlevering"),
    "rijnummer": ("BIGINT", "nummer van de gegevensrij, vanaf 1, zonder kop en lege rijen"),
    "aanlevermaand_eind": ("DATE", "laatste dag van de aanlevermaand"),
    "uit_bericht": ("BOOLEAN", "waar als de rij uit een 573-bericht komt"),
    "vormfout": ("VARCHAR[]", "kolommen met een cel van de verkeerde vorm"),
    "regels": ("VARCHAR[]", "regels van contract en suite die de rij overtreedt"),
    "codes": (
        "VARCHAR",
        "codes waarom de rij op zichzelf is afgekeurd, met komma's; leeg als zij deugt (A04 volgt later)",
    ),
    "controleregels": ("VARCHAR", "controleregels (VC) van het 573-bericht die de rij overtreedt"),
    "rij": ("VARCHAR", "de rij als aangeleverd (JSON, zonder A06-waarden), alleen als zij is afgekeurd"),
}


def oordeelkolommen(bron: str) -> dict[str, tuple[str, str]]:
    """Type and meaning of the columns that the intake adds to the rows of ``bron``."""
    wissen = contract.lees(bron).wissen
    return _OORDEEL | {w.merk: ("BOOLEAN", f"waar als {w.kolom} is gewist {w.uitleg} ({w.code})") for w in wissen}


def alle_rijen() -> str:
    """SQL of table ``aanlevering.rij``: what the rows of every source have in common, from their own tables."""
    return " UNION ALL ".join(_gemeen(bron) for bron in contract.bronnen())


def _gemeen(bron: str) -> str:
    # where a part of the key is missing or refused it is NULL, and so is the key
    delen = " || chr(31) || ".join(f'"{kolom}"' for kolom in contract.lees(bron).sleutel) or "NULL::VARCHAR"
    return (
        f"SELECT '{bron}' AS bron, bestand, rijnummer, {delen} AS sleutel, regels, codes, rij FROM aanlevering.{bron}"
    )


def regels() -> list[dict[str, str | None]]:
    """The rows of ``REGEL``."""
    return [
        {"bron": bron, "regel": r.naam, "kolom": r.kolom or None, "code": r.code, "uitleg": r.uitleg}
        for bron in contract.bronnen()
        for r in contract.lees(bron).regels
    ]
