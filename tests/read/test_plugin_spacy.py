"""spaCy as another reader: real pipelines made here, by rules and by a moment of training; no weights are fetched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from recuento.model.statement import Statement
from recuento.read.plugin import Drop, OtherReader, ReaderFailed, read_with
from recuento.read.plugin_spacy import GROUP, SpacyReader, spacy_reader

spacy = pytest.importorskip("spacy", reason="needs the extra recuento[spacy]")

TEXT = "La vocera afirma que faltan 14 camas. El juez niega que falten camas. Nadie contestó."


@pytest.fixture
def pipeline() -> Any:
    """A blank Spanish pipeline with a sentence splitter and rules for spans."""
    nlp = spacy.blank("es")
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("span_ruler", config={"spans_key": GROUP})
    ruler.add_patterns(
        [
            {"label": "SPEAKER", "pattern": [{"LOWER": {"IN": ["la", "el"]}}, {"LOWER": {"IN": ["vocera", "juez"]}}]},
            {"label": "CUE", "pattern": [{"LOWER": {"IN": ["afirma", "niega"]}}]},
            {"label": "CONTENT", "pattern": [{"LOWER": "que"}, {"IS_PUNCT": False, "OP": "+"}]},
        ]
    )
    return nlp


def parts(statement: Statement) -> tuple[str | None, str | None, str]:
    """Source, verb and content of a statement."""
    source, cue = statement.source, statement.cue
    return source and source.quote, cue and cue.quote, statement.content[0].quote


def test_spans_of_a_ruler_become_statements_sentence_by_sentence(pipeline: Any) -> None:
    """Each content gets the speaker and the verb of its own sentence, and its figure; all words stand in the text."""
    reader: OtherReader = SpacyReader("rules", pipeline)
    found = read_with(reader, TEXT).statements
    whole = [s for s in found if s.content[0].quote.endswith("camas")]
    assert ("La vocera", "afirma", "que faltan 14 camas") in map(parts, whole)
    assert ("El juez", "niega", "que falten camas") in map(parts, whole)
    assert all(anchor.stands_on(TEXT) for s in found for anchor in s.anchors())
    assert {s.reader for s in found} == {"rules"}
    assert any(f.quantity.low == 14 for s in whole for f in s.figures)


def test_spans_with_an_id_belong_together(pipeline: Any) -> None:
    """An id joins a content with its speaker, however near another one stands."""

    @spacy.language.Language.component("joined_by_id")
    def joined(doc: Any) -> Any:
        spans = [doc[0:2], doc[8:10], doc[2:3], doc[3:7]]
        labels = [("SPEAKER", "other"), ("SPEAKER", "one"), ("CUE", "one"), ("CONTENT", "one")]
        doc.spans[GROUP] = [
            spacy.tokens.Span(doc, span.start, span.end, label=label, span_id=id)
            for span, (label, id) in zip(spans, labels, strict=True)
        ]
        return doc

    nlp = spacy.blank("es")
    nlp.add_pipe("joined_by_id")
    (statement,) = read_with(SpacyReader("ids", nlp), TEXT).statements
    assert parts(statement) == ("El juez", "afirma", "que faltan 14 camas")


def test_what_a_component_invents_is_dropped() -> None:
    """Proposals of a component's own extension go through the same check: words not in the text are dropped."""
    spacy.tokens.Doc.set_extension(GROUP, default=None, force=True)

    @spacy.language.Language.component("inventing")
    def inventing(doc: Any) -> Any:
        doc._.statements = [
            {"speaker": "El juez", "cue": "niega", "content": "que falten camas", "mode": "denies"},
            {"speaker": "El ministro", "content": "que falten camas"},
            {"speaker": "La vocera", "content": "que sobran camas"},
            {"speaker": "La vocera", "content": "que faltan 14 camas", "mode": "sings"},
        ]
        return doc

    nlp = spacy.blank("es")
    nlp.add_pipe("inventing")
    try:
        reading = read_with(SpacyReader("own", nlp), TEXT)
    finally:
        spacy.tokens.Doc.remove_extension(GROUP)
    assert [parts(s) for s in reading.statements] == [("El juez", "niega", "que falten camas")]
    assert set(reading.dropped) == {Drop.CONTENT_ABSENT, Drop.REPEATED, Drop.UNKNOWN_CLASS} or reading.dropped == {
        Drop.CONTENT_ABSENT: 1,
        Drop.SPEAKER_ABSENT: 1,
        Drop.UNKNOWN_CLASS: 1,
    }


def test_a_span_categorizer_trained_for_a_moment_reads_as_well() -> None:
    """A statistical component that learned four sentences finds their contents again, and every word stands there."""
    spacy.util.fix_random_seed(7)
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("spancat", config={"spans_key": GROUP, "threshold": 0.5})
    taught = [(f"{who} said that {n} fled.", who) for who in ("Ana", "Luis") for n in (12, 40)]
    examples = []
    for text, who in taught:
        doc = nlp.make_doc(text)
        doc.spans[GROUP] = [
            doc.char_span(0, len(who), "SPEAKER"),
            doc.char_span(len(who) + 1, len(who) + 5, "CUE"),
            doc.char_span(text.index("that"), len(text) - 1, "CONTENT"),
        ]
        examples.append(spacy.training.Example(nlp.make_doc(text), doc))
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(60):
        nlp.update(examples, sgd=optimizer)
    text = taught[0][0]
    found = read_with(SpacyReader("trained", nlp), text).statements
    assert ("Ana", "said", "that 12 fled") in map(parts, found)


def test_a_parse_gives_subject_verb_and_clause() -> None:
    """Where a pipeline parses in Universal Dependencies, a reporting verb's subject and clause are proposed."""

    @spacy.language.Language.component("parsed")
    def parsed(doc: Any) -> Any:
        heads, deps = [1, 2, 2, 5, 5, 2, 2], ["det", "nsubj", "ROOT", "mark", "nsubj", "ccomp", "punct"]
        return spacy.tokens.Doc(
            doc.vocab, [t.text for t in doc], [bool(t.whitespace_) for t in doc], heads=heads, deps=deps
        )

    nlp = spacy.blank("en")
    nlp.add_pipe("parsed")
    (statement,) = read_with(SpacyReader("parser", nlp), "The warden said that nobody escaped.").statements
    assert parts(statement) == ("The warden", "said", "that nobody escaped")


def test_another_language_is_left_alone(pipeline: Any) -> None:
    """A Spanish pipeline is not asked about an English text."""
    assert read_with(SpacyReader("rules", pipeline), "The judge denies that beds are missing.").statements == ()


def test_a_pipeline_that_fails_is_a_named_failure(pipeline: Any) -> None:
    """A text beyond what the pipeline takes, or a component that breaks, fails by name and breaks nothing else."""
    pipeline.max_length = 10
    with pytest.raises(ReaderFailed, match="E088"):
        read_with(SpacyReader("rules", pipeline), TEXT)


def test_a_pipeline_on_disk_is_loaded_by_its_folder(pipeline: Any, tmp_path: Path) -> None:
    """What was saved reads as before, and says in its version what it is made of."""
    pipeline.to_disk(tmp_path / "rules")
    loaded = spacy_reader("rules", tmp_path / "rules")
    assert read_with(loaded, TEXT) == read_with(SpacyReader("rules", pipeline), TEXT)
    assert "sentencizer+span_ruler" in loaded.version


def test_no_pipeline_there_is_a_named_failure(tmp_path: Path) -> None:
    """A wrong name is told with the name."""
    with pytest.raises(ReaderFailed, match="nothing-here"):
        spacy_reader("rules", tmp_path / "nothing-here")
