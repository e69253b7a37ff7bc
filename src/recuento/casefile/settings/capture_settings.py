"""The table [capture] of recuento.toml: who asks for pages, by which way, and what may be asked for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from recuento import __version__
from recuento.casefile.settings.toml_table import Table
from recuento.errors import InvalidValue
from recuento.preserve.web.addresses import Allowed, allowed_from
from recuento.preserve.web.exchange import Ask, WebLimits
from recuento.preserve.web.visit import PRODUCT, VisitSettings

_PROXIES = ("http", "socks4", "socks5")


@dataclass(frozen=True, slots=True)
class CaptureSettings:
    """How a casefile captures from the web.

    `contact` is told to every site, so that it can ask who we are; without it only the program is named. `told` says
    that the team knows that a visit shows who watches. Of a page at most `page_mb` are taken, and `parts_max` pictures
    and styles of together `parts_mb`.
    """

    contact: str | None = None
    proxy: str | None = None
    allowed: Allowed = field(default_factory=Allowed)
    bad_certificates: tuple[str, ...] = ()
    told: bool = False
    screenshot: bool = True
    chromium: str | None = None
    chromium_unconfined: bool = False
    """Start Chromium without its own sandbox, as it must be for root. Off: then there is no picture."""
    seconds_between: int = 1
    seconds_max: int = 60
    page_mb: int = 64
    parts_max: int = 80
    parts_mb: int = 30

    @property
    def agent(self) -> str:
        """The one name under which every request is made."""
        about = f"web capture for documentation; {self.contact}" if self.contact else "web capture for documentation"
        return f"{PRODUCT}/{__version__} ({about})"

    def visits(self) -> VisitSettings:
        """As the visits need it."""
        limits = WebLimits(
            seconds_max=float(self.seconds_max),
            silence_seconds_max=min(20.0, float(self.seconds_max)),
            body_bytes_max=self.page_mb << 20,
        )
        ask = Ask(
            "",
            self.agent,
            allowed=self.allowed,
            bad_certificates=self.bad_certificates,
            proxy=self.proxy,
            limits=limits,
        )
        return VisitSettings(ask, parts_max=self.parts_max, parts_bytes_max=self.parts_mb << 20)

    def with_options(
        self, *, hosts: tuple[str, ...] = (), proxy: str | None = None, screenshot: bool = True, parts: bool = True
    ) -> CaptureSettings:
        """With what one command asks for beside them; raises InvalidValue where it cannot be."""
        return replace(
            self,
            allowed=Allowed(self.allowed.hosts | allowed_from(hosts).hosts),
            proxy=self.proxy if proxy is None else checked_proxy(proxy),
            screenshot=self.screenshot and screenshot,
            parts_max=self.parts_max if parts else 0,
        )


def capture_settings_from(table: Table) -> CaptureSettings:
    """Read the table; what is wrong with it is noted."""
    usual = CaptureSettings()
    contact, proxy = table.maybe("contact"), table.maybe("proxy")
    hosts, certificates = table.texts("allow_hosts"), table.texts("bad_certificates")
    found = CaptureSettings(
        contact=None if contact is None else table.guarded(lambda: _contact(contact)),
        proxy=None if proxy is None else table.guarded(lambda: checked_proxy(proxy)),
        allowed=table.guarded(lambda: allowed_from(hosts)) or usual.allowed,
        bad_certificates=tuple(host.lower() for host in certificates),
        told=table.flag("told"),
        screenshot=not table.flag("no_screenshot"),
        chromium=table.maybe("chromium"),
        chromium_unconfined=table.flag("chromium_unconfined"),
        seconds_between=_at_least(table, "seconds_between", usual.seconds_between),
        seconds_max=_at_least(table, "seconds_max", usual.seconds_max),
        page_mb=_at_least(table, "page_mb", usual.page_mb),
        parts_max=_at_least(table, "parts_max", usual.parts_max, least=0),
        parts_mb=_at_least(table, "parts_mb", usual.parts_mb),
    )
    table.nothing_else()
    return found


def checked_proxy(text: str) -> str:
    """The address of a proxy: http, socks4 or socks5 (Tor is socks5://127.0.0.1:9050). Raises InvalidValue."""
    text = text.strip().replace("socks5h://", "socks5://")
    try:
        parts = urlsplit(text)
        good = parts.scheme in _PROXIES and parts.hostname and parts.port
    except ValueError:
        good = None
    if not good:
        raise InvalidValue(
            "a proxy is written http://host:port, socks4://host:port or socks5://host:port",
            "un proxy se escribe http://servidor:puerto, socks4://servidor:puerto o socks5://servidor:puerto",
        )
    return text


def _contact(text: str) -> str:
    if not text.isascii() or not text.isprintable() or set(text) & set("()\\") or len(text) > 200:
        raise InvalidValue(
            "contact must be an address or a mail in plain letters, without brackets",
            "contact debe ser una dirección o un correo en letras simples, sin paréntesis",
        )
    return text


def _at_least(table: Table, key: str, usual: int, *, least: int = 1) -> int:
    found = table.whole(key, usual)
    if not least <= found <= 100_000:
        table.fault(f"{key} must be {least} or more", f"{key} debe ser {least} o más")
        return usual
    return found
