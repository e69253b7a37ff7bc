"""Words for quantities without a number, in Spanish and English: what the least is that each can mean.

The table and its grounds are in docs/vague-quantities.md. Every bound here is our convention, shown as such.
"""

from __future__ import annotations

from decimal import Decimal

from recuento.values.names import fold
from recuento.values.quantity import Comparison

_LEAST_OF: dict[int, str] = {
    1: "algun|alguno|alguna|a few of them|one or more|uno o mas|una o mas|some kind of",
    2: (
        "un par|par de|algunos|algunas|pocos|pocas|unos pocos|unas pocas|unos cuantos|unas cuantas|varios|"
        "varias|un pequeno numero|un reducido numero|un numero reducido|"
        "diversos|diversas|distintos|distintas|unos|unas|sendos|"
        "a couple|couple of|a pair|pair of|some|few|a few|several|various|a handful|handful of|un punado|"
        "a small number|small numbers"
    ),
    3: (
        "muchos|muchas|numerosos|numerosas|bastantes|un numero grande|un gran numero|gran numero|gran cantidad|"
        "buen numero|un monton|un monton de|un chingo|un chorro|multitud|infinidad|cantidad de|"
        "many|numerous|a lot|lots|a large number|large number|large numbers|a great many|scores of people|plenty|"
        "a number of|un numero de|quite a few|a good many|cuantiosos|un sinfin|"
        "un sinnumero|a great number|a growing number|un creciente numero|un numero creciente"
    ),
    20: "decenas|tens of people|tens",
    24: "docenas|dozens",
    40: "veintenas|scores",
    200: "centenares|cientos|centenas|hundreds",
    2_000: "miles|millares|thousands",
    20_000: "decenas de miles|decenas de millares|tens of thousands",
    24_000: "docenas de miles|dozens of thousands",
    200_000: "centenares de miles|cientos de miles|hundreds of thousands",
    2_000_000: "millones|millions",
}
LEAST: dict[str, int] = {words: least for least, group in _LEAST_OF.items() for words in group.split("|")}
"""The least each vague word can mean, by its folded words."""

_ABOUT: dict[str, int] = {
    "una decena": 10, "una docena": 12, "una quincena": 15, "una veintena": 20, "una treintena": 30,
    "una cuarentena": 40, "una cincuentena": 50, "un centenar": 100, "una centena": 100, "medio centenar": 50,
    "media docena": 6, "un millar": 1_000, "medio millar": 500,
    "a dozen": 12, "half a dozen": 6, "a score": 20, "a hundred or so": 100,
}  # fmt: skip
ABOUT = _ABOUT
"""Words that stand for "about N", by their folded words."""
_SIMPLE_SHARES: dict[str, int | Decimal] = {
    "half|a half|one half|one-half|mitad": 50,
    "a third|tercera parte|un tercio": Decimal("33.33"),
    "a quarter|cuarta parte|un cuarto": 25,
    "a fifth|quinta parte|un quinto": 20,
    "a tenth|decima parte": 10,
    "sexta parte": Decimal("16.67"),
    "octava parte": Decimal("12.5"),
}
_NUMERATORS = (
    ("one", "un", "una"), ("two", "dos", "dos"), ("three", "tres", "tres"), ("four", "cuatro", "cuatro"),
    ("five", "cinco", "cinco"), ("six", "seis", "seis"), ("seven", "siete", "siete"), ("eight", "ocho", "ocho"),
    ("nine", "nueve", "nueve"),
)  # fmt: skip
_DENOMINATORS = {
    3: ("third", "tercio", "tercera"), 4: ("quarter", "cuarto", "cuarta"), 5: ("fifth", "quinto", "quinta"),
    6: ("sixth", "sexto", "sexta"), 7: ("seventh", "septimo", "septima"), 8: ("eighth", "octavo", "octava"),
    9: ("ninth", "noveno", "novena"), 10: ("tenth", "decimo", "decima"),
}  # fmt: skip


