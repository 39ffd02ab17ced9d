"""Setting words: a form being filled, its values checked letter by letter, text blocks as strips."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from migdesk.domain.errors import Invalid
from migdesk.domain.finding import Finding, block
from migdesk.domain.report import Names
from migdesk.i18n import N_, language
from migdesk.paper.blocks import MM, TextBlock, Words
from migdesk.paper.fitting import line_height, wrap
from migdesk.paper.fonts import Face, clean, face, spelled
from migdesk.paper.marks import Box, Mark, Run, Strip
from migdesk.paper.template import TONGUE, FormTemplate
from migdesk.paper.tongues import Tongue, known_tongues
from migdesk.paper.values import Facts, Value, fixed

FILLED = "serif-medium"
"""The face of what is filled in; what is printed on the blank is Regular or Bold."""


@dataclass(slots=True)
class Sheet:
    """One form being filled: where its values come from, and what is wrong with them so far."""

    template: FormTemplate
    language: str
    facts: Facts
    names: Names
    findings: list[Finding] = field(default_factory=list)
    continued: list[tuple[str, str]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    reader: str = "en"

    @property
    def tongue(self) -> Tongue | None:
        """The other language of a slip, as it was answered; nothing when it has none."""
        answers = self.facts.get("ask")
        chosen = answers.get(TONGUE) if isinstance(answers, Mapping) else None
        return known_tongues().get(str(chosen)) if chosen else None

    def text(self, value: Value | None, in_face: Face, facts: Facts | None = None) -> str:
        """The text of a value, clean; letters that the face lacks become a finding that names the slot."""
        if value is None:
            return ""
        text = value.text(self.facts if facts is None else facts, self.names, self.language)
        return self._checked(clean(text), in_face, value)

    def printable(self, text: str, name: str) -> str:
        """A line that no value of the form shows, checked in the same way."""
        return self._checked(clean(text).replace("\n", " "), face("serif"), fixed(name))

    def _checked(self, text: str, in_face: Face, value: Value) -> str:
        lacking = in_face.lacks(text)
        if not lacking:
            return text
        self.refuse_letters(value, lacking)
        return "".join("?" if letter in lacking else letter for letter in text)

    def refuse_letters(self, value: Value, lacking: str) -> None:
        """Note that no face has some letters of a value."""
        message = N_("“{label}” has letters that papers cannot print: {letters}. Write it in other letters.")
        self.refuse("form_letters", message, value, letters=spelled(lacking))

    def too_long(self, value: Value | None) -> None:
        """Note that a value does not fit its place in any allowed way."""
        message = N_(
            "“{label}” does not fit its place on the paper even in the smallest letters. Shorten it."
        )
        self.refuse("form_too_long", message, value)

    def refuse(self, code: str, text: str, value: Value | None, /, **values: object) -> None:
        """Note why the paper cannot be printed, the same reason once; the label is in the reader's language."""
        with language(self.reader):
            label = value.label if value else ""
        found = block(code, text, (value.name or None) if value else None, label=label, **values)
        if found not in self.findings:
            self.findings.append(found)

    def words(self, words: Words, in_face: Face) -> str:
        """Words of the form in its language; nothing when the form has none here."""
        return self.text(words[self.language], in_face) if words else ""

    def holds(self, value: Value | None) -> bool:
        """Whether a condition of a block is met: its value is not empty."""
        return bool(value is not None and value.text(self.facts, self.names, self.language))

    def with_row(self, root: str, row: object) -> Mapping[str, object]:
        """The facts with one row of a list in place of the list."""
        return {**self.facts, root: row}


def text_strips(sheet: Sheet, block_: TextBlock, left: float, right: float) -> tuple[Strip, ...]:
    """A text block as one strip per line, so that long ones may go on on the next page."""
    words = block_.words[sheet.language]
    if words.is_fixed:
        return _fixed_strips(sheet.template, sheet.language, block_, left, right)
    return set_text(sheet, block_, left, right)


@lru_cache(maxsize=4_000)
def _fixed_strips(
    template: FormTemplate, code: str, block_: TextBlock, left: float, right: float
) -> tuple[Strip, ...]:
    sheet = Sheet(template, code, {}, lambda _list, given: given)
    strips = set_text(sheet, block_, left, right)
    if sheet.findings:
        raise Invalid(sheet.findings)
    return strips


def set_text(sheet: Sheet, block_: TextBlock, left: float, right: float) -> tuple[Strip, ...]:
    """A text block as strips, set anew: for words of one paper only."""
    style = block_.style
    in_face = face(style.face)
    size = sheet.template.size * style.size
    text = sheet.words(block_.words, in_face)
    pad = 1.5 * MM if style.bar else 0
    strips = []
    lines = set_lines(text, in_face, size, (left + pad, right - pad), (style.align, style.indent))
    pitch = line_height(size)
    for n, run in enumerate(lines):
        marks: list[Mark] = [run]
        height = pitch
        if style.bar:
            height = pitch + (1.6 * MM if n == len(lines) - 1 else 0)
            marks = [Box(left, 0, right - left, height, 0.9), run._replace(y=run.y + 0.6 * MM)]
        strips.append(Strip(height, marks, keep_next=style.face == "serif-bold"))
    return tuple(strips)


def set_lines(
    text: str, in_face: Face, size: float, room: tuple[float, float], shape: tuple[str, float]
) -> list[Run]:
    """Lines of a text between two edges, each on its own base line at the height of one line."""
    left, right = room
    align, indent = shape
    base = size * 0.98
    runs = []
    for paragraph in text.split("\n"):
        lines = _indented(paragraph, in_face, size, (right - left, indent))
        for n, line in enumerate(lines):
            start = left + (indent if n == 0 else 0)
            spare = right - start - in_face.width(line) * size
            stretch = 0.0
            if align == "justify" and n < len(lines) - 1 and " " in line:
                stretch = spare / line.count(" ")
            elif align in ("center", "right"):
                start += spare / 2 if align == "center" else spare
            runs.append(Run(start, base, in_face, size, line, stretch))
    return runs


def _indented(text: str, in_face: Face, size: float, room: tuple[float, float]) -> list[str]:
    """Lines of a paragraph whose first line is shorter by its indent."""
    width, indent = room
    text = " ".join(word for word in text.split(" ") if word)
    if not indent:
        return list(wrap(text, in_face, size, width))
    first = wrap(text, in_face, size, width - indent)[0]
    rest = text[len(first) :].lstrip(" ")
    return [first, *wrap(rest, in_face, size, width)] if rest else [first]
