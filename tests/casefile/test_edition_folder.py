"""A dossier changes from one edition to the next at once: whoever looks finds the one or the other."""

from __future__ import annotations

import multiprocessing
import os
import time
from pathlib import Path

import pytest

from recuento.casefile.publishing.edition_folder import replace_edition

LIST = "SHA256SUMS"


def edition(number: int, files: int = 30) -> dict[str, bytes]:
    """The files of an edition; the list tells its number."""
    made = {f"es/page-{n}.html": f"edition {number}".encode() * 50 for n in range(files)}
    return {**made, "style.css": b"same in all", f"data/only-{number}.csv": b"x", LIST: str(number).encode()}


def below(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_the_new_edition_is_there_and_nothing_of_the_old_one(tmp_path: Path) -> None:
    """Files are added, changed and removed with their empty folders; what is the same keeps its time."""
    folder = tmp_path / "dossier"
    replace_edition(folder, edition(1), set(), LIST)
    os.utime(folder / "style.css", (1, 1))
    changed, removed = replace_edition(folder, {**edition(2, 3), "en/new.html": b"n"}, set(edition(1)), LIST)
    assert below(folder) == {**edition(2, 3), "en/new.html": b"n"}
    assert (folder / "style.css").stat().st_mtime == 1
    assert "style.css" not in changed
    assert "data/only-1.csv" in removed
    assert [path.name for path in tmp_path.iterdir()] == ["dossier"]


def test_files_of_others_stay_where_they_are(tmp_path: Path) -> None:
    """A folder with files that no build wrote, such as CNAME or .git, keeps them, and links are not followed."""
    folder = tmp_path / "dossier"
    replace_edition(folder, edition(1), set(), LIST)
    (folder / ".git").mkdir()
    (folder / ".git" / "HEAD").write_bytes(b"ref")
    (folder / "CNAME").write_bytes(b"example.invalid")
    replace_edition(folder, edition(2), set(edition(1)), LIST)
    assert below(folder) == {**edition(2), ".git/HEAD": b"ref", "CNAME": b"example.invalid"}


def publish_without_end(folder: Path) -> None:
    """Publish one edition after the other until killed."""
    for number in range(1, 1_000_000):
        replace_edition(folder, edition(number), set(edition(number - 1)), LIST)


@pytest.mark.skipif(not os.path.exists("/proc/self"), reason="only Linux exchanges two folders in one act")  # noqa: PTH110
def test_whoever_looks_never_finds_a_mixture(tmp_path: Path) -> None:
    """Read while editions change, and after a kill: every file that is read is of the edition the list tells."""
    folder = tmp_path / "dossier"
    replace_edition(folder, edition(0), set(), LIST)
    process = multiprocessing.get_context("fork").Process(target=publish_without_end, args=(folder,))
    process.start()
    looked = 0
    deadline = time.monotonic() + 1.5
    while time.monotonic() < deadline:
        # A folder that is held open is one edition, whatever takes its name.
        held = os.open(folder, os.O_RDONLY)
        try:
            here = Path(f"/proc/self/fd/{held}")
            number = int((here / LIST).read_bytes())
            pages = {(here / f"es/page-{n}.html").read_bytes() for n in (0, 29)}
        except FileNotFoundError:
            continue  # The edition that was held has been taken away in the meantime: never a mixture.
        finally:
            os.close(held)
        assert pages == {f"edition {number}".encode() * 50}
        looked += 1
    process.kill()
    process.join()
    assert looked > 10
    number = int((folder / LIST).read_bytes())
    assert below(folder) == edition(number)
