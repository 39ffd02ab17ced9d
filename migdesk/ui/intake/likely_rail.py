"""The right rail of the intake: what the document says otherwise, who may be in the register already, terms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from migdesk.domain.dates import show_day
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.people.people import Likely
from migdesk.ui.intake.relatives import RelativesCard
from migdesk.ui.intake.sheet import Relative
from migdesk.ui.look import fonts, theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import card, clear, link, text
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.pills import Pill, PillLabel
from migdesk.ui.parts.states import due_pill

WIDTH = 292
_BELOW, _ANY = 110, 16_777_215
_LIKELY = N_("In the register already?")
_NOBODY = N_("Nobody like this is in the register.")
_WAIT = N_("After two fields, people who may be the same appear here.")
_TAKE, _TAKE_HINT = N_("Take over"), N_("Register the arrival under this file; what you typed stays")
_OPEN = N_("Open the file")
_TAKEN = N_("Registered under this file: {name}")
_APART, _APART_HINT = N_("New file instead"), N_("This is another person: what you typed becomes a new file")
_SAYS_DOCUMENT, _SAYS_FILE = N_("The document says otherwise"), N_("The file says otherwise")
_TYPED = N_("Typed: {typed}")
_READ = N_("Read: {read}")
_IN_FILE = N_("In the file: {read}")
_USE, _USE_ALL = N_("Take this"), N_("Take all")
_TERMS, _NOTICE, _REGISTRATION = N_("Terms that begin"), N_("Notice of arrival"), N_("Registration")
_SURE = 85
MOST = 9


@dataclass(frozen=True, slots=True, repr=False)
class Otherwise:
    """A field in which something else is typed: its label, what is typed, what was read, and what takes it."""

    label: str
    typed: str
    read: str
    take: Callable[[], object]


class LikelyRail(QScrollArea):
    """`take_wanted` and `open_wanted` carry the uid of a person; `apart_wanted` gives a taken file back.

    `relative_wanted` carries the uid of somebody of the head's family who was ticked or unticked.
    """

    take_wanted = Signal(str)
    open_wanted = Signal(str)
    apart_wanted = Signal()
    relative_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._likely: Sequence[Likely] | None = None
        self._taken = ""
        self._document: Sequence[Otherwise] = ()
        self._file: Sequence[Otherwise] = ()
        self._terms: tuple[date | None, date | None] = (None, None)
        self.family = RelativesCard(desk)
        self.family.wanted.connect(self.relative_wanted)
        inner = QWidget()
        mark(inner, look="scrolled")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.M)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.retranslate()

    def lie(self, *, beside: bool) -> None:
        """Stand at the right of the form, or lie below it, lower and as wide as the page."""
        self.setMinimumSize(WIDTH if beside else 0, 0 if beside else _BELOW)
        self.setMaximumSize(WIDTH if beside else _ANY, _ANY if beside else _BELOW)

    def show_likely(self, likely: Sequence[Likely] | None) -> None:
        """People who may be the same; `None` while too little is typed to ask."""
        if likely != self._likely:
            self._likely = likely
            self.retranslate()

    def likely(self) -> list[Likely]:
        """Who is offered now."""
        return list(self._likely or ())

    def show_taken(self, name: str) -> None:
        """The file under which the arrival will be registered; nothing for a new one."""
        if name != self._taken:
            self._taken = name
            self.retranslate()

    def show_relatives(self, relatives: Sequence[Relative], coming: frozenset[str]) -> None:
        """The family of a known head, and the uids of those who arrive too."""
        self.family.show_relatives(relatives, coming)

    def show_otherwise(self, document: Sequence[Otherwise], file: Sequence[Otherwise]) -> None:
        """Where something else is typed than was read in the document, or stands in the file."""
        before = [*self._document, *self._file]
        self._document, self._file = document, file
        if before or document or file:
            self.retranslate()

    def show_terms(self, notice: date | None, registration: date | None) -> None:
        """The days by which notice and registration are due."""
        if (notice, registration) != self._terms:
            self._terms = (notice, registration)
            self.retranslate()

    def retranslate(self) -> None:
        """Build everything anew in the current language."""
        self._column.removeWidget(self.family)
        clear(self._column)
        for title, read, found in (
            (_SAYS_DOCUMENT, _READ, self._document),
            (_SAYS_FILE, _IN_FILE, self._file),
        ):
            if found:
                self._column.addWidget(_otherwise_card(title, read, found))
        self._column.addWidget(self._taken_card() if self._taken else self._likely_card())
        self._column.addWidget(self.family)
        self.family.retranslate()
        if any(self._terms):
            self._column.addWidget(self._terms_card())
        self._column.addStretch(1)

    def _taken_card(self) -> QFrame:
        words = Label("", "body").wrapped()
        words.say(_TAKEN, name=self._taken)
        back = link(said(_APART), said(_APART_HINT))
        back.clicked.connect(lambda _on=False: self.apart_wanted.emit())
        return card(words, back, title=_LIKELY)

    def _likely_card(self) -> QFrame:
        if not self._likely:
            words = _WAIT if self._likely is None else _NOBODY
            return card(Label(words, "muted").wrapped(), title=_LIKELY)
        return card(
            *(self._person(at, one) for at, one in enumerate(self._likely[:MOST], start=1)),
            title=_LIKELY,
            gap=theme.M,
        )

    def _person(self, at: int, likely: Likely) -> QWidget:
        person, match = likely.person, likely.match
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(text(person.full_name, "strong"))
        born = person.born_words
        facts = " · ".join(part for part in (person.latin_name, born, person.iin) if part)
        column.addWidget(text(facts, "small"))
        top = QHBoxLayout()
        top.addWidget(PillLabel(Pill(Tone.BAD if match.score >= _SURE else Tone.WARN, f"{match.score}")))
        top.addStretch(1)
        column.addLayout(top)
        for reason in match.reasons:
            column.addWidget(text(f"· {reason}", "small"))
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.S)
        take = PushButton(f"{said(_TAKE)}  Alt+{at}")
        take.setFont(fonts.font(theme.SMALL))
        take.setToolTip(said(_TAKE_HINT))
        take.setAccessibleName(f"{said(_TAKE)}: {person.full_name}")
        take.clicked.connect(lambda _on=False, uid=person.uid: self.take_wanted.emit(uid))
        opened = link(said(_OPEN))
        opened.setAccessibleName(f"{said(_OPEN)}: {person.full_name}")
        opened.clicked.connect(lambda _on=False, uid=person.uid: self.open_wanted.emit(uid))
        buttons.addWidget(take)
        buttons.addWidget(opened)
        buttons.addStretch(1)
        column.addLayout(buttons)
        return box

    def _terms_card(self) -> QFrame:
        lines = []
        for label, due in zip((_NOTICE, _REGISTRATION), self._terms, strict=True):
            pill = due_pill(due, self._desk.today)
            if due and pill:
                line = QWidget()
                column = QVBoxLayout(line)
                column.setContentsMargins(0, 0, 0, 0)
                column.setSpacing(2)
                column.addWidget(text(f"{said(label)}: {show_day(due)}", "body"))
                row = QHBoxLayout()
                row.addWidget(PillLabel(pill))
                row.addStretch(1)
                column.addLayout(row)
                lines.append(line)
        return card(*lines, title=_TERMS)


def _otherwise_card(title: str, read: str, found: Sequence[Otherwise]) -> QFrame:
    made = card(*(_otherwise_line(read, one) for one in found), title=title, gap=theme.M)
    if len(found) > 1:
        every = link(said(_USE_ALL))
        every.clicked.connect(lambda _on=False: [one.take() for one in tuple(found)])
        layout = made.layout()
        if layout:
            layout.addWidget(every)
    return made


def _otherwise_line(read: str, one: Otherwise) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(text(said(one.label), "muted"))
    column.addWidget(text(said(_TYPED, typed=one.typed)))
    column.addWidget(text(said(read, read=one.read)))
    use = link(said(_USE))
    use.setAccessibleName(f"{said(_USE)}: {said(one.label)} {one.read}")
    use.clicked.connect(lambda _on=False: one.take())
    line = QHBoxLayout()
    line.addWidget(use)
    line.addStretch(1)
    column.addLayout(line)
    return box
