"""robots.txt as RFC 9309 has it: which addresses of a site a program may ask for, and how long it should wait between.

Parsed by hand, since it comes from a stranger: lines alone, and a match that takes time in proportion to its length
whatever the rules.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes

BYTES_MAX = 500 << 10
"""How much of the file is read (RFC 9309 §2.5 asks for at least this much)."""
_LINE_CHARACTERS_MAX = 4096
_AGENT = re.compile(r"[a-z_-]+")


@dataclass(frozen=True, slots=True)
class Rule:
    """One line: a path with `*` and `$`, and whether it is allowed."""

    path: str
    allows: bool


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of a site for us. `delay_seconds` is its Crawl-delay, None where it asks for none."""

    rules: tuple[Rule, ...] = ()
    delay_seconds: float | None = None

    def allows(self, target: str) -> bool:
        """Whether the path (with query) may be asked for: the longest rule that fits decides, then the allowing."""
        path = _normal(target)
        fitting = [rule for rule in self.rules if fits(rule.path, path)]
        if not fitting or path == "/robots.txt":
            return True
        return max(fitting, key=lambda rule: (len(rule.path), rule.allows)).allows


ALL_ALLOWED = Robots()
NONE_ALLOWED = Robots(rules=(Rule("/", False),))


def robots_from(data: bytes, product: str) -> Robots:
    """The rules for the program that calls itself `product`: those of its groups, else those of `*`."""
    text = data[:BYTES_MAX].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    groups: list[_Group] = []
    opened = False
    for line in re.split(r"\r\n|\r|\n", text):
        name, colon, value = line[:_LINE_CHARACTERS_MAX].partition("#")[0].partition(":")
        name, value = name.strip().lower(), value.strip()
        if not colon:
            continue
        if name == "user-agent":
            if not opened:
                groups.append(_Group([], [], []))
            opened = True
            groups[-1].agents.append(_agent(value))
        elif name in ("allow", "disallow", "crawl-delay") and groups:
            opened = False
            groups[-1].take(name, value)
    ours = [group for group in groups if product.lower() in group.agents]
    chosen = ours or [group for group in groups if "*" in group.agents]
    rules = tuple(rule for group in chosen for rule in group.rules)
    delays = [seconds for group in chosen for seconds in group.delays]
    return Robots(rules, max(delays, default=None))


def fits(rule: str, path: str) -> bool:
    """Whether a rule covers a path: `*` stands for anything, `$` at its end for the end of the path."""
    ends = rule.endswith("$")
    first, *others = rule.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    if not others:
        return not ends or at == len(path)
    *middle, last = others
    for piece in middle:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if not ends:
        return path.find(last, at) >= 0
    return path.endswith(last) and len(path) - len(last) >= at


@dataclass(frozen=True, slots=True)
class _Group:
    agents: list[str]
    rules: list[Rule]
    delays: list[float]

    def take(self, name: str, value: str) -> None:
        """Note a line of the group."""
        if name == "crawl-delay":
            if re.fullmatch(r"\d{1,6}(\.\d{1,6})?", value):
                self.delays.append(float(value))
        elif value:
            # An empty Disallow forbids nothing.
            self.rules.append(Rule(_normal(value if value[0] in "/*" else f"/{value}"), name == "allow"))


def _agent(value: str) -> str:
    if value == "*":
        return value
    found = _AGENT.match(value.lower())
    return found[0] if found else ""


def _normal(path: str) -> str:
    """The path with every octet written in one way, so that "%7E" and "~" are the same and "%2F" is no "/"."""
    return re.sub(r"%[0-9A-Fa-f]{2}|[^%]|%", _normal_piece, path)


def _normal_piece(match: re.Match[str]) -> str:
    piece = match[0]
    if len(piece) == 3:
        byte = unquote_to_bytes(piece)
        return byte.decode("ascii") if byte.isalnum() or byte in (b"-", b".", b"_", b"~") else piece.upper()
    return piece if piece.isascii() and piece.isprintable() and piece not in " %" else quote(piece, safe="")
