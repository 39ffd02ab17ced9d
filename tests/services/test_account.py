"""Who works here is said by the system: a variable of the environment is nobody's name."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from migdesk.services import account
from migdesk.services.upkeep.office import init_office
from tests import make

posix = pytest.mark.parametrize("_posix", ["accounts"] if os.name == "posix" else [])
VARIABLES = ("LOGNAME", "USER", "LNAME", "USERNAME")


@pytest.fixture
def pretend(monkeypatch) -> None:
    """The environment of somebody who would like to be the holder of a right."""
    for name in VARIABLES:
        monkeypatch.setenv(name, "protector")


def fake_windows(monkeypatch, answer: Callable[..., int]) -> list[str]:
    """A system that calls itself Windows, with a library of one function."""
    asked: list[str] = []

    def library(name: str, **_more: object) -> SimpleNamespace:
        asked.append(name)
        return SimpleNamespace(GetUserNameW=answer)

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "WinDLL", library, raising=False)
    return asked


@posix
def test_the_environment_renames_nobody(_posix, pretend, tmp_path):
    import pwd

    name = pwd.getpwuid(os.getuid()).pw_name
    assert account.login() == name != "protector"
    desk = init_office(tmp_path, make.office())
    assert [one.login for one in desk.heads] == [desk.operator] == [name]
    desk.close()


@posix
def test_an_account_without_a_name_is_called_by_its_number(_posix, pretend, monkeypatch):
    monkeypatch.setattr(os, "getuid", lambda: 4_000_111)
    assert account.login() == "uid-4000111"


def test_windows_is_asked_by_its_own_call(pretend, monkeypatch):
    def answer(name, size) -> int:
        assert size._obj.value == len(name) == 257
        name.value = "Әсем"
        return 1

    asked = fake_windows(monkeypatch, answer)
    assert (account.login(), asked) == ("Әсем", ["advapi32"])


def test_the_environment_is_asked_only_when_the_system_says_nothing(pretend, monkeypatch):
    fake_windows(monkeypatch, lambda _name, _size: 0)
    assert account.login() == "protector"


@pytest.mark.parametrize("fault", [KeyError, OSError, ImportError])
def test_a_system_that_knows_nobody(monkeypatch, fault):
    """The program failed before it did anything: in a container a login need not have a name."""

    def nameless() -> str:
        raise fault

    fake_windows(monkeypatch, lambda _name, _size: 0)
    monkeypatch.setattr("getpass.getuser", nameless)
    assert account.login() == "operator"
