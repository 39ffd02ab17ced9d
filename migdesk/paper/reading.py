"""The text of a data file of papers."""

from __future__ import annotations

from pathlib import Path

from migdesk.domain.errors import BadFile
from migdesk.i18n import N_


def file_text(path: Path) -> str:
    """The text of a data file.

    Raises:
        BadFile: the file is not there, not ours to read, or not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else problem.reason
        wrong = N_("The file cannot be read: {problem}.")
        raise BadFile(path, "", wrong, problem=reason or "") from None
