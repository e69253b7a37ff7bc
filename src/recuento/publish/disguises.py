"""How a value that must not leave may be written: every form of it that is looked for, and what that form is called."""

from __future__ import annotations

import hashlib
import itertools
import re
import unicodedata
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass

from recuento.model.dossier import KeptBack, KeptKind
from recuento.publish.folding import folded_words
from recuento.values.bilingual import Bilingual

SHORTEST_WORD = 4
"""Letters a word of a value must have to be looked for alone."""
SHORTEST_NUMBER = 7
"""Digits a number must have to be looked for whatever stands between them."""
_TEXT_NUMBER = 9
NUMBERS = re.compile(r"\+?\(?\d[\d\-. ()/\u00a0]{4,24}\d")
"""What may be a telephone number, however it is grouped."""
_SHINGLE = 6
"""Words of a long text in a row that give it away."""
_SHORT_TEXT = 6
"""A value of at most so many words is looked for word by word too."""
_WORDY = 8
"""Letters that a text other than a name must have to be looked for at all: "ver" is in every page."""
_TITLES = frozenset(
    b"don dona senor senora senorita doctor doctora padre madre hermano hermana fray licenciado licenciada capitan"
    b" comandante general coronel sargento abogado abogada profesor profesora mister".split()
)
_SINGLE_LETTER_WORDS = frozenset(b"a e i o u y".split())
_BASE64_SHORTEST = 6


@dataclass(frozen=True, slots=True)
class Form:
    """One way of writing a value. `whole` forms count even where the words are public otherwise."""

    pattern: bytes
    called: Bilingual
    whole: bool = True


_AS_IT_IS = Bilingual("tal cual", "as it is")
_WORD = Bilingual("una de sus palabras", "one of its words")
_PIECE = Bilingual("varias palabras seguidas", "several words in a row")
_ORDER = Bilingual("en otro orden", "in another order")
_INITIALS = Bilingual("con iniciales", "with initials")
_SQUASHED = Bilingual("sin espacios", "without spaces")
_FEW = 4
"""Words a held statement must have to be looked for in other documents too: "12 heridos" is said by many."""
_TEXTS = (KeptKind.TEXT, KeptKind.HELD)
_DIGITS = Bilingual("solo sus cifras", "its digits alone")
_BASE64 = Bilingual("en base64", "in base64")
_HEX = Bilingual("en hexadecimal", "in hexadecimal")


def folded_forms(kept: KeptBack) -> Iterator[Form]:
    """The forms looked for among folded words: order, initials, words, pieces; none needs its accents or case."""
    words = folded_words(kept.value).split()
    letters = sum(map(len, words))
    if not words or letters < 2 or (kept.kind in _TEXTS and letters < _WORDY):
        return
    if kept.kind is KeptKind.HELD and len(words) < _FEW:
        return
    yield Form(_row(words), _AS_IT_IS)
    if kept.kind in _TEXTS:
        yield from (Form(_row(words[at : at + _SHINGLE]), _PIECE, False) for at in range(len(words) - _SHINGLE + 1))
        return
    if letters >= 8 and len(words) > 1:
        yield Form(b"".join(words), _SQUASHED)
    if len(words) > _SHORT_TEXT:
        yield from (Form(_row(words[at : at + 4]), _PIECE, False) for at in range(len(words) - 3))
        return
    yield from _orders(words)
    if kept.kind is KeptKind.ENTRY:
        if len(words) > 2:
            yield Form(_row([words[0][:1], *words[-2:]]), _INITIALS)
        yield from (Form(_row(pair), _PIECE, False) for pair in itertools.pairwise(words) if _tells(pair))
        return
    yield from _with_initials(words)
    for word in words:
        if len(word) >= SHORTEST_WORD and word not in _TITLES and not word.isdigit():
            yield Form(_row([word]), _WORD, False)


def raw_forms(kept: KeptBack) -> Iterator[Form]:
    """The forms looked for in the bytes as they are: hashes, base64 at each of its three offsets, hexadecimal."""
    if kept.kind in _TEXTS and len(folded_words(kept.value)) < _WORDY + 2:
        return
    many = kept.kind is KeptKind.ENTRY
    if kept.kind not in _TEXTS and len(kept.value) >= _WORDY:
        yield Form(kept.value.encode("utf-8", "surrogatepass"), _AS_IT_IS)
    for spelling in dict.fromkeys(_usual_spellings(kept.value) if many else _spellings(kept.value)):
        data = spelling.encode("utf-8", "surrogatepass")
        yield from _hashed(data, many)
        if len(data) >= _BASE64_SHORTEST:
            yield from (Form(pattern, _BASE64) for pattern in _base64_at_every_offset(data))
            if not many:
                yield Form(data.hex().encode(), _HEX)
    yield from (Form(text.encode(), _INITIALS) for text in _dotted(kept))


