"""Broken packs and services: whatever is damaged in a shipped file is refused in words with file, key and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from migdesk import paths
from migdesk.domain.errors import BadFile
from migdesk.domain.tomltext import write_toml
from migdesk.rules.load import lay_pack_over, load_pack, load_packs
from migdesk.rules.procedure_file import load_procedure
from migdesk.services import law

RULES = sorted(one for one in (paths.resources() / "rules").glob("*.toml") if "cases" not in one.name)
SERVICES = sorted((paths.resources() / "procedures").glob("*.toml"))
WRONG = [None, 0, -1, "", "??", "2026-02-30", True, [], {}, [1], {"a": 1}, Decimal("1.5"), 10**30]
WORDS = 'title = { kk = "а", ru = "б", en = "c" }\n'
HEAD = f'id = "own"\nversion = "1"\n{WORDS}\n'
SOURCE = '[[source]]\nid = "s"\nact = "Act"\nread = 2026-11-01\nconfidence = "verified"\nmark = "V"\n\n'
TERM = f'[[term]]\ncode = "own.term"\nstarts = "arrival"\nunit = "working_days"\nsource = "s"\n{WORDS}'
RULE = (
    '[[rule]]\ncode = "own.rule"\nfrom = 2026-01-01\njudged_on = "event"\nseverity = "warn"\nsource = "s"\n'
    'text = { kk = "а", ru = "б", en = "c" }\n'
)


def places(value: object, way: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
    """Every key and place of a list inside a table."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield (*way, key)
        yield from places(one, (*way, key))


def damaged(table: dict, way: tuple[object, ...], chance: Random) -> dict:
    """A copy with one value taken away, renamed, doubled or replaced by what does not belong there."""
    made = deepcopy(table)
    holder = made
    for key in way[:-1]:
        holder = holder[key]
    key, act = way[-1], chance.choice(["gone", "wrong", "wrong", "renamed"])
    if act == "gone" or (act == "wrong" and (wrong := chance.choice(WRONG)) is None):
        del holder[key]
    elif act == "wrong":
        holder[key] = wrong
    elif isinstance(holder, dict):
        holder["nobody_knows"] = holder.pop(key)
    else:
        holder.append(deepcopy(holder[key]))
    return made


def read(path: Path, text: str) -> None:
    if path.parent.name == "procedures":
        load_procedure(path.name, text)
    else:
        load_pack(path.name, text)
        lay_pack_over(law.packs(), path.name, text)


@pytest.mark.parametrize("path", [*RULES, *SERVICES], ids=lambda path: path.stem)
def test_a_damaged_file_is_refused_in_words_and_never_by_a_traceback(path):
    table = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    ways, chance = list(places(table)), Random(path.name)
    refused = 0
    for way in chance.sample(ways, min(30, len(ways))):
        try:
            read(path, write_toml(damaged(table, way, chance)))
        except BadFile as problem:
            refused += 1
            assert problem.path == path.name
            assert problem.place, problem.words()
            assert "Traceback" not in problem.words()
    assert refused > 10


@pytest.mark.parametrize("path", [*RULES, *SERVICES], ids=lambda path: path.stem)
def test_a_file_with_damaged_lines_is_refused_with_the_line(path):
    lines, chance = path.read_text(encoding="utf-8").splitlines(), Random(path.name)
    refused = 0
    for _turn in range(20):
        at = chance.randrange(len(lines))
        broken = [lines[at][: len(lines[at]) // 2], "= 1", lines[at] + " }", "\x00" + lines[at], "[[", ""]
        changed = [*lines[:at], chance.choice(broken), *lines[at + 1 :]]
        try:
            read(path, "\r\n".join(changed))
        except BadFile as problem:
            refused += 1
            assert problem.line is not None or "end of document" in problem.words(), problem.words()
    assert refused > 3


@pytest.mark.parametrize(
    ("text", "place", "line", "words"),
    [
        (
            TERM + "from = 2026-01-01\nuntil = 2026-03-31\nlength = 3\n\n"
            + TERM + "from = 2026-05-01\nlength = 5\n",
            "term own.term", 13, "Nothing holds from 2026-04-01 to 2026-04-30",
        ),
        (TERM + "from = 2026-01-01\nlength = 3\n" + TERM + "from = 2026-05-01\nlength = 5\n",
         "term own.term", 13, "Two entries hold on 2026-05-01."),
        (RULE + 'when = { fact = "nobody", is = 1 }\n', "rule[1].when", 19, "“nobody” is not known here."),
        (TERM.replace(', en = "c"', "") + "from = 2026-01-01\nlength = 3\n", "term[1].title.en", 17,
         "This key is missing."),
        (TERM + 'from = "2026-01-01"\nlength = 3\n', "term[1].from", 18, "A date is expected here"),
        (TERM + "from = 2026-02-30\nlength = 3\n", "term[1].from", 18, "There is no such day: 2026-02-30."),
        (TERM + "from = 2026-02-03 # from\n# length = 3\n\nlength = -3\n", "term[1].length", 21,
         "A whole number from 0 to 36525"),
        ('[[value]]\ncode = "v"\nunit = "x"\n' + WORDS + "entries = [\n  { from = 2026-01-01, is = 1, source = "
         '"s" },\n  # a remark\n\n  { from = 2025-01-01, is = 2, source = "s" },\n]\n',
         "value[1].entries[2].from", 20, "Entries must stand in order"),
    ],
    ids=["gap", "overlap", "fact", "language", "no date", "no day", "negative", "order"],
)  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_mistake_is_named_by_file_key_and_line(text, place, line, words, end):
    with pytest.raises(BadFile) as caught:
        lay_pack_over(law.packs(), "own.toml", (HEAD + SOURCE + text).replace("\n", end))
    problem = caught.value
    assert (problem.path, problem.place.partition(".fact")[0], problem.line) == ("own.toml", place, line)
    assert words in problem.words()
    assert re.match(rf"own\.toml:{line}: ", problem.words())


def test_a_gap_between_two_packs_of_the_program_is_refused():
    one = HEAD + SOURCE + TERM + "from = 2026-01-01\nuntil = 2026-03-31\nlength = 3\n"
    two = one.replace('id = "own"', 'id = "two"').replace("until = 2026-03-31\n", "")
    assert load_packs([("one.toml", one), ("two.toml", two.replace("2026-01-01", "2026-04-01"))])
    with pytest.raises(BadFile) as caught:
        load_packs([("one.toml", one), ("two.toml", two.replace("2026-01-01", "2026-04-02"))])
    assert (caught.value.path, caught.value.place, caught.value.line) == ("one.toml", "term own.term", 13)
    assert "from 2026-04-01 to 2026-04-01" in caught.value.words()


def test_a_term_that_an_act_brings_back_after_years_is_no_gap():
    periods = "from = 2020-01-01\nuntil = 2022-12-31\nlength = 3\n", "from = 2026-01-01\nlength = 5\n"
    found = lay_pack_over(law.packs(), "own.toml", HEAD + SOURCE + TERM + periods[0] + TERM + periods[1])
    assert [term.length for term in found[-1].terms] == [3, 5]


def test_days_of_an_earlier_pack_fill_what_a_later_one_leaves_open():
    text = HEAD + SOURCE + TERM.replace("own.term", "notice.arrival")
    periods = "from = 2027-01-01\nuntil = 2027-01-31\nlength = 4\n", "from = 2027-03-01\nlength = 5\n"
    found = lay_pack_over(
        law.packs(), "own.toml", text + periods[0] + TERM.replace("own.term", "notice.arrival") + periods[1]
    )
    assert [pack.id for pack in found][-1] == "own"
