"""IIN and BIN of Kazakhstan: read as typed, check, make for samples; document numbers made comparable.

The numbers rest on Law 12.01.2007 No. 223; structure and check digit are of library confidence [L]: three independent
implementations agree. Nothing is guessed: a number that Excel damaged is refused with
advice, not repaired.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from operator import mul
from typing import Any

from migdesk.domain.dates import PartialDate, show_day
from migdesk.domain.finding import Finding, Severity, block, note, warn
from migdesk.domain.letters import ascii_digits
from migdesk.i18n import N_

_FIRST_ROW = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
_SECOND_ROW = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
_CENTURY = {1: 1800, 2: 1800, 3: 1900, 4: 1900, 5: 2000, 6: 2000}
_OLDEST = 110
_WORDS = "(?:ИИН|ЖСН|БИН|БСН|ИНН|IIN|BIN|ID)"
_LABEL = re.compile(rf"^(?:{_WORDS}\W*)+|(?<=\d)(?:\W*{_WORDS})+\W*$|^[NH](?=\d)", re.IGNORECASE)
# a number that a program wrote with its power of ten and all twelve digits: nothing is lost
_WHOLE_SCIENTIFIC = re.compile(r"(\d)[.,](\d{11})[EЕ]\+?11", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"[\d.,]+[eе]\+?\d{1,3}", re.IGNORECASE)
_AROUND = "'’`‘\"«»“”„()[]{}<>№#*/|;:,.="
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3}){3}|\d{1,3}(?:,\d{3}){3}")
_LIKE_DIGITS = str.maketrans("OОQDIІLlЗSZBВ", "0000111135288")
_BLANKS_AND_HYPHENS = re.compile(r"[\s_/\-‐-―−\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]+")
_TEXTS = {
    "length": N_("The number must have 12 digits; this has {n}."),
    "digits": N_("The number may hold digits only; this has “{given}”."),
    "date": N_("The first digits are not a date that has been."),
    "century": N_("The seventh digit must be 1 to 6 (century and sex)."),
    "checksum": N_("The last digit does not fit the others: one digit is wrong or two are swapped."),
}


@dataclass(frozen=True, slots=True, repr=False)
class NumberReading:
    """What a typed IIN or BIN says; `problem` names the first thing that makes it invalid."""

    valid: bool
    read_as: str | None = None
    kind: str | None = None
    birth_date: date | None = None
    sex: str | None = None
    problem: str | None = None
    findings: tuple[Finding, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The keys of the public contract for `check iin`."""
        return {
            "valid": self.valid,
            "read_as": self.read_as,
            "kind": self.kind,
            "birth_date": self.birth_date.isoformat() if self.birth_date else None,
            "sex": self.sex,
            "problem": self.problem,
            "findings": [finding.as_json() for finding in self.findings],
        }


def read_number(text: str, today: date) -> NumberReading:
    """Read an IIN or a BIN as typed, pasted or imported.

    Blanks, hyphens, a label, the `.0` and the apostrophe of Excel, and digits of other scripts are cleaned
    with a note. The fifth digit tells a BIN (4, 5, 6) from an IIN. Nobody is born after today.
    """
    bare = _bare(text)
    digits = ascii_digits(bare)
    notes = [note("iin.cleaned", N_("Read without blanks and signs: {number}."), "iin", number=digits)]
    notes = notes if digits != text else []
    if not digits.isdecimal():
        return _unreadable(bare, digits, today)
    if len(digits) != 12:
        return _wrong_length(digits, today)
    reading = _read_bin(digits, today) if digits[4] in "456" else _read_iin(digits, today)
    return replace(reading, findings=(*notes, *reading.findings)) if notes else reading


def _bare(text: str) -> str:
    if text.isdecimal():
        return text
    words = _LABEL.sub("", _BLANKS_AND_HYPHENS.sub("", text).strip(_AROUND))
    if whole := _WHOLE_SCIENTIFIC.fullmatch(words):
        return whole[1] + whole[2]
    if _THOUSANDS.fullmatch(words):
        return re.sub("[.,]", "", words)
    return re.sub(r"[.,]0+$", "", words) or text.strip()


