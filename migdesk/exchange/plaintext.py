"""Text files with columns: find out encoding and delimiter; guard cells against becoming formulas."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from migdesk.domain.errors import BadFile
from migdesk.i18n import N_

_DELIMITERS = ";,\t|"
_NEEDS_GUARD = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def guard(text: str) -> str:
    """A text as a .csv cell that no spreadsheet takes for a formula: an apostrophe before `= + - @`.

    `unguard` takes exactly this apostrophe away, whatever the text.
    """
    return f"'{text}" if _NEEDS_GUARD.match(text) else text


def unguard(text: str) -> str:
    """The text that was guarded."""
    return text[1:] if _GUARDED.match(text) else text


def detect_text(path: Path, *, one_column: bool = False) -> tuple[str, str]:
    """Encoding and delimiter. Without a byte mark it is UTF-8 if it can be, else the Windows one of Cyrillic.

    With `one_column` a text without delimiters is a list of one column, not a mistake.

    Raises:
        BadFile: bytes that are no letters, two encodings in one file, no delimiter in the first lines.
    """
    with path.open("rb") as stream:
        start = stream.read(4)
    encoding = next((name for mark, name in _MARKS if start.startswith(mark)), "")
    if encoding and not _decodes(path, encoding):
        raise _unreadable(path, "")
    encoding = encoding or _unmarked(path)
    with path.open(encoding=encoding, newline="") as text:
        sample = text.read(65_536)
    return encoding, _delimiter(path, sample, one_column=one_column)


_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def _unmarked(path: Path) -> str:
    if _decodes(path, "utf-8"):
        return "utf-8"
    row, was_utf8 = _first_bad_row(path, "utf-8")
    if was_utf8:
        raise _unreadable(path, str(row))
    windows = _windows(path)
    if not _decodes(path, windows):
        raise _unreadable(path, str(_first_bad_row(path, windows)[0]))
    return windows


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(1 << 20):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _first_bad_row(path: Path, encoding: str) -> tuple[int, bool]:
    """The first row that is not of an encoding; whether rows above it are of it by more than chance."""
    above = False
    with path.open("rb") as stream:
        for row, line in enumerate(stream, 1):
            try:
                line.decode(encoding)
            except UnicodeDecodeError:
                return row, above
            above = above or not line.isascii()
    return 1, above


def _unreadable(path: Path, row: str) -> BadFile:
    return BadFile(
        path,
        row,
        N_("The letters here cannot be read: the bytes are damaged or of two encodings."),
        hint=N_("Open it in Excel and save it as .xlsx."),
    )


def _windows(path: Path) -> str:
    """Kazakhstan's Windows set when a byte is there that only it gives a letter of use: ә, қ, ң, һ, Ә, Қ, Ң, Һ."""
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            if any(code in chunk for code in _KAZAKH_ONLY):
                return "kz1048"
    return "cp1251"


# the Russian set has letters of Macedonian and Serbian at these places
_KAZAKH_ONLY = (0x8D, 0x8E, 0x9D, 0x9E, 0xA3, 0xBC, 0xBD, 0xBE)


def _delimiter(path: Path, sample: str, *, one_column: bool) -> str:
    lines = [line for line in sample.splitlines()[:20] if line.strip()]
    unquoted = [re.sub(r'"[^"]*"', "", line) for line in lines]
    counts = {mark: sum(line.count(mark) for line in unquoted) for mark in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda mark: counts[mark])
    if not counts[best] and not one_column:
        raise BadFile(
            path,
            "",
            N_("No columns were found: the text has no semicolon, comma or tabulator between them."),
        )
    return best
