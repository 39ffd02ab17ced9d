"""Lists: ids first, rows on demand, filters and order in SQL."""

from __future__ import annotations

from datetime import date

import pytest

from migdesk.domain.listing import Filter, Group, Query, Test
from migdesk.services import listing
from migdesk.services.sample import register
from migdesk.store import listing as store_listing
from tests import make


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    opened = make.desk(tmp_path_factory.mktemp("lists"))
    register.fill(opened, 400)
    yield opened
    opened.close()


def rows(desk, query):
    found = listing.open_list(desk, query)
    return [
        dict(zip((one.key for one in found.columns), row, strict=True)) for row in listing.all_rows(found)
    ]


@pytest.mark.parametrize("name", listing.NAMES)
def test_every_list_opens_sorts_and_shows_its_rows(desk, name):
    opened = listing.open_list(desk, Query(name))
    ids = opened.ids()
    assert opened.count() == len(ids)
    assert opened.first(7) == ids[:7].tolist()
    assert len(opened.rows(ids[:50].tolist())) == min(50, len(ids))
    for column in opened.columns:
        if column.sortable:
            for order in (column.key, f"-{column.key}"):
                assert sorted(listing.open_list(desk, Query(name, order=order)).ids()) == sorted(ids)
    for row in opened.rows(ids[:20].tolist()):
        for column, value in zip(opened.columns, row, strict=True):
            assert isinstance(desk.lists.show(column.field, value), str)


def test_people_are_sorted_by_the_kazakh_alphabet(desk):
    with_names = [row["name"] for row in rows(desk, Query("people")) if row["name"][:1] in "АӘБ"]
    firsts = [name[0] for name in with_names]
    assert firsts == sorted(firsts, key="АӘБ".index)


def test_words_find_any_script(desk):
    person = rows(desk, Query("people"))[0]
    words = person["name"].split()[0]
    assert person["name"] in {row["name"] for row in rows(desk, Query("people", words=words))}
    assert rows(desk, Query("people", words="жоқадамжоқ")) == []
    assert rows(desk, Query("arrivals", words='"; DROP TABLE person --')) == []


@pytest.mark.parametrize("newest", [1, 3, 100_000])
@pytest.mark.parametrize("name", ["arrivals", "cases"])
def test_words_that_many_have_give_the_same_first_page(desk, monkeypatch, name, newest):
    monkeypatch.setattr(store_listing, "_COMMON", 2)
    monkeypatch.setattr(store_listing, "_NEWEST", newest)
    opened = listing.open_list(desk, Query(name, words="а"))
    ids = opened.ids().tolist()
    assert len(ids) > 3
    for limit in (1, 3, len(ids), len(ids) + 5):
        assert opened.first(limit) == ids[:limit]


def test_filters_are_conditions_of_columns(desk):
    granted = rows(desk, Query("cases", (Filter("state", Test.IS, "granted"),)))
    assert granted and {row["state"].value for row in granted} == {"granted"}
    since = rows(desk, Query("arrivals", (Filter("arrived_on", Test.FROM, "2026-01-01"),)))
    assert since and min(row["arrived_on"] for row in since) >= date(2026, 1, 1)
    both = (Filter("citizenship", Test.IN, ("UZB", "CHN")), Filter("host", Test.FILLED))
    found = rows(desk, Query("arrivals", both))
    assert found and {row["citizenship"] for row in found} <= {"UZB", "CHN"}
    empty = rows(desk, Query("people", (Filter("iin", Test.EMPTY),)))
    assert empty and all(row["iin"] == "" for row in empty)
    assert rows(desk, Query("parties", (Filter("name", Test.CONTAINS, "Агро"),)))


def test_groups_and_negations_are_what_they_say(desk):
    everybody = rows(desk, Query("people"))
    uzbek = Filter("citizenship", Test.IS, "UZB")
    woman = Filter("sex", Test.IS, "f")

    def fits(row):
        return row["citizenship"] == "UZB" or (row["sex"] is not None and row["sex"].value == "f")

    either = rows(desk, Query("people", (Group((uzbek, woman), either=True),)))
    assert 0 < len(either) == sum(map(fits, everybody)) < len(everybody)
    neither = Filter("citizenship", Test.IN, ("UZB", "CHN"), negated=True)
    others = rows(desk, Query("people", (neither,)))
    assert others and not {"UZB", "CHN"} & {row["citizenship"] for row in others}
    nested = Group((Group((uzbek, woman)), Filter("iin", Test.EMPTY)), either=True)
    counted = listing.open_list(desk, Query("people", (nested, Group()))).count()
    assert counted == sum(
        (row["citizenship"] == "UZB" and row["sex"] is not None and row["sex"].value == "f") or not row["iin"]
        for row in everybody
    )


def test_what_is_empty_is_not_what_is_asked_for_either(desk):
    left = Filter("left_on", Test.FROM, "2000-01-01", negated=True)
    assert len(rows(desk, Query("arrivals", (left,)))) == len(
        rows(desk, Query("arrivals", (Filter("left_on", Test.EMPTY),)))
    )


def test_words_in_a_column_are_found_in_any_case(desk):
    name = rows(desk, Query("people"))[0]["name"].split()[0]
    found = rows(desk, Query("people", (Filter("name", Test.CONTAINS, name.swapcase()),)))
    assert found and all(name.casefold() in row["name"].casefold() for row in found)


def test_a_row_leads_to_its_record(desk):
    opened = listing.open_list(desk, Query("people"))
    row_id = opened.first(1)[0]
    assert desk.store.value("SELECT id FROM person WHERE uid = ?", (opened.uid(row_id),)) == row_id
