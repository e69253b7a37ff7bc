"""The editions before the one to be published: its number, what it is held against, and what is shown of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from recuento.casefile.casefile import Casefile
from recuento.casefile.publishing.editions import (
    FilesOf,
    KeptEdition,
    blank_for_good,
    came_out,
    edition_in,
    files_of,
    kept_editions,
    told_in,
)
from recuento.errors import CheckFailed
from recuento.model.dossier import PublishRules
from recuento.model.edition import Edition, ToldEvent
from recuento.publish.freezing import folder_of, frozen
from recuento.publish.gate import Finding, Gate
from recuento.publish.notices import notice_page
from recuento.publish.retraction import Affected, affected, shown, tombstone
from recuento.values.partial_date import PartialDate

Site = dict[str, Callable[[], bytes]]
"""Files by path, each made when it is asked for: an edition of thousands of pages is not held twice."""


@dataclass(frozen=True, slots=True)
class History:
    """What came before an edition: its own number, the editions that came out, and what the last of them told."""

    number: int
    earlier: tuple[KeptEdition, ...]
    told: tuple[ToldEvent, ...] | None

    @property
    def editions(self) -> tuple[Edition, ...]:
        """The earlier editions."""
        return tuple(one.edition for one in self.earlier)


def history_of(casefile: Casefile, folder: Path | None = None) -> History:
    """What comes before the next edition. One that was kept and never came out is not there: its number is free.

    It came out where it says so, or where `folder`, the dossier's, holds it: a run may be killed between the two.
    """
    every = kept_editions(casefile)
    if every and not every[-1].out:
        last = every[-1].edition
        if folder is None or edition_in(folder) != (last.number, last.day.isoformat()):
            every = every[:-1]
        else:
            every = (*every[:-1], came_out(casefile, every[-1]))
    number = every[-1].number + 1 if every else 1
    return History(number, every, told_in(casefile, number - 1) if every else None)


def before_the_last(casefile: Casefile, history: History) -> History:
    """What came before the last edition, for that one to be made again."""
    number = history.number - 1
    return History(number, history.earlier[:-1], told_in(casefile, number - 1) if number > 1 else None)


def earlier_files(
    casefile: Casefile, earlier: Sequence[KeptEdition], rules: PublishRules, open_files: ExitStack
) -> list[tuple[KeptEdition, Site]]:
    """The files of each earlier edition as far as they are shown: without what was withdrawn since, by the rules."""
    found = []
    for one in earlier:
        files = open_files.enter_context(files_of(casefile, one.number))
        found.append((one, _shown(one, files, rules, casefile.settings.name)))
    return found


def _shown(one: KeptEdition, files: FilesOf, rules: PublishRules, site: str) -> Site:
    hit = affected(one.edition.contents, rules.withdrawn if rules.blank else ())
    if not hit:
        return {path: partial(files.__getitem__, path) for path in files}
    return {path: partial(_as_far, path, files, hit, one, site) for path in files}


def _as_far(path: str, files: FilesOf, hit: Affected, one: KeptEdition, site: str) -> bytes:
    return shown(path, files[path], hit, one.edition, site)


def blank(path: str, month: PartialDate, one: KeptEdition, site: str) -> bytes:
    """What stands in place of a file of an earlier edition that is not shown any more."""
    return frozen(path, tombstone(path, month, site), one.number, one.edition.day)


def search_earlier(
    casefile: Casefile, editions: Sequence[tuple[KeptEdition, Site]], gate: Gate, day: date, *, whole_search: bool
) -> tuple[list[tuple[KeptEdition, Site]], tuple[str, ...]]:
    """Look in earlier editions for what must not leave now, and blank the files it stands in where the rule says so.

    Gives the editions, and the files blanked for the first time. `whole_search` says whether everything sealed was
    looked for: only then is a blank file shown again that holds nothing any more. Raises CheckFailed where the rule is
    to keep such files: then nothing is written.
    """
    month = PartialDate(day.year, day.month)
    kept: list[tuple[KeptEdition, Site]] = []
    reports: list[str] = []
    refused: list[Finding] = []
    for one, files in editions:
        before = dict(one.blanked)
        gone = {} if whole_search else dict(before)
        for path, make in files.items():
            found = gate.findings(f"{folder_of(one.number)}/{path}", make()) if path not in gone else ()
            if found:
                gone[path] = before.get(path, month)
                refused += found[:1]
        reports += [f"{folder_of(one.number)}/{path}" for path in sorted(gone.keys() - before.keys())]
        kept.append(_blanked(casefile, one, files, gone))
    if refused and not casefile.settings.blank_withdrawn:
        raise _kept_all_the_same(refused)
    return kept, tuple(reports)


def _blanked(
    casefile: Casefile, one: KeptEdition, files: Site, gone: Mapping[str, PartialDate]
) -> tuple[KeptEdition, Site]:
    if not casefile.settings.blank_withdrawn:
        return one, files
    changed = blank_for_good(casefile, one, gone)
    site = casefile.settings.name
    return changed, {**files, **{path: partial(blank, path, month, one, site) for path, month in gone.items()}}


def _kept_all_the_same(found: Sequence[Finding]) -> CheckFailed:
    lines = {language: "\n".join(f"  {one.text(language)}" for one in found[:20]) for language in ("en", "es")}
    return CheckFailed(
        'not published: earlier editions hold values that must not leave any more. Write withdrawn = "blank" under '
        f"[dossier] in recuento.toml to blank these files:\n{lines['en']}",
        'no se publica: ediciones anteriores contienen valores que ya no deben salir. Escriba withdrawn = "blank" en '
        f"[dossier] de recuento.toml para dejar en blanco estos archivos:\n{lines['es']}",
    )


def notices(
    files: Mapping[str, bytes], editions: Sequence[tuple[KeptEdition, Site]], rules: PublishRules, site: str
) -> dict[str, bytes]:
    """What stands at addresses that earlier editions had and this one has not: withdrawn, or no longer there."""
    found: dict[str, bytes] = {}
    for one, earlier in editions:
        hit = affected(one.edition.contents, rules.withdrawn)
        for path in earlier.keys() - files.keys():
            month = hit.month_of(path)
            if month is not None:
                found[path] = tombstone(path, month, site)
            elif path.endswith(".html"):
                found.setdefault(path, notice_page(path, site, "moved"))
    return found
