"""Speakers of a text are joined to the actors of the casefile."""

from __future__ import annotations

from recuento.compare import actor_for
from recuento.model.casting import Actor, Cast
from recuento.model.statement import Speaker, SpeakerKind
from recuento.values.bilingual import Bilingual

CAST = Cast(
    actors=(
        Actor(
            "minister",
            "Elena Ruiz Prado",
            "state",
            roles=(Bilingual(es="ministra del Interior", en="interior minister"),),
        ),
        Actor(
            "observatory",
            "Observatorio de Valdeoscuro",
            "ngo",
            aliases=("OVO", "Valdeoscuro Observatory"),
            person=False,
        ),
        Actor("spokesman", "Marcos Ruiz", "ngo", organisation="observatory"),
        Actor("relatives", "relative of a prisoner", "relatives", aliases=("familiares de internos",)),
    )
)


def found(name: str, kind: SpeakerKind = SpeakerKind.PERSON, **more: str) -> str | None:
    """The id of the actor found, or None."""
    actor = actor_for(Speaker(name, kind, **more), CAST)
    return actor.id if actor else None


def test_names_and_aliases_are_found_without_accents_and_articles() -> None:
    """The organisation is found by its full name, its acronym and its English name."""
    names = ("Observatorio de Valdeoscuro", "el OVO", "the Valdeoscuro Observatory (OVO)")
    assert {found(name, SpeakerKind.ORGANISATION) for name in names} == {"observatory"}


def test_a_role_finds_its_only_holder() -> None:
    """The minister of the interior is one person; both languages name her."""
    assert found("la ministra del Interior") == found("the interior minister") == "minister"
    assert found("Someone", role="Minister of the Interior and Justice, interior minister") == "minister"


def test_a_shared_surname_finds_nobody() -> None:
    """Two actors are called Ruiz: a bare "Ruiz" is neither."""
    assert found("Ruiz") is None


def test_rumour_has_no_actor() -> None:
    """ "It is rumoured" is nobody's word."""
    assert found("OVO", SpeakerKind.RUMOUR) is None


def test_a_class_of_sources_is_found_by_its_alias() -> None:
    """Relatives are a class with an actor of its own."""
    assert found("familiares de internos", SpeakerKind.UNNAMED) == "relatives"
