"""The model of a list: ids first, rows on demand, few of them in memory, nothing stale on show."""

from __future__ import annotations

import time
from array import array
from datetime import date

import pytest
from PySide6.QtCore import Qt

from migdesk.domain.errors import StoreProblem
from migdesk.domain.fields import Code
from migdesk.domain.listing import Column
from migdesk.ui.lists import table
from migdesk.ui.lists.table import PAGE, Reading, RecordTable, State
from migdesk.ui.look.theme import Tone
from migdesk.ui.parts.pills import Pill
from migdesk.ui.parts.states import due_pill
from tests.ui.lists import Counted

TODAY = date(2026, 11, 23)


def a_table(tasks, listing, reading=None) -> RecordTable:
    model = RecordTable(tasks, reading or Reading(TODAY))
    model.open(listing)
    return model


def words(model, row, column):
    return model.index(row, column).data()


@pytest.mark.parametrize("size", [0, 1, PAGE, PAGE + 1, 3 * PAGE])
def test_the_model_keeps_the_rules_of_qt(tasks, qtmodeltester, size):
    model = a_table(tasks, Counted(size))
    model.want(0, size)
    qtmodeltester.check(model)


def test_the_model_keeps_the_rules_of_qt_while_it_changes(tasks, qtmodeltester):
    model = a_table(tasks, Counted(250))
    qtmodeltester.check(model)
    model.open(Counted(PAGE // 2))
    model.want(0, 10)
    model.open(Counted(0))
    model.open(Counted(500, turned=True))
    model.want(400, 450)
    assert model.rowCount() == 500


def test_all_rows_are_known_and_none_is_fetched_before_it_is_wanted(tasks):
    listing = Counted(1000)
    model = a_table(tasks, listing)
    assert (model.rowCount(), model.is_complete, model.state) == (1000, True, State.READY)
    assert (listing.asked, words(model, 0, 0)) == ([], None)


def test_wanted_rows_come_by_pages_with_their_neighbours(tasks):
    listing = Counted(1000)
    model = a_table(tasks, listing)
    model.want(450, 470)
    assert listing.asked == [[*range(400, 500)], [*range(300, 400), *range(500, 600)]]
    assert words(model, 455, 0) == "N0000455"
    model.want(450, 470)
    assert len(listing.asked) == 2


def test_only_some_pages_stay_in_memory(tasks):
    model = a_table(tasks, Counted(20_000))
    for row in range(0, 20_000, PAGE):
        model.want(row, row + 20)
    held = sum(model.row(row) is not None for row in range(0, 20_000, PAGE))
    assert held == table._PAGES_KEPT


def test_the_last_short_page_is_whole(tasks):
    model = a_table(tasks, Counted(PAGE + 7))
    model.want(PAGE, PAGE + 6)
    assert words(model, PAGE + 6, 1) == f"Person {PAGE + 6}"
    assert model.row(PAGE + 7) is None


def test_values_are_said_as_a_person_reads_them(tasks):
    model = a_table(tasks, Counted(10))
    model.want(0, 9)
    row = [words(model, 4, column) for column in range(5)]
    assert row == ["N0000004", "Person 4", "1 day left", "4\u00a0000", "revoked"]


def test_codes_are_said_by_their_names(tasks):
    listing = Counted(3)
    listing.columns = (Column("who", Code("Citizenship", list="countries")),)
    listing.rows = lambda ids: [("UZB",)] * len(ids)
    names = {("countries", "UZB"): "Өзбекстан"}
    model = a_table(tasks, listing, Reading(TODAY, lambda name, code: names[name, code]))
    model.want(0, 2)
    assert words(model, 0, 0) == "Өзбекстан"


def test_a_screen_may_give_its_own_pills(tasks):
    own = {"number": lambda value: Pill(Tone.OK, f"<{value}>")}
    model = a_table(tasks, Counted(1), Reading(TODAY, pills=own))
    model.want(0, 0)
    assert words(model, 0, 0) == "<N0000000>"


def test_numbers_stand_at_the_right(tasks):
    model = a_table(tasks, Counted(1))
    right = model.data(model.index(0, 3), Qt.ItemDataRole.TextAlignmentRole)
    left = model.data(model.index(0, 0), Qt.ItemDataRole.TextAlignmentRole)
    assert right & Qt.AlignmentFlag.AlignRight
    assert left & Qt.AlignmentFlag.AlignLeft


def test_an_empty_list_says_so(tasks):
    assert a_table(tasks, Counted(0)).state is State.EMPTY


def test_a_list_that_cannot_be_read_says_why(tasks):
    listing = Counted(5)

    def fail(*_args):
        raise StoreProblem("The file is locked.")

    listing.first = listing.ids = fail
    model = a_table(tasks, listing)
    assert (model.state, model.error.words()) == (State.FAILED, "The file is locked.")
    model.open(Counted(5))
    assert (model.state, model.error) == (State.READY, None)


def test_rows_written_between_the_first_page_and_the_rest_are_not_mixed_up(tasks):
    listing = Counted(500)
    listing.first = lambda limit: [7, 8, 9]
    model = a_table(tasks, listing)
    assert [model.row_id(row) for row in range(3)] == [0, 1, 2]
    assert model.rowCount() == 500


def test_a_late_answer_of_an_older_list_is_dropped(threads, qtbot):
    slow, quick = Counted(300, slow=0.3), Counted(20)
    slow.first = lambda limit: time.sleep(0.2) or [1]
    model = RecordTable(threads, Reading(TODAY))
    model.open(slow)
    model.open(quick)
    qtbot.waitUntil(lambda: model.is_complete)
    qtbot.wait(400)
    assert model.rowCount() == 20


def test_the_first_page_is_there_before_all_ids(threads, qtbot):
    listing = Counted(1000)
    whole = listing.ids()
    listing.first = lambda limit: list(range(limit))
    listing.ids = lambda: time.sleep(0.2) or whole
    model = RecordTable(threads, Reading(TODAY))
    model.open(listing)
    assert (model.rowCount(), model.is_complete) == (PAGE, False)
    qtbot.waitUntil(lambda: model.is_complete)
    assert model.rowCount() == 1000


def test_rows_of_a_list_that_was_opened_anew_are_fetched_and_late_old_ones_are_dropped(threads, qtbot):
    listing = Counted(50, slow=0.1)
    model = RecordTable(threads, Reading(TODAY))
    model.open(listing)
    model.want(0, 9)
    listing.rows = lambda ids: [(f"new {at}", *Counted(1).rows([at])[0][1:]) for at in ids]
    model.open(listing)
    model.want(0, 9)
    assert words(model, 0, 0) == "new 0"
    qtbot.wait(200)
    assert words(model, 0, 0) == "new 0"
    assert model.rowCount() == 50


def test_places_of_ids_are_found_after_another_order(tasks):
    model = a_table(tasks, Counted(100, turned=True))
    found: list[list[int]] = []
    model.rows_of(frozenset({0, 99}), found.append)
    assert found == [[0, 99]]
    assert (model.uid(0), model.row_id(0)) == ("uid-99", 99)


def test_there_is_no_identity_without_a_list(tasks):
    with pytest.raises(LookupError):
        RecordTable(tasks, Reading(TODAY)).uid(0)


def test_headings_are_said_in_the_current_language(application, catalogues, tasks):
    model = a_table(tasks, Counted(1))
    application.speak("kk")
    heading = model.headerData(2, Qt.Orientation.Horizontal)
    assert heading == "Жарамдылық мерзімі"
    assert model.headerData(99, Qt.Orientation.Horizontal) is None


@pytest.mark.parametrize(
    ("days", "tone", "said"),
    [
        (-31, Tone.BAD, "31 days over"),
        (-1, Tone.BAD, "1 day over"),
        (0, Tone.WARN, "due today"),
        (1, Tone.INFO, "1 day left"),
        (7, Tone.INFO, "7 days left"),
        (8, Tone.OK, "8 days left"),
    ],
)
def test_days_to_a_term_are_said_by_tone_and_words(application, days, tone, said):
    pill = due_pill(date.fromordinal(TODAY.toordinal() + days), TODAY)
    assert (pill.tone, pill.words) == (tone, said)
    assert pill.drawing


def test_no_term_has_no_pill(application):
    assert due_pill(None, TODAY) is None


def test_a_million_ids_take_eight_megabytes():
    ids = array("q", range(1_000_000))
    assert ids.itemsize * len(ids) == 8_000_000


def test_what_was_not_read_yet_is_not_called_empty(tasks):
    assert RecordTable(tasks, Reading(TODAY)).state is State.LOADING
