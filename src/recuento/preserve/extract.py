"""Make the text layer of a document, without ever parsing it here: a jailed child does, within limits.

`extract` never raises for a bad document: what cannot be read comes back with a named reason.
"""

from __future__ import annotations

import atexit
import hashlib
import math
import os
import subprocess
import sys
import threading
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from types import TracebackType
from typing import Any, Literal

from recuento.errors import InvalidValue
from recuento.model.document import Description, Sureness, TextLayer
from recuento.preserve import border, media_types
from recuento.preserve.budget import budget_here
from recuento.preserve.drawn import DrawnPage, drawn_from
from recuento.preserve.inside import Inside, inside_from
from recuento.preserve.limits import LOOK, Cost, Limits
from recuento.preserve.outcome import REMARKS, Outcome, Remark, reason
from recuento.preserve.tesseract import Engine, PageRead, arguments, page_from
from recuento.values.bilingual import Bilingual
from recuento.values.partial_date import PartialDate

_GRACE_SECONDS = 10.0
"""How long beyond its own limit the jail may be silent before it is taken for dead."""
Task = Literal["page", "style", "feed", "metadata"]
"""What may be looked for: the parts and signs of a page, the parts of a style, the entries of a feed, metadata."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was found in a document: its text and what it tells about itself, or why there is none.

    `description` is as the file has it and may be wrong: show it as extracted, never as fact. The text has line feeds
    alone for line ends and no NUL, and is otherwise as the extractor gave it. `version` names our own extractor's
    number and the library's version. `charset` is set where bytes had to be turned into characters.
    """

    media_type: str
    outcome: Outcome
    text: str | None = None
    extractor: str = ""
    version: str = ""
    description: Description = field(default_factory=Description)
    unreadable: Bilingual | None = None
    charset: str | None = None
    remarks: tuple[Bilingual, ...] = ()
    attachments: tuple[str, ...] = ()
    sureness: tuple[Sureness, ...] = ()
    """How sure each word is, of a text that was read from pictures."""

    def layer(self, document: str) -> TextLayer | None:
        """The frozen text layer of the document with this SHA-256; None where it is unreadable."""
        if self.text is None:
            return None
        sha256 = hashlib.sha256(self.text.encode("utf-8")).hexdigest()
        return TextLayer(document, self.extractor, self.version, self.text, sha256)


def extract(data: bytes, name: str, *, limits: Limits | None = None) -> Extraction:
    """Read a document in the shared jail of this process, which starts at the first call and ends with the program."""
    return _shared_extractor(os.getpid()).extract(data, name, limits=limits)


def look(task: Task, data: bytes, *, limits: Limits | None = None) -> dict[str, Any]:
    """Look at a web file in the shared jail (`Extractor.look`)."""
    return _shared_extractor(os.getpid()).look(task, data, limits=limits)


def unpack(data: bytes, name: str, *, limits: Limits | None = None) -> tuple[Inside, ...] | None:
    """What came inside a document, in the shared jail (`Extractor.unpack`)."""
    return _shared_extractor(os.getpid()).unpack(data, name, limits=limits)


def shared_extractor() -> Extractor:
    """The jail that all of this process share."""
    return _shared_extractor(os.getpid())


