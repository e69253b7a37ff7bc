"""Judgements on pairs: what stands never contradicts itself, and what is named can be taken back."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from recuento.casefile.review.judged_pairs import JudgedPairs
from recuento.model.decision import Act, Decision
from recuento.store import decisions

PAIRS = JudgedPairs("pair:", decisions.on_pairs, one=Act.SAME, two=Act.DIFFERENT, neither=(Act.UNSURE,))
_AT = datetime.fromisoformat("2025-03-01T00:00:00+00:00")
_STEP = st.tuples(
    st.sampled_from([(a, b) for a in "abcde" for b in "abcde" if a != b]),
    st.sampled_from([Act.SAME, Act.DIFFERENT, Act.UNSURE]),
)


def _decision(number: int, pair: tuple[str, str], act: Act) -> Decision:
    return Decision(id=number, subject=PAIRS.subject(pair), act=act, by="L. P.", at=_AT)


def _clashes(standing: list[Decision]) -> bool:
    """By hand: a pair said to be two, whose ends are called the same once all pairs said to be one are."""
    name = {one: one for one in "abcde"}
    for _ in name:
        for decision in standing:
            if decision.act is Act.SAME:
                one, other = PAIRS.pair(decision)
                name[one] = name[other] = min(name[one], name[other])
    return any(d.act is Act.DIFFERENT and len({name[one] for one in PAIRS.pair(d)}) == 1 for d in standing)


@given(st.lists(_STEP, max_size=14))
def test_what_stands_is_consistent_and_what_is_refused_is_not(steps):
    """A judgement is refused exactly where all that stands with it would contradict itself."""
    made: list[Decision] = []
    for number, (pair, act) in enumerate(steps, start=1):
        wanted = _decision(number, pair, act)
        standing = list(PAIRS.standing(made))
        after = [one for one in standing if one.subject != wanted.subject] + [wanted]
        refused = PAIRS.contradicted(standing, pair, act)
        assert (refused is not None) == _clashes(after)
        if refused is None:
            made.append(wanted)
        else:
            assert refused in standing and refused.subject != wanted.subject


@given(st.lists(_STEP, max_size=10), _STEP)
def test_taking_back_what_is_named_ends(steps, step):
    """Whoever takes back the judgements named, one after another, can judge in the end."""
    made: list[Decision] = []
    for number, (pair, act) in enumerate(steps, start=1):
        if PAIRS.contradicted(PAIRS.standing(made), pair, act) is None:
            made.append(_decision(number, pair, act))
    for _ in range(len(made) + 1):
        named = PAIRS.contradicted(PAIRS.standing(made), *step)
        if named is None:
            return
        undo = {"id": len(steps) + len(made) + 2, "subject": named.subject, "act": Act.UNDO, "by": "L. P.", "at": _AT}
        made = [*made, Decision(**undo, details=(("decision", str(named.id)),))]
    raise AssertionError("the judgement is refused for ever")


@given(st.text(min_size=1, max_size=8), st.text(min_size=1, max_size=8))
def test_a_pair_is_read_back_from_its_subject(one, other):
    """Whatever the ids hold, colons and spaces too, in either order."""
    assert PAIRS.subject((one, other)) == PAIRS.subject((other, one))
    assert PAIRS.pair(_decision(1, (one, other), Act.SAME)) == tuple(sorted((one, other)))
