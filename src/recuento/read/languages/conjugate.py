"""Generate the forms of the reporting verbs: `python -m recuento.read.languages.conjugate` rewrites forms.txt.

Each line of a generated file is a form, its verb and its feature, separated by tabs: inf, ger, part, 1s, 1p, 2s,
3s, 3p, sub for Spanish (indicative tenses together); base, 3s, past, ger, part for English.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

HERE = Path(__file__).parent
Form = tuple[str, str]
Conjugate = Callable[[str], Iterator[Form]]

_ENGLISH: dict[str, str] = {
    "say": "says said saying said", "tell": "tells told telling told", "write": "writes wrote writing written",
    "think": "thinks thought thinking thought", "feel": "feels felt feeling felt", "know": "knows knew knowing known",
    "understand": "understands understood understanding understood", "find": "finds found finding found",
    "show": "shows showed showing shown", "hear": "hears heard hearing heard", "see": "sees saw seeing seen",
    "read": "reads read reading read", "swear": "swears swore swearing sworn", "sing": "sings sang singing sung",
    "hold": "holds held holding held", "forecast": "forecasts forecast forecasting forecast",
    "put": "puts put putting put", "speak": "speaks spoke speaking spoken",
    "undertake": "undertakes undertook undertaking undertaken", "beseech": "beseeches besought beseeching besought",
    "foresee": "foresees foresaw foreseeing foreseen", "learn": "learns learned learning learned",
    "prove": "proves proved proving proven", "admit": "admits admitted admitting admitted",
    "beg": "begs begged begging begged", "rebut": "rebuts rebutted rebutting rebutted",
    "commit": "commits committed committing committed", "quip": "quips quipped quipping quipped",
    "plead": "pleads pleaded pleading pleaded", "shoot": "shoots shot shooting shot", "hit": "hits hit hitting hit",
    "snap": "snaps snapped snapping snapped", "submit": "submits submitted submitting submitted",
    "aver": "avers averred averring averred", "make": "makes made making made", "go": "goes went going gone",
    "seek": "seeks sought seeking sought", "stand": "stands stood standing stood",
    "brag": "brags bragged bragging bragged",
    "sum": "sums summed summing summed", "slam": "slams slammed slamming slammed", "sob": "sobs sobbed sobbing sobbed",
    "be": "is was being been", "refer": "refers referred referring referred",
    "let": "lets let letting let", "begin": "begins began beginning begun", "bid": "bids bade bidding bidden",
    "weep": "weeps wept weeping wept", "lay": "lays laid laying laid", "set": "sets set setting set",
    "grin": "grins grinned grinning grinned", "nod": "nods nodded nodding nodded",
    "spell": "spells spelled spelling spelled", "take": "takes took taking taken",
}  # fmt: skip

_SPANISH: dict[str, str] = {
    "querer": "inf querer|ger queriendo|part querido|3s quiere quiso quería querrá"
    "|3p quieren quisieron querían querrán",
    "decir": "inf decir|ger diciendo|part dicho|1s digo dije diré|2s dices|3s dice decía dijo dirá diría"
    "|1p decimos dijimos decíamos diremos|3p dicen decían dijeron dirán dirían"
    "|sub diga digan dijera dijeran dijese digamos",
    "hacer": "inf hacer|ger haciendo|part hecho|1s hago hice|3s hace hizo hacía hará haría"
    "|1p hacemos hicimos|3p hacen hicieron hacían harán|sub haga hagan hiciera hicieran",
    "dar": "inf dar|ger dando|part dado|1s doy di|3s da dio daba dará daría|1p damos dimos"
    "|3p dan dieron daban darán|sub dé den diera dieran",
    "saber": "inf saber|ger sabiendo|part sabido|1s sé supe|2s sabes|3s sabe supo sabía sabrá sabría"
    "|1p sabemos supimos sabíamos|3p saben supieron sabían sabrán|sub sepa sepan supiera supieran",
    "estar": "inf estar|ger estando|part estado|1s estoy estuve|3s está estuvo estaba estará estaría"
    "|1p estamos estuvimos|3p están estuvieron estaban estarán|sub esté estén estuviera estuvieran",
    "manejar": "inf manejar|ger manejando|part manejado|3s maneja manejó manejaba"
    "|1p manejamos|3p manejan manejaron manejaban|sub maneje manejen manejara manejaran",
    "mostrar": "inf mostrar|ger mostrando|part mostrado|3s muestra mostró mostraba"
    "|1p mostramos|3p muestran mostraron mostraban|sub muestre muestren mostrara mostraran",
    "trabajar": "inf trabajar|ger trabajando|part trabajado|3s trabaja trabajó trabajaba"
    "|1p trabajamos|3p trabajan trabajaron trabajaban|sub trabaje trabajen trabajara trabajaran",
    "ver": "inf ver|ger viendo|part visto|1s veo vi|3s ve vio veía|1p vemos vimos|3p ven vieron veían|sub vea vean",
}
_GROUPS = {"poner": ("pon", "pus", "pondr", "puest"), "tener": ("ten", "tuv", "tendr", "tenid")}


def main() -> None:
    """Rewrite forms.txt of both languages."""
    conjugations: tuple[tuple[str, Conjugate], ...] = (("en", english_forms), ("es", spanish_forms))
    for language, conjugate in conjugations:
        folder = HERE / language
        (folder / "forms.txt").write_text(forms_file(folder / "verbs.txt", conjugate), encoding="utf-8")

    spelled = HERE / "es" / "acts.txt"
    (HERE / "es" / "commands.txt").write_text(commands_file(spelled), encoding="utf-8")


def commands_file(acts: Path) -> str:
    """The text of commands.txt: the forms in which it is asked to do what a file lists, "now" and "past"."""
    lines = ["# Generated by conjugate.py from acts.txt: form, verb, tense of the subjunctive."]
    words = [line for line in acts.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    for spelled in " ".join(words).split():
        verb = spelled.partition(":")[0]
        lines += [f"{form}\t{verb}\t{tense}" for form, tense in spanish_commands(spelled)]
    return "\n".join(lines) + "\n"


def spanish_commands(spelled: str) -> Iterator[Form]:
    """The subjunctive of a Spanish verb: "now" for «publiquen», "past" for «publicaran», «publicáramos»."""
    verb, _, change = spelled.partition(":")
    found = _subjunctive_of(verb, change)
    past = next(form for form in found if form.endswith("ra"))
    for form in found:
        yield (
            form,
            "past" if form.endswith(("ra", "ran")) and form != "ra" and form not in (found[0], found[1]) else "now",
        )
    stem = past[:-2]
    yield stem[:-1] + stem[-1].translate(_STRESSED) + "ramos", "past"


_STRESSED = str.maketrans("ae", "áé")
_IRREGULAR = {
    "dar": "dé den diera dieran", "ir": "vaya vayan fuera fueran", "ser": "sea sean fuera fueran",
    "saber": "sepa sepan supiera supieran", "estar": "esté estén estuviera estuvieran",
    "oír": "oiga oigan oyera oyeran",
    "haber": "haya hayan hubiera hubieran", "caer": "caiga caigan cayera cayeran", "ver": "vea vean viera vieran",
    "traer": "traiga traigan trajera trajeran", "venir": "venga vengan viniera vinieran",
    "intervenir": "intervenga intervengan interviniera intervinieran", "salir": "salga salgan saliera salieran",
    "decir": "diga digan dijera dijeran", "hacer": "haga hagan hiciera hicieran",
    "tener": "tenga tengan tuviera tuvieran",
    "reducir": "reduzca reduzcan redujera redujeran", "rendir": "rinda rindan rindiera rindieran",
}  # fmt: skip


def _subjunctive_of(verb: str, change: str) -> list[str]:
    if verb in _IRREGULAR:
        return _IRREGULAR[verb].split()
    if change in ("ú", "í"):
        strong = {"ú": ("u", "ú"), "í": ("i", "í")}[change]
        stem = verb[:-2]
        at = stem.rindex(strong[0])
        marked = stem[:at] + strong[1] + stem[at + 1 :]
        vowel = "e" if verb.endswith("ar") else "a"
        past = stem + ("ara" if verb.endswith("ar") else "iera")
        return [marked + vowel, marked + vowel + "n", past, past + "n"]
    return [form for form, feature in spanish_forms(f"{verb}:{change}" if change else verb) if feature == "sub"]


def forms_file(verbs: Path, conjugate: Conjugate) -> str:
    """The text of forms.txt for the verbs of a file."""
    lines = ["# Generated by conjugate.py from verbs.txt: form, verb, feature."]
    seen: set[tuple[str, str]] = set()
    for spelled in _verbs_of(verbs.read_text(encoding="utf-8")):
        lemma = spelled.split(":")[0]
        for form, feature in conjugate(spelled):
            if (form, lemma) not in seen:
                seen.add((form, lemma))
                lines.append(f"{form}\t{lemma}\t{feature}")
    return "\n".join(lines) + "\n"


def _verbs_of(text: str) -> Iterator[str]:
    """The first word of every verb with its change of stem, as the file spells it."""
    for line in text.splitlines():
        if line and not line.startswith("#"):
            for entry in line.split(":", 1)[1].split():
                yield entry.split("/")[0].split("+")[0]


def english_forms(verb: str) -> Iterator[Form]:
    """The forms of an English verb."""
    if verb in _ENGLISH:
        third, past, gerund, participle = _ENGLISH[verb].split()
    else:
        third, past, gerund = _regular_english(verb)
        participle = past
    if past != verb:
        yield verb, "base"
    yield from ((third, "3s"), (past, "past"), (gerund, "ger"), (participle, "part"))
    if verb == "be":
        yield from (("are", "base"), ("were", "past"))


def _regular_english(verb: str) -> tuple[str, str, str]:
    if verb.endswith("e"):
        return verb + "s", verb + "d", verb[:-1] + "ing"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    if verb.endswith(("s", "sh", "ch", "x", "z")):
        return verb + "es", verb + "ed", verb + "ing"
    return verb + "s", verb + "ed", verb + "ing"


def spanish_forms(spelled: str) -> Iterator[Form]:
    """The forms of a Spanish verb, given as "verb" or "verb:change"."""
    verb, _, change = spelled.partition(":")
    if verb in _SPANISH:
        yield from _listed(_SPANISH[verb])
    elif verb == "prever":
        yield from _listed(
            "inf prever|ger previendo|part previsto|1s preveo preví|3s prevé previó preveía preverá|1p prevemos"
            "|3p prevén previeron preveían preverán|sub prevea prevean"
        )
    elif verb.endswith("decir"):
        before = verb.removesuffix("decir")
        for form, feature in _listed(
            "inf decir|ger diciendo|part dicho|1s digo dije|3s dice dijo decía decirá"
            "|1p decimos|3p dicen dijeron decían decirán|sub diga digan"
        ):
            yield before + form, feature
    elif verb.endswith(tuple(_GROUPS)):
        yield from _of_group(verb)
    elif verb.endswith("ducir") or verb == "aducir":
        yield from _ducir(verb)
    else:
        yield from _SpanishVerb(verb, change).forms()


def _listed(text: str) -> Iterator[Form]:
    for part in text.split("|"):
        feature, *forms = part.split()
        yield from ((form, feature) for form in forms)


def _of_group(verb: str) -> Iterator[Form]:
    """Verbs made from poner and tener."""
    ending = next(group for group in _GROUPS if verb.endswith(group))
    stem, past, future, participle = _GROUPS[ending]
    before = verb[: -len(ending)]
    third = before + ("pone" if ending == "poner" else "tiene")
    yield from (
        (verb, "inf"), (before + stem + "iendo", "ger"), (before + participle + "o", "part"),
        (before + stem + "go", "1s"), (before + past + "e", "1s"), (before + stem + "ía", "3s"),
        (third, "3s"), (before + past + "o", "3s"), (before + future + "á", "3s"), (before + future + "ía", "3s"),
        (third + "n", "3p"), (before + stem + "ían", "3p"), (before + past + "ieron", "3p"),
        (before + future + "án", "3p"),
        (before + stem + "emos", "1p"), (before + past + "imos", "1p"),
        (before + stem + "ga", "sub"), (before + stem + "gan", "sub"), (before + past + "iera", "sub"),
        (before + past + "ieran", "sub"),
    )  # fmt: skip


def _ducir(verb: str) -> Iterator[Form]:
    """Verbs in -ducir: deducir, aducir."""
    stem, past = verb[:-2], verb[:-3] + "j"
    yield from (
        (verb, "inf"), (stem + "iendo", "ger"), (stem + "ido", "part"), (stem[:-1] + "zco", "1s"), (past + "e", "1s"),
        (stem + "e", "3s"), (past + "o", "3s"), (stem + "ía", "3s"), (verb + "á", "3s"), (stem + "en", "3p"),
        (past + "eron", "3p"), (stem + "ían", "3p"), (verb + "án", "3p"), (stem + "imos", "1p"), (past + "imos", "1p"),
        (stem[:-1] + "zca", "sub"), (stem[:-1] + "zcan", "sub"), (past + "era", "sub"), (past + "eran", "sub"),
    )  # fmt: skip


class _SpanishVerb:
    """A verb whose forms follow from its infinitive and its change of stem."""

    def __init__(self, verb: str, change: str) -> None:
        self.verb, self.change = verb, change
        self.stem, self.ending = verb[:-2], verb[-2:].replace("í", "i")
        self.diphthong = {"ie": ("e", "ie"), "ue": ("o", "ue"), "i": ("e", "i")}.get(change)

    def forms(self) -> Iterator[Form]:
        """Every form with its feature."""
        yield self.verb, "inf"
        yield self._gerund(), "ger"
        yield self._participle(), "part"
        yield from self._present()
        yield from self._past()
        future = self.verb.replace("í", "i") if self.verb.endswith("ír") else self.verb
        yield from ((future + "é", "1s"), (future + "á", "3s"), (future + "án", "3p"), (future + "emos", "1p"))
        yield from ((future + "ía", "3s"), (future + "ían", "3p"), (future + "íamos", "1p"))
        yield from self._subjunctive()

    def _strong(self) -> str:
        """The stem where the stress falls on it."""
        if self.change == "y":
            return self.stem.replace("ü", "u") + "y"
        if self.change == "í":
            return self.stem[:-1] + "í"
        if self.change == "ú":
            return self.stem[:-1] + "ú"
        return self._changed(self.diphthong) if self.diphthong else self.stem

    def _weak(self) -> str:
        """The stem of the gerund and the third persons of the past in -ir verbs that change."""
        if self.ending == "ir" and self.change in ("ie", "i"):
            return self._changed(("e", "i"))
        return self.stem

    def _changed(self, change: tuple[str, str]) -> str:
        before, after = self.stem.rsplit(change[0], 1)
        return before + change[1] + after

    def _gerund(self) -> str:
        if self.ending == "ar":
            return self.stem + "ando"
        if self.change == "y" or self.stem.endswith("e"):
            return self.stem.replace("ü", "u") + "yendo"
        return self._weak() + "iendo"

    def _participle(self) -> str:
        if self.verb.endswith("scribir"):
            return self.stem[:-1] + "to"
        if self.verb == "descubrir":
            return "descubierto"
        if self.ending == "ar":
            return self.stem + "ado"
        return self.stem + ("ído" if self.stem.endswith("e") else "ido")

    def _present(self) -> Iterator[Form]:
        strong = self._strong()
        vowel = "a" if self.ending == "ar" else "e"
        first = self.stem[:-1] + "zco" if self.change == "zc" else _before_back(strong, self.ending) + "o"
        second = self.stem + {"ar": "amos", "er": "emos", "ir": "imos"}[self.ending]
        yield from ((first, "1s"), (strong + vowel + "s", "2s"), (strong + vowel, "3s"), (strong + vowel + "n", "3p"))
        yield second, "1p"

    def _past(self) -> Iterator[Form]:
        if self.ending == "ar":
            yield from ((_before_front(self.stem) + "é", "1s"), (self.stem + "ó", "3s"), (self.stem + "aron", "3p"))
            yield from ((self.stem + "aba", "3s"), (self.stem + "aban", "3p"), (self.stem + "ábamos", "1p"))
            return
        weak = self._weak().replace("ü", "u") if self.change == "y" else self._weak()
        glide = "y" if self.change == "y" or self.stem.endswith("e") else "i"
        yield from ((self.stem + "í", "1s"), (weak + glide + "ó", "3s"), (weak + glide + "eron", "3p"))
        yield from ((self.stem + "ía", "3s"), (self.stem + "ían", "3p"), (self.stem + "íamos", "1p"))

    def _subjunctive(self) -> Iterator[Form]:
        strong = self._strong()
        if self.ending == "ar":
            base, vowel, past = _before_front(strong), "e", self.stem + "ara"
        else:
            base = self.stem[:-1] + "zc" if self.change == "zc" else _before_back(strong, self.ending)
            glide = "y" if self.change == "y" or self.stem.endswith("e") else "i"
            vowel, past = "a", self._weak().replace("ü", "u") + glide + "era"
        yield from ((base + vowel, "sub"), (base + vowel + "n", "sub"), (past, "sub"), (past + "n", "sub"))


def _before_front(stem: str) -> str:
    """The spelling of a stem in -ar before e: indiqué, alegué, avancé."""
    for last, written in (("c", "qu"), ("g", "gu"), ("z", "c")):
        if stem.endswith(last):
            return stem[:-1] + written
    return stem


def _before_back(stem: str, ending: str) -> str:
    """The spelling of a stem in -er, -ir before o and a: exijo, prosigo."""
    if ending == "ar":
        return stem
    if stem.endswith("gu"):
        return stem[:-1]
    return stem[:-1] + "j" if stem.endswith("g") else stem


if __name__ == "__main__":
    main()
