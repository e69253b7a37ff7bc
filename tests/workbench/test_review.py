"""The queue without script: links and forms alone do everything, and what is decided stands in the casefile."""

import re
from pathlib import Path

from served_casefile import form_of

from recuento.casefile.events.gathering import documents_of, event_named, gather
from recuento.casefile.review.reviewing import reviews
from recuento.model.decision import Act
from recuento.model.statement import Mode
from recuento.values.quantity import Comparison


def key_in(answer):
    """The address of the statement shown."""
    return re.search(r'action="(/review/[^"]+)decide/"', answer.text)[1]


def to_words(client, words):
    """Walk the queue to the statement with these words; gives its page."""
    page = client.get("/review/")
    for _ in range(20):
        here = "".join(re.findall(r'<span class="s on">(.*?)</span>', page.text))
        if words in re.sub("<[^>]+>", "", here):
            return page
        following = re.search(r'data-key="j"[^>]*href="([^"]+)"', page.text)
        page = client.get(following[1])
    raise AssertionError(words)


def decide(client, page, **changes):
    """Send the form of a page with some fields changed."""
    return client.post(key_in(page) + "decide/", **{**form_of(page), **changes})


def claims_of(casefile):
    """The claims of the fire that came from documents."""
    found = gather(casefile, event_named(casefile, "fire"), casefile.settings.edition)
    return {claim.grounds[0].anchor.quote: claim for claim in found.claims if claim.grounds and claim.id[0] == "R"}


def test_the_form_as_it_stands_confirms(client, opened):
    """Sending a page as it was shown confirms the statement and goes on to another."""
    first = client.get("/review/")
    second = decide(client, first, action="confirm")
    assert key_in(second) != key_in(first)
    decisions = reviews(opened()).decisions
    assert [d.act for d in decisions] == [Act.CONFIRM]


def test_hardest_document_comes_first(client):
    """What was concluded and is vague comes before what reads clean."""
    assert "Nota dudosa" in client.get("/review/").text


def test_a_correction_reaches_the_balance(client, opened):
    """A corrected figure, stance or measure is what the accounts and the balance use from then on."""
    page = to_words(client, "al menos 21")
    name = re.search(r'name="(f\d+)-quantity"', page.text)[1]
    decide(
        client, page, **{f"{name}-quantity": "eq:21", f"{name}-measure": "injured", "speaker-typed": "Elena Ruiz Prado"}
    )
    casefile = opened()
    (decision,) = reviews(casefile).decisions
    assert decision.act is Act.CORRECT
    claim = claims_of(casefile)["al menos 21"]
    assert (claim.quantity.comparison, claim.quantity.low, claim.quantity.high) == (Comparison.EQ, 21, 21)
    assert (claim.measure, claim.actor, claim.reviewed) == ("injured", "warden", True)


def test_undo_brings_back_what_was_read(client, opened):
    """After an undo the casefile stands as before, and both decisions are kept."""
    before = documents_of(opened())
    page = to_words(client, "al menos 21")
    decide(client, page, stance="denies:asserted")
    changed = documents_of(opened())
    assert {s.mode for d in changed for s in d.statements if s.id in d.reviewed} == {Mode.DENIES}
    client.post("/undo/")
    casefile = opened()
    assert documents_of(casefile) == before
    assert [d.act for d in reviews(casefile).decisions] == [Act.CORRECT, Act.UNDO]


def test_any_decision_can_be_undone_from_the_history(client, opened):
    """An old decision is taken back by its number; the later ones stand."""
    page = decide(client, client.get("/review/"), action="reject")
    decide(client, page, action="confirm")
    client.post("/undo/", decision="1")
    found = reviews(opened())
    assert (len(found.rejected), len(found.confirmed)) == (0, 1)
    assert client.post("/undo/", decision="1").status == 400


