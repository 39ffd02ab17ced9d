"""What becomes of an arrival that is still open when its person arrives at another address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from migdesk.domain.fields import Choice, Day, Spec, Text
from migdesk.i18n import N_


class EarlierWay(StrEnum):
    """The new arrival is a move from the old address, the person had left that, or lives at both."""

    MOVE = "move"
    LEFT = "left"
    BOTH = "both"

    @classmethod
    def labels(cls) -> dict[EarlierWay, str]:
        """What a person reads."""
        return {
            cls.MOVE: N_("moved from there on the day of this arrival"),
            cls.LEFT: N_("had left that address on a day"),
            cls.BOTH: N_("lives at both addresses"),
        }


@dataclass(frozen=True, slots=True)
class Earlier:
    """The answer: `left_on` goes with `LEFT`, `why` with `BOTH`."""

    way: EarlierWay
    left_on: date | None = None
    why: str = ""


MOVED = Earlier(EarlierWay.MOVE)

SPECS = (
    Spec("earlier.way", Choice(N_("What becomes of the earlier registration"), options=EarlierWay), True),
    Spec("earlier.left_on", Day(N_("Left the earlier address on")), True),
    Spec("earlier.why", Text(N_("Why at two addresses"), max=200), False),
)
"""How the answer is asked for on screen."""
