"""What a classical method needs of a table before it can say anything: people, lists, combinations that can occur."""

from __future__ import annotations

from recuento.estimate.result import NotEstimable
from recuento.estimate.table import CaptureTable
from recuento.values.bilingual import Bilingual


def refuse_nobody(table: CaptureTable) -> None:
    """Raise NotEstimable where no list has anybody."""
    if not table.people:
        raise NotEstimable(
            en="no list has anybody: there is nothing to estimate from; check the table of counts",
            es="ninguna lista tiene a nadie: no hay de qué estimar; revise la tabla de cuentas",
        )


def refuse_few_lists(table: CaptureTable, least: int, method: Bilingual) -> None:
    """Raise NotEstimable where there are fewer than `least` lists."""
    if table.list_count < least:
        raise NotEstimable(
            en=f"{method.en} needs at least {least} lists and the table has {table.list_count}; "
            "find another list of the same people",
            es=f"{method.es}: hacen falta al menos {least} listas y la tabla tiene {table.list_count}; "
            "busque otra lista de las mismas personas",
        )


def refuse_many_lists(table: CaptureTable, most: int, method: Bilingual) -> None:
    """Raise NotEstimable where there are more than `most` lists."""
    if table.list_count > most:
        raise NotEstimable(
            en=f"{method.en} takes at most {most} lists and the table has {table.list_count}; merge lists or leave "
            "some out",
            es=f"{method.es}: se admiten {most} listas como máximo y la tabla tiene {table.list_count}; una listas o "
            "deje alguna fuera",
        )


def refuse_other_than_two(table: CaptureTable, method: Bilingual) -> None:
    """Raise NotEstimable where there are not exactly two lists."""
    if table.list_count != 2:
        raise NotEstimable(
            en=f"{method.en} takes exactly two lists and the table has {table.list_count}; choose two with "
            "table.only(...) or use a method for several lists",
            es=f"{method.es}: hacen falta exactamente dos listas y la tabla tiene {table.list_count}; elija dos con "
            "table.only(...) o use un método para varias listas",
        )


def refuse_structural_zeros(table: CaptureTable, method: Bilingual) -> None:
    """Raise NotEstimable where some combination of lists cannot occur, for methods that cannot honour it."""
    if table.has_structural_zeros:
        raise NotEstimable(
            en=f"{method.en} cannot honour lists that could not have met; use the log-linear method, which can, or "
            "leave one of those lists out",
            es=f"{method.es}: el método no puede respetar que unas listas no hayan podido coincidir; use el método "
            "log-lineal, que sí puede, o deje fuera una de esas listas",
        )
