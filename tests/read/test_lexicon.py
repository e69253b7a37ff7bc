"""The word lists: forms are what the script generates, and verbs are conjugated as grammars have them."""

from __future__ import annotations

from pathlib import Path

import pytest

import recuento.read.languages.conjugate as conjugate
from recuento.read.text.lexicon import lexicon
from recuento.values.bilingual import LANGUAGES, Language

FOLDER = Path(conjugate.__file__).parent


@pytest.mark.parametrize(("language", "forms"), [("en", conjugate.english_forms), ("es", conjugate.spanish_forms)])
def test_forms_are_those_of_the_verbs_file(language: Language, forms: conjugate.Conjugate) -> None:
    """forms.txt is exactly what the script makes of verbs.txt: edit the verbs and run it again."""
    folder = FOLDER / language
    assert (folder / "forms.txt").read_text(encoding="utf-8") == conjugate.forms_file(folder / "verbs.txt", forms)


def test_commands_are_those_of_the_acts_file() -> None:
    """commands.txt is exactly what the script makes of acts.txt: edit the acts and run it again."""
    folder = FOLDER / "es"
    assert (folder / "commands.txt").read_text(encoding="utf-8") == conjugate.commands_file(folder / "acts.txt")


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("publicar", "publique publiquen publicara publicaran publicáramos"),
        ("cerrar:ie", "cierre cierren cerrara"),
        ("devolver:ue", "devuelva devuelvan devolviera devolviéramos"),
        ("enviar:í", "envíe envíen enviara"),
        ("traer", "traiga traigan trajera"),
        ("dar", "dé den diera"),
    ],
)
def test_spanish_commands(verb: str, forms: str) -> None:
    """The subjunctive asks: with its changes of stem and of spelling, and the irregular ones."""
    assert set(forms.split()) == {form for form, _ in conjugate.spanish_commands(verb)} & set(forms.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_about_150_verbs_of_every_class(language: Language) -> None:
    """Each language has its 120 and more verbs, and some for every class."""
    verbs = {verb for form in lexicon(language).forms.values() for verb in form.verbs}
    assert len({verb.lemma for verb in verbs}) >= 120
    assert {verb.kind for verb in verbs} >= {
        "say", "claim", "deny", "admit", "warn", "demand", "promise", "accuse", "estimate", "believe", "ask", "show"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("decir", "dijo dijeron dice dicen decía diciendo dicho dirá"),
        ("pedir:i", "pidió pidieron pide piden pedía pidiendo pedido"),
        ("advertir:ie", "advirtió advierte advierten advirtiendo advirtieron"),
        ("recordar:ue", "recordó recuerda recuerdan recordaron"),
        ("negar:ie", "negó niega niegue negaron"),
        ("exigir", "exigió exige exija exijo"),
        ("reconocer:zc", "reconoció reconoce reconozca reconozco"),
        ("sostener", "sostuvo sostiene sostuvieron sostenía sostendrá"),
        ("proponer", "propuso propone propusieron propuesto"),
        ("aducir", "adujo aduce adujeron"),
        ("concluir:y", "concluyó concluye concluyendo concluyeron"),
        ("proseguir:i", "prosiguió prosigue prosiga prosigo"),
        ("creer", "creyó cree creyendo creído creyeron"),
        ("prever", "previó prevé preveía previsto"),
        ("escribir", "escribió escrito"),
        ("explicar", "explicó explica expliqué explique"),
        ("rechazar", "rechazó rechacé rechace"),
    ],
)
def test_spanish_forms(verb: str, forms: str) -> None:
    """Regular verbs, changes of stem and of spelling, and irregular pasts."""
    assert set(forms.split()) <= {form for form, _ in conjugate.spanish_forms(verb)}


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("say", "says said saying"), ("deny", "denies denied denying"), ("admit", "admits admitted admitting"),
        ("stress", "stresses stressed stressing"), ("declare", "declares declared declaring"),
        ("write", "writes wrote written"),
    ],
)  # fmt: skip
def test_english_forms(verb: str, forms: str) -> None:
    """Regular and irregular English verbs."""
    assert set(forms.split()) <= {form for form, _ in conjugate.english_forms(verb)}
