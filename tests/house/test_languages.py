"""Everything the program says, it says in Kazakh, Russian and English."""

from __future__ import annotations

import ast
import re

import polib
import pytest

from migdesk.i18n import placeholders, read_catalogue
from tests.house.messages import LANGUAGES, LOCALE, Report, collect, marked, read_fragment, rewrite
from tests.house.repository import PACKAGE, calls_in, last_name, modules, place, tree

MESSAGES = collect()


@pytest.fixture(params=LANGUAGES)
def catalogue(request):
    return polib.pofile(str(LOCALE / f"{request.param}.po"))


def test_the_program_speaks():
    assert len(MESSAGES) > 100


def test_a_catalogue_has_every_message_and_no_other(catalogue):
    """When this fails: `python -m tests.house.messages`."""
    held = {entry.msgid for entry in catalogue}
    assert (sorted(set(MESSAGES) - held), sorted(held - set(MESSAGES))) == ([], [])
    assert [entry.msgid for entry in catalogue if entry.obsolete or entry.fuzzy] == []


def test_every_message_is_translated_with_the_same_placeholders(catalogue):
    assert [entry.msgid for entry in catalogue if not entry.msgstr] == []
    unequal = [entry.msgid for entry in catalogue if placeholders(entry.msgid) != placeholders(entry.msgstr)]
    assert unequal == []


def test_no_translation_is_left_in_english(catalogue):
    same = [entry.msgid for entry in catalogue if entry.msgid == entry.msgstr]
    assert [words for words in same if len(re.findall(r"[a-z]{3,}", re.sub(r"{.*?}", "", words))) > 1] == []


WORD, HOLE = re.compile(r"[^\W\d_]{2,}"), re.compile(r"{.*?}")


def test_kazakh_is_not_russian():
    """The two catalogues differ, but for short words the languages share."""
    words = [
        {entry.msgid: entry.msgstr for entry in polib.pofile(str(LOCALE / f"{one}.po"))} for one in LANGUAGES
    ]
    same = [message for message, text in words[0].items() if text and text == words[1].get(message)]
    assert [one for one in same if len(WORD.findall(HOLE.sub("", words[0][one]))) > 2] == []


@pytest.mark.parametrize("code", ["kk", "ru"])
def test_the_program_reads_a_catalogue_as_polib_does(code):
    path = LOCALE / f"{code}.po"
    assert read_catalogue(path) == {
        entry.msgid: entry.msgstr
        for entry in polib.pofile(str(path))
        if entry.translated() and placeholders(entry.msgid) == placeholders(entry.msgstr)
    }


def test_a_catalogue_is_read_with_its_signs_and_without_what_is_doubtful(tmp_path):
    catalogue = polib.POFile(wrapwidth=20)
    for message, words, flags in (
        ('A "long" line\n\tof words that is wrapped \\n', 'Длинная "строка"\n\tиз слов \\n', []),
        ("{n} rows", "{n} строк", []),
        ("{n} spoilt", "{m} испорчено", []),
        ("Doubtful", "Сомнительно", ["fuzzy"]),
        ("Still English", "", []),
    ):
        catalogue.append(polib.POEntry(msgid=message, msgstr=words, flags=flags))
    catalogue.save(str(tmp_path / "ru.po"))
    assert read_catalogue(tmp_path / "ru.po") == {
        'A "long" line\n\tof words that is wrapped \\n': 'Длинная "строка"\n\tиз слов \\n',
        "{n} rows": "{n} строк",
    }


def test_a_message_is_a_whole_literal_with_named_placeholders():
    """A formatted or added text never matches the catalogue; `{}` tells a translator nothing."""
    wrong = []
    for path in modules():
        for call in marked(path):
            said = call.args[0]
            if (
                isinstance(said, ast.JoinedStr | ast.BinOp)
                or last_name(getattr(said, "func", said)) == "format"
            ):
                wrong.append(f"{place(path)}:{said.lineno}")
    wrong += [message for message in MESSAGES if "" in placeholders(message)]
    assert wrong == []


