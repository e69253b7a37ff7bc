"""The lightest set that hits every conflict known: by HiGHS where it is present, else by branching."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Sets = Sequence[frozenset[int]]


def lightest_hitting_set(
    conflicts: Sets, weights: Mapping[int, float], excluded: Sets = (), *, solver: bool
) -> frozenset[int] | None:
    """Give a lightest set that meets every conflict and holds none of `excluded` whole; None if there is none.

    Of equally light sets always the same one is given.
    """
    if not conflicts:
        return None if frozenset() in excluded else frozenset()
    if solver:
        return _by_solver(conflicts, weights, excluded)
    return _by_branching(sorted(conflicts, key=lambda c: (len(c), sorted(c))), weights, excluded)


def _by_solver(conflicts: Sets, weights: Mapping[int, float], excluded: Sets) -> frozenset[int] | None:
    import highspy
    import numpy as np

    numbers = sorted(frozenset().union(*conflicts, *excluded))
    place = {number: at for at, number in enumerate(numbers)}
    starts, indices = [0], []
    low, high = [], []
    for chosen, least, most in [(c, 1.0, np.inf) for c in conflicts] + [(e, 0.0, len(e) - 1.0) for e in excluded]:
        indices += [place[number] for number in sorted(chosen)]
        starts.append(len(indices))
        low.append(least)
        high.append(most)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(numbers), len(low)
    lp.col_cost_ = np.array([weights[number] for number in numbers], dtype=np.double)
    lp.col_lower_, lp.col_upper_ = np.zeros(len(numbers)), np.ones(len(numbers))
    lp.row_lower_, lp.row_upper_ = np.array(low), np.array(high)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.array(starts, dtype=np.int32)
    lp.a_matrix_.index_ = np.array(indices, dtype=np.int32)
    lp.a_matrix_.value_ = np.ones(len(indices))
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(numbers)
    model = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", 1e-9)):
        model.setOptionValue(option, value)
    model.passModel(lp)
    model.run()
    if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    values = model.getSolution().col_value
    return frozenset(number for number, at in place.items() if values[at] > 0.5)


def _by_branching(conflicts: Sets, weights: Mapping[int, float], excluded: Sets) -> frozenset[int] | None:
    best: list[tuple[float, tuple[int, ...]]] = []

    def branch(chosen: frozenset[int], weight: float) -> None:
        if best and weight > best[0][0]:
            return
        if any(out <= chosen for out in excluded):
            return
        missed = next((c for c in conflicts if not c & chosen), None)
        if missed is None:
            found = (weight, tuple(sorted(chosen)))
            if not best or found < best[0]:
                best[:] = [found]
            return
        for number in sorted(missed):
            branch(chosen | {number}, weight + weights[number])

    branch(frozenset(), 0.0)
    return frozenset(best[0][1]) if best else None
