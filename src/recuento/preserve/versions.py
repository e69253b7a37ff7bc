"""The versions of the extractors: our own number, raised whenever one reads differently, and that of its library.

Here and not beside the parsers, so that the main process can tell what is out of date without loading one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.metadata import version

from recuento.preserve.tesseract import engine

EXTRACTORS: Mapping[str, tuple[int, str | None]] = {
    "csv": (1, None),
    "docx": (1, "mammoth"),
    "html": (2, "trafilatura"),
    "html-data": (1, None),
    "html-whole": (1, None),
    "mail": (1, None),
    "pdf": (1, "pypdfium2"),
    "pdf-second": (1, "pypdf"),
    "plain": (1, None),
    "xlsx": (1, "openpyxl"),
}
"""Each extractor by name: its own number, and the library it stands on."""


OCR = "ocr"
_OCR_OWN = 1


@cache
def version_of(extractor: str) -> str:
    """The version of an extractor, as a text layer bears it: "1 (mammoth 1.12.0)".

    That of the reader of pictures names the engine of this machine and its languages, or none.
    """
    if extractor == OCR:
        found = engine()
        told = f"tesseract {found.version} {found.languages}" if found is not None else "no tesseract"
        return f"{_OCR_OWN} ({told}, pypdfium2 {version('pypdfium2')}, pillow {version('pillow')})"
    own, library = EXTRACTORS[extractor]
    return str(own) if library is None else f"{own} ({library} {version(library)})"


def is_current(extractor: str, made_by: str) -> bool:
    """Whether a layer that bears this name and version was made by the extractor as it is now."""
    if extractor == OCR and engine() is None:
        # Where there is none, what another machine has read stands.
        return True
    if extractor not in EXTRACTORS and extractor != OCR:
        return False
    return made_by.split(";")[0] == version_of(extractor)


def own_number(made_by: str) -> str:
    """Our own number in the version of a layer: where it is the same, only a library may have changed."""
    return made_by.split(";")[0].split(" ")[0]


@cache
def fingerprint() -> str:
    """What the texts of this installation depend on: when it changes, extracting again may give another layer."""
    return "|".join(f"{name} {version_of(name)}" for name in sorted((*EXTRACTORS, OCR)))
