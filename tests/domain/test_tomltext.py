"""What the program writes as a data file is read again as it was."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migdesk.domain.tomltext import write_toml

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PLAIN = st.one_of(
    st.booleans(),
    st.integers(-(2**62), 2**62),
    st.dates(),
    WORDS,
    st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9),
)
VALUE = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS.filter(bool), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(WORDS.filter(bool), VALUE, max_size=5))
def test_what_is_written_is_read_again(table):
    assert tomllib.loads(write_toml(table), parse_float=Decimal) == table


def test_lists_of_tables_stand_as_blocks_after_the_plain_keys():
    text = write_toml({"term": [{"code": "a", "from": date(2027, 1, 1)}, {"code": "b"}], "id": "own"})
    assert text == 'id = "own"\n\n[[term]]\ncode = "a"\nfrom = 2027-01-01\n\n[[term]]\ncode = "b"\n'


def test_what_no_data_file_holds_is_refused():
    with pytest.raises(TypeError):
        write_toml({"key": None})
