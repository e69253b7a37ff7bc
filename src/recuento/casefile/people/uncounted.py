"""The estimates recuento.toml asks for: from a table of overlaps to what the dossier tells, kept while inputs stay."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from functools import cache, partial
from importlib.resources import files
from pathlib import Path

from recuento.casefile.casefile import Casefile
from recuento.casefile.documents.preserving import Progress
from recuento.casefile.people.overlaps import LinkedTables, linked_tables, over_draws
from recuento.casefile.settings.estimate_settings import LINKED, AskedEstimate
from recuento.errors import Fault, FaultsFound, RecuentoError
from recuento.estimate.chart import side_by_side_chart
from recuento.estimate.methods import Comparison, Method, Refusal, compare, fitting, method_named
from recuento.estimate.reading import table_from_csv
from recuento.estimate.report import CANNOT_KNOW, gathered_cautions, interval_words, quotable
from recuento.estimate.result import Estimate
from recuento.estimate.strata import estimate_by
from recuento.estimate.table import CaptureTable
from recuento.model.estimation import Estimation, EstimationCaution, MethodAnswer, Refused
from recuento.store import derived, people
from recuento.store.encoding import decode, encode
from recuento.store.locks import is_locked
from recuento.values.bilingual import Bilingual

STEP = "estimate"


def estimate_what_changed(casefile: Casefile, *, progress: Progress | None = None) -> tuple[int, int]:
    """Make every estimate whose table, settings or methods changed; gives how many were made, and how many there are.

    Raises FaultsFound where a table cannot be read, before anything is kept.
    """
    asked = casefile.settings.estimates
    with casefile.database.reading() as connection:
        kept = derived.all(connection, STEP).keys()
        if is_locked(connection) or not people.lists(connection):
            # What was made of lists that are locked, or at home while the casefile travels, is told as it was.
            asked = tuple(one for one in asked if one.table != LINKED or one.id not in kept)
    tables = {one.id: _tables_of(casefile, one) for one in asked}
    with casefile.database.reading() as connection:
        known = {key: result.fingerprint for key, result in derived.all(connection, STEP).items()}
    todo = [one for one in asked if known.get(one.id) != _fingerprint(one, tables[one.id])]
    for at, one in enumerate(todo):
        if progress:
            progress(at, len(todo), one.id)
        made = estimation_of(one, tables[one.id])
        with casefile.database.writing() as connection:
            derived.keep(connection, STEP, one.id, derived.Result(_fingerprint(one, tables[one.id]), encode(made)))
    return len(todo), len(asked)


def estimations_of(casefile: Casefile) -> tuple[Estimation, ...]:
    """The estimates as last made, in the order of recuento.toml; those it no longer asks for are not told."""
    with casefile.database.reading() as connection:
        kept = derived.all(connection, STEP)
    return tuple(decode(Estimation, kept[one.id].body) for one in casefile.settings.estimates if one.id in kept)


def estimation_of(asked: AskedEstimate, tables: LinkedTables) -> Estimation:
    """All the methods on the tables, as the dossier tells them."""
    table = tables.best
    methods = [method_named(name) for name in asked.methods] or fitting(table)
    if tables.draws:
        done = compare(table, methods, seed=asked.seed, asked=partial(over_draws, tables=tables))
    elif asked.by:
        done = _totals(asked, table, methods)
    else:
        done = compare(table, methods, seed=asked.seed)
    return Estimation(
        id=asked.id,
        event=asked.event,
        question=asked.question,
        lists=tuple(zip(table.lists, (int(size) for size in table.list_sizes), strict=True)),
        observed=table.people,
        repeated=table.people - int(table.capture_frequencies[0]),
        answers=tuple(_answer(each) for each in done.estimates),
        refused=tuple(Refused(each.title, Bilingual(es=each.reason.es, en=each.reason.en)) for each in done.refusals),
        cautions=tuple(
            EstimationCaution(caution.gravity, caution.words, methods)
            for caution, methods in gathered_cautions(done.estimates)
        ),
        cannot_know=CANNOT_KNOW,
        picture=Bilingual(es=_picture(done, "es"), en=_picture(done, "en")),
        table=table.digest,
        version=methods_version(),
        lists_public=asked.lists_public,
        overlap=_overlap(table),
    )


def _overlap(table: CaptureTable) -> tuple[tuple[str, int], ...]:
    """The persons of every pattern of lists that somebody has, over all strata."""
    found: Counter[str] = Counter()
    for code, count in zip(table.codes, table.counts, strict=True):
        found["".join(str(int(code) >> at & 1) for at in range(len(table.lists)))] += int(count)
    return tuple(sorted(found.items()))


def _totals(asked: AskedEstimate, table: CaptureTable, methods: Sequence[Method]) -> Comparison:
    """Each method by stratum, its total alone; a method without any stratum estimated is refused."""
    totals: list[Estimate] = []
    refusals: list[Refusal] = []
    for method in methods:
        answer = estimate_by(table, method.seeded(asked.seed), asked.by, seed=asked.seed)
        if answer.total is not None:
            totals.append(answer.total)
        else:
            refusals.append(Refusal(method.name, method.title, next(iter(answer.refused.values()))))
    return Comparison(tuple(totals), tuple(refusals))


def _answer(estimate: Estimate) -> MethodAnswer:
    low, high = estimate.interval(0.95)
    grave = estimate.gravity == "do not report"
    finite = high < float("inf")
    return MethodAnswer(
        method=estimate.method,
        title=estimate.title,
        point=None if grave else float(round(estimate.point)),
        low=float(round(low)),
        high=float(round(high)) if finite else None,
        interval_kind=Bilingual(
            es=interval_words(estimate.spread.kind, "es"), en=interval_words(estimate.spread.kind, "en")
        ),
        only_a_bound=estimate.only_a_bound,
        gravity=estimate.gravity,
        sentence=Bilingual(es=quotable(estimate, "es"), en=quotable(estimate, "en")),
        assumptions=estimate.assumptions,
        settings=", ".join(f"{name} = {value}" for name, value in estimate.settings.items()),
    )


def _picture(done: Comparison, language: str) -> str:
    told = [each for each in done.estimates if each.gravity != "do not report"]
    return side_by_side_chart(told, "es" if language == "es" else "en") if told else ""


def _tables_of(casefile: Casefile, asked: AskedEstimate) -> LinkedTables:
    if asked.table == LINKED:
        return linked_tables(casefile, strata=asked.by, seed=asked.seed)
    return LinkedTables(_table_of(casefile, asked), (), 0)


def _table_of(casefile: Casefile, asked: AskedEstimate) -> CaptureTable:
    path = casefile.folder / asked.table
    place = f"[[estimates]] {asked.id}"
    if not path.resolve().is_relative_to(casefile.folder.resolve()):
        raise FaultsFound(
            "recuento.toml",
            [Fault(place, f"{asked.table} lies outside the casefile", f"{asked.table} está fuera del caso")],
        )
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FaultsFound(
            "recuento.toml",
            [Fault(place, f"{asked.table} cannot be read: {reason}", f"no se puede leer {asked.table}: {reason}")],
        ) from None
    try:
        table = table_from_csv(text, file=asked.table, strata=asked.by or None, never_met=asked.never_met)
        for name in asked.methods:
            method_named(name)
    except FaultsFound:
        raise
    except RecuentoError as error:
        raise FaultsFound("recuento.toml", [Fault(place, error.en, error.es)]) from None
    return table


def _fingerprint(asked: AskedEstimate, tables: LinkedTables) -> str:
    digests = " ".join(table.digest for table in (tables.best, *tables.draws))
    return hashlib.sha256(f"overlap 1 {methods_version()}\0{digests}\0{asked!r}".encode()).hexdigest()


@cache
def methods_version() -> str:
    """A hash of the code of the methods: a change of any of them makes every estimate anew."""
    digest = hashlib.sha256()
    for item in sorted(files("recuento.estimate").iterdir(), key=lambda item: item.name):
        if item.name.endswith(".py"):
            digest.update(Path(item.name).name.encode() + b"\0" + item.read_bytes())
    return digest.hexdigest()[:16]
