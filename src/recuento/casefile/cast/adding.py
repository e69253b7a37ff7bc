"""Add an actor, a facility, an event, or another name of an actor to recuento.toml, as a decision of who added it.

The file stays what people write by hand: the new is put in as text, all else stays byte for byte, and it is taken only
where the file then says exactly what it said before, and the new. What is there already is changed or deleted by hand.
"""

from __future__ import annotations

import hashlib
import json
import stat
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from recuento.casefile.casefile import SETTINGS, Casefile
from recuento.casefile.cast.ids import is_id
from recuento.casefile.review.correcting import Hand
from recuento.casefile.sealing.travelling import departure_of
from recuento.casefile.settings.adding import with_alias, with_record
from recuento.casefile.settings.record_table import Record, kind_of_table, table_of, toml_of
from recuento.casefile.settings.settings import Settings, settings_in
from recuento.errors import CasefileUnusable, Fault, FaultsFound, InvalidValue, RecuentoError
from recuento.model.casting import Actor, Cast, Event, Facility
from recuento.model.decision import Act, Decision
from recuento.store import decisions
from recuento.store.durable import write_file
from recuento.values.names import fold

KIND_OF = {"actors": "actor", "facilities": "facility", "events": "event"}
"""Table of recuento.toml to the kind of a subject: decisions are on "actor:ID", "facility:ID", "event:ID"."""


