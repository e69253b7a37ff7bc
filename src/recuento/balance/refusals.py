"""Refuse ledgers and claims that cannot be worked on, naming every faulty row at once."""

from __future__ import annotations

from collections.abc import Sequence

from recuento.errors import Fault, FaultsFound
from recuento.model.ledger import Constraint, Identity, Ledger, Relation

LIMIT = 10**12
"""The largest figure admitted. Sums of figures stay exact, and no count of people comes near it."""
_COEFFICIENT_MAX = 10**6


def refuse_malformed(ledger: Ledger, constraints: Sequence[Constraint] = ()) -> None:
    """Raise FaultsFound with every fault of the ledger and of the constraints; return if there is none."""
    faults = ledger_faults(ledger)
    faults += constraint_faults(ledger, constraints)
    if faults:
        raise FaultsFound("ledger", faults)


def ledger_faults(ledger: Ledger) -> list[Fault]:
    """What is wrong with the terms and identities, row by row."""
    faults = _repeated("term", "término", [term.id for term in ledger.terms])
    faults += _repeated("identity", "identidad", [identity.id for identity in ledger.identities])
    readings = {reading.id for reading in ledger.readings}
    for row, identity in enumerate(ledger.identities, start=1):
        faults += _identity_faults(f"identity {identity.id} (row {row})", identity, ledger, readings)
    if ledger.upper is not None and not 0 <= ledger.upper <= LIMIT:
        faults.append(_too_large("upper", ledger.upper))
    return faults or _cycle_faults(ledger)


def constraint_faults(ledger: Ledger, constraints: Sequence[Constraint]) -> list[Fault]:
    """What is wrong with what the claims say, row by row."""
    faults = []
    for row, said in enumerate(constraints, start=1):
        place = f"claim {said.claim} (row {row})"
        if ledger.term(said.term) is None:
            faults.append(_unknown_term(place, said.term))
        faults += _range_faults(place, said.low, said.high)
    return faults


def _range_faults(place: str, low: int | None, high: int | None) -> list[Fault]:
    faults = []
    for value in (low, high):
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int):
            faults.append(Fault(place, f"{value!r} is not a whole number", f"{value!r} no es un número entero"))
        elif value < 0:
            faults.append(Fault(place, f"{value} is below zero", f"{value} es menor que cero"))
        elif value > LIMIT:
            faults.append(_too_large(place, value))
    if not faults and low is not None and high is not None and low > high:
        faults.append(
            Fault(
                place,
                f"the range ends at {high}, before its start at {low}: swap the two or correct one",
                f"el intervalo termina en {high}, antes de su comienzo en {low}: intercámbielos o corrija uno",
            )
        )
    return faults


def _identity_faults(place: str, identity: Identity, ledger: Ledger, readings: set[str]) -> list[Fault]:
    faults = []
    if not identity.coefficients:
        faults.append(Fault(place, "the identity has no terms", "la identidad no tiene términos"))
    faults += _repeated("term", "término", [term for term, _ in identity.coefficients], place)
    for term, coefficient in identity.coefficients:
        if ledger.term(term) is None:
            faults.append(_unknown_term(place, term))
        whole = isinstance(coefficient, int) and not isinstance(coefficient, bool)
        if not whole or coefficient == 0 or abs(coefficient) > _COEFFICIENT_MAX:
            faults.append(
                Fault(
                    place,
                    f"the coefficient of {term} is {coefficient!r}: write a whole number that is not zero",
                    f"el coeficiente de {term} es {coefficient!r}: escriba un número entero distinto de cero",
                )
            )
    if isinstance(identity.constant, bool) or not isinstance(identity.constant, int):
        faults.append(Fault(place, "the constant is not a whole number", "la constante no es un número entero"))
    elif abs(identity.constant) > LIMIT:
        faults.append(_too_large(place, identity.constant))
    if identity.reading is not None and identity.reading not in readings:
        faults.append(
            Fault(place, f"there is no reading {identity.reading!r}", f"no existe la lectura {identity.reading!r}")
        )
    return faults


def _repeated(en: str, es: str, ids: Sequence[str], place: str = "") -> list[Fault]:
    seen: set[str] = set()
    faults = []
    for row, id in enumerate(ids, start=1):
        if id in seen:
            at = place or f"{en} {id} (row {row})"
            faults.append(Fault(at, f"the {en} {id!r} is given twice", f"{es} {id!r} repetido"))
        seen.add(id)
    return faults


def _unknown_term(place: str, term: str) -> Fault:
    return Fault(
        place,
        f"there is no term {term!r}: add it to the terms or correct the name",
        f"no existe el término {term!r}: añádalo a los términos o corrija el nombre",
    )


def _too_large(place: str, value: int) -> Fault:
    return Fault(
        place,
        f"{value} is out of range: figures go up to {LIMIT}",
        f"{value} está fuera de rango: las cifras llegan hasta {LIMIT}",
    )


def _cycle_faults(ledger: Ledger) -> list[Fault]:
    """Sub-totals that contain one another: a total cannot be part of its own part."""
    parts: dict[str, list[tuple[str, str]]] = {}
    for identity in ledger.identities:
        for total, part in _containments(identity):
            parts.setdefault(total, []).append((part, identity.id))
    state: dict[str, int] = {}
    for start in sorted(parts):
        cycle = _cycle_from(start, parts, state)
        if cycle:
            names = ", ".join(sorted(set(cycle)))
            return [
                Fault(
                    f"identity {cycle[0]}",
                    f"sub-totals contain one another through {names}: a total cannot be part of its own part",
                    f"los subtotales se contienen unos a otros por {names}: un total no puede ser parte de su parte",
                )
            ]
    return []


def _containments(identity: Identity) -> list[tuple[str, str]]:
    """The (total, part) pairs of an identity that has the form of a sub-total."""
    if identity.constant != 0:
        return []
    above = [term for term, c in identity.coefficients if c > 0]
    below = [term for term, c in identity.coefficients if c < 0]
    if len(above) == 1 and (len(below) >= 2 or (identity.relation is Relation.GE and len(below) == 1)):
        return [(above[0], part) for part in below]
    if len(below) == 1 and len(above) >= 2 and identity.relation is Relation.EQ:
        return [(below[0], part) for part in above]
    return []


def _cycle_from(start: str, parts: dict[str, list[tuple[str, str]]], state: dict[str, int]) -> list[str]:
    """The identities on a cycle that can be reached from `start`, empty if there is none. Not recursive: ledgers
    may be deep."""
    path: list[tuple[str, str]] = [(start, "")]
    branches = [iter(parts.get(start, ()))]
    if state.get(start):
        return []
    state[start] = 1
    while branches:
        step = next(branches[-1], None)
        if step is None:
            branches.pop()
            state[path.pop()[0]] = 2
            continue
        part, identity = step
        if state.get(part) == 1:
            names = [term for term, _ in path]
            return [by for _, by in path[names.index(part) + 1 :]] + [identity]
        if part not in state:
            state[part] = 1
            path.append((part, identity))
            branches.append(iter(parts.get(part, ())))
    return []
