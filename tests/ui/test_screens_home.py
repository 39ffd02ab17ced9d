"""Today, terms, quota and search: the figures are those of the desk, and everything opens."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from migdesk.domain.arrival import Arrival
from migdesk.domain.finding import Confidence, Source
from migdesk.domain.listing import Filter, Test
from migdesk.domain.party import Party
from migdesk.domain.person import Person
from migdesk.domain.quota import Allotment, Quota, Reservation
from migdesk.services import day, parked
from migdesk.services.arrivals import arrivals
from migdesk.services.day import LONG_AGO
from migdesk.services.quotas import quotas
from migdesk.ui.charts.pot_line import forecast_words
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.look.words import number
from migdesk.ui.parts.acts import short_act, short_ground
from migdesk.ui.parts.lazy_tabs import LazyTabs
from migdesk.ui.screens.home import HomePage
from migdesk.ui.screens.list_page import ListPage
from migdesk.ui.screens.quotas import QuotaPage
from migdesk.ui.screens.terms import TermsPage
from migdesk.ui.shell.search_popup import SearchPopup, find_anything
from migdesk.ui.workplace import Kind
from tests.ui.keys import press, type_text


@pytest.fixture
def home(eye) -> HomePage:
    return eye.open("today")


def overdue_arrival(eye) -> Arrival:
    """An arrival whose notice was due three days ago."""
    uid = eye.first("arrivals", Filter("left_on", Test.EMPTY), Filter("notice_due", Test.FILLED))
    arrival = eye.desk.store.get(Arrival, uid)
    day_back = eye.desk.today - timedelta(days=8)
    return arrivals.correct_arrival(
        eye.desk, replace(arrival, arrived_on=day_back, entered_on=day_back, notified_on=None)
    ).value


def test_the_four_numbers_are_those_of_the_desk(eye, home):
    overdue_arrival(eye)
    settle()
    counted = day.count_day(eye.desk)
    assert counted.overdue > 0
    for key, card in home.cards.items():
        assert card.figure() == str(getattr(counted, key))


def test_each_number_opens_its_list_by_enter(eye, home):
    overdue_arrival(eye)
    settle()
    home.cards["overdue"].setFocus()
    press(home.cards["overdue"], Qt.Key.Key_Return)
    settle()
    page = eye.window.frame(eye.window.current()).findChild(TermsPage)
    expected = day.list_terms(eye.desk, since=LONG_AGO, until=eye.desk.today - timedelta(days=1))
    assert [line.term for line in page.list.lines()] == expected
    eye.open("today")
    press(home.cards["unfinished"], Qt.Key.Key_Return)
    settle()
    assert eye.window.current() == "arrivals"
    rows = eye.window.frame("arrivals").findChild(ListPage).list.model.rowCount()
    assert rows == day.count_day(eye.desk).unfinished


def test_a_term_says_its_ground_of_law_and_opens_its_record(eye, home):
    arrival = overdue_arrival(eye)
    settle()
    model = home.terms.model
    row = next(at for at, line in enumerate(home.terms.lines()) if line.term.record_uid == arrival.uid)
    model.want(0, model.rowCount() - 1)
    assert model.row(row)[3] == "Order No. 83, 3 working days"
    home.terms.rows.setCurrentIndex(model.index(row, 0))
    press(home.terms.rows, Qt.Key.Key_Return)
    assert eye.window.current() == f"{Kind.ARRIVAL}/{arrival.uid}"


def test_a_week_of_the_chart_opens_the_arrivals_of_that_week(eye, home):
    at, (monday, count) = next((at, week) for at, week in enumerate(home._day.weeks) if week[1])
    home.chart.opened.emit(at)
    settle()
    page = eye.window.frame("arrivals").findChild(ListPage)
    assert page.list.model.rowCount() == count
    assert f"{monday:%d.%m}" in page._extra_chip.text()


def test_counters_of_the_window_follow_every_change(eye, home):
    overdue_arrival(eye)
    settle()
    texts = [button.text() for button in eye.window._status._counters]
    assert texts[0] == f"{day.count_day(eye.desk).overdue} overdue" != "0 overdue"
    eye.window._status._counters[0].click()
    settle()
    assert eye.window.current() == f"{Kind.TERMS}/overdue"


def test_terms_are_narrowed_by_kind_and_by_words(eye):
    eye.window.work.open(Kind.TERMS, "all")
    settle()
    page = eye.window.frame(eye.window.current()).findChild(TermsPage)
    every = len(page.list.lines())
    page.kinds.choose("permit")
    page.kinds.changed.emit()
    assert 0 < len(page.list.lines()) < every
    name = page.list.lines()[0].term.name
    page.words.setText(name)
    page.words.asked.emit(name)
    assert {line.term.name for line in page.list.lines()} == {name}


@pytest.mark.parametrize(
    ("act", "short"),
    [
        ("MIA order 27.01.2016 No. 83 (reg. No. 13715)", "Order No. 83"),
        ("Government resolution 21.01.2012 No. 148 as amended 31.12.2022 No. 1146", "Resolution No. 148"),
        ("Law on population migration 22.07.2011 No. 477-IV", "Law No. 477-IV"),
        ("Order 22.07.2013 No. 329-Ө-М", "Order No. 329-Ө-М"),
        ("Code of Administrative Infractions 05.07.2014 No. 235-V", "Code No. 235-V"),
        ("Law 22.07.2011 No. 477-IV, art. 6-1; MIA order 04.12.2015 No. 992", "Law No. 477-IV"),
        ("Meetings of regional commissions", "Meetings of regional commissions"),
    ],
)
def test_an_act_is_said_by_kind_and_number(act, short):
    assert short_act(Source(act, confidence=Confidence.VERIFIED)) == short


def test_every_open_term_of_the_sample_has_a_ground(eye):
    terms = day.list_terms(eye.desk)
    assert len(terms) > 10
    for term in terms:
        why = day.explain_term(eye.desk, term)
        assert why.term is term
        assert short_ground(why)


# --- quota


def test_the_ledger_shows_pots_entries_and_figures(eye):
    page = eye.open("quota")
    assert isinstance(page, QuotaPage)
    states = quotas.list_pots(eye.desk, 2026)
    assert [line.state.pot for line in page.lines] == [state.pot for state in states]
    page.lines[-1].setFocus()
    press(page.lines[-1], Qt.Key.Key_Space)
    settle()
    given = page._lists["allotments"]
    assert given.model.rowCount() == 1
    state = quotas.check_pot(eye.desk, page.lines[-1].state.pot)
    said = {label.text() for label in page.findChildren(QLabel)}
    assert {number(state.balance.used), number(state.balance.free), forecast_words(state)} <= said
    full = max(page.lines, key=lambda line: line.state.balance.used)
    full.setFocus()
    press(full, Qt.Key.Key_Space)
    page.entries.open("taken")
    settle()
    pot = full.state.pot
    (kept,) = eye.desk.store.live(Quota, stream=pot.stream, year=pot.year, category=pot.category)
    taken = eye.desk.store.live(Reservation, quota=kept.uid)
    assert taken and page._lists["reservations"].model.rowCount() == len(taken)


def ask(eye, at: int):
    eye.window.frame("quota").commands[at].trigger()
    return eye.dialog()


def test_units_are_allotted_by_an_act(eye):
    page = eye.open("quota")
    pot = page._pot
    before = quotas.check_pot(eye.desk, pot).balance.allotted
    window = ask(eye, 0)
    type_text(window.form.boxes["units"].input.widget(), "5")
    type_text(window.form.boxes["act"].input.widget(), "Хат № 7")
    window.save()
    settle()
    assert quotas.check_pot(eye.desk, pot).balance.allotted == before + 5
    assert eye.desk.store.select(Allotment, "act = ?", ("Хат № 7",))


def test_more_than_the_limit_is_refused_with_the_law_below_the_field(eye):
    page = eye.open("quota")
    kandas = next(line for line in page.lines if line.state.pot.stream == "kandas")
    kandas.click()
    settle()
    window = ask(eye, 0)
    window.form.set_values({"units": 100_000, "act": "x"})
    window.save()
    found = window.form.boxes["units"].findings()
    assert found[0].code == "quota.over_limit"
    assert found[0].source is not None
    assert window.isVisible()


def test_a_pot_that_was_never_touched_is_made_by_its_first_units(eye):
    page = eye.open("quota")
    before = {(one.pot.stream, one.pot.category) for one in quotas.list_pots(eye.desk, 2025)}
    window = ask(eye, 2)
    window.form.set_values({"year": 2025, "units": -3, "partner": "Астана", "act": "№ 1"})
    window.save()
    settle()
    assert before < {(one.pot.stream, one.pot.category) for one in quotas.list_pots(eye.desk, 2025)}
    assert page.lines


# --- search


@pytest.fixture
def popup(eye) -> SearchPopup:
    return eye.window.findChild(SearchPopup)


def test_typing_finds_and_enter_opens(eye, popup, qtbot):
    person = eye.desk.store.get(Person, eye.first("people", at=7))
    eye.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    type_text(eye.window.search, person.iin or person.surname)
    qtbot.waitUntil(popup.isVisible)
    assert popup.hits()[0].target.uid == person.uid
    press(eye.window.search, Qt.Key.Key_Return)
    settle()
    assert eye.window.current() == f"{Kind.PERSON}/{person.uid}"
    assert not popup.isVisible()
    assert eye.window.search.text() == ""


def test_enter_before_the_answer_opens_the_best_one(eye, popup, qtbot):
    person = eye.desk.store.get(Person, eye.first("people", Filter("iin", Test.FILLED)))
    eye.window.focus_search()
    type_text(eye.window.search, person.iin)
    press(eye.window.search, Qt.Key.Key_Return)
    settle()
    assert eye.window.current() == f"{Kind.PERSON}/{person.uid}"


def test_arrows_walk_what_was_found_and_escape_closes(eye, popup, qtbot):
    eye.window.focus_search()
    type_text(eye.window.search, "ка")
    qtbot.waitUntil(popup.isVisible)
    press(eye.window.search, Qt.Key.Key_Down)
    assert popup._view.currentIndex().row() == 1
    press(eye.window.search, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert eye.window.search.text() == "ка"


def test_nothing_found_says_so(eye, popup, qtbot):
    eye.window.focus_search()
    type_text(eye.window.search, "99999999")
    qtbot.waitUntil(popup.isVisible)
    assert popup.hits() == () or popup.hits() == []
    assert "99999999" in popup._hits.data(popup._hits.index(0, 0))


def test_a_party_and_a_number_are_found_too(eye):
    party = eye.desk.store.select(Party, "number <> ''")[0]
    found = find_anything(eye.desk, party.number)
    assert (Kind.PARTY, party.uid) in [(one.target.kind, one.target.uid) for one in found]
    case = eye.desk.store.rows("SELECT uid, number FROM cases LIMIT 1")[0]
    found = find_anything(eye.desk, case[1].lower())
    assert (Kind.CASE, case[0]) in [(one.target.kind, one.target.uid) for one in found]


def test_typing_asks_once_when_it_pauses(eye, popup, qtbot, monkeypatch):
    asked = []
    monkeypatch.setattr(popup, "_ask", lambda: asked.append(eye.window.search.text()))
    popup._pause.timeout.disconnect()
    popup._pause.timeout.connect(lambda: popup._ask())
    eye.window.focus_search()
    type_text(eye.window.search, "касым")
    assert asked == []
    QTest.qWait(120)
    assert asked == ["касым"]


# --- around


def test_f7_opens_the_intake_in_a_tab(eye):
    eye.open("today")
    eye.press(Qt.Key.Key_F7)
    assert eye.window.current() == "intake/new"
    eye.press(Qt.Key.Key_Escape)


def test_the_language_and_the_colours_are_remembered_by_the_office(application, eye, desk, tasks):
    from migdesk.ui import start

    start.connect(eye.window, application, desk, tasks)
    eye.window.language_wanted.emit("kk")
    eye.window.theme_wanted.emit("dark")
    assert parked.recall(desk, start.own(desk, start.LANGUAGE)) == "kk"
    assert parked.recall(desk, start.own(desk, start.THEME)) == "dark"


def test_the_tabs_of_a_page_and_the_name_of_the_office_follow_the_language(
    application, catalogues, eye, desk, tasks
):
    """Both stayed in the language the window was opened in."""
    from migdesk.ui import start

    page = eye.open("quota")
    start.connect(eye.window, application, desk, tasks)
    eye.window.language_wanted.emit("ru")
    settle()
    tabs = page.findChild(LazyTabs)
    assert [tabs._bar.tabText(at) for at in range(tabs._bar.count())] == [
        "Распределение",
        "Использование",
        "Очередь",
    ]
    assert eye.window._side._office.text() == desk.office.on_paper("ru").name
