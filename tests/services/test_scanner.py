"""A scanner's folder: what waits is offered when it is whole, and moved away, never deleted, when taken in."""

from __future__ import annotations

import os
import time

import pytest

from migdesk.domain.errors import BadFile, Invalid
from migdesk.services.people import attachments, people, scanner
from tests import make, scans

NOW = time.time()


@pytest.fixture
def person(desk):
    return people.save_person(desk, make.person()).value


@pytest.fixture
def folder(tmp_path):
    room = tmp_path / "scanner"
    room.mkdir()
    return room


def put(folder, name, content, age=10.0):
    path = folder / name
    path.write_bytes(content)
    os.utime(path, (NOW - age, NOW - age))
    return path


def test_whole_files_of_known_kinds_wait_the_oldest_first(folder):
    new, old = put(folder, "a.bin", scans.picture(), 5), put(folder, "b.pdf", scans.pdf(), 50)
    put(folder, "half.pdf", scans.pdf(), 0.5)
    put(folder, "Thumbs.db", b"no scan")
    put(folder, ".hidden.pdf", scans.pdf())
    (folder / "sub").mkdir()
    assert scanner.look(folder, NOW).files == (old, new)


def test_a_folder_that_is_not_there_waits_for_nothing(folder):
    assert scanner.look(folder / "gone", NOW) == scanner.Waiting(folder / "gone", there=False)


def test_what_was_taken_in_lies_in_the_folder_beside(desk, person, folder):
    first = put(folder, "scan.pdf", scans.pdf(1))
    scanner.take_in(desk, person.uid, [first], "passport")
    second = put(folder, "scan.pdf", scans.pdf(2))
    scanner.take_in(desk, person.uid, [second], "passport")
    assert scanner.look(folder, NOW).files == ()
    assert (folder / scanner.TAKEN / "scan.pdf").read_bytes() == scans.pdf(1)
    assert (folder / scanner.TAKEN / "scan-2.pdf").read_bytes() == scans.pdf(2)
    assert len(attachments.list_of(desk, person.uid)) == 2


def test_what_is_refused_stays_where_it_was(desk, person, folder):
    good, bad = put(folder, "a.pdf", scans.pdf()), put(folder, "b.jpg", b"\xff\xd8\xff no photo")
    with pytest.raises(Invalid):
        scanner.take_in(desk, person.uid, [good, bad], "passport")
    assert scanner.look(folder, NOW).files == (good, bad)
    assert attachments.list_of(desk, person.uid) == []


def test_what_cannot_be_moved_is_taken_in_with_a_warning(desk, person, folder):
    path = put(folder, "a.pdf", scans.pdf())
    (folder / scanner.TAKEN).write_text("a file is in the way", encoding="utf-8")
    done = scanner.take_in(desk, person.uid, [path], "passport")
    assert [one.code for one in done.findings] == ["not_moved"]
    assert path.exists()
    assert len(done.value) == 1


def test_everything_that_waits_is_one_op(desk, person, folder):
    for n in range(3):
        put(folder, f"{n}.pdf", scans.pdf(n + 1))
    done = scanner.take_all(desk, person.uid, folder, "contract")
    assert [one.pages for one in done.value] == [1, 2, 3]
    assert len(done.changes.changes) == 3


@pytest.mark.parametrize("name", [".", "gone"])
def test_an_empty_or_missing_folder_is_said(desk, person, folder, name):
    with pytest.raises(BadFile):
        scanner.take_all(desk, person.uid, folder / name, "contract")
