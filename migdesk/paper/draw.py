"""Drawing: pages of marks → PDF. The same input gives the same bytes."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from migdesk.domain.errors import Invalid
from migdesk.i18n import language, pick
from migdesk.paper.codes import code128_bars, qr_bars
from migdesk.paper.layout import Filled, LaidOut, lay_out
from migdesk.paper.marks import Box, Code, Mark, Page, Photo, Rule, Run, Scissors, Tick

_DASHES = {"solid": ([], 0), "dotted": ([0.01, 2.1], 1), "dashed": ([4, 3], 0)}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A finished PDF; the digest is what the print register keeps."""

    content: bytes
    pages: int

    @property
    def digest(self) -> str:
        """SHA-256 of the file."""
        return hashlib.sha256(self.content).hexdigest()


def draw_form(filled: Filled) -> Drawn:
    """One paper as a PDF.

    Raises:
        Invalid: letters that papers cannot print, texts that do not fit; every finding names its slot.
    """
    return draw_forms([filled])


def draw_forms(papers: Sequence[Filled]) -> Drawn:
    """Several papers one after another in one PDF, as a batch is printed.

    Raises:
        Invalid: findings of all papers together; nothing is drawn then.
        ValueError: no paper was given.
    """
    if not papers:
        raise ValueError("no paper to draw")
    done = [lay_out(paper) for paper in papers]
    findings = [finding for one in done for finding in one.findings]
    if findings:
        raise Invalid(findings)
    return draw_pages(papers, done)


def draw_pages(
    papers: Sequence[Filled], done: Sequence[LaidOut], over: Callable[[Any, Page, float], None] | None = None
) -> Drawn:
    """Laid out papers as a PDF; `over` may draw on top of each page, as proofs do."""
    # reportlab takes 0.1 s to import: only when something is printed
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    first = papers[0]
    out = io.BytesIO()
    shape = first.template.page
    canvas = Canvas(
        out,
        pagesize=(shape.width, shape.height),
        pageCompression=1,
        invariant=1,
        lang={"kk": "kk-KZ", "ru": "ru-KZ", "en": "en"}[first.language],
    )
    with language(first.language):
        canvas.setTitle(pick(first.template.title))
    canvas.setAuthor("MigDesk")
    canvas.setCreator("MigDesk")
    canvas.setSubject(f"{first.template.code} {first.template.revision}")
    count = 0
    for paper, laid in zip(papers, done, strict=True):
        shape = paper.template.page
        for page in laid.pages:
            canvas.setPageSize((shape.width, shape.height))
            _draw_page(canvas, page, shape.height)
            if over:
                over(canvas, page, shape.height)
            canvas.showPage()
            count += 1
    canvas.save()
    return Drawn(out.getvalue(), count)


def _draw_page(canvas: Any, page: Page, height: float) -> None:
    """Greys first, then lines and signs, then all text in one go: fewer operators, quicker printers."""
    runs: list[tuple[float, Run]] = []
    rules: dict[tuple[str, float], list[tuple[float, float, float, float]]] = {}
    others: list[tuple[float, Mark]] = []
    for y, strip in page.strips:
        top = height - y
        for mark in strip.marks:
            if isinstance(mark, Run):
                runs.append((top, mark))
            elif isinstance(mark, Rule):
                x1, y1, x2, y2, width, style = mark
                rules.setdefault((style, width), []).append((x1, top - y1, x2, top - y2))
            elif isinstance(mark, Box) and mark.grey is not None:
                canvas.setFillGray(mark.grey)
                canvas.rect(mark.x, top - mark.y - mark.height, mark.width, mark.height, stroke=0, fill=1)
            else:
                others.append((top, mark))
    canvas.setFillGray(0)
    canvas.setStrokeGray(0)
    _draw_rules(canvas, rules)
    for top, mark in others:
        draw = _DRAW.get(type(mark))
        if draw:
            draw(canvas, mark, top)
    _draw_runs(canvas, runs)


def _draw_rules(canvas: Any, rules: dict[tuple[str, float], list[tuple[float, float, float, float]]]) -> None:
    for (style, width), lines in rules.items():
        dash, cap = _DASHES[style]
        canvas.setLineWidth(width)
        canvas.setLineCap(cap)
        canvas.setDash(dash)
        canvas.lines(lines)
    canvas.setDash([])
    canvas.setLineCap(0)


def _draw_runs(canvas: Any, runs: Iterable[tuple[float, Run]]) -> None:
    text = canvas.beginText()
    font: tuple[str, float] | None = None
    stretched = grey = 0.0
    for top, (x, y, face, size, words, stretch, shade) in runs:
        if font != (face.name, size):
            font = (face.name, size)
            text.setFont(*font)
        if stretch != stretched:
            text.setWordSpace(stretch)
            stretched = stretch
        if shade != grey:
            text.setFillGray(shade)
            grey = shade
        text.setTextOrigin(x, top - y)
        text.textOut(words)
    if stretched:
        text.setWordSpace(0)
    canvas.drawText(text)


def _draw_box(canvas: Any, box: Box, top: float) -> None:
    canvas.setLineWidth(box.line)
    canvas.rect(box.x, top - box.y - box.height, box.width, box.height, stroke=1, fill=0)


def _draw_tick(canvas: Any, tick: Tick, top: float) -> None:
    """Two strokes that begin in the box and end a little above it, as a pen ticks."""
    size = tick.size
    y = top - tick.y - size
    path = canvas.beginPath()
    path.moveTo(tick.x + size * 0.18, y + size * 0.52)
    path.lineTo(tick.x + size * 0.42, y + size * 0.2)
    path.lineTo(tick.x + size * 0.9, y + size * 0.98)
    canvas.setLineWidth(size * 0.17)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    canvas.drawPath(path, stroke=1, fill=0)
    canvas.setLineCap(0)
    canvas.setLineJoin(0)


def _draw_scissors(canvas: Any, mark: Scissors, top: float) -> None:
    """Two rings and two blades."""
    size = mark.size
    y = top - mark.y
    ring = size * 0.17
    canvas.setLineWidth(0.7)
    for side in (1, -1):
        canvas.circle(mark.x + ring * 1.1, y + side * size * 0.22, ring, stroke=1, fill=0)
        canvas.line(mark.x + ring * 2, y + side * size * 0.14, mark.x + size, y - side * size * 0.2)


def _draw_code(canvas: Any, code: Code, top: float) -> None:
    bars = qr_bars(code.payload) if code.style == "code" else code128_bars(code.payload)
    width, height = code.width, code.height
    if code.style == "code":
        width = height = min(width, height)
    path = canvas.beginPath()
    for x, y, across, down in bars:
        path.rect(code.x + x * width, top - code.y - (y + down) * height, across * width, down * height)
    canvas.drawPath(path, stroke=0, fill=1)


def _draw_photo(canvas: Any, photo: Photo, top: float) -> None:
    from reportlab.lib.utils import ImageReader  # noqa: PLC0415 - only papers with a photo need it

    canvas.drawImage(
        ImageReader(io.BytesIO(photo.content)),
        photo.x,
        top - photo.y - photo.height,
        photo.width,
        photo.height,
        preserveAspectRatio=True,
        anchor="c",
        mask=None,
    )


_DRAW: dict[type, Callable[[Any, Any, float], None]] = {
    Box: _draw_box,
    Tick: _draw_tick,
    Scissors: _draw_scissors,
    Code: _draw_code,
    Photo: _draw_photo,
}
