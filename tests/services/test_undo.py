"""Undo after an op is as if it had not been: every record that counts is what it was, and can be found as before."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migdesk.domain.appointment import Appointment, VisitState
from migdesk.domain.arrival import Arrival, Departure, DepartureKind, Stay
from migdesk.domain.case import Case
from migdesk.domain.change import NOT_UNDOABLE, Op
from migdesk.domain.dates import PartialDate
from migdesk.domain.errors import MigDeskError, Stale, StoreProblem
from migdesk.domain.name_spelling import NameSpelling
from migdesk.domain.office import CalendarDay, Operator
from migdesk.domain.party import Party
from migdesk.domain.payment import Obligation, Payment, PaymentState
from migdesk.domain.permit import Permit, PermitState
from migdesk.domain.person import Membership, Person, Sex, TravelDocument
from migdesk.domain.protection import PersonNote, Unaccompanied
from migdesk.domain.quota import Reservation, ReservationState, Stream, Waiting, WaitingState
from migdesk.domain.register import RECORDS
from migdesk.domain.saved_view import SavedView
from migdesk.services import particulars, views
from migdesk.services.arrivals import arrivals, departures, groups, moves, parties, verifying
from migdesk.services.arrivals.groups import GroupDraft, GroupRow
from migdesk.services.cases import case_file, cases
from migdesk.services.desk import Clock, Desk, open_desk
from migdesk.services.families import family_events, minors
from migdesk.services.families.families import members_on
from migdesk.services.families.family_events import Heading, Joining, Leaving, Parting, Reuniting
from migdesk.services.laws import choices, law_packs
from migdesk.services.payments import obligations, payments, receipts
from migdesk.services.payments.payments import Demand
from migdesk.services.people import documents, merging, notes, people, spellings
from migdesk.services.permits import bulk_extension, permits
from migdesk.services.quotas import quotas, waiting
from migdesk.services.quotas.quotas import Pot
from migdesk.services.quotas.waiting import Wish
from migdesk.services.stays import crossings
from migdesk.services.terms import appointments
from migdesk.services.upkeep import journal
from migdesk.store import journal as book
from migdesk.store import writer
from migdesk.store.rows import to_values
from tests import make
from tests.services.test_arrivals import family
from tests.services.test_law_packs import pack as own_pack

POT = Pot(Stream.KANDAS, "550000000", 2026)
WAITED = Pot(Stream.RESETTLER, "550000000", 2026)
WAITS = WaitingState.WAITING
PEOPLE = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def living(desk: Desk) -> dict[str, dict[str, Any]]:
    """Every record that counts, by uid, and how it is found."""
    found = {rec.uid: to_values(rec) for cls in RECORDS for rec in desk.store.live(cls)}
    found["words"] = {
        word: sorted(one.person.uid for one in people.find_people(desk, word)) for word in ("қас", "ум", "ab")
    }
    found["figures"] = dict(desk.store.rows("SELECT uid, figure FROM arrival WHERE annulled_on IS NULL"))
    return found


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> Path:
    home = tmp_path_factory.mktemp("undo") / "office"
    desk = make.desk(home)
    arrivals.register_arrival(desk, family())
    quotas.allot(desk, POT, 5, "№ 1")
    quotas.allot(desk, WAITED, 5, "№ 1")
    desk.close()
    return home


# --- the writer

texts = st.sampled_from(["", "Қасымова", "Умаров", "Ән-сәл 'q'\n", "x" * 50])
days = st.none() | st.dates(date(1950, 1, 1), date(2026, 1, 1))
changes = st.fixed_dictionaries(
    {},
    optional={
        "surname": texts,
        "note": texts,
        "sex": st.none() | st.sampled_from(Sex),
        "birth_date": st.sampled_from([None, PartialDate(1990, 0, 0), PartialDate(2000, 2, 29)]),
        "citizenship": st.sampled_from(["", "UZB", "KAZ"]),
        "birth_estimated": st.booleans(),
    },
)
deeds = st.lists(
    st.tuples(st.sampled_from(["new", "edit", "annul", "paper"]), st.integers(0, 9), changes, days),
    min_size=1,
    max_size=6,
)


def write(desk: Desk, wanted: list[tuple[str, int, dict[str, Any], date | None]]) -> bool:
    """Do some deeds as one op; whether anything was written."""
    with desk.write(Op.SAVE_PERSON) as tx:
        for deed, at, fields, day in wanted:
            here = tx.live(Person)
            if deed == "new" or not here:
                tx.put(make.person(**fields))
            elif deed == "edit":
                tx.put(here[at % len(here)], **fields)
            elif deed == "annul":
                tx.annul(here[at % len(here)], "test")
            else:
                papers = tx.live(TravelDocument, person=here[at % len(here)].uid)
                paper = papers[0] if papers else TravelDocument(kind="passport", number=f"AB{at}")
                tx.put(paper, person=here[at % len(here)].uid, expires_on=day)
    return bool(tx.changes.changes)


@PEOPLE
@given(ops=st.lists(deeds, min_size=1, max_size=4))
def test_undo_of_any_writing_puts_everything_back(kept, tmp_path_factory, ops):
    home = Path(shutil.copytree(kept, tmp_path_factory.mktemp("u") / "office"))
    desk = open_desk(home, clock=Clock(make.TODAY))
    for wanted in ops:
        before = living(desk)
        if write(desk, wanted):
            after = living(desk)
            journal.undo_last(desk)
            assert living(desk) == before
            write(desk, wanted)
            assert len(living(desk)) == len(after)
    assert journal.broken_links(desk) == []
    desk.close()
    shutil.rmtree(home)


# --- the services


def _person(desk: Desk) -> Person:
    return desk.store.live(Person)[0]


def _open(desk: Desk, cls: type[Any], **given: Any) -> Any:
    found = desk.store.live(cls, **given)
    return found[-1] if found else cls(uid="none")


def _in_force(desk: Desk) -> list[bulk_extension.Named]:
    """The permits of the newest holders."""
    held = desk.store.live(Permit, state=PermitState.GRANTED)
    return [bulk_extension.Named(one.uid) for one in held[-3:]]


def _newest_family(desk: Desk) -> tuple[str, list[str]]:
    """A family with its members today, the head first."""
    place = _open(desk, Membership, relation="head", until=None)
    return place.family or "none", [
        one.uid for _place, one in members_on(desk, place.family or "", desk.today)
    ]


SERVICES: dict[str, Callable[[Desk], object]] = {
    "join": lambda desk: family_events.join(
        desk, Joining(_open(desk, Person).uid, "other", make.TODAY, _newest_family(desk)[0])
    ),
    "leave": lambda desk: family_events.leave(
        desk, Leaving((one := _newest_family(desk))[0], one[1][-1], make.TODAY)
    ),
    "part": lambda desk: family_events.part(
        desk, Parting((one := _newest_family(desk))[0], one[1][-1:], one[1][-1], make.TODAY)
    ),
    "head": lambda desk: family_events.change_head(
        desk, Heading((one := _newest_family(desk))[0], one[1][-1], make.TODAY)
    ),
    "reunite": lambda desk: family_events.reunite(
        desk,
        Reuniting(
            _newest_family(desk)[0], desk.store.live(Membership)[0].family or "none", "other", make.TODAY
        ),
    ),
    "note": lambda desk: notes.write(
        desk, PersonNote(person=_person(desk).uid, written_on=make.TODAY, text="сөз")
    ),
    "minor": lambda desk: minors.say(desk, Unaccompanied(person=_open(desk, Person).uid, since=make.TODAY)),
    "group": lambda desk: groups.register_group(
        desk, GroupDraft(tuple(GroupRow(one, "1") for one in family().members), make.arrival())
    ),
    "book": lambda desk: appointments.book(
        desk, Appointment(name="Юсупов", person=_person(desk).uid, day=date(2026, 11, 27), at="10:00")
    ),
    "move": lambda desk: appointments.move(desk, _open(desk, Appointment).uid, date(2026, 11, 27), "11:00"),
    "mark": lambda desk: appointments.cancel(desk, _open(desk, Appointment, state=VisitState.DUE).uid),
    "register": lambda desk: arrivals.register_arrival(desk, family(), duplicates=False),
    "move house": lambda desk: moves.register_move(
        desk,
        moves.Move(_open(desk, Arrival, left_on=None).uid, make.TODAY, make.address(line="Абай к-сі, 1")),
    ),
    "return": lambda desk: moves.register_return(
        desk, moves.Return(_open(desk, Departure).person or "none", make.TODAY, make.TODAY)
    ),
    "cross": lambda desk: crossings.register_crossing(
        desk,
        Stay(person=_person(desk).uid, entered_on=date(2026, 9, 1), left_on=date(2026, 9, 2)),
    ),
    "correct departure": lambda desk: departures.correct_departure(
        desk, replace(_open(desk, Departure), left_on=date(2026, 11, 22))
    ),
    "correct crossing": lambda desk: crossings.correct_crossing(
        desk, replace(_open(desk, Stay), entered_on=date(2026, 8, 30))
    ),
    "annul departure": lambda desk: departures.annul_departure(desk, _open(desk, Departure).uid, "қате"),
    "depart": lambda desk: departures.register_departure(
        desk,
        Departure(
            person=_open(desk, Arrival, left_on=None).person,
            arrival=_open(desk, Arrival, left_on=None).uid,
            kind=DepartureKind.ABROAD,
            left_on=make.TODAY,
        ),
    ),
    "correct": lambda desk: arrivals.correct_arrival(
        desk, replace(_open(desk, Arrival), arrived_on=date(2026, 11, 21), note="түзетілді")
    ),
    "verify": lambda desk: verifying.verify_person(desk, _person(desk).uid),
    "person": lambda desk: people.save_person(desk, replace(_person(desk), phone="+77010000000")),
    "document": lambda desk: documents.save_document(
        desk, replace(_open(desk, TravelDocument), number=f"Z{len(journal.entries(desk))}")
    ),
    "annul": lambda desk: documents.annul_document(desk, _open(desk, TravelDocument), "қате"),
    "party": lambda desk: parties.save_party(desk, replace(_open(desk, Party), head="Жаңа")),
    "merge": lambda desk: merging.merge(desk, _person(desk).uid, _open(desk, Person).uid),
    "separate": lambda desk: merging.separate(
        desk, next((one.uid for one in desk.store.select(Person, "merged_into IS NOT NULL")), "none")
    ),
    "distinct": lambda desk: merging.say_distinct(desk, _person(desk).uid, _open(desk, Person).uid, "егіз"),
    "case": lambda desk: cases.open_case(
        desk, Case(service="kandas_status", person=_person(desk).uid, applied_on=make.TODAY)
    ),
    "members": lambda desk: cases.choose_members(desk, (one := _open(desk, Case)).uid, [one.person]),
    "paper": lambda desk: cases.receive_paper(
        desk, (one := _open(desk, Case)).uid, next(p.code for p in case_file.open_file(desk, one.uid).papers)
    ),
    "step": lambda desk: cases.do_step(
        desk, (one := _open(desk, Case)).uid, case_file.open_file(desk, one.uid).steps[0].code
    ),
    "permit": lambda desk: permits.issue(
        desk,
        Permit(
            kind="rvp",
            person=_person(desk).uid,
            valid_from=make.TODAY,
            valid_until=date(2027, 11, 22),
            region="550000000",
        ),
    ),
    "extend many": lambda desk: bulk_extension.apply(
        desk, bulk_extension.plan(desk, _in_force(desk), bulk_extension.How(date(2031, 5, 1)))
    ),
    "revoke": lambda desk: permits.revoke(desk, _open(desk, Permit, state=PermitState.GRANTED).uid, "№ 9"),
    "allot": lambda desk: quotas.allot(desk, POT, 2, "№ 2"),
    "reserve": lambda desk: quotas.reserve(desk, quotas.Hold(POT, 1)),
    "release": lambda desk: quotas.release(
        desk, _open(desk, Reservation, state=ReservationState.HELD).uid, "бас тартты"
    ),
    "transfer": lambda desk: quotas.transfer(desk, POT, 1, "AST", "№ 3"),
    "past limit": lambda desk: quotas.allot(desk, POT, 900, "№ 2", override="бұйрық жолда"),
    "renew": lambda desk: quotas.renew(desk, _open(desk, Reservation, state=ReservationState.HELD).uid, None),
    "wait": lambda desk: waiting.enter(desk, Wish(WAITED, _person(desk).uid)),
    "skip": lambda desk: waiting.skip(desk, _open(desk, Waiting, state=WAITS).uid, "absent", "келмеді"),
    "next": lambda desk: waiting.include(desk, _open(desk, Waiting, state=WAITS).uid),
    "strike": lambda desk: waiting.strike(desk, _open(desk, Waiting, state=WAITS).uid, "өз өтініші"),
    "office": lambda desk: particulars.save_office(desk, replace(desk.office, head="А. Серікова")),
    "signer": lambda desk: particulars.save_signer(desk, replace(_open(desk, Operator), name="Б. Ахметов")),
    "view": lambda desk: views.keep_view(desk, SavedView(of_list="people", name="Менікі")),
    "forget view": lambda desk: views.forget_view(desk, _open(desk, SavedView).uid),
    "forget spelling": lambda desk: spellings.forget(desk, _open(desk, NameSpelling).uid),
    "take law": lambda desk: law_packs.take_pack(desk, own_pack()),
    "switch law": lambda desk: law_packs.switch_pack(desk, "own.term", on=True, why="№ 7"),
    "demand": lambda desk: payments.demand_payment(
        desk, Demand("support.relocation", _person(desk).uid, {"persons": "1"})
    ),
    "pay": lambda desk: receipts.pay(desk, _open(desk, Payment, state=PaymentState.DUE).uid, "түбіртек 5"),
    "waive": lambda desk: payments.waive(desk, _open(desk, Payment, state=PaymentState.DUE).uid, "№ 8"),
    "bind": lambda desk: obligations.begin(desk, _person(desk).uid),
    "unbind": lambda desk: obligations.end(desk, _open(desk, Obligation).uid, "көшті", broken=True),
    "choose": lambda desk: choices.choose(desk, "stay.count", "both"),
    "calendar": lambda desk: choices.save_calendar_day(
        desk, CalendarDay(day=date(2026, 12, 1), reason="қаулы")
    ),
}


IN_OTHER_FILES = {
    **dict.fromkeys(
        (
            Op.OPEN_SESSION,
            Op.CHANGE_SESSION,
            Op.SET_AGENDA,
            Op.VOTE_CASE,
            Op.CLOSE_SESSION,
            Op.CALL_OFF_SESSION,
        ),
        "test_sessions.py",
    ),
    Op.ANSWER_CASE: "test_case_answers.py",
    Op.CORRECT_LAW: "test_special_regimes.py",
    Op.RECOUNT_LAW: "test_law_counted.py",
    **dict.fromkeys((Op.TAKE_STOPLIST, Op.DROP_STOPLIST, Op.JUDGE_STOPLIST), "test_stoplists.py"),
    **dict.fromkeys((Op.FILE_APPEAL, Op.SETTLE_APPEAL), "test_appeals.py"),
    Op.RECOUNT_STAYS: "test_stay_ends.py",
    Op.CORRECT_FAMILY: "test_family_corrections.py",
    **dict.fromkeys((Op.KEEP_TEMPLATE, Op.FORGET_TEMPLATE), "test_arrival_templates.py"),
    **dict.fromkeys((Op.OPEN_CASES, Op.CHECK_CASE, Op.CORRECT_CHECK, Op.PROLONG_WATCH), "test_monitoring.py"),
}
"""Ops whose undo is tried where their services are."""


def test_every_op_that_can_be_undone_is_tried():
    tried = {Op.SAVE_PERSON, Op.SAVE_PARTY, Op.SAVE_SETTING, Op.SAVE_CALENDAR, Op.REGISTER_ARRIVAL}
    tried |= {
        Op.CORRECT_ARRIVAL,
        Op.VERIFY_FILE,
        Op.REGISTER_DEPARTURE,
        Op.REGISTER_MOVE,
        Op.REGISTER_RETURN,
        Op.REGISTER_CROSSING,
        Op.CORRECT_DEPARTURE,
        Op.CORRECT_CROSSING,
        Op.ANNUL_EVENT,
        Op.OPEN_CASE,
        Op.RECEIVE_PAPER,
        Op.DO_STEP,
        Op.CHOOSE_MEMBERS,
    }
    tried |= {Op.SAVE_VIEW, Op.FORGET_VIEW, Op.FORGET_SPELLING}
    tried |= {Op.MERGE_FILES, Op.SEPARATE_FILES, Op.SAY_DISTINCT, Op.SAVE_DOCUMENT, Op.ANNUL_DOCUMENT}
    tried |= {
        Op.SAVE_OFFICE,
        Op.SAVE_OPERATOR,
        Op.REVOKE_PERMIT,
        Op.EXTEND_PERMITS,
        Op.ALLOT_QUOTA,
        Op.RESERVE_QUOTA,
        Op.RELEASE_QUOTA,
        Op.TRANSFER_QUOTA,
        Op.RENEW_QUOTA,
        Op.OVERRIDE_QUOTA,
    }
    tried |= {Op.ENTER_WAITING, Op.SKIP_WAITING, Op.INCLUDE_WAITING, Op.STRIKE_WAITING}
    tried |= {Op.JOIN_FAMILY, Op.LEAVE_FAMILY, Op.PART_FAMILY, Op.CHANGE_HEAD, Op.REUNITE_FAMILIES}
    tried |= {Op.SAVE_NOTE, Op.SAVE_GUARDIAN, Op.ATTACH, Op.ANNUL_ATTACHMENT, Op.SAVE_PHOTO}
    tried |= {
        Op.TAKE_LAW,
        Op.SWITCH_LAW,
        Op.SWITCH_LAW_ON,
        Op.SWITCH_LAW_OFF,
        Op.BEGIN_OBLIGATION,
        Op.END_OBLIGATION,
    }
    tried |= {Op.DEMAND_PAYMENT, Op.RECORD_PAYMENT, Op.CLOSE_PAYMENT}
    tried |= {Op.REGISTER_GROUP, Op.BOOK_VISIT, Op.MOVE_VISIT, Op.MARK_VISIT}
    tried |= IN_OTHER_FILES.keys()
    assert set(Op) - NOT_UNDOABLE - tried == {Op.IMPORT_WORKBOOK}


@pytest.mark.parametrize("file", sorted(set(IN_OTHER_FILES.values())))
def test_the_other_files_that_try_undo_do(file):
    assert "undo_last(" in Path(__file__).with_name(file).read_text(encoding="utf-8")


@PEOPLE
@given(names=st.lists(st.sampled_from(sorted(SERVICES)), min_size=3, max_size=10))
def test_undo_of_any_service_puts_everything_back(kept, tmp_path_factory, names):
    home = Path(shutil.copytree(kept, tmp_path_factory.mktemp("s") / "office"))
    desk = open_desk(home, clock=Clock(make.TODAY))
    for name in names:
        before, count = living(desk), len(journal.entries(desk, limit=1000))
        try:
            SERVICES[name](desk)
        except MigDeskError:
            assert living(desk) == before
            continue
        wrote = len(journal.entries(desk, limit=1000)) > count
        if wrote and journal.entries(desk)[0].op not in NOT_UNDOABLE:
            journal.undo_last(desk)
            assert living(desk) == before, name
            SERVICES[name](desk)
    assert journal.broken_links(desk) == []
    desk.close()
    shutil.rmtree(home)


def test_two_windows_do_not_take_back_the_same_op(tmp_path, monkeypatch):
    """Both said that they had; the second had changed nothing."""
    first = make.desk(tmp_path)
    people.save_person(first, make.person())
    second = open_desk(tmp_path)
    seen = journal.find_undoable(second)
    journal.undo_last(first)
    answers = iter([seen, journal.find_undoable(second)])
    monkeypatch.setattr(journal, "find_undoable", lambda _desk: next(answers))
    with pytest.raises(Stale):
        journal.undo_last(second)
    first.close()
    second.close()


def test_an_op_whose_entry_is_garbled_is_not_taken_back(tmp_path):
    desk = make.desk(tmp_path)
    people.save_person(desk, make.person())
    desk.store.connection.execute("UPDATE change SET before = '{' WHERE tbl = 'person'")
    with pytest.raises(StoreProblem):
        journal.undo_last(desk)
    desk.close()


def test_a_bulk_op_is_taken_back_part_by_part(tmp_path, monkeypatch):
    """Half a million changes in memory at once were a gigabyte: an op is read, and noted, in parts."""
    monkeypatch.setattr(book, "_PART", 3)
    monkeypatch.setattr(writer, "_CHUNK", 4)
    desk = make.desk(tmp_path)
    arrivals.register_arrival(desk, family())
    before = living(desk)
    with desk.write(Op.IMPORT_WORKBOOK) as tx:
        made = [tx.put(make.person(surname=f"Адам{n}")) for n in range(10)]
        tx.put(replace(made[0], given="Екінші"))
        tx.put_new(make.document(person=one.uid, uid=desk.new_uid(), rev=1) for one in made)
    most, put = [], writer.Tx.put

    def counted(tx, rec, **given):
        most.append(sum(bool(one.uid) for one in tx.changes.changes))
        return put(tx, rec, **given)

    monkeypatch.setattr(writer.Tx, "put", counted)
    done = journal.undo_last(desk)
    assert (len(most), max(most) <= 4, len(done.changes.changes)) == (21, True, 21)
    assert living(desk) == before
    assert journal.broken_links(desk) == []
    desk.close()
