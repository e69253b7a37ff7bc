"""The brief of a statement that is scanned from its text is the one that is decoded from it, whatever it says."""

from hypothesis import given
from hypothesis import strategies as st

from recuento.model.anchor import Anchor
from recuento.model.statement import Ask, Figure, Speaker, SpeakerKind, Statement
from recuento.store.encoding import encode
from recuento.store.statement_outlines import decoded, scanned
from recuento.values.quantity import Comparison, Quantity

WORDS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ['"measure":null', '\\","content":[', '"inferred":true,', '],"form":"', '{"end":1,"quote":"x","start":2}']
    ),
)
ANCHORS = st.builds(lambda start, words: Anchor(start, start + len(words) + 1, words + "x"), st.integers(0, 999), WORDS)
FIGURES = st.builds(
    Figure,
    anchor=ANCHORS,
    quantity=st.builds(
        lambda comparison, words: Quantity(3, 3, words, comparison),
        st.sampled_from([Comparison.EQ, Comparison.APPROX]),
        WORDS,
    ),
    measure=st.none() | WORDS,
    facility=st.none() | WORDS,
)
STATEMENTS = st.builds(
    Statement,
    id=st.just("s1"),
    speaker=st.builds(
        Speaker, name=WORDS, kind=st.just(SpeakerKind.PERSON), role=st.none() | WORDS, inferred=st.booleans()
    ),
    content=st.lists(ANCHORS, min_size=1, max_size=3).map(tuple),
    cue=st.none() | ANCHORS,
    figures=st.lists(FIGURES, max_size=3).map(tuple),
    asks=st.lists(st.builds(Ask, item=ANCHORS, addressee=WORDS, measure=st.none()), max_size=2).map(tuple),
    rule=WORDS,
    confidence=st.floats(0, 1),
)


@given(STATEMENTS)
def test_scanning_and_decoding_agree(statement):
    """Also where the texts hold what looks like keys."""
    body = encode(statement)
    brief = scanned("d", "s1", None, body)
    assert brief == decoded("d", "s1", None, body)


def test_what_looks_otherwise_isdecoded():
    """A body of another form is left to the decoder."""
    assert scanned("d", "s1", None, '{"confidence": 1}') is None
