"""Roles include one another as the documents say, and no page can be made without one."""

import pytest

from recuento.workbench.roles import EVERY_ROLE, INCLUDED, SECOND_FACTOR_ROLES, Access, Member, Role
from recuento.workbench.routes import Route


def page(request):
    """A page."""


def test_no_page_can_be_made_without_a_role():
    """A route says who may ask for it, or does not exist."""
    for wrong in (None, "", "reader", True):
        with pytest.raises(TypeError):
            Route("GET", "x/", page, wrong)
    with pytest.raises(TypeError):
        Route("GET", "x/", page)
    with pytest.raises(TypeError):
        Route("POST", "x/", page, Access.ANYBODY, again=True)


@pytest.mark.parametrize("role", Role)
def test_every_role_reads_and_includes_itself(role):
    """Whoever may do something may also read; what a role includes, its holder may do, and nothing else."""
    member = Member("Ana", frozenset([role]))
    assert member.may(Role.READER) and member.may(role)
    assert {other for other in Role if member.may(other)} == INCLUDED[role]


def test_what_cannot_be_taken_back_is_included_in_no_other_role():
    """Only who was named publisher or keeper of names may act as one."""
    for asked in SECOND_FACTOR_ROLES:
        assert [role for role in Role if asked in INCLUDED[role]] == [asked]


def test_nobody_without_a_role_may_do_anything():
    """An account without roles opens no page of the casefile; all roles together open each."""
    assert not any(Member("Ana", frozenset()).may(role) for role in Role)
    assert all(Member("Ana", EVERY_ROLE).may(role) for role in Role)


def test_places_of_every_page_follow_the_routes():
    """A page links to a place for exactly those whom its route lets in."""
    from recuento.workbench.navigation import places_for
    from recuento.workbench.urls import ROUTES

    open_to = {"/" + route.address: route.role for route in ROUTES if route.method == "GET"}
    for role in Role:
        member = Member("Ana", frozenset([role]))
        for address, _ in places_for(Member("Ana", EVERY_ROLE)):
            assert (address in dict(places_for(member))) == member.may(open_to[address]), (role, address)
    assert places_for(None) == []
