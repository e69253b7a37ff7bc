"""What somebody typed of an actor, a facility or an event, made into the record; all that is wrong is told at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from recuento.casefile.cast.ids import id_from
from recuento.casefile.settings.settings import Settings
from recuento.errors import Fault, FaultsFound, InvalidValue
from recuento.model.casting import Actor, Event, Facility
from recuento.values.bilingual import Bilingual
from recuento.values.partial_date import PartialDate
from recuento.workbench.speech import Speech
from recuento.workbench.typed import day_typed

T = TypeVar("T")
HEADLINES = 4
"""How many measures the form for an event offers to choose."""
_MOST = 2_000


@dataclass
class _Sent:
    """A form, read field by field; what is wrong is noted under the words that the field bears on the page."""

    form: Mapping[str, str]
    speech: Speech
    faults: list[Fault] = field(default_factory=list)

    def wrong(self, label: str, en: str, es: str) -> None:
        self.faults.append(Fault(self.speech.t(label), en, es))

    def tried(self, label: str, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except InvalidValue as error:
            self.wrong(label, error.en, error.es)
            return None

    def words(self, name: str) -> str:
        return " ".join(self.form.get(name, "").split())[:_MOST]

    def needed(self, name: str, label: str) -> str:
        found = self.words(name)
        if not found:
            self.wrong(label, "this is needed", "hace falta")
        return found

    def lines(self, name: str) -> tuple[str, ...]:
        told = (" ".join(line.split())[:_MOST] for line in self.form.get(name, "").splitlines())
        return tuple(dict.fromkeys(line for line in told if line))

    def both(self, prefix: str) -> Bilingual | None:
        """The words in both languages; those in one serve for the other."""
        es, en = self.words(f"{prefix}_es"), self.words(f"{prefix}_en")
        return Bilingual(es=es or en, en=en or es) if es or en else None

    def day(self, name: str, label: str, *, needed: bool = True) -> PartialDate | None:
        if needed and not self.needed(name, label):
            return None
        return self.tried(label, lambda: day_typed(self.form.get(name, "")))

    def done(self) -> None:
        if self.faults:
            raise FaultsFound(self.speech.t("cast_form"), self.faults)


def actor_from(form: Mapping[str, str], settings: Settings, speech: Speech) -> Actor:
    """The actor of a form; raises FaultsFound with every field that cannot be.

    Who is not to be named gets an id that tells nothing of the name, for ids stand where names do not.
    """
    sent = _Sent(form, speech)
    name, party = sent.needed("name", "cast_name"), sent.needed("party", "cast_party")
    if form.get("person") not in ("yes", "no"):
        sent.wrong("cast_what", "choose one of the two", "elija una de las dos")
    role = sent.both("role")
    public = form.get("public") == "yes"
    sent.done()
    taken = {one.id for one in settings.cast.actors}
    return Actor(
        id=sent.words("id") or id_from(name if public else "", taken, "actor"),
        name=name,
        party=party,
        aliases=sent.lines("aliases"),
        roles=(role,) if role else (),
        organisation=sent.words("organisation") or None,
        public=public,
        person=form.get("person") == "yes",
        called=sent.both("called"),
    )


def facility_from(form: Mapping[str, str], settings: Settings, speech: Speech) -> Facility:
    """The facility of a form; raises FaultsFound with every field that cannot be."""
    sent = _Sent(form, speech)
    name, capacity = sent.needed("name", "cast_name"), sent.words("capacity")
    if capacity and not (capacity.isascii() and capacity.isdecimal() and len(capacity) < 8):
        sent.wrong("cast_capacity", "write a whole number, in digits alone", "escriba un número entero, solo cifras")
    sent.done()
    return Facility(
        id=sent.words("id") or id_from(name, {one.id for one in settings.cast.facilities}, "facility"),
        name=name,
        aliases=sent.lines("aliases"),
        place=sent.words("place") or None,
        region=sent.words("region") or None,
        parameters=(("capacity", int(capacity)),) if capacity else (),
    )


def event_from(form: Mapping[str, str], places: list[str], settings: Settings, speech: Speech) -> Event:
    """The event of a form and the facilities ticked in it; raises FaultsFound with every field that cannot be."""
    sent = _Sent(form, speech)
    name = sent.both("name")
    if name is None:
        sent.wrong("cast_name", "this is needed", "hace falta")
    if not places:
        sent.wrong("cast_where", "tick one at least", "marque al menos uno")
    starts, ends = sent.day("starts", "cast_starts"), sent.day("ends", "cast_ends")
    as_of = sent.day("as_of", "cast_as_of", needed=False)
    sent.done()
    assert name is not None and starts is not None and ends is not None
    headline = dict.fromkeys(words for n in range(HEADLINES) if (words := sent.words(f"headline-{n}")))

    def event() -> Event:
        return Event(
            id=sent.words("id") or id_from(name.es, {one.id for one in settings.cast.events}, "event"),
            name=name,
            facilities=tuple(dict.fromkeys(places)),
            starts=starts,
            ends=ends,
            summary=sent.both("summary"),
            aliases=sent.lines("aliases"),
            as_of=as_of,
            headline=tuple(headline),
        )

    made = sent.tried("cast_ends", event)
    sent.done()
    assert made is not None
    return made
