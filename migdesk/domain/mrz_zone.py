"""The machine-readable zone as text: cleaning what a scanner, a keyboard or a paste made of it, and its layouts.

Layouts and the check digit: ICAO Doc 9303 parts 3 to 7, eighth edition.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from migdesk.domain.finding import Finding, note, warn
from migdesk.i18n import N_

SHAPES = {"TD1": (3, 30), "TD2": (2, 36), "TD3": (2, 44), "MRVA": (2, 44), "MRVB": (2, 36)}
_OF_LENGTH = {90: "TD1", 72: "TD2", 88: "TD3"}
_VISA = {"TD2": "MRVB", "TD3": "MRVA"}
_NEAR = 6
_VISA_DATA = 28
_FIRST_SIGNS = "ACIPV"
_RUN = re.compile("[A-Z0-9<]+")
# what a scanner may put before its data: ISO/IEC 15424
_SYMBOLOGY = re.compile(r"^\][A-Z][0-9A-Z]")

_INVISIBLE = re.compile(
    r"[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\x00-\x08\x0e-\x1b\x7f]"
)
_BREAK = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
# line breaks that a copy wrote out: `<br>` of a page, `\n` of a program
_WRITTEN_BREAK = re.compile(r"<br\s*/?>|(?:\\r)?\\n|\\r", re.IGNORECASE)
_FILLERS = {"‹": "<", "〈": "<", "⟨": "<", "&lt;": "<", "&LT;": "<"}
_TWO_FILLERS = str.maketrans({"«": "<<", "≪": "<<"})
_ONE_FILLER = str.maketrans("«≪", "<<")
_FEWEST = 4
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {ord("İ"): ord("I")}
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
    single = [block[0] for block in blocks if len(block) == 1]
    if len(single) == len(blocks) > 1 and (
        all(len(line) in (30, 36, 44) for line in single) or _shape_of(single)
    ):
        blocks = [single]
    return ["\n".join(part) for block in blocks for part in _whole_zones(block)]


def _whole_zones(lines: list[str]) -> list[list[str]]:
    """Lines cut where one zone ends and the next begins, when they are nothing but complete zones."""
    zones: list[list[str]] = []
    at = 0
    while at < len(lines):
        width = len(lines[at])
        count = {30: 3, 36: 2, 44: 2}.get(width, 0)
        zone = lines[at : at + count]
        if not count or [len(line) for line in zone] != [width] * count:
            return [lines]
        zones.append(zone)
        at += count
    return zones


@dataclass(frozen=True, slots=True, repr=False)
class Zone:
    """A cleaned zone: its format if the length gives one, all its characters in a row, and what was cleaned.

    `whole` says that no character is missing or too many; `filled` that fillers were put at the end of its lines.
    """

    format: str | None
    text: str
    whole: bool
    findings: tuple[Finding, ...]
    filled: bool = False


def read_zone(text: str) -> Zone:
    """Clean a zone and find its format."""
    plain = _INVISIBLE.sub("", text).translate(_WIDE).expandtabs(1).strip("\r\n")
    for given, meant in _FILLERS.items():
        plain = plain.replace(given, meant)
    findings: list[Finding] = []
    if any(sign in text for sign in (*_FILLERS, "«", "≪")):
        findings = [note("mrz.fillers", N_("Signs that look like the filler “<” were read as it."))]
    plain = _WRITTEN_BREAK.sub("\n", plain)
    if plain != plain.upper():
        findings.append(note("mrz.case", N_("Small letters were read as capitals.")))
    upper, more = _latinise(plain.upper())
    upper, others = _one_sign(upper)
    findings += [*more, *others]
    readings = dict.fromkeys((upper.translate(_TWO_FILLERS), upper.translate(_ONE_FILLER)))
    lines = [[line for line in _BREAK.split(one) if line.strip()] for one in readings]
    for shape in (_shaped, _trimmed):
        for found in lines:
            if zone := shape(found, tuple(findings)):
                return zone
    return _damaged(["".join(line.split()) for line in lines[0]], tuple(findings))


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


def _one_sign(text: str) -> tuple[str, list[Finding]]:
    """Another keyboard may type one other sign for every filler: `;` of the German, `>` of the French one."""
    if set(text) & set("<«≪"):
        return text, []
    signs = Counter(char for char in text if not (char.isalnum() or char.isspace()))
    sign, times = next(iter(signs.most_common(1)), ("", 0))
    if times < _FEWEST or not _format_of("".join(text.split())):
        return text, []
    words = N_("The sign “{sign}” was read as the filler “<”.")
    return text.replace(sign, "<"), [note("mrz.sign", words, sign=sign)]


def _shaped(lines: list[str], findings: tuple[Finding, ...]) -> Zone | None:
    """A zone with all its characters, whatever stands around its lines or between them."""
    compact = ["".join(line.split()) for line in lines]
    name = _format_of("".join(compact))
    exact = bool(name) and [len(line) for line in compact] == [SHAPES[str(name)][1]] * SHAPES[str(name)][0]
    if not exact and (zone := _among_other_text(compact, findings)):
        return zone
    if name and not (len(lines) > 1 and min(map(len, compact)) > SHAPES[name][1]):
        return Zone(name, "".join(compact), True, (*findings, *_remarks(lines, compact, name)))
    filled = [line.replace(" ", "<") for line in lines]
    name = _format_of("".join(filled))
    if name and filled != compact:
        return Zone(name, "".join(filled), True, (*findings, _blanks()))
    return None


def _blanks() -> Finding:
    return note("mrz.blanks", N_("Blanks were read as the filler “<”."))


def _remarks(lines: list[str], compact: list[str], name: str) -> Iterable[Finding]:
    if [line.strip() for line in lines] != compact:
        yield note("mrz.blanks", N_("Blanks inside the zone were left out."))
    if [len(line) for line in compact] != [SHAPES[name][1]] * SHAPES[name][0]:
        yield note("mrz.lines", N_("The line breaks were lost and were set again."))


def _format_of(text: str) -> str | None:
    name = _OF_LENGTH.get(len(text))
    return _VISA.get(name, name) if name and text[0] == "V" else name


def _among_other_text(lines: list[str], findings: tuple[Finding, ...]) -> Zone | None:
    """The lines of a zone after a label, between quotation marks, with a scanner's signs before or behind."""
    runs = [run for line in lines for run in _RUN.findall(_SYMBOLOGY.sub("", line))]
    for width in (44, 36, 30):
        zone = "".join(run for run in runs if len(run) == width)
        if (name := _format_of(zone)) and zone[0] in _FIRST_SIGNS:
            return Zone(name, zone, True, (*findings, _around()))
    whole = [run for run in runs if len(run) in _OF_LENGTH and run[0] in _FIRST_SIGNS]
    if len(whole) == 1 and whole != lines and (name := _format_of(whole[0])):
        return Zone(name, whole[0], True, (*findings, _around()))
    return None


