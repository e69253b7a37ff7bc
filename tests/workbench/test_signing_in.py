"""Signing in, the second factor, throttling, roles that need a factor, tokens, and the history of all of it."""

import re
import sqlite3
import time

import pytest
from team_site import PASSWORD, code, forget_tries, give_again, rows, token_in

from recuento.errors import InvalidValue
from recuento.workbench.roles import Role


@pytest.fixture(autouse=True)
def _no_tries(team):
    """Each test starts with no failed tries to sign in."""
    forget_tries()


def sign_in(client, user, password=PASSWORD):
    """Fill in the form on which one signs in."""
    page = client.get("/me/login/")
    return client.post("/me/login/", {"csrfmiddlewaretoken": token_in(page), "login": user, "password": password})


def fill_in(client, address, **fields):
    """Fill in the form of a page."""
    page = client.get(address)
    return client.post(address, {"csrfmiddlewaretoken": token_in(page), **fields})


def changes(team, member):
    """What was changed about a member, in order."""
    return [row[0] for row in rows(team, f"SELECT what FROM team_teamchange WHERE member = '{member}' ORDER BY id")]


def test_a_link_lets_choose_a_password_once(team):
    """A new member chooses a password by the link, signs in with it, and the link is spent."""
    from recuento.workbench.team.roster import add

    path = add("nueva", name="Nueva Persona", roles=[Role.DOCUMENTATION], by="test")
    browser = team.client()
    form = browser.get(path, follow=True)
    words = re.search(r'action="(/me/password/choose/[^"]+)"', form.content.decode())[1]
    weak = {"password1": "123456789012", "password2": "123456789012"}
    assert b"alert" in browser.post(words, {"csrfmiddlewaretoken": token_in(form), **weak}).content
    chosen = {"password1": PASSWORD, "password2": PASSWORD}
    done = browser.post(words, {"csrfmiddlewaretoken": token_in(form), **chosen}, follow=True)
    assert "quedó guardada" in done.content.decode()
    assert "ya se usó" in team.client().get(path, follow=True).content.decode()
    assert sign_in(browser, "nueva")["Location"] == "/"
    assert "Nueva Persona" in browser.get("/me/").content.decode()
    assert changes(team, "nueva") == ["added", "roles", "link", "password"]


def test_wrong_passwords_are_throttled(team):
    """After five wrong passwords not even the right one gets in for a while; another member is not kept out."""
    team.member(Role.READER, name="lenta")
    team.member(Role.READER, name="otra")
    browser = team.client()
    for _ in range(5):
        assert sign_in(browser, "lenta", "wrong-password-here").status_code == 200
    late = sign_in(browser, "lenta")
    assert late.status_code == 200 and "Location" not in late.headers
    assert sign_in(team.client(), "otra").status_code == 302


def test_many_tries_from_one_address_are_stopped(team):
    """Thirty forms a minute from one address, whatever the user names, and the answer is 429."""
    browser = team.client()
    page = browser.get("/me/login/")
    sent = {"csrfmiddlewaretoken": token_in(page), "password": "x"}
    seen = {browser.post("/me/login/", {**sent, "login": f"nadie{n}"}).status_code for n in range(35)}
    assert 429 in seen


def test_the_second_factor_is_asked_for_and_no_page_is_open_before_it(team):
    """With the password alone nothing is open; with the code of the app the member is in; a wrong code is not."""
    user = team.member(Role.READER, name="factor")
    secret = team.second_factor(user)
    browser = team.client()
    assert sign_in(browser, "factor")["Location"].startswith("/me/second-factor/authenticate/")
    assert browser.get("/")["Location"].startswith("/me/login/")
    wrong = fill_in(browser, "/me/second-factor/authenticate/", code="000000")
    assert wrong.status_code == 200 and b"alert" in wrong.content
    assert fill_in(browser, "/me/second-factor/authenticate/", code=code(secret)).status_code == 302
    assert browser.get("/").status_code == 200


def test_nobody_without_a_second_factor_is_publisher_or_keeper_of_names(team):
    """Such a role cannot be given, does not count while there is no factor, and goes with it."""
    from recuento.workbench.team.roster import forget_second_factor, member_for, set_roles

    user = team.member(Role.READER, name="sinfactor")
    for role in (Role.PUBLISHER, Role.KEEPER_OF_NAMES):
        with pytest.raises(InvalidValue):
            set_roles("sinfactor", [role], by="test")
    team.second_factor(user)
    set_roles("sinfactor", [Role.ANALYST, Role.PUBLISHER], by="test")
    assert member_for(user).may(Role.PUBLISHER)
    from allauth.mfa.models import Authenticator

    Authenticator.objects.filter(user=user).delete()
    assert not member_for(user).may(Role.PUBLISHER) and member_for(user).may(Role.ANALYST)
    team.second_factor(user)
    forget_second_factor("sinfactor", by="test")
    assert member_for(type(user).objects.get(pk=user.pk)).roles == {Role.ANALYST}


