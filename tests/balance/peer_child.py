"""Second opinions by other people's solvers. Runs in a process of its own, with no code of this project.

Reads jobs as JSON from standard input and writes one answer for each: `bounds` by z3 or CP-SAT, or all minimal
conflicts and corrections by CPMpy's MARCO. A job whose solver is missing is answered with {"missing": its name}.
"""

import json
import sys
import time

CAP = 10**6
"""CP-SAT and CPMpy want a largest value; z3 needs none."""


def z3_bounds(ledger):
    """The range of every term by z3's optimiser, None where it has no upper end; None where nothing is possible."""
    import z3

    terms = {name: z3.Int(name) for name in ledger["terms"]}
    rules = [term >= 0 for term in terms.values()]
    for row in ledger["rows"]:
        total = sum(coefficient * terms[name] for name, coefficient in row["cells"])
        rules.append(total == row["constant"] if row["equal"] else total >= row["constant"])
    for _, name, low, high in ledger["claims"]:
        rules += [terms[name] >= low] if low is not None else []
        rules += [terms[name] <= high] if high is not None else []
    possible = z3.Solver()
    possible.add(rules)
    if possible.check() != z3.sat:
        return None
    return {name: [_z3_end(rules, term, True), _z3_end(rules, term, False)] for name, term in terms.items()}


def _z3_end(rules, term, least):
    import z3

    optimiser = z3.Optimize()
    optimiser.add(rules)
    goal = optimiser.minimize(term) if least else optimiser.maximize(term)
    optimiser.check()
    end = optimiser.lower(goal) if least else optimiser.upper(goal)
    return end.as_long() if z3.is_int_value(end) else None


def cpsat_bounds(ledger):
    """The range of every term by CP-SAT; None where nothing is possible. Every term must have an end."""
    from ortools.sat.python import cp_model

    found = {}
    for name in ledger["terms"]:
        ends = []
        for least in (True, False):
            model = cp_model.CpModel()
            terms = {other: model.new_int_var(0, CAP, other) for other in ledger["terms"]}
            for row in ledger["rows"]:
                total = sum(coefficient * terms[other] for other, coefficient in row["cells"])
                model.add(total == row["constant"] if row["equal"] else total >= row["constant"])
            for _, other, low, high in ledger["claims"]:
                if low is not None:
                    model.add(terms[other] >= low)
                if high is not None:
                    model.add(terms[other] <= high)
            (model.minimize if least else model.maximize)(terms[name])
            solver = cp_model.CpSolver()
            solver.parameters.num_workers = 1
            if solver.solve(model) != cp_model.OPTIMAL:
                return None
            ends.append(round(solver.objective_value))
        found[name] = ends
    return found


def marco_sets(ledger, solver):
    """All minimal conflicts and corrections by CPMpy, as lists of claim ids, with the seconds it took."""
    import cpmpy as cp
    from cpmpy.tools.explain.marco import marco

    terms = {name: cp.intvar(0, ledger["cap"], name=name) for name in ledger["terms"]}
    hard = []
    for row in ledger["rows"]:
        total = cp.sum([coefficient * terms[name] for name, coefficient in row["cells"]])
        hard.append(total == row["constant"] if row["equal"] else total >= row["constant"])
    parts = {}
    for claim, name, low, high in ledger["claims"]:
        parts.setdefault(claim, [])
        parts[claim] += [terms[name] >= low] if low is not None else []
        parts[claim] += [terms[name] <= high] if high is not None else []
    soft = [cp.all(said) if len(said) > 1 else said[0] for said in parts.values() if said]
    names = {
        id(constraint): claim for constraint, claim in zip(soft, [c for c, said in parts.items() if said], strict=True)
    }
    wall, cpu = time.perf_counter(), time.process_time()
    found = {"MUS": [], "MCS": []}
    for kind, members in marco(soft, hard, solver=solver, map_solver=solver):
        found[kind].append(sorted(names[id(member)] for member in members))
    # Several threads would count against the peer in CPU time, and a busy machine in wall time: the kinder is taken.
    return found | {"seconds": min(time.perf_counter() - wall, time.process_time() - cpu)}


def answer(job):
    """The answer to one job."""
    try:
        if job["kind"] == "marco":
            return {"found": marco_sets(job["ledger"], job["solver"])}
        return {"found": {"z3": z3_bounds, "cpsat": cpsat_bounds}[job["kind"]](job["ledger"])}
    except ImportError as error:
        return {"missing": error.name or str(error)}


if __name__ == "__main__":
    json.dump([answer(job) for job in json.load(sys.stdin)], sys.stdout)
