"""Panels of purposes and verified files, by the command line."""

from __future__ import annotations

import pytest

from tests.cli.documents import arrival

STUDY = {"purpose": "study", "entered_on": "2026-11-20", "arrived_on": "2026-11-20"}
TRANSIT = STUDY | {"purpose": "transit"}


def test_every_panel_is_listed_and_shown(call):
    listed = call("panels", "list", json_out=True)
    assert listed.code == 0
    codes = {one["purpose"] for one in listed.document}
    assert {"work", "study", "kandas", "transit", "return"} <= codes
    shown = call("panels", "show", "study", json_out=True).document
    assert shown["fields"][0]["key"] == "school_name"
    assert shown["fields"][0]["source"]["confidence"] == "unverified"
    assert any("enrolment" in one["title"] for one in shown["papers"])
    assert shown["next"] == ["rvp"]
    assert "School or university" in call("panels", "show", "study").out


def test_a_purpose_without_a_panel_is_not_found(call):
    assert call("panels", "show", "tourism").code != 0


def test_register_takes_details_and_keys_list_them(office):
    made = office("register", "-", given=arrival(arrival=STUDY, details={"school_name": "ПМУ"}))
    assert made.code == 0, made.err
    assert [one["name"] for one in office("find", "пму").document] == ["Қасымова Айгүл"]
    keys = {one["key"]: one["label"] for one in office("register", "--keys").document}
    assert keys["details.school_name"] == "School or university (study)"


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"school": "x"}, "details.school"),
        ({"enrolment_on": "soon"}, "details.enrolment_on"),
        ({"school_name": ["x"]}, "details.school_name"),
    ],
)
def test_a_wrong_detail_is_named_by_its_key(office, details, field):
    told = office("register", "-", given=arrival(arrival=STUDY, details=details))
    assert told.code != 0
    assert field in told.fields


def test_an_arrival_is_corrected_with_details_and_only_then_reaches_a_paper(office, tmp_path):
    made = office("register", "-", given=arrival(arrival=TRANSIT)).document
    uid, paper = made["arrivals"][0]["uid"], tmp_path / "a.pdf"
    refused = office("form", "print", "notification_arrival", uid, "--to", paper)
    assert refused.code != 0 and not paper.exists()
    fixed = office("arrival", "-", given={"uid": uid, "details": {"to_country": "Кыргызстан"}})
    assert fixed.code == 0, fixed.out
    assert office("form", "print", "notification_arrival", uid, "--to", paper).code == 0
    assert paper.read_bytes().startswith(b"%PDF")


def test_verify_marks_a_file_and_says_no_the_second_time(office):
    made = office("register", "-", given=arrival()).document
    assert office("verify", made["number"]).code == 0
    again = office("verify", made["uid"])
    assert again.code != 0 and again.codes == ["verified_already"]


def test_an_export_of_arrivals_has_details_when_asked(office, tmp_path):
    office("register", "-", given=arrival(arrival=STUDY, details={"school_name": "ПМУ"}))
    plain, whole = tmp_path / "plain.csv", tmp_path / "whole.csv"
    assert office("export", "arrivals", "--to", plain).code == 0
    assert office("export", "arrivals", "--to", whole, "--details").code == 0
    assert "ПМУ" not in plain.read_text(encoding="utf-8-sig")
    assert "School or university" in whole.read_text(encoding="utf-8-sig")
    assert "ПМУ" in whole.read_text(encoding="utf-8-sig")
