"""Adding to recuento.toml: what people wrote stays byte for byte, and only what was added is new."""

from __future__ import annotations

import os
import tomllib
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier, Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invented import AT, SETTINGS
from recuento.casefile.casefile import Casefile
from recuento.casefile.cast.adding import FileChanged, add_alias, add_record
from recuento.casefile.cast.ids import id_from
from recuento.casefile.keeping.verifying import verify
from recuento.casefile.review.correcting import Hand
from recuento.casefile.sealing.travelling import travel
from recuento.casefile.settings.adding import ByHand, with_alias, with_record
from recuento.casefile.settings.followed import FollowedSettings
from recuento.casefile.settings.settings import settings_in
from recuento.errors import CasefileUnusable, FaultsFound, InvalidValue
from recuento.model.casting import Actor, Event, Facility
from recuento.model.decision import Act
from recuento.store import decisions
from recuento.values.bilingual import Bilingual
from recuento.values.partial_date import PartialDate

HAND = Hand("L. P.", AT)
PORTER = Actor("porter", "Ana Robles", "ngo", aliases=("A. Robles",), roles=(Bilingual("portavoz", "speaker"),))
ANNEX = Facility("annex", "Anexo de Lares", place="Lares", parameters=(("capacity", 40),))
RIOT = Event(
    "riot", Bilingual("El motín", "The riot"), ("valdeoscuro",), PartialDate.parse("2031-05"),
    PartialDate.parse("2031-05-20"), headline=("population",),
)  # fmt: skip
"""One of each kind."""
NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30).filter(str.strip)


def says(text: str) -> object:
    """The cast that the text of a recuento.toml names."""
    return settings_in(text, Path("recuento.toml")).cast


@pytest.mark.parametrize("text", [SETTINGS, SETTINGS.rstrip(), SETTINGS + "# end", SETTINGS.replace("\n", "\r\n")])
@pytest.mark.parametrize("record", [PORTER, ANNEX, RIOT], ids=lambda one: one.id)
def test_what_was_there_is_the_beginning_of_what_is(text, record):
    """The record comes at the end, read back as it was; line ends and a last line without one make no difference."""
    changed = with_record(text, record)
    assert changed.startswith(text)
    before, after = says(text), says(changed)
    for kind in ("parties", "actors", "facilities", "events"):
        new = tuple(one for one in getattr(after, kind) if one == record)
        assert getattr(after, kind) == getattr(before, kind) + new
    assert ("\r\n" in changed) == ("\r\n" in text) and changed.count("\r\n") in (0, changed.count("\n"))


@given(name=NAMES, alias=NAMES, place=NAMES)
@settings(max_examples=200, deadline=None)
def test_any_words_are_read_back_as_they_were(name, alias, place):
    """Quotes, backslashes, brackets, marks of remarks, other scripts: what is written is what is read."""
    facility = Facility("new", name, aliases=(alias,), place=place)
    assert says(with_record(SETTINGS, facility)).facility("new") == facility
    for actor in ("warden", "observatory"):
        assert says(with_alias(SETTINGS, actor, alias)).actor(actor).aliases[-1] == alias


LISTS = [
    'aliases = ["a", "b"]',
    'aliases = ["a", "b",]',
    'aliases = [ "a" , "b" , ]  # ] a remark ]',
    "aliases = []",
    "",
    'aliases = [\n  "a",\n  "b",  # the ]\n]',
    'aliases = [\n\t"a",\n\t"b"  # "x", ]\n]',
    'aliases = ["a]", \'b]\', """c\n]""" ]',
    'role_es = "aliases = ["\naliases=["a"]',
    "role_es = '''\naliases = []\n[actors.x]\n'''",
]


@pytest.mark.parametrize("head", ["[actors.x]", ' [ actors . "x" ] # one', "[actors.'x']"])
@pytest.mark.parametrize("list_of", LISTS)
def test_a_name_goes_into_the_list_however_it_is_written(head, list_of):
    """One place is written into: the text of before is what is left when the new words are taken out again."""
    text = (
        f'[actors.a]\nname = "a"\naliases = []\n{head} \nname = "x"\n{list_of}\n# between\n\n[actors.b]\naliases = []\n'
    )
    changed = with_alias(text, "x", "ñ]")
    told, wanted = tomllib.loads(changed), tomllib.loads(text)
    wanted["actors"]["x"].setdefault("aliases", []).append("ñ]")
    assert told == wanted
    size = len(changed) - len(text)
    assert any(changed[:i] + changed[i + size :] == text for i in range(len(text) + 1))


