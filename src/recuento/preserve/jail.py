"""The jail: a process of its own that never parses, but forks a confined child for every document.

Started by `extract` with `python -m recuento.preserve.jail`. It loads the libraries once, so that a child costs a
fork and not an interpreter; a crash or a bomb costs only the child. Where there is no fork (Windows) it reads one
document itself and ends.
"""

from __future__ import annotations

import gc
import logging
import os
import selectors
import signal
import sys
import tempfile
import time
from dataclasses import asdict
from enum import Enum, auto
from io import BytesIO
from typing import Any, BinaryIO, NoReturn

from recuento.preserve import border, media_types
from recuento.preserve.confinement import confine, cut_network
from recuento.preserve.limits import Cost, Limits
from recuento.preserve.outcome import Outcome

_CHARACTER_BYTES_MAX = 4
_OUT_OF_MEMORY = 77
_CHUNK = 1 << 20
_RESIDENT_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in which the system counts the memory of a process that has ended."""


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Answer documents with what was found in them, one at a time, until nobody asks any more."""
    border.send(replies, {"network_cut": cut_network()}, b"")
    while True:
        try:
            header, data = border.receive(requests, sys.maxsize)
        except border.BorderBroken:
            return
        limits = Limits(**header["limits"])
        _load(data, header["name"], header.get("task", ""))
        if not hasattr(os, "fork"):
            replies.write(_costing(Cost()) + _read(header, data, limits))
            replies.flush()
            return
        found = _in_child(header, data, limits, requests)
        if found is None:
            return
        del data
        cost, reply = found
        # Our own word on what it cost, then what the child said.
        replies.write(_costing(cost))
        replies.write(reply)
        replies.flush()


def reply_bytes_max(limits: Limits) -> int:
    """The most bytes an honest text can have."""
    return limits.text_characters_max * _CHARACTER_BYTES_MAX


def _load(data: bytes, name: str, task: str) -> None:
    from recuento.preserve.parsers.parse import libraries_for

    if task == "characters":
        return
    if task in ("draw", "metadata"):
        import recuento.preserve.parsers.pictures
    elif task == "unpack":
        import recuento.preserve.parsers.attachments
    elif task:
        import recuento.preserve.parsers.feed
        import recuento.preserve.parsers.web_page  # noqa: F401
    else:
        libraries_for(media_types.at_first_sight(data, name))
    # What is loaded now is shared with every child, as long as the collector does not touch it.
    gc.freeze()


def _read(header: dict[str, Any], data: bytes, limits: Limits) -> bytes:
    if header.get("task") == "draw":
        from recuento.preserve.parsers.pictures import drawn

        return border.packed(*drawn(data, int(header["page"])))
    if header.get("task") == "unpack":
        from recuento.preserve.parsers.attachments import unpacked

        return border.packed(*unpacked(data, header["name"], bytes_max=reply_bytes_max(limits)))
    if header.get("task"):
        from recuento.preserve.parsers.looks import look

        return border.packed(look(header["task"], data), b"")
    from recuento.preserve.parsers.parse import parse

    found, text = parse(
        data, header["name"], text_characters_max=limits.text_characters_max, again=bool(header["again"])
    )
    return border.packed(found, text.encode("utf-8"))


def _costing(cost: Cost) -> bytes:
    return border.packed(asdict(cost), b"")


