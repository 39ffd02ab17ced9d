"""Families through time: events in their order leave the composition of every past day as it was."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migdesk.domain.dates import PartialDate
from migdesk.domain.errors import Invalid, Refused
from migdesk.domain.kin import Began, Ended
from migdesk.domain.person import Family, Membership, Person, Sex
from migdesk.services.arrivals.arrivals import register_arrival
from migdesk.services.desk import Clock, open_desk
from migdesk.services.families import families, family_events
from migdesk.services.families.family_events import Heading, Joining, Leaving, Parting, Reuniting
from migdesk.services.laws import choices
from migdesk.services.people import kinship, people
from tests import make
from tests.services.test_arrivals import family as arriving

DAY = make.TODAY
M, F = Sex.MALE, Sex.FEMALE


@pytest.fixture
def desk(tmp_path):
    opened = make.desk(tmp_path)
    yield opened
    opened.close()


def person(desk, given: str, born: PartialDate | None, sex: Sex = M, **more) -> str:
    values = {"given": given, "given_latin": given.upper(), "surname": "Оспанов", "surname_latin": "OSPANOV"}
    return people.save_person(desk, make.person(birth_date=born, sex=sex, **{**values, **more})).value.uid


@pytest.fixture
def home(desk):
    return household(desk)


def household(desk) -> dict[str, str]:
    """A father of 1980, his wife, a son of 2008 and a daughter of 2012, together since 2020."""
    uids = {
        "father": person(desk, "Болат", PartialDate(1980, 2, 1)),
        "wife": person(desk, "Сауле", PartialDate(1982, 5, 3), F),
        "son": person(desk, "Ерлан", PartialDate(2008, 6, 10)),
        "daughter": person(desk, "Аяла", PartialDate(2012, 7, 4), F),
    }
    since = date(2020, 1, 10)
    first = Joining(uids["wife"], "spouse", since, head=uids["father"])
    uids["family"] = family_events.join(desk, first).value.family
    for who in ("son", "daughter"):
        family_events.join(desk, Joining(uids[who], who, since, uids["family"]))
    return uids


def seen(desk, family: str, day: date, uids: dict[str, str]) -> dict[str, str]:
    """Who is in a family on a day, and what he is to the head."""
    names = {uid: name for name, uid in uids.items()}
    return {names[one.uid]: place.relation for place, one in families.members_on(desk, family, day)}


def refused(run, *args) -> set[tuple[str, str | None]]:
    with pytest.raises(Invalid) as problem:
        run(*args)
    return {(one.code, one.field) for one in problem.value.findings if one.severity == "block"}


# --- the file ----------------------------------------------------------------------------------------


def test_a_file_opens_by_its_uid_and_by_any_member(desk, home):
    assert families.open_family(desk, home["family"]).family.uid == home["family"]
    for who in ("father", "daughter"):
        file = families.open_family(desk, home[who])
        assert file.head and file.head.uid == home["father"]
        assert len(file.members) == 4


def test_the_inverse_is_made_by_itself(desk, home):
    father = desk.store.get(Person, home["father"])
    assert kinship.inverse(desk, "son", father.sex) == "father"
    assert kinship.inverse(desk, "daughter", F) == "mother"
    assert kinship.inverse(desk, "brother", F) == "sister"
    assert kinship.inverse_words(desk, "son", None) == "father / mother"


def test_coming_of_age_is_due_on_the_eighteenth_birthday(desk, home):
    due = families.open_family(desk, home["family"]).of_age
    assert [(one.person.uid, one.on) for one in due] == [(home["daughter"], date(2030, 7, 4))]
    before = families.open_family(desk, home["family"], date(2026, 6, 9)).of_age
    assert (home["son"], date(2026, 6, 10)) in [(one.person.uid, one.on) for one in before]


def test_who_became_of_age_as_a_member_is_told_among_the_events(desk, home):
    events = families.open_family(desk, home["family"]).events
    assert [(one.on, one.what) for one in events] == [
        (date(2020, 1, 10), None),
        (date(2020, 1, 10), Began.JOINED),
        (date(2026, 6, 10), Ended.OF_AGE),
    ]


# --- events ------------------------------------------------------------------------------------------


def test_a_divorce_leaves_both_families_and_the_past(desk, home):
    day = date(2025, 3, 1)
    parting = Parting(home["family"], [home["wife"], home["daughter"]], home["wife"], day, Ended.DIVORCED)
    new = family_events.part(desk, parting).value
    assert seen(desk, home["family"], day, home) == {"father": "head", "son": "son"}
    assert seen(desk, new.uid, day, home) == {"wife": "head", "daughter": "daughter"}
    assert len(seen(desk, home["family"], day - timedelta(1), home)) == 4
    assert seen(desk, new.uid, day - timedelta(1), home) == {}
    assert new.origin == home["family"]
    told = families.open_family(desk, home["family"]).events
    assert (day, Ended.DIVORCED, new.uid) in [(one.on, one.what, one.other) for one in told]


def test_a_grown_child_gets_a_family_of_its_own(desk, home):
    early = Parting(home["family"], [home["son"]], home["son"], date(2026, 6, 9), Ended.OF_AGE)
    assert refused(family_events.part, desk, early) == {("under_age", "on")}
    new = family_events.part(desk, replace(early, on=date(2026, 6, 10))).value
    assert families.open_family(desk, home["son"]).family.uid == new.uid


def test_another_head_changes_what_everybody_is_to_him(desk, home):
    family_events.change_head(desk, Heading(home["family"], home["wife"], date(2024, 1, 1)))
    assert seen(desk, home["family"], DAY, home) == {
        "wife": "head",
        "father": "spouse",
        "son": "son",
        "daughter": "daughter",
    }
    assert seen(desk, home["family"], date(2023, 12, 31), home)["father"] == "head"
    assert desk.store.get(Family, home["family"]).head == home["wife"]


def test_a_son_as_head_sees_parents_and_a_sister(desk, home):
    family_events.change_head(desk, Heading(home["family"], home["son"], date(2026, 7, 1)))
    assert seen(desk, home["family"], DAY, home) == {
        "son": "head",
        "father": "father",
        "wife": "mother",
        "daughter": "sister",
    }


def test_a_stepmother_too_young_to_be_the_mother_sees_a_stepchild(desk):
    father = person(desk, "Болат", PartialDate(1975, 1, 1))
    wife = person(desk, "Дана", PartialDate(1999, 1, 1), F)
    son = person(desk, "Ерлан", PartialDate(2005, 1, 1))
    family = family_events.join(desk, Joining(wife, "spouse", date(2024, 1, 1), head=father)).value.family
    family_events.join(desk, Joining(son, "son", date(2024, 1, 1), family))
    family_events.change_head(desk, Heading(family, wife, date(2025, 1, 1)))
    found = {one.uid: place.relation for place, one in families.members_on(desk, family, DAY)}
    assert found == {wife: "head", father: "spouse", son: "stepchild"}


def test_the_death_of_the_head_needs_the_next_one(desk, home):
    gone = Leaving(home["family"], home["father"], date(2025, 9, 9), Ended.DIED)
    assert refused(family_events.leave, desk, gone) == {("head_leaves", "next_head")}
    family_events.leave(desk, replace(gone, next_head=home["wife"]))
    assert seen(desk, home["family"], DAY, home) == {"wife": "head", "son": "son", "daughter": "daughter"}
    again = Joining(home["father"], "spouse", date(2026, 1, 1), home["family"])
    assert ("dead", "person") in refused(family_events.join, desk, again)


def test_a_death_ends_places_in_other_families_too(desk, home):
    other = person(desk, "Мәди", PartialDate(1978, 1, 1))
    joined = family_events.join(
        desk, Joining(home["son"], "nephew_niece", date(2021, 1, 1), head=other)
    ).value
    family_events.leave(desk, Leaving(home["family"], home["son"], date(2025, 1, 1), Ended.DIED))
    assert [one.uid for _place, one in families.members_on(desk, joined.family, DAY)] == [other]


def test_a_reunited_family_is_as_it_was(desk, home):
    members = [home["wife"], home["daughter"]]
    parting = Parting(home["family"], members, home["wife"], date(2024, 3, 1), Ended.DIVORCED)
    new = family_events.part(desk, parting).value
    reuniting = Reuniting(home["family"], new.uid, "spouse", date(2025, 3, 1))
    family_events.reunite(desk, reuniting)
    assert seen(desk, home["family"], DAY, home) == {
        "father": "head",
        "wife": "spouse",
        "son": "son",
        "daughter": "daughter",
    }
    assert seen(desk, new.uid, DAY, home) == {}
    assert len(seen(desk, new.uid, date(2024, 6, 1), home)) == 2


def test_the_family_of_a_day_is_on_the_papers_of_that_day(desk):
    from migdesk.services.papers import printing
    from tests.paper.words import page_text

    made = register_arrival(desk, arriving()).value
    leaver = made.people[-1]
    before = page_text(printing.preview(desk, "notification_arrival", made.arrivals[0].uid, lang="kk"), 1)
    family_events.leave(desk, Leaving(made.family.uid, leaver.uid, DAY))
    after = page_text(printing.preview(desk, "notification_arrival", made.arrivals[0].uid, lang="kk"), 1)
    assert before == after
    assert len(people.open_file(desk, made.people[0].uid).family) == len(made.people) - 1


# --- what cannot be ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "relation", "code"),
    [
        (PartialDate(1979, 5, 5), "son", "kin.older"),
        (PartialDate(1980, 2, 1), "son", "kin.older"),
        (PartialDate(1993, 2, 1), "son", "kin.too_close"),
        (PartialDate(1990), "son", "kin.too_close"),
        (PartialDate(1981, 2, 1), "father", "kin.older"),
        (PartialDate(1970, 2, 1), "father", "kin.too_close"),
        (PartialDate(2004, 1, 1), "grandchild", "kin.too_close"),
        (PartialDate(1985, 2, 1), "head", "two_heads"),
        (PartialDate(1985, 2, 1), "cousin_twice", "unknown_code"),
        (PartialDate(1985, 2, 1), "", "missing"),
    ],
)
def test_an_impossible_kinship_is_refused_at_the_relation(desk, home, born, relation, code):
    other = person(desk, "Асан", born)
    found = refused(family_events.join, desk, Joining(other, relation, DAY, home["family"]))
    assert (code, "relation") in found


@pytest.mark.parametrize("born", [PartialDate(1994, 2, 1), PartialDate(1994), PartialDate(2010, 1, 1), None])
def test_a_possible_son_joins(desk, home, born):
    other = people.save_person(desk, make.person(sex=M, birth_date=PartialDate(2010, 1, 1))).value
    if born != other.birth_date and born:
        other = people.save_person(desk, replace(other, birth_date=born)).value
    family_events.join(desk, Joining(other.uid, "son", DAY, home["family"]))
    assert other.uid in {one.uid for _place, one in families.members_on(desk, home["family"], DAY)}


def test_an_estimated_birth_only_warns(desk, home):
    other = person(desk, "Асан", PartialDate(1979), birth_estimated=True)
    done = family_events.join(desk, Joining(other, "son", DAY, home["family"]))
    assert [one.code for one in done.findings] == ["kin.older"]


@pytest.mark.parametrize(
    ("relation", "codes"),
    [
        ("sister", ["kin.sex"]),
        ("spouse", ["kin.young", "kin.second_spouse"]),
        ("guardian", ["kin.young"]),
    ],
)
def test_what_is_only_odd_warns(desk, home, relation, codes):
    other = person(desk, "Асан", PartialDate(2015, 1, 1))
    done = family_events.join(desk, Joining(other, relation, DAY, home["family"]))
    assert [one.code for one in done.findings] == codes


def test_a_second_spouse_is_asked_about_and_may_be_saved(desk, home):
    other = person(desk, "Айша", PartialDate(1984, 1, 1), F)
    done = family_events.join(desk, Joining(other, "spouse", DAY, home["family"]))
    (told,) = done.findings
    assert (told.code, told.field, told.severity) == ("kin.second_spouse", "relation", "warn")
    assert "Оспанов Болат" in told.words() and "Оспанов Сауле" in told.words()


def test_somebody_elses_wife_is_a_second_spouse_too(desk, home):
    other = person(desk, "Асан", PartialDate(1979, 1, 1))
    done = family_events.join(desk, Joining(home["wife"], "spouse", DAY, head=other))
    assert "kin.second_spouse" in {one.code for one in done.findings}


def test_after_a_divorce_or_a_death_a_spouse_is_the_only_one(desk, home):
    family_events.leave(desk, Leaving(home["family"], home["wife"], DAY, Ended.DIVORCED))
    other = person(desk, "Айша", PartialDate(1984, 1, 1), F)
    assert family_events.join(desk, Joining(other, "spouse", DAY, home["family"])).findings == ()


def test_a_second_father_is_asked_about(desk, home):
    born = (PartialDate(1950, 1, 1), PartialDate(1951, 1, 1))
    told = []
    for name, day in zip(("Асан", "Үсен"), born, strict=True):
        told.append(family_events.join(desk, Joining(person(desk, name, day), "father", DAY, home["family"])))
    assert [[one.code for one in done.findings] for done in told] == [[], ["kin.twice"]]
    assert "Оспанов Асан" in told[1].findings[0].words()


def test_somebody_without_a_family_is_told_what_to_do(desk):
    single = person(desk, "Асан", PartialDate(1984, 1, 1))
    with pytest.raises(Refused) as refused:
        families.open_family(desk, single)
    words = refused.value.words()
    assert "Оспанов Асан has no family yet" in words and "family join" in words and single not in words


def test_a_son_with_a_wife_of_his_own_is_found_in_both_families(desk, home):
    wife = person(desk, "Дана", PartialDate(2008, 1, 1), F)
    own = family_events.join(desk, Joining(wife, "spouse", DAY, head=home["son"])).value.family
    file = families.open_family(desk, home["son"])
    assert (file.family.uid, [one.uid for one in file.also]) == (own, [home["family"]])
    assert [(one.code, one.severity) for one in file.findings] == [("family.also_in", "note")]


def test_the_limit_of_years_is_a_setting_of_the_office(desk, home):
    other = person(desk, "Асан", PartialDate(1993, 2, 1))
    joining = Joining(other, "son", DAY, home["family"])
    refused(family_events.join, desk, joining)
    choices.choose(desk, kinship.SETTING, "years_12")
    assert family_events.join(desk, joining).value.relation == "son"


def test_nobody_is_the_child_of_his_own_child(desk):
    one, other, third = (
        person(desk, name, PartialDate(1990), birth_estimated=True) for name in ("А", "Б", "В")
    )
    family_events.join(desk, Joining(other, "son", DAY, head=one))
    family_events.join(desk, Joining(third, "son", DAY, head=other))
    assert refused(family_events.join, desk, Joining(one, "son", DAY, head=third)) == {
        ("kin.circle", "relation")
    }
    assert refused(family_events.join, desk, Joining(third, "father", DAY, head=one)) == {
        ("kin.circle", "relation")
    }


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (lambda h: Joining(h["son"], "son", DAY, h["family"]), ("twice", "person")),
        (lambda h: Joining(h["son"], "son", date(2019, 1, 1), h["family"]), ("twice", "person")),
        (lambda h: Joining(h["father"], "son", DAY, h["family"]), ("twice", "person")),
        (lambda h: Joining(h["other"], "brother", date(2020, 1, 9), h["family"]), ("before_joining", "on")),
        (lambda h: Joining(h["other"], "brother", DAY + timedelta(1), h["family"]), ("in_future", "on")),
        (lambda h: Joining(h["other"], "brother", None, h["family"]), ("missing", "on")),
        (lambda h: Joining(h["other"], "brother", date(1970, 1, 1), h["family"]), ("before_birth", "on")),
    ],
)
def test_a_joining_that_cannot_be(desk, home, given, found):
    home["other"] = person(desk, "Асан", PartialDate(1985, 2, 1))
    assert found in refused(family_events.join, desk, given(home))


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (lambda h: Leaving(h["family"], h["son"], date(2020, 1, 9)), ("before_joining", "on")),
        (lambda h: Leaving(h["family"], h["other"], DAY), ("not_member", "person")),
        (lambda h: Leaving(h["family"], h["son"], DAY, None), ("unknown_reason", "why")),
        (lambda h: Leaving(h["family"], h["son"], DAY, next_head=h["wife"]), ("not_member", "next_head")),
        (lambda h: Leaving(h["family"], h["father"], DAY, next_head=h["other"]), ("not_member", "next_head")),
    ],
)
def test_a_leaving_that_cannot_be(desk, home, given, found):
    home["other"] = person(desk, "Асан", PartialDate(1985, 2, 1))
    assert found in refused(family_events.leave, desk, given(home))


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (lambda h: Parting(h["family"], [], h["son"], DAY), ("not_member", "members")),
        (lambda h: Parting(h["family"], [h["father"]], h["father"], DAY), ("head_leaves", "members")),
        (lambda h: Parting(h["family"], [h["wife"]], h["son"], DAY), ("not_member", "head")),
        (lambda h: Parting(h["family"], [h["wife"]], h["wife"], date(2019, 1, 1)), ("before_joining", "on")),
        (lambda h: Parting(h["family"], [h["wife"]], h["wife"], DAY, Ended.DIED), ("unknown_reason", "why")),
    ],
)
def test_a_parting_that_cannot_be(desk, home, given, found):
    assert found in refused(family_events.part, desk, given(home))


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (lambda h: Heading(h["family"], h["father"], DAY), ("same_head", "head")),
        (lambda h: Heading(h["family"], "nobody", DAY), ("not_member", "head")),
        (lambda h: Heading(h["family"], h["wife"], date(2019, 1, 1)), ("before_joining", "on")),
    ],
)
def test_a_change_of_head_that_cannot_be(desk, home, given, found):
    assert found in refused(family_events.change_head, desk, given(home))


def test_a_given_relation_to_the_new_head_is_checked_at_its_member(desk, home):
    heading = Heading(home["family"], home["wife"], DAY, {home["father"]: "son"})
    assert refused(family_events.change_head, desk, heading) == {("kin.older", f"relation.{home['father']}")}


def test_families_that_cannot_be_reunited(desk, home):
    same = Reuniting(home["family"], home["family"], "brother", DAY)
    assert refused(family_events.reunite, desk, same) == {("same_family", "other")}
    others = [person(desk, name, PartialDate(1970, 2, 1)) for name in ("Асан", "Үсен")]
    other = family_events.join(desk, Joining(others[1], "brother", DAY, head=others[0])).value.family
    assert ("kin.older", "relation") in refused(
        family_events.reunite, desk, replace(same, other=other, relation="son")
    )


def test_who_belongs_to_two_families_is_told(desk, home):
    other = person(desk, "Мәди", PartialDate(1978, 1, 1))
    done = family_events.join(desk, Joining(home["wife"], "sister", DAY, head=other))
    assert [one.code for one in done.findings] == ["also_in"]


def test_a_corrected_birth_that_contradicts_the_family_is_told(desk, home):
    son = desk.store.get(Person, home["son"])
    done = people.save_person(desk, replace(son, birth_date=PartialDate(1979, 1, 1)))
    assert [(one.code, one.field) for one in done.findings if one.code.startswith("kin")] == [
        ("kin.older", "birth_date")
    ]
    father = desk.store.get(Person, home["father"])
    done = people.save_person(desk, replace(father, birth_date=PartialDate(1999, 1, 1)))
    codes = [one.code for one in done.findings if one.code.startswith("kin")]
    assert sorted(codes) == ["kin.older", "kin.too_close"]


def test_who_arrives_to_a_known_family_joins_it(desk):
    from tests.services.test_arrivals import family as again

    first = register_arrival(desk, arriving()).value
    known = [replace(one, person=person) for one, person in zip(again().members, first.people, strict=True)]
    newborn = replace(
        known[2], person=make.person(given="Ай", given_latin="AI", birth_date=PartialDate(2026))
    )
    newborn = replace(newborn, relation="daughter", documents=())
    draft = replace(again(), members=(*(replace(one, documents=()) for one in known), newborn))
    family = register_arrival(desk, draft, duplicates=False).value.family
    events = families.open_family(desk, family.uid).events
    assert [(one.what, len(one.people)) for one in events] == [(None, 3), (Began.JOINED, 1)]


def test_a_child_older_than_its_parent_cannot_arrive(desk):
    draft = arriving()
    child = replace(draft.members[2], person=replace(draft.members[2].person, birth_date=PartialDate(1960)))
    with pytest.raises(Invalid) as problem:
        register_arrival(desk, replace(draft, members=(*draft.members[:2], child)))
    found = {(one.code, one.field) for one in problem.value.findings}
    assert ("kin.older", "members.2.relation") in found


# --- any events, any day -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    """An office with eight people of one age, so that only the order of events decides."""
    folder = tmp_path_factory.mktemp("crowd") / "office"
    opened = make.desk(folder)
    uids = [person(opened, f"Адам{n}", PartialDate(1985)) for n in range(8)]
    opened.close()
    return folder, uids


STEPS = st.lists(
    st.tuples(st.sampled_from(["join", "leave", "part", "head"]), st.integers(0, 7), st.integers(0, 40)),
    max_size=14,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_composition_of_every_day_stays_what_it_was(tmp_path, crowd, steps):
    """What members_on said on the evening of each day is what it says when all events are written."""
    folder, uids = crowd
    place = tmp_path / "office"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(folder, place)
    opened = open_desk(place, clock=Clock(DAY))
    day = date(2026, 1, 1)
    family = family_events.join(opened, Joining(uids[1], "brother", day, head=uids[0])).value.family
    known = {day: now(opened, family, day)}
    for what, who, later in steps:
        day = min(day + timedelta(later), DAY)
        before = now(opened, family, day)
        try:
            happen(opened, what, family, uids[who], day)
        except Invalid:
            assert now(opened, family, day) == before
        known[day] = now(opened, family, day)
    assert {one: now(opened, family, one) for one in known} == known
    live = opened.store.live(Membership)
    assert all(one.until is None or one.since is None or one.since <= one.until for one in live)
    opened.close()


def now(desk, family: str, day: date) -> dict[str, str]:
    found = [(one.uid, place.relation) for place, one in families.members_on(desk, family, day)]
    assert len(dict(found)) == len(found)
    assert not found or [relation for _uid, relation in found].count("head") == 1
    return dict(found)


def happen(desk, what: str, family: str, who: str, day: date) -> None:
    others = [uid for uid in now(desk, family, day) if uid != who]
    if what == "join":
        family_events.join(desk, Joining(who, "brother", day, family))
    elif what == "leave":
        head = desk.store.get(Family, family).head
        next_head = others[0] if who == head and others else ""
        family_events.leave(desk, Leaving(family, who, day, next_head=next_head))
    elif what == "part":
        family_events.part(desk, Parting(family, [who, *others[2:3]], who, day))
    else:
        family_events.change_head(desk, Heading(family, who, day))


# --- the paper ---------------------------------------------------------------------------------------


def test_the_paper_shows_the_family_of_the_day_asked_for(desk, home, tmp_path):
    from migdesk.services.papers import printing
    from tests.paper.words import page_text

    parting = Parting(home["family"], [home["wife"]], home["wife"], date(2025, 3, 1), Ended.DIVORCED)
    family_events.part(desk, parting)
    now_is = page_text(printing.preview(desk, "family_composition", home["family"], lang="ru"), 1)
    then = {"on": date(2024, 3, 1)}
    before = page_text(printing.preview(desk, "family_composition", home["son"], lang="ru", answers=then), 1)
    assert "Сауле" in before and "Сауле" not in now_is
    assert "23.11.2026" in now_is and "01.03.2024" in before
    done = printing.print_form(
        desk, "family_composition", home["family"], tmp_path / "p.pdf", lang="kk", answers=then
    )
    assert done.value.printout.about == home["family"]
    assert printing.last_answers(desk, "family_composition", home["family"]) == then
