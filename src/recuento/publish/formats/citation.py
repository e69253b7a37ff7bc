"""How to cite an event: in words, in BibTeX and in CSL-JSON."""

from __future__ import annotations

import re

from recuento.publish.formats.plain import written
from recuento.publish.tongue import Tongue
from recuento.publish.view import PublicDossier, PublicEvent


def in_words(event: PublicEvent, view: PublicDossier, tongue: Tongue) -> str:
    """The citation as a sentence."""
    return tongue.t(
        "citation",
        site=view.name,
        name=tongue.say(event.name),
        n=tongue.number(view.number),
        date=tongue.day(view.edition),
    )


def bibtex(event: PublicEvent, view: PublicDossier, tongue: Tongue, slug: str, address: str | None) -> bytes:
    """One @misc entry."""
    fields = {
        "author": f"{{{_tex(view.name)}}}",
        "title": f"{{{_tex(tongue.say(event.name))}}}",
        "year": str(view.edition.year),
        "month": str(view.edition.month),
        "note": _tex(tongue.t("edition_number", n=view.number, date=tongue.day(view.edition))),
        "language": tongue.language,
    }
    if address is not None:
        fields["url"] = address
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{slug}-v{view.number},\n{lines}\n}}\n".encode()


def csl_json(event: PublicEvent, view: PublicDossier, tongue: Tongue, slug: str, address: str | None) -> bytes:
    """One item that reference managers import."""
    item: dict[str, object] = {
        "id": f"{slug}-v{view.number}",
        "type": "webpage",
        "title": tongue.say(event.name),
        "author": [{"literal": view.name}],
        "container-title": view.name,
        "issued": {"date-parts": [[view.edition.year, view.edition.month, view.edition.day]]},
        "version": str(view.number),
        "language": tongue.language,
    }
    return written([{**item, "URL": address} if address is not None else item])


def _tex(text: str) -> str:
    plain = " ".join(text.split())
    plain = plain.replace("\\", r"\textbackslash ")
    return re.sub(r"([{}%$#&_])", r"\\\1", plain).replace("~", r"\textasciitilde ").replace("^", r"\textasciicircum ")
