"""Who works here, in the settings: names, roles, the right to restricted notes; a head sets roles."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from migdesk.domain.change import Done
from migdesk.domain.fields import choice_label, spec
from migdesk.domain.office import Operator, Role
from migdesk.i18n import N_
from migdesk.services import rights
from migdesk.services.desk import Desk
from migdesk.ui.entry.editor import Section
from migdesk.ui.files.documents_part import with_warnings
from migdesk.ui.files.form_dialog import NARROW, FormDialog, Question, ask
from migdesk.ui.files.short_list import ShortList, column, record_rows, show
from migdesk.ui.lists.table_view import RecordView
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import clear, row
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.panel import Words
from migdesk.ui.workplace import Workplace

_ABOUT = N_(
    "A head changes also the settings, the calendar and the roles; a clerk does the daily work; a viewer looks and "
    "changes nothing. The login is the account of the computer."
)
_TITLE, _SET, _SAVE = N_("Operators"), N_("Set a role…"), N_("Save")
_ASKED = N_("Role of an operator")
_DONE = N_("{name}: {role}")
_ONLY_HEADS = N_("Only the head of the office does this: {names}.")
_NONE = Words("people", N_("Nobody has a name, a role or a right here yet"))


class OperatorsPage(QWidget):
    """`told` carries what was done, in words."""

    told = Signal(str)

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        self.view: RecordView | None = None
        self._found: dict[str, Operator] = {}
        self.button = PushButton()
        self.button.clicked.connect(lambda _on=False: self.ask_role())
        self._because = Label("", "muted").wrapped()
        self._list = QVBoxLayout()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.M)
        whole.addWidget(Label(_ABOUT, "muted").wrapped())
        whole.addLayout(self._list, 1)
        whole.addWidget(row(self._because, self.button, stretch=0))
        self.refresh()

    def refresh(self) -> None:
        """Who is known now; a locked button says who may."""
        self.button.setText(said(_SET))
        is_head = self._work.desk.is_head
        self.button.setEnabled(is_head)
        because = "" if is_head else said(_ONLY_HEADS, names=rights.names_of_heads(self._work.desk))
        self.button.setToolTip(because)
        self._because.show_text(because)
        self._work.tasks.read(rights.operators, self._work.desk, done=self._show)

    def ask_role(self) -> FormDialog:
        """The login and what he is here; those of the line in front stand there first."""
        chosen = self._found.get(self.view.current_uid() if self.view else "", Operator())

        def save(desk: Desk, values: dict[str, Any]) -> Done[Operator]:
            return rights.set_role(desk, values["login"], values["role"])

        question = Question(
            title=_ASKED,
            button=_SAVE,
            specs=[spec(Operator, "login"), spec(Operator, "role")],
            sections=(Section("", (("login",), ("role",))),),
            save=save,
            words=self._say,
            values={"login": chosen.login, "role": chosen.role},
            width=NARROW,
        )
        dialog = ask(self._work, question)
        dialog.accepted.connect(self.refresh)
        return dialog

    def _show(self, found: list[Operator]) -> None:
        clear(self._list)
        self._found = {one.uid: one for one in found}
        widths = {"name": 180, "login": 110, "role": 180, "reads_restricted": 150}
        columns = tuple(column(Operator, name, width) for name, width in widths.items())
        what = ShortList(
            "settings.operators", _TITLE, columns, record_rows(columns, found), list(self._found), _NONE
        )
        self.view = show(self._work, what)
        self._list.addWidget(self.view)

    def _say(self, done: Done[Operator]) -> str:
        role = choice_label(done.value.role or Role.CLERK)
        words = with_warnings(said(_DONE, name=done.value.name, role=role), done.findings)
        self.told.emit(words)
        return words
