"""The overlap of lists: how many people have each capture history, by stratum. The input of every method."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from recuento.errors import Fault, FaultsFound, InvalidValue

LISTS_MAX = 60
"""A capture history is kept as the bits of one 64-bit integer."""

DENSE_LISTS_MAX = 20
"""Beyond this many lists the table of all patterns is no longer laid out whole."""

Stratum = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class CaptureTable:
    """How many people were found on exactly these lists, for every combination that occurs.

    `lists`: the k names, in the order of the columns. `codes`: the m capture histories as integers, bit j set
    where the person is on list j (so 1 is "on the first list only"). `counts`: people per history, all above 0.
    `strata` names the columns that divide the people (place, sex ...); `stratum_of_row` has the label of every
    row. `never_met` are pairs of lists on which nobody can be together (one ended before the other began);
    `impossible` are further codes that cannot occur. Both are structural zeros: no cells, as against empty ones.

    Rows are unique and sorted by stratum and code, so two tables of the same people are the same bytes and have
    the same `digest`. Build one with `from_patterns`, `from_people`, or `recuento.estimate.reading`.
    """

    lists: tuple[str, ...]
    codes: NDArray[np.int64]
    counts: NDArray[np.int64]
    strata: tuple[str, ...] = ()
    stratum_of_row: tuple[Stratum, ...] = ()
    never_met: tuple[tuple[int, int], ...] = ()
    impossible: tuple[int, ...] = ()

    @classmethod
    def from_patterns(
        cls,
        patterns: ArrayLike,
        counts: ArrayLike,
        *,
        lists: Sequence[str] | None = None,
        strata: Mapping[str, Sequence[str]] | None = None,
        never_met: Iterable[tuple[str, str]] = (),
        impossible: Iterable[Sequence[int]] = (),
    ) -> CaptureTable:
        """A table from an m by k array of zeros and ones and the m counts of people.

        Rows of the same history are added up; rows counting nobody are dropped. `strata` maps the name of a
        column to its m values. Raises FaultsFound with every wrong row at once: a value other than 0 or 1, a
        count that is negative or no whole number, people on no list, people where a structural zero forbids them.
        """
        marks = _two_dimensional(patterns)
        names = _names(lists, marks.shape[1])
        amounts = np.asarray(counts)
        columns = {name: [str(value) for value in values] for name, values in (strata or {}).items()}
        _refuse_lengths(marks, amounts, columns)
        pairs = tuple(sorted(_pair(names, pair) for pair in never_met))
        forbidden = tuple(sorted({_code(names, pattern) for pattern in impossible}))
        _refuse_faults(marks, amounts, names, pairs, forbidden)
        labels = list(zip(*columns.values(), strict=True)) if columns else [()] * len(amounts)
        codes = marks.astype(np.int64) @ (np.int64(1) << np.arange(len(names), dtype=np.int64))
        return cls(names, codes, amounts.astype(np.int64), tuple(columns), tuple(labels), pairs, forbidden).tidy()

    @classmethod
    def from_people(
        cls,
        marks: ArrayLike,
        *,
        lists: Sequence[str] | None = None,
        strata: Mapping[str, Sequence[str]] | None = None,
        never_met: Iterable[tuple[str, str]] = (),
        impossible: Iterable[Sequence[int]] = (),
    ) -> CaptureTable:
        """A table from one row per person, 1 where the person is on the list."""
        rows = _two_dimensional(marks)
        return cls.from_patterns(
            rows,
            np.ones(len(rows), dtype=np.int64),
            lists=lists,
            strata=strata,
            never_met=never_met,
            impossible=impossible,
        )

    def tidy(self) -> CaptureTable:
        """The same people with rows added up where they agree, sorted, and none that counts nobody."""
        labels = self.stratum_of_row or ((),) * len(self.codes)
        total: dict[tuple[Stratum, int], int] = {}
        for label, code, count in zip(labels, self.codes.tolist(), self.counts.tolist(), strict=True):
            if count:
                total[label, code] = total.get((label, code), 0) + count
        rows = sorted(total)
        return CaptureTable(
            self.lists,
            _frozen([code for _, code in rows]),
            _frozen([total[row] for row in rows]),
            self.strata,
            tuple(label for label, _ in rows) if self.strata else (),
            self.never_met,
            self.impossible,
        )

    @property
    def people(self) -> int:
        """n: everybody who is on at least one list."""
        return int(self.counts.sum())

    @property
    def list_count(self) -> int:
        """k: how many lists."""
        return len(self.lists)

    @property
    def patterns(self) -> NDArray[np.uint8]:
        """The histories as m by k zeros and ones, a row for each of `codes`."""
        return ((self.codes[:, None] >> np.arange(self.list_count)) & 1).astype(np.uint8)

    @property
    def list_sizes(self) -> NDArray[np.int64]:
        """How many people each list has."""
        return self.counts @ self.patterns.astype(np.int64)

    @property
    def overlaps(self) -> NDArray[np.int64]:
        """k by k: people on both lists; the size of the list on the diagonal."""
        marks = self.patterns.astype(np.int64)
        return (marks * self.counts[:, None]).T @ marks

    @property
    def capture_frequencies(self) -> NDArray[np.int64]:
        """f_1 ... f_k: how many people are on exactly 1, 2 ... k lists."""
        return np.bincount(self.patterns.sum(axis=1), weights=self.counts, minlength=self.list_count + 1)[1:].astype(
            np.int64
        )

    @property
    def possible_codes(self) -> NDArray[np.int64]:
        """Every code but 0 that is no structural zero, ascending. For at most `DENSE_LISTS_MAX` lists."""
        self._refuse_dense()
        codes = np.arange(1, 1 << self.list_count, dtype=np.int64)
        keep = np.ones(len(codes), dtype=bool)
        for first, second in self.never_met:
            keep &= ~(((codes >> first) & 1) & ((codes >> second) & 1)).astype(bool)
        return codes[keep & ~np.isin(codes, np.asarray(self.impossible, dtype=np.int64))]

    @property
    def has_structural_zeros(self) -> bool:
        """Whether some combination of lists cannot occur."""
        return bool(self.never_met or self.impossible)

    @property
    def digest(self) -> str:
        """SHA-256 of lists, strata, structural zeros and rows: equal for equal tables. For caches and for citing."""
        text = repr(
            (
                self.lists,
                self.strata,
                self.stratum_of_row,
                self.codes.tolist(),
                self.counts.tolist(),
                self.never_met,
                self.impossible,
            )
        )
        return hashlib.sha256(text.encode()).hexdigest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CaptureTable) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def dense(self) -> NDArray[np.int64]:
        """The 2^k counts by code, entry 0 (unseen) being 0; strata added up. At most `DENSE_LISTS_MAX` lists."""
        self._refuse_dense()
        return np.bincount(self.codes, weights=self.counts, minlength=1 << self.list_count).astype(np.int64)

    def pooled(self) -> CaptureTable:
        """The same people without their strata."""
        if not self.strata:
            return self
        return CaptureTable(self.lists, self.codes, self.counts, (), (), self.never_met, self.impossible).tidy()

    def by(self, *columns: str) -> dict[Stratum, CaptureTable]:
        """One table for each stratum, of the columns named or of all. Raises InvalidValue for an unknown column."""
        chosen = [self._column(name) for name in columns or self.strata]
        rows: dict[Stratum, list[int]] = {}
        for row, label in enumerate(self.stratum_of_row):
            rows.setdefault(tuple(label[column] for column in chosen), []).append(row)
        if not self.strata:
            return {(): self}
        return {
            label: CaptureTable(
                self.lists, self.codes[at], self.counts[at], (), (), self.never_met, self.impossible
            ).tidy()
            for label, at in sorted(rows.items())
        }

    def only(self, *names: str) -> CaptureTable:
        """The table of these lists alone, in this order; people on none of them are no longer seen, and leave."""
        chosen = [self._list(name) for name in names]
        if len(set(chosen)) != len(chosen) or not chosen:
            raise InvalidValue(
                en=f"name each list once, at least one: {', '.join(names)}",
                es=f"nombre cada lista una vez, al menos una: {', '.join(names)}",
            )
        moved = {old: new for new, old in enumerate(chosen)}
        codes = _moved_bits(self.codes, chosen)
        seen = codes > 0
        return CaptureTable(
            tuple(self.lists[at] for at in chosen),
            codes[seen],
            self.counts[seen],
            self.strata,
            tuple(label for label, keep in zip(self.stratum_of_row, seen.tolist(), strict=True) if keep)
            if self.strata
            else (),
            tuple(sorted(_ordered(moved[a], moved[b]) for a, b in self.never_met if a in moved and b in moved)),
            tuple(sorted(_projected(self.impossible, chosen, self.list_count))),
        ).tidy()

    def without(self, *names: str) -> CaptureTable:
        """The table with these lists left out."""
        for name in names:
            self._list(name)
        return self.only(*(name for name in self.lists if name not in names))

    def merged(self, name: str, *names: str) -> CaptureTable:
        """The table with the lists `names` made one, called `name`, in the place of the first of them.

        A person is on the merged list who is on any of them. Structural zeros that concern them are dropped,
        since a merged list can have met whom one of its parts could not.
        """
        parts = sorted(self._list(each) for each in names)
        if not parts:
            raise InvalidValue(en="name the lists to merge", es="nombre las listas que se unen")
        kept = [at for at in range(self.list_count) if at == parts[0] or at not in parts]
        any_of = np.zeros(len(self.codes), dtype=np.int64)
        for part in parts:
            any_of |= (self.codes >> part) & 1
        codes = (self.codes & ~np.int64(1 << parts[0])) | (any_of << parts[0])
        moved = {old: new for new, old in enumerate(kept)}
        return CaptureTable(
            tuple(name if at == parts[0] else self.lists[at] for at in kept),
            _moved_bits(codes, kept),
            self.counts,
            self.strata,
            self.stratum_of_row,
            tuple((moved[a], moved[b]) for a, b in self.never_met if a not in parts and b not in parts),
            (),
        ).tidy()

    def with_one_more(self, code: int, more: int = 1) -> CaptureTable:
        """The table with `more` people (also negative) of one history; for asking how much one person moves."""
        label = ((self.stratum_of_row[0]),) if self.strata else ()
        changed = CaptureTable(
            self.lists,
            np.append(self.codes, np.int64(code)),
            np.append(self.counts, np.int64(more)),
            self.strata,
            self.stratum_of_row + label,
            self.never_met,
            self.impossible,
        ).tidy()
        if (changed.counts < 0).any() or code <= 0 or code >= 1 << self.list_count:
            raise InvalidValue(
                en=f"nobody to take away at code {code}", es=f"no hay a quién quitar en el código {code}"
            )
        return changed

    def pattern_words(self, code: int) -> str:
        """A history by the names of its lists: "OSCE + HRW"."""
        return " + ".join(name for at, name in enumerate(self.lists) if code >> at & 1)

    def _list(self, name: str) -> int:
        if name not in self.lists:
            known = ", ".join(self.lists)
            raise InvalidValue(
                en=f"there is no list {name!r}; there are: {known}", es=f"no hay ninguna lista {name!r}; hay: {known}"
            )
        return self.lists.index(name)

    def _column(self, name: str) -> int:
        if name not in self.strata:
            known = ", ".join(self.strata) or "-"
            raise InvalidValue(
                en=f"there is no stratum column {name!r}; there are: {known}",
                es=f"no hay columna de estrato {name!r}; hay: {known}",
            )
        return self.strata.index(name)

    def _refuse_dense(self) -> None:
        if self.list_count > DENSE_LISTS_MAX:
            raise InvalidValue(
                en=f"{self.list_count} lists are too many for this method (at most {DENSE_LISTS_MAX}); "
                "merge lists or use the latent class method",
                es=f"{self.list_count} listas son demasiadas para este método (hasta {DENSE_LISTS_MAX}); "
                "una listas o use el método de clases latentes",
            )


def _frozen(values: Sequence[int]) -> NDArray[np.int64]:
    array = np.asarray(values, dtype=np.int64)
    array.setflags(write=False)
    return array


def _two_dimensional(patterns: ArrayLike) -> NDArray[np.generic]:
    marks: NDArray[np.generic] = np.asarray(patterns)
    if marks.dtype == object or marks.ndim != 2 or not marks.shape[1]:
        raise InvalidValue(
            en="capture histories are an array of rows by lists, of zeros and ones",
            es="los historiales de captura son una matriz de filas por listas, de ceros y unos",
        )
    return marks


def _names(lists: Sequence[str] | None, count: int) -> tuple[str, ...]:
    names = tuple(lists) if lists is not None else tuple(f"L{at + 1}" for at in range(count))
    if len(names) != count or len(set(names)) != count or not all(names):
        raise InvalidValue(
            en=f"{count} columns need {count} different names of lists, not: {', '.join(names)}",
            es=f"{count} columnas necesitan {count} nombres de lista distintos, no: {', '.join(names)}",
        )
    if count > LISTS_MAX:
        raise InvalidValue(
            en=f"{count} lists: at most {LISTS_MAX} can be taken",
            es=f"{count} listas: se admiten {LISTS_MAX} como máximo",
        )
    return names


def _refuse_lengths(
    marks: NDArray[np.generic], amounts: NDArray[np.generic], columns: Mapping[str, Sequence[str]]
) -> None:
    lengths = {"counts": amounts.shape, **{name: (len(values),) for name, values in columns.items()}}
    wrong = [name for name, shape in lengths.items() if shape != (len(marks),)]
    if wrong:
        raise InvalidValue(
            en=f"{len(marks)} rows of histories, but another number in: {', '.join(wrong)}",
            es=f"{len(marks)} filas de historiales, pero otro número en: {', '.join(wrong)}",
        )


def _refuse_faults(
    marks: NDArray[np.generic],
    amounts: NDArray[np.generic],
    names: Sequence[str],
    pairs: Sequence[tuple[int, int]],
    forbidden: Sequence[int],
) -> None:
    if marks.dtype.kind in "bui" and amounts.dtype.kind in "bui" and not pairs and not forbidden:
        numeric = marks.astype(np.int64)
        if (
            ((numeric == 0) | (numeric == 1)).all()
            and (amounts.astype(np.int64) >= 0).all()
            and (numeric.any(axis=1) | (amounts == 0)).all()
        ):
            return
    faults = [
        fault
        for row in range(len(marks))
        for fault in row_faults(f"row {row + 1}", marks[row].tolist(), amounts[row].item(), names, pairs, forbidden)
    ]
    if faults:
        raise FaultsFound("capture table", faults)


def row_faults(
    place: str,
    marks: Sequence[object],
    count: object,
    names: Sequence[str],
    pairs: Sequence[tuple[int, int]],
    forbidden: Sequence[int],
) -> list[Fault]:
    """What is wrong with one row of a table, each fault with its place."""
    faults = [
        Fault(
            place,
            en=f"{names[at]} is {mark!r}; write 1 (on the list) or 0",
            es=f"{names[at]} es {mark!r}; escriba 1 (en la lista) o 0",
        )
        for at, mark in enumerate(marks)
        if mark not in (0, 1)
    ]
    if not _whole(count):
        faults.append(
            Fault(
                place,
                en=f"the count is {count!r}; it must be a whole number from 0",
                es=f"la cuenta es {count!r}; debe ser un número entero desde 0",
            )
        )
    if faults or not count:
        return faults
    if not any(marks):
        faults.append(
            Fault(
                place,
                en="people on no list: how many they are is what is estimated; delete the row",
                es="personas en ninguna lista: cuántas son es lo que se estima; borre la fila",
            )
        )
    code = sum(1 << at for at, mark in enumerate(marks) if mark)
    met = [f"{names[a]} + {names[b]}" for a, b in pairs if code >> a & 1 and code >> b & 1]
    if met or code in forbidden:
        which = ", ".join(met) or "-"
        faults.append(
            Fault(
                place,
                en=f"people where nobody can be ({which}): take back the structural zero or correct the row",
                es=f"personas donde no puede haberlas ({which}): retire el cero estructural o corrija la fila",
            )
        )
    return faults


def _whole(count: object) -> bool:
    return isinstance(count, int | float) and float(count).is_integer() and 0 <= count < 2**53


def _pair(names: Sequence[str], pair: tuple[str, str]) -> tuple[int, int]:
    for name in pair:
        if name not in names:
            raise InvalidValue(
                en=f"there is no list {name!r}; there are: {', '.join(names)}",
                es=f"no hay ninguna lista {name!r}; hay: {', '.join(names)}",
            )
    first, second = (names.index(name) for name in pair)
    if first == second:
        raise InvalidValue(
            en=f"a list always meets itself: {pair[0]}", es=f"una lista siempre coincide consigo misma: {pair[0]}"
        )
    return _ordered(first, second)


def _ordered(first: int, second: int) -> tuple[int, int]:
    return (first, second) if first < second else (second, first)


def _code(names: Sequence[str], pattern: Sequence[int]) -> int:
    marks = list(pattern)
    if len(marks) != len(names) or any(mark not in (0, 1) for mark in marks) or not any(marks):
        raise InvalidValue(
            en=f"a structural zero is a row of {len(names)} zeros and ones, not all zero: {marks}",
            es=f"un cero estructural es una fila de {len(names)} ceros y unos, no todos cero: {marks}",
        )
    return sum(1 << at for at, mark in enumerate(marks) if mark)


def _moved_bits(codes: NDArray[np.int64], chosen: Sequence[int]) -> NDArray[np.int64]:
    moved = np.zeros(len(codes), dtype=np.int64)
    for new, old in enumerate(chosen):
        moved |= ((codes >> old) & 1) << new
    return moved


def _projected(impossible: Sequence[int], chosen: Sequence[int], list_count: int) -> set[int]:
    """Codes that stay impossible when only `chosen` lists are kept: all that they could come from are impossible."""
    if not impossible:
        return set()
    kept = sum(1 << at for at in chosen)
    gone = [at for at in range(list_count) if at not in chosen]
    known = set(impossible)
    stays: set[int] = set()
    for base in {code & kept for code in known}:
        from_these = {
            base | sum(1 << gone[at] for at in range(len(gone)) if rest >> at & 1) for rest in range(1 << len(gone))
        }
        if base and from_these <= known:
            stays.add(int(_moved_bits(np.asarray([base], dtype=np.int64), chosen)[0]))
    return stays
