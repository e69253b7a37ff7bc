"""An edition as it is kept: the same bytes in a folder of its own, each page with one line that says which it is.

The line is written when the edition is published and never changes: it names the edition and leads to the same page
of the newest, wherever that will be. Links that leave the edition bear the class "ed"; a frozen page lies one folder
deeper, so they begin with one step up more. Everything else inside an edition leads on as it did.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from recuento.publish.tongue import Tongue

SUMS = "SHA256SUMS"
"""The list of an edition's files with their hashes."""
_BEFORE = b'<div class="wrap">'
_LEAVING = b'class="ed" href="'
_EDITION = b'<p class="edition">'


def folder_of(number: int) -> str:
    """The folder of a frozen edition."""
    return f"v{number}"


def is_frozen(path: str) -> bool:
    """Whether a path of the dossier lies in a frozen edition."""
    head = path.split("/", 1)[0]
    return head.startswith("v") and head[1:].isdigit()


def frozen(path: str, content: bytes, number: int, day: date) -> bytes:
    """The file at `path` of an edition as it is kept in `folder_of(number)`. What is no page in a language stays."""
    language = path.split("/", 1)[0]
    if not path.endswith(".html") or language not in ("es", "en"):
        return content
    tongue = Tongue("es" if language == "es" else "en")
    up = "../" * (path.count("/") + 1)
    line = (
        f'<aside class="frozen" aria-label="{tongue.t("frozen_label")}"><strong>'
        f"{tongue.t('frozen', n=tongue.number(number), date=tongue.day(day))}</strong> "
        f'<a href="{up}{path}">{tongue.t("frozen_newest")}</a></aside>\n'
    )
    return content.replace(_LEAVING, _LEAVING + b"../").replace(_BEFORE, line.encode() + _BEFORE, 1)


def kept(files: Mapping[str, bytes], number: int, day: date) -> dict[str, Callable[[], bytes]]:
    """Every file of an edition as it is kept, by its path in its folder; each is made when it is asked for.

    The site map stays out: it leads to the newest edition.
    """
    return {
        path: partial(frozen, path, content, number, day) for path, content in files.items() if path != "sitemap.xml"
    }


def without_edition(content: bytes) -> bytes:
    """A page without the lines that name its edition, so that two editions that tell the same are the same."""
    while (start := content.find(_EDITION)) != -1:
        content = content[:start] + content[content.index(b"</p>", start) + 4 :]
    return content


def tells_its_edition(path: str) -> bool:
    """Whether a file is different in every edition, whatever it tells: what changed, feeds, citations, the site map."""
    name = posixpath.basename(path)
    return (
        name in ("atom.xml", "changes.json", "edition.json", "sitemap.xml")
        or name.startswith("cite.")
        or path in ("es/cambios/index.html", "en/changes/index.html")
    )
