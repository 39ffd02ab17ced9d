"""Photos and scans made for tests."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (480, 640), colour: str = "#caa", **given: object
) -> bytes:
    """A picture with a face of sorts."""
    image = Image.new("RGB", size, colour)
    width, height = size
    ImageDraw.Draw(image).ellipse((width * 0.3, height * 0.2, width * 0.7, height * 0.6), "#865")
    out = io.BytesIO()
    image.save(out, kind, **given)
    return out.getvalue()


def tiff(pages: int) -> bytes:
    """A scan of several pages, as scanners write them."""
    images = [Image.new("L", (60, 80), 250 - n) for n in range(pages)]
    out = io.BytesIO()
    images[0].save(out, "TIFF", save_all=True, append_images=images[1:])
    return out.getvalue()


def pdf(pages: int = 1, words: str = "page") -> bytes:
    """A PDF with a word on each page."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(210, 297), invariant=1)
    for n in range(pages):
        canvas.drawString(30, 200, f"{words} {n + 1}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()
