"""Check a bag that Recuento exported, without Recuento: Python 3.11 or newer and its standard library are enough.

    python verify.py [BAG] [--checkpoint FILE]... [--trust CERTIFICATES.pem] [--lang es|en]

What is checked: every file against the bag's manifests; every original against its document; every row against the
entry of the custody log that recorded it; every entry against its leaf; the log against each checkpoint, those in the
bag and those you kept (--checkpoint); the proofs; the words of every anchor; and what each time stamp was made on. The
signature of a time stamp is checked only with --trust, which names the certificates of the authorities that you trust,
and with the openssl command; else it is said to be unchecked. Ends with 0 where all stands, with 3 where it does not.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_BY_ID = ("origins", "text_layers", "captures", "decisions", "custody_acts", "people_lists", "pair_answers")
_MORE = ("layer_moves", "layer_words", "attachments")
KEYS = {
    "documents": ("sha256",),
    **dict.fromkeys((*_BY_ID, *_MORE), ("id",)),
    "statements": ("document",),  # After the texts, which their anchors are held against.
    "claim_versions": ("claim", "number"),
    "entry_versions": ("entry", "number"),
}
CURRENT = {"documents", "origins", "attachments", "people_lists", "statements"}
SEALED = {"people_lists", "entry_versions", "pair_answers"}
Fault = tuple[str, str, str]
"""Place, and what is wrong with it in Spanish and in English."""


def main(words: Sequence[str] | None = None) -> int:
    """Check the bag that the words name, print what was found, and give the exit code."""
    spanish = any(os.environ.get(name, "").lower().startswith("es") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("bag", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--checkpoint", action="append", type=Path, default=[], help="a checkpoint that you kept")
    parser.add_argument("--trust", type=Path, help="certificates (PEM) of the authorities that you trust")
    parser.add_argument("--lang", choices=("es", "en"), default="es" if spanish else "en")
    asked = parser.parse_args(words)
    checked = Check(asked.bag)
    checked.run(asked.checkpoint, asked.trust)
    spanish = asked.lang == "es"
    for place, es, en in checked.faults:
        sys.stdout.write(f"✗ {place}: {es if spanish else en}\n")
    for es, en in checked.notes:
        sys.stdout.write(f"- {es if spanish else en}\n")
    counts = (checked.files, checked.documents, checked.entries, checked.anchors, checked.checkpoints)
    es = "{} archivos, {} documentos, {} asientos, {} anclas, {} puntos de control"
    en = "{} files, {} documents, {} entries, {} anchors, {} checkpoints"
    sys.stdout.write((es if spanish else en).format(*counts) + "\n")
    if checked.faults:
        sys.stdout.write(f"{len(checked.faults)} {'fallos' if spanish else 'faults'}\n")
        return 3
    sys.stdout.write("Todo lo comprobado se sostiene.\n" if spanish else "Everything that was checked stands.\n")
    return 0


class Check:
    """What is found while a bag is checked."""

    def __init__(self, bag: Path) -> None:
        self.bag = bag
        self.custody = bag / "data" / "custody"
        self.faults: list[Fault] = []
        self.notes: list[tuple[str, str]] = []
        self.files = self.documents = self.entries = self.anchors = self.checkpoints = 0
        self.leaves: dict[str, list[bytes]] = {}
        self.named: dict[tuple[str, str], list[str]] = {}
        self.layers: dict[tuple[str, str], str] = {}

    def run(self, kept: Sequence[Path], trusted: Path | None) -> None:
        """Check everything; what cannot even be read is a fault of its file, and the rest is checked all the same."""
        self._try("bagit.txt", self._bag)
        for tree in ("public", "sealed"):
            if (self.custody / f"{tree}.jsonl").exists() or tree == "public":
                self._try(f"custody/{tree}.jsonl", self._tree, tree)
        for table in KEYS:
            if table not in SEALED or "sealed" in self.leaves:
                self._try(f"custody/rows/{table}.jsonl", self._rows, table)
        for path in [*sorted((self.custody / "checkpoints").glob("*.checkpoint")), *kept]:
            self._try(path.name, self._checkpoint, path)
        self._try("custody/proofs.json", self._proofs)
        for path in sorted((self.custody / "checkpoints").glob("*.tsr")):
            self._try(path.name, self._stamp, path, trusted)
        if not self.checkpoints:
            self._fault("custody/checkpoints", "no hay ningún punto de control", "there is no checkpoint")

    def _try(self, place: str, step: Callable[..., None], *given: Any) -> None:
        try:
            step(*given)
        except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
            why = f"{type(error).__name__} {str(error)[:80]}" if not isinstance(error, UnicodeError) else "UTF-8"
            self._fault(place, f"no se puede leer ({why})", f"cannot be read ({why})")

    def _fault(self, place: str, es: str, en: str) -> None:
        self.faults.append((place, es, en))

    # The bag: every file is listed with its hash, and nothing else is there.

    def _bag(self) -> None:
        if not (self.bag / "bagit.txt").read_text(encoding="utf-8").startswith("BagIt-Version: "):
            self._fault("bagit.txt", "no es una bolsa BagIt", "is no BagIt bag")
        listed = self._manifest("manifest-sha256.txt")
        tags = self._manifest("tagmanifest-sha256.txt")
        there = {path.relative_to(self.bag).as_posix() for path in (self.bag / "data").rglob("*") if path.is_file()}
        for name in sorted(there - listed):
            self._fault(name, "no está en el manifiesto", "is not in the manifest")
        for name in {"bagit.txt", "bag-info.txt", "manifest-sha256.txt"} - tags:
            self._fault(name, "no está en tagmanifest-sha256.txt", "is not in tagmanifest-sha256.txt")

    def _manifest(self, manifest: str) -> set[str]:
        listed = set()
        for line in (self.bag / manifest).read_text(encoding="utf-8").splitlines():
            sha256, name = line.split("  ", 1)
            name = name.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
            listed.add(name)
            self.files += 1
            path = self.bag / name
            if ".." in Path(name).parts or Path(name).is_absolute() or not path.is_file():
                self._fault(name, "falta", "is missing")
            elif _file_hash(path) != sha256:
                self._fault(name, "fue alterado: su huella no es la del manifiesto", "was altered: its hash is another")
        return listed

    # The log: every entry against its leaf and its opening.

    def _tree(self, tree: str) -> None:
        leaves = self.leaves[tree] = []
        for number, entry in enumerate(_lines(self.custody / f"{tree}.jsonl")):
            place = f"custody/{tree}/{number}"
            body, opening = entry["body"], entry["opening"]
            leaf = hashlib.sha256(b"\0" + _bytes(body)).digest()
            leaves.append(leaf)
            self.entries += 1
            if leaf.hex() != entry["leaf"]:
                self._fault(place, "el asiento fue alterado", "the entry was altered")
            if opening is None:
                # Acts on sealed names stay at home: that there was one is all the tree tells.
                if tree == "public" or json.loads(body)["act"] in ("started", "obtained", "decided"):
                    self._fault(place, "falta su apertura", "its opening is gone")
                continue
            if json.loads(body)["commitment"] != hashlib.sha256(_bytes(opening)).hexdigest():
                self._fault(place, "su apertura no es la que comprometió", "its opening is not the one it committed to")
            for table, key, sha256 in json.loads(opening)["rows"]:
                self.named.setdefault((table, _canonical(key)), []).append(sha256)

    # The rows: each is what the log recorded, and the log recorded each.

    def _rows(self, table: str) -> None:
        seen: dict[str, list[Any]] = {}
        for row in _lines(self.custody / "rows" / f"{table}.jsonl"):
            seen.setdefault(_canonical([row[column] for column in KEYS[table]]), []).append(row)
            if table == "documents":
                self._document(row)
            elif table == "text_layers":
                self._layer(row)
            elif table == "statements":
                self._anchors(row, json.loads(row["body"]))
        for key, rows in seen.items():
            shown = f"{table}/{key[:80] if table not in SEALED else '…'}"
            said = self.named.get((table, key), [])
            found = hashlib.sha256(_bytes(_canonical(rows if table == "statements" else rows[0]))).hexdigest()
            if not said:
                self._fault(shown, "el registro no sabe de ello", "the log knows nothing of it")
            elif len(rows) > 1 and table != "statements":
                self._fault(shown, "está dos veces", "is there twice")
            elif any(one != found for one in (said[-1:] if table in CURRENT else said)):
                self._fault(shown, "no es lo que anotó el registro", "is not what the log recorded")
        missing = [key for at, key in self.named if at == table and key not in seen and table != "statements"]
        for key in missing:
            shown = f"{table}/{key[:80] if table not in SEALED else '…'}"
            self._fault(shown, "está en el registro y no aquí", "is in the log and not here")

    def _document(self, row: dict[str, Any]) -> None:
        self.documents += 1
        path = self.bag / "data" / "originals" / str(row["sha256"])
        if not path.is_file() or path.stat().st_size != row["size_bytes"] or _file_hash(path) != row["sha256"]:
            self._fault(f"originals/{row['sha256']}", "falta o fue alterado", "is missing or was altered")

    def _layer(self, row: dict[str, Any]) -> None:
        if hashlib.sha256(_bytes(row["text"])).hexdigest() != row["sha256"]:
            self._fault(f"text_layers/{row['id']}", "el texto fue alterado", "the text was altered")
        self.layers[(row["document"], row["sha256"])] = row["text"]

    def _anchors(self, row: dict[str, Any], part: Any) -> None:
        """Find every {start, end, quote} in a statement, and hold it against the text it points into."""
        if isinstance(part, dict) and part.keys() == {"start", "end", "quote"}:
            self.anchors += 1
            text = self.layers.get((row["document"], row["layer"]), "")
            if text[part["start"] : part["end"]] != part["quote"]:
                place = f"{row['document'][:12]} {row['id']}"
                self._fault(place, "sus palabras no están en el texto", "its words do not stand in the text")
        elif isinstance(part, dict | list):
            for inner in part.values() if isinstance(part, dict) else part:
                self._anchors(row, inner)

    # Checkpoints and proofs.

    def _checkpoint(self, path: Path) -> None:
        origin, size, root = _head(path.read_bytes())
        tree = origin.split("/")[1]
        leaves = self.leaves.get(tree)
        if leaves is None:
            es, en = f"el registro «{tree}» no está en la bolsa", f"the {tree} log is not in the bag"
            if tree == "sealed" and self.bag not in path.parents:
                self._note(path.name, f"{es}, no se comprobó", f"{en}, not checked")
            else:
                self._fault(path.name, es, en)
            return
        self.checkpoints += 1
        if not leaves or origin != f"recuento/{tree}/{leaves[0].hex()[:32]}":
            self._fault(path.name, "es de otro registro", "is of another log")
        elif size > len(leaves):
            self._fault(path.name, "el registro era entonces más largo", "the log was longer then")
        elif _root(leaves[:size]) != root:
            self._fault(path.name, "el registro ya no empieza como entonces", "the log no longer begins as it did then")

    def _proofs(self) -> None:
        text = (self.custody / "proofs.json").read_text(encoding="utf-8")
        proofs = json.loads(text)
        if text != f"{_canonical(proofs)}\n".lower():  # Other letters or blanks: not a byte may be another.
            raise ValueError("A-F")
        roots = {tree: (len(leaves), _root(leaves)) for tree, leaves in self.leaves.items() if leaves}
        said = {one["tree"]: (one["size"], bytes.fromhex(one["root"])) for one in proofs["heads"]}
        if said != roots:
            self._fault("custody/proofs.json", "no es de este registro", "is not of this log")
            return
        proven = set()
        for one in proofs["inclusion"]:
            size, root = roots[one["tree"]]
            leaf = self.leaves[one["tree"]][one["number"]]
            proven.add(one["document"])
            if _included(leaf, one["number"], size, [bytes.fromhex(part) for part in one["path"]]) != root:
                self._fault(f"proof/{one['document'][:12]}", "la prueba no se sostiene", "the proof does not hold")
        for key in [json.loads(key)[0] for table, key in self.named if table == "documents"]:
            if key not in proven:
                self._fault(f"proof/{key[:12]}", "el documento no tiene prueba", "the document has no proof")
        for one in proofs["consistency"]:
            size, root = roots[one["tree"]]
            old_root = _root(self.leaves[one["tree"]][: one["size"]])
            if not _grown(one["size"], old_root, size, root, [bytes.fromhex(part) for part in one["path"]]):
                self._fault(f"proof/{one['tree']}-{one['size']}", "la prueba no se sostiene", "the proof does not hold")

    # Time stamps (RFC 3161).

    def _stamp(self, reply: Path, trusted: Path | None) -> None:
        checkpoint = reply.with_name(re.sub(r"(\.checkpoint)\..*", r"\1", reply.name))
        imprint, moment = _stamped(reply.read_bytes())
        if imprint != hashlib.sha256(checkpoint.read_bytes()).digest():
            self._fault(reply.name, "sella otro texto", "stamps another text")
        elif trusted is None or shutil.which("openssl") is None:
            es, en = "firma no comprobada (--trust)", "signature not checked (--trust)"
            self._note(reply.name, f"dice {moment:%Y-%m-%d %H:%M} UTC; {es}", f"says {moment:%Y-%m-%d %H:%M} UTC; {en}")
        elif not _signed(checkpoint, reply, trusted, moment):
            self._fault(reply.name, "ninguna autoridad de confianza lo firmó", "no authority you trust signed it")
        else:
            self._note(reply.name, f"firmado el {moment:%Y-%m-%d %H:%M} UTC", f"signed on {moment:%Y-%m-%d %H:%M} UTC")

    def _note(self, place: str, es: str, en: str) -> None:
        self.notes.append((f"{place}: {es}", f"{place}: {en}"))


def _file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _lines(path: Path) -> Iterator[Any]:
    with path.open(encoding="utf-8", errors="surrogatepass", newline="\n") as file:
        for line in file:
            plain = json.loads(line)
            if line != _canonical(plain) + "\n":  # A blank more says the same, and is another byte all the same.
                raise ValueError("not as it was written")
            yield plain


def _canonical(plain: Any) -> str:
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def _root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes: pair neighbours, level by level; a last one without a neighbour goes up as it is."""
    level = list(leaves)
    if not level:
        return hashlib.sha256().digest()
    while len(level) > 1:
        paired = [_node(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
        level = paired + (level[-1:] if len(level) % 2 else [])
    return level[0]


def _left(size: int) -> int:
    half = 1
    while half * 2 < size:
        half *= 2
    return half


def _included(leaf: bytes, number: int, size: int, path: list[bytes]) -> bytes | None:
    """The root that an inclusion proof leads to, by the recursive definition of RFC 6962, 2.1.1."""
    if size == 1:
        return leaf if number == 0 and not path else None
    if not path:
        return None
    half = _left(size)
    inner = _included(leaf, number, half, path[:-1]) if number < half else None
    if number < half:
        return inner and _node(inner, path[-1])
    inner = _included(leaf, number - half, size - half, path[:-1])
    return inner and _node(path[-1], inner)


def _grown(old: int, old_root: bytes, size: int, root: bytes, path: list[bytes]) -> bool:
    """Whether a consistency proof holds, by the recursive definition of RFC 6962, 2.1.2."""

    def roots(old: int, size: int, path: list[bytes], whole: bool) -> tuple[bytes, bytes]:
        if old == size:
            found = old_root if whole else path[0]
            if len(path) != (0 if whole else 1):
                raise ValueError("the proof is of another length")
            return found, found
        half, last = _left(size), path[-1]
        if old <= half:
            before, after = roots(old, half, path[:-1], whole)
            return before, _node(after, last)
        before, after = roots(old - half, size - half, path[:-1], False)
        return _node(last, before), _node(last, after)

    try:
        return roots(old, size, path, True) == (old_root, root)
    except (IndexError, ValueError):
        return False


def _head(data: bytes) -> tuple[str, int, bytes]:
    origin, size, root = data.decode("ascii").split("\n")[:3]
    decoded = base64.b64decode(root, validate=True)
    if not origin.startswith("recuento/") or str(int(size)) != size or int(size) < 1:
        raise ValueError("no checkpoint")
    if base64.b64encode(decoded).decode() != root:
        raise ValueError("no root")
    return origin, int(size), decoded


def _values(data: bytes) -> list[tuple[int, bytes]]:
    """The DER values that follow each other in `data`: tag and content."""
    found, at = [], 0
    while at < len(data):
        tag, length, at = data[at], data[at + 1], at + 2
        if length >= 128:
            count = length - 128
            length, at = int.from_bytes(data[at : at + count], "big"), at + count
        found.append((tag, data[at : at + length]))
        at += length
    if at != len(data):
        raise ValueError("a value that is cut off")
    return found


def _stamped(reply: bytes) -> tuple[bytes, datetime]:
    """The hash that a time stamp was made on, and its moment."""
    status, token = _values(_values(reply)[0][1])[:2]
    if _values(status[1])[0][1] not in (b"\0", b"\1"):
        raise ValueError("the authority refused")
    signed = _values(_values(_values(token[1])[1][1])[0][1])
    info = _values(_values(_values(_values(signed[2][1])[1][1])[0][1])[0][1])
    moment = datetime.strptime(info[4][1].decode("ascii")[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    return _values(info[2][1])[1][1], moment


def _signed(checkpoint: Path, reply: Path, trusted: Path, moment: datetime) -> bool:
    words = ["openssl", "ts", "-verify", "-data", str(checkpoint), "-in", str(reply), "-CAfile", str(trusted)]
    done = subprocess.run(
        [*words, "-attime", str(int(moment.timestamp()))], capture_output=True, timeout=60, check=False
    )
    return done.returncode == 0 and b"Verification: OK" in done.stdout + done.stderr


if __name__ == "__main__":
    sys.exit(main())
