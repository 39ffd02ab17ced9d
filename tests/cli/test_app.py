"""The composition root: window or verb, language, version, display, bugs, interruption."""

from __future__ import annotations

import json
from datetime import date
from importlib import import_module

import pytest

from migdesk import app
from migdesk.cli import checks, main
from migdesk.cli.parser import Parser, WrongUsage
from migdesk.cli.verbs import VERBS
from migdesk.domain.errors import Stale
from migdesk.services import opening
from migdesk.store import drafts
from migdesk.store.database import FILE, Store


def test_version(call):
    assert call("--version").out.startswith("MigDesk ")
    assert "Python" in call("--version", "--debug").out


@pytest.mark.parametrize(
    "words",
    [
        ("--nonsense",),
        ("fly",),
        ("--on", "someday", "rules", "list"),
        ("--lang", "de", "rules", "list"),
        ("check", "iin", "\udcff"),
    ],
)
def test_wrong_usage_is_one_document_too(ask, words):
    said = ask(*words)
    assert said.code == 2
    assert set(said.document) == {"error", "text", "findings"}
    assert said.err


def test_the_version_for_scripts(ask):
    assert set(ask("--version").document) == {"version"}


def test_json_may_stand_after_the_verb(call):
    assert json.loads(call("check", "workdays", "2026-12", "--json").out)["working_days"] == 22


def test_no_display_and_no_verb(call, monkeypatch, tmp_path):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(app.sys, "platform", "linux")
    said = call("--home", tmp_path / "o")
    assert said.code == 2
    assert "display" in said.err
    assert not (tmp_path / "o").exists()


def test_without_a_verb_the_window_opens(call, home, monkeypatch):
    from migdesk.ui import start

    opened = []
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr(start, "run", lambda *where, **how: opened.append((*where, how)) or 0)
    assert call("--home", home, "--on", "2026-11-23").code == 0
    assert opened == [
        (home, {"on": date(2026, 11, 23), "language": "en", "debug": False, "passphrase": None})
    ]


def test_the_window_gets_the_passphrase_of_its_file(call, home, monkeypatch, tmp_path):
    from migdesk.ui import start

    opened = []
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr(start, "run", lambda *_where, **how: opened.append(how["passphrase"]) or 0)
    (tmp_path / "secret").write_text("Алатау 17 қыран\n", encoding="utf-8")
    assert call("--home", home, "--passphrase-file", tmp_path / "secret").code == 0
    assert opened == ["Алатау 17 қыран"]


@pytest.mark.parametrize(
    ("environment", "platform", "expected"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", True),
        ({"QT_QPA_PLATFORM": "offscreen:size=800x600"}, "linux", True),
        ({"QT_QPA_PLATFORM": "xcb"}, "linux", False),
        ({"QT_QPA_PLATFORM": "wayland;xcb", "WAYLAND_DISPLAY": "w"}, "linux", True),
        ({"QT_QPA_PLATFORM": "wayland"}, "linux", False),
        ({}, "win32", True),
        ({}, "darwin", True),
    ],
)
def test_where_a_window_can_open(environment, platform, expected):
    assert app.has_display(environment, platform) is expected


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"LANG": "kk_KZ.UTF-8"}, "kk"),
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "kk_KZ", "LC_ALL": "ru_KZ"}, "ru"),
    ],
)
def test_the_language_of_the_machine(environment, expected):
    assert app.system_language(environment) == expected


def test_the_language_of_the_office_wins_over_the_machine(home, monkeypatch):
    asked = []
    monkeypatch.setattr(app, "system_language", lambda _environment: "en")
    monkeypatch.setattr(app, "language", lambda code: asked.append(code) or app_language("en"))
    from migdesk.i18n import language as app_language

    app.main(["--home", str(home), "--version"])
    store = Store(home / FILE)
    drafts.remember(store, opening.LANGUAGE_HABIT, "kk")
    store.close()
    app.main(["--home", str(home), "--version"])
    app.main(["--home", str(home), "--lang", "ru", "--version"])
    assert asked == ["en", "kk", "ru"]


def test_a_damaged_office_does_not_keep_help_from_being_shown(call, home, capsys, monkeypatch):
    (home / FILE).write_bytes(b"damaged" * 1000)
    monkeypatch.setattr(app, "system_language", lambda _environment: "en")
    assert app.main(["--home", str(home), "--version"]) == 0


