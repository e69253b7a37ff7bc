"""Walls are told from pages: by status, by what little stands on them, never where there is a page to read."""

from __future__ import annotations

from typing import Any

import pytest

from recuento.model.capture import CaptureOutcome
from recuento.preserve.extract import look
from recuento.preserve.web.walls import judged_by_look

AT = "https://example.invalid/2031/nota"
TEXT = (
    "El observatorio contó 40 internos trasladados del penal de Prueba al de Lares durante la noche del martes. " * 20
)


def page(title: str, body: str) -> dict[str, Any]:
    """What the jail sees of a page."""
    return look("page", f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode())


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Nota", f"<h1>Las cookies y las contraseñas del ministerio</h1><p>{TEXT} acepte las cookies</p>"),
        ("404 días sin juicio", f"<h1>404 días sin juicio</h1><p>{TEXT}</p>"),
        ("Página no encontrada: el archivo perdido del penal", f"<p>{TEXT}</p>"),
        ("Nota", f"<form><input type=password></form><p>{TEXT}</p>"),
        ("Access denied to the prison", f"<p>{TEXT}</p><script src='https://hcaptcha.com/1/api.js'></script>"),
        ("Breve", "<h1>Fuga en Lares</h1><p>Cuatro internos se fugaron anoche, dijo el ministerio.</p>"),
        ("Breve", "<p>El sitio usa cookies.</p><p>Cuatro internos se fugaron anoche, dijo el ministerio.</p>"),
    ],
)
def test_a_page_to_read_is_a_page(title: str, body: str) -> None:
    """An article that speaks of cookies, passwords or 404 is no wall; nor is a short one that speaks of none."""
    assert judged_by_look(AT, AT, page(title, body)).outcome is CaptureOutcome.CAPTURED


@pytest.mark.parametrize(
    ("title", "body", "outcome"),
    [
        ("Acceso", "<form><input type='password'></form>", "login_wall"),
        ("Su privacidad", "<p>Este sitio utiliza cookies. Antes de continuar debe aceptarlas.</p>", "consent_wall"),
        ("We value your privacy", "<p>We use cookies. Accept all or reject.</p>", "consent_wall"),
        ("Just a moment...", "<p>Checking</p>", "blocked"),
        ("Verificando", "<div class='g-recaptcha'></div>", "blocked"),
        ("Error", "<h1>La página no existe</h1>", "gone"),
        ("Page not found", "", "gone"),
    ],
)
def test_a_wall_is_a_wall(title: str, body: str, outcome: str) -> None:
    """Each is called what it is, with its reason."""
    judged = judged_by_look(AT, AT, page(title, body))
    assert judged.outcome.value == outcome and judged.reason


def test_where_a_redirect_leads_tells() -> None:
    """To a log-in, or to the front page in place of a page deep in the site."""
    short = page("Bienvenido", "<p>Hola</p>")
    assert judged_by_look(AT, "https://example.invalid/login?next=x", short).outcome is CaptureOutcome.LOGIN_WALL
    assert judged_by_look(AT, "https://example.invalid/", page("Portada", TEXT)).outcome is CaptureOutcome.GONE
    home = "https://example.invalid/"
    assert judged_by_look(home, home, page("Portada", TEXT)).outcome is CaptureOutcome.CAPTURED
    assert judged_by_look(AT, AT, {}).outcome is CaptureOutcome.CAPTURED, "where the jail cannot tell, the bytes stand"
