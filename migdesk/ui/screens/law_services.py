"""The public services as the program applies them: each period with its source; giving, taking and leaving files."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from migdesk.domain.change import Done
from migdesk.domain.errors import BadFile
from migdesk.domain.fields import Choice, Day, Text, Whole
from migdesk.domain.law_pack import LawPack
from migdesk.domain.listing import Column, Look
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.laws import law_packs, service_files
from migdesk.services.laws.service_files import ServiceLine
from migdesk.services.upkeep import rights
from migdesk.ui.files.pieces.short_list import ShortList, show
from migdesk.ui.lists.table_view import RecordView
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import clear, text
from migdesk.ui.parts.blocks import row as beside
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.file_dialogs import ask_open, ask_save
from migdesk.ui.parts.frame import Scrolled
from migdesk.ui.parts.messages import Notice
from migdesk.ui.parts.panel import Words
from migdesk.ui.screens.law_amend import ask_replace, ask_switch
from migdesk.ui.screens.law_own import read_pack, words_taken
from migdesk.ui.workplace import Workplace

_TITLE = N_("Public services")
_EMPTY = Words("law", N_("No entry of the law fits"), N_("Take away a filter."))
_ABOUT = N_(
    "A case is judged by the service of the day on which it was filed. To change a service: give its file, change it "
    "in any text editor, take it in and look whose cases change."
)
_GIVE, _TAKE = N_("Give as a file to change…"), N_("Take in and try…")
_OFF = N_("Switch off…")
_GIVEN = N_("Written: {file}")
_ONLY_HEADS = N_("Only the head of the office does this: {names}.")


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


class ServicesPart(QWidget):
    """The list above, the file of the chosen period below."""

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        self.view: RecordView | None = None
        self.lines: dict[str, ServiceLine] = {}
        self.give_button, self.take_button, self.off_button = PushButton(), PushButton(), PushButton()
        self.give_button.clicked.connect(lambda _on=False: self.give_file())
        self.take_button.clicked.connect(lambda _on=False: self.take_file())
        self.off_button.clicked.connect(lambda _on=False: self.ask_off())
        self._because = Label("", "muted").wrapped()
        self._list, self._text = QVBoxLayout(), text("", "small")
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        above = QWidget()
        self._list.setContentsMargins(0, 0, 0, 0)
        above.setLayout(self._list)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(above)
        parts.addWidget(Scrolled(self._text))
        parts.setHandleWidth(theme.M)
        parts.setSizes([300, 180])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.S)
        whole.addWidget(Label(_ABOUT, "muted").wrapped())
        whole.addWidget(beside(self.give_button, self.take_button, self.off_button))
        whole.addWidget(self._because)
        whole.addWidget(parts, 1)

    def refresh(self) -> None:
        """Ask again."""
        for button, words in (
            (self.give_button, _GIVE),
            (self.take_button, _TAKE),
            (self.off_button, _OFF),
        ):
            button.setText(said(words))
        self._work.tasks.read(service_files.list_services, self._work.desk, done=self._show)

    def chosen(self) -> ServiceLine | None:
        """The period of the line in front."""
        return self.lines.get(self.view.current_uid()) if self.view else None

    def choose(self, key: str) -> None:
        """Put a period in front."""
        if self.view and key in self.lines:
            self.view.rows.selectRow(list(self.lines).index(key))

    def give_file(self) -> None:
        """Write the file of the chosen period, of a later version, to be changed."""
        line, desk = self.chosen(), self._work.desk
        if line is None:
            return
        if file := ask_save(self, _GIVE, f"{line.code}.toml", (".toml",), self._work.memory):
            words = service_files.editable(_file_of(desk, line), desk.today)
            try:
                file.write_text(words, encoding="utf-8", newline="\n")
            except OSError:
                self._work.tell_error(BadFile(file, "", N_("The file cannot be written.")))
                return
            self._work.noticed.emit(Notice(Tone.OK, said(_GIVEN, file=file.name)))

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
        clear(self._list)
        self.lines = {one.key: one for one in found}
        rows = [
            (
                *(one.title, one.since, one.until, one.cases, one.citation.source.act),
                *(Checked(one.citation.confidence.value), one.pack, one.version, one.code),
            )
            for one in found
        ]
        what = ShortList("law.services", _TITLE, _COLUMNS, rows, list(self.lines), _EMPTY, _HIDDEN)
        self.view = show(self._work, what)
        self.view.current_changed.connect(lambda _uid: self._show_chosen())
        self._list.addWidget(self.view)
        if found:
            self.choose(before.key if before and before.key in self.lines else found[0].key)
        self._show_chosen()

    def _show_chosen(self) -> None:
        line, desk = self.chosen(), self._work.desk
        self._text.show_text(_file_of(desk, line) if line else "")
        because = "" if desk.is_head else said(_ONLY_HEADS, names=rights.names_of_heads(desk))
        self._because.show_text(because)
        self._because.setVisible(bool(because))
        self.give_button.setEnabled(bool(line))
        self.take_button.setEnabled(desk.is_head)
        self.off_button.setEnabled(desk.is_head and bool(line and line.pack))


def _file_of(desk: Desk, line: ServiceLine) -> str:
    own = desk.store.live(LawPack, in_use=True)
    return service_files.text_of(desk.law, own, line.code, line.since)
