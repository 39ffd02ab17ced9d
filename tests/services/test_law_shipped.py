"""A newer program with other packs: what it changes is shown, written by the head as one op, and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from migdesk.domain.arrival import Arrival
from migdesk.domain.case import Case
from migdesk.domain.change import Op
from migdesk.domain.errors import Refused
from migdesk.domain.office import Operator, Role, Setting
from migdesk.services import arrivals, cases, doctor, journal, law, law_shipped
from migdesk.services.desk import Desk
from tests import make
from tests.services.test_arrivals import family

LAW = law.shipped_texts("rules")
TERM = 'code = "notice.arrival"'


def newer(texts: list[tuple[str, str]], file: str, old: str, new: str) -> list[tuple[str, str]]:
    """The shipped files with one passage of one of them changed."""
    changed = [(name, text.replace(old, new) if name == file else text) for name, text in texts]
    assert changed != texts
    return changed


def longer_notice() -> list[tuple[str, str]]:
    text = dict(LAW)["terms.toml"]
    last = text.rindex(TERM)
    at = text.index("length = 3", last)
    return [
        (name, text[:at] + "length = 5" + text[at + 10 :] if name == "terms.toml" else words)
        for name, words in LAW
    ]


@pytest.fixture
def installed(monkeypatch):
    """Install a program whose packs have these texts, and open the office with it."""

    def install(desk: Desk, texts: list[tuple[str, str]]) -> Desk:
        packs = law.read_packs(texts)
        law_shipped.digest.cache_clear()
        given = law.shipped_texts
        monkeypatch.setattr(law, "shipped_texts", lambda one: texts if one == "rules" else given(one))
        monkeypatch.setattr(law, "packs", lambda: packs)
        return Desk(desk.home, desk.store, clock=desk.clock, operator=desk.operator)

    yield install
    law_shipped.digest.cache_clear()


@pytest.fixture
def came(desk):
    """An arrival whose notice is open."""
    arrivals.register_arrival(desk, replace(family(), members=family().members[:1]))
    return desk


def days(desk) -> list[date | None]:
    return [one.notice_due for one in desk.store.live(Arrival)]


def test_a_new_office_is_counted_by_the_law_of_its_program(desk):
    assert not law_shipped.is_newer(desk)
    with pytest.raises(Refused):
        law_shipped.recount(desk)
    assert all(one.ok for one in doctor.examine(desk))


def test_what_a_newer_program_changes_is_shown_and_written_as_one_op(came, installed):
    before = days(came)
    opened = installed(came, longer_notice())
    assert law_shipped.is_newer(opened)
    changed, limits = law_shipped.foresee(opened)
    assert [(one.code, one.before, one.after) for one in changed] == [
        ("notice.arrival", date(2026, 11, 25), date(2026, 11, 27))
    ]
    assert limits == []
    assert days(opened) == before
    assert "recount" in " ".join(one.detail for one in doctor.examine(opened) if not one.ok)
    done = law_shipped.recount(opened)
    assert done.value == 1
    assert days(opened) == [date(2026, 11, 27)]
    assert not law_shipped.is_newer(opened)
    journal.undo_last(opened)
    assert days(opened) == before
    assert law_shipped.is_newer(opened)
    assert law_shipped.foresee(opened)[0] == changed


def test_sums_terms_of_cases_and_limits_follow(came, installed):
    person = came.store.live(Arrival)[0].person
    cases.open_case(
        came, Case(service="kandas_status", person=person, applied_on=make.TODAY, channel="paper")
    )
    texts = newer(LAW, "quotas.toml", '"550000000" = 977', '"550000000" = 990')
    changed, limits = law_shipped.foresee(installed(came, texts))
    assert changed == []
    assert [(one.code, one.before, one.after) for one in limits][:1] == [("quota.kandas.2026", 977, 990)]


def test_an_office_that_remembers_no_law_compares_every_day(came):
    with came.write(Op.SAVE_SETTING) as tx:
        tx.annul(tx.live(Setting, key=law_shipped.KEY)[0], "old")
        tx.put(replace(tx.live(Arrival)[0], notice_due=date(2026, 12, 20)))
    assert law_shipped.is_newer(came)
    changed, limits = law_shipped.foresee(came)
    assert [(one.before, one.after) for one in changed] == [(date(2026, 12, 20), date(2026, 11, 25))]
    assert limits == []


def test_only_the_head_counts_anew(came, installed):
    with came.write(Op.SAVE_OPERATOR) as tx:
        tx.put(Operator(login="clerk", name="Clerk", role=Role.CLERK))
    opened = installed(came, longer_notice())
    opened.operator = "clerk"
    with pytest.raises(Refused) as refused:
        law_shipped.recount(opened)
    assert refused.value.findings[0].code == "heads_only"
