"""The commands on keepers and sealed sources are wired up, from making a key to destroying a source."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line import said
from custody_case import filled
from recuento.casefile.casefile import Casefile
from recuento.casefile.sealing.packets import make_packet
from vault_case import AT, SECRETS

WORDS = "cinco palabras que nadie adivina"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with an invented casefile in `case`, closed, two key files, and a file with their passphrase."""
    filled(tmp_path).close()
    (tmp_path / "words").write_text(f"{WORDS}\n", encoding="utf-8")
    return tmp_path


def test_from_a_key_to_a_destroyed_source(place: Path) -> None:
    """Keys are made, a keeper added, a source sealed, opened, granted, revoked, destroyed; each says what it did."""
    case, words = place / "case", ("--passphrase-file", place / "words")
    code, public = said("keeper", "new", place / "eva.key", *words)
    assert code == 0 and public.startswith("age1")
    assert said("keeper", "add", "eva", place / "eva.key.pub", "-C", case)[0] == 0
    code, out = said(
        "seal", "source", "--party", "relatives", "--class-es", "familiar", "--class-en", "relative",
        "--json", "-C", case,
    )  # fmt: skip
    source = json.loads(out)["source"]
    for kind in ("name", "notes"):
        code, out = said("seal", "add", source, kind, "-C", case, typed=SECRETS[kind])
        assert code == 0 and SECRETS[kind] not in out
    (place / "carta.txt").write_text("hola", encoding="utf-8")
    assert said("seal", "add", source, "file", "--file", place / "carta.txt", "-C", case)[0] == 0
    code, out = said("seal", "list", "-C", case)
    assert code == 0 and f"{source}" in out and "3 parts" in out and "Ubaldina" not in out
    opening = ("seal", "open", source, "--keeper", place / "eva.key", *words, "-C", case)
    code, out = said(*opening, "--why", "prepare a visit", "--files", place / "out")
    assert code == 0 and SECRETS["name"] in out and "carta.txt" in out
    assert [path.read_text() for path in (place / "out").iterdir()] == ["hola"]
    with Casefile.open(case) as casefile:
        (place / "one.sealed").write_bytes(make_packet(casefile, source, "eva", purpose="otra visita", by="a", at=AT))
    packet = ("seal", "packet", place / "one.sealed", "--keeper", place / "eva.key", *words)
    code, out = said(*packet, "--files", place / "packed")
    assert code == 0 and SECRETS["name"] in out
    assert [path.read_text() for path in (place / "packed").iterdir()] == ["hola"]
    assert said("seal", "packet", place / "carta.txt", "--keeper", place / "eva.key", *words)[0] == 4
    assert said(*opening, "--why", "x")[0] == 4
    assert said(*opening, "--why", "prepare a visit", "--files", case / "out")[0] == 4
    code, out = said("keeper", "list", "--json", "-C", case)
    assert {one["keeper"]: one["sources"] for one in json.loads(out)} == {"ana": 2, "luis": 2, "eva": 1}
    assert said("seal", "revoke", "luis", source, "-C", case)[0] == 0
    grant = ("seal", "grant", "luis", source, "--keeper", place / "eva.key", *words, "-C", case)
    assert said(*grant) == (0, "luis can open 1 sources more.\n")
    assert said("seal", "destroy", source, "--yes", "-C", case)[0] == 0
    assert said("keeper", "remove", "eva", "-C", case)[0] == 0
    assert said("seal", "sweep", "-C", case)[0] == 0
    assert said("seal", "editions", "-C", case) == (0, "Nothing in clear that is blank in public.\n")
    assert said("verify", "-C", case)[0] == 0


def test_a_key_is_split_and_joined(place: Path) -> None:
    """Two of three parts make the key again; one does not, and a wrong passphrase opens nothing."""
    words = ("--passphrase-file", place / "words")
    _, public = said("keeper", "new", place / "eva.key", *words)
    code, out = said("keeper", "split", place / "eva.key", place / "parts", *words)
    parts = [line for line in out.splitlines() if line.endswith(".txt")]
    assert code == 0 and len(parts) == 3
    code, again = said("keeper", "join", place / "again.key", parts[0], parts[2], *words)
    assert code == 0 and again.split()[0] == public.split()[0]
    assert said("keeper", "join", place / "no.key", parts[0], *words)[0] == 3
    (place / "wrong").write_text("otra frase de paso\n", encoding="utf-8")
    code, out = said("keeper", "split", place / "eva.key", place / "x", "--passphrase-file", place / "wrong")
    assert code == 4 and "passphrase does not open" in out


def test_a_document_is_marked_confidential(place: Path) -> None:
    """Marked by the beginning of its hash; the mark can be taken away; an unknown one is refused."""
    case = place / "case"
    sha256 = next(path.name for path in sorted((case / "originals").glob("*/*")))
    assert said("seal", "document", sha256[:10], "--undo", "-C", case) == (0, f"{sha256[:12]}: not marked\n")
    code, out = said("seal", "document", sha256[:10], "-C", case)
    assert code == 0 and out.startswith(f"{sha256[:12]}: confidential\nName, title, author and origin: sealed.\n")
    assert "one.txt: is still there" in out
    assert said("seal", "document", "f" * 64, "-C", case)[0] == 4


def test_locked_unlocked_backed_up_and_carried(place: Path) -> None:
    """The commands that close, carry and keep a casefile each do so and say what they did."""
    case, words = place / "case", ("--passphrase-file", place / "words")
    said("keeper", "new", place / "eva.key", *words)
    said("keeper", "add", "eva", place / "eva.key.pub", "-C", case)
    key = ("--keeper", place / "eva.key", *words)
    code, out = said("lock", "-C", case)
    assert code == 0 and out.startswith("Locked: 1 lists with 2 entries, 1 originals.")
    code, out = said("link", "lists", "-C", case)
    assert code == 5 and "recuento unlock" in out
    code, out = said("backup", place / "case.age", "--to-keepers", "-C", case)
    assert code == 0 and "opened by: ana, eva, luis" in out
    assert said("restore", place / "case.age", place / "no")[0] == 5
    assert said("restore", place / "case.age", place / "again", *key)[0] == 0
    assert said("unlock", *key, "-C", place / "again")[0] == 0
    code, out = said("publish", place / "out", "-C", case)
    assert code == 3 and "--without-keeper" in out
    code, out = said("publish", place / "out", "--without-keeper", "-C", case)
    assert code == 0 and "NOT looked for" in out
    assert said("publish", place / "out", *key, "-C", case)[0] == 0
    assert said("seal", "check", place / "out", *key, "-C", case)[0] == 0
    code, out = said("travel", place / "road", "-C", case)
    assert code == 0 and "stay at home" in out
    code, out = said("travel", place / "road", "--back", "-C", case)
    assert code == 0 and "0 documents" in out
    assert said("verify", "-C", case)[0] == 0
