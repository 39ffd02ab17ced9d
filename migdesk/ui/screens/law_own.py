"""The office's own packs of law: which there are, which count, and taking, giving and switching them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from migdesk.domain.change import Done
from migdesk.domain.errors import BadFile
from migdesk.domain.fields import Text
from migdesk.domain.law_pack import LawPack
from migdesk.domain.listing import Column
from migdesk.i18n import N_
from migdesk.services.laws import law_copies, law_packs
from migdesk.ui.files.documents_part import with_warnings
from migdesk.ui.files.pieces.short_list import ShortList, column
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import text
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.file_dialogs import ask_open, ask_save
from migdesk.ui.parts.frame import Scrolled
from migdesk.ui.parts.panel import Words
from migdesk.ui.screens.law_amend import ask_replace, ask_switch
from migdesk.ui.screens.law_part import Act, LawPart
from migdesk.ui.workplace import Workplace

_TITLE = N_("Packs of the office")
_EMPTY = Words(
    "law",
    N_("The office has no pack of its own"),
    N_("Change an entry of the law by an act, or take a pack in from a file."),
)
_ABOUT = N_(
    "What an act changed after this program came out. A pack counts while it is switched on; switching shows first "
    "whose due days and sums change."
)
_ON, _OFF = N_("Switch on…"), N_("Switch off…")
_TAKE, _GIVE = N_("Take in from a file…"), N_("Give as a file…")
_TAKEN = N_("Pack taken in, not switched on: {pack}")
_YES, _NO = N_("yes"), N_("no")
_UTF8 = N_("The file is not text in UTF-8.")
_ACT = N_("Act, or code")
_SWITCHED = Column("switched", Text(N_("Switched on")), 110)


def read_pack(file: Path) -> LawPack:
    """A pack from a file.

    Raises:
        BadFile: it cannot be read, or is no pack; names the key and the line.
    """
    try:
        words = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadFile(file, "", _UTF8) from None
    except OSError:
        raise BadFile(file, "", N_("The file cannot be read.")) from None
    return law_packs.read_pack_file(file.name, words)


class OwnPacks(LawPart):
    """The list above, the text of the chosen pack below."""

    def __init__(self, work: Workplace) -> None:
        self.packs: dict[str, LawPack] = {}
        self._to_rows = False
        self.switch_on, self.switch_off = PushButton(), PushButton()
        self.take_button, self.give_button = PushButton(), PushButton()
        self._text = text("", "small")
        acts = (
            Act(self.switch_on, _ON, lambda: self.ask(on=True)),
            Act(self.switch_off, _OFF, lambda: self.ask(on=False)),
            Act(self.give_button, _GIVE, self.give_file),
            Act(self.take_button, _TAKE, self.take_file),
        )
        super().__init__(work, _ABOUT, acts, Scrolled(self._text))
        self._split.setSizes([220, 260])
        self.refresh()

    def refresh(self) -> None:
        """Ask again."""
        self.say_acts()
        self._work.tasks.read(law_packs.list_packs, self._work.desk, done=self._show)

    def chosen(self) -> LawPack | None:
        """The pack of the line in front."""
        return self.packs.get(self.uid())

    def choose(self, code: str) -> None:
        """Put a pack in front."""
        self.select(next((at for at, one in enumerate(self.packs.values()) if one.code == code), None))

    def ask(self, *, on: bool) -> None:
        """Switch the chosen pack."""
        if pack := self.chosen():
            dialog = ask_switch(self._work, pack, on=on, why=pack.reason or _act_of(pack))
            dialog.accepted.connect(self._come_back)

    def _come_back(self) -> None:
        """The button that was pressed is of no use now: the keyboard goes to the list."""
        self._to_rows = True
        self.refresh()

    def take_file(self) -> None:
        """Take a pack in from a file."""
        if file := ask_open(self, _TAKE, "*.toml", self._work.memory):
            self._work.tasks.read(read_pack, file, done=self.take, failed=self._work.tell_error)

    def take(self, given: LawPack) -> None:
        """Take a pack in; of a version that takes the place of one that counts, why is asked first."""
        if any(
            one.code == given.code and one.in_use and one.digest != given.digest
            for one in self.packs.values()
        ):
            ask_replace(self._work, given).accepted.connect(self.refresh)
            return
        self._work.do(law_packs.take_pack, given, words=words_taken, done=lambda _done: self.refresh())

    def give_file(self) -> None:
        """Write the chosen pack to a file, sealed."""
        pack = self.chosen()
        if pack is None:
            return
        name = f"{pack.code}-{pack.version}.toml"
        if file := ask_save(self, _GIVE, name, (".toml",), self._work.memory):
            self.write(file, law_packs.sealed(pack))

    def _show(self, found: list[LawPack]) -> None:
        before = self.chosen()
        self.packs = {one.uid: one for one in found}
        widths = {"code": 300, "version": 120, "taken_on": 110, "reason": 320}
        columns = tuple(column(LawPack, name, width) for name, width in widths.items())
        columns = (Column("code", Text(_ACT), widths["code"]), *columns[1:])
        columns = (*columns[:2], _SWITCHED, *columns[2:])
        rows = [
            (
                _act_of(one) or one.code,
                one.version,
                said(_YES if one.in_use else _NO),
                one.taken_on,
                one.reason,
            )
            for one in found
        ]
        view = self.show_list(ShortList("law.own", _TITLE, columns, rows, list(self.packs), _EMPTY))
        if found:
            self.choose(before.code if before else found[-1].code)
        if self._to_rows:
            self._to_rows = False
            view.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_chosen()

    def show_chosen(self) -> None:
        """The text of the pack in front."""
        super().show_chosen()
        pack, desk = self.chosen(), self._work.desk
        self._text.show_text(_words_of(pack) if pack else "")
        self.switch_on.setEnabled(desk.is_head and bool(pack) and not (pack and pack.in_use))
        self.switch_off.setEnabled(desk.is_head and bool(pack and pack.in_use))
        self.take_button.setEnabled(desk.is_head)
        self.give_button.setEnabled(bool(pack))


def _act_of(pack: LawPack) -> str:
    """The act on which a pack rests that the program wrote down; nothing for one from a file, or one unread."""
    if not pack.code.startswith("own."):
        return ""
    sources = law_copies.own_tables(pack).get("source", ())
    return next((str(one.get("act", "")) for one in sources), "")[:300]


def _words_of(pack: LawPack) -> str:
    """The act and the name of the pack above its text, which alone would tell a clerk little."""
    heading = " · ".join(part for part in (_act_of(pack), pack.code, pack.version) if part)
    return f"{heading}\n\n{pack.content}"


def words_taken(done: Done[LawPack]) -> str:
    """What was taken in, with what is odd about it."""
    return with_warnings(said(_TAKEN, pack=done.value.code), done.findings)
