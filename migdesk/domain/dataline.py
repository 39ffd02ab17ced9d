"""The line of a data file on which something stands, for people who look for a mistake in it.

The reader of TOML keeps no lines, so they are looked for in the text afterwards: the table of the place, then the
key in it. What is missing is reported at the table that lacks it, a key of the whole file at its first line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain

from migdesk.domain.errors import BadFile
from migdesk.i18n import N_

_PART = re.compile(r"(?P<name>[^.\[\]]+)(?:\[(?P<number>\d+)\])?\Z")
_HEADER = re.compile(r"\s*\[+\s*(?P<name>[^\[\]]+?)\s*\]+")
_TOP_KEY = re.compile(r"[a-z_]+")
_BAD_DAY = re.compile(r"Invalid date or datetime \(at line (\d+), column (\d+)\)")
_TABLE = re.compile(r"\[(\[?)([\w.-]+)\]")
_KIND_AND_CODE = re.compile(r"(?P<kind>[a-z_]+) (?P<code>\S+)\Z")


@contextmanager
def located(text: str) -> Iterator[None]:
    """Give a `BadFile` that is raised while a text is read the line it speaks of."""
    try:
        yield
    except BadFile as problem:
        if problem.line is None and problem.place:
            problem.line = find_line(text, problem.place)
        raise


def no_such_day(text: str, file: str, problem: str) -> BadFile | None:
    """A day such as 30 February, with the key it stands at; nothing when something else is wrong."""
    said = _BAD_DAY.fullmatch(problem)
    if said is None:
        return None
    lines = text.replace("\r\n", "\n").split("\n")
    line, at = lines[int(said[1]) - 1], int(said[2]) - 1
    given, key = re.match(r"[\d-]+", line[at:]), re.search(r"([\w-]+)\s*=\s*$", line[:at])
    if given is None or key is None:
        return None
    tables = [found for one in lines[: int(said[1])] if (found := _TABLE.match(one))]
    place = key[1]
    if tables:
        name = tables[-1][2]
        count = sum(one[2] == name for one in tables)
        place = f"{name}[{count}].{place}" if tables[-1][1] else f"{name}.{place}"
    return BadFile(file, place, N_("There is no such day: {given}."), given=given[0])


def find_line(text: str, place: str) -> int | None:
    """The line, from 1, of a place such as `term[3].length` or `term notice.arrival`; nothing when not found."""
    lines = text.splitlines()
    if named := _KIND_AND_CODE.match(place):
        kind, code = named.groups()
        whole, _dot, key = code.rpartition(".")
        return _line_of_code(lines, kind, code, None) or _line_of_code(lines, kind, whole, key)
    first, last = 0, len(lines)
    found: int | None = None
    for part in map(_PART.match, place.split(".")):
        if part is None:
            break
        name, number = part["name"], int(part["number"] or 1)
        block = _block(lines, first, last, name, number)
        if block:
            first, last = block
            found = first
            continue
        line = _key(lines, first, last, name)
        if line is None:
            break
        found = line + (_rows_before(lines, line, last, number) if part["number"] else 0)
        first = found
    if found is None:
        return 1 if _TOP_KEY.fullmatch(place) else None
    return found + 1


def _block(lines: Sequence[str], first: int, last: int, name: str, number: int) -> tuple[int, int] | None:
    """The lines of the table with a name, the `number`-th of them: from its header to the next one."""
    headers = [(at, found["name"]) for at in range(first, last) if (found := _HEADER.match(lines[at]))]
    same = [at for at, header in headers if header.rpartition(".")[2] == name]
    if number > len(same):
        return None
    start = same[number - 1]
    own = next(header for at, header in headers if at == start)
    after = (at for at, header in headers if at > start and not header.startswith(f"{own}."))
    return start, next(after, last)


def _key(lines: Sequence[str], first: int, last: int, name: str) -> int | None:
    """The line that begins with a key, or else the first in which it stands inside a table on one line."""
    word = re.escape(name)
    begins = re.compile(rf"""\s*["']?{word}["']?\s*(=|\.)""")
    inside = re.compile(rf"""(^|[{{,.\s])["']?{word}["']?\s*=""")
    looks = ((at, look) for look in (begins, inside) for at in range(first, last))
    return next(
        (at for at, look in looks if look.search(lines[at]) and (look is inside or look.match(lines[at]))),
        None,
    )


def _rows_before(lines: Sequence[str], start: int, last: int, number: int) -> int:
    """How many lines below its key the `number`-th row of a list written over several lines stands."""
    if number == 1 and lines[start].rstrip().endswith("}]"):
        return 0
    rows = [at - start for at in range(start, last) if re.match(r"\s*\{", lines[at])]
    return rows[number - 1] if number <= len(rows) else 0


def _line_of_code(lines: Sequence[str], kind: str, code: str, key: str | None) -> int | None:
    wanted = re.compile(rf"""\s*(code|id)\s*=\s*["']{re.escape(code)}["']""")
    for at, line in enumerate(lines):
        if not wanted.match(line):
            continue
        headers = (found for back in range(at, -1, -1) if (found := _HEADER.match(lines[back])))
        header = next(headers, None)
        if header and header["name"] == kind:
            ends = chain(
                (below for below in range(at, len(lines)) if _HEADER.match(lines[below])), [len(lines)]
            )
            inner = _key(lines, at, next(ends), key) if key else None
            return (at if inner is None else inner) + 1
    return None
