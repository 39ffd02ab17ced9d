"""Pictures of nobody for the sample office: a drawn portrait, the page of a passport that says what it is."""

from __future__ import annotations

import io
from random import Random

_SIZE = (600, 800)
_GROUNDS = ("#dfe7ee", "#e8e4da", "#e3ebe1")
_SKINS = ("#e3b98f", "#d3a27a", "#bd8a63", "#edc9a6")
_HAIR = ("#2b211b", "#3c2a20", "#1e1c1b", "#6b5a4a")
_COATS = ("#3d5a73", "#5b4a68", "#46614f", "#704b45")


def portrait(seed: int) -> bytes:
    """A face of few shapes on a plain ground, as a JPEG; the same seed draws the same."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - only the sample draws pictures

    chance = Random(seed)
    ground, skin, hair, coat = (chance.choice(of) for of in (_GROUNDS, _SKINS, _HAIR, _COATS))
    image = Image.new("RGB", _SIZE, ground)
    draw = ImageDraw.Draw(image)
    broad = chance.randint(0, 24)
    draw.ellipse((60 - broad, 590, 540 + broad, 1100), coat)
    draw.rectangle((250, 500, 350, 640), skin)
    draw.ellipse((165, 130, 435, 440), hair)
    draw.ellipse((185, 180, 415, 545), skin)
    for eye in (245, 335):
        draw.ellipse((eye, 330, eye + 22, 346), hair)
        draw.rectangle((eye - 8, 306, eye + 30, 313), hair)
    draw.line((300, 350, 290, 415, 305, 420), "#9a6f52", 5)
    draw.arc((260, 430, 340, 480), 20, 160, "#8c4a3f", 6)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88)
    return out.getvalue()


def passport_page(name: str, lines: tuple[str, ...], picture: bytes) -> bytes:
    """A data page as a PDF in Latin letters: the portrait, the name, machine-readable lines, and what it is."""
    from reportlab.lib.utils import ImageReader  # noqa: PLC0415 - reportlab only when a PDF is wanted
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(354, 249), invariant=1)
    canvas.setFillGray(0.95)
    canvas.rect(8, 8, 338, 233, stroke=0, fill=1)
    canvas.setFillGray(0.2)
    canvas.setFont("Helvetica-Bold", 13)
    canvas.drawString(20, 218, "SPECIMEN")
    canvas.drawImage(ImageReader(io.BytesIO(picture)), 20, 82, 93, 124)
    canvas.setFont("Helvetica", 12)
    canvas.drawString(128, 180, name)
    canvas.setFont("Courier", 9.6)
    for n, line in enumerate(lines):
        canvas.drawString(20, 46 - 16 * n, line)
    canvas.showPage()
    canvas.save()
    return out.getvalue()