def test_a_member_sets_up_a_second_factor_and_cannot_drop_it_while_a_role_needs_it(team):
    """The app is set up with a code, recovery codes are shown once; with a publisher's role it stays."""
    from recuento.workbench.team.roster import set_roles

    team.member(Role.READER, name="prepara")
    browser = team.client()
    sign_in(browser, "prepara")
    again = browser.get("/me/second-factor/app/")
    assert again["Location"].startswith("/me/reauthenticate/")
    fill_in(browser, again["Location"], password=PASSWORD)
    asked = browser.get("/me/second-factor/app/")
    page = asked.content.decode()
    assert "<svg" in page and "style=" not in page and "data:" not in page
    secret = re.search(r"<code>([A-Z2-7]{16,})</code>", page)[1]
    sent = {"csrfmiddlewaretoken": token_in(asked), "code": code(secret)}
    codes = browser.post("/me/second-factor/app/", sent)
    assert codes["Location"] == "/me/second-factor/codes/"
    shown = browser.get("/me/second-factor/codes/").content.decode()
    assert len(re.findall(r"<li><code>[0-9a-f]{8}</code>", shown)) == 10
    set_roles("prepara", [Role.PUBLISHER], by="test")
    fill_in(browser, "/me/second-factor/app/remove/")
    assert "Un rol suyo exige el segundo factor" in browser.get("/me/second-factor/app/remove/").content.decode()
    assert changes(team, "prepara")[-3:] == ["factor-added", "factor-added", "roles"]


def test_what_cannot_be_taken_back_asks_for_the_second_factor_again(team, monkeypatch):
    """Signing in with it is not enough; given again it holds for five minutes; a password given again does not do."""
    from recuento.workbench.routes import Route
    from recuento.workbench.team import again, urls

    user = team.member(Role.PUBLISHER, name="publica")
    from allauth.mfa.models import Authenticator

    secret = Authenticator.objects.get(user=user, type="totp").wrap()
    key = secret.instance.data["secret"]
    route = Route(
        "GET",
        "grave/",
        lambda request: __import__("django.http").http.HttpResponse("hecho"),
        Role.PUBLISHER,
        again=True,
    )
    before = list(urls.urlpatterns)
    urls.urlpatterns.extend(urls.patterns_of([route]))
    from django.urls import clear_url_caches

    clear_url_caches()
    try:
        browser = team.client()
        sign_in(browser, "publica")
        fill_in(browser, "/me/second-factor/authenticate/", code=code(key))
        asked = browser.get("/grave/")
        assert asked["Location"] == "/me/second-factor/reauthenticate/?next=%2Fgrave%2F"
        forget_tries()
        answer = fill_in(browser, asked["Location"], code=code(key))
        assert answer["Location"] == "/grave/"
        assert browser.get("/grave/").content == b"hecho"
        later = time.time() + again.AGAIN_SECONDS + 1
        monkeypatch.setattr(again.time, "time", lambda: later)
        assert browser.get("/grave/").status_code == 303
    finally:
        urls.urlpatterns[:] = before
        clear_url_caches()


def test_who_is_deactivated_is_out_at_once_and_never_deleted(team):
    """Session and token end with it; the user cannot sign in, stays in the list; the database refuses a deletion."""
    from recuento.workbench.team.roster import activate, deactivate, roster
    from recuento.workbench.team.tokens import make, member_with

    team.member(Role.READER, name="sale")
    browser = team.client()
    sign_in(browser, "sale")
    token = make("sale", label="hoja", role=Role.READER, by="test")
    assert browser.get("/").status_code == 200 and member_with(token).name == "sale"
    deactivate("sale", by="test")
    assert browser.get("/").status_code == 303 and member_with(token) is None
    assert sign_in(team.client(), "sale").get("Location", "") != "/"
    assert [one.active for one in roster() if one.username == "sale"] == [False]
    activate("sale", by="test")
    assert sign_in(team.client(), "sale")["Location"] == "/" and member_with(token) is None
    for words in ("DELETE FROM auth_user", "DELETE FROM team_teamchange", "UPDATE team_teamchange SET member = 'x'"):
        with pytest.raises(sqlite3.IntegrityError):
            rows(team, words)


