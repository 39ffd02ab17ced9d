"""What somebody was here on a day, as the office knew it on another; and the history of his status below."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from migdesk.domain.dates import show_day
from migdesk.domain.fields import Choice, Day, Text, choice_label
from migdesk.domain.listing import Column
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.laws import known
from migdesk.services.laws.known import Known
from migdesk.services.stays import standing, status
from migdesk.services.stays.standing import Period, What
from migdesk.services.stays.status import Status
from migdesk.services.upkeep import journal
from migdesk.ui.entry.inputs import LineInput
from migdesk.ui.files.pieces.short_list import ShortList, show
from migdesk.ui.look import theme
from migdesk.ui.look.flow import FlowRow
from migdesk.ui.look.labels import Label
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import card, clear, column, link
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.facts import Fact, Facts
from migdesk.ui.parts.findings_view import FindingsView
from migdesk.ui.parts.frame import Scrolled
from migdesk.ui.parts.panel import Panel, Words
from migdesk.ui.parts.reasons import Reasons
from migdesk.ui.parts.status_light import LightView, NoteView
from migdesk.ui.workplace import Kind, Workplace

_ASK, _HISTORY, _WHY = N_("Status on a day"), N_("History of the status"), N_("Why")
_ON, _KNOWN_ON, _SHOW = N_("On the day"), N_("As known on"), N_("Show")
_HINT = N_("Without the second day it is what the office knows today.")
_WAS, _LAST_DAY, _LEFT = N_("What he was"), N_("Last lawful day"), N_("Left the country")
_TODAY, _NOBODY = N_("By what is known today"), N_("nobody is known any more")
_BY, _SINCE = N_("Last op that counts"), N_("Written since then")
_MOST = 12
_COLUMNS = (
    Column("since", Day(N_("From")), 100),
    Column("until", Day(N_("Until")), 100),
    Column("what", Choice(N_("What"), options=What), 130),
    Column("words", Text(N_("Status")), 190),
    Column("basis", Text(N_("Basis")), 230),
    Column("known_on", Day(N_("Known since")), 110),
    Column("corrected_on", Day(N_("Corrected on")), 110),
)


class StandingPart(QWidget):
    """Read when it is first looked at; `on` and `known_on` are the two days that are asked about."""

    def __init__(self, work: Workplace, uid: str) -> None:
        super().__init__()
        self._work, self._uid = work, uid
        self._periods: list[Period] = []
        self.on, self.known_on = (
            LineInput(Day(label), lambda: work.desk.today) for label in (_ON, _KNOWN_ON)
        )
        self.button = PushButton(said(_SHOW))
        self.button.clicked.connect(lambda _on=False: self.ask())
        self.answer = QVBoxLayout()
        self.answer.setSpacing(theme.S)
        self._lines = QVBoxLayout()
        self._wait: QWidget = Panel(Words("clock", N_("One moment…")))
        self._lines.addWidget(self._wait)
        inner = column(
            card(self._question(), self.answer, title=_ASK), Label(_HISTORY, "section"), gap=theme.M
        )
        lines = inner.layout()
        assert isinstance(lines, QVBoxLayout)
        lines.addLayout(self._lines)
        lines.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._page = Scrolled(inner)
        whole.addWidget(self._page)
        work.tasks.read(standing.history, work.desk, uid, done=self._show_history, failed=self._fail)

    def _question(self) -> QWidget:
        row = FlowRow()
        for label, field in ((_ON, self.on), (_KNOWN_ON, self.known_on)):
            name = Label(label)
            name.setBuddy(field)
            field.setAccessibleName(said(label))
            field.entered.connect(self.ask)
            row.flow.addWidget(name)
            row.flow.addWidget(field)
        self.on.set_value(self._work.desk.today)
        row.flow.addWidget(self.button)
        row.flow.addWidget(Label(_HINT, "muted"))
        return row

    def ask(self) -> None:
        """Look at the two days; what cannot be read as a day is said."""
        problems = [one for field in (self.on, self.known_on) if (one := field.problem())]
        if problems:
            self._say(_findings(problems))
            return
        on = self.on.value() or self._work.desk.today
        self._work.tasks.read(
            _answer,
            self._work.desk,
            self._uid,
            on,
            self.known_on.value(),
            done=self._show_answer,
            failed=self._fail,
        )

    def _show_answer(self, found: Known | Status) -> None:
        what = found.status if isinstance(found, Known) else found
        light, why = LightView(what), Reasons(what.findings)
        light.more.connect(lambda: self._page.ensureWidgetVisible(why))
        parts: list[QWidget] = [light, Facts(self._facts(what, found), most=1)]
        if isinstance(found, Known):
            parts += [NoteView(Tone.INFO, one.words()) for one in found.findings]
            parts += self._since(found)
        parts += [Label(_WHY, "strong"), why]
        self._say(*parts)

    def _facts(self, what: Status, found: Known | Status) -> list[Fact]:
        was = [f"{one.words} ({one.basis})" for one in self._periods if one.holds_on(what.on)]
        facts = [Fact(_ON, show_day(what.on))]
        if isinstance(found, Known):
            now = choice_label(found.now.light) if found.now else said(_NOBODY)
            facts.append(Fact(_KNOWN_ON, show_day(found.known_on)))
            facts.append(Fact(_BY, journal.signed(found.last) if found.last else ""))
            facts.append(Fact(_TODAY, now))
        else:
            facts.append(Fact(_WAS, "; ".join(was)))
        last = Fact(_LEFT, show_day(what.left_on))
        return [*facts, last if what.left_on else Fact(_LAST_DAY, show_day(what.stay.last_lawful_day))]

    def _since(self, found: Known) -> list[QWidget]:
        """What the office wrote about him later; a click opens it."""
        parts: list[QWidget] = [Label(_SINCE, "strong")] if found.since else []
        for one in found.since[:_MOST]:
            opens = link(journal.told(one))
            opens.clicked.connect(lambda _on=False, uid=one.uid: self._work.open(Kind.OP, uid))
            parts.append(opens)
        return parts

    def _say(self, *parts: QWidget) -> None:
        clear(self.answer)
        for part in parts:
            self.answer.addWidget(part)

    def _fail(self, error: Exception) -> None:
        findings = getattr(error, "findings", ())
        if findings:
            self._say(_findings(findings))
        else:
            self._work.tell_error(error)

    def _show_history(self, periods: list[Period]) -> None:
        self._periods = periods
        rows: list[tuple[Any, ...]] = [
            tuple(getattr(one, column.key) for column in _COLUMNS) for one in periods
        ]
        words = Words("clock", N_("Nothing of his status is known"))
        what = ShortList(
            "file.standing",
            _HISTORY,
            _COLUMNS,
            rows,
            [one.record for one in periods],
            words,
            ("corrected_on",),
        )
        view = show(self._work, what, self._open, whole=True)
        self._wait.hide()
        self._lines.replaceWidget(self._wait, view)
        self._wait.deleteLater()

    def _open(self, uid: str) -> None:
        kinds = {What.STAY: Kind.STAY, What.PERMIT: Kind.PERMIT, What.KANDAS: Kind.PERMIT}
        kind = next((kinds.get(one.what) for one in self._periods if one.record == uid), None)
        if kind:
            self._work.open(kind, uid)


def _findings(found: Any) -> QWidget:
    view = FindingsView()
    view.show_findings(list(found))
    return view


def _answer(desk: Desk, uid: str, on: date, known_on: date | None) -> Known | Status:
    if known_on is None:
        return status.person_status(desk, uid, on)
    known.refuse_later(known_on, desk.clock.now().astimezone().date())
    return known.status_as_known(desk, uid, on, known_on)
