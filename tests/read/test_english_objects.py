"""English verbs with a noun phrase, a name or an infinitive: what is offered, denied, called so, and where it ends."""

from __future__ import annotations

import pytest

from recuento.model.statement import Mode
from recuento.read import read


def _told(text: str) -> list[tuple[str, str]]:
    """Source and words of every statement."""
    return [(s.source.quote if s.source else "", " | ".join(c.quote for c in s.content)) for s in read(text)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The firm agreed to cap its rates.", ("The firm", "to cap its rates")),
        ("Five men had offered to carry him.", ("Five men", "to carry him")),
        ("The minister told parliament 64 recruits would start.", ("The minister", "64 recruits would start")),
        ("The head of Tarn called it a start.", ("The head of Tarn", "it a start")),
        ("Lena Bright called the charge a lie.", ("Lena Bright", "the charge a lie")),
        ("Six confessed; the rest deny the charges.", ("the rest", "the charges")),
        ("Superintendent R. K. Dorn rubbished the claim.", ("Superintendent R. K. Dorn", "the claim")),
        ("The ministry wishes to inform the public that nobody died.", ("The ministry", "that nobody died")),
        ("He said after the debate that the doors were shut.", ("He", "that the doors were shut")),
        ("The union blames vacancies: by its count, one in three posts is empty.", ("The union", "vacancies")),
        ("He blamed the contractor, which blames the weather.", ("He", "the contractor")),
        (
            "They called for the jail, which holds 600 people, to be closed.",
            ("They", "the jail, which holds 600 people, to be closed"),
        ),
        ("Its director disclosed this in Osk on Thursday.", ("Its director", "this")),
        ("Officer Dorn accepted that the entries were false.", ("Officer Dorn", "that the entries were false")),
        (
            "“We froze,” said Lena Bright, 61, who was among the relatives outside the gate.",
            ("Lena Bright, 61, who was among the relatives outside the gate", "“We froze,”"),
        ),
        (
            "Asked by Lena Bright, for the family, if he had looked, he left.",
            ("Lena Bright, for the family", "if he had looked"),
        ),
        (
            "The prison service said in a statement it was “aware of it”.",
            ("The prison service", "it was “aware of it”"),
        ),
        ("The governor said on Monday the jail was calm.", ("The governor", "the jail was calm")),
        ("No guards were hurt, said Colonel Orr, adding that it was over.", ("Colonel Orr", "No guards were hurt")),
        ("The inquest jury concluded he died of neglect.", ("The inquest jury", "he died of neglect")),
        ("The jail, which officials say holds 900 men, was built for 300.", ("officials", "holds 900 men")),
        (
            "The men demand water, an end to the raids and that the deputy be sacked.",
            ("The men", "water, an end to the raids and that the deputy be sacked"),
        ),
        ("The court was told the accused had fled.", ("", "the accused had fled")),
        ("Asked whether he would resign, the governor said no.", ("", "whether he would resign")),
    ],
)
def test_whose_words_and_where_they_end(text, told):
    """The first statement of each sentence has this speaker and these words."""
    assert _told(text)[0] == told


@pytest.mark.parametrize(
    "text",
    [
        "The governor did not deny it.",
        "She called the police a second time.",
        "The governor agreed to be interviewed.",
        "The warden told a press briefing.",
        "He concluded the meeting early.",
        "The warden did not know who gave the order.",
        "Families were told visits would resume.",
    ],
)
def test_what_is_no_statement(text):
    """What is left undenied, a telephone call and consent to an interview say nothing."""
    assert _told(text) == []


def test_an_offer_is_a_promise():
    """What somebody agrees or offers to do is their own act to come."""
    assert [s.mode for s in read("The firm agreed to cap its rates.")] == [Mode.PROMISES]
