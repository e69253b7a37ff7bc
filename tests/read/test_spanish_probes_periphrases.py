"""Spanish sayings in several words: «dejó trascender que», «lleva contadas», «dio por terminado», «estaría»."""

from __future__ import annotations

import pytest

from recuento.read import read

TOLD = [
    ("El Gobierno dejó trascender que habrá traslados.", "El Gobierno", "que habrá traslados"),
    ("El fiscal dejó en claro que no hubo fuga.", "El fiscal", "que no hubo fuga"),
    ("La hermana tiene claro que lo mataron.", "La hermana", "que lo mataron"),
    ("La abogada está convencida de que lo mataron.", "La abogada", "de que lo mataron"),
    ("La policía maneja la hipótesis de que fue un ajuste.", "La policía", "de que fue un ajuste"),
    ("La Fiscalía baraja la hipótesis de un ajuste de cuentas.", "La Fiscalía", "de un ajuste de cuentas"),
    ("El comité lleva contadas once desapariciones.", "El comité", "once desapariciones"),
    ("La ONG tiene documentados 73 casos de tortura.", "La ONG", "73 casos de tortura"),
    ("El informe sitúa en 3.200 los presos.", "El informe", "en 3.200 los presos"),
    ("El alcaide dio por terminado el motín.", "El alcaide", "terminado el motín"),
    ("El sindicato dio por rotas las negociaciones.", "El sindicato", "rotas las negociaciones"),
    ("La comisión da por muertos a los tres internos.", "La comisión", "muertos a los tres internos"),
    ("El Gobierno ofreció 9 % a los guardias.", "El Gobierno", "9 % a los guardias"),
    ("El jefe asumió el compromiso de reparar las celdas.", "El jefe", "de reparar las celdas"),
    ("El ministro repitió su promesa de construir dos cárceles.", "El ministro", "de construir dos cárceles"),
    ("Entre los muertos estaría un guía.", None, "Entre los muertos estaría un guía"),
    ("Dos de los heridos estarían graves.", None, "Dos de los heridos estarían graves"),
    ("Habría al menos doce heridos.", None, "Habría al menos doce heridos"),
]
STANDS = [
    ("El obispo se pronunció a favor de un indulto.", "El obispo", "un indulto"),
    ("El gobernador se mostró partidario de cerrar el penal.", "El gobernador", "cerrar el penal"),
    ("El sindicato se opone a que los guardias lleven armas.", "El sindicato", "que los guardias lleven armas"),
    ("El director se mostró dispuesto a dialogar.", "El director", "a dialogar"),
    ("El ministro dejó abierta la posibilidad de que haya cambios.", "El ministro", "de que haya cambios"),
    ("Tuvo la certeza de que lo matarían.", None, "de que lo matarían"),
    ("La respuesta del alcaide fue: «No hay agua».", "alcaide", "«No hay agua»"),
]
COME_OUT = [
    ("Según trascendió de fuentes judiciales, hay dos detenidos.", "fuentes judiciales", "hay dos detenidos"),
    ("Según se supo después, el reo llevaba tres días muerto.", None, "el reo llevaba tres días muerto"),
    ("Según se informó ayer, hay tres heridos.", None, "hay tres heridos"),
    ("Se filtró que hubo disparos.", None, "que hubo disparos"),
]
NOUNS = [
    ("La promesa del director de mejorar la comida no se cumplió.", "director", "de mejorar la comida"),
    ("La petición de los presos de que vuelva el médico no fue atendida.", "los presos", "de que vuelva el médico"),
    ("El llamado de los presos a la calma fue escuchado.", "los presos", "a la calma"),
    ("Tras el anuncio de que habrá traslados, hubo gritos.", None, "de que habrá traslados"),
    ("La hipótesis de la fiscalía es que el reo fue asfixiado.", "la fiscalía", "que el reo fue asfixiado"),
    ("La respuesta del ministerio fue que no hay dinero.", "ministerio", "que no hay dinero"),
    ("Una de las hipótesis es que lo mataron.", None, "que lo mataron"),
    ("La fiscalía sostiene la tesis de que hubo cómplices.", "La fiscalía", "de que hubo cómplices"),
    ("La policía trabaja con la hipótesis de que fue un robo.", "La policía", "de que fue un robo"),
    ("La ONG tiene constancia de que hubo torturas.", "La ONG", "de que hubo torturas"),
    ("El alcaide dio la orden de cerrar las celdas.", "El alcaide", "de cerrar las celdas"),
    ("El ministro dio su palabra de que no habría castigos.", "El ministro", "de que no habría castigos"),
]


