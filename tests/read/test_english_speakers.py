"""Who speaks in the long sentences of English newspapers, and what is told without saying by whom; all invented."""

from __future__ import annotations

import pytest

from recuento.model.statement import Mode, Statement
from recuento.read import read

BEFORE = "This is what the paper of the town prints about the prison on the hill.\n\n"


def told(text: str) -> list[Statement]:
    """The statements of a sentence that is not the first of its article."""
    return [statement for statement in read(BEFORE + text) if statement.content[0].start >= len(BEFORE)]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "A leaked audit, seen by the Courier, alleges that forty guards drew pay.",
            "A leaked audit, seen by the Courier",
            "that forty guards drew pay",
        ),
        (
            "An aide, speaking in private, said the plan was dead.",
            "An aide, speaking in private",
            "the plan was dead",
        ),
        (
            "The population will pass 900 by the spring, official projections published in London suggest.",
            "official projections published in London",
            "The population will pass 900 by the spring",
        ),
        (
            "Nine men were killed, two officials who were not authorised to speak to the press said.",
            "two officials who were not authorised to speak to the press",
            "Nine men were killed",
        ),
        (
            "“There is no water,” begins a letter signed by forty women of the annex.",
            "a letter signed by forty women of the annex",
            "“There is no water,”",
        ),
        (
            "“It was over,” said Olga Frey, a cook who had been held in the chapel.",
            "Olga Frey, a cook who had been held in the chapel",
            "“It was over,”",
        ),
        (
            "A woman who gave birth alone is suing the sheriff, the doctor and two nurses, court filings show.",
            "court filings",
            "A woman who gave birth alone is suing the sheriff, the doctor and two nurses",
        ),
        ("More than half of the guards surveyed said they were tired.", "More than half of the guards surveyed",
         "they were tired"),
        ("Some 14% said they had seen a doctor.", "Some 14%", "they had seen a doctor"),
        ("He insisted, though, that the beds would come.", "He", "that the beds would come"),
        ("On Friday a nurse rang to say he was fine.", "a nurse", "he was fine"),
        ("None of it was true, Sheriff Roy Bell told reporters at 6 p.m. Two men were hurt.", "Sheriff Roy Bell",
         "None of it was true"),
        ("The clinic denied the charge, and its head, Supt. Arnel Dima, said the nurse had gone.",
         "its head, Supt. Arnel Dima", "the nurse had gone"),
        ("Olga Paz told the club that the yard, which is closed, would open.", "Olga Paz",
         "that the yard, which is closed, would open"),
    ],
)  # fmt: skip
def test_the_whole_phrase_that_names_the_speaker_is_the_source(text: str, source: str, content: str) -> None:
    """Participles, relative clauses and shares belong to the speaker; the words end where the speaker begins."""
    found = [(s.source.quote if s.source else "", s.content[0].quote) for s in told(text)]
    assert (source, content) in found


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("Mabel Toll was told at the window that her son was gone.", "was told", "that her son was gone"),
        ("The court heard that a chaplain had written to the governor.", "heard",
         "that a chaplain had written to the governor"),
        ("The man rang the bell seventeen times, the court heard.", "heard", "The man rang the bell seventeen times"),
        ("Rumour has it among the tea sellers of the Ferry Road that the leaders have gone.", "Rumour has it",
         "that the leaders have gone"),
    ],
)  # fmt: skip
def test_what_is_told_without_saying_by_whom(text: str, cue: str, content: str) -> None:
    """What somebody is told, what a court hears and what rumour has are statements of nobody named."""
    (statement,) = told(text)
    assert statement.source is None
    assert statement.cue is not None and statement.cue.quote.startswith(cue)
    assert statement.content[0].quote == content


