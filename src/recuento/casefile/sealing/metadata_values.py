"""Which metadata of a document point at a person or a place: what is looked for in a dossier and in a purpose."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import PurePath

METADATA = "metadata"
"""The kind of a sealed part that holds what a file tells besides its content."""
_TELLING = (
    "Artist", "XPAuthor", "CameraOwnerName", "OwnerName", "BodySerialNumber", "CameraSerialNumber", "LensSerialNumber",
    "ImageUniqueID", "HostComputer", "UserComment", "XPComment", "lastModifiedBy",
)  # fmt: skip
"""Persons, devices and remarks. The maker of a camera and the name of a program point at nobody."""
_IPTC_TELLING = ("IPTC 2:80", "IPTC 2:85", "IPTC 2:90", "IPTC 2:92", "IPTC 2:116", "IPTC 2:118", "IPTC 2:122")
_REMARKS = ("UserComment", "XPComment", "IPTC 2:118", "IPTC 2:122")
"""Of these the words alone may be anybody's; only the whole is looked for."""
_CHARACTERS_MIN = 4
_TITLE_CHARACTERS_MIN = 20
"""A shorter title may be anybody's, such as "Informe"."""


def metadata_text(document: str, fields: dict[str, str], *, c2pa: bool) -> str:
    """What is sealed of one document (its SHA-256): plain data as text."""
    return json.dumps({"document": document, "fields": fields, "c2pa": c2pa}, ensure_ascii=False, sort_keys=True)


def lines_of(text: str) -> list[str]:
    """Sealed metadata for the eyes of whoever opened them: the document, then a field a line."""
    plain = json.loads(text)
    signed = ["C2PA: + (signed history / historia firmada)"] if plain["c2pa"] else []
    return [f"SHA-256 {plain['document']}", *(f"{name}: {value}" for name, value in plain["fields"].items()), *signed]


def telling(text: str) -> Iterator[tuple[str, bool]]:
    """The values in sealed metadata that point at a person, a device or a place, with whether each is a name.

    Of a name every word tells; of a remark only the whole.
    """
    fields: dict[str, str] = json.loads(text)["fields"]
    yield from _named(fields)
    for name, value in fields.items():
        tag = name.rpartition(" ")[2]
        if (tag in _TELLING or name in _IPTC_TELLING) and len(value) >= _CHARACTERS_MIN:
            yield value, tag not in _REMARKS and name not in _REMARKS
    for tag in ("GPSLatitude", "GPSLongitude"):
        if (degrees := _degrees(fields.get(f"GPS {tag}", ""))) is not None:
            yield f"{degrees:.4f}", True
            yield fields[f"GPS {tag}"], False


def _named(fields: dict[str, str]) -> Iterator[tuple[str, bool]]:
    """Of the name of a confidential document (`store/document_names.py`): its author, its file name, its title."""
    for name, value in fields.items():
        if name == "author" and len(value) >= _CHARACTERS_MIN:
            yield value, True
        elif name == "file name" or name.startswith("attached as "):
            yield PurePath(value).stem, False
        elif name == "title" and len(value) >= _TITLE_CHARACTERS_MIN:
            yield value, False


def _degrees(words: str) -> float | None:
    try:
        whole, minutes, seconds = (float(part) for part in words.split())
    except ValueError:
        return None
    return whole + minutes / 60 + seconds / 3600
