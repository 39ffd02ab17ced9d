"""The composition root: reads the words of the command line and starts the window or one command."""

from __future__ import annotations

import io
import json
import locale
import os
import subprocess
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path

from migdesk import about, paths
from migdesk.cli import files, streams
from migdesk.cli import main as commands
from migdesk.cli.parser import Peek, WrongUsage
from migdesk.domain.errors import MigDeskError
from migdesk.i18n import LANGUAGES, N_, _, current_language, language, load_catalogues
from migdesk.services import opening


def main(argv: Sequence[str]) -> int:
    """Run the program; the answer is the exit code."""
    streams.open_missing()
    _speak_utf8()
    load_catalogues(paths.resources() / "locale")
    peek = Peek(argv)
    home = Path(peek.home).expanduser() if peek.home else paths.default_home()
    with (
        paths.private_files(),
        language(peek.language or _remembered(home, peek) or system_language(os.environ)),
    ):
        try:
            args = commands.read(argv)
            return _begin(args, home)
        except MigDeskError as error:
            return commands.tell(error, json=peek.json)
        except KeyboardInterrupt:
            return commands.STOPPED
        except SystemExit:
            return commands.DONE


def _begin(args: Namespace, home: Path) -> int:
    if args.version:
        said = about.diagnostics() if args.debug else f"MigDesk {about.version()}"
        sys.stdout.write(f"{json.dumps({'version': about.version()}) if args.json else said}\n")
        return commands.DONE
    if args.verb is None:
        return open_window(args, home)
    if args.verb != "demo":
        return commands.run(args, home)
    room = home if args.home else opening.first_free(Path(args.out) / "office")
    code = commands.run(args, room)
    if code == commands.DONE:
        _take_pictures(args, room)
        if somebody_watches(args, os.environ):
            return open_window(args, room)
    return code


def _take_pictures(args: Namespace, room: Path) -> None:
    """Pictures of the window's pages and files, made off screen by a process of its own."""
    out = str(Path(args.out) / "screens")
    command = [sys.executable, "-m", "migdesk.ui.gallery.pictures", out, "--office", str(room)]
    command += ["--languages", current_language()]
    if args.on:
        command += ["--on", args.on.isoformat()]
    shown = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=shown, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        reason = done.stderr.strip().rpartition("\n")[2]
        text = N_("Pictures of the screens could not be made here: {reason}")
        sys.stderr.write(_(text).format(reason=reason) + "\n")


def open_window(args: Namespace, home: Path) -> int:
    """Open the window; the answer is its exit code.

    Raises:
        WrongUsage: this machine has no display, or lacks a library of the window system.
    """
    if not has_display(os.environ, sys.platform):
        raise WrongUsage(
            N_("There is no display here, so no window can be opened."),
            hint=N_("Give a verb; all are shown by: migdesk --help"),
        )
    try:
        from migdesk.ui import start  # noqa: PLC0415 - Qt is loaded only for the window
    except ImportError as error:
        if (error.name or "").startswith("migdesk"):
            raise  # a slip of ours, not a library that this machine lacks
        raise WrongUsage(
            N_("The window system cannot be loaded: {reason}."),
            hint=N_("Install the system libraries that the README names."),
            reason=str(error),
        ) from None
    passphrase = files.read_passphrase(args.passphrase_file)
    return start.run(home, on=args.on, language=args.lang, debug=args.debug, passphrase=passphrase)


def has_display(environment: Mapping[str, str], platform: str) -> bool:
    """Whether Qt can open a window: always on Windows and macOS, elsewhere as the environment says."""
    if platform in ("win32", "darwin", "cygwin"):
        return True
    chosen = environment.get("QT_QPA_PLATFORM", "").partition(";")[0].partition(":")[0]
    if chosen and not chosen.startswith(("xcb", "wayland")):
        return True
    if chosen.startswith("wayland"):
        return bool(environment.get("WAYLAND_DISPLAY"))
    if chosen.startswith("xcb"):
        return bool(environment.get("DISPLAY"))
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def somebody_watches(args: Namespace, environment: Mapping[str, str]) -> bool:
    """Whether the sample is to be shown: a real display, and no script that reads the answer."""
    if (
        args.json
        or args.no_window
        or environment.get("QT_QPA_PLATFORM", "").startswith(("offscreen", "minimal"))
    ):
        return False
    return has_display(environment, sys.platform)


def system_language(environment: Mapping[str, str]) -> str:
    """Kazakh or Russian when the machine speaks it, else English."""
    named = next(
        (environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), ""
    )
    if sys.platform == "win32" and not named:
        import ctypes  # noqa: PLC0415 - Windows only

        named = locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    code = named[:2].lower()
    return code if code in LANGUAGES else "en"


def _remembered(home: Path, peek: Peek) -> str | None:
    """The language last chosen in the office's window.

    A passphrase on standard input is left to the command: it can be read only once.
    """
    named = peek.values.get("--passphrase-file")
    if named == files.STANDARD:
        return None
    try:
        return opening.remembered_language(home, files.read_passphrase(named))
    except MigDeskError:
        return None


def _speak_utf8() -> None:
    """Kazakh letters on every console and in every pipe; half a character does not stop an answer."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
