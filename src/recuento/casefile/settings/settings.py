"""recuento.toml: the names an observatory gives to parties, actors, facilities, events, measures and worlds."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeVar

from recuento.casefile.settings.capture_settings import CaptureSettings, capture_settings_from
from recuento.casefile.settings.estimate_settings import AskedEstimate, asked_estimate_from
from recuento.casefile.settings.reader_settings import NamedReader, reader_from
from recuento.casefile.settings.serve_settings import ServeSettings, serve_settings_from
from recuento.casefile.settings.store_settings import store_address_from
from recuento.casefile.settings.toml_table import Table
from recuento.errors import Fault, FaultsFound
from recuento.model.casting import MARKS, Actor, Cast, Event, Facility, Party
from recuento.model.measure import Measure, Vocabulary, measures_from, standard_vocabulary
from recuento.model.rules import Rules, rules_from, standard_rules
from recuento.model.subsets import Subsets, standard_subsets, subsets_from
from recuento.values.bilingual import LANGUAGES, Bilingual, Language

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class NamedWorld:
    """A world the casefile names: which claims of an event to believe, by id, by party or by actor."""

    id: str
    event: str
    name: Bilingual
    claims: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """What recuento.toml says. `edition` is the date that the dossier bears; None leaves it to the command."""

    name: str
    languages: tuple[Language, ...]
    cast: Cast
    vocabulary: Vocabulary
    rules: Rules
    worlds: tuple[NamedWorld, ...] = ()
    example: bool = False
    edition: date | None = None
    address: str | None = None
    texts: bool = False
    unreviewed: bool = False
    answer_days: int = 30
    """After how many open days a demand counts as overdue."""
    controls_every: int = 0
    """Every how many decisions, on average, a control is mixed into the review; 0 leaves them out."""
    testimony_dates: Literal["day", "month", "year"] = "month"
    """How exactly the dates of a testimony are told."""
    blank_withdrawn: bool = True
    """Whether earlier editions are blanked where they tell what was withdrawn since."""
    smallest_group: int = 5
    """Counts of fewer persons than this are not told, save zero."""
    smallest_group_sources: int = 10
    """The same for lists of people who spoke to the observatory."""
    subsets: Subsets = field(default_factory=standard_subsets)
    """Words of subsets in both languages: those every casefile knows and its own."""
    readers: tuple[NamedReader, ...] = ()
    """Other readers that may be asked; none is, unless a command names it."""
    estimates: tuple[AskedEstimate, ...] = ()
    store_address: str | None = None
    """Address of the server that keeps the tables; None keeps them in a file of the casefile's folder."""
    serve: ServeSettings | None = None
    """How a team reaches the workbench; None where nobody has said it."""
    capture: CaptureSettings = field(default_factory=CaptureSettings)


def read_settings(path: Path) -> Settings:
    """Read a recuento.toml whole; raise FaultsFound with every fault, each under its table."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FaultsFound(str(path), [Fault(path.name, str(error), str(error))]) from error
    return settings_in(text, path)


def settings_in(text: str, path: Path) -> Settings:
    """What a recuento.toml says that holds `text` and lies at `path`; raises FaultsFound as `read_settings` does."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FaultsFound(str(path), [Fault(path.name, str(error), str(error))]) from error
    faults: list[Fault] = []
    settings = _settings(data, faults, path.parent)
    if faults:
        raise FaultsFound(str(path), faults)
    assert settings is not None
    return settings


_RULES = ("identities", "readings", "dating", "words", "ledger")
"""The tables that extend the accounting of people."""


