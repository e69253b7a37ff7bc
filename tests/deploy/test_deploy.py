"""What `deploy/` says is what runs: its scripts, its server command and its proxy's settings, on loopback.

The images are not built here: the scripts and settings they hold are run as they stand, with PostgreSQL and Caddy of
the system.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path

import pytest

from postgres_server import Server, server_or_skip

yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
pytest.importorskip("allauth", reason="the extra serve is not installed")

DEPLOY = Path(__file__).parents[2] / "deploy"


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of the scripts: `recuento` is the one under test."""
    folder = tmp_path_factory.mktemp("bin")
    program = folder / "recuento"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m recuento.cli.main --lang en "$@"\n')
    program.chmod(0o755)
    return {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"}


def run(script: str, *words: object, env: dict[str, str]) -> str:
    """Run one of the scripts; gives what it said."""
    done = subprocess.run([DEPLOY / script, *map(str, words)], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def address_of(server: Server) -> str:
    """An empty database of the server."""
    return server.address(server.new_database())


def test_the_compose_file_says_what_the_other_files_hold():
    """Every file it builds from is there, nothing but the proxy has a port, and every variable is explained."""
    text = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    services = yaml.safe_load(text)["services"]
    assert {name for name, one in services.items() if "ports" in one} == {"proxy"}
    explained = (DEPLOY / "env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"\$\{(\w+)", text)) <= set(re.findall(r"^(\w+)=", explained, re.M))
    build = services["workbench"]["build"]
    assert (DEPLOY / build["context"] / build["dockerfile"]).is_file()
    told = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    for line in re.findall(r"^COPY (.+)$", told, re.M):
        for source in line.split()[:-1]:
            assert (DEPLOY.parent / source).exists(), source
    assert 'CMD ["recuento", "serve", "--team", "-C", "/casefile"]' in told
    port = re.search(r"_PORT = (\d+)", (DEPLOY.parent / "src/recuento/cli/commands/serve.py").read_text())
    assert port and services["proxy"]["environment"]["RECUENTO_UPSTREAM"] == f"workbench:{port[1]}"
    for script in re.findall(r"deploy/([\w-]+)", re.search(r"^COPY deploy/.*$", told, re.M)[0]):
        assert os.access(DEPLOY / script, os.X_OK)
        assert f"workbench {script}" in (DEPLOY / "README.md").read_text(encoding="utf-8")


_COMPOSE = [shutil.which("docker-compose")] if shutil.which("docker-compose") else ["docker", "compose"]


def _has_compose() -> bool:
    if shutil.which(_COMPOSE[0] or "") is None:
        return False
    return subprocess.run([*_COMPOSE, "version"], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not _has_compose(), reason="Docker Compose is not installed (apt-get install docker-compose)")
def test_compose_itself_takes_the_file(tmp_path):
    """Without an engine: every key is one that it knows, and what is not filled in is asked for by name."""
    command = [*_COMPOSE, "--file", str(DEPLOY / "compose.yaml"), "config"]
    filled = {"RECUENTO_HOST": "recuento.example", "RECUENTO_DB_PASSWORD": "x"}
    plain = {name: value for name, value in os.environ.items() if not name.startswith("RECUENTO_")}
    done = subprocess.run(command, env=plain | filled, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    services = yaml.safe_load(done.stdout)["services"]
    assert services["workbench"]["environment"]["PGPASSWORD"] == "x" and services["workbench"]["read_only"]
    empty = subprocess.run(command, env=plain, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert empty.returncode != 0 and "write it in .env" in empty.stderr


@pytest.fixture(scope="module")
def made(commands: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A team's casefile as `first` makes it, on a database of its own, with a document and a member."""
    server = server_or_skip()
    folder = tmp_path_factory.mktemp("deploy")
    env = {
        **commands,
        "PGPASSWORD": os.environ["PGPASSWORD"],
        "RECUENTO_CASEFILE": str(folder / "one"),
        "RECUENTO_HOST": "localhost",
        "RECUENTO_LISTEN": "127.0.0.1",
    }
    run("first", env=env | {"RECUENTO_SERVER": address_of(server)})
    (folder / "nota.txt").write_text("La directora dijo que 12 internos fueron trasladados.", encoding="utf-8")
    for words in (["preserve", folder / "nota.txt"], ["serve", "users", "add", "ana", "--role", "analyst"]):
        done = subprocess.run(["recuento", *map(str, words), "-C", folder / "one"], env=env, capture_output=True)
        assert done.returncode == 0, done.stderr
    return folder, env


def test_a_team_is_saved_and_brought_back_into_an_empty_place(made):
    """Users, tables and originals are the same in another folder and another database, and what is there is kept."""
    from recuento.casefile.casefile import Casefile
    from recuento.store import copying
    from recuento.workbench.team.keeping import _COUNTED, _rows

    folder, env = made
    run("save", folder / "backup", env=env)
    server = address_of(server_or_skip())
    run(
        "bring-back", folder / "backup", env=env | {"RECUENTO_CASEFILE": str(folder / "two"), "RECUENTO_SERVER": server}
    )
    assert not list(folder.glob("bring-back.*")) and not (folder / "backup" / "copy.part").exists()
    seen = []
    for case in (folder / "one", folder / "two"):
        with Casefile.open(case) as casefile, casefile.database.reading() as connection:
            users = [_rows(case / "workbench" / "workbench.sqlite3", table) for table in _COUNTED]
            originals = {path.name: path.read_bytes() for path in (case / "originals").rglob("?" * 64)}
            seen.append((copying.contents(connection), users, originals))
    assert seen[0] == seen[1] and len(seen[0][1][0]) == 1 and len(seen[0][2]) == 1
    again = subprocess.run([DEPLOY / "save", folder / "backup"], env=env, capture_output=True)
    assert again.returncode != 0


@pytest.mark.skipif(shutil.which("caddy") is None, reason="Caddy is not installed (apt-get install caddy)")
def test_the_proxy_and_the_server_answer_over_tls(made, tmp_path):
    """The Caddyfile as it stands, before the very command of the image, on PostgreSQL: over TLS, never in plain."""
    folder, env = made
    web, plain, back = (free_port() for _ in range(3))
    caddyfile = tmp_path / "Caddyfile"
    options = f"{{\n\tadmin off\n\tlocal_certs\n\tskip_install_trust\n\thttp_port {plain}\n\thttps_port {web}\n}}\n"
    caddyfile.write_text(options + (DEPLOY / "Caddyfile").read_text(encoding="utf-8"), encoding="utf-8")
    proxy_env = env | {"RECUENTO_UPSTREAM": f"127.0.0.1:{back}", "XDG_DATA_HOME": str(tmp_path), "HOME": str(tmp_path)}
    serve = ["recuento", "serve", "--team", "--port", str(back), "-C", str(folder / "one")]
    running = [
        subprocess.Popen(serve, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE),
        subprocess.Popen(
            ["caddy", "run", "--config", str(caddyfile), "--adapter", "caddyfile"],
            env=proxy_env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        ),
    ]  # fmt: skip
    try:
        status, headers, text = answered(web)
        assert status == 200 and "csrfmiddlewaretoken" in text
        run("answers", env=env | {"RECUENTO_PORT": str(back)})
        assert "__Host-recuento=" in headers["set-cookie"] and "Secure" in headers["set-cookie"]
        assert headers["strict-transport-security"].startswith("max-age=31536000")
        connection = HTTPConnection("localhost", plain, timeout=20)
        connection.request("GET", "/me/login/")
        sent_on = connection.getresponse()
        assert sent_on.status in (301, 308) and sent_on.getheader("location").startswith("https://localhost")
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(20)
        running[0].stderr.close()


def answered(port: int) -> tuple[int, dict[str, str], str]:
    """What the proxy answers, once both are up."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        connection = HTTPSConnection("localhost", port, timeout=30, context=ssl._create_unverified_context())
        try:
            connection.request("GET", "/me/login/", headers={"Host": "localhost"})
            answer = connection.getresponse()
            if answer.status != 502:
                return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read().decode()
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.2)
    raise AssertionError("the proxy did not answer")


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port: int = line.getsockname()[1]
        return port
