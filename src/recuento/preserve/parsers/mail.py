"""E-mail: subject, sender, date and the text of the body; attachments are named, not opened."""

from __future__ import annotations

from email import message_from_bytes
from email.message import MIMEPart
from typing import cast

from recuento.preserve.outcome import Outcome
from recuento.preserve.parsers.characters import Characters, declared_in_markup, decoded
from recuento.preserve.parsers.found import Found, Unreadable
from recuento.preserve.parsers.mail_fields import FIELDS, charset_of, day_of, file_name_of, type_of, words_of
from recuento.preserve.parsers.markup_text import text_of_markup
from recuento.preserve.versions import version_of


def read_mail(data: bytes) -> Found:
    """The body of a message; raise Unreadable where it has none."""
    message = message_from_bytes(data, policy=FIELDS)
    attachments = tuple(file_name_of(part) or type_of(part) for part in message.iter_attachments())
    body = message.get_body(preferencelist=("plain", "html"))
    characters = _characters(body) if body is not None else None
    text = characters.text if characters else ""
    if body is not None and type_of(body) == "text/html":
        text = text_of_markup(text)
    if not text.strip():
        raise Unreadable(Outcome.NO_TEXT, ", ".join(attachments)[:200])
    return Found(
        extractor="mail",
        version=version_of("mail"),
        text=text,
        title=words_of(message, "subject"),
        author=words_of(message, "from"),
        published=day_of(message),
        charset=characters.charset if characters else None,
        remarks=characters.remarks if characters else (),
        attachments=attachments,
    )


def _characters(part: MIMEPart) -> Characters:
    data = cast(bytes, part.get_payload(decode=True) or b"")
    return decoded(data, charset_of(part) or declared_in_markup(data))