def test_who_is_asked_and_then_speaks() -> None:
    """A question put to somebody is one statement, the answer another."""
    asked, answered = told("Asked by counsel to the inquiry why she had left, Ms Forsyth said she had been sent away.")
    assert asked.mode is Mode.ASKS and asked.source is not None and asked.source.quote == "counsel to the inquiry"
    assert asked.content[0].quote == "why she had left"
    assert answered.content[0].quote == "she had been sent away"


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Ruth Fale has ordered the centre to keep all footage and wants the rosters by Monday.",
         "to keep all footage"),
        ("The union called on the governor to declare an emergency, raise pay and bring in the guard.",
         "to declare an emergency, raise pay and bring in the guard"),
        ("The inmates demanded better food, the removal of the warden and an end to transfers.",
         "better food, the removal of the warden and an end to transfers"),
    ],
)  # fmt: skip
def test_where_a_demand_ends(text: str, content: str) -> None:
    """A list of things to do is one demand; what the speaker does next is none."""
    demands = [s.content[0].quote for s in told(text) if s.mode is Mode.DEMANDS]
    assert demands == [content]


def test_a_times_table_is_no_speaker() -> None:
    """ "Three times what the government conceded" compares, and says nothing."""
    assert all(s.cue is None or s.cue.quote != "conceded" for s in told(
        "The bulletin puts the dead at 41, three times what the government conceded on Sunday."))  # fmt: skip


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("The strike is over, or so says the government.", "the government", "The strike is over"),
        ("A police source said that five men were held, and did not rule out arrests.", "A police source",
         "that five men were held"),
        ("Her report recommends closing two wings, capping numbers and moving the governor.", "Her report",
         "closing two wings, capping numbers and moving the governor"),
        ("An audit found 40 locks broken.", "An audit", "40 locks broken"),
    ],
)  # fmt: skip
def test_where_words_end_and_who_speaks_after_them(text: str, source: str, content: str) -> None:
    """A verb denied after "and" is the speaker's; a list of gerunds is one thing; "or so says" points back."""
    found = [(s.source.quote if s.source else "", s.content[0].quote) for s in told(text)]
    assert (source, content) in found


@pytest.mark.parametrize(
    "text",
    ["Guards found 41 phones under a bunk.", "He heard “maybe ten” shots.", "It was not known how many were inside."],
)
def test_finding_hearing_and_silence_say_nothing(text: str) -> None:
    """What people find or hear, and what is not known, nobody says."""
    assert told(text) == []


def test_an_allegation_of_nobody() -> None:
    """ "Allegedly" at the head of a sentence makes the rest hearsay."""
    (statement,) = told("Allegedly, the key was made of a toothbrush.")
    assert statement.source is None and statement.content[0].quote == "the key was made of a toothbrush"


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The screen went dark, by the guard's account.", "the guard's account", "by", ["The screen went dark"]),
        ("By the minister's own admission, 14 men died.", "the minister's own admission", "By", ["14 men died"]),
        ("Troops entered the yard in what the army called a routine search.", "the army", "called",
         ["a routine search"]),
        ("The union led what it billed as the largest march of the year.", "it", "billed",
         ["as the largest march of the year"]),
        ("A colleague put it this way: “No form, no fight.”", "A colleague", "put it", ["“No form, no fight.”"]),
        ("There are 40 men on the roof, say the guards.", "the guards", "say", ["There are 40 men on the roof"]),
        ("Nine are dead, said prison officials, and many more are hurt.", "prison officials", "said",
         ["Nine are dead", "and many more are hurt"]),
        ("The roof, said the guards, is held by 40 men.", "the guards", "said", ["The roof", "is held by 40 men"]),
        ("The inmate burst through a door, the Guards Association (GA) said.", "the Guards Association (GA)", "said",
         ["The inmate burst through a door"]),
        ("The men accused of killing two guards said it was a lie.", "The men accused of killing two guards", "said",
         ["it was a lie"]),
        ("The warden admitted when pressed that nine had died.", "The warden", "admitted", ["that nine had died"]),
        ("Officials were quoted by local radio as saying that nine had died.", "Officials",
         "were quoted by local radio as saying", ["that nine had died"]),
    ],
)  # fmt: skip
def test_speakers_told_in_newspapers_ways(text: str, source: str, cue: str, content: list[str]) -> None:
    """Whose count it is, what they call a thing, those who say it in the middle of their words, those quoted."""
    (statement,) = read(text)
    assert statement.source is not None
    assert statement.cue is not None
    assert (statement.source.quote, statement.cue.quote) == (source, cue)
    assert [anchor.quote for anchor in statement.content] == content
