"""Plain Spanish sentences whose subject stands among other things: openings of time and place, other clauses."""

from __future__ import annotations

import pytest

from outlines import found_in
from recuento.read import read


@pytest.mark.parametrize(
    ("opening", "source"),
    [
        ("Ayer por la noche", "el acusado, un exjefe de requisa,"),
        ("El lunes por la tarde", "el intendente del penal"),
        ("El domingo a la noche", "dos guardias"),
        ("El lunes de la semana pasada", "el ministro"),
        ("La semana pasada", "el juez"),
        ("La noche anterior", "un interno"),
        ("Esa misma noche", "el director"),
        ("Todos los días", "los familiares"),
        ("Todas las mañanas", "los internos"),
        ("Horas más tarde", "el Servicio Penitenciario"),
        ("Desde hace meses", "los familiares"),
        ("Desde hace tres años", "la oenegé"),
        ("Dos años después del incendio", "los familiares"),
        ("Al cierre de esta edición", "la fiscalía"),
        ("Frente al penal", "las madres"),
        ("Junto a la puerta", "dos mujeres"),
        ("Consultada por este diario", "la jueza"),
        ("Hasta", "el capellán"),
        ("Hasta el domingo", "los presos"),
    ],
)
def test_what_opens_a_sentence_is_no_part_of_who_speaks(opening: str, source: str) -> None:
    """Time, place and occasion may stand before the subject without a comma."""
    plural = source.startswith(("los", "las", "dos"))
    cue = "dijeron" if plural else "dijo"
    assert found_in(f"{opening} {source} {cue} que faltan camas.") == [
        (source.removesuffix(","), cue, "que faltan camas")
    ]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("La guardia de la noche dijo que no oyó gritos.", "La guardia de la noche"),
        ("El turno de la tarde informó que faltaba un interno.", "El turno de la tarde"),
        ("La Asociación Madres del Domingo dijo que irá al juzgado.", "La Asociación Madres del Domingo"),
        ("El diario La Tarde informó que hubo dos muertos.", "El diario La Tarde"),
        ("Domingo Peralta dijo que no vio nada.", "Domingo Peralta"),
        ("El director, Domingo Peralta, dijo que no vio nada.", "El director, Domingo Peralta"),
        ("Hoy Marcos Telleira dijo que no vio nada.", "Marcos Telleira"),
    ],
)
def test_words_of_time_may_belong_to_a_name(text: str, source: str) -> None:
    """A shift, a newspaper and a man called Domingo keep the word of time that names them."""
    assert [found[0] for found in found_in(text)] == [source]


@pytest.mark.parametrize(
    "text",
    [
        "Cerca del gobernador deslizan que habrá cambios.",
        "Dentro del penal aseguran que no hay comida.",
        "Fuera de micrófono admiten que la cárcel está desbordada.",
        "Después de la reunión dijeron que seguirán el paro.",
    ],
)
def test_near_somebody_nobody_is_named(text: str) -> None:
    """Where only a place or an occasion opens the sentence, who speaks is not told."""
    assert [found[0] for found in found_in(text)] == [""]


_OBJECTS = [
    ("El ministro", "negó", "los traslados"),
    ("La familia", "pidió", "justicia"),
    ("El gobierno", "habla", "de 12 muertos"),
    ("Los guardias", "denunciaron", "agresiones"),
    ("El sindicato", "calcula", "300 vacantes"),
    ("El ministro", "admitió", "tres muertes"),
]


