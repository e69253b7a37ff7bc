"""Whom somebody cites: who tells it, and where it ends."""

from __future__ import annotations

import pytest

from recuento.read import read


def _all(text: str) -> list[tuple[str, str, str]]:
    """Number, source and words of every statement."""
    return [
        (
            statement.id,
            statement.source.quote if statement.source else "",
            " | ".join(span.quote for span in statement.content),
        )
        for statement in read(text)
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Un informe de la Defensoría, citado por Ana Paz en el pleno, advierte que no hay médicos.",
            [
                ("s1", "Ana Paz", "Un informe de la Defensoría | advierte que no hay médicos"),
                (
                    "s1.1",
                    "Un informe de la Defensoría, citado por Ana Paz en el pleno",
                    "que no hay médicos",
                ),
            ],
        ),
        (
            "El ministro citó un reporte interno: «Cruzaron la frontera seis».",
            [
                ("s1", "El ministro", "un reporte interno: «Cruzaron la frontera seis»"),
                ("s1.1", "un reporte interno", "«Cruzaron la frontera seis»"),
            ],
        ),
        (
            "El Observatorio, que cita a tres reclusos, sostiene que hubo disparos.",
            [
                ("s1", "El Observatorio, que cita a tres reclusos", "que hubo disparos"),
                ("s1.1", "tres reclusos", "que hubo disparos"),
            ],
        ),
        (
            "Paz citó a un preso, que le contó que no comen, y dijo que dos médicos, cuyos nombres calló, "
            "le confirmaron haber firmado.",
            [
                ("s1", "Paz", "a un preso, que le contó que no comen"),
                ("s1.1", "que", "que no comen"),
                ("s2", "Paz", "que dos médicos, cuyos nombres calló, le confirmaron haber firmado"),
                ("s2.1", "dos médicos, cuyos nombres calló", "haber firmado"),
            ],
        ),
        (
            "El fallo recoge el testimonio de las internas, quienes señalaron que no hay agua.",
            [
                ("s1", "El fallo", "el testimonio de las internas, quienes señalaron que no hay agua"),
                ("s1.1", "quienes", "que no hay agua"),
            ],
        ),
        (
            "El estudio recoge denuncias de cobros por el uso del baño.",
            [("s1", "El estudio", "denuncias de cobros por el uso del baño")],
        ),
    ],
)
def test_who_cites_holds_what_another_tells(text: str, told: list[tuple[str, str, str]]) -> None:
    """Participles, relatives and a colon name the one who is cited; what the citing one adds is no part of it."""
    assert _all(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "La ambulancia recogió a un preso que respiraba mal.",
        "La fiscal recogió el expediente que pidió la jueza.",
        "La carta, citada por Ana Paz, se perdió.",
    ],
)
def test_what_is_gathered_and_what_tells_nothing_is_not_cited(text: str) -> None:
    """People and papers are gathered, and a letter that tells nothing is cited for nothing."""
    assert _all(text) == []


def test_a_demand_is_not_what_somebody_was_cited_for() -> None:
    """«El abogado, que cita a dos presos, pidió ...»: it is he who asks."""
    assert [id for id, _, _ in _all("Su abogado, que cita a dos presos, pidió un traslado.")] == ["s1"]
