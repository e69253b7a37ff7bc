"""The queue in a real browser: keys counted, accessible, nothing fetched from elsewhere, no mouse."""

import json
import re
import shutil
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from served_casefile import serving

from browser import NEEDS_CHROMIUM, SPACING, chromium, is_too_wide, violations
from recuento.casefile.casefile import Casefile
from recuento.casefile.review.reviewing import reviews
from recuento.model.decision import Act

pytestmark = NEEDS_CHROMIUM


@pytest.fixture(scope="module")
def browser():
    """One Chromium for all tests of this file."""
    with chromium() as running:
        yield running


@pytest.fixture
def case(prepared, tmp_path):
    """A casefile of the test's own, served: its folder and the address."""
    folder = Path(shutil.copytree(prepared, tmp_path / "case"))
    with serving(folder, language="en") as address:
        yield folder, address


@pytest.fixture
def page(browser, case):
    """A page in the queue that notes everything it fetches and every complaint; complaints fail the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    complaints, hosts = [], set()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.goto(case[1])
    page.goto(page.url + "review/")
    yield page
    context.close()
    assert complaints == []
    assert hosts == {urlsplit(case[1]).netloc}


def decisions(case):
    """The decisions in the casefile."""
    with Casefile.open(case[0]) as casefile:
        return reviews(casefile).decisions


def press(page, *keys):
    """Press keys as fast as they go, then wait until the page is at rest."""
    for key in keys:
        page.keyboard.press(key)
    rest(page)


def rest(page):
    """Wait until nothing is asked of the server."""
    page.wait_for_selector("body:not([data-busy])", state="attached")


def test_a_clean_statement_takes_one_key(page, case):
    """A confirms and goes on to the next statement."""
    before = page.url
    page.keyboard.press("a")
    page.wait_for_url(lambda url: url != before)
    assert [d.act for d in decisions(case)] == [Act.CONFIRM]


def test_a_field_is_put_right_with_three_keys(page, case):
    """A digit opens the field, an arrow takes the next reading, A confirms and goes on."""
    before = page.url
    page.keyboard.press("2")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("a")
    page.wait_for_url(lambda url: url != before)
    (decision,) = decisions(case)
    assert decision.act is Act.CORRECT


def test_enter_keeps_escape_brings_back_and_t_types(page, case):
    """Enter keeps what was chosen, Escape leaves the field as it was, T writes another reading."""
    press(page, "2", "ArrowRight", "Escape", "a")
    press(page, "1", "t")
    rest(page)
    page.keyboard.type("Observatorio de Lares")
    press(page, "Enter", "a")
    first, second = decisions(case)
    assert (first.act, second.act) == (Act.CONFIRM, Act.CORRECT)
    assert "Observatorio de Lares" in dict(second.details)["to"]


def test_the_whole_queue_goes_by_keyboard(page, case):
    """Every statement is decided, one is undone and decided again, one is added, and none is left: no mouse."""
    total = int(page.locator("progress").get_attribute("max"))
    press(page, "x", "u", "]", "[", "f")
    for _ in range(total - 1):
        press(page, "a")
    page.wait_for_selector("text=Nothing waits for review")
    acts = Counter(d.act for d in decisions(case))
    assert acts == {Act.REJECT: 1, Act.UNDO: 1, Act.REFER: 1, Act.CONFIRM: total - 1}


def test_what_is_asked_is_put_right_by_keyboard(page, case):
    """7 to 9 open item, addressee and measure, again those of the next item; they are there for a demand alone."""
    press(page, "7")
    assert page.locator("details.f[open]").count() == 0
    to_demand(page)
    for digit in "89":
        press(page, digit)
        assert page.locator("details.f[open]").get_attribute("data-key") == digit
    press(page, "7", "7")
    assert page.locator("details.f[open]").get_attribute("data-field") == "anew-item"
    press(page, "7", "7", "t")
    page.keyboard.type("la lista")
    press(page, "Enter", "8", "ArrowRight", "a")
    page.wait_for_selector("#after")
    (decision,) = decisions(case)
    (ask,) = json.loads(dict(decision.details)["to"])["asks"]
    assert (ask["item"]["quote"], ask["addressee"], ask["measure"]) == ("la lista", None, None)


def to_demand(page):
    """Walk on to the statement that asks for something."""
    for _ in range(int(page.locator("progress").get_attribute("max"))):
        if page.locator('[data-key="7"]').count():
            return
        press(page, "j")
    raise AssertionError("no demand")


def test_what_becomes_a_demand_takes_one_key_more(page, case):
    """Stance, then A: what is asked is shown where one stands; A again decides."""
    press(page, "j", "2")
    while page.locator("input:checked + span", has_text="demands").count() == 0:
        press(page, "ArrowRight")
    press(page, "a")
    assert page.evaluate("document.activeElement.matches('[data-land]')")
    assert decisions(case) == () and violations(page) == []
    press(page, "a")
    page.wait_for_selector("#after")
    assert [d.act for d in decisions(case)] == [Act.CORRECT]


def test_moving_and_adding_by_keyboard(page, case):
    """J and K move, M opens the form for a missed statement, where J takes the next sentence."""
    first = page.url
    press(page, "j")
    assert page.url != first
    press(page, "k")
    assert page.url == first
    press(page, "m")
    assert "/add/" in page.url
    words = page.locator(".s.on").first.inner_text()
    press(page, "j")
    assert page.locator(".s.on").first.inner_text() != words
    press(page, "1", "t")
    page.keyboard.type("Elena Ruiz Prado")
    press(page, "Enter", "a")
    assert [d.act for d in decisions(case)] == [Act.ADD]


def test_a_selection_becomes_a_missed_statement(page, case):
    """M takes the words that are selected, counted in characters of the text."""
    page.evaluate(
        """() => { const p = document.querySelector(".txt p"), range = document.createRange();
        const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT); const node = walker.nextNode();
        range.setStart(node, 0); range.setEnd(node, 5);
        getSelection().removeAllRanges(); getSelection().addRange(range); }"""
    )
    chosen = page.evaluate("getSelection().toString()")
    press(page, "m")
    assert "span=" in page.url
    assert page.evaluate("[...document.querySelectorAll('.s.on')].map(e => e.textContent).join('')") == chosen


def test_the_effect_comes_after_the_decision(page):
    """Before a decision the page says nothing of the balance; after it the live region does."""
    assert page.locator("#status").inner_text() == ""
    press(page, "a")
    page.locator("#status", has_text=re.compile("balance|figure")).wait_for()


def test_single_keys_can_be_switched_off(page, case):
    """Switched off, no letter decides anything; the buttons still do."""
    page.get_by_role("button", name="Single-key shortcuts: on").press("Enter")
    page.wait_for_selector("[data-keys=off]")
    press(page, "a", "x", "1")
    assert decisions(case) == ()
    page.get_by_role("button", name="Confirm and go on").press("Enter")
    page.wait_for_selector("#after")
    assert len(decisions(case)) == 1


def test_letters_typed_into_a_field_decide_nothing(page, case):
    """What is typed into a text field is text."""
    press(page, "1", "t", "a", "x", "u")
    assert decisions(case) == ()


def test_every_page_is_accessible_and_fits(browser, case):
    """axe finds nothing on any page, light and dark, 360 and 1280 wide; 320 with wide spacing does not scroll."""
    home = case[1].split("?")[0]
    found = []
    for width, scheme in ((360, "light"), (1280, "dark")):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page = context.new_page()
        page.on("console", lambda message, into=found: into.append(message.text) if "404" not in message.text else 0)
        page.goto(case[1])
        for address in addresses(page, home):
            page.goto(address)
            found += [(address, width, scheme, *one) for one in violations(page)]
            found += [(address, width, "too wide")] if is_too_wide(page) else []
        if width == 360:
            page.set_viewport_size({"width": 320, "height": 900})
            for address in addresses(page, home):
                page.goto(address)
                page.evaluate("css => { const s = new CSSStyleSheet(); s.replaceSync(css);"
                              "document.adoptedStyleSheets = [s]; }", SPACING)  # fmt: skip
                found += [(address, 320, "too wide with spacing")] if is_too_wide(page) else []
        context.close()
    assert found == []


def addresses(page, home):
    """Every type of page, once something was decided."""
    page.goto(home + "review/")
    here = page.url
    if page.locator("#after").count() == 0 and page.locator(".hist").count() == 0:
        page.locator("[data-key=a]").click()
        page.wait_for_selector("#after")
    document = here.split("/")[4]
    to_demand(page)
    demand = page.url
    event = f"{home}event/fire/"
    page.goto(event)
    links = page.eval_on_selector_all("main a[href]", "every => every.map(one => one.href)")
    records = [next(link for link in links if f"/{kind}/" in link) for kind in ("claim", "demand", "document")]
    others = [f"{home}{path}/" for path in ("publish", "capture", "people", "unseal", "history", "effect/1", "nowhere")]
    others += [f"{home}cast/{path}" for path in ("", "actor/?name=Ana&from=/review/", "facility/", "event/")]
    return [event, home, here, demand, *records, home + f"add/{document}/", *others]
