"""Pages: units follow one another from top to bottom; what must stay together stays on one page."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from migdesk.domain.finding import Finding, block
from migdesk.i18n import N_
from migdesk.paper.marks import Page, Strip
from migdesk.paper.template import PageShape


@dataclass(frozen=True, slots=True)
class Unit:
    """Strips of one block; `head` stands again on every further page it takes.

    A `whole` unit is not divided when it fits on a page; a `bottom` one stands at the foot of its page.
    `side` is the depth of a code or photo at its right edge: what follows goes `beside` it or below it.
    The last `spare` strips are empty rows to write on: they are left out rather than take a new page.
    """

    strips: tuple[Strip, ...]
    head: tuple[Strip, ...] = ()
    space: float = 0
    whole: bool = False
    bottom: bool = False
    new_page: bool = False
    beside: bool = False
    side: float = 0
    spare: int = 0

    @property
    def height(self) -> float:
        """Of all strips together, without the space before."""
        return sum(strip.height for strip in self.strips)

    def joined(self, other: Unit) -> Unit:
        """Both as one whole; the space between them becomes part of it."""
        height = self.height
        gap = other.space if other.beside or other.side else max(other.space, self.side - height)
        strips = (*self.strips, Strip(gap, []), *other.strips) if gap else (*self.strips, *other.strips)
        side = height + gap + other.side if other.side else self.side
        return replace(self, strips=strips, whole=True, head=(), side=side, spare=0)

    def closed(self) -> Unit:
        """A whole that reaches down to the end of its code or photo."""
        missing = self.side - self.height
        return replace(self, strips=(*self.strips, Strip(missing, []))) if missing > 0 else self


@dataclass(slots=True)
class Pager:
    """Pages filled so far; `y` is where the next strip goes, `floor` where the room of this page ends."""

    shape: PageShape
    pages: list[Page] = field(default_factory=lambda: [Page()])
    findings: list[Finding] = field(default_factory=list)
    y: float = -1
    at: int = 0
    _side_floor: float = 0
    _waiting: list[Unit] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin at the top margin."""
        self.y = self.shape.top

    def page(self, number: int) -> Page:
        """A page by its number; pages up to it come to be."""
        while len(self.pages) < number:
            self.pages.append(Page())
        return self.pages[number - 1]

    def put(self, unit: Unit) -> None:
        """Put a unit, and before it the headings that waited for it."""
        if unit.new_page:
            self._flush()
            self._turn()
            return
        if unit.strips and unit.strips[-1].keep_next and not unit.head:
            self._waiting.append(unit)
            return
        self._flush(first=self._first_height(unit))
        self._put(unit)

    def close(self) -> None:
        """Put headings that nothing followed."""
        self._flush()

    def turn_to_end(self) -> None:
        """Go on after the last page there is."""
        self.at = len(self.pages) - 1
        self._turn()

    def _flush(self, first: float = 0) -> None:
        waiting, self._waiting = self._waiting, []
        need = sum(unit.height + unit.space for unit in waiting) + first
        if waiting and self.y + need > self.shape.floor and self.y > self.shape.top:
            self._turn()
        for unit in waiting:
            self._put(unit)

    def _first_height(self, unit: Unit) -> float:
        """Height that a heading before this unit wants to see below itself on the same page."""
        if unit.whole:
            return unit.height + unit.space
        lead = len(unit.head) + 1
        return unit.space + sum(strip.height for strip in unit.strips[:lead])

    def _put(self, unit: Unit) -> None:
        unit = unit.closed() if unit.whole else unit
        self._begin(unit)
        for n, strip in enumerate(unit.strips):
            wanted = strip.height
            if n < len(unit.head):
                wanted = sum(one.height for one in unit.strips[n : len(unit.head) + 1])
            if not self._has_room(wanted):
                if n >= len(unit.strips) - unit.spare and n > len(unit.head):
                    return
                self._turn()
                if n >= len(unit.head):
                    self._place(unit.head)
            if self._has_room(strip.height):
                self._place((strip,))
            else:
                message = N_("A line of the paper is taller than a page. Shorten its text.")
                self.findings.append(block("form_too_tall", message))

    def _begin(self, unit: Unit) -> None:
        """Go where the unit begins: below what came before, on a new page, or at the foot of this one."""
        fits_a_page = unit.height <= self.shape.floor - self.shape.top
        if unit.whole and fits_a_page and not self._has_room(unit.space + unit.height):
            self._turn()
        elif self.y > self.shape.top:
            self.y += unit.space
        if unit.side:
            self._side_floor = self.y + unit.side
        elif not unit.beside:
            self.y = max(self.y, self._side_floor)
        if unit.bottom and fits_a_page:
            self.y = max(self.y, self.shape.floor - unit.height)

    def _has_room(self, height: float) -> bool:
        return self.y + height <= self.shape.floor + 0.01

    def _place(self, strips: tuple[Strip, ...]) -> None:
        for strip in strips:
            self.pages[self.at].strips.append((self.y, strip))
            self.y += strip.height

    def _turn(self) -> None:
        self.at += 1
        self.page(self.at + 1)
        self._side_floor = 0
        self.y = self.shape.top
