"""The search for what must not leave: allow asks it of single texts, and every byte of a dossier passes it at last."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from recuento.errors import CheckFailed
from recuento.model.dossier import KeptBack
from recuento.publish.disguises import NUMBERS, Form, digits_called, folded_forms, numbers_of, raw_forms
from recuento.publish.folding import folded_words, readings
from recuento.publish.opening import opened
from recuento.values.bilingual import Bilingual

if TYPE_CHECKING:
    from ahocorasick_rs import BytesAhoCorasick

_LISTED = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """A private value in a file: in which (and in what is packed there), where, whose value, written how."""

    path: str
    place: Bilingual
    of: str
    written: Bilingual

    def text(self, language: str) -> str:
        """The finding in one line; it never holds the value."""
        es = language == "es"
        place, written = (self.place.es, self.written.es) if es else (self.place.en, self.written.en)
        return f"{self.path} ({place}): {self.of}, {written}"


@dataclass(frozen=True, slots=True)
class _Looked:
    """An automaton with what each of its patterns stands for."""

    patterns: tuple[bytes, ...] = ()
    meanings: tuple[tuple[str, Bilingual], ...] = ()
    automaton: BytesAhoCorasick | None = None

    def hits(self, data: bytes) -> list[tuple[int, int, int]]:
        """Pattern, start and end of every hit, overlapping ones too."""
        return self.automaton.find_matches_as_indexes(data, overlapping=True) if self.automaton is not None else []

    def any(self, data: bytes) -> bool:
        return self.automaton is not None and bool(self.automaton.find_matches_as_indexes(data))


@dataclass(frozen=True, slots=True, eq=False)
class Gate:
    """Everything that must not leave, ready to be looked for in any text or file.

    A hit inside a longer public name ("Vidal" in "Rosa Vidal Mora", who is public) is none.
    """

    words: _Looked = field(default_factory=_Looked)
    raw: _Looked = field(default_factory=_Looked)
    numbers: _Looked = field(default_factory=_Looked)
    public_names: tuple[bytes, ...] = ()
    _asked: dict[str, bool] = field(default_factory=dict, init=False, repr=False)
    """Texts asked about already: the same quotes and names stand in many places."""

    @classmethod
    def of(
        cls,
        kept: Iterable[KeptBack],
        *,
        public: Iterable[str] = (),
        written: Iterable[str] = (),
        names: Iterable[str] = (),
    ) -> Gate:
        """A gate for values kept back.

        `public` are texts everybody may read: a single word, a piece or a note that stands there gives nobody away.
        `written` are public too, but typed into the casefile, where a note or author may have slipped in: only their
        single words count, and not even those where a private name or value stands whole in the text.
        `names` are those of public actors. A name is looked for whole whatever else is public.
        """
        told = folded_words(" | ".join(public))
        every = tuple(_each_once(kept))
        told_words = frozenset(told.split()) | _words_of(written, every)
        folded: dict[bytes, tuple[str, Bilingual]] = {}
        loose: dict[bytes, tuple[str, Bilingual]] = {}
        raw: dict[bytes, tuple[str, Bilingual]] = {}
        numbers: dict[bytes, tuple[str, Bilingual]] = {}
        for value in every:
            for form in folded_forms(value):
                _note(folded if _is_sure(form, value) else loose, form, value, told_words)
            for form in raw_forms(value):
                raw.setdefault(form.pattern, (value.of, form.called))
            for number in numbers_of(value):
                numbers.setdefault(number, (value.of, digits_called()))
        public_already = _standing_in(told, loose)
        folded |= {
            pattern: of for pattern, of in loose.items() if pattern not in folded and pattern not in public_already
        }
        return cls(_looked(folded), _looked(raw), _looked(numbers), tuple(folded_words(name) for name in names))

    def tells(self, text: str) -> bool:
        """Whether anything private stands in a text."""
        if self.words.automaton is None:
            return False
        known = self._asked.get(text)
        if known is None:
            known = self._asked[text] = self._any_in(text.encode("utf-8", "surrogatepass"), text)
        return known

    def findings(self, path: str, data: bytes) -> tuple[Finding, ...]:
        """What of all that must not leave stands in a file, its address, and all that is packed in it."""
        found: list[Finding] = []
        if self._any_in(path.encode("utf-8", "surrogatepass"), path):
            found += self._located(path, path.encode("utf-8", "surrogatepass"), _ADDRESS)
        for inner, content in opened(path, data):
            if self._any_in(content) or (inner != path and self._any_in(inner.encode("utf-8", "surrogatepass"))):
                found += self._located(inner, content, None)
        return tuple(found)

    def _any_in(self, data: bytes, text: str | None = None) -> bool:
        """Whether there is any hit at all: the quick question, asked of every byte."""
        if self.raw.any(data):
            return True
        for decoded in (text,) if text is not None else _decoded(data):
            if self._numbers_in(decoded):
                return True
            if any(self._sure_hits(folded_words(reading)) for reading in readings(decoded)):
                return True
        return False

    def _sure_hits(self, folded: bytes) -> list[int]:
        """The patterns found that do not lie inside a longer public name."""
        if not self.words.any(folded):
            return []
        return [at for at, start, end in self.words.hits(folded) if not self._inside_public(folded, start, end)]

    def _inside_public(self, folded: bytes, start: int, end: int) -> bool:
        for name in self.public_names:
            if len(name) <= end - start:
                continue
            at = folded.find(name, max(0, end - len(name)), start + len(name))
            if at != -1 and at <= start and end <= at + len(name):
                return True
        return False

    def _numbers_in(self, text: str) -> list[int]:
        if self.numbers.automaton is None:
            return []
        digits = "\n".join(re.sub(r"\D", "", found) for found in NUMBERS.findall(text)).encode()
        return [at for at, _, _ in self.numbers.hits(digits)]

    def _located(self, path: str, data: bytes, place: Bilingual | None) -> list[Finding]:
        """The hits of a file with the line each stands in."""
        found: dict[tuple[str, Bilingual], Bilingual] = {}
        whole = list(self._meanings(data))
        for meaning in whole:
            found.setdefault(meaning, place or _ACROSS)
        for number, line in enumerate(data.split(b"\n") if place is None else (), start=1):
            for meaning in self._meanings(line):
                if found.get(meaning, _ACROSS) is _ACROSS:
                    found[meaning] = Bilingual(f"línea {number}", f"line {number}")
        if not whole:
            found.setdefault((path, _IN_NAME), _ADDRESS)
        return [Finding(path, where, of, called) for (of, called), where in found.items()]

    def _meanings(self, data: bytes) -> Iterator[tuple[str, Bilingual]]:
        yield from (self.raw.meanings[at] for at, _, _ in self.raw.hits(data))
        for text in _decoded(data):
            yield from (self.numbers.meanings[at] for at in self._numbers_in(text))
            for reading in readings(text):
                yield from (self.words.meanings[at] for at in self._sure_hits(folded_words(reading)))


_ADDRESS = Bilingual("en su dirección", "in its address")
_ACROSS = Bilingual("a lo largo de varias líneas", "across several lines")
_IN_NAME = Bilingual("en el nombre de un archivo empaquetado", "in the name of a packed file")


def refuse_private_values(files: Mapping[str, bytes], gate: Gate, known: Iterable[Finding] = ()) -> None:
    """Raise CheckFailed naming file, place and whose value for everything private in `files`; never the value.

    `known` are findings in files that were searched already.
    """
    found = [finding for path in sorted(files) for finding in gate.findings(path, files[path])]
    found = sorted([*found, *known], key=lambda finding: finding.path)
    if not found:
        return
    raise CheckFailed(
        "not published: private values stand in what would leave. Withhold the claim or document each comes from, "
        f"reword it, or make it public:\n{_listed(found, 'en')}",
        "no se publica: en lo que saldría hay valores reservados. Retenga la cifra o el documento de donde viene cada "
        f"uno, cambie la redacción o hágalo público:\n{_listed(found, 'es')}",
    )


def _listed(found: Sequence[Finding], language: str) -> str:
    """The first finding of every file before the second of any, pages before data."""
    seen: Counter[str] = Counter()
    ranked = []
    for at, finding in enumerate(found):
        ranked.append((seen[finding.path], not finding.path.endswith(".html"), at))
        seen[finding.path] += 1
    lines = [f"  {found[at].text(language)}" for _, _, at in sorted(ranked)[:_LISTED]]
    return "\n".join([*lines, "  …"] if len(found) > _LISTED else lines)


def _words_of(written: Iterable[str], kept: Iterable[KeptBack]) -> frozenset[bytes]:
    """The words of these texts, but for those in which a private value stands whole: such a text never leaves."""
    sure = {form.pattern for value in kept for form in folded_forms(value) if _is_sure(form, value)}
    looked = _looked(dict.fromkeys(sure, ("", _ACROSS)))
    texts = [folded_words(text) for text in written]
    return frozenset(word for text in texts if not looked.any(text) for word in text.split())


def _each_once(kept: Iterable[KeptBack]) -> Iterable[KeptBack]:
    """Equal values have equal forms, and the first says whose it is: one speaker gives many figures."""
    first: dict[tuple[str, str], KeptBack] = {}
    for one in kept:
        first.setdefault((one.value, one.kind), one)
    return first.values()


def _is_sure(form: Form, value: KeptBack) -> bool:
    """Whether a form is looked for even where it stands in public words: names and held words are, notes are not."""
    return value.kind == "held" or (form.whole and value.kind != "text")


def _note(
    patterns: dict[bytes, tuple[str, Bilingual]], form: Form, value: KeptBack, told_words: frozenset[bytes]
) -> None:
    word = form.pattern.strip()
    if form.whole or b" " in word or word not in told_words:
        patterns.setdefault(form.pattern, (value.of, form.called))


def _standing_in(told: bytes, patterns: Mapping[bytes, object]) -> set[bytes]:
    looked = _looked(dict.fromkeys(patterns, ("", _ACROSS)))
    return {looked.patterns[at] for at, _, _ in looked.hits(told)}


def _looked(patterns: Mapping[bytes, tuple[str, Bilingual]]) -> _Looked:
    if not patterns:
        return _Looked()
    # A casefile that keeps nothing back needs no automaton, and reading its package takes time.
    from ahocorasick_rs import BytesAhoCorasick

    return _Looked(tuple(patterns), tuple(patterns.values()), BytesAhoCorasick(list(patterns)))


def _decoded(data: bytes) -> Iterator[str]:
    """The text of a file; read as UTF-16 too where it holds as many zero bytes as such text does."""
    yield data.decode("utf-8", "replace")
    if data.count(b"\0") * 3 > len(data):
        yield data.decode("utf-16-le", "replace")
        yield data.decode("utf-16-be", "replace")