@pytest.mark.parametrize(("text", "source", "content"), TOLD + NOUNS + COME_OUT + STANDS)
def test_sayings_in_several_words_are_read(text: str, source: str | None, content: str) -> None:
    """What is said with a periphrasis has its speaker and its words; hearsay has nobody."""
    (statement,) = read(text)
    assert (statement.source.quote if statement.source else None) == source
    assert [span.quote for span in statement.content] == [content]


@pytest.mark.parametrize(
    "text",
    [
        "El guardia dio por la ventana con un palo.",
        "El árbitro dio por terminado el partido.",
        "A los reclusos les dio por cantar.",
        "Las camas que la Guardia dio por instaladas nunca existieron.",
        "El manejo del penal es un desastre.",
        "La policía maneja la cárcel desde ayer.",
        "Los guardias tienen contados los días.",
        "El hotel ofrece 20 platos.",
        "Si hubiera camas, habría menos heridos.",
        "Con una reforma habría menos de 300 presos.",
        "Los presos estarían mejor en otra cárcel.",
        "La cárcel estaría lista en 2027.",
        "De otro modo habría 300 presos más.",
        "El penal estaría listo para recibir a 300 presos.",
        "Los guardias estarían encantados de irse.",
        "El guardia situó a los presos en dos filas.",
    ],
)
def test_the_same_words_without_saying_are_not(text: str) -> None:
    """The same verbs told of deeds, and conditionals that no hearsay is, are nobody's words."""
    assert read(text) == []


LAID = [
    ("La directora lo atribuye a que se busca más.", "La directora", ["a que se busca más"]),
    ("Lo atribuyó a la falta de personal.", None, ["a la falta de personal"]),
    ("La fuga la atribuye el alcaide a un descuido.", "el alcaide", ["La fuga", "a un descuido"]),
    ("Los robos los atribuyen en el ministerio al hambre.", "el ministerio", ["Los robos", "al hambre"]),
    ("A la falta de guardias atribuye el sindicato la fuga.", "el sindicato", ["A la falta de guardias", "la fuga"]),
    ("La fiscal lo explica por el cierre de la cárcel.", "La fiscal", ["por el cierre de la cárcel"]),
    ("El director explica la fuga por un descuido.", "El director", ["la fuga por un descuido"]),
    ("La ONG los cifra en 214.", "La ONG", ["en 214"]),
    ("Los muertos los cifra la ONG en 214.", "la ONG", ["Los muertos", "en 214"]),
    ("En 214 cifra la ONG los muertos.", "la ONG", ["En 214", "los muertos"]),
    ("A 43 elevó el Ministerio los muertos.", "el Ministerio", ["A 43", "los muertos"]),
    ("Las muertes las eleva la ONG a 43.", "la ONG", ["Las muertes", "a 43"]),
    ("La demora la explica el director por un error.", "el director", ["La demora", "por un error"]),
]


@pytest.mark.parametrize(("text", "source", "content"), LAID)
def test_what_stands_before_is_laid_on_its_cause(text: str, source: str | None, content: list[str]) -> None:
    """A pronoun, or a thing that it takes up again, before the verb leaves the cause as what is said."""
    (statement,) = read(text)
    assert (statement.source.quote if statement.source else None) == source
    assert [span.quote for span in statement.content] == content


@pytest.mark.parametrize(
    "text",
    [
        "El alcaide explicó la situación por teléfono.",
        "El ministro explicó el plan por la mañana.",
        "El ministro explicó el plan por la radio.",
        "El ministro justificó el traslado por otros tres años.",
        "La orden se la atribuyen al alcaide.",
        "El aumento se explica por las detenciones.",
        "El guardia lo elevó a la camilla.",
        "En 2024 elevó el Ministerio la multa.",
        "El ministro lo situó en la cárcel de Loma Alta.",
    ],
)
def test_neither_time_nor_means_is_a_cause(text: str) -> None:
    """How and when something was explained is no cause, nor is whoever it is told of."""
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "El problema es que no hay agua.",
        "La verdad es que no hay camas.",
        "La orden del ministerio que regula el fondo es de marzo.",
        "El trabajo con los presos es duro.",
        "No hay amenazas de bomba.",
        "La orden de captura llegó tarde.",
        "La respuesta del alcaide fue tajante.",
        "Las muestras de sangre llegaron tarde.",
    ],
)
def test_other_nouns_tell_nothing(text: str) -> None:
    """Nouns that nobody says, and orders that are papers, hold no words of anybody."""
    assert read(text) == []
