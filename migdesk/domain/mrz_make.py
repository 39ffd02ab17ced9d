"""Machine-readable zones made from fields, for the sample office and for tests. The rules are those of `mrz`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from migdesk.domain.dates import PartialDate
from migdesk.domain.letters import transliterate
from migdesk.domain.mrz import MrzReading
from migdesk.domain.mrz_zone import LAYOUTS, SHAPES, Layout, check_digit


def make_mrz(document: MrzReading) -> str:
    """The lines of a document for samples: every check digit set, names transliterated and cut by the rules.

    Raises:
        ValueError: no format, no date of expiry, or a field longer than its place.
    """
    if document.format not in SHAPES or document.expires_on is None:
        raise ValueError("format and date of expiry are needed")
    return _Maker(document, document.format, LAYOUTS[document.format]).lines()


@dataclass(slots=True)
class _Maker:
    """One zone under way: a row of fillers into which the fields are put."""

    document: MrzReading
    format: str
    layout: Layout
    zone: list[str] = field(default_factory=list)

    def lines(self) -> str:
        count, width = SHAPES[self.format]
        document, layout = self.document, self.layout
        self.zone = list("<" * count * width)
        self.put(slice(0, 2), document.document_code)
        self.put(slice(2, 5), document.issuer)
        self.put(layout.names, _name_field(document, layout.names.stop - layout.names.start))
        self.put(layout.nationality, document.nationality)
        self.put(layout.birth, _six(document.birth_date))
        self.put(slice(layout.sex, layout.sex + 1), {"m": "M", "f": "F"}.get(document.sex or "", "<"))
        self.put(layout.expiry, f"{document.expires_on:%y%m%d}")
        self.number_and_optional()
        self.check(layout.birth_check, layout.birth)
        self.check(layout.expiry_check, layout.expiry)
        self.check(layout.optional_check, *layout.optional)
        self.check(layout.composite_check, *layout.composite)
        text = "".join(self.zone)
        return "\n".join(text[at : at + width] for at in range(0, len(text), width))

    def put(self, place: slice, value: str) -> None:
        size = place.stop - place.start
        text = re.sub("[^A-Z0-9<]", "", value.upper().replace(" ", "<").replace("-", "<"))
        if len(text) > size:
            raise ValueError(f"{len(text)} characters for {size}")
        self.zone[place] = text.ljust(size, "<")

    def check(self, at: int | None, *covered: slice) -> None:
        if at is not None:
            self.zone[at] = str(check_digit("".join("".join(self.zone[place]) for place in covered)))

    def number_and_optional(self) -> None:
        number, optional = self.document.number, self.document.optional
        head, rest = number[:9], number[9:]
        if rest and self.format not in ("TD1", "TD2"):
            raise ValueError("a number of more than nine characters")
        self.put(self.layout.number, head)
        if rest:
            optional = f"{rest}{check_digit(number)}<{optional}"
        else:
            self.check(self.layout.number_check, self.layout.number)
        self.put(self.layout.optional[0], optional)


def _six(born: PartialDate | None) -> str:
    if born is None:
        return "<<<<<<"
    parts = (born.year % 100, born.month, born.day)
    return f"{parts[0]:02}" + "".join(f"{part:02}" if part else "<<" for part in parts[1:])


def _name_field(document: MrzReading, width: int) -> str:
    """Surname and given names; a name too long loses letters until the line ends with a letter."""
    parts = [_components(document.surname), _components(document.given_names)]
    while len(text := "<<".join("<".join(part) for part in parts if part)) > width:
        if text[width - 1] != "<" and "<<" in text[:width]:
            return text[:width]
        longest = max((part for part in parts if part), key=lambda part: max(map(len, part)))
        at = max(range(len(longest)), key=lambda index: len(longest[index]))
        longest[at] = longest[at][:-1]
    return text


def _components(name: str) -> list[str]:
    latin = transliterate(name, "latin", "icao")[0].upper()
    words = re.split(r"[\s\-]+", latin)
    return [bare for word in words if (bare := re.sub("[^A-Z]", "", word))]
