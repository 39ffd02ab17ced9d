"""What a clerk made of a proposed spelling: KHUSSAIN was proposed as Кхуссаин, and is Құсайын."""

from __future__ import annotations

from typing import Annotated, ClassVar

from migdesk.domain.fields import Text
from migdesk.domain.record import Record, record
from migdesk.i18n import N_


@record
class NameSpelling(Record):
    """One part of a name, never a person: how it is written here in the other script.

    `given` is in small letters; `script` is the one that `spelled` is in, `latin` or `cyrillic`; `scheme` is the
    letter table of the proposal that was corrected.
    """

    table: ClassVar[str] = "name_spelling"
    title: ClassVar[str] = N_("Spelling of a name")

    given: Annotated[str, Text(N_("Name as it was given"), required=True, max=80)] = ""
    script: Annotated[str, Text(N_("Script"), required=True, max=10)] = ""
    scheme: Annotated[str, Text(N_("Letter table"), required=True, max=10)] = ""
    spelled: Annotated[str, Text(N_("Spelling here"), required=True, max=80)] = ""
