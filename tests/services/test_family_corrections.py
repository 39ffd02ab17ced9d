"""A wrong relation, a wrong day, somebody who was never in the family: corrected, and no false leaving is written."""

from __future__ import annotations

from datetime import date

import pytest

from migdesk.domain.dates import PartialDate
from migdesk.domain.errors import Invalid
from migdesk.domain.finding import Severity
from migdesk.domain.kin import Ended
from migdesk.domain.person import Family, Membership
from migdesk.services import family_corrections
from migdesk.services.arrivals import happened
from migdesk.services.families import family_events
from migdesk.services.families.family_events import Heading, Joining, Leaving, Parting
from migdesk.services.family_corrections import Correcting, annul_place, correct_place
from migdesk.services.upkeep import journal
from tests.services.test_families import DAY, household, person, seen

SINCE = date(2020, 1, 10)


@pytest.fixture
def home(desk):
    return household(desk)


def refused(run, *args) -> set[tuple[str, str | None]]:
    with pytest.raises(Invalid) as problem:
        run(*args)
    return {(one.code, one.field) for one in problem.value.findings if one.severity is Severity.BLOCK}


def places(desk, home, who):
    return desk.store.live(Membership, family=home["family"], person=home[who], order="since, id")


def test_a_wrong_relation_is_corrected_though_the_wrong_one_contradicts_it(desk, home):
    """`family join` said “is in this family already”, and leaving wrote a false event."""
    grand = person(desk, "Мұрат", PartialDate(1955, 1, 1))
    family_events.join(desk, Joining(grand, "father", DAY, home["family"]))
    uids = {**home, "grand": grand}
    correct_place(desk, Correcting(home["family"], grand, "uncle_aunt"))
    assert seen(desk, home["family"], DAY, uids)["grand"] == "uncle_aunt"
    assert [one.ended for one in places(desk, uids, "grand")] == [None]
    struck = happened.struck_of(desk, grand)
    assert [(one.table, one.is_struck, "father" in one.words().casefold()) for one in struck] == [
        ("family", True, True)
    ]
    journal.undo_last(desk)
    assert seen(desk, home["family"], DAY, uids)["grand"] == "father"


def test_a_relation_that_cannot_be_and_that_of_the_head_are_refused(desk, home):
    family = home["family"]
    assert refused(correct_place, desk, Correcting(family, home["son"], "father")) == {
        ("kin.older", "relation")
    }
    assert refused(correct_place, desk, Correcting(family, home["father"], "son")) == {
        ("head_leaves", "relation")
    }
    assert refused(correct_place, desk, Correcting(family, home["son"])) == {("missing", "relation")}
    assert seen(desk, family, DAY, home)["son"] == "son"


def test_a_joining_day_is_corrected_and_the_family_begins_no_later(desk, home):
    family, before = home["family"], date(2019, 5, 1)
    correct_place(desk, Correcting(family, home["son"], since=date(2021, 2, 2)))
    assert seen(desk, family, date(2021, 2, 1), home).keys() == {"father", "wife", "daughter"}
    done = correct_place(desk, Correcting(family, home["wife"], since=before))
    assert [one.code for one in done.findings] == ["family.begins"]
    assert seen(desk, family, before, home) == {"father": "head", "wife": "spouse"}
    assert desk.store.get(Family, family).formed_on == before
    assert refused(correct_place, desk, Correcting(family, home["daughter"], since=date(2012, 7, 3))) == {
        ("before_birth", "since")
    }
    assert refused(correct_place, desk, Correcting(family, home["father"], since=DAY)) == {
        ("others_before", "since")
    }


def test_a_leaving_is_corrected_or_did_not_happen(desk, home):
    family, son = home["family"], home["son"]
    assert refused(correct_place, desk, Correcting(family, son, until=DAY)) == {("not_said", "until")}
    family_events.leave(desk, Leaving(family, son, date(2025, 1, 1), Ended.LEFT))
    correct_place(desk, Correcting(family, son, until=date(2025, 2, 1)))
    assert "son" in seen(desk, family, date(2025, 1, 15), home)
    assert [(one.on, one.title) for one in happened.struck_of(desk, son)] == [
        (date(2025, 1, 1), Ended.labels()[Ended.LEFT])
    ]
    correct_place(desk, Correcting(family, son, stayed=True))
    assert [(one.until, one.ended) for one in places(desk, home, "son")] == [(None, None)]


def test_the_day_of_joining_is_that_of_the_first_head(desk, home):
    family = home["family"]
    family_events.change_head(desk, Heading(family, home["wife"], date(2024, 1, 1)))
    correct_place(desk, Correcting(family, home["son"], since=date(2021, 2, 2)))
    assert [one.since for one in places(desk, home, "son")] == [date(2021, 2, 2), date(2024, 1, 1)]
    assert refused(correct_place, desk, Correcting(family, home["daughter"], since=DAY)) == {
        ("after_end", "since")
    }


def test_who_was_never_in_the_family_is_struck_with_a_reason(desk, home):
    family = home["family"]
    assert refused(annul_place, desk, family, home["son"], " ") == {("missing", "annulled_why")}
    assert refused(annul_place, desk, family, home["father"], "error") == {("head_leaves", "person")}
    annul_place(desk, family, home["son"], "a namesake")
    assert "son" not in seen(desk, family, DAY, home)
    assert [one.annulled_why for one in desk.store.select(Membership, "person = ?", (home["son"],))] == [
        "a namesake"
    ]
    assert [one.is_struck for one in happened.struck_of(desk, home["son"])] == [True]
    family_events.join(desk, Joining(home["son"], "son", SINCE, family))


def test_what_happened_to_several_is_not_corrected_for_one(desk, home):
    family, wife = home["family"], home["wife"]
    day = date(2025, 3, 1)
    new = family_events.part(desk, Parting(family, [wife, home["daughter"]], wife, day, Ended.OF_AGE)).value
    assert ("of_several", "person") in refused(annul_place, desk, new.uid, home["daughter"], "error")
    assert ("of_several", "since") in refused(
        correct_place, desk, Correcting(new.uid, home["daughter"], since=DAY)
    )
    assert family_corrections.ever_in(desk, family)
