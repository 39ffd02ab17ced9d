"""A workbook of arrivals: every row has a fate, every problem its cell, the whole is one op."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import openpyxl
import pytest

from migdesk.domain.arrival import Arrival, Departure
from migdesk.domain.batch import Batch, BatchRow, RowFate
from migdesk.domain.change import Op
from migdesk.domain.dates import PartialDate
from migdesk.domain.errors import BadFile, Cancelled, Refused
from migdesk.domain.finding import Severity
from migdesk.domain.ids import make_iin
from migdesk.domain.listing import Query
from migdesk.domain.person import Membership, Person
from migdesk.i18n import LANGUAGES, language
from migdesk.services import listing
from migdesk.services.arrivals import arrivals
from migdesk.services.people import people
from migdesk.services.progress import Progress
from migdesk.services.upkeep import journal
from migdesk.services.workbooks import exporting, importing
from migdesk.services.workbooks.workbooks import Answers, columns_of
from tests import make
from tests.services.test_arrivals import family

HEADERS = [
    "Туған күні",
    "Тегі",
    "Аты",
    "Азаматтығы",
    "Паспорт нөмірі",
    "Келген күні",
    "Мақсаты",
    "Елді мекен",
]
GOOD: list[Any] = [
    "05.03.1987",
    "Қасымов",
    "Қуаныш",
    "Өзбекстан",
    "FA1234567",
    date(2026, 11, 20),
    "жұмыс",
    "Павлодар",
]


def book(tmp_path, *rows, headers=HEADERS, name="in.xlsx"):
    workbook = openpyxl.Workbook()
    for row in (headers, *rows):
        workbook.active.append(row)
    path = tmp_path / name
    workbook.save(path)
    return path


def test_an_estimated_birth_date_is_in_the_list_and_comes_back_from_a_workbook(desk, tmp_path):
    """It was in no list, so an export told others an exact day."""
    known = PartialDate(1987, 3, 12)
    person = people.save_person(desk, make.person(birth_date=known, birth_estimated=True)).value
    plain = people.save_person(desk, make.person(surname="Ержан", birth_date=PartialDate(1987))).value
    query = Query("people", order="birth_date", columns=("birth_date", "birth_estimated"))
    opened = listing.open_list(desk, query)
    assert list(listing.all_rows(opened)) == [(plain.birth_date, False), (known, True)]
    exporting.export_list(desk, Query("people"), tmp_path / "people.xlsx")
    shown = importing.preview(desk, tmp_path / "people.xlsx")
    assert "birth_estimated" in {one.key for one in columns_of(shown)}
    assert {one.fate for one in shown.rows} == {RowFate.SKIPPED}
    copied = row(**{"Туған күні": "12.03.1961"})
    path = book(tmp_path, [*copied, "иә"], headers=[*HEADERS, "Дата рождения указана приблизительно"])
    importing.apply(desk, importing.preview(desk, path))
    assert [one.birth_estimated for one in desk.store.live(Person, order="id")] == [True, False, True]
    assert person.born.estimated


def row(**changes):
    values = dict(zip(HEADERS, GOOD, strict=True))
    return [{**values, **changes}[header] for header in HEADERS]


def counts(desk, path):
    return importing.preview(desk, path).counts


def test_a_good_row_becomes_an_arrival(desk, tmp_path):
    plan = importing.preview(desk, book(tmp_path, GOOD))
    assert plan.counts == {"read": 1, "added": 1, "changed": 0, "unchanged": 0, "skipped": 0, "failed": 0}
    assert desk.store.select(Person, "1") == []
    batch = importing.apply(desk, plan).value
    assert (batch.added, batch.read) == (1, 1)
    person = desk.store.select(Person, "1")[0]
    assert (person.surname, person.birth_date, person.citizenship) == (
        "Қасымов",
        PartialDate(1987, 3, 5),
        "UZB",
    )
    assert people.open_file(desk, person.uid).arrivals[0].notice_due == date(2026, 11, 25)


def test_a_preview_writes_nothing(desk, tmp_path):
    before = journal.entries(desk)
    importing.preview(desk, book(tmp_path, GOOD, row(Тегі="Басқа")))
    assert journal.entries(desk) == before


@pytest.mark.parametrize(
    ("changes", "code", "cell"),
    [
        ({"Туған күні": "31.02.1990"}, "not_a_date", "A2"),
        ({"Туған күні": None}, "missing", "A2"),
        ({"Азаматтығы": "Атлантида"}, "unknown_code", "D2"),
        ({"Мақсаты": "биге келді"}, "unknown_code", "G2"),
        ({"Елді мекен": "Жоқауыл"}, "unknown_code", "H2"),
        ({"Паспорт нөмірі": None}, "missing", "E2"),
        ({"Келген күні": date(2027, 1, 1)}, "in_future", "F2"),
    ],
)
def test_every_problem_has_its_cell(desk, tmp_path, changes, code, cell):
    plan = importing.preview(desk, book(tmp_path, row(**changes)))
    assert plan.counts["failed"] == 1
    assert (code, cell) in {(one.code, one.cell) for one in plan.problems}


@pytest.mark.parametrize(
    ("changes", "code", "severity", "cell"),
    [
        ({"Азаматтығы": "Узбекистанн"}, "read_as", Severity.NOTE, "D2"),
        ({"Тегі": "Karimоv"}, "mixed_scripts", Severity.WARN, "B2"),
        ({"Тегі": "Tag\U000e0041x"}, "invisible_characters", Severity.NOTE, "B2"),
        ({"Тегі": "Ка\ufe0fримов"}, "invisible_characters", Severity.NOTE, "B2"),
    ],
)
def test_what_is_read_otherwise_than_it_looks_is_told_in_its_cell_and_taken(
    desk, tmp_path, changes, code, severity, cell
):
    plan = importing.preview(desk, book(tmp_path, row(**changes)))
    assert (plan.counts["failed"], plan.counts["added"]) == (0, 1)
    assert (code, severity, cell) in {(one.code, one.finding.severity, one.cell) for one in plan.problems}


def test_a_country_that_may_be_two_is_never_guessed_and_both_are_named(desk, tmp_path):
    """“Корея” was read as nothing, and the cell was told only that it is not in the list."""
    with language("ru"):
        plan = importing.preview(desk, book(tmp_path, row(Азаматтығы="Корея")))
        [told] = [one for one in plan.problems if one.code == "unknown_code"]
        assert told.cell == "D2"
        assert "Республика Корея" in told.words() and "КНДР" in told.words()
        assert desk.lists.several("countries", " корея ") == ("КНДР", "Республика Корея")
        assert desk.lists.several("countries", "Южная Корея") == ()


def test_a_visit_is_read_as_people_write_it(desk, tmp_path):
    plan = importing.preview(desk, book(tmp_path, row(Мақсаты="гостевая")))
    assert plan.counts["failed"] == 0
    assert desk.lists.read("purposes", "Гостевая") == "private"
    assert desk.lists.read("visa_categories", "гостевая") == "B10"


def test_the_counts_add_up_and_every_bad_row_is_told_in_the_batch(desk, tmp_path):
    rows = [GOOD, row(**{"Паспорт нөмірі": "FA2", "Тегі": "Серік", "Туған күні": "01.01.1990"})]
    rows += [row(Азаматтығы="Нарния"), GOOD]
    plan = importing.preview(desk, book(tmp_path, *rows))
    assert plan.counts["read"] == sum(plan.counts[fate.value] for fate in RowFate) == 4
    batch = importing.apply(desk, plan).value
    told = desk.store.select(BatchRow, "batch = ? AND fate = 'failed'", (batch.uid,))
    assert [one.row for one in told] == [4, 5]
    assert told[0].problems.startswith("D4: ") and "Нарния" in told[0].problems
    assert "2" in told[1].problems


def test_an_import_is_one_op_and_undo_takes_it_back(desk, tmp_path):
    importing.apply(desk, importing.preview(desk, book(tmp_path, GOOD)))
    assert journal.undo_last(desk).value.op is Op.IMPORT_WORKBOOK
    assert desk.store.select(Person, "annulled_on IS NULL") == []
    assert desk.store.select(Batch, "annulled_on IS NULL") == []


def test_the_same_file_is_not_taken_twice(desk, tmp_path):
    path = book(tmp_path, GOOD)
    plan = importing.preview(desk, path)
    importing.apply(desk, plan)
    assert counts(desk, path)["unchanged"] == 1
    with pytest.raises(Refused):
        importing.apply(desk, plan)


def test_a_file_changed_after_its_preview_is_refused(desk, tmp_path):
    path = book(tmp_path, GOOD)
    plan = importing.preview(desk, path)
    book(tmp_path, GOOD, GOOD)
    with pytest.raises(BadFile):
        importing.apply(desk, plan)
    assert desk.store.select(Person, "1") == []


def test_a_known_person_keeps_his_file_and_differences_are_told(desk, tmp_path):
    member = arrivals.Member(
        make.person(birth_date=PartialDate(1987, 3, 5)), (make.document(number="FA1234567"),)
    )
    registered = arrivals.register_arrival(desk, family(members=(member,))).value.people[0]
    plan = importing.preview(desk, book(tmp_path, row(**{"Келген күні": date(2026, 11, 22)})))
    assert plan.counts["added"] == 1
    assert ("differs", "B2") in {(one.code, one.cell) for one in plan.problems}
    importing.apply(desk, plan)
    file = people.open_file(desk, registered.uid)
    assert file.person.surname == "Қасымова"
    assert len(file.arrivals) == 2


def test_a_row_that_fits_two_people_stops(desk, tmp_path):
    own = make_iin(date(1987, 3, 5), "m", 1)
    for iin, number in ((own, "X1"), ("", "FA1234567")):
        person = make.person(iin=iin, given=f"Адам{number}", birth_date=PartialDate(1987, 3, 5), sex=None)
        member = arrivals.Member(person, (make.document(number=number),))
        arrivals.register_arrival(desk, family(members=(member,)), duplicates=False)
    path = book(tmp_path, [*GOOD, own], headers=[*HEADERS, "ЖСН"])
    plan = importing.preview(desk, path)
    assert ("ambiguous", "I2") in {(one.code, one.cell) for one in plan.problems}


def test_a_namesake_born_on_the_same_day_is_not_taken_silently(desk, tmp_path):
    importing.apply(desk, importing.preview(desk, book(tmp_path, GOOD)))
    latin = row(
        **{"Тегі": "KASSYMOV", "Аты": "KUANYSH", "Паспорт нөмірі": "ZZ9", "Келген күні": date(2026, 11, 21)}
    )
    plan = importing.preview(desk, book(tmp_path, latin, name="other.xlsx"))
    assert [one.code for one in plan.problems if one.finding.severity == "block"] == ["duplicate"]


def test_rows_of_one_family_number_are_a_family(desk, tmp_path):
    headers = [*HEADERS, "Отбасы нөмірі", "Туыстық дәрежесі"]
    rows = [
        [*GOOD, "7", "отбасы басшысы"],
        [
            *row(**{"Аты": "Әлия", "Паспорт нөмірі": "FA2", "Туған күні": "01.01.1990"}),
            "7",
            "жұбайы (зайыбы)",
        ],
    ]
    plan = importing.preview(desk, book(tmp_path, *rows, headers=headers))
    importing.apply(desk, plan)
    members = desk.store.select(Membership, "1")
    assert sorted(one.relation for one in members) == ["head", "spouse"]
    assert len({one.family for one in members}) == 1


def test_cancelling_writes_nothing(desk, tmp_path):
    rows = [
        row(**{"Паспорт нөмірі": f"N{n}", "Тегі": f"Адам{n}", "Туған күні": "01.01.1990"}) for n in range(600)
    ]
    plan = importing.preview(desk, book(tmp_path, *rows))
    progress = Progress()
    progress.cancelled = True
    with pytest.raises(Cancelled):
        importing.apply(desk, plan, progress=progress)
    assert desk.store.select(Person, "1") == []


def test_a_preview_says_how_far_it_is_and_can_be_stopped_while_the_register_is_asked(desk, tmp_path):
    people = [row(**{"Паспорт нөмірі": f"N{n}", "Тегі": f"Адам{n}"}) for n in range(3)]
    told = []
    progress = Progress(lambda done, total, _text: told.append((done, total)))
    plan = importing.preview(desk, book(tmp_path, *people), progress=progress)
    assert told == sorted(told)
    assert (3, 6) in told
    assert told[-1] == (6, 6)

    def stop_when_read(done, total, _text):
        stopped.cancelled = done == total // 2

    stopped = Progress(stop_when_read)
    with pytest.raises(Cancelled):
        importing.preview(desk, plan.path, progress=stopped)


def test_namesakes_are_found_whatever_the_script_and_however_many_are_asked_about(desk, tmp_path):
    born = {"Туған күні": "12.03.1987"}
    importing.apply(desk, importing.preview(desk, book(tmp_path, row(**born, Тегі="Жұмабаев", Аты="Ерлан"))))
    rows = [
        row(**born, **{"Тегі": surname, "Аты": given, "Паспорт нөмірі": f"N{n}"})
        for n, (surname, given) in enumerate(
            [("Zhumabayev", "Yerlan"), ("Ерлан", "Жумабаев"), ("Жұмабаев", "Ержан")]
        )
    ]
    other_day = row(
        **{"Туған күні": "13.03.1987", "Тегі": "Жұмабаев", "Аты": "Ерлан", "Паспорт нөмірі": "N9"}
    )
    plan = importing.preview(desk, book(tmp_path, *rows, other_day))
    assert [one.fate.value for one in plan.rows] == ["failed", "failed", "added", "added"]
    assert {problem.code for one in plan.rows[:2] for problem in one.problems} >= {"duplicate"}


def test_the_marked_workbook_comes_back_with_its_problems(desk, tmp_path):
    plan = importing.preview(desk, book(tmp_path, row(Азаматтығы="Нарния")))
    assert importing.save_marked(plan, tmp_path / "marked.xlsx") >= 1
    cell = openpyxl.load_workbook(tmp_path / "marked.xlsx").worksheets[0]["D2"]
    assert cell.value == "Нарния" and cell.comment is not None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_our_own_template_is_recognised_in_each_language(desk, tmp_path, lang):
    path = importing.save_template(desk, tmp_path / "template.xlsx", lang=lang)
    plan = importing.preview(desk, path)
    assert plan.counts["read"] == 0
    assert [one.code for one in plan.problems] == []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"%PDF-1.7", "Фамилия;Имя\n".encode()])
def test_what_is_no_workbook_of_arrivals_is_refused_by_name(desk, tmp_path, content):
    path = tmp_path / "odd.xlsx"
    path.write_bytes(content)
    with pytest.raises(BadFile) as refused:
        importing.preview(desk, path)
    assert "odd.xlsx" in refused.value.words()


def test_texts_that_look_like_formulas_stay_texts(desk, tmp_path):
    plan = importing.preview(desk, book(tmp_path, row(Тегі="+Қасым", Аты="@Қуаныш")))
    importing.apply(desk, plan)
    assert desk.store.select(Person, "1")[0].surname == "+Қасым"


def test_rows_of_one_person_without_a_number_in_common_are_not_two_people(desk, tmp_path):
    latin = {"Тегі": "KASSYMOV", "Аты": "KUANYSH"}
    rows = [GOOD, row(**latin, **{"Паспорт нөмірі": "ZZ9"}), row(**{"Паспорт нөмірі": "ZZ8", "Аты": "Ержан"})]
    plan = importing.preview(desk, book(tmp_path, *rows))
    assert [one.fate.value for one in plan.rows] == ["added", "failed", "added"]
    assert "Row 2" in next(one for one in plan.rows[1].problems if one.code == "same_twice").words()


def test_namesakes_with_an_iin_each_are_two_people(desk, tmp_path):
    rows = [[*row(**{"Паспорт нөмірі": f"ZZ{n}"}), make_iin(date(1987, 3, 5), "m", n)] for n in (1, 2)]
    plan = importing.preview(desk, book(tmp_path, *rows, headers=[*HEADERS, "ЖСН"]))
    assert [one.fate.value for one in plan.rows] == ["added", "added"]


def taken_meanwhile(desk, tmp_path, *members, day=date(2026, 11, 20), headers=HEADERS, line=GOOD):
    """A batch whose plan was made before others registered somebody; the batch and the line told of row 2."""
    plan = importing.preview(desk, book(tmp_path, line, headers=headers))
    assert plan.counts["added"] == 1
    for member in members:
        draft = family(members=(member,), arrival=make.arrival(arrived_on=day, entered_on=day))
        arrivals.register_arrival(desk, draft, duplicates=False)
    batch = importing.apply(desk, plan).value
    fates = {fate: getattr(batch, fate.value) for fate in RowFate}
    assert sum(fates.values()) == batch.read == 1
    told = desk.store.live(BatchRow, batch=batch.uid)
    return [fate for fate, count in fates.items() if count], [one.problems for one in told]


def qassymov(**given):
    names = {"surname": "Қасымов", "given": "Қуаныш", "surname_latin": "", "given_latin": ""}
    return make.person(birth_date=PartialDate(1987, 3, 5), sex=None, **{**names, **given})


def test_who_was_registered_since_the_preview_is_not_made_a_second_time(desk, tmp_path):
    member = arrivals.Member(qassymov(), (make.document(number="FA1234567"),))
    fates, told = taken_meanwhile(desk, tmp_path, member)
    assert fates == [RowFate.UNCHANGED]
    assert "in the register already" in told[0]
    assert (
        desk.store.value("SELECT count(*) FROM person"),
        desk.store.value("SELECT count(*) FROM arrival"),
    ) == (1, 1)


def test_another_arrival_goes_to_the_file_that_was_made_since_the_preview(desk, tmp_path):
    member = arrivals.Member(qassymov(), (make.document(number="FA1234567"),))
    fates, told = taken_meanwhile(desk, tmp_path, member, day=date(2026, 11, 19))
    assert fates == [RowFate.ADDED]
    assert "added to that file" in told[0]
    assert (
        desk.store.value("SELECT count(*) FROM person"),
        desk.store.value("SELECT count(*) FROM arrival"),
    ) == (1, 2)


def test_an_iin_given_since_the_preview_stops_one_row_and_not_the_file(desk, tmp_path):
    own = make_iin(date(1987, 3, 5), "m", 1)
    member = arrivals.Member(qassymov(iin=own), (make.document(number="X1"),))
    fates, _told = taken_meanwhile(
        desk, tmp_path, member, day=date(2026, 11, 19), headers=[*HEADERS, "ЖСН"], line=[*GOOD, own]
    )
    assert fates == [RowFate.ADDED]
    assert desk.store.value("SELECT count(*) FROM person") == 1


def test_a_namesake_registered_since_the_preview_stops_the_row(desk, tmp_path):
    member = arrivals.Member(qassymov(), (make.document(number="OTHER1"),))
    fates, told = taken_meanwhile(desk, tmp_path, member)
    assert fates == [RowFate.FAILED]
    assert "same date of birth" in told[0]


def test_a_known_person_changed_since_the_preview_does_not_stop_the_file(desk, tmp_path):
    member = arrivals.Member(qassymov(), (make.document(number="FA1234567"),))
    known = arrivals.register_arrival(desk, family(members=(member,))).value.people[0]
    plan = importing.preview(desk, book(tmp_path, row(**{"Келген күні": date(2026, 11, 22)})))
    people.save_person(desk, replace(people.get_person(desk, known.uid), given="Қуат"))
    assert importing.apply(desk, plan).value.added == 1
    assert people.get_person(desk, known.uid).given == "Қуат"


def test_a_known_person_annulled_since_the_preview_is_told(desk, tmp_path):
    member = arrivals.Member(qassymov(), (make.document(number="FA1234567"),))
    known = arrivals.register_arrival(desk, family(members=(member,))).value.people[0]
    plan = importing.preview(desk, book(tmp_path, row(**{"Келген күні": date(2026, 11, 22)})))
    with desk.write(Op.SAVE_PERSON) as tx:
        tx.annul(tx.find(Person, known.uid), "test")
    batch = importing.apply(desk, plan).value
    assert (batch.added, batch.failed) == (0, 1)
    assert "changed in the register since" in desk.store.live(BatchRow, batch=batch.uid)[0].problems


def test_a_list_of_people_without_arrivals_is_told_which_columns_make_one(desk, tmp_path):
    plan = importing.preview(desk, book(tmp_path, GOOD[:4], headers=HEADERS[:4]))
    told = {one.finding.code: one.words() for one in plan.problems}
    assert plan.counts["failed"] == 1
    assert all(f"“{label}”" in told["no_arrivals"] for label in ("Date of arrival", "Purpose of arrival"))
    partly = importing.preview(desk, book(tmp_path, [*GOOD[:4], GOOD[5]], headers=[*HEADERS[:4], HEADERS[5]]))
    assert "no_arrivals" not in {one.finding.code for one in partly.problems}


@pytest.mark.parametrize(
    ("moves", "fate", "open_now"), [(False, RowFate.FAILED, 1), (True, RowFate.ADDED, 1)]
)
def test_who_is_registered_elsewhere_comes_in_only_as_a_move(desk, tmp_path, moves, fate, open_now):
    importing.apply(desk, importing.preview(desk, book(tmp_path, GOOD)))
    again = book(
        tmp_path, row(**{"Келген күні": date(2026, 11, 22), "Елді мекен": "Екібастұз"}), name="b.xlsx"
    )
    plan = importing.preview(desk, again, answers=Answers(moves=moves))
    assert [one.fate for one in plan.rows] == [fate]
    importing.apply(desk, plan)
    assert len(desk.store.live(Arrival, left_on=None)) == open_now
    assert len(desk.store.live(Departure)) == int(moves)