def test_a_token_has_one_role_is_kept_as_a_hash_and_ends(team):
    """It is shown once, opens what its role opens, loses what its member loses, and ends when it is revoked."""
    from recuento.workbench.team.roster import set_roles
    from recuento.workbench.team.tokens import make, member_with, revoke, tokens

    team.member(Role.ANALYST, name="programa")
    token = make("programa", label="hoja", role=Role.DOCUMENTATION, by="test")
    assert member_with(token).roles == {Role.DOCUMENTATION}
    assert member_with(token[:-1] + "x") is None and member_with("") is None
    assert token not in str(rows(team, "SELECT * FROM team_token"))
    with pytest.raises(InvalidValue):
        make("programa", label="hoja", role=Role.PUBLISHER, by="test")
    set_roles("programa", [Role.READER], by="test")
    assert member_with(token) is None
    set_roles("programa", [Role.ANALYST], by="test")
    revoke(tokens("programa")[0].id, by="test")
    assert member_with(token) is None
    assert changes(team, "programa")[-1] == "token-revoked"


def test_a_token_opens_no_page_and_no_one_revokes_anothers(team):
    """A token is for the API alone; a number of somebody else's token is as good as none."""
    from recuento.workbench.team.tokens import make, tokens

    team.member(Role.READER, name="una")
    token = make("una", label="hoja", role=Role.READER, by="test")
    assert team.client(Authorization=f"Bearer {token}").get("/history/").status_code == 303
    browser = team.client(team.member(Role.ANALYST, name="dos"))
    answer = browser.post(
        "/me/tokens/revoke/",
        {"csrfmiddlewaretoken": token_in(browser.get("/me/")), "token": tokens("una")[0].id},
    )
    assert answer.status_code == 400 and tokens("una")[0].revoked_at is None


def test_names_are_taken_once(team):
    """Two members whose decisions could not be told apart are refused, and what is no user name is."""
    from recuento.workbench.team.roster import add

    add("rosa", name="Rosa Prueba", roles=[], by="test")
    for user, name in (("rosa", ""), ("rosa2", "Rosa Prueba"), ("Rosa Prueba", ""), ("x", "rosa")):
        with pytest.raises(InvalidValue):
            add(user, name=name, roles=[], by="test")


def test_other_hosts_and_plain_lines_are_refused(team):
    """Another host name is refused; a plain line is sent to the encrypted one; cookies travel on that alone."""
    browser = team.client(team.member(Role.READER))
    assert browser.get("/", HTTP_HOST="evil.example").status_code == 400
    plain = browser.get("/", HTTP_X_FORWARDED_PROTO="http")
    assert plain.status_code == 301 and plain["Location"].startswith("https://recuento.example/")
    stranger = team.client()
    answer = stranger.get("/me/login/")
    cookie = stranger.cookies["__Host-recuento"]
    assert cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Lax"
    assert "max-age=31536000" in answer["Strict-Transport-Security"]
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy and "default-src 'none'" in policy
    assert answer["Cache-Control"].count("no-store") == 1


def test_the_check_for_deployment_finds_nothing(team, capsys):
    """Django's own check of a site that goes live has no warning."""
    from django.core.management import call_command

    call_command("check", deploy=True, fail_level="WARNING")
    assert "0 silenced" in capsys.readouterr().out


def test_models_and_migrations_agree(team):
    """Nothing was changed in the models without a migration."""
    from django.core.management import call_command

    call_command("makemigrations", "team", check=True, dry_run=True, verbosity=0)


def test_pages_of_the_team_speak_both_languages(team):
    """Every page on which one signs in or sees the team has the same parts in both languages, and none of the other."""
    from recuento.workbench.speech import own_phrases

    addresses = ["/me/login/", "/me/", "/me/password/", "/me/second-factor/", "/me/sessions/", "/team/", "/me/logout/"]
    addresses += ["/me/second-factor/keys/", "/me/second-factor/keys/add/"]
    shown = {}
    for language in ("es", "en"):
        browser = team.client(team.member(Role.READER, name="lee"))
        give_again(browser)
        stranger = team.client()
        for one in (browser, stranger):
            page = one.get("/me/login/", follow=True)
            one.post("/settings/", {"csrfmiddlewaretoken": token_in(page), "language": language})
        shown[language] = [
            (stranger if address == "/me/login/" else browser).get(address).content.decode() for address in addresses
        ]
    for es, en in zip(shown["es"], shown["en"], strict=True):
        assert '<html lang="es"' in es and '<html lang="en"' in en
        parts = [re.findall(r'(?:id|name)="(?!csrf)[^"]+"', text) for text in (es, en)]
        assert parts[0] == parts[1]
        for words in own_phrases().values():
            if "{" not in words.es and len(words.es) > 12 and words.es != words.en:
                assert words.es not in en and words.en not in es, words
