"""`form list|print|proof`, `report list|run`: papers and reports through the command line."""

from __future__ import annotations

import hashlib
import io
import json
import sys

import pytest

from migdesk.app import main
from migdesk.cli.files import STANDARD
from tests.paper.words import page_text


def ops(office) -> list[str]:
    return [entry["op"] for entry in office("journal").document]


def test_every_paper_is_listed(office):
    rows = office("form", "list").document
    assert {"registration_slip", "notification_arrival"} <= {row["code"] for row in rows}
    assert set(rows[0]) >= {"code", "revision", "title", "languages", "about"}


def test_a_paper_is_numbered_and_a_second_one_is_a_copy(office, registered, tmp_path):
    first, second = tmp_path / "first.pdf", tmp_path / "second.pdf"
    said = office("form", "print", "registration_slip", registered["number"], "--to", first, "--lang", "kk")
    assert said.code == 0
    assert {"pages", "number", "copy", "digest"} <= set(said.document)
    assert (said.document["copy"], said.document["pages"]) == (1, 1)
    assert first.read_bytes().startswith(b"%PDF")
    again = office(
        "form", "print", "registration_slip", registered["uid"], "--to", second, "--lang", "kk"
    ).document
    assert (again["number"], again["copy"]) == (said.document["number"], 2)
    assert ops(office)[0] == "print_form"
    assert office("undo").code == 1


def test_a_paper_of_changed_data_has_its_own_number_and_says_what_it_replaces(office, registered, tmp_path):
    words = ("form", "print", "registration_slip", registered["uid"], "--lang", "kk", "--to")
    assert office(*words, tmp_path / "no.pdf", "--as-it-was").code == 1
    first = office(*words, tmp_path / "a.pdf").document
    assert first["replaces"] is None
    office("person", "-", given={"uid": registered["uid"], "surname_latin": "KASSYMOVA-NEW"})
    second = office(*words, tmp_path / "b.pdf").document
    assert (second["copy"], second["replaces"]) == (1, first["number"])
    assert second["number"] != first["number"]
    third = office(*words, tmp_path / "c.pdf", "--as-it-was").document
    assert (third["number"], third["copy"], third["replaces"]) == (second["number"], 2, None)
    office("export", "printouts", "--to", tmp_path / "papers.json")
    text = (tmp_path / "papers.json").read_text(encoding="utf-8")
    rows = [row for row in json.loads(text)["rows"] if row["number"] == first["number"]]
    assert [row["replaced"] for row in rows] == [second["number"]]


def test_a_paper_on_standard_output(home, registered, monkeypatch, capsys):
    written = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    monkeypatch.setattr(sys, "stdout", written)
    words = ("form", "print", "registration_slip", registered["uid"], "--to", STANDARD, "--lang", "ru")
    assert main(["--home", str(home), "--on", "2026-11-23", *words]) == 0
    assert written.buffer.getvalue().startswith(b"%PDF")
    assert written.buffer.getvalue().rstrip().endswith(b"%%EOF")
    assert "PVL-RS2026-00001" in capsys.readouterr().err


def test_print_refusals(office, registered, tmp_path):
    file = tmp_path / "x.pdf"
    words = ("form", "print")
    assert office(*words, "nothing", registered["uid"], "--to", file).code == 2
    assert office(*words, "registration_slip", "nobody", "--to", file).code == 1
    assert office(*words, "registration_slip", registered["uid"]).code == 2
    assert office(*words, "registration_slip", registered["uid"], "--to", file, "--lang", "de").code == 2
    assert office(*words, "registration_slip", registered["uid"], "--to", file, "--answer", "x=1").code == 2
    assert (
        office(*words, "registration_slip", registered["uid"], "--to", tmp_path / "none" / "x.pdf").code == 3
    )
    assert not file.exists()
    assert "print_form" not in ops(office)


def test_what_a_paper_asks_for(office, registered, tmp_path):
    case = office("case", "open", "kandas_status", registered["uid"]).document["number"]
    words = ("form", "print", "kandas_application", case, "--to", tmp_path / "x.pdf", "--lang", "ru")
    answers = ("--answer", "service=assign", "--answer", "was_citizen=да", "--answer", "region=Павлодар")
    assert office(*words, *answers).code == 0
    assert office(*words, "--answer", "service=dream").code == 2
    assert office(*words, "--answer", "was_citizen=perhaps").code == 2
    assert office(*words, "--answer", "service").code == 2


