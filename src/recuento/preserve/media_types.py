"""What kind of file some bytes are: by the bytes first, by the extension where the bytes leave it open."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import PurePath

PLAIN = "text/plain"
MARKDOWN = "text/markdown"
HTML = "text/html"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAIL = "message/rfc822"
CSV = "text/csv"
TSV = "text/tab-separated-values"
ZIP = "application/zip"
OLD_OFFICE = "application/x-ole-storage"
PICTURES = ("image/jpeg", "image/png", "image/tiff", "image/webp", "image/gif", "image/bmp")
"""What is opened as a picture."""
UNKNOWN = "application/octet-stream"


def at_first_sight(data: bytes, name: str) -> str:
    """The likely type, from the first bytes and the extension. Opens nothing, so it is safe outside the jail."""
    head = data[:1024]
    if not data.startswith(_UTF16_MARKS) and (found := _by_signature(head)):
        return _BY_EXTENSION.get(_extension(name), ZIP) if found == ZIP else found
    if head.count(0) > len(head) // 16 and not data.startswith(_UTF16_MARKS) and utf16_order(head) is None:
        return UNKNOWN
    return _text_type(head, name)


def inside_the_jail(data: bytes, name: str) -> str:
    """The type, having looked into an archive. Parses, so only the jailed child may call it."""
    found = at_first_sight(data, name)
    if not data.startswith(b"PK"):
        return found
    import zipfile  # the main process reads only first bytes and need not wait for it

    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        # A directory that lies raises more than its own exception: versions, names and places that cannot be.
        return found
    if "word/document.xml" in members:
        return DOCX
    if "xl/workbook.xml" in members:
        return XLSX
    return ZIP


def is_image(media_type: str) -> bool:
    """Whether it is a picture."""
    return media_type.startswith("image/")


def is_packed(media_type: str) -> bool:
    """Whether it is an archive of other files."""
    return media_type in _PACKED


def _by_signature(head: bytes) -> str | None:
    for signature, media_type in _SIGNATURES:
        if head.startswith(signature):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp":
        return "image/heic" if head[8:11] in (b"hei", b"mif") else "video/mp4"
    return PDF if b"%PDF-" in head else None


def _text_type(head: bytes, name: str) -> str:
    by_name = _BY_EXTENSION.get(_extension(name))
    text = head.replace(b"\0", b"").decode("latin-1")
    if _LOOKS_LIKE_HTML.match(text):
        return HTML
    if by_name in (HTML, MAIL, CSV, TSV, MARKDOWN):
        return by_name
    return MAIL if len(_MAIL_ONLY_HEADER.findall(text)) and _LOOKS_LIKE_MAIL.match(text) else PLAIN


def utf16_order(head: bytes) -> str | None:
    """The UTF-16 that a text without a byte order mark seems to be in: every other byte of it is zero."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) // 5 and even * 10 < odd:
        return "utf-16-le"
    if even > len(head) // 5 and odd * 10 < even:
        return "utf-16-be"
    return None


def _extension(name: str) -> str:
    return PurePath(name).suffix.lower()


_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_BY_EXTENSION = {
    ".txt": PLAIN,
    ".text": PLAIN,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".pdf": PDF,
    ".docx": DOCX,
    ".xlsx": XLSX,
    ".eml": MAIL,
    ".csv": CSV,
    ".tsv": TSV,
}
_PACKED = (ZIP, "application/gzip", "application/x-7z-compressed", "application/vnd.rar")
_SIGNATURES = (
    (b"%PDF-", PDF),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"{\\rtf", "application/rtf"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x7fELF", "application/x-executable"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
)
_LOOKS_LIKE_HTML = re.compile(
    r"\W{0,8}\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I
)
_LOOKS_LIKE_MAIL = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){2}")
_MAIL_ONLY_HEADER = re.compile(r"^(?:Received|MIME-Version|Message-ID|Return-Path|Delivered-To):", re.I | re.M)
