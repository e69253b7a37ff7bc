"""Where every page and file of the dossier lies, and how one leads to another without a host name."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlsplit

from recuento.publish.names import folded
from recuento.values.bilingual import Language

_SECTIONS: dict[str, dict[Language, str]] = {
    "home": {"es": "", "en": ""},
    "facilities": {"es": "centros/", "en": "facilities/"},
    "demands": {"es": "demandas/", "en": "demands/"},
    "data": {"es": "datos/", "en": "data/"},
    "method": {"es": "metodo/", "en": "method/"},
    "changes": {"es": "cambios/", "en": "changes/"},
}


def web_address(text: str | None) -> str | None:
    """`text` where it is an http or https address that can stand in a page; None for anything else."""
    if text is None or any(ord(c) < 33 or c in "\"'<>\\^`{|}" for c in text.strip()):
        return None
    try:
        parts = urlsplit(text.strip())
        host = parts.hostname
    except ValueError:
        return None
    return text.strip() if parts.scheme.lower() in ("http", "https") and host else None


def slugs(ids: Iterable[str], *, keep_case: bool = False, longest: int = 64) -> dict[str, str]:
    """One short, safe, distinct word per id, the same whenever the ids come in the same order."""
    given: dict[str, str] = {}
    taken: set[str] = set()
    for id in ids:
        if id in given:
            continue
        word = _slug(id, keep_case, longest)
        slug, number = word, 2
        while slug.lower() in taken:
            slug, number = f"{word}-{number}", number + 1
        given[id] = slug
        taken.add(slug.lower())
    return given


def _slug(id: str, keep_case: bool, longest: int) -> str:
    if keep_case and len(id) <= longest and re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", id):
        return id
    return re.sub(r"[^a-z0-9]+", "-", folded(id)).strip("-")[:longest].strip("-") or "x"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Paths of pages and files. Every path is relative to the root of the dossier and uses `/`."""

    events: Mapping[str, str]
    facilities: Mapping[str, str]
    documents: Mapping[str, str]
    claims: Mapping[str, str]
    statements: Mapping[str, str]
    demands: Mapping[str, str]
    estimations: Mapping[str, str] = field(default_factory=dict)

    def section(self, name: str, language: Language) -> str:
        """Home, facilities, demands, data, method or changes."""
        return f"{language}/{_SECTIONS[name][language]}index.html"

    def event(self, id: str, language: Language) -> str:
        """The page of an event."""
        return f"{language}/s/{self.events[id]}/index.html"

    def event_feed(self, id: str, language: Language) -> str:
        """The feed of an event."""
        return f"{language}/s/{self.events[id]}/atom.xml"

    def facility(self, id: str, language: Language) -> str:
        """The page of a facility."""
        return f"{language}/c/{self.facilities[id]}/index.html"

    def document(self, id: str, language: Language) -> str:
        """The page of a document."""
        return f"{language}/d/{self.documents[id]}/index.html"

    def estimation(self, id: str, language: Language) -> str:
        """The page of an estimate."""
        return f"{language}/e/{self.estimations[id]}/index.html"

    def file(self, event: str, name: str) -> str:
        """A download of an event."""
        return f"files/{self.events[event]}/{name}"

    def annotations(self, id: str) -> str:
        """The annotations of a document."""
        return f"files/documents/{self.documents[id]}.annotations.json"

    def claim_mark(self, id: str) -> str:
        """The fragment of a claim on the page of its event."""
        return f"c-{self.claims[id]}"

    def statement_mark(self, id: str) -> str:
        """The fragment of a statement's words on the page of its document."""
        return f"s-{self.statements[id]}"

    def demand_mark(self, id: str) -> str:
        """The fragment of a demand."""
        return f"q-{self.demands[id]}"


def leads(from_path: str, to_path: str, fragment: str = "") -> str:
    """The relative link from one page to another; only the fragment where it is the same page."""
    mark = f"#{fragment}" if fragment else ""
    if from_path == to_path:
        return mark or posixpath.basename(to_path)
    return _relative(from_path, to_path) + mark


@lru_cache(maxsize=4096)
def _relative(from_path: str, to_path: str) -> str:
    """As `posixpath.relpath`, for paths that are plain already: an event page has a hundred links."""
    here, there = from_path.split("/")[:-1], to_path.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return "../" * (len(here) - shared) + "/".join(there[shared:])
