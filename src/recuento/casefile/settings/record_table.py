"""An actor, a facility or an event as a table of recuento.toml: the very words that `read_settings` reads back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from recuento.model.casting import Actor, Event, Facility
from recuento.values.bilingual import Bilingual
from recuento.values.partial_date import PartialDate

Record = Actor | Facility | Event
"""What can be added to a casefile's cast."""
Value = str | bool | int | date | list[str]


def kind_of_table(record: Record) -> str:
    """The table that holds such a record: "actors", "facilities" or "events"."""
    match record:
        case Actor():
            return "actors"
        case Facility():
            return "facilities"
        case Event():
            return "events"


def table_of(record: Record) -> dict[str, Value]:
    """The keys and values of its table, in the order in which docs/casefile.md tells them; what is empty is left out.

    Of an actor with several roles the first alone: a table holds no more.
    """
    match record:
        case Actor():
            found = _actor(record)
        case Facility():
            found = _facility(record)
        case Event():
            found = _event(record)
    return {key: value for key, value in found.items() if value is not None and value != [] and value is not False}


def toml_of(record: Record, newline: str = "\n") -> str:
    """The table as text, its head first, each line ended."""
    head = f"[{kind_of_table(record)}.{record.id}]"
    return "".join(
        f"{line}{newline}" for line in (head, *(f"{k} = {toml_value(v)}" for k, v in table_of(record).items()))
    )


def toml_value(value: Value) -> str:
    """A value as TOML writes it."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case date():
            return value.isoformat()
        case list():
            return f"[{', '.join(toml_value(one) for one in value)}]"
        case str():
            # The escapes of JSON are escapes of TOML too; it only lets one more sign stand as it is.
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _actor(actor: Actor) -> dict[str, Value | None]:
    role = actor.roles[0] if actor.roles else None
    return {
        "name": actor.name,
        "party": actor.party,
        "aliases": list(actor.aliases),
        **_both("role", role),
        "organisation": actor.organisation,
        "public": actor.public,
        "person": actor.person,
        **_both("called", actor.called),
    }


def _facility(facility: Facility) -> dict[str, Value | None]:
    return {
        "name": facility.name,
        "aliases": list(facility.aliases),
        "place": facility.place,
        "region": facility.region,
        **dict(facility.parameters),
    }


def _event(event: Event) -> dict[str, Value | None]:
    return {
        **_both("", event.name),
        "facilities": list(event.facilities),
        "starts": _day(event.starts),
        "ends": _day(event.ends),
        "as_of": _day(event.as_of),
        **_both("summary", event.summary),
        "headline": list(event.headline),
        "aliases": list(event.aliases),
    }


def _both(prefix: str, words: Bilingual | None) -> Mapping[str, str]:
    if words is None:
        return {}
    return {f"{prefix}_es" if prefix else "es": words.es, f"{prefix}_en" if prefix else "en": words.en}


def _day(day: PartialDate | None) -> Value | None:
    if day is None:
        return None
    return day.first if day.day is not None else str(day)