def _settings(data: Mapping[str, Any], faults: list[Fault], folder: Path) -> Settings | None:
    known = {
        "casefile",
        "dossier",
        "parties",
        "actors",
        "facilities",
        "events",
        "measures",
        "subsets",
        "worlds",
        "reader",
        "estimates",
        "store",
        "serve",
        "capture",
        "review",
        *_RULES,
    }
    for key in sorted(data.keys() - known):
        faults.append(Fault(f"[{key}]", "is no table of recuento.toml", "no es una tabla de recuento.toml"))
    head = Table("[casefile]", data.get("casefile", {}), faults)
    dossier = Table("[dossier]", data.get("dossier", {}), faults)
    store_address = store_address_from(Table("[store]", data.get("store", {}), faults))
    serve = serve_settings_from(Table("[serve]", data.get("serve", {}), faults))
    capture = capture_settings_from(Table("[capture]", data.get("capture", {}), faults))
    review = Table("[review]", data.get("review", {}), faults)
    controls_every = review.whole("controls_every", 0)
    if controls_every < 0:
        review.fault("controls_every must be 0 or more", "controls_every debe ser 0 o más")
    vocabulary = _vocabulary(data.get("measures", {}), faults)
    rules = _rules(data, faults)
    cast = Cast(
        parties=_each(data, "parties", _party, faults),
        actors=_each(data, "actors", _actor, faults),
        facilities=_each(data, "facilities", _facility, faults),
        events=_each(data, "events", _event, faults),
    )
    worlds = tuple(
        world
        for number, entry in enumerate(data.get("worlds", []), start=1)
        if (world := _world(Table(f"[[worlds]] {number}", entry, faults))) is not None
    )
    readers = tuple(
        reader
        for number, entry in enumerate(data.get("reader", []), start=1)
        if (reader := reader_from(Table(f"[[reader]] {number}", entry, faults), folder)) is not None
    )
    estimates = tuple(
        asked
        for number, entry in enumerate(data.get("estimates", []), start=1)
        if (asked := asked_estimate_from(Table(f"[[estimates]] {number}", entry, faults))) is not None
    )
    review.nothing_else()
    languages = tuple(lang for lang in head.texts("languages") or LANGUAGES if lang in LANGUAGES)
    settings = Settings(
        name=head.text("name"),
        languages=languages or LANGUAGES,
        cast=cast,
        vocabulary=vocabulary,
        rules=rules,
        worlds=worlds,
        example=head.flag("example"),
        edition=dossier.day("edition"),
        address=dossier.maybe("address"),
        texts=dossier.flag("texts"),
        unreviewed=dossier.flag("unreviewed"),
        controls_every=controls_every,
        answer_days=dossier.whole("answer_days", 30),
        testimony_dates=_testimony_dates(dossier),
        blank_withdrawn=_blank_withdrawn(dossier),
        smallest_group=_group(dossier, "smallest_group", 5),
        smallest_group_sources=_group(dossier, "smallest_group_sources", 10),
        subsets=_subsets(data, faults),
        readers=readers,
        estimates=estimates,
        store_address=store_address,
        serve=serve,
        capture=capture,
    )
    head.nothing_else()
    dossier.nothing_else()
    _check_references(settings, faults)
    return None if faults else settings


def _testimony_dates(table: Table) -> Literal["day", "month", "year"]:
    match table.maybe("testimony_dates"):
        case None | "month":
            return "month"
        case "day":
            return "day"
        case "year":
            return "year"
        case other:
            table.fault(
                f"testimony_dates is day, month or year, not {other!r}",
                f"testimony_dates es day, month o year, no {other!r}",
            )
            return "month"


def _subsets(data: Mapping[str, Any], faults: list[Fault]) -> Subsets:
    """The known subsets with those of the casefile; [subsets."as written"] may name the words of a table too."""
    found = dict(standard_subsets())
    for written, both in _each(data, "subsets", lambda id, table: (id, table.bilingual("")), faults):
        found |= {**subsets_from([both]), written.casefold(): both}
    return found


def _blank_withdrawn(table: Table) -> bool:
    rule = table.maybe("withdrawn") or "blank"
    if rule not in ("blank", "keep"):
        table.fault(f"withdrawn is blank or keep, not {rule!r}", f"withdrawn es blank o keep, no {rule!r}")
    return rule != "keep"


def _group(table: Table, key: str, usual: int) -> int:
    size = table.whole(key, usual)
    if size < 2:
        table.fault(f"{key} must be 2 or more", f"{key} debe ser 2 o más")
    return size


def _vocabulary(table: Mapping[str, Any], faults: list[Fault]) -> Vocabulary:
    more: tuple[Measure, ...] = ()
    try:
        more = measures_from(table, "recuento.toml")
    except FaultsFound as error:
        faults.extend(error.faults)
    return standard_vocabulary().extended(more)


def _rules(data: Mapping[str, Any], faults: list[Fault]) -> Rules:
    """The identities and readings of the package, with those of the casefile, less those it switches off."""
    ledger = Table("[ledger]", data.get("ledger", {}), faults)
    off = ledger.texts("without")
    ledger.nothing_else()
    try:
        rules = standard_rules().extended(rules_from({key: data.get(key, {}) for key in _RULES}, "recuento.toml"))
    except FaultsFound as error:
        faults.extend(error.faults)
        return standard_rules()
    known = {template.id for template in rules.templates}
    for id in sorted(set(off) - known):
        faults.append(Fault("[ledger]", f"there is no [identities.{id}]", f"no existe [identities.{id}]"))
    return rules.without(off)


