"""Kinds of fields: what is read, and how it is shown."""

from __future__ import annotations

from datetime import date

import pytest

from migdesk.domain.fields import Text, Whole, spec
from migdesk.domain.quota import Quota

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "typed", ["1234567", "1 234 567", "1\u00a0234\u00a0567", "1\u2009234\u202f567", 1234567.0]
)
def test_a_number_is_read_with_any_blanks_between_its_thousands(typed):
    assert Whole("n").read(typed, today=TODAY) == 1_234_567


def test_a_number_is_grouped_and_a_year_is_not():
    """The year of a quota was shown as 2 026."""
    assert Whole("n").show(1_234_567) == "1\u00a0234\u00a0567"
    assert spec(Quota, "year").field.show(2026) == "2026"
    assert Whole("n").show(None) == ""


@pytest.mark.parametrize("typed", ["\u202eАбай к-сі", "\ufeffАбай\u200b к-сі", "\u2066Абай к-сі\u2069"])
def test_signs_that_nobody_sees_are_not_kept(typed):
    """An address pasted with a sign that turns the text round was kept, and turned the line on paper."""
    assert Text("line").read(typed, today=TODAY) == "Абай к-сі"


def test_joiners_that_persian_needs_are_kept():
    assert Text("line").read("علی\u200cرضا", today=TODAY) == "علی\u200cرضا"
