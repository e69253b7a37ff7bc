"""`recuento log`: the custody log, its checkpoints and their time stamps."""

from __future__ import annotations

from recuento.cli.bilingual import LazyGroup
from recuento.values.bilingual import Bilingual

_COMMANDS = (
    ("head", "log_head", "Muestra el tamaño y la raíz del registro.", "Show the size and the root of the log."),
    ("checkpoint", "log_checkpoint", "Escribe un punto de control.", "Write a checkpoint."),
    ("stamp", "log_stamp", "Pide los sellos de tiempo que faltan.", "Ask for the time stamps that are missing."),
    (
        "proof",
        "log_proof",
        "Escribe una prueba de inclusión o de continuidad.",
        "Print a proof of inclusion or growth.",
    ),
)


run = LazyGroup("log", lazy=[(name, module, Bilingual(es=es, en=en)) for name, module, es, en in _COMMANDS])
run.words = Bilingual(
    es="""El registro de custodia: todo lo que se obtuvo, se decidió, se publicó y se exportó, en un árbol de Merkle.

Quien guarde un punto de control puede comprobar después que nada de lo anterior cambió.""",
    en="""The custody log: everything obtained, decided, published and exported, in a Merkle tree.

Whoever keeps a checkpoint can tell later that nothing before it was changed.""",
)
