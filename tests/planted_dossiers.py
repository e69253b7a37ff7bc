"""Dossiers made at random with private values planted wherever a casefile can hold them, and a search of its own.

Names are syllables that are no words, so that a hit is a leak and nothing else. The search knows nothing of the gate:
it strips accents and case from every byte and looks for each planted word as it would stand anywhere.
"""

from __future__ import annotations

import gzip
import html
import io
import random
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import astuple, dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from urllib.parse import unquote

from recuento.errors import CheckFailed
from recuento.model.accounts import AccountTable, Agreement, Cell, Row, Said
from recuento.model.anchor import Anchor
from recuento.model.casting import Actor, Cast, Event, Facility, Party
from recuento.model.claim import Claim, Grounds
from recuento.model.demand import Demand
from recuento.model.document import Description, Document, Origin, TextLayer
from recuento.model.dossier import Dossier, EventAccount, KeptBack, PublishedDocument, PublishRules
from recuento.model.edition import Withdrawn
from recuento.model.measure import standard_vocabulary
from recuento.model.statement import Speaker, SpeakerKind, Statement
from recuento.publish.build import Built, build, build_edition
from recuento.values.bilingual import Bilingual
from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Comparison, quantity_from

_SYLLABLES = ("qua", "zul", "ñeq", "xim", "hób", "vyt", "jux", "wöm", "kéf", "çir")
_SLASHED = re.compile(r"\\u([0-9a-fA-F]{4})")
_NOT_DIGITS = re.compile(r"\D+")
_DAY = PartialDate.parse("2020-03-04")
_BOTH = Bilingual.same
_FREE_FIELDS = 9
"""Places of a document's, claim's or event's text where an editor may have let a value slip in."""


@dataclass(frozen=True)
class Planted:
    """The values of one dossier that must never leave."""

    name: str
    alias: str
    phone: str
    address: str
    place: str
    note: str
    file: str
    author: str

    def words(self) -> set[str]:
        """Every planted word of six letters and more, and the digits of the phone."""
        said = " ".join((self.name, self.alias, self.address, self.place, self.note, self.file, self.author))
        words = {bare(word) for word in said.replace("@", " ").replace(".", " ").replace("/", " ").split()}
        return {word for word in words if len(word) >= 6 and word != "invalid"} | {
            "".join(c for c in self.phone if c.isdigit())
        }


