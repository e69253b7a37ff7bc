"""Sources that would not be named: «un oficial que no dio su nombre», "a guard who asked not to be identified"."""

from __future__ import annotations

from recuento.read.text.lexicon import words_of
from recuento.read.text.tokens import Tokens

_NAMING = words_of("naming")
_WITHHELD = words_of("withheld")


def hides_name(tokens: Tokens, k: int, last: int) -> bool:
    """Whether a relative clause at `k` tells that somebody would not be named: «un oficial que no dio su nombre»."""
    if k == 0 or tokens.tag[k - 1] not in "wX," or tokens.low[k] not in ("que", "quien", "quienes", "who"):
        return False
    near = tokens.low[k + 1 : min(last, k + 9)]
    stop = next((n for n, word in enumerate(near) if word in (".", ",", ";", ":", "“", "«", '"')), len(near))
    return not _NAMING.isdisjoint(near[:stop]) and not _WITHHELD.isdisjoint(near[:stop])
