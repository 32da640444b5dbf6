"""Logins of stores: from the environment or a netrc file, never from the command line; shown to nobody."""

from __future__ import annotations

import base64
import netrc
import os
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from buendnis_graph.errors import EndpointError, ReadError, UsageError

USER, PASSWORD, TOKEN = "BUENDNIS_PUSH_USER", "BUENDNIS_PUSH_PASSWORD", "BUENDNIS_PUSH_TOKEN"
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Login:
    """Who logs in: a user with a password, or whoever bears a token.

    Args:
        user: the name.
        password: of the user.
        token: instead of both.
        host: the only one that is sent the login, as a file of logins names it; empty for whichever is asked.
    """

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    host: str = ""


def find_login(url: str, environment: Mapping[str, str] = os.environ) -> Login | None:
    """Return the login for a server; None if none is named.

    Looked for in the environment (:data:`TOKEN`, or :data:`USER` and :data:`PASSWORD`), then under the name of the host
    in the file that ``NETRC`` names or ``~/.netrc`` (https://www.gnu.org/software/inetutils/manual, "The .netrc file").

    Args:
        url: of the server.
        environment: where variables stand.

    Raises:
        UsageError: if a user is named without a password, or the other way round.
        ReadError: if the file can't be read.
    """
    if token := environment.get(TOKEN, ""):
        return Login(token=token)
    user, password = environment.get(USER, ""), environment.get(PASSWORD, "")
    if bool(user) != bool(password):
        raise UsageError(f"{USER} and {PASSWORD} belong together.", hint="Set both, or neither.")
    if user:
        return Login(user, password)
    path, host = Path(environment.get("NETRC") or Path.home() / ".netrc"), urlsplit(url).hostname or ""
    try:
        found = netrc.netrc(str(path)).authenticators(host)
    except FileNotFoundError:
        return None
    except (OSError, netrc.NetrcParseError, UnicodeDecodeError) as error:
        raise ReadError(
            "can't be read as a netrc file.", path=path, hint="machine HOST login USER password …"
        ) from error
    return Login(found[0], found[2] or "", host=host) if found else None


class Logins:
    """Signs requests, once a server has said how it wants that.

    Args:
        login: who logs in; None for nobody.
    """

    def __init__(self, login: Login | None) -> None:
        self._login = login
        self._challenges: dict[str, str] = {}
        self._passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        self._digest = urllib.request.HTTPDigestAuthHandler(self._passwords)

    def meet(self, url: str, ask: Callable[[], urllib.error.HTTPError | None]) -> None:
        """Find out how a server wants to be logged in to, unless that is known or there is nobody to log in."""
        login = self._login_for(url)
        if login is not None and not login.token and (place := _place(url)) not in self._challenges:
            self._challenges[place] = ""
            if (refused := ask()) is not None:
                self.learn(url, refused)
                refused.close()

    def learn(self, url: str, refused: urllib.error.HTTPError) -> bool:
        """Take up how a server wants to be logged in to; return whether that is worth another try.

        Raises:
            EndpointError: if it wants what can't be done, or in a way that others could read.
        """
        login = self._login_for(url)
        if login is None or login.token:
            return False
        place, offered = _place(url), refused.headers.get_all("WWW-Authenticate") or []
        for kind in ("digest", "basic"):
            for one in offered:
                if one.lower().startswith(kind):
                    is_new = not self._challenges.get(place)
                    self._challenges[place] = one
                    return is_new or kind == "digest"  # what is signed by Digest grows old
        return False

    def sign(self, request: urllib.request.Request) -> None:
        """Put the login into a request, where no redirect takes it along.

        Raises:
            EndpointError: if others could read it on its way.
        """
        login = self._login_for(request.full_url)
        if login is None:
            return
        place, challenge = _place(request.full_url), self._challenges.get(_place(request.full_url), "")
        kind, _, rest = challenge.partition(" ")
        if login.token:
            value = f"Bearer {login.token}"
        elif kind.lower() == "digest":
            value = self._signed(request, place, rest, login)
        elif kind.lower() == "basic":
            pair = f"{login.user}:{login.password}".encode()
            value = f"Basic {base64.b64encode(pair).decode()}"
        else:
            return
        parts = urlsplit(place)
        if not value.startswith("Digest") and parts.scheme != "https" and parts.hostname not in _HERE:
            raise EndpointError(
                f"{place} would be sent the login unencrypted.", hint="Give its address with https://, or use a tunnel."
            )
        request.add_unredirected_header("Authorization", value)

    def _login_for(self, url: str) -> Login | None:
        """Return the login if it may be sent there: a file of logins names one for each host."""
        login = self._login
        return login if login is None or login.host in {"", urlsplit(url).hostname} else None

    def _signed(self, request: urllib.request.Request, place: str, rest: str, login: Login) -> str:
        challenge = urllib.request.parse_keqv_list(list(filter(None, urllib.request.parse_http_list(rest))))
        self._passwords.add_password(None, place, login.user, login.password)
        try:
            signed = self._digest.get_authorization(request, challenge)
        except (ValueError, KeyError):
            signed = None
        if not signed:
            raise EndpointError(
                f"{place} wants a login of a kind that is not supported.",
                hint="Digest (with ASCII characters) and Basic are.",
            )
        return f"Digest {signed}"


def _place(url: str) -> str:
    return url.partition("?")[0]
