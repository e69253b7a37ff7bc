"""What a set of test lists is made of: every rate a named field that refuses to be impossible."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date

from recuento.errors import InvalidValue

COUNTRIES: tuple[str, ...] = ("ve", "co", "mx", "cl")


@dataclass(frozen=True, slots=True)
class NameRates:
    """Chance per entry (per word for spelling) of each thing that happens to a name when it is written down."""

    surname_first: float = 0.15
    surname_comma: float = 0.05
    """Surnames, a comma, given names."""
    second_given_missing: float = 0.25
    second_given_initial: float = 0.05
    second_given_alone: float = 0.01
    givens_swapped: float = 0.01
    second_surname_missing: float = 0.20
    second_surname_initial: float = 0.03
    second_surname_alone: float = 0.005
    surnames_swapped: float = 0.01
    spelling: float = 0.10
    """Another spelling of the same given name."""
    nickname_for_name: float = 0.01
    """Cheo for José."""
    abbreviation: float = 0.01
    phonetic: float = 0.02
    keyboard: float = 0.02
    scanned: float = 0.0
    particle_lost: float = 0.15
    words_glued: float = 0.005
    married: float = 0.0
    """A woman written with "de" and her husband's surname."""
    remark: float = 0.005
    """A title, an alias or a remark in the same cell."""
    accents_lost: float = 0.6
    upper: float = 0.4
    lower: float = 0.05
    garbled: float = 0.0
    """Accented letters broken by a wrong encoding."""
    longest: int = 0
    """Letters that the column holds; 0 for no limit."""

    def __post_init__(self) -> None:
        """Raise InvalidValue where a rate is no chance."""
        check_rates(self)
        _check(self.longest == 0 or self.longest >= 8, "longest", self.longest, "0 or at least 8", "0 o al menos 8")
        together = self.surname_first + self.surname_comma
        _check(together <= 1, "surname_first + surname_comma", together, "at most 1", "como máximo 1")
        together = self.upper + self.lower
        _check(together <= 1, "upper + lower", together, "at most 1", "como máximo 1")


@dataclass(frozen=True, slots=True)
class NumberRates:
    """Chance per entry of what happens to the document number."""

    present: float = 0.6
    wrong_digit: float = 0.03
    digits_swapped: float = 0.015
    extra_digit: float = 0.005
    illegible: float = 0.01
    someone_elses: float = 0.0
    next_row: float = 0.0
    """The number (and age) of the next row of the same sheet."""
    punctuated: float = 0.5

    def __post_init__(self) -> None:
        """Raise InvalidValue where a rate is no chance."""
        check_rates(self)


@dataclass(frozen=True, slots=True)
class DateRates:
    """Chance per entry of what happens to the age and the dates."""

    age_present: float = 0.5
    age_off_by_one: float = 0.08
    age_off_by_more: float = 0.03
    age_digits_swapped: float = 0.005
    age_rounded: float = 0.03
    birth_present: float = 0.2
    birth_wrong: float = 0.03
    birth_year_only: float = 0.04
    birth_day_month_swapped: float = 0.02
    birth_two_digit_year: float = 0.1
    birth_in_words: float = 0.05
    arrest_present: float = 0.3
    arrest_off: float = 0.1
    day_first: float = 0.8
    """Dates written with the day first; the rest are ISO."""

    def __post_init__(self) -> None:
        """Raise InvalidValue where a rate is no chance."""
        check_rates(self)


@dataclass(frozen=True, slots=True)
class ColumnRates:
    """Chance that each other column is filled in, and filled in wrongly."""

    sex: float = 0.5
    sex_wrong: float = 0.01
    facility: float = 0.8
    facility_wrong: float = 0.01
    state: float = 0.4
    state_wrong: float = 0.02
    nationality: float = 0.2
    nickname: float = 0.05

    def __post_init__(self) -> None:
        """Raise InvalidValue where a rate is no chance."""
        check_rates(self)


