"""`find`, `status`, `duplicates`, `explain`, `journal`, `undo`: what the register knows and why."""

from __future__ import annotations

from tests.cli.documents import arrival


def test_find_in_any_script(office, registered):
    for words in (["Қасымова"], ["kassymova", "aigul"], ["Касымова"], ["AB1234567"]):
        (found,) = office("find", *words).document
        known = {"uid", "name", "birth_date", "iin", "citizenship", "matched", "label", "protection"}
        assert (set(found), found["protection"]) == (known, None)
        assert found["name"] == "Қасымова Айгүл"
        assert found["matched"]
    assert office("find", "Nobody").document == []
    assert office("find", "Nobody").code == 0


def test_find_keeps_to_its_limit(office, registered):
    office("register", "--apart", "-", given=arrival(documents=[{"number": "XY7654321", "issuer": "UZB"}]))
    assert len(office("find", "Қасымова").document) == 2
    assert len(office("find", "Қасымова", "--limit", "1").document) == 1
    assert office("find", "Қасымова", "--limit", "0").code == 2
    assert office("find").code == 2


def test_status_by_uid_and_document(office, registered):
    said = office("status", registered["uid"])
    assert said.code == 0
    assert {"person", "light", "stay", "permits", "deadlines", "findings"} <= set(said.document)
    assert said.document["light"] in ("green", "amber", "red")
    assert set(said.document["stay"]) >= {"lawful", "regime", "last_lawful_day", "per_entry", "window", "why"}
    assert {term["kind"] for term in said.document["deadlines"]} == {"notice", "registration", "stay"}
    assert office("status", "AB 123 4567").document["person"] == said.document["person"]


def test_status_on_another_day(office, registered):
    assert office("status", registered["uid"], "--on", "2027-03-01").document["light"] == "red"
    assert office("status", registered["uid"], "--on", "2027-03-01").code == 0


def test_status_of_nobody_is_a_no(office, registered):
    said = office("status", "nobody")
    assert said.code == 1
    assert said.codes == ["not_found"]


def test_status_of_two_holders_names_them(office, registered):
    other = office("register", "--apart", "-", given=arrival()).document
    said = office("status", "AB1234567")
    assert said.code == 1
    assert registered["uid"] in said.document["text"]
    assert other["uid"] in said.document["text"]


def test_duplicates_with_reasons(office, registered):
    assert office("duplicates").document == []
    other = office("register", "--apart", "-", given=arrival()).document
    (pair,) = office("duplicates", "--limit", "5").document
    assert {"score", "reasons"} <= set(pair)
    assert pair["score"] > 80
    assert pair["reasons"]
    assert {pair["a"]["uid"], pair["b"]["uid"]} == {registered["uid"], other["uid"]}


def test_explain_tells_rule_date_source_and_op(office, registered):
    said = office("explain", registered["arrivals"][0]["uid"])
    assert said.code == 0
    notice = next(rule for rule in said.document["rules"] if rule["field"] == "notice_due")
    assert (notice["rule"], notice["from"], notice["value"]) == ("notice.arrival", "2026-11-20", "2026-11-25")
    assert set(notice["source"]) == {"act", "article", "confidence"}
    (change,) = said.document["changes"]
    assert change["what"] == "register_arrival"
    assert change["rules"]["terms"]
    assert "notice_due" in change["fields"]
    assert office("explain", registered["number"]).document == said.document


def test_explain_any_record(office, registered):
    assert office("explain", registered["uid"]).document["table"] == "person"
    assert office("explain", "nothing").code == 1


def test_journal_of_the_office_and_of_a_person(office, registered):
    office(
        "register",
        "--apart",
        "-",
        given=arrival(person={**arrival()["person"], "given": "Сәуле"}, documents=[]),
    )
    everything = office("journal").document
    assert [entry["op"] for entry in everything] == ["register_arrival", "register_arrival", "init_office"]
    (own,) = office("journal", registered["uid"]).document
    assert own["op"] == "register_arrival"
    assert len(office("journal", "--limit", "1").document) == 1
    assert office("journal", "nobody").code == 1


def test_journal_verify_proves_the_chain(office, home, registered):
    assert office("journal", "verify").document == {"ok": True, "broken": []}
    from migdesk.store.engine import dbapi

    connection = dbapi.connect(str(home / "office.sqlite"))
    connection.execute("DROP TRIGGER IF EXISTS op_no_update")
    connection.execute("UPDATE op SET operator = 'somebody else' WHERE id = 2")
    connection.commit()
    connection.close()
    said = office("journal", "verify")
    assert said.code == 1
    assert len(said.document["broken"]) == 1


def test_undo_takes_the_last_thing_back(office, registered):
    said = office("undo")
    assert said.code == 0
    assert said.document["undone"]["op"] == "register_arrival"
    assert said.document["findings"] == []
    assert office("find", "Қасымова").document == []
    again = office("undo")
    assert again.code == 1
    assert again.codes == ["nothing_to_undo"]


def test_people_read_tables(call, home, registered):
    words = ("--home", home, "--on", "2026-11-23")
    found = call(*words, "find", "Қасымова").out.splitlines()
    assert found[0].startswith("Name")
    assert found[2].startswith("Қасымова Айгүл  17.05.1990")
    status = call(*words, "status", registered["uid"]).out
    assert "Notice of arrival" in status
    assert "amber" in status or "green" in status
    assert "Arrival registered" in call(*words, "journal").out
    explained = call(*words, "explain", registered["number"]).out
    assert (
        "= 25.11.2026: Notice of the receiving person on the arrival of a foreigner (notice.arrival), 20."
        in explained
    )
    assert "reported, compare with the act" in explained and "notice_due" not in explained
    assert "Nothing." in call(*words, "duplicates").out


def test_nobody_is_named(office):
    said = office("status", " ")
    assert said.code == 1
    assert "Name a person" in said.document["text"]
