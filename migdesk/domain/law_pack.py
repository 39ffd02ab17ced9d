"""A pack of law that the office itself laid over the shipped ones: next month's change, written down today."""

from __future__ import annotations

import re
from datetime import date
from hashlib import sha256
from typing import Annotated, ClassVar

from migdesk.domain.fields import Day, Flag, Note, Text
from migdesk.domain.record import Record, record
from migdesk.i18n import N_

LONGEST_PACK = 2_000_000
"""Characters; the longest shipped pack has a twentieth of it."""


PERIOD = "@"
"""Stands between the code of a public service and the first day of its file."""


@record
class LawPack(Record):
    """`content` is the pack as its file has it; it counts while it is `in_use`.

    The file of a public service is kept alike, one for each period: `code` is `kandas_status@2027-01-01` then.

    `code` and `version` are those of the content; `digest` is the SHA-256 of its text with plain line ends.
    """

    table: ClassVar[str] = "law_pack"
    title: ClassVar[str] = N_("Pack of law")

    code: Annotated[str, Text(N_("Pack"), required=True, max=80)] = ""
    version: Annotated[str, Text(N_("Version"), required=True, max=40)] = ""
    content: Annotated[str, Note(N_("Text of the pack"), required=True, max=LONGEST_PACK)] = ""
    digest: Annotated[str, Text(N_("Digest"), required=True, max=64)] = ""
    taken_on: Annotated[date | None, Day(N_("Taken in on"), required=True)] = None
    in_use: Annotated[bool, Flag(N_("Switched on"))] = False
    reason: Annotated[str, Text(N_("Reason"), max=300)] = ""

    @property
    def is_service(self) -> bool:
        """Whether it is the file of a public service, and not a pack of rules: no id of a pack has the sign."""
        return PERIOD in self.code

    @property
    def file_name(self) -> str:
        """What a mistake in it is reported under."""
        return f"{self.code}.toml"


def digest_of(content: str) -> str:
    """The SHA-256 of a pack's text, the same whatever line ends its file had."""
    return sha256("\n".join(content.splitlines()).strip().encode()).hexdigest()


def version_order(version: str) -> list[tuple[int, str]]:
    """Versions compare by their numbers: 2026.9 comes before 2026.10."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"[.\-_ ]", version)]
