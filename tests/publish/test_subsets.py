"""Words of a table in one language stand on the pages of both: translated where they are known, else as written."""

from dataclasses import replace

from invented_dossier import EVENT, many_claims, valdeoscuro

from recuento.model.estimation import Refused
from recuento.model.subsets import standard_subsets, subset_words, subsets_from
from recuento.publish.allow_estimates import _names_any, _unnamed
from recuento.publish.build import build
from recuento.values.bilingual import Bilingual


def _page(subset: str, language: str) -> str:
    claim = replace(many_claims(2)[0], id="part", subset=subset)
    dossier = replace(valdeoscuro(extra=(claim,)), subsets=standard_subsets())
    return build(dossier)[f"{language}/s/{EVENT}/index.html"].decode()


def test_known_subsets_are_told_in_the_language_of_the_page() -> None:
    """From either language, whole or part by part."""
    known = {**standard_subsets(), **subsets_from([Bilingual("por túneles", "by tunnels")])}
    assert subset_words("Prisoners, by tunnels", known) == Bilingual("presos, por túneles", "prisoners, by tunnels")
    assert subset_words("presos", known) == subset_words("prisoners", known)
    assert "policías y militares" in _page("police and military", "es")
    assert "police and military" in _page("policías y militares", "en")


def test_an_unknown_subset_is_quoted_as_it_is_written() -> None:
    """No page passes foreign words off as its own."""
    assert subset_words("prisoners, by tunnels", standard_subsets()) is None
    assert "«by tunnels» (como está escrito)" in _page("by tunnels", "es")
    assert "“by tunnels” (as written)" in _page("by tunnels", "en")


def test_the_name_of_a_list_is_taken_out_as_a_word_of_its_own() -> None:
    """A list called "a" leaves the letters of other words alone, and a refusal that does not name it is told."""
    words = _unnamed(Bilingual("la lista a, comparada", "the list a, compared"), ("a", "wall of names"))
    assert words == Bilingual("la lista lista 1, comparada", "the list list 1, compared")
    assert not _names_any(Refused(Bilingual.same("x"), Bilingual("faltan datos", "data are missing")), ("a",))
    assert _names_any(Refused(Bilingual.same("x"), Bilingual("la lista a", "list a")), ("a",))
