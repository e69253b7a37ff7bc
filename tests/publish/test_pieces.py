"""The text of a document, cut up and highlighted, is still the text."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from recuento.model.anchor import Anchor
from recuento.model.statement import Certainty, Form, Mode
from recuento.publish.document_page import pieces_of
from recuento.publish.view import PublicDocument, PublicStatement, Voice
from recuento.values.bilingual import Bilingual


@st.composite
def documents(draw: st.DrawFn) -> PublicDocument:
    """A text with statements that nest, touch, cross and begin together."""
    text = draw(st.text(min_size=1, max_size=80))
    statements = []
    for number in range(draw(st.integers(0, 5))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        statements.append(_statement(number, (Anchor.of(text, start, end),)))
    return PublicDocument(
        id="0" * 64, fingerprint="0" * 64, size_bytes=1, media_type="text/plain",
        title=None, outlet=None, published=None, language=None,
        url=None, obtained=date(2020, 1, 1), extractor=None, text_sha256=None, text=text, statements=tuple(statements),
        events=(), unreadable=None,
    )  # fmt: skip


def _statement(number: int, content: tuple[Anchor, ...]) -> PublicStatement:
    voice = Voice(Bilingual.same("x"), None)
    return PublicStatement(
        f"s{number}", number, voice, Mode.ASSERTS, Form.INDIRECT, Certainty.ASSERTED, content, None, (), (), True, ()
    )


@given(documents())
def test_pieces_joined_are_the_text(document: PublicDocument) -> None:
    """No character is lost, added or moved."""
    assert "".join(piece.text for piece in pieces_of(document)) == document.text


@given(documents())
def test_every_statement_opens_and_closes_once(document: PublicDocument) -> None:
    """Each statement can be addressed, exactly once, at its first character."""
    pieces = pieces_of(document)
    opened = [id for piece in pieces for id in piece.opens]
    closed = [id for piece in pieces for id in piece.closes]
    assert sorted(opened) == sorted(closed) == sorted(statement.id for statement in document.statements)
    place = 0
    starts = {statement.id: statement.content[0].start for statement in document.statements}
    for piece in pieces:
        assert all(starts[id] == place for id in piece.opens)
        place += len(piece.text)


@given(documents())
def test_exactly_the_words_of_statements_are_marked(document: PublicDocument) -> None:
    """A character is highlighted if and only if some statement holds it."""
    held = {n for statement in document.statements for a in statement.content for n in range(a.start, a.end)}
    place = 0
    for piece in pieces_of(document):
        for number in range(place, place + len(piece.text)):
            assert (piece.depth > 0) == (number in held)
        place += len(piece.text)
