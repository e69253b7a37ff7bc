"""How two entries are compared, field by field, in the order in which reasons are given."""

from __future__ import annotations

from recuento.link.name_rules import given_rule, surname_rule
from recuento.link.rules import FieldRule, field_rule, near, same_or_not


def _number() -> FieldRule:
    whole = "number_value_l is not null and number_value_r is not null"
    # Two numbers a slip apart begin or end alike; asking that first is far cheaper than counting the changes.
    alike = "(number_head_l = number_head_r or number_tail_l = number_tail_r)"
    in_a_row = f"{whole} and abs(number_value_l - number_value_r) <= 60"
    return field_rule(
        "number",
        "(number_l is null or number_r is null)",
        ("cédulas distintas", "different numbers"),
        (f"number_l = number_r and {whole}", "la misma cédula", "the same number"),
        (
            "(number_r like number_like_l or number_l like number_like_r)",
            "la misma cédula donde se lee",
            "the same number where it can be read",
        ),
        (
            f"number_sorted_l = number_sorted_r and {alike} and levenshtein(number_l, number_r) = 2",
            "dos cifras cambiadas de lugar",
            "two digits swapped",
        ),
        (
            # Brothers registered together have such numbers, and a slip of the pen looks the same.
            f"{in_a_row} and levenshtein(number_l, number_r) = 1",
            "una cifra distinta, cédulas casi seguidas",
            "one digit different, numbers almost in a row",
        ),
        (f"{alike} and levenshtein(number_l, number_r) = 1", "una cifra distinta", "one digit different"),
        (
            in_a_row,
            "cédulas casi seguidas",
            "numbers almost in a row",
        ),
        (f"{alike} and levenshtein(number_l, number_r) = 2", "dos cifras distintas", "two digits different"),
        shortcuts=((f"(not {alike} and {whole} and abs(number_value_l - number_value_r) > 60)", 1),),
    )


def _birth() -> FieldRule:
    """Dates of birth where both are given, else ages, or an age and a date, as of the days of the records."""
    known = "born_digits_l is not null and born_digits_r is not null"
    day, month, year = (
        [f"({part.format(one=f'born_digits_{side}')})" for side in ("l", "r")]
        for part in ("{one} % 100", "{one} % 10000 - {one} % 100", "{one} - {one} % 10000")
    )
    gap = "abs(born_about_l - born_about_r)"
    old = "least(seen_l, seen_r) / 365.25 + 1970 - least(born_about_l, born_about_r) >= 38"
    same = " + ".join(f"case when {one} = {other} then 1 else 0 end" for one, other in (day, month, year))
    parts = f"({same}) = 2"
    # No month is above 12, so what is swapped into nonsense equals no date.
    swapped = f"({year[0]} = {year[1]} and {day[0]} * 100 = {month[1]} and {month[0]} = {day[1]} * 100)"
    return field_rule(
        "birth",
        "(born_about_l is null or born_about_r is null)",
        ("edades muy distintas", "ages far apart"),
        (f"{known} and born_digits_l = born_digits_r", "la misma fecha de nacimiento", "the same date of birth"),
        (f"{known} and {swapped}", "día y mes cambiados de lugar", "day and month swapped"),
        (
            f"{known} and {parts}",
            "fecha de nacimiento con una parte distinta",
            "date of birth with one part different",
        ),
        (f"{known} and {gap} > 2.5", "fechas de nacimiento muy distintas", "dates of birth far apart"),
        (known, "fechas de nacimiento distintas", "different dates of birth"),
        (f"{gap} <= 0.6 and {old}", "edades que concuerdan, 38 años o más", "ages that agree, 38 or older"),
        (f"{gap} <= 0.6", "edades que concuerdan", "ages that agree"),
        (f"{gap} <= 1.1", "edades a un año como mucho", "ages at most a year apart"),
        (f"{gap} <= 2.1", "edades a dos años como mucho", "ages at most two years apart"),
        (f"{gap} <= 4.1", "edades a cuatro años como mucho", "ages at most four years apart"),
    )


def _arrest() -> FieldRule:
    """Days of arrest where both are given, else whether one record can be of the same detention as the other."""
    both = "arrest_l is not null and arrest_r is not null"
    apart = "abs(arrest_l - arrest_r)"
    one = "(arrest_l is not null or arrest_r is not null) and seen_l is not null and seen_r is not null"
    after = "(case when arrest_l is not null then seen_r - arrest_l else seen_l - arrest_r end)"
    seen = "abs(seen_l - seen_r)"
    return field_rule(
        "arrest",
        "((arrest_l is null or arrest_r is null) and (seen_l is null or seen_r is null))",
        ("registros con más de doscientos días de diferencia", "recorded more than two hundred days apart"),
        (f"{both} and {apart} = 0", "la misma fecha de detención", "the same date of arrest"),
        (f"{both} and {apart} <= 3", "detención con hasta tres días de diferencia", "arrested within three days"),
        (f"{both} and {apart} <= 31", "detención con hasta un mes de diferencia", "arrested within a month"),
        (both, "fechas de detención distintas", "different dates of arrest"),
        (
            f"{one} and {after} < -3",
            "un registro es anterior a la otra detención",
            "one record is earlier than the other's arrest",
        ),
        (
            f"{one} and {after} <= 21",
            "registrado hasta tres semanas después de la otra detención",
            "recorded within three weeks of the other's arrest",
        ),
        (
            f"{one} and {after} <= 75",
            "registrado hasta dos meses y medio después de la otra detención",
            "recorded within two and a half months of the other's arrest",
        ),
        (
            f"{one} and {after} <= 200",
            "registrado hasta doscientos días después de la otra detención",
            "recorded within two hundred days of the other's arrest",
        ),
        (
            one,
            "registrado mucho después de la otra detención",
            "recorded long after the other's arrest",
        ),
        (f"{seen} <= 15", "registros con hasta quince días de diferencia", "recorded within fifteen days"),
        (f"{seen} <= 50", "registros con hasta cincuenta días de diferencia", "recorded within fifty days"),
        (f"{seen} <= 100", "registros con hasta cien días de diferencia", "recorded within a hundred days"),
        (f"{seen} <= 200", "registros con hasta doscientos días de diferencia", "recorded within two hundred days"),
    )


FIELD_RULES: tuple[FieldRule, ...] = (
    given_rule(),
    surname_rule(),
    _number(),
    _birth(),
    same_or_not(
        "sex",
        ("sexo distinto", "different sex"),
        ("sex_l = sex_r and sex_l = 'F'", "mujeres", "women"),
        ("sex_l = sex_r", "hombres", "men"),
    ),
    same_or_not(
        "facility",
        ("recintos distintos", "different facilities"),
        ("facility_l = facility_r", "el mismo recinto", "the same facility"),
        (near("facility", "facility"), "recintos de nombre parecido", "facilities with similar names"),
    ),
    same_or_not(
        "state",
        ("estados distintos", "different states"),
        ("state_l = state_r", "el mismo estado", "the same state"),
    ),
    _arrest(),
    same_or_not(
        "nickname",
        ("apodos distintos", "different nicknames"),
        ("nickname_l = nickname_r", "el mismo apodo", "the same nickname"),
    ),
    field_rule(
        "circumstance",
        "(list_l is null)",
        ("en listas distintas", "on different lists"),
        ("list_l = list_r", "dos veces en la misma lista", "twice on one list"),
    ),
)
"""Every field of `linkage.FIELDS`, in its order."""
