"""`party`: a receiving person or employer by itself."""

from __future__ import annotations


def test_an_employer_is_saved_by_itself(office):
    saved = office(
        "party", "-", given={"name": "«Ромашка» ЖШС", "kind": "organisation", "address": {"line": "1"}}
    )
    assert saved.code == 0, saved.document
    again = office("party", "-", given={"uid": saved.document["uid"], "head": "Серікова"})
    assert (again.document["uid"], again.document["name"]) == (saved.document["uid"], "«Ромашка» ЖШС")
    assert office("undo").document["undone"]["op"] == "save_party"
    assert office("party", "-", given={"nam": "x"}).fields == {"nam"}
    assert office("party", "-", given=[1]).code == 3
    assert office("party", "-", given={"uid": "none"}).codes == ["not_found"]