class Extractor:
    """A jail of one's own: a process that reads one document at a time. Threads may share it; more jails go faster."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.network_cut = False
        self.cost = Cost()
        """What the last document cost, by the jail's own word."""
        self._one_at_a_time = threading.Lock()
        self._jail: subprocess.Popen[bytes] | None = None

    def extract(self, data: bytes, name: str, *, limits: Limits | None = None) -> Extraction:
        """What is found in `data`; `name` serves only for its extension, where the bytes leave the type open.

        Where it does not come to an end in what is left of a budget (`one_budget`), it is put off.
        """
        whole = limits or self.limits
        media_type = media_types.at_first_sight(data, name)
        if not data:
            return _unread(media_type, Outcome.EMPTY)
        if len(data) > whole.document_bytes_max:
            return _unread(media_type, Outcome.TOO_BIG, f"{len(data) >> 20} MB")
        limits = _within_budget(whole)
        found = None if limits is None else self._read_within(limits, data, name, media_type)
        if found is None or (found.outcome is Outcome.TIME and limits != whole):
            _note_put_off()
            return _unread(media_type, Outcome.PUT_OFF)
        return found

    def _read_within(self, limits: Limits, data: bytes, name: str, media_type: str) -> Extraction:
        found = self._asked(data, name, limits, media_type, again=False)
        if found.outcome is Outcome.CRASH and media_type == media_types.PDF:
            # PDFium aborts where pypdf only complains; it has the time that is left.
            first = self.cost
            left = max(1, limits.cpu_seconds_max - math.ceil(first.cpu_seconds))
            found = self._asked(data, name, replace(limits, cpu_seconds_max=left), media_type, again=True)
            self.cost = Cost(first.cpu_seconds + self.cost.cpu_seconds, max(first.memory_bytes, self.cost.memory_bytes))
        return found

    def look(self, task: Task, data: bytes, *, limits: Limits | None = None) -> dict[str, Any]:
        """What a web file shows beside its text, as plain data; empty where the jail cannot tell.

        It comes from a child that may have been taken over: trust no field.
        """
        limits = _within_budget(limits or LOOK)
        if limits is None or not data or len(data) > limits.document_bytes_max:
            return {}
        try:
            header, _ = self._done(task, data, "", limits)
        except border.BorderBroken:
            return {}
        return {} if "outcome" in header or "fault" in header else header

    def unpack(self, data: bytes, name: str, *, limits: Limits | None = None) -> tuple[Inside, ...] | None:
        """What came inside a message, in its order: bytes, or why there are none. Of other documents nothing.

        None where it is put off: it does not come to an end in what is left of a budget (`one_budget`).
        """
        whole = limits or self.limits
        if not data or len(data) > whole.document_bytes_max:
            return ()
        limits = _within_budget(whole)
        try:
            header, body = ({}, b"") if limits is None else self._done("unpack", data, name, limits)
            if limits is None or (header.get("outcome") == Outcome.TIME.value and limits != whole):
                _note_put_off()
                return None
            return inside_from(header, body)
        except border.BorderBroken:
            return inside_from({"fault": "border"}, b"")

    def page(self, data: bytes, number: int, *, limits: Limits) -> DrawnPage | None:
        """Page `number` (from 0) of a PDF or a picture as grey pixels; None where it cannot be drawn."""
        try:
            return drawn_from(*self._done("draw", data, "", limits, {"page": number}))
        except border.BorderBroken:
            return None

    def characters(self, page: DrawnPage, engine: Engine, *, limits: Limits) -> PageRead | None:
        """What the engine reads on a drawn page, in a process that can do nothing else; None where it fails."""
        started = arguments(engine.program, engine.languages)
        try:
            header, table = self._done("characters", page.as_pgm(), "", limits, {"engine": started})
        except border.BorderBroken:
            return None
        return None if "outcome" in header else page_from(table)

    def _done(
        self, task: str, data: bytes, name: str, limits: Limits, more: dict[str, Any] | None = None
    ) -> tuple[dict[str, Any], bytes]:
        """The answer to a task; raises BorderBroken where the jail died or lied: the next one gets a new jail."""
        with self._one_at_a_time:
            try:
                return self._answer(data, name, limits, again=False, task=task, more=more)
            except BaseException:
                self._end()
                raise

    def close(self) -> None:
        """End the jail. It starts again at the next document."""
        with self._one_at_a_time:
            self._end()

    def __enter__(self) -> Extractor:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _asked(self, data: bytes, name: str, limits: Limits, media_type: str, *, again: bool) -> Extraction:
        with self._one_at_a_time:
            try:
                header, body = self._answer(data, name, limits, again)
                return _extraction(header, body, media_type)
            except border.BorderBroken:
                # The jail itself died or lied: the next document gets a new one.
                self._end()
                return _unread(media_type, Outcome.CRASH)
            except BaseException:
                self._end()
                raise

    def _answer(
        self,
        data: bytes,
        name: str,
        limits: Limits,
        again: bool,
        task: str = "",
        more: dict[str, Any] | None = None,
    ) -> tuple[dict[str, Any], bytes]:
        jail = self._started()
        assert jail.stdin is not None and jail.stdout is not None
        overdue = threading.Timer(limits.wall_seconds_max + _GRACE_SECONDS, jail.kill)
        overdue.daemon = True
        overdue.start()
        try:
            self.cost = Cost()
            asked = {"name": name[-200:], "again": again, "task": task, "limits": asdict(limits), **(more or {})}
            border.send(jail.stdin, asked, data)
            self.cost = _cost(border.receive(jail.stdout, 0)[0])
            if budget := budget_here():
                budget.spend(self.cost.cpu_seconds)
            return border.receive(jail.stdout, limits.text_characters_max * 4)
        except OSError:
            raise border.BorderBroken("the jail is gone") from None
        finally:
            overdue.cancel()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._jail is None or self._jail.poll() is not None:
            self._end()
            self._jail = _new_jail()
            assert self._jail.stdout is not None
            hello, _ = border.receive(self._jail.stdout, 0)
            self.network_cut = bool(hello.get("network_cut"))
        return self._jail

    def _end(self) -> None:
        jail, self._jail = self._jail, None
        if jail is None:
            return
        jail.kill()
        jail.wait()
        for stream in (jail.stdin, jail.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    # What was still on its way to a dead jail cannot be sent.
                    continue


@cache
def _shared_extractor(process: int) -> Extractor:
    # One for each process: after a fork, parent and child must not talk to the same jail.
    shared = Extractor()
    atexit.register(shared.close)
    return shared


def _new_jail() -> subprocess.Popen[bytes]:
    # Nothing of our own environment goes in: it may hold passwords.
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
    if sys.platform == "win32":
        environment["SYSTEMROOT"] = os.environ.get("SYSTEMROOT", "")
    return subprocess.Popen(
        [sys.executable, "-P", "-s", "-m", "recuento.preserve.jail"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        # An interrupt from the keyboard is for us; we end the jail.
        start_new_session=True,
    )


def _note_put_off() -> None:
    if budget := budget_here():
        budget.put_off += 1


def _within_budget(limits: Limits) -> Limits | None:
    budget = budget_here()
    return limits if budget is None else budget.within(limits)


def _unread(media_type: str, outcome: Outcome, detail: str = "") -> Extraction:
    return Extraction(media_type=media_type, outcome=outcome, unreadable=reason(outcome, detail))


def _extraction(header: dict[str, Any], body: bytes, media_type: str) -> Extraction:
    """Check and dress what came over the border; a child may have been taken over, so trust no field."""
    try:
        outcome = Outcome(header.get("outcome", ""))
        found_type = _words(header, "media_type") or media_type
        if outcome is not Outcome.READ:
            return _unread(found_type, outcome, _words(header, "detail") or "")
        return Extraction(
            media_type=found_type,
            outcome=outcome,
            text=body.decode("utf-8"),
            extractor=_words(header, "extractor") or "",
            version=_words(header, "version") or "",
            description=_description(header),
            charset=_words(header, "charset"),
            remarks=tuple(REMARKS[Remark(remark)] for remark in header.get("remarks", ())),
            attachments=tuple(str(name)[:1000] for name in header.get("attachments", ())),
        )
    except (ValueError, TypeError):
        raise border.BorderBroken("not what a jail says") from None


def _description(header: dict[str, Any]) -> Description:
    return Description(
        title=_words(header, "title"),
        outlet=_words(header, "outlet"),
        author=_words(header, "author"),
        published=_date(_words(header, "published")),
        language=_words(header, "language"),
        url=_words(header, "url"),
    )


def _cost(told: dict[str, Any]) -> Cost:
    try:
        return Cost(float(told["cpu_seconds"]), int(told["memory_bytes"]))
    except (KeyError, ValueError, TypeError, OverflowError):
        raise border.BorderBroken("not what a jail says") from None


def _words(header: dict[str, Any], name: str) -> str | None:
    words = header.get(name)
    return words[:1000] or None if isinstance(words, str) else None


def _date(words: str | None) -> PartialDate | None:
    try:
        return PartialDate.parse(words) if words else None
    except InvalidValue:
        return None
