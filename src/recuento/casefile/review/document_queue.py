"""The statements of one document in reading order, and which of them wait for a person."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from recuento.model.decision import Act
from recuento.model.statement_key import key_at
from recuento.store.decisions_in_brief import Brief
from recuento.store.layer_moves import is_orphan
from recuento.store.statement_outlines import Place

DECIDES = (Act.CONFIRM, Act.REJECT, Act.CORRECT, Act.ADD, Act.REFER)
"""What can be decided on a statement."""
_KNOWN = frozenset([Act.CONFIRM, Act.CORRECT, Act.ADD])


class Item(NamedTuple):
    """One place of the queue: a statement of a document, whose words begin at `start`."""

    key: str
    document: str
    start: int
    parent: str | None = None
    """The key of the statement it is nested in."""
    added: bool = False


class DocumentQueue:
    """The queue of one document after these decisions on it, in the order of their numbers."""

    def __init__(self, document: str, places: Iterable[Place], decided: Iterable[Brief]) -> None:
        self._document = document
        self.items: list[Item] = [_item(document, place) for place in places]
        """In reading order, decided or not."""
        self._by_key = {item.key: item for item in self.items}
        self._stacks: dict[str, list[Brief]] = {}
        self._last: dict[str, int] = {}
        self._taken = 0
        for brief in decided:
            self.take(brief)

    def take(self, brief: Brief) -> None:
        """Take in a decision on a statement of the document; one that was taken in already changes nothing."""
        if brief.id > self._taken:
            self._taken = brief.id
            if not is_orphan(brief.subject):
                self._take(brief)

    def find(self, key: str) -> Item | None:
        """The statement with that key."""
        return self._by_key.get(key)

    def waits(self, item: Item) -> bool:
        """Whether nobody has decided on it, nor rejected what it is nested in."""
        return self.standing(item.key) is None and not self.falls_with_parent(item)

    def standing(self, key: str) -> Brief | None:
        """The decision that stands on a statement, None where there is none."""
        stack = self._stacks.get(key)
        return stack[-1] if stack else None

    def last_seen(self, key: str) -> int:
        """The number of the last decision on the statement, taken back or not; 0 without any."""
        return self._last.get(key, 0)

    def waiting(self) -> Sequence[Item]:
        """The statements that wait."""
        return [item for item in self.items if self.waits(item)]

    def known(self) -> Sequence[Item]:
        """The statements whose right answer is known: confirmed, corrected or added, and not rejected with another."""
        return [item for item in self._standing_as(_KNOWN) if not self.falls_with_parent(item)]

    def referred(self) -> Sequence[Item]:
        """The statements that a second reader shall decide."""
        return self._standing_as(frozenset([Act.REFER]))

    def falls_with_parent(self, item: Item) -> bool:
        """Whether a statement that this one is nested in was rejected."""
        seen = {item.key}
        parent = self._by_key.get(item.parent or "")
        while parent is not None and parent.key not in seen:
            decision = self.standing(parent.key)
            if decision is not None and decision.act is Act.REJECT:
                return True
            seen.add(parent.key)
            parent = self._by_key.get(parent.parent or "")
        return False

    def _standing_as(self, acts: frozenset[Act]) -> list[Item]:
        return [item for item in self.items if (brief := self.standing(item.key)) is not None and brief.act in acts]

    def _take(self, brief: Brief) -> None:
        self._last[brief.subject] = brief.id
        stack = self._stacks.setdefault(brief.subject, [])
        if brief.act is Act.UNDO:
            self._take_back(int(dict(brief.details).get("decision", "0")), brief.subject, stack)
        elif brief.act in DECIDES:
            stack.append(brief)
            if brief.act is Act.ADD:
                self._put_added(brief.subject)

    def _put_added(self, key: str) -> None:
        if key not in self._by_key:
            item = Item(key, self._document, start_of(key), added=True)
            self.items.insert(bisect_right(self.items, item.start, key=lambda one: one.start), item)
            self._by_key[item.key] = item

    def _take_back(self, number: int, key: str, stack: list[Brief]) -> None:
        stack[:] = [brief for brief in stack if brief.id != number]
        item = self._by_key.get(key)
        if item is not None and item.added and not any(brief.act is Act.ADD for brief in stack):
            self.items.remove(item)
            del self._by_key[key]


def start_of(key: str) -> int:
    """Where the words of the statement with that key begin."""
    return int(key.split(":")[2].partition("-")[0])


def _item(document: str, place: Place) -> Item:
    key = key_at(document, place.spans)
    return Item(key, document, start_of(key), key_at(document, place.parent) if place.parent else None)
