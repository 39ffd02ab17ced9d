"""PDF → pictures of its pages, for the preview. What is seen is the PDF itself."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

# PDFium must never be entered by two threads at once
_pdfium = threading.Lock()


@dataclass(frozen=True, slots=True, repr=False)
class PageImage:
    """A page in pixels: `rgb` has three bytes a pixel, line after line with no padding."""

    width: int
    height: int
    rgb: bytes

    def png(self) -> bytes:
        """The page as a PNG file."""
        # Pillow is needed only when a file is wanted
        from PIL import Image  # noqa: PLC0415

        out = io.BytesIO()
        Image.frombytes("RGB", (self.width, self.height), self.rgb).save(out, "PNG")
        return out.getvalue()


@contextmanager
def opened(content: bytes) -> Iterator[Any]:
    """A PDF to read; one thread at a time."""
    # 4 MB of library that only previews and tests need
    import pypdfium2  # noqa: PLC0415

    with _pdfium:
        document = pypdfium2.PdfDocument(content)
        try:
            yield document
        finally:
            document.close()


def count_pages(content: bytes) -> int:
    """Pages of a PDF."""
    with opened(content) as document:
        return len(document)


def page_image(content: bytes, number: int, dpi: float = 96) -> PageImage:
    """One page, counted from 1, at so many dots per inch.

    Raises:
        IndexError: there is no such page.
    """
    with opened(content) as document:
        if not 1 <= number <= len(document):
            raise IndexError(number)
        page = document[number - 1]
        bitmap = page.render(scale=dpi / 72, rev_byteorder=True, no_smoothtext=False)
        try:
            return PageImage(bitmap.width, bitmap.height, _tight(bitmap))
        finally:
            bitmap.close()
            page.close()


def _tight(bitmap: Any) -> bytes:
    """Pixels without the padding at the end of each line."""
    raw = bytes(bitmap.buffer)
    line = bitmap.width * 3
    if bitmap.n_channels != 3:
        raise ValueError(f"a page came in {bitmap.n_channels} channels")
    if bitmap.stride == line:
        return raw
    return b"".join(raw[at : at + line] for at in range(0, bitmap.stride * bitmap.height, bitmap.stride))
