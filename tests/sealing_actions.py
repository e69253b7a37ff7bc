"""A casefile in which anything may happen to what is sealed, and a search of every byte it leaves."""

from __future__ import annotations

import base64
import os
import random
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from custody_case import filled
from recuento.casefile.casefile import Casefile
from recuento.casefile.keeping.backing_up import back_up
from recuento.casefile.keeping.verifying import verify
from recuento.casefile.people.lists import apply_list, plan_list
from recuento.casefile.publishing.publishing import publish
from recuento.casefile.sealing.keepers import add_keeper, keepers_of
from recuento.casefile.sealing.locking import is_locked, lock, unlock
from recuento.casefile.sealing.sealed_search import SealedSearch
from recuento.casefile.sealing.vault import add_file, add_text, new_source, sources_of, sweep
from recuento.casefile.sealing.vault_keys import destroy, grant, revoke
from recuento.casefile.sealing.vault_opening import open_all, open_source
from recuento.errors import RecuentoError
from recuento.seal.keys import PrivateKey
from recuento.seal.sealed import Sealed
from recuento.store import log
from vault_case import AT, RELATIVE

GIVEN = ("Ubaldina", "Zoraima", "Querubín", "Iñaki", "Wilfrido", "Nuñelia")
SURNAMES = ("Trasmonte", "Quiñongo", "Guaicaró", "Peñalisa", "Zamuray", "Tirsoñez")
LIST_NAMES = ("Xenofonte Listadez", "Yubirí Planillera")


class Case:
    """The casefile, the keys of its keepers, and what was planted in it so far."""

    def __init__(self, casefile: Casefile, folder: Path, seed: int) -> None:
        self.casefile = casefile
        self.folder = folder
        self.chance = random.Random(seed)
        self.keys = {"eva": PrivateKey.new(), "zoe": PrivateKey.new()}
        self.planted: list[str] = []
        self.at = AT
        for name, key in self.keys.items():
            add_keeper(casefile, name, key.public, by="ana", at=AT)
        # What was sealed before eva came she cannot open, so nothing of hers could be held against it.
        for id in self.living():
            destroy(casefile, id, by="ana", at=AT)

    def value(self) -> str:
        """A fresh value that nothing else in the world holds."""
        pieces = [self.chance.choice(GIVEN), self.chance.choice(SURNAMES), f"{self.chance.randrange(10**9):09}"]
        self.planted.append(" ".join(pieces))
        return self.planted[-1]

    def living(self) -> list[str]:
        """The ids of the sources that are not destroyed."""
        return [one.source.id for one in sources_of(self.casefile) if not one.source.is_destroyed]

    def one(self) -> str:
        """A living source, made if there is none."""
        living = self.living()
        return self.chance.choice(living) if living else new_source(
            self.casefile, "relatives", RELATIVE, by="ana", at=self.at
        ).id  # fmt: skip


def act(case: Case) -> None:
    """Do one thing by chance; what may not be done at this moment is refused and nothing happens."""
    casefile, chance, by = case.casefile, case.chance, "ana"
    case.at += timedelta(hours=chance.randrange(40))
    at, key = case.at, case.keys[chance.choice(("eva", "zoe"))]

    def seal_file() -> None:
        path = case.folder / f"{case.value()}.txt"
        path.write_text(case.value() * chance.randrange(1, 400), encoding="utf-8")
        add_file(casefile, case.one(), path, by=by, at=at)
        path.unlink()

    def slip() -> None:
        source = case.one()
        add_text(casefile, source, "name", Sealed(value := case.value()), by=by, at=at)
        told = chance.choice((value, value.split()[0], value.split()[-1]))
        open_source(casefile, case.one(), case.keys["eva"], purpose=f"hablar con {told}", by=by, at=at)
        raise AssertionError("a purpose that tells a name was taken")

    def back_up_and_drop() -> None:
        file = case.folder / "x.backup"
        back_up(casefile, file, to=[one.public_key for one in keepers_of(casefile)])
        file.unlink()

    things: list[tuple[int, Callable[[], object]]] = [
        (6, lambda: add_text(casefile, case.one(), chance.choice(("name", "contact", "place", "notes")),
                             Sealed(case.value() * chance.choice((1, 1, 40))), by=by, at=at)),
        (3, seal_file),
        (2, lambda: new_source(casefile, "relatives", RELATIVE, by=by, at=at)),
        (3, lambda: open_source(casefile, case.one(), key, purpose="una llamada pendiente", by=by, at=at)),
        (1, lambda: open_all(casefile, key, purpose="una revisión completa", by=by, at=at)),
        (2, slip),
        (1, lambda: revoke(casefile, [case.one()], chance.choice(("luis", "zoe")), by=by, at=at)),
        (1, lambda: grant(casefile, [], "zoe", case.keys["eva"], by=by, at=at)),
        (1, lambda: destroy(casefile, case.one(), by=by, at=at)),
        (1, lambda: unlock(casefile, key, by=by, at=at) if is_locked(casefile) else lock(casefile, by=by, at=at)),
        (1, lambda: publish(casefile, casefile.folder / "dossier", AT.date(), by=by, at=at,
                            search=SealedSearch(key))),
        (1, lambda: verify(casefile)),
        (1, lambda: sweep(casefile)),
        (1, back_up_and_drop),
    ]  # fmt: skip
    (work,) = chance.choices([one for _, one in things], [weight for weight, _ in things])
    try:
        work()
    except RecuentoError as error:
        said = f"{error.en} {error.es}"
        assert not any(word in said for value in case.planted for word in value.split()), "an error told a value"


