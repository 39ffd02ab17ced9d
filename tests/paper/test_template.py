"""A form file is refused with the name of the file and of the key, before anything is printed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from migdesk.domain.errors import BadFile, NotFound
from migdesk.paper.template import form_on, load_form, load_revisions, read_form
from tests.paper.forms import HEAD, tiny

ROW = '[[flow]]\nkind = "row"\n'


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (ROW + 'value = "person.surnam"', "flow[1].value"),
        (ROW + 'value = "persons.surname"', "flow[1].value"),
        (ROW + 'value = "person"', "flow[1].value"),
        (ROW + 'value = "person.uid"', "flow[1].value"),
        (ROW + 'value = "person.__class__"', "flow[1].value"),
        (ROW + 'value = "family.name"', "flow[1].value"),
        (ROW + 'value = "person.surname | shout"', "flow[1].value"),
        (ROW + 'value = "person.surname |"', "flow[1].value"),
        (ROW + "value = 'person.surname | or:\"—\" x'", "flow[1].value"),
        (ROW + 'value = "{person.surname"', "flow[1].value"),
        (ROW + 'value = "ask.nothing"', "flow[1].value"),
        (ROW + "value = 5", "flow[1].value"),
        (ROW + 'style = "ticks"', "flow[1].option"),
        (ROW + 'colour = "red"', "flow[1].colour"),
        (ROW + 'when = "person.age"', "flow[1].when"),
        (ROW + 'label = { kk = "а", ru = "б" }', "flow[1].label.en"),
        (ROW + 'label = { kk = "а", ru = "б", en = "c", de = "d" }', "flow[1].label.de"),
        (ROW + '[[flow.cell]]\nvalue = "person.x"', "flow[1].cell[1].value"),
        ('[[flow]]\nkind = "heap"', "flow[1].kind"),
        ('[[flow]]\nkind = "body"\ntext = { kk = "{x.y}", ru = "б", en = "c" }', "flow[1].text.kk"),
        ('[[flow]]\nkind = "table"\nrows = "person"', "flow[1].rows"),
        ('[[flow]]\nkind = "table"\nrows = "family"', "flow[1].column"),
        ('[[slot]]\nat = [1, 2]\nsize = [3]\nvalue = "person.surname"', "slot[1].size"),
        (
            '[[slot]]\nat = [1, 2]\nsize = [3, 4]\nvalue = "person.surname"\noverflow = "cut"',
            "slot[1].overflow",
        ),
        ("", "flow"),
    ],
)
def test_a_slip_is_named_by_file_and_key(body: str, place: str) -> None:
    with pytest.raises(BadFile) as refused:
        tiny(body)
    assert (refused.value.path, refused.value.place) == ("tiny.toml", place)
    assert refused.value.words().startswith("tiny.toml")
    assert f" {place}: " in refused.value.words()


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('person = "person"', 'person = "human"', "roots.person"),
        ('layout = "working"', 'layout = "nice"', "provenance.layout"),
        ("margins = [20, 20, 20, 20]", "margins = [100, 20, 100, 20]", "page.margins"),
        ('revision = "1"', "", "revision"),
        ('code = "tiny"', 'code = "tiny"\nlanguages = ["de"]', "languages"),
        ('code = "tiny"', 'code = "tiny"\nfrom = "soon"', "from"),
        ('code = "tiny"', "code = ", ""),
    ],
)
def test_a_slip_in_the_head_is_named_too(old: str, new: str, place: str) -> None:
    with pytest.raises(BadFile) as refused:
        read_form(HEAD.replace(old, new) + ROW, "tiny.toml")
    assert refused.value.place == place


def test_an_ask_is_a_root_of_its_own() -> None:
    form = tiny(
        '[[ask]]\nkey = "why"\nlabel = { kk = "Неге", ru = "Почему", en = "Why" }\n'
        + ROW
        + 'value = "ask.why"'
    )
    assert [ask.key for ask in form.asks] == ["why"]


def test_a_choice_needs_options() -> None:
    with pytest.raises(BadFile) as refused:
        tiny('[[ask]]\nkey = "k"\nkind = "choice"\nlabel = { kk = "а", ru = "б", en = "c" }\n' + ROW)
    assert refused.value.place == "ask[1].options"


def _revision(folder: Path, name: str, dates: str, code: str = "tiny") -> None:
    text = HEAD.replace('code = "tiny"', f'code = "{code}"\n{dates}').replace('"1"', f'"{name}"') + ROW
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")


def test_the_revision_in_force_is_the_one_of_the_day(tmp_path: Path) -> None:
    folder = tmp_path / "tiny"
    folder.mkdir()
    _revision(folder, "new", "from = 2026-07-01")
    _revision(folder, "old", "from = 2020-01-01\nuntil = 2026-06-30")
    revisions = load_revisions(folder)
    assert form_on(revisions, date(2026, 6, 30)).revision == "old"
    assert form_on(revisions, date(2026, 7, 1)).revision == "new"
    with pytest.raises(NotFound):
        form_on(revisions, date(2019, 12, 31))


def test_two_revisions_on_one_day_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "tiny"
    folder.mkdir()
    _revision(folder, "a", "from = 2020-01-01\nuntil = 2026-07-01")
    _revision(folder, "b", "from = 2026-07-01")
    with pytest.raises(BadFile) as refused:
        load_revisions(folder)
    assert "a" in refused.value.words()


def test_a_form_in_the_wrong_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    _revision(folder, "a", "")
    with pytest.raises(BadFile) as refused:
        load_revisions(folder)
    assert refused.value.place == "code"


def test_a_file_is_parsed_again_only_when_it_changed(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(HEAD + ROW, encoding="utf-8")
    first = load_form(path)
    assert load_form(path) is first
    path.write_text(HEAD + ROW + "\n# more", encoding="utf-8")
    assert load_form(path) is not first
    with pytest.raises(BadFile):
        load_form(tmp_path / "missing.toml")


def test_a_file_in_another_encoding_is_refused_and_not_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes((HEAD + ROW + "\n# Касымова").encode("cp1251"))
    with pytest.raises(BadFile) as refused:
        load_form(path)
    assert refused.value.path == str(path)
