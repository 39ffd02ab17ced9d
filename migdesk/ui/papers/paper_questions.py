"""What a form asks its operator before it is printed: small fields made from the form's own questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from migdesk.domain.fields import Code, Day, Field, Spec, Text
from migdesk.i18n import N_, pick
from migdesk.ui.entry.choice_list import Choices
from migdesk.ui.entry.fields import FieldBox
from migdesk.ui.entry.picking import Sources
from migdesk.ui.look import theme
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import clear
from migdesk.ui.tasks import Tasks

_YES, _NO = N_("yes"), N_("no")


class Ask(Protocol):
    """A question of a form."""

    @property
    def key(self) -> str:
        """Under which the answer is given."""

    @property
    def kind(self) -> str:
        """text, day, yes_no or choice."""

    @property
    def label(self) -> Mapping[str, str]:
        """The question in three languages."""

    @property
    def options(self) -> Mapping[str, Mapping[str, str]]:
        """What a choice offers."""

    @property
    def required(self) -> bool:
        """Whether the paper is not printed without it."""


class PaperQuestions(QWidget):
    """`changed` comes when an answer is typed."""

    changed = Signal()

    def __init__(self, tasks: Tasks, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asks: tuple[Ask, ...] = ()
        self._boxes: dict[str, FieldBox] = {}
        self._tasks, self._today = tasks, today
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.S)
        self.hide()

    def show_asks(self, asks: Sequence[Ask], answers: Mapping[str, object]) -> None:
        """Show the questions of another form with what was answered before; none hides the part."""
        clear(self._column)
        self._asks, self._boxes = tuple(asks), {}
        sources = Sources(today=self._today, tasks=self._tasks, choices=self._options, names=self._name)
        for ask in self._asks:
            field = replace(_field(ask), required=ask.required)
            box = FieldBox(Spec(ask.key, field, False), sources, wrapped=True)
            box.changed.connect(lambda _name: self.changed.emit())
            self._boxes[ask.key] = box
            self._column.addWidget(box)
            if ask.key in answers:
                box.set_value(answers[ask.key])
        self.setVisible(bool(asks))

    def answers(self) -> dict[str, Any]:
        """What is answered; a choice as the form's own word, yes and no as `yes` and `no`."""
        found = {key: box.value() for key, box in self._boxes.items()}
        return {key: value for key, value in found.items() if value not in (None, "")}

    def answer(self, key: str, value: object) -> None:
        """Put an answer in."""
        self._boxes[key].set_value(value)
        self.changed.emit()

    def _options(self, key: str, text: str) -> Choices:
        wanted = text.strip().casefold()
        return [(code, words) for code, words in self._words(key).items() if wanted in words.casefold()]

    def _name(self, key: str, code: str) -> str:
        return self._words(key).get(code, code)

    def _words(self, key: str) -> dict[str, str]:
        ask = next((one for one in self._asks if one.key == key), None)
        if ask and ask.kind == "yes_no":
            return {"yes": said(_YES), "no": said(_NO)}
        return {code: pick(texts) for code, texts in ask.options.items()} if ask else {}


def _field(ask: Ask) -> Field:
    label = pick(ask.label)
    kinds: dict[str, Callable[[], Field]] = {
        "day": lambda: Day(label),
        "yes_no": lambda: Code(label, list=ask.key),
        "choice": lambda: Code(label, list=ask.key),
    }
    return kinds.get(ask.kind, lambda: Text(label, max=300))()
