"""The names of test persons: tables of names by country, sex and time of birth, and how a name is drawn from them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recuento.link.simulate_settings import COUNTRIES

Names = NDArray[Any]
"""An array of str, one for each person or entry; "" where there is none."""

_GIVEN_SHIFT, _GIVEN_POWER = 4.0, 0.85
_SURNAME_SHIFT, _SURNAME_POWER = 9.0, 0.95
_FROM_ERA = 0.8
"""Share of given names from what was common when the person was born; the rest mark a country."""


@dataclass(frozen=True, slots=True)
class NameTables:
    """Sections of the name files: words in their order, the commonest first."""

    given: dict[str, tuple[str, ...]]
    surnames: dict[str, tuple[str, ...]]
    spellings: dict[str, tuple[str, ...]]
    """Every spelling to the others of its name."""
    nicknames: dict[str, tuple[str, ...]]
    abbreviations: dict[str, tuple[str, ...]]
    bynames: dict[str, tuple[str, ...]]
    """For men (`m`) and women (`f`)."""
    places: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def name_tables() -> NameTables:
    """The tables that come with the program."""
    given = {name: tuple(_words(lines)) for name, lines in _sections("given.txt").items()}
    surnames = {name: tuple(_words(lines)) for name, lines in _sections("surnames.txt").items()}
    variants = _sections("variants.txt")
    families = [tuple(line.split()) for line in variants["spellings"]]
    called = _words(variants["called"])
    return NameTables(
        given=given,
        surnames=surnames,
        spellings={one: tuple(o for o in family if o != one) for family in families for one in family},
        nicknames=_keyed(variants["nicknames"]),
        abbreviations=_keyed(variants["abbreviations"]),
        bynames={
            "m": tuple(b for b in called if b.startswith("El ")),
            "f": tuple(b for b in called if b.startswith("La ")),
        },
        places={name: tuple(_words(lines)) for name, lines in _sections("places.txt").items()},
    )


def draw_given(rng: np.random.Generator, female: NDArray[Any], birth_year: NDArray[Any], country: NDArray[Any],
               built: float) -> Names:  # fmt: skip
    """A first given name for each person."""
    tables = name_tables().given
    names = np.full(len(female), "", dtype=object)
    era = np.digitize(birth_year, [1968, 1988])
    by_era = rng.random(len(female)) < _FROM_ERA
    for sex, of_sex in (("m", ~female), ("f", female)):
        for place, one in enumerate(("old", "mid", "young")):
            _fill(rng, names, of_sex & by_era & (era == place), tables[f"{sex}.{one}"], given=True)
        for place, one in enumerate(COUNTRIES):
            _fill(rng, names, of_sex & ~by_era & (country == place), tables[f"{sex}.{one}"], given=True)
        made = np.flatnonzero(of_sex & (rng.random(len(female)) < built))
        names[made] = _joined(rng, tables["onsets"], tables[f"endings.{sex}"], len(made))
    return names


def draw_second_given(rng: np.random.Generator, female: NDArray[Any], none: float, religious: float) -> Names:
    """A second given name for each person, "" for those without."""
    tables = name_tables().given
    names = np.full(len(female), "", dtype=object)
    kind = rng.random(len(female))
    _fill(rng, names, female, tables["f.second"], given=True)
    _fill(rng, names, ~female, tables["m.second"], given=True)
    _fill(rng, names, kind < none + religious, tables["religious"], given=True)
    names[kind < none] = ""
    return names


def draw_surnames(rng: np.random.Generator, country: NDArray[Any], particle: float, rare: float) -> Names:
    """A surname for each person, by the country their names come from."""
    tables = name_tables().surnames
    names = np.full(len(country), "", dtype=object)
    for place, one in enumerate(COUNTRIES):
        _fill(rng, names, country == place, tables[one], given=False)
    kind = rng.random(len(country))
    _fill(rng, names, kind < particle, tables["particles"], given=True)
    made = np.flatnonzero(kind > 1 - rare)
    names[made] = _joined(rng, tables["onsets"], tables["endings"], len(made))
    return names


def _fill(rng: np.random.Generator, names: Names, mask: NDArray[Any], words: tuple[str, ...], *, given: bool) -> None:
    shift, power = (_GIVEN_SHIFT, _GIVEN_POWER) if given else (_SURNAME_SHIFT, _SURNAME_POWER)
    weights = (np.arange(len(words)) + 1 + shift) ** -power
    places = np.flatnonzero(mask)
    names[places] = np.array(words, dtype=object)[rng.choice(len(words), len(places), p=weights / weights.sum())]


def _joined(rng: np.random.Generator, onsets: tuple[str, ...], endings: tuple[str, ...], count: int) -> Names:
    first = np.array(onsets, dtype=object)[rng.integers(0, len(onsets), count)]
    return np.asarray(first + np.array(endings, dtype=object)[rng.integers(0, len(endings), count)])


def _sections(file: str) -> dict[str, list[str]]:
    text = (resources.files("recuento.link") / "names" / file).read_text(encoding="utf-8")
    sections: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line.startswith("[") and line.endswith("]"):
            sections[line[1:-1]] = []
        elif line.strip() and not line.startswith("#"):
            sections[list(sections)[-1]].append(line.strip())
    return sections


def _words(lines: list[str]) -> list[str]:
    """The words of a section, each once in its first place; a line with bars has words of several parts."""
    words = [word for line in lines for word in (line.split("|") if "|" in line else line.split())]
    return list(dict.fromkeys(words))


def _keyed(lines: list[str]) -> dict[str, tuple[str, ...]]:
    return {words[0]: tuple(words[1:]) for words in (line.split() for line in lines)}
