"""What stands on the pages of a PDF, as a reader would copy it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from migdesk.paper.pages import opened


@dataclass(frozen=True, slots=True, repr=False)
class Word:
    """A word of a page; `x` and `y` are its left and top edges in millimetres from the top left corner."""

    text: str
    x: float
    y: float


def page_text(content: bytes, number: int) -> str:
    """All text of a page, counted from 1, as a reader would copy it."""
    with opened(content) as document:
        page = document[number - 1]
        words = page.get_textpage()
        try:
            return str(words.get_text_range())
        finally:
            words.close()
            page.close()


def page_words(content: bytes, number: int) -> list[Word]:
    """Words of a page, counted from 1, with their places."""
    with opened(content) as document:
        page = document[number - 1]
        text = page.get_textpage()
        try:
            return _words(text, page.get_height())
        finally:
            text.close()
            page.close()


def _words(text: Any, height: float) -> list[Word]:
    found: list[Word] = []
    current, left, top = "", 0.0, 0.0
    everything = text.get_text_range()
    for n, letter in enumerate(everything):
        if letter.isspace():
            if current:
                found.append(Word(current, left, top))
            current = ""
            continue
        if not current:
            box = text.get_charbox(n, loose=True)
            left, top = box[0] * 25.4 / 72, (height - box[3]) * 25.4 / 72
        current += letter
    if current:
        found.append(Word(current, left, top))
    return found
