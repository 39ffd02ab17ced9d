"""The help says what the program is: the same pages in every language, links that lead somewhere, keys that exist."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from migdesk.i18n import LANGUAGES
from migdesk.ui import assembly
from migdesk.ui.dialogs import about, first_run, passphrase, problem, settings
from migdesk.ui.help import pages
from tests.house.repository import PACKAGE, modules, tree

TOPICS = pages.topics()
LINK = re.compile(r"\]\(([^)]*)\)")
QUOTED = re.compile(r"`([^`]+)`")
KEY = re.compile(
    r"(?:(?:Ctrl|Alt|Shift)\+)*(?:F\d{1,2}|[A-Z0-9,]|Tab|Enter|Return|Esc|Del|Space|Home|End|Left|Right|Up|Down)"
)
NAMES = {"Escape": "Esc", "Delete": "Del", "Return": "Enter"}
BY_QT = {"Shift+Tab", "Ctrl+C", "Home", "End"}
"""Keys that Qt itself acts upon, or that the code knows by a name of Qt."""
COMMANDS = {"migdesk restore FILE", "migdesk doctor", "migdesk register FILE", "migdesk register --keys"}
COMMANDS |= {"migdesk check stay FILE", "migdesk person FILE", "migdesk arrival FILE", "migdesk party FILE"}
COMMANDS |= {"migdesk document save FILE"}
COMMANDS |= {"migdesk merge A B --stays-open ARRIVAL --check"}
COMMANDS |= {"migdesk permit extend NUMBER --until DATE --with-dependants"}
COMMANDS |= {"migdesk backup COPY", "migdesk --passphrase-file FILE restore COPY", "migdesk undo --check"}
COMMANDS |= {"migdesk restore --other-office FILE", "migdesk operator role LOGIN head|clerk|viewer"}
COMMANDS |= {"migdesk note allow LOGIN", "migdesk note allow LOGIN --off --last", "migdesk journal PERSON"}
COMMANDS |= {"migdesk export journal --words NAME --to FILE"}
COMMANDS |= {"migdesk view list", "migdesk view pin", "migdesk view forget", "migdesk form print"}
COMMANDS |= {"migdesk template FILE --purpose study"}
COMMANDS |= {"migdesk status PERSON --on DATE --known-on DATE", "migdesk status PERSON --history"}
COMMANDS |= {"migdesk status --family PERSON", "migdesk permit extend --view NAME --by-term --check"}
COMMANDS |= {"migdesk payment list --overdue", "migdesk payment show", "migdesk payment fees"}
COMMANDS |= {"migdesk obligation list"}
COMMANDS |= {"migdesk find --travelled-with PERSON", "migdesk case open-many SERVICE"}
COMMANDS |= {"migdesk case check CASE", "migdesk case checks CASE", "migdesk case prolong CASE --until DATE"}
PARTS = {
    "--host BIN",
    "--view NAME",
    "--each FILE --column NAME",
    "--light red amber",
    "--to FILE",
    "--check",
}
PARTS |= {"--each FILE --until DATE"}
"""Options that go on with a command named before them."""
EVERY_PAGE = [(language, topic) for language in LANGUAGES for topic in TOPICS]


def text_of(language: str, topic: str) -> str:
    return (pages.folder() / language / f"{topic}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_pages_of_the_contents_and_no_others(language):
    assert sorted(file.stem for file in (pages.folder() / language).iterdir()) == sorted(TOPICS)


@pytest.mark.parametrize(("language", "topic"), EVERY_PAGE)
def test_a_page_begins_with_its_title_and_its_links_lead_to_pages(language, topic):
    text = text_of(language, topic)
    assert re.match(r"# \S", text)
    assert text.count("\n# ") == 0
    assert {link.removesuffix(".md") for link in LINK.findall(text)} <= set(TOPICS)


@pytest.mark.parametrize("topic", TOPICS)
def test_a_page_says_the_same_in_every_language(topic):
    """As far as can be counted: its keys, links, headings, points and rows."""
    counted = set()
    for language in LANGUAGES:
        text = text_of(language, topic)
        starts = tuple(
            len(re.findall(rf"^{mark}", text, re.MULTILINE)) for mark in ("## ", r"\d\. ", "- ", r"\|")
        )
        counted.add((starts, frozenset(QUOTED.findall(text)), tuple(sorted(LINK.findall(text)))))
    assert len(counted) == 1, counted


KAZAKH, CYRILLIC = re.compile("[әғқңөұүһі]", re.IGNORECASE), re.compile("[а-я]", re.IGNORECASE)


@pytest.mark.parametrize(("language", "topic"), EVERY_PAGE)
def test_a_page_is_written_in_its_language(language, topic):
    text = text_of(language, topic)
    assert bool(KAZAKH.search(text)) is (language == "kk")
    assert bool(CYRILLIC.search(text)) is (language != "en")


@cache
def keys_of_the_program() -> set[str]:
    """Keys as the code names them: of actions and shortcuts, and those that widgets look for themselves."""
    found = set(BY_QT)
    for path in modules():
        if PACKAGE / "ui" in path.parents and "gallery" not in path.parts:
            for node in ast.walk(tree(path)):
                found |= set(_keys_in(node))
    control = {f"Ctrl+{name}" for name in ("Del", "Enter") if name in found}
    return found | control


def _keys_in(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [part for part in node.value.split("; ") if KEY.fullmatch(part)]
    if isinstance(node, ast.Attribute) and node.attr.startswith("Key_"):
        name = node.attr.removeprefix("Key_")
        return [NAMES.get(name, name)]
    if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        begin = str(node.values[0].value)
        return [f"{begin}{digit}" for digit in range(10)] if begin in ("Ctrl+", "Alt+") else []
    return []


@pytest.mark.parametrize(("language", "topic"), EVERY_PAGE)
def test_keys_named_in_the_help_are_keys_of_the_program(language, topic):
    named = set(QUOTED.findall(text_of(language, topic))) - COMMANDS - PARTS
    assert named <= keys_of_the_program()


def test_every_file_and_every_window_has_a_page_of_help():
    asked = {spec.get().help for spec in assembly.FILES.values()}
    asked |= {about.TOPIC, first_run.TOPIC, passphrase.TOPIC, problem.TOPIC, settings.TOPIC}
    assert asked <= set(TOPICS)


def test_every_page_that_is_declared_names_its_page_of_help():
    """A page without `help=` opens the help at its beginning, which fits nobody."""
    forgotten = []
    named = set()
    for path in modules():
        if PACKAGE / "ui" not in path.parents or "gallery" in path.parts:
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Page":
                given = {word.arg: word.value for word in node.keywords}
                if "help" not in given:
                    forgotten.append(f"{path.name}:{node.lineno}")
                else:
                    named |= {one.value for one in ast.walk(given["help"]) if isinstance(one, ast.Constant)}
    assert forgotten == []
    assert named <= set(TOPICS)
    assert len(named) >= 8


def test_every_command_of_the_help_is_one_of_the_program():
    from migdesk.cli import main

    words = main.parser().format_help()
    assert all(command.split()[1] in words for command in COMMANDS)
