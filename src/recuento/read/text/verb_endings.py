"""Spanish forms that no list of verbs knows, told by their endings: infinitives, gerunds and participles."""

from __future__ import annotations

import re

PARTICIPLES = ("ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas")
"""Endings of Spanish participles, but for the irregular ones."""
_INFINITIVE = re.compile(r"(?:\w+(?:ar|er|ir)|ir)(?:l[aeo]s?|se|me|te)?|\w+[ai]rnos")
_GERUND = re.compile(r"\w+(?:ando|iendo|yendo)")


def is_infinitive(word: str) -> bool:
    """Whether a Spanish word looks like an infinitive: «pasar», «encontrarse», «dejarlos»; «mujer» does too.

    «subalternos» and «internos» do not: of the forms with "nos" those in "er" are left out.
    """
    return _INFINITIVE.fullmatch(word) is not None


def is_long_infinitive(word: str) -> bool:
    """Whether a word looks like an infinitive and is none of the short nouns that do: «mar», «par», «ayer»."""
    return len(word) > 4 and is_infinitive(word)


def is_gerund(word: str) -> bool:
    """Whether a Spanish word looks like a gerund: «contando», «diciendo»; «cuando» does too."""
    return _GERUND.fullmatch(word) is not None
