"""English statements inside statements: letters that ask, what somebody was promised, whom somebody heard order."""

from __future__ import annotations

import pytest

from recuento.read import read


def _inner(text: str) -> list[tuple[str, str, str]]:
    """Source, cue and words of the statements that stand in another."""
    return [
        (s.source.quote if s.source else "", s.cue.quote if s.cue else "", " | ".join(c.quote for c in s.content))
        for s in read(text)
        if s.parent is not None
    ]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        (
            "She said a fire officer had written to the board in June to warn that somebody would burn.",
            [("a fire officer", "warn", "that somebody would burn")],
        ),
        (
            "The coroner said she would be writing to the ministry to ask what it meant to do about the locks.",
            [("she", "ask", "what it meant to do about the locks")],
        ),
        (
            "The inquest heard that a teacher had emailed the governor begging her to move two boys.",
            [("a teacher", "begging", "to move two boys")],
        ),
        (
            "The cook told the panel that he heard Captain Orr order his men to shoot.",
            [("Captain Orr", "order", "to shoot")],
        ),
        (
            "Counsel suggested that the witness had lied after being promised immunity.",
            [("", "being promised", "immunity")],
        ),
        (
            "“We were promised 30 beds and we got two,” said Lena Bright.",
            [("", "were promised", "30 beds")],
        ),
        (
            "“He's fed and he's told our negotiators he'll come down,” Lena Bright said.",
            [("he's", "told", "he'll come down,")],
        ),
        (
            "She says that when she asked where the men were she was told to go home.",
            [("she", "asked", "where the men were"), ("", "was told", "to go home")],
        ),
        (
            "He told the inquest that an email in which his deputy warned of “a death” had come late.",
            [("his deputy", "warned", "of “a death”")],
        ),
        (
            "They quoted a baker as saying that guards had beaten him and told him he “might be next”.",
            [
                ("a baker", "saying", "that guards had beaten him and told him he “might be next”"),
                ("guards", "told", "he “might be next”"),
            ],
        ),
        (
            "She said her brother asked me if the gate was open.",
            [("her brother", "asked", "if the gate was open")],
        ),
        (
            "He said a sergeant had told the shift that morning to expect a drill.",
            [("a sergeant", "told", "to expect a drill")],
        ),
        (
            "He said that when he asked for a doctor, a guard replied: “Wait.”",
            [("he", "asked for", "a doctor"), ("a guard", "replied", "“Wait.”")],
        ),
        (
            "She said she had asked the prison for his file and was told it was lost.",
            [("she", "asked", "for his file"), ("", "was told", "it was lost")],
        ),
        (
            "She said the ministry's claim that nobody died was a lie.",
            [("the ministry's", "claim", "that nobody died")],
        ),
        (
            "She accused the ministry of claiming that all was well.",
            [("the ministry", "claiming", "that all was well")],
        ),
        (
            "Citing two officials, the paper said the warden had fled.",
            [("two officials", "Citing", "the warden had fled")],
        ),
        (
            "She said the doctor, who denied it at first, later admitted he had not seen him.",
            [
                ("who", "denied", "it"),
                ("the doctor, who denied it at first", "admitted", "he had not seen him"),
            ],
        ),
        (
            "“They promised us a doctor and they sent a guard,” said Lena Bright.",
            [("They", "promised", "a doctor")],
        ),
        (
            "The report says that, according to staff, the alarm was off.",
            [("staff", "according to", "the alarm was off")],
        ),
        (
            "They cited a student, who said that a guard laughed.",
            [("who", "said", "that a guard laughed")],
        ),
    ],
)
def test_who_told_whom_inside_a_statement(text, inner):
    """Each inner statement has its own speaker and its own words."""
    assert _inner(text) == inner


@pytest.mark.parametrize(
    "text",
    [
        "She said he had called for the ministry to count the beds.",
        "“I was promised nothing,” said Lena Bright.",
        "“He told me that at Easter,” the chaplain said.",
        "She said the row proved what the men had known for years.",
        "She said the guard let the boy order a meal.",
        "Lena Bright said ministers had ignored calls for an inquiry.",
    ],
)
def test_what_only_looks_like_a_letter_a_promise_or_a_clause(text):
    """ "Called for X to" demands of X and writes to nobody; "told me that" has no clause; "nothing" is no promise."""
    assert not [told for told in _inner(text) if told[1] not in ("called for", "had called for")]


def test_what_was_done_next_is_not_denied():
    """ "Denied holding them, then supplied them": what came then is no part of the denial."""
    found = read("The ministry denied holding the figures, then supplied them for two jails.")
    assert [c.quote for c in found[0].content] == ["holding the figures"]


def test_answers_without_labels_are_somebody_s_own_words():
    """Questions in paragraphs of their own and "I" in an answer make an interview; an explainer has no "I"."""
    told = "What did you do there?\nI kept the books. The boss said nine was enough.\n\nAnd then?\nI left in May.\n"
    answers = [s for s in read(told) if s.rule == "en.answer"]
    assert [s.content[0].quote for s in answers] == [
        "I kept the books. The boss said nine was enough",
        "I left in May",
    ]
    assert [s.parent for s in read(told) if s.cue is not None] == [answers[0].id]
    explained = "How many fled?\nOfficials say nine.\n\nWhat comes next?\nThe county will replace the locks.\n"
    assert not [s for s in read(explained) if s.rule == "en.answer"]
