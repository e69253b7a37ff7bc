"""What a file tells besides its content: who made it, with what, where and when. Runs in the jail alone.

It leaves the jail to be sealed, and for nothing else.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

from recuento.preserve import media_types

FIELDS_MAX = 300
CHARACTERS_MAX = 4_000
_EXIF, _GPS = 0x8769, 0x8825
_NO_WORDS = ("exif", "icc_profile", "photoshop", "dpi", "jfif_density")
_OFFICE_PARTS = ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml")


def look_at_metadata(data: bytes) -> dict[str, Any]:
    """The fields by name, "EXIF Make", "PDF Author" ...; `c2pa` says whether the picture bears a signed history."""
    media_type = media_types.inside_the_jail(data, "")
    fields: dict[str, str] = {}
    for name, value in _fields(data, media_type):
        words = _words(value)
        if words and len(fields) < FIELDS_MAX:
            fields[name[:80]] = words
    return {"fields": fields, "c2pa": media_types.is_image(media_type) and b"jumb" in data and b"c2pa" in data}


def _fields(data: bytes, media_type: str) -> Iterator[tuple[str, object]]:
    if media_type in media_types.PICTURES:
        yield from _of_picture(data)
    elif media_type == media_types.PDF:
        yield from _of_pdf(data)
    elif media_type in (media_types.DOCX, media_types.XLSX):
        yield from _of_office(data)


def _of_picture(data: bytes) -> Iterator[tuple[str, object]]:
    from PIL import ExifTags, Image, IptcImagePlugin

    Image.MAX_IMAGE_PIXELS = None
    with Image.open(BytesIO(data)) as picture:
        exif = picture.getexif()
        for tag, value in exif.items():
            if tag not in (_EXIF, _GPS):
                yield f"EXIF {ExifTags.TAGS.get(tag, tag)}", value
        for tag, value in exif.get_ifd(_EXIF).items():
            yield f"EXIF {ExifTags.TAGS.get(tag, tag)}", value
        for tag, value in exif.get_ifd(_GPS).items():
            yield f"GPS {ExifTags.GPSTAGS.get(tag, tag)}", value
        yield from (
            (f"IPTC {key[0]}:{key[1]}", value) for key, value in (IptcImagePlugin.getiptcinfo(picture) or {}).items()
        )
        for key, told in picture.info.items():
            name = str(key)
            if name.lower() in ("xmp", "xml:com.adobe.xmp"):
                yield "XMP", told
            elif name not in _NO_WORDS and isinstance(told, str | bytes):
                yield f"{picture.format} {name}", told


def _of_pdf(data: bytes) -> Iterator[tuple[str, object]]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        yield from ((f"PDF {name}", value) for name, value in document.get_metadata_dict().items())
    finally:
        document.close()
    if (packet := re.search(rb"<x:xmpmeta.{0,200000}?</x:xmpmeta>", data, re.DOTALL)) is not None:
        yield "XMP", packet[0]


def _of_office(data: bytes) -> Iterator[tuple[str, object]]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for part in _OFFICE_PARTS:
            try:
                with archive.open(part) as file:
                    root = ElementTree.fromstring(file.read(1 << 20))
            except (KeyError, ElementTree.ParseError):
                continue
            for element in root.iter():
                yield f"Office {element.tag.rpartition('}')[2]}", element.text


def _words(value: object) -> str:
    """A value as text on one line; pairs of numbers as they are, bytes where they are letters."""
    if isinstance(value, bytes):
        if value.count(0) * 3 > len(value) and len(value) % 2 == 0:
            value = value.decode("utf-16-le", "replace")
        else:
            value = value.decode("utf-8", "replace") if value.isascii() or b"<" in value else value.decode("latin-1")
    if isinstance(value, tuple | list):
        value = " ".join(_words(one) for one in value)
    words = " ".join(_as_meant(str(value if value is not None else "")).replace("\0", " ").split())
    return words.encode("utf-8", "replace").decode("utf-8")[:CHARACTERS_MAX]


def _as_meant(words: str) -> str:
    """UTF-8 that was taken for Latin 1, as most cameras write it into fields that are for ASCII alone."""
    try:
        return words.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return words
