"""A newer program with other packs: what it changes is shown, written by the head as one op, and taken back."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from migdesk import about
from migdesk.domain.arrival import Arrival
from migdesk.domain.case import Case
from migdesk.domain.change import Op
from migdesk.domain.errors import Refused
from migdesk.domain.office import CalendarDay, Operator, Role, Setting
from migdesk.services import law
from migdesk.services.arrivals import arrivals
from migdesk.services.cases import cases
from migdesk.services.desk import Desk
from migdesk.services.laws import choices, law_counted, law_packs
from migdesk.services.laws.law_counted import Standing
from migdesk.services.payments import payments
from migdesk.services.payments.payments import Demand
from migdesk.services.upkeep import doctor, journal
from migdesk.store import contents
from tests import make
from tests.services.test_arrivals import family
from tests.services.test_law_packs import pack

LAW = law.shipped_texts("rules")
TERM = "kandas.decision"


def newer(texts: list[tuple[str, str]], file: str, old: str, new: str) -> list[tuple[str, str]]:
    """The shipped files with one passage of one of them changed."""
    changed = [(name, text.replace(old, new) if name == file else text) for name, text in texts]
    assert changed != texts
    return changed


def longer_notice(texts: list[tuple[str, str]] = LAW, code: str = "notice.arrival") -> list[tuple[str, str]]:
    """The shipped files with two days more in the last term of a code."""
    text = dict(texts)["terms.toml"]
    head, last = text[: text.rindex(f'code = "{code}"')], text[text.rindex(f'code = "{code}"') :]
    grown = re.sub(r"length = (\d+)", lambda found: f"length = {int(found[1]) + 2}", last, count=1)
    return [(name, head + grown if name == "terms.toml" else words) for name, words in texts]


@pytest.fixture
def installed(monkeypatch):
    """Install a program whose packs have these texts, and open the office with it."""

    def install(desk: Desk, texts: list[tuple[str, str]]) -> Desk:
        packs = law.read_packs(texts)
        law_counted.digest.cache_clear()
        given = law.shipped_texts
        monkeypatch.setattr(law, "shipped_texts", lambda one: texts if one == "rules" else given(one))
        monkeypatch.setattr(law, "packs", lambda: packs)
        return Desk(desk.home, desk.store, clock=desk.clock, operator=desk.operator)

    yield install
    law_counted.digest.cache_clear()


@pytest.fixture
def came(desk):
    """An arrival whose notice is open."""
    arrivals.register_arrival(desk, replace(family(), members=family().members[:1]))
    return desk


def days(desk) -> list[date | None]:
    return [one.notice_due for one in desk.store.live(Arrival)]


def test_a_new_office_is_counted_by_the_law_of_its_program(desk):
    assert law_counted.standing(desk) is Standing.SAME
    with pytest.raises(Refused):
        law_counted.recount(desk)
    assert all(one.ok for one in doctor.examine(desk))


def test_what_a_newer_program_changes_is_shown_and_written_as_one_op(came, installed):
    before = days(came)
    opened = installed(came, longer_notice())
    assert law_counted.standing(opened) is Standing.NEWER
    changed, limits, _cases = law_counted.foresee(opened)
    assert [(one.code, one.before, one.after) for one in changed] == [
        ("notice.arrival", date(2026, 11, 25), date(2026, 11, 27))
    ]
    assert limits == []
    assert days(opened) == before
    assert "recount" in " ".join(one.detail for one in doctor.examine(opened) if not one.ok)
    done = law_counted.recount(opened)
    assert done.value == (changed, [], [])
    assert days(opened) == [date(2026, 11, 27)]
    assert law_counted.standing(opened) is Standing.SAME
    journal.undo_last(opened)
    assert days(opened) == before
    assert law_counted.standing(opened) is Standing.NEWER
    assert law_counted.foresee(opened)[0] == changed


def test_sums_terms_of_cases_and_limits_follow(came, installed):
    person = came.store.live(Arrival)[0].person
    case = Case(service="kandas_status", person=person, applied_on=make.TODAY, channel="paper")
    due = cases.open_case(came, case).value.due_on
    payments.demand_payment(came, Demand("support.relocation", person, given={"persons": "1"}))
    texts = newer(LAW, "quotas.toml", '"550000000" = 977', '"550000000" = 990')
    texts = longer_notice(newer(texts, "mrp.toml", "is = 4325,", "is = 4400,"), TERM)
    changed, limits, _cases = law_counted.foresee(installed(came, texts))
    assert [(one.field, one.before, one.after) for one in changed] == [
        ("due_on", due, due + timedelta(days=4)),  # over a weekend
        ("tenge", 70 * 4325, 70 * 4400),
    ]
    assert [(one.code, one.before, one.after) for one in limits][:1] == [("quota.kandas.2026", 977, 990)]


def test_an_office_that_remembers_no_law_compares_every_day(came):
    with came.write(Op.SAVE_SETTING) as tx:
        tx.annul(tx.live(Setting, key=law_counted.KEY)[0], "old")
        tx.put(replace(tx.live(Arrival)[0], notice_due=date(2026, 12, 20)))
    assert law_counted.standing(came) is Standing.NEWER
    changed, limits, _cases = law_counted.foresee(came)
    assert [(one.before, one.after) for one in changed] == [(date(2026, 12, 20), date(2026, 11, 25))]
    assert limits == []


def test_only_the_head_counts_anew(came, installed):
    with came.write(Op.SAVE_OPERATOR) as tx:
        tx.put(Operator(login="clerk", name="Clerk", role=Role.CLERK))
    opened = installed(came, longer_notice())
    opened.operator = "clerk"
    with pytest.raises(Refused) as refused:
        law_counted.recount(opened)
    assert refused.value.findings[0].code == "heads_only"


LAWS: dict[str, Callable[[Desk], object]] = {
    "preview": lambda desk: law_packs.law_with(desk, law_packs.get_pack(desk, "own.term")),
    "preview of a day": lambda desk: choices.law_with_days(
        desk, [CalendarDay(day=date(2026, 11, 24), reason="Storm", act="5")]
    ),
    "pack": lambda desk: law_packs.switch_pack(desk, "own.term", on=True, why="order 1"),
    "day": lambda desk: choices.save_calendar_day(
        desk, CalendarDay(day=date(2026, 11, 24), works=False, reason="Storm", act="5")
    ),
    "answer": lambda desk: choices.choose(
        desk, (one := choices.open_questions(desk)[0]).code, next(iter(one.options))
    ),
    "undo": journal.undo_last,
}
"""Everything that changes the law of an office, or says what a change would bring."""


@pytest.mark.parametrize("change", LAWS.values(), ids=LAWS)
def test_the_law_is_not_changed_before_a_newer_one_is_counted(came, installed, change):
    """It would be compared with a law by which no day was counted, and the days of before would stay for ever."""
    law_packs.take_pack(came, pack())
    opened, before = installed(came, longer_notice()), days(came)
    with pytest.raises(Refused) as refused:
        change(opened)
    assert [one.code for one in refused.value.findings] == ["law.not_counted"]
    assert "recount" in refused.value.words()
    assert days(opened) == before
    law_counted.recount(opened)
    assert days(opened) == [date(2026, 11, 27)]
    choices.save_calendar_day(
        opened, CalendarDay(day=date(2026, 11, 24), works=False, reason="Storm", act="5")
    )
    assert days(opened) == [date(2026, 11, 30)]


@pytest.mark.parametrize("by", ["law", "program", "journal"])
def test_an_older_program_says_so_and_takes_no_day_back(came, installed, monkeypatch, by):
    if by == "journal":  # of two builds of one version the office knows which came first
        monkeypatch.setattr(law_counted, "edition", lambda: "0.9.0/2026.11")
    if by == "law":
        later = newer(longer_notice(), "terms.toml", 'version = "2026.11.1"', 'version = "2026.12"')
    else:
        later = longer_notice()
        monkeypatch.setattr(about, "version", lambda: "0.10.0")
    opened = installed(came, later)
    law_counted.recount(opened)
    monkeypatch.setattr(about, "version", lambda: "0.9.0")
    older = installed(opened, LAW)
    assert law_counted.standing(older) is Standing.OLDER
    for deed in (law_counted.recount, law_counted.foresee, LAWS["day"]):
        with pytest.raises(Refused) as refused:
            deed(older)
        assert [one.code for one in refused.value.findings] == ["law.older_program"]
    assert days(older) == [date(2026, 11, 27)]
    (told,) = [one.detail for one in doctor.examine(older) if one.name == "rules" and not one.ok]
    assert "newer program" in told


@pytest.mark.parametrize(
    ("one", "other", "later"),
    [
        ("0.10.0/2026.11", "0.9.0/2026.12", True),
        ("0.9.0/2026.11", "0.10.0/2026.11", False),
        ("0.1.0/2026.10", "0.1.0/2026.9", True),
        ("0+checkout/2026.9", "0.1.0/2026.10", False),
        ("0.1.0/2026.11", "0+checkout/2026.11", False),
    ],
)
def test_editions_are_in_order(one, other, later):
    assert law_counted.is_later(one, other) is later


def test_a_law_of_before_that_cannot_be_read_is_told(came, installed):
    opened = installed(came, longer_notice())
    assert law_counted.doubts(opened) == []
    body = zlib.compress(b'{"rules": [["a.toml", "id = 1"]], "procedures": []}')
    with came.write(Op.SAVE_SETTING) as tx:
        kept = tx.live(Setting, key=law_counted.KEY)[0]
        tx.put(kept, value=f"another {contents.keep(tx.connection, body)}")
    opened = installed(came, longer_notice())
    (told,) = law_counted.doubts(opened)
    assert told.code == "law.unread" and "a.toml" in told.words()
    assert "a.toml" in next(one.detail for one in doctor.examine(opened) if one.name == "rules")