def _fractions() -> dict[str, int | Decimal]:
    """ "Two thirds", "nine-tenths", «tres cuartas partes» in per cent."""
    found: dict[str, int | Decimal] = {}
    for part, (english, spanish, feminine) in enumerate(_NUMERATORS, 1):
        for whole, (english_of, spanish_of, parts_of) in _DENOMINATORS.items():
            if part >= whole:
                continue
            share = round(Decimal(part) * 100 / whole, 2)
            value = int(share) if share == int(share) else share
            if part == 1 and whole > 5:
                found[f"one-{english_of}"] = value
                continue
            many = "s" if part > 1 else ""
            found[f"{english} {english_of}{many}"] = found[f"{english}-{english_of}{many}"] = value
            found[f"{spanish} {spanish_of}{many}"] = found[f"{feminine} {parts_of}{many} parte{many}"] = value
    return found


SHARES: dict[str, int | Decimal] = _fractions() | {
    share: value for group, value in _SIMPLE_SHARES.items() for share in group.split("|")
}
"""Words for a part of a whole, by their folded words, in per cent."""
_ENDINGS = {
    "ar": "a an aba aban o aron ara aran aria arian e en ase asen ar ando",
    "er": "e en ia ian io ieron era eran eria erian a an iera ieran er iendo",
}
"""Endings of regular Spanish verbs in the third person, with the infinitive and the gerund, without accents."""
_SOFTENED = {"z": "c", "g": "gu", "c": "qu"}
"""What the last letter of a stem in -ar becomes before "e"."""


def _tenses_of(verb: str) -> list[str]:
    """The forms in which news says what a number does: "superan", "superaría", "superando"."""
    head, _, rest = verb.partition(" ")
    stem, kind = head[:-2], head[-2:]
    forms = []
    for ending in _ENDINGS[kind].split():
        soft = kind == "ar" and ending[0] == "e" and stem[-1] in _SOFTENED
        begin = stem[:-1] + _SOFTENED[stem[-1]] if soft else stem
        forms.append(f"{begin}{ending} {rest}".rstrip())
    return forms


BOUNDING_VERBS: dict[str, Comparison] = {
    f"{denied}{form}": comparison
    for comparison, denied, verbs in (
        (Comparison.GT, "", "superar|sobrepasar|rebasar|traspasar|exceder|pasar de"),
        (Comparison.APPROX, "", "rondar|bordear|frisar"),
        (Comparison.NEARLY, "", "rozar|acercar a|aproximar a"),
        (Comparison.LT, "no ", "llegar a|llegar ni a|alcanzar"),
        (Comparison.GE, "no ", "bajar de"),
        (Comparison.LE, "no ", "superar|sobrepasar|rebasar|exceder|pasar de"),
    )
    for verb in verbs.split("|")
    for form in _tenses_of(verb)
} | {
    words: comparison
    for comparison, group in (
        (
            Comparison.GT,
            "exceed|exceeds|exceeded|exceeding|surpass|surpasses|surpassed|surpassing|top|tops|topped|topping",
        ),
        (Comparison.NEARLY, "approach|approaches|approached|approaching"),
        (Comparison.LE, "not exceed|not top|not exceeding"),
    )
    for words in group.split("|")
}
"""Verbs that bound the number after them, by their folded words: they say how it compares and are no part of it."""
BOUNDS_AFTER: dict[tuple[str, ...], Comparison] = {
    ("or", "more"): Comparison.GE, ("or", "over"): Comparison.GE, ("o", "más"): Comparison.GE,
    ("or", "fewer"): Comparison.LE, ("or", "less"): Comparison.LE, ("o", "menos"): Comparison.LE,
    ("or", "so"): Comparison.APPROX,
}  # fmt: skip
"""Words after a number that bound it: "three or more"."""

