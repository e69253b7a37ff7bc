"""`recuento keeper`: who keeps the names of sources, and their keys."""

from __future__ import annotations

from recuento.cli.bilingual import LazyGroup
from recuento.values.bilingual import Bilingual

_COMMANDS = (
    ("new", "keeper_new", "Crea la clave de una persona custodia.", "Make the key of a keeper."),
    ("add", "keeper_add", "Añade una persona custodia al caso.", "Add a keeper to the casefile."),
    ("list", "keeper_list", "Muestra quiénes custodian.", "Show the keepers."),
    ("remove", "keeper_remove", "Quita a una persona custodia.", "Remove a keeper."),
    ("split", "keeper_split", "Reparte una clave en partes.", "Split a key into parts."),
    ("join", "keeper_join", "Rehace una clave a partir de sus partes.", "Make a key again from its parts."),
)

run = LazyGroup("keeper", lazy=[(name, module, Bilingual(es=es, en=en)) for name, module, es, en in _COMMANDS])
run.words = Bilingual(
    es="""Quiénes custodian los nombres sellados, y sus claves.

Cada persona crea su clave en su propio equipo; al caso solo llega la mitad pública. Vea docs/sealing.md.""",
    en="""Who keeps the sealed names, and their keys.

Each makes a key on their own machine; only its public half comes to the casefile. See docs/sealing.md.""",
)