@pytest.mark.parametrize(
    "text",
    [
        '[casefile]\nname = "x"\n[parties.ngo]\nes = "x"\n[actors]\nx = { name = "x", party = "ngo" }',
        'actors.x.name = "x"\nactors.x.party = "ngo"\n[casefile]\nname = "x"\n[parties.ngo]\nes = "x"',
    ],
)
def test_an_actor_within_braces_or_dots_gets_no_name_but_the_words_to_write(text):
    """What cannot be put in without changing what is there is refused, with what to write by hand."""
    with pytest.raises(ByHand) as refused:
        with_alias(text, "x", "y")
    assert refused.value.words == '[actors.x]\naliases = ["y"]'
    assert says(with_record(text, PORTER)).actor("porter") == PORTER


@pytest.mark.parametrize("inline", ["actors = {}", 'actors = { a = { name = "a", party = "ngo" } }'])
def test_a_table_in_braces_takes_no_other(inline):
    """Where all actors stand in one inline table, the table to write by hand is told."""
    text = f'{inline}\n[casefile]\nname = "x"\n[parties.ngo]\nes = "x"\n'
    with pytest.raises(ByHand, match=r'\[actors\.porter\]\nname = "Ana Robles"'):
        with_record(text, PORTER)


def test_an_addition_is_a_decision_and_the_casefile_goes_on_with_it(casefile):
    """Who, when, the table, the file before and after; the log holds, and the casefile knows the actor at once."""
    path = casefile.folder / "recuento.toml"
    path.chmod(0o640)
    made = add_record(casefile, PORTER, HAND)
    named = add_alias(casefile, "warden", "  la   directora ", HAND)
    assert (made.subject, made.act, made.by, made.at) == ("actor:porter", Act.ENTER, "L. P.", AT)
    assert (named.subject, named.act) == ("actor:warden", Act.NAME)
    assert dict(made.details)["file_after"] == dict(named.details)["file_before"]
    assert dict(named.details)["name"] == "la directora"
    assert casefile.settings.cast.actor("porter") == PORTER
    assert casefile.settings.cast.actor("warden").aliases == ("la directora",)
    assert path.stat().st_mode & 0o777 == 0o640
    assert not list(casefile.folder.glob(".unfinished*"))
    with casefile.database.reading() as connection:
        assert decisions.on(connection, "actor:porter") == [made]
    assert verify(casefile).faults == ()


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (Actor("warden", "Otra", "ngo"), "taken"),
        (Actor("s-abcdefghjk", "Otra", "ngo"), "sealed source"),
        (Actor("Otra Persona", "Otra", "ngo"), "small letters"),
        (Actor("other", "ELENA RUÍZ PRADO", "ngo"), "warden"),
        (Actor("other", "Otra", "ngo", aliases=("odl",)), "observatory"),
        (Actor("other", "¿?", "ngo"), "no letter"),
        (Actor("other", "O\x1btra", "ngo"), "no text"),
        (Actor("other", "", "ngo"), "no letter"),
        (Actor("other", "Otra", "nobody"), r"\[parties.nobody\]"),
        (Actor("other", "Otra", "ngo", organisation="no"), r"\[actors.no\]"),
        (Facility("other", "valdeoscuro"), "valdeoscuro"),
        (Facility("other", "Otro", parameters=(("no_measure", 3),)), "no_measure"),
        (Event("fire", Bilingual.same("Otro"), ("x",), RIOT.starts, RIOT.ends), "taken"),
        (Event("other", Bilingual.same("Otro"), ("x",), RIOT.starts, RIOT.ends), r"\[facilities.x\]"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(casefile, record, words):
    """Taken ids and names, ids of sealed sources, parties and places that are not there, signs that are no text."""
    before = (casefile.folder / "recuento.toml").read_bytes()
    with pytest.raises(FaultsFound, match=words) as refused:
        add_record(casefile, record, HAND)
    assert str(casefile.folder) not in str(refused.value)
    assert (casefile.folder / "recuento.toml").read_bytes() == before
    with casefile.database.reading() as connection:
        assert decisions.all(connection) == []


def test_a_name_is_nobody_elses_and_an_actor_is_in_the_file(casefile):
    """An alias of another, one the actor has already, and an actor that only the vault knows are refused."""
    for actor, alias in (("warden", "Lares observatory"), ("observatory", "odl"), ("warden", " ")):
        with pytest.raises(FaultsFound):
            add_alias(casefile, actor, alias, HAND)
    with pytest.raises(InvalidValue, match="s-abcdefghjk"):
        add_alias(casefile, "s-abcdefghjk", "Otra", HAND)


def test_a_file_that_changed_or_is_wrong_is_left_as_it_is(casefile):
    """Whoever looked at another file is told; a file with a fault is put right by hand first."""
    path = casefile.folder / "recuento.toml"
    seen = FollowedSettings(path).sha256
    path.write_text(SETTINGS + "# by hand\n", encoding="utf-8")
    with pytest.raises(FileChanged):
        add_record(casefile, PORTER, HAND, seen=seen)
    add_record(casefile, PORTER, HAND, seen=FollowedSettings(path).sha256)
    for wrong in (b"[actors.x]\nname = 3\n", b"[actors", b"\xff"):
        path.write_bytes(SETTINGS.encode() + wrong)
        with pytest.raises(FaultsFound):
            add_record(casefile, ANNEX, HAND)
        assert path.read_bytes() == SETTINGS.encode() + wrong


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="who may write is told to others than root")
def test_a_place_that_cannot_be_written_to_is_named(casefile):
    """Nothing is written and nothing decided where the folder is read-only."""
    casefile.folder.chmod(0o500)
    try:
        with pytest.raises(CasefileUnusable):
            add_record(casefile, PORTER, HAND)
    finally:
        casefile.folder.chmod(0o700)


