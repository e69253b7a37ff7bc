"""WACZ files for the tests, written by hand, whole or with a part of them missing or wrong."""

from __future__ import annotations

import hashlib
import json
import zipfile
from io import BytesIO


def wacz(
    archives: dict[str, bytes], *, leave_out: str = "", wrong: str = "", packed: bool = False, more: bytes | None = None
) -> bytes:
    """A WACZ of these archives. `leave_out` is a part or hash that is missing, `wrong` one whose hash is another."""
    parts = {f"archive/{name}": data for name, data in archives.items()}
    parts["pages/pages.jsonl"] = b'{"format": "json-pages-1.0", "id": "pages"}\n'
    resources = [
        {
            "name": path.rpartition("/")[2],
            "path": path,
            "bytes": len(data),
            "hash": f"sha256:{hashlib.sha256(data + (b'x' if wrong == path else b'')).hexdigest()}",
        }
        for path, data in parts.items()
        if leave_out != f"hash {path}"
    ]
    package = json.dumps({"profile": "data-package", "wacz_version": "1.1.1", "resources": resources}).encode()
    told = "sha256:" + hashlib.sha256(package + (b"x" if wrong == "datapackage.json" else b"")).hexdigest()
    parts["datapackage.json"] = package
    parts["datapackage-digest.json"] = json.dumps({"path": "datapackage.json", "hash": told}).encode()
    if more is not None:
        parts["more.txt"] = more
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as zipped:
        for path, data in parts.items():
            if path != leave_out:
                zipped.writestr(zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0)), data, zipped.compression)
    return file.getvalue()