_BY_START: tuple[tuple[Comparison, str], ...] = (
    (
        Comparison.UNKNOWN,
        "se desconoce|se ignora|sin informacion|sin datos|no se sabe|unknown|not known|no information",
    ),
    (
        Comparison.NONE,
        "ningun|ninguno|ninguna|nadie|ni uno|ni un|ni una|ni un solo|ni una sola|cero|sin|"
        "none|nobody|no one|not one|not a single|zero|no",
    ),
    (
        Comparison.GE,
        "al menos|por lo menos|cuando menos|lo menos|como minimo|como poco|un minimo de|no menos de|"
        "at least|a minimum of|no fewer than|no less than|not less than",
    ),
    (
        Comparison.LE,
        "como maximo|a lo sumo|a lo mucho|cuando mucho|como mucho|a lo mas|a todo tirar|no mas de|un maximo de|at most|"
        "no more than|not more than|a maximum of",
    ),
    (
        Comparison.LT,
        "menos de|por debajo de|por abajo de|abajo de|inferior a|inferiores a|fewer than|less than|under|below|shy of",
    ),
    (
        Comparison.GT,
        "mas de|north of|por encima de|por arriba de|arriba de|superior a|superiores a|supera|superan|supera los|"
        "supera las|superan los|superan las|"
        "exceeds|exceed|more than|over|upwards of|above|in excess of",
    ),
    (Comparison.UPTO, "hasta|up to|as many as|as much as"),
    (Comparison.RANGE, "entre|between"),
    (
        Comparison.NEARLY,
        "casi|the best part of|the better part of|getting on for|going on for|al borde de|practicamente|"
        "cerca de alcanzar|almost|nearly|practically|virtually|just short of|a little short of",
    ),
    (
        Comparison.APPROX,
        "unos|unas|cerca de|alrededor de|aproximadamente|en torno a|aproximado|mas o menos|cosa de|"
        "algo asi como|cercano a|"
        "cercana a|cercanos a|cercanas a|proximo a|proxima a|aproximada a|"
        "about|around|approximately|roughly|some|an estimated|circa|nearer|nearer to|close to|closer to|"
        "close on|mas cerca de|something like|in the region of|in the order of|"
        "on the order of|del orden de",
    ),
    (Comparison.EQ, "exactamente|en total|exactly|a total of|un total de|in all"),
)
COMPARISONS: dict[str, Comparison] = {w: c for c, group in _BY_START for w in group.split("|")}
"""How the words before a number compare it, by their folded words."""

_LONGEST = max(len(words.split()) for words in (*LEAST, *_ABOUT, *COMPARISONS))


def least_of(words: str) -> int | None:
    """The least that vague words can mean ("muchos" 3, "decenas" 20, "dozens" 24), or None where none is known.

    The longest known expression found in the words counts: "cientos de miles de personas" is 200,000.
    """
    return _longest_found(words, LEAST)


def about_of(words: str) -> int | None:
    """The number that words such as "una docena" or "half a dozen" are about, or None."""
    return _longest_found(words, _ABOUT)


def comparison_of(words: str) -> Comparison | None:
    """How the words that introduce a number compare it ("al menos": GE, "casi": NEARLY), or None.

    Vague words without a number give VAGUE, words such as "una docena" give APPROX.
    """
    folded = fold(words)
    if any(character.isdigit() for character in folded):
        return _longest_start(folded)
    if about_of(folded) is not None:
        return Comparison.APPROX
    started = _longest_start(folded)
    if started in (Comparison.NONE, Comparison.UNKNOWN):
        return started
    if least_of(folded) is not None:
        return Comparison.VAGUE
    return started


def _longest_start(folded: str) -> Comparison | None:
    words = folded.split()
    for length in range(min(_LONGEST, len(words)), 0, -1):
        found = COMPARISONS.get(" ".join(words[:length]))
        if found is not None:
            return found
    return None


def _longest_found(words: str, table: dict[str, int]) -> int | None:
    folded = fold(words).split()
    for length in range(min(_LONGEST, len(folded)), 0, -1):
        for start in range(len(folded) - length + 1):
            found = table.get(" ".join(folded[start : start + length]))
            if found is not None:
                return found
    return None
