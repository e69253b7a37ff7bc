"""Pronouns that stand for what is said, inside what somebody else says."""

from __future__ import annotations

import pytest

from recuento.read import read


def _pronouns(text: str) -> list[tuple[str, str]]:
    """Who says what a pronoun stands for, and the verb."""
    return [
        (statement.source.quote if statement.source else "", statement.cue.quote)
        for statement in read(text)
        if statement.cue is not None and ".pronoun." in statement.rule
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ana Paz sostiene que dos cabos se lo confirmaron.", [("dos cabos", "confirmaron")]),
        ("Su hermana recordó que el Ministerio los había anunciado en junio.", [("el Ministerio", "anunciado")]),
        ("Su abogada afirma que estaba enfermo y que así lo declaró el médico.", [("el médico", "declaró")]),
        ("«Nos lo prometieron en otoño», dijo Ana Paz.", [("", "prometieron")]),
        ("«No lo digo yo, lo dice el juez», dijo Ana Paz.", [("el juez", "dice")]),
        (
            "Afirma que la jueza se lo prometió por escrito y que el alcaide también lo confirmó.",
            [("la jueza", "prometió"), ("el alcaide", "confirmó")],
        ),
        ("El informe señala que firmó y que así lo pidió el nivel central.", [("el nivel central", "pidió")]),
        ("El juez anunció un careo; la directora lo negó.", [("la directora", "negó")]),
    ],
)
def test_a_pronoun_is_what_is_said(text: str, told: list[tuple[str, str]]) -> None:
    """With whom one tells beside it, after «así» and with verbs that govern no person it stands for words."""
    assert [(source, cue.split()[-1]) for source, cue in _pronouns(text)] == told


@pytest.mark.parametrize(
    "text",
    [
        "El preso dijo que lo declararon culpable y que la fiscal lo recuerda.",
        "Sostuvo que la jueza lo llamó y lo reconoció en la foto.",
        "Ana Paz pidió que el ministro se lo diga en la cara.",
        "El lunes se lo dijo a la trabajadora social.",
        "Contó que si se lo dicen, se va.",
    ],
)
def test_a_pronoun_may_stand_for_somebody_or_for_what_nobody_said(text: str) -> None:
    """A person who is called or judged, what shall be said, and what the outlet tells itself are no inner statement."""
    assert _pronouns(text) == []
