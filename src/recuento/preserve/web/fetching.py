"""Ask the fetching process, which starts at the first request and is replaced when it dies or hangs."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from types import TracebackType

from recuento.preserve import border
from recuento.preserve.web.exchange import Ask, End, Exchange
from recuento.preserve.web.http_message import HEAD_BYTES_MAX
from recuento.values.bilingual import Bilingual

_GRACE_SECONDS = 5.0
"""How long beyond its own limit the process may be silent; looking a name up knows no limit of ours."""
_CRASHED = Bilingual(es="el proceso que pide las páginas se cayó", en="the process that asks for pages crashed")


class Fetcher:
    """A process that has the network. Threads may share it; it serves one request at a time."""

    def __init__(self) -> None:
        self._one_at_a_time = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def fetch(self, ask: Ask) -> Exchange:
        """The answer to a request. Never raises for what a server, a name or the network does."""
        with self._one_at_a_time:
            process = self._started()
            late = threading.Event()

            def overdue() -> None:
                late.set()
                process.kill()

            timer = threading.Timer(ask.limits.seconds_max + _GRACE_SECONDS, overdue)
            timer.daemon = True
            timer.start()
            try:
                return self._asked(process, ask)
            except (border.BorderBroken, OSError, ValueError, TypeError, KeyError):
                self._end()
                if late.is_set():
                    seconds = f"{ask.limits.seconds_max:g}"
                    return Exchange(
                        ask.url,
                        End.TIMED_OUT,
                        detail_es=f"no terminó en {seconds} s",
                        detail_en=f"it did not end within {seconds} s",
                    )
                return Exchange(ask.url, End.CRASH, detail_es=_CRASHED.es, detail_en=_CRASHED.en)
            except BaseException:
                self._end()
                raise
            finally:
                timer.cancel()

    def close(self) -> None:
        """End the process. It starts again at the next request."""
        with self._one_at_a_time:
            self._end()

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _asked(self, process: subprocess.Popen[bytes], ask: Ask) -> Exchange:
        assert process.stdin is not None and process.stdout is not None
        border.send(process.stdin, ask.plain(), b"")
        most = ask.limits.body_bytes_max + 2 * HEAD_BYTES_MAX + (1 << 20)
        return Exchange.unpacked(ask.url, *border.receive(process.stdout, most))

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = _new_process()
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    # What was still on its way to a dead process cannot be sent.
                    continue


def _new_process() -> subprocess.Popen[bytes]:
    # Nothing of our own environment goes in but where the authorities of certificates lie: it may hold passwords.
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR", "SYSTEMROOT"):
        if name in os.environ:
            environment[name] = os.environ[name]
    return subprocess.Popen(
        [sys.executable, "-P", "-s", "-m", "recuento.preserve.web.fetcher"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        # An interrupt from the keyboard is for us; we end the process.
        start_new_session=True,
    )
