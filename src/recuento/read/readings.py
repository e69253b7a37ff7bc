"""What the rules find in a sentence: a source, a cue and its content, in tokens, before speakers are resolved."""

from __future__ import annotations

from dataclasses import dataclass, field

from recuento.read.text.lexicon import Verb
from recuento.read.text.tokens import Span


@dataclass(frozen=True, slots=True)
class Complement:
    """Where the content of a verb begins, by which frame, and who is addressed before it."""

    frame: str
    start: int
    addressee: Span | None = None


@dataclass(slots=True)
class Reading:
    """One attribution in tokens (first, end exclusive). `children` are the readings inside its content.

    `impersonal` is true for "it is rumoured", "se dice"; `shared` where the source stands with an earlier verb;
    `implied` is such a source that the text leaves out; `addressee` is who is told or asked.
    """

    rule: str
    cue: Span | None
    content: list[Span]
    source: Span | None = None
    verb: Verb | None = None
    feature: str = ""
    impersonal: bool = False
    implied: Span | None = None
    shared: bool = False
    addressee: Span | None = None
    sentence: Span = (0, 0)
    children: list[Reading] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The class of its verb; "say" where it has none."""
        return self.verb.kind if self.verb is not None else "say"

    def covers(self, token: int) -> bool:
        """Whether the token lies in its content."""
        return any(first <= token < last for first, last in self.content)
