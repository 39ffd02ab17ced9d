"""`register --group`: a list of people with one arrival, all of them or none."""

from __future__ import annotations

import pytest

from tests.cli.documents import arrival


def row(at: int, **more):
    person = {
        "surname": ["Ахметов", "Бердиев", "Волков"][at],
        "given": "Арман",
        "sex": "m",
        "birth_date": f"198{at}-03-0{at + 1}",
        "citizenship": "UZB",
    }
    return {
        "person": {**person, **more.pop("person", {})},
        "document": {"kind": "passport", "number": f"FA{at}"},
        **more,
    }


def group(*rows):
    whole = arrival()
    return {key: whole[key] for key in ("arrival", "address") if key in whole} | {"rows": list(rows)}


def test_a_group_is_one_op(office):
    said = office(
        "register",
        "--group",
        "-",
        given=group(row(0, family="1"), row(1), row(2, family="1", relation="сын")),
    )
    assert said.code == 0, said.err
    assert [one["name"] for one in said.document["arrivals"]] == [
        "Ахметов Арман",
        "Волков Арман",
        "Бердиев Арман",
    ]
    assert len(said.document["families"]) == 1
    assert office("undo").code == 0
    assert office("find", "Ахметов").document == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"person": {"iin": "900101300018"}}, "rows[1].person.iin"),
        ({"person": {"citizenship": "Нарния"}}, "rows[1].person.citizenship"),
        ({"document": {"kind": "passport"}}, "rows[1].document.number"),
        (
            {"document": None, "documents": [{"number": "FA9", "issuer": "Нарния"}]},
            "rows[1].documents[0].issuer",
        ),
        ({"family": "1"}, "rows[1].relation"),
        ({"weather": "cold"}, "rows[1].weather"),
    ],
)
def test_one_bad_row_stops_all_and_is_named(office, changed, field):
    said = office("register", "--group", "-", given=group(row(0, family="1"), row(1, **changed)))
    assert said.code == 1
    assert field in said.fields
    assert office("find", "Ахметов").document == []


def test_a_document_without_rows_is_refused(office):
    assert office("register", "--group", "-", given={"rows": {}}).code == 3


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"documents": "FA1"}, "rows[1].documents"),
        ({"documents": ["FA1"]}, "rows[1].documents[0]"),
        ({"relation": 5}, "rows[1].relation"),
    ],
)
def test_another_shape_is_told_where_the_file_has_it(office, changed, place):
    bad = {key: value for key, value in row(1).items() if key != "document"} | changed
    said = office("register", "--group", "-", given=group(row(0), bad))
    assert (said.code, said.document["place"]) == (3, place)


@pytest.mark.parametrize(
    ("options", "own", "code"), [((), {}, 1), (("--moves",), {}, 0), ((), {"earlier": "move"}, 0)]
)
def test_who_is_registered_elsewhere_is_taken_in_as_a_move(office, options, own, code):
    first = office("register", "--group", "-", given=group(row(0))).document["arrivals"][0]
    again = group({"person": {"uid": first["person"]}, **own}, row(1))
    again["arrival"] = {**again["arrival"], "arrived_on": "2026-11-22", "entered_on": None}
    again["address"] = {"place": "551010000", "line": "Абай к-сі, 1"}
    said = office("register", "--group", *options, "-", given=again)
    assert said.code == code
    assert ("rows[0].arrival.arrived_on" in said.fields) is (code == 1)
