"""`session`: a commission from its call to its protocol, in words and as documents."""

from __future__ import annotations

import pytest

from tests.cli.documents import arrival

MEMBERS = (
    "--member",
    "chair=Ахметова А. Б.;басшы",
    "--member",
    "member=Оспанов Д. К.",
    "--member",
    "secretary=Ким В. С.",
    "--absent",
    "member=Нурланова С. Т.",
)


@pytest.fixture
def case(office, registered):
    said = office("case", "open", "kandas_status", registered["uid"], "--applied", "2026-11-20")
    assert said.code == 0
    return said.document["number"]


def called(office, *more):
    said = office("session", "open", "reception", "--place", "каб. 12", *MEMBERS, *more)
    assert said.code == 0
    return said.document


def test_a_session_by_the_command_line(office, call, home, case):
    waiting = office("session", "list", "reception", "--waiting").document["waiting"]
    assert [(one["case"], one["step"]) for one in waiting] == [(case, "commission")]
    session = called(office)["number"]
    added = office("session", "add", session, "--waiting").document
    assert [one["number"] for one in added["agenda"]] == [case]
    voted = office("session", "vote", session, case, "all=for").document
    assert (voted["recommendation"], voted["votes"]) == (
        "favour",
        {"Ахметова А. Б.": "for", "Оспанов Д. К.": "for"},
    )
    told = office("session", "close", session, "--check")
    assert (told.code, told.codes) == (0, ["commission.video"])
    closed = office("session", "close", session, "--protocol", "15", "--video", "a.mp4", "--ends", "11:30")
    assert (closed.code, closed.codes) == (0, [])
    shown = office("session", "show", session).document
    assert (shown["state"], shown["protocol"], shown["quorum"]["needed"]) == ("closed", "15", 2)
    file = office("case", "show", case).document
    assert file["protocol"] == "15"
    assert {one["code"]: one["done_on"] for one in file["steps"]}["commission"] == "2026-11-23"
    assert [one["number"] for one in office("session", "list").document["sessions"]] == [session]
    words = call("--home", home, "--on", "2026-11-23", "session", "show", session).out
    assert "Commission on reception of kandas" in words and "recommends to grant" in words


@pytest.mark.parametrize(
    ("votes", "code"),
    [
        (("ахметова=for", "Ахметова А. Б.=against"), "voted_twice"),
        (("Ким=for",), "no_vote"),
        (("Нурланова=for",), "absent"),
        (("all=against",), "no_ground"),
    ],
)
def test_votes_that_are_refused(office, case, votes, code):
    session = called(office)["number"]
    office("session", "add", session, case)
    said = office("session", "vote", session, case, *votes)
    assert (said.code, said.codes) == (1, [code])


def test_a_session_without_a_quorum_or_with_unvoted_cases_is_not_closed(office, case):
    session = called(office)["number"]
    assert office("session", "close", session).codes == ["no_agenda", "commission.video"]
    office("session", "add", session, case)
    assert office("session", "close", session).codes == ["unvoted", "commission.video"]
    office("session", "members", session, "--away", "Оспанов")
    assert "no_quorum" in office("session", "close", session).codes
    assert office("session", "members", session, "--present", "Нурланова").document["quorum"]["there"]


def test_a_case_of_another_service_is_refused(office, registered):
    rvp = office("case", "open", "rvp", registered["uid"], "--answer", "purpose=work").document["number"]
    session = called(office)["number"]
    said = office("session", "add", session, rvp)
    assert (said.code, said.codes) == (1, ["other_service"])


def test_a_case_comes_off_and_a_session_is_called_off(office, case):
    session = called(office)["number"]
    office("session", "add", session, case)
    assert office("session", "drop", session, case).document["agenda"] == []
    assert office("session", "call-off", session, "нет кворума").document["state"] == "called_off"
    assert office("session", "add", session, case).codes == ["session.closed"]
    assert office("session", "list", "--open").document["sessions"] == []


@pytest.mark.parametrize(
    "words",
    [
        ("open",),
        ("open", "reception", "--member", "Ахметова"),
        ("open", "reception", "--member", "judge=Ахметова"),
        ("list", "--waiting"),
        ("add", "SESSION"),
        ("vote", "SESSION", "CASE", "all=maybe"),
    ],
)
def test_wrong_words_are_told(office, case, words):
    session = called(office)["number"]
    office("session", "add", session, case)
    known = {"SESSION": session, "CASE": case}
    assert office("session", *(known.get(word, word) for word in words)).code == 2


@pytest.mark.parametrize(
    "words", [("show", "nothing"), ("add", "nothing", "nothing"), ("vote", "SESSION", "CASE", "nobody=for")]
)
def test_what_is_not_there_is_told(office, case, words):
    known = {"SESSION": called(office)["number"], "CASE": case}
    assert office("session", *(known.get(word, word) for word in words)).code == 1


def test_the_papers_of_a_session_print(office, case, tmp_path):
    session = called(office, "--video", "a.mp4")["number"]
    office("session", "add", session, case)
    agenda = office("form", "print", "session_agenda", session, "--to", tmp_path / "a.pdf", "--lang", "ru")
    early = office("form", "print", "session_protocol", session, "--to", tmp_path / "p.pdf")
    assert agenda.code == 0 and early.codes == ["session.open"]
    office("session", "vote", session, case, "all=for")
    office("session", "close", session)
    assert office("form", "print", "session_protocol", session, "--to", tmp_path / "p.pdf").code == 0


def test_who_was_included_in_older_times_is_not_included_again(office, pot):
    """The history may be imported with an arrival: the register holds no case of it."""
    person = office("register", "-", given=arrival(details={"quota_before": True})).document["uid"]
    said = office("case", "open", "kandas_quota", person)
    assert (said.code, "kandas.quota_once" in said.codes) == (1, True)
