from datetime import date

import pytest

from migdesk.domain.errors import BadFile
from migdesk.domain.fields import Day, PartialDay, Text
from migdesk.exchange.recognise import Unclear, recognise
from migdesk.exchange.sheet import fold_header, load_spec, load_specs
from tests.exchange.books import SPECS

ARRIVALS = next(spec for spec in SPECS if spec.code == "arrivals")


def columns_of(*headers):
    return {headers[at]: key for at, key in recognise(headers, SPECS).columns.items()}


def test_shipped_specs_take_their_kinds_from_the_records():
    assert [spec.code for spec in SPECS] == ["arrivals", "persons", "stoplist"]
    assert isinstance(ARRIVALS.by_key["birth_date"].field, PartialDay)
    assert isinstance(ARRIVALS.by_key["arrived_on"].field, Day)
    assert ARRIVALS.by_key["arrived_on"].required
    assert ARRIVALS.by_key["settlement"].field == Text("Settlement (KATO code or name)")


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.code)
def test_only_a_word_that_is_truly_ambiguous_means_two_columns(spec):
    ambiguous = {
        name for column in spec.columns for name in column.aliases if len(spec.keys_for((name,))) > 1
    }
    assert ambiguous == ({"Nationality"} if "ethnicity" in spec.by_key else set())


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.code)
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_title_means_its_own_column(spec, language):
    assert {c.key: spec.keys_for((c.title[language],)) for c in spec.columns} == {
        c.key: (c.key,) for c in spec.columns
    }


@pytest.mark.parametrize(
    "written",
    [
        "ФАМИЛИЯ",
        " фамилия: ",
        "Фамилия *",
        "3. Фамилия",
        "Фамилия\n(по паспорту)"[:7],
        "Фaмилия",  # a Latin a
        "Тегі / Фамилия",
        "Тегі\nФамилия",
        "ТЕГИ",  # typed without Kazakh letters
        "surname",
    ],
)
def test_a_header_is_known_however_it_is_typed(written):
    assert ARRIVALS.keys_for((written,)) == ("surname",)


def test_yo_and_ye_are_one_letter():
    assert fold_header("Населённый пункт") == fold_header("населенный  ПУНКТ.")


def test_a_row_number_is_set_aside_and_an_unknown_column_is_named():
    found = recognise(["№ п/п", "Фамилия", "Имя", "Дата рождения", "Сколько детей"], SPECS)
    assert found.ignored == (0,)
    assert found.unknown == (4,)


def test_the_same_header_twice_is_not_guessed():
    found = recognise(["Фамилия", "Дата рождения", "ИИН", "ИИН"], SPECS)
    assert "iin" not in found.columns.values()
    assert Unclear((2, 3), ("iin",)) in found.unclear


def test_a_header_of_two_meanings_is_named_and_not_read():
    found = recognise(["Surname", "Date of birth", "Nationality"], SPECS)
    assert found.unclear == (Unclear((2,), ("citizenship", "ethnicity")),)
    assert found.columns == {0: "surname", 1: "birth_date"}


def test_words_under_a_group_mean_the_group():
    found = recognise(
        [("Паспорт", "номер"), ("Паспорт", "кем выдан"), ("Принимающее лицо", "ИИН"), "ИИН", "Дата рождения"],
        SPECS,
    )
    assert found.columns == {
        0: "document_number",
        1: "document_issued_by",
        2: "host_number",
        3: "iin",
        4: "birth_date",
    }


def test_persons_and_arrivals_are_told_apart_by_what_only_one_has():
    assert recognise(["Фамилия", "Дата рождения", "Паспорт", "Гражданство"], SPECS).spec.code == "persons"
    assert recognise(["Фамилия", "Дата рождения", "Дата прибытия"], SPECS).spec.code == "arrivals"


def test_the_operators_mapping_overrides_words_and_sets_columns_aside():
    found = recognise(
        ["Surname", "Nationality", "Date of birth", "X"], SPECS, given={1: "citizenship", 2: None, 3: "iin"}
    )
    assert found.columns == {0: "surname", 1: "citizenship", 3: "iin"}
    assert found.ignored == (2,)


def test_a_column_that_left_under_another_name_is_not_read():
    found = recognise(
        ["Имя", "Дата рождения", "Фамилия"], SPECS, written={"persons": {0: "surname", 1: "birth_date"}}
    )
    assert found.contradicted == {0: ("surname", "given")}
    assert 0 not in found.columns


def test_nothing_known_is_no_recognition():
    assert recognise(["apples", "pears"], SPECS) is None


def test_missing_required_columns_are_told():
    found = recognise(["Фамилия", "Дата прибытия", "Цель"], SPECS)
    assert found.missing == ("birth_date", "citizenship", "document_number", "settlement")


SPEC = """
code = "s"
title = {{ kk = "a", ru = "b", en = "c" }}
[group]
person = ["Person"]
[[column]]
key = "surname"
target = "{target}"
title = {{ kk = "Тегі", ru = "Фамилия", en = "Surname" }}
{more}
"""


@pytest.mark.parametrize(
    ("target", "more", "place"),
    [
        ("person.surnam", "", "column[1].target"),
        ("nobody.surname", "", "column[1].target"),
        ("person.surname", 'group = "family"', "group"),
        ("person.surname", "wdth = 3", "column[1].wdth"),
        ("person.surname", 'kind = "number"', "column[1].kind"),
    ],
)
def test_a_mistake_in_a_spec_is_named_by_its_key(tmp_path, target, more, place):
    (tmp_path / "s.toml").write_text(SPEC.format(target=target, more=more), encoding="utf-8")
    with pytest.raises(BadFile) as refusal:
        load_specs(tmp_path)
    assert (refusal.value.path, refusal.value.place) == ("s.toml", place)


def test_a_spec_may_take_columns_of_another(tmp_path):
    (tmp_path / "s.toml").write_text(SPEC.format(target="person.surname", more=""), encoding="utf-8")
    below = 'code = "t"\nbase = "s"\ntake = ["surname"]\ntitle = { kk = "a", ru = "b", en = "c" }\n'
    (tmp_path / "t.toml").write_text(below, encoding="utf-8")
    assert list(load_spec(tmp_path / "t.toml").by_key) == ["surname"]


def test_examples_can_be_read_by_their_fields():
    unreadable = []
    for column in ARRIVALS.columns:
        if column.example and not column.words:
            column.field.read(column.example, today=date(2026, 11, 23))
        elif column.example and column.example not in column.words:
            unreadable.append(column.key)
    assert unreadable == []
