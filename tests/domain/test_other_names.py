"""Former names and other spellings: entries of one text."""

from __future__ import annotations

import pytest

from migdesk.domain.identity import Identity, names_of
from migdesk.domain.matching import compare
from migdesk.domain.other_names import NameKind, OtherName, plain, read, words, written
from migdesk.i18n import language


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("", ()),
        ("Омарова", ((NameKind.SPELLING, "Омарова"),)),
        ("Омарова (maiden); Ким (former)", ((NameKind.MAIDEN, "Омарова"), (NameKind.FORMER, "Ким"))),
        (
            "Omarova, Омарова Айгүл(maiden) ;; ",
            ((NameKind.SPELLING, "Omarova"), (NameKind.MAIDEN, "Омарова Айгүл")),
        ),
        ("Омарова; ОМАРОВА (former)", ((NameKind.SPELLING, "Омарова"),)),
        ("Ли (а) (former)", ((NameKind.FORMER, "Ли (а)"),)),
    ],
)
def test_entries_of_a_text(text, entries):
    assert [(one.kind, one.name) for one in read(text)] == list(entries)
    assert read(written(read(text))) == read(text)


def test_signs_that_part_entries_do_not_stand_in_names():
    typed = [OtherName("Омарова; Ким, А", NameKind.MAIDEN), OtherName("   ")]
    assert written(typed) == "Омарова Ким А (maiden)"


def test_a_mark_is_no_part_of_a_name():
    assert plain("Омарова (maiden); Ким") == "Омарова; Ким"
    bare, marked = (Identity(other_names=text) for text in ("Омарова Айгүл", "Омарова Айгүл (maiden)"))
    assert names_of(bare) == names_of(marked)
    assert compare(bare, marked).score == compare(bare, bare).score


def test_kinds_are_said_in_the_language_of_the_reader():
    with language("en"):
        assert words("Омарова (maiden); Omarova") == "Омарова (maiden name); Omarova"