@pytest.mark.parametrize(("source", "cue", "content"), _OBJECTS)
@pytest.mark.parametrize(
    ("joined", "other"),
    [
        (" y el intendente reclama que se pague", "el intendente"),
        (" y los jueces y fiscales dijeron que se verá", "los jueces y fiscales"),
        (" y el juez y la fiscal dijeron que se verá", "el juez y la fiscal"),
        (", y el médico, Hugo Sarría, aseguró que no vio nada", "el médico, Hugo Sarría"),
        (" y la vocera, en rueda de prensa, insistió en que nadie miente", "la vocera"),
    ],
)
def test_who_speaks_next_is_no_part_of_what_was_said(
    source: str, cue: str, content: str, joined: str, other: str
) -> None:
    """What is denied or asked for ends before the clause of somebody else, whose subject begins after "and"."""
    found = found_in(f"{source} {cue} {content}{joined}.")
    assert found[0] == (source, cue, content)
    assert [who for who, *_ in found[1:]] == [other]


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("El director confirmó la fuga y el ministro renunció.", ["la fuga"]),
        ("El director confirmó la fuga y la muerte de un guardia.", ["la fuga y la muerte de un guardia"]),
        ("Los presos reclaman comida y los medicamentos recetados.", ["comida y los medicamentos recetados"]),
        ("El sindicato pidió a los guardias y los médicos que no trabajen.", ["que no trabajen"]),
        (
            "El ministro negó los golpes y las torturas que denunciaron los presos.",
            ["los golpes y las torturas que denunciaron los presos"],
        ),
        (
            "Los delegados cifran en un 35 % la falta de personal y han convocado paros.",
            ["en un 35 % la falta de personal"],
        ),
        ('El director sostiene que esto "no da más" y rechaza el argumento.', ['que esto "no da más"']),
    ],
)
def test_things_joined_by_and_stay_together_and_deeds_do_not(text: str, contents: list[str]) -> None:
    """Two things that are denied stay together; what somebody else, or the speaker, did besides is left out."""
    assert [content for *_, content in found_in(text)] == contents


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "Yo atendí a 214, y los líderes, que llevan las listas, hablaban de 230.",
            "los líderes, que llevan las listas",
        ),
        ("Ayer habló el director y el ministro dijo que no hay muertos.", "el ministro"),
        ("Fueron los médicos los que alertaron que hay tuberculosis.", "los médicos"),
        ("Es el sindicato el que denuncia que faltan 300 guardias.", "el sindicato"),
        ("Los que volvieron del penal dicen que no hay agua.", "Los que volvieron del penal"),
    ],
)
def test_a_clause_before_keeps_its_own_subject(text: str, source: str) -> None:
    """The subject after "and" is alone where a verb stands before it; whom "is" picks out is the subject, too."""
    assert found_in(text)[-1][0] == source


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Mientras el ministro negó los golpes y los gritos, los guardias y los médicos dicen que los hubo.",
            [("el ministro", "los golpes y los gritos"), ("los guardias y los médicos", "que los hubo")],
        ),
        (
            "Aunque el ministro negó las torturas, el fiscal, Luis Sosa, dijo que las hubo.",
            [("el ministro", "las torturas"), ("el fiscal, Luis Sosa", "que las hubo")],
        ),
        ("Tal como lo denunció la Defensoría, hay 12 presos aislados.", [("la Defensoría", "hay 12 presos aislados")]),
        ("Como lo explicó el director, no hay plazas.", [("el director", "no hay plazas")]),
        ("Como nadie lo denunció, el guardia sigue en su puesto.", []),
    ],
)
def test_an_opening_clause_ends_at_its_comma(text: str, found: list[tuple[str, str]]) -> None:
    """What is said in an opening clause ends before the main one, or is the main one: «Tal como lo denunció X»."""
    assert [(source, content) for source, _, content in found_in(text)] == found


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("Tanto el director como los guardias", "director; guardias"),
        ("Tanto Elena Duarte como Raúl Ibarzábal", "Elena Duarte; Raúl Ibarzábal"),
        ("Ni el sindicato ni la empresa", "sindicato; empresa"),
    ],
)
def test_two_who_speak_are_named_apart(source: str, name: str) -> None:
    """«Tanto X como Y» and «ni X ni Y» are two, and their words stay whole."""
    statement = read(f"{source} negaron que hubiera un acuerdo.")[0]
    assert statement.source is not None
    assert (statement.source.quote, statement.speaker.name) == (source, name)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "La policía dice que se ahorcó y la familia asegura que lo mataron.",
            [("La policía", "que se ahorcó"), ("la familia", "que lo mataron")],
        ),
        (
            "Según el director hubo 12 muertos y según los presos fueron 20.",
            [("el director", "hubo 12 muertos"), ("los presos", "fueron 20")],
        ),
        (
            "Según la policía y el ministerio hubo 12 muertos.",
            [("la policía y el ministerio", "hubo 12 muertos")],
        ),
        (
            "El ministro dice que los presos y los guardias aseguran que no hay agua.",
            [
                ("El ministro", "que los presos y los guardias aseguran que no hay agua"),
                ("los presos y los guardias", "que no hay agua"),
            ],
        ),
        (
            "El ministro dice que los presos mienten y que los jueces creen que todo es verdad.",
            [
                ("El ministro", "que los presos mienten y que los jueces creen que todo es verdad"),
                ("los jueces", "que todo es verdad"),
            ],
        ),
    ],
)
def test_one_version_ends_where_the_other_begins(text: str, found: list[tuple[str, str]]) -> None:
    """Two who say at the same time what is so speak side by side; what "que" joins stays inside."""
    assert [(source, content) for source, _, content in found_in(text)] == found
