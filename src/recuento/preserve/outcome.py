"""What became of a document's bytes: read, or a named reason why not, in the words users see."""

from __future__ import annotations

from enum import StrEnum

from recuento.values.bilingual import Bilingual


class Outcome(StrEnum):
    """Read, or why not."""

    READ = "read"
    EMPTY = "empty"
    """There is not one byte in it."""
    NO_TEXT = "no_text"
    """It was opened and holds no text: a scan, an empty page."""
    IMAGE = "image"
    OLD_OFFICE = "old_office"
    PACKED = "packed"
    """An archive of other files."""
    UNKNOWN_TYPE = "unknown_type"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    BOMB = "bomb"
    """It unpacks to far more than it is."""
    TOO_BIG = "too_big"
    TOO_LONG = "too_long"
    TIME = "time"
    PUT_OFF = "put_off"
    """Not read to the end: with what it came in it has one budget of time, and that was used up."""
    MEMORY = "memory"
    CRASH = "crash"


def reason(outcome: Outcome, detail: str = "") -> Bilingual | None:
    """Why a document cannot be read, None where it was. `detail` is a type, a number or the name of a fault."""
    words = _REASONS.get(outcome)
    if words is None:
        return None
    shown = f" ({detail})" if detail else ""
    return Bilingual(es=words.es.format(detail=shown), en=words.en.format(detail=shown))


_REASONS = {
    Outcome.EMPTY: Bilingual(es="el archivo está vacío", en="the file is empty"),
    Outcome.NO_TEXT: Bilingual(
        es="se abrió, pero no contiene texto{detail}; si es un escaneo, instale Tesseract (tesseract-ocr y "
        "tesseract-ocr-spa) y vuelva a sacarlo con recuento preserve --extract-again, o agregue una transcripción",
        en="it opens but holds no text{detail}; if it is a scan, install Tesseract (tesseract-ocr and "
        "tesseract-ocr-spa) and make it again with recuento preserve --extract-again, or add a transcript",
    ),
    Outcome.IMAGE: Bilingual(
        es="es una imagen{detail} en la que no se leyó texto: si lo tiene, instale Tesseract (tesseract-ocr y "
        "tesseract-ocr-spa) y use recuento preserve --extract-again, o agregue una transcripción",
        en="it is an image{detail} in which no text was read: if it has some, install Tesseract (tesseract-ocr and "
        "tesseract-ocr-spa) and use recuento preserve --extract-again, or add a transcript",
    ),
    Outcome.OLD_OFFICE: Bilingual(
        es="es un documento de Office anterior a 2007; guárdelo como .docx, .xlsx o PDF",
        en="it is an Office document from before 2007; save it as .docx, .xlsx or PDF",
    ),
    Outcome.PACKED: Bilingual(
        es="es un archivo comprimido{detail}, que no se abre: descomprímalo y guarde lo que contiene",
        en="it is an archive{detail}, which is not opened: unpack it and preserve what it holds",
    ),
    Outcome.UNKNOWN_TYPE: Bilingual(
        es="no se reconoce el tipo de archivo{detail}; guárdelo como PDF, DOCX, HTML o texto",
        en="the type of file is not known{detail}; save it as PDF, DOCX, HTML or plain text",
    ),
    Outcome.ENCRYPTED: Bilingual(
        es="está protegido con contraseña; guarde una copia sin contraseña",
        en="it is protected with a password; save a copy without one",
    ),
    Outcome.DAMAGED: Bilingual(
        es="el archivo está dañado o incompleto{detail}; obténgalo de nuevo si puede",
        en="the file is damaged or incomplete{detail}; obtain it again if you can",
    ),
    Outcome.BOMB: Bilingual(
        es="al descomprimirlo ocupa mucho más de lo permitido{detail}; puede ser un archivo malicioso",
        en="it unpacks to far more than is allowed{detail}; it may be malicious",
    ),
    Outcome.TOO_BIG: Bilingual(
        es="el archivo es demasiado grande para leerlo{detail}; divídalo",
        en="the file is too big to be read{detail}; split it",
    ),
    Outcome.TOO_LONG: Bilingual(
        es="su texto es más largo de lo permitido{detail}; divídalo",
        en="its text is longer than is allowed{detail}; split it",
    ),
    Outcome.TIME: Bilingual(
        es="su lectura se detuvo al pasar el límite de tiempo{detail}; puede estar dañado o ser malicioso",
        en="reading it was stopped at the time limit{detail}; it may be damaged or malicious",
    ),
    Outcome.PUT_OFF: Bilingual(
        es="todavía no se leyó: se agotó el tiempo que tiene junto con aquello en que vino; recuento run lo retoma",
        en="not read yet: the time it has together with what it came in was used up; recuento run takes it up",
    ),
    Outcome.MEMORY: Bilingual(
        es="su lectura se detuvo al pasar el límite de memoria{detail}; puede estar dañado o ser malicioso",
        en="reading it was stopped at the memory limit{detail}; it may be damaged or malicious",
    ),
    Outcome.CRASH: Bilingual(
        es="el programa que lo leía se cayó{detail}; el archivo puede estar dañado o ser malicioso",
        en="the program that read it crashed{detail}; the file may be damaged or malicious",
    ),
}


class Remark(StrEnum):
    """What should be known about how a text was made."""

    CHARSET_GUESSED = "charset_guessed"
    CHARSET_DAMAGED = "charset_damaged"
    WHOLE_PAGE = "whole_page"
    PAGE_DATA = "page_data"
    SECOND_READER = "second_reader"
    READ_FROM_PICTURES = "read_from_pictures"
    PAGES_LEFT_OUT = "pages_left_out"


REMARKS = {
    Remark.CHARSET_GUESSED: Bilingual(
        es="no dice en qué codificación está escrito; se leyó como Windows-1252",
        en="it does not say how its characters are encoded; read as Windows-1252",
    ),
    Remark.CHARSET_DAMAGED: Bilingual(
        es="algunos caracteres no se pudieron leer y se muestran como �",
        en="some characters could not be read and are shown as �",
    ),
    Remark.WHOLE_PAGE: Bilingual(
        es="no se encontró el texto principal; se guardó todo el texto de la página",
        en="the main text was not found; all the text of the page is kept",
    ),
    Remark.PAGE_DATA: Bilingual(
        es="la página muestra casi nada sin programas; el texto es el que trae en sus datos para ellos",
        en="the page shows hardly anything without scripts; the text is the one in the data it brings for them",
    ),
    Remark.READ_FROM_PICTURES: Bilingual(
        es="se leyó de imágenes con un programa (OCR): puede confundir letras y cifras; compárelo con el original",
        en="read from pictures by a program (OCR): it may mistake letters and digits; compare it with the original",
    ),
    Remark.PAGES_LEFT_OUT: Bilingual(
        es="algunas páginas no se pudieron leer, o pasan del límite: faltan en el texto",
        en="some pages could not be read, or are beyond the limit: they are missing from the text",
    ),
    Remark.SECOND_READER: Bilingual(
        es="el primer lector no pudo con él; el texto es del segundo",
        en="the first reader failed on it; the text is the second one's",
    ),
}
