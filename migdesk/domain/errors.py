"""The errors a person may see; anything else is a bug.

MigDeskError            shown to the user in their language; has a code and a hint
├ Invalid(findings)     the input can be corrected
├ Refused(findings)     the law or a quota says no
├ Stale                 somebody changed the record since it was opened
├ NotFound              no such record
├ BadFile(path, place)  a workbook, pack, form or package cannot be read: which cell or key
├ StoreProblem          disk full, locked, newer, damaged: says what to do
└ Cancelled             the operator stopped a long task
"""

from __future__ import annotations

from collections.abc import Iterable

from migdesk.domain.finding import Finding, blocking
from migdesk.i18n import N_, _


class MigDeskError(Exception):
    """An error for people: an English message with named placeholders, translated when shown."""

    code = "error"

    def __init__(self, text: str, /, *, hint: str = "", **values: object) -> None:
        super().__init__(text)
        self.text = text
        self.hint = hint
        self.values = values

    def words(self) -> str:
        """The message and the hint in the current language."""
        parts = [_(part).format(**self.values) for part in (self.text, self.hint) if part]
        return " ".join(parts)

    def __str__(self) -> str:
        """Only the code: messages may hold personal data and this text reaches logs."""
        return self.code


class Invalid(MigDeskError):
    """The input can be corrected; every finding names its field."""

    code = "invalid"

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(N_("Please correct the marked fields."))

    def words(self) -> str:
        """All findings, one a line."""
        return "\n".join(finding.words() for finding in self.findings)


class Refused(Invalid):
    """The law or a quota says no."""

    code = "refused"


class Stale(MigDeskError):
    """Somebody changed the record since it was opened."""

    code = "stale"

    def __init__(self) -> None:
        super().__init__(
            N_("This record was changed since you opened it."),
            hint=N_("Read it again, then change it."),
        )


class NotFound(MigDeskError):
    """Nothing has this number."""

    code = "not_found"

    def __init__(self, what: str) -> None:
        super().__init__(N_("Nothing found for {what}."), what=what)


class BadFile(MigDeskError):
    """A file cannot be read: says which file, and which sheet, cell or key in it; `line` where the file has lines."""

    code = "bad_file"

    def __init__(self, path: object, place: str, text: str, /, *, hint: str = "", **values: object) -> None:
        super().__init__(text, hint=hint, **values)
        self.path = str(path)
        self.place = place
        self.line: int | None = None

    def words(self) -> str:
        """File with the line, place, reason."""
        file = f"{self.path}:{self.line}" if self.line else self.path
        where = f"{file}: {self.place}" if self.place else file
        return f"{where}: {super().words()}"


class StoreProblem(MigDeskError):
    """The office's store cannot be used now: says what to do."""

    code = "store"


class Cancelled(MigDeskError):
    """The operator stopped a long task; nothing of it was written."""

    code = "cancelled"

    def __init__(self) -> None:
        super().__init__(N_("Stopped. Nothing was changed."))


def refuse_if_blocked(findings: Iterable[Finding]) -> None:
    """Raise `Invalid` when a finding blocks.

    Raises:
        Invalid: with all findings, so that warnings are shown beside the blocks.
    """
    found = list(findings)
    if blocking(found):
        raise Invalid(found)
