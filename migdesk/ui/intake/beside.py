"""What stands beside the typing: documents that are scanned, people who may be in the register already.

Both fill what is blank and only show where they say something else; a person decides.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from migdesk.domain.arrival import StayBasis
from migdesk.domain.finding import Finding, warn
from migdesk.domain.mrz import MrzReading, split_documents
from migdesk.domain.party import Address
from migdesk.domain.person import Person
from migdesk.i18n import N_
from migdesk.services.people import people
from migdesk.services.people.people import Likely
from migdesk.ui.intake import scan as intake_scan
from migdesk.ui.intake.answers import Known, fetch, read_scan
from migdesk.ui.intake.form import IntakeForm
from migdesk.ui.intake.likely_rail import MOST, LikelyRail, Otherwise
from migdesk.ui.intake.parts import FIRST_OF_ARRIVAL, ZONE
from migdesk.ui.intake.scan import Difference
from migdesk.ui.intake.sheet import ADDRESS, ALL, DOCUMENT, RELATION, Book, Relative, Sheet, from_record
from migdesk.ui.intake.typing import IntakeTyping
from migdesk.ui.workplace import Kind, Workplace

IDENTITY = {
    "person.surname": 1,
    "person.given": 1,
    "person.surname_latin": 1,
    "person.given_latin": 1,
    "person.birth_date": 1,
    "person.iin": 2,
    "document.number": 2,
}
"""What tells people apart; two points are enough to ask."""

_ENOUGH = 2
_REST_MS = 250
VISA_NUMBER = "arrival.visa_number"
_VISA_SAYS = N_("The visa says “{read}”.")
_DOCUMENT_SAYS, _FILE_SAYS = N_("The document says “{read}”."), N_("The file says “{read}”.")


class Beside(QObject):
    """`compared` comes when differences may have changed.

    `stranger` carries the first document scanned at a known head, when it is of nobody there.
    """

    compared = Signal()
    stranger = Signal(str)

    def __init__(self, work: Workplace, form: IntakeForm, typing: IntakeTyping, rail: LikelyRail) -> None:
        super().__init__(form)
        self._work = work
        self._form = form
        self._typing = typing
        self._rail = rail
        self._member = 0
        self.is_family = False
        """Whoever is scanned comes along with the head, whatever stands there so far."""
        self._turn = 0
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self.ask)
        form.scanned.connect(self.scan)
        typing.touched.connect(self._touched)
        rail.take_wanted.connect(self.take_over)
        rail.apart_wanted.connect(self.set_apart)
        rail.relative_wanted.connect(self.turn_relative)
        rail.open_wanted.connect(functools.partial(work.open, Kind.PERSON))
        for at in range(MOST):
            shortcut = QShortcut(QKeySequence(f"Alt+{at + 1}"), form)
            shortcut.activated.connect(functools.partial(self.take_likely, at))

    @property
    def _book(self) -> Book:
        return self._typing.book

    @property
    def head(self) -> Person | None:
        """Who comes first, when the register knows him."""
        return self._book.members[0].known

    @property
    def _sheet(self) -> Sheet:
        self._member = min(self._member, len(self._book.members) - 1)
        return self._book.members[self._member]

    def scan(self, text: str) -> None:
        """Read what a scanner typed or a clerk pasted: one document or several."""
        for document in split_documents(text):
            take = functools.partial(self._take_scan, document)
            self._work.tasks.read(read_scan, self._work.desk, document, done=take)

    def begin(self) -> None:
        """Another book: nothing is known beside it, but zones of a draft are read again."""
        self._member = 0
        for at, sheet in enumerate(self._book.members):
            if sheet.zone:
                take = functools.partial(self._take_again, self._book, at)
                self._work.tasks.read(read_scan, self._work.desk, sheet.zone, done=take)
        self.ask()

    def take_over(self, uid: str, at: int = -1, then: Callable[[], object] | None = None) -> None:
        """Register the arrival under a file of the register; what is typed stays."""
        member = self._member if at < 0 else at
        done = functools.partial(self._take_file, self._book, member, then)
        self._work.tasks.read(fetch, self._work.desk, uid, done=done)

    def read_again(self) -> list[str]:
        """Somebody changed a file meanwhile: nothing typed is lost, what differs is marked; whose files."""
        known = [(at, one.known) for at, one in enumerate(self._book.members) if one.known]
        for at, person in known:
            self.take_over(person.uid, at, then=_stay)
        return [person.full_name for _at, person in known]

    def set_apart(self) -> None:
        """It is somebody else after all: what is typed becomes a new file."""
        self._sheet.known, self._sheet.held, self._sheet.relatives = None, (), ()
        self._typing.use_habits(None, {})
        self._typing.touched.emit(self._member, "")
        self.ask()

    def ask(self) -> None:
        """Ask who may be the member that was typed last; and say where he differs."""
        self._rest.stop()
        self._turn += 1
        sheet = self._sheet
        self._rail.show_taken(sheet.known.full_name if sheet.known else "")
        self._rail.show_relatives(self._book.members[0].relatives, self._known())
        self._compare()
        points = sum(weight for name, weight in IDENTITY.items() if not sheet.cell(name).is_blank)
        if sheet.known or points < _ENOUGH:
            self._rail.show_likely(None)
            return
        self._work.tasks.read(
            people.likely_same,
            self._work.desk,
            sheet.person(),
            sheet.documents(),
            done=functools.partial(self._show_likely, self._turn),
        )

    def turn_to(self, at: int) -> None:
        """Show who may be another member."""
        if at != self._member and 0 <= at < len(self._book.members):
            self._member = at
            self.ask()

    def take_likely(self, place: int) -> None:
        """Take over the person with this place in the rail (Alt+1 …); with nobody there, turn a relative."""
        likely, relatives = self._rail.likely(), self._book.members[0].relatives
        if place < len(likely):
            self.take_over(likely[place].person.uid)
        elif not likely and place < len(relatives):
            self.turn_relative(relatives[place].person.uid)

    def turn_relative(self, uid: str) -> None:
        """Somebody of the head's family arrives too, or does not after all."""
        known = [one.known.uid if one.known else "" for one in self._book.members]
        if uid in known[1:]:
            self._typing.remove_member(known.index(uid))
            self._member = 0
            self.ask()
            self._typing.settled.emit()
            return
        relative = next(one for one in self._book.members[0].relatives if one.person.uid == uid)
        sheet = self._book.members[self._typing.add_member()]
        done = functools.partial(self._take_relative, sheet, relative)
        self._work.tasks.read(fetch, self._work.desk, uid, done=done)

    def _take_relative(self, sheet: Sheet, relative: Relative, known: Known) -> None:
        at = next((at for at, one in enumerate(self._book.members) if one is sheet), 0)
        if at:
            self._fill(at, known)
            self._typing.fill(at, RELATION, relative.relation)
            self._typing.offer()
            self._member = 0
            self.ask()
            self._typing.settled.emit()

    def _known(self) -> frozenset[str]:
        return frozenset(one.known.uid for one in self._book.members if one.known)

    def _fill(self, at: int, known: Known) -> None:
        """A file into a member: what is typed stays."""
        sheet = self._book.members[at]
        sheet.known, sheet.held, sheet.relatives = known.file.person, known.file.documents, known.relatives
        said = intake_scan.file_cells(known.file.person, known.file.documents)
        intake_scan.fill_blank(sheet, said, functools.partial(self._typing.fill, at))

    def differences(self) -> dict[tuple[int, str], list[Finding]]:
        """A warning for every cell in which something else is typed than the document or the file says."""
        found: dict[tuple[int, str], list[Finding]] = {}
        for at, sheet in enumerate(self._book.members):
            for words, code, differing in (
                (_DOCUMENT_SAYS, "document.differs", self._from_document(sheet)),
                (_FILE_SAYS, "file.differs", self._from_file(sheet)),
            ):
                for one in differing:
                    finding = warn(code, words, None, read=self._words(one.name, one.value))
                    found.setdefault((at, one.name), []).append(finding)
        if visa := self._from_visa():
            found[-1, VISA_NUMBER] = visa
        return found

    def _touched(self, at: int, name: str) -> None:
        if at >= 0:
            if at != self._member:
                self._member = at
            if name in IDENTITY or not name:
                self._rest.start()
            elif self._sheet.reading or self._sheet.visa or self._sheet.known:
                self._compare()

    def _take_scan(self, text: str, reading: MrzReading) -> None:
        if reading.format is None:
            self._form.scan_box.show_unreadable(text, reading.findings)
            return
        lists = self._work.desk.lists
        said = intake_scan.read_cells(reading, lists)
        at = intake_scan.member_for(self._book.members, self._book.current, said)
        if at == len(self._book.members):
            if not self.is_family and intake_scan.is_stranger(self._book, said):
                self.stranger.emit(text)
                return
            self._typing.add_member()
        sheet = self._book.members[at]
        if intake_scan.is_visa(reading):
            sheet.visa = reading
            self._take_visa(reading)
        else:
            sheet.reading, sheet.zone = reading, text
        place = self._form.place()
        filled = intake_scan.fill_blank(sheet, said, functools.partial(self._typing.fill, at))
        self._form.scan_box.show_reading(reading, f"{reading.surname} {reading.given_names}".strip())
        self._typing.offer()
        self._member = at
        self.ask()
        if place in ("", ZONE) or (at == self._book.current and place in filled):
            self._form.go_to(self._form.first_blank(self._book))
        self._typing.settled.emit()

    def _take_visa(self, reading: MrzReading) -> None:
        for name, value in (("arrival.basis", StayBasis.VISA), (VISA_NUMBER, reading.number)):
            if self._book.value(name) in (None, ""):
                self._typing.fill(-1, name, value)

    def _take_again(self, book: Book, at: int, reading: MrzReading) -> None:
        """A zone of a draft was read anew: only for comparing."""
        if book is self._book and at < len(book.members) and reading.format:
            book.members[at].reading = reading
            self._compare()

    def _take_file(self, book: Book, at: int, then: Callable[[], object] | None, known: Known) -> None:
        if book is not self._book or at >= len(book.members):
            return
        self._fill(at, known)
        if at == 0:
            last = known.file.arrivals[0] if known.file.arrivals else None
            self._typing.use_habits(last, _place(known.address) | known.details)
        self._typing.offer()
        self._member = at
        self.ask()
        if then:
            then()
        elif at == book.current:
            self._form.go_to(FIRST_OF_ARRIVAL)
        self._typing.settled.emit()

    def _show_likely(self, turn: int, likely: Sequence[Likely]) -> None:
        if turn == self._turn and shiboken6.isValid(self):
            others = self._known()
            self._rail.show_likely([one for one in likely if one.person.uid not in others])

    def _compare(self) -> None:
        sheet, at = self._sheet, self._member
        self._rail.show_otherwise(
            [self._otherwise(at, sheet, one) for one in self._from_document(sheet)],
            [self._otherwise(at, sheet, one) for one in self._from_file(sheet)],
        )
        self.compared.emit()

    def _from_document(self, sheet: Sheet) -> list[Difference]:
        """What the document says otherwise; of what it leaves open, or without one, what the visa says."""
        said: dict[str, Any] = {}
        for reading in (sheet.visa, sheet.reading):
            said |= intake_scan.read_cells(reading, self._work.desk.lists) if reading else {}
        return intake_scan.differences(sheet, said)

    def _from_visa(self) -> list[Finding]:
        """A remark when another number is typed than the label of the head's visa has."""
        visa, typed = self._book.members[0].visa, self._book.value(VISA_NUMBER)
        if visa is None or not typed or intake_scan.alike("document.number", typed, visa.number):
            return []
        return [warn("document.differs", _VISA_SAYS, None, read=visa.number)]

    def _from_file(self, sheet: Sheet) -> list[Difference]:
        """Another document than that of the file is a new document, no difference."""
        if sheet.known is None:
            return []
        found = intake_scan.differences(sheet, intake_scan.file_cells(sheet.known, sheet.held))
        is_new = any(one.name == "document.number" for one in found)
        return [one for one in found if not (is_new and one.name in DOCUMENT)]

    def _otherwise(self, at: int, sheet: Sheet, one: Difference) -> Otherwise:
        return Otherwise(
            ALL[one.name].field.label,
            sheet.cell(one.name).text,
            self._words(one.name, one.value),
            functools.partial(self._take_value, at, one),
        )

    def _take_value(self, at: int, one: Difference) -> None:
        self._typing.fill(at, one.name, one.value)
        self._typing.offer()
        self.ask()
        self._typing.settled.emit()

    def _words(self, name: str, value: Any) -> str:
        return self._work.desk.lists.show(ALL[name].field, value)


def _place(address: Address | None) -> dict[str, Any]:
    return from_record(ADDRESS, address) if address else {}


def _stay() -> None:
    """The cursor stays where it is."""
