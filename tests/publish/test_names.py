"""Private names are found however they are written, and only as whole words."""

import html
import json
import unicodedata
from urllib.parse import quote

from hypothesis import assume, given
from hypothesis import strategies as st

from recuento.model.casting import Actor, Cast, Party
from recuento.model.dossier import KeptBack
from recuento.publish.gate import Gate
from recuento.publish.names import folded
from recuento.publish.private import _of_actor
from recuento.values.bilingual import Bilingual

words = st.lists(st.text(st.characters(categories=("Lu", "Ll")), min_size=2, max_size=8), min_size=2, max_size=3)


def _private(*names: str, public: tuple[Actor, ...] = ()) -> Gate:
    return Gate.of([KeptBack(name, "x") for name in names], names=[actor.name for actor in public])


@given(words, st.sampled_from([str.upper, str.lower, str.title, lambda s: unicodedata.normalize("NFD", s)]))
def test_a_name_is_found_whatever_its_case_and_accents(parts: list[str], rewrite) -> None:
    """Upper case, lower case, decomposed: the same name."""
    name = " ".join(parts)
    assume(folded(rewrite(name)) == folded(name))
    assert _private(name).tells(f"<p>dijo {rewrite(name)}.</p>")


@given(words)
def test_a_name_is_found_in_addresses_escapes_and_across_tags(parts: list[str]) -> None:
    """Hyphens, percent signs, entities, JSON escapes, soft hyphens and tags in the middle hide nothing."""
    name = " ".join(parts)
    private = _private(name)
    assume(folded(name) == folded("-".join(parts)))
    half = len(name) // 2
    for written in (
        "https://x.invalid/" + "-".join(parts),
        "https://x.invalid/" + quote(name),
        "".join(f"&#{ord(c)};" for c in name),
        json.dumps(name),
        name[:half] + "\u00ad" + name[half:],
        f"{name[:half]}<mark>{name[half:]}</mark>",
        html.escape(name).replace(" ", "\u00a0"),
    ):
        assert private.tells(written), written


def test_a_part_of_a_word_is_no_name() -> None:
    """ "Ana Paz" does not stand in "Anastasia Pazos"."""
    private = _private("Ana Paz")
    assert not private.tells("Anastasia Pazos y Mariana Paz")
    assert private.tells("ana-paz")


def test_a_class_of_people_is_not_a_name() -> None:
    """An actor registered under the words it is called by hides nobody."""
    party = Party("kin", Bilingual("Familias", "Families"), Bilingual("Familias", "Families"), anonymous=True)
    actor = Actor("r", "un familiar", "kin", aliases=("Familias",), called=Bilingual("un familiar", "a relative"))
    assert not list(_of_actor(actor, Cast(parties=(party,), actors=(actor,))))


def test_a_private_alias_inside_a_public_name_is_no_finding_there() -> None:
    """The longer public name may stand; the alias alone may not."""
    minister = Actor("m", "Rosa Vidal Mora", "state", public=True)
    private = _private("Vidal", public=(minister,))
    assert not private.tells("Lo dijo Rosa Vidal Mora.")
    assert private.tells("Lo dijo Rosa Vidal Mora a Vidal.")
