"""Tabular reports as PDF: title, tables with groups and totals, bars, and the foot every report ends with."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from migdesk.domain.errors import Invalid
from migdesk.domain.finding import Finding, block
from migdesk.domain.report import ReportColumn, ReportResult, Section, show_cell
from migdesk.i18n import N_, _, language, pick
from migdesk.paper.bars import bar_chart
from migdesk.paper.blocks import MM
from migdesk.paper.draw import Drawn
from migdesk.paper.fitting import Fitted, fit, flow, wrap
from migdesk.paper.fonts import Face, clean, face, fallback, spelled

_SIZE = 8.5
_LEADING = 10.4
_PAD = 1.4 * MM
_MARGINS = (18 * MM, 14 * MM, 12 * MM, 16 * MM)
_ACCENT = (0.0, 0.439, 0.561)
_LINE = (0.835, 0.863, 0.886)


def draw_report(report: ReportResult) -> Drawn:
    """A report as a PDF in the language it was filled in; A4, landscape when its spec says so.

    Raises:
        Invalid: letters that neither face of reports has; the finding names column and row.
    """
    # reportlab takes 0.1 s to import: only when a report is printed
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate  # noqa: PLC0415

    width, height = (297 * MM, 210 * MM) if report.spec.landscape else (210 * MM, 297 * MM)
    left, top, right, bottom = _MARGINS
    face("sans"), face("sans-bold"), face("serif"), face("serif-bold")
    out = io.BytesIO()
    document = BaseDocTemplate(
        out,
        pagesize=(width, height),
        invariant=1,
        pageCompression=1,
        title=report.title,
        author="MigDesk",
        subject=report.spec.code,
        creator="MigDesk",
        lang=report.language,
    )
    frame = Frame(left, bottom, width - left - right, height - top - bottom, 0, 0, 0, 0)
    with language(report.language):
        story = _Story(report, (width - left - right, height - top - bottom))
        foot = _Foot(story, width)
        document.addPageTemplates(PageTemplate("page", [frame], onPage=foot.draw))
        flowables = story.build()
        if story.findings:
            raise Invalid(story.findings)
        document.build(flowables, canvasmaker=foot.canvas_maker())
    return Drawn(out.getvalue(), document.page)


class _Foot:
    """The foot of every page; the number of pages is filled in when it is known."""

    def __init__(self, story: _Story, width: float) -> None:
        self.width = width
        report = story.report
        source = pick(report.spec.source) or report.office
        parts = [report.as_of_text]
        parts += [_(N_("Source: {name}")).format(name=source)] if source else []
        parts += [_(N_("Executor: {name}")).format(name=report.executor)] if report.executor else []
        text = clean(" · ".join(parts)).replace("\n", " ")
        self.face = story.face_for(text, "sans", _(N_("foot line")))
        room = width - _MARGINS[0] - _MARGINS[2] - 32 * MM
        fitted = None if self.face.lacks(text) else fit(text, self.face, 7, (room, 11 * MM), shrink=True)
        if not fitted and not self.face.lacks(text):
            message = N_("{where}: this row is taller than a page. Shorten its text.")
            story.findings.append(block("report_too_tall", message, None, where=_(N_("foot line"))))
        self.text = fitted or Fitted(7, ())

    def draw(self, canvas: Any, document: Any) -> None:
        """As-of day, source and executor at the left, page number at the right."""
        base = 9.4 * MM
        canvas.saveState()
        canvas.setStrokeColorRGB(*_LINE)
        canvas.setLineWidth(0.5)
        canvas.line(_MARGINS[0], base + 9, self.width - _MARGINS[2], base + 9)
        canvas.setFillGray(0.35)
        canvas.setFont(face("sans").name, 7)
        canvas.setFont(self.face.name, self.text.size)
        for n, line in enumerate(self.text.lines):
            canvas.drawString(_MARGINS[0], base - n * self.text.size * 1.2, line)
        canvas.setFont(face("sans").name, 7)
        canvas.drawRightString(self.width - _MARGINS[2] - 6.6 * MM, base, f"{document.page} /")
        canvas.doForm("pages")
        canvas.restoreState()

    def canvas_maker(self) -> Any:
        """A canvas that, when the last page is done, defines the number all pages refer to."""
        from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

        width = self.width

        class Counting(Canvas):
            def save(self) -> None:
                count = self.getPageNumber() - 1
                self.beginForm("pages", 0, 0, width, 20 * MM)
                self.setFillGray(0.35)
                self.setFont(face("sans").name, 7)
                self.drawString(width - _MARGINS[2] - 6 * MM, 9.4 * MM, str(count))
                self.endForm()
                super().save()

        return Counting


class _Story:
    """The flow of a report: head, tables, charts; collects what cannot be printed."""

    def __init__(self, report: ReportResult, room: tuple[float, float]) -> None:
        self.report = report
        self.width, height = room
        self.tallest = height - 20 * MM
        self.findings: list[Finding] = []

    def build(self) -> list[Any]:
        """Flowables in order."""
        story: list[Any] = self._head()
        for columns, run in groupby(self.report.sections, key=lambda section: section.columns):
            for table in _tables(list(run)):
                story += self._table(columns, table)
        story.append(self._line(" ", 9, 4 * MM))
        story.append(self._line(self._signature(), 9, 0))
        return story

    def _signature(self) -> str:
        """The line the head signs on, as every report of an office ends."""
        return f"{_(N_('Head'))} {'_' * 32} {self.report.head}".rstrip()

    def _line(self, text: str, size: float, space: float, name: str = "sans") -> Any:
        from reportlab.platypus import Flowable  # noqa: PLC0415

        in_face = self.face_for(text, name, "")
        lines = wrap(clean(text), in_face, size, self.width)
        width = self.width

        class Lines(Flowable):
            def wrap(self, *_room: float) -> tuple[float, float]:
                return width, len(lines) * size * 1.25 + space

            def draw(self) -> None:
                self.canv.setFont(in_face.name, size)
                for n, line in enumerate(lines):
                    self.canv.drawString(0, (len(lines) - n) * size * 1.25 - size + space, line)

        found = Lines()
        found.keepWithNext = True
        return found

    def _head(self) -> list[Any]:
        report = self.report
        story = []
        if report.office:
            story.append(self._line(report.office, 9, 1 * MM))
        story.append(self._line(report.title, 15, 0.6 * MM, "sans-bold"))
        story.append(self._line(report.subtitle, 9.5, 2.4 * MM))
        if report.spec.text:
            story.append(self._line(pick(report.spec.text), 8, 2 * MM))
        return story

    def _table(self, columns: tuple[ReportColumn, ...], sections: list[Section]) -> list[Any]:
        from reportlab.platypus import LongTable, Spacer  # noqa: PLC0415

        story: list[Any] = []
        if sections[0].title and not sections[0].joined:
            story.append(self._line(sections[0].title, 11, 1.2 * MM, "sans-bold"))
        if not any(section.rows for section in sections):
            story += [self._line(_(N_("No rows in this period.")), _SIZE, 4 * MM)]
            return story
        grid = _Grid(self, columns)
        for section in sections:
            grid.add(section)
        story.append(
            LongTable(
                grid.rows,
                colWidths=grid.widths,
                rowHeights=grid.heights,
                repeatRows=1,
                style=grid.style(),
                hAlign="LEFT",
            )
        )
        chart = next((section for section in sections if section.chart and section.rows), None)
        if chart:
            story += [Spacer(1, 3 * MM), bar_chart(chart, self.width, self.report.language)]
        story.append(Spacer(1, 5 * MM))
        return story

    def face_for(self, text: str, name: str, where: str) -> Face:
        """The face a text is set in: the usual one, or Plex where it lacks a sign."""
        text = clean(text)
        in_face = face(name)
        lacking = in_face.lacks(text)
        if not lacking:
            return in_face
        other = fallback(name)
        if other and not other.lacks(text):
            return other
        message = N_("{where}: letters that reports cannot print: {letters}. Write them in other letters.")
        lacking = other.lacks(lacking) if other else lacking
        self.findings.append(
            block("report_letters", message, None, where=where or text[:40], letters=spelled(lacking))
        )
        return in_face


def _tables(sections: list[Section]) -> Iterator[list[Section]]:
    """Sections that go on in one table: each that is not joined begins a new one."""
    current: list[Section] = []
    for section in sections:
        if current and not section.joined:
            yield current
            current = []
        current.append(section)
    if current:
        yield current


class _Grid:
    """Rows of one table as plain strings with line breaks made by hand: four times faster than paragraphs."""

    def __init__(self, story: _Story, columns: tuple[ReportColumn, ...]) -> None:
        self.story = story
        self.columns = columns
        total = sum(column.width for column in columns)
        self.widths = [story.width * column.width / total for column in columns]
        self.rows: list[list[str]] = []
        self.heights: list[float] = []
        self.commands: list[tuple[Any, ...]] = []
        self._add_row([pick(column.title) for column in columns], "sans-bold", "")

    def add(self, section: Section) -> None:
        """Group heading, rows and totals of a section."""
        if section.joined and section.title:
            self._add_row(
                [section.title, *[""] * (len(self.columns) - 1)], "sans-bold", section.title, span=True
            )
        for n, row in enumerate(section.rows, 1):
            self._add_row(self._shown(row), "sans", _(N_("row {n}")).format(n=n))
        if section.totals:
            self._add_row(self._shown(section.totals), "sans-bold", _(N_("Total")))
            at = len(self.rows) - 1
            self.commands.append(("LINEABOVE", (0, at), (-1, at), 0.8, _rgb(_ACCENT)))

    def _shown(self, row: tuple[object, ...]) -> list[str]:
        language_code = self.story.report.language
        return [
            clean(show_cell(column, value, language_code))
            for column, value in zip(self.columns, row, strict=True)
        ]

    def _add_row(self, texts: list[str], name: str, where: str, *, span: bool = False) -> None:
        at = len(self.rows)
        row = []
        lines = 1
        for n, text in enumerate(texts):
            in_face = self.story.face_for(text, name, f"{pick(self.columns[n].title)}, {where}")
            width = (self.story.width if span else self.widths[n]) - 2 * _PAD
            size = _SIZE
            if not in_face.lacks(text):
                fitted = flow(text, in_face, size, width)
                size = fitted.size
                text = "\n".join(fitted.lines)
                lines = max(lines, len(fitted.lines))
            if in_face is not face(name) or size != _SIZE or name != "sans":
                self.commands.append(("FONT", (n, at), (n, at), in_face.name, size, _LEADING))
            row.append(text)
        if span:
            self.commands.append(("SPAN", (0, at), (-1, at)))
            self.commands.append(("BACKGROUND", (0, at), (-1, at), _rgb((0.925, 0.945, 0.953))))
        self.rows.append(row)
        self.heights.append(lines * _LEADING + 2 * 1.1 * MM)
        if self.heights[-1] > self.story.tallest:
            message = N_("{where}: this row is taller than a page. Shorten its text.")
            self.story.findings.append(block("report_too_tall", message, None, where=where))

    def style(self) -> list[tuple[Any, ...]]:
        """Rules and faces of the whole table."""
        usual: list[tuple[Any, ...]] = [
            ("FONT", (0, 0), (-1, -1), face("sans").name, _SIZE, _LEADING),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (-1, -1), _PAD),
            ("RIGHTPADDING", (0, 0), (-1, -1), _PAD),
            ("TOPPADDING", (0, 0), (-1, -1), 1.1 * MM),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1.1 * MM),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, _rgb(_LINE)),
            ("LINEBELOW", (0, 0), (-1, 0), 0.9, _rgb(_ACCENT)),
            ("BACKGROUND", (0, 0), (-1, 0), _rgb((0.882, 0.949, 0.965))),
        ]
        for n, column in enumerate(self.columns):
            if column.is_number:
                usual.append(("ALIGN", (n, 0), (n, -1), "RIGHT"))
        return usual + self.commands


def _rgb(colour: tuple[float, float, float]) -> Any:
    from reportlab.lib.colors import Color  # noqa: PLC0415

    return Color(*colour)
