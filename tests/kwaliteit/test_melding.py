"""Alerts against a real mail server and a real web server on this machine."""

import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import duckdb
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from pipelines.kwaliteit import eigenaar, melding, verandering
from tests.kwaliteit.conftest import hand_warehouse

GEHEIM = "123456782"  # stands in the explanation of a finding, and may go nowhere


@pytest.fixture
def nieuw(instellingen):
    """A run after which these findings (kenmerk, region, severity) are open."""

    def _nieuw(*bevindingen: tuple[str, str, str]) -> None:
        hand_warehouse(instellingen.warehouse)
        rijen = ", ".join(map(str, bevindingen))
        with duckdb.connect(str(instellingen.warehouse)) as con:
            con.execute(
                "CREATE OR REPLACE TABLE kwaliteit.bevinding_basis AS SELECT bevinding, 'A03' AS code, 'onbekende wet' AS titel, ernst, "
                "'bedden' AS bron, iza_regio, '0403' AS leverancier, NULL::VARCHAR AS agb_vestiging, 'wet' AS oorzaak, "
                "'2024-01' AS eerste_maand, '2024-01' AS laatste_maand, 1 AS maanden, 3::BIGINT AS omvang, 3::BIGINT AS omvang_totaal, "
                f"true AS actueel, '{GEHEIM}' AS toelichting, '' AS actie, '' AS pagina FROM (VALUES {rijen}) AS t(bevinding, iza_regio, ernst)"
            )
        verandering.leg_vast(instellingen)

    return _nieuw


class Postbus(Message):
    def __init__(self):
        super().__init__()
        self.post = []

    def handle_message(self, bericht):
        self.post.append(bericht)


@pytest.fixture
def postbus():
    bus = Postbus()
    with socket.socket() as vrij:
        vrij.bind(("127.0.0.1", 0))
        poort = vrij.getsockname()[1]
    server = Controller(bus, hostname="127.0.0.1", port=poort)
    server.start()
    bus.adres = f"127.0.0.1:{poort}"
    yield bus
    server.stop()


@pytest.fixture
def haak():
    """A web server that keeps what it is sent; it answers 503 as long as ``weigert`` is above nought."""

    class Haak(BaseHTTPRequestHandler):
        ontvangen, weigert = [], 0

        def do_POST(self):
            inhoud = self.rfile.read(int(self.headers["Content-Length"]))
            weigert, Haak.weigert = Haak.weigert, Haak.weigert - 1
            if weigert <= 0:
                Haak.ontvangen.append(json.loads(inhoud))
            self.send_response(503 if weigert > 0 else 200)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Haak)
    Haak.adres = f"http://127.0.0.1:{server.server_port}/services/geheim"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Haak
    server.shutdown()


def keuzes(**anders):
    return melding.MeldingInstellingen(starttls=False, pauze=0, **anders)


def test_elke_eigenaar_krijgt_een_mail_met_precies_wat_nieuw_is_en_geen_rij(instellingen, nieuw, postbus):
    eigenaar.pad(instellingen).write_text(
        "iza_regio,bron,eigenaar,contact\nZK01,,Zuid,zuid@voorbeeld.nl\nZK03,,Stil,\n"
    )
    nieuw(("a" * 12, "ZK20", "blokkerend"))
    nieuw(("a" * 12, "ZK20", "blokkerend"), ("b" * 12, "ZK01", "signaal"), ("c" * 12, "ZK03", "signaal"))
    gemeld = melding.verstuur(instellingen, keuzes(smtp=postbus.adres, steward="steward@voorbeeld.nl"))
    assert gemeld == [melding.Gemeld("Zuid", "zuid@voorbeeld.nl", 1, None)]
    (bericht,) = postbus.post
    tekst = bericht.get_payload(decode=True).decode()
    assert (bericht["To"], bericht["Subject"]) == (
        "zuid@voorbeeld.nl",
        "ggz-monitor: 1 bevinding is nieuw of heropend",
    )
    nieuwe = verandering.gezien(instellingen.register)
    assert {b for b in ("a" * 12, "b" * 12) if b in tekst} == {b for b in nieuwe if b != "c" * 12} == {"b" * 12}
    assert (
        "A03 onbekende wet (Amstelland en De Meerlanden, Bedden, leverancier 0403; 2024-01)" in tekst
        and "Nu open, over wat niet meetelt in de cijfers: 0 bevindingen." in tekst
    )
    assert GEHEIM not in bericht.as_string()


def test_zonder_nieuws_gaat_er_niets(instellingen, nieuw, postbus):
    nieuw(("a" * 12, "ZK20", "blokkerend"))
    nieuw(("a" * 12, "ZK20", "blokkerend"))
    assert melding.verstuur(instellingen, keuzes(smtp=postbus.adres, steward="s@voorbeeld.nl")) == []
    assert postbus.post == []


def test_een_webhook_krijgt_json_naar_sjabloon_en_wordt_nog_eens_geprobeerd(instellingen, nieuw, haak, tmp_path):
    haak.weigert = 2
    nieuw(("a" * 12, "ZK20", "blokkerend"))
    sjabloon = tmp_path / "teams.json"
    sjabloon.write_text('{"type": "message", "delen": [{"kop": "{titel}", "aantal": "{aantal}"}], "versie": 1}')
    (gemeld,) = melding.verstuur(instellingen, keuzes(steward=haak.adres, sjabloon=sjabloon))
    assert gemeld == melding.Gemeld("steward", "webhook op 127.0.0.1", 1, None)
    titel = "ggz-monitor: 1 bevinding is nieuw of heropend"
    assert haak.ontvangen == [{"type": "message", "delen": [{"kop": titel, "aantal": "1"}], "versie": 1}]


def test_wat_niet_gaat_wordt_onthouden_en_houdt_de_anderen_niet_tegen(instellingen, nieuw, haak, postbus):
    haak.weigert = 9
    eigenaar.pad(instellingen).write_text(f"iza_regio,bron,eigenaar,contact\nZK01,,Zuid,{haak.adres}\n")
    nieuw(("a" * 12, "ZK20", "blokkerend"), ("b" * 12, "ZK01", "signaal"))
    gemeld = melding.verstuur(instellingen, keuzes(smtp=postbus.adres, steward="s@voorbeeld.nl"))
    assert {m.eigenaar: m.fout is None for m in gemeld} == {"steward": True, "Zuid": False}
    assert haak.weigert == 6 and len(postbus.post) == 1
    onthouden = {
        wie: (contact, kenmerken, fout) for _, wie, contact, kenmerken, fout in melding.verzonden(instellingen.register)
    }
    assert onthouden["steward"] == ("s@voorbeeld.nl", "a" * 12, None)
    assert onthouden["Zuid"][:2] == ("webhook op 127.0.0.1", "b" * 12) and "HTTPError" in onthouden["Zuid"][2]
    assert "geheim" not in str(onthouden)


def test_zonder_mailserver_zegt_de_melding_wat_er_te_zetten_is(instellingen, nieuw):
    nieuw(("a" * 12, "ZK20", "blokkerend"))
    (gemeld,) = melding.verstuur(instellingen, keuzes(steward="s@voorbeeld.nl", pogingen=1))
    assert gemeld.fout == "ValueError: GGZ_MELDING_SMTP is niet gezet"
