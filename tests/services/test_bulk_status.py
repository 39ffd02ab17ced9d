"""The light of many people at once: the same as that of each, whoever names them and however."""

from __future__ import annotations

from datetime import date

import pytest

from migdesk.domain.errors import BadFile
from migdesk.domain.listing import Filter, Query, Test
from migdesk.domain.permit import Permit
from migdesk.domain.person import Person, TravelDocument
from migdesk.services import bulk_status
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member, register_arrival
from migdesk.services.listing import open_list
from migdesk.services.permits import permits
from migdesk.services.sample import register
from migdesk.services.stays import status
from migdesk.services.workbooks import number_column
from tests import make


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    opened = make.desk(tmp_path_factory.mktemp("office"))
    register.fill(opened, 300)
    yield opened
    opened.close()


@pytest.mark.parametrize("day", [None, date(2026, 6, 1)])
def test_each_has_the_status_that_he_has_alone(office, day):
    uids = [one.uid for one in office.store.live(Person)]
    many = bulk_status.of_people(office, uids, day)
    assert [one.asked for one in many] == uids
    for one in many:
        alone = status.person_status(office, one.asked, day)
        assert (one.status.light, one.status.findings) == (alone.light, alone.findings)
        assert (one.status.stay, one.status.terms) == (alone.stay, alone.terms)
        assert (one.status.permits, one.status.left_on) == (alone.permits, alone.left_on)
    assert bulk_status.count(many).total() == len(uids)


def test_reasons_are_those_that_make_the_light(office):
    uids = [one.uid for one in office.store.live(Person)]
    many = bulk_status.of_people(office, uids)
    red = next(one for one in many if one.status.light is status.Light.RED)
    blocks = {one.words() for one in red.status.findings if one.severity == "block"}
    assert set(red.reasons) == blocks
    green = next(one for one in many if one.status.light is status.Light.GREEN)
    assert len(green.reasons) == 1


def _column(path, cells, heading="ИИН"):
    path.write_text(
        "\n".join([f"Имя;{heading}", *(f"x{at};{cell}" for at, cell in enumerate(cells))]), "utf-8"
    )
    return path


@pytest.mark.parametrize("name", ["", "ИИН", "B", "иин"])
def test_numbers_of_a_column_are_answered_row_by_row_and_unknown_ones_told(office, tmp_path, name):
    person = next(one for one in office.store.live(Person) if one.iin)
    document = next(one for one in office.store.live(TravelDocument) if one.person != person.uid)
    cells = [person.iin, document.number.lower(), "900517400015", "900517400016", person.iin, "ZZ-нет"]
    column = number_column.read_column(office, _column(tmp_path / "a.csv", cells), name)
    found = bulk_status.of_numbers(office, column)
    assert [one.place for one in found] == [f"a!B{at}" for at in range(2, 8)]
    people = [one.status.person.uid if one.status else one.trouble.code for one in found]
    assert people == [
        person.uid,
        document.person,
        "number.nobody",
        "iin.checksum",
        person.uid,
        "number.nobody",
    ]


def test_a_column_is_known_by_what_it_holds_and_excel_may_have_dropped_a_zero(office, tmp_path):
    from openpyxl import Workbook

    people = [one for one in office.store.live(Person) if one.iin.startswith("0")][:3]
    book = Workbook()
    for at, one in enumerate(people, start=1):
        book.active.append([at, one.full_name, int(one.iin)])
    book.save(tmp_path / "a.xlsx")
    column = number_column.read_column(office, tmp_path / "a.xlsx")
    assert [one.place for one in column] == ["Sheet!C1", "Sheet!C2", "Sheet!C3"]
    assert [one.status.person.uid for one in bulk_status.of_numbers(office, column)] == [
        one.uid for one in people
    ]


@pytest.mark.parametrize("name", ["Нет такой", "ZZ", ""])
def test_a_column_that_is_not_there_is_told(office, tmp_path, name):
    file = tmp_path / "a.csv"
    file.write_text("Имя;Город\nа;б\n", "utf-8")
    with pytest.raises(BadFile):
        number_column.read_column(office, file, name)


def test_the_staff_are_those_who_live_there_and_those_who_may_work_there(desk):
    member = Member(make.person(citizenship="DEU"), (make.document(),))
    draft = ArrivalDraft((member,), make.arrival(), make.address(), make.host())
    guest = register_arrival(desk, draft).value
    party = guest.arrivals[0].host
    worker = Person(surname="Müller", citizenship="DEU", birth_date=make.person().birth_date)
    with desk.write(status_op()) as tx:
        worker = tx.put(worker)
    permits.issue(
        desk,
        Permit(
            person=worker.uid,
            kind="visa",
            number="V1",
            employer=party,
            valid_from=date(2026, 11, 1),
            valid_until=date(2026, 12, 1),
        ),
    )
    staff = bulk_status.at_party(desk, party, make.TODAY)
    assert staff == [guest.people[0].uid, worker.uid]
    assert bulk_status.at_party(desk, party, date(2026, 12, 2)) == [guest.people[0].uid]


def status_op():
    from migdesk.domain.change import Op

    return Op.SAVE_PERSON


@pytest.mark.parametrize("name", bulk_status.OF_PERSONS)
def test_a_list_names_its_people_once(office, name):
    uids = bulk_status.in_list(office, Query(name))
    assert len(uids) == len(set(uids)) > 0
    assert all(office.store.find(Person, uid) for uid in uids)


def test_a_narrowed_list_names_fewer(office):
    query = Query("people", (Filter("citizenship", Test.IS, "UZB"),))
    assert len(bulk_status.in_list(office, query)) == open_list(office, query).count()


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".json"])
def test_lights_are_written_with_reason_and_permits(office, tmp_path, suffix):
    uids = [one.uid for one in office.store.live(Person)][:40]
    target = tmp_path / f"lights{suffix}"
    assert bulk_status.export(office, bulk_status.of_people(office, uids), target) == 40
    assert target.stat().st_size > 1000
