"""Who works here, in the settings: names, roles, the right to restricted notes; a head sets roles."""

from __future__ import annotations

from typing import Any

from migdesk.domain.change import Done
from migdesk.domain.fields import choice_label, spec
from migdesk.domain.office import Operator, Role
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.upkeep import rights
from migdesk.ui.dialogs.records_page import Listed, RecordsPage
from migdesk.ui.entry.editor import Section
from migdesk.ui.files.documents_part import with_warnings
from migdesk.ui.files.questions.form_dialog import NARROW, FormDialog, Question, ask
from migdesk.ui.look.words import said
from migdesk.ui.parts.panel import Words
from migdesk.ui.workplace import Workplace

_OPERATORS = Listed(
    Operator,
    name="settings.operators",
    title=N_("Operators"),
    about=N_(
        "A head changes also the settings, the calendar and the roles; a clerk does the daily work; a viewer "
        "looks and changes nothing. The login is the account of the computer."
    ),
    empty=Words("people", N_("Nobody has a name, a role or a right here yet")),
    widths={"name": 180, "login": 110, "role": 180, "reads_restricted": 150},
)
_SET, _SAVE = N_("Set a role…"), N_("Save")
_ASKED = N_("Role of an operator")
_DONE = N_("{name}: {role}")
_ONLY_HEADS = N_("Only the head of the office does this: {names}.")


class OperatorsPage(RecordsPage[Operator]):
    """The button asks for a login and its role; a locked one says who may."""

    def __init__(self, work: Workplace) -> None:
        super().__init__(work, _OPERATORS)
        self.button.clicked.connect(lambda _on=False: self.ask_role())
        self.refresh()

    def refresh(self) -> None:
        """Who is known now, and who may change it."""
        self.button.setText(said(_SET))
        is_head = self._work.desk.is_head
        self.button.setEnabled(is_head)
        because = "" if is_head else said(_ONLY_HEADS, names=rights.names_of_heads(self._work.desk))
        self.button.setToolTip(because)
        self.because.show_text(because)
        self._work.tasks.read(rights.operators, self._work.desk, done=self.show_records)

    def ask_role(self) -> FormDialog:
        """The login and what he is here; those of the line in front stand there first."""
        chosen = self.current() or Operator()

        def save(desk: Desk, values: dict[str, Any]) -> Done[Operator]:
            return rights.set_role(desk, values["login"], values["role"])

        question = Question(
            key="operator.role",
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

    def _say(self, done: Done[Operator]) -> str:
        role = choice_label(done.value.role or Role.CLERK)
        words = with_warnings(said(_DONE, name=done.value.name, role=role), done.findings)
        self.told.emit(words)
        return words