def test_u_walks_back_through_ones_own_decisions(client, opened):
    """Undo again takes back the one before."""
    page = client.get("/review/")
    for _ in range(3):
        page = decide(client, page, action="confirm")
    for left in (2, 1, 0):
        client.post("/undo/")
        assert len(reviews(opened()).confirmed) == left
    assert client.post("/undo/").status == 400


def test_confirming_a_corrected_statement_keeps_the_correction(client, opened):
    """Coming back to a corrected statement and confirming does not bring the machine's reading back."""
    page = to_words(client, "al menos 21")
    decide(client, page, stance="denies:asserted")
    decide(client, client.get(key_in(page)), action="confirm")
    found = [s for d in documents_of(opened()) for s in d.statements if s.id in d.reviewed]
    assert [s.mode for s in found] == [Mode.DENIES]


def test_what_is_wrong_is_told_at_once_and_nothing_is_written(client, opened):
    """Two fields that cannot be are both named; the statement still waits."""
    page = to_words(client, "al menos 21")
    name = re.search(r'name="(f\d+)-quantity"', page.text)[1]
    answer = decide(client, page, **{f"{name}-quantity-typed": "qwerty", "stance": "shouts:loudly"})
    assert answer.status == 400
    assert "qwerty" in answer.text and "shouts:loudly" in answer.text
    assert reviews(opened()).decisions == ()


def test_the_words_can_be_shrunk_and_grown(client, opened):
    """A nudge moves one end by one word, keeps the rest of the form, and is decided with it."""
    page = to_words(client, "al menos 21")
    form = {**form_of(page), "stance": "denies:asserted"}
    shorter = client.post(key_in(page) + "redraw/", nudge="end-1", **form)
    assert form_of(shorter)["stance"] == "denies:asserted"
    longer = client.post(key_in(page) + "redraw/", nudge="end+1", **form_of(shorter))
    assert form_of(longer)["span"] == form["span"]
    decide(client, shorter)
    (statement,) = [s for d in documents_of(opened()) for s in d.statements if s.id in d.reviewed]
    assert statement.content[-1].quote.endswith("incendio de")


def test_a_second_reader_and_a_rejection_leave_the_balance(client, opened):
    """Referred statements wait for somebody else, rejected ones are out; neither counts as reviewed."""
    page = decide(client, to_words(client, "al menos 21"), action="refer")
    assert "segunda lectura" in client.get("/").text
    decide(client, to_words(client, "371"), action="reject")
    casefile = opened()
    found = documents_of(casefile)
    assert page.status == 200
    assert not any(document.reviewed for document in found)
    assert "371" not in {f.anchor.quote for d in found for s in d.statements for f in s.figures}


def test_a_missed_statement_is_added_with_its_figure(client, opened):
    """The first sentence no statement covers is offered; added, it counts as a person's."""
    page = to_words(client, "al menos 21")
    address = re.search(r'data-key="m"[^>]*href="([^"]+)"', page.text)[1].replace("&amp;", "&")
    form = client.get(address)
    assert "bomberos" in re.sub("<[^>]+>", "", re.search(r'<span class="s on">(.*?)</span>', form.text)[1])
    action = re.search(r'action="(/add/[^"]+)"', form.text)[1]
    nobody = client.post(action, **form_of(form))
    assert nobody.status == 400 and "quién habla" in nobody.text
    shown = client.post(action, **{**form_of(form), "speaker-typed": "Observatorio de Lares"})
    assert "Añadida" in shown.text
    casefile = opened()
    (added,) = [s for d in documents_of(casefile) for s in d.statements if s.reader == "person"]
    assert added.speaker.name == "Observatorio de Lares"
    client.post("/undo/")
    assert not [s for d in documents_of(opened()) for s in d.statements if s.reader == "person"]


