"""A picture of the whole page, drawn by Chromium from the captured bytes alone.

The browser gets what the capture holds and nothing else: every request it makes is answered from there or refused, no
name can be looked up, and scripts are off. So the picture shows what is in the archive, no request leaves, and a page
cannot tell that it is being looked at. Playwright is an extra; without it there is no picture, and the capture says so.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Any

from recuento.preserve.web.http_message import BodyBroken, body_of
from recuento.preserve.web.visit import Step
from recuento.preserve.web.visit_archive import Picture
from recuento.values.bilingual import Bilingual

_WIDTH, _HEIGHT, _HEIGHT_MAX = 1280, 900, 20_000
_MILLISECONDS_MAX = 20_000
_ARGUMENTS = ["--host-resolver-rules=MAP * ~NOTFOUND", "--disable-gpu", "--disable-background-networking"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the browser is given for an address."""

    status: int
    media_type: str
    data: bytes


class Photographer:
    """A browser that starts with the first picture and ends with the `with`. `chromium` is its path where it is told.

    `unconfined` starts it without its own sandbox, which root needs.
    """

    def __init__(self, clock: Callable[[], datetime], *, chromium: str | None = None, unconfined: bool = False) -> None:
        self._clock = clock
        self._chromium = chromium or shutil.which("chromium") or shutil.which("google-chrome")
        self._unconfined = unconfined
        self._started: Any = None
        self._browser: Any = None
        self._none: Bilingual | None = None

    def picture(self, url: str, answers: Mapping[str, Answer]) -> Picture | Bilingual:
        """The page at `url` as these answers make it, or why there is no picture; nothing a page does raises."""
        if self._browser is None and self._none is None:
            self._none = self._start()
        if self._none is not None:
            return self._none
        try:
            return self._taken(url, answers)
        except Exception as error:
            # Playwright's own errors, and those of a browser that a page has brought down.
            with suppress(Exception):
                self._browser.close()
            self._browser = None
            words = str(error).split("\n")[0][:200]
            return Bilingual(
                es=f"Chromium no pudo mostrar la página ({words})", en=f"Chromium could not show it ({words})"
            )

    def __enter__(self) -> Photographer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for one, end in ((self._browser, "close"), (self._started, "stop")):
            if one is not None:
                with suppress(Exception):
                    getattr(one, end)()

    def _start(self) -> Bilingual | None:
        try:
            from playwright.sync_api import sync_playwright
        except ImportError:
            return Bilingual(
                es="Playwright no está instalado (pip install 'recuento[screenshot]')",
                en="Playwright is not installed (pip install 'recuento[screenshot]')",
            )
        if hasattr(os, "geteuid") and os.geteuid() == 0 and not self._unconfined:
            return Bilingual(
                es="Chromium no se puede aislar cuando lo ejecuta root",
                en="Chromium cannot be confined when root runs it",
            )
        try:
            if self._started is None:
                self._started = sync_playwright().start()
            self._browser = self._started.chromium.launch(
                executable_path=self._chromium, args=_ARGUMENTS, chromium_sandbox=not self._unconfined
            )
        except Exception as error:
            words = str(error).strip().split("\n")[0][:200]
            return Bilingual(es=f"Chromium no arranca ({words})", en=f"Chromium does not start ({words})")
        return None

    def _taken(self, url: str, answers: Mapping[str, Answer]) -> Picture:
        context = self._browser.new_context(
            java_script_enabled=False,
            service_workers="block",
            accept_downloads=False,
            viewport={"width": _WIDTH, "height": _HEIGHT},
        )
        try:
            page = context.new_page()
            page.set_default_timeout(_MILLISECONDS_MAX)
            missing: list[str] = []
            page.route("**/*", lambda route: _answer(route, answers, missing))
            page.goto(url, wait_until="load")
            height = int(page.evaluate("Math.max(document.documentElement.scrollHeight, 1)"))
            clip = {"x": 0, "y": 0, "width": _WIDTH, "height": min(height, _HEIGHT_MAX)}
            data = page.screenshot(full_page=True, clip=clip, animations="disabled")
        finally:
            context.close()
        return Picture(data, self._clock(), _how(self._browser.version, len(missing), height))


def answers_in(steps: Iterable[Step], bytes_max: int) -> dict[str, Answer]:
    """What a visit brought back, by address, unpacked; redirects and what is damaged are left out."""
    found: dict[str, Answer] = {}
    for step in steps:
        head = step.exchange.head()
        if head is None or not 200 <= head.status < 300:
            continue
        try:
            body = body_of(step.exchange.response, head, bytes_max)
        except BodyBroken:
            continue
        found[step.exchange.url] = Answer(head.status, head.field("content-type") or "", body.data)
    return found


def _answer(route: Any, answers: Mapping[str, Answer], missing: list[str]) -> None:
    answer = answers.get(route.request.url.partition("#")[0])
    if answer is None:
        missing.append(route.request.url)
        route.abort()
        return
    headers = {"content-type": answer.media_type} if answer.media_type else {}
    route.fulfill(status=answer.status, headers=headers, body=answer.data)


def _how(version: str, missing: int, height: int) -> Bilingual:
    cut = height > _HEIGHT_MAX
    return Bilingual(
        es=f"Chromium {version}, {_WIDTH} px de ancho, de los bytes capturados, sin guiones; faltaban {missing} partes"
        + (f"; solo los primeros {_HEIGHT_MAX} px de {height}" if cut else ""),
        en=f"Chromium {version}, {_WIDTH} px wide, from the captured bytes, no scripts; {missing} parts were missing"
        + (f"; only the first {_HEIGHT_MAX} px of {height}" if cut else ""),
    )
