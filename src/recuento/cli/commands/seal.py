"""`recuento seal`: who a casefile's sources are, sealed."""

from __future__ import annotations

from recuento.cli.bilingual import LazyGroup
from recuento.values.bilingual import Bilingual

_COMMANDS = (
    ("source", "seal_source", "Crea una fuente con un nombre al azar.", "Make a source under a random id."),
    ("add", "seal_add", "Sella un dato o un archivo de una fuente.", "Seal a value or a file of a source."),
    ("list", "seal_list", "Muestra las fuentes, sin abrirlas.", "Show the sources, without opening them."),
    ("open", "seal_open", "Abre una fuente, con clave y motivo.", "Open a source, with a key and a purpose."),
    ("packet", "seal_packet", "Abre un paquete del servidor.", "Open a packet of the server."),
    ("grant", "seal_grant", "Concede fuentes a otra persona custodia.", "Grant sources to another keeper."),
    ("revoke", "seal_revoke", "Retira fuentes a una persona custodia.", "Take sources from a keeper."),
    ("destroy", "seal_destroy", "Destruye la clave de una fuente.", "Destroy the key of a source."),
    ("document", "seal_document", "Marca un documento como confidencial.", "Mark a document confidential."),
    (
        "editions",
        "seal_editions",
        "Borra de ediciones guardadas lo que ya es privado.",
        "Blank what is private by now in kept editions.",
    ),
    ("check", "seal_check", "Busca lo sellado en un dosier ya escrito.", "Look for sealed values in a dossier."),
    ("sweep", "seal_sweep", "Quita restos de órdenes interrumpidas.", "Remove what interrupted commands left."),
)

run = LazyGroup("seal", lazy=[(name, module, Bilingual(es=es, en=en)) for name, module, es, en in _COMMANDS])
run.words = Bilingual(
    es="""Quiénes son las fuentes, testigos y personas que piden reserva: sellado para dos a cinco personas custodias.

Sellar no pide clave; abrir pide la de una persona custodia y un motivo, y queda en el registro. Lo demás del caso
funciona sin ninguna clave. Vea docs/sealing.md.""",
    en="""Who the sources, witnesses and persons are that ask for confidence: sealed to two to five keepers.

Sealing needs no key; opening needs that of a keeper and a purpose, and is in the log. The rest of the casefile works
without any key. See docs/sealing.md.""",
)
