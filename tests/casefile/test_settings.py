"""recuento.toml is read whole, and every fault is named with its table."""

from __future__ import annotations

from pathlib import Path

import pytest

from recuento.casefile.settings.settings import read_settings
from recuento.casefile.settings.template import SETTINGS_TEMPLATE
from recuento.errors import FaultsFound


def write(folder: Path, text: str) -> Path:
    """A recuento.toml with this text."""
    path = folder / "recuento.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_all_faults_are_reported_at_once(tmp_path: Path) -> None:
    """Five mistakes in five tables give five faults, each under its table."""
    text = """
[casefile]
name = 7
[parties.state]
es = "Autoridad"
en = "Authority"
mark = "star"
[actors.warden]
name = "Elena Ruiz"
party = "nobody"
[events.fire]
es = "Incendio"
en = "Fire"
facilities = ["nowhere"]
starts = 2031-03-14
ends = 2031-03-10
[measures.new]
kind = "speed"
es = "x"
en = "x"
[colours]
"""
    with pytest.raises(FaultsFound) as raised:
        read_settings(write(tmp_path, text))
    places = {fault.place for fault in raised.value.faults}
    assert {"[casefile]", "[parties.state]", "[events.fire]", "[measures.new]", "[colours]"} <= places
    assert all(fault.es and fault.en for fault in raised.value.faults)


def test_ids_must_exist(tmp_path: Path) -> None:
    """An actor of an unknown party and an event at an unknown facility are refused."""
    text = """
[casefile]
name = "x"
[actors.warden]
name = "Elena Ruiz"
party = "nobody"
[events.fire]
es = "Incendio"
en = "Fire"
facilities = ["nowhere"]
headline = ["unheard_of"]
starts = 2031-03-14
ends = 2031-03-18
"""
    with pytest.raises(FaultsFound) as raised:
        read_settings(write(tmp_path, text))
    assert [fault.en for fault in raised.value.faults] == [
        "there is no [parties.nobody]",
        "there is no [facilities.nowhere]",
        "there is no [measures.unheard_of]",
    ]


def test_the_template_of_a_new_casefile_is_valid(tmp_path: Path) -> None:
    """What `recuento init` writes can be read as it is."""
    settings = read_settings(write(tmp_path, SETTINGS_TEMPLATE.replace("NAME", "x")))
    assert len(settings.cast.parties) == 5 and not settings.unreviewed and not settings.texts


def test_broken_toml_names_the_file(tmp_path: Path) -> None:
    """A file that is no TOML is one fault with the parser's place."""
    with pytest.raises(FaultsFound, match=r"recuento\.toml"):
        read_settings(write(tmp_path, "[casefile\n"))
