"""The API behind the gate. django-ninja is imported when it is first asked for: most laptops never do."""

from __future__ import annotations

from typing import Any

from django.http import JsonResponse

from recuento.workbench.importing import ONE_AT_A_TIME
from recuento.workbench.pages import page


def ask(request: Any, rest: str) -> Any:
    """One operation."""
    with ONE_AT_A_TIME:
        from recuento.workbench.api.site import answer

    return answer(request, rest)


def schema(request: Any) -> Any:
    """The OpenAPI description."""
    with ONE_AT_A_TIME:
        from recuento.workbench.api import site

    return JsonResponse(site.schema(), json_dumps_params={"ensure_ascii": False})


def docs(request: Any) -> Any:
    """The same description as a page: nothing of it comes from another host, and it needs no script."""
    with ONE_AT_A_TIME:
        from recuento.workbench.api import site

    described = site.schema()
    operations = [
        (path, one["get"], one["get"]["responses"][200]["content"]["application/json"]["schema"]["$ref"].split("/")[-1])
        for path, one in described["paths"].items()
    ]
    return page(request, "api.html", operations=operations, forms=described["components"]["schemas"])
