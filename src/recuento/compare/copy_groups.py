"""Put documents that are linked two by two into families, without chaining and as people decided.

A document joins the family of its best earlier match, and no family joins another because one document matches both.
What people joined stays together, what they split stays apart; where the two contradict each other, apart wins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from recuento.model.family import CopyReason, Likeness


@dataclass(frozen=True, slots=True)
class Link:
    """Two documents by their place in the order of time, the earlier first, and why they belong together."""

    one: int
    other: int
    reason: CopyReason
    certain: bool
    likeness: Likeness | None = None

    @property
    def score(self) -> float:
        """How alike the two are."""
        return self.likeness.score if self.likeness is not None else 0.0


@dataclass(frozen=True, slots=True)
class Group:
    """The documents of one family by place, and the links that hold them together, one fewer than documents."""

    places: tuple[int, ...]
    links: tuple[Link, ...]


class Grouping:
    """Grows groups out of single documents. Every step looks at the links in an order of its own, not as given."""

    def __init__(self, documents: int, split: Iterable[tuple[int, int]]) -> None:
        self._group_of = list(range(documents))
        self._places: dict[int, list[int]] = {place: [place] for place in range(documents)}
        self._links: dict[int, list[Link]] = {place: [] for place in range(documents)}
        self._split: dict[int, set[int]] = defaultdict(set)
        for one, other in split:
            self._split[one].add(other)
            self._split[other].add(one)

    def join(self, links: Iterable[Link]) -> None:
        """Bring together what people joined, in the order of their decisions."""
        for link in links:
            self._connect(link)

    def attach_copies(self, links: Iterable[Link]) -> None:
        """Attach each group so far to the group of its likeliest earlier match, the earliest of equals."""
        candidates: dict[int, list[Link]] = defaultdict(list)
        start = list(self._group_of)
        for link in links:
            if start[link.one] != start[link.other]:
                candidates[max(start[link.one], start[link.other])].append(link)
        for group in sorted(candidates):
            for link in sorted(candidates[group], key=_likeliest):
                if self._connect(link):
                    break

    def attach_translations(self, links: Iterable[Link]) -> None:
        """Attach translations, the likeliest first, as stars: a translation of a translation is held to be none."""
        start = list(self._group_of)
        star: dict[int, list[set[int]]] = defaultdict(list)
        for link in sorted(links, key=_likeliest):
            ends = {start[link.one], start[link.other]}
            rays = [*star[self._group_of[link.one]], *star[self._group_of[link.other]]]
            if len(ends) == 2 and set.intersection(ends, *rays) and self._connect(link):
                star[self._group_of[link.one]] = [*rays, ends]

    def groups(self) -> list[Group]:
        """The groups of two documents and more, by their earliest."""
        return [
            Group(tuple(sorted(places)), tuple(self._links[group]))
            for group, places in sorted(self._places.items())
            if len(places) > 1
        ]

    def representatives(self) -> list[int]:
        """The earliest document of every group, and every document that is in none."""
        return sorted(self._places)

    def _connect(self, link: Link) -> bool:
        """Make one group of two, named after its earliest document, unless they are one or a split keeps them apart."""
        into, gone = sorted((self._group_of[link.one], self._group_of[link.other]))
        if into == gone or self._kept_apart(into, gone):
            return False
        for place in self._places[gone]:
            self._group_of[place] = into
        self._places[into] += self._places.pop(gone)
        self._links[into] += [*self._links.pop(gone), link]
        return True

    def _kept_apart(self, one: int, other: int) -> bool:
        return any(self._group_of[far] == other for place in self._places[one] for far in self._split.get(place, ()))


def _likeliest(link: Link) -> tuple[float, int, int]:
    return (-link.score, link.one, link.other)


def parents(group: Group) -> dict[int, Link | None]:
    """How each document of the group hangs on the earliest: its link towards it, None for the earliest itself."""
    links: dict[int, list[Link]] = defaultdict(list)
    for link in group.links:
        links[link.one].append(link)
        links[link.other].append(link)
    found: dict[int, Link | None] = {group.places[0]: None}
    waiting = [group.places[0]]
    while waiting:
        here = waiting.pop()
        for link in links[here]:
            there = far_end(link, here)
            if there not in found:
                found[there] = link
                waiting.append(there)
    return found


def far_end(link: Link, here: int) -> int:
    """The other document of the link."""
    return link.other if link.one == here else link.one
