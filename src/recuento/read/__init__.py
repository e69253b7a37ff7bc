"""Text to attributed statements, with figures and demands. Works without a casefile."""

from recuento.read.demands.asked_words import read_item, read_measure
from recuento.read.explain import explain
from recuento.read.partition import read_partition
from recuento.read.plugin import OtherReader, Proposal, ReaderFailed, read_with
from recuento.read.reader import read, read_figures
from recuento.read.text.language import language_of
from recuento.read.web_annotations import annotations

__all__ = [
    "OtherReader",
    "Proposal",
    "ReaderFailed",
    "annotations",
    "explain",
    "language_of",
    "read",
    "read_figures",
    "read_item",
    "read_measure",
    "read_partition",
    "read_with",
]
