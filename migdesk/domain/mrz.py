"""Travel documents by their machine-readable zone: TD1, TD2, TD3, MRV-A, MRV-B of ICAO Doc 9303.

What the standard does not allow is a problem and makes the reading invalid; what it allows but a clerk
should look at is a warning. Fields are read as far as they can be even when the zone is invalid, because
documents with faults are presented every day.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from operator import ne
from typing import Any

from migdesk.domain.dates import PartialDate, show_day
from migdesk.domain.finding import Finding, block, note, warn
from migdesk.domain.ids import check_person_iin
from migdesk.domain.mrz_dates import FAR, read_birth, read_expiry
from migdesk.domain.mrz_slips import as_digits, as_letters, one_slip, russian_name
from migdesk.domain.mrz_zone import LAYOUTS, Layout, Zone, check_digit, read_zone, split_documents
from migdesk.i18n import N_

__all__ = ["SPECIAL_CODES", "MrzReading", "read_mrz", "split_documents"]

# Doc 9303 part 3 section 5: codes that ISO 3166-1 does not list
_SPECIAL = (
    "D GBD GBN GBO GBP GBS RKS EUE UNO UNA UNK XXA XXB XXC XXX "
    "XBA XIM XCC XCE XCO XDC XEC XES XMP XOM XPO ANT NTZ UTO"
)
SPECIAL_CODES = frozenset(_SPECIAL.split())
_PASSPORT_KINDS = "<PEDORTSLMU"
_OLD = 90

_PROBLEMS = {
    "length": N_("Characters are missing or too many: a line of the zone is not complete."),
    "format": N_("This is not the machine-readable zone of a travel document."),
    "characters": N_("Only A to Z, 0 to 9 and “<” can stand in the zone; found “{given}”."),
    "document_code": N_("“{given}” is not a document code of this format."),
    "issuer": N_("“{given}” is not the code of an issuing state or organisation."),
    "nationality": N_("“{given}” is not the code of a nationality."),
    "name": N_("The name is not written as the standard asks: letters, one “<” between names, “<<” once."),
    "number": N_("The document number is empty or does not begin at the left."),
    "birth_date": N_("The birth date is not a date."),
    "sex": N_("Sex must be M, F or “<”; found “{given}”."),
    "expiry_date": N_("The date of expiry is not a date."),
    "number_check": N_("The check digit of the document number does not fit."),
    "birth_check": N_("The check digit of the birth date does not fit."),
    "expiry_check": N_("The check digit of the date of expiry does not fit."),
    "optional_check": N_("The check digit of the optional data does not fit."),
    "composite_check": N_("The last check digit, over the whole zone, does not fit."),
}
_FIELD_OF = {"number_check": "number", "birth_check": "birth_date", "expiry_check": "expires_on"}
_FIELD_OF |= {"expiry_date": "expires_on", "optional_check": "optional", "name": "surname"}
_FIELD_OF |= {
    code: code for code in ("document_code", "issuer", "nationality", "number", "birth_date", "sex")
}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MrzReading:
    """What a zone says. The same class describes a document to be made by `make_mrz`."""

    format: str | None
    valid: bool = False
    problems: tuple[str, ...] = ()
    document_code: str = ""
    issuer: str = ""
    number: str = ""
    nationality: str = ""
    surname: str = ""
    given_names: str = ""
    birth_date: PartialDate | None = None
    sex: str | None = None
    expires_on: date | None = None
    optional: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def iin(self) -> str | None:
        """The IIN that Kazakhstan puts at the start of the optional data, if twelve digits stand there."""
        found = re.match(r"\d{12}(?!\d)", self.optional) if self.issuer == "KAZ" else None
        return found[0] if found else None

    def as_json(self) -> dict[str, Any]:
        """The keys of the public contract for `check mrz`."""
        return {
            "format": self.format,
            "valid": self.valid,
            "problems": list(self.problems),
            "document_code": self.document_code,
            "issuer": self.issuer,
            "number": self.number,
            "nationality": self.nationality,
            "surname": self.surname,
            "given_names": self.given_names,
            "birth_date": str(self.birth_date) if self.birth_date else None,
            "sex": self.sex,
            "expires_on": self.expires_on.isoformat() if self.expires_on else None,
            "optional": self.optional,
            "findings": [finding.as_json() for finding in self.findings],
        }


def read_mrz(text: str, today: date, countries: Collection[str] = ()) -> MrzReading:
    """Read one document. Two-digit years: births lie before today; an expiry is of this century unless that is
    more than 30 years ahead and the last century is possible: after the birth and not before 1980, when the
    first such zones were printed. So 120415 is 2012 and 960801 is 1996; a reading of the last century is told.

    `countries` are the three-letter codes of ISO 3166-1; without them codes are checked by form only.
    """
    zone = read_zone(text)
    if zone.format is None:
        code = "format" if len(zone.text) < 60 else "length"
        finding = block(f"mrz.{code}", _PROBLEMS[code])
        return MrzReading(format=None, problems=(code,), findings=(*zone.findings, finding))
    return _Reader(zone, zone.format, LAYOUTS[zone.format], today, frozenset(countries)).read()


@dataclass(slots=True)
class _Reader:
    """One reading under way: collects problems and remarks while the fields are read."""

    zone: Zone
    format: str
    layout: Layout
    today: date
    countries: frozenset[str]
    problems: dict[str, Finding] = field(default_factory=dict)
    remarks: list[Finding] = field(default_factory=list)

    def read(self) -> MrzReading:
        text = self.zone.text
        if not self.zone.whole:
            self.refuse("length")
        if strange := re.sub("[A-Z0-9<]", "", text):
            self.refuse("characters", given="".join(dict.fromkeys(strange))[:12])
        number, rest = self.number()
        surname, given = self.names()
        reading = MrzReading(
            format=self.format,
            document_code=self.document_code(),
            issuer=self.state("issuer", text[2:5]),
            number=number,
            nationality=self.state("nationality", text[self.layout.nationality]),
            surname=surname,
            given_names=given,
            birth_date=(born := self.birth()),
            sex=self.sex(),
            expires_on=self.expiry(born),
            optional=self.optional(rest),
        )
        self.composite()
        if self.zone.filled and self.problems:
            self.refuse("length")
        return self.finished(reading)

    def finished(self, reading: MrzReading) -> MrzReading:
        if reading.iin and not self.problems.keys() & {"length", "characters", "optional_check"}:
            self.remarks += check_person_iin(reading.iin, reading.birth_date, reading.sex)
        values = {name: getattr(reading, name) for name in MrzReading.__slots__}
        values |= {"valid": not self.problems, "problems": tuple(self.problems)}
        values["findings"] = (*self.zone.findings, *self.problems.values(), *self.remarks)
        return MrzReading(**values)

    def refuse(self, code: str, **values: object) -> None:
        self.problems.setdefault(code, block(f"mrz.{code}", _PROBLEMS[code], _FIELD_OF.get(code), **values))

    def warn(self, code: str, words: str, place: str | None = None, /, **values: object) -> None:
        self.remarks.append(warn(f"mrz.{code}", words, place, **values))

    def document_code(self) -> str:
        code = self.zone.text[:2]
        allowed = {"TD3": r"P[A-Z<]", "TD1": r"(?!AI)[ACI][A-UW-Z0-9<]", "TD2": r"(?!AC)[ACI][A-UW-Z0-9<]"}
        if not re.fullmatch(allowed.get(self.format, r"V[A-Z0-9<]"), code):
            self.refuse("document_code", given=code)
        elif code[0] == "P" and code[1] not in _PASSPORT_KINDS:
            words = N_("“{code}” is not one of the agreed kinds of passport; states may still use it.")
            self.warn("document_code", words, "document_code", code=code)
        return code.rstrip("<")

    def state(self, role: str, raw: str) -> str:
        code = raw.rstrip("<")
        known = code in SPECIAL_CODES or (
            re.fullmatch("[A-Z]{3}", code) and (not self.countries or code in self.countries)
        )
        if role == "nationality" and not code:
            words = N_("No nationality is given, as some refugee and stateless papers allow.")
            self.warn("no_nationality", words, role)
        elif not known:
            self.refuse(role, given=raw)
            if as_letters(code) in SPECIAL_CODES | self.countries:
                self.confused(role, code, as_letters(code))
        elif code == "DEU":
            words = N_("Documents of Germany have the code D, not DEU. Look at it closely.")
            self.warn("germany", words, role)
        elif code == "UTO" and role == "issuer":
            self.warn("specimen", N_("This is a specimen: Utopia is no state."), role)
        return code

    def number(self) -> tuple[str, str]:
        """The document number, and how much of the optional data it takes when longer than nine."""
        raw, check = self.zone.text[self.layout.number], self.zone.text[self.layout.number_check]
        if raw.startswith("<"):
            self.refuse("number")
        if check == "<" and self.format in ("TD1", "TD2"):
            return self.long_number(raw)
        self.digit("number_check", raw, check)
        number = raw.rstrip("<")
        if "<" in number.strip("<"):
            self.warn(
                "number_gap", N_("The document number has a gap: a blank or a sign on paper."), "number"
            )
        return number.replace("<", ""), ""

    def long_number(self, raw: str) -> tuple[str, str]:
        """ICAO 9303-5 and -6, note j: `<` instead of the check digit, the rest and it in the optional data."""
        optional = self.zone.text[self.layout.optional[0]]
        rest = optional.partition("<")[0]
        if len(rest) < 2 or len(rest) == len(optional):
            self.refuse("number_check")
            return raw.replace("<", ""), ""
        self.digit("number_check", raw + rest[:-1], rest[-1])
        return (raw + rest[:-1]).replace("<", ""), rest

    def digit(self, code: str, covered: str, check: str) -> None:
        """Compare a check digit; when it fails and confused characters explain it, say which."""
        if check.isascii() and check.isdecimal() and check_digit(covered) == int(check):
            return
        self.refuse(code)
        if code == "composite_check":
            return
        of_date = code in ("birth_check", "expiry_check")
        meant = (as_digits(covered) if of_date else covered) + as_digits(check)
        slip = one_slip(covered, check, letters=not of_date)
        several = sum(map(ne, meant, covered + check)) > 1
        if (several or not slip) and meant != covered + check and str(check_digit(meant[:-1])) == meant[-1]:
            self.confused(_FIELD_OF.get(code), covered + check, meant)
        elif slip:
            place, char, other = slip
            words = N_("Character {place} may be “{other}” instead of “{char}”: then the check digit fits.")
            self.remarks.append(
                note("mrz.confused", words, _FIELD_OF.get(code), place=place, char=char, other=other)
            )

    def confused(self, field: str | None, given: str, other: str) -> None:
        words = N_("“{given}” may be “{other}”: letters and digits that look alike were confused.")
        self.remarks.append(note("mrz.confused", words, field, given=given, other=other))

    def names(self) -> tuple[str, str]:
        raw = self.zone.text[self.layout.names]
        parts = raw.rstrip("<").split("<<")
        if not re.fullmatch("[A-Z]+(<[A-Z]+)*(<<[A-Z]+(<[A-Z]+)*)?", raw.rstrip("<")):
            self.refuse("name")
            self.odd_letters(raw.rstrip("<"))
        elif len(parts) == 1:
            self.warn("one_name", N_("The document has one name only, no surname apart."), "given_names")
        if raw[-1:].isalpha():
            self.warn(
                "name_cut", N_("The name fills its line: it may be cut. Compare with the page."), "surname"
            )
        surname, *given = (" ".join(part.replace("<", " ").split()) for part in parts)
        return surname, " ".join(" ".join(given).split())

    def odd_letters(self, raw: str) -> None:
        """Digits in a name: the code of Russia's internal passport, or a reader's confusion."""
        if self.zone.text.startswith("PNRUS"):
            words = N_("Internal passport of Russia: not a travel document of ICAO, its name reads {name}.")
            self.warn("russian", words, "surname", name=russian_name(raw))
        elif (other := as_letters(raw)) != raw:
            self.confused("surname", raw, other)

    def birth(self) -> PartialDate | None:
        raw, check = self.zone.text[self.layout.birth], self.zone.text[self.layout.birth_check]
        self.digit("birth_check", raw, check)
        found = re.fullmatch(r"([0-9]{2}|<<)([0-9]{2}|<<)([0-9]{2}|<<)", raw)
        born = read_birth(found.groups(), self.today) if found else None
        unknown = found and "<<" in found.groups()
        if not found or (born is None and found[1] != "<<"):
            self.refuse("birth_date")
        elif unknown:
            words = N_("The birth date is unknown or known in part only.")
            self.warn("birth_unknown", words, "birth_date")
        elif born and born.age_on(self.today) > _OLD:
            words = N_("The year of birth was read as {year}: older than {age}. Confirm the century.")
            self.warn("birth_century", words, "birth_date", year=born.year, age=_OLD)
        return born

    def sex(self) -> str | None:
        raw = self.zone.text[self.layout.sex]
        if raw not in "MF<":
            self.refuse("sex", given=raw)
        elif raw == "<":
            self.warn("sex_open", N_("The document does not tell the sex."), "sex")
        return {"M": "m", "F": "f"}.get(raw)

    def expiry(self, born: PartialDate | None) -> date | None:
        raw, check = self.zone.text[self.layout.expiry], self.zone.text[self.layout.expiry_check]
        self.digit("expiry_check", raw, check)
        ends = read_expiry(raw, born, self.today)
        if ends is None:
            self.refuse("expiry_date")
            return None
        if ends.year < 2000:
            words = N_("The year of expiry was read as {year}: a century later would be too far. Compare it.")
            self.warn("expiry_century", words, "expires_on", year=ends.year)
        if born and ends <= born.earliest():
            self.warn("expiry_birth", N_("The document expires before its holder is born."), "expires_on")
        if ends < self.today:
            self.warn("expired", N_("The document expired on {day}."), "expires_on", day=show_day(ends))
        elif ends.year - self.today.year > FAR:
            words = N_("The document would be valid until {day}. Is it so?")
            self.warn("expiry_far", words, "expires_on", day=show_day(ends))
        return ends

    def optional(self, taken: str) -> str:
        first, *more = (self.zone.text[place] for place in self.layout.optional)
        if self.layout.optional_check is not None:
            check = self.zone.text[self.layout.optional_check]
            if not (check == "<" and not first.strip("<")):
                self.digit("optional_check", first, check)
        parts = [first[len(taken) :], *more]
        return " ".join(" ".join(part.replace("<", " ").split()) for part in parts).strip()

    def composite(self) -> None:
        if self.layout.composite_check is not None:
            covered = "".join(self.zone.text[place] for place in self.layout.composite)
            self.digit("composite_check", covered, self.zone.text[self.layout.composite_check])