@dataclass(frozen=True, slots=True)
class ListSettings:
    """One list: whom it catches, how often twice, and how it is written."""

    name: str
    chance: float = 0.25
    """Share of the persons in its reach that it catches."""
    reach: float = 1.0
    """Share of the facilities it can see at all."""
    visibility: float = 1.0
    """How strongly a person's visibility decides; 0 makes everybody alike."""
    facility_spread: float = 0.4
    """Standard deviation of the facilities' own log odds."""
    follows: tuple[tuple[str, float], ...] = ()
    """(an earlier list, the log odds that its persons gain here): what one list copies from another."""
    repeats: float = 0.05
    """Chance of each further entry of a person already on the list."""
    repeats_copied: float = 0.3
    """Share of the further entries that repeat the name as it was first written."""
    lag_days: int = 20
    names: NameRates = field(default_factory=NameRates)
    numbers: NumberRates = field(default_factory=NumberRates)
    dates: DateRates = field(default_factory=DateRates)
    columns: ColumnRates = field(default_factory=ColumnRates)

    def __post_init__(self) -> None:
        """Raise InvalidValue where a rate is no chance or the list has no name."""
        check_rates(self, except_for=("visibility", "facility_spread"))
        _check(bool(self.name.strip()), "name", self.name, "not empty", "no vacío")
        _check(0 < self.chance < 1, "chance", self.chance, "between 0 and 1", "entre 0 y 1")
        _check(self.reach > 0, "reach", self.reach, "above 0", "mayor que 0")
        _check(0 <= self.visibility <= 5, "visibility", self.visibility, "from 0 to 5", "de 0 a 5")
        _check(0 <= self.facility_spread <= 5, "facility_spread", self.facility_spread, "from 0 to 5", "de 0 a 5")
        _check(self.repeats <= 0.9, "repeats", self.repeats, "at most 0.9", "como máximo 0,9")
        _check(0 <= self.lag_days <= 3650, "lag_days", self.lag_days, "from 0 to 3650", "de 0 a 3650")


@dataclass(frozen=True, slots=True)
class SimulationSettings:
    """A population and its lists. `persons` is how many human beings there are, on a list or not."""

    persons: int
    lists: tuple[ListSettings, ...]
    names_from: tuple[float, float, float, float] = (0.6, 0.25, 0.1, 0.05)
    """Shares of names as they are borne in Venezuela, Colombia, Mexico and Chile."""
    women: float = 0.12
    foreigners: float = 0.05
    undocumented: float = 0.03
    no_second_given: float = 0.25
    religious_given: float = 0.05
    no_second_surname: float = 0.05
    surname_with_particle: float = 0.04
    built_given: float = 0.04
    """Given names put together from parts, as parents do."""
    rare_surname: float = 0.05
    kin: float = 0.06
    """Share of persons who are a brother, a twin, a son or a cousin of somebody in the population."""
    in_events: float = 0.3
    event_size: int = 30
    transferred: float = 0.25
    bynamed: float = 0.25
    facilities: int = 30
    days: int = 600
    start: date = date(2024, 3, 1)
    visibility_spread: float = 0.7
    """Standard deviation of what makes a person visible to every list alike (log odds)."""

    def __post_init__(self) -> None:
        """Raise InvalidValue where a rate is no chance or the lists do not fit together."""
        check_rates(self, except_for=("visibility_spread",))
        _check(0 <= self.persons <= 5_000_000, "persons", self.persons, "from 0 to 5,000,000", "de 0 a 5.000.000")
        _check(2 <= self.facilities <= 300, "facilities", self.facilities, "from 2 to 300", "de 2 a 300")
        _check(30 <= self.days <= 5_000, "days", self.days, "from 30 to 5,000", "de 30 a 5.000")
        _check(2 <= self.event_size <= 5_000, "event_size", self.event_size, "from 2 to 5,000", "de 2 a 5.000")
        _check(0 <= self.visibility_spread <= 5, "visibility_spread", self.visibility_spread, "0 to 5", "de 0 a 5")
        shares = (len(self.names_from), min(self.names_from, default=0), sum(self.names_from))
        fits = shares[0] == len(COUNTRIES) and shares[1] >= 0 and shares[2] > 0
        _check(fits, "names_from", self.names_from, "four shares", "cuatro proporciones")
        earlier: list[str] = []
        for one in self.lists:
            _check(one.name not in earlier, "lists", one.name, "each list once", "cada lista una sola vez")
            for other, _ in one.follows:
                _check(other in earlier, "follows", other, "an earlier list", "una lista anterior")
            earlier.append(one.name)
        _check(len(self.lists) <= 20, "lists", len(self.lists), "at most 20", "como máximo 20")


def check_rates(settings: object, except_for: tuple[str, ...] = ()) -> None:
    """Raise InvalidValue for the first float field that is no chance between 0 and 1."""
    for one in fields(settings):  # type: ignore[arg-type]
        value = getattr(settings, one.name)
        if isinstance(value, float) and one.name not in except_for:
            _check(0 <= value <= 1, one.name, value, "from 0 to 1", "de 0 a 1")


def _check(holds: bool, name: str, value: object, en: str, es: str) -> None:
    if not holds:
        raise InvalidValue(f"{name} is {value!r}; it must be {en}", f"{name} es {value!r}; debe ser {es}")
