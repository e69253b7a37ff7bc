"""Link the entries of a casefile into persons, and keep the result until entries, decisions or the model change."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recuento import __version__
from recuento.casefile.casefile import Casefile
from recuento.casefile.people.lists import PEOPLE
from recuento.casefile.people.pair_decisions import standing_answers
from recuento.errors import CasefileUnusable, RecuentoError
from recuento.model.people import ListEntry, NamesList
from recuento.store import people, runs
from recuento.store.durable import explained, make_folder, move, sync_below
from recuento.store.locks import refuse_where_locked
from recuento.values.bilingual import Bilingual

if TYPE_CHECKING:
    from recuento.link.entries import Entries
    from recuento.link.linkage import Linkage

STEP = "link"
_LINKAGE = "linkage-"
_UNFINISHED = ".unfinished"


class NotLinked(CasefileUnusable):
    """There is no linkage yet, or it is out of date."""


@dataclass(frozen=True, slots=True)
class LinkDone:
    """What linking gave: entries, persons, pairs left open; `fresh` is false where nothing had changed."""

    fresh: bool
    entries: int
    persons: int
    pairs: int
    warnings: tuple[Bilingual, ...]


def link_what_changed(casefile: Casefile, *, at: datetime) -> LinkDone:
    """Link all entries anew where lists, decisions or the model changed; else give what is kept.

    Scratch files stay inside the casefile and are removed; a result replaces the one before as a whole. Raises
    RecuentoError where the extra that links is not installed, Locked while the lists are locked.
    """
    linking = _linking()
    with casefile.database.reading() as connection:
        refuse_where_locked(connection)
    fingerprint = _fingerprint(casefile, linking.VERSION)
    with casefile.database.reading() as connection:
        known = runs.finished(connection, STEP, "all") == fingerprint
    if known and linkage_folder(casefile, fingerprint).is_dir():
        kept = linkage_of(casefile)
        return LinkDone(False, kept.clusters.num_rows, len(kept), kept.pairs.num_rows, kept.warnings)
    entries = entries_of(casefile)
    with _workspace(casefile) as workspace:
        made = linking.link(
            entries,
            settings=_settings(casefile),
            decisions=tuple(answer for _, answer in standing_answers(casefile)),
            workspace=workspace,
        )
    _keep(casefile, made, fingerprint)
    with casefile.database.writing() as connection:
        runs.finish(connection, STEP, "all", fingerprint, __version__, at)
    _remove_others(casefile, fingerprint)
    return LinkDone(True, made.clusters.num_rows, len(made), made.pairs.num_rows, made.warnings)


def linkage_of(casefile: Casefile) -> Linkage:
    """The linkage as last kept; raises NotLinked where there is none."""
    import pyarrow.parquet as parquet

    from recuento.link.decisions import PairDecision
    from recuento.link.linkage import Level, Linkage

    folder = linkage_folder(casefile, linkage_mark(casefile))
    held: dict[str, Any] = json.loads((folder / "linkage.json").read_text(encoding="utf-8"))
    return Linkage(
        pairs=parquet.read_table(folder / "pairs.parquet"),
        clusters=parquet.read_table(folder / "clusters.parquet"),
        levels=tuple(
            Level(row["field"], row["level"], Bilingual(es=row["es"], en=row["en"]), row["m"], row["u"])
            for row in held["levels"]
        ),
        unique_lists=tuple(held["unique_lists"]),
        settings=held["settings"],
        version=held["version"],
        seed=held["seed"],
        warnings=tuple(Bilingual(**words) for words in held["warnings"]),
        decisions=tuple(PairDecision(*row) for row in held["decisions"]),
    )


def linkage_mark(casefile: Casefile) -> str:
    """What the linkage that counts is known by: it changes whenever one is kept. Raises NotLinked without any."""
    with casefile.database.reading() as connection:
        finished = runs.finished(connection, STEP, "all")
    if finished is None or not (linkage_folder(casefile, finished) / "linkage.json").is_file():
        raise NotLinked("nothing is linked yet: recuento link run", "aún no se ha enlazado nada: recuento link run")
    return finished


def linkage_folder(casefile: Casefile, mark: str) -> Path:
    """Where the linkage of that mark lies, and what is made of it: gone with it, and locked away with the lists."""
    return casefile.folder / PEOPLE / f"{_LINKAGE}{mark[:16]}"


def is_up_to_date(casefile: Casefile) -> bool:
    """Whether the linkage kept is that of the lists, decisions and model there are."""
    with casefile.database.reading() as connection:
        finished = runs.finished(connection, STEP, "all")
    return finished is not None and finished == _fingerprint(casefile, _linking().VERSION)


def entries_of(casefile: Casefile) -> Entries:
    """Every entry of the casefile as linking takes them: cells as written, under our columns, lists by their id."""
    import pyarrow as pa

    from recuento.link.entries import COLUMNS, Entries

    with casefile.database.reading() as connection:
        refuse_where_locked(connection)
        lists = {names.id: names for names in people.lists(connection)}
        columns: dict[str, list[str | None]] = {name: [] for name in COLUMNS}
        for entry in people.entries(connection):
            cells = cells_of(entry, lists[entry.list])
            for name in COLUMNS:
                columns[name].append(cells.get(name))
    table = pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
    return Entries.of(table)


def cells_of(entry: ListEntry, names: NamesList) -> dict[str, str]:
    """The cells of an entry under our columns; surnames and given names apart are joined as "surnames, given"."""
    ours = dict(names.columns)
    cells = {ours[column]: cell for column, cell in entry.cells if column in ours}
    surnames, given = cells.pop("surnames", ""), cells.pop("given_names", "")
    if "name" not in cells and (surnames or given):
        cells["name"] = f"{surnames}, {given}" if surnames and given else surnames or given
    return {**cells, "entry_id": entry.id, "list": entry.list}


def _settings(casefile: Casefile) -> Any:
    from recuento.link.settings import LinkSettings

    with casefile.database.reading() as connection:
        unique = tuple(sorted(names.id for names in people.lists(connection) if names.no_duplicates))
        counts = people.count(connection)
    return LinkSettings(unique_lists=tuple(id for id in unique if counts.get(id)))


def _linking() -> Any:
    missing = [name for name in ("splink", "duckdb", "pyarrow") if find_spec(name) is None]
    if missing:
        raise NeedsLink(missing[0])
    from recuento.link import link

    return link


class NeedsLink(RecuentoError):
    """The extra that links is not installed."""

    exit_code = 2

    def __init__(self, library: str) -> None:
        super().__init__(
            f'linking needs {library}; install it with: pip install "recuento[link]"',
            f'enlazar necesita {library}; instálelo con: pip install "recuento[link]"',
        )


def _fingerprint(casefile: Casefile, version: str) -> str:
    digest = hashlib.sha256(f"{__version__}\0{version}\0".encode())
    with casefile.database.reading() as connection:
        for part in people.fingerprint_parts(connection):
            digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    for decision, answer in standing_answers(casefile):
        digest.update(f"{decision.id} {answer.pair} {answer.answer}\0".encode())
    return digest.hexdigest()


def _remove_others(casefile: Casefile, fingerprint: str) -> None:
    for folder in (casefile.folder / PEOPLE).glob(f"{_LINKAGE}*"):
        if folder != linkage_folder(casefile, fingerprint):
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _workspace(casefile: Casefile) -> Iterator[Path]:
    """A scratch folder inside the casefile for this process alone, gone at the end; leftovers of dead ones go too."""
    root = casefile.folder / PEOPLE / "work"
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in root.iterdir():
        if not _alive(left.name):
            shutil.rmtree(left, ignore_errors=True)
    own = root / str(os.getpid())
    own.mkdir(mode=0o700, exist_ok=True)
    try:
        yield own
    finally:
        shutil.rmtree(own, ignore_errors=True)


def _alive(name: str) -> bool:
    if not name.isdigit():
        return False
    try:
        os.kill(int(name), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _keep(casefile: Casefile, made: Linkage, fingerprint: str) -> None:
    """Write the result whole, then give it its name. It counts once the run is recorded; a crash leaves the old one."""
    folder = linkage_folder(casefile, fingerprint)
    with explained(folder):
        _write_whole(folder, made, fingerprint)


def _write_whole(folder: Path, made: Linkage, fingerprint: str) -> None:
    import pyarrow.parquet as parquet

    fresh = folder.with_name(folder.name + _UNFINISHED)
    for left in (fresh, folder):
        shutil.rmtree(left, ignore_errors=True)
    make_folder(fresh, 0o700)
    parquet.write_table(made.pairs, fresh / "pairs.parquet")
    parquet.write_table(made.clusters, fresh / "clusters.parquet")
    held = {
        "fingerprint": fingerprint,
        "levels": [
            {"field": lv.field, "level": lv.level, "es": lv.label.es, "en": lv.label.en, "m": lv.m, "u": lv.u}
            for lv in made.levels
        ],
        "unique_lists": list(made.unique_lists),
        "settings": made.settings,
        "version": made.version,
        "seed": made.seed,
        "warnings": [{"es": words.es, "en": words.en} for words in made.warnings],
        "decisions": [[one.left, one.right, one.answer] for one in made.decisions],
    }
    (fresh / "linkage.json").write_text(json.dumps(held, ensure_ascii=False, indent=1), encoding="utf-8")
    sync_below(fresh)
    move(fresh, folder)