class FileChanged(RecuentoError):
    """recuento.toml is not the file that was looked at; nothing was written."""

    exit_code = 5

    def __init__(self) -> None:
        super().__init__(
            "recuento.toml was changed while you were looking at it; nothing of yours was written. Look whether what "
            "you want to add is there by now, and send it again",
            "recuento.toml cambió mientras usted lo miraba; no se escribió nada de lo suyo. Vea si lo que quiere "
            "añadir ya está, y envíelo de nuevo",
        )


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the file shall hold, what the cast then is, and what the decision tells of it."""

    text: str
    cast: Cast
    details: dict[str, str]


def add_record(casefile: Casefile, record: Record, hand: Hand, *, seen: str | None = None) -> Decision:
    """Add an actor, a facility or an event to recuento.toml; gives the decision, whose subject is "actor:ID" or so.

    `seen` is the SHA-256 of the file that was looked at, None for any. Raises FileChanged where it is another by now;
    FaultsFound with all that is wrong with the record or the file; ByHand where the file's form takes no such table;
    CasefileUnusable where it cannot be written. The casefile goes on with what the file then says.
    """

    def plan(text: str, cast: Cast) -> _Plan:
        _refuse(_faults_of(record, cast))
        return _Plan(with_record(text, record), _with(cast, record), {"name": _name(record), "table": toml_of(record)})

    return _made(casefile, f"{KIND_OF[kind_of_table(record)]}:{record.id}", Act.ENTER, plan, hand, seen)


def add_alias(casefile: Casefile, actor: str, alias: str, hand: Hand, *, seen: str | None = None) -> Decision:
    """Add another name to the actor of that id in recuento.toml: whoever is called so is this actor from now on.

    Raises what `add_record` does, and InvalidValue where the file has no such actor: a sealed source is none.
    """
    alias = " ".join(alias.split())

    def plan(text: str, cast: Cast) -> _Plan:
        known = _there(cast, actor)
        _refuse([*_faults_of_names([alias], known, cast, actor), *_faults_of_signs(known, "aliases", alias)])
        changed = replace(known, aliases=(*known.aliases, alias))
        actors = tuple(changed if one is known else one for one in cast.actors)
        told = {"name": alias, "aliases": json.dumps(known.aliases, ensure_ascii=False)}
        return _Plan(with_alias(text, actor, alias), replace(cast, actors=actors), told)

    return _made(casefile, f"actor:{actor}", Act.NAME, plan, hand, seen)


def _made(
    casefile: Casefile, subject: str, act: Act, plan: Callable[[str, Cast], _Plan], hand: Hand, seen: str | None
) -> Decision:
    """Write the changed file and append the decision, both inside one write transaction: nobody else writes meanwhile.

    The file is written last. A kill between it and the commit leaves the record without its decision, as one written
    by hand; never a decision that tells of what is not there.
    """
    if departure_of(casefile.folder) is not None:
        raise CasefileUnusable(
            "this casefile travels, and its recuento.toml does not come home with it: add this at home",
            "este caso está de viaje y su recuento.toml no vuelve a casa con él: añada esto en casa",
        )
    # Where the name leads to the file by a link, the file is replaced and the link stays.
    path = (casefile.folder / SETTINGS).resolve()
    before = after = b""
    try:
        with casefile.database.writing() as connection:
            before = path.read_bytes()
            if seen is not None and _hash(before) != seen:
                raise FileChanged
            settings, planned = _planned(path, before, plan)
            told = {**planned.details, "file_before": _hash(before), "file_after": _hash(planned.text.encode())}
            made = decisions.append(connection, subject, act, hand.by, hand.at, sorted(told.items()), hand.why)
            after = planned.text.encode()
            write_file(path, after, mode=stat.S_IMODE(path.stat().st_mode))
    except BaseException:
        # What the tables did not take is taken out of the file again.
        if after and path.read_bytes() == after:
            write_file(path, before, mode=stat.S_IMODE(path.stat().st_mode))
        raise
    casefile.use(settings)
    return made


def _planned(path: Path, before: bytes, plan: Callable[[str, Cast], _Plan]) -> tuple[Settings, _Plan]:
    """What the file will say and what it is to hold; raises where that is anything but the old and the new."""
    try:
        text = before.decode()
        told = settings_in(text, path)
        planned = plan(text, told.cast)
        settings = settings_in(planned.text, path)
    except UnicodeDecodeError as error:
        raise FaultsFound(SETTINGS, [Fault(SETTINGS, str(error), str(error))]) from error
    except FaultsFound as error:
        raise FaultsFound(SETTINGS, error.faults) from error
    if settings != replace(told, cast=planned.cast):
        raise AssertionError(f"{SETTINGS} would say something else than what was added")
    return settings, planned


def _refuse(faults: Iterable[Fault]) -> None:
    found = tuple(faults)
    if found:
        raise FaultsFound(SETTINGS, found)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _with(cast: Cast, record: Record) -> Cast:
    match record:
        case Actor():
            return replace(cast, actors=(*cast.actors, record))
        case Facility():
            return replace(cast, facilities=(*cast.facilities, record))
        case Event():
            return replace(cast, events=(*cast.events, record))


def _there(cast: Cast, id: str) -> Actor:
    found = cast.actor(id)
    if found is None:
        raise InvalidValue(f"there is no actor {id!r} in recuento.toml", f"no hay un actor {id!r} en recuento.toml")
    return found


def _faults_of(record: Record, cast: Cast) -> Iterator[Fault]:
    place = f"[{kind_of_table(record)}.{record.id}]"
    if not is_id(record.id):
        yield Fault(
            place,
            "an id has small letters, digits, _ and -, and is not that of a sealed source",
            "un identificador lleva minúsculas, cifras, _ y -, y no es el de una fuente sellada",
        )
    if any(one.id == record.id for one in _alike(record, cast)):
        yield Fault(place, "this id is taken: choose another", "este identificador ya está: elija otro")
    yield from _faults_of_names(_names(record), record, cast, None)
    for key, value in table_of(record).items():
        for words in value if isinstance(value, list) else [value]:
            yield from _faults_of_signs(record, key, words)


def _faults_of_signs(record: Record, key: str, words: object) -> Iterator[Fault]:
    if isinstance(words, str) and any(unicodedata.category(sign) in ("Cc", "Cs") for sign in words):
        place = f"[{kind_of_table(record)}.{record.id}]"
        yield Fault(place, f"{key} holds signs that are no text", f"{key} tiene signos que no son texto")


def _faults_of_names(names: Sequence[str], record: Record, cast: Cast, but: str | None) -> Iterator[Fault]:
    """What is wrong with new names: whoever is called by one must be found by it, and be nobody else."""
    place = f"[{kind_of_table(record)}.{record.id}]"
    holder = {fold(name): one for one in reversed(_alike(record, cast)) for name in _names(one)}
    for name in names:
        other = holder.get(fold(name))
        if not fold(name):
            yield Fault(place, f"{name!r} is no name: it has no letter", f"{name!r} no es un nombre: no tiene letras")
        elif other is not None and other.id == but:
            yield Fault(place, f"it is called {name!r} already", f"ya se llama {name!r}")
        elif other is not None:
            yield Fault(
                place,
                f"{name!r} is a name of {_name(other)!r} ({other.id}) already: add what tells the two apart",
                f"{name!r} ya es un nombre de {_name(other)!r} ({other.id}): añada lo que distinga a los dos",
            )


def _alike(record: Record, cast: Cast) -> Sequence[Record]:
    match record:
        case Actor():
            return cast.actors
        case Facility():
            return cast.facilities
        case Event():
            return cast.events


def _names(record: Record) -> tuple[str, ...]:
    first = (record.name.es, record.name.en) if isinstance(record, Event) else (record.name,)
    return tuple(dict.fromkeys((*first, *record.aliases)))


def _name(record: Record) -> str:
    return record.name.es if isinstance(record, Event) else record.name
