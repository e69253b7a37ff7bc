"""Claims as a CSV file: read whole with every fault by row, and written back in the same columns."""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from recuento.casefile.settings.settings import Settings
from recuento.compare.speakers import actor_named
from recuento.errors import Fault, FaultsFound, InvalidValue
from recuento.model.claim import Claim, Grounds
from recuento.model.statement import Certainty
from recuento.values.names import fold
from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Comparison, Number, Quantity, quantity_from
from recuento.values.vague_words import least_of

COLUMNS = (
    "claim_id", "event", "facility", "date_stated", "as_of", "claimant", "claimant_role", "party", "cited_source",
    "measure", "subset", "comparison", "value_low", "value_high", "quantity_words", "unit", "certainty", "outlet",
    "url", "note",
)  # fmt: skip
_REQUIRED = ("claim_id", "event", "date_stated", "claimant", "party", "measure", "comparison")
_LARGEST = 10**15
"""No count of people or things comes near it; a larger number is a slip."""


@dataclass(slots=True)
class ClaimsFile:
    """What a claims file holds: claims by row, the faults of refused rows, remarks on rows that are taken."""

    name: str
    claims: list[tuple[int, Claim]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)


def read_claims(data: bytes, name: str, settings: Settings) -> ClaimsFile:
    """Read a claims CSV (UTF-8, or Windows-1252 as spreadsheets save it; comma, semicolon or tab).

    Rows are numbered as in a spreadsheet: the header is row 1. Raises FaultsFound only where the file is no
    table of claims at all; a faulty row is refused and named, and reading goes on.
    """
    file = ClaimsFile(name)
    reader = csv.DictReader(io.StringIO(_decoded(data, file), newline=""), delimiter=_delimiter(data))
    seen: dict[str, int] = {}
    try:
        _check_header(reader.fieldnames or (), name)
        for entry in reader:
            row = reader.line_num
            claim = _guarded_claim(entry, row, settings, file)
            if claim is None:
                continue
            if claim.id in seen:
                _fault(
                    file,
                    row,
                    f"{claim.id} stands in row {seen[claim.id]} too",
                    f"{claim.id} ya está en la fila {seen[claim.id]}",
                )
                continue
            seen[claim.id] = row
            file.claims.append((row, claim))
    except csv.Error as error:
        raise FaultsFound(name, [Fault(_place(reader.line_num), str(error), str(error))]) from error
    return file


