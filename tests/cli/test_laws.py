"""`rules list|show`, `procedures list|show`."""

from __future__ import annotations


def test_every_rule_is_listed_and_shown(ask):
    rows = ask("rules", "list").document
    assert len(rows) > 50
    assert set(rows[0]) >= {"code", "kind", "title", "from", "until", "confidence"}
    notice = ask("rules", "show", "notice.arrival", "--on", "2026-11-23")
    assert notice.code == 0
    assert notice.document["values"]["length"] == 3
    assert set(notice.document["texts"]) == {"kk", "ru", "en"}
    assert set(notice.document["source"]) >= {"act", "article", "confidence"}


def test_a_rule_changes_with_the_day(ask):
    then = ask("rules", "show", "mrp", "--on", "2020-02-01").document
    now = ask("--on", "2026-02-01", "rules", "show", "mrp").document
    assert (then["values"]["mrp_in_tenge"], now["values"]["mrp_in_tenge"]) == (2651, 4325)


def test_rules_that_are_not(ask):
    assert ask("rules", "show", "nothing").code == 2
    assert ask("rules", "show", "notice.arrival", "--on", "1990-01-01").code == 1
    assert ask("rules", "show").code == 2
    assert ask("rules").code == 2
    assert "notice.arrival" in ask("rules", "show", "notice.arival").document["text"]


def test_procedures(ask):
    rows = ask("procedures", "list").document
    assert {"kandas_quota", "kandas_status"} <= {row["code"] for row in rows}
    for row in rows:
        said = ask("procedures", "show", row["code"], "--on", row["until"] or "2026-11-23")
        assert said.code == 0
        assert set(said.document) >= {"papers", "steps", "terms", "decisions", "forms", "fee"}
        assert said.document["papers"]
        assert all(set(term) >= {"code", "values"} for term in said.document["terms"])


def test_procedures_that_are_not(ask):
    assert ask("procedures", "show", "nothing").code == 2
    assert ask("procedures", "show", "kandas_quota", "--on", "1990-01-01").code == 1


def test_people_read_the_law(call):
    shown = call("rules", "show", "notice.arrival", "--on", "2026-11-23").out
    assert "  Length: 3 working days\n  Begins with: the arrival\n" in shown
    assert "kk: " in shown
    assert "notice.arrival" in call("rules", "list").out
    assert "Papers:" in call("procedures", "show", "kandas_status").out
    assert "kandas_status" in call("procedures", "list").out


def test_a_service_is_shown_with_everything_it_says(ask, call):
    shown = ask("procedures", "show", "rvp", "--on", "2026-11-23").document
    assert shown["who"][0]["source"]["confidence"] == "verified"
    purpose = shown["fields"][0]
    assert (purpose["key"], purpose["kind"], purpose["required"]) == ("purpose", "choice", True)
    contract = next(one for one in shown["papers"] if one["code"] == "work_contract")
    assert contract["when"] == {"field": "purpose", "is": ["work"]}
    grant = shown["decisions"][0]
    assert grant["caps"] == ["document", "field:contract_until", "field:study_until", "field:treatment_until"]
    assert (grant["does"], grant["permit"], shown["appeal"]) == ("grant", "rvp", None)
    out = call("procedures", "show", "rvp", "--on", "2026-11-23").out
    for part in ("Who may apply:", "Questions:", "purpose = work", "not known from the sources", "withdraw:"):
        assert part in out, part


def test_the_service_of_an_earlier_day_asks_what_it_asked_then(ask):
    def keys(day):
        return {
            one["key"]
            for one in ask("procedures", "show", "foreign_labour_permit", "--on", day).document["fields"]
        }

    assert keys("2026-11-23") - keys("2025-08-31") == {"vacancy_code", "vacancy_on"}


def test_a_condition_is_read_as_sentences_and_told_to_scripts_by_its_codes(ask, call):
    words = ("rules", "show", "residence.passport_short", "--on", "2026-11-23")
    assert ask(*words).document["values"]["when"]["all"][1] == {"fact": "document_days_left", "under": 180}
    shown = call(*words).out
    assert "    • Days until the document expires: less than 180\n" in shown
    assert "document_days_left" not in shown


def test_an_answer_and_a_sum_are_read_in_words(call):
    shown = call("rules", "show", "family.parent_age", "--on", "2026-11-23").out
    assert "Answer of the office: 14 years" in shown and "years_14" not in shown
    rent = call("rules", "show", "support.rent", "--on", "2026-11-23").out
    assert "Settlement: village; Number of persons: 2 to 4: 18 MRP" in rent
