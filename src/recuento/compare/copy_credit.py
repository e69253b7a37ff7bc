"""Which agencies a text credits: in its dateline, in a line of its own, or as its author; not as a voice it quotes."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_LINES_AT_AN_END = 3
_CHARACTERS_AT_AN_END = 250
_DASH = r"(?:\.\s*[-–—]+|\s*[-–—]{1,2}\s|\s*:)"


def agencies_of(text: str, author: str = "", outlet: str = "") -> tuple[str, ...]:
    """Give the agencies credited, by our name for each, sorted. "told Reuters" and "Photo: AFP" are no credit."""
    found = {agency for line in (author, outlet) for agency in _named_alone(line)}
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    # The first paragraph holds the dateline, the last lines the signature; in a text of one line both are in it.
    heads = [line[:_CHARACTERS_AT_AN_END] for line in lines[:_LINES_AT_AN_END]]
    tails = [line[-_CHARACTERS_AT_AN_END:] for line in lines[-_LINES_AT_AN_END:]]
    for line in heads:
        found.update(_in_dateline(line))
    for line in (*heads, *tails):
        found.update(_in_signature(line))
    return tuple(sorted(found))


def is_agency(outlet: str, agency: str | None) -> bool:
    """Whether the outlet is that agency itself."""
    return agency is not None and agency in _named_alone(outlet)


def _named_alone(line: str) -> set[str]:
    """The agencies of a line that holds nothing else, but for initials of editors and slashes between agencies."""
    # Wires end with the initials of who wrote and edited them: "EFE jmp/lb".
    line = re.sub(r"(?:\s+|/)[a-z]{2,4}(?:[/-][a-z]{2,4})*$", "", line.strip()) if not _agency(line.strip()) else line
    pieces = re.split(r"\s*(?:/|,|;| y | and |&)\s*", line.strip().strip(".()[]—–- "))
    known = [_agency(piece) for piece in pieces]
    return {agency for agency in known if agency} if known and known[0] and (len(known) == 1 or known[-1]) else set()


def _agency(piece: str) -> str | None:
    names = _agencies()
    if piece in names:
        return names[piece]
    plain = re.sub(r"(?<=[^\W\d_])\d+$", "", piece)  # "EFE2": the second part of a wire.
    return names.get(plain)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = "|".join(re.escape(name) for name in sorted(_agencies(), key=len, reverse=True))
    dateline = re.compile(rf"(?:^|[\s,.])\((?P<inside>(?:{names})(?:\s*/\s*(?:{names}))*)\)|^(?P<first>{names}){_DASH}")
    signature = re.compile(
        r"(?:[Cc]on (?:información|informaciones|datos|reportes) de(?: la)?(?: agencias?)?"
        r"|[Ww]ith (?:information|reporting|files|reports)(?: from| by)"
        r"|(?:^|[.\s(])(?:[Ff]uentes?|[Ss]ources?):"
        r"|^Por|^By|^Redacción y|[Rr]edacción /|[Aa]gencias?(?: de noticias)?:?|[Vv]ía|[Vv]ia)"
        rf"\s+(?P<credit>(?:{names})(?:\s*(?:/|,| y | and )\s*(?:{names}))*)(?=[\s.,;:)\]]*$|\s*[.|)])"
    )
    return dateline, signature


def _in_dateline(line: str) -> set[str]:
    found: set[str] = set()
    for match in _patterns()[0].finditer(line):
        found |= _named_alone(match.group("inside") or match.group("first") or "")
    return found


def _in_signature(line: str) -> set[str]:
    found = _named_alone(line)
    for match in _patterns()[1].finditer(line):
        found |= _named_alone(match.group("credit"))
    inside = re.search(r"\(([^()]{2,30})\)\W*$", line)
    return found | (_named_alone(inside.group(1)) if inside else set())


@cache
def _agencies() -> dict[str, str]:
    text = files("recuento.compare").joinpath("copy_agencies.txt").read_text(encoding="utf-8")
    names: dict[str, str] = {}
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            agency, written = line.split(":", 1)
            names.update((name.strip(), agency.strip()) for name in written.split("|"))
    return names
