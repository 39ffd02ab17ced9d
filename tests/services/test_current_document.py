"""One rule for the current document: the file, the list, the status and a new arrival say the same."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from migdesk.domain.arrival import Arrival
from migdesk.domain.listing import Query
from migdesk.domain.person import TravelDocument
from migdesk.services import listing
from migdesk.services.arrivals import arrivals
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.people import people
from migdesk.services.stays import status
from migdesk.store import people as shelf
from tests import make

PAPERS = [
    TravelDocument(number=f"N{at:04}", kind=kind, issued_on=issued, expires_on=ends)
    for at, (kind, issued, ends) in enumerate(
        product(
            ("passport", "id_card", "birth_certificate", "other"),
            (None, date(2015, 1, 1), date(2025, 1, 1)),
            (None, date(2026, 11, 22), date(2026, 11, 23), date(2036, 1, 1)),
        )
    )
]


@pytest.fixture
def office(tmp_path):
    desk = make.desk(tmp_path)
    yield desk
    desk.close()


def in_list(desk, uid):
    found = listing.open_list(desk, Query("people"))
    keys = [column.key for column in found.columns]
    rows = {
        found.uid(row_id): row
        for row_id, row in zip(found.ids(), found.rows(found.ids().tolist()), strict=True)
    }
    return rows[uid][keys.index("document")]


def test_the_list_has_the_number_the_rule_has(office):
    """Every pair of kinds, days of issue and ends, in both orders of writing."""
    from migdesk.domain.change import Op

    people_of = {}
    with office.write(Op.SAVE_PERSON) as tx:
        for at, one in enumerate(PAPERS):
            for step in (1, 5, 17):
                person = tx.put(make.person(surname=f"Сынақ{at}x{step}"))
                for paper in (one, PAPERS[(at + step) % len(PAPERS)]):
                    tx.put(paper, person=person.uid)
                people_of[person.uid] = None
    opened = listing.open_list(office, Query("people"))
    column = [one.key for one in opened.columns].index("document")
    ids = opened.ids().tolist()
    shown = {opened.uid(row_id): row[column] for row_id, row in zip(ids, opened.rows(ids), strict=True)}
    ruled = {uid: shelf.documents_of(office.store, uid, office.today)[0].number for uid in people_of}
    assert shown == ruled and len(ruled) == 3 * len(PAPERS)


def test_an_expired_passport_gives_way_to_a_valid_card_everywhere(office):
    old = TravelDocument(number="OLD11111", kind="passport", issuer="UZB", expires_on=date(2026, 1, 1))
    card = TravelDocument(number="CARD2222", kind="id_card", issuer="UZB", expires_on=date(2030, 1, 1))
    person = people.save_person(office, make.person(), card).value
    person = people.save_person(office, people.get_person(office, person.uid), old).value
    file = people.open_file(office, person.uid)
    assert file.document.number == "CARD2222"
    assert in_list(office, person.uid) == "CARD2222"
    told = {one.code for one in status.file_status(office, file).findings}
    assert "status.document_expired" not in told
    draft = ArrivalDraft((Member(file.person),), Arrival(arrived_on=office.today, purpose="private"))
    made = arrivals.register_arrival(office, draft).value
    assert office.store.get(TravelDocument, made.arrivals[0].document).number == "CARD2222"
