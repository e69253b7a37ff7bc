"""Verbs said with an auxiliary that only colours them: «volvió a negar», "kept asking", "went on to say".

The reporting verb takes the person and tense of its auxiliary, which becomes part of it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from recuento.read.text.lexicon import words_of
from recuento.read.text.tokens import Tokens
from recuento.values.bilingual import Language

_ENDINGS = {
    "ar": ("o a an amos é ó aron aba aban aré ará arán aría arían", "ado"),
    "er": ("o e en emos í ió ieron ía ían eré erá erán ería erían", "ido"),
    "ir": ("o e en imos í ió ieron ía ían iré irá irán iría irían", "ido"),
}
_FEATURES = ("1s", "3s", "3p", "1p", "1s", "3s", "3p", "3s", "3p", "1s", "3s", "3p", "3s", "3p")
_HAVING = {"he": "1s", "ha": "3s", "han": "3p", "hemos": "1p", "había": "3s", "habían": "3p", "habrá": "3s"}
REACH = 3
"""Tokens between the auxiliary and the verb: a link, a pronoun, an adverb."""


def tag_periphrases(tokens: Tokens, first: int, last: int, language: Language) -> None:
    """Give infinitives and gerunds after such auxiliaries their person; the words before become part of the verb."""
    auxiliaries = _auxiliaries(language)
    for i in range(first, last - 1):
        found = auxiliaries.get(tokens.low[i])
        verb = found and next((k for k in range(i + 1, min(last, i + 1 + REACH)) if tokens.form[k] is not None), None)
        if found is None or verb is None or not _links(tokens, i + 1, verb, found[1], language):
            continue
        begin, feature = i, found[0]
        if feature == "part":
            begin, feature = i - 1, _HAVING.get(tokens.low[i - 1], "part") if i > first else "part"
        if feature != "part":
            form = tokens.form[verb]
            assert form is not None
            tokens.form[verb], tokens.tag[verb] = replace(form, feature=feature), "Q"
            for k in range(begin, verb):
                tokens.tag[k], tokens.form[k] = "O", None
            if "se" in found[1] and begin > first and tokens.tag[begin - 1] == "O":
                tokens.tag[begin - 1] = "A"  # «Se limitó a decir» is somebody's; «se dice» is nobody's.


def _links(tokens: Tokens, first: int, verb: int, links: frozenset[str], language: Language) -> bool:
    """Whether the words up to the verb, and its form, are those that the auxiliary takes."""
    form = tokens.form[verb]
    assert form is not None
    between = [tokens.low[k] for k in range(first, verb) if tokens.tag[k] not in "AO"]
    if form.feature == "ger":
        return "_".join([*between, "ger"]) in links
    return form.feature == ("inf" if language == "es" else "base") and "_".join(between) in links


@cache
def _auxiliaries(language: Language) -> dict[str, tuple[str, frozenset[str]]]:
    """The forms of the auxiliaries, with their feature and the links they take."""
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for entry in words_of(f"periphrases_{language}"):
        spelled, _, links = entry.partition("/")
        taken = frozenset(links.split("/"))
        for form, feature in _spanish(spelled) if language == "es" else [tuple(spelled.split(":"))]:
            found[form] = (feature, taken)
    return found


def _spanish(spelled: str) -> list[tuple[str, str]]:
    """The forms of a verb given as its stems and conjugation, "volv,vuelv:er", or of a single form, "puso:3s"."""
    stems, _, kind = spelled.partition(":")
    if kind not in _ENDINGS:
        return [(stems, kind)]
    endings, participle = _ENDINGS[kind]
    forms: list[tuple[str, str]] = []
    for stem in stems.split(","):
        forms += [(stem + ending, feature) for ending, feature in zip(endings.split(), _FEATURES, strict=True)]
        forms.append((stem + participle, "part"))
    return forms
