"""The services of stay by the command line: a certificate for refuge is printed, a banned person is refused."""

from __future__ import annotations

from tests.cli.conftest import DAY
from tests.cli.documents import arrival


def answers(**given: str) -> list[str]:
    return [word for key, value in given.items() for word in ("--answer", f"{key}={value}")]


def papers(office, number: str) -> None:
    for paper in office("case", "show", number).document["papers"]:
        assert office("case", "paper", number, paper["code"]).code == 0


def test_a_banned_person_is_not_registered(office, registered):
    given = answers(ban_ground="forced", ban_from="2025-06-01", act="№ 3-77")
    case = office("case", "open", "entry_ban", registered["uid"], *given).document
    papers(office, case["number"])
    assert office("case", "decide", case["number"], "grant").code == 0
    again = office("register", "-", given=arrival(documents=[{"number": "ZZ7654321", "issuer": "UZB"}]))
    assert "entry_ban.likely" in again.codes


def test_a_certificate_for_refuge_is_printed_with_what_was_answered(office, registered, tmp_path):
    given = answers(
        entered_illegally="no",
        language="ru",
        interpreter="signed",
        interpreter_name="Saidov",
        persecution="religion",
    )
    case = office("case", "open", "asylum_petition", registered["uid"], *given).document
    assert case["due_on"] is None
    petition = office("form", "print", "refugee_petition", case["number"], "--to", str(tmp_path / "p.pdf"))
    assert petition.code == 0, petition.out
    papers(office, case["number"])
    decided = office("case", "decide", case["number"], "grant").document
    assert decided["state"] == "granted" and decided["certificate"].startswith("PVL-AS2026-")
    printed = office(
        "form", "print", "asylum_certificate", decided["certificate"], "--to", str(tmp_path / "c.pdf")
    )
    assert printed.code == 0, printed.out
    assert (tmp_path / "c.pdf").read_bytes().startswith(b"%PDF")
    steps = {one["code"]: one["due_on"] for one in office("case", "show", case["number"]).document["steps"]}
    assert steps["fingerprints"] == "2026-11-26"


def test_the_services_are_told_with_their_marks(office):
    shown = office("procedures", "show", "pmzh", "--on", DAY).document
    refusal = next(one for one in shown["decisions"] if one["code"] == "refuse")
    assert [one["clause"] for one in refusal["grounds"]][:4] == [f"art. 49, item {n})" for n in (1, 2, 3, 4)]
    before = office("procedures", "show", "pmzh", "--on", "2026-02-12").document
    assert "points" in [one["key"] for one in shown["fields"]]
    assert "points" not in [one["key"] for one in before["fields"]]


def test_a_victim_is_referred_by_a_restricted_note(office, registered):
    words = ("--by", "inspector", "--signs", "papers taken away", "--to", "social")
    said = office("note", "referral", registered["uid"], *words)
    assert said.code == 0 and "no_consent" in said.codes
    listed = office("note", "list", registered["uid"])
    assert listed.document["restricted_exist"] is True
    assert "papers taken away" not in listed.out