def image_after(folder: Path, actions: int, seed: int, sabotage: str = "") -> list[str]:
    """Do `actions` things by chance, close, and give every file in which a planted value stands in any form.

    `sabotage` is "" or the name of a mistake that must be found: "details", a value in a line of the sealed log;
    "traces", rows of a list deleted with nothing zeroed.
    """
    folder.mkdir()
    (folder / "list.csv").write_text("nombre\n" + "".join(f"{name}\n" for name in LIST_NAMES), encoding="utf-8")
    with _temporary_files_in(folder), filled(folder / "made") as casefile:
        case = Case(casefile, folder, seed)
        apply_list(casefile, plan_list(casefile, folder / "list.csv", "planilla"), by="ana", at=AT)
        (folder / "list.csv").unlink()
        for _ in range(actions):
            act(case)
        if not is_locked(casefile):
            if sabotage == "traces":
                casefile.database.forget_deleted = lambda *_, **__: None  # type: ignore[method-assign]
                with casefile.database.writing() as connection:
                    connection.exec_driver_sql("PRAGMA secure_delete=OFF")
            lock(casefile, by="ana", at=AT)
        if sabotage == "details":
            with casefile.database.writing() as connection:
                log.act_done(connection, log.Act.OPENED, "ana", "2031", {"purpose": case.planted[0]}, "sealed")
        # The log of the database as it is while the casefile is in use, too.
        return hits(folder, [*case.planted, *LIST_NAMES])


def hits(folder: Path, planted: list[str]) -> list[str]:
    """The files in which a value, or the part of it that is its own, stands in any encoding."""
    wanted = [form for value in planted for form in forms(value)]
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            found += [str(path.relative_to(folder)) for form in wanted if form in data][:1]
            if any(form.decode("latin-1") in path.name for form in wanted[:1]):
                found.append(f"name of {path.relative_to(folder)}")
    return found


def forms(value: str) -> Iterator[bytes]:
    """How a value may lie in a file: whole and its telling word; UTF-8, UTF-16, base64, hex, reversed, no accents."""
    plain = "".join(c for c in unicodedata.normalize("NFD", value) if not unicodedata.combining(c))
    for text in {value, plain, value.upper(), value.split()[-1]}:
        data = text.encode()
        yield data
        yield text[::-1].encode()
        yield text.encode("utf-16-le")
        yield data.hex().encode()
        for offset in range(3):
            encoded = base64.b64encode(b"x" * offset + data)
            # The first and the last letters depend on what stands beside.
            yield encoded[(0, 2, 3)[offset] : len(encoded) - 4]


@contextmanager
def _temporary_files_in(folder: Path) -> Iterator[None]:
    """Let everything that makes temporary files make them where they are searched."""
    made = folder / "tmp"
    made.mkdir()
    before, tempfile.tempdir = tempfile.tempdir, str(made)
    known = {name: os.environ.get(name) for name in ("TMPDIR", "SQLITE_TMPDIR")}
    os.environ.update(dict.fromkeys(known, str(made)))
    try:
        yield
    finally:
        tempfile.tempdir = before
        for name, old in known.items():
            if old is None:
                os.environ.pop(name)
            else:
                os.environ[name] = old
