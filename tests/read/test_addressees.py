"""Who is asked: beside the verb, by a pronoun, called by title, as the subject of what must be done."""

from __future__ import annotations

import pytest

from recuento.read import read


def _asked(text: str) -> list[str | None]:
    return [ask.addressee for statement in read(text) for ask in statement.asks]


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        # A pronoun beside the verb.
        ("La alcaidesa dijo que los ingenieros le aconsejaron vaciar el ala oeste.", "alcaidesa"),
        ("Dos presos dijeron que el subdirector les pidió que firmaran.", "dos presos"),
        ("Nurse Ada Poole said the captain had asked her to burn the list.", "Ada Poole"),
        ("“The guard told me, ‘Sign here,’” said Ada Poole.", "Ada Poole"),
        ("La jueza Inés Rey llegó tarde. El fiscal Luis Mora le exigió una disculpa.", "Inés Rey"),
        # The subject of a passive.
        ("Nurses say they were told by management not to talk to the press.", "nurses"),
        # Behind the verb, once the words are told.
        ("El obispo llegó. «Déjeme entrar», le dijo al coronel.", "coronel"),
        ("The bishop came. “Let me in,” he told the colonel.", "colonel"),
        ("Doctors pleaded with the guards to let the wounded out.", "guards"),
        # Called by title.
        ("«Señor ministro, publique la lista», dijo Ana Paz.", "ministro"),
        ("“Madam President, publish the list,” wrote Ada Poole.", "president"),
        # Asked in their own words.
        ("«Pedimos a las autoridades que traigan agua», dijo Ana Paz.", "autoridades"),
        # The subject of what must be done.
        ("“The ministry must say how many were inside,” said Ada Poole.", "ministry"),
        ("El gobernador insiste en que los amotinados entreguen las armas.", "amotinados"),
        ("The union demanded that the commissioners resign.", "commissioners"),
        # The same as just before.
        ("Los presos piden al presidente que los visite. «Venga sin avisar», insisten.", "presidente"),
    ],
)
def test_who_is_asked(text: str, addressee: str) -> None:
    """The addressee is told beside the verb, in the words themselves, or just before."""
    assert _asked(text)[-1] == addressee


@pytest.mark.parametrize(
    "text",
    [
        "«Les pidieron que firmaran», dijo Ana Paz.",
        "Ana Paz exigió la lista.",
        "“Publish the list,” said Ada Poole.",
        "We demand that the kitchen reopen.",
        "Ana Paz exige que el agua llegue cada día.",
    ],
)
def test_nobody_is_asked_where_the_text_does_not_tell(text: str) -> None:
    """A pronoun in somebody's own words without a name before it is nobody that the text tells."""
    assert set(_asked(text)) == {None}
