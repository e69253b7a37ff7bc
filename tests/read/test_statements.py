"""Patterns of attribution in both languages: who, by which words, what, how surely, and what is asked of whom."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from recuento.model.statement import Certainty, Form, Mode, SpeakerKind
from recuento.read import read
from recuento.values.partial_date import PartialDate

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared"


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("The warden said that the gates were open.", "warden", "that the gates were open"),
        ("The warden said the gates were open.", "warden", "the gates were open"),
        ("The gates were open, the warden said.", "warden", "The gates were open"),
        ("“The gates were open,” said Ana Rojas.", "Ana Rojas", "“The gates were open,”"),
        ("According to Ana Rojas, the gates were open.", "Ana Rojas", "the gates were open"),
        ("The gates were open, according to relatives.", "relatives", "The gates were open"),
        ("Ana Rojas, a lawyer, told reporters that the gates were open.", "Ana Rojas", "that the gates were open"),
        ("In a statement on Monday, the ministry denied that anyone had died.", "ministry", "that anyone had died"),
        ("The judge warned that the prison was full.", "judge", "that the prison was full"),
        ("As the judge explained, the prison was full.", "judge", "the prison was full"),
        ("Ana Rojas said: “The gates were open.”", "Ana Rojas", "“The gates were open.”"),
        ("El alcaide dijo que las puertas estaban abiertas.", "alcaide", "que las puertas estaban abiertas"),
        ("Las puertas estaban abiertas, dijo el alcaide.", "alcaide", "Las puertas estaban abiertas"),
        ("«Las puertas estaban abiertas», aseguró Ana Rojas.", "Ana Rojas", "«Las puertas estaban abiertas»"),
        ("Según Ana Rojas, las puertas estaban abiertas.", "Ana Rojas", "las puertas estaban abiertas"),
        ("Las puertas estaban abiertas, según familiares.", "familiares", "Las puertas estaban abiertas"),
        ("Las puertas estaban abiertas, según informó el ministerio.", "ministerio", "Las puertas estaban abiertas"),
        ("Aseguró el alcaide que las puertas estaban abiertas.", "alcaide", "que las puertas estaban abiertas"),
        ("En un comunicado, el ministerio negó que hubiera muertos.", "ministerio", "que hubiera muertos"),
        ("La jueza advirtió de que el penal estaba lleno.", "jueza", "de que el penal estaba lleno"),
        ("De acuerdo con la jueza, el penal estaba lleno.", "jueza", "el penal estaba lleno"),
        ("Ana Rojas explicó: «Las puertas estaban abiertas».", "Ana Rojas", "«Las puertas estaban abiertas»"),
        ("Como explicó la jueza, el penal estaba lleno.", "jueza", "el penal estaba lleno"),
        ("Ana Rojas, abogada, ha dicho que el penal está lleno.", "Ana Rojas", "que el penal está lleno"),
    ],
)
def test_one_statement_each(text: str, speaker: str, content: str) -> None:
    """Every pattern gives one statement with its speaker and its words."""
    (statement,) = read(text)
    assert statement.speaker.name == speaker
    assert statement.content[0].quote == content


@pytest.mark.parametrize(
    ("text", "modes"),
    [
        ("The ministry denied that anyone died and promised that a list would follow.", ["denies", "promises"]),
        ("El ministerio negó que hubiera muertos y prometió que publicará la lista.", ["denies", "promises"]),
        ("The NGO said that 40 are missing and demanded that the list be published.", ["asserts", "demands"]),
        ("La ONG dijo que faltan 40 presos y exigió que se publique la lista.", ["asserts", "demands"]),
        ("Relatives asked whether the men are alive.", ["asks"]),
        ("Los familiares preguntaron si los presos están vivos.", ["asks"]),
    ],
)
def test_verbs_that_share_a_subject_are_statements_of_one_speaker(text: str, modes: list[str]) -> None:
    """Coordinated verbs give statements of their own, each with its mode, all of the same speaker."""
    statements = read(text)
    assert [s.mode.value for s in statements] == modes
    assert len({s.speaker.name for s in statements}) == 1


@pytest.mark.parametrize(
    ("text", "addressee", "measures"),
    [
        ("La ONG exigió al Gobierno la lista de los trasladados.", "Gobierno", ["transferred"]),
        (
            "La ONG pidió al ministerio que informe cuántos presos murieron y cuántos se fugaron.",
            "ministerio",
            ["died_inmates", "escaped"],
        ),
        ("La ONG instó al Gobierno a publicar el número de heridos.", "Gobierno", ["injured"]),
        ("The NGO asked the Government to publish the list of those transferred.", "Government", ["transferred"]),
        (
            "The NGO urged the ministry to say how many inmates died and how many escaped.",
            "ministry",
            ["died_inmates", "escaped"],
        ),
        ("The NGO demanded the number of injured.", None, ["injured"]),
    ],
)
def test_demands_tell_whom_and_what(text: str, addressee: str | None, measures: list[str]) -> None:
    """A demand names its addressee, and each item the measure it concerns."""
    (statement,) = read(text)
    assert statement.mode is Mode.DEMANDS
    assert [ask.measure for ask in statement.asks] == measures
    assert {ask.addressee for ask in statement.asks} == {addressee}


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("El director dijo que 11 presos murieron.", Certainty.ASSERTED),
        ("El director dijo que 11 presos habrían muerto.", Certainty.ALLEGED),
        ("El director dijo que presuntamente murieron 11 presos.", Certainty.ALLEGED),
        ("Se rumorea que murieron 11 presos.", Certainty.RUMOURED),
        ("Extraoficialmente se supo que murieron 11 presos.", Certainty.UNOFFICIAL),
        ("The director said that 11 inmates died.", Certainty.ASSERTED),
        ("The director said that 11 inmates allegedly died.", Certainty.ALLEGED),
        ("It is rumored that 11 inmates died.", Certainty.RUMOURED),
        ("The director said that 40 inmates will be transferred.", Certainty.EXPECTED),
    ],
)
def test_a_figure_is_as_sure_as_its_words(text: str, certainty: Certainty) -> None:
    """Hearsay, rumour, unofficial knowledge and the future are told apart on the figure itself."""
    (figure,) = [f for s in read(text) for f in s.figures]
    assert figure.certainty is certainty


@pytest.mark.parametrize(
    ("text", "mode", "content"),
    [
        ("El alcaide se comprometió a entregar la lista.", Mode.PROMISES, "a entregar la lista"),
        ("The governor promised to publish the names.", Mode.PROMISES, "to publish the names"),
        ("Los familiares exigen saber dónde están.", Mode.DEMANDS, "saber dónde están"),
        ("La ONG acusó al Gobierno de ocultar los nombres.", Mode.ASSERTS, "al Gobierno de ocultar los nombres"),
        ("The NGO accused the head of the prison of hiding the names.", Mode.ASSERTS, "of hiding the names"),
    ],
)
def test_what_is_promised_demanded_or_imputed_may_be_an_infinitive(text: str, mode: Mode, content: str) -> None:
    """Contents without a verb in a finite form are read with their mode."""
    (statement,) = read(text)
    assert (statement.mode, statement.content[0].quote) == (mode, content)


def test_silence_is_a_figure_that_says_nothing() -> None:
    """Not saying how many is kept as unknown, never as zero."""
    for text in (
        "El ministro no precisó cuántos presos se fugaron.",
        "The ministry did not say how many inmates escaped.",
    ):
        (figure,) = [f for s in read(text) for f in s.figures]
        assert figure.quantity.is_silence and figure.measure == "escaped"


def test_what_is_denied_to_exist_is_none() -> None:
    """ "Denied that there were deaths" claims zero deaths, "denied that 40 escaped" claims no number."""
    (denied,) = read("El ministro negó que hubiera muertos.")
    assert [(f.measure, f.quantity.high) for f in denied.figures] == [("died", 0)]
    assert read("El ministro negó que 40 presos se fugaran.")[0].mode is Mode.DENIES


def test_conditions_and_nobody_say_nothing() -> None:
    """ "If she says", "until it says" and "nobody said" are no statements."""
    for text in (
        "Si alguna pide que se busque a su hijo, se hará.",
        "Nadie dijo que hubiera muertos.",
        "Nobody said that it was safe.",
    ):
        assert read(text) == []


def test_nested_statements_keep_their_speakers_apart() -> None:
    """The observatory says that relatives say: two statements, the figure in the inner one."""
    outer, inner = read("El Observatorio dijo que los familiares aseguran que faltan 40 presos.")
    assert (outer.speaker.name, inner.speaker.name) == ("Observatorio", "familiares")
    assert inner.parent == outer.id and inner.id == f"{outer.id}.1"
    assert not outer.figures and [f.quantity.low for f in inner.figures] == [40]


def test_who_is_cited_is_a_source_of_its_own() -> None:
    """ "X, citing Y, said": Y said it to X."""
    outer, inner = read("The observatory, citing relatives, said that 40 inmates are missing.")
    assert (outer.speaker.name, inner.speaker.name) == ("observatory", "relatives")
    assert inner.parent == outer.id


def test_a_short_name_becomes_the_name_it_stands_for() -> None:
    """Acronym, kind, pronoun and surname are joined over the document; what was concluded is marked."""
    text = (
        "The Northern Prisons Observatory (NPO) said that 40 inmates are missing. The NGO said that relatives wait. "
        "The observatory added that nobody answers. NPO said that it has a list.\n\n"
        "The coordinator of the group, Ana Rojas, said that the list is long. Rojas said that it grows. "
        "She said that it hurts."
    )
    names = [(s.speaker.name, s.speaker.inferred) for s in read(text) if s.parent is None]
    assert [name for name, _ in names[:4]] == ["Northern Prisons Observatory"] * 4
    assert [name for name, _ in names[4:]] == ["Ana Rojas"] * 3
    assert names[1][1] and names[6][1]


def test_role_and_organisation_are_told_apart_from_the_name() -> None:
    """A speaker keeps the role and the organisation that stand beside the name."""
    (statement,) = read("The general coordinator of the NGO Open Gates, Ana Rojas, stated that the prison is full.")
    assert statement.speaker.name == "Ana Rojas"
    assert statement.speaker.role == "general coordinator"
    assert statement.speaker.organisation == "Open Gates"
    assert statement.speaker.kind is SpeakerKind.PERSON


def test_mixed_and_direct_and_indirect_are_told_apart() -> None:
    """The form says how the words reach us."""
    assert read("“All are alive,” said Ana Rojas.")[0].form is Form.DIRECT
    assert read("Ana Rojas said that “all” of them are alive.")[0].form is Form.MIXED
    assert read("Ana Rojas said that they are alive.")[0].form is Form.INDIRECT


def test_the_wire_text_is_read_as_people_annotated_it() -> None:
    """In the real wire report 12 of 13 statements, all demand items and all figures agree with the annotation."""
    folder = SHARED / "cases" / "tocoron" / "documents"
    if not folder.exists():
        pytest.skip("the annotated wire report is not beside the repository")
    gold = json.loads((folder / "efe-2023-09-20.en.statements.json").read_text(encoding="utf-8"))
    text = (folder / "efe-2023-09-20.en.txt").read_text(encoding="utf-8")
    statements = read(text, published=PartialDate(2023, 9, 20))
    spans = [(s.cue, {k for c in s.content for k in range(c.start, c.end)}) for s in statements]

    def is_read(wanted: dict[str, object]) -> bool:
        content = {k for c in wanted["content"] for k in range(c["start"], c["end"])}  # type: ignore[attr-defined]
        return any(
            cue is not None and cue.start < wanted["cue"]["end"] and wanted["cue"]["start"] < cue.end  # type: ignore[index]
            and 2 * len(content & held) >= len(content | held)
            for cue, held in spans
        )  # fmt: skip

    assert sum(is_read(wanted) for wanted in gold["statements"]) >= 12
    asked = {ask["measure"] for wanted in gold["statements"] for ask in wanted.get("asks", [])}
    assert asked <= {ask.measure for s in statements for ask in s.asks}
    counted = {(f["measure"], f["low"], f["high"]) for wanted in gold["statements"] for f in wanted.get("figures", [])}
    assert counted <= {(f.measure, f.quantity.low, f.quantity.high) for s in statements for f in s.figures}
