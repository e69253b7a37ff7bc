"""Choose the parser for some bytes and run it. What goes wrong in a parser is a finding about the document."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from recuento.preserve import media_types
from recuento.preserve.outcome import Outcome, Remark
from recuento.preserve.parsers.found import Found, Unreadable

_TOLD_CHARACTERS_MAX = 1000


def parse(data: bytes, name: str, *, text_characters_max: int, again: bool) -> tuple[dict[str, Any], str]:
    """What was found, as plain data for the border, and the text apart.

    `again` asks for the second opinion alone. Raises nothing but MemoryError: every other fault is an outcome.
    """
    media_type = media_types.at_first_sight(data, name)
    try:
        media_type = media_types.inside_the_jail(data, name)
        found = _found(data, media_type, text_characters_max, again)
        text = frozen(found.text)
        if not text.strip():
            raise Unreadable(Outcome.NO_TEXT)
        if len(text) > text_characters_max:
            raise Unreadable(Outcome.TOO_LONG)
    except Unreadable as fault:
        return _unread(media_type, fault.outcome, fault.detail), ""
    except MemoryError:
        raise
    except Exception as error:
        # A parser on foreign bytes raises anything: recursion too deep, an index out of range, its own errors.
        return _unread(media_type, Outcome.DAMAGED, type(error).__name__), ""
    return _told(found, media_type), text


def frozen(text: str) -> str:
    """The text as it is kept: every line ends in a line feed alone, no NUL, no half of a surrogate pair."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def libraries_for(media_type: str) -> None:
    """Import what that type needs, so that the next children find it loaded."""
    if media_type == media_types.HTML:
        import recuento.preserve.parsers.html
    elif media_type in media_types.PICTURES:
        import recuento.preserve.parsers.pictures
    elif media_type == media_types.PDF:
        import recuento.preserve.parsers.pdf
    elif media_type == media_types.DOCX:
        import recuento.preserve.parsers.docx
    elif media_type == media_types.MAIL:
        import recuento.preserve.parsers.mail
    elif media_type in (media_types.CSV, media_types.TSV, media_types.XLSX):
        import recuento.preserve.parsers.sheets
    else:
        import recuento.preserve.parsers.plain  # noqa: F401
    if media_type == media_types.XLSX:
        import openpyxl  # noqa: F401


def _found(data: bytes, media_type: str, text_characters_max: int, again: bool) -> Found:
    if media_types.is_image(media_type):
        from recuento.preserve.parsers.pictures import picture_shape

        raise Unreadable(Outcome.IMAGE, picture_shape(data) if media_type in media_types.PICTURES else media_type)
    if media_type == media_types.OLD_OFFICE:
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        raise Unreadable(Outcome.ENCRYPTED if encrypted else Outcome.OLD_OFFICE)
    if media_type == media_types.HTML:
        from recuento.preserve.parsers.html import read_html

        return read_html(data)
    if media_type == media_types.PDF:
        from recuento.preserve.parsers.pdf import read_pdf, read_pdf_again

        return (read_pdf_again if again else read_pdf)(data, text_characters_max=text_characters_max)
    if media_type == media_types.DOCX:
        from recuento.preserve.parsers.docx import read_docx

        return read_docx(data)
    if media_type == media_types.MAIL:
        from recuento.preserve.parsers.mail import read_mail

        return read_mail(data)
    if media_type in (media_types.CSV, media_types.TSV):
        from recuento.preserve.parsers.sheets import read_csv

        return read_csv(data)
    if media_type == media_types.XLSX:
        from recuento.preserve.parsers.sheets import read_xlsx

        return read_xlsx(data, text_characters_max=text_characters_max)
    if media_type in (media_types.PLAIN, media_types.MARKDOWN):
        from recuento.preserve.parsers.plain import read_plain

        return read_plain(data)
    raise Unreadable(Outcome.PACKED if media_types.is_packed(media_type) else Outcome.UNKNOWN_TYPE, media_type)


def _unread(media_type: str, outcome: Outcome, detail: str) -> dict[str, Any]:
    return {"media_type": media_type, "outcome": outcome.value, "detail": _short(detail) or ""}


def _told(found: Found, media_type: str) -> dict[str, Any]:
    told = {name: _short(value) if isinstance(value, str) else value for name, value in asdict(found).items()}
    del told["text"]
    told["attachments"] = [_short(name) for name in found.attachments[:1000]]
    if Remark.CHARSET_GUESSED in found.remarks:
        told["version"] = f"{found.version}; {found.charset} guessed"
    return {**told, "media_type": media_type, "outcome": Outcome.READ.value}


def _short(words: str | None) -> str | None:
    return None if words is None else frozen(" ".join(words.split()))[:_TOLD_CHARACTERS_MAX]
