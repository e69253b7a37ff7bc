"""A split key: any k parts give it back, fewer tell nothing, and a wrong letter is found."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recuento.errors import InvalidValue
from recuento.seal import splitting
from recuento.seal.errors import CannotOpen
from recuento.seal.splitting import KeyPart, join, read_part, split


@st.composite
def splittings(draw: st.DrawFn) -> tuple[bytes, int, tuple[KeyPart, ...]]:
    """A secret, how many parts are needed, and its parts."""
    secret = draw(st.binary(min_size=1, max_size=40))
    parts = draw(st.integers(2, 7))
    needed = draw(st.integers(2, parts))
    return secret, needed, split(secret, needed=needed, parts=parts)


@given(splittings())
def test_any_k_parts_in_any_order_give_the_secret_back(made: tuple[bytes, int, tuple[KeyPart, ...]]) -> None:
    """Every choice of as many parts as are needed, or more, and every order."""
    secret, needed, parts = made
    for chosen in itertools.islice(itertools.combinations(parts, needed), 20):
        assert join(tuple(reversed(chosen))) == secret
    assert join(parts) == secret


@given(splittings())
def test_fewer_parts_are_refused(made: tuple[bytes, int, tuple[KeyPart, ...]]) -> None:
    """One part too few is said to be too few, also where one is given twice."""
    _, needed, parts = made
    with pytest.raises(CannotOpen, match="needed"):
        join(parts[: needed - 1])
    with pytest.raises(CannotOpen, match="needed"):
        join([*parts[: needed - 1], parts[0]])


def test_one_part_of_two_tells_nothing_of_the_secret() -> None:
    """Over many splittings of one byte, a part's byte takes every value about as often, whatever the secret is."""
    for secret in (b"\0", b"\xff"):
        seen = Counter(split(secret, needed=2, parts=2)[0].data[0] for _ in range(25_600))
        chi = sum((seen[value] - 100) ** 2 / 100 for value in range(256))
        assert chi < 400, "255 degrees of freedom: 400 is beyond one in a hundred million"


@given(splittings())
def test_lines_are_read_back(made: tuple[bytes, int, tuple[KeyPart, ...]]) -> None:
    """A part written as a line and typed in small letters, without its heading, is the same part."""
    for part in made[2]:
        line = part.line()
        for typed in (line, line.lower(), line.split()[-1], line.split()[-1].replace("-", " ").lower()):
            again = read_part(typed)
            assert (again.splitting, again.needed, again.place, again.data) == (
                part.splitting, part.needed, part.place, part.data,
            )  # fmt: skip


@given(splittings(), st.data())
def test_a_wrong_letter_is_found(made: tuple[bytes, int, tuple[KeyPart, ...]], data: st.DataObject) -> None:
    """Any letter of the code typed wrong is refused, but for the last, of which some bits carry nothing."""
    code = made[2][0].line().split()[-1]
    places = [at for at, letter in enumerate(code) if letter != "-"][:-1]
    at = data.draw(st.sampled_from(places))
    letter = data.draw(st.sampled_from([c for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" if c != code[at]]))
    with pytest.raises(InvalidValue):
        read_part(code[:at] + letter + code[at + 1 :])


def test_parts_of_two_keys_are_not_mixed() -> None:
    """Parts of different splittings are refused, and so are those that do not fit together."""
    one, other = split(b"secret one", needed=2, parts=3), split(b"secret two", needed=2, parts=3)
    with pytest.raises(CannotOpen, match="different keys"):
        join([one[0], other[1]])
    forged = KeyPart(one[0].splitting, 2, 2, bytes(len(one[0].data)))
    with pytest.raises(CannotOpen):
        join([one[0], forged])


@pytest.mark.parametrize(("needed", "parts"), [(1, 2), (3, 2), (2, 17), (0, 0)])
def test_a_splitting_that_is_none(needed: int, parts: int) -> None:
    """One of two would be no secret, three of two no key."""
    with pytest.raises(InvalidValue):
        split(b"x", needed=needed, parts=parts)


def test_the_field_is_a_field() -> None:
    """Multiplication agrees with the slow one of the definition, and every element but 0 has its inverse."""

    def slow(one: int, other: int) -> int:
        product = 0
        for bit in range(8):
            if other >> bit & 1:
                product ^= one << bit
        for bit in range(14, 7, -1):
            if product >> bit & 1:
                product ^= 0x11B << bit - 8
        return product

    for one in range(256):
        for other in range(0, 256, 7):
            assert splitting._times(one, other) == slow(one, other)
    for one in range(1, 256):
        assert splitting._times(one, splitting._divided(1, one)) == 1
