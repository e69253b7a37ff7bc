"""A casefile served to a team by `recuento serve --team`: the real processes, on a line that is encrypted."""

from __future__ import annotations

import json
import socket
import ssl
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.client import HTTPSConnection
from pathlib import Path

from served_casefile import Answer, Client

_MEMBERS = """
import json, sys, time
from pathlib import Path
from recuento.casefile.settings.settings import read_settings
from recuento.workbench.team.site import set_up_team
case, members = Path(sys.argv[1]), json.loads(sys.argv[2])
set_up_team(case, read_settings(case / "recuento.toml").serve)
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.test import Client
from recuento.workbench.roles import Role
from recuento.workbench.team.roster import add, set_roles
hashed = make_password("caballo-pila-grapa-2031")
sessions = {}
for name, roles in members.items():
    add(name, name="", roles=[], by="test")
    user = get_user_model().objects.get(username=name)
    user.password = hashed
    user.save()
    if {"publisher", "keeper-of-names"} & set(roles):
        TOTP.activate(user, generate_totp_secret())
    set_roles(name, [Role(role) for role in roles], by="test")
    client = Client()
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
    sessions[name] = client.cookies["__Host-recuento"].value
print(json.dumps(sessions))
"""


class SecureClient(Client):
    """The same browser without script, on a line that is encrypted."""

    def raw(self, method: str, path: str, fields: dict[str, str] | None = None, host: str | None = None) -> Answer:
        """One request, no redirect followed."""
        unchecked = ssl._create_unverified_context()
        return self.on(HTTPSConnection(self.host, timeout=60, context=unchecked), method, path, fields, host)


def make_members(case: Path, members: dict[str, list[str]]) -> dict[str, str]:
    """Members with these roles, all with one password; gives the session cookie of each, signed in, with
    a second factor given again just now."""
    done = subprocess.run(
        [sys.executable, "-c", _MEMBERS, str(case), json.dumps(members)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


def tell_how_to_serve(case: Path, *, workers: int = 1) -> None:
    """Write [serve] into recuento.toml, with a certificate made for the occasion."""
    subprocess.run(
        ["openssl", "req", "-new", "-x509", "-days", "2", "-nodes", "-newkey", "ec", "-pkeyopt",
         "ec_paramgen_curve:prime256v1", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
         "-keyout", case.parent / "server.key", "-out", case.parent / "server.crt"],
        capture_output=True, check=True,
    )  # fmt: skip
    serve = (
        f'\n[serve]\nhosts = ["localhost"]\nworkers = {workers}\n'
        f'certificate = "{case.parent / "server.crt"}"\nkey = "{case.parent / "server.key"}"\n'
    )
    path = case / "recuento.toml"
    path.write_text(path.read_text(encoding="utf-8") + serve, encoding="utf-8")


def trusting(case: Path) -> str:
    """What tells Chromium to take the certificate of that server for a good one: without it no security key answers."""
    read = subprocess.run(["openssl", "x509", "-in", case.parent / "server.crt", "-pubkey", "-noout"],
                          capture_output=True, check=True)  # fmt: skip
    key = subprocess.run(["openssl", "pkey", "-pubin", "-outform", "der"], input=read.stdout, capture_output=True,
                         check=True)  # fmt: skip
    return f"--ignore-certificate-errors-spki-list={b64encode(sha256(key.stdout).digest()).decode()}"


def give_roles(case: Path, name: str, *roles: str) -> None:
    """Let a member hold these roles, with the command for it."""
    command = [sys.executable, "-m", "recuento.cli.main", "serve", "users", "roles", name, *roles, "-C", str(case)]
    subprocess.run(command, capture_output=True, check=True)


@contextmanager
def serving_team(case: Path) -> Iterator[str]:
    """The address at which the team reaches the casefile."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port = line.getsockname()[1]
    command = [sys.executable, "-m", "recuento.cli.main", "--lang", "es", "serve", "--team", "--port", str(port)]
    process = subprocess.Popen([*command, "-C", str(case)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stderr is not None
    try:
        assert process.stdout.readline().strip() == "https://localhost", process.stderr.read()
        _wait_for(port)
        yield f"https://localhost:{port}"
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
        process.stdout.close()
        process.stderr.close()


def signed_in(address: str, session: str) -> SecureClient:
    """A browser without script in which a member has signed in."""
    return SecureClient(address, {"__Host-recuento": session})


def _wait_for(port: int) -> None:
    """Wait until a worker answers: gunicorn says that it is ready before they do."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        connection = HTTPSConnection("localhost", port, timeout=60, context=ssl._create_unverified_context())
        try:
            connection.request("GET", "/me/login/", headers={"Host": f"localhost:{port}"})
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise AssertionError("the team's server did not answer")