def _in_child(header: dict[str, Any], data: bytes, limits: Limits, requests: BinaryIO) -> tuple[Cost, bytes] | None:
    """What it cost and the child's reply, or ours in its place where it dies; None where whoever asked is gone."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _die_reading(header, data, limits, writing)
    os.close(writing)
    try:
        ended, reply = _collected(reading, requests, limits)
    finally:
        os.close(reading)
        # It has ended by itself (then this does nothing to it) or it has to.
        os.kill(child, signal.SIGKILL)
        _, status, used = os.wait4(child, 0)
    if ended is _End.ABANDONED:
        return None
    cost = Cost(used.ru_utime + used.ru_stime, used.ru_maxrss * _RESIDENT_UNIT)
    if ended is _End.TOO_LATE:
        return cost, _instead(Outcome.TIME, f"{limits.wall_seconds_max:g} s")
    if ended is _End.TOO_MUCH:
        return cost, _instead(Outcome.TOO_LONG)
    if header.get("task") == "characters" and status == 0:
        # Another program cannot pack its answer: what it printed is the answer.
        return cost, border.packed({}, reply)
    return cost, reply if _is_whole(reply, limits) else _judged(status, limits)


def _die_reading(header: dict[str, Any], data: bytes, limits: Limits, writing: int) -> NoReturn:
    code = 1
    try:
        if header.get("task") == "characters":
            _become(header["engine"], data, limits, writing)
        confine(limits)
        reply = memoryview(_read(header, data, limits))
        while reply:
            reply = reply[os.write(writing, reply[:_CHUNK]) :]
        code = 0
    except MemoryError:
        code = _OUT_OF_MEMORY
    finally:
        os._exit(code)


def _become(started: list[str], data: bytes, limits: Limits, writing: int) -> NoReturn:
    """Become the program that reads pictures: the picture on its standard input, its answer where ours would go."""
    picture = tempfile.TemporaryFile()  # noqa: SIM115 - it goes with this process
    picture.write(data)
    picture.seek(0)
    os.dup2(picture.fileno(), 0)
    os.dup2(writing, 1)
    confine(limits, program=started[0])
    # Of our own environment nothing goes along. One thread: the limit is of processor seconds.
    os.execve(started[0], started, {"OMP_THREAD_LIMIT": "1", "LC_ALL": "C"})


class _End(Enum):
    """How the wait for a child ended."""

    BY_ITSELF = auto()
    TOO_LATE = auto()
    TOO_MUCH = auto()
    ABANDONED = auto()


def _collected(reading: int, requests: BinaryIO, limits: Limits) -> tuple[_End, bytes]:
    pieces: list[bytes] = []
    left = reply_bytes_max(limits) + border.HEADER_BYTES_MAX
    deadline = time.monotonic() + limits.wall_seconds_max
    with selectors.DefaultSelector() as waiting:
        waiting.register(reading, selectors.EVENT_READ)
        waiting.register(requests, selectors.EVENT_READ)
        while (seconds := deadline - time.monotonic()) > 0:
            ready = {key.fileobj for key, _ in waiting.select(seconds)}
            if reading in ready:
                piece = os.read(reading, _CHUNK)
                if not piece:
                    return _End.BY_ITSELF, b"".join(pieces)
                pieces.append(piece)
                left -= len(piece)
                if left < 0:
                    return _End.TOO_MUCH, b""
            elif requests in ready:
                # Nobody asks twice before the first answer, so this can only be the end of the stream.
                return _End.ABANDONED, b""
    return _End.TOO_LATE, b""


def _is_whole(reply: bytes, limits: Limits) -> bool:
    try:
        border.receive(BytesIO(reply), reply_bytes_max(limits))
    except border.BorderBroken:
        return False
    return True


def _judged(status: int, limits: Limits) -> bytes:
    """What a dead child died of."""
    if os.WIFEXITED(status):
        out_of_memory = os.WEXITSTATUS(status) == _OUT_OF_MEMORY
        return (
            _instead(Outcome.MEMORY, f"{limits.memory_bytes_max >> 20} MB")
            if out_of_memory
            else _instead(Outcome.CRASH)
        )
    number = os.WTERMSIG(status)
    if number == signal.SIGXCPU:
        return _instead(Outcome.TIME, f"{limits.cpu_seconds_max} s")
    if number == signal.SIGKILL:
        # Not by us: the system does this to the process that takes the last of its memory.
        return _instead(Outcome.MEMORY)
    return _instead(Outcome.CRASH, signal.Signals(number).name)


def _instead(outcome: Outcome, detail: str = "") -> bytes:
    return border.packed({"outcome": outcome.value, "detail": detail}, b"")


def main() -> None:
    """Serve on the standard streams; whatever a library prints goes nowhere."""
    requests = open(os.dup(0), "rb", buffering=0)  # noqa: PTH123, SIM115 - a file handle, held to the end
    replies = open(os.dup(1), "wb")  # noqa: PTH123, SIM115 - a file handle, held to the end
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    logging.disable()
    serve(requests, replies)


if __name__ == "__main__":
    main()
