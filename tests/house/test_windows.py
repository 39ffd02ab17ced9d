"""What would break on Windows, found without one: paths, encodings, POSIX calls, names, wheels."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.repository import calls_in, files, last_name, modules, place, project, tree

# Wheels looked up with `pip download --only-binary=:all: --platform win_amd64 --python-version V` for
# V = 3.11, 3.12, 3.13, 3.14, everything they bring along included. A new library is looked up before it is
# added here.
WHEELS_FOR_WINDOWS = {
    "PySide6-Essentials": "6.11.3",
    "sqlcipher3": "0.6.4",
    "sqlite-utils": "4.2.1",
    "openpyxl": "3.1.5",
    "python-calamine": "0.9.1",
    "xlsxwriter": "3.3.1",
    "reportlab": "5.1.0",
    "pillow": "13.0.0",
    "pypdfium2": "5.15.2",
    "rapidfuzz": "3.14.6",
    "anyascii": "0.3.3",
    "platformdirs": "4.14.7",
    "fontpkg": "0.2.2",
    "fontpkg-fira-sans": "4.203",
    "fontpkg-ibm-plex-serif": "2.6",
    "fontpkg-ibm-plex-sans-arabic": "1.101",
    "uharfbuzz": "0.57.0",
    "python-bidi": "0.6.12",
}

POSIX_MODULES = {"fcntl", "grp", "pwd", "pty", "resource", "syslog", "termios", "tty"}
POSIX_CALLS = {"fork", "getuid", "geteuid", "mkfifo", "symlink_to", "killpg", "setsid", "statvfs"}
POSIX_NAMES = {"SIGKILL", "SIGHUP", "SIGALRM", "SIGUSR1"}
FOLDERS = {"path", "folder", "home", "dir", "directory", "root", "here"}
_BEFORE_ENCODING = {"read_text": 0, "write_text": 1}
TEXT_MODE = re.compile(r"[rwax]\+?t?")


def troubles(top: ast.AST) -> Iterator[str]:
    """Line and reason of everything under a node that only works on POSIX, but where Windows goes another way."""
    elsewhere = {id(node) for node in _on_posix_only(top)}
    for name, call in calls_in(top):
        if id(call) not in elsewhere and (reason := _call_trouble(name, call)):
            yield f"{call.lineno}: {reason}"
    for node in ast.walk(top):
        if id(node) not in elsewhere and (reason := _node_trouble(node)):
            yield f"{getattr(node, 'lineno', 0)}: {reason}"


def _on_posix_only(top: ast.AST) -> Iterator[ast.AST]:
    """Everything that stands after the `else` of `if sys.platform == "win32"`."""
    for node in ast.walk(top):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "sys.platform == 'win32'":
            for part in node.orelse:
                yield from ast.walk(part)


def _call_trouble(name: str, call: ast.Call) -> str:
    given = {keyword.arg for keyword in call.keywords}
    if _opens_text(name, call) and "encoding" not in given:
        return f"{name} without encoding="
    if name in ("run", "Popen", "check_output") and given & {"text", "universal_newlines"}:
        return f"{name} reads text without encoding="
    if name in POSIX_CALLS:
        return f"{name} does not exist on Windows"
    if name == "join" and isinstance(call.func, ast.Attribute) and _is_text(call.func.value, {"/", "\\"}):
        return "a path joined as text"
    return ""


def _opens_text(name: str, call: ast.Call) -> bool:
    if name in ("FileHandler", "RotatingFileHandler"):
        return True
    if name in _BEFORE_ENCODING:
        return isinstance(call.func, ast.Attribute) and len(call.args) <= _BEFORE_ENCODING[name]
    if name != "open":
        return False
    modes = [keyword.value for keyword in call.keywords if keyword.arg == "mode"]
    if isinstance(call.func, ast.Name):
        modes += call.args[1:2]
        return not modes or not (isinstance(modes[0], ast.Constant) and "b" in str(modes[0].value))
    modes += call.args[:1]
    return any(isinstance(mode, ast.Constant) and TEXT_MODE.fullmatch(str(mode.value)) for mode in modes)


def _node_trouble(node: ast.AST) -> str:
    if isinstance(node, ast.Import) and {alias.name for alias in node.names} & POSIX_MODULES:
        return "a module that Windows lacks"
    if isinstance(node, ast.Attribute) and node.attr in POSIX_NAMES | {"sep", "altsep"}:
        return f"{node.attr} of one system"
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return _text_trouble(node.value)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return "a path joined as text" if _is_text(node.right, {"/", "\\"}) else ""
    return _joined_trouble(node) if isinstance(node, ast.JoinedStr) else ""


def _text_trouble(text: str) -> str:
    if text.startswith(("/tmp", "/var/", "/etc/", "~/")):
        return "a place of one system"
    return "strftime on Windows knows no %-d" if re.search(r"%-[dmHIMSjy]", text) else ""


def _joined_trouble(node: ast.JoinedStr) -> str:
    for part, after in zip(node.values, node.values[1:], strict=False):
        if (
            isinstance(part, ast.FormattedValue)
            and last_name(part.value) in FOLDERS
            and isinstance(after, ast.Constant)
            and str(after.value).startswith(("/", "\\"))
        ):
            return "a path joined as text"
    return ""


def _is_text(node: ast.AST, texts: set[str]) -> bool:
    return isinstance(node, ast.Constant) and node.value in texts


@pytest.mark.parametrize("path", modules(), ids=place)
def test_a_module_works_on_windows(path):
    assert list(troubles(tree(path))) == []


@pytest.mark.parametrize(
    "code",
    [
        "open(path)",
        "open(path, 'w')",
        "open(path, mode='rt')",
        "path.open('w', newline='')",
        "path.read_text()",
        "path.write_text(words)",
        "subprocess.run(words, text=True)",
        "os.fork()",
        "import fcntl",
        "folder + '/' + name",
        "'/'.join(parts)",
        "f'{folder}/{name}'",
        "home = '~/desk'",
        "parts = text.split(os.sep)",
        "day.strftime('%-d.%m')",
        "os.kill(pid, signal.SIGKILL)",
        "if sys.platform == 'win32':\n    x = os.getuid()\nelse:\n    x = 1",
    ],
)
def test_the_guard_knows_what_windows_lacks(code):
    assert len(list(troubles(ast.parse(code)))) == 1


@pytest.mark.parametrize(
    "code",
    [
        "open(path, 'rb')",
        "open(path, 'w', encoding='utf-8')",
        "path.open('rb')",
        "path.open('w', encoding='utf-8', newline='')",
        "dialog.open()",
        "path.read_text(encoding='utf-8')",
        "files.read_text(source)",
        "folder / name",
        "f'{used}/{limit}'",
        "', '.join(parts)",
        "if sys.platform == 'win32':\n    x = 1\nelse:\n    import pwd\n    x = os.getuid()",
    ],
)
def test_the_guard_lets_the_right_way_pass(code):
    assert list(troubles(ast.parse(code))) == []


RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
FORBIDDEN = re.compile(r'[<>:"|?*\\]|[. ]$')


def test_every_file_can_be_checked_out_on_windows():
    """Reserved and forbidden names, and names that differ only in case."""
    places = [place(path) for path in files()]
    parts = {part for one in places for part in one.split("/")}
    assert [part for part in sorted(parts) if RESERVED.fullmatch(part) or FORBIDDEN.search(part)] == []
    assert len({one.casefold() for one in places}) == len(places)
    assert [one for one in places if len(one) > 160] == []


def test_every_library_has_a_wheel_for_windows():
    declared = {re.split(r"[<>=!~\[; ]", line)[0] for line in project()["project"]["dependencies"]}
    assert declared == set(WHEELS_FOR_WINDOWS), "look its wheels up, then write it down"


def test_the_program_is_started_by_an_entry_point_not_a_script():
    assert project()["project"]["scripts"] == {"migdesk": "migdesk.__main__:main"}