def numbers_of(kept: KeptBack) -> Iterator[bytes]:
    """The digits of the telephone and other numbers in a value, without country and trunk prefix.

    In a text only those of nine digits and more: eight are a date.
    """
    least = _TEXT_NUMBER if kept.kind in _TEXTS else SHORTEST_NUMBER
    for found in NUMBERS.findall(kept.value):
        digits = re.sub(r"\D", "", found).lstrip("0")
        if len(digits) >= least:
            yield digits[-9:].encode()


def digits_called() -> Bilingual:
    """What a number found by its digits is called."""
    return _DIGITS


def _hashed(data: bytes, many: bool) -> Iterator[Form]:
    """The beginnings of the hashes of `data`, which tell a hash that was cut short too."""
    for name in ("sha256", "sha1", "md5"):
        digest = hashlib.new(name, data, usedforsecurity=False).digest()
        called = Bilingual(f"su huella {name.upper()}", f"its {name.upper()} hash")
        yield Form(digest.hex()[:16].encode(), called)
        if not many:
            yield Form(digest.hex()[:16].upper().encode(), called)
            yield Form(b64encode(digest)[:16], called)


def _row(words: list[bytes] | tuple[bytes, ...]) -> bytes:
    return b" " + b" ".join(words) + b" "


def _tells(pair: tuple[bytes, ...]) -> bool:
    return all(len(word) >= SHORTEST_WORD for word in pair)


def _orders(words: list[bytes]) -> Iterator[Form]:
    """Surnames first and every other turn of the words, and the words from the last to the first."""
    if not 2 <= len(words) <= _SHORT_TEXT:
        return
    turned = [words[at:] + words[:at] for at in range(1, len(words))]
    yield from (Form(_row(order), _ORDER) for order in (*turned, words[::-1]))


def _with_initials(words: list[bytes]) -> Iterator[Form]:
    """ "E. Quirós", "E. Quirós Bermejo", "Quirós, E.": each surname with the initials of what stands before it."""
    for at in range(1, len(words)):
        if len(words[at]) < SHORTEST_WORD:
            continue
        initials = [word[:1] for word in words[:at]]
        if len(initials) == 1 and initials[0] in _SINGLE_LETTER_WORDS:
            continue  # "a Vidal" is Spanish for "to Vidal"; with its point it is looked for in `_dotted`.
        yield Form(_row([*initials, words[at]]), _INITIALS)
        yield Form(_row([words[at], *initials]), _INITIALS)
        if at > 1 and initials[0] not in _SINGLE_LETTER_WORDS:
            yield Form(_row([initials[0], words[at]]), _INITIALS)


def _dotted(kept: KeptBack) -> Iterator[str]:
    words = kept.value.split()
    if kept.kind is not KeptKind.NAME or not 2 <= len(words) <= _SHORT_TEXT:
        return
    for word in words[1:]:
        if len(word) >= SHORTEST_WORD:
            for surname in dict.fromkeys((word, _bare(word), word.capitalize(), word.upper())):
                yield f"{words[0][:1].upper()}. {surname}"
                yield f"{words[0][:1].upper()}.{surname}"


def _usual_spellings(value: str) -> tuple[str, ...]:
    """The normal forms looked for where there are thousands of values."""
    tidy = " ".join(value.split())
    return (tidy, _bare(tidy).lower(), tidy.upper())


def _spellings(value: str) -> Iterator[str]:
    """The normal forms somebody may have hashed or packed."""
    tidy = " ".join(value.split())
    for form in (value, tidy, tidy.lower(), tidy.upper(), tidy.title(), unicodedata.normalize("NFD", tidy)):
        yield form
        yield _bare(form)
    yield folded_words(value).decode("latin-1").strip()
    yield "-".join(folded_words(value).decode("latin-1").split())
    digits = re.sub(r"\D", "", value)
    if len(digits) >= SHORTEST_NUMBER:
        yield digits
        yield f"+{digits}"


def _bare(text: str) -> str:
    """Without accents."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(character for character in plain if not unicodedata.combining(character))


def _base64_at_every_offset(data: bytes) -> Iterator[bytes]:
    """The characters that stand for `data` alone, wherever in the packed text it begins, in both alphabets."""
    for offset, skipped in ((0, 0), (1, 2), (2, 3)):
        packed = b64encode(b"\0" * offset + data)
        sure = packed[skipped : (offset + len(data)) * 8 // 6]
        yield sure
        other = sure.translate(_URL_SAFE)
        if other != sure:
            yield other


_URL_SAFE = bytes.maketrans(b"+/", b"-_")
