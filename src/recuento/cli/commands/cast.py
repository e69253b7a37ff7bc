"""`recuento cast`: the actors, facilities and events that recuento.toml names, and adding to them."""

from __future__ import annotations

from recuento.cli.bilingual import LazyGroup
from recuento.values.bilingual import Bilingual

_COMMANDS = (
    ("list", "cast_list", "Muestra el reparto.", "Show the cast."),
    ("actor", "cast_actor", "Añade un actor.", "Add an actor."),
    ("name", "cast_name", "Añade otro nombre de un actor.", "Add another name of an actor."),
    ("facility", "cast_facility", "Añade un centro.", "Add a facility."),
    ("event", "cast_event", "Añade un suceso.", "Add an event."),
)

run = LazyGroup("cast", lazy=[(name, module, Bilingual(es=es, en=en)) for name, module, es, en in _COMMANDS])
run.words = Bilingual(
    es="""Quién habla, dónde y cuándo: lo que nombra recuento.toml.

Aquí se añade, y el resto del archivo queda igual; lo que ya está se cambia en él. Las fuentes selladas van con
recuento seal source.""",
    en="""Who speaks, where and when: what recuento.toml names.

Here it is added to, and the rest of the file stays; what is there already is changed in it. Sealed sources go by
recuento seal source.""",
)
