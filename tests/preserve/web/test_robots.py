"""robots.txt: the rules as RFC 9309 has them, and a match that no rule can slow down."""

from __future__ import annotations

import re
import time

from hypothesis import given
from hypothesis import strategies as st

from recuento.preserve.web.robots import fits, robots_from


@given(rule=st.text("ab*$/", max_size=8).map("/".__add__), path=st.text("ab/", max_size=10).map("/".__add__))
def test_a_rule_fits_as_the_slow_pattern_does(rule: str, path: str) -> None:
    """Our linear match agrees with the obvious regular expression."""
    body, ends = (rule[:-1], "$") if rule.endswith("$") else (rule, "")
    pattern = ".*".join(re.escape(piece) for piece in body.split("*"))
    assert fits(rule, path) == bool(re.match(pattern + ("\\Z" if ends else ""), path))


def test_the_longest_rule_decides_and_then_the_allowing() -> None:
    """As in the examples of RFC 9309 §5.2."""
    robots = robots_from(
        b"User-Agent: *\nDisallow: /example/\nAllow: /example/page\nDisallow: /a\nAllow: /a", "Recuento"
    )
    assert robots.allows("/example/page.html") and not robots.allows("/example/other") and robots.allows("/a")


def test_octets_are_one_however_they_are_written() -> None:
    """ "%7E" is "~", "ñ" is "%C3%B1", and "%2F" is no "/"."""
    robots = robots_from("User-agent: *\nDisallow: /%7Eana\nDisallow: /ñ\nDisallow: /a%2fb".encode(), "Recuento")
    assert not robots.allows("/~ana/x") and not robots.allows("/%c3%b1") and not robots.allows("/a%2Fb")
    assert robots.allows("/a/b")


def test_groups_of_one_name_count_together() -> None:
    """Several groups for us are one; a group for several names is each one's; others' rules are not ours."""
    text = b"User-agent: otro\nUser-agent: recuento\nDisallow: /a\n\n"
    text += b"User-agent: Recuento/2.0\nDisallow: /b\nCrawl-delay: 2.5\n"
    robots = robots_from(text + b"User-agent: *\nDisallow: /c", "Recuento")
    assert not robots.allows("/a") and not robots.allows("/b") and robots.allows("/c") and robots.delay_seconds == 2.5


@given(st.binary(max_size=400))
def test_any_bytes_are_a_robots_file(data: bytes) -> None:
    """Nothing a site sends makes reading it fail, and its own address may always be asked for."""
    assert robots_from(data, "Recuento").allows("/robots.txt")


def test_no_rule_can_slow_us_down() -> None:
    """A thousand rules of a thousand stars each are matched at once."""
    robots = robots_from(b"User-agent: *\n" + (b"Disallow: /" + b"*a" * 1000 + b"*b\n") * 200, "Recuento")
    started = time.process_time()
    assert robots.allows("/" + "a" * 4000)
    assert time.process_time() - started < 2
