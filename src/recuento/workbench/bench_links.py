"""Where the shared parts of the dossier lead to in the workbench: a figure to its words, the rest to its page."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from recuento.publish.addresses import Addresses
from recuento.publish.view import PublicClaim, PublicDossier, PublicSource
from recuento.workbench import urls_of


@dataclass(frozen=True, slots=True)
class BenchLinks:
    """The links of the page of an event, under the names that the shared templates ask for."""

    view: PublicDossier
    event_id: str
    addresses: Addresses
    beside_text: bool = False
    """Whether the page shows the words already, so that a figure leads to its own page."""

    def claim(self, claim: PublicClaim) -> str:
        """The words of a figure, highlighted in their document; its own page where no document has them."""
        if self.beside_text:
            return urls_of.claim_url(claim.event, claim.id)
        source = next((one for one in claim.sources if one.document is not None and one.anchor is not None), None)
        return self.words(source) if source is not None else urls_of.claim_url(claim.event, claim.id)

    def words(self, source: PublicSource) -> str:
        """The words that a source points to, or the statement around them."""
        assert source.document is not None
        if source.anchor is not None:
            return urls_of.words_url(source.document, source.anchor.start, source.anchor.end)
        return self.document(source.document, source.statement)

    def document(self, sha256: str, statement: str | None = None) -> str:
        """A document, or a statement in it."""
        mark = f"#{self.addresses.statement_mark(statement)}" if statement is not None else ""
        return urls_of.document_url(sha256) + mark

    def event(self, id: str, fragment: str = "") -> str:
        """An event."""
        return urls_of.event_url(id) + (f"#{quote(fragment)}" if fragment else "")

    def demand(self, id: str) -> str:
        """The page of a demand of this event."""
        return urls_of.demand_url(self.event_id, id)
