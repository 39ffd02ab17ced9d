"""Marks at fixed places of an official blank: words, slots, rules, boxes, tables."""

from __future__ import annotations

import io

from migdesk.i18n import N_
from migdesk.paper.blocks import FixedBox, FixedLine, FixedSlot, FixedTable, FixedText
from migdesk.paper.fitting import SMALLEST, Fitted, fit, line_height, wrap
from migdesk.paper.fonts import face
from migdesk.paper.marks import Area, Box, Code, Mark, Page, Photo, Rule, Run, Strip, Tick
from migdesk.paper.rows import comb, table_strips
from migdesk.paper.setting import FILLED, Sheet, set_lines
from migdesk.paper.values import Value

Room = tuple[float, float, float, float]
"""Left, top, width, height."""

_QR_BYTES = 300
_BARS_LETTERS = 40


def fixed_text(sheet: Sheet, text: FixedText) -> list[Mark]:
    """Words from their top left corner; without a width they stand on one line."""
    in_face = face(text.face)
    words = sheet.words(text.words, in_face)
    left, top = text.at
    width = text.width or in_face.width(words) * text.size + 1
    runs = set_lines(words, in_face, text.size, (left, left + width), (text.align, 0))
    pitch = line_height(text.size)
    return [run._replace(y=top + run.y + n * pitch) for n, run in enumerate(runs)]


def fixed_line(line: FixedLine) -> list[Mark]:
    """A rule."""
    return [Rule(*line.start, *line.end, line.width, "dotted" if line.dotted else "solid")]


def fixed_box(box: FixedBox) -> list[Mark]:
    """A rectangle."""
    return [Box(*box.at, *box.size, box.grey)]


def fixed_slot(sheet: Sheet, slot: FixedSlot) -> list[Mark]:
    """A value in its rectangle, in the way its style says."""
    left, top = slot.at
    width, height = slot.size
    marks: list[Mark] = [Area(left, top, width, height, slot.value.name)]
    if slot.style == "photo":
        return marks + photo(sheet, slot.value, (left, top, width, height))
    if slot.style in ("code", "bars"):
        return marks + code(sheet, slot.value, (left, top, width, height), slot.style)
    text = sheet.text(slot.value, face(FILLED))
    if slot.style == "tick":
        size = min(width, height)
        return [*marks, Box(left, top, size, size, None, 0.6), *([Tick(left, top, size)] if text else [])]
    if slot.style == "comb":
        if len(text) > slot.count:
            sheet.too_long(slot.value)
            text = ""
        comb(text, (left, top, width, height), (slot.count, slot.font), marks)
        return marks
    return marks + _plain(sheet, slot, text)


def _plain(sheet: Sheet, slot: FixedSlot, text: str) -> list[Mark]:
    in_face = face(FILLED)
    fitted = fit(text, in_face, slot.font, slot.size, shrink=slot.overflow != "refuse")
    if fitted is None and slot.overflow == "continue":
        fitted = _continued(sheet, slot, text)
    if fitted is None:
        sheet.too_long(slot.value)
        return []
    left, top = slot.at
    pitch = line_height(fitted.size)
    spare = max(0.0, slot.size[1] - len(fitted.lines) * pitch)
    base = top + (spare if len(fitted.lines) == 1 else spare / 2) + fitted.size * 0.98
    return [
        Run(left, base + n * pitch, in_face, fitted.size, line) for n, line in enumerate(fitted.lines) if line
    ]


def _continued(sheet: Sheet, slot: FixedSlot, text: str) -> Fitted | None:
    """The beginning of a text with a note where it goes on; the whole of it goes to the continuation page."""
    in_face = face(FILLED)
    size = slot.font * SMALLEST
    width, height = slot.size
    number = len(sheet.continued) + 1
    note = f"… ({number})"
    room = int((height + 0.01) / line_height(size)) or 1
    lines = list(wrap(text, in_face, size, width)[:room])
    while lines[-1] and in_face.width(lines[-1] + note) * size > width:
        lines[-1] = lines[-1].rpartition(" ")[0]
    if in_face.width(lines[-1] + note) * size > width:
        return None
    lines[-1] += note
    sheet.continued.append((sheet.words(slot.label, face("serif")) or slot.value.label, text))
    return Fitted(size, tuple(lines))


def photo(sheet: Sheet, value: Value, room: Room) -> list[Mark]:
    """A picture, or the empty frame to glue one in."""
    content = value.raw(sheet.facts)
    if not isinstance(content, bytes) or not content:
        return [Box(*room, None, 0.5)]
    if not _is_picture(content):
        message = N_("“{label}” is not a picture the program can read. Take a JPEG or PNG file.")
        sheet.refuse("form_photo", message, value)
        return []
    return [Photo(*room, content)]


def _is_picture(content: bytes) -> bool:
    # Pillow takes time to import and most papers carry no photo
    from PIL import Image  # noqa: PLC0415

    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
            picture.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    return True


def code(sheet: Sheet, value: Value, room: Room, style: str = "code") -> list[Mark]:
    """A QR code or bars, as long as a scanner can still read them at this size; nothing for no text."""
    payload = value.text(sheet.facts, sheet.names, sheet.language)
    if not payload:
        return []
    readable = len(payload.encode(errors="replace")) <= _QR_BYTES
    if style == "bars":
        readable = len(payload) <= _BARS_LETTERS and payload.isascii() and payload.isprintable()
    if not readable:
        sheet.too_long(value)
        return []
    return [Code(*room, style, payload)]


def fixed_table(sheet: Sheet, fixed: FixedTable, page: Page) -> tuple[tuple[Strip, ...], list[Strip]]:
    """Put the first rows in their place; returns the head and the rows left for a continuation page."""
    left, top = fixed.at
    head, rows = table_strips(sheet, fixed.table, left, left + fixed.width)
    y = top
    for strip in (*head, *rows[: fixed.max_rows]):
        page.strips.append((y, strip))
        y += strip.height
    return head, rows[fixed.max_rows :]