def _problem(code: str, /, **values: object) -> Finding:
    return block(f"iin.{code}", _TEXTS[code], "iin", **values)


def _unreadable(bare: str, digits: str, today: date) -> NumberReading:
    if not digits:
        return NumberReading(False, problem="length", findings=(_problem("length", n=0),))
    if _SCIENTIFIC.fullmatch(digits):
        text = N_(
            "Excel shortened this number to “{given}” and lost its last digits. "
            "Make the column text and type the number again from the document."
        )
        return NumberReading(False, problem="digits", findings=(block("iin.excel", text, "iin", given=bare),))
    strange = "".join(dict.fromkeys(char for char in digits if not char.isdecimal()))[:12]
    findings = [_problem("digits", given=strange)]
    meant = digits.upper().translate(_LIKE_DIGITS)
    if meant.isdecimal() and len(meant) == 12 and read_number(meant, today).valid:
        text = N_("With digits instead of the letters that look like them it would be {number}. Compare it.")
        findings.append(warn("iin.letters", text, "iin", number=meant))
    return NumberReading(False, problem="digits", findings=tuple(findings))


def _wrong_length(digits: str, today: date) -> NumberReading:
    findings = [_problem("length", n=len(digits))]
    padded = digits.rjust(12, "0")
    if 8 <= len(digits) < 12 and read_number(padded, today).valid:
        text = N_("With zeros in front it would be valid: Excel has dropped them. Compare with the document.")
        findings.append(warn("iin.leading_zero", text, "iin"))
    return NumberReading(False, problem="length", findings=tuple(findings))


def _read_iin(digits: str, today: date) -> NumberReading:
    findings: list[Finding] = []
    century = int(digits[6])
    born = _birth(digits, today)
    problem = _first_problem(digits, born, today)
    if problem:
        findings.append(_problem(problem))
        if problem == "checksum" and check_digit(digits) is None:
            findings.append(
                block("iin.impossible", N_("No number exists with these first 11 digits."), "iin")
            )
    elif century == 0:
        text = N_("The seventh digit is 0, as some foreigners got it: it tells neither century nor sex.")
        findings.append(warn("iin.century_zero", text, "iin"))
    elif born and today.year - born.year > _OLDEST and today != date.max:
        findings.append(
            warn("iin.age", N_("The number says born on {day}. Is it so?"), "iin", day=show_day(born))
        )
    born = None if problem == "date" else born
    return NumberReading(problem is None, digits, "iin", born, _sex(century), problem, tuple(findings))


def _sex(century: int) -> str | None:
    if not 1 <= century <= 6:
        return None
    return "m" if century % 2 else "f"


def _birth(digits: str, today: date) -> date | None:
    """The day of birth; with the seventh digit 0 only when the year can be of one century alone."""
    year, month, day, century = (int(digits[at : at + size]) for at, size in ((0, 2), (2, 2), (4, 2), (6, 1)))
    if century == 0 and year > today.year % 100:
        century = 3
    try:
        return date(_CENTURY[century] + year, month, day)
    except (KeyError, ValueError):
        return None


def _first_problem(digits: str, born: date | None, today: date) -> str | None:
    century = int(digits[6])
    if born is None and not (_is_some_day(digits) and century not in _CENTURY):
        return "date"
    if century > 6:
        return "century"
    if born and born > today:
        return "date"
    return None if check_digit(digits) == int(digits[11]) else "checksum"


