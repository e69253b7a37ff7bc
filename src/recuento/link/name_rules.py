"""How the given names and the surnames of two entries are compared."""

from __future__ import annotations

from recuento.link.rules import FieldRule, field_rule, initial, may_be_near, near, near_text, word


def _near_the_second(prefix: str) -> str:
    """A name similar to the other's second."""
    first = f"{prefix}1"
    second_l, second_r = (f"coalesce({prefix}2_{side}, {first}_{side})" for side in ("l", "r"))
    one = near_text(second_l, f"{first}_r", may_be_near(first, first, "l"))
    other = near_text(f"{first}_l", second_r, may_be_near(first, first, "r"))
    return f"({one} or {other})"


def _nothing_alike(prefix: str) -> str:
    """No name of one is alike or similar to one of the other, and no first name is an initial."""
    first, second = f"{prefix}1", f"{prefix}2"
    similar = [condition for side in ("", "l", "r") for condition in may_be_near(first, first, side)]
    words = " and ".join(f"{first}_{side} > '/'" for side in ("l", "r"))  # The full stop of an initial sorts before it.
    alike = " or ".join(similar)
    return f"(not ({alike}) and {words} and ({second}_l is null or {second}_r is null or {second}_l <> {second}_r))"


def given_rule() -> FieldRule:
    """Given names: the first, the second, crossed, similar, initials; agreement by how common the names are."""
    first = f"g1_l = g1_r and {word('g1_l')}"
    both = "g2_l is not null and g2_r is not null"
    not_both = "(g2_l is null or g2_r is null)"
    full = f"{first} and g2_l = g2_r"
    bands = "(greatest(g1_band_l, g1_band_r) + g2_band_l)"
    crossed = "(g1_l = g2_r or g2_l = g1_r)"
    near1 = near("g1", "g1")
    second_fits = f"(g2_l = g2_r or {near('g2', 'g2')} or {initial('g2', 'g2')})"
    return field_rule(
        "given",
        "(g1_l is null or g1_r is null)",
        ("nombres distintos", "different given names"),
        (f"{full} and {bands} >= 3", "los dos nombres iguales, poco comunes", "both given names alike, uncommon"),
        (f"{full} and {bands} >= 1", "los dos nombres iguales", "both given names alike"),
        (full, "los dos nombres iguales, muy comunes", "both given names alike, very common"),
        (
            "g1_l = g2_r and g2_l = g1_r",
            "los dos nombres iguales en otro orden",
            "both given names alike in another order",
        ),
        (
            f"{first} and {both} and {second_fits}",
            "primer nombre igual, segundo parecido o inicial",
            "first given name alike, second similar or an initial",
        ),
        (
            f"{first} and {both}",
            "primer nombre igual, segundo distinto",
            "first given name alike, second different",
        ),
        (
            f"{first} and g1_band_l >= 2",
            "primer nombre igual, poco común; falta el segundo",
            "first given name alike, uncommon; second not given",
        ),
        (
            f"{first} and g1_band_l = 1",
            "primer nombre igual; falta el segundo",
            "first given name alike; second not given",
        ),
        (
            first,
            "primer nombre igual, muy común; falta el segundo",
            "first given name alike, very common; second not given",
        ),
        (
            f"{crossed} and {not_both}",
            "un nombre igual al segundo del otro",
            "one given name is the other's second",
        ),
        (
            f"{near1} and {both} and {second_fits}",
            "primer nombre parecido, segundo igual",
            "first given name similar, second alike",
        ),
        (
            f"{near1} and {not_both}",
            "primer nombre parecido; falta el segundo",
            "first given name similar; second not given",
        ),
        (near1, "primer nombre parecido, segundo distinto", "first given name similar, second different"),
        (f"{initial('g1', 'g1')} and ({not_both} or {second_fits})", "inicial compatible", "initial compatible"),
        (f"{crossed} or g2_l = g2_r", "solo un nombre en común", "only one given name in common"),
        (
            _near_the_second("g"),
            "un nombre parecido al segundo del otro",
            "one given name similar to the other's second",
        ),
        (both, "los dos nombres distintos", "both given names different"),
        shortcuts=((f"{_nothing_alike('g')} and {both}", 2), (_nothing_alike("g"), 1)),
    )


def surname_rule() -> FieldRule:
    """Surnames: both, crossed, half-crossed, similar, initials, a married name; by how common they are."""
    first = f"(s1_l = s1_r and {word('s1_l')})"
    second = f"(s2_l = s2_r and {word('s2_l')})"
    both = "s2_l is not null and s2_r is not null"
    full = f"{first} and {second}"
    bands = "(s1_band_l + s2_band_l)"
    near1 = near("s1", "s1")
    near2 = f"({near('s2', 's2')} or {initial('s2', 's2')})"
    crossed = "(s1_l = s2_r or s2_l = s1_r)"
    return field_rule(
        "surname",
        "(s1_l is null or s1_r is null)",
        ("apellidos distintos", "different surnames"),
        (f"{full} and {bands} >= 3", "los dos apellidos iguales, poco comunes", "both surnames alike, uncommon"),
        (f"{full} and {bands} >= 1", "los dos apellidos iguales", "both surnames alike"),
        (full, "los dos apellidos iguales, muy comunes", "both surnames alike, very common"),
        (
            "s1_l = s2_r and s2_l = s1_r",
            "los dos apellidos iguales en otro orden",
            "both surnames alike in another order",
        ),
        (
            f"{first} and {both} and {near2}",
            "primer apellido igual, segundo parecido o inicial",
            "first surname alike, second similar or an initial",
        ),
        (
            f"{first} and {both} and not (married_l or married_r)",
            "primer apellido igual, segundo distinto",
            "first surname alike, second different",
        ),
        (
            f"{first} and s1_band_l >= 2",
            "primer apellido igual, poco común; falta el segundo",
            "first surname alike, uncommon; second not given",
        ),
        (
            f"{first} and s1_band_l = 1",
            "primer apellido igual; falta el segundo",
            "first surname alike; second not given",
        ),
        (
            first,
            "primer apellido igual, muy común; falta el segundo",
            "first surname alike, very common; second not given",
        ),
        (
            f"{near1} and {both} and ({second} or {near2})",
            "primer apellido parecido, segundo igual o parecido",
            "first surname similar, second alike or similar",
        ),
        (
            f"{near1} and not ({both})",
            "primer apellido parecido; falta el segundo",
            "first surname similar; second not given",
        ),
        (
            f"{crossed} and not ({both})",
            "un apellido igual al segundo del otro",
            "one surname is the other's second",
        ),
        (second, "segundo apellido igual, primero distinto", "second surname alike, first different"),
        (crossed, "solo un apellido en común, en otro lugar", "only one surname in common, in another place"),
        (near1, "primer apellido parecido, segundo distinto", "first surname similar, second different"),
        (initial("s1", "s1"), "inicial del apellido compatible", "initial of the surname compatible"),
        (
            _near_the_second("s"),
            "un apellido parecido al segundo del otro",
            "one surname similar to the other's second",
        ),
        shortcuts=((_nothing_alike("s"), 1),),
    )
