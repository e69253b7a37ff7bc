"""E-mail: subject, sender, date and the text of the body; attachments are named, not opened."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import parsedate_to_datetime
from typing import cast

from recuento.preserve.outcome import Outcome
from recuento.preserve.parsers.characters import Characters, declared_in_markup, decoded
from recuento.preserve.parsers.found import Found, Unreadable, version_of
from recuento.preserve.parsers.markup_text import text_of_markup


def read_mail(data: bytes) -> Found:
    """The body of a message; raise Unreadable where it has none."""
    message = message_from_bytes(data, policy=policy.default)
    attachments = tuple(part.get_filename() or part.get_content_type() for part in message.iter_attachments())
    body = message.get_body(preferencelist=("plain", "html"))
    characters = _characters(body) if body is not None else None
    text = characters.text if characters else ""
    if body is not None and body.get_content_type() == "text/html":
        text = text_of_markup(text)
    if not text.strip():
        raise Unreadable(Outcome.NO_TEXT, ", ".join(attachments)[:200])
    return Found(
        extractor="mail",
        version=version_of(1),
        text=text,
        title=_header(message, "subject"),
        author=_header(message, "from"),
        published=_day(_header(message, "date")),
        charset=characters.charset if characters else None,
        remarks=characters.remarks if characters else (),
        attachments=attachments,
    )


def _characters(part: MIMEPart) -> Characters:
    data = cast(bytes, part.get_payload(decode=True) or b"")
    return decoded(data, part.get_content_charset() or declared_in_markup(data))


def _header(message: EmailMessage, name: str) -> str | None:
    value = message.get(name)
    return None if value is None else " ".join(str(value).split()) or None


def _day(date: str | None) -> str | None:
    try:
        return parsedate_to_datetime(date).date().isoformat() if date else None
    except ValueError:
        return None
