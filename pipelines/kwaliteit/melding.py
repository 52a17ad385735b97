"""Telling owners after a run what is new in the findings: by mail or by webhook, and a record of what was sent.

Belongs here: who is told what, and sending it. Does not belong here: what is new (``verandering``) and who owns it (``eigenaar``).
A message names findings and never a row: neither values nor row numbers leave the monitor this way.
"""

import json
import smtplib
import ssl
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from functools import cache, partial
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from pipelines import contract
from pipelines.fundament import seeds
from pipelines.fundament.nederlands import getal, telwoord
from pipelines.kwaliteit import eigenaar, verandering
from pipelines.kwaliteit.bevinding import ERNST, Bevindingen
from pipelines.kwaliteit.eigenaar import Eigenaar
from pipelines.settings import Instellingen

MEESTE = 50  # findings named in one message; the rest is a number
TIJD = 15  # seconds that a server may take to answer
_TABEL = """
CREATE TABLE IF NOT EXISTS bevinding_melding (
  moment TEXT NOT NULL, eigenaar TEXT NOT NULL, contact TEXT NOT NULL, bevindingen TEXT NOT NULL, fout TEXT
);
"""


class MeldingInstellingen(BaseSettings):
    """Read from the environment with prefix ``GGZ_MELDING_``; without ``smtp`` no mail is sent, without a contact nothing."""

    model_config = SettingsConfigDict(env_prefix="GGZ_MELDING_", extra="ignore")

    smtp: str = Field("", description="mail server as host:port")
    starttls: bool = Field(True, description="encrypt the connection with the mail server")
    gebruiker: str = Field("", description="name to log in with at the mail server; empty: no login")
    wachtwoord: SecretStr = Field(SecretStr(""), description="password that goes with it")
    afzender: str = Field("ggz-monitor@localhost", description="address that the mail comes from")
    steward: str = Field("", description="address or webhook for findings that eigenaren.csv gives to nobody")
    sjabloon: Path | None = Field(
        None, description="JSON that a webhook is sent, with {titel}, {tekst} and {aantal} in its texts"
    )
    pogingen: int = Field(3, ge=1, description="times that sending is tried")
    pauze: float = Field(2, ge=0, description="seconds before the second try; twice as long before each next one")


@dataclass(frozen=True)
class Gemeld:
    """A message to one owner: how many findings it named, and why it did not go, or None."""

    eigenaar: str
    contact: str
    aantal: int
    fout: str | None


def verstuur(instellingen: Instellingen, keuzes: MeldingInstellingen | None = None) -> list[Gemeld]:
    """Tells each owner with a contact what came or opened again in the last run; a message that does not go is only recorded."""
    keuzes = keuzes or MeldingInstellingen()
    nieuw = verandering.gezien(instellingen.register)
    eigenaren = eigenaar.lees(eigenaar.pad(instellingen))
    if not nieuw or not (keuzes.steward or any(rij["contact"].strip() for rij in eigenaren)):
        return []
    with Bevindingen(instellingen.warehouse, instellingen.register) as open_:
        alle = open_.lijst()
    per_eigenaar: dict[Eigenaar, list[dict]] = {}
    for bevinding in alle:
        if bevinding["bevinding"] in nieuw:
            per_eigenaar.setdefault(eigenaar.van(bevinding, eigenaren), []).append(bevinding)
    uit = []
    for wie, bevindingen in per_eigenaar.items():
        contact = wie.contact or (keuzes.steward if wie == Eigenaar() else "")
        if contact:
            blokkerend = sum(
                b["ernst"] == "blokkerend" and b["actueel"] and eigenaar.van(b, eigenaren) == wie for b in alle
            )
            titel, tekst = bericht(wie.naam, bevindingen, nieuw, blokkerend)
            fout = _probeer(partial(_stuur, keuzes, contact, titel, tekst, len(bevindingen)), keuzes)
            uit.append(Gemeld(wie.naam, _te_tonen(contact), len(bevindingen), fout))
            _onthoud(instellingen.register, uit[-1], [b["bevinding"] for b in bevindingen])
    return uit


def bericht(naam: str, bevindingen: list[dict], nieuw: dict[str, str], blokkerend: int) -> tuple[str, str]:
    """Subject and text of the message to one owner."""
    aantal = len(bevindingen)
    titel = f"ggz-monitor: {telwoord(aantal, 'bevinding is', 'bevindingen zijn')} nieuw of heropend"
    regels = [f"Voor {naam}, na de laatste verwerking:", ""]
    for b in bevindingen[:MEESTE]:
        waar = ", ".join(_waar(b))
        maanden = b["laatste_maand"] or ""
        regels.append(
            f"- {nieuw[b['bevinding']]}, {ERNST.get(b['ernst'], b['ernst'])}: {b['code']} {b['titel']} ({waar}; {maanden}) kenmerk {b['bevinding']}"
        )
    regels += [f"- en nog {getal(aantal - MEESTE)}"] if aantal > MEESTE else []
    regels += [
        "",
        f"Nu open, over wat niet meetelt in de cijfers: {telwoord(blokkerend, 'bevinding', 'bevindingen')}.",
        "Meer over een bevinding: de pagina Bevindingen, of ggz bevinding toon KENMERK.",
    ]
    return titel, "\n".join(regels)


