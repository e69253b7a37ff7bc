"""The whole corpus, in the order of its kinds."""

from __future__ import annotations

import random
from itertools import chain
from pathlib import Path

from hostile_files.bombs import archives, office
from hostile_files.damaged import cut, encodings, flipped, inside_office, names_inside, trivial, wrong_names
from hostile_files.hostile import Hostile
from hostile_files.letters import letters
from hostile_files.markup import feeds, pages, xml
from hostile_files.pdfs import streams, structures
from hostile_files.pictures import pictures, polyglots
from hostile_files.tables_and_texts import old_office, tables
from hostile_files.web_archives import web_archives

SEED = 20310324


def corpus(folder: Path, seed: int = SEED) -> list[Hostile]:
    """Every file, the same for the same seed. Entities from outside ask for a file in `folder`."""
    chance = random.Random(seed)
    made = chain(
        trivial(),
        wrong_names(chance),
        cut(),
        flipped(chance),
        inside_office(chance),
        names_inside(),
        encodings(chance),
        archives(),
        office(),
        xml(folder),
        pages(),
        feeds(),
        streams(),
        structures(chance),
        letters(),
        tables(),
        old_office(),
        pictures(),
        polyglots(),
        web_archives(chance),
    )
    return list(made)
