"""The chart tells what the numbers say: order, open ends, and what fits the band."""

from hypothesis import given
from hypothesis import strategies as st
from invented_dossier import valdeoscuro

from recuento.model.balance import Proof
from recuento.publish.allow import public_view
from recuento.publish.chart import ARROW, ROWS_MAX, Said, chart_of, fit_of
from recuento.publish.tongue import Tongue
from recuento.publish.view import PublicBound, PublicClaim
from recuento.values.quantity import Comparison, Quantity, quantity_from

TONGUE = Tongue("es")
TEMPLATE = public_view(valdeoscuro()).events[0].claims[0]


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    """Any quantity that can be said."""
    comparison = draw(st.sampled_from(Comparison))
    number = draw(st.integers(1, 10**7))
    if comparison is Comparison.RANGE:
        return quantity_from(comparison, (number, number + draw(st.integers(0, 10**6))), "")
    stated = () if comparison in (Comparison.UNKNOWN, Comparison.VAGUE, Comparison.NONE) else (number,)
    return quantity_from(comparison, stated, "")


@st.composite
def bounds(draw: st.DrawFn) -> PublicBound:
    """A bound, maybe without an upper end."""
    low = draw(st.integers(0, 10**6))
    high = draw(st.none() | st.integers(low, low + 10**6))
    proof = Proof("t", "low", low, ())
    return PublicBound("t", low, high, proof, None if high is None else proof, True, True)


def _said(found: list[Quantity]) -> list[Said]:
    claims = []
    for number, quantity in enumerate(found):
        values = {name: getattr(TEMPLATE, name) for name in TEMPLATE.__dataclass_fields__}
        claims.append(PublicClaim(**{**values, "id": f"c{number}", "quantity": quantity}))
    return [Said(claim, "", False) for claim in claims]


@given(st.lists(quantities(), max_size=30), st.none() | bounds())
def test_everything_drawn_stays_on_the_paper(found: list[Quantity], bound: PublicBound | None) -> None:
    """All places lie between 0 and 100 per cent, rows one below the other, and no more than fit."""
    chart = chart_of(_said(found), bound, TONGUE, 2017)
    if chart is None:
        return
    assert 0 < len(chart.lines) <= ROWS_MAX
    assert [line.y for line in chart.lines] == sorted({line.y for line in chart.lines})
    for line in chart.lines:
        places = [line.start, line.end, *line.points, *(line.gap or ())]
        places += [line.unequal] if line.unequal is not None else []
        assert all(0 <= place <= 100 for place in places)
        assert line.y < chart.bottom < chart.height
        assert line.open_end == (line.claim.quantity.high is None)
        assert line.end == ARROW or not line.open_end
    if chart.band is not None:
        assert 0 <= chart.band.start <= chart.band.end <= 100


@given(quantities(), bounds())
def test_what_does_not_fit_has_no_number_in_the_band(quantity: Quantity, bound: PublicBound) -> None:
    """ "No" is said exactly where the range said and the range implied have nothing in common."""
    implied = Quantity(bound.low, bound.high, "", Comparison.RANGE)
    fits = fit_of(quantity, bound)
    if fits:
        assert (fits == "no") == (not quantity.overlaps(implied))
    else:
        assert quantity.is_silence or (quantity.low is None and quantity.high is None)


@given(st.lists(quantities(), min_size=2, max_size=2))
def test_more_is_further_right(found: list[Quantity]) -> None:
    """Where one quantity lies wholly above another, its mark stands to the right."""
    chart = chart_of(_said(found), None, TONGUE, 2017)
    if chart is None or len(chart.lines) < 2:
        return
    one, two = chart.lines
    low, high = one.claim.quantity, two.claim.quantity
    if low.high is not None and high.low is not None and low.high < high.low:
        assert one.end <= two.start
