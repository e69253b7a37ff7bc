"""What several pages share: messages, redirects, static files and what is said when something is not there."""

from __future__ import annotations

import mimetypes
from typing import Any

from django.http import Http404, HttpResponse

from recuento.errors import RecuentoError
from recuento.workbench.pages import language_of, page, static_file


def see_other(address: str) -> Any:
    """Go on to another page with GET."""
    return HttpResponse(status=303, headers={"Location": address})


def reason_in(request: Any) -> str:
    """The reason typed into a form, in one line; empty where none was."""
    return " ".join(request.POST.get("why", "").split())


def is_own(address: str) -> bool:
    """Whether this is an address of ours: a form cannot send anybody to another site."""
    return address.startswith("/") and not address.startswith(("//", "/\\"))


def message_page(request: Any, status: int, title: str, more: str | RecuentoError) -> Any:
    """A page that says one thing: a phrase, or an error as it is."""
    words = more.text(language_of(request)) if isinstance(more, RecuentoError) else None
    return page(request, "message.html", status, title=title, more=more, words=words)


def static(request: Any, name: str) -> Any:
    """A file of the package: it never changes under its address, which holds a mark of its bytes."""
    try:
        data, _ = static_file(name)
    except FileNotFoundError:
        raise Http404 from None
    answer = HttpResponse(data, content_type=mimetypes.guess_type(name)[0])
    answer["Cache-Control"] = "max-age=31536000, immutable"
    return answer


def bad_request(request: Any, exception: Exception) -> Any:
    """What Django itself cannot accept, such as a request to another host name."""
    return HttpResponse("400", status=400, content_type="text/plain")


def csrf_failed(request: Any, reason: str = "") -> Any:
    """A form that does not come from one of our pages."""
    return message_page(request, 403, "refused", "refused_form")


def forbidden(request: Any, exception: Exception) -> Any:
    """What Django refuses."""
    return message_page(request, 403, "refused", "refused_more")


def not_found(request: Any, exception: Exception) -> Any:
    """No such page."""
    return message_page(request, 404, "not_found", "not_found_more")


def failed(request: Any) -> Any:
    """A bug of ours."""
    return HttpResponse("500", status=500, content_type="text/plain")
