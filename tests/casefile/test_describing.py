"""What only the file tells of itself is shown as extracted until a person says so; documents.csv says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from invented import AT
from recuento.casefile.casefile import Casefile
from recuento.casefile.documents.describing import describe
from recuento.casefile.documents.preserving import preserve
from recuento.casefile.keeping.verifying import verify
from recuento.cli.main import cli
from recuento.errors import InvalidValue
from recuento.model.document import Document
from recuento.store import documents

PAGE = (
    "<html lang='es'><head><title>Informe del mes</title><meta name='author' content='Zoila Invento'></head><body>"
    "<article><h1>Informe del mes</h1><p>El Observatorio de Lares dijo que hubo 20 heridos en el penal.</p></article>"
)


def kept(casefile: Casefile) -> Document:
    """The page as it stands in the casefile."""
    with casefile.database.reading() as connection:
        (one,) = (document for document in documents.all(connection) if document.name == "pagina.html")
    return one


def test_what_the_file_tells_is_extracted_until_somebody_confirms_it(folder: Path) -> None:
    """Confirming and putting right are decisions with who and when, and everything verifies."""
    page = folder.parent / "pagina.html"
    page.write_text(PAGE, encoding="utf-8")
    with Casefile.open(folder) as casefile:
        preserve(casefile, [page], by="ana", at=AT)
        told = kept(casefile).description
        assert told.title == "Informe del mes" and ("title" in told.extracted) and ("author" in told.extracted)
        listed = CliRunner().invoke(cli, ["documents", kept(casefile).sha256[:12], "-C", str(folder)], obj="es")
        assert "Informe del mes (extraído del archivo, sin confirmar)" in listed.output, listed.output
        made = describe(casefile, kept(casefile).sha256, ["title"], {"author": "Z. I."}, by="luis", at=AT)
        now = kept(casefile).description
        assert "title" not in now.extracted and (now.author, ("author" in now.extracted)) == ("Z. I.", False)
        assert (made.by, dict(made.details)) == ("luis", {"title": "Informe del mes", "author": "Z. I."})
        with pytest.raises(InvalidValue):
            describe(casefile, kept(casefile).sha256, ["outlet"], {}, by="luis", at=AT)
        with pytest.raises(InvalidValue):
            describe(casefile, kept(casefile).sha256, [], {"published": "ayer"}, by="luis", at=AT)
        assert not verify(casefile).faults


def test_a_manifest_wins_also_over_bytes_that_were_there(folder: Path) -> None:
    """documents.csv laid beside a file that was preserved already tells of it from then on."""
    page = folder.parent / "pagina.html"
    page.write_text(PAGE, encoding="utf-8")
    with Casefile.open(folder) as casefile:
        preserve(casefile, [page], by="ana", at=AT)
        manifest = "file,title,published\npagina.html,Otro título,2031-03\n"
        (folder.parent / "documents.csv").write_text(manifest, encoding="utf-8")
        preserve(casefile, [page], by="ana", at=AT)
        told = kept(casefile).description
        assert (told.title, ("title" in told.extracted), str(told.published)) == ("Otro título", False, "2031-03")
        assert "author" in told.extracted
