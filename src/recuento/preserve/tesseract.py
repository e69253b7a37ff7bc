"""The characters in pictures, read by Tesseract where it is installed: in a process with nothing but pixels.

The pictures come from the jail as grey pixels, so what reads them meets no format that somebody outside chose; it runs
with limits of time and memory, without network, and can read the system's libraries and its own models alone.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache

from recuento.model.document import Sureness

WORDS_MAX = 20_000
_WANTED = ("spa", "eng")
_WORD_LEVEL = "5"


@dataclass(frozen=True, slots=True)
class Engine:
    """The Tesseract of this machine: its program, version, and the languages it reads with ("spa+eng")."""

    program: str
    version: str
    languages: str


@dataclass(frozen=True, slots=True)
class PageRead:
    """What was read on a page: lines parted by line feeds, paragraphs by an empty line, and how sure each word is."""

    text: str
    words: tuple[Sureness, ...]


@cache
def engine() -> Engine | None:
    """The engine, None where there is none that reads Spanish or English, or no process can be forked for it."""
    program = shutil.which("tesseract")
    if program is None or not hasattr(os, "fork") or sys.platform == "win32":
        return None
    try:
        version = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=20, check=True)
        listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    number = re.search(r"tesseract\s+v?([\d.]+)", version.stdout + version.stderr)
    there = set((listed.stdout + listed.stderr).split())
    languages = "+".join(language for language in _WANTED if language in there)
    return Engine(program, number[1], languages) if number and languages else None


def arguments(program: str, languages: str) -> list[str]:
    """How it is started: a picture on standard input, a table of words on standard output."""
    return [program, "stdin", "stdout", "-l", languages, "--dpi", "300", "--psm", "3", "tsv"]


def page_from(table: bytes) -> PageRead:
    """The page behind Tesseract's table; lines that are none of a table are passed over."""
    text = ""
    words: list[Sureness] = []
    before: tuple[str, ...] | None = None
    for line in table.decode("utf-8", "replace").split("\n")[1:]:
        cells = line.split("\t")
        if len(cells) != 12 or cells[0] != _WORD_LEVEL or not cells[11].strip() or len(words) >= WORDS_MAX:
            continue
        try:
            percent = round(float(cells[10]))
        except ValueError:
            continue
        here = tuple(cells[1:5])
        word = " ".join(cells[11].split()).replace("\0", "")
        if before is not None:
            text += " " if here == before else "\n" if here[:3] == before[:3] else "\n\n"
        words.append(Sureness(len(text), len(text) + len(word), max(0, min(100, percent))))
        text += word
        before = here
    return PageRead(text, tuple(words))
