"""The machine-readable zone as text: cleaning what a scanner, a keyboard or a paste made of it, and its layouts.

Layouts and the check digit: ICAO Doc 9303 parts 3 to 7, eighth edition.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from migdesk.domain.finding import Finding, note, warn
from migdesk.i18n import N_

SHAPES = {"TD1": (3, 30), "TD2": (2, 36), "TD3": (2, 44), "MRVA": (2, 44), "MRVB": (2, 36)}
_OF_LENGTH = {90: "TD1", 72: "TD2", 88: "TD3"}
_VISA = {"TD2": "MRVB", "TD3": "MRVA"}
_NEAR = 6

_INVISIBLE = re.compile(
    r"[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\x00-\x08\x0e-\x1b\x7f]"
)
_BREAK = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_FILLERS = {"«": "<<", "‹": "<", "〈": "<", "⟨": "<", "≪": "<<", "&lt;": "<", "&LT;": "<"}
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_LOOKALIKE = dict(zip("АВЕКМНОРСТУХІЅЈԚԜ", "ABEKMHOPCTYXISJQW", strict=True))
_RUSSIAN_KEYS = dict(zip("ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬБ", "QWERTYUIOPASDFGHJKLZXCVBNM<", strict=True))
_KAZAKH_KEYS = dict(zip('"ӘІҢҒ,.ҮҰҚ', "1234567890", strict=True))


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each element stands in the lines put one after another (slices from 0)."""

    names: slice
    number: slice
    number_check: int
    nationality: slice
    birth: slice
    birth_check: int
    sex: int
    expiry: slice
    expiry_check: int
    optional: tuple[slice, ...]
    optional_check: int | None = None
    composite: tuple[slice, ...] = ()
    composite_check: int | None = None


def _two_lines(name: str) -> Layout:
    width = SHAPES[name][1]
    optional_ends, check, composite_check = {
        "TD3": (width + 42, width + 42, width + 43),
        "TD2": (width + 35, None, width + 35),
    }.get(name, (2 * width, None, None))
    covered = (slice(width, width + 10), slice(width + 13, width + 20))
    return Layout(
        names=slice(5, width),
        number=slice(width, width + 9),
        number_check=width + 9,
        nationality=slice(width + 10, width + 13),
        birth=slice(width + 13, width + 19),
        birth_check=width + 19,
        sex=width + 20,
        expiry=slice(width + 21, width + 27),
        expiry_check=width + 27,
        optional=(slice(width + 28, optional_ends),),
        optional_check=check,
        composite=(*covered, slice(width + 21, composite_check)) if composite_check else (),
        composite_check=composite_check,
    )


LAYOUTS = {name: _two_lines(name) for name in ("TD2", "TD3", "MRVA", "MRVB")}
LAYOUTS["TD1"] = Layout(
    names=slice(60, 90),
    number=slice(5, 14),
    number_check=14,
    nationality=slice(45, 48),
    birth=slice(30, 36),
    birth_check=36,
    sex=37,
    expiry=slice(38, 44),
    expiry_check=44,
    optional=(slice(15, 30), slice(48, 59)),
    composite=(slice(5, 37), slice(38, 45), slice(48, 59)),
    composite_check=59,
)


def check_digit(field: str) -> int | None:
    """Weights 7 3 1 over 0-9 = 0-9, A-Z = 10-35, `<` = 0, modulo 10; `None` for other characters."""
    total = 0
    for place, char in enumerate(field):
        if "0" <= char <= "9":
            value = ord(char) - 48
        elif "A" <= char <= "Z":
            value = ord(char) - 55
        elif char == "<":
            value = 0
        else:
            return None
        total += value * (7, 3, 1)[place % 3]
    return total % 10


def split_documents(text: str) -> list[str]:
    """The documents of a text: blank lines part them, and so do complete zones one under another."""
    lines = [line.strip() for line in re.split(r"\r\n?|[\n\v\f\x85\u2028\u2029]", text)]
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    blocks = [block for block in blocks if block]
    if len(blocks) > 1 and all(len(block) == 1 and len(block[0]) in (30, 36, 44) for block in blocks):
        blocks = [[line for block in blocks for line in block]]
    return ["\n".join(part) for block in blocks for part in _whole_zones(block)]


def _whole_zones(lines: list[str]) -> list[list[str]]:
    widths = {len(line) for line in lines}
    count = {30: 3, 36: 2, 44: 2}.get(min(widths)) if len(widths) == 1 else None
    if not count or len(lines) % count:
        return [lines]
    return [lines[at : at + count] for at in range(0, len(lines), count)]


