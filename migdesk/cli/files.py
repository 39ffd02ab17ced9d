"""Files that a command reads and writes; `-` is standard input or output. JSON is read strictly."""

from __future__ import annotations

import codecs
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import IO, Any, NoReturn

from migdesk.cli import streams
from migdesk.domain.errors import BadFile, MigDeskError
from migdesk.i18n import N_
from migdesk.paths import belongs_to_office
from migdesk.services.givenfile import not_read, open_given

STANDARD = "-"
LARGEST = 64_000_000
"""Bytes of a text file or of standard input; more is a slip of the hand."""
LONGEST_LINE = 1_000_000
"""Bytes of one line of JSON; no question is longer."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class NotJson(MigDeskError):
    """A text is not the JSON that is expected; `place` says where."""

    code = "not_json"

    def __init__(self, text: str, place: str = "", /, **values: object) -> None:
        super().__init__(text, hint="", **values)
        self.place = place


def name_of(source: str) -> str:
    """What a message calls the file."""
    return "stdin" if source == STANDARD else source


@contextmanager
def opened(source: str) -> Iterator[IO[bytes]]:
    """A file, or standard input, as bytes.

    Raises:
        BadFile: there is no such file, it is a folder, device or pipe, may not be read, or the disk behind it fails.
    """
    try:
        with _open(source) as file:
            yield file
    except (OSError, ValueError) as error:
        raise not_read(name_of(source), error) from None


def _open(source: str) -> AbstractContextManager[IO[bytes]]:
    if source == STANDARD:
        return nullcontext(sys.stdin.buffer)
    if is_handed_over(source):
        return Path(source).open("rb")
    return open_given(Path(source))


def is_handed_over(source: str) -> bool:
    """Whether the shell made the name, `<(…)`: whoever writes at the other end is there already."""
    return Path(source).parent.as_posix() in ("/dev/fd", "/proc/self/fd")


def read_text(source: str) -> str:
    """A whole text: UTF-8, or the UTF-16 that Windows writes.

    Raises:
        BadFile: missing, empty, too large, or not text.
    """
    with opened(source) as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise BadFile(name_of(source), "", N_("The file is too large for a text."))
    if not data.strip():
        raise BadFile(name_of(source), "", N_("The file is empty."))
    try:
        return _decoded(data)
    except UnicodeDecodeError:
        raise BadFile(name_of(source), "", N_("The file is not text in UTF-8.")) from None


def read_passphrase(source: str | None) -> str | None:
    """The first line of the passphrase file, if one is named.

    Raises:
        BadFile: it cannot be read, its first line is empty, or holds what no database takes as a key.
    """
    if source is None:
        return None
    first = next(iter(read_text(source).splitlines()), "")
    if not first.strip():
        raise BadFile(name_of(source), "1", N_("The first line is empty."))
    if "\0" in first:
        raise BadFile(name_of(source), "1", N_("The passphrase holds a sign that cannot be typed."))
    return first


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding)
    return data.decode("utf-8")


def read_json(source: str) -> Any:
    """The one JSON document of a file.

    Raises:
        BadFile: says where the document breaks.
    """
    text = read_text(source)
    try:
        return loads(text)
    except NotJson as problem:
        raise BadFile(name_of(source), problem.place, problem.text, hint="", **problem.values) from None


def json_lines(source: str) -> Iterator[Any | NotJson]:
    """Each line of a file as JSON, or what is wrong with the line; a long line is not kept in memory.

    Raises:
        BadFile: there is no such file, or it may not be read.
    """
    with opened(source) as file:
        first = True
        while line := file.readline(LONGEST_LINE + 1):
            if len(line) > LONGEST_LINE and not line.endswith(b"\n"):
                _skip_line(file)
                yield NotJson(N_("The line is too long."))
            else:
                yield _line(line.removeprefix(codecs.BOM_UTF8) if first else line)
            first = False


def _skip_line(file: IO[bytes]) -> None:
    while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
        pass


def _line(line: bytes) -> Any | NotJson:
    try:
        return loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        return NotJson(N_("The line is not text in UTF-8."))
    except NotJson as problem:
        return problem


def loads(text: str) -> Any:
    """JSON of a text; names twice in one object, NaN and lone surrogates are refused.

    Raises:
        NotJson: with line and column where it breaks.
    """
    try:
        found = json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        place = f"{error.lineno}:{error.colno}"
        raise NotJson(N_("This is not JSON: {reason}."), place, reason=error.msg) from None
    except RecursionError:
        raise NotJson(N_("The JSON is nested too deeply.")) from None
    except ValueError:
        raise NotJson(N_("A number in the JSON is too long.")) from None
    if "\\u" in text:
        _refuse_surrogates(found)
    return found


def _object(parts: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(parts)
    if len(found) < len(parts):
        names = [name for name, _value in parts]
        twice = next(name for name in names if names.count(name) > 1)
        raise NotJson(N_("“{name}” stands twice in one object."), name=twice)
    return found


def _no_constant(name: str) -> NoReturn:
    raise NotJson(N_("“{name}” is no JSON value."), name=name)


def _refuse_surrogates(found: Any) -> None:
    try:
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise NotJson(N_("The text holds half a character.")) from None


@contextmanager
def source(place: str) -> Iterator[Path]:
    """A file that a service opens by its name; what flows is kept in a file meanwhile.

    Raises:
        BadFile: there is no such file, or it is none.
    """
    if place != STANDARD and not is_handed_over(place):
        with opened(place):
            pass
        yield Path(place)
        return
    with tempfile.TemporaryDirectory(prefix="migdesk-") as room:
        kept = Path(room) / "stdin"
        with opened(place) as given, kept.open("wb") as file:
            shutil.copyfileobj(given, file)
        yield kept


@contextmanager
def target(place: str, suffix: str) -> Iterator[Path]:
    """Where a service writes a file whole or not at all; what is meant for standard output goes there last.

    `suffix` is that of standard output, which has no name to tell the format.
    """
    if place != STANDARD:
        yield Path(place)
        return
    with tempfile.TemporaryDirectory(prefix="migdesk-") as room:
        made = Path(room) / f"output{suffix}"
        yield made
        with made.open("rb") as file, streams.answering() as out:
            shutil.copyfileobj(file, out.buffer)
            out.flush()


def write(place: str, content: bytes) -> None:
    """Put a finished file in its place, or on standard output.

    Raises:
        BadFile: it cannot be written.
    """
    if place == STANDARD:
        with streams.answering() as out:
            out.buffer.write(content)
            out.flush()
        return
    wanted = Path(place)
    if belongs_to_office(wanted):
        raise BadFile(
            place, "", N_("This name belongs to the office's own files."), hint=N_("Choose another name.")
        )
    partial = wanted.with_name(f".{wanted.name}.partial")
    try:
        if wanted.exists() and not wanted.is_file():
            # a device would be taken from the machine, and its name given to a file
            raise OSError(place)
        partial.write_bytes(content)
        partial.replace(wanted)
    except (OSError, ValueError):
        partial.unlink(missing_ok=True)
        text = N_("The file cannot be written: no right, no space, or it is open in another program.")
        raise BadFile(place, "", text) from None
