"""A file that a person names: what has no end, or is no file, is refused with the right words by every verb."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import scans
from tests.cli.documents import arrival

VERBS = {
    "attach": ("attach", "AB1234567", "--kind", "passport", "{}"),
    "photo": ("photo", "AB1234567", "{}"),
    "register": ("register", "{}"),
    "group": ("register", "--group", "{}"),
    "import": ("import", "{}"),
    "each": ("check", "iin", "--each", "{}"),
    "mrz": ("check", "mrz", "{}"),
    "stay": ("check", "stay", "{}"),
    "person": ("person", "{}"),
    "document": ("document", "save", "{}"),
    "party": ("party", "{}"),
    "restore": ("restore", "{}"),
    "passphrase": ("--passphrase-file", "{}", "status", "AB1234567"),
}
UNIX = hasattr(os, "mkfifo")


@contextmanager
def fed(pipe: Path) -> Iterator[None]:
    """Whoever waits for the pipe all the same is let go after two seconds, so that the test fails and ends."""
    feeder = threading.Timer(2, lambda: os.close(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)))
    feeder.daemon = True
    feeder.start()
    yield
    late = not feeder.is_alive()
    feeder.cancel()
    assert not late


@pytest.mark.parametrize("words", VERBS.values(), ids=VERBS)
@pytest.mark.parametrize("make_pipe", [os.mkfifo] if UNIX else [])
def test_a_pipe_is_refused_at_once(office, registered, tmp_path, words, make_pipe):
    pipe = tmp_path / "pipe"
    make_pipe(pipe)
    with fed(pipe):
        said = office(*(word.format(pipe) for word in words))
    assert said.code == 3
    assert "pipe" in said.err.replace(str(pipe), "")


@pytest.mark.parametrize("words", VERBS.values(), ids=VERBS)
def test_a_folder_is_refused(office, registered, tmp_path, words):
    said = office(*(word.format(tmp_path) for word in words))
    assert (said.code, "folder" in said.err) == (3, True)


@pytest.mark.parametrize("words", VERBS.values(), ids=VERBS)
@pytest.mark.parametrize("device", [one for one in ["/dev/zero"] if Path(one).exists()])
def test_a_device_is_refused_as_what_it_is(office, registered, words, device):
    said = office(*(word.format(device) for word in words))
    assert (said.code, "device" in said.err) == (3, True)


@pytest.mark.parametrize("family", [socket.AF_UNIX] if UNIX else [])
def test_a_socket_is_refused(office, registered, tmp_path, monkeypatch, family):
    monkeypatch.chdir(tmp_path)
    with socket.socket(family) as made:
        made.bind("s")
        said = office("photo", "AB1234567", "s")
    assert (said.code, "socket" in said.err) == (3, True)


@pytest.mark.parametrize("folder", [one for one in ["/dev/fd"] if Path(one).is_dir()])
def test_what_the_shell_hands_over_is_read(office, registered, folder):
    reads, writes = os.pipe()
    os.write(writes, scans.picture())
    os.close(writes)
    said = office("attach", "AB1234567", "--kind", "passport", f"{folder}/{reads}")
    os.close(reads)
    assert (said.code, len(said.document["attachments"])) == (0, 1)


def test_a_missing_file_is_said_to_be_missing(office, tmp_path):
    assert "no such file" in office("register", tmp_path / "none.json").err
    assert office("register", "--apart", "-", given=arrival()).code == 0
