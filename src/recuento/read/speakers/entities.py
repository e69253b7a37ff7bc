"""Somebody who speaks in a document, as far as it is known: their name, role, organisation and kind."""

from __future__ import annotations

from dataclasses import dataclass, field

from recuento.model.statement import Speaker, SpeakerKind
from recuento.read.text.folding import fold
from recuento.read.text.people_words import is_woman_by_name


@dataclass(slots=True, eq=False)
class Entity:
    """Somebody who speaks in a document, as known so far. `name` grows to the longest form met.

    `heads` are the nouns for what somebody is ("ministra"); `article` tells whether the text took it as known ("the")
    as new ("a") or as somebody's ("its"); `woman` is None where nothing tells.
    """

    name: str
    kind: SpeakerKind
    role: str | None = None
    organisation: str | None = None
    acronym: str | None = None
    woman: bool | None = None
    plural: bool = False
    words: set[str] = field(default_factory=set)
    heads: set[str] = field(default_factory=set)
    article: str = ""
    is_named: bool = False
    is_document: bool = False
    spoke: bool = False
    met: int = 0
    """Its place among all that the document mentions."""
    place: int = 0
    """The token at which it is first mentioned."""

    def speaker(self, inferred: bool) -> Speaker:
        """The speaker as it is handed out."""
        return Speaker(self.name, self.kind, self.role, self.organisation, inferred)


def parts_of(entity: Entity) -> list[Entity]:
    """Each of several people by name, so that one of them alone is known again; empty for anybody else."""
    if not entity.is_named or not entity.plural or entity.kind is not SpeakerKind.PERSON:
        return []
    names = entity.name.split("; ")
    return [
        Entity(name, entity.kind, woman=is_woman_by_name(name.split()[0]), words={fold(name)}, is_named=True)
        for name in names
    ]
