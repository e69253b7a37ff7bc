"""The exported bag, checked by the verifier it brings with it, in a Python that knows nothing of Recuento."""

from __future__ import annotations

import ast
import json
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from custody_case import AT, filled, flipped, forge_manifests
from recuento.casefile.casefile import Casefile
from recuento.casefile.custody.custody import CHECKPOINTS
from recuento.casefile.custody.timestamps import AUTHORITIES
from recuento.casefile.keeping import bag_verifier
from recuento.casefile.keeping.bagging import VERIFIER, export_bag
from recuento.casefile.keeping.verifying import verify
from recuento.errors import CheckFailed
from recuento.store import log
from time_authority import Authority

ALTERATIONS = 100


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Casefile:
    """A casefile with an entry of every kind in its log."""
    return filled(tmp_path_factory.mktemp("case"))


@pytest.fixture(scope="module")
def exported(case: Casefile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bag of it, with its lists."""
    folder = tmp_path_factory.mktemp("bag") / "bag"
    export_bag(case, folder, by="ana", at=AT, lists=True)
    return folder


@pytest.fixture
def bag(exported: Path, tmp_path: Path) -> Path:
    """A copy of the bag to spoil."""
    return Path(shutil.copytree(exported, tmp_path / "bag"))


def stands(bag: Path, *words: str) -> bool:
    """What the verifier says, run inside this process."""
    return bag_verifier.main([str(bag), "--lang", "en", *words]) == 0


def missed(bag: Path, spoil: Callable[[Path, random.Random], None], paths: list[Path]) -> list[str]:
    """Spoil one file after the other, putting each back, and give those where the verifier finds nothing."""
    chance = random.Random(11)
    found_nothing = []
    for _ in range(ALTERATIONS):
        path = chance.choice(paths)
        before = path.read_bytes()
        spoil(path, chance)
        if stands(bag):
            found_nothing.append(f"{path.relative_to(bag)}")
        path.write_bytes(before)
    return found_nothing


def flip(path: Path, chance: random.Random) -> None:
    """One byte another."""
    path.write_bytes(flipped(path.read_bytes(), chance))


def evidence(bag: Path) -> list[Path]:
    """The originals, the rows, the log, the checkpoints and the proofs."""
    found = [*(bag / "data" / "originals").iterdir(), *(bag / "data" / "custody").rglob("*")]
    return sorted(path for path in found if path.is_file() and path.stat().st_size)


def test_a_line_end_that_became_a_blank_is_found(bag: Path) -> None:
    """The rows would say the same; the byte is another. One such in 10,000 alterations was once passed over."""
    paths = [path for path in evidence(bag) if path.suffix in (".json", ".jsonl")]
    for path in paths:
        before = path.read_bytes()
        path.write_bytes(before[:-1] + b" ")
        forge_manifests(bag)
        assert not stands(bag), path.name
        path.write_bytes(before)
    forge_manifests(bag)
    assert paths and stands(bag)


def test_it_stands_without_recuento(exported: Path) -> None:
    """In an isolated Python without any package the bag verifies, in both languages."""
    for language, words in (("es", "Todo lo comprobado se sostiene"), ("en", "Everything that was checked stands")):
        done = subprocess.run(
            [sys.executable, "-I", "-S", str(exported / VERIFIER), "--lang", language], capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert words in done.stdout


def test_the_verifier_is_short_and_needs_nothing() -> None:
    """At most 400 lines, and every import from the standard library."""
    text = Path(bag_verifier.__file__).read_text(encoding="utf-8")
    assert text.count("\n") <= 400
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names])
    }
    assert imported <= sys.stdlib_module_names


def test_every_byte_of_the_bag_counts(bag: Path) -> None:
    """One byte of any file another, also of a manifest: the verifier finds it."""
    files = sorted(path for path in bag.rglob("*") if path.is_file() and path.stat().st_size)
    assert missed(bag, flip, files) == []


def test_careful_alterations_are_found_by_the_log(bag: Path) -> None:
    """With the manifests made anew after each alteration, the log still tells of every one."""

    def forge(path: Path, chance: random.Random) -> None:
        flip(path, chance)
        forge_manifests(bag)

    assert missed(bag, forge, evidence(bag)) == []


def test_the_same_hash_in_other_letters_is_found(bag: Path) -> None:
    """A proof whose hexadecimal digit is a capital says the same, and yet a byte of it was altered."""
    proofs = bag / "data" / "custody" / "proofs.json"
    before = proofs.read_text(encoding="utf-8")
    place = before.index('"root":"') + 8 + next(n for n, c in enumerate(before.split('"root":"')[1]) if c in "abcdef")
    proofs.write_text(before[:place] + before[place].upper() + before[place + 1 :], encoding="utf-8")
    forge_manifests(bag)
    assert not stands(bag)


def test_without_the_log_careful_alterations_would_pass(bag: Path) -> None:
    """Sabotage: where only manifests are checked, as in any bag, careful alterations are not found."""

    def manifests_hold(bag: Path) -> bool:
        check = bag_verifier.Check(bag)
        check._bag()
        return not check.faults

    chance = random.Random(11)
    flip(chance.choice(evidence(bag)), chance)
    assert not manifests_hold(bag)
    forge_manifests(bag)
    assert manifests_hold(bag)


@pytest.mark.parametrize("table", ["decisions", "claim_versions", "entry_versions", "documents", "origins"])
def test_rows_cannot_come_or_go(bag: Path, table: str) -> None:
    """A row left out, or one slipped in, is found although the manifests were made anew."""
    path = bag / "data" / "custody" / "rows" / f"{table}.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[1:]), encoding="utf-8")
    forge_manifests(bag)
    assert not stands(bag)
    slipped = json.loads(lines[0])
    slipped[log.KEYS[table][-1]] = 77 if isinstance(slipped[log.KEYS[table][-1]], int) else "f" * 64
    path.write_text("".join([*lines, json.dumps(slipped) + "\n"]), encoding="utf-8")
    forge_manifests(bag)
    assert not stands(bag)


def test_a_log_cut_short_is_found_by_the_checkpoint_somebody_kept(bag: Path, case: Casefile) -> None:
    """Without the last entry and every trace of it a bag stands alone, and falls against the casefile's checkpoint."""
    custody = bag / "data" / "custody"
    log_file = custody / "public.jsonl"
    lines = log_file.read_text(encoding="utf-8").splitlines(keepends=True)
    log_file.write_text("".join(lines[:-1]), encoding="utf-8")
    acts = custody / "rows" / "custody_acts.jsonl"
    acts.write_text("".join(acts.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8")
    kept = sorted((case.folder / CHECKPOINTS).glob("public*"))[-1]
    (custody / "checkpoints" / kept.name).unlink()
    leaves = [bag_verifier.hashlib.sha256(b"\0" + json.loads(line)["body"].encode()).digest() for line in lines[:-1]]
    tree = log.MerkleTree(leaves)
    proofs = json.loads((custody / "proofs.json").read_text(encoding="utf-8"))
    proofs["heads"][0] = {"tree": "public", "size": tree.size, "root": tree.root().hex()}
    for one in proofs["inclusion"]:
        one["path"] = [part.hex() for part in tree.inclusion_proof(one["number"])]
    proofs["consistency"] = [one for one in proofs["consistency"] if one["tree"] == "sealed"]
    (custody / "proofs.json").write_text(log.canonical(proofs) + "\n", encoding="utf-8")
    forge_manifests(bag)
    assert stands(bag)
    assert not stands(bag, "--checkpoint", str(kept))


def test_lists_of_names_stay_at_home_unless_asked(case: Casefile, tmp_path: Path) -> None:
    """Without lists no name of one, no entry about one and no sealed checkpoint is in the bag, and it stands."""
    export_bag(case, tmp_path / "bag", by="ana", at=AT)
    assert stands(tmp_path / "bag")
    for path in (tmp_path / "bag").rglob("*"):
        assert "sealed" not in path.name or path.name == VERIFIER
        assert path.is_dir() or b"PRUEBASOLA" not in path.read_bytes()


def test_the_export_is_in_the_log_and_leaves_a_checkpoint(case: Casefile, tmp_path: Path) -> None:
    """Casefile and bag both know of the export, and the casefile keeps the checkpoint that the bag carries."""
    export_bag(case, tmp_path / "bag", by="ana", at=AT)
    acts = (tmp_path / "bag" / "data" / "custody" / "rows" / "custody_acts.jsonl").read_text(encoding="utf-8")
    assert json.loads(acts.splitlines()[-1])["act"] == "exported"
    theirs = {path.name for path in (tmp_path / "bag" / "data" / "custody" / "checkpoints").iterdir()}
    assert theirs <= {path.name for path in (case.folder / CHECKPOINTS).iterdir()}
    assert verify(case).faults == ()


def test_no_bag_into_a_full_folder_or_of_a_log_that_does_not_hold(case: Casefile, tmp_path: Path) -> None:
    """Both are refused before anything is written."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("x", encoding="utf-8")
    with pytest.raises(CheckFailed, match="not empty"):
        export_bag(case, tmp_path / "full", by="ana", at=AT)
    path = next((case.folder / CHECKPOINTS).glob("public*"))
    before = path.read_bytes()
    path.write_bytes(before.replace(b"recuento/public/", b"recuento/public/0"))
    try:
        with pytest.raises(CheckFailed, match="does not hold"):
            export_bag(case, tmp_path / "bag", by="ana", at=AT)
    finally:
        path.write_bytes(before)


def test_time_stamps_in_the_bag_are_checked_or_said_to_be_unchecked(
    case: Casefile, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the authority's certificate the verifier checks the signature; without it, it says that it did not."""
    from recuento.casefile.custody.timestamps import stamp

    if shutil.which("openssl") is None:
        pytest.skip("needs the openssl command")
    authority = Authority(tmp_path_factory.mktemp("authority"))
    try:
        assert stamp(sorted((case.folder / CHECKPOINTS).glob("public*.checkpoint"))[0], authority.address)
    finally:
        authority.server.shutdown()
    export_bag(case, tmp_path / "bag", by="ana", at=AT)
    certificate = authority.folder / "authority.pem"
    assert stands(tmp_path / "bag") and "signature not checked" in capsys.readouterr().out
    assert stands(tmp_path / "bag", "--trust", str(certificate)) and "signed on" in capsys.readouterr().out
    assert not (tmp_path / "bag" / "data" / "custody" / CHECKPOINTS / AUTHORITIES).exists()
    reply = next((tmp_path / "bag").rglob("*.tsr"))
    data = reply.read_bytes()
    reply.write_bytes(data[:-40] + bytes([data[-40] ^ 1]) + data[-39:])
    forge_manifests(tmp_path / "bag")
    assert not stands(tmp_path / "bag", "--trust", str(certificate))
