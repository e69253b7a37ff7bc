"""A sealed value gets out by no accident: not printed, logged, copied, compared, nor carried by an exception."""

from __future__ import annotations

import copy
import faulthandler
import gc
import io
import json
import logging
import pickle
import pprint
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recuento.seal.keys import PrivateKey
from recuento.seal.sealed import HIDDEN, Plain, Sealed, opened
from recuento.seal.splitting import split
from recuento.seal.unshown import NotShown, Unshown

SECRET = "Ubaldina Trasmonte"


def things() -> list[Unshown]:
    """One of everything that must not be shown."""
    with opened(Sealed(SECRET)) as plain:
        pass
    return [Sealed(SECRET), Sealed(SECRET.encode()), plain, PrivateKey.new(), split(b"x" * 8, needed=2, parts=2)[0]]


WAYS: list[Callable[[Any], object]] = [
    str,
    bytes,
    len,
    list,
    format,
    copy.copy,
    copy.deepcopy,
    json.dumps,
    pickle.dumps,
    lambda one: f"{one}",
    lambda one: "%s" % one,  # noqa: UP031
    lambda one: "".join(one),
    lambda one: one + "",
    lambda one: one[0],
    lambda one: json.dumps({"x": one}, default=str),
]


@pytest.mark.parametrize("way", WAYS)
def test_nothing_makes_text_or_a_copy_of_it(way: Callable[[Any], object]) -> None:
    """Every common way of showing, writing, copying or taking apart raises a TypeError that holds nothing."""
    for one in things():
        with pytest.raises(TypeError) as raised:
            way(one)
        assert "Ubaldina" not in str(raised.value) and "AGE-SECRET" not in str(raised.value)


def test_its_representation_is_that_of_any_other() -> None:
    """`repr` does not raise, for it is asked by those who report other errors; it is the same whatever is inside."""
    assert repr(Sealed(SECRET)) == f"{Sealed('')!r}" == "<Sealed>"
    assert [repr(one) for one in things()] == ["<Sealed>", "<Sealed>", "<Plain>", "<PrivateKey>", "<KeyPart>"]
    assert pprint.pformat({"x": [Sealed("a")]}) == "{'x': [<Sealed>]}"


def test_nothing_is_compared() -> None:
    """Two with the same value are not equal, and the hash is not that of the value."""
    one, other = Sealed(SECRET), Sealed(SECRET)
    assert one == one and one != other and hash(one) != hash(SECRET)
    assert len({one, other}) == 2
    assert bool(Sealed(""))


def test_looking_into_it_gives_no_value() -> None:
    """`dir`, `vars` and the attributes one finds hold a function, not the text."""
    for one in things():
        with pytest.raises(TypeError):
            vars(one)
        for name in dir(one):
            if not name.startswith("__"):
                value = getattr(type(one), name) if isinstance(one, Plain) else getattr(one, name)
                assert value != SECRET and SECRET.encode() != value
    assert not any(held is SECRET for held in gc.get_referents(Sealed(SECRET)))


def test_logging_shows_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """A line of a log with a sealed value in it holds none of it, as text, as a dictionary or in extra fields."""
    written = io.StringIO()
    logger = logging.getLogger("sealed-test")
    logger.addHandler(logging.StreamHandler(written))
    logger.propagate = False
    for one in (Sealed(SECRET), [Sealed(SECRET)], {"name": Sealed(SECRET)}):
        logger.warning("source %s", one)
        logger.warning("source %r", one, extra={"source": one}, stack_info=True)
    try:
        with opened(Sealed(SECRET)) as plain:
            raise ValueError(f"cannot read {plain.text}")
    except ValueError:
        logger.exception("failed")
    printed = capsys.readouterr()
    assert "Ubaldina" not in written.getvalue() + printed.out + printed.err


@dataclass
class Letter:
    """A noun that holds one."""

    to: Sealed


def fail_with(text: str) -> None:
    """A function that gets the value and raises it."""
    words = text.split()
    raise KeyError(words[0], [text])


def parse(text: str) -> int:
    """A function whose own error quotes the value, and whose cause does too."""
    try:
        return int(text)
    except ValueError as error:
        raise RuntimeError("no number") from error


@pytest.mark.parametrize(
    "work",
    [
        fail_with,
        parse,
        int,
        lambda text: text.encode("ascii").decode("utf-16") + {}[text],
        lambda text: Path(text).read_bytes(),
        lambda text: json.loads(text),
        lambda text: b"\xff".decode() + text,
    ],
)
def test_an_exception_takes_nothing_with_it(work: Callable[[str], Any]) -> None:
    """Message, arguments, causes and the local names of every frame hold nothing once the block is left."""
    letter = Letter(Sealed(SECRET))
    caught: BaseException | None = None
    try:
        with opened(letter.to) as plain:
            work(plain.text)
    except Exception as error:
        caught = error
    assert caught is not None
    told = "".join(traceback.TracebackException.from_exception(caught, capture_locals=True).format())
    told += "".join(traceback.format_exception(caught))
    seen: BaseException | None = caught
    while seen is not None:
        told += f"{seen.args!r} {vars(seen)!r} {getattr(seen, 'filename', '')} {getattr(seen, 'doc', '')}"
        seen = seen.__cause__ or seen.__context__
    assert "Ubaldina" not in told and "Trasmonte" not in told


def test_the_check_of_exceptions_can_fail() -> None:
    """Sabotage: the same value outside of `opened` stands in the traceback, so the test above sees one."""
    try:
        fail_with(SECRET)
    except KeyError as error:
        assert "Ubaldina" in "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())


def test_an_exception_that_tells_nothing_stays_as_it_is() -> None:
    """A message without the value is kept, for somebody has to put it right."""
    with pytest.raises(ValueError, match="the disk is full"), opened(Sealed(SECRET)):
        raise ValueError("the disk is full")
    with pytest.raises(ValueError, match=HIDDEN), opened(Sealed(SECRET)):
        raise ValueError("the letter to ubaldina is lost")


def test_a_crash_report_shows_no_value(tmp_path: Path) -> None:
    """faulthandler, which a crash calls, writes frames and no values."""
    with (tmp_path / "crash").open("w+") as file, opened(Sealed(SECRET)) as plain:
        assert plain.text
        faulthandler.dump_traceback(file)
        file.seek(0)
        assert "Ubaldina" not in file.read()


def test_it_is_open_in_the_block_and_closed_after() -> None:
    """Text and bytes can be had inside, and no longer afterwards."""
    with opened(Sealed(SECRET)) as plain:
        assert (plain.text, plain.data) == (SECRET, SECRET.encode())
    with pytest.raises(NotShown):
        plain.text  # noqa: B018


@given(st.text(max_size=50), st.binary(max_size=50))
def test_what_went_in_is_read(text: str, data: bytes) -> None:
    """Any text and any bytes come back as they were."""
    with opened(Sealed(data)) as plain:
        assert plain.data == data
    if "\ud800" not in text:
        with opened(Sealed(text)) as plain:
            assert plain.text == text
