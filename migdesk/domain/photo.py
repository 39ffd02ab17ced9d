"""The photo of a person: the two shapes that papers ask for, and which part of a picture becomes the photo."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from migdesk.i18n import N_

_DOTS = 160
"""Dots a centimetre, some 400 an inch: sharp on paper, and less than 100 kB in the office's file."""

ROUGH, SHARP = 150, 300
"""Dots an inch: below the first no face is told on paper, from the second print is sharp (practice of printers)."""
_INCH = 2.54
"""Centimetres."""


class Shape(StrEnum):
    """Width by height in centimetres."""

    SMALL = "3x4"
    PASSPORT = "3.5x4.5"

    @classmethod
    def labels(cls) -> dict[Shape, str]:
        """What a person reads."""
        return {cls.SMALL: N_("3 × 4 cm"), cls.PASSPORT: N_("3.5 × 4.5 cm")}

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of the photo as it is kept."""
        return self._sides(_DOTS)

    def pixels_at(self, dots: int) -> tuple[int, int]:
        """Width and height at so many dots an inch: 177 × 236 for 3 × 4 cm at 150."""
        return self._sides(dots / _INCH)

    def _sides(self, dots: float) -> tuple[int, int]:
        width, height = (round(float(side) * dots) for side in self.value.split("x"))
        return width, height

    @property
    def ratio(self) -> float:
        """Height of a photo one wide."""
        width, height = self.pixels
        return height / width


@dataclass(frozen=True, slots=True)
class Cut:
    """The part of a picture that becomes the photo: its middle and its width as shares of the whole picture.

    `proportion` is the height of the picture divided by its width. What would reach over an edge is moved inside.
    """

    shape: Shape
    proportion: float
    x: float = 0.5
    y: float = 0.5
    width: float = 1.0

    @property
    def widest(self) -> float:
        """The greatest width at which the part is not higher than the picture."""
        return min(1.0, self.proportion / self.shape.ratio)

    @property
    def sides(self) -> tuple[float, float, float, float]:
        """Left, top, width and height as shares of the picture's width and height."""
        width = min(self.width, self.widest)
        height = width * self.shape.ratio / self.proportion
        left = min(max(self.x - width / 2, 0.0), 1.0 - width)
        top = min(max(self.y - height / 2, 0.0), max(1.0 - height, 0.0))
        return left, top, width, height

    def box(self, width: int, height: int) -> tuple[float, float, float, float]:
        """Left, top, right and bottom in a picture of so many pixels."""
        left, top, wide, high = self.sides
        right, bottom = min(left + wide, 1.0) * width, min(top + high, 1.0) * height
        return left * width, top * height, right, bottom

    def moved(self, right: float, down: float) -> Cut:
        """Moved by shares of its own size; at an edge it stops."""
        left, top, width, height = self.sides
        x = min(max(left + width / 2 + right * width, width / 2), 1.0 - width / 2)
        y = min(max(top + height / 2 + down * height, height / 2), 1.0 - height / 2)
        return replace(self, x=x, y=y)

    def scaled(self, factor: float) -> Cut:
        """A larger or smaller part around the same middle: not below a twentieth, not beyond the picture."""
        width = min(self.width, self.widest) * factor
        return replace(self, width=min(max(width, 0.05), self.widest))

    def shaped(self, shape: Shape) -> Cut:
        """The same middle in the other shape."""
        return replace(self, shape=shape)
