"""Take the disk and the system's dangerous calls away from a process that reads foreign bytes (Linux).

Landlock leaves it the libraries of Python to read and nothing else: no casefile, no vault, no home, nothing to write or
to run, no line by TCP. A seccomp filter forbids sockets of any kind, other programs, and the calls through which a
process looks into others or at the kernel's rarer parts. Both hold for good. Where the system knows neither, the limits
of time and memory and the empty network are what is left; `is_complete` says so.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import recuento

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION = 1
_BENEATH = 1
_EXECUTE, _READ_FILE, _READ_FOLDER = 1 << 0, 1 << 2, 1 << 3
_FILE_RIGHTS = (0, 13, 14, 15, 15, 16)
"""How many rights over files each version of Landlock knows: by its number, beginning with none."""
_PR_SET_NO_NEW_PRIVS = 38
_PR_SET_SECCOMP = 22
_FILTER = 2
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 1
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_X32 = 0x40000000

_FORBIDDEN = {
    # socket socketpair connect accept sendto sendmsg bind listen | execve execveat fork vfork | kill ptrace
    # process_vm_readv process_vm_writev pidfd_open pidfd_send_signal | mount umount2 unshare setns open_by_handle_at |
    # init_module finit_module delete_module kexec_load bpf perf_event_open userfaultfd io_uring_setup memfd_create |
    # add_key request_key keyctl
    "x86_64": (
        0xC000003E,
        (41, 53, 42, 43, 44, 46, 49, 50, 59, 322, 57, 58, 62, 101, 310, 311, 434, 424, 165, 166, 272, 308, 304, 175,
         313, 176, 246, 321, 298, 323, 425, 319, 248, 249, 250),
    ),
    "aarch64": (
        0xC00000B7,
        (198, 199, 203, 202, 206, 211, 200, 201, 221, 281, 129, 117, 270, 271, 434, 424, 40, 39, 97, 268, 265, 105, 273,
         106, 104, 280, 241, 282, 425, 279, 217, 218, 219),
    ),
}  # fmt: skip
"""For each machine its number and those of the calls that reading a document never needs."""
_BECOME = {"x86_64": (59,), "aarch64": (221,)}
"""execve: what a process needs to become another program, once."""


def landlock_version() -> int:
    """The version of Landlock that the system knows; 0 where it has none."""
    if not sys.platform.startswith("linux"):
        return 0
    return max(0, int(ctypes.CDLL(None).syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION)))


def is_complete() -> bool:
    """Whether this system can take both the disk and the dangerous calls away."""
    return landlock_version() > 0 and platform.machine() in _FORBIDDEN


def take_away(program: str | None = None) -> None:
    """Take both away from this process for good, as far as the system can. Files that are open stay open.

    `program` is one that this process may still become; it may read what lies beside it (/usr), and no more.
    """
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _take_files(landlock_version(), program)
    _take_calls(_BECOME[platform.machine()] if program and platform.machine() in _BECOME else ())


def _take_files(version: int, program: str | None) -> None:
    if version < 1:
        return
    call = ctypes.CDLL(None, use_errno=True).syscall
    rights = (1 << _FILE_RIGHTS[min(version, len(_FILE_RIGHTS) - 1)]) - 1
    # TCP came with the fourth version; signals and abstract sockets of other processes with the sixth.
    wanted = struct.pack("=QQQ", rights, 3 if version >= 4 else 0, 3 if version >= 6 else 0)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    rules = call(_CREATE_RULESET, wanted, ctypes.c_size_t(size), 0)
    if rules < 0:
        return
    for folder in _libraries() if program is None else _beside(Path(program)):
        with suppress(OSError):
            handle = os.open(folder, os.O_PATH | os.O_CLOEXEC)
            allowed = _READ_FILE | (_READ_FOLDER if folder.is_dir() else 0) | (_EXECUTE if program else 0)
            call(_ADD_RULE, rules, _BENEATH, struct.pack("=Qi", allowed, handle), 0)
            os.close(handle)
    call(_RESTRICT_SELF, rules, 0)
    os.close(rules)


def _libraries() -> Iterator[Path]:
    """Where Python may still have to look: its own libraries, those installed beside it, and this package."""
    yield Path(recuento.__file__).parent
    for prefix in {sys.prefix, sys.base_prefix}:
        yield Path(prefix) / "lib"
    yield from (Path(entry) for entry in sys.path if Path(entry).name in ("site-packages", "dist-packages"))
    yield from (Path(place) for place in ("/usr/lib", "/lib", "/lib64", "/usr/share/zoneinfo", "/etc/ld.so.cache"))


def _beside(program: Path) -> Iterator[Path]:
    """What a program of the system needs: itself, its libraries and its models."""
    yield program.resolve().parents[1]
    yield from (Path(place) for place in ("/usr", "/lib", "/lib64", "/etc/ld.so.cache"))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def _take_calls(left: tuple[int, ...]) -> None:
    known = _FORBIDDEN.get(platform.machine())
    if known is None:
        return
    machine, calls = known
    calls = tuple(call for call in calls if call not in left)
    # Number of the machine, then number of the call; a call of another machine, or of its x32 half, is refused too.
    steps = [(_LOAD, 0, 0, 4), (_EQUAL, 0, len(calls) + 3, machine), (_LOAD, 0, 0, 0)]
    steps.append((_AT_LEAST, len(calls) + 1, 0, _X32))
    steps += [(_EQUAL, len(calls) - place, 0, call) for place, call in enumerate(calls)]
    steps += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    code = b"".join(struct.pack("=HBBI", *step) for step in steps)
    program = _Program(len(steps), code)
    ctypes.CDLL(None).prctl(_PR_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0)