def _is_some_day(digits: str) -> bool:
    try:
        date(2000, int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        return False
    return True


def check_digit(digits: str) -> int | None:
    """The twelfth digit after the first eleven; `None` when both rows of weights give 10: no such number."""
    for weights in (_FIRST_ROW, _SECOND_ROW):
        remainder: int = sum(map(mul, map(int, digits), weights)) % 11
        if remainder < 10:
            return remainder
    return None


def _read_bin(digits: str, today: date) -> NumberReading:
    year, month = int(digits[:2]), int(digits[2:4])
    problem = None
    findings: list[Finding] = []
    if not 1 <= month <= 12 or (year == today.year % 100 and month > today.month):
        problem = "date"
    elif check_digit(digits) != int(digits[11]):
        problem = "checksum"
    if problem:
        findings.append(_problem(problem))
    elif digits[5] not in "0123":
        text = N_("The sixth digit of a BIN is usually 0 to 3 (head office, branch, representation, farm).")
        findings.append(warn("iin.bin_unit", text, "iin"))
    elif today.year % 100 < year < 91:
        text = N_("The number says registered in {year}, before the republic's registers. Is it so?")
        findings.append(warn("iin.bin_year", text, "iin", year=1900 + year))
    return NumberReading(problem is None, digits, "bin", None, None, problem, tuple(findings))


def make_iin(birth: date, sex: str, serial: int) -> str | None:
    """A well-formed IIN for samples and tests; `None` when this serial has no check digit.

    Raises:
        ValueError: born outside 1800-2099, sex other than m or f, serial over four digits.
    """
    if sex not in ("m", "f") or not 0 <= serial <= 9999 or not 1800 <= birth.year <= 2099:
        raise ValueError(f"{sex} {serial}")
    century = (birth.year // 100 - 18) * 2 + (1 if sex == "m" else 2)
    return _completed(f"{birth:%y%m%d}{century}{serial:04}")


def make_bin(year: int, month: int, kind: int, unit: int, serial: int) -> str | None:
    """A well-formed BIN: registered in a month, kind 4-6, unit 0-3; `None` as in `make_iin`.

    Raises:
        ValueError: a part out of its range.
    """
    if not (1 <= month <= 12 and 4 <= kind <= 6 and 0 <= unit <= 9 and 0 <= serial <= 99_999):
        raise ValueError(f"{month} {kind} {unit} {serial}")
    return _completed(f"{year % 100:02}{month:02}{kind}{unit}{serial:05}")


def _completed(first: str) -> str | None:
    last = check_digit(first)
    return None if last is None else f"{first}{last}"


def check_person_iin(iin: str, birth: PartialDate | None, sex: str | None) -> list[Finding]:
    """Warnings where the IIN says another birth date or sex than the person's file.

    Only warnings: numbers with mistakes have been issued, and are not issued again.
    """
    return compare_iin(read_number(iin, date.max), birth, sex)


def compare_iin(reading: NumberReading, birth: PartialDate | None, sex: str | None) -> list[Finding]:
    """The same of a number that was read already."""
    if reading.kind == "bin":
        return [
            warn("iin.is_bin", N_("This is a BIN: the number of an organisation, not of a person."), "iin")
        ]
    if not reading.valid:
        return [replace(finding, severity=Severity.WARN) for finding in reading.findings]
    findings = []
    born = reading.birth_date
    if birth and born and not birth.earliest() <= born <= birth.latest():
        text = N_("The IIN says born on {day}, the file says {other}.")
        findings.append(warn("iin.birth_date", text, "iin", day=show_day(born), other=birth.show()))
    if sex and reading.sex and sex != reading.sex:
        text = N_("The IIN is a man's, the file says a woman.")
        if reading.sex == "f":
            text = N_("The IIN is a woman's, the file says a man.")
        findings.append(warn("iin.sex", text, "iin"))
    return findings


_LOOKALIKES = str.maketrans("АВЕКМНОРСТУХІЅЈ", "ABEKMHOPCTYXISJ")


def clean_document_number(text: str) -> str:
    """A document number as the register keeps and compares it: capitals and digits only.

    Cyrillic letters that look Latin become Latin when no other Cyrillic letter is among them; the number of
    a birth certificate keeps its Cyrillic series.
    """
    compact = unicodedata.normalize("NFKC", re.sub(r"^\s*№", "", text)).upper()
    compact = re.sub(r"(?<=\d)\.0$", "", compact.strip())
    bare = ascii_digits("".join(char for char in compact if char.isalnum()))
    latin = bare.translate(_LOOKALIKES)
    return latin if latin.isascii() else bare
