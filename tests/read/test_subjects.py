"""The Spanish subject with its appositions, participles and relative clauses; every sentence here is invented."""

from __future__ import annotations

import pytest

from recuento.read import read


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Un cabo que aceptó no ser citado contó que no hay agua.", "Un cabo que aceptó no ser citado"),
        ("Una vecina que firma como Rita S. afirmó que no hay agua.", "Una vecina que firma como Rita S."),
        (
            "La abogada de Luis Sol, condenado a 12 años por un robo en el que hubo dos muertos, insiste en que no.",
            "La abogada de Luis Sol, condenado a 12 años por un robo en el que hubo dos muertos",
        ),
        (
            "La alcaidesa, a la que este periódico llamó ayer, dijo que no hay agua.",
            "La alcaidesa, a la que este periódico llamó ayer",
        ),
        (
            "El jefe de turno, que estaba a 20 kilómetros, en una boda, afirmó que no hay agua.",
            "El jefe de turno, que estaba a 20 kilómetros",
        ),
        ("El preso conocido como «El Mudo» le exigió a la jueza que viniera.", "El preso conocido como «El Mudo»"),
        ("Tres de los presos que comen con él dijeron que no hay agua.", "Tres de los presos que comen con él"),
        ("Tanto el sindicato como la junta anunciaron que no habrá huelga.", "Tanto el sindicato como la junta"),
        ("El martes pasado este diario tituló que no había agua.", "este diario"),
        ("El 4 de julio la ministra aseguró que no habría traslados.", "la ministra"),
        ("Quienes salieron ese día dicen que no había agua.", "Quienes salieron ese día"),
        ("Ambos coinciden en que no hubo fuga.", "Ambos"),
        ("Desde la oposición le reprocharon que no hubiera ido.", "la oposición"),
        (
            "El padre Luis, capellán desde hace 20 años, afirma que no hay agua.",
            "El padre Luis, capellán desde hace 20 años",
        ),
        (
            "Uno de los guardias de turno, y que ha pedido mantener el anonimato, asegura que no hay agua.",
            "Uno de los guardias de turno, y que ha pedido mantener el anonimato",
        ),
        (
            "El preso, al que su defensa describe como «un hombre enfermo», pidió la palabra y negó los cargos.",
            "El preso, al que su defensa describe como «un hombre enfermo»",
        ),
        (
            "El obispo, que ayer ofició la misa, llamó a la calma y pidió que digan la verdad.",
            "El obispo, que ayer ofició la misa",
        ),
        ("Juan Pérez, abogado de la familia: «Es un crimen».", "Juan Pérez, abogado de la familia"),
        ("De acuerdo con el reporte que la fiscalía entregó, no hay agua.", "el reporte que la fiscalía entregó"),
        ("Para el exjuez Ramos, lo ocurrido es «una anomalía».", "el exjuez Ramos"),
        ("Dos horas antes un cabo dijo que no había agua.", "un cabo"),
        ("Una le pide que arregle el baño.", "Una"),
        (
            "La jueza, que los oyó durante seis horas, no les cree: dijo que mienten.",
            "La jueza, que los oyó durante seis horas",
        ),
        ("El sindicato, en un comunicado, aseguró que no hay agua.", "El sindicato"),
        ("Quedó libre, informó este lunes el comandante de la zona 8.", "el comandante de la zona 8"),
        ("¿Cuántos quedan?, preguntó una y otra vez la madre de Luis Sol.", "la madre de Luis Sol"),
        (
            "Que pidan perdón: eso reclama la Asociación Once de Abril, que ayer entregó un pliego.",
            "la Asociación Once de Abril, que ayer entregó un pliego",
        ),
        ("«No hay agua», apunta el informe al que tuvo acceso este medio.", "el informe al que tuvo acceso este medio"),
        (
            "«No hay agua», afirma Rita Sol, a la que la Corte encargó el peritaje.",
            "Rita Sol, a la que la Corte encargó el peritaje",
        ),
    ],
)
def test_the_subject_ends_where_its_relative_clauses_end(text: str, source: str) -> None:
    """Each verb of a relative clause is owed to its pronoun; the first one that is not is the main verb."""
    assert source in [text[s.source.start : s.source.end] for s in read(text) if s.source is not None]


@pytest.mark.parametrize(
    "text",
    [
        "Fui a la oficina de prensa, donde aseguran que no hay agua.",
        "Firmé tres papeles y me pidieron que no firmara más.",
    ],
)
def test_no_place_and_no_clause_before_the_verb_is_its_subject(text: str) -> None:
    """«Donde» stands for a place, and what another verb governs is not the subject of the next."""
    assert [s.source for s in read(text)] == [None]


def test_a_relative_clause_that_says_something_leaves_the_subject_whole() -> None:
    """What is said inside the subject does not take the main verb from it."""
    text = "Rita Sol, a quien sus rivales atribuyen la «pelea», insistió en que no hay agua."
    last = read(text)[-1]
    assert last.source is not None
    assert text[last.source.start : last.source.end].startswith("Rita Sol, a quien")