def test_a_bug_leaves_a_crash_file_without_anybodys_data(ask, home, monkeypatch):
    def broken(_text, _today):
        raise ZeroDivisionError("990517450017 Қасымова")

    monkeypatch.setattr(checks, "read_number", broken)
    said = ask("--home", home, "check", "iin", "990517450017")
    assert said.code == 70
    assert said.document["error"] == "bug"
    (crash,) = (home / "crashes").iterdir()
    text = crash.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in text
    assert "cli/checks.py" in text
    assert "990517450017" not in text
    assert str(home) not in text


def test_a_bug_on_one_line_does_not_take_the_others_along(call, home, monkeypatch):
    real = checks.read_number

    def broken(text, today):
        if text == "7":
            raise ZeroDivisionError
        return real(text, today)

    monkeypatch.setattr(checks, "read_number", broken)
    given = "".join(f'{{"number": "{number}"}}\n' for number in (5, 7, 9))
    said = call("--home", home, "check", "iin", "--each", "-", given=given)
    assert said.code == 70
    assert [set(line) == {"error"} for line in said.lines] == [False, True, False]


def test_a_record_changed_meanwhile_is_told_in_words_of_a_command(ask, monkeypatch):
    def changed(_text, _today):
        raise Stale

    monkeypatch.setattr(checks, "read_number", changed)
    said = ask("check", "iin", "1")
    assert (said.code, said.document["error"]) == (1, "stale")
    assert "repeat the command" in said.err
    assert "draft" not in said.err + said.out


def test_interruption_is_quiet(ask, monkeypatch):
    def interrupted(_text, _today):
        raise KeyboardInterrupt

    monkeypatch.setattr(checks, "read_number", interrupted)
    said = ask("check", "iin", "1")
    assert said.code == 130
    assert said.out == ""
    assert said.err


def test_debug_tells_the_places(call, home, monkeypatch):
    monkeypatch.setattr(checks, "read_number", lambda _text, _today: 1 / 0)
    said = call("--home", home, "--debug", "check", "iin", "1")
    assert "ZeroDivisionError" in said.err


@pytest.mark.parametrize(
    "words", [("package", "give", "--for", "AST", "--to", "x.xlsx"), ("conflicts", "list"), ("package",)]
)
def test_what_is_not_there_yet_says_so(ask, words):
    said = ask(*words)
    assert said.code == 2
    assert "not there yet" in said.document["text"]


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--home", "x", "--on", "2026-11-23", "--lang", "ru", "--debug"],
        ["--home=x", "--json"],
        ["--version"],
        ["--json", "find", "people"],
    ],
)
def test_a_window_is_read_without_the_verbs_as_with_them(words):
    assert vars(main.read(words)) == vars(main.parser().parse_args(words))


@pytest.mark.parametrize("module", VERBS)
def test_a_module_adds_the_verbs_it_is_listed_with(module):
    verbs = Parser(prog="x").add_subparsers()
    import_module(f"migdesk.cli.{module}").add(verbs)
    assert tuple(verbs.choices) == VERBS[module]


@pytest.mark.parametrize(
    "words",
    [
        ["--home", "x", "check", "iin", "900517450012", "--json"],
        ["quota", "list", "--on", "2026-11-23"],
        ["--lang=kk", "depart", "P"],
    ],
)
def test_a_verb_is_read_alone_as_among_all(words):
    assert vars(main.read(words)) == vars(main.parser().parse_args(words))


@pytest.mark.parametrize(
    "words", [["--lang", "xx"], ["--nowhere"], ["--on", "never"], ["--home"], ["nothing"]]
)
def test_a_slip_is_told_with_the_usage_of_the_whole_program(words):
    with pytest.raises(WrongUsage) as met:
        main.read(words)
    assert "VERB" in met.value.usage


def test_words_in_utf8_on_a_machine_that_speaks_ascii(call, home, monkeypatch):
    monkeypatch.setattr("migdesk.cli.main.os.fsencode", lambda word: word.encode("ascii", "surrogateescape"))
    word = "Қасым".encode().decode("ascii", "surrogateescape")
    assert call("--home", home, "find", word).code == 0
    assert call("--home", home, "find", "\udcff").code == 2