@dataclass(frozen=True, slots=True, repr=False)
class Zone:
    """A cleaned zone: its format if the length gives one, all its characters in a row, and what was cleaned."""

    format: str | None
    text: str
    whole: bool
    findings: tuple[Finding, ...]


def read_zone(text: str) -> Zone:
    """Clean a zone and find its format; `whole` says that no character is missing or too many."""
    plain = _INVISIBLE.sub("", text)
    findings: list[Finding] = []
    for given, meant in _FILLERS.items():
        if given in plain:
            plain = plain.replace(given, meant)
            findings = [note("mrz.fillers", N_("Signs that look like the filler “<” were read as it."))]
    plain = plain.translate(_WIDE).expandtabs(1).strip("\r\n")
    if plain != plain.upper():
        findings.append(note("mrz.case", N_("Small letters were read as capitals.")))
    upper, more = _latinise(plain.upper())
    lines = [line for line in _BREAK.split(upper) if line.strip()]
    return _shaped(lines, (*findings, *more))


def _latinise(text: str) -> tuple[str, list[Finding]]:
    """Undo a Russian or Kazakh keyboard layout; else turn look-alike letters into Latin ones."""
    cyrillic = [char for char in text if "Ѐ" <= char <= "ԯ"]
    if not cyrillic:
        return text, []
    if "<" not in text and text.count("Б") >= 3:
        keys = _RUSSIAN_KEYS | (_KAZAKH_KEYS if set(text) & set("ӘҢҒҮҰҚ") else {})
        words = N_("The scanner typed through a Russian or Kazakh keyboard; the letters were put back.")
        return "".join(keys.get(char, char) for char in text), [warn("mrz.keyboard", words)]
    known = "".join(dict.fromkeys(char for char in cyrillic if char in _LOOKALIKE))
    words = N_("Cyrillic letters that look Latin were read as Latin: {letters}.")
    found = [warn("mrz.lookalike", words, letters=known)] if known else []
    return "".join(_LOOKALIKE.get(char, char) for char in text), found


def _shaped(lines: list[str], findings: tuple[Finding, ...]) -> Zone:
    compact = ["".join(line.split()) for line in lines]
    name = _format_of("".join(compact))
    if name:
        return Zone(name, "".join(compact), True, (*findings, *_remarks(lines, compact, name)))
    filled = [line.replace(" ", "<") for line in lines]
    name = _format_of("".join(filled))
    if name and filled != compact:
        words = N_("Blanks were read as the filler “<”.")
        return Zone(name, "".join(filled), True, (*findings, note("mrz.blanks", words)))
    return _among_other_text(compact, findings) or _damaged(compact, findings)


def _remarks(lines: list[str], compact: list[str], name: str) -> Iterable[Finding]:
    if [line.strip() for line in lines] != compact:
        yield note("mrz.blanks", N_("Blanks inside the zone were left out."))
    if [len(line) for line in compact] != [SHAPES[name][1]] * SHAPES[name][0]:
        yield note("mrz.lines", N_("The line breaks were lost and were set again."))


def _format_of(text: str) -> str | None:
    name = _OF_LENGTH.get(len(text))
    return _VISA.get(name, name) if name and text[0] == "V" else name


def _among_other_text(lines: list[str], findings: tuple[Finding, ...]) -> Zone | None:
    for width in (44, 36, 30):
        zone = "".join(line for line in lines if len(line) == width)
        if name := _format_of(zone):
            words = N_("Other text around the zone was left out.")
            return Zone(name, zone, True, (*findings, note("mrz.around", words)))
    return None


def _damaged(lines: list[str], findings: tuple[Finding, ...]) -> Zone:
    """A zone with characters missing or too many: read as far as its lines can still be told."""
    longest = max((len(line) for line in lines), default=0)
    for count, width in (SHAPES["TD3"], SHAPES["TD2"], SHAPES["TD1"]):
        data = lines[:2] if count == 3 else lines[1:]
        near = abs(longest - width) <= _NEAR and all(abs(len(line) - width) <= _NEAR for line in data)
        if len(lines) == count and near:
            text = "".join(line[:width].ljust(width, "<") for line in lines)
            return Zone(_format_of(text), text, False, findings)
    return Zone(None, "".join(lines), False, findings)
