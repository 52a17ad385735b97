"""An OpenID Connect provider on 127.0.0.1, small enough to know what it does, for the test of signing in.

Belongs here: the authorization code flow (OpenID Connect Core 3.1) with PKCE and RP-initiated logout. Its sign-in page has a
button per account; an account is a set of claims. It refuses an unknown client, address of return, code or verifier.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, GEHEIM = "capaciteitsmonitor", "alleen-voor-de-toets"


class Aanbieder:
    """``accounts``: claims per name; a claim that can be called is worked out at every sign-in."""

    def __init__(self, accounts: dict[str, dict], terug: str):
        self.accounts, self.terug = accounts, terug
        self.sleutel = RSAKey.generate_key(2048, {"kid": "toets", "use": "sig", "alg": "RS256"})
        self.codes: dict[str, tuple[str, dict[str, str]]] = {}
        self.uitgelogd = 0
        self.adres = ""

    def beschrijving(self) -> dict[str, object]:
        return {
            "issuer": self.adres,
            "authorization_endpoint": f"{self.adres}/inloggen",
            "token_endpoint": f"{self.adres}/token",
            "jwks_uri": f"{self.adres}/jwks",
            "end_session_endpoint": f"{self.adres}/uitloggen",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def token(self, naam: str, vraag: dict[str, str]) -> dict[str, object]:
        nu = int(time.time())
        claims = {"iss": self.adres, "aud": CLIENT, "sub": naam, "name": naam, "iat": nu, "exp": nu + 3600}
        claims |= {k: v() if callable(v) else v for k, v in self.accounts[naam].items()}
        if "nonce" in vraag:
            claims["nonce"] = vraag["nonce"]
        getekend = jwt.encode({"alg": "RS256", "kid": "toets"}, claims, self.sleutel)
        return {"access_token": secrets.token_hex(16), "token_type": "Bearer", "expires_in": 3600, "id_token": getekend}

    def wissel(self, vraag: dict[str, str], kop: str) -> dict[str, object]:
        """A code against a token; raises ValueError where something is not as it was agreed on."""
        if kop.startswith("Basic "):
            client, _, geheim = base64.b64decode(kop[6:]).decode().partition(":")
        else:
            client, geheim = vraag.get("client_id"), vraag.get("client_secret")
        naam, begin = self.codes.pop(vraag.get("code", ""), (None, {}))
        if naam is None or (client, geheim) != (CLIENT, GEHEIM) or vraag.get("redirect_uri") != self.terug:
            raise ValueError("onbekende client, code of terugkeeradres")
        if "code_challenge" in begin:
            som = hashlib.sha256(vraag.get("code_verifier", "").encode()).digest()
            if base64.urlsafe_b64encode(som).rstrip(b"=").decode() != begin["code_challenge"]:
                raise ValueError("code_verifier past niet")
        return self.token(naam, begin)


@contextmanager
def draaiend(accounts: dict[str, dict], terug: str) -> Iterator[Aanbieder]:
    """A running provider that sends users back to ``terug`` alone."""
    aanbieder = Aanbieder(accounts, terug)

    class Antwoord(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            pad, vraag = urlsplit(self.path).path, _plat(urlsplit(self.path).query)
            if pad == "/.well-known/openid-configuration":
                self._json(aanbieder.beschrijving())
            elif pad == "/jwks":
                self._json({"keys": [aanbieder.sleutel.as_dict(private=False)]})
            elif pad == "/inloggen":
                self._inloggen(vraag)
            elif pad == "/uitloggen":
                aanbieder.uitgelogd += 1
                self._naar(vraag["post_logout_redirect_uri"])
            else:
                self.send_error(404)

        def do_POST(self) -> None:
            vraag = _plat(self.rfile.read(int(self.headers["Content-Length"])).decode())
            try:
                self._json(aanbieder.wissel(vraag, self.headers.get("Authorization", "")))
            except ValueError as fout:
                self._json({"error": "invalid_grant", "error_description": str(fout)}, 400)

        def _inloggen(self, vraag: dict[str, str]) -> None:
            if (vraag.get("client_id"), vraag.get("redirect_uri")) != (CLIENT, aanbieder.terug):
                self.send_error(400, "onbekende client of terugkeeradres")
            elif "als" in vraag:
                code = secrets.token_urlsafe(16)
                aanbieder.codes[code] = (vraag["als"], vraag)
                self._naar(f"{aanbieder.terug}?{urlencode({'code': code, 'state': vraag['state']})}")
            else:
                knoppen = "".join(
                    f'<p><a href="/inloggen?{escape(urlencode(vraag | {"als": naam}))}">{escape(naam)}</a></p>'
                    for naam in aanbieder.accounts
                )
                self._stuur(f'<!DOCTYPE html><html lang="nl"><title>Inloggen</title>{knoppen}</html>', "text/html")

        def _json(self, inhoud: dict[str, object], status: int = 200) -> None:
            self._stuur(json.dumps(inhoud), "application/json", status)

        def _stuur(self, tekst: str, soort: str, status: int = 200) -> None:
            self.send_response(status)
            self.send_header("Content-Type", f"{soort}; charset=utf-8")
            self.end_headers()
            self.wfile.write(tekst.encode())

        def _naar(self, adres: str) -> None:
            self.send_response(302)
            self.send_header("Location", adres)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Antwoord) as server:
        aanbieder.adres = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield aanbieder
        finally:
            server.shutdown()


def _plat(tekst: str) -> dict[str, str]:
    return {k: v[0] for k, v in parse_qs(tekst).items()}
