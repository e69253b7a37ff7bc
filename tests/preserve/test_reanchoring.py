"""What is found again in a new text layer stands on the same words with the same neighbours, in one place only."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from recuento.preserve.reanchoring import NEIGHBOURS, reanchored

WORDS = ("uno", "dos", "3", "once", "presos.", "el", "ministro", "dijo", "que", "no", "murieron")
GAPS = (" ", "\n", "  ", "\n\n", "\t", "\xa0")


@st.composite
def texts(draw: st.DrawFn, words: st.SearchStrategy[str] | None = None, most: int = 60) -> str:
    """A text of few different words, so that much of it repeats itself."""
    found = draw(st.lists(st.sampled_from(WORDS) if words is None else words, max_size=most))
    gaps = draw(st.lists(st.sampled_from(GAPS), min_size=len(found), max_size=len(found)))
    return "".join(word + gap for word, gap in zip(found, gaps, strict=True))


@st.composite
def edited(draw: st.DrawFn, fresh: bool = False) -> tuple[str, str]:
    """A text, and the same after a few random edits: words put in, taken out, moved, split, and other white space."""
    old = draw(texts(st.integers(0, 400).map(str) if fresh else None))
    pieces = re.findall(r"\S+|\s+", old)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(pieces)))
        kind = draw(st.sampled_from(["in", "out", "move", "split", "gap"]))
        if kind == "in":
            pieces[at:at] = [" ", draw(st.sampled_from(WORDS)), " "]
        elif kind == "out":
            del pieces[at : at + draw(st.integers(1, 6))]
        elif kind == "move":
            moved = pieces[at : at + 8]
            del pieces[at : at + 8]
            pieces += [" ", *moved]
        elif kind == "split" and at < len(pieces):
            pieces[at] = pieces[at][:1] + draw(st.sampled_from([" ", "-"])) + pieces[at][1:]
        elif kind == "gap" and at < len(pieces) and pieces[at].isspace():
            pieces[at] = draw(st.sampled_from(GAPS))
    return old, "".join(pieces)


def spans_of(text: str) -> list[tuple[int, int]]:
    """Spans all over a text: whole words, parts of words, several words."""
    places = [0, *(at for match in re.finditer(r"\S+", text) for at in match.span()), len(text)]
    found = {(a, b) for i, a in enumerate(places) for b in places[i + 1 : i + 12 : 3] if a < b}
    return sorted(found | {(a + 1, b) for a, b in found if b - a > 2})[:80]


def around(text: str, start: int, end: int) -> tuple[list[str], list[str], list[str]]:
    """The whole words that a span touches, and five neighbours on each side with where the text begins and ends."""
    words = list(re.finditer(r"\S+", text))
    touched = [n for n, word in enumerate(words) if word.start() < end and word.end() > start]
    plain = [word[0] for word in words]
    padded = ["^"] * NEIGHBOURS + plain + ["$"] * NEIGHBOURS
    first, last = touched[0] + NEIGHBOURS, touched[-1] + NEIGHBOURS
    return padded[first - NEIGHBOURS : first], padded[first : last + 1], padded[last + 1 : last + 1 + NEIGHBOURS]


@given(edited() | edited(fresh=True))
def test_what_is_found_again_has_its_words_and_its_neighbours(pair: tuple[str, str]) -> None:
    """Never fuzzily: the same words, the same five neighbours on each side, and what its anchor quotes is there."""
    old, new = pair
    spans = spans_of(old)
    found = reanchored(old, new, spans)
    assert found.keys() == set(spans), "nothing is lost: each is found or listed as not found"
    for (start, end), anchor in found.items():
        if anchor is not None:
            assert anchor.stands_on(new)
            assert anchor.quote.split() == old[start:end].split()
            assert around(new, anchor.start, anchor.end) == around(old, start, end)


@given(edited() | edited(fresh=True))
def test_what_is_not_found_is_not_there_or_not_alone(pair: tuple[str, str]) -> None:
    """A slow search says the same: words with neighbours that stand once in both texts are found, and there."""
    old, new = pair
    spans = [span for span in spans_of(old) if old[span[0] : span[1]].strip()]
    found = reanchored(old, new, spans)
    for start, end in spans:
        left, words, right = around(old, start, end)
        here, there = places([*left, *words, *right], old), places([*left, *words, *right], new)
        if not there:
            assert found[start, end] is None
        elif len(here) == len(there) == 1:
            anchor = found[start, end]
            assert anchor is not None
            first = len(new[: anchor.start].split()) - (anchor.start != 0 and not new[anchor.start - 1].isspace())
            assert first == there[0]


def places(window: list[str], text: str) -> list[int]:
    """Every place where these words stand, by comparing them one by one."""
    padded = ["^"] * NEIGHBOURS + text.split() + ["$"] * NEIGHBOURS
    return [at for at in range(len(padded)) if padded[at : at + len(window)] == window]


@given(texts(), st.data())
def test_other_white_space_alone_loses_nothing(old: str, data: st.DataObject) -> None:
    """Where words and their order are untouched everything is found, also what stands in the text many times."""
    new = re.sub(r"\s+", lambda _: data.draw(st.sampled_from(GAPS)), old)
    for (start, end), anchor in reanchored(old, new, spans_of(old)).items():
        words = old[start:end].split()
        assert (anchor is None) == (not words)
        if anchor is not None:
            assert anchor.quote.split() == words
            assert len(new[: anchor.start].split()) == len(old[:start].split()) or not old[start].isspace()


def test_a_figure_inside_words_that_are_found_is_found_with_them() -> None:
    """ "11" stands twice with the same neighbours; the sentence around one of them tells which it is."""
    old = "a b c d e 11 f g h i j k l. a b c d e 11 f g h i j m n."
    new = f"Ayer. {old}"
    first, second = old.index("11"), old.rindex("11")
    found = reanchored(old, new, [(first, first + 2), (second, second + 2), (6, len(old) - 2)])
    assert [found[first, first + 2], found[second, second + 2]] == [
        found_at for found_at in (found[first, first + 2], found[second, second + 2]) if found_at is not None
    ]
    assert found[second, second + 2].start == new.rindex("11")  # type: ignore[union-attr]


def test_a_word_put_in_beside_it_makes_an_orphan() -> None:
    """ "murieron 11" is not found where the new text has "no murieron 11": that says the contrary."""
    old = "El ministro dijo ayer por la tarde que murieron 11 presos en el penal de Lares según fuentes."
    start = old.index("murieron")
    span = (start, start + len("murieron 11"))
    assert reanchored(old, old.replace("que", "que no"), [span])[span] is None
    assert reanchored(old, old.replace("11", "12"), [span])[span] is None
    assert reanchored(old, old.replace("El ministro", "Un ministro"), [span])[span] is not None
