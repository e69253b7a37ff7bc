"""Spanish statements inside statements: series of clauses, errands, clefts and infinitives with their pronoun."""

from __future__ import annotations

import pytest

from outlines import inner_in
from recuento.read import read


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        (
            "Paz dijo que la comisión «suma dos veces», y que un funcionario le había reconocido en privado el error.",
            [("un funcionario", "el error")],
        ),
        (
            "Paz dice que su hijo le avisó de que «los de arriba» iban a bajar, y que ella dijo que era grave.",
            [("su hijo", "de que «los de arriba» iban a bajar"), ("ella", "que era grave")],
        ),
        (
            "La madre denuncia que un cabo llegó a insinuarle que el muchacho mentía.",
            [("un cabo", "que el muchacho mentía")],
        ),
        (
            "Paz contó que salió un señor con una hoja a decir que eran nueve.",
            [("un señor con una hoja", "que eran nueve")],
        ),
        (
            "Su hermana dijo que la llamó para avisarle de que estaba bien y que había huido.",
            [("", "de que estaba bien y que había huido")],
        ),
        (
            "Según el custodio, fue el subdirector quien le ordenó abrir la esclusa.",
            [("el subdirector", "abrir la esclusa")],
        ),
        (
            "Paz dijo que las reclusas «exageran porque creen que así salen».",
            [("las reclusas", "que así salen")],
        ),
        (
            "La enfermera asegura que no hay muestras «porque nos dijeron que falta reactivo».",
            [("", "que falta reactivo")],
        ),
        (
            "Paz pidió que se libere a los enfermos que, según un censo del servicio, esperan desde mayo la revisión.",
            [("un censo del servicio", "que")],
        ),
        ("Denunció que lo amenazaron con trasladarlo.", [("", "con trasladarlo")]),
        ("Paz dijo que la última vez que hablaron él le pidió que huyera.", [("él", "que huyera")]),
        ("Paz dijo que fue al juez, quien a su vez le dijo que esperara.", [("quien", "que esperara")]),
        ("Paz respondió que no le consta lo que denuncian los familiares.", []),
        ("Paz admitió que hay presos cuando la ONU, según dijo, contabiliza 240.", [("", "la ONU"), ("la ONU", "240")]),
        (
            "El alcalde contó que el ministro le dijo «no se preocupe» y le pidió paciencia.",
            [("el ministro", "«no se preocupe»"), ("el ministro", "paciencia")],
        ),
        (
            "Paz asegura que, según sus cuentas, 14 han muerto y que faltan médicos.",
            [("sus cuentas", "14 han muerto")],
        ),
        ("Torres lamentó que el Gobierno siga diciendo que todo está bien.", [("el Gobierno", "que todo está bien")]),
        ("Paz dijo que un preso y otro que dormía murieron.", []),
        ("Paz dijo que firmó un papel donde decía que estaba sana.", [("un papel", "que estaba sana")]),
        ("Paz dijo que el papel decía también que nadie la tocó.", [("el papel", "que nadie la tocó")]),
        (
            "La ONG sostiene que el juez admitió el error y ordenó otra autopsia.",
            [("el juez", "el error"), ("el juez", "otra autopsia")],
        ),
        ("La ONG ha dicho que el juez admitió el error y anunció una marcha.", [("el juez", "el error")]),
        ("Paz dijo que el director mintió al decir que no sabía.", [("el director", "que no sabía")]),
        ("Paz contó que unos dicen que hubo tres muertos.", [("unos", "que hubo tres muertos")]),
        (
            "Ponce dijo que los reclusos le mostraron golpes y le contaron que pasaban frío.",
            [("los reclusos", "que pasaban frío")],
        ),
        ("Ana aseguró que oyó a un cabo ordenar que dispararan.", [("un cabo", "que dispararan")]),
        ("«Nos ofrecieron una mesa de trabajo», dijo Paz.", [("", "una mesa de trabajo")]),
    ],
)
def test_inner_statements_of_natural_prose(text: str, inner: list[tuple[str, str]]) -> None:
    """A quotation mark before «y que» ends nothing; who goes somewhere to tell, and whom «quien» stands for, speak."""
    assert inner_in(text) == inner


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Más duro fue el asambleísta Jacinto Roca, quien acusó al alcaide de mentir.", "quien"),
        ("Uno de los guardias, y que ha pedido el anonimato, asegura que no hay agua.", "Uno de los guardias"),
    ],
)
def test_a_relative_after_a_comma_is_no_cleft_and_opens_no_clause(text: str, source: str) -> None:
    """With a comma the pronoun speaks for itself, and «y que» before a verb tells of the subject."""
    (statement,) = read(text)
    assert statement.source is not None and statement.source.quote.startswith(source)


def test_who_speaks_may_stand_between_the_verb_and_a_colon() -> None:
    """The subject of a verb before its quotation."""
    (statement,) = read("Dijo el alcalde: «No hay agua».")
    assert statement.source is not None and statement.source.quote == "el alcalde"


@pytest.mark.parametrize(
    "text", ["Seis internos salieron a comprar pan.", "El bar ofreció una mesa rota, y se fueron."]
)
def test_errands_without_a_clause_tell_nothing(text: str) -> None:
    """Who goes out to buy has said nothing."""
    assert read(text) == []
