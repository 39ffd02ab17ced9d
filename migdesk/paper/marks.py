"""What stands on a page, in points from its top left corner: the result of layout, the input of drawing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from migdesk.paper.fonts import Face


class Run(NamedTuple):
    """A piece of a line of text on its base line; `stretch` is added to every blank."""

    x: float
    y: float
    face: Face
    size: float
    text: str
    stretch: float = 0
    grey: float = 0

    def __repr__(self) -> str:
        """Place only: the text is personal data."""
        return f"Run({self.x:.1f}, {self.y:.1f})"


class Rule(NamedTuple):
    """A straight line; `kind` is solid, dotted (to write on) or dashed (to cut along)."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float = 0.5
    kind: str = "solid"


class Box(NamedTuple):
    """A rectangle: filled with a grey, or drawn with a line when `grey` is none."""

    x: float
    y: float
    width: float
    height: float
    grey: float | None = None
    line: float = 0.5


class Tick(NamedTuple):
    """A tick in a square of `size`."""

    x: float
    y: float
    size: float


class Scissors(NamedTuple):
    """The sign that stands on a cut line."""

    x: float
    y: float
    size: float


class Code(NamedTuple):
    """A QR code (`code`) or Code 128 (`bars`)."""

    x: float
    y: float
    width: float
    height: float
    style: str
    payload: str

    def __repr__(self) -> str:
        """Place only: the payload is personal data."""
        return f"Code({self.x:.1f}, {self.y:.1f})"


class Photo(NamedTuple):
    """A picture in a rectangle, whole and in its own proportions."""

    x: float
    y: float
    width: float
    height: float
    content: bytes

    def __repr__(self) -> str:
        """Place only."""
        return f"Photo({self.x:.1f}, {self.y:.1f})"


class Area(NamedTuple):
    """Where a value goes; drawn on proofs only."""

    x: float
    y: float
    width: float
    height: float
    name: str


Mark = Run | Rule | Box | Tick | Scissors | Code | Photo | Area


class Strip(NamedTuple):
    """A piece of a form that no page break divides; its marks count from its own top."""

    height: float
    marks: tuple[Mark, ...] | list[Mark]
    keep_next: bool = False


@dataclass(slots=True)
class Page:
    """Strips with the height at which each begins."""

    strips: list[tuple[float, Strip]] = field(default_factory=list)

    def add(self, y: float, marks: list[Mark]) -> None:
        """Marks that count from `y`."""
        self.strips.append((y, Strip(0, marks)))
