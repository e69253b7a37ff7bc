"""The links of one page: from where it lies to every other page, claim, statement and file."""

from __future__ import annotations

from dataclasses import dataclass, field

from recuento.publish.addresses import Addresses, leads
from recuento.publish.freezing import folder_of
from recuento.publish.view import PublicClaim, PublicDossier, PublicSource
from recuento.values.bilingual import Language

STYLE = "style/recuento.css"
ICON = "style/icon.svg"


@dataclass(frozen=True, slots=True)
class Page:
    """Which page: a section of the site, or the page of an event, facility or document."""

    kind: str
    id: str = ""

    def path(self, addresses: Addresses, language: Language) -> str:
        """Where the page lies in `language`."""
        if self.kind == "event":
            return addresses.event(self.id, language)
        if self.kind == "facility":
            return addresses.facility(self.id, language)
        if self.kind == "estimation":
            return addresses.estimation(self.id, language)
        if self.kind == "document":
            return addresses.document(self.id, language)
        return addresses.section(self.kind, language)


@dataclass(frozen=True, slots=True)
class Links:
    """Everything a template needs to lead somewhere."""

    view: PublicDossier
    addresses: Addresses
    language: Language
    page: Page
    path: str = field(init=False)
    """Where this page lies."""

    def __post_init__(self) -> None:
        """Find where the page lies: a page of an event asks a hundred times."""
        object.__setattr__(self, "path", self.page.path(self.addresses, self.language))

    def style(self) -> str:
        """The style sheet."""
        return self._to(STYLE)

    def icon(self) -> str:
        """The icon of the site."""
        return self._to(ICON)

    def section(self, name: str) -> str:
        """Home, facilities, demands, data, method or changes."""
        return self._to(self.addresses.section(name, self.language))

    def method(self, fragment: str) -> str:
        """A place on the method page."""
        return self._to(self.addresses.section("method", self.language), fragment)

    def event(self, id: str, fragment: str = "") -> str:
        """An event."""
        return self._to(self.addresses.event(id, self.language), fragment)

    def claim(self, claim: PublicClaim) -> str:
        """A figure on the page of its event."""
        return self.event(claim.event, self.addresses.claim_mark(claim.id))

    def facility(self, id: str) -> str:
        """A facility."""
        return self._to(self.addresses.facility(id, self.language))

    def document(self, id: str, statement: str | None = None) -> str:
        """A document, or a statement's words in it."""
        mark = self.addresses.statement_mark(statement) if statement is not None else ""
        return self._to(self.addresses.document(id, self.language), mark)

    def words(self, source: PublicSource) -> str:
        """The words of a document that a source points to, which must have one."""
        assert source.document is not None
        return self.document(source.document, source.statement)

    def estimation(self, id: str) -> str:
        """An estimate of those on no list."""
        return self._to(self.addresses.estimation(id, self.language))

    def demand(self, id: str) -> str:
        """A demand on the page of all demands."""
        return self._to(self.addresses.section("demands", self.language), self.addresses.demand_mark(id))

    def file(self, event: str, name: str) -> str:
        """A download of an event."""
        return self._to(self.addresses.file(event, name))

    def annotations(self, id: str) -> str:
        """The annotations of a document."""
        return self._to(self.addresses.annotations(id))

    def feed(self) -> str:
        """The Atom feed in this language."""
        return self._to(f"{self.language}/atom.xml")

    def event_feed(self, id: str) -> str:
        """The Atom feed of an event in this language."""
        return self._to(self.addresses.event_feed(id, self.language))

    def frozen(self) -> str:
        """This page in this edition as it is kept. Such links bear the class "ed": they leave the edition."""
        return self._to(f"{folder_of(self.view.number)}/{self.path}")

    def edition(self, number: int, section: str) -> str:
        """A section of a frozen edition; to be given the class "ed"."""
        return self._to(f"{folder_of(number)}/{self.addresses.section(section, self.language)}")

    def cited(self) -> str | None:
        """The public address of this page in this edition, None where the dossier has none."""
        if self.view.address is None:
            return None
        return f"{self.view.address}/{folder_of(self.view.number)}/{self.path.removesuffix('index.html')}"

    def other(self, language: Language) -> str:
        """This page in another language."""
        return self._to(self.page.path(self.addresses, language))

    def public(self, language: Language | None = None) -> str | None:
        """The public address of this page, None where the dossier has none."""
        if self.view.address is None:
            return None
        path = self.page.path(self.addresses, language or self.language)
        return f"{self.view.address}/{path.removesuffix('index.html')}"

    def _to(self, path: str, fragment: str = "") -> str:
        return leads(self.path, path, fragment)
