"""External lists: taken in, checked by, judged; a match asks to look again and never refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from migdesk.domain.dates import PartialDate
from migdesk.domain.errors import BadFile, Invalid, NotFound
from migdesk.domain.finding import Severity
from migdesk.domain.stoplist import StopList, StopRow
from migdesk.services.arrivals import arrivals, groups
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.arrivals.groups import GroupDraft, GroupRow
from migdesk.services.people import people
from migdesk.services.stays import status
from migdesk.services.stays.status import Light
from migdesk.services.stoplists import stop_checks, stop_taking, stoplists
from migdesk.services.upkeep import doctor, journal
from migdesk.services.workbooks import importing
from migdesk.store import search
from tests import make
from tests.services.test_two_windows import saved_between

HEADER = "№;ФИО;Дата рождения;Гражданство;Номер паспорта;Основание;Статья"
SAME = "1;КАСЫМОВА АЙГУЛЬ;17.05.1990;Узбекистан;;решение суда;ст. 31"
OTHER = "2;PETROV PETR;01.02.1980;Россия;N 7654321;;"


def file_of(tmp_path, *rows, header=HEADER, name="list.csv"):
    path = tmp_path / name
    path.write_text("\n".join((header, *rows)), encoding="utf-8")
    return path


def edition(**given):
    values = {"name": "РКЛ", "source": "МВД РФ", "listed_on": make.TODAY - timedelta(2), **given}
    return StopList(**values)


@pytest.fixture
def take(desk, tmp_path):
    def taken(*rows, **given):
        path = file_of(tmp_path, *(rows or (SAME, OTHER)))
        return stop_taking.take(desk, stop_taking.preview(desk, path), edition(**given)).value

    return taken


@pytest.fixture
def person(desk):
    return people.save_person(desk, make.person(), make.document(number="AA1234567")).value


def told(findings):
    return {one.code: one.severity for one in findings if one.code.startswith("stoplist")}


def draft(person, *documents):
    papers = documents or (make.document(),)
    return ArrivalDraft((Member(person, papers),), make.arrival(), make.address())


def test_two_windows_take_one_file_in_once(desk, other, tmp_path):
    path = file_of(tmp_path, SAME)

    def write(window):
        stop_taking.take(window, stop_taking.preview(window, path), edition())

    assert saved_between(desk, other, write, write) == ["taken_already"]
    assert len(stoplists.in_force(desk)) == len(desk.store.live(StopList)) == 1


def test_every_row_is_taken_or_told_by_its_cell(desk, tmp_path):
    path = file_of(
        tmp_path, SAME, "2;Petrov Petr;31.02.1990;Нарния;N 123456;;", "3;;12.12.1990;;;суд;", "4;;;;;;"
    )
    plan = stop_taking.preview(desk, path)
    assert [letter for letter, _header, _field in plan.columns] == list("BCDEFG")
    assert (len(plan.rows), plan.refused) == (2, 2)
    first, second = plan.rows
    assert (first.birth_date, first.citizenship) == (PartialDate(1990, 5, 17), "UZB")
    assert first.reason == "решение суда; ст. 31"
    assert (second.name, second.birth_date, second.citizenship) == ("Petrov Petr", None, "Нарния")
    told_at = {one.cell: one.code for one in plan.problems}
    assert told_at["C3"] == "not_a_date" and told_at["4"] == "nobody"
    assert desk.store.live(StopRow) == []


@pytest.mark.parametrize(
    "header",
    ["Тегі, аты, әкесінің аты;Туған күні;Негізі", "Full name;Date of birth;Reason", "Фамилия;ИИН;Статья"],
)
def test_columns_are_known_in_three_languages(desk, tmp_path, header):
    plan = stop_taking.preview(desk, file_of(tmp_path, "Касымова;05.05.1990;x", header=header))
    assert len(plan.columns) == 3 and plan.rows[0].reason == "x"


def test_a_name_of_parts_with_its_latin_spelling(desk, tmp_path):
    header = "Фамилия;Имя;Фамилия латиницей;Имя латиницей;ФИО латиницей;Прежняя фамилия"
    rows = "Касымова;Айгуль;KASSYMOVA;AIGUL;AIGUL K;Ахметова"
    row = stop_taking.preview(desk, file_of(tmp_path, rows, header=header)).rows[0]
    assert row.name == "Касымова Айгуль"
    assert row.other_names.startswith("KASSYMOVA AIGUL; AIGUL K")


def test_words_too_long_are_cut_and_told(desk, tmp_path):
    plan = stop_taking.preview(desk, file_of(tmp_path, f"1;Касымова;;;;{'x' * 3000};"))
    assert len(plan.rows[0].reason) == 2000
    assert {one.code: one.cell for one in plan.problems}["cut"] == "F2"


def test_a_file_of_nobody_is_refused(desk, tmp_path):
    with pytest.raises(BadFile):
        stop_taking.preview(desk, file_of(tmp_path, "1;;;;;;"))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": " "}, "name"),
        ({"source": ""}, "source"),
        ({"listed_on": None}, "listed_on"),
        ({"listed_on": make.TODAY + timedelta(1)}, "listed_on"),
    ],
)
def test_name_source_and_day_are_asked(desk, tmp_path, given, field):
    plan = stop_taking.preview(desk, file_of(tmp_path, SAME))
    with pytest.raises(Invalid) as wrong:
        stop_taking.take(desk, plan, edition(**given))
    assert field in {one.field for one in wrong.value.findings}


def test_a_list_is_one_op_that_can_be_undone(desk, take, person):
    taken = take()
    assert (taken.people, taken.taken_on, len(taken.digest)) == (2, make.TODAY, 64)
    assert len(desk.store.live(StopRow, stop_list=taken.uid)) == 2
    assert journal.entries(desk)[0].about == "РКЛ"
    assert list(search.unsound(desk.store)) == []
    journal.undo_last(desk)
    assert stoplists.in_force(desk) == () and stop_checks.matches(desk, person) == []
    assert list(search.unsound(desk.store)) == []


def test_the_words_come_back_after_they_were_lost(desk, take, person):
    take()
    desk.store.connection.execute("DELETE FROM stop_search")
    assert stop_checks.matches(desk, person) == []
    search.rebuild(desk.store.connection)
    assert len(stop_checks.matches(desk, person)) == 1


def test_a_match_says_why(desk, take, person):
    take("1;KASYMOVA AYGUL;17.05.1991;;;;", OTHER)
    found = stop_checks.matches(desk, person)[0]
    assert "birth date differs in one digit" in found.match.reasons
    assert (
        stop_checks.remarks(desk, person)[0]
        .words()
        .startswith("May be on the list “РКЛ” (МВД РФ, of 21.11.2026)")
    )


def test_a_number_is_enough(desk, take):
    take()
    petrov = make.person(surname="Сидоров", given="Сидор", surname_latin="", given_latin="")
    found = stop_checks.matches(
        desk, replace(petrov, birth_date=PartialDate(1980, 2, 1)), [make.document(number="N7654321")]
    )
    assert "same document number" in found[0].match.reasons


def test_nobody_else_is_told(desk, take):
    take()
    someone = make.person(surname="Ахметов", given="Нұржан", surname_latin="AKHMETOV", given_latin="NURZHAN")
    assert stop_checks.remarks(desk, someone, ()) == []


@pytest.mark.parametrize("door", ["draft", "group", "register", "import"])
def test_every_door_warns_and_lets_pass(desk, take, tmp_path, door):
    take()
    comes = make.person(iin="")
    if door == "draft":
        findings = arrivals.check_draft(desk, draft(comes))
        assert arrivals.register_arrival(desk, draft(comes)).value.people
    elif door == "group":
        group = GroupDraft((GroupRow(Member(comes, (make.document(),))),), make.arrival(), make.address())
        findings = [one for row in groups.check_group(desk, group).rows for one in row.findings]
    elif door == "register":
        findings = arrivals.register_arrival(desk, draft(comes)).findings
    else:
        findings = _imported(desk, tmp_path)
    assert told(findings) == {"stoplist.match": Severity.WARN}


def _imported(desk, tmp_path):
    header = (
        "Фамилия;Имя;Дата рождения;Гражданство;Номер паспорта;Дата прибытия;Цель прибытия;Населённый пункт"
    )
    row = "Касымова;Айгуль;17.05.1990;UZB;AB7654321;21.11.2026;работа;551010000"
    plan = importing.preview(desk, file_of(tmp_path, row, header=header, name="came.csv"))
    assert plan.counts["added"] == 1
    return [one.finding for one in plan.problems]


def test_the_light_is_amber_and_nobody_is_refused(desk, take, person):
    take()
    found = status.person_status(desk, person.uid)
    assert found.light is Light.AMBER
    assert told(found.findings) == {"stoplist.match": Severity.WARN}
    yesterday = status.person_status(desk, person.uid, make.TODAY - timedelta(1))
    assert told(yesterday.findings) == {}


def test_who_is_judged_another_is_told_no_more(desk, take, person):
    take()
    row = stop_checks.matches(desk, person)[0].row
    stop_checks.judge(desk, person, row.uid, "Басқа адам: паспорты салыстырылды")
    assert told(status.person_status(desk, person.uid).findings) == {}
    judged = stop_checks.matches(desk, person)[0].judged
    assert judged and (judged.why, judged.operator) == ("Басқа адам: паспорты салыстырылды", "tester")
    take(OTHER, SAME, listed_on=make.TODAY)
    assert stop_checks.remarks(desk, person) == []


def test_what_was_judged_is_asked_anew(desk, take, person):
    take()
    row = stop_checks.matches(desk, person)[0].row
    stop_checks.judge(desk, person, row.uid, "not he")
    people.save_person(desk, replace(people.get_person(desk, person.uid), phone="+7 701"))
    assert stop_checks.remarks(desk, person) == []
    people.save_person(desk, replace(people.get_person(desk, person.uid), given="Айгүль"))
    assert len(stop_checks.remarks(desk, people.get_person(desk, person.uid))) == 1
    stop_checks.judge(desk, person, row.uid, "looked again")
    assert stop_checks.remarks(desk, people.get_person(desk, person.uid)) == []
    stop_checks.judge_again(desk, person, row.uid)
    assert len(stop_checks.remarks(desk, people.get_person(desk, person.uid))) == 1


def test_a_judgement_has_a_reason_and_an_entry(desk, take, person):
    taken = take()
    row = stop_checks.matches(desk, person)[0].row
    with pytest.raises(Invalid):
        stop_checks.judge(desk, person, row.uid, " ")
    with pytest.raises(NotFound):
        stop_checks.judge(desk, person, "nobody", "why")
    stoplists.drop(desk, taken.uid, "mistake")
    with pytest.raises(NotFound):
        stop_checks.judge(desk, person, row.uid, "why")


def test_a_later_edition_takes_the_place_of_the_older(desk, take, person):
    older, newer = take(), take(OTHER, listed_on=make.TODAY, name="ркл ")
    assert [one.uid for one in stoplists.in_force(desk)] == [newer.uid]
    assert stop_checks.matches(desk, person) == []
    assert [one.in_force for one in stoplists.editions(desk)] == [True, False]
    assert len(desk.store.live(StopRow, stop_list=older.uid)) == 2
    stoplists.drop(desk, newer.uid, "not the whole list")
    assert [one.uid for one in stoplists.in_force(desk)] == [older.uid]
    assert len(stop_checks.matches(desk, person)) == 1
    with pytest.raises(Invalid):
        stoplists.drop(desk, older.uid, "  ")


def test_what_is_odd_beside_the_edition_in_force(desk, take, tmp_path):
    take(SAME, OTHER, "3;Иванов Иван;;;;;")
    plan = stop_taking.preview(desk, file_of(tmp_path, OTHER))
    codes = {
        day: {one.code for one in stop_taking.check_edition(desk, plan, edition(listed_on=day))}
        for day in (make.TODAY, make.TODAY - timedelta(5))
    }
    assert codes == {make.TODAY: {"fewer_people"}, make.TODAY - timedelta(5): {"older_edition"}}
    again = stop_taking.preview(desk, file_of(tmp_path, SAME, OTHER, "3;Иванов Иван;;;;;"))
    with pytest.raises(Invalid):
        stop_taking.take(desk, again, edition(listed_on=make.TODAY))


def test_a_file_changed_since_its_preview_is_not_taken(desk, tmp_path):
    path = file_of(tmp_path, SAME)
    plan = stop_taking.preview(desk, path)
    file_of(tmp_path, OTHER)
    with pytest.raises(BadFile):
        stop_taking.take(desk, plan, edition())


def test_an_old_list_is_told_everywhere_and_makes_nobody_doubtful(desk, take, person):
    take(OTHER, listed_on=date(2026, 11, 1))
    assert [one.severity for one in stoplists.stale(desk)] == [Severity.WARN]
    assert told(status.person_status(desk, person.uid).findings) == {"stoplist.stale": Severity.NOTE}
    look = doctor._look(desk, "external lists", doctor._external)
    assert not look.ok and "01.11.2026" in look.detail
    take(SAME, listed_on=date(2026, 11, 1), stale_after=60, name="Стоп")
    assert len(stoplists.stale(desk)) == 1


def test_a_reason_is_in_no_finding_and_no_repr(desk, take, person):
    take()
    found = stop_checks.matches(desk, person)[0]
    words = " ".join(one.words() for one in stop_checks.remarks(desk, person))
    assert "суда" not in words and found.row.reason == "решение суда; ст. 31"
    assert "суда" not in repr(found) and "АЙГУЛЬ" not in repr(found)


def test_a_dropped_list_and_a_judgement_are_undone(desk, take, person):
    taken = take()
    (found,) = stop_checks.matches(desk, person)
    stop_checks.judge(desk, person, found.row.uid, "compared")
    assert stop_checks.matches(desk, person)[0].judged
    journal.undo_last(desk)
    assert stop_checks.matches(desk, person) == [found] and not found.judged
    stoplists.drop(desk, taken.uid, "a wrong file")
    assert stoplists.in_force(desk) == ()
    journal.undo_last(desk)
    assert [one.uid for one in stoplists.in_force(desk)] == [taken.uid]


def test_an_edition_taken_in_while_the_list_is_read_is_checked_by_next(desk, take, monkeypatch):
    """The old edition stayed in force until another one came."""
    take(OTHER)
    live, days = desk.store.live, []

    def live_slowly(cls, **wanted):
        found = live(cls, **wanted)
        if cls is StopList and not days:
            days.append(make.TODAY)
            take(SAME, listed_on=make.TODAY)
        return found

    monkeypatch.setattr(desk.store, "live", live_slowly, raising=False)
    stoplists.in_force(desk)
    assert [one.listed_on for one in stoplists.in_force(desk)] == days


def test_the_best_match_comes_first_and_who_is_judged_another_last(desk, take, person):
    weak = "2;КАСЫМОВА АЙГУЛЬ;1990;;;;"
    take(weak, SAME)
    rows = [one.row.row for one in stop_checks.matches(desk, person)]
    scores = [one.match.score for one in stop_checks.matches(desk, person)]
    assert scores == sorted(scores, reverse=True) and scores[0] > scores[1]
    stop_checks.judge(desk, person, stop_checks.matches(desk, person)[0].row.uid, "not he")
    assert [one.row.row for one in stop_checks.matches(desk, person)] == rows[::-1]
