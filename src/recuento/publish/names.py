"""Names that must not be found: how they are folded, and where in a text they stand.

A name counts as found whatever its case, accents, spaces, hyphens, escapes or invisible characters, as whole words.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from recuento.model.casting import Actor, Cast

_TAG = re.compile(r"<[^>]*>")


class _Visible(dict[int, int | None]):
    """Drops accents and invisible characters from a text; each character is looked up once."""

    def __missing__(self, code: int) -> int | None:
        kept = None if unicodedata.category(chr(code)) in ("Mn", "Cf") else code
        self[code] = kept
        return kept


_VISIBLE = _Visible()


def folded(text: str) -> str:
    """The words of `text` in lower case without accents, one space between them."""
    if text.isascii():
        return " ".join(_words(text.lower()))
    visible = unicodedata.normalize("NFKD", text).translate(_VISIBLE)
    return " ".join(_words(unicodedata.normalize("NFKD", visible.casefold())))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


@dataclass(frozen=True, slots=True)
class PrivateNames:
    """The names and aliases of the actors that are not public, ready to be looked for.

    A name that lies inside the longer name of a public actor is not a finding where that longer name stands.
    """

    names: tuple[str, ...]
    public: tuple[str, ...] = ()

    @classmethod
    def of(cls, cast: Cast) -> PrivateNames:
        """The private names of a cast. A "name" that is only the class an actor is called by is none."""
        private = sorted(
            {name for actor in cast.actors if not may_be_named(actor, cast) for name in _names(actor, cast)}
        )
        longer = {
            folded(name) for actor in cast.actors if may_be_named(actor, cast) for name in (actor.name, *actor.aliases)
        }
        inside = sorted(name for name in longer if any(_holds(name, word) and name != word for word in private))
        return cls(tuple(private), tuple(sorted(inside, key=lambda name: (-len(name), name))))

    def found_in(self, text: str) -> bool:
        """Whether any private name stands in `text` as whole words."""
        if not self.names:
            return False
        return self._any(folded(text))

    def found_in_page(self, text: str) -> bool:
        """The same for markup, data and addresses: read as they are, unescaped, and with the tags taken out."""
        if not self.names:
            return False
        readings = [text]
        plain = html.unescape(text) if "&" in text else text
        readings.append(plain)
        if "%" in plain:
            readings.append(unquote(plain))
        if "<" in text:
            readings.append(html.unescape(_TAG.sub("", text)))
        if "\\" in text:
            readings.append(_unescaped(text))
        return any(self._any(folded(reading)) for reading in dict.fromkeys(readings))

    def _any(self, words: str) -> bool:
        line = f" {words} "
        if not any(f" {name} " in line for name in self.names):
            return False
        for name in self.public:
            line = line.replace(f" {name} ", " | ")
        return any(f" {name} " in line for name in self.names)


def _unescaped(text: str) -> str:
    """The text with its \\uXXXX escapes read, pairs of surrogates as the one character they stand for."""
    characters = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text)
    return characters.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def may_be_named(actor: Actor, cast: Cast) -> bool:
    """Whether the dossier may name this actor: it is public, and so is the party it belongs to."""
    party = cast.party(actor.party)
    return actor.public and not (party is not None and party.anonymous)


def _names(actor: Actor, cast: Cast) -> Iterable[str]:
    party = cast.party(actor.party)
    classes = {folded(words) for words in _called(actor)}
    if party is not None:
        classes |= {folded(words) for name in (party.name, party.short) for words in (name.es, name.en)}
    for name in (actor.name, *actor.aliases):
        words = folded(name)
        if words and words not in classes:
            yield words


def _called(actor: Actor) -> tuple[str, ...]:
    return (actor.called.es, actor.called.en) if actor.called is not None else ()


def _holds(longer: str, shorter: str) -> bool:
    return f" {shorter} " in f" {longer} "
