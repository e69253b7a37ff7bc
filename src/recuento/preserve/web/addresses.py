"""Addresses on the web: taken apart, and refused where a request could reach what is not public.

An address in a page, a feed or a redirect was written by a stranger. What is checked is the network address that a
name leads to, and the connection goes to the very address that was checked, so that a name cannot mean one machine when
it is looked up and another when it is called (DNS rebinding).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from recuento.errors import InvalidValue
from recuento.values.bilingual import Bilingual

PORTS = frozenset({80, 443, 8000, 8080, 8443})
"""Ports on which web servers listen; another one must be allowed by name."""
_STANDARD = {"http": 80, "https": 443}
_CHARACTERS_MAX = 4096
_NOT_PUBLIC_4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
        ),
    )
)
"""What the registry of special-purpose addresses (RFC 6890 and after) keeps from the public, and multicast."""
_GLOBAL_6 = IPv6Network("2000::/3")
"""The only public IPv6 space; loopback, link-local, unique local, mapped and multicast lie outside."""
_NOT_PUBLIC_6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
"""Tunnels that carry an IPv4 address inside (Teredo, 6to4), and documentation."""
_NAT64 = IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An address taken apart. `host` is lower-case ASCII without brackets; `target` is what a request line asks for."""

    url: str
    scheme: str
    host: str
    port: int
    target: str

    @property
    def place(self) -> str:
        """Host, and port where it is not the usual one: what robots.txt and the pace are kept for."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return shown if self.port == _STANDARD[self.scheme] else f"{shown}:{self.port}"


def web_address(text: str) -> WebAddress:
    """Take an address apart and write it as it will be asked for, without its fragment.

    Raises InvalidValue where it is no http or https address, names a user, or is longer than any server takes.
    """
    text = text.strip()
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise _no_address(text) from None
    if parts.scheme not in _STANDARD:
        raise InvalidValue(
            f"{_short(text)}: only http and https addresses can be captured",
            f"{_short(text)}: solo se pueden capturar direcciones http y https",
        )
    if parts.username is not None or parts.password is not None:
        raise InvalidValue(
            f"{_short(text.replace(parts.netloc, '...'))}: an address with a user name or password is not captured",
            f"{_short(text.replace(parts.netloc, '...'))}: no se captura una dirección con usuario o contraseña",
        )
    if not host or len(text) > _CHARACTERS_MAX:
        raise _no_address(text)
    host = _ascii_host(host, text)
    port = _STANDARD[parts.scheme] if port is None else port
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=-._~|[]")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=-._~?|[]{}")
    target = f"{path}?{query}" if parts.query else path
    found = WebAddress("", parts.scheme, host, port, target)
    return WebAddress(f"{parts.scheme}://{found.place}{target}", parts.scheme, host, port, target)


def joined(base: str, link: str) -> str | None:
    """The address that `link` means on the page at `base`; None where it is none that can be asked for."""
    try:
        return web_address(urljoin(base, link.strip())).url
    except (InvalidValue, ValueError):
        return None


def parts_of(url: str) -> SplitResult:
    """The parts of an address that a stranger wrote, for what is only shown; of one that cannot be split, none."""
    try:
        parts = urlsplit(url)
        _ = parts.hostname
    except ValueError:
        return SplitResult("", "", "", "", "")
    return parts


@dataclass(frozen=True, slots=True)
class Allowed:
    """Hosts that may be asked although they are not public, each with the port it is allowed on, or None."""

    hosts: frozenset[tuple[str, int | None]] = frozenset()

    def private(self, address: WebAddress) -> bool:
        """Whether this host may be asked wherever its name leads to."""
        return bool({(address.host, None), (address.host, address.port)} & self.hosts)

    def port(self, address: WebAddress) -> bool:
        """Whether this port of the host may be asked."""
        return address.port in PORTS or (address.host, address.port) in self.hosts

    def written(self) -> list[str]:
        """The hosts as they can be read back."""
        return sorted(_written(host, port) for host, port in self.hosts)


def allowed_from(texts: Iterable[str]) -> Allowed:
    """Read "host" and "host:port"; raises InvalidValue where one is neither."""
    found = set()
    for text in texts:
        try:
            parts = urlsplit(f"//{text.strip()}")
            host, port = parts.hostname, parts.port
        except ValueError:
            host, port = None, None
        if not host or "/" in text:
            raise InvalidValue(
                f"{text!r} is no host to allow: write name or name:port",
                f"{text!r} no es un servidor que permitir: escriba nombre o nombre:puerto",
            )
        found.add((_ascii_host(host, text), port))
    return Allowed(frozenset(found))


def why_not_public(address: str) -> Bilingual | None:
    """Why a request must not go to this network address; None where it is public."""
    found = ip_address(address.partition("%")[0])
    inner = _inner(found)
    if isinstance(inner, IPv4Address):
        refused = any(inner in network for network in _NOT_PUBLIC_4)
    else:
        refused = inner not in _GLOBAL_6 or any(inner in network for network in _NOT_PUBLIC_6)
    if not refused:
        return None
    return Bilingual(
        es=f"lleva a {found}, que no es una dirección pública; permítala por su nombre (--allow-host) si es suya",
        en=f"it leads to {found}, which is no public address; allow it by name (--allow-host) if it is yours",
    )


def why_unlikely_public(host: str) -> Bilingual | None:
    """What can be told of a name without looking it up, where a proxy will: None where it may be public."""
    try:
        return why_not_public(host)
    except ValueError:
        pass
    last = host.rpartition(".")[2]
    if "." in host and last not in _LOCAL_NAMES and not last.isdigit() and not last.startswith("0x"):
        return None
    return Bilingual(
        es=f"{host} no es un nombre público; permítalo por su nombre (--allow-host) si es suyo",
        en=f"{host} is no public name; allow it by name (--allow-host) if it is yours",
    )


_LOCAL_NAMES = frozenset(
    {"localhost", "local", "internal", "lan", "home", "corp", "intranet", "test", "invalid", "arpa"}
)


def _inner(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address behind a translator of one's own provider (RFC 6052), else the address itself."""
    if isinstance(address, IPv6Address) and address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _ascii_host(host: str, text: str) -> str:
    host = host.rstrip(".").lower()
    if ":" in host:
        try:
            return str(IPv6Address(host.partition("%")[0]))
        except ValueError:
            raise _no_address(text) from None
    try:
        found = host.encode("idna").decode("ascii")
    except (UnicodeError, IndexError):
        raise _no_address(text) from None
    if not found or not all(letter.isalnum() or letter in "-._" for letter in found):
        raise _no_address(text)
    return found


def _written(host: str, port: int | None) -> str:
    shown = f"[{host}]" if ":" in host else host
    return shown if port is None else f"{shown}:{port}"


def _no_address(text: str) -> InvalidValue:
    return InvalidValue(f"{_short(text)} is no web address", f"{_short(text)} no es una dirección web")


def _short(text: str) -> str:
    return repr(text if len(text) <= 200 else text[:200] + "…")