def test_what_the_tables_do_not_take_is_not_in_the_file(casefile, monkeypatch):
    """A commit that fails after the file was written brings the file of before back."""
    before = (casefile.folder / "recuento.toml").read_bytes()
    real = casefile.database.writing

    @contextmanager
    def writing():
        with real() as connection:
            yield connection
            raise CasefileUnusable("the server broke down", "el servidor se cayó")

    monkeypatch.setattr(casefile.database, "writing", writing)
    with pytest.raises(CasefileUnusable, match="broke down"):
        add_record(casefile, PORTER, HAND)
    assert (casefile.folder / "recuento.toml").read_bytes() == before
    with casefile.database.reading() as connection:
        assert decisions.all(connection) == []


def test_a_casefile_that_travels_takes_no_addition(casefile, tmp_path):
    """Its recuento.toml does not come home, so what was added there would be lost without a word."""
    travel(casefile, tmp_path / "road")
    with Casefile.open(tmp_path / "road") as on_the_road, pytest.raises(CasefileUnusable, match="travels"):
        add_record(on_the_road, PORTER, HAND)


def test_of_several_at_once_each_is_kept(casefile):
    """Eight add at the same time without having looked: all are there, each once, each with its decision."""
    together, faults = Barrier(8), []

    def add(number):
        together.wait()
        try:
            with Casefile.open(casefile.folder) as mine:
                add_record(mine, Actor(f"a{number}", f"Persona {'abcdefgh'[number]}", "ngo"), HAND)
        except Exception as error:
            faults.append(error)

    threads = [Thread(target=add, args=(number,)) for number in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert faults == []
    text = (casefile.folder / "recuento.toml").read_text(encoding="utf-8")
    assert text.startswith(SETTINGS)
    assert {f"a{number}" for number in range(8)} <= {one.id for one in says(text).actors}
    with casefile.database.reading() as connection:
        chain = [dict(one.details) for one in decisions.all(connection)]
    assert [one["file_after"] for one in chain[:-1]] == [one["file_before"] for one in chain[1:]]


def test_a_changed_file_is_followed_and_a_wrong_one_is_told(casefile):
    """What the file says counts as soon as it is asked for again; while it is wrong, what it said before does."""
    path = casefile.folder / "recuento.toml"
    followed = FollowedSettings(path)
    assert not followed.follow()
    path.write_text(with_record(SETTINGS, PORTER), encoding="utf-8")
    assert followed.follow() and followed.settings.cast.actor("porter") == PORTER and not followed.follow()
    path.write_text("[actors", encoding="utf-8")
    assert not followed.follow() and followed.error is not None
    assert followed.settings.cast.actor("porter") == PORTER
    path.unlink()
    assert not followed.follow() and followed.error is not None
    path.write_text(SETTINGS, encoding="utf-8")
    assert followed.follow() and followed.error is None and followed.settings.cast.actor("porter") is None


def test_an_id_is_told_from_a_name_or_from_none():
    """Letters without accents, a number where they are taken, and for an unnamed person a number alone."""
    assert id_from("Ana Robles Peña", {}, "actor") == "ana_robles_pena"
    assert id_from("Ana Robles", {"ana_robles"}, "actor") == "ana_robles_2"
    assert id_from("", {"actor_1"}, "actor") == "actor_2"
    assert id_from("Ελένη", {}, "actor") == "actor_1"