def _waar(b: dict) -> Iterator[str]:
    """Region, source and supplier, in words."""
    if b["iza_regio"]:
        yield _regios().get(b["iza_regio"], b["iza_regio"])
    if b["bron"]:
        yield contract.lees(b["bron"]).naam
    if b["leverancier"]:
        yield f"leverancier {b['leverancier']}"


@cache
def _regios() -> dict[str, str]:
    return {r["iza_regio"]: r["naam"] for r in seeds.lees("iza_regio")}


def verzonden(register: Path) -> list[tuple]:
    """What was sent: moment, owner, contact, findings, and why it did not go."""
    with closing(verandering.open_register(register)) as con:
        con.executescript(_TABEL)
        return con.execute("SELECT * FROM bevinding_melding ORDER BY rowid").fetchall()


def _onthoud(register: Path, gemeld: Gemeld, kenmerken: Iterable[str]) -> None:
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    with closing(verandering.open_register(register)) as con, con:
        con.executescript(_TABEL)
        rij = (moment, gemeld.eigenaar, gemeld.contact, " ".join(kenmerken), gemeld.fout)
        con.execute("INSERT INTO bevinding_melding VALUES (?, ?, ?, ?, ?)", rij)


def _probeer(stuur: Callable[[], None], keuzes: MeldingInstellingen) -> str | None:
    """Tries until it goes; why the last try did not, without what a server says of the address."""
    fout = None
    for poging in range(keuzes.pogingen):
        if poging:
            time.sleep(keuzes.pauze * 2 ** (poging - 1))
        try:
            stuur()
            return None
        except (OSError, smtplib.SMTPException, ValueError) as reden:
            fout = (
                f"{type(reden).__name__}: {getattr(reden, 'reason', None) or getattr(reden, 'strerror', None) or reden}"
            )
    return fout


def _stuur(keuzes: MeldingInstellingen, contact: str, titel: str, tekst: str, aantal: int) -> None:
    if _is_webhook(contact):
        _haak(keuzes, contact, {"titel": titel, "tekst": f"{titel}\n{tekst}", "aantal": str(aantal)})
    else:
        _mail(keuzes, contact, titel, tekst)


def _mail(keuzes: MeldingInstellingen, adres: str, titel: str, tekst: str) -> None:
    if not keuzes.smtp:
        raise ValueError("GGZ_MELDING_SMTP is niet gezet")
    post = EmailMessage()
    post["From"], post["To"], post["Subject"] = keuzes.afzender, adres, titel
    post["Date"], post["Message-ID"] = formatdate(localtime=True), make_msgid(domain="ggz-monitor")
    post["Auto-Submitted"] = "auto-generated"
    post.set_content(tekst)
    host, _, poort = keuzes.smtp.partition(":")
    with smtplib.SMTP(host, int(poort or 25), timeout=TIJD) as server:
        if keuzes.starttls:
            server.starttls(context=ssl.create_default_context())
        if keuzes.gebruiker:
            server.login(keuzes.gebruiker, keuzes.wachtwoord.get_secret_value())
        server.send_message(post)


def _haak(keuzes: MeldingInstellingen, adres: str, velden: dict[str, str]) -> None:
    sjabloon = json.loads(keuzes.sjabloon.read_text(encoding="utf-8")) if keuzes.sjabloon else {"text": "{tekst}"}
    vraag = urllib.request.Request(
        adres, json.dumps(_vul(sjabloon, velden)).encode(), {"Content-Type": "application/json"}, method="POST"
    )
    with urllib.request.urlopen(vraag, timeout=TIJD):
        pass


def _vul(deel, velden: dict[str, str]):
    """The template with its fields filled in, in every text of it."""
    if isinstance(deel, dict):
        return {naam: _vul(waarde, velden) for naam, waarde in deel.items()}
    if isinstance(deel, list):
        return [_vul(waarde, velden) for waarde in deel]
    if isinstance(deel, str):
        for naam, waarde in velden.items():
            deel = deel.replace(f"{{{naam}}}", waarde)
    return deel


def _is_webhook(contact: str) -> bool:
    return contact.startswith(("http://", "https://"))


def _te_tonen(contact: str) -> str:
    """The contact as it may be shown and kept: the path of a webhook is a secret."""
    return f"webhook op {urlsplit(contact).hostname}" if _is_webhook(contact) else contact
