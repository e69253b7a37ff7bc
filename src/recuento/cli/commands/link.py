"""`recuento link`: lists of names, and the persons behind them."""

from __future__ import annotations

from recuento.cli.bilingual import LazyGroup
from recuento.values.bilingual import Bilingual

_COMMANDS = (
    ("import", "link_import", "Importa una lista de nombres.", "Import a list of names."),
    ("lists", "link_lists", "Muestra las listas.", "Show the lists."),
    ("run", "link_run", "Enlaza los registros en personas.", "Link the entries into persons."),
    ("review", "link_review", "Pregunta por los pares que más importan.", "Ask about the pairs that matter most."),
    ("pair", "link_pair", "Explica un par de registros.", "Explain a pair of entries."),
    ("answers", "link_answers", "Muestra o deshace respuestas.", "Show answers, or take one back."),
    ("calibration", "link_calibration", "Compara probabilidades y respuestas.", "Compare probabilities and answers."),
    ("overlap", "link_overlap", "Escribe la tabla de coincidencias.", "Write the table of overlaps."),
    ("simulate", "link_simulate", "Inventa listas de prueba.", "Invent lists for testing."),
)

run = LazyGroup("link", lazy=[(name, module, Bilingual(es=es, en=en)) for name, module, es, en in _COMMANDS])
run.words = Bilingual(
    es="""Listas de nombres y las personas que hay detrás.

Los nombres no salen del caso: ni a los registros ni al dosier.""",
    en="""Lists of names, and the persons behind them.

No name leaves the casefile: not into logs, nor into the dossier.""",
)
