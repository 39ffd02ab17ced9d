"""The public services as the program applies them: each period with its source; giving, taking and leaving files."""

from __future__ import annotations

from enum import StrEnum

from migdesk.domain.change import Done
from migdesk.domain.fields import Choice, Day, Text, Whole
from migdesk.domain.law_pack import LawPack
from migdesk.domain.listing import Column, Look
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.laws import law_packs, service_files
from migdesk.services.laws.service_files import ServiceLine
from migdesk.ui.files.pieces.short_list import ShortList
from migdesk.ui.parts.blocks import text
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.file_dialogs import ask_open, ask_save
from migdesk.ui.parts.frame import Scrolled
from migdesk.ui.parts.panel import Words
from migdesk.ui.screens.law_amend import ask_replace, ask_switch
from migdesk.ui.screens.law_own import read_pack, words_taken
from migdesk.ui.screens.law_part import Act, LawPart
from migdesk.ui.workplace import Workplace

_TITLE = N_("Public services")
_EMPTY = Words("law", N_("No entry of the law fits"), N_("Take away a filter."))
_ABOUT = N_(
    "A case is judged by the service of the day on which it was filed. To change a service: give its file, change it "
    "in any text editor, take it in and look whose cases change."
)
_GIVE, _TAKE = N_("Give as a file to change…"), N_("Take in and try…")
_OFF = N_("Switch off…")


class Checked(StrEnum):
    """How far an entry was checked, in a word; the whole words stand beside its source."""

    VERIFIED = "verified"
    REPORTED = "reported"
    DERIVED = "derived"
    LIBRARY = "library"
    UNVERIFIED = "unverified"

    @classmethod
    def labels(cls) -> dict[Checked, str]:
        """What a person reads."""
        return {
            cls.VERIFIED: N_("by the act"),
            cls.REPORTED: N_("reported"),
            cls.DERIVED: N_("calculated"),
            cls.LIBRARY: N_("public data"),
            cls.UNVERIFIED: N_("not verified"),
        }


_COLUMNS = (
    Column("title", Text(N_("Title")), 310),
    Column("since", Day(N_("From")), 88),
    Column("until", Day(N_("Until")), 88),
    Column("cases", Whole(N_("Open cases")), 96, "right"),
    Column("act", Text(N_("Act")), 210),
    Column("confidence", Choice(N_("Checked"), options=Checked), 120, look=Look.STATE),
    Column("pack", Text(N_("Own file")), 160),
    Column("version", Text(N_("Version")), 90),
    Column("code", Text(N_("Code")), 150),
)
_HIDDEN = ("version", "code")


class ServicesPart(LawPart):
    """The list above, the file of the chosen period below."""

    def __init__(self, work: Workplace) -> None:
        self.lines: dict[str, ServiceLine] = {}
        self.give_button, self.take_button, self.off_button = PushButton(), PushButton(), PushButton()
        self._text = text("", "small")
        acts = (
            Act(self.give_button, _GIVE, self.give_file),
            Act(self.take_button, _TAKE, self.take_file),
            Act(self.off_button, _OFF, self.ask_off),
        )
        super().__init__(work, _ABOUT, acts, Scrolled(self._text))
        self._split.setSizes([300, 180])
        self.refresh()

    def refresh(self) -> None:
        """Ask again."""
        self.say_acts()
        self._work.tasks.read(service_files.list_services, self._work.desk, done=self._show)

    def chosen(self) -> ServiceLine | None:
        """The period of the line in front."""
        return self.lines.get(self.uid())

    def choose(self, key: str) -> None:
        """Put a period in front."""
        self.select(list(self.lines).index(key) if key in self.lines else None)

    def give_file(self) -> None:
        """Write the file of the chosen period, of a later version, to be changed."""
        line, desk = self.chosen(), self._work.desk
        if line is None:
            return
        if file := ask_save(self, _GIVE, f"{line.code}.toml", (".toml",), self._work.memory):
            self.write(file, service_files.editable(_file_of(desk, line), desk.today))

    def take_file(self) -> None:
        """Take a file in; whom it touches is shown before it counts."""
        if file := ask_open(self, _TAKE, "*.toml", self._work.memory):
            self._work.tasks.read(read_pack, file, done=self.take, failed=self._work.tell_error)

    def take(self, given: LawPack) -> None:
        """Take a service in, then ask whether it counts; for a version of what counts, before it is taken."""
        known = [one for one in law_packs.list_packs(self._work.desk) if one.code == given.code]
        if any(one.in_use and one.digest != given.digest for one in known):
            ask_replace(self._work, given).accepted.connect(self.refresh)
            return
        self._work.do(law_packs.take_pack, given, words=words_taken, done=self._try)

    def _try(self, done: Done[LawPack]) -> None:
        pack = done.value
        if not pack.in_use:
            ask_switch(self._work, pack, on=True).accepted.connect(self.refresh)

    def ask_off(self) -> None:
        """Leave the office's file of the chosen period, with everybody that touches."""
        line = self.chosen()
        if line and line.pack:
            pack = law_packs.get_pack(self._work.desk, line.pack)
            ask_switch(self._work, pack, on=False, why=pack.reason).accepted.connect(self.refresh)

    def _show(self, found: list[ServiceLine]) -> None:
        before = self.chosen()
        self.lines = {one.key: one for one in found}
        rows = [
            (
                *(one.title, one.since, one.until, one.cases, one.citation.source.act),
                *(Checked(one.citation.confidence.value), one.pack, one.version, one.code),
            )
            for one in found
        ]
        self.show_list(ShortList("law.services", _TITLE, _COLUMNS, rows, list(self.lines), _EMPTY, _HIDDEN))
        if found:
            self.choose(before.key if before and before.key in self.lines else found[0].key)
        self.show_chosen()

    def show_chosen(self) -> None:
        """The file of the period in front."""
        super().show_chosen()
        line, desk = self.chosen(), self._work.desk
        self._text.show_text(_file_of(desk, line) if line else "")
        self.give_button.setEnabled(bool(line))
        self.take_button.setEnabled(desk.is_head)
        self.off_button.setEnabled(desk.is_head and bool(line and line.pack))


def _file_of(desk: Desk, line: ServiceLine) -> str:
    own = desk.store.live(LawPack, in_use=True)
    return service_files.text_of(desk.law, own, line.code, line.since)
