"""Settings: the office on its papers, open questions of the law, looks of the window, moved calendar days."""

from __future__ import annotations

import functools

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from migdesk.domain.change import Done
from migdesk.domain.office import Setting
from migdesk.i18n import LANGUAGES, N_, current_language
from migdesk.services.laws import choices
from migdesk.services.laws.choices import OpenQuestion
from migdesk.ui.dialogs.calendar_page import CalendarPage
from migdesk.ui.dialogs.names_page import NamesPage
from migdesk.ui.dialogs.office_page import OfficePage
from migdesk.ui.dialogs.operators_page import OperatorsPage
from migdesk.ui.dialogs.series_page import SeriesPage
from migdesk.ui.files.pieces.why_date import source_view
from migdesk.ui.help.window import add_help_key
from migdesk.ui.lists.table_view import COMPACT
from migdesk.ui.look import sound, theme
from migdesk.ui.look.labels import ElidedLabel, Label
from migdesk.ui.look.words import LANGUAGE_NAMES, said
from migdesk.ui.parts.blocks import card, clear, column, text
from migdesk.ui.parts.blocks import row as beside
from migdesk.ui.parts.choice_button import ChoiceColumn
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.frame import Scrolled
from migdesk.ui.parts.tab_bar import TabBar
from migdesk.ui.workplace import ListWanted, Workplace

TOPIC = "settings"
_TITLE = N_("Settings")
_TABS = (
    N_("The office"),
    N_("Open questions of the law"),
    N_("Look of the window"),
    N_("Calendar"),
    N_("Names"),
    N_("Operators"),
    N_("Numbers"),
)
_QUESTIONS = N_(
    "The sources leave these questions open. Until the office decides, the cautious answer holds; "
    "every decision is in the journal."
)
_REGIMES = N_("Special regimes…")
_NONE = N_("No question is open.")
_CAUTIOUS = N_("{option} (the cautious answer)")
_CHOSEN = N_("Decided: {title}")
_LANGUAGE, _COLOURS, _ROWS = N_("Language of the window"), N_("Colours"), N_("Height of rows")
_THEMES = (("light", N_("Light colours")), ("dark", N_("Dark colours")))
_SOUND = N_("Sound with an error")
_SOUNDS = (("", N_("Silent")), ("1", N_("A short sound when something is refused or cannot be read")))
_HEIGHTS = (("", N_("Ordinary, 36 pixels")), ("1", N_("Low, 28 pixels: more rows at once")))