def test_a_proof_needs_no_office(ask, tmp_path):
    file = tmp_path / "proof.pdf"
    said = ask("--home", tmp_path / "none", "form", "proof", "registration_slip", "--to", file)
    assert said.code == 0
    assert said.document["pages"] >= 1
    assert said.document["digest"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert ask("form", "proof", "nothing", "--to", file).code == 2
    assert ask("form", "proof", "registration_slip", "--to", tmp_path / "none" / "x.pdf").code == 3


def test_every_report_is_listed(ask):
    rows = ask("report", "list").document
    assert {"monthly_summary", "arrivals_journal"} <= {row["code"] for row in rows}


@pytest.mark.parametrize("suffix", [".pdf", ".xlsx", ".csv", ".json"])
def test_a_report(office, registered, tmp_path, suffix):
    file = tmp_path / f"report{suffix}"
    words = ("report", "run", "monthly_summary", "--from", "2026-11-01", "--to", "2026-11-30")
    said = office(*words, "--to-file", file, "--lang", "ru")
    assert said.code == 0
    assert {"rows", "totals", "as_of"} <= set(said.document)
    assert said.document["rows"] > 0
    assert said.document["as_of"] == "2026-11-23"
    assert file.stat().st_size > 0
    if suffix == ".json":
        assert json.loads(file.read_text(encoding="utf-8"))


def test_a_report_on_standard_output(office, registered):
    words = ("report", "run", "monthly_summary", "--from", "2026-11-01", "--to", "2026-11-30")
    said = office(*words, "--to-file", STANDARD)
    assert said.document
    assert '"as_of"' in said.err


def test_report_refusals(office, tmp_path):
    days = ("--from", "2026-11-01", "--to", "2026-11-30")
    file = tmp_path / "x.csv"
    assert office("report", "run", "nothing", *days, "--to-file", file).code == 2
    assert office("report", "run", "monthly_summary", *days, "--to-file", tmp_path / "x.doc").code == 2
    assert office("report", "run", "monthly_summary", *days).code == 2
    back = ("--from", "2026-11-30", "--to", "2026-11-01")
    assert office("report", "run", "monthly_summary", *back, "--to-file", file).code == 2
    assert (
        office("report", "run", "monthly_summary", *days, "--to-file", tmp_path / "none" / "x.csv").code == 3
    )
    assert not file.exists()


def test_a_slip_speaks_the_language_that_the_clerk_names(office, registered, tmp_path):
    file = tmp_path / "slip.pdf"
    words = ("form", "print", "slip_arrival", registered["uid"], "--to", file, "--lang", "ru")
    said = office(*words, "--answer", "tongue=tr", "--answer", "come_on=2026-12-07")
    assert said.code == 0
    assert said.document["pages"] == 1
    text = page_text(file.read_bytes(), 1)
    assert "Gelişiniz kaydedildi" in text
    assert "07.12.2026 tarihinde tekrar geliniz." in text
    assert office(*words, "--answer", "tongue=xx").code == 2


@pytest.mark.parametrize(
    ("code", "words"),
    [("slip_arrival", "Gelişiniz kaydedildi"), ("slip_bring", "Getirmeniz gereken belgeler")],
)
def test_a_slip_is_printed_in_the_language_of_the_person_by_the_plain_option(
    office, registered, tmp_path, code, words
):
    file = tmp_path / "slip.pdf"
    assert office("form", "print", code, registered["number"], "--lang", "tr", "--to", file).code == 0
    assert words in page_text(file.read_bytes(), 1)


def test_a_language_that_a_paper_has_not_is_refused_with_those_it_has(call, home, registered, tmp_path):
    for code, lang in (("slip_arrival", "ar"), ("notification_arrival", "uz")):
        file = tmp_path / "x.pdf"
        said = call("--home", home, "form", "print", code, registered["number"], "--lang", lang, "--to", file)
        assert said.code == 2
        assert "is none of: kk, ru, en" in said.err


def test_a_paper_about_a_case_says_so_to_whoever_names_an_arrival(office, registered, tmp_path):
    named = registered["arrivals"][0]["uid"]
    said = office("form", "print", "kandas_application", named, "--to", tmp_path / "paper.pdf")
    assert said.code == 1
    assert "printed for a case" in said.document["text"]
