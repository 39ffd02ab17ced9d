"""Series of numbers, in the settings: what was given of each, and an own start number, which a head sets."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from migdesk.domain.change import Done
from migdesk.domain.fields import Spec, Text, Whole
from migdesk.domain.listing import Column
from migdesk.domain.number_series import NumberSeries, words
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.papers import number_series
from migdesk.services.upkeep import rights
from migdesk.ui.entry.editor import Section
from migdesk.ui.files.pieces.short_list import ShortList, show
from migdesk.ui.files.questions.form_dialog import NARROW, FormDialog, Question, ask
from migdesk.ui.lists.table_view import RecordView
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import clear, row
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.panel import Words
from migdesk.ui.workplace import Workplace

TITLE = N_("Series of numbers")
_ABOUT = N_(
    "Each series counts by itself and by the year. A head may let one go on with a higher number, as that of a "
    "book on paper; never with a lower one, so that no number is given twice."
)
_START, _SAVE = N_("Own start number…"), N_("Save")
_ASKED = N_("Own start number")
_DONE = N_("{series}: the next number is {next}")
_NONE = N_("No number was given yet")
_ONLY_HEADS = N_("Only the head of the office does this: {names}.")
_SERIES = Spec("series", Text(N_("Series"), required=True, max=40), False)
_FIRST = Spec("first", Whole(N_("Next number"), required=True, min=1, grouped=False), True)
_COLUMNS = (
    Column("series", Text(N_("Series")), 100),
    Column("of", Text(N_("Of what")), 120),
    Column("coming", Text(N_("Next number")), 140),
    Column("given", Text(N_("Numbers given")), 110),
    Column("gaps", Text(N_("Gaps")), 80),
    Column("voided", Text(N_("Annulled")), 90),
    Column("skipped", Text(N_("Passed over by an own start")), 150),
)


class SeriesPage(QWidget):
    """`told` carries what was done, in words; the button asks for a start of the series in front."""

    told = Signal(str)

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        self._found: dict[str, NumberSeries] = {}
        self.view: RecordView | None = None
        self.button = PushButton()
        self.button.clicked.connect(lambda _on=False: self.ask_start())
        self.because = Label("", "muted").wrapped()
        self._list = QVBoxLayout()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.M)
        whole.addWidget(Label(_ABOUT, "muted").wrapped())
        whole.addLayout(self._list, 1)
        whole.addWidget(row(self.because, self.button, stretch=0))
        self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        """All numbers of the office are looked through: only when somebody comes here."""
        super().showEvent(event)
        self.refresh()

    def retranslate(self) -> None:
        """Name the button, and who may press it."""
        self.button.setText(said(_START))
        is_head = self._work.desk.is_head
        self.button.setEnabled(is_head)
        because = "" if is_head else said(_ONLY_HEADS, names=rights.names_of_heads(self._work.desk))
        self.button.setToolTip(because)
        self.because.show_text(because)

    def refresh(self) -> None:
        """What was given until now."""
        self._work.tasks.read(number_series.list_series, self._work.desk, done=self._show)

    def ask_start(self) -> FormDialog:
        """The series, that of the line in front first, and the number with which it goes on."""
        chosen = self._found.get(self.view.current_uid()) if self.view else None

        def save(desk: Desk, values: dict[str, Any]) -> Done[NumberSeries]:
            return number_series.start_from(desk, values["series"], values["first"])

        question = Question(
            key="series.start",
            title=_ASKED,
            button=_SAVE,
            specs=[_SERIES, _FIRST],
            sections=(Section("", (("series",), ("first",))),),
            save=save,
            words=self._say,
            values={"series": chosen.name if chosen else "", "first": chosen.last + 1 if chosen else None},
            width=NARROW,
            start="first" if chosen else "",
        )
        return ask(self._work, question)

    def _show(self, found: list[NumberSeries]) -> None:
        clear(self._list)
        self._found = {one.name: one for one in found}
        rows = [
            (
                one.name,
                said(one.of) if one.of else "",
                one.coming,
                *map(words, (one.given, one.gaps, one.voided, one.skipped)),
            )
            for one in found
        ]
        uids = list(self._found)
        none = Words("journal", _NONE)
        what = ShortList("settings.series", TITLE, _COLUMNS, rows, uids, none, hidden=("skipped",))
        self.view = show(self._work, what)
        self._list.addWidget(self.view)

    def _say(self, done: Done[NumberSeries]) -> str:
        told = said(_DONE, series=done.value.name, next=done.value.coming)
        self.told.emit(told)
        self.refresh()
        return told
