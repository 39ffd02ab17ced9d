"""`merge`, `separate`, `distinct`: two files become one and two again, or are said to be two people."""

from __future__ import annotations

import pytest

from migdesk.services import account
from tests.cli.documents import arrival

OTHER = {"number": "XY7654321", "issuer": "UZB"}


@pytest.fixture
def other(office, registered):
    """The same person once more, under another document."""
    said = office("register", "--apart", "-", given=arrival(documents=[OTHER]))
    assert said.code == 0
    return said.document


def test_two_files_become_one(office, registered, other):
    said = office("merge", registered["uid"], OTHER["number"])
    assert said.code == 0
    assert said.document["uid"] == registered["uid"]
    assert said.document["merged"] == other["uid"]
    assert said.document["moved"] >= 2
    assert said.codes == ["merge.open_arrivals", "merge.same_crossing", "merge.document"]
    assert len(office("find", "Қасымова").document) == 1
    assert office("duplicates").document == []
    assert office("status", other["uid"]).document["person"]["uid"] == registered["uid"]


@pytest.mark.parametrize("named", ["gone", "kept"])
def test_one_file_becomes_two_again(office, registered, other, named):
    merged = office("merge", registered["uid"], other["uid"]).document
    said = office("separate", (other if named == "gone" else registered)["uid"])
    assert said.code == 0
    assert (said.document["uid"], said.document["merged_into"]) == (other["uid"], None)
    assert said.document["moved"] == merged["moved"]
    assert len(office("duplicates").document) == 1


def test_what_cannot_be_is_a_no(office, registered, other):
    one = registered["uid"]
    assert office("merge", one, one).codes == ["same_file"]
    assert office("merge", one, "nobody").code == 1
    assert office("separate", one).codes == ["not_found"]
    assert office("distinct", one, other["uid"], "--why", " ").code == 1
    office("merge", one, other["uid"])
    assert office("separate", other["uid"], "--give", "nothing").code == 1


def test_wrong_words_are_wrong_usage(office, registered, other):
    assert office("merge", registered["uid"], other["uid"], "--take", "shoe_size").code == 2
    assert office("merge", registered["uid"]).code == 2
    assert office("distinct", registered["uid"], other["uid"]).code == 2


def test_two_people_are_not_proposed_again(office, registered, other):
    said = office("distinct", other["uid"], registered["uid"], "--why", "Twin sisters")
    assert said.code == 0
    assert said.document["why"] == "Twin sisters"
    assert {said.document["one"], said.document["other"]} == {registered["uid"], other["uid"]}
    assert office("duplicates").document == []


def test_people_read_it_too(call, home, registered, other):
    said = call("--home", home, "merge", registered["uid"], other["uid"], "--take", "surname", "given")
    assert said.code == 0
    assert "Қасымова" in said.out and "Rows moved" in said.out
    command = f"migdesk separate {other['uid']}"
    assert command in said.out
    assert command in call("--home", home, "journal", registered["uid"]).out
    call("--home", home, *command.split()[1:])
    assert command not in call("--home", home, "journal", registered["uid"]).out


def test_two_open_arrivals_are_settled_by_an_option(office, registered):
    where = arrival(documents=[OTHER])
    where["address"]["line"] = "Абай 99"
    second = office("register", "--apart", "-", given=where).document
    one, two = registered["uid"], second["uid"]
    for more in ([], ["--check"]):
        said = office("merge", one, two, *more)
        assert (said.code, said.codes[0]) == (1, "merge.open_arrivals")
    number = second["number"]
    checked = office("merge", one, two, "--stays-open", number, "--check")
    assert checked.code == 0
    assert number in next(
        one["text"] for one in checked.document["findings"] if one["code"] == "merge.open_arrivals"
    )
    assert office("merge", one, two, "--stays-open", number).code == 0
    (closed,) = [one for one in office("event", "list", one).document if one["why"]]
    assert (closed["number"], closed["who"]) == (registered["number"], account.login())
    assert "the same stay" in closed["why"] and "merged" in closed["title"]
    kinds = [one["kind"] for one in office("status", one).document["deadlines"]]
    assert sorted(kinds) == sorted(set(kinds))
