"""The running window system: fonts, colours, language, and how they change while the window is open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, QObject, Qt, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from migdesk.domain.change import ChangeSet
from migdesk.i18n import current_language, set_language
from migdesk.ui.look import fonts, style, theme
from migdesk.ui.look.words import Speaks, locale


class Application(QObject):
    """Dresses Qt's application; made once, before the first window.

    `language_changed` and `theme_changed` tell what was chosen, so that it can be remembered.
    """

    language_changed = Signal(str)
    theme_changed = Signal(str)

    def __init__(self, argv: Sequence[str] = ("migdesk",)) -> None:
        running = QApplication.instance()
        qt = running if isinstance(running, QApplication) else QApplication(list(argv))
        super().__init__(qt)
        self.qt = qt
        self._translator = QTranslator(self)
        qt.setApplicationName("MigDesk")
        qt.setStyle("Fusion")
        fonts.load()
        qt.setFont(fonts.font())
        self.show_theme("light")
        self.speak(current_language())

    def show_theme(self, name: str) -> None:
        """Dress the whole window in light or dark, at once.

        Raises:
            KeyError: no such theme.
        """
        colours = theme.THEMES[name]
        scheme = Qt.ColorScheme.Dark if name == "dark" else Qt.ColorScheme.Light
        self.qt.styleHints().setColorScheme(scheme)
        self.qt.setPalette(theme.palette(colours))
        self.qt.setStyleSheet(style.sheet(colours))
        self.theme_changed.emit(name)

    def speak(self, code: str) -> None:
        """Say everything on the window in kk, ru or en, Qt's own buttons too.

        Raises:
            ValueError: not one of the three languages.
        """
        set_language(code)
        QLocale.setDefault(locale())
        self.qt.removeTranslator(self._translator)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if code != "en" and self._translator.load(f"qtbase_{code}", folder):
            self.qt.installTranslator(self._translator)
        retranslate_all()
        self.language_changed.emit(code)


class Announcer(QObject):
    """Brings what a desk announces, from whatever thread wrote, into the thread of the window.

    `changed` carries the `ChangeSet`; screens refresh when it touches one of their tables.
    """

    changed = Signal(object)
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arrived.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)

    def take(self, changes: ChangeSet) -> None:
        """Give this to `desk.watch`."""
        self._arrived.emit(changes)

    def _pass_on(self, changes: ChangeSet) -> None:
        self.changed.emit(changes)


def retranslate_all() -> None:
    """Let every action and widget say its words in the current language, holders before what they hold.

    Qt walks the windows, not Python: a list of all widgets may name some that the garbage collector takes
    away while the list is being made.
    """
    qt = QApplication.instance()
    if qt is None:
        return
    listener = _Listener()
    qt.installEventFilter(listener)
    QCoreApplication.sendEvent(qt, QEvent(QEvent.Type.LanguageChange))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange.value)
    qt.removeEventFilter(listener)


class _Listener(QObject):
    """Lives only while the language changes: a filter for all events would slow the window down."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Each object that hears of another language says its words."""
        if event.type() is QEvent.Type.LanguageChange and isinstance(watched, Speaks):
            watched.retranslate()
        return False
