"""The address of a server: what it says, what it may not hold, and where the password is looked for instead."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recuento.errors import InvalidValue
from recuento.store.server_address import ServerAddress, Tls, password_for, server_address

NAMES = st.text(st.characters(categories=["L", "N"], include_characters=" .:@\\*-_"), min_size=1, max_size=12)


@given(user=NAMES, database=NAMES, port=st.integers(1, 65535))
def test_an_address_is_read_as_it_is_written(user: str, database: str, port: int) -> None:
    """User, host, port and database come back, whatever signs the names hold."""
    found = server_address(f"postgresql://{quote(user, safe='')}@db.example.org:{port}/{quote(database, safe='')}")
    assert found == ServerAddress(database, user, "db.example.org", port, None, Tls.VERIFY_FULL)


@pytest.mark.parametrize(
    ("text", "tls"),
    [
        ("postgresql://a@localhost/c", Tls.DISABLE),
        ("postgresql://a@127.0.0.1/c", Tls.DISABLE),
        ("postgresql://a@[::1]/c", Tls.DISABLE),
        ("postgresql://a@/c?host=/run/postgresql", Tls.DISABLE),
        ("postgresql://a@db/c", Tls.VERIFY_FULL),
        ("postgresql://a@10.0.0.1/c", Tls.VERIFY_FULL),
        ("postgresql://a@db/c?sslmode=disable", Tls.DISABLE),
        ("postgresql+pg8000://a@localhost/c?sslmode=require", Tls.REQUIRE),
    ],
)
def test_only_this_machine_is_spoken_to_plainly(text: str, tls: Tls) -> None:
    """Any other server needs a checked certificate, unless the address gives that up in words."""
    assert server_address(text).tls is tls


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("postgresql://ana:s3cr3t@db/c", "PGPASSWORD"),
        ("postgresql://ana:s3cr3t@db:x/c", "is written"),
        ("postgresql://ana@db", "is written"),
        ("mysql://ana:s3cr3t@db/c", "is written"),
        ("postgresql+psycopg://ana@db/c", "is written"),
        ("postgresql://ana@db/c?sslmode=maybe", "sslmode is one of"),
        ("postgresql://ana@db/c?password=s3cr3t", "knows no password"),
        ("s3cr3t", "is written"),
    ],
)
def test_what_is_no_address_is_refused_without_repeating_it(text: str, words: str) -> None:
    """The message tells how to write it, in both languages, and never shows what may be a password."""
    with pytest.raises(InvalidValue, match=words) as refused:
        server_address(text)
    assert "s3cr3t" not in str(refused.value) + refused.value.es


def written(field: str) -> str:
    """A field as a password file writes it."""
    return field.replace("\\", "\\\\").replace(":", "\\:")


@given(user=NAMES, database=NAMES, password=NAMES, others=st.lists(st.sampled_from(["", "# x", "a:b", "q:*:*:*:no"])))
def test_the_password_is_found_in_the_file(
    tmp_path_factory: pytest.TempPathFactory, user: str, database: str, password: str, others: list[str]
) -> None:
    """The first line that fits gives it, whatever signs are in it; another user's or database's line does not."""
    address = ServerAddress(database, user, "db")
    path = tmp_path_factory.mktemp("home") / "pgpass"
    lines = [
        *others,
        f"db:5432:x{written(database)}:*:no",
        f"db:*:{written(database)}:{written(user)}:{written(password)}",
    ]
    path.write_text("\n".join([*lines, "*:*:*:*:last"]), encoding="utf-8")
    path.chmod(0o600)
    assert password_for(address, {"PGPASSFILE": str(path)}) == password
    assert password_for(address, {"PGPASSFILE": str(path), "PGPASSWORD": "first"}) == "first"
    assert password_for(address, {"PGPASSFILE": str(path.with_name("none"))}) is None


def test_an_address_shows_no_secret(tmp_path: Path) -> None:
    """What is printed of an address names user, server and database."""
    assert str(server_address("postgresql://ana@db/c")) == "postgresql://ana@db:5432/c"
