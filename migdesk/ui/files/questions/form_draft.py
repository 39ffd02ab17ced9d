"""What is typed into a question and not saved yet: kept at every field that is left, back when it is asked again.

A draft holds values as the register stores them, so that it comes back in whatever language the window speaks;
what cannot be read is held as it was typed. It lies in the office itself and goes into no log.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from migdesk.domain.change import Done
from migdesk.domain.errors import MigDeskError, StoreProblem
from migdesk.services import parked
from migdesk.services.desk import Desk
from migdesk.services.parked import FORM
from migdesk.ui.entry.editor import Form
from migdesk.ui.entry.fields import FieldBox
from migdesk.ui.workplace import Workplace

MORE = "*"
"""Under this name stands what is chosen in the part below the fields."""
_EDITION = 1
_PAUSE_MS = 700

State = dict[str, Any]
"""Of one field: `is`, its value as stored, or `text` that cannot be read."""
States = Mapping[str, State]


@runtime_checkable
class Part(Protocol):
    """A part beside the fields that can be put down as text and brought back."""

    def typed(self) -> str:
        """What is chosen and typed in it."""

    def set_typed(self, text: str) -> None:
        """Bring it back."""


class Slate:
    """All that can be typed into in one question: the fields of a form, and the part below it."""

    def __init__(self, form: Form, more: object = None) -> None:
        self.form = form
        self._more = more if isinstance(more, Part) else None

    def now(self) -> dict[str, State]:
        """What stands there."""
        found = {name: _state(box) for name, box in self.form.boxes.items()}
        if self._more:
            found[MORE] = {"text": self._more.typed()}
        return found

    def put(self, states: States) -> None:
        """Write states where others stand, from top to bottom; whoever follows a field is told."""
        for name, box in self.form.boxes.items():
            if name in states and states[name] != _state(box):
                _put(box, states[name])
                self.form.changed.emit(name)
        if self._more and MORE in states:
            with suppress(MigDeskError, ValueError, TypeError):
                self._more.set_typed(str(states[MORE].get("text", "")))

    def words(self, name: str, state: State) -> str:
        """What a person reads for a state of a field."""
        if "is" not in state:
            return str(state.get("text", ""))
        return self.form.words_of(name, self.form.boxes[name].spec.field.from_sql(state["is"]))


def _state(box: FieldBox) -> State:
    if box.input.problem():
        return {"text": box.input.typed()}
    return {"is": box.spec.field.to_sql(box.value())}


def _put(box: FieldBox, state: State) -> None:
    """What is in no list and no register any more stays as it is."""
    if "is" not in state:
        box.input.set_typed(str(state.get("text", "")))
        return
    with suppress(MigDeskError, ValueError, TypeError):
        box.set_value(box.spec.field.from_sql(state["is"]))


@dataclass(frozen=True, slots=True, repr=False)
class Meanwhile:
    """Fields of a record that somebody else changed since it was read.

    `others` are those of them in which something was typed here, too, with what stands there now.
    """

    changed: tuple[str, ...]
    others: dict[str, State]


@dataclass(frozen=True, slots=True, repr=False)
class Back:
    """A draft that came back: when it was kept, where the cursor was, what happened to its record."""

    at: str
    place: str
    meanwhile: Meanwhile


class FormKeeper(QObject):
    """Keeps the draft of one question under its key and the title that the list of drafts shows.

    `back` carries the `Back` draft that was found. A question that is `secret` now keeps nothing.
    """

    back = Signal(object)

    def __init__(self, work: Workplace, key: str, slate: Slate, parent: QObject) -> None:
        super().__init__(parent)
        self._work, self._slate = work, slate
        self.key = f"{FORM}{key}" if key else ""
        self.title = ""
        self.is_secret: Callable[[], bool] = lambda: not key
        self.shows_record = False
        self._place = ""
        self._base = slate.now()
        self._last: dict[str, State] = {}
        self._is_kept = False
        self._is_over = work.desk.store.is_read_only
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.keep)

    def begin(self) -> None:
        """What stands there now was not typed; then look for a draft."""
        self._base = self._slate.now()
        if self.key and not self._is_over:
            self._work.tasks.read(parked.find_draft, self._work.desk, self.key, done=self._found)

    def touched(self) -> dict[str, State]:
        """What is typed: the fields that are not as they were laid."""
        return {name: one for name, one in self._slate.now().items() if one != self._base.get(name)}

    def resume(self) -> None:
        """What stands there was carried over from before the page was drawn anew; else look for a draft."""
        if self.touched():
            self._is_kept = True
            self.keep()
        else:
            self.begin()

    def later(self, name: str) -> None:
        """Something was typed in a field: keep it at the next pause."""
        self._place = name
        if not self._is_over:
            self._pause.start()

    def keep(self) -> None:
        """Keep everything now, if it is not kept already."""
        self._pause.stop()
        if self._is_over or not self.key or not shiboken6.isValid(self._slate.form):
            return
        touched = self.touched()
        if self.is_secret() or not touched:
            self.drop()
        elif touched != self._last:
            self._last, self._is_kept = touched, True
            self._work.tasks.run(parked.keep_draft, self._work.desk, self.key, self._written(touched))

    def drop(self) -> None:
        """Forget the draft."""
        self._last = {}
        if self._is_kept:
            self._is_kept = False
            self._work.tasks.run(parked.drop_draft, self._work.desk, self.key)

    def stop(self) -> None:
        """What is being saved now is no draft any more; see `go_on`."""
        self._pause.stop()
        self._is_over = True

    def go_on(self) -> None:
        """It was not saved after all."""
        self._is_over = self._work.desk.store.is_read_only

    def begin_anew(self) -> None:
        """Put back what stood there before something was typed, and forget the draft."""
        self._slate.put(self._base)
        self.keep()

    def lay_anew(self, lay: Callable[[], None]) -> Meanwhile:
        """The record as it is now under what is typed."""
        old, typed = self._base, self.touched()
        lay()
        self._base = self._slate.now()
        self._slate.put(typed)
        return _meanwhile(typed, old, self._base)

    def _written(self, touched: States) -> str:
        return json.dumps(
            {
                "edition": _EDITION,
                "title": self.title,
                "at": self._work.desk.clock.now().isoformat(),
                "place": self._slate.form.focused() or self._place,
                "typed": touched,
                "base": self._base if self.shows_record else {},
            },
            ensure_ascii=False,
        )

    def _found(self, text: str | None) -> None:
        raw = _read(text) if shiboken6.isValid(self) and not self._is_over else None
        if raw is None:
            return
        self._is_kept = True
        own = self.touched()
        typed = {name: one for name, one in raw["typed"].items() if name in self._base and name not in own}
        self._slate.put(typed)
        if not self.touched():
            self.drop()
            return
        meanwhile = _meanwhile(typed, raw["base"], self._base)
        self.back.emit(Back(str(raw["at"]), str(raw["place"]), meanwhile))


def _meanwhile(typed: States, old: States, new: States) -> Meanwhile:
    changed = tuple(name for name in new if name in old and old[name] != new[name])
    return Meanwhile(changed, {one: new[one] for one in changed if one in typed and typed[one] != new[one]})


def _read(text: str | None) -> dict[str, Any] | None:
    """A draft from its text; nothing when another edition of the program wrote it."""
    try:
        raw = json.loads(text or "")
    except ValueError:
        return None
    return raw if isinstance(raw, dict) and raw.get("edition") == _EDITION else None


def save_and_drop(desk: Desk, save: Callable[..., Done[Any]], values: Any, key: str) -> Done[Any]:
    """Save, then forget the draft; one task, so that no crash falls between."""
    done = save(desk, values)
    if key:
        with suppress(StoreProblem):  # it is saved: a draft that stays is found to say nothing new
            parked.drop_draft(desk, key)
    return done
