"""Standard input, output and error as they may be: closed, full, or read by nobody any more."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO


class AnswerLost(Exception):
    """Standard output refused what was written to it: the answer is lost, not the work."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def open_missing() -> None:
    """Give an empty stream for each that is closed: a task of the night or a service has none.

    In this order they take the lowest numbers again, so that no file of the office becomes standard output.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123


@contextmanager
def answering() -> Iterator[TextIO]:
    """Standard output; what it refuses is an `AnswerLost`, and a reader who went away stays one.

    Raises:
        AnswerLost: the disk behind it is full, or it cannot be written.
    """
    try:
        yield sys.stdout
    except BrokenPipeError:
        raise
    except OSError as error:
        raise AnswerLost(error.strerror or type(error).__name__) from None


def answer(text: str) -> None:
    """Write a line of the answer.

    Raises:
        AnswerLost: it cannot be written.
    """
    with answering() as out:
        out.write(f"{text}\n")


def flush() -> None:
    """Let out what was answered so far.

    Raises:
        AnswerLost: it cannot be written.
    """
    with answering() as out:
        out.flush()


def say(text: str) -> None:
    """Write a line to standard error; where that is full too, nobody is there to be told."""
    with suppress(OSError):
        sys.stderr.write(f"{text}\n")


def close_answer() -> None:
    """Nothing more may be written to the answer, not at the end of the program either."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
