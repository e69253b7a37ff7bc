"""Whatever is added to recuento.toml or to a noun moves no public byte until it is named: tried field by field."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from invented_dossier import valdeoscuro

from recuento.casefile.settings.settings import read_settings
from recuento.errors import FaultsFound
from recuento.model import casting, document, dossier
from recuento.publish.build import build

SECRET = "Ximqualhob Zulvytjux"
PRIVATE = {
    casting.Actor: ("organisation",),
    casting.Facility: ("aliases",),
    casting.Event: ("aliases", "as_of"),
    document.Document: ("name",),
    document.Origin: ("by",),
    document.Description: ("author", "extracted"),
    dossier.PublishedDocument: ("corrections",),
}
"""Fields of nouns that no public byte may rest on, whatever they hold."""


@cache
def _built() -> dict[str, bytes]:
    return build(valdeoscuro())


def _walked(noun: Any, kind: type, change: dict[str, Any]) -> Any:
    """`noun` with every noun of `kind` in it changed, however deep."""
    if isinstance(noun, tuple):
        return tuple(_walked(one, kind, change) for one in noun)
    if not dataclasses.is_dataclass(noun) or isinstance(noun, type):
        return noun
    inner = {
        field.name: _walked(getattr(noun, field.name), kind, change) for field in dataclasses.fields(noun) if field.init
    }
    made = type(noun)(**inner)
    return dataclasses.replace(made, **change) if type(noun) is kind else made


def _cases() -> Iterator[tuple[type, str]]:
    yield from ((kind, name) for kind, names in PRIVATE.items() for name in names)


@pytest.mark.parametrize(("kind", "name"), list(_cases()), ids=lambda one: getattr(one, "__name__", one))
def test_what_a_private_field_holds_moves_no_public_byte(kind: type, name: str) -> None:
    """The field of every such noun is filled with a secret, at once and everywhere."""
    field = next(field for field in dataclasses.fields(kind) if field.name == name)
    value: Any = (SECRET,) if "tuple" in str(field.type) else SECRET
    if "frozenset" in str(field.type):
        value = frozenset([SECRET])
    if name == "as_of":
        value = valdeoscuro().events[0].event.starts
    if kind is casting.Actor and name == "organisation":
        value = "servicio"
    assert build(_walked(valdeoscuro(), kind, {name: value})) == _built()


def test_every_field_of_a_noun_is_known_to_this_test_or_to_the_allow_list() -> None:
    """A field that a noun gains is private until it is named: here, in PUBLIC, or where it must stay secret."""
    for kind, public in PUBLIC.items():
        fields = {field.name for field in dataclasses.fields(kind) if field.init}
        assert fields == set(public) | set(PRIVATE.get(kind, ())), kind


PUBLIC = {
    casting.Party: ("id", "name", "short", "mark", "anonymous"),
    casting.Actor: ("id", "name", "party", "aliases", "roles", "public", "person", "called"),
    casting.Facility: ("id", "name", "place", "parameters", "region"),
    casting.Event: ("id", "name", "facilities", "starts", "ends", "summary", "headline"),
    document.Document: ("sha256", "size_bytes", "media_type", "origin", "description", "unreadable"),
    document.Origin: ("where", "at"),
    document.Description: ("title", "outlet", "published", "language", "url"),
    dossier.PublishedDocument: ("document", "layer", "statements", "reviewed", "events"),
}
"""Fields that may be told, each by its rule, or that decide what may be."""


@pytest.mark.parametrize("table", ["parties", "actors", "facilities", "events", "dossier", "casefile"])
def test_a_key_that_nobody_knows_is_refused(table: str, tmp_path: Path) -> None:
    """A key typed into any table of recuento.toml is a fault, not a fact that leaves by itself."""
    entry = "[dossier]" if table == "dossier" else "[casefile]" if table == "casefile" else f"[{table}.one]"
    needed = {
        "parties": 'es = "a"\nen = "a"\n',
        "actors": 'name = "a"\nparty = "p"\n',
        "facilities": 'name = "a"\n',
        "events": 'es = "a"\nen = "a"\nfacilities = []\nstarts = 2020-01-01\nends = 2020-01-02\n',
    }
    start = '[casefile]\nname = "c"\n' if table != "casefile" else ""
    more = 'name = "c"\n' if table == "casefile" else needed.get(table, "")
    path = tmp_path / "recuento.toml"
    path.write_text(f'{start}{entry}\n{more}secret_key = "{SECRET}"\n', encoding="utf-8")
    with pytest.raises(FaultsFound, match="secret_key"):
        read_settings(path)
