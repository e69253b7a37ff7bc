"""Keepers of names: key files that they keep on their own machines, and their public keys in the casefile."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from recuento.casefile.casefile import SETTINGS, Casefile
from recuento.errors import InvalidValue
from recuento.model.vault import KEEPERS_MAX, KEEPERS_MIN, Keeper
from recuento.seal.keys import PrivateKey, checked_public, key_file, key_from_file, key_of, secret_of
from recuento.seal.splitting import join, read_part, split
from recuento.store import vault

PUBLIC = ".pub"
"""Beside a key file NAME lies NAME.pub: the public half, to be sent to whoever runs the casefile."""
_KEY_FILE_BYTES_MAX = 100_000


def month_of(at: datetime) -> str:
    """The month of a moment, such as 2031-04: as closely as the vault tells when anything came."""
    return f"{at:%Y-%m}"


def new_key_file(file: Path, passphrase: str) -> str:
    """Make a pair of keys: the private half into `file` under the passphrase, the public half beside it, and given.

    Raises InvalidValue where `file` is there already, lies inside a casefile, or the passphrase is too short.
    """
    return _keep_key(file, PrivateKey.new(), passphrase)


def read_key_file(file: Path, passphrase: str) -> PrivateKey:
    """The key in a key file; raises WrongPassphrase, or InvalidValue where it is none."""
    try:
        with file.open("rb") as opened:
            data = opened.read(_KEY_FILE_BYTES_MAX)
    except OSError as error:
        raise InvalidValue(
            f"{file} cannot be read: {error.strerror or error}", f"no se puede leer {file}: {error.strerror or error}"
        ) from error
    return key_from_file(data, passphrase, str(file))


def split_key_file(file: Path, passphrase: str, folder: Path, *, needed: int, parts: int) -> tuple[Path, ...]:
    """Write the key of `file` as parts into `folder`, one file each; any `needed` of them make it again."""
    refuse_inside_casefile(folder)
    made = split(secret_of(read_key_file(file, passphrase)), needed=needed, parts=parts)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    paths = [folder / f"{file.stem}.part-{part.place}-of-{parts}.txt" for part in made]
    for path, part in zip(paths, made, strict=True):
        _write_new(path, f"{part.line()}\n".encode())
    return tuple(paths)


def join_key_file(lines: Sequence[str], file: Path, passphrase: str) -> str:
    """Make a key file of the parts of a split key, under a new passphrase; gives its public half."""
    key = key_of(join([read_part(line) for line in lines]))
    return _keep_key(file, key, passphrase)


def keepers_of(casefile: Casefile) -> tuple[Keeper, ...]:
    """The keepers of a casefile, those removed left out."""
    with casefile.database.reading() as connection:
        return tuple(keeper for keeper in vault.keepers(connection) if not keeper.removed)


def add_keeper(casefile: Casefile, name: str, public: str, *, by: str, at: datetime) -> Keeper:
    """Let somebody keep names from now on. Sources that are there must be granted to them by another keeper.

    Raises InvalidValue where the name or the key is in use, or where there are five keepers already.
    """
    keeper = Keeper(name, checked_public(public), by, month_of(at))
    with casefile.database.writing() as connection:
        known = vault.keepers(connection)
        now = [one for one in known if not one.removed]
        if any(one.id == name for one in known):
            raise InvalidValue(f"there is or was a keeper {name}", f"ya hay o hubo una persona custodia {name}")
        if any(one.public_key == keeper.public_key for one in now):
            raise InvalidValue("another keeper has this key", "otra persona custodia tiene esta clave")
        if len(now) == KEEPERS_MAX:
            raise InvalidValue(
                f"there are {KEEPERS_MAX} keepers already; remove one first",
                f"ya hay {KEEPERS_MAX} personas custodias; quite antes una",
            )
        vault.keep_keeper(connection, keeper)
    return keeper


def keeper_of(keepers: Sequence[Keeper], key: PrivateKey) -> Keeper:
    """The keeper whose key this is; raises InvalidValue where it is nobody's."""
    found = next((one for one in keepers if one.public_key == key.public), None)
    if found is None:
        raise InvalidValue(
            "this key is of no keeper of this casefile", "esta clave no es de ninguna persona custodia de este caso"
        )
    return found


def enough(keepers: Sequence[Keeper]) -> Sequence[Keeper]:
    """The keepers, where there are enough of them; raises InvalidValue with the way to add one."""
    if len(keepers) < KEEPERS_MIN:
        raise InvalidValue(
            f"names are sealed to at least {KEEPERS_MIN} keepers, and there are {len(keepers)}: each makes a key with "
            "recuento keeper new, and is added with recuento keeper add",
            f"los nombres se sellan para al menos {KEEPERS_MIN} personas custodias y hay {len(keepers)}: cada una hace "
            "su clave con recuento keeper new y se añade con recuento keeper add",
        )
    return keepers


def refuse_inside_casefile(path: Path) -> None:
    """Raise InvalidValue where `path` lies in a casefile: whoever takes that would take the key with it."""
    for folder in path.absolute().parents:
        if (folder / SETTINGS).is_file():
            raise InvalidValue(
                f"{path} lies inside the casefile {folder}; a key is kept elsewhere, best on another machine",
                f"{path} está dentro del caso {folder}; una clave se guarda en otra parte, mejor en otro equipo",
            )


def _keep_key(file: Path, key: PrivateKey, passphrase: str) -> str:
    refuse_inside_casefile(file)
    data = key_file(key, passphrase)
    _write_new(file, data)
    _write_new(file.with_name(file.name + PUBLIC), f"{key.public}\n".encode())
    return key.public


def _write_new(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise InvalidValue(
            f"{path} cannot be written: {error.strerror or error}", f"no se puede escribir {path}: {error.strerror}"
        ) from error
