"""Write WACZ 1.1.1: archives, their index and a list of pages in one zip, with the hash of every part.

Members are stored, not compressed, so that a player can read one record out of the middle of the file.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import IO, Any

from recuento.preserve.web.cdxj import index_lines

_PROFILE = {"profile": "data-package", "wacz_version": "1.1.1"}
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_BLOCK_BYTES_MAX = 512 << 20


@dataclass(frozen=True, slots=True)
class Page:
    """A page that a reader may start from."""

    id: str
    url: str
    at: datetime
    title: str = ""


def write_wacz(
    file: IO[bytes],
    archives: Iterable[tuple[str, bytes]],
    pages: Sequence[Page],
    *,
    title: str,
    software: str,
    at: datetime,
    more: Iterable[tuple[str, bytes]] = (),
) -> None:
    """Write archives, each with its file name, and what else belongs to them (`more`, with its path) as one WACZ."""
    resources: list[dict[str, Any]] = []
    lines: list[str] = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True) as zipped:

        def add(path: str, data: bytes) -> None:
            zipped.writestr(zipfile.ZipInfo(path, _ZIP_DATE), data)
            name = path.rpartition("/")[2]
            resources.append({"name": name, "path": path, "hash": _hash(data), "bytes": len(data)})

        for name, data in archives:
            add(f"archive/{name}", data)
            lines += index_lines(BytesIO(data), name, _BLOCK_BYTES_MAX)
        add("indexes/index.cdx", "".join(f"{line}\n" for line in sorted(lines)).encode())
        add("pages/pages.jsonl", _pages(pages))
        for path, data in more:
            add(path, data)
        package = _package(resources, pages, title=title, software=software, at=at)
        zipped.writestr(zipfile.ZipInfo("datapackage.json", _ZIP_DATE), package)
        digest = _json({"path": "datapackage.json", "hash": _hash(package)})
        zipped.writestr(zipfile.ZipInfo("datapackage-digest.json", _ZIP_DATE), digest)


def _pages(pages: Sequence[Page]) -> bytes:
    head = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages", "hasText": False}
    told = [{"id": one.id, "url": one.url, "ts": _instant(one.at), "title": one.title or one.url} for one in pages]
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in [head, *told]).encode()


def _package(
    resources: Sequence[dict[str, Any]], pages: Sequence[Page], *, title: str, software: str, at: datetime
) -> bytes:
    main = {"mainPageUrl": pages[0].url, "mainPageDate": _instant(pages[0].at)} if pages else {}
    about = {"title": title, "software": software, "created": _instant(at), **main}
    return _json({**_PROFILE, **about, "resources": list(resources)})


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _hash(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _json(plain: Any) -> bytes:
    return (json.dumps(plain, ensure_ascii=False, indent=2) + "\n").encode()