def _around() -> Finding:
    return note("mrz.around", N_("Other text around the zone was left out."))


def _trimmed(lines: list[str], findings: tuple[Finding, ...]) -> Zone | None:
    """A zone whose lines lost all fillers at their ends, as scanners and pastes drop them; blanks may be fillers."""
    lines = lines[0].split() if len(lines) == 1 else lines
    compact = ["".join(line.split()) for line in lines]
    filled = [line.rstrip().replace(" ", "<") for line in lines]
    parted = any("<<" in line for line in filled) and not any("<<" in line for line in lines)
    for given in (filled, compact) if parted else (compact, filled):
        shape = _shape_of(given)
        if not shape or any(len(line) < shape[1] and line.endswith("<") for line in given):
            continue
        text = "".join(line.ljust(shape[1], "<") for line in given)
        words = N_("The fillers at the ends of lines were missing and were put back. Compare the name.")
        told = (*findings, *([_blanks()] if given != compact else []), warn("mrz.filled", words, "surname"))
        return Zone(_format_of(text), text, True, told, filled=True)
    return None


def _shape_of(lines: list[str]) -> tuple[int, int] | None:
    """How many lines of what width these are, as their longest tells; both lines of a visa may end in fillers."""
    longest = max(map(len, lines), default=0)
    for count, width in ((2, 44), (2, 36), (3, 30)):
        if len(lines) == count and longest == width:
            return count, width
    visa = len(lines) == 2 and lines[0].startswith("V") and len(lines[1]) >= _VISA_DATA
    return (2, 36 if longest < 36 else 44) if visa and longest < 44 else None


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
