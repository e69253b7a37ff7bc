"""Statistical disclosure control: tables of counts of persons in, what may be shown of them out, with its proof.

A library of its own: arrays and whole numbers, no casefile. Terms and method follow Willenborg and de Waal, *Elements
of Statistical Disclosure Control* (2001), and Fischetti and Salazar, "Solving the cell suppression problem on tabular
data with linear constraints", Management Science 47 (2001) 1008-1027.
"""

from recuento.disclosure.attack import attacker_intervals
from recuento.disclosure.counts import CountSystem, Release
from recuento.disclosure.proof import Protected, Unprotectable, Witness, faults_in
from recuento.disclosure.suppress import naive, protect

__all__ = [
    "CountSystem",
    "Protected",
    "Release",
    "Unprotectable",
    "Witness",
    "attacker_intervals",
    "faults_in",
    "naive",
    "protect",
]
