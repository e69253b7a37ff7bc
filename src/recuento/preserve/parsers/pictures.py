"""Pictures: what one is (format and size in pixels), and the grey pixels of a picture or of a page, for whoever reads.

Only pixels leave: what the file holds besides is not in them.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from recuento.preserve import media_types
from recuento.preserve.drawn import DOTS_PER_INCH, PIXELS_MAX
from recuento.preserve.outcome import Outcome
from recuento.preserve.parsers.found import Unreadable

_FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "GIF", "BMP")


def picture_shape(data: bytes) -> str:
    """The format and the size of a picture, such as "JPEG, 4000 × 3000"; raise Unreadable where it is damaged."""
    with _opened(data) as picture:
        return f"{picture.format}, {picture.width} × {picture.height}"


def drawn(data: bytes, number: int) -> tuple[dict[str, Any], bytes]:
    """As `grey_page`, with `fault` where it cannot be drawn: plain data for the border."""
    try:
        return grey_page(data, number)
    except MemoryError:
        raise
    except Exception as error:
        # A parser on foreign bytes raises anything.
        return {"fault": type(error).__name__}, b""


def grey_page(data: bytes, number: int) -> tuple[dict[str, Any], bytes]:
    """Page `number` (from 0) of a PDF or of a picture, in grey, a byte a pixel; `pages` says how many there are.

    It is made smaller where it has more than PIXELS_MAX. Raises Unreadable.
    """
    if media_types.at_first_sight(data, "") == media_types.PDF:
        return _pdf_page(data, number)
    with _opened(data) as picture:
        pages = int(getattr(picture, "n_frames", 1))
        if not 0 <= number < pages:
            raise Unreadable(Outcome.DAMAGED, "page")
        picture.seek(number)
        if picture.width * picture.height > 8 * PIXELS_MAX:
            raise Unreadable(Outcome.BOMB, f"{picture.width} × {picture.height}")
        from PIL import ImageOps

        upright = ImageOps.exif_transpose(picture)
        grey = _flat(upright)
        if grey.width * grey.height > PIXELS_MAX:
            grey.thumbnail(_within(grey.width, grey.height))
        return {"pages": pages, "width": grey.width, "height": grey.height}, grey.tobytes()


def _flat(picture: Any) -> Any:
    """In grey, what is transparent white."""
    from PIL import Image

    if "A" in picture.getbands() or "transparency" in picture.info:
        behind = Image.new("RGBA", picture.size, (255, 255, 255, 255))
        behind.alpha_composite(picture.convert("RGBA"))
        picture = behind
    return picture.convert("L")


def _pdf_page(data: bytes, number: int) -> tuple[dict[str, Any], bytes]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        if not 0 <= number < len(document):
            raise Unreadable(Outcome.DAMAGED, "page")
        page = document[number]
        width, height = page.get_size()
        # Rounded up to whole pixels, a page may be a row longer than it is.
        scale = min(DOTS_PER_INCH / 72, (0.99 * PIXELS_MAX / max(1.0, width * height)) ** 0.5)
        grey = page.render(scale=scale, grayscale=True).to_pil().convert("L")
        return {"pages": len(document), "width": grey.width, "height": grey.height}, grey.tobytes()
    finally:
        document.close()


def _within(width: int, height: int) -> tuple[int, int]:
    scale = (PIXELS_MAX / (width * height)) ** 0.5
    return max(1, int(width * scale)), max(1, int(height * scale))


def _opened(data: bytes) -> Any:
    from PIL import Image, UnidentifiedImageError

    # We have limits of our own, of pixels and of memory.
    Image.MAX_IMAGE_PIXELS = None
    try:
        return Image.open(BytesIO(data), formats=_FORMATS)
    except UnidentifiedImageError:
        raise Unreadable(Outcome.DAMAGED, "picture") from None
