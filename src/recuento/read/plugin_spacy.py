"""spaCy as another reader: a pipeline of yours proposes words, which stand in the text or are dropped like any other's.

spaCy (MIT) is the extra `spacy`; nothing here is imported unless a reader names a pipeline. Three things that a
pipeline may give are understood, the first that is there counts:

- `doc._.statements`: proposals of a component of your own, each a mapping with `speaker`, `content` and, if known,
  `cue`, `mode`, `certainty`;
- `doc.spans["statements"]`: spans labelled CONTENT, SPEAKER and CUE, by a span categorizer, a SpanRuler or a Matcher;
  those that share an id belong together, others go to the nearest content of their sentence or, where there are no
  sentences, of the text;
- a dependency parse in Universal Dependencies: a verb that our lists know as reporting, its `nsubj` and its `ccomp`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from recuento.read.plugin import Proposal, ReaderFailed
from recuento.read.text.lexicon import lexicon
from recuento.values.bilingual import Language

GROUP = "statements"
"""The name of the group of spans, and of the extension, in which a pipeline leaves what it found."""
CONTENT, SPEAKER, CUE = "CONTENT", "SPEAKER", "CUE"
_SUBJECTS = frozenset(["nsubj", "nsubj:pass"])
_CONTENTS = frozenset(["ccomp", "parataxis"])


class SpacyReader:
    """Reads with a spaCy pipeline. Implements `recuento.read.plugin.OtherReader`.

    `pipeline` is what `spacy.load` gives, or any pipeline made in Python. Texts in another language than the
    pipeline's are not read, unless it is multilingual ("xx").
    """

    def __init__(self, name: str, pipeline: Any) -> None:
        self.name = name
        self.pipeline = pipeline

    @property
    def version(self) -> str:
        """The pipeline's language, name and version, its components, and the version of spaCy."""
        meta = self.pipeline.meta
        parts = "+".join(self.pipeline.pipe_names)
        return f"{meta['lang']}_{meta['name']} {meta['version']} ({parts}) spacy {meta['spacy_version']}"

    def statements(self, text: str, *, language: Language) -> Iterable[Proposal]:
        """What the pipeline proposes; raises ReaderFailed where it cannot read the text."""
        if self.pipeline.lang not in (language, "xx"):
            return []
        try:
            doc = self.pipeline(text)
        # A component may raise anything; spaCy itself raises ValueError, for a text beyond its longest among others.
        except Exception as error:
            raise ReaderFailed(
                f"the spaCy pipeline failed: {_short(error)}", f"la canalización de spaCy falló: {_short(error)}"
            ) from error
        return list(_proposals(doc, language))


def spacy_reader(name: str, pipeline: str | Path) -> SpacyReader:
    """Load a pipeline, the path of a folder or the name of an installed package.

    Raises ReaderFailed where spaCy is missing or the pipeline cannot be loaded. Loading runs the code that a pipeline
    brings with it, so load none that you would not run.
    """
    try:
        import spacy
    except ImportError as error:
        raise ReaderFailed(
            "spaCy is missing: pip install 'recuento[spacy]'", "falta spaCy: pip install 'recuento[spacy]'"
        ) from error
    try:
        return SpacyReader(name, spacy.load(pipeline))
    # spaCy raises OSError where there is no pipeline, ValueError and others where it is broken or of another version.
    except Exception as error:
        raise ReaderFailed(
            f"the spaCy pipeline {str(pipeline)!r} cannot be loaded: {_short(error)}",
            f"no se puede cargar la canalización de spaCy {str(pipeline)!r}: {_short(error)}",
        ) from error


def _short(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0][:200]}" if lines else type(error).__name__


def _proposals(doc: Any, language: Language) -> Iterator[Proposal]:
    if doc.has_extension(GROUP) and doc._.get(GROUP):
        yield from map(_from_mapping, doc._.get(GROUP))
    elif GROUP in doc.spans:
        yield from _from_spans(doc)
    elif doc.has_annotation("DEP"):
        yield from _from_parse(doc, language)


def _from_mapping(found: Mapping[str, Any]) -> Proposal:
    fields = ("speaker", "content", "cue", "mode", "certainty")
    return Proposal(**{"speaker": "", "content": ""} | {key: str(found[key]) for key in fields if found.get(key)})


# Spans.


def _from_spans(doc: Any) -> Iterator[Proposal]:
    """One proposal for each content, with the speaker and the verb that share its id or stand nearest."""
    spans = list(doc.spans[GROUP])
    for content in (span for span in spans if span.label_ == CONTENT):
        speaker, cue = (_beside(content, spans, label) for label in (SPEAKER, CUE))
        yield Proposal(speaker.text if speaker is not None else "", content.text, cue.text if cue is not None else "")


def _beside(content: Any, spans: list[Any], label: str) -> Any:
    """The span of that label with the id of the content, else the nearest that bears none; None where none is near."""
    others = [span for span in spans if span.label_ == label and not _overlap(span, content)]
    if content.id_:
        return next((span for span in others if span.id_ == content.id_), None)
    near = [span for span in others if not span.id_ and _shares_sentence(span, content)]
    return min(near, key=lambda span: (_gap(span, content), span.start), default=None)


def _overlap(one: Any, other: Any) -> bool:
    return bool(one.start < other.end and other.start < one.end)


def _gap(one: Any, other: Any) -> int:
    return int(max(one.start - other.end, other.start - one.end, 0))


def _shares_sentence(span: Any, content: Any) -> bool:
    """Whether no sentence ends between the two; a quotation of several sentences touches each of them."""
    if not span.doc.has_annotation("SENT_START"):
        return True
    first, last = min(span.end, content.end), max(span.start, content.start)
    return not any(token.is_sent_start for token in span.doc[first : last + 1])


# Dependencies.


def _from_parse(doc: Any, language: Language) -> Iterator[Proposal]:
    """Reporting verbs with their subject and their clause: "The warden said that ..."."""
    forms = lexicon(language).forms
    for verb in doc:
        clause = next((child for child in verb.children if child.dep_ in _CONTENTS), None)
        subject = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
        if clause is not None and subject is not None and verb.lower_ in forms:
            yield Proposal(_words(subject), _words(clause), verb.text)


def _words(head: Any) -> str:
    """The text from the first to the last word that hangs on a word, without the marks at its edges."""
    span = head.doc[head.left_edge.i : head.right_edge.i + 1]
    while len(span) > 1 and span[-1].is_punct and not span[-1].is_quote:
        span = span[:-1]
    while len(span) > 1 and span[0].is_punct and not span[0].is_quote:
        span = span[1:]
    return str(span.text)
