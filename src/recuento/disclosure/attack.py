"""What an attacker can compute of every hidden cell from all that was ever shown."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recuento.disclosure.counts import CountSystem, Marks, Release
from recuento.disclosure.system import Attacker, Joint


def attacker_intervals(
    system: CountSystem, hidden: Marks, earlier: Sequence[Release] = (), *, room: int = 1_000
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The least and the most each cell can be by linear programs (n each, in persons).

    No count is looked for more than `room` above the truth. Whole numbers could narrow these; the witnesses of
    `protect` are whole, so they span what is left then too.
    """
    joint = Joint.of(system, earlier)
    attacker = Attacker(joint, room=room)
    attacker.sees(hidden)
    low, high = system.values.astype(np.float64), system.values.astype(np.float64)
    for cell in np.flatnonzero(hidden):
        target = np.zeros(len(joint.truth))
        target[joint.before + cell] = 1.0
        low[cell] = -attacker.most(target, -1)[0]
        high[cell] = attacker.most(target)[0]
    return low, high
