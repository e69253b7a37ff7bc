# ruff: noqa: E501 (tables read better with one figure to a line)
"""An invented dossier, built by hand from the nouns: places, people, documents and figures do not exist.

Deaths at Valdeoscuro: the authority's own counts leave 16 to 21 people dead, and it says 14.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256

from recuento.model.accounts import AccountTable, Agreement, Cell, Row, Said, Standing
from recuento.model.anchor import Anchor
from recuento.model.balance import Balance, Bound, Conflict, ConflictKind, LineKind, Proof, ProofLine, World
from recuento.model.casting import Actor, Cast, Event, Facility, Party
from recuento.model.claim import Claim, Grounds
from recuento.model.demand import Demand, DemandState
from recuento.model.document import Description, Document, Origin, TextLayer
from recuento.model.dossier import Dossier, EventAccount, PublishedDocument, PublishRules
from recuento.model.ledger import Constraint, Identity, Ledger, Reading, Term
from recuento.model.measure import standard_vocabulary
from recuento.model.statement import Ask, Certainty, Figure, Mode, Speaker, SpeakerKind, Statement
from recuento.values.bilingual import Bilingual
from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Comparison, Quantity, quantity_from

EVENT = "valdeoscuro-2017"
PRIVATE_NAMES = ("Eulalia Quirós Bermejo", "Doña Lala", "Tadeo Ibarrondo")
"""Names of actors that are not public. The last two are an alias and a member of an anonymous party."""

_PARTIES = (
    Party(
        "state", Bilingual("Autoridad penitenciaria", "Prison authority"), Bilingual("Autoridad", "Authority"), "square"
    ),
    Party("kin", Bilingual("Familias", "Families"), Bilingual("Familias", "Families"), "circle", anonymous=True),
    Party(
        "hospital",
        Bilingual("Hospital y medicina forense", "Hospital and forensics"),
        Bilingual("Hospital", "Hospital"),
        "diamond",
    ),
    Party(
        "ngo",
        Bilingual("Organización de derechos humanos", "Human rights organisation"),
        Bilingual("Organización", "Organisation"),
        "triangle",
    ),
    Party("press", Bilingual("Prensa", "Press"), Bilingual("Prensa", "Press"), "cross"),
)
_UN = Party(
    "un",
    Bilingual("Organismo internacional", "International body"),
    Bilingual("Internacional", "International"),
    "pentagon",
)

_ACTORS = (
    Actor(
        "servicio", "Servicio de Prisiones de Tarmania", "state", aliases=("la autoridad",), public=True, person=False
    ),
    Actor(
        "portavoz",
        "Anselmo Gadea",
        "state",
        aliases=("Gadea",),
        roles=(Bilingual("portavoz del Servicio", "spokesman of the Service"),),
        public=True,
    ),
    Actor(
        "madre",
        "Eulalia Quirós Bermejo",
        "kin",
        aliases=("Doña Lala",),
        called=Bilingual("familiar de un preso", "relative of a prisoner"),
    ),
    Actor(
        "padre",
        "Tadeo Ibarrondo",
        "kin",
        public=True,
        called=Bilingual("familiar de un preso", "relative of a prisoner"),
    ),
    Actor("clinico", "Hospital Comarcal de Lares", "hospital", public=True, person=False),
    Actor("reja", "Reja Abierta", "ngo", public=True, person=False),
    Actor("eco", "El Eco de Lares", "press", public=True, person=False),
)

_LETTER = (
    "Carta abierta de las familias de Valdeoscuro.\n\n"
    "Una madre dijo que por lo menos diecinueve muchachos murieron y que siguen sin darles los nombres. "
    "Reja Abierta señaló que las familias afirman que más de treinta personas resultaron heridas. "
    "Exigimos la lista pública de muertes y traslados. Dispararon desde el muro, dicen quienes llamaron.\n"
)
_REPORT = (
    "Reja Abierta publicó su informe. Entre 21 y 24 personas murieron, según la organización, "
    "que nombra a veintiuna. Pidió además autopsias independientes y el acceso de una misión médica.\n\n"
    "El portavoz Gadea negó que hubiera más de catorce fallecidos.\n"
)
_NOTE = "Parte del Servicio de Prisiones: 412 presentes el 13 de marzo; 371 presentes el 18 de marzo. Catorce internos fallecidos.\n"


def _day(text: str) -> PartialDate:
    return PartialDate.parse(text)


def _sha(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _anchor(text: str, words: str) -> Anchor:
    start = text.index(words)
    return Anchor.of(text, start, start + len(words))


def _said(
    id: str,
    party: str,
    claimant: str,
    measure: str,
    quantity: Quantity,
    day: str,
    *,
    as_of: str = "2017-03-18",
    actor: str | None = None,
    subset: str = "",
    grounds: tuple[Grounds, ...] = (),
    **more: object,
) -> Claim:
    return Claim(
        id=id, event=EVENT, facility="valdeoscuro", claimant=claimant, party=party, measure=measure, quantity=quantity,
        stated=_day(day), as_of=_day(as_of), actor=actor, subset=subset, grounds=grounds, **more,
    )  # fmt: skip


def _q(comparison: Comparison, *stated: int, words: str = "") -> Quantity:
    return quantity_from(comparison, stated, words or " ".join(str(n) for n in stated))


EQ, GE, GT, RANGE, APPROX = Comparison.EQ, Comparison.GE, Comparison.GT, Comparison.RANGE, Comparison.APPROX


def _web(slug: str, outlet: str) -> tuple[Grounds, ...]:
    return (Grounds(file="claims.csv", row=2, url=f"https://ejemplo.invalid/{slug}", outlet=outlet),)


def _in(text: str, words: str, statement: str) -> tuple[Grounds, ...]:
    return (Grounds(document=_sha(text), statement=statement, anchor=_anchor(text, words)),)


def claims() -> tuple[Claim, ...]:
    """25 figures: exact, open, about, ranges, vague words, silence, revised, withdrawn and repeated ones."""
    bulletin = _web("comunicado-4", "Servicio de Prisiones")
    return (
        _said("c1", "state", "Servicio de Prisiones de Tarmania", "died", _q(EQ, 11), "2017-03-15", actor="servicio", grounds=_web("comunicado-2", "Servicio de Prisiones")),
        _said("c2", "press", "El Eco de Lares", "died", _q(APPROX, 20, words="cerca de veinte"), "2017-03-15", actor="eco", grounds=_web("eco", "El Eco de Lares")),
        _said("c3", "kin", "Eulalia Quirós Bermejo", "died", _q(GE, 19, words="por lo menos diecinueve"), "2017-03-16", actor="madre", claimant_role="costurera de la calle Olmo", note="no publicar el barrio", grounds=_in(_LETTER, "por lo menos diecinueve", "l1")),
        _said("c4", "hospital", "Hospital Comarcal de Lares", "died", _q(EQ, 16, words="dieciséis"), "2017-03-17", actor="clinico", grounds=_web("parte-forense", "Hospital Comarcal")),
        _said("c5", "state", "Anselmo Gadea", "died", _q(EQ, 14, words="Catorce"), "2017-03-17", actor="portavoz", grounds=_in(_NOTE, "Catorce", "n3")),
        _said("c5b", "state", "Anselmo Gadea", "died", _q(EQ, 14), "2017-03-24", actor="portavoz", grounds=bulletin),
        _said("c6", "ngo", "Reja Abierta", "died", _q(RANGE, 21, 24, words="Entre 21 y 24"), "2017-03-24", actor="reja", grounds=_in(_REPORT, "Entre 21 y 24", "r1")),
        _said("c7", "state", "Servicio de Prisiones de Tarmania", "population", _q(EQ, 412, words="412"), "2017-03-14", as_of="2017-03-13", actor="servicio", grounds=_in(_NOTE, "412", "n1")),
        _said("c8", "state", "Servicio de Prisiones de Tarmania", "remaining", _q(EQ, 371, words="371"), "2017-03-18", actor="servicio", grounds=_in(_NOTE, "371", "n2")),
        _said("c9", "ngo", "Reja Abierta", "population", _q(APPROX, 420, words="unas 420"), "2017-03-24", as_of="2017-03-13", actor="reja"),
        _said("c10", "press", "El Eco de Lares", "population", _q(EQ, 1600, words="1.600"), "2017-03-14", as_of="2017-03-13", actor="eco", certainty=Certainty.UNOFFICIAL, grounds=_web("eco-2", "El Eco de Lares")),
        _said("c11", "state", "Servicio de Prisiones de Tarmania", "transferred", _q(EQ, 18), "2017-03-18", actor="servicio", grounds=bulletin),
        _said("c12", "ngo", "Reja Abierta", "transferred", _q(EQ, 22), "2017-03-24", actor="reja"),
        _said("c13", "state", "Servicio de Prisiones de Tarmania", "released", _q(EQ, 2), "2017-03-18", actor="servicio"),
        _said("c14", "state", "Servicio de Prisiones de Tarmania", "escaped", _q(Comparison.NONE, words="ninguna fuga"), "2017-03-16", actor="servicio"),
        _said("c15", "press", "El Eco de Lares", "escaped", _q(EQ, 1, words="un fugado"), "2017-03-17", actor="eco", certainty=Certainty.RUMOURED),
        _said("c16", "state", "Servicio de Prisiones de Tarmania", "injured", _q(GE, 23), "2017-03-16", actor="servicio", grounds=_web("comunicado-3", "Servicio de Prisiones")),
        _said("c17", "kin", "Tadeo Ibarrondo", "injured", _q(GT, 30, words="más de treinta"), "2017-03-16", actor="padre", grounds=_in(_LETTER, "más de treinta", "l3")),
        _said("c18", "hospital", "Hospital Comarcal de Lares", "injured", _q(EQ, 37), "2017-03-19", actor="clinico"),
        _said("c19", "ngo", "Reja Abierta", "injured", _q(Comparison.VAGUE, 20, words="decenas"), "2017-03-24", actor="reja", reviewed=False),
        _said("c20", "press", "El Eco de Lares", "agents_deployed", _q(APPROX, 3000, words="unos 3.000"), "2017-03-14", actor="eco", grounds=_web("eco-3", "El Eco de Lares")),
        _said("c21", "hospital", "Hospital Comarcal de Lares", "unaccounted", _q(Comparison.UNKNOWN, words="se desconoce"), "2017-03-19", actor="clinico"),
        _said("c22", "state", "Servicio de Prisiones de Tarmania", "capacity", _q(EQ, 300), "2017-03-14", actor="servicio", unit="places"),
        _said("c23", "state", "Servicio de Prisiones de Tarmania", "occupancy_rate", _q(EQ, 137), "2017-03-14", actor="servicio", unit="percent"),
        _said("c24", "press", "alguien de la redacción", "weapons_seized", _q(Comparison.VAGUE, words="numerosas"), "2017-03-15", grounds=_web("eco-4", "El Eco de Lares")),
        _said("c25", "kin", "un vecino", "escaped", _q(Comparison.UPTO, 3), "2017-03-20"),
    )  # fmt: skip


def table(all_claims: tuple[Claim, ...]) -> AccountTable:
    """The accounts side by side, rows in the order measures first appear."""
    order = tuple(party.id for party in _PARTIES)
    standing = {
        "c1": (Standing.WITHDRAWN, "c5"),
        "c5b": (Standing.CURRENT, None),
        "c5": (Standing.REPEATED, "c5b"),
    }
    parties = tuple(dict.fromkeys([*order, *(claim.party for claim in all_claims)]))
    rows = []
    for measure, subset in dict.fromkeys((claim.measure, claim.subset) for claim in all_claims):
        about = [claim for claim in all_claims if (claim.measure, claim.subset) == (measure, subset)]
        cells = tuple(
            Cell(
                party,
                tuple(
                    Said(claim, *standing.get(claim.id, (Standing.CURRENT, None)))
                    for claim in about
                    if claim.party == party
                ),
            )
            for party in parties
        )
        speaking = sum(not cell.is_silent for cell in cells)
        clash = any(not one.quantity.overlaps(two.quantity) for one in about for two in about)
        agreement = Agreement.DIFFER if clash else Agreement.COMPATIBLE
        if speaking < 2:
            agreement = Agreement.ALONE if speaking else Agreement.SILENT
        rows.append(Row(measure, subset, _day("2017-03-13") if measure == "population" else None, cells, agreement))
    return AccountTable(EVENT, parties, tuple(rows))


_SIGNS = {"roll": 1, "remaining": -1, "transferred": -1, "released": -1, "escaped": -1}
_MEASURES = {
    "roll": "population",
    "remaining": "remaining",
    "transferred": "transferred",
    "released": "released",
    "escaped": "escaped",
    "died": "died",
}
_TERMS = tuple(
    Term(id, Bilingual(es, en), _MEASURES[id], as_of=_day("2017-03-18"))
    for id, es, en in (
        ("roll", "presentes el 13 de marzo", "present on 13 March"),
        ("remaining", "presentes el 18 de marzo", "present on 18 March"),
        ("transferred", "trasladadas", "transferred"),
        ("released", "excarceladas", "released"),
        ("escaped", "fugadas", "escaped"),
        (
            "died",
            "personas que faltan sin otra explicación que la muerte",
            "people missing with no explanation but death",
        ),
    )
)
_READING = Reading(
    "nobody-admitted",
    Bilingual("nadie ingresó entre el 13 y el 18 de marzo", "nobody was admitted between 13 and 18 March"),
)
_LEDGER = Ledger(
    _TERMS,
    (
        Identity(
            "roll",
            (("roll", 1), ("remaining", -1), ("transferred", -1), ("released", -1), ("escaped", -1), ("died", -1)),
            Bilingual("quien estaba y no está fue trasladado, excarcelado, se fugó o murió", "whoever was there and is not was transferred, released, escaped or died"),
        ),
    ),
    (_READING,),
    20000,
)  # fmt: skip


def _balance(
    id: str, name: Bilingual, believed: dict[str, tuple[str, int, int]], extra: tuple[str, ...] = ()
) -> Balance:
    """A world in which each term has the claim (id, low, high); the deaths are what remains."""
    low = sum(sign * believed[term][1 if sign > 0 else 2] for term, sign in _SIGNS.items())
    high = sum(sign * believed[term][2 if sign > 0 else 1] for term, sign in _SIGNS.items())
    below = _proof(believed, "low", low) if low > 0 else _zero("died")
    bound = Bound("died", max(low, 0), high, below, _proof(believed, "high", high))
    roll = believed["roll"]
    known = Bound(
        "roll", roll[1], roll[2],
        Proof("roll", "low", roll[1], (ProofLine(LineKind.CLAIM, roll[0], "roll", 1, roll[1], "low"),)),
        Proof("roll", "high", roll[2], (ProofLine(LineKind.CLAIM, roll[0], "roll", 1, roll[2], "high"),)),
    )  # fmt: skip
    gone = Bound("escaped", 0, None, _zero("escaped"), None)
    ids = tuple(dict.fromkeys([*(claim for claim, _, _ in believed.values()), *extra]))
    constraints = tuple(Constraint(claim, term, low, high) for term, (claim, low, high) in believed.items())
    deaths = tuple(Constraint(id, "died", None, None) for id in ("c1", "c2", "c3", "c4", "c5", "c5b", "c6"))
    return Balance(
        EVENT, World(id, name, ids, (_READING.id,)), _LEDGER, (*constraints, *deaths), True, (bound, known, gone)
    )


def _zero(term: str) -> Proof:
    return Proof(term, "low", 0, (ProofLine(LineKind.NOT_NEGATIVE, term, term, 1, 0),))


def _proof(believed: dict[str, tuple[str, int, int]], side: str, value: int) -> Proof:
    lines = []
    for term, sign in _SIGNS.items():
        claim, low, high = believed[term]
        end = "low" if (sign > 0) == (side == "low") else "high"
        lines.append(ProofLine(LineKind.CLAIM, claim, term, sign, sign * (low if end == "low" else high), end))
    lines.append(ProofLine(LineKind.IDENTITY, "roll", "", 1 if side == "low" else -1, 0))
    return Proof("died", side, value, tuple(lines))


def balances() -> tuple[Balance, ...]:
    """What follows from the authority's counts, from the organisation's, and from all (which cannot be)."""
    own = {
        "roll": ("c7", 412, 412),
        "remaining": ("c8", 371, 371),
        "transferred": ("c11", 18, 22),
        "released": ("c13", 2, 2),
        "escaped": ("c15", 0, 1),
    }
    theirs = {**own, "roll": ("c9", 378, 462), "transferred": ("c12", 22, 22), "escaped": ("c14", 0, 0)}
    all_of_it = World("all", Bilingual("Todas las cifras", "All figures"), tuple(claim.id for claim in claims()))
    return (
        _balance("counts", Bilingual("los recuentos de la autoridad", "the authority's own counts"), own),
        _balance(
            "ngo", Bilingual("la organización donde difiere", "the organisation where it differs"), theirs, ("c4",)
        ),
        Balance(EVENT, all_of_it, _LEDGER, (), False, (), conflicts()[0]),
    )


def conflicts() -> tuple[Conflict, ...]:
    """One that does not add up, with words of its own; one plain disagreement, without."""
    lines = (
        ProofLine(LineKind.CLAIM, "c7", "roll", 1, 412, "low"),
        ProofLine(LineKind.CLAIM, "c8", "remaining", -1, -371, "high"),
        ProofLine(LineKind.CLAIM, "c12", "transferred", -1, -22, "high"),
        ProofLine(LineKind.CLAIM, "c13", "released", -1, -2, "high"),
        ProofLine(LineKind.CLAIM, "c14", "escaped", -1, 0, "high"),
        ProofLine(LineKind.CLAIM, "c5", "died", -1, -14, "high"),
        ProofLine(LineKind.IDENTITY, "roll", "", 1, 0),
    )
    words = Bilingual(
        "412 presentes, 371 después y 24 salidas dejan 17 muertes: no pueden ser 14.",
        "412 present, 371 later and 24 departures leave 17 deaths: they cannot be 14.",
    )
    differ = Proof(
        "",
        "low",
        2,
        (
            ProofLine(LineKind.CLAIM, "c4", "died", 1, 16, "low"),
            ProofLine(LineKind.CLAIM, "c5", "died", -1, -14, "high"),
        ),
    )
    return (
        Conflict(
            ConflictKind.ARITHMETICAL,
            ("c5", "c7", "c8", "c12", "c13", "c14"),
            ("roll", "died"),
            Proof("", "low", 3, lines),
            words=words,
        ),
        Conflict(ConflictKind.DISAGREEMENT, ("c4", "c5"), ("died",), differ),
    )


def demands() -> tuple[Demand, ...]:
    """Open, answered in part and refused; the first in the words of the letter."""
    return (
        Demand("q1", EVENT, "Eulalia Quirós Bermejo", "kin", "la lista pública de muertes y traslados", _day("2017-03-16"), addressee="la autoridad", actor="madre", document=_sha(_LETTER), statement="l4", reviewed=True),
        Demand("q2", EVENT, "Reja Abierta", "ngo", "autopsias independientes", _day("2017-03-24"), actor="reja", state=DemandState.PARTLY, answer="c4", document=_sha(_REPORT), statement="r3", reviewed=True),
        Demand("q3", EVENT, "Reja Abierta", "ngo", "el acceso de una misión médica", _day("2017-03-24"), actor="reja", state=DemandState.REFUSED, settled=_day("2017-04-02"), reviewed=True),
        Demand("q4", EVENT, "Reja Abierta", "ngo", "una demanda que nadie revisó", _day("2017-03-24"), actor="reja"),
    )  # fmt: skip


def documents() -> tuple[PublishedDocument, ...]:
    """A letter with nested statements, a report and a bulletin; one original that could not be read."""
    letter = (
        _statement(
            "l1",
            _LETTER,
            Speaker("Eulalia Quirós Bermejo", SpeakerKind.PERSON),
            "por lo menos diecinueve muchachos murieron y que siguen sin darles los nombres",
            source="Una madre",
            figure=("por lo menos diecinueve", GE, 19, "died"),
        ),
        _statement(
            "l2",
            _LETTER,
            Speaker("Reja Abierta", SpeakerKind.ORGANISATION),
            "las familias afirman que más de treinta personas resultaron heridas",
            source="Reja Abierta",
        ),
        _statement(
            "l3",
            _LETTER,
            Speaker("las familias", SpeakerKind.UNNAMED),
            "más de treinta personas resultaron heridas",
            parent="l2",
            certainty=Certainty.ALLEGED,
            figure=("más de treinta", GT, 30, "injured"),
        ),
        _statement(
            "l4",
            _LETTER,
            Speaker("las familias", SpeakerKind.UNNAMED),
            "la lista pública de muertes y traslados",
            mode=Mode.DEMANDS,
            ask="la lista pública de muertes y traslados",
        ),
        _statement(
            "l5",
            _LETTER,
            Speaker("quienes llamaron", SpeakerKind.RUMOUR),
            "Dispararon desde el muro",
            certainty=Certainty.RUMOURED,
        ),
    )
    report = (
        _statement(
            "r1",
            _REPORT,
            Speaker("Reja Abierta", SpeakerKind.ORGANISATION),
            "Entre 21 y 24 personas murieron",
            figure=("Entre 21 y 24", RANGE, (21, 24), "died"),
        ),
        _statement(
            "r3",
            _REPORT,
            Speaker("Reja Abierta", SpeakerKind.ORGANISATION),
            "autopsias independientes",
            mode=Mode.DEMANDS,
            ask="autopsias independientes",
        ),
        _statement(
            "r4",
            _REPORT,
            Speaker("Gadea", SpeakerKind.PERSON),
            "hubiera más de catorce fallecidos",
            mode=Mode.DENIES,
            source="El portavoz Gadea",
        ),
    )
    note = (
        _statement(
            "n1",
            _NOTE,
            Speaker("la autoridad", SpeakerKind.ORGANISATION),
            "412 presentes el 13 de marzo",
            figure=("412", EQ, 412, "population"),
        ),
        _statement(
            "n2",
            _NOTE,
            Speaker("la autoridad", SpeakerKind.ORGANISATION),
            "371 presentes el 18 de marzo",
            figure=("371", EQ, 371, "remaining"),
        ),
        _statement(
            "n3",
            _NOTE,
            Speaker("la autoridad", SpeakerKind.ORGANISATION),
            "Catorce internos fallecidos",
            figure=("Catorce", EQ, 14, "died"),
        ),
    )
    scan = Document(
        _sha("scan"),
        48210,
        "application/pdf",
        "escaneo.pdf",
        _origin(),
        Description(title="Libro de guardia (escaneado)"),
        Bilingual("es una imagen sin texto", "it is an image without text"),
    )
    return (
        _document(
            _LETTER, "Carta de las familias", letter, {"l1", "l2", "l3", "l4"}, url="https://ejemplo.invalid/carta"
        ),
        _document(
            _REPORT,
            "Informe de Reja Abierta",
            report,
            {"r1", "r3", "r4"},
            url="https://ejemplo.invalid/informe",
            outlet="Reja Abierta",
        ),
        _document(_NOTE, "Parte diario del Servicio", note, {"n1", "n2", "n3"}, url="javascript:alert(1)"),
        PublishedDocument(scan, None, events=(EVENT,)),
    )


def _origin() -> Origin:
    return Origin("buzon/de/Eulalia", "ayudante@ejemplo.invalid", datetime(2017, 4, 2, 10, 2, tzinfo=UTC))


def _document(
    text: str, title: str, statements: tuple[Statement, ...], reviewed: set[str], *, url: str, outlet: str | None = None
) -> PublishedDocument:
    about = Description(
        title=title,
        outlet=outlet,
        author="Una persona cualquiera",
        published=_day("2017-03-24"),
        language="es",
        url=url,
    )
    document = Document(_sha(text), len(text.encode()), "text/plain", "entrada.txt", _origin(), about)
    layer = TextLayer(_sha(text), "plain", "1", text, _sha(text))
    return PublishedDocument(document, layer, statements, frozenset(reviewed), (EVENT,))


def _statement(
    id: str,
    text: str,
    speaker: Speaker,
    content: str,
    *,
    source: str | None = None,
    parent: str | None = None,
    mode: Mode = Mode.ASSERTS,
    certainty: Certainty = Certainty.ASSERTED,
    figure: tuple | None = None,
    ask: str | None = None,
) -> Statement:
    figures = ()
    if figure is not None:
        words, comparison, stated, measure = figure
        numbers = stated if isinstance(stated, tuple) else (stated,)
        figures = (Figure(_anchor(text, words), quantity_from(comparison, numbers, words), measure),)
    return Statement(
        id=id, speaker=speaker, content=(_anchor(text, content),), source=_anchor(text, source) if source else None,
        parent=parent, mode=mode, certainty=certainty, figures=figures,
        asks=(Ask(_anchor(text, ask), None),) if ask else (),
    )  # fmt: skip


def cast(*, with_un: bool = False) -> Cast:
    """The parties, actors, facility and event."""
    event = Event(
        EVENT, Bilingual("Requisa, fuego y muertes en el centro de Valdeoscuro", "Search, fire and deaths at the Valdeoscuro facility"),
        ("valdeoscuro",), _day("2017-03-14"), _day("2017-03-16"),
        summary=Bilingual("Tras una requisa hubo un incendio. Las partes no coinciden en cuántas personas murieron.", "A search was followed by a fire. The parties do not agree on how many people died."),
        headline=("died", "population", "escaped"),
    )  # fmt: skip
    place = Facility("valdeoscuro", "Centro de Valdeoscuro", place="Lares, Tarmania", parameters=(("capacity", 300),))
    return Cast((*_PARTIES, _UN) if with_un else _PARTIES, _ACTORS, (place,), (event,))


def valdeoscuro(
    *,
    texts: bool = True,
    unreviewed: bool = False,
    languages: tuple = ("es", "en"),
    address: str | None = "https://ejemplo.invalid/recuento",
    extra: tuple[Claim, ...] = (),
    withheld_claims: frozenset[str] = frozenset(),
    withheld_documents: frozenset[str] = frozenset(),
) -> Dossier:
    """The whole dossier; `extra` claims are put to the table as well."""
    everyone = cast(with_un=any(claim.party == "un" for claim in extra))
    all_claims = (*claims(), *extra)
    account = EventAccount(everyone.events[0], all_claims, table(all_claims), balances(), conflicts(), demands())
    return Dossier(
        name="Observatorio de ejemplo", languages=languages, edition=date(2017, 11, 30), version="0.1.0", cast=everyone,
        vocabulary=standard_vocabulary(), events=(account,), documents=documents(),
        rules=PublishRules(texts, unreviewed, withheld_claims, withheld_documents), address=address, example=True,
    )  # fmt: skip


def many_claims(count: int) -> tuple[Claim, ...]:
    """More figures, spread over six parties and many questions, to see the page under load."""
    measures = (
        "recaptured",
        "weapons_seized",
        "injured_inmates",
        "died_inmates",
        "transferred_gang",
        "officials_detained",
        "leaders_escaped",
        "population",
        "died",
        "admitted",
        "remaining",
        "women_living_inside",
    )
    speakers = (
        ("state", "servicio"),
        ("ngo", "reja"),
        ("press", "eco"),
        ("hospital", "clinico"),
        ("kin", "madre"),
        ("un", None),
    )
    found = []
    for number in range(count):
        measure = measures[number % len(measures)]
        party, actor = speakers[(number * 5 + number // 12) % len(speakers)]
        comparison = (EQ, GE, APPROX, GT, EQ)[number % 5]
        base = 400 if measure == "population" else 12
        found.append(
            _said(
                f"x{number}", party, "quien sea", measure, _q(comparison, base + number * 7 % 60), f"2017-03-{14 + number % 15}",
                actor=actor, subset="del pabellón norte" if number % 4 == 0 and measure not in ("died", "population") else "",
                grounds=_web(f"nota-{number % 23}", ("La Voz de Lares", "Radio Tarmania", "Agencia Norte")[number % 3]),
            )
        )  # fmt: skip
    return tuple(found)


def renamed(dossier: Dossier, **changes: object) -> Dossier:
    """The dossier with some fields replaced."""
    return replace(dossier, **changes)