def write_claims(claims: Iterable[Claim]) -> str:
    """The claims as CSV text, ordered by id; `read_claims` of it gives the same claims."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for claim in sorted(claims, key=lambda claim: claim.id):
        writer.writerow(_row_of(claim))
    return out.getvalue()


def _decoded(data: bytes, file: ClaimsFile) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        file.remarks.append(
            Fault(file.name, "is not UTF-8; read as Windows-1252", "no está en UTF-8; se lee como Windows-1252")
        )
        return data.decode("cp1252", errors="replace")


def _delimiter(data: bytes) -> str:
    header = data.split(b"\n", 1)[0]
    return max((",", ";", "\t"), key=lambda mark: header.count(mark.encode()))


def _check_header(names: Sequence[str], file: str) -> None:
    missing = [column for column in _REQUIRED if column not in names]
    if missing:
        listed = ", ".join(missing)
        raise FaultsFound(file, [Fault(_place(1), f"the header lacks {listed}", f"al encabezado le falta {listed}")])


def _place(row: int) -> str:
    return f"row/fila {row}"


def _fault(file: ClaimsFile, row: int, en: str, es: str) -> None:
    file.faults.append(Fault(_place(row), en, es))


class _Entry:
    """One row: its cells by column, and the faults found while reading it."""

    def __init__(self, cells: Mapping[str, str | None], row: int, file: ClaimsFile) -> None:
        self.cells = cells
        self.row = row
        self.file = file
        self.faulty = False

    def text(self, column: str) -> str:
        return (self.cells.get(column) or "").strip()

    def fault(self, en: str, es: str) -> None:
        self.faulty = True
        _fault(self.file, self.row, en, es)

    def remark(self, en: str, es: str) -> None:
        self.file.remarks.append(Fault(_place(self.row), en, es))

    def date(self, column: str) -> PartialDate | None:
        try:
            return PartialDate.parse(self.text(column))
        except InvalidValue as error:
            self.fault(f"{column}: {error.en}", f"{column}: {error.es}")
            return None

    def number(self, column: str) -> Number | None:
        text = self.text(column)
        if not text:
            return None
        try:
            value = Decimal(text)
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite() or not 0 <= value <= _LARGEST:
            self.fault(
                f"{column}: {text!r} is not a count; write digits only, such as 1600 or 71.4",
                f"{column}: {text!r} no es un recuento; escriba solo cifras, como 1600 o 71.4",
            )
            return None
        return int(value) if value == value.to_integral_value() else value

    def one_of(self, column: str, kind: type[Comparison] | type[Certainty], default: str) -> str | None:
        text = self.text(column) or default
        if text not in kind.__members__.values():
            known = ", ".join(kind.__members__[name].value for name in kind.__members__)
            self.fault(f"{column}: {text!r} is none of {known}", f"{column}: {text!r} no es ninguno de {known}")
            return None
        return text


def _guarded_claim(cells: Mapping[str, str | None], row: int, settings: Settings, file: ClaimsFile) -> Claim | None:
    entry = _Entry(cells, row, file)
    for column in _REQUIRED:
        if not entry.text(column):
            entry.fault(f"{column} is empty", f"{column} está vacío")
    if entry.faulty:
        return None
    if None in cells:
        entry.fault("has more cells than the header", "tiene más celdas que el encabezado")
    claim = _claim(entry, settings)
    return None if entry.faulty else claim


def _claim(entry: _Entry, settings: Settings) -> Claim | None:
    event = _resolved(entry, "event", settings)
    facility = _resolved(entry, "facility", settings) if entry.text("facility") else ""
    stated = entry.date("date_stated")
    as_of = entry.date("as_of") if entry.text("as_of") else stated
    quantity = _quantity(entry)
    certainty = entry.one_of("certainty", Certainty, "asserted")
    party = entry.text("party")
    if settings.cast.party(party) is None:
        entry.fault(
            f"party: there is no [parties.{party}] in recuento.toml",
            f"party: no existe [parties.{party}] en recuento.toml",
        )
    if entry.faulty or stated is None or as_of is None or quantity is None or certainty is None:
        return None
    return Claim(
        id=entry.text("claim_id"),
        event=event,
        facility=facility,
        claimant=entry.text("claimant"),
        party=party,
        measure=_measure(entry, settings),
        quantity=quantity,
        stated=stated,
        as_of=as_of,
        subset=entry.text("subset"),
        unit=entry.text("unit") or "people",
        claimant_role=entry.text("claimant_role"),
        actor=_actor(entry, settings),
        cited_source=entry.text("cited_source"),
        certainty=Certainty(certainty),
        note=entry.text("note"),
        grounds=_grounds(entry),
    )


def _grounds(entry: _Entry) -> tuple[Grounds, ...]:
    url, outlet = entry.text("url") or None, entry.text("outlet") or None
    return (Grounds(url=url, outlet=outlet),) if url or outlet else ()


def _resolved(entry: _Entry, column: str, settings: Settings) -> str:
    """The id of the event or facility that the cell names by id, name or alias."""
    text = entry.text(column)
    wanted = fold(text)
    cast = settings.cast
    named: dict[str, tuple[str, ...]] = (
        {event.id: (event.id, event.name.es, event.name.en, *event.aliases) for event in cast.events}
        if column == "event"
        else {place.id: (place.id, place.name, *place.aliases) for place in cast.facilities}
    )
    for id, names in named.items():
        if wanted in {fold(name) for name in names}:
            return id
    table = "events" if column == "event" else "facilities"
    entry.fault(
        f"{column}: {text!r} is no id, name or alias of a [{table}.ID] in recuento.toml",
        f"{column}: {text!r} no es id, nombre ni alias de ningún [{table}.ID] de recuento.toml",
    )
    return ""


def _measure(entry: _Entry, settings: Settings) -> str:
    name = entry.text("measure")
    if name not in settings.vocabulary:
        near = difflib.get_close_matches(name, settings.vocabulary.names(), n=1)
        hint_en = f"; did you mean {near[0]}?" if near else ""
        hint_es = f"; ¿quiso decir {near[0]}?" if near else ""
        entry.remark(
            f"measure: {name!r} is not in the vocabulary: kept and shown, but tied to nothing{hint_en}",
            f"measure: {name!r} no está en el vocabulario: se guarda y se muestra, pero no se ata a nada{hint_es}",
        )
    return settings.vocabulary.canonical(name)


def _actor(entry: _Entry, settings: Settings) -> str | None:
    claimant = entry.text("claimant")
    actor = actor_named(claimant, settings.cast)
    if actor is None:
        entry.remark(
            f"claimant: {claimant!r} is no actor of recuento.toml: shown only as {entry.text('party')}",
            f"claimant: {claimant!r} no es ningún actor de recuento.toml: se muestra solo como {entry.text('party')}",
        )
        return None
    return actor.id


def _quantity(entry: _Entry) -> Quantity | None:
    comparison = entry.one_of("comparison", Comparison, "")
    low, high = entry.number("value_low"), entry.number("value_high")
    if entry.faulty or comparison is None:
        return None
    if low is not None and high is not None and high < low:
        entry.fault(f"value_low {low} is above value_high {high}", f"value_low {low} es mayor que value_high {high}")
        return None
    meant = Comparison(comparison)
    words = entry.text("quantity_words")
    if meant is Comparison.NONE and low is None and high is None:
        # "None" is the number 0, also where its cells were left empty: written and read again it is the same.
        low = high = 0
    try:
        return quantity_from(meant, _stated(meant, low, high, words), _filled(words, low, high, entry.text("unit")))
    except InvalidValue as error:
        entry.fault(error.en, error.es)
        return None


def _stated(meant: Comparison, low: Number | None, high: Number | None, words: str) -> tuple[Number, ...]:
    """The numbers said, as `quantity_from` takes them, out of the two value cells."""
    if meant is Comparison.UNKNOWN:
        return ()
    if meant is Comparison.VAGUE:
        least = low if low is not None else least_of(words)
        return () if least is None else (least,)
    if meant is Comparison.RANGE:
        return tuple(n for n in (low, high) if n is not None)
    if meant is Comparison.NONE:
        return (0,)
    if meant in (Comparison.LE, Comparison.LT, Comparison.UPTO):
        number = high if high is not None else low
    else:
        number = low if low is not None else high
    return () if number is None else (number,)


_PLACEHOLDER = re.compile(r"\b[NM]\b")


def _filled(words: str, low: Number | None, high: Number | None, unit: str) -> str:
    """The expression with its numbers put back: "entre N y M" gives "entre 400 y 500"."""
    numbers = [n for n in (low, high) if n is not None]
    if not words:
        return " – ".join(str(n) for n in dict.fromkeys(numbers))
    scale = 1000 if unit == "metres" and re.search(r"\bN km\b", words) else 1
    by_letter = {"N": low if low is not None else high, "M": high}

    def number(match: re.Match[str]) -> str:
        value = by_letter[match.group()]
        return match.group() if value is None else _grouped(Decimal(value) / scale)

    return _PLACEHOLDER.sub(number, words) if numbers else words


def _grouped(value: Decimal) -> str:
    """Digits as Spanish text groups them: 1.600, 4,5."""
    text = f"{value.normalize():,f}"
    return text.replace(",", "\0").replace(".", ",").replace("\0", ".")


def _row_of(claim: Claim) -> dict[str, str]:
    quantity = claim.quantity
    low, high = _value_cells(quantity)
    grounds = claim.grounds[0] if claim.grounds else Grounds()
    return {
        "claim_id": claim.id,
        "event": claim.event,
        "facility": claim.facility,
        "date_stated": str(claim.stated),
        "as_of": str(claim.as_of),
        "claimant": claim.claimant,
        "claimant_role": claim.claimant_role,
        "party": claim.party,
        "cited_source": claim.cited_source,
        "measure": claim.measure,
        "subset": claim.subset,
        "comparison": quantity.comparison.value,
        "value_low": low,
        "value_high": high,
        "quantity_words": quantity.words,
        "unit": claim.unit,
        "certainty": claim.certainty.value,
        "outlet": grounds.outlet or "",
        "url": grounds.url or "",
        "note": claim.note,
    }


def _value_cells(quantity: Quantity) -> tuple[str, str]:
    stated = [str(number) for number in quantity.stated]
    meant = quantity.comparison
    if meant in (Comparison.UNKNOWN,) or not stated:
        return "", ""
    if meant in (Comparison.GE, Comparison.GT, Comparison.VAGUE):
        return stated[0], ""
    if meant in (Comparison.LE, Comparison.LT, Comparison.UPTO):
        return "", stated[0]
    return stated[0], stated[-1]
