"""Passphrases of the command line: where they come from, and how machines type the same letters."""

from __future__ import annotations

import io
import sys
import unicodedata

import pytest

from migdesk.app import main
from migdesk.store.database import FILE, Store
from migdesk.store.files import fitting
from tests import make

WORDS = "Қысқы ый"
FORMS = ["NFC", "NFD"]


def typed(form: str) -> str:
    return unicodedata.normalize(form, WORDS)


@pytest.fixture
def key(tmp_path):
    """A passphrase file with a text in it."""

    def make_file(text: str):
        file = tmp_path / "key"
        file.write_text(f"{text}\n", encoding="utf-8")
        return file

    return make_file


@pytest.fixture
def sealed(ask, key, tmp_path):
    """An encrypted office, with the form of letters in which its passphrase was typed."""

    def make_office(form: str):
        home = tmp_path / "sealed"
        named = ("--office", "PVL", "--name", "Павлодар", "--region", "550000000")
        assert ask("--home", home, "--passphrase-file", key(typed(form)), "init", *named).code == 0
        return home

    return make_office


@pytest.mark.parametrize("made", FORMS)
@pytest.mark.parametrize("asked", FORMS)
def test_the_same_letters_of_another_keyboard_open_the_office(ask, key, sealed, made, asked):
    home = sealed(made)
    assert ask("--home", home, "--passphrase-file", key(typed(asked)), "find", "x").code == 0
    assert Store(home / FILE, typed("NFC")).value("SELECT count(*) FROM office") == 1


@pytest.mark.parametrize("asked", FORMS)
def test_an_office_made_with_parted_letters_still_opens(tmp_path, monkeypatch, ask, key, asked):
    monkeypatch.setattr("migdesk.services.upkeep.office.settled", lambda passphrase: passphrase)
    from migdesk.services.upkeep.office import init_office

    init_office(tmp_path / "old", make.office(), passphrase=typed("NFD")).close()
    assert fitting(tmp_path / "old" / FILE, typed(asked)) == typed("NFD")
    home = ("--home", tmp_path / "old", "--passphrase-file", key(typed(asked)))
    assert ask(*home, "find", "x").code == 0
    assert ask(*home, "backup", tmp_path / "copy.bak").code == 0
    back = ask("--home", tmp_path / "new", *home[2:], "restore", tmp_path / "copy.bak")
    assert back.code == 0


def test_another_passphrase_opens_nothing(ask, key, sealed):
    home = sealed("NFC")
    assert ask("--home", home, "--passphrase-file", key("Қысқы ай"), "find", "x").code == 4


@pytest.mark.parametrize("text", ["a\0b", "\0"])
def test_a_passphrase_that_nobody_can_type(ask, key, tmp_path, text):
    home = ("--home", tmp_path / "none", "--passphrase-file", key(text))
    named = ("--office", "PVL", "--name", "Павлодар", "--region", "550000000")
    said = ask(*home, "init", *named)
    assert (said.code, said.document["place"]) == (3, "1")
    assert not (tmp_path / "none").exists()


def test_a_file_with_nothing_but_a_mark(ask, tmp_path, sealed):
    home, file = sealed("NFC"), tmp_path / "mark"
    file.write_bytes(b"\xef\xbb\xbf")
    assert ask("--home", home, "--passphrase-file", file, "find", "x").code == 3


@pytest.mark.parametrize("language", [(), ("--lang", "en")])
def test_a_passphrase_on_standard_input_is_read_once(sealed, monkeypatch, capsys, language):
    home = sealed("NFC")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(WORDS.encode()), encoding="utf-8"))
    words = [*language, "--json", "--home", str(home), "--passphrase-file", "-", "find", "x"]
    capsys.readouterr()
    assert main(words) == 0
    assert capsys.readouterr().out.strip() == "[]"
