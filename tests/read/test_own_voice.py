"""Somebody's own words in quotation marks: what others said in them, and where they go on themselves."""

from __future__ import annotations

import pytest

from outlines import inner_in
from recuento.read import read


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        (
            "«El alcaide nos juró que no habría castigos y a los tres días los encerraron», dijo Ana Paz.",
            [("El alcaide", "que no habría castigos")],
        ),
        ("«Yo le pregunté si comen y se rió», dijo Ana Paz.", [("Yo", "si comen")]),
        (
            "«Conté noventa y en el ministerio me dijeron que pusiera setenta», dijo Ana Paz.",
            [("el ministerio", "que pusiera setenta")],
        ),
        (
            "«A mi hijo lo enterré en mayo y el médico me dijo que fue el corazón», dijo Ana Paz.",
            [("el médico", "que fue el corazón")],
        ),
        (
            '«Me llamó un compañero suyo y me dijo: "No lo esperes"», dijo Ana Paz.',
            [("un compañero suyo", '"No lo esperes"')],
        ),
        (
            "«Nos prometieron colchones, nos prometieron agua y no llegó nada», dijo Ana Paz.",
            [("", "colchones"), ("", "agua")],
        ),
        (
            '"La directora nos dijo: esperen, y llevamos seis horas", dijo Ana Paz.',
            [("La directora", "esperen")],
        ),
        (
            "«Un cabo nos dice que no existe y otro que ya llegó», dijo Ana Paz.",
            [("Un cabo", "que no existe"), ("otro", "que ya llegó")],
        ),
        (
            "«Le dijeron que salía en enero y todavía lo tienen ahí», dijo Ana Paz.",
            [("", "que salía en enero")],
        ),
        (
            "«El alcaide nos juró que había agua y era buena», dijo Ana Paz.",
            [("El alcaide", "que había agua y era buena")],
        ),
        (
            "«El alcaide nos juró que los golpearon y los encerraron», dijo Ana Paz.",
            [("El alcaide", "que los golpearon y los encerraron")],
        ),
    ],
)
def test_the_quoted_go_on_after_what_another_told_them(text: str, inner: list[tuple[str, str]]) -> None:
    """A verb in the tense of the telling goes on with it, over a phrase of time; not where both tell what was told."""
    assert inner_in(text) == inner


def test_a_quotation_at_the_head_of_a_text_holds_what_is_told_in_it() -> None:
    """It is a statement of nobody known, and whoever it cites is cited there."""
    outer, inner = read("«Me dijeron que mi hija no estaba en la lista»\n\nLlueve sobre el penal.")
    assert (outer.source, outer.cue, outer.content[0].quote) == (
        None,
        None,
        "«Me dijeron que mi hija no estaba en la lista»",
    )
    assert (inner.parent, inner.content[0].quote) == (outer.id, "que mi hija no estaba en la lista")


def test_a_quotation_that_tells_its_speaker_inside_the_marks_is_no_bare_one() -> None:
    """«..., dijo X» between the marks of a whole paragraph tells who is quoted."""
    statements = read("«No hubo heridos, dijo la coronel Ana Paz. Todo está en calma»\n\nLlueve sobre el penal.")
    assert [statement.speaker.name for statement in statements] == ["Ana Paz"]
