"""Nouns that say something, whoever says it: "rejected reports that", "its promise to", «las versiones de que»."""

from __future__ import annotations

import pytest

from recuento.read import read


def _told(text: str) -> list[tuple[str, str, str, bool]]:
    """Source, cue and words of what nouns say, and whether it stands in another statement."""
    return [
        (
            s.source.quote if s.source else "",
            s.cue.quote if s.cue else "",
            " | ".join(span.quote for span in s.content),
            s.parent is not None,
        )
        for s in read(text)
        if ".claim." in s.rule
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "The warden of Tarn Hill rejected reports that nine men had drowned.",
            ("", "reports", "that nine men had drowned", True),
        ),
        (
            "The army denied on Monday claims that the yard was shelled.",
            ("", "claims", "that the yard was shelled", True),
        ),
        (
            "The bishops said they had received credible reports that up to 12 women were missing.",
            ("", "reports", "that up to 12 women were missing", True),
        ),
        (
            "She said the owners had ignored repeated warnings that the stairs were locked.",
            ("", "warnings", "that the stairs were locked", True),
        ),
        (
            "Amid speculation that the wing will close, the mayor of Osk met Lena Bright.",
            ("", "speculation", "that the wing will close", False),
        ),
        (
            "The union said nobody would return until the minister kept his promise to hire 60 guards.",
            ("his", "promise", "to hire 60 guards", True),
        ),
        (
            "El alcaide negó las denuncias de que hubo golpes en el patio.",
            ("", "denuncias", "de que hubo golpes en el patio", True),
        ),
        (
            "Son falsas las versiones de que hubo rehenes, aseguró la gobernadora.",
            ("", "versiones", "de que hubo rehenes", True),
        ),
    ],
)
def test_a_noun_says_what_a_verb_would(text, told):
    """What a noun of saying holds is told as a statement of whoever is named, or of nobody."""
    assert told in _told(text)


@pytest.mark.parametrize(
    "text",
    [
        "He said the Government had shelved reports that recommended a new wing.",
        "The paper published reports that were never signed.",
        "She said there were no reports that anyone was hurt.",
        "The governor said in claims that he repeated on Monday: nothing.",
        "The department reports that 40 inmates are ill.",
        "Publicó denuncias de familiares sobre el agua.",
    ],
)
def test_a_noun_that_a_clause_only_describes_says_nothing(text):
    """ "A report that recommended" is a report with a relative clause, and "no reports that" denies that there are."""
    assert _told(text) == []


def test_whose_promise_it_is_is_told_by_the_pronoun():
    """ "Its" is the body named before it."""
    statements = read("The union of Osk said it would wait until the ministry kept its promise to hire 60 guards.")
    assert statements[-1].speaker.name == "ministry" and statements[-1].speaker.inferred
