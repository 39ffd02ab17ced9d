"""Which document counts, and the words that say why."""

from __future__ import annotations

from datetime import date

import pytest

from migdesk.domain.current_document import by_rule, current_of, why_current
from migdesk.domain.person import TravelDocument

ON = date(2026, 11, 23)


def paper(number, kind="passport", issued=None, ends=None):
    return TravelDocument(
        number=number,
        kind=kind,
        issued_on=date.fromisoformat(issued) if issued else None,
        expires_on=date.fromisoformat(ends) if ends else None,
    )


@pytest.mark.parametrize(
    ("papers", "code"),
    [
        ([paper("A", ends="2027-01-01"), paper("B", ends="2026-11-22")], "document.valid"),
        ([paper("A", ends="2026-11-23"), paper("B", ends="2026-11-22")], "document.valid"),
        ([paper("A", "id_card", ends="2027-01-01"), paper("B", ends="2020-01-01")], "document.valid"),
        ([paper("A"), paper("B", ends="2020-01-01")], "document.valid"),
        ([paper("A", ends="2027-01-01"), paper("B", "id_card", ends="2036-01-01")], "document.kind"),
        (
            [paper("A", ends="2020-01-01"), paper("B", "birth_certificate", ends="2021-01-01")],
            "document.kind",
        ),
        ([paper("A", "kandas_certificate"), paper("B", "unheard_of")], "document.kind"),
        (
            [paper("A", issued="2025-01-01"), paper("B", issued="2020-01-01", ends="2036-01-01")],
            "document.issued",
        ),
        ([paper("A", issued="2025-01-01"), paper("B")], "document.issued"),
        ([paper("A", ends="2031-01-01"), paper("B", ends="2030-01-01")], "document.lasts"),
    ],
)
def test_the_rule_and_its_words(papers, code):
    for order in (papers, papers[::-1]):
        assert current_of(order, ON).number == "A"
        why = why_current(order, ON)
        assert why.code == code
        assert "{" not in why.words()


def test_of_two_alike_the_one_written_last_counts():
    alike = [paper("old"), paper("new")]
    assert current_of(alike, ON).number == "new"
    assert why_current(alike, ON).code == "document.entered"


def test_one_document_and_none():
    assert why_current([paper("A", ends="2000-01-01")], ON).code == "document.only"
    assert why_current([], ON) is None
    assert current_of([], ON) is None


def test_on_an_earlier_day_the_old_passport_counts():
    old, new = paper("old", issued="2016-01-01", ends="2026-01-01"), paper("new", "id_card")
    assert current_of([old, new], date(2025, 1, 1)).number == "old"
    assert [one.number for one in by_rule([old, new], ON)] == ["new", "old"]
