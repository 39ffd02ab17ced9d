"""Proof of a form: its sample over a grid of millimetres, with the place and name of every value."""

from __future__ import annotations

from typing import Any

from migdesk.domain.errors import Invalid
from migdesk.paper.blocks import MM
from migdesk.paper.draw import Drawn, draw_pages
from migdesk.paper.fonts import face
from migdesk.paper.layout import Filled, lay_out
from migdesk.paper.marks import Area, Page

_GRID = (0.55, 0.75, 0.95)
_SLOT = (0.75, 0.1, 0.35)
_NAME_SIZE = 4


def draw_proof(filled: Filled) -> Drawn:
    """The form with grid, outlines and names of its values.

    Raises:
        Invalid: the sample itself cannot be printed.
    """
    laid = lay_out(filled)
    if laid.findings:
        raise Invalid(laid.findings)
    return draw_pages([filled], [laid], _overlay)


def _overlay(canvas: Any, page: Page, height: float) -> None:
    width = canvas._pagesize[0]
    canvas.saveState()
    _grid(canvas, width, height)
    canvas.setStrokeColorRGB(*_SLOT)
    canvas.setFillColorRGB(*_SLOT)
    canvas.setLineWidth(0.3)
    canvas.setFont(face("sans").name, _NAME_SIZE)
    for y, strip in page.strips:
        for mark in strip.marks:
            if isinstance(mark, Area):
                bottom = height - y - mark.y - mark.height
                canvas.rect(mark.x, bottom, mark.width, mark.height, stroke=1, fill=0)
                canvas.drawString(mark.x + 0.4, bottom + mark.height - _NAME_SIZE * 0.8, mark.name)
    canvas.restoreState()


def _grid(canvas: Any, width: float, height: float) -> None:
    """A line every 5 mm, a stronger one every 10 with its number; counted from the top left corner."""
    canvas.setStrokeColorRGB(*_GRID)
    canvas.setFillColorRGB(*_GRID)
    canvas.setFont(face("sans").name, _NAME_SIZE)
    for vertical, length in ((True, width), (False, height)):
        for n in range(5, int(length / MM) + 1, 5):
            canvas.setLineWidth(0.25 if n % 10 == 0 else 0.1)
            if vertical:
                canvas.line(n * MM, 0, n * MM, height)
            else:
                canvas.line(0, height - n * MM, width, height - n * MM)
            if n % 10 == 0:
                at = (n * MM + 0.3, height - 4) if vertical else (0.5, height - n * MM + 0.5)
                canvas.drawString(*at, str(n))
