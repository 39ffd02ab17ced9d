"""A form costs hardly more than the same drawing on a bare canvas."""

from __future__ import annotations

import io
import time
from dataclasses import replace

from reportlab.pdfgen.canvas import Canvas

from migdesk.domain.person import Person
from migdesk.paper.draw import draw_pages
from migdesk.paper.layout import Filled, LaidOut, lay_out
from migdesk.paper.marks import Box, Rule, Run
from tests.paper.forms import samples

PAPERS = 60


def _bare(done: list[LaidOut], height: float) -> bytes:
    """The same marks one by one, as a program without a layout would draw them."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, pageCompression=1)
    for laid in done:
        for page in laid.pages:
            for y, strip in page.strips:
                for mark in strip.marks:
                    if isinstance(mark, Run):
                        canvas.setFont(mark.face.name, mark.size)
                        canvas.drawString(mark.x, height - y - mark.y, mark.text)
                    elif isinstance(mark, Rule):
                        canvas.setLineWidth(mark.width)
                        canvas.line(mark.x1, height - y - mark.y1, mark.x2, height - y - mark.y2)
                    elif isinstance(mark, Box):
                        canvas.rect(mark.x, height - y - mark.y - mark.height, mark.width, mark.height)
            canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_filling_and_drawing_take_at_most_twice_a_bare_canvas() -> None:
    sample = samples("kandas_decision").filled("ordinary", "kk")
    person = sample.facts["person"]
    assert isinstance(person, Person)
    papers = [
        Filled(
            sample.template,
            "kk",
            {**sample.facts, "person": replace(person, surname=f"Әуезова {n}")},
            sample.names,
        )
        for n in range(PAPERS)
    ]
    ratios = []
    for _round in range(5):
        start = time.perf_counter()
        done = [lay_out(paper) for paper in papers]
        draw_pages(papers, done)
        middle = time.perf_counter()
        _bare(done, sample.template.page.height)
        ratios.append((middle - start) / (time.perf_counter() - middle))
    assert min(ratios) <= 2
