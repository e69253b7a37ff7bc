"""The words the rules look for, out of words.txt: Spanish and English together, folded (no accents, lower case)."""

from __future__ import annotations

from importlib.resources import files


def _lists() -> dict[str, tuple[str, ...]]:
    """Every list of the file: its entries in order, "_" as the space inside a phrase."""
    found: dict[str, tuple[str, ...]] = {}
    for line in files("recuento.check").joinpath("words.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, entries = line.partition(": ")
            found[name] = (*found.get(name, ()), *(entry.replace("_", " ") for entry in entries.split()))
    return found


_LISTS = _lists()


def _named(first: str) -> dict[str, tuple[str, ...]]:
    """The lists whose name begins with a word, by the rest of their name."""
    return {name.partition(" ")[2]: words for name, words in _LISTS.items() if name.startswith(f"{first} ")}


def phrases(name: str) -> tuple[str, ...]:
    """A list of words and phrases."""
    return _LISTS[name]


def words(name: str) -> frozenset[str]:
    """A list of single words."""
    return frozenset(_LISTS[name])


MONTH_NUMBER = {name: place % 12 + 1 for place, name in enumerate(phrases("months")[:24])} | {"setiembre": 9}
MONTHS = frozenset(MONTH_NUMBER)

CLASSES = {name: frozenset(entries) for name, entries in _named("class").items()}
"""What can be counted, by class; the classes in PEOPLE can be parts of one another."""
ALL_NOUNS = frozenset().union(*CLASSES.values())
PEOPLE = frozenset({"person", "death", "case"})
OUTCOMES, VICTIMS = words("outcomes"), words("victims")

SPLITS = {
    split: {name.partition(" ")[2]: stems for name, stems in _named("split").items() if name.startswith(f"{split} ")}
    for split in ("sex", "standing", "age", "origin")
}
"""Splits that leave nobody out, the words of each side (from five letters on, how they begin)."""

FUNCTION = words("function")
"""Words that cannot be the noun that a number counts."""
PARALLEL = words("parallel")
"""Words that open the items of an even list: "46 from ..., 40 in ..."."""

PARTIAL = phrases("partial")
"""Words after which a list need not be complete."""
OF_THEM = phrases("of_them")
"""Words that say that what follows is part of what stood before."""
REST, REMAINING = phrases("rest"), phrases("remaining")
"""Words for a part without a number, and for the last part with one."""
TOTAL_WORDS = phrases("total_words")
OF_TOTAL = phrases("of_total")
EQUATES, ARE = phrases("equates"), phrases("are")
"""Words that say that a count and a share are the same people."""
MAIN_ONES = phrases("main_ones")
"""Words that say that only the largest parts are named."""
CONTRAST = phrases("contrast")
"""Words that turn to another subject."""
WIDE = phrases("wide")
"""Words that speak of a whole country rather than of one prison."""
EXCEEDS, BORDERS = words("exceeds"), words("borders")
CLAUSE = phrases("clause")
"""Words that open a clause of its own, where a list ends."""
RISE, FALL = phrases("rise"), phrases("fall")
RISES_BY, FALLS_BY = phrases("rises_by"), phrases("falls_by")
COMPARED = phrases("compared")
"""Words before the figure that another is compared with."""
OVERCROWDING, OCCUPANCY = phrases("overcrowding"), phrases("occupancy")
OVER_CAPACITY = phrases("over_capacity")
DURATION = {word: unit for unit, entries in _named("duration").items() for word in entries}
"""The unit of time that a word names."""
PART_OF_YEAR = words("part_of_year")
ROOM, SHORTFALLS = words("room"), phrases("shortfalls")
"""Words before a number of places, and before a number of places that lack."""
