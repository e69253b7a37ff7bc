"""How many independent sources the figures of a world rest on: copies of one text, and echoes, count once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from recuento.balance.copies import one_source
from recuento.casefile.casefile import Casefile
from recuento.casefile.events.balancing import Accounting
from recuento.casefile.reading.families import families_of
from recuento.compare.copies import sources_of
from recuento.model.balance import World
from recuento.model.dossier import PublishedDocument
from recuento.model.ledger import Constraint


@dataclass(frozen=True, slots=True)
class Sources:
    """The claims of a world that say something, and what they rest on.

    A group are claims on the same thing that rest on one source, and so weigh as one. A voice are all the groups of
    one speaker, whatever they are about: it is what people mean when they ask how many independent sources there are.
    """

    groups: tuple[tuple[str, ...], ...]
    voices: tuple[tuple[str, ...], ...]
    weights: Mapping[str, float]
    """What each claim weighs, so that all the different figures of one group together weigh 1."""

    def behind(self, claims: Sequence[str]) -> int:
        """How many independent sources stand behind these claims."""
        wanted = frozenset(claims)
        return sum(not wanted.isdisjoint(voice) for voice in self.voices)

    @property
    def repeated(self) -> tuple[tuple[str, ...], ...]:
        """The groups of several claims."""
        return tuple(group for group in self.groups if len(group) > 1)


def copied_from(casefile: Casefile, read: Sequence[PublishedDocument]) -> dict[str, str]:
    """For every document of `read` that is a copy the one its source counts under, as people have decided."""
    return sources_of(families_of(casefile, read=read))


def independent_sources(accounting: Accounting, world: World, copies: Mapping[str, str] | None = None) -> Sources:
    """The independent sources of a world; `copies` is what `copied_from` gives (none: no document is a copy)."""
    chosen = frozenset(world.claims)
    held = [said for said in accounting.constraints if said.claim in chosen]
    speaking = {said.claim for said in held}
    groups = one_source([claim for claim in accounting.claims if claim.id in speaking], held, copies)
    speakers = {claim.id: claim.speaker for claim in accounting.claims}
    return Sources(groups, _voices(groups, speakers), _weights(groups, held))


def _voices(groups: Sequence[Sequence[str]], speakers: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """The groups joined that have a speaker in common."""
    voices: list[tuple[set[str], list[str]]] = []
    for group in groups:
        named = {speakers[claim] for claim in group}
        same = [voice for voice in voices if not named.isdisjoint(voice[0])]
        apart = [voice for voice in voices if named.isdisjoint(voice[0])]
        joined = (
            named.union(*(voice[0] for voice in same)),
            [*group, *(claim for voice in same for claim in voice[1])],
        )
        voices = [*apart, joined]
    return tuple(sorted(tuple(sorted(claims)) for _, claims in voices))


def _weights(groups: Sequence[Sequence[str]], held: Sequence[Constraint]) -> dict[str, float]:
    """Claims that say the same are one figure already; the figures of a source share its weight."""
    said: dict[str, set[tuple[str, int | None, int | None]]] = {}
    for one in held:
        said.setdefault(one.claim, set()).add((one.term, one.low, one.high))
    weights = {}
    for group in groups:
        figures = {frozenset(said[claim]) for claim in group}
        weights.update(dict.fromkeys(group, 1 / len(figures)))
    return weights
