"""Names: how they are folded to be compared, and who may be named."""

from __future__ import annotations

import re
import unicodedata

from recuento.model.casting import Actor, Cast


class _Visible(dict[int, int | None]):
    """Drops accents and invisible characters from a text; each character is looked up once."""

    def __missing__(self, code: int) -> int | None:
        kept = None if unicodedata.category(chr(code)) in ("Mn", "Cf") else code
        self[code] = kept
        return kept


_VISIBLE = _Visible()


def folded(text: str) -> str:
    """The words of `text` in lower case without accents, one space between them."""
    if text.isascii():
        return " ".join(_words(text.lower()))
    visible = unicodedata.normalize("NFKD", text).translate(_VISIBLE)
    return " ".join(_words(unicodedata.normalize("NFKD", visible.casefold())))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def may_be_named(actor: Actor, cast: Cast) -> bool:
    """Whether the dossier may name this actor: it is public, and so is the party it belongs to."""
    party = cast.party(actor.party)
    return actor.public and not (party is not None and party.anonymous)
