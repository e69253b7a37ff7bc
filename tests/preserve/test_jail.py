"""The jail: nothing foreign is parsed in our own process, nothing of ours is inside, and nobody is left behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from recuento.preserve.extract import Extractor
from recuento.preserve.limits import Limits
from recuento.preserve.outcome import Outcome

SLOW_PAGE = b"<html><body><p " + b" ".join(b"a%d=1" % n for n in range(300_000)) + b">hola</p></body></html>"
needs_proc = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks into /proc, which Linux has")


def run(script: str) -> str:
    """What a fresh interpreter prints for `script`."""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.strip()


def test_no_parser_is_loaded_in_our_own_process() -> None:
    """Importing and using `extract` loads no parser here, not even those of the standard library."""
    script = (
        "import sys; from recuento.preserve.extract import extract; "
        "extract(b'<html><body><p>hola</p></body></html>', 'a.html'); extract(b'PK\\3\\4', 'a.docx'); "
        "print(sorted({'trafilatura', 'lxml', 'pypdfium2', 'pypdf', 'mammoth', 'openpyxl', 'zipfile', 'email', "
        "'html.parser', 'csv', 'xml'} & set(sys.modules)))"
    )
    assert run(script) == "[]"


def test_the_wall_clock_stops_a_reading(extractor: Extractor) -> None:
    """A page that is too slow ends at the wall limit, with the limit in the reason."""
    found = extractor.extract(SLOW_PAGE, "a.html", limits=Limits(cpu_seconds_max=20, wall_seconds_max=0.5))
    assert found.outcome is Outcome.TIME
    assert found.unreadable is not None and "0.5 s" in found.unreadable.es


def test_a_dead_jail_costs_one_document() -> None:
    """When the jail itself is killed, before or during a document, the next one is read by a new jail."""
    with Extractor() as extractor:
        assert extractor.extract(b"uno", "a.txt").text == "uno"
        assert extractor._jail is not None
        os.kill(extractor._jail.pid, signal.SIGKILL)
        extractor._jail.wait()
        assert extractor.extract(b"dos", "a.txt").text == "dos"
        threading.Timer(0.7, os.kill, (extractor._jail.pid, signal.SIGKILL)).start()
        assert extractor.extract(SLOW_PAGE, "a.html").outcome is Outcome.CRASH
        assert extractor.extract(b"tres", "a.txt").text == "tres"


@needs_proc
def test_nothing_of_our_environment_is_inside() -> None:
    """A password in our environment does not reach the process that handles foreign bytes."""
    script = (
        "import os; os.environ['SECRET_WORD'] = 'x'; from recuento.preserve.extract import Extractor\n"
        "with Extractor() as one:\n"
        "    one.extract(b'hola', 'a.txt')\n"
        "    print('SECRET_WORD' in open(f'/proc/{one._jail.pid}/environ').read(), 'PYTHONPATH' in "
        "open(f'/proc/{one._jail.pid}/environ').read())"
    )
    assert run(script) == "False True"


@needs_proc
def test_nobody_is_left_when_we_are_killed() -> None:
    """After kill -9 of our process in the middle of a document, the jail and its child end by themselves."""
    script = (
        "from recuento.preserve.extract import Extractor\n"
        "one = Extractor(); one.extract(b'hola', 'a.txt'); print(one._jail.pid, flush=True)\n"
        "page = b'<html><body><p ' + b' '.join(b'a%d=1' % n for n in range(300_000)) + b'>x</p></body></html>'\n"
        "one.extract(page, 'a.html')"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as ours:
        assert ours.stdout is not None
        jail = Path(f"/proc/{ours.stdout.readline().strip()}")
        time.sleep(1.5)
        assert jail.exists()
        ours.kill()
    deadline = time.monotonic() + 5
    while jail.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not jail.exists()


def test_a_confined_process_reaches_no_network() -> None:
    """Where the system allows it, a process whose network is cut cannot reach even this machine."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        script = (
            "import socket, sys\n"
            "from recuento.preserve.confinement import cut_network\n"
            "def reach():\n"
            "    try:\n"
            f"        socket.create_connection(('127.0.0.1', {server.getsockname()[1]}), timeout=2).close()\n"
            "        return True\n"
            "    except OSError:\n"
            "        return False\n"
            "print(reach(), cut_network(), reach())"
        )
        before, was_cut, after = run(script).split()
    if was_cut == "False":
        pytest.skip("this system lets no ordinary process cut its network")
    assert (before, after) == ("True", "False")


def test_a_confined_process_writes_no_file_and_takes_no_more_memory(tmp_path: Path) -> None:
    """The limits hold: no byte into a file, no memory beyond the limit."""
    target = tmp_path / "made"
    script = (
        "from recuento.preserve.confinement import confine\nfrom recuento.preserve.limits import Limits\n"
        "confine(Limits(memory_bytes_max=256 << 20))\n"
        "try:\n    bytearray(400 << 20); print('memory')\nexcept MemoryError: print('none', end=' ')\n"
        f"try:\n    open({str(target)!r}, 'w', buffering=1).write('x\\n'); print('file')\nexcept OSError: print('none')"
    )
    assert run(script) == "none none"
    assert not target.exists() or target.stat().st_size == 0