def test_what_is_declared_is_a_literal():
    """`N_` marks a text for the catalogue where it stands; a variable marks nothing."""
    wrong = [
        f"{place(path)}:{call.lineno}"
        for path in modules()
        for call in marked(path)
        if last_name(call.func) == "N_" and not isinstance(call.args[0], ast.Constant)
    ]
    assert wrong == []


# Which argument of a call is read by a person.
READ = {"block": 1, "warn": 1, "note": 1, "Unreadable": 1, "StoreProblem": 0, "MigDeskError": 0, "BadFile": 2}
READ |= dict.fromkeys(["Text", "Code", "Day", "Born", "Moment", "Whole", "Choice", "Flag", "Ref"], 0)
WINDOW_CALLS = """
setText setTitle setToolTip setWindowTitle setPlaceholderText setAccessibleName setStatusTip
QLabel QPushButton QToolButton QCheckBox QRadioButton QGroupBox QAction
"""
READ_IN_WINDOW = dict.fromkeys(WINDOW_CALLS.split(), 0)
NAMES = {"MigDesk"}
WORDS = re.compile(r"[A-Z][a-z]+|[a-z]{2,} [a-z]{2,}")
"""Codes and keys, such as `uid`, are no words."""


def unmarked(top: ast.AST, read: dict[str, int]) -> list[str]:
    """Line and text of every literal a person reads that no catalogue can know."""
    found = []
    for name, call in calls_in(top):
        texts = [keyword.value for keyword in call.keywords if keyword.arg in ("hint", "label")]
        if name in read:
            texts += call.args[read[name] : read[name] + 1]
        found += [
            f"{call.lineno}: {text.value}"
            for text in texts
            if isinstance(text, ast.Constant) and WORDS.search(str(text.value)) and text.value not in NAMES
        ]
    return found


@pytest.mark.parametrize("path", modules(), ids=place)
def test_what_a_person_reads_can_be_translated(path):
    in_window = "ui" in path.relative_to(PACKAGE).parts
    assert unmarked(tree(path), READ | READ_IN_WINDOW if in_window else READ) == []


def test_the_guard_knows_what_a_person_reads():
    code = 'block("missing", "It is empty."); Text("Surname"); StoreProblem(N_("Full."), hint="Free some space.")'
    assert len(unmarked(ast.parse(code), READ)) == 3
    assert unmarked(ast.parse('label.setText(_("Save")); label.setText("—")'), READ_IN_WINDOW) == []


def test_rewriting_keeps_adds_drops_and_merges(tmp_path):
    fragment = tmp_path / "words.tsv"
    fragment.write_text(
        "Save\tСақтау\tСохранить\n{count} rows\\nread\t{count} жол\\nоқылды\tПрочитано\\nстрок\n"
        "Nobody says this\tА\tБ\n",
        encoding="utf-8",
    )
    first = rewrite(tmp_path, {"Save": {"a.py"}, "Old": {"a.py"}}, {"Old": {"kk": "Ескі", "ru": "Старое"}})
    assert first == Report(untranslated=["kk: Save", "ru: Save"])
    second = rewrite(
        tmp_path, {"Save": {"a.py"}, "{count} rows\nread": {"b.py"}, "New": {"b.py"}}, read_fragment(fragment)
    )
    assert second == Report(
        untranslated=["kk: New", "ru: New"],
        unequal=["ru: {count} rows\nread"],
        unknown=["Nobody says this"],
    )
    kept = rewrite(tmp_path, {"Save": {"a.py"}}, {})
    assert (kept.lines(), polib.pofile(str(tmp_path / "kk.po"))[0].msgstr) == ([], "Сақтау")


def test_a_fragment_that_is_not_one_is_refused(tmp_path):
    path = tmp_path / "words.tsv"
    path.write_text("Save\tСақтау\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"words\.tsv:1"):
        read_fragment(path)
