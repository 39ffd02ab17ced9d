"""What the platform must be like for the program to be right; each of these once cost hours to find."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version

import fontpkg
import pytest
import sqlcipher3
from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QRawFont, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QLabel, QTableView

from tests.house.repository import PACKAGE, ROOT, modules, project

KAZAKH = "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ"
LETTERS = KAZAKH + KAZAKH.lower() + "0123456789№«»–—"


def drift(call: Callable[[], object], times: int = 2_000) -> int:
    """How many references to None a call leaves behind or takes away in so many calls."""
    for _warm_up in range(50):
        call()
    before = sys.getrefcount(None)
    for _call in range(times):
        call()
    return sys.getrefcount(None) - before


def test_qt_is_older_than_the_one_that_loses_references():
    """6.12.0 takes a reference of None at each call; on Python 3.11 the process dies after some thousands."""
    assert (6, 11) <= tuple(int(part) for part in version("PySide6-Essentials").split(".")[:2]) < (6, 12)
    pinned = [line for line in project()["project"]["dependencies"] if line.startswith("PySide6")]
    assert pinned == ["PySide6-Essentials>=6.11.3,<6.12"]


def test_labels_and_tables_keep_references_in_balance(qtbot):
    label, view, model = QLabel(), QTableView(), QStandardItemModel(100, 2)
    qtbot.addWidget(label)
    qtbot.addWidget(view)
    model.setItem(5, 0, QStandardItem("Қуаныш"))
    view.setModel(model)
    view.show()
    full, bare, far = model.index(5, 0), model.index(7, 1), model.index(99, 1)
    assert abs(drift(lambda: label.setText("Қуаныш"))) < 200
    assert abs(drift(lambda: (model.data(full), model.data(bare)))) < 200
    assert abs(drift(lambda: (view.scrollTo(far), view.scrollTo(full)))) < 200


def test_qt_speaks_kazakh_and_russian(qapp):
    words = {}
    for code in ("kk", "ru"):
        translator = QTranslator()
        assert translator.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        words[code] = translator.translate("QPlatformTheme", "Cancel")
    assert words == {"kk": "Бас тарту", "ru": "Отмена"}
    assert QLocale("kk").firstDayOfWeek().name == "Monday"


@pytest.mark.parametrize("family", ["Fira Sans", "IBM Plex Serif"])
@pytest.mark.parametrize("weight", [400, 700])
def test_our_fonts_have_every_kazakh_letter(qapp, family, weight):
    font = QRawFont(str(fontpkg.path(family, weight)), 12)
    assert font.isValid()
    assert [letter for letter in LETTERS if not font.supportsCharacter(ord(letter))] == []


def test_the_serif_has_the_signs_the_sans_lacks(qapp):
    font = QRawFont(str(fontpkg.path("IBM Plex Serif")), 12)
    assert [sign for sign in "₸✓" if not font.supportsCharacter(ord(sign))] == []


@pytest.fixture
def database():
    connection = sqlcipher3.connect(":memory:")
    yield connection
    connection.close()


def one(database, sql, *values):
    return database.execute(sql, values).fetchone()[0]


def test_the_engine_is_new_enough(database):
    """3.45 brought jsonb; the wheel carries the same engine to every machine."""
    assert sqlcipher3.sqlite_version_info >= (3, 45)
    assert one(database, "SELECT sqlite_version()") == sqlcipher3.sqlite_version
    assert one(database, "PRAGMA cipher_version")


def test_the_engine_does_not_fold_kazakh_so_search_keys_are_ours(database):
    assert one(database, "SELECT lower('ҚАЗ')") == "ҚАЗ"
    assert one(database, "SELECT 'ҚАЗ' LIKE 'қаз'") == 0


def test_full_text_search_folds_the_case_of_kazakh_but_not_its_letters(database):
    database.execute("CREATE VIRTUAL TABLE words USING fts5(word, tokenize='unicode61 remove_diacritics 2')")
    database.executemany("INSERT INTO words VALUES (?)", [("ӘҒҚҢӨҰҮҺІ",), ("ёлка",), ("қара",)])

    def hits(word):
        return one(database, "SELECT count(*) FROM words WHERE words MATCH ?", word)

    assert hits("әғқңөұүһі") == 1
    assert (hits("елка"), hits("кара")) == (0, 0)


HEAVY = ["PySide6", "openpyxl", "xlsxwriter", "reportlab", "pypdfium2", "pyhanko"]


def test_heavy_libraries_wait_until_they_are_needed():
    """A command must answer at once: every room but the window is imported, and none of them comes along."""
    names = [
        re.sub(r"\.__init__$", "", ".".join(path.relative_to(ROOT).with_suffix("").parts))
        for path in modules()
        if "ui" not in path.relative_to(PACKAGE).parts and path.name != "__main__.py"
    ]
    script = f"""
import importlib, sys
for name in {names!r}:
    importlib.import_module(name)
print(*sorted(set({HEAVY!r}) & set(sys.modules)))
"""
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert (run.stdout.split(), run.stderr[-500:]) == ([], "")
