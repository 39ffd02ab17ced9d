"""The line of a mistake in a data file."""

from __future__ import annotations

import pytest

from migdesk.domain.dataline import find_line, located
from migdesk.domain.errors import BadFile

TEXT = """# a pack
id = "p"
title = { kk = "а", ru = "б", en = "c" }

[[term]]
code = "one"
length = 3

[[term]]
code = "two.of"
length = 4
unit = "days"

[[amount]]
code = "sum"
rows = [
  { persons = 1, mrp = 15 },

  # a remark
  { persons = [2, 4], mrp = 18 },
]
options.a = { kk = "а", ru = "б" }

[[special]]
code = "s"

[[special.paper]]
code = "leaf"

[special.covers]
grounds = ["visa"]
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("id", 2),
        ("title", 3),
        ("title.en", 3),
        ("term[1]", 5),
        ("term[2].length", 11),
        ("term[1].unit", 5),
        ("amount[1].rows", 16),
        ("amount[1].rows[1].mrp", 17),
        ("amount[1].rows[2].mrp", 20),
        ("amount[1].options.a.en", 22),
        ("special[1].paper[1].code", 28),
        ("special[1].covers.grounds[1]", 31),
        ("term two.of", 10),
        ("term two.of.unit", 12),
        ("term one.unit", 6),
        ("rule nothing", None),
        ("nowhere", 1),
        ("term[3]", None),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_place_is_found_on_its_line(place, line, ends):
    assert find_line(TEXT.replace("\n", ends), place) == line


def test_a_mistake_is_told_with_its_line():
    with pytest.raises(BadFile) as problem, located(TEXT):
        raise BadFile(
            "p.toml", "term[2].length", "A whole number of at least {least} is expected here.", least=1
        )
    assert problem.value.words().startswith("p.toml:11: term[2].length: ")
