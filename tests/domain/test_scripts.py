"""Names in which letters of two alphabets are mixed."""

from __future__ import annotations

import pytest

from migdesk.domain.field import plain_text
from migdesk.domain.finding import Severity
from migdesk.domain.person import Person, check_names
from migdesk.domain.scripts import Script, mixed


@pytest.mark.parametrize(
    ("word", "letters", "script", "spelling"),
    [
        ("Karimоv", "о", Script.CYRILLIC, "Karimov"),
        ("Петpов", "p", Script.LATIN, "Петров"),
        ("Homоglyphov", "о", Script.CYRILLIC, "Homoglyphov"),
        ("Kaоrimov", "о", Script.CYRILLIC, "Kaorimov"),
        ("Сeрiк", "e i", Script.LATIN, "Серік"),
        ("Yмiт", "Y i", Script.LATIN, "Үміт"),
        ("Иvanov", "И", Script.CYRILLIC, "Ivanov"),
        ("Pоза", "P", Script.LATIN, "Роза"),
        ("Νikos", "Ν", Script.GREEK, "Nikos"),
        ("ΧРИСТОС", "Χ", Script.GREEK, "ХРИСТОС"),
        ("ƏСЕЛ", "Ə", Script.LATIN, "ӘСЕЛ"),
    ],
)
def test_the_letter_is_named_and_the_word_offered_in_one_alphabet(word, letters, script, spelling):
    [found] = mixed(word)
    assert (found.word, found.letters, found.script, found.spelling) == (word, letters, script, spelling)


@pytest.mark.parametrize(
    "text", ["Қасымова", "Karimov", "Мария-Anna", "Петров Ivan", "O’Connor", "Ərzurum", "王小明", "Ğabit", ""]
)
def test_words_of_one_alphabet_are_left_alone(text):
    assert mixed(text) == []


def test_where_both_are_as_likely_the_field_decides():
    assert [mixed("Вo", usual)[0].spelling for usual in (Script.CYRILLIC, Script.LATIN)] == ["Во", "Bo"]


@pytest.mark.parametrize(
    "name", ["surname", "given", "patronymic", "surname_latin", "given_latin", "document_name"]
)
def test_every_name_of_a_person_is_looked_at(name):
    [told] = check_names(Person(**{name: "Karimоv"}))
    assert (told.severity, told.code, told.field) == (Severity.WARN, "mixed_scripts", name)
    assert "Karimov" in told.words() and "о is Cyrillic" in told.words()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Tag\U000e0041\U000e0042x", "Tagx"),
        ("Iva\u200cnov\u200d", "Ivanov"),
        ("Иван\u3164ов\ufe0f", "Иванов"),
        ("\u061cАли\u2069\u206a", "Али"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_what_nobody_sees_is_left_out_but_not_a_joiner_of_arabic_letters(typed, kept):
    assert plain_text(typed) == kept
