"""The cookie of who signed in: identity and roles, and nothing else that the identity provider says.

Belongs here: making the answer to a sign-in small. Does not belong here: what counts of the claims (``toegang``).

Streamlit keeps all claims and both tokens in cookies. Of somebody in a hundred groups that is more than a proxy passes on (502) or a
browser keeps; a page then stays empty. What is left here is far below 4 kB however many groups there are.
"""

import json
from http.cookies import SimpleCookie

from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import AUTH_COOKIE_NAME, TOKENS_COOKIE_NAME, get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value, decode_signed_value

from pipelines.scherm.toegang import SchermInstellingen, bondig

TERUG = "/oauth2callback"
KOEKJES_MAX = 4000
"""Bytes of the cookies of who signed in, with the tokens; above it those stay out, and the provider asks before it signs out."""


class Bondig:
    """Middleware (ASGI): shortens the cookies with which somebody comes back from the identity provider."""

    def __init__(self, app):
        self._app = app

    async def __call__(self, scope, receive, send) -> None:
        async def stuur(bericht) -> None:
            if bericht["type"] == "http.response.start":
                bericht = {**bericht, "headers": verkort(bericht["headers"], SchermInstellingen())}
            await send(bericht)

        terug = scope["type"] == "http" and scope["path"].endswith(TERUG)
        await self._app(scope, receive, stuur if terug else send)


def verkort(koppen: list[tuple[bytes, bytes]], instellingen: SchermInstellingen) -> list[tuple[bytes, bytes]]:
    """The headers of an answer, in which the cookie of a user holds no more than ``toegang.bondig`` keeps."""
    gezet, rest = {}, []
    for naam, waarde in koppen:
        koek = next(iter(SimpleCookie(waarde.decode("latin-1")).values()), None) if naam == b"set-cookie" else None
        if koek is not None and koek.key.startswith(AUTH_COOKIE_NAME) and koek.value and str(koek["max-age"]) != "0":
            gezet[koek.key] = koek
        else:
            rest.append((naam, waarde))
    gebruiker = _gebruiker({naam: koek.value for naam, koek in gezet.items()})
    if gebruiker is None:
        return koppen
    kort = json.dumps(bondig(gebruiker, instellingen))
    eigen = gezet[AUTH_COOKIE_NAME]
    eigen.set(eigen.key, *[create_signed_value(get_cookie_secret(), eigen.key, kort).decode()] * 2)
    tokens = [koek for naam, koek in gezet.items() if naam.startswith(TOKENS_COOKIE_NAME)]
    if sum(len(koek.OutputString()) for koek in (eigen, *tokens)) > KOEKJES_MAX:
        for koek in tokens:  # of an earlier sign-in too
            koek.set(koek.key, "", "")
            koek["max-age"] = 0
    return rest + [(b"set-cookie", koek.OutputString().encode("latin-1")) for koek in (eigen, *tokens)]


def _gebruiker(koekjes: dict[str, str]) -> dict | None:
    """What Streamlit put in the cookies of a user, which may be cut in parts."""

    def een(naam: str) -> bytes | None:
        return decode_signed_value(get_cookie_secret(), naam, koekjes.get(naam, ""))

    inhoud = get_cookie_with_chunks(een, AUTH_COOKIE_NAME)
    return None if inhoud is None else json.loads(inhoud)