def test_who_decided_meanwhile_is_shown_and_nothing_is_lost(client, opened):
    """Of two who decide on one statement the second sees the first's decision and decides again."""
    page = client.get("/review/")
    decide(client, page, action="reject")
    late = decide(client, page, action="confirm")
    assert late.status == 409
    assert [d.act for d in reviews(opened()).decisions] == [Act.REJECT]
    again = decide(client, late, action="confirm")
    assert again.status == 200
    assert [d.act for d in reviews(opened()).decisions] == [Act.REJECT, Act.CONFIRM]


def test_decisions_of_the_command_line_are_seen(client, opened):
    """What `recuento review` decides while the page is open leaves the queue."""
    from invented import AT
    from recuento.casefile.review.correcting import Hand, decide_on

    page = client.get("/review/")
    key = "statement:" + ":".join(key_in(page).strip("/").split("/")[1:])
    decide_on(opened(), key, Act.CONFIRM, Hand("otra persona", AT))
    assert key_in(client.get("/review/")) != key_in(page)


def test_history_tells_who_when_from_what_to_what(client):
    """The history of a statement names each decision, who made it, and each field before and after."""
    page = to_words(client, "al menos 21")
    decide(client, page, stance="denies:asserted")
    client.post("/undo/")
    text = client.get(key_in(page).replace("/review/", "/history/")).text
    assert "de «afirma, dado por cierto» a «niega, dado por cierto»" in text
    assert "deshecha" in text
    assert re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d", text)


def test_the_effect_is_told_after_and_never_before(client):
    """No page of a statement holds what deciding would do; the effect of a decision does."""
    page = to_words(client, "371")
    assert "antes" not in re.sub("<[^>]+>", "", page.text).split("Historia")[0]
    decide(client, page, action="confirm")
    assert "El balance" in client.get("/effect/1/").text or "cifra" in client.get("/effect/1/").text


def test_every_page_speaks_both_languages(client):
    """After the switch no Spanish phrase of ours is left, and back; pages have the same parts in both."""
    from recuento.workbench.speech import own_phrases

    page = to_words(client, "al menos 21")
    decide(client, page, stance="denies:asserted")
    addresses = [
        "/",
        "/review/",
        "/history/",
        key_in(page),
        f"/add/{key_in(page).split('/')[2]}/",
        "/effect/1/",
        "/unseal/",
        "/publish/out/?subject=claim:A3",
        "/none/",
    ]
    shown = {}
    for language in ("es", "en"):
        client.post("/settings/", language=language)
        shown[language] = [client.get(address).text for address in addresses]
    for es, en in zip(shown["es"], shown["en"], strict=True):
        assert '<html lang="es"' in es and '<html lang="en"' in en
        assert re.findall(r'(?:id|name|data-key)="[^"]+"', es) == re.findall(r'(?:id|name|data-key)="[^"]+"', en)
        for words in own_phrases().values():
            if "{" not in words.es and len(words.es) > 12 and words.es != words.en:
                assert words.es not in en, words.es
                assert words.en not in es, words.en


def test_every_phrase_is_used_and_every_phrase_used_is_there():
    """The templates and the code ask for no phrase that is not kept, and none is kept for nothing."""
    from importlib.resources import files

    from recuento.publish.tongue import phrases
    from recuento.workbench.speech import own_phrases

    room = files("recuento.workbench")
    found = [path for path in Path(str(room)).rglob("*") if path.suffix in (".py", ".html")]
    everything = " ".join(file.read_text(encoding="utf-8") for file in found)
    asked = set(re.findall(r"\bt\(\s*[\"'](\w+)[\"']\s*[,)]", everything))
    assert asked <= own_phrases().keys() | phrases().keys()
    # A key that is put together ("act_" and the act, a phrase and "_more") is used where a part of it is.
    built = tuple(set(re.findall(r"\bt\(\s*f?[\"'](\w+_)(?:[\"'] ~|\{)", everything)))
    quoted = set(re.findall(r"[\"'](\w+)[\"']", everything))
    unused = [k for k in own_phrases() if not k.startswith(built) and not {k, k.removesuffix("_more")} & quoted]
    assert unused == []
