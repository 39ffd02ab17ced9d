"""Pictures of the window, for eyes: `python -m migdesk.ui.gallery.pictures OUT`.

Every scene in Kazakh, Russian and English, light and dark, at 1366x768; other sizes and scales by option.
Compared by people, not by tests.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from migdesk import i18n, paths
from migdesk.ui.application import Application
from migdesk.ui.look import theme

_GROWN = 4
"""Turns after which a page that was laid out anew for its size stands complete."""

_TYPED = (
    "case",
    "counter",
    "draft",
    "duplicate",
    "event",
    "family",
    "group",
    "law",
    "list",
    "money",
    "quarantine",
    "regime",
    "scan",
    "session",
    "status",
    "stay",
    "stoplist",
)
"""Rooms of scenes that are typed into; loaded late, as widgets need the application first."""

if TYPE_CHECKING:
    from migdesk.services.desk import Desk

Scene = Callable[[], QWidget]
"""Builds a window with something to look at, in the language and colours of the moment."""


@dataclass(frozen=True, slots=True)
class Views:
    """How every scene is looked at."""

    sizes: Sequence[QSize]
    languages: Sequence[str] = i18n.LANGUAGES
    themes: Sequence[str] = tuple(theme.THEMES)


def take(
    scenes: Mapping[str, Scene],
    folder: Path,
    application: Application,
    views: Views,
) -> list[Path]:
    """Write one picture per scene, language, theme and size; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for language in views.languages:
        application.speak(language)
        for colours in views.themes:
            application.show_theme(colours)
            for name, scene in scenes.items():
                for size in views.sizes:
                    path = folder / f"{name}-{language}-{colours}-{size.width()}x{size.height()}.png"
                    _take_one(scene(), size, path)
                    made.append(path)
    return made


def _take_one(window: QWidget, size: QSize, path: Path) -> None:
    if not isinstance(window, QDialog):
        window.resize(size)
    window.show()
    for _turn in range(_GROWN):
        settle()
    window.grab().save(str(path))
    put_away()


def put_away() -> None:
    """Close every window and what it stood before: one that nobody sees is dressed and laid out with the next."""
    for left in QApplication.topLevelWidgets():
        left.close()
        left.deleteLater()
    settle()


def settle() -> None:
    """Let layouts, questions and deletions come to rest."""
    for _turn in range(4):
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QApplication.processEvents()


def main(arguments: Sequence[str]) -> int:
    """Read the options, make the pictures, say how many."""
    parser = argparse.ArgumentParser(prog="python -m migdesk.ui.gallery.pictures", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--sizes", nargs="+", default=["1366x768"], metavar="WIDTHxHEIGHT")
    parser.add_argument("--scale", default="1", help="1, 1.5 or 2: as a screen with larger pixels")
    parser.add_argument("--scenes", nargs="*", help="names of scenes; all without it")
    parser.add_argument("--office", type=Path, help="the pages of this office instead of the samples, light")
    parser.add_argument("--on", type=date.fromisoformat, help="the day it is taken for, with --office")
    parser.add_argument("--languages", nargs="+", default=list(i18n.LANGUAGES), choices=i18n.LANGUAGES)
    options = parser.parse_args(arguments)
    os.environ["QT_SCALE_FACTOR"] = options.scale
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    i18n.load_catalogues(paths.resources() / "locale")
    application = Application()
    sizes = [QSize(*(int(part) for part in size.split("x"))) for size in options.sizes]
    source = _take_office if options.office else _take_samples
    made = source(options, application, sizes)
    sys.stdout.write(f"{len(made)} pictures in {options.out}\n")
    return 0


def _looked_at(desk: Desk) -> dict[str, Scene]:
    """Screens that write nothing, over any office."""
    # widgets need the application first
    from migdesk.ui.gallery import counter_scenes, dialog_scenes, question_scenes  # noqa: PLC0415

    return {**counter_scenes.shown(desk), **dialog_scenes.shown(desk), **question_scenes.shown(desk)}


def _typed_into(desk: Desk) -> dict[str, Scene]:
    """Screens that are typed into, over an office that is thrown away."""
    parts = (importlib.import_module(f"migdesk.ui.gallery.{part}_scenes") for part in _TYPED)
    return {name: scene for part in parts for name, scene in part.typed(desk).items()}


def _take_samples(
    options: argparse.Namespace, application: Application, sizes: Sequence[QSize]
) -> list[Path]:
    from migdesk.ui.gallery.catalogue import SCENES  # noqa: PLC0415 - the same
    from migdesk.ui.gallery.scenes import SampleScenes  # noqa: PLC0415 - the same

    sample = SampleScenes()
    desk = sample.desk()
    known = {**SCENES, **sample.all(), **_looked_at(desk), **_typed_into(desk)}
    chosen = {name: scene for name, scene in known.items() if not options.scenes or name in options.scenes}
    made = take(chosen, options.out, application, Views(sizes, options.languages))
    sample.close()
    return made


_TYPES = ("file-decision",)
"""Of the pages and files those in which something is typed: it would stay in the office as a draft."""


def _take_office(options: argparse.Namespace, application: Application, sizes: Sequence[QSize]) -> list[Path]:
    """The pages and files of an office that is only looked at; what takes typing is shown in a sample beside it."""
    from migdesk.services.desk import Clock, open_desk  # noqa: PLC0415 - only when an office is named
    from migdesk.ui.gallery import counter_scenes  # noqa: PLC0415 - widgets need the application first
    from migdesk.ui.gallery.scenes import SampleScenes, screens_for_pictures  # noqa: PLC0415 - the same

    desk, sample = open_desk(options.office, clock=Clock(options.on)), SampleScenes()
    beside = screens_for_pictures(sample.desk())
    typed = {name: beside[name] for name in _TYPES} | counter_scenes.typed(sample.desk())
    scenes = screens_for_pictures(desk) | counter_scenes.shown(desk) | typed
    made = take(scenes, options.out, application, Views(sizes, options.languages, ["light"]))
    sample.close()
    desk.close()
    return made


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
