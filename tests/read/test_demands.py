"""What is asked: items, who must act, and quotations that ask in their own words."""

from __future__ import annotations

import pytest

from recuento.model.statement import Mode
from recuento.read import read


def asked(text: str) -> list[tuple[str, str | None]]:
    """The items of all demands of a text with their addressees."""
    return [(ask.item.quote, ask.addressee) for statement in read(text) for ask in statement.asks]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("El comité pidió que publique la lista y permita visitas.", ["publique la lista", "permita visitas"]),
        ("The committee demanded that the ministry publish the list.", ["publish the list"]),
        ("The union urged the court to hear the nurse and open the register.", ["hear the nurse", "open the register"]),
        ("La red exigió una visita y la lista de presos.", ["una visita", "la lista de presos"]),
        ("El alcaide ordenó a los guardias borrar las grabaciones.", ["borrar las grabaciones"]),
        ("«¡Digan dónde están!», gritó Ana Pérez.", ["Digan dónde están"]),
        ("“Show us the bodies,” Ana Pérez told reporters.", ["Show us the bodies"]),
        ("“The ministry must publish the list,” said Ana Pérez.", ["publish the list"]),
    ],
)  # fmt: skip
def test_each_thing_asked_is_an_item(text: str, items: list[str]) -> None:
    """Coordinated things to do, or things, are items of their own, without the word that opens them."""
    assert [item for item, _ in asked(text)] == items


def test_the_subject_of_what_is_demanded_must_act() -> None:
    """Who must act is read from the clause where the verb names nobody."""
    assert asked("The committee demanded that the ministry publish the list.") == [("publish the list", "ministry")]


@pytest.mark.parametrize("text", ["“They show us nothing,” said Ana Pérez.", "«Digamos que no», dijo Ana Pérez."])
def test_a_quotation_that_tells_is_no_demand(text: str) -> None:
    """A verb with its subject before it, or a form of the first person, asks nobody."""
    assert [statement.mode for statement in read(text)] == [Mode.ASSERTS]


def test_those_quoted_are_not_a_speaker_of_their_own() -> None:
    """«Pedimos» inside a quotation belongs to whoever is quoted: one statement, not one nested in another."""
    (statement,) = read("«No pedimos un favor, pedimos una lista», concluyó Ana Pérez.")
    assert [ask.item.quote for ask in statement.asks] == ["una lista"]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (
            "The society calls on ministers to:\n\n- free the 53 men;\n- let doctors and lawyers in; and\n- open it.",
            ["free the 53 men", "let doctors and lawyers in", "open it"],
        ),
        (
            "La red exige a la Subsecretaría:\n\n1. Que se garantice el acceso.\n2. Que cese el castigo.",
            ["se garantice el acceso", "cese el castigo"],
        ),
    ],
)
def test_each_line_of_a_list_is_a_thing_asked(text: str, items: list[str]) -> None:
    """What is asked line by line after a colon is one demand with an item a line."""
    (statement,) = read(text)
    assert [ask.item.quote for ask in statement.asks] == items


def test_who_is_asked_stands_before_the_colon() -> None:
    """«Exige al ministerio: ...» names whom it asks."""
    text = "La Red Abierta exige al Ministerio de Custodia:\n\n1. Que se publique la lista.\n2. Que entren los médicos."
    (demand,) = [statement for statement in read(text) if statement.asks]
    assert {ask.addressee for ask in demand.asks} == {"Ministerio de Custodia"}


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (
            "They want better food. They demanded better food, the removal of the warden and an end to the raids.",
            ["better food", "the removal of the warden", "an end to the raids"],
        ),
        ("The women demanded a doctor.", ["a doctor"]),
        (
            "She urged the court to issue rules and Parliament to scrap bail.",
            ["issue rules", "scrap bail"],
        ),
        ("He begged the minister to come and hear them.", ["come and hear them"]),
        (
            "The judge ordered the state to jail nine men for between 12 and 35 years.",
            ["jail nine men for between 12 and 35 years"],
        ),
        (
            "It urged the state to publish the list, to allow visits and to guarantee the safety of witnesses.",
            ["publish the list", "allow visits", "guarantee the safety of witnesses"],
        ),
        (
            "I ask that somebody go in and look, that they write down what they see, and that you print it.",
            ["somebody go in and look", "they write down what they see", "you print it"],
        ),
        (
            "It called on the state to end the raids, reveal the names of all 83, punish the guards.",
            ["end the raids", "reveal the names of all 83", "punish the guards"],
        ),
    ],
)  # fmt: skip
def test_english_lists_are_cut_where_another_thing_is_asked(text: str, items: list[str]) -> None:
    """Things, acts and others who are asked begin an item; an idiom, a range and an article belong to theirs."""
    assert [item for item, _ in asked(text)] == items