class SettingsDialog(QDialog):
    """`language_wanted` and `theme_wanted` carry what was chosen; `height_wanted` comes when rows change."""

    language_wanted = Signal(str)
    theme_wanted = Signal(str)
    height_wanted = Signal()

    def __init__(self, work: Workplace) -> None:
        super().__init__(work.window)
        add_help_key(self, TOPIC)
        self._work = work
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(720, 600)
        self.tabs, self._pages = TabBar(), QStackedWidget()
        for _name in _TABS:
            self.tabs.addTab("")
        self.tabs.currentChanged.connect(self._pages.setCurrentIndex)
        self.told = ElidedLabel("", "small")
        self.questions: dict[str, ChoiceColumn] = {}
        self._law = QVBoxLayout()
        self.language, self.colours, self.rows = ChoiceColumn(), ChoiceColumn(), ChoiceColumn()
        self.sound = ChoiceColumn()
        self.calendar = CalendarPage(work)
        self.calendar.told.connect(self.told.show_text)
        self.office = OfficePage(work)
        self.office.told.connect(self.told.show_text)
        self.names = NamesPage(work)
        self.names.told.connect(self.told.show_text)
        self.operators = OperatorsPage(work)
        self.operators.told.connect(self.told.show_text)
        for page in (self.office, self._law_page(), self._window_page(), self.calendar, self.names):
            self._pages.addWidget(page)
        self.series = SeriesPage(work)
        self.series.told.connect(self.told.show_text)
        for page in (self.operators, self.series):
            self._pages.addWidget(page)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        whole.setSpacing(theme.M)
        whole.addWidget(self.tabs)
        whole.addWidget(self._pages, 1)
        line = QHBoxLayout()
        line.addWidget(self.told, 1)
        line.addWidget(buttons)
        whole.addLayout(line)

    def _law_page(self) -> QWidget:
        self._law.setSpacing(theme.M)
        self.regimes = PushButton(said(_REGIMES))
        self.regimes.clicked.connect(lambda _on=False: self._open_regimes())
        ways = beside(self.regimes)
        page = column(ways, Label(_QUESTIONS, "muted").wrapped(), self._law, gap=theme.M, stretch=True)
        page.setContentsMargins(0, 0, theme.M, 0)
        return Scrolled(page)

    def _open_regimes(self) -> None:
        """The special regimes stand on the page of the law."""
        self.reject()
        self._work.list_wanted.emit(ListWanted("law", "regimes"))

    def _window_page(self) -> QWidget:
        self.language.chosen.connect(self.language_wanted)
        self.colours.chosen.connect(self.theme_wanted)
        self.rows.chosen.connect(self._keep_height)
        self.sound.chosen.connect(self._keep_sound)
        return Scrolled(
            column(
                card(self.language, title=_LANGUAGE),
                card(self.colours, title=_COLOURS),
                card(self.rows, title=_ROWS),
                card(self.sound, title=_SOUND),
                gap=theme.M,
                stretch=True,
            )
        )

    def retranslate(self) -> None:
        """Everything in the current language."""
        self.setWindowTitle(said(_TITLE))
        for at, name in enumerate(_TABS):
            self.tabs.setTabText(at, said(name))
        self.tabs.setAccessibleName(said(_TITLE))
        self.regimes.setText(said(_REGIMES))
        self.office.retranslate()
        self.names.refresh()
        self.operators.refresh()
        self.series.retranslate()
        self.calendar.refresh()
        self.language.show_choices([(code, LANGUAGE_NAMES[code]) for code in LANGUAGES])
        self.language.choose(current_language())
        self.colours.show_choices([(key, said(words)) for key, words in _THEMES])
        self.colours.choose(theme.current().name)
        self.rows.show_choices([(key, said(words)) for key, words in _HEIGHTS])
        self.rows.choose(self._work.memory.recall(COMPACT))
        self.sound.show_choices([(key, said(words)) for key, words in _SOUNDS])
        self.sound.choose(self._work.memory.recall(sound.KEPT))
        self._ask()

    def _ask(self) -> None:
        """Answers as they are now."""
        self._work.tasks.read(choices.open_questions, self._work.desk, done=self._show_questions)

    def _show_questions(self, questions: list[OpenQuestion]) -> None:
        clear(self._law)
        self.questions = {}
        for one in questions:
            self._law.addWidget(self._question(one))
        if not questions:
            self._law.addWidget(Label(_NONE, "muted"))

    def _question(self, one: OpenQuestion) -> QWidget:
        offered = ChoiceColumn()
        offered.show_choices(
            [
                (code, said(_CAUTIOUS, option=words) if code == one.default else words)
                for code, words in one.options.items()
            ]
        )
        offered.choose(one.chosen)
        offered.chosen.connect(functools.partial(self._choose, one))
        self.questions[one.code] = offered
        return card(text(one.title, "strong"), text(one.text), offered, source_view(one.source))

    def _choose(self, one: OpenQuestion, option: str) -> None:
        def tell(_done: Done[Setting]) -> str:
            return self._tell(said(_CHOSEN, title=one.title))

        self._work.do(choices.choose, one.code, option, words=tell, failed=self._not_chosen)

    def _keep_height(self, key: str) -> None:
        self._work.memory.keep(COMPACT, key)
        self.height_wanted.emit()

    def _keep_sound(self, key: str) -> None:
        self._work.memory.keep(sound.KEPT, key)
        sound.set_on(bool(key))
        sound.error()  # so that it is known how it sounds

    def _not_chosen(self, error: Exception) -> None:
        """The old answer holds, and is shown again."""
        self._work.tell_error(error)
        self._ask()

    def _tell(self, words: str) -> str:
        """Say it here too: the strip of the page lies behind this window."""
        self.told.show_text(words)
        return words
