"""`series`: what was given of each, and an own start number."""

from __future__ import annotations

from tests.cli.documents import arrival


def test_a_series_is_listed_shown_and_goes_on_with_an_own_number(office):
    office("register", "-", given=arrival())
    shown = office("series", "list").document
    assert [(one["series"], one["next"]) for one in shown] == [("PVL-2026-", "PVL-2026-000002")]
    raised = office("series", "start", "PVL-2026", "--from", "40").document
    assert (raised["next"], raised["skipped"]) == ("PVL-2026-000040", [{"first": 2, "last": 39}])
    assert office("series", "show", "PVL-2026").document == raised
    assert office("series", "start", "PVL-2026", "--from", "40").code == 0
    assert office("series", "start", "PVL-2026", "--from", "39").codes == ["series_start"]
    assert office("series", "show", "KST-2026").code == 1
    assert office("series", "start", "PVL-2026").code == 2
