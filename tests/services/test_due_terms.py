"""What is announced ahead, by the steps of each rule, and the list of it that is printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from migdesk.domain.errors import BadFile
from migdesk.domain.terms import TermKind
from migdesk.i18n import language
from migdesk.rules.load import load_pack
from migdesk.services import due_terms, reporting
from migdesk.services.day import TermWhy, explain_term, list_terms
from tests import make
from tests.services.test_law_packs import HEAD, SOURCE, TERM
from tests.services.test_status import entered, register


@pytest.mark.parametrize(
    ("left", "step"), [(31, None), (30, 30), (8, 30), (7, 7), (4, 7), (3, 3), (1, 1), (0, 1), (-1, None)]
)
def test_a_term_reaches_its_steps_one_after_the_other(desk, left, step):
    register(desk, "DEU", **entered(date(2026, 11, 10)))
    term = replace(list_terms(desk)[0], due=make.TODAY + timedelta(days=left))
    assert TermWhy(term, "", "").step(make.TODAY) == step


def test_each_rule_has_its_own_steps(desk):
    register(desk, "DEU", notified_on=None, registered_on=None)
    steps = {one.kind: explain_term(desk, one).remind for one in list_terms(desk)}
    assert steps == {
        TermKind.NOTICE: (3, 1),
        TermKind.REGISTRATION: (7, 3, 1),
        TermKind.STAY: (30, 7, 3, 1),
    }


def test_the_list_has_the_overdue_first_and_what_is_announced(desk):
    day = date(2026, 11, 17)
    register(desk, "DEU", entered_on=day, arrived_on=day, notified_on=None, registered_on=None)
    found = due_terms.lines(desk, make.TODAY + timedelta(days=60))
    assert [(line[0], line[1], line[2], line[3]) for line in found] == [
        (date(2026, 11, 20), "overdue: 3", None, "Notice of arrival"),
        (date(2026, 12, 16), "in 23 days", 30, "End of stay"),
    ]
    with language("en"):
        printed = reporting.run(desk, "due_terms", make.TODAY, make.TODAY + timedelta(days=60))
    assert [row[1] for row in printed.sections[0].rows] == [date(2026, 11, 20), date(2026, 12, 16)]


@pytest.mark.parametrize("steps", ["[]", "[1, 3]", "[3, 3]", "[0]", "[400]", '["7"]', "7", "[true]"])
def test_steps_that_do_not_fall_are_refused_by_their_key(steps):
    text = HEAD + SOURCE + TERM + f"from = 2026-11-20\nlength = 5\nremind = {steps}\n"
    with pytest.raises(BadFile) as refused:
        load_pack("own.toml", text)
    assert refused.value.place.endswith("remind")
