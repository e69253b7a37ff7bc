"""What stands between a Spanish verb and its words, or interrupts them; every sentence here is invented."""

from __future__ import annotations

import pytest

from recuento.read import read


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("El servicio confirmó en un primer boletín 12 fallecidos y 14 heridos.", "12 fallecidos y 14 heridos"),
        ("La jueza le ha pedido esta vez un calendario.", "un calendario"),
        ("La junta desmintió, mediante un audio, las versiones sobre una huelga.", "las versiones sobre una huelga"),
        ("El alcalde lamentó lo ocurrido y prometió ayuda a las familias.", "ayuda a las familias"),
        ("El gobernador anunció la construcción de un patio.", "la construcción de un patio"),
        ("Preguntó si podía verlo y le contestaron que volviera mañana.", "que volviera mañana"),
        ("El juez da por probado que los guardias mintieron.", "que los guardias mintieron"),
        ("Cayó el alcaide, que negó los hechos.", "los hechos"),
        ("Como ha reconocido el propio alcaide, no hay agua.", "no hay agua"),
        ("Según él mismo contó, no hay agua.", "no hay agua"),
        ("Irán anunció que bajaría el precio, aunque no precisó cuánto.", "que bajaría el precio"),
        ("La capellana recomendó a todos serenidad.", "serenidad"),
        ("Su director, Iván Sol, nos confirmó por escrito que ningún cuerpo ardió.", "que ningún cuerpo ardió"),
        ("La alcaidesa se comprometió por escrito a reparar la bomba.", "a reparar la bomba"),
        ("El servicio informa a la opinión pública que es falso el rumor.", "que es falso el rumor"),
        ("Aparece un hombre. Dice ser del ministerio.", "ser del ministerio"),
        ("Una vecina recordaba haber oído diez disparos.", "haber oído diez disparos"),
        (
            "La advertencia de los bomberos de que la bomba fallaría se archivó sin respuesta.",
            "de que la bomba fallaría",
        ),
    ],
)
def test_times_places_and_manners_may_stand_before_what_is_said(text: str, content: str) -> None:
    """Between the verb and what it governs may stand when, where and how."""
    assert content in [text[a.start : a.end] for s in read(text) for a in s.content]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "El hacinamiento pasó del 118 % al 176 % este año y, según calcula la universidad, llegará al 200 %.",
            ["llegará al 200 %"],
        ),
        (
            "Liberaron a tres rehenes, y a los cinco restantes, aseguran, los canjearán por comida.",
            ["a los cinco restantes", "los canjearán por comida"],
        ),
        (
            "Aparecieron doscientos teléfonos; a los dos días, se queja un inspector, había otros tantos.",
            ["a los dos días", "había otros tantos"],
        ),
        (
            "La jueza dijo que un guardia abrió la reja y que otro, según le admitió su abogado, cobró 800 pesos.",
            ["otro", "cobró 800 pesos"],
        ),
        ("Se trata, a juicio de los peritos, de una muerte violenta.", ["Se trata", "de una muerte violenta"]),
        (
            "Que sean doce o catorce, dice el forense, «es lo de menos».",
            ["Que sean doce o catorce", "«es lo de menos»"],
        ),
    ],
)
def test_what_interrupts_a_clause_is_held_to_it(text: str, content: list[str]) -> None:
    """Who is named between commas said the clause that the commas interrupt, and not what was joined to it."""
    assert content in [[text[a.start : a.end] for a in s.content] for s in read(text)]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        (
            "Murieron dos, según consta en el acta que firmó el juez.",
            "el acta que firmó el juez",
            "según consta",
            "Murieron dos",
        ),
        (
            "El penal, a decir del coronel Rey, está tranquilo.",
            "coronel Rey",
            "a decir del",
            "El penal | está tranquilo",
        ),
        (
            "A juzgar por lo que cuentan las presas, no hay agua.",
            "las presas",
            "A juzgar por lo que cuentan",
            "no hay agua",
        ),
        (
            "La foto es de 2016, según pudo determinar este diario.",
            "este diario",
            "según pudo determinar",
            "La foto es de 2016",
        ),
        ("A su modo de ver, no hay agua.", "", "A su modo de ver", "no hay agua"),
        ("Preguntado por si negocian, el portavoz dijo que no.", "", "Preguntado", "por si negocian"),
        ("El gremio dice que son 300; el director, que menos de 200.", "el director", "", "que menos de 200"),
        ("El gremio dice que son 300; el director, que menos de 200.", "El gremio", "dice", "que son 300"),
        (
            "«Aquí no se ha torturado a nadie». Con esa frase se despidió el ministro.",
            "",
            "",
            "«Aquí no se ha torturado a nadie»",
        ),
        ("Había dos muertos, dejó constancia el cabo.", "el cabo", "dejó constancia", "Había dos muertos"),
        ("La junta expresó su alarma por los golpes.", "La junta", "expresó", "su alarma por los golpes"),
        ("La capellana confió a este diario que no hay agua.", "La capellana", "confió", "que no hay agua"),
    ],
)
def test_statements_whose_verb_is_wrapped_or_left_out(text: str, source: str, cue: str, content: str) -> None:
    """Documents, phrases and verbs said before tell who says what."""
    found = []
    for s in read(text):
        spans = (
            text[s.source.start : s.source.end] if s.source else "",
            text[s.cue.start : s.cue.end] if s.cue else "",
            " | ".join(text[a.start : a.end] for a in s.content),
        )
        found.append(spans)
    assert (source, cue, content) in found


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "Un guardia cobró 500 lempiras. Así consta en el acta del juez.",
            "el acta del juez",
            "Un guardia cobró 500 lempiras",
        ),
        ("No hubo disparos. Así lo afirmó el jefe de guardia.", "el jefe de guardia", "No hubo disparos"),
        ("Nadie abrió la puerta. Lo cuenta Rosa, que estaba allí.", "Rosa, que estaba allí", "Nadie abrió la puerta"),
        ("«No hay agua», se lee en el texto.", "el texto", "«No hay agua»"),
        ("El libro dice que a las dos. El parte, que a la una.", "El parte", "que a la una"),
        ("La versión del alcaide es que la llave apareció.", "alcaide", "que la llave apareció"),
        ("Habló la portavoz, Irene Mas: aseguró que no hay agua.", "la portavoz, Irene Mas", "que no hay agua"),
        ("No pasó del papel, como reconocía hace un año la ministra.", "la ministra", "No pasó del papel"),
        ("De los otros dos, agregó, «hay indicios de fuga».", "", "De los otros dos | «hay indicios de fuga»"),
        ("Pidió agua y reclamó, una vez más, un plan de obras.", "", "un plan de obras"),
        ("Exijo, además, una rectificación.", "", "una rectificación"),
        (
            "Según Ana Paz, portavoz de la junta, el penal está lleno.",
            "Ana Paz, portavoz de la junta",
            "el penal está lleno",
        ),
        ("Según Ana Paz, el penal, que está lleno, cerrará.", "Ana Paz", "el penal, que está lleno, cerrará"),
        ("La madre se levantó y dijo que no tenía miedo.", "La madre", "que no tenía miedo"),
        ("El cabo ordenó a dos internos que limpiaran la celda.", "El cabo", "que limpiaran la celda"),
        (
            "«Lo repetimos en 2018», lamenta el autor de un informe que advertía del riesgo.",
            "el autor de un informe que advertía del riesgo",
            "«Lo repetimos en 2018»",
        ),
        ("El juez ha pedido a los periodistas «un poco de paciencia».", "El juez", "«un poco de paciencia»"),
        ("La diputada afeó al ministro que tardara once días.", "La diputada", "que tardara once días"),
        (
            "Un asesor comentó, a condición de mantener el anonimato, que «vienen más detenciones».",
            "Un asesor",
            "que «vienen más detenciones»",
        ),
        ("Torres advirtió que, si no comparece, pedirá su destitución.", "", "su destitución"),
        (
            "«No hay agua», narró Kevin, uno de los afectados; su madre lloraba.",
            "Kevin, uno de los afectados",
            "«No hay agua»",
        ),
        ("Hubo multas; el alcaide no cobró ninguna, según la junta.", "la junta", "el alcaide no cobró ninguna"),
        ("Cerraron el patio, lo cual, añadió, «es legítimo».", "", "«es legítimo»"),
        (
            "Otras encuestas, como la del sindicato, revelan que faltan guardias.",
            "Otras encuestas, como la del sindicato",
            "que faltan guardias",
        ),
        ("Su vocera lo negó anoche.", "Su vocera", "lo"),
        ("«Ahí están los nombres», la retó.", "", "«Ahí están los nombres»"),
        (
            "Desde el ministerio, que dirige Hugo Paz, dijeron que no hay agua.",
            "el ministerio, que dirige Hugo Paz",
            "que no hay agua",
        ),
        (
            "El tribunal ordenó al ministerio de Justicia y al de Salud trasladar a los enfermos.",
            "El tribunal",
            "trasladar a los enfermos",
        ),
        (
            "De ese total, detalló la perita Rita Sol, en 26 casos los cuerpos tenían golpes.",
            "la perita Rita Sol",
            "De ese total | en 26 casos los cuerpos tenían golpes",
        ),
        ("La asamblea pide cuentas por el plan.", "La asamblea", "cuentas por el plan"),
        ("Vio, dijo, paredes con impactos de bala.", "", "Vio | paredes con impactos de bala"),
        ("Los había copiado, explicó, de la pared.", "", "Los había copiado | de la pared"),
        (
            "Faltan médicos: en el último concurso, dijo, se presentaron cuatro.",
            "",
            "en el último concurso | se presentaron cuatro",
        ),
        ("Ha apuntado, asegura, las peticiones que hizo.", "", "Ha apuntado | las peticiones que hizo"),
    ],
)
def test_a_sentence_may_tell_who_said_the_one_before_or_be_interrupted(text: str, source: str, content: str) -> None:
    """What was said stands before «así lo dijo X», and around a verb alone between commas."""
    found = []
    for s in read(text):
        words = text[s.source.start : s.source.end] if s.source else ""
        found.append((words, " | ".join(text[a.start : a.end] for a in s.content)))
    assert (source, content) in found


def test_who_is_cited_beside_is_not_the_subject_of_what_follows() -> None:
    """«... como aseguran los padres, y sostuvo que»: the subject is that of the sentence."""
    text = "El ministro negó que hubiera heridos, como aseguran los padres de dos presos, y sostuvo que no hay agua."
    last = read(text)[-1]
    assert last.source is not None and text[last.source.start : last.source.end] == "El ministro"
