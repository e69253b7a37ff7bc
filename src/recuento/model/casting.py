"""Who and where: parties, actors, facilities and events, as a casefile names them."""

from __future__ import annotations

from dataclasses import dataclass, field

from recuento.errors import InvalidValue
from recuento.values.bilingual import Bilingual
from recuento.values.partial_date import PartialDate

MARKS = ("square", "circle", "triangle", "diamond", "cross", "pentagon")
"""The shapes a party may be drawn with, in the order they are given out."""


@dataclass(frozen=True, slots=True)
class Party:
    """A side whose account an actor's words belong to: state, observatories, press, relatives ..."""

    id: str
    name: Bilingual
    short: Bilingual
    mark: str = "square"
    anonymous: bool = False
    """True where its actors are published only as their class ("a relative")."""

    def __post_init__(self) -> None:
        """Raise InvalidValue for a shape that cannot be drawn."""
        if self.mark not in MARKS:
            raise InvalidValue(
                f"party {self.id}: there is no mark {self.mark!r}; choose one of {', '.join(MARKS)}",
                f"parte {self.id}: no existe la marca {self.mark!r}; elija una de {', '.join(MARKS)}",
            )


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or organisation that speaks. `public` actors are named in the dossier; the others never are."""

    id: str
    name: str
    party: str
    aliases: tuple[str, ...] = ()
    roles: tuple[Bilingual, ...] = ()
    organisation: str | None = None
    """Id of the organisation whose voice this person is."""
    public: bool = False
    person: bool = True
    called: Bilingual | None = None
    """What the dossier calls an actor that is not public: "a relative of a prisoner"."""


@dataclass(frozen=True, slots=True)
class Facility:
    """A place of detention. `parameters` are facts such as its capacity, by measure id."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    place: str | None = None
    parameters: tuple[tuple[str, int], ...] = ()
    region: str | None = None
    """The state or region it lies in, by name or ISO 3166-2 code: what a testimony from there is told with."""


@dataclass(frozen=True, slots=True)
class Event:
    """A takeover, riot, transfer, reporting year ... at one or more facilities."""

    id: str
    name: Bilingual
    facilities: tuple[str, ...]
    starts: PartialDate
    ends: PartialDate
    summary: Bilingual | None = None
    aliases: tuple[str, ...] = ()
    as_of: PartialDate | None = None
    """The date at which its unknowns are balanced; the last day of the event where it is not given."""
    headline: tuple[str, ...] = ()
    """Measure ids that people ask for first, in order."""

    def __post_init__(self) -> None:
        """Raise InvalidValue where the event ends before it starts."""
        if self.ends.last < self.starts.first:
            raise InvalidValue(
                f"event {self.id} ends on {self.ends}, before it starts on {self.starts}",
                f"el suceso {self.id} termina el {self.ends}, antes de empezar el {self.starts}",
            )


@dataclass(frozen=True, slots=True)
class Cast:
    """All the parties, actors, facilities and events of a casefile, found by id."""

    parties: tuple[Party, ...] = ()
    actors: tuple[Actor, ...] = ()
    facilities: tuple[Facility, ...] = ()
    events: tuple[Event, ...] = ()
    _by_id: dict[tuple[str, str], Party | Actor | Facility | Event] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        """Index the nouns by kind and id."""
        for kind in ("parties", "actors", "facilities", "events"):
            for noun in getattr(self, kind):
                self._by_id[kind, noun.id] = noun

    def party(self, id: str) -> Party | None:
        """The party of that id, or None."""
        found = self._by_id.get(("parties", id))
        return found if isinstance(found, Party) else None

    def actor(self, id: str) -> Actor | None:
        """The actor of that id, or None."""
        found = self._by_id.get(("actors", id))
        return found if isinstance(found, Actor) else None

    def facility(self, id: str) -> Facility | None:
        """The facility of that id, or None."""
        found = self._by_id.get(("facilities", id))
        return found if isinstance(found, Facility) else None

    def event(self, id: str) -> Event | None:
        """The event of that id, or None."""
        found = self._by_id.get(("events", id))
        return found if isinstance(found, Event) else None
