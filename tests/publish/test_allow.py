"""Only what is named leaves: the allow-list and the gate."""

import json
from dataclasses import replace

import pytest
from invented_dossier import EVENT, PRIVATE_NAMES, claims, many_claims, valdeoscuro

from recuento.errors import CheckFailed
from recuento.model.casting import Actor
from recuento.publish.build import build
from recuento.values.bilingual import Bilingual

_NEVER = (
    *PRIVATE_NAMES,
    "Quirós",
    "Ibarrondo",
    "costurera de la calle Olmo",
    "no publicar el barrio",
    "ayudante@ejemplo.invalid",
    "buzon/de",
    "entrada.txt",
    "Una persona cualquiera",
    "alguien de la redacción",
    "un vecino",
    "javascript:",
)
"""Names, roles, notes, paths, helpers, authors and unmatched speakers: fields that nobody allowed."""


@pytest.mark.parametrize("texts", [True, False])
@pytest.mark.parametrize("unreviewed", [True, False])
def test_nothing_private_leaves(texts: bool, unreviewed: bool) -> None:
    """No private name, role, note, path or address stands in any file, whatever the rules."""
    built = build(valdeoscuro(texts=texts, unreviewed=unreviewed, extra=many_claims(20)))
    for path, content in built.items():
        text = content.decode()
        for secret in _NEVER:
            assert secret.casefold() not in text.casefold(), (path, secret)


def test_a_member_of_an_anonymous_party_is_never_named_even_if_marked_public() -> None:
    """The party's mark is stronger than the actor's."""
    event = _event(build(valdeoscuro()))
    voice = next(claim["voice"] for claim in event["claims"] if claim["id"] == "c17")
    assert voice["name"]["es"] == "familiar de un preso" and voice["role"] is None


@pytest.mark.parametrize("actor", ["madre", None])
def test_an_address_that_would_give_an_anonymous_voice_away_stays(actor: str | None) -> None:
    """A page is linked for an anonymous voice, known or not, only where it is public in the dossier anyway."""
    own = tuple(
        replace(claim, actor=actor, grounds=(replace(ground, url="https://muro.invalid/p/1", outlet="muro"),))
        for claim in many_claims(20)
        if claim.party == "kin"
        for ground in claim.grounds
    )
    assert own
    built = build(valdeoscuro(extra=own))
    assert not any(b"muro.invalid" in content for content in built.values())


def test_withheld_claims_are_nowhere_and_nothing_rests_on_them() -> None:
    """Withhold a count: its figure, its words, its document's full text and every bound that used it are gone."""
    built = build(valdeoscuro(withheld_claims=frozenset({"c7"})))
    event = _event(built)
    assert "c7" not in {claim["id"] for claim in event["claims"]}
    text = json.dumps(event)
    assert '"c7"' not in text
    assert [bound["term"] for bound in event["worlds"][0]["bounds"]] == ["escaped"]
    assert not event["worlds"][0]["complete"]
    assert not any("412 presentes" in content.decode() for content in built.values())


def test_withheld_documents_are_nowhere() -> None:
    """A withheld document has no page, no words and no demand of its own."""
    dossier = valdeoscuro()
    letter = dossier.documents[0].document.sha256
    built = build(valdeoscuro(withheld_documents=frozenset({letter})))
    assert not any(letter[:16] in path or letter.encode() in content for path, content in built.items())
    assert not any(b"muchachos" in content for content in built.values())
    assert "q1" not in {demand["id"] for demand in _event(built)["demands"]}


def test_unreviewed_readings_need_the_rule_and_are_marked() -> None:
    """What only a machine has read is absent by default, and says so where it is allowed."""
    without, with_it = build(valdeoscuro()), build(valdeoscuro(unreviewed=True))
    assert "c19" not in {claim["id"] for claim in _event(without)["claims"]}
    assert "c19" in {claim["id"] for claim in _event(with_it)["claims"]}
    page = f"es/s/{EVENT}/index.html"
    assert "leída por la máquina, sin revisar" not in without[page].decode()
    assert "leída por la máquina, sin revisar" in with_it[page].decode()
    assert "una demanda que nadie revisó" not in without["es/demandas/index.html"].decode()


def test_without_the_rule_only_quoted_words_of_a_text_leave() -> None:
    """Full texts need permission; the quoted spans of published statements do not."""
    built = build(valdeoscuro(texts=False))
    assert not any(b"Reja Abierta public" in content for content in built.values())
    assert any("Entre 21 y 24 personas murieron" in content.decode() for content in built.values())
    assert not any(b'"prefix"' in content for content in built.values())


def test_a_text_with_a_private_name_is_not_shown_whole() -> None:
    """The text stays, and statements whose words hold the name lose their words."""
    dossier = valdeoscuro()
    letter = dossier.documents[0]
    text = letter.layer.text
    assert "muchachos" in text
    cast = dossier.cast
    private = Actor("otra", "muchachos murieron", "kin", called=Bilingual("alguien", "somebody"))
    changed = replace(dossier, cast=replace(cast, actors=(*cast.actors, private)))
    built = build(changed)
    assert not any(b"muchachos" in content for content in built.values())
    assert "Sus palabras no se publican." in built[f"es/d/{letter.document.sha256[:16]}/index.html"].decode()


def test_the_gate_names_the_files_and_never_the_name() -> None:
    """A private name in the name of an event, which is told as it is, stops the build."""
    dossier = valdeoscuro()
    account = dossier.events[0]
    named = replace(account.event, name=Bilingual("El caso de DOÑA-LALA", "The case"))
    changed = replace(dossier, events=(replace(account, event=named),))
    with pytest.raises(CheckFailed) as caught:
        build(changed)
    assert f"es/s/{EVENT}/index.html" in caught.value.en and "es/index.html" in caught.value.es
    assert "Lala" not in caught.value.en and "LALA" not in caught.value.es


def test_conflict_words_that_name_somebody_are_replaced_by_our_own() -> None:
    """A sentence made elsewhere that holds a private name is not used."""
    dossier = valdeoscuro()
    account = dossier.events[0]
    words = Bilingual("Doña Lala dice otra cosa.", "Doña Lala says otherwise.")
    conflicts = tuple(replace(conflict, words=words) for conflict in account.conflicts)
    balances = tuple(
        replace(b, conflict=replace(b.conflict, words=words) if b.conflict else None) for b in account.balances
    )
    built = build(replace(dossier, events=(replace(account, conflicts=conflicts, balances=balances),)))
    assert b"Lala" not in built[f"es/s/{EVENT}/index.html"]


def test_agreement_is_judged_on_what_is_shown() -> None:
    """Withhold what differs, and the row no longer says that it differs."""
    built = build(valdeoscuro(withheld_claims=frozenset({"c9", "c10"})))
    row = next(row for row in _event(built)["accounts"] if row["measure"] == "population")
    assert row["agreement"] == "alone"


def test_every_claim_of_the_builder_is_accounted_for() -> None:
    """The reviewed claims are published, the unreviewed one is not."""
    assert {claim["id"] for claim in _event(build(valdeoscuro()))["claims"]} == {c.id for c in claims()} - {"c19"}


def _event(built: dict[str, bytes]) -> dict:
    return json.loads(built[f"files/{EVENT}/event.json"])
