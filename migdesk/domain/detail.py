"""Detail: what the purpose of an arrival asks for beyond the arrival itself, one value a record."""

from __future__ import annotations

from typing import Annotated, ClassVar

from migdesk.domain.fields import Ref, Text
from migdesk.domain.record import Record, record
from migdesk.i18n import N_

LONGEST = 500
"""Characters a value may have."""


@record
class Detail(Record):
    """One value of the panel of a purpose: which arrival, under which key, and the value as text.

    Keys and kinds of values are data (`resources/purposes`); dates stand as ISO, yes as `1`.
    """

    table: ClassVar[str] = "arrival_detail"
    title: ClassVar[str] = N_("Detail of the purpose")

    arrival: Annotated[str | None, Ref(N_("Arrival"), required=True, to="arrival")] = None
    key: Annotated[str, Text(N_("Which detail"), required=True, max=60)] = ""
    value: Annotated[str, Text(N_("Value"), required=True, max=LONGEST)] = ""
