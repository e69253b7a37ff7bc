"""How a name comes to be written on a list: order, what is left out, how it is spelled, what the machine did to it."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recuento.link.simulate_names import Names, name_tables
from recuento.link.simulate_people import People
from recuento.link.simulate_settings import NameRates

_KEYS = {"q": "wa", "w": "qe", "e": "wr", "r": "et", "t": "ry", "y": "tu", "u": "yi", "i": "uo", "o": "ip", "p": "o",
         "a": "sq", "s": "ad", "d": "sf", "f": "dg", "g": "fh", "h": "gj", "j": "hk", "k": "jl", "l": "kñ", "z": "xa",
         "x": "zc", "c": "xv", "v": "cb", "b": "vn", "n": "bm", "m": "n", "ñ": "lp"}  # fmt: skip
_SOUNDS = (("b", "v"), ("v", "b"), ("z", "s"), ("s", "z"), ("ci", "si"), ("ce", "se"), ("ll", "y"), ("y", "ll"),
           ("ge", "je"), ("gi", "ji"), ("je", "ge"), ("qu", "k"), ("c", "k"), ("x", "s"), ("h", ""), ("gü", "w"),
           ("i", "y"), ("n", "nn"), ("l", "r"), ("rr", "r"), ("ñ", "ni"), ("m", "n"), ("d", ""),
           ("o", "u"))  # fmt: skip
_SCANS = (("rn", "m"), ("m", "rn"), ("o", "0"), ("l", "1"), ("i", "1"), ("s", "5"), ("e", "c"), ("a", "o"), ("u", "v"),
          ("nn", "m"), ("cl", "d"), ("b", "6"), ("g", "q"), ("h", "b"), ("t", "f"), ("é", "e'"),
          ("z", "2"))  # fmt: skip
_PARTICLES = re.compile(r"^((?:de|del|da|dos|los|las|la) )+", re.IGNORECASE)
_REMARKS = ("Sr. {}", "{} (menor)", "{} *", "{} (trasladado)", "{} - libre", "{}.", "{} (verificar)", "{} ?", "1) {}")
_GARBLED = {"á": "Ã¡", "é": "Ã©", "í": "Ã­", "ó": "Ã³", "ú": "Ãº", "ñ": "Ã±", "Á": "?", "É": "?", "Ñ": "?"}


def written_names(people: People, who: NDArray[Any], rates: NameRates, rng: np.random.Generator) -> Names:
    """The name of each of these persons as one list writes it."""
    dice = random.Random(int(rng.integers(2**63)))
    given, second = people.given[who].copy(), people.second_given[who].copy()
    surname, other = people.surname[who].copy(), people.second_surname[who].copy()
    _respell(given, second, rates, rng, dice)
    _leave_out_given(given, second, rates, rng)
    _leave_out_surname(surname, other, rates, rng)
    _marry(people, who, surname, other, rates, rng)
    for part in (given, second, surname, other):
        _misspell(part, rates, rng, dice)
    for part in (surname, other):
        _change(part, rng.random(len(part)) < rates.particle_lost, lambda name: _without_particle(name, dice))
    names = _in_order(given, second, surname, other, rates, rng)
    _remark(names, people.byname[who], rates, rng, dice)
    return _typed(names, rates, rng)


def _chance(rng: np.random.Generator, rate: float, count: int) -> NDArray[Any]:
    return rng.random(count) < rate if rate else np.zeros(count, dtype=bool)


def _change(names: Names, mask: NDArray[Any], change: Callable[[str], str]) -> None:
    for place in np.flatnonzero(mask):
        if names[place]:
            names[place] = change(names[place])


def _respell(given: Names, second: Names, rates: NameRates, rng: np.random.Generator, dice: random.Random) -> None:
    tables = name_tables()
    count = len(given)
    for names in (given, second):
        _change(names, _chance(rng, rates.spelling, count), lambda n: _another(n, tables.spellings, dice))
    nicked = _chance(rng, rates.nickname_for_name, count)
    nicked &= np.array([name in tables.nicknames for name in given], dtype=bool) if count else nicked
    _change(given, nicked, lambda n: _another(n, tables.nicknames, dice))
    second[nicked & (rng.random(count) < 0.8)] = ""
    _change(given, _chance(rng, rates.abbreviation, count), lambda n: _another(n, tables.abbreviations, dice))


def _another(name: str, table: dict[str, tuple[str, ...]], dice: random.Random) -> str:
    others = table.get(name)
    return dice.choice(others) if others else name


def _leave_out_given(given: Names, second: Names, rates: NameRates, rng: np.random.Generator) -> None:
    count = len(given)
    swapped = _chance(rng, rates.givens_swapped, count) & (second != "")
    given[swapped], second[swapped] = second[swapped], given[swapped]
    alone = _chance(rng, rates.second_given_alone, count) & (second != "")
    given[alone], second[alone] = second[alone], ""
    _shorten(second, rates.second_given_missing, rates.second_given_initial, rng)


def _leave_out_surname(surname: Names, other: Names, rates: NameRates, rng: np.random.Generator) -> None:
    count = len(surname)
    swapped = _chance(rng, rates.surnames_swapped, count) & (other != "")
    surname[swapped], other[swapped] = other[swapped], surname[swapped]
    alone = _chance(rng, rates.second_surname_alone, count) & (other != "")
    surname[alone], other[alone] = other[alone], ""
    _shorten(other, rates.second_surname_missing, rates.second_surname_initial, rng)


def _shorten(names: Names, missing: float, initial: float, rng: np.random.Generator) -> None:
    kind = rng.random(len(names))
    names[kind < missing] = ""
    point = "." if rng.random() < 0.6 else ""
    _change(names, (kind >= missing) & (kind < missing + initial * (1 - missing)), lambda n: n[0].upper() + point)


def _marry(people: People, who: NDArray[Any], surname: Names, other: Names, rates: NameRates,
           rng: np.random.Generator) -> None:  # fmt: skip
    wives = _chance(rng, rates.married, len(who)) & people.female[who]
    other[wives] = "de " + people.married[who][wives]


def _misspell(names: Names, rates: NameRates, rng: np.random.Generator, dice: random.Random) -> None:
    count = len(names)
    _change(names, _chance(rng, rates.phonetic, count), lambda n: _swapped(n, _SOUNDS, dice))
    _change(names, _chance(rng, rates.keyboard, count), lambda n: _mistyped(n, dice))
    _change(names, _chance(rng, rates.scanned, count), lambda n: _swapped(n, _SCANS, dice))


def _swapped(name: str, pairs: tuple[tuple[str, str], ...], dice: random.Random) -> str:
    """The name with one sound or shape taken for another, where one of them stands in it."""
    low = name.lower()
    found = [pair for pair in pairs if pair[0] in low]
    if not found or len(name) < 3:
        return name
    old, new = dice.choice(found)
    places = [place for place in range(len(low)) if low.startswith(old, place)]
    place = dice.choice(places)
    changed = low[:place] + new + low[place + len(old) :]
    return changed.title() if name[0].isupper() else changed


def _mistyped(name: str, dice: random.Random) -> str:
    """One slip on the keyboard: a neighbour, a letter lost, doubled or changed with the next, a space too many."""
    if len(name) < 3:
        return name
    place = dice.randrange(1, len(name) - 1)
    letter, after = name[place], name[place + 1]
    kind = dice.random()
    if kind < 0.35:
        return name[:place] + dice.choice(_KEYS.get(letter, letter)) + name[place + 1 :]
    if kind < 0.6:
        return name[:place] + name[place + 1 :]
    if kind < 0.8:
        return name[:place] + after + letter + name[place + 2 :]
    if kind < 0.95:
        return name[:place] + letter + name[place:]
    return name[:place] + " " + name[place:]


def _without_particle(name: str, dice: random.Random) -> str:
    if _PARTICLES.match(name) is None:
        return name
    return _PARTICLES.sub("", name) if dice.random() < 0.5 else name.replace(" ", "")


def _in_order(given: Names, second: Names, surname: Names, other: Names, rates: NameRates,
              rng: np.random.Generator) -> Names:  # fmt: skip
    kind = rng.random(len(given))
    comma = kind < rates.surname_comma
    first = (kind < rates.surname_comma + rates.surname_first) & ~comma
    glued = _chance(rng, rates.words_glued, len(given))
    names = np.empty(len(given), dtype=object)
    for place, (g, h, s, t) in enumerate(zip(given, second, surname, other, strict=True)):
        between = "" if glued[place] else " "
        of_given = f"{g}{between}{h}" if h else g
        of_surname = f"{s} {t}" if t else s
        if first[place]:
            names[place] = f"{of_surname} {of_given}"
        elif comma[place]:
            names[place] = f"{of_surname}, {of_given}"
        else:
            names[place] = f"{of_given} {of_surname}"
    return names


def _remark(names: Names, bynames: Names, rates: NameRates, rng: np.random.Generator, dice: random.Random) -> None:
    for place in np.flatnonzero(_chance(rng, rates.remark, len(names))):
        if bynames[place] and dice.random() < 0.5:
            names[place] = f"{names[place]} alias {bynames[place]}"
        else:
            names[place] = dice.choice(_REMARKS).format(names[place])


def _typed(names: Names, rates: NameRates, rng: np.random.Generator) -> Names:
    """What typing and machines do to the whole: accents, case, a broken encoding, the width of the column."""
    count = len(names)
    _change(names, _chance(rng, rates.garbled, count), _garbled)
    _change(names, _chance(rng, rates.accents_lost, count), _plain)
    case = rng.random(count)
    _change(names, case < rates.upper, str.upper)
    _change(names, case > 1 - rates.lower, str.lower)
    if rates.longest:
        names = np.array([name[: rates.longest].rstrip() for name in names], dtype=object)
    return names


def _garbled(name: str) -> str:
    return "".join(_GARBLED.get(letter, letter) for letter in name)


def _plain(name: str) -> str:
    if name.isascii():
        return name
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
