"""Drawing: the same bytes for the same facts, named refusals, marks of copies and previews, codes."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image

from migdesk.domain.errors import Invalid
from migdesk.domain.papertext import FamilyRow, PhotoFacts, PrintFacts
from migdesk.domain.person import Person
from migdesk.i18n import language
from migdesk.paper.draw import draw_form, draw_forms
from migdesk.paper.layout import Filled
from migdesk.paper.pages import page_image
from tests.paper.forms import check_form, fill, samples, tiny
from tests.paper.words import page_text

SURNAME = '[[flow]]\nkind = "row"\nvalue = "person.surname"\n'
SLOT = '[[slot]]\nat = [30, 40]\nsize = [40, 6]\nvalue = "person.surname"\n'
WORST = "Ғабдулғұмаровтаңқыбайнияздархановкөлбайсұлтанмұхамедярғазин"


def test_the_same_facts_give_the_same_bytes_in_any_process() -> None:
    program = (
        "import sys; sys.path.insert(0, '.');"
        "from tests.paper.forms import samples; from migdesk.paper.draw import draw_form;"
        "print(draw_form(samples('registration_slip').filled('ordinary', 'kk')).digest)"
    )
    here = draw_form(samples("registration_slip").filled("ordinary", "kk"))
    assert draw_form(samples("registration_slip").filled("ordinary", "kk")).content == here.content
    assert here.digest == hashlib.sha256(here.content).hexdigest()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == here.digest


def test_letters_no_face_has_are_named_with_their_field() -> None:
    filled = fill(tiny(SURNAME), person=Person(surname="Ли 李\a"))
    with pytest.raises(Invalid) as refused, language("en"):
        draw_form(filled)
    finding = refused.value.findings[0]
    assert (finding.code, finding.field) == ("form_letters", "person.surname")
    assert "李 U+0007" in finding.words()
    assert "Surname" in finding.words()
    assert [one.code for one in check_form(filled)] == ["form_letters"]


def test_a_blank_with_letters_no_face_has_is_refused() -> None:
    form = tiny('[[flow]]\nkind = "body"\ntext = { kk = "汉", ru = "ab", en = "ab" }\n')
    with pytest.raises(Invalid):
        draw_form(fill(form))
    assert check_form(fill(form))
    assert check_form(fill(form, "ru")) == []


def test_a_slot_that_refuses_names_the_field() -> None:
    filled = fill(tiny(SLOT), person=Person(surname=WORST))
    with pytest.raises(Invalid) as refused:
        draw_form(filled)
    assert [(one.code, one.field) for one in refused.value.findings] == [("form_too_long", "person.surname")]


def test_a_slot_that_shrinks_takes_more_and_refuses_the_rest() -> None:
    form = tiny(SLOT + 'overflow = "shrink"\n')
    middling = "Әбдірахманқожаахмет"
    assert check_form(fill(tiny(SLOT), person=Person(surname=middling + "ов")))
    assert check_form(fill(form, person=Person(surname=middling + "ов"))) == []
    assert check_form(fill(form, person=Person(surname=WORST)))


def test_a_slot_that_continues_puts_the_whole_text_on_a_further_page() -> None:
    text = " ".join(["Тоқтарұлы"] * 9)
    label = 'label = { kk = "Тегі", ru = "Фамилия", en = "Surname" }\n'
    drawn = draw_form(fill(tiny(SLOT + label + 'overflow = "continue"\n'), person=Person(surname=text)))
    assert drawn.pages == 2
    assert "… (1)" in page_text(drawn.content, 1)
    last = page_text(drawn.content, 2)
    assert "Жалғасы: Кіші" in last.replace("\r\n", " ")
    assert "(1) Тегі" in last
    assert last.count("Тоқтарұлы") == 9


def test_a_comb_takes_its_letters_and_no_more() -> None:
    form = tiny('[[slot]]\nat = [30, 40]\nsize = [60, 6]\nstyle = "comb"\nvalue = "person.iin"\n')
    drawn = draw_form(fill(form, person=Person(iin="870312300123")))
    assert "870312300123" in "".join(page_text(drawn.content, 1).split())
    assert check_form(fill(form, person=Person(iin="8703123001234")))[0].field == "person.iin"


def test_a_fixed_table_goes_on_with_its_head_and_title() -> None:
    form = tiny(
        '[[table]]\nat = [20, 30]\nwidth = 100\nmax_rows = 2\nrows = "family"\n'
        'title = { kk = "Отбасы", ru = "Семья", en = "Family" }\n'
        '[[table.column]]\ntitle = { kk = "Аты", ru = "Имя", en = "Name" }\nvalue = "family.name"\nwidth = 1\n'
    )
    drawn = draw_form(fill(form, family=[FamilyRow(name=f"Адам{n}") for n in range(5)]))
    first, second = page_text(drawn.content, 1), page_text(drawn.content, 2)
    assert ("Адам1" in first, "Адам2" in first) == (True, False)
    assert all(word in second for word in ("Отбасы", "Аты", "Адам2", "Адам4"))


def test_copies_and_previews_say_so_in_the_language_of_the_paper() -> None:
    form = tiny(SURNAME)
    assert "КӨШІРМЕ 2" in page_text(draw_form(fill(form, print=PrintFacts(copy=2))).content, 1)
    assert "КОПИЯ 3" in page_text(draw_form(fill(form, "ru", print=PrintFacts(copy=3))).content, 1)
    preview = page_text(draw_form(fill(form, "en", print=PrintFacts(preview=True))).content, 1)
    assert "PREVIEW" in preview
    first = page_text(draw_form(fill(form, print=PrintFacts(number="7"))).content, 1)
    assert "КӨШІРМЕ" not in first


def test_a_batch_is_one_file_and_refuses_as_a_whole() -> None:
    good = fill(tiny(SURNAME), person=Person(surname="Әли"))
    bad = fill(tiny(SURNAME), person=Person(surname="李"))
    drawn = draw_forms([good, good, good])
    assert drawn.pages == 3
    with pytest.raises(Invalid):
        draw_forms([good, bad])
    with pytest.raises(ValueError, match="no paper"):
        draw_forms([])


def test_bugs_of_the_caller_are_not_refusals() -> None:
    form = tiny(SURNAME)
    with pytest.raises(ValueError, match="not printed in de"):
        draw_form(fill(form, "de"))
    with pytest.raises(ValueError, match="needs family"):
        draw_form(Filled(form, "kk", {"person": None, "photo": None, "print": None}, lambda _l, c: c))


def test_a_photo_is_drawn_and_a_file_that_is_none_is_refused() -> None:
    form = tiny('[[slot]]\nat = [30, 40]\nsize = [30, 40]\nstyle = "photo"\nvalue = "photo.content"\n')
    out = io.BytesIO()
    Image.new("RGB", (30, 40), (200, 10, 10)).save(out, "PNG")
    drawn = draw_form(fill(form, photo=PhotoFacts(out.getvalue())))
    page = page_image(drawn.content, 1, 25.4)
    at = (60 * page.width + 45) * 3
    assert tuple(page.rgb[at : at + 3]) == (200, 10, 10)
    assert draw_form(fill(form)).pages == 1
    assert check_form(fill(form, photo=PhotoFacts(b"GIF89a")))[0].code == "form_photo"
    assert check_form(fill(form, photo=PhotoFacts(out.getvalue()[:60])))[0].code == "form_photo"


@pytest.mark.parametrize(("style", "long"), [("code", "я" * 200), ("bars", "ю")])
def test_codes_are_drawn_or_refused(style: str, long: str) -> None:
    form = tiny(f'[[slot]]\nat = [30, 40]\nsize = [30, 30]\nstyle = "{style}"\nvalue = "person.note"\n')
    drawn = draw_form(fill(form, person=Person(note="AB-12345")))
    page = page_image(drawn.content, 1, 25.4)
    dark = sum(1 for at in range(0, len(page.rgb), 3) if page.rgb[at] < 100)
    assert dark > 60
    assert check_form(fill(form, person=Person(note=long)))[0].code == "form_too_long"


def test_nothing_personal_shows_in_a_repr() -> None:
    person = Person(surname="Әуезова")
    filled = fill(tiny(SURNAME), person=person, family=[FamilyRow(name="Әуезова")])
    assert "Әуезова" not in repr(filled) + repr(replace(FamilyRow(), name="Әуезова")) + repr(PrintFacts())


def test_a_code_is_named_by_the_lists_it_is_given() -> None:
    form = tiny('[[flow]]\nkind = "row"\nvalue = "person.citizenship"\n')
    drawn = draw_form(fill(form, person=Person(citizenship="UZB")))
    assert "countries:UZB" in page_text(drawn.content, 1)


def test_rows_a_list_lacks_stay_to_be_written_in_but_take_no_page() -> None:
    table = '[[flow]]\nkind = "table"\nrows = "family"\nmin_rows = 90\n'
    table += (
        '[[flow.column]]\ntitle = { kk = "Аты", ru = "Имя", en = "Name" }\nvalue = "family.name"\nwidth = 1\n'
    )
    assert draw_form(fill(tiny(table))).pages == 1
    many = [FamilyRow(name=f"Адам{n}") for n in range(90)]
    assert draw_form(fill(tiny(table), family=many)).pages == 3


def test_a_paper_is_dated_by_its_facts_alone() -> None:
    """No clock reaches a paper: two prints of one register line are the same file."""
    filled = fill(tiny(SURNAME), print=PrintFacts(number="7", printed_on=date(2026, 11, 23)))
    assert b"2026" not in draw_form(filled).content.split(b"/CreationDate", 1)[1][:40]
