"""A proposed spelling that a clerk corrects is remembered: for single names, after saving, until it is forgotten."""

from __future__ import annotations

from dataclasses import replace

import pytest

from migdesk.domain.errors import Invalid
from migdesk.domain.name_spelling import NameSpelling
from migdesk.services.arrivals import arrivals, groups
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.arrivals.groups import GroupDraft, GroupRow
from migdesk.services.people import people, spellings
from migdesk.services.upkeep import journal
from tests import make


def draft(**given):
    return ArrivalDraft((Member(make.person(**given), (make.document(),)),), make.arrival())


def proposed(desk, name, script="cyrillic", citizenship="UZB"):
    return spellings.propose(desk.store, name, script, citizenship)


KHUSSAIN = {"surname": "Құсайынов", "given": "Әли", "surname_latin": "KHUSSAINOV", "given_latin": "ALI"}


def by_intake(desk):
    arrivals.register_arrival(desk, draft(**KHUSSAIN))


def by_grid(desk):
    row = GroupRow(Member(make.person(**KHUSSAIN), (make.document(),)))
    groups.register_group(desk, GroupDraft((row,), make.arrival(), make.address(), make.host()))


def by_edit(desk):
    known = people.save_person(desk, make.person(surname="", surname_latin="KHUSSAINOV")).value
    people.save_person(desk, replace(known, surname="Құсайынов", given="Әли", given_latin="ALI"))


@pytest.mark.parametrize("save", [by_intake, by_grid, by_edit], ids=lambda save: save.__name__)
def test_the_corrected_form_is_proposed_next_time(desk, save):
    assert proposed(desk, "KHUSSAINOV") != "Құсайынов"
    save(desk)
    assert proposed(desk, "KHUSSAINOV") == "Құсайынов"
    assert proposed(desk, "khussainov ali") == "Құсайынов Әли"
    assert proposed(desk, "Құсайынов", "latin") == "KHUSSAINOV"


def test_another_letter_table_is_another_proposal(desk):
    by_intake(desk)
    assert proposed(desk, "KHUSSAINOV", citizenship="KAZ") != "Құсайынов"


def test_what_was_proposed_and_taken_teaches_nothing(desk):
    latin = {"surname_latin": "IVANOV", "given_latin": "IVAN"}
    cyrillic = {name: proposed(desk, latin[f"{name}_latin"]) for name in ("surname", "given")}
    arrivals.register_arrival(desk, draft(**latin, **cyrillic))
    assert spellings.list_spellings(desk) == []


def test_a_correction_taken_again_is_no_line_of_the_journal_and_another_one_replaces_it(desk):
    by_intake(desk)
    again = draft(**KHUSSAIN, patronymic="Болатұлы")
    done = arrivals.register_arrival(desk, again, duplicates=False)
    assert NameSpelling.table not in done.changes.tables
    arrivals.register_arrival(desk, draft(**{**KHUSSAIN, "surname": "Хусаинов"}), duplicates=False)
    assert proposed(desk, "KHUSSAINOV") == "Хусаинов"
    known = [one.spelled for one in spellings.list_spellings(desk) if one.given == "khussainov"]
    assert known == ["Хусаинов"]


def test_nothing_is_learned_from_what_was_not_saved(desk):
    with pytest.raises(Invalid):
        arrivals.register_arrival(desk, draft(**KHUSSAIN, citizenship=""))
    assert spellings.list_spellings(desk) == []


def test_undo_takes_the_lesson_back(desk):
    by_intake(desk)
    journal.undo_last(desk)
    assert spellings.list_spellings(desk) == []


def test_single_names_are_kept_and_never_a_person(desk):
    arrivals.register_arrival(
        desk, draft(**{**KHUSSAIN, "given": "Әли Мұхаммед", "given_latin": "ALI MUHAMED"})
    )
    kept = spellings.list_spellings(desk)
    assert kept and all(len(one.given.split()) == len(one.spelled.split()) == 1 for one in kept)
    assert {one.name for one in fields_of_spelling()} == {"given", "script", "scheme", "spelled"}


def fields_of_spelling():
    from migdesk.domain.fields import specs

    return [one for one in specs(NameSpelling) if not one.name.startswith("annulled")]


def test_a_forgotten_spelling_is_proposed_by_the_table_again(desk):
    before = proposed(desk, "KHUSSAINOV")
    by_intake(desk)
    for one in spellings.list_spellings(desk):
        spellings.forget(desk, one.uid)
    assert spellings.list_spellings(desk) == []
    assert proposed(desk, "KHUSSAINOV") == before
    by_intake_again = draft(**KHUSSAIN)
    arrivals.register_arrival(desk, by_intake_again, duplicates=False)
    assert proposed(desk, "KHUSSAINOV") == "Құсайынов"


def test_names_of_unequal_length_are_left_to_the_table(desk):
    arrivals.register_arrival(desk, draft(**{**KHUSSAIN, "given": "Әли", "given_latin": "ALI VALI"}))
    assert {one.given for one in spellings.list_spellings(desk)} == {"khussainov", "құсайынов"}


def test_a_known_person_who_comes_again_teaches_nothing_new(desk):
    by_intake(desk)
    known = people.find_people(desk, "Құсайынов")[0].person
    done = arrivals.register_arrival(desk, ArrivalDraft((Member(known, ()),), make.arrival()))
    assert NameSpelling.table not in done.changes.tables