def bare(text: str) -> str:
    """Lower case without accents."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", text.casefold()).translate(_MARKS)


class _Marks(dict[int, int | None]):
    """Drops the marks over letters; each character is looked up once."""

    def __missing__(self, code: int) -> int | None:
        self[code] = kept = None if unicodedata.combining(chr(code)) else code
        return kept


_MARKS = _Marks()


def planted(chance: random.Random) -> Planted:
    """Values nobody else uses."""

    def word() -> str:
        return "".join(chance.choice(_SYLLABLES) for _ in range(3)).capitalize()

    digits = "".join(chance.choice("123456789") for _ in range(10))
    return Planted(
        name=f"{word()} {word()} {word()}",
        alias=word(),
        phone=f"0{digits[:3]}-{digits[3:6]} {digits[6:]}",
        address=f"{word().lower()}@{word().lower()}.invalid",
        place=word(),
        note=" ".join(word() for _ in range(7)),
        file=f"{word()}_{word()}.jpg",
        author=f"{word()} {word()}",
    )


def dossier_with(values: Planted, chance: random.Random, slips: int) -> Dossier:
    """A dossier with every private field filled, and in `slips` places that are told a value that slipped in."""
    pool = (values.name, values.alias, values.phone, values.address, values.place, values.author)
    slipped = {chance.randrange(_FREE_FIELDS): chance.choice(pool) for _ in range(slips)}

    def slip(place: int, words: str) -> str:
        return f"{words} {disguised(slipped[place], chance)}" if place in slipped else words

    party = Party("kin", _BOTH("Familias"), _BOTH("Familias"), anonymous=True)
    state = Party("state", _BOTH("Estado"), _BOTH("Estado"))
    actors = (
        Actor("a", values.name, "kin", aliases=(values.alias,), called=_BOTH("familiar")),
        Actor("b", "Ministerio", "state", public=True, person=False),
    )
    event = Event("e", _BOTH("Traslado"), ("p",), _DAY, _DAY, summary=_BOTH(slip(0, "Hubo un traslado.")))
    facility = Facility("p", "Penal", place="Región")
    text = f"El ministerio dijo que {slip(1, 'salieron doce')}. Una madre dijo que {slip(2, 'fueron veinte')}.\n"
    # What a page on the web says is public, whoever's value it is: nothing is planted there.
    url = None if {1, 2} & slipped.keys() else chance.choice((None, "https://diario.invalid/1"))
    document = _document(text, values, slip(3, "Parte"), slip(4, "Diario"), url, chance)
    claims = (
        _claim("c1", "state", "Ministerio", "b", slip(5, ""), slip(6, "doce"), values, document),
        _claim("c2", "kin", values.name, "a", "", "veinte", values, document),
    )
    cells = tuple(Cell(claim.party, (Said(claim),)) for claim in claims)
    table = AccountTable("e", ("state", "kin"), (Row("transferred", "", None, cells, Agreement.DIFFER),))
    demand = Demand("d", "e", values.name, "kin", slip(7, "la lista"), _DAY, actor="a", reviewed=True)
    account = EventAccount(event, claims, table, (), (), (demand,))
    return Dossier(
        name="Observatorio",
        languages=("es", "en"),
        edition=date(2020, 5, 6),
        version="1",
        cast=Cast((state, party), actors, (replace(facility, place=slip(8, "Región")),), (event,)),
        vocabulary=standard_vocabulary(),
        events=(account,),
        documents=(document,),
        rules=PublishRules(texts=chance.random() < 0.5, unreviewed=chance.random() < 0.5),
        document_ids={document.document.sha256: f"{len(slipped):016x}"},
        kept_back=tuple(KeptBack(value, "vault") for value in (values.phone, values.address, values.place)),
    )


def disguised(value: str, chance: random.Random) -> str:
    """A value as an editor may have typed it: in capitals, without accents, in another normal form, with hyphens."""
    upper, plain = value.upper(), bare(value)
    return chance.choice((value, upper, plain, unicodedata.normalize("NFD", value), plain.replace(" ", "-")))


def _document(
    text: str, values: Planted, title: str, outlet: str, url: str | None, chance: random.Random
) -> PublishedDocument:
    key = sha256(text.encode()).hexdigest()
    where = chance.choice((f"/home/{values.author}/{values.file}", f"{values.address}"))
    document = Document(
        key,
        len(text),
        "text/plain",
        values.file,
        Origin(where, values.address, datetime(2020, 3, 5, tzinfo=UTC)),
        Description(title, outlet, values.author, _DAY, "es", url),
    )
    statements = tuple(
        Statement(f"s{at}", Speaker(who, SpeakerKind.PERSON), (Anchor.of(text, start, text.index(".", start)),))
        for at, (who, start) in enumerate((("Ministerio", text.index("salieron")), (values.name, text.index("fueron"))))
    )
    layer = TextLayer(key, "plain", "1", text, key)
    return PublishedDocument(document, layer, statements, frozenset({"s0", "s1"}), ("e",))


def _claim(
    id: str, party: str, who: str, actor: str, subset: str, words: str, values: Planted, document: PublishedDocument
) -> Claim:
    quantity = quantity_from(Comparison.EQ, (12 if id == "c1" else 20,), words)
    grounds = (Grounds(file=values.file, row=2, outlet="Diario"),)
    statement = document.statements[0 if id == "c1" else 1]
    if id == "c1":
        grounds += (Grounds(document=document.document.sha256, statement=statement.id, anchor=statement.content[0]),)
    return Claim(
        id, "e", "p", who, party, "transferred", quantity, _DAY, _DAY,
        subset=subset, actor=actor, claimant_role=values.author, note=values.note, grounds=grounds,
    )  # fmt: skip


def leaks(files: dict[str, bytes], values: Planted) -> list[str]:
    """The files in which a planted word stands, by a search that shares nothing with the gate."""
    words = values.words()
    found = []
    for path, data in _unpacked(files):
        text = data.decode("utf-8", "replace")
        readings = {text, html.unescape(text), unquote(text) if "%" in text else text}
        if "\\u" in text:
            readings.add(_SLASHED.sub(lambda one: chr(int(one[1], 16)), text))
        plain = " ".join(bare(reading) for reading in (*readings, path))
        digits = _NOT_DIGITS.sub("", plain)
        if any(word in (digits if word.isdigit() else plain) for word in words):
            found.append(path)
    return found


def _unpacked(files: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Every file, and every member of those that are archives, with its name."""
    for path, data in files.items():
        yield path, data
        if data.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                yield from _unpacked({f"{path}!/{name}": archive.read(name) for name in archive.namelist()})
        elif data.startswith(b"\x1f\x8b"):
            yield from _unpacked({f"{path}!": gzip.decompress(data)})


@dataclass
class Tally:
    """What came of the cases: published clean, stopped by the gate, leaked, and pairs of builds that differed."""

    clean: int = 0
    stopped: int = 0
    leaked: int = 0
    unequal: int = 0
    earlier: int = 0
    """Files of earlier editions searched."""
    outed: int = 0
    """Casefiles whose first edition named a person who was public then and is not any more."""

    def __add__(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))


def one_case(seed: int, tally: Tally) -> None:
    """Plant, publish, edit, publish, retract, publish; then change the private values alone and compare every byte."""
    chance = random.Random(seed)
    values = planted(chance)
    dossier = dossier_with(values, chance, slips=chance.randrange(4))
    first = _publish(dossier, values, tally)
    edited = dossier_with(values, chance, slips=chance.randrange(2))
    second = _publish(_after(edited, first), values, tally)
    gone = chance.choice(["c1", "c2"])
    retracted = replace(
        edited.rules,
        withheld_claims=frozenset([gone]),
        withdrawn=(Withdrawn("claim", gone, PartialDate.parse("2020-05")),),
        retracted=(("e", PartialDate.parse("2020-05")),),
    )
    _publish(_after(replace(edited, rules=retracted), second or first), values, tally)
    state = chance.getrandbits(64)
    one, other = (dossier_with(each, random.Random(state), slips=0) for each in (values, planted(chance)))
    tally.unequal += build(one) != build(other)


def _after(dossier: Dossier, last: Built | None) -> Dossier:
    """The dossier as the edition after one that came out: what changed, and the feeds, remember that one."""
    if last is None:
        return dossier
    return replace(dossier, number=last.edition.number + 1, earlier=(last.edition,), last_told=last.told)


def _publish(dossier: Dossier, values: Planted, tally: Tally) -> Built | None:
    try:
        built = build_edition(dossier)
    except CheckFailed as refused:
        tally.stopped += 1
        tally.leaked += bool(leaks({"message": (refused.en + refused.es).encode()}, values))
        return None
    found = leaks(built.files, values)
    tally.leaked += bool(found)
    tally.clean += not found
    return built
