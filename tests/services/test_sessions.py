"""Sessions of commissions: quorum, agenda, votes, closing, and what a decision says of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from migdesk.domain.case import Case, CaseState, CaseStep
from migdesk.domain.change import Op
from migdesk.domain.errors import Invalid, Refused
from migdesk.domain.finding import Severity
from migdesk.domain.register import RECORDS
from migdesk.domain.session import (
    Recommendation,
    SeatRole,
    Session,
    SessionItem,
    SessionMember,
    SessionState,
    SessionVote,
    Vote,
)
from migdesk.i18n import language
from migdesk.services.arrivals import arrivals
from migdesk.services.cases import case_file, cases, session_file, sessions
from migdesk.services.cases.sessions import Ballot
from migdesk.services.laws import choices
from migdesk.services.matter import Verdict
from migdesk.services.papers import printing
from migdesk.services.upkeep import doctor, journal
from migdesk.store import replay
from tests import make
from tests.paper.words import page_text
from tests.services.test_arrivals import family

FILED = date(2026, 11, 19)
HELD = date(2026, 11, 20)
FOR, AGAINST = Vote.FOR, Vote.AGAINST


@pytest.fixture
def arrived(desk):
    return arrivals.register_arrival(desk, family()).value


@pytest.fixture
def case(desk, arrived):
    return opened(desk, arrived)


def opened(desk, arrived, service="kandas_status", answers=None):
    asked = Case(service=service, person=arrived.people[0].uid, applied_on=FILED)
    return cases.open_case(desk, asked, (), answers).value


def seat(name, role=SeatRole.MEMBER, *, present=True):
    return SessionMember(name=name, role=role, present=present)


CHAIR = seat("Ахметова А. Б.", SeatRole.CHAIR)
SECRETARY = seat("Ким В. С.", SeatRole.SECRETARY)
FOUR = (CHAIR, seat("Оспанов Д. К."), seat("Нурланова С. Т."), SECRETARY)


def called(desk, members=FOUR, commission="reception", **given):
    values = {"commission": commission, "held_on": HELD, "place": "каб. 12", "video": "2026/11/20.mp4"}
    return sessions.open_session(desk, Session(**{**values, **given}), members).value


def with_case(desk, case, **given):
    session = called(desk, **given)
    sessions.add_cases(desk, session.uid, [case])
    return session_file.open_file(desk, session.uid)


def all_vote(file, vote=FOR):
    return [(one.uid, vote) for one in file.present]


def item_of(desk, file):
    return desk.store.get(SessionItem, file.items[0].item.uid)


def codes(refused):
    return {one.code for one in refused.value.findings if one.severity is Severity.BLOCK}


def test_a_session_from_its_agenda_to_the_decision_of_its_case(desk, case):
    assert [one.case.uid for one in session_file.waiting(desk, "reception")] == [case.uid]
    file = with_case(desk, case)
    assert file.session.number == "PVL-S2026-00001"
    assert session_file.waiting(desk, "reception") == []
    voted = sessions.vote(desk, file.items[0].item.uid, Ballot(all_vote(file))).value
    assert voted.recommendation is Recommendation.FAVOUR
    closed = sessions.close(desk, file.session.uid, ends="11.30")
    assert closed.findings == ()
    assert (closed.value.state, closed.value.protocol, closed.value.ends) == (
        SessionState.CLOSED,
        "PVL-SP2026-00001",
        "11:30",
    )
    step = desk.store.live(CaseStep, case=case.uid, code="commission")[0]
    assert (step.done_on, step.note) == (HELD, "PVL-SP2026-00001")
    known = case_file.get_case(desk, case.uid)
    assert (known.protocol, known.protocol_on) == ("PVL-SP2026-00001", HELD)
    told = cases.check_decision(desk, case.uid, Verdict("grant"))
    assert "no_protocol" not in {one.code for one in told}
    for paper in case_file.open_file(desk, case.uid).lacking:
        cases.receive_paper(desk, case.uid, paper.code)
    decided = cases.decide(desk, case.uid, Verdict("grant")).value
    assert (decided.protocol, decided.protocol_on) == ("PVL-SP2026-00001", HELD)
    assert list(replay.differences(desk.store)) == []
    assert all(one.ok for one in doctor.examine(desk))


def test_closing_is_one_op_and_undo_takes_all_of_it_back(desk, case):
    file = with_case(desk, case)
    sessions.vote(desk, file.items[0].item.uid, Ballot(all_vote(file)))
    before = case_file.get_case(desk, case.uid)
    assert sessions.close(desk, file.session.uid).changes.op is Op.CLOSE_SESSION
    journal.undo_last(desk)
    again = session_file.open_file(desk, file.session.uid)
    assert (again.session.state, again.session.protocol) == (SessionState.OPEN, "")
    assert desk.store.live(CaseStep, case=case.uid) == []
    assert case_file.get_case(desk, case.uid).protocol == before.protocol == ""
    assert len(again.items[0].votes) == 3


@pytest.mark.parametrize(
    ("answer", "present", "needed", "has"),
    [
        ("two_thirds", 2, 2, True),
        ("two_thirds", 1, 2, False),
        ("majority", 2, 2, True),
        ("majority", 1, 2, False),
        ("all", 2, 3, False),
        ("all", 3, 3, True),
    ],
)
def test_the_quorum_is_the_office_s_answer(desk, answer, present, needed, has):
    choices.choose(desk, "commission.quorum", answer)
    members = [SessionMember(name=f"Член {n}", role=SeatRole.MEMBER, present=n < present) for n in range(3)]
    file = session_file.open_file(desk, called(desk, [*members, SECRETARY]).uid)
    assert (file.needed, len(file.present), file.has_quorum) == (needed, present, has)


@pytest.mark.parametrize(("members", "needed"), [(1, 1), (2, 2), (3, 2), (4, 3), (5, 4), (6, 4), (9, 6)])
def test_two_thirds_are_never_rounded_down(desk, members, needed):
    assert session_file.needed_of(desk, members) == needed


def test_no_session_is_closed_without_a_quorum(desk, case):
    file = with_case(desk, case, members=(CHAIR, seat("А", present=False), seat("Б", present=False)))
    sessions.vote(desk, file.items[0].item.uid, Ballot(all_vote(file)))
    with pytest.raises(Refused) as refused:
        sessions.close(desk, file.session.uid)
    assert codes(refused) == {"no_quorum"}
    assert "1 of 3" in refused.value.words()


def test_no_session_is_closed_with_cases_nobody_voted_on(desk, case):
    file = with_case(desk, case)
    votes = all_vote(file)
    sessions.vote(desk, file.items[0].item.uid, Ballot(votes[:2]))
    with pytest.raises(Refused) as refused:
        sessions.close(desk, file.session.uid)
    assert codes(refused) == {"unvoted"}
    assert "Нурланова" in refused.value.words() and "Ахметова" not in refused.value.words()
    sessions.vote(desk, file.items[0].item.uid, Ballot(votes[2:]))
    assert sessions.close(desk, file.session.uid).value.state is SessionState.CLOSED


def test_an_empty_agenda_is_not_closed(desk):
    with pytest.raises(Refused) as refused:
        sessions.close(desk, called(desk).uid)
    assert codes(refused) == {"no_agenda"}


def test_nobody_votes_twice(desk, case):
    file = with_case(desk, case)
    first, item = file.present[0], file.items[0].item.uid
    with pytest.raises(Invalid) as twice:
        sessions.vote(desk, item, Ballot([(first.uid, FOR), (first.uid, AGAINST)]))
    sessions.vote(desk, item, Ballot([(first.uid, FOR)]))
    with pytest.raises(Invalid) as again:
        sessions.vote(desk, item, Ballot([(first.uid, AGAINST)]))
    assert codes(twice) == codes(again) == {"voted_twice"}
    sessions.vote(desk, item, Ballot([(first.uid, AGAINST)], anew=True))
    assert [one.vote for one in desk.store.live(SessionVote, item=item)] == [AGAINST]


def test_the_secretary_and_the_absent_have_no_vote(desk, case):
    file = with_case(desk, case, members=(*FOUR, seat("Нет", present=False)))
    names = {one.name: one.uid for one in file.members}
    item = file.items[0].item.uid
    with pytest.raises(Invalid) as refused:
        sessions.vote(desk, item, Ballot([(names["Ким В. С."], FOR), (names["Нет"], FOR), ("somebody", FOR)]))
    assert codes(refused) == {"no_vote", "absent", "no_member"}
    choices.choose(desk, "commission.secretary_votes", "yes")
    sessions.vote(desk, item, Ballot([(names["Ким В. С."], FOR)]))


def test_who_voted_does_not_become_absent_and_is_not_dropped(desk, case):
    file = with_case(desk, case)
    member = file.present[0]
    sessions.vote(desk, file.items[0].item.uid, Ballot([(member.uid, FOR)]))
    for act in (
        lambda: sessions.attend(desk, file.session.uid, [], [member.uid]),
        lambda: sessions.drop_members(desk, file.session.uid, [member.uid]),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert codes(refused) == {"has_voted"}


@pytest.mark.parametrize(
    ("commission", "service", "code"),
    [
        ("reception", "rvp", "other_service"),
        ("nationality", "kandas_status", "other_service"),
        ("reception", "kandas_nationality", "other_service"),
        ("reception", "kandas_status", None),
        ("nationality", "kandas_nationality", None),
    ],
)
def test_each_commission_examines_its_own_services(desk, arrived, commission, service, code):
    given = {"purpose": "work"} if service == "rvp" else None
    case = opened(desk, arrived, service, given)
    session = called(desk, commission=commission)
    if code is None:
        assert sessions.add_cases(desk, session.uid, [case]).findings == ()
        return
    with pytest.raises(Refused) as refused:
        sessions.add_cases(desk, session.uid, [case])
    assert codes(refused) == {code}


def test_a_case_whose_paper_shows_no_nationality_waits_for_the_other_commission(desk, arrived):
    case = opened(desk, arrived, answers={"nationality_shown": "commission"})
    assert [one.case.uid for one in session_file.waiting(desk, "nationality")] == [case.uid]
    for paper in case_file.open_file(desk, case.uid).lacking:
        cases.receive_paper(desk, case.uid, paper.code)
    with pytest.raises(Invalid) as refused:
        cases.decide(desk, case.uid, Verdict("grant"))
    assert codes(refused) == {"kandas.nationality_session"}
    file = with_case(desk, case, commission="nationality")
    sessions.vote(desk, file.items[0].item.uid, Ballot(all_vote(file)))
    sessions.close(desk, file.session.uid)
    assert case_file.get_case(desk, case.uid).protocol == "PVL-SP2026-00001"
    other = with_case(desk, case, commission="reception")
    sessions.vote(desk, other.items[0].item.uid, Ballot(all_vote(other)))
    sessions.close(desk, other.session.uid, protocol="15-П")
    decided = cases.decide(desk, case.uid, Verdict("grant")).value
    assert (decided.state, decided.protocol) == (CaseState.GRANTED, "15-П")


def test_a_refusal_of_the_nationality_commission_stops_the_grant(desk, arrived):
    case = opened(desk, arrived, answers={"nationality_shown": "commission"})
    file = with_case(desk, case, commission="nationality")
    sessions.vote(desk, file.items[0].item.uid, Ballot(all_vote(file, AGAINST), words="доказательств нет"))
    sessions.close(desk, file.session.uid)
    told = cases.check_decision(desk, case.uid, Verdict("grant"))
    assert {one.code: one.severity for one in told}["kandas.nationality_session"] is Severity.BLOCK


def test_a_grant_against_the_recommendation_is_remarked(desk, case):
    file = with_case(desk, case)
    sessions.vote(desk, file.items[0].item.uid, Ballot(all_vote(file, AGAINST), grounds=("commission",)))
    sessions.close(desk, file.session.uid)
    told = {one.code: one for one in cases.check_decision(desk, case.uid, Verdict("grant"))}
    assert told["commission.refused"].severity is Severity.WARN
    assert told["commission.refused"].source


def test_a_postponed_case_waits_for_the_next_session(desk, case):
    file = with_case(desk, case)
    sessions.vote(desk, file.items[0].item.uid, Ballot([], recommendation=Recommendation.POSTPONE))
    sessions.close(desk, file.session.uid)
    assert desk.store.live(CaseStep, case=case.uid) == []
    assert case_file.get_case(desk, case.uid).protocol == ""
    assert [one.case.uid for one in session_file.waiting(desk, "reception")] == [case.uid]
    assert sessions.add_cases(desk, called(desk).uid, [case]).findings == ()


@pytest.mark.parametrize(
    ("votes", "recommended"),
    [
        ((FOR, FOR, AGAINST), Recommendation.FAVOUR),
        ((FOR, Vote.ABSTAINED, Vote.RECUSED), Recommendation.FAVOUR),
        ((FOR, AGAINST, Vote.ABSTAINED), None),
        ((Vote.ABSTAINED, Vote.ABSTAINED, Vote.RECUSED), None),
    ],
)
def test_the_majority_of_for_and_against_recommends_and_equal_votes_do_not(desk, case, votes, recommended):
    file = with_case(desk, case)
    given = [(one.uid, vote) for one, vote in zip(file.present, votes, strict=True)]
    done = sessions.vote(desk, file.items[0].item.uid, Ballot(given))
    assert done.value.recommendation is recommended
    if recommended is None:
        with pytest.raises(Refused) as refused:
            sessions.close(desk, file.session.uid)
        assert codes(refused) == {"no_recommendation"}


@pytest.mark.parametrize(("grounds", "code"), [((), "no_ground"), (("dance",), "unknown_ground")])
def test_a_recommendation_to_refuse_has_a_ground_of_the_service(desk, case, grounds, code):
    file = with_case(desk, case)
    with pytest.raises(Invalid) as refused:
        sessions.vote(desk, file.items[0].item.uid, Ballot(all_vote(file, AGAINST), grounds=grounds))
    assert code in codes(refused)
    assert item_of(desk, file).recommendation is None
    assert desk.store.live(SessionVote) == []


def test_a_recommendation_that_the_votes_contradict_is_remarked(desk, case):
    file = with_case(desk, case)
    done = sessions.vote(
        desk,
        file.items[0].item.uid,
        Ballot(all_vote(file), recommendation=Recommendation.REFUSE, words="нет"),
    )
    assert [one.code for one in done.findings] == ["against_votes"]


def test_a_case_stands_on_one_open_agenda_and_is_examined_once(desk, case):
    file = with_case(desk, case)
    other = called(desk)
    with pytest.raises(Refused) as refused:
        sessions.add_cases(desk, other.uid, [case])
    assert codes(refused) == {"on_agenda"}
    sessions.vote(desk, file.items[0].item.uid, Ballot(all_vote(file)))
    sessions.close(desk, file.session.uid)
    with pytest.raises(Refused) as again:
        sessions.add_cases(desk, other.uid, [case])
    assert codes(again) == {"examined"}


def test_a_case_filed_after_the_session_or_decided_is_not_examined(desk, case):
    early = called(desk, held_on=FILED - timedelta(days=1))
    with pytest.raises(Refused) as refused:
        sessions.add_cases(desk, early.uid, [case])
    assert codes(refused) == {"filed_later"}
    file = with_case(desk, case)
    with pytest.raises(Invalid) as moved:
        sessions.change(desk, file.session.uid, held_on=FILED - timedelta(days=1))
    assert codes(moved) == {"filed_later"}
    sessions.vote(desk, file.items[0].item.uid, Ballot(all_vote(file)))
    with desk.write(Op.DECIDE_CASE) as tx:  # as another office's copy of the case may have been
        tx.put(case_file.get_case(desk, case.uid), state=CaseState.WITHDRAWN)
    with pytest.raises(Refused) as closed:
        sessions.close(desk, file.session.uid)
    assert codes(closed) == {"case.closed"}
    sessions.drop_cases(desk, file.session.uid, [file.items[0].item.uid])
    assert session_file.open_file(desk, file.session.uid).items == ()


def test_a_closed_session_changes_no_more(desk, case):
    file = with_case(desk, case)
    item = file.items[0].item.uid
    sessions.vote(desk, item, Ballot(all_vote(file)))
    sessions.close(desk, file.session.uid)
    uid = file.session.uid
    for act in (
        lambda: sessions.close(desk, uid),
        lambda: sessions.change(desk, uid, place="там"),
        lambda: sessions.add_cases(desk, uid, [case]),
        lambda: sessions.drop_cases(desk, uid, [item]),
        lambda: sessions.vote(desk, item, Ballot([], anew=True)),
        lambda: sessions.attend(desk, uid, []),
        lambda: sessions.call_off(desk, uid, "x"),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert codes(refused) == {"session.closed"}


def test_a_session_ahead_is_called_and_not_closed(desk, case):
    file = with_case(desk, case, held_on=make.TODAY + timedelta(days=1))
    sessions.vote(desk, file.items[0].item.uid, Ballot(all_vote(file)))
    with pytest.raises(Refused) as refused:
        sessions.close(desk, file.session.uid)
    assert codes(refused) == {"in_future"}


def test_a_session_called_off_lets_its_cases_go(desk, case):
    session = with_case(desk, case).session
    with pytest.raises(Invalid):
        sessions.call_off(desk, session.uid, " ")
    sessions.call_off(desk, session.uid, "нет кворума")
    assert [one.case.uid for one in session_file.waiting(desk, "reception")] == [case.uid]


def test_the_next_session_has_the_members_of_the_last_one_none_present_yet(desk):
    called(desk, commission="nationality", members=(seat("Другая"),))
    called(desk)
    session = sessions.open_session(desk, Session(commission="reception", held_on=HELD)).value
    members = session_file.open_file(desk, session.uid).members
    assert [(one.name, one.role, one.present) for one in members] == [
        (one.name, one.role, False) for one in FOUR
    ]


def test_a_session_without_a_video_is_remarked_since_the_duty_to_record(desk, case):
    file = with_case(desk, case, video="")
    sessions.vote(desk, file.items[0].item.uid, Ballot(all_vote(file)))
    done = sessions.close(desk, file.session.uid)
    assert [one.code for one in done.findings] == ["commission.video"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"commission": "choir"}, "commission"),
        ({"commission": ""}, "commission"),
        ({"held_on": None}, "held_on"),
        ({"begins": "noon"}, "begins"),
    ],
)
def test_what_is_wrong_with_a_session_is_told_by_field(desk, given, field):
    with pytest.raises(Invalid) as refused:
        called(desk, **given)
    assert field in {one.field for one in refused.value.findings}


def test_a_protocol_number_of_another_session_is_remarked(desk, case, arrived):
    for one in (case, opened(desk, arrived, "kandas_quota")):
        file = with_case(desk, one)
        sessions.vote(desk, file.items[0].item.uid, Ballot(all_vote(file)))
        done = sessions.close(desk, file.session.uid, protocol="7")
    assert "protocol_again" in {one.code for one in done.findings}


def living(desk):
    return {cls.table: {one.uid: replace(one, rev=0) for one in desk.store.live(cls)} for cls in RECORDS}


def test_each_step_of_a_session_is_taken_back_by_undo(desk, case):
    session = None

    def uid() -> str:
        assert session is not None
        return session.uid

    def voted():
        file = session_file.open_file(desk, uid())
        return sessions.vote(desk, file.items[0].item.uid, Ballot(all_vote(file)))

    for step in (
        lambda: sessions.open_session(desk, Session(commission="reception", held_on=HELD, place="12"), FOUR),
        lambda: sessions.change(desk, uid(), place="каб. 14"),
        lambda: sessions.add_cases(desk, uid(), [case]),
        voted,
        lambda: sessions.call_off(desk, uid(), "кворум жоқ"),
    ):
        before = living(desk)
        step()
        journal.undo_last(desk)
        assert living(desk) == before
        done = step()
        session = done.value if isinstance(done.value, Session) else session


def test_a_case_on_an_open_agenda_is_not_decided_past_the_commission(desk, case):
    """It was granted directly, and then neither the session nor its step could be ended."""
    file = with_case(desk, case)
    for paper in case_file.open_file(desk, case.uid).lacking:
        cases.receive_paper(desk, case.uid, paper.code)
    with pytest.raises(Invalid) as refused:
        cases.decide(desk, case.uid, Verdict("grant", protocol="7"))
    assert codes(refused) == {"on_agenda"}
    assert file.session.number in refused.value.findings[0].words()
    sessions.drop_cases(desk, file.session.uid, [file.items[0].item.uid])
    assert cases.decide(desk, case.uid, Verdict("grant", protocol="7")).value.state is CaseState.GRANTED


def test_a_withdrawn_case_leaves_the_open_agenda(desk, case, arrived):
    other = opened(desk, arrived, "kandas_quota")
    session = called(desk)
    sessions.add_cases(desk, session.uid, [case, other])
    file = session_file.open_file(desk, session.uid)
    for one in file.items:
        sessions.vote(desk, one.item.uid, Ballot(all_vote(file)))
    told = cases.decide(desk, case.uid, Verdict("withdraw"))
    assert "off_agenda" in {one.code for one in told.findings}
    file = session_file.open_file(desk, session.uid)
    assert [one.case.uid for one in file.items] == [other.uid]
    assert sessions.close(desk, session.uid).value.state is SessionState.CLOSED


def closed_with(desk, case, protocol=""):
    file = with_case(desk, case)
    sessions.vote(desk, file.items[0].item.uid, Ballot(all_vote(file)))
    return sessions.close(desk, file.session.uid, protocol=protocol).value


def printed(desk, session, folder, lang="kk"):
    return printing.print_form(desk, "session_protocol", session.uid, folder / "p.pdf", lang=lang).value


def test_the_paper_of_a_protocol_has_the_number_of_the_protocol(desk, case, arrived, tmp_path):
    """The print took the next number of the protocols: the page bore two, and the next session a third."""
    session = closed_with(desk, case)
    lines = [printed(desk, session, tmp_path, lang).printout for lang in ("kk", "kk", "ru")]
    assert [(one.number, one.copy) for one in lines] == [(session.protocol, n) for n in (1, 2, 1)]
    assert closed_with(desk, opened(desk, arrived, "kandas_quota")).protocol == "PVL-SP2026-00002"


def test_a_kazakh_protocol_names_the_service_in_kazakh_when_the_window_is_russian(desk, case, tmp_path):
    session = closed_with(desk, case)
    with language("ru"):
        printed(desk, session, tmp_path)
    title = desk.find_procedure(case.service, case.applied_on).title
    text = " ".join(page_text((tmp_path / "p.pdf").read_bytes(), 1).split())
    assert title["kk"].split()[0] in text and title["ru"].split()[0] not in text


def test_a_protocol_with_a_number_the_register_has_already_bears_its_own(desk, case, arrived, tmp_path):
    """Numbers given by hand begin anew each year."""
    printed(desk, closed_with(desk, case, "15"), tmp_path)
    session = closed_with(desk, opened(desk, arrived, "kandas_quota"), "15")
    for copy in (1, 2):
        one = printed(desk, session, tmp_path)
        assert (one.printout.number, one.printout.copy) == ("PVL-SPR2026-00001", copy)
        assert "SPR" not in page_text(one.content, 1)