def _each(
    data: Mapping[str, Any], kind: str, read: Callable[[str, Table], T | None], faults: list[Fault]
) -> tuple[T, ...]:
    entries = data.get(kind, {})
    if not isinstance(entries, dict):
        faults.append(Fault(f"[{kind}]", f"write [{kind}.ID]", f"escriba [{kind}.ID]"))
        return ()
    nouns = []
    for id, entry in entries.items():
        table = Table(f"[{kind}.{id}]", entry, faults)
        noun = table.guarded(lambda id=id, table=table: read(id, table))  # type: ignore[misc]
        table.nothing_else()
        if noun is not None:
            nouns.append(noun)
    return tuple(nouns)


def _party(id: str, table: Table) -> Party:
    name = table.bilingual("")
    return Party(
        id=id,
        name=name,
        short=table.bilingual("short", name),
        mark=table.maybe("mark") or MARKS[0],
        anonymous=table.flag("anonymous"),
    )


def _actor(id: str, table: Table) -> Actor:
    role = table.maybe_bilingual("role")
    return Actor(
        id=id,
        name=table.text("name"),
        party=table.text("party"),
        aliases=table.texts("aliases"),
        roles=(role,) if role else (),
        organisation=table.maybe("organisation"),
        public=table.flag("public"),
        person=table.flag("person"),
        called=table.maybe_bilingual("called"),
    )


def _facility(id: str, table: Table) -> Facility:
    return Facility(
        id=id,
        name=table.text("name"),
        aliases=table.texts("aliases"),
        place=table.maybe("place"),
        region=table.maybe("region"),
        parameters=table.remaining_whole_numbers(),
    )


def _event(id: str, table: Table) -> Event | None:
    starts, ends = table.partial_date("starts"), table.partial_date("ends")
    name, summary = table.bilingual(""), table.maybe_bilingual("summary")
    as_of = table.partial_date("as_of", required=False)
    facilities, headline, aliases = table.texts("facilities"), table.texts("headline"), table.texts("aliases")
    if starts is None or ends is None:
        return None
    return Event(
        id=id,
        name=name,
        facilities=facilities,
        starts=starts,
        ends=ends,
        summary=summary,
        aliases=aliases,
        as_of=as_of,
        headline=headline,
    )


def _world(table: Table) -> NamedWorld | None:
    world = NamedWorld(
        id=table.text("id"),
        event=table.text("event"),
        name=table.bilingual(""),
        claims=table.texts("claims"),
        parties=table.texts("parties"),
        actors=table.texts("actors"),
    )
    table.nothing_else()
    return world if world.id and world.event else None


def _check_references(settings: Settings, faults: list[Fault]) -> None:
    """Every id that a table names must be the id of another table."""
    cast = settings.cast

    def check(place: str, ids: tuple[str, ...], kind: str, there: Callable[[str], object | None]) -> None:
        for id in ids:
            if there(id) is None:
                faults.append(Fault(place, f"there is no [{kind}.{id}]", f"no existe [{kind}.{id}]"))

    for actor in cast.actors:
        check(f"[actors.{actor.id}]", (actor.party,) if actor.party else (), "parties", cast.party)
        check(f"[actors.{actor.id}]", (actor.organisation,) if actor.organisation else (), "actors", cast.actor)
    for event in cast.events:
        check(f"[events.{event.id}]", event.facilities, "facilities", cast.facility)
        check(f"[events.{event.id}]", event.headline, "measures", settings.vocabulary.find)
    for name in sorted({r.name for r in settings.readers if [o.name for o in settings.readers].count(r.name) > 1}):
        faults.append(Fault("[[reader]]", f"{name!r} is there twice", f"{name!r} aparece dos veces"))
    for asked in settings.estimates:
        check(f"[[estimates]] {asked.id}", (asked.event,), "events", cast.event)
    for id in sorted({e.id for e in settings.estimates if [o.id for o in settings.estimates].count(e.id) > 1}):
        faults.append(Fault("[[estimates]]", f"{id!r} is there twice", f"{id!r} aparece dos veces"))
    for world in settings.worlds:
        check(f"[[worlds]] {world.id}", (world.event,), "events", cast.event)
        check(f"[[worlds]] {world.id}", world.parties, "parties", cast.party)
        check(f"[[worlds]] {world.id}", world.actors, "actors", cast.actor)
    for facility in cast.facilities:
        check(
            f"[facilities.{facility.id}]",
            tuple(measure for measure, _ in facility.parameters),
            "measures",
            settings.vocabulary.find,
        )
