"""An invented story: who wrote it, when, where, its paragraphs; and the chatter that pages put around stories."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

_PLACES = (
    "Valdeoscuro", "Peñas Blancas", "La Cantera", "Río Hondo", "El Mirador", "Los Aromos", "Tres Cruces", "San Lázaro",
    "Colina Seca", "Puerto Gris", "Las Lajas", "Santa Brígida",
)  # fmt: skip
_BODIES = (
    "el Observatorio de Lares", "la Defensoría del Pueblo", "el Ministerio de Servicios Penitenciarios", "la fiscalía",
    "la Pastoral Carcelaria", "una comisión de familiares", "el sindicato de custodios", "la gobernación", "los bomberos",
    "el juzgado tercero de ejecución", "la Cruz Roja local", "la dirección del penal",
)  # fmt: skip
_NAMES = (
    "Elena Ruiz Prado", "Tomás Arrieta", "Lucía Montalvo", "Ignacio Belmonte", "Marta Quiñones", "Rafael Osorio",
    "Noelia Vera", "Andrés Zubiri", "Carmen Lobatón", "Julián Echave", "Rosa Amelia Prieto", "Óscar Benavides",
)  # fmt: skip
_OUTLETS = (
    "Radio Lares", "El Correo de la Sierra", "Diario del Puerto", "La Voz Interior", "Noticias del Valle", "El Faro Sur",
    "Agencia Meridiano", "Tribuna Libre", "Ojo Público de Lares", "La Jornada del Norte",
)  # fmt: skip
_THINGS = (
    "internos", "reclusos", "detenidos", "personas privadas de libertad", "mujeres en prisión preventiva", "jóvenes",
    "presos trasladados", "custodios", "familiares",
)  # fmt: skip
_DID = (
    "{body} informó este {day} que {n} {things} fueron llevados a {place} después de la requisa.",
    "Según {body}, en el penal de {place} quedan {n} {things} en un espacio hecho para {m}.",
    "{name}, vocera de {body}, dijo que nadie ha entregado la lista de los trasladados.",
    "“No sabemos dónde está mi hermano desde el {day}; nos dicen que volvamos mañana”, contó una mujer a las puertas.",
    "De los {n} heridos, {m} siguen en el hospital de {place}, de acuerdo con {body}.",
    "La versión oficial habla de {n} {things}; {body} cuenta al menos {m}.",
    "El operativo empezó a las {hour} y terminó pasada la medianoche, con {n} agentes y {m} vehículos.",
    "En los pabellones {n} y {m} no hubo agua durante tres días, denunció {name}.",
    "{body} pidió que se publique el parte médico de las {n} personas que fueron atendidas.",
    "“Las cifras no cuadran: entraron {n}, salieron {m} y nadie explica la diferencia”, resumió {name}.",
    "La última visita se permitió el {day}, cuando {n} familias pudieron pasar por la puerta norte.",
    "Un informe de {body} señala que la población del centro creció {m} por ciento en dos años.",
    "Los hechos ocurrieron en {place}, a {n} kilómetros de la capital del estado.",
    "{name} pidió no sacar conclusiones antes de que terminen los peritajes, que podrían tardar {m} semanas.",
    "El juzgado ordenó que {n} {things} fueran examinados por médicos independientes antes del {day}.",
    "No hubo respuesta de {body} a las preguntas enviadas por este medio hasta la hora de cierre.",
    "Entre los trasladados hay {m} personas mayores de sesenta años y {n} con enfermedades crónicas.",
    "La requisa dejó {n} colchones quemados y {m} celdas sin puerta, según las fotografías que mostró {name}.",
    "El presupuesto de alimentación alcanza para {n} raciones diarias, aunque en {place} duermen {m} {things}.",
    "{body} recordó que en el motín anterior murieron {m} {things} y que el expediente sigue abierto.",
    "A la salida, {name} insistió en que el conteo de la noche se hizo delante de testigos.",
    "Hasta el {day} se habían presentado {n} recursos de amparo y se habían resuelto {m}.",
)
_WORDS = (
    "Trasladan a {n} {things} del penal de {place}", "{place}: familiares exigen la lista de los {n} trasladados",
    "Denuncian hacinamiento de {things} en {place}", "Incendio en {place} deja {n} heridos y muchas preguntas",
    "Qué se sabe de la requisa en la cárcel de {place}", "El conteo que no cuadra en {place}",
    "Cierran el pabellón {m} de {place} tras la protesta",
)  # fmt: skip
_DAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
    "diciembre",
)  # fmt: skip
_CHATTER = (
    "Sube el precio del pan en la sierra", "El equipo local gana en el último minuto", "Cinco recetas para la lluvia",
    "Abren la inscripción para el censo", "La feria del libro vuelve a la plaza", "Corte de luz programado en tres barrios",
    "Así será el clima el fin de semana", "Muere el músico que puso voz a una generación", "Las rutas más lentas del país",
    "Cómo pagar los impuestos por internet", "Reabren el puente viejo", "La escuela que aprende con huertas",
)  # fmt: skip
_COMMENTS = (
    "Siempre lo mismo, nadie da la cara.", "Mi primo trabaja ahí y dice que es peor.", "Publiquen la lista completa.",
    "Qué vergüenza de país, de verdad.", "Gracias por seguir informando.", "Y las autoridades bien, gracias.",
)  # fmt: skip


@dataclass(frozen=True)
class Story:
    """A story as its author wrote it. `at` is when it was published; `author` may be nobody."""

    title: str
    standfirst: str
    paragraphs: tuple[str, ...]
    subheads: tuple[str, ...]
    author: str | None
    outlet: str
    at: datetime
    place: str
    chance: random.Random = field(compare=False)

    @property
    def day(self) -> str:
        """The day as pages write it out."""
        return f"{self.at.day} de {MONTHS[self.at.month - 1]} de {self.at.year}"

    @property
    def iso(self) -> str:
        """The instant as markup declares it."""
        return f"{self.at:%Y-%m-%dT%H:%M:00}-04:00"

    def chatter(self, count: int) -> list[str]:
        """Headlines of other stories."""
        return [self.chance.choice(_CHATTER) for _ in range(count)]

    def comments(self, count: int) -> list[str]:
        """What readers wrote below."""
        return [f"{self.chance.choice(_COMMENTS)} {self.chance.choice(_COMMENTS)}" for _ in range(count)]

    def aside(self) -> str:
        """A sentence of the same kind that is no part of the story: the teaser of another one."""
        return sentence(self.chance)


def story(seed: str) -> Story:
    """The story of that seed."""
    chance = random.Random(seed)
    count = chance.choice((3, 5, 6, 8, 8, 10, 12))
    filled = _filled(chance, chance.choice(_WORDS))
    return Story(
        title=filled[0].upper() + filled[1:],
        standfirst=sentence(chance),
        paragraphs=tuple(" ".join(_distinct(chance)) for _ in range(count)),
        subheads=tuple(_filled(chance, chance.choice(_WORDS)) for _ in range(2)),
        author=chance.choice((*_NAMES, None)),
        outlet=chance.choice(_OUTLETS),
        at=datetime(2019, 1, 5, 6, 0) + timedelta(minutes=chance.randrange(3_600_000)),
        place=chance.choice(_PLACES),
        chance=chance,
    )


def sentence(chance: random.Random) -> str:
    """One sentence of the news."""
    words = _filled(chance, chance.choice(_DID))
    return words[0].upper() + words[1:]


def _distinct(chance: random.Random) -> list[str]:
    return [_capital(_filled(chance, one)) for one in chance.sample(_DID, chance.randint(1, 4))]


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def _filled(chance: random.Random, words: str) -> str:
    return words.format(
        body=chance.choice(_BODIES),
        name=chance.choice(_NAMES),
        place=chance.choice(_PLACES),
        things=chance.choice(_THINGS),
        day=chance.choice(_DAYS),
        n=chance.randint(11, 480),
        m=chance.randint(2, 95),
        hour=f"{chance.randint(1, 11)}:{chance.choice(('00', '15', '30', '45'))}",
    )
